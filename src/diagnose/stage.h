/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stages from an HBA to a named LUN, and what each means when a vHBA comes no further. */
#pragma once

#include "lib/util.h"

/* In the order in which a start passes them. */
enum npiv_stage {
	STAGE_READY, /* nothing is wrong */
	STAGE_CONFIG, /* no or bad configuration */
	STAGE_PARENT_MISSING, /* the HBA is not there */
	STAGE_PARENT_INCAPABLE, /* it is there, but can carry no vports */
	STAGE_LINK_DOWN, /* HBA without link */
	STAGE_NO_FABRIC_SUPPORT, /* the fabric does no NPIV */
	STAGE_NO_FREE_VPORT, /* HBA or fabric is full */
	STAGE_WWN_REFUSED, /* names malformed, taken or rejected */
	STAGE_VPORT_FAILED, /* the driver gave the vport up, or would not make it */
	STAGE_LOGIN, /* the vport has not logged in to the fabric */
	STAGE_NO_REMOTE_PORTS, /* zoning */
	STAGE_NO_LUNS, /* masking */
	STAGE_NO_BLOCK_DEVICE, /* LUNs without a usable disk */
	STAGE_LUNS_MISSING, /* some of the expected ones */
	STAGE_MULTIPATH_PENDING, /* LUNs without their multipath map */
	STAGE_NAME_AMBIGUOUS, /* two logical units claim one name */
	STAGE_LINKS_PENDING, /* LUNs without their links */
	STAGE_BUSY, /* stop refused: LUNs are in use */
	_STAGE_MAX,
};

#define NPIV_DETAIL_MAX 512U /* bytes of a sentence about a stage, with its NUL */

struct stage_info {
	const char *name; /* stable word for journal fields and JSON */
	int exit_code; /* of npiv-vport; documented in npiv-vport(8) */
	const char *message_id; /* 128 bits of hex for the journal's catalog */
	const char *summary; /* what is wrong, in words */
	const char *hint; /* what to look at; NULL if there is nothing */
};

/* Never NULL. */
const struct stage_info *stage_info(enum npiv_stage stage);

/* The stage with this exit code of a start or stop; NULL: no stage has it. */
const struct stage_info *stage_of_exit_code(int exit_code);

/* The stage of a message "SUMMARY" or "SUMMARY: DETAIL", as failures are logged; NULL: it is of no stage. */
const struct stage_info *stage_of_message(const char *text);

/* Journal message ids of events that are no failures. */
#define MESSAGE_ID_VPORT_CREATED "3ada12c5170c441586b457badb0fb707"
#define MESSAGE_ID_VPORT_DELETED "9fca5a9ea31345e28ba8f012dd57c868"
#define MESSAGE_ID_LUN_UNMAPPED	 "3597650539aa4e2c8975404c7cb3eeca"
#define MESSAGE_ID_LUN_REMAPPED	 "a00a371f31e34363a610c3a53ae773b2"
#define MESSAGE_ID_LUN_RESIZED	 "f5d17e515e6f467483886dacf813e210"
#define MESSAGE_ID_VHBA_READY	 "8e2ea7facefa4e11af27b03a0775843d"

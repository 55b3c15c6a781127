/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The stages from an HBA to a named LUN, and what is wrong if a vHBA is held at one. */
#pragma once

#include "lib/util.h"

/* In the order in which a start passes them. */
enum npiv_stage {
	STAGE_READY, /* nothing is wrong */
	STAGE_CONFIG, /* no or bad configuration */
	STAGE_PARENT_MISSING, /* the HBA does not exist */
	STAGE_PARENT_INCAPABLE, /* the HBA exists, but can carry no vports */
	STAGE_LINK_DOWN, /* the HBA has no link */
	STAGE_NO_FABRIC_SUPPORT, /* the fabric does not support NPIV */
	STAGE_NO_FREE_VPORT, /* the HBA or the fabric is full */
	STAGE_WWN_REFUSED, /* the names are malformed, in use or rejected */
	STAGE_VPORT_FAILED, /* the driver failed the vport, or did not make it */
	STAGE_LOGIN, /* the vport has not logged in to the fabric */
	STAGE_NO_REMOTE_PORTS, /* no target ports: zoning */
	STAGE_NO_LUNS, /* no LUNs: masking */
	STAGE_NO_BLOCK_DEVICE, /* LUNs without a usable disk */
	STAGE_LUNS_MISSING, /* some expected LUNs are missing */
	STAGE_MULTIPATH_PENDING, /* LUNs without their multipath map */
	STAGE_NAME_AMBIGUOUS, /* two logical units claim one name */
	STAGE_LINKS_PENDING, /* LUNs without their links */
	STAGE_BUSY, /* stop refused: LUNs are in use */
	_STAGE_MAX,
};

#define NPIV_DETAIL_MAX 512U /* size of a text about a stage, with its NUL */

struct stage_info {
	const char *name; /* stable word for journal fields and JSON */
	int exit_code; /* of npiv-vport; documented in npiv-vport(8) */
	const char *message_id; /* 128 bits in hex, for the journal's catalog */
	const char *summary; /* describes what is wrong */
	const char *hint; /* tells the admin what to do; NULL if there is nothing */
};

/* Never returns NULL. */
const struct stage_info *stage_info(enum npiv_stage stage);

/* Returns the stage with this exit code of a start or stop; NULL if no stage has it. */
const struct stage_info *stage_of_exit_code(int exit_code);

/* Returns the stage of a message "SUMMARY" or "SUMMARY: DETAIL", as failures are logged; NULL if the message is not
 * about a stage. */
const struct stage_info *stage_of_message(const char *text);

/* Journal message ids of events that are not failures. */
#define MESSAGE_ID_VPORT_CREATED "3ada12c5170c441586b457badb0fb707"
#define MESSAGE_ID_VPORT_DELETED "9fca5a9ea31345e28ba8f012dd57c868"
#define MESSAGE_ID_LUN_UNMAPPED	 "3597650539aa4e2c8975404c7cb3eeca"
#define MESSAGE_ID_LUN_REMAPPED	 "a00a371f31e34363a610c3a53ae773b2"
#define MESSAGE_ID_LUN_RESIZED	 "f5d17e515e6f467483886dacf813e210"
#define MESSAGE_ID_VHBA_READY	 "8e2ea7facefa4e11af27b03a0775843d"

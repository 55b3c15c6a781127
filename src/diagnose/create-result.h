/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The meaning of the result of a write to vport_create, which differs between drivers. */
#pragma once

#include <sys/types.h>

#include "fc/vport.h"
#include "diagnose/stage.h"

enum create_action {
	CREATE_DONE, /* the vport was created */
	CREATE_ADOPT, /* the write failed, but the vport exists below this parent */
	CREATE_RETRY, /* write again when the parent is Online again */
	CREATE_FAIL, /* never write again */
};

struct create_result {
	enum create_action action;
	enum npiv_stage stage; /* for CREATE_RETRY and CREATE_FAIL; else STAGE_READY */
	const char *reason; /* in words; NULL if the name of the error is enough */
	const char *hint; /* replaces the stage's hint; NULL if there is none */
};

/* Judges a write. result is a count of bytes or -errno. parent is the port that was written to, as read AFTER the
 * write; NULL if it is gone. is_there is whether a vport of that WWPN is below it now.
 *
 * The table is based on the vport_create functions of qla2xxx (qla_attr.c), lpfc (lpfc_vport.c), qedf, bnx2fc, fcoe
 * and on fc_vport_setup() of scsi_transport_fc.c. */
struct create_result create_result(const struct fc_port *parent, ssize_t result,
				   bool is_there) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the answer to one write to vport_create means: each driver speaks its own dialect. */
#pragma once

#include <sys/types.h>

#include "fc/vport.h"
#include "diagnose/stage.h"

enum create_action {
	CREATE_DONE, /* the port is made */
	CREATE_ADOPT, /* not by us, but it is there, and below this parent */
	CREATE_RETRY, /* write again once the parent is Online again */
	CREATE_FAIL, /* never write again */
};

struct create_result {
	enum create_action action;
	enum npiv_stage stage; /* of CREATE_RETRY and CREATE_FAIL; else STAGE_READY */
	const char *reason; /* in words; NULL if the name of the error is enough */
	const char *hint; /* better than the stage's own; NULL if there is none */
};

/* Judges a write. result is what the kernel gave: a count of bytes or -errno. parent is the port
 * written to as it was found AFTER the write, NULL if it has gone; is_there whether a vport of
 * that WWPN is below it now.
 *
 * The table rests on the vport_create functions of qla2xxx (qla_attr.c), lpfc (lpfc_vport.c), qedf,
 * bnx2fc, fcoe and on fc_vport_setup() of scsi_transport_fc.c. */
struct create_result create_result(const struct fc_port *parent, ssize_t result,
				   bool is_there) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A new login of a vport. */
#pragma once

#include "vport/make.h"

/* Deletes a vport of ours whose target wants a new login, when it is time for that; it is then made as if it had
 * never been there. There is no LUN that somebody could use. Returns as lun_wait_act_fn does: LUN_WAIT_ON where nothing
 * is to be done now (the watch then looks in time), LUN_WAIT_FAILED where the deletion failed. */
int vport_login_anew(struct make *make, struct watch *watch) _must_check_;

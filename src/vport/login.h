/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A new login of a vport. */
#pragma once

#include "vport/make.h"

/* Deletes a vport of npiv that needs a new login, when its pause is over; it is then created as if it had never
 * existed. It has no LUN that could be in use. Returns as lun_wait_act_fn does: LUN_WAIT_ON if there is nothing to
 * do now (the watch then looks in time), LUN_WAIT_FAILED if the deletion failed. */
int vport_login_anew(struct make *make, struct watch *watch) _must_check_;

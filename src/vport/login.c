// SPDX-License-Identifier: LGPL-2.1-or-later
/* A new login of a vport that a target has refused to serve as a target, because nothing was masked to its WWPN
 * yet. The kernel does not scan such a remote port, not even on request. Disabling and enabling the vport does not
 * help: the remote port is remembered, and still has no SCSI target id. Only after the vport is deleted and
 * created again is the remote port a new one. A remote port without the target role can also be an initiator of
 * another host: diagnose() asks for no new login while a target port is known, such as one of an array that is
 * down. */
#include <inttypes.h>

#include "lib/clock.h"
#include "state/state-dir.h"
#include "vport/delete.h"
#include "vport/login.h"

/* Pauses between logins, doubled each time, because a login is work for the switch and for all ports of the zone.
 * Masking by hand is still noticed within a minute. */
#define PAUSE_MIN_USEC (10 * USEC_PER_SEC)
#define PAUSE_MAX_USEC (50 * USEC_PER_SEC)

/* Less time than this is left to npiv-recover@: a start is not to end in the middle of a login. */
#define ENOUGH_USEC (8 * USEC_PER_SEC)

static uint64_t login_pause(const struct vhba_state *state)
{
	return state->login_pause_usec ? state->login_pause_usec : PAUSE_MIN_USEC;
}

/* Returns the time until the vport may log in again; 0: it may now. */
static uint64_t login_left_usec(const struct vhba_state *state)
{
	return state->login_usec ? left_usec(state->login_usec + login_pause(state)) : 0;
}

static void login_lengthen_pause(struct vhba_state *state)
{
	uint64_t pause = state->login_usec ? 2 * login_pause(state) : PAUSE_MIN_USEC;

	state->login_pause_usec = pause < PAUSE_MAX_USEC ? pause : PAUSE_MAX_USEC;
}

static bool login_has_time(const struct lun_wait *wait)
{
	uint64_t enough = wait->vhba->timeout_usec / 2;

	return left_usec(wait->deadline) >= (enough < ENOUGH_USEC ? enough : ENOUGH_USEC);
}

static int login_delete_vport(struct make *make)
{
	_cleanup_(vport_luns_done) struct vport_luns luns = { 0 };
	struct lun_wait *wait = make->wait;
	struct fc_vport vport = *wait->diagnosis.vport;
	int no_lock = -EBADF; /* without LUNs no other vHBA of the pool is affected */
	enum removal removal;
	int r;

	r = vport_read_luns(wait->task, vport.host, &luns);
	if (r < 0)
		return r;
	if (luns.inventory.n_luns > 0)
		return LUN_WAIT_ON; /* the event of a new LUN triggers the next look */
	log_info(&wait->task->subject, "%s: logging in anew", wait->diagnosis.detail);
	removal = vport_remove(wait->task, make->state, &vport, &luns, false, &no_lock);
	if (removal != REMOVAL_GONE)
		return lun_wait_fail(wait, removal_exit_code(removal));
	wait->host = HOST_NONE;
	make->is_named = false; /* the next one is a port of its own */
	return LUN_WAIT_AGAIN;
}

int vport_login_anew(struct make *make, struct watch *watch)
{
	const struct diagnosis *diagnosis = &make->wait->diagnosis;
	uint64_t left;
	int r;

	assert(make);

	if (!diagnosis->wants_login || !diagnosis->vport ||
	    !vhba_state_owns(make->state, &make->wait->inventory, diagnosis->vport))
		return 0;
	left = login_left_usec(make->state);
	if (left > 0)
		watch_within(watch, left);
	if (left > 0 || !login_has_time(make->wait))
		return 0;
	r = login_delete_vport(make);
	if (r == LUN_WAIT_AGAIN)
		login_lengthen_pause(make->state);
	return r;
}

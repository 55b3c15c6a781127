/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The wait for the LUNs of a vHBA. */
#pragma once

#include "diagnose/diagnose.h"
#include "event/uevent.h"
#include "event/watch.h"
#include "vport/task.h"

struct lun_wait {
	struct task *task;
	const struct vhba_config *vhba;
	const struct vhba_state *state;
	struct wanted wanted;
	struct udev *udev;
	uint64_t deadline;
	struct uevent_list uevents;
	/* Results of the last look: */
	struct inventory inventory;
	struct diagnosis diagnosis;
	uint32_t host; /* HOST_NONE: not known yet */
	/* Since when it is so (now_usec()); 0: it is not. */
	uint64_t no_new_lun_since, final_since;
	uint64_t scan_at,
		scan_pause; /* when to look for LUNs next, and how long after that again */
	size_t n_devices; /* SCSI devices of the host */
	bool is_timeout_refused; /* that was said already */
	bool is_tried; /* a start, after whose failure npiv-recover@ continues */
	int exit_code; /* of a failure that was logged already; 0: none */
};

/* The action of a verb between a look and its judgement. Returns one of these or -errno. */
enum {
	LUN_WAIT_ON = 0,
	LUN_WAIT_AGAIN = 1, /* something changed that a new look should see */
	LUN_WAIT_FAILED = 2, /* the wait has no sense any longer: see lun_wait_fail() */
};
typedef int (*lun_wait_act_fn)(struct watch *watch, void *context);

/* Has the wait end with this exit code, which is not 0. Returns LUN_WAIT_FAILED. */
static inline int lun_wait_fail(struct lun_wait *wait, int exit_code)
{
	wait->exit_code = exit_code;
	return LUN_WAIT_FAILED;
}

int lun_wait_init(struct lun_wait *wait, struct task *task,
		  const struct vhba_config *vhba,
		  const struct vhba_state *state) _must_check_;
void lun_wait_done(struct lun_wait *wait);

/* Looks at everything and leaves it in inventory and diagnosis. */
int lun_wait_look(struct lun_wait *wait) _must_check_;

/* Looks, lets act do its part, and waits, until all is there or it is known that it will not be, at the
 * latest until the deadline. Keeps STATUS= up to date. Says how it went and returns the exit code. */
int lun_wait_run(struct lun_wait *wait, lun_wait_act_fn act, void *context) _must_check_;

/* Has the kernel look for LUNs now. */
void lun_wait_scan(struct lun_wait *wait);

/* The parts of such a wait, for a caller that has another end and other pauses (npiv-recover@). */

/* Looks, and lets act do its part, until there is nothing to do at once. Returns LUN_WAIT_ON, LUN_WAIT_FAILED with an
 * exit code in the wait, or -errno. */
int lun_wait_step(struct lun_wait *wait, struct watch *watch, lun_wait_act_fn act,
		  void *context) _must_check_;

/* Follows up the results of this look. Returns whether everything is there. */
bool lun_wait_is_ready(struct lun_wait *wait, uint64_t now);

/* Makes the kernel scan again if LUNs are missing, after pauses that grow to pause_max. now is the time of the
 * look. While the kernel's own scan still finds LUNs, it is not asked for another. */
void lun_wait_scan_again(struct lun_wait *wait, struct watch *watch, uint64_t now,
			 uint64_t pause_max);

/* Says at which stage it is held. Returns the exit code of that. */
int lun_wait_fail_stage(struct lun_wait *wait);

/* Shows in STATUS= what the last look is waiting for, and for how long (seconds, or WAITING_NO_END). */
void lun_wait_notify(const struct lun_wait *wait, unsigned left_sec);

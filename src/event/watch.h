/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waits for a state: looks at the system, again after every event, until the state is reached. */
#pragma once

#include <libudev.h>

#include "lib/util.h"

struct watch;

/* Looks at everything that matters. Returns 0 to wait on, >0 if the state is reached, or -errno to give up. */
typedef int (*watch_look_fn)(struct watch *watch, void *context);

/* device: a device that udev has handled. */
typedef void (*watch_event_fn)(struct udev_device *device, void *context);

/* Makes a watch that receives all events from here on. seen (NULL: none) is called with each device that udev has
 * handled. The caller frees it with watch_free(). */
int watch_new(watch_look_fn look, watch_event_fn seen, void *context,
	      struct watch **ret_watch) _must_check_;

/* Makes mounts and unmounts a reason to look, too. */
int watch_add_mounts(struct watch *watch) _must_check_;

/* For use in look: look again within usec, with or without events. This holds for one time; without it the next
 * look follows after WATCH_SLOW_USEC. */
void watch_within(struct watch *watch, uint64_t usec);

/* For use in look: n events of disks, partitions or maps have to arrive before the state can be reached. Until
 * then these are no reason to look, and neither are events of SCSI devices. This holds until the next look, which
 * is as late as without any event. */
void watch_expect(struct watch *watch, size_t n);

/* Passes only udev's events of devices below this host itself (not below a vport of it), and of multipath maps.
 * HOST_NONE, if there is no host yet: passes only events of ports. Without this each of hundreds of vHBAs that
 * start at once would receive the events of all disks. Returns 0, 1 if events may have been missed (look again),
 * or -errno. */
int watch_narrow(struct watch *watch, uint32_t host) _must_check_;

/* Attributes of Fibre Channel change without an event (port states, roles, names that a driver sets late). A
 * change is noticed after this time at most, or after thirty times as long as a look takes. */
#define WATCH_SLOW_USEC (2 * USEC_PER_SEC)

/* Looks and waits until look returns non-zero or deadline (lib/clock.h) has passed; a last look follows the
 * deadline. Returns what look returned, -ETIMEDOUT, or -ECANCELED after SIGTERM or SIGINT. */
int watch_run(struct watch *watch, uint64_t deadline) _must_check_;

void watch_free(struct watch *watch);
DEFINE_CLEANUP(struct watch *, watch_free);

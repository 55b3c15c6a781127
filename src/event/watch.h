/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Waiting: looks at what is there, again after every event, until it is as wanted. */
#pragma once

#include <libudev.h>

#include "lib/util.h"

struct watch;

/* Looks at everything that matters. Returns 0 to wait on, >0 when done, or -errno to give up. */
typedef int (*watch_look_fn)(struct watch *watch, void *context);

/* device: what udev is done with. */
typedef void (*watch_event_fn)(struct udev_device *device, void *context);

/* Makes a watch that is subscribed to all events from here on. seen (NULL: none) gets each device
 * that udev is done with. The caller frees with watch_free(). */
int watch_new(watch_look_fn look, watch_event_fn seen, void *context,
	      struct watch **ret_watch) _must_check_;

/* Mounts and unmounts are a reason to look too. */
int watch_add_mounts(struct watch *watch) _must_check_;

/* For look to say: look again in this time at the latest, event or none. It holds once; without it
 * the next look comes after WATCH_SLOW_USEC. */
void watch_within(struct watch *watch, uint64_t usec);

/* For look to say: n events of disks, partitions or maps have to come before there is an end. Until then
 * these are no reason to look, and neither are events of SCSI devices. It holds until the next look, which comes as
 * late as without any event. */
void watch_expect(struct watch *watch, size_t n);

/* Lets in only udev's events of what hangs below this host itself (not below a vport of it), and of maps
 * of multipath; HOST_NONE, where there is none yet: those of ports that come and go. With hundreds of vHBAs
 * that come at once each would else be told of the disks of all. Returns 0, 1 where something may have been
 * missed (look again), or -errno. */
int watch_narrow(struct watch *watch, uint32_t host) _must_check_;

/* Attributes of Fibre Channel change without an event (port states, names that a driver fills in
 * late, roles): this long at most a change goes unseen, or thirty times as long as a look takes. */
#define WATCH_SLOW_USEC (2 * USEC_PER_SEC)

/* Looks, and waits, until look is done or deadline (lib/clock.h) has passed; the last look is after
 * it. Returns what look returned, -ETIMEDOUT, or -ECANCELED where SIGTERM or SIGINT came. */
int watch_run(struct watch *watch, uint64_t deadline) _must_check_;

void watch_free(struct watch *watch);
DEFINE_CLEANUP(struct watch *, watch_free);

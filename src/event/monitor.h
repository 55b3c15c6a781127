/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the kernel and udev announce, as wake-ups of an sd-event loop. */
#pragma once

#include <libudev.h>
#include <systemd/sd-event.h>

#include "lib/util.h"

struct monitor;

/* device: what udev is done with; NULL: something may have changed, look again. */
typedef void (*monitor_fn)(struct udev_device *device, void *context);

/* Subscribes at once: what happens from here on is not missed. Two sources: udev's events of block,
 * SCSI and Fibre Channel devices, each after udev is done with it; and the FC transport's link and
 * RSCN events over netlink, which are hints (not every driver posts them), so that doing without
 * them is no error. The caller frees with monitor_free(). */
int monitor_new(sd_event *event, monitor_fn fn, void *context,
		struct monitor **ret_monitor) _must_check_;

/* Lets in only udev's events of what hangs below this host itself (not below a vport of it), and of maps
 * of multipath; HOST_NONE, where there is none yet: those of ports that come and go. With hundreds of vHBAs
 * that come at once each would else be told of the disks of all. Returns 0, 1 where something may have been
 * missed (look again), or -errno. */
int monitor_narrow(struct monitor *monitor, uint32_t host) _must_check_;

void monitor_free(struct monitor *monitor);
DEFINE_CLEANUP(struct monitor *, monitor_free);

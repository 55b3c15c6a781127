/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Questions to the service manager, over D-Bus. */
#pragma once

#include <systemd/sd-bus.h>

#include "lib/util.h"

/* Connects to PID 1: by its private socket, which works before and after the bus daemon, else by the
 * system bus. Every call is bounded. The caller unrefs. */
int bus_open(sd_bus **ret_bus) _must_check_;

/* Whether the machine is going down. */
int bus_is_stopping(sd_bus *bus, bool *ret_is_stopping) _must_check_;

/* What the manager has in hand for a service: job is "start", "stop", "restart", …, or "" for none;
 * load_state its LoadState ("loaded", "masked", …), active_state its ActiveState ("active",
 * "activating", …), state its SubState ("start", "exited", "auto-restart", …). Empty it with
 * bus_unit_done(). */
struct bus_unit {
	char *job, *load_state, *active_state, *state;
};
int bus_unit_read(sd_bus *bus, const char *unit, struct bus_unit *ret_unit) _must_check_;
void bus_unit_done(struct bus_unit *unit);

/* How often the manager has started a service anew by itself: NRestarts of org.freedesktop.systemd1(5). */
int bus_unit_restarts(sd_bus *bus, const char *unit, uint64_t *ret_n) _must_check_;

/* Queues a start job and does not wait for it. */
int bus_start_unit(sd_bus *bus, const char *unit) _must_check_;

/* Queues another run of a oneshot, behind one that is under way, and does not wait for it. */
int bus_rerun_unit(sd_bus *bus, const char *unit) _must_check_;

/* Queues a restart of a unit that is active, unless another job would be in its way. */
int bus_restart_unit(sd_bus *bus, const char *unit) _must_check_;

/* Cancels the job that a unit has, if any: who waits for it is told that it did not succeed. What runs for
 * the unit goes on. */
int bus_cancel_job(sd_bus *bus, const char *unit) _must_check_;

#define _cleanup_bus_ _cleanup_(sd_bus_flush_close_unrefp)

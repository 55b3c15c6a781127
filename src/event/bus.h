/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Requests to the service manager, over D-Bus. */
#pragma once

#include <systemd/sd-bus.h>

#include "lib/util.h"

/* Connects to PID 1 by its private socket, which works before and after the bus daemon, or else by the system bus.
 * Every call has a time limit. The caller unrefs. */
int bus_open(sd_bus **ret_bus) _must_check_;

/* Whether the machine is shutting down. */
int bus_is_stopping(sd_bus *bus, bool *ret_is_stopping) _must_check_;

/* State of a service: job is the type of its queued job ("start", "stop", "restart", …), "" if there is none;
 * load_state is its LoadState ("loaded", "masked", …), active_state its ActiveState ("active", "activating", …),
 * state its SubState ("start", "exited", …). Empty it with bus_unit_done(). */
struct bus_unit {
	char *job, *load_state, *active_state, *state;
};
int bus_unit_read(sd_bus *bus, const char *unit, struct bus_unit *ret_unit) _must_check_;
void bus_unit_done(struct bus_unit *unit);

/* Reads the ActiveState alone, in one call; bus_unit_read() takes four. The caller frees it. */
int bus_unit_active_state(sd_bus *bus, const char *unit, char **ret_state) _must_check_;

/* Reads the last status text of a service's program; "": none. The caller frees it. */
int bus_unit_status(sd_bus *bus, const char *unit, char **ret_text) _must_check_;

/* Queues a job and does not wait for it. method is a call of org.freedesktop.systemd1.Manager ("StartUnit", …),
 * mode is one of its job modes ("replace", "fail", "ignore-dependencies"). */
int bus_queue_job(sd_bus *bus, const char *method, const char *unit, const char *mode);

/* Sends a signal to the "main" or "control" process of a service. Returns an error if it has none. */
int bus_kill_process(sd_bus *bus, const char *unit, const char *who, int signal);

/* Makes the manager forget that a unit failed. */
int bus_reset_failed(sd_bus *bus, const char *unit);

/* Cancels the job of a unit, if there is one: callers that wait for the job see that it did not succeed. The
 * unit's processes keep running. */
int bus_cancel_job(sd_bus *bus, const char *unit) _must_check_;

#define _cleanup_bus_ _cleanup_(sd_bus_flush_close_unrefp)

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
 * "activating", …), state its SubState ("start", "exited", …). Empty it with bus_unit_done(). */
struct bus_unit {
	char *job, *load_state, *active_state, *state;
};
int bus_unit_read(sd_bus *bus, const char *unit, struct bus_unit *ret_unit) _must_check_;
void bus_unit_done(struct bus_unit *unit);

/* The ActiveState alone, for one call where bus_unit_read() takes four. The caller frees it. */
int bus_unit_active_state(sd_bus *bus, const char *unit, char **ret_state) _must_check_;

/* What the program of a service said of itself last; "": nothing. The caller frees it. */
int bus_unit_status(sd_bus *bus, const char *unit, char **ret_text) _must_check_;

/* Queues a job and does not wait for it: method is a call of org.freedesktop.systemd1.Manager ("StartUnit", …), mode
 * one of its job modes ("replace", "fail", "ignore-dependencies"). */
int bus_queue_job(sd_bus *bus, const char *method, const char *unit, const char *mode);

/* Sends a signal to the "main" or "control" process of a service. Returns an error where it has none. */
int bus_kill_process(sd_bus *bus, const char *unit, const char *who, int signal);

/* Has the manager forget that a unit failed. */
int bus_reset_failed(sd_bus *bus, const char *unit);

/* Cancels the job that a unit has, if any: who waits for it is told that it did not succeed. What runs for
 * the unit goes on. */
int bus_cancel_job(sd_bus *bus, const char *unit) _must_check_;

#define _cleanup_bus_ _cleanup_(sd_bus_flush_close_unrefp)

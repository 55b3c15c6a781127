// SPDX-License-Identifier: LGPL-2.1-or-later
/* Brings vHBAs back whose virtual port disappeared while they were up, with its HBA or deleted by another program;
 * and makes sure that vHBAs that are up can be stopped. */
#include "names/unitname.h"
#include "event/bus.h"
#include "state/environment.h"
#include "fc/scan.h"
#include "state/state-dir.h"
#include "vport/vport.h"

/* Up as far as systemd knows, and its port is gone. A physical HBA's LUNs come back with it. */
static bool wake_is_lost(const struct inventory *inventory,
			 const struct vhba_state *state)
{
	return state->type == VHBA_VPORT && !vhba_state_vport(state, inventory);
}

static bool wake_is_up(const struct bus_unit *unit)
{
	return (streq(unit->active_state, "active") && !*unit->job) ||
	       (streq(unit->active_state, "reloading") && streq(unit->job, "reload"));
}

/* A unit that is not active or has a job needs no wake: its start is under way, npiv-recover@ waits, or it is
 * being stopped. A reload does not bring a port back, and a restart ends it. A masked unit must not be started. */
static int wake_restart_if_active(sd_bus *bus, const char *unit, bool *ret_is_restarted)
{
	_cleanup_(bus_unit_done) struct bus_unit now = { 0 };
	int r;

	r = bus_unit_read(bus, unit, &now);
	if (r < 0)
		return r;
	*ret_is_restarted = wake_is_up(&now) && !streq(now.load_state, "masked");
	return *ret_is_restarted ? bus_queue_job(bus, "TryRestartUnit", unit, "fail") : 0;
}

static int wake_vhba(sd_bus *bus, const struct vhba_state *state)
{
	_cleanup_free_ char *unit = unit_name_vport(state->name);
	const struct log_subject subject = {
		.vhba = state->name,
		.pool = state->pool,
		.wwpn = state->wwpn,
		.host = HOST_NONE,
		.parent_wwpn = state->parent_wwpn,
	};
	bool is_restarted = false;
	int r;

	r = unit ? wake_restart_if_active(bus, unit, &is_restarted) : -ENOMEM;
	if (r < 0)
		log_error(&subject, "cannot restart %s: %s", unit ? unit : "the unit",
			  strerror(-r));
	else if (is_restarted)
		log_info(
			&subject,
			"its virtual port is gone, and it was not stopped: restarting %s",
			unit);
	return r;
}

/* A vHBA that an older version has started is up without npiv-teardown@, and no stop would take it down. */
static int wake_hold(sd_bus *bus, const struct vhba_state *state)
{
	_cleanup_free_ char *teardown = unit_name_teardown(state->name),
			    *unit = unit_name_vport(state->name), *active = NULL;
	_cleanup_(bus_unit_done) struct bus_unit now = { 0 };
	int r;

	if (!teardown || !unit)
		return -ENOMEM;
	r = bus_unit_active_state(bus, teardown, &active);
	if (r < 0 || (!streq(active, "inactive") && !streq(active, "failed")))
		return r;
	r = bus_unit_read(bus, unit, &now);
	return r >= 0 && wake_is_up(&now) ?
		       bus_queue_job(bus, "StartUnit", teardown, "ignore-dependencies") :
		       r;
}

static int wake_all(const struct inventory *inventory, const struct state_list *list)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	int r, error = 0;

	for (size_t i = 0; i < list->n; i++) {
		const struct vhba_state *state = &list->states[i];

		r = bus ? 0 : bus_open(&bus);
		if (r < 0)
			return r;
		r = wake_is_lost(inventory, state) ? wake_vhba(bus, state) :
						     wake_hold(bus, state);
		error = error ? error : r;
	}
	return error;
}

int vport_wake(void)
{
	const struct log_subject nobody = { .host = HOST_NONE };
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	_cleanup_(state_list_done) struct state_list list = { 0 };
	_cleanup_free_ char *run = environment_run_dir();
	int r;

	r = run ? state_lookup_all(run, &list) : -ENOMEM;
	if (r >= 0)
		r = scan_names(environment_sysfs(), 0, &inventory);
	if (r >= 0)
		r = wake_all(&inventory, &list);
	if (r < 0)
		log_error(&nobody, "cannot look after virtual HBAs that are lost: %s",
			  strerror(-r));
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

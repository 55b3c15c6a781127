// SPDX-License-Identifier: LGPL-2.1-or-later
/* The part of the service manager's D-Bus interface that npiv uses (org.freedesktop.systemd1(5)). */
#include "event/bus.h"

#define SERVICE	     "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER	     SERVICE ".Manager"
#define UNIT	     SERVICE ".Unit"
#define JOB	     SERVICE ".Job"

#define CALL_TIMEOUT_USEC (10 * USEC_PER_SEC)

static int open_private(sd_bus **ret_bus)
{
	_cleanup_(sd_bus_unrefp) sd_bus *bus = NULL;
	int r;

	r = sd_bus_new(&bus);
	if (r >= 0)
		r = sd_bus_set_address(bus, "unix:path=/run/systemd/private");
	if (r >= 0)
		r = sd_bus_start(bus);
	if (r < 0)
		return r;

	*ret_bus = TAKE_PTR(bus);
	return 0;
}

int bus_open(sd_bus **ret_bus)
{
	sd_bus *bus;
	int r;

	assert(ret_bus);

	r = open_private(&bus);
	if (r < 0)
		r = sd_bus_open_system(&bus);
	if (r < 0)
		return r;
	r = sd_bus_set_method_call_timeout(bus, CALL_TIMEOUT_USEC);
	if (r < 0) {
		sd_bus_unref(bus);
		return r;
	}

	*ret_bus = bus;
	return 0;
}

int bus_is_stopping(sd_bus *bus, bool *ret_is_stopping)
{
	_cleanup_free_ char *state = NULL;
	int r;

	assert(bus);
	assert(ret_is_stopping);

	r = sd_bus_get_property_string(bus, SERVICE, MANAGER_PATH, MANAGER, "SystemState",
				       NULL, &state);
	if (r < 0)
		return r;
	*ret_is_stopping = streq(state, "stopping");
	return 0;
}

/* *ret_job is NULL if the unit has no job. */
static int read_job_path(sd_bus *bus, const char *unit_path, char **ret_job)
{
	_cleanup_(sd_bus_message_unrefp) sd_bus_message *reply = NULL;
	const char *path;
	uint32_t id;
	int r;

	r = sd_bus_get_property(bus, SERVICE, unit_path, UNIT, "Job", NULL, &reply,
				"(uo)");
	if (r >= 0)
		r = sd_bus_message_read(reply, "(uo)", &id, &path);
	if (r < 0)
		return r;
	*ret_job = id != 0 ? strdup(path) : NULL;
	return id != 0 && !*ret_job ? -ENOMEM : 0;
}

static int read_job(sd_bus *bus, const char *unit_path, char **ret_type)
{
	_cleanup_free_ char *job = NULL;
	int r;

	r = read_job_path(bus, unit_path, &job);
	if (r < 0)
		return r;
	/* The unit has no job, or the job ended between the two calls. */
	if (!job || sd_bus_get_property_string(bus, SERVICE, job, JOB, "JobType", NULL,
					       ret_type) < 0)
		*ret_type = strdup("");
	return *ret_type ? 0 : -ENOMEM;
}

int bus_unit_read(sd_bus *bus, const char *unit, struct bus_unit *ret_unit)
{
	_cleanup_(bus_unit_done) struct bus_unit result = { 0 };
	_cleanup_free_ char *path = NULL;
	int r;

	assert(bus);
	assert(unit);
	assert(ret_unit);

	r = sd_bus_path_encode(MANAGER_PATH "/unit", unit, &path);
	if (r < 0)
		return r;
	r = sd_bus_get_property_string(bus, SERVICE, path, UNIT, "LoadState", NULL,
				       &result.load_state);
	if (r >= 0)
		r = sd_bus_get_property_string(bus, SERVICE, path, UNIT, "ActiveState",
					       NULL, &result.active_state);
	if (r >= 0)
		r = sd_bus_get_property_string(bus, SERVICE, path, UNIT, "SubState", NULL,
					       &result.state);
	if (r < 0)
		return r;
	r = read_job(bus, path, &result.job);
	if (r < 0)
		return r;

	*ret_unit = result;
	result = (struct bus_unit){ 0 };
	return 0;
}

int bus_unit_active_state(sd_bus *bus, const char *unit, char **ret_state)
{
	_cleanup_free_ char *path = NULL;
	int r;

	assert(bus);
	assert(unit);
	assert(ret_state);

	r = sd_bus_path_encode(MANAGER_PATH "/unit", unit, &path);
	return r < 0 ? r :
		       sd_bus_get_property_string(bus, SERVICE, path, UNIT, "ActiveState",
						  NULL, ret_state);
}

void bus_unit_done(struct bus_unit *unit)
{
	free(unit->job);
	free(unit->load_state);
	free(unit->active_state);
	free(unit->state);
	*unit = (struct bus_unit){ 0 };
}

int bus_unit_status(sd_bus *bus, const char *unit, char **ret_text)
{
	_cleanup_free_ char *path = NULL;
	int r;

	assert(bus);
	assert(unit);
	assert(ret_text);

	r = sd_bus_path_encode(MANAGER_PATH "/unit", unit, &path);
	return r < 0 ? r :
		       sd_bus_get_property_string(bus, SERVICE, path, SERVICE ".Service",
						  "StatusText", NULL, ret_text);
}

int bus_queue_job(sd_bus *bus, const char *method, const char *unit, const char *mode)
{
	assert(bus);
	assert(method);
	assert(unit);
	assert(mode);

	return sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, method, NULL, NULL,
				  "ss", unit, mode);
}

int bus_kill_process(sd_bus *bus, const char *unit, const char *who, int signal)
{
	assert(bus);
	assert(unit);
	assert(who);

	return sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, "KillUnit", NULL,
				  NULL, "ssi", unit, who, signal);
}

int bus_reset_failed(sd_bus *bus, const char *unit)
{
	assert(bus);
	assert(unit);

	return sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, "ResetFailedUnit",
				  NULL, NULL, "s", unit);
}

int bus_cancel_job(sd_bus *bus, const char *unit)
{
	_cleanup_free_ char *path = NULL, *job = NULL;
	int r;

	assert(bus);
	assert(unit);

	r = sd_bus_path_encode(MANAGER_PATH "/unit", unit, &path);
	if (r >= 0)
		r = read_job_path(bus, path, &job);
	if (r < 0 || !job)
		return r;
	return sd_bus_call_method(bus, SERVICE, job, JOB, "Cancel", NULL, NULL, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Jobs of the service manager, followed by its signals (org.freedesktop.systemd1(5)). */
#include "event/bus-job.h"
#include "lib/clock.h"

#define SERVICE	     "org.freedesktop.systemd1"
#define MANAGER_PATH "/org/freedesktop/systemd1"
#define MANAGER	     SERVICE ".Manager"
#define UNIT_SERVICE SERVICE ".Service"

#define RELOAD_MAX_USEC (90 * USEC_PER_SEC) /* as long as systemctl waits for a reload */

struct follower {
	struct bus_job *jobs;
	size_t n;
	bool is_changed;
};

static void replace_text(char **text, const char *by)
{
	char *copy = strdup(by);

	/* Without memory the previous text stays: it is only shown. */
	if (!copy)
		return;
	free(*text);
	*text = copy;
}

/* --- signals --------------------------------------------------------------------------------- */

static int on_job_removed(sd_bus_message *message, void *userdata, sd_bus_error *error)
{
	struct follower *follower = userdata;
	const char *path, *unit, *result;
	uint32_t id;
	int r;

	r = sd_bus_message_read(message, "uoss", &id, &path, &unit, &result);
	if (r < 0)
		return r;
	for (size_t i = 0; i < follower->n; i++) {
		struct bus_job *job = &follower->jobs[i];

		if (!job->path || job->result || !streq(job->path, path))
			continue;
		job->result = strdup(result);
		if (!job->result)
			return -ENOMEM;
		follower->is_changed = true;
	}
	return 0;
}

/* Whether the status text of this unit is about the job. At a stop the unit itself reports nothing new: its text
 * is that of its last start. */
static bool is_speaker(const struct bus_job *job, const char *unit)
{
	if (job->helper && streq(job->helper, unit))
		return true;
	return streq(job->unit, unit) && !(job->helper && streq(job->method, "StopUnit"));
}

static void set_status(struct follower *follower, const char *unit, const char *status)
{
	for (size_t i = 0; i < follower->n; i++) {
		struct bus_job *job = &follower->jobs[i];

		/* A start clears the text; keep the last one, which says more than none. */
		if (job->result || !*status || !is_speaker(job, unit))
			continue;
		replace_text(&job->status, status);
		if (!streq(job->unit, unit))
			replace_text(&job->helper_status, status);
		follower->is_changed = true;
	}
}

/* Looks in "a{sv}" for the one property that is needed. */
static int read_status(sd_bus_message *message, const char **ret_status)
{
	const char *key;
	int r;

	*ret_status = NULL;
	r = sd_bus_message_enter_container(message, 'a', "{sv}");
	while (r >= 0 && (r = sd_bus_message_enter_container(message, 'e', "sv")) > 0) {
		r = sd_bus_message_read(message, "s", &key);
		if (r >= 0 && streq(key, "StatusText"))
			return sd_bus_message_read(message, "v", "s", ret_status);
		if (r >= 0)
			r = sd_bus_message_skip(message, "v");
		if (r >= 0)
			r = sd_bus_message_exit_container(message);
	}
	return r;
}

static int on_properties_changed(sd_bus_message *message, void *userdata,
				 sd_bus_error *error)
{
	_cleanup_free_ char *unit = NULL;
	const char *interface, *status;
	int r;

	r = sd_bus_message_read(message, "s", &interface);
	if (r < 0 || !streq(interface, UNIT_SERVICE))
		return r < 0 ? r : 0;
	r = sd_bus_path_decode(sd_bus_message_get_path(message), MANAGER_PATH "/unit",
			       &unit);
	if (r <= 0)
		return r;
	r = read_status(message, &status);
	if (r >= 0 && status)
		set_status(userdata, unit, status);
	return r < 0 ? r : 0;
}

static int follower_listen(sd_bus *bus, struct follower *follower,
			   sd_bus_slot **ret_removed, sd_bus_slot **ret_changed)
{
	/* On PID 1's private socket no sender has a bus name. */
	const char *sender = sd_bus_is_bus_client(bus) > 0 ? SERVICE : NULL;
	int r;

	r = sd_bus_match_signal(bus, ret_removed, sender, MANAGER_PATH, MANAGER,
				"JobRemoved", on_job_removed, follower);
	if (r >= 0)
		r = sd_bus_match_signal(bus, ret_changed, sender, NULL,
					"org.freedesktop.DBus.Properties",
					"PropertiesChanged", on_properties_changed,
					follower);
	if (r >= 0)
		r = sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, "Subscribe",
				       NULL, NULL, NULL);
	return r;
}

/* --- jobs ------------------------------------------------------------------------------------ */

static void job_queue(sd_bus *bus, struct bus_job *job)
{
	_cleanup_(sd_bus_message_unrefp) sd_bus_message *reply = NULL;
	_cleanup_(sd_bus_error_free) sd_bus_error error = SD_BUS_ERROR_NULL;
	const char *path = NULL;
	int r;

	r = sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, job->method, &error,
			       &reply, "ss", job->unit, "replace");
	if (r >= 0)
		r = sd_bus_message_read(reply, "o", &path);
	if (r >= 0) {
		job->path = strdup(path);
		r = job->path ? 0 : -ENOMEM;
	}
	if (r >= 0)
		return;
	job->error = r;
	replace_text(&job->error_text, error.message ? error.message : strerror(-r));
}

static bool is_pending(const struct follower *follower)
{
	for (size_t i = 0; i < follower->n; i++)
		if (follower->jobs[i].path && !follower->jobs[i].result)
			return true;
	return false;
}

static int follower_run(sd_bus *bus, struct follower *follower, uint64_t deadline,
			bus_jobs_progress progress, void *context)
{
	int r;

	while (is_pending(follower)) {
		r = sd_bus_process(bus, NULL);
		if (r < 0)
			return r;
		if (r > 0)
			continue;
		if (progress && follower->is_changed &&
		    !progress(follower->jobs, follower->n, context))
			return 0;
		follower->is_changed = false;
		if (left_usec(deadline) == 0)
			return -ETIME;
		r = sd_bus_wait(bus, left_usec(deadline));
		if (r < 0)
			return r;
	}
	if (progress)
		(void)progress(follower->jobs, follower->n, context);
	return 0;
}

/* Reads the helper's status if its signal has not arrived before the end of the job. */
static void read_helper(sd_bus *bus, struct bus_job *job)
{
	_cleanup_free_ char *path = NULL, *status = NULL;

	if (job->status || !job->helper ||
	    sd_bus_path_encode(MANAGER_PATH "/unit", job->helper, &path) < 0 ||
	    sd_bus_get_property_string(bus, SERVICE, path, UNIT_SERVICE, "StatusText",
				       NULL, &status) < 0)
		return;
	if (*status)
		replace_text(&job->status, status);
}

/* Reads why the unit failed, as far as the manager knows. */
static int read_failure(sd_bus *bus, struct bus_job *job)
{
	_cleanup_free_ char *path = NULL;
	int r;

	/* The helper refused: its reason counts, not the text that the restarted unit has repeated since. */
	if (streq(job->result, "canceled") && job->helper_status)
		replace_text(&job->status, job->helper_status);
	read_helper(bus, job);
	r = sd_bus_path_encode(MANAGER_PATH "/unit", job->unit, &path);
	if (r >= 0)
		r = sd_bus_get_property_string(bus, SERVICE, path, UNIT_SERVICE, "Result",
					       NULL, &job->failure);
	if (r >= 0)
		r = sd_bus_get_property_trivial(bus, SERVICE, path, UNIT_SERVICE,
						"ExecMainStatus", NULL, 'i',
						&job->exit_code);
	return r;
}

bool bus_job_is_done(const struct bus_job *job)
{
	assert(job);

	return job->result && streq(job->result, "done");
}

int bus_jobs_run(sd_bus *bus, struct bus_job *jobs, size_t n, uint64_t usec,
		 bus_jobs_progress progress, void *context)
{
	_cleanup_(sd_bus_slot_unrefp) sd_bus_slot *removed = NULL, *changed = NULL;
	struct follower follower = { .jobs = jobs, .n = n };
	int r;

	assert(bus);
	assert(jobs || n == 0);

	r = follower_listen(bus, &follower, &removed, &changed);
	for (size_t i = 0; i < n && r >= 0; i++)
		job_queue(bus, &jobs[i]);
	if (r >= 0)
		r = follower_run(bus, &follower, now_usec() + usec, progress, context);
	for (size_t i = 0; i < n && r >= 0; i++)
		if (jobs[i].result && !bus_job_is_done(&jobs[i]))
			r = read_failure(bus, &jobs[i]);
	return r;
}

void bus_job_done(struct bus_job *job)
{
	free(job->unit);
	free(job->helper);
	free(job->path);
	free(job->result);
	free(job->status);
	free(job->helper_status);
	free(job->failure);
	free(job->error_text);
	*job = (struct bus_job){ 0 };
}

/* --- the manager ----------------------------------------------------------------------------- */

int bus_reload(sd_bus *bus)
{
	_cleanup_(sd_bus_message_unrefp) sd_bus_message *call = NULL;
	int r;

	assert(bus);

	r = sd_bus_message_new_method_call(bus, &call, SERVICE, MANAGER_PATH, MANAGER,
					   "Reload");
	return r < 0 ? r : sd_bus_call(bus, call, RELOAD_MAX_USEC, NULL, NULL);
}

bool bus_unit_is_masked(sd_bus *bus, const char *unit)
{
	_cleanup_free_ char *path = NULL, *state = NULL;

	assert(bus);
	assert(unit);

	return sd_bus_path_encode(MANAGER_PATH "/unit", unit, &path) >= 0 &&
	       sd_bus_get_property_string(bus, SERVICE, path, SERVICE ".Unit",
					  "LoadState", NULL, &state) >= 0 &&
	       streq(state, "masked");
}

int bus_enable_unit(sd_bus *bus, const char *unit)
{
	assert(bus);
	assert(unit);

	return sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, "EnableUnitFiles",
				  NULL, NULL, "asbb", 1, unit, false, false);
}

int bus_disable_unit(sd_bus *bus, const char *unit)
{
	assert(bus);
	assert(unit);

	return sd_bus_call_method(bus, SERVICE, MANAGER_PATH, MANAGER, "DisableUnitFiles",
				  NULL, NULL, "asb", 1, unit, false);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* One line for one failure, and the exit code that goes with it. */
#include <signal.h>

#include "names/unitname.h"
#include "event/bus.h"
#include "state/lock.h"
#include "event/notify.h"
#include "vport/vport.h"

int vport_fail(const struct task *task, enum npiv_stage stage, const char *detail,
	       const char *hint)
{
	const struct stage_info *info = stage_info(stage);
	const struct log_event event = {
		.priority = LOG_ERR,
		.message_id = info->message_id,
		.stage = info->name,
	};

	if (!hint)
		hint = info->hint;
	log_event(&task->subject, &event, "%s%s%s%s%s", info->summary,
		  *detail ? ": " : "", detail, hint ? "; " : "", hint ? hint : "");
	notify_status("%s%s%s", info->summary, *detail ? ": " : "", detail);
	return info->exit_code;
}

int vport_fail_errno(const struct task *task, int error, const char *what)
{
	log_error(&task->subject, "cannot %s: %s", what, strerror(-error));
	notify_status("cannot %s: %s", what, strerror(-error));
	return EXIT_FAILURE;
}

int vport_fail_locked(const struct task *task, uint64_t parent_wwpn, int error)
{
	char holder[192];

	if (error != -EAGAIN)
		return vport_fail_errno(task, error, "lock the parent HBA");
	lock_print_holder_of_parent(task->run, parent_wwpn, holder, sizeof(holder));
	log_error(&task->subject,
		  "cannot lock the parent HBA, below which another virtual port is being "
		  "made or deleted: %s",
		  holder);
	notify_status("cannot lock the parent HBA: %s", holder);
	return EXIT_FAILURE;
}

bool vport_is_being_stopped(const struct task *task)
{
	_cleanup_free_ char *unit = unit_name_vport(task->name);
	_cleanup_(bus_unit_done) struct bus_unit state = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;

	return unit && bus_open(&bus) >= 0 && bus_unit_read(bus, unit, &state) >= 0 &&
	       (streq(state.job, "stop") || streq(state.job, "restart"));
}

int vport_interrupted(const struct task *task)
{
	if (vport_is_being_stopped(task))
		return 0;
	log_warning(&task->subject, "interrupted");
	return 128 + SIGTERM;
}

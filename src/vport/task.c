// SPDX-License-Identifier: LGPL-2.1-or-later
/* One run of npiv-vport: its lock, its time, its configuration, and how it fails. */
#include <fcntl.h>
#include <signal.h>

#include "config/load.h"
#include "event/bus.h"
#include "event/notify.h"
#include "fc/sysfs.h"
#include "state/unit-time.h"
#include "lib/clock.h"
#include "lib/fd.h"
#include "lib/roots.h"
#include "lib/text.h"
#include "names/unitname.h"
#include "state/environment.h"
#include "state/lock.h"
#include "vport/task.h"

#define LOCK_USEC \
	(50 * USEC_PER_SEC) /* systemd runs one verb at a time; people may not */

int task_init(struct task *task, const char *name)
{
	*task = (struct task){
		.name = name,
		.run = environment_run_dir(),
		.sysfs = environment_sysfs(),
		.sysfs_fd = -EBADF,
		.lock = -EBADF,
		.began = now_usec(),
		.subject = { .vhba = name, .host = HOST_NONE },
	};
	task_limit(task, unit_stop_timeout_usec());
	if (!task->run)
		return vport_fail_errno(task, -ENOMEM, "begin");
	task->sysfs_fd = sysfs_open_dir(AT_FDCWD, task->sysfs);
	if (task->sysfs_fd < 0)
		return vport_fail_errno(task, task->sysfs_fd, "open /sys");
	return 0;
}

void task_limit(struct task *task, uint64_t unit_timeout_usec)
{
	task->deadline = task->began + unit_run_usec(unit_timeout_usec);
}

uint64_t task_until(const struct task *task, uint64_t usec)
{
	uint64_t end = now_usec() + usec;

	return end < task->deadline ? end : task->deadline;
}

/* Returns an exit code for an error of lock_take_vhba(). */
static int task_fail_lock(const struct task *task, int error)
{
	char holder[192];

	if (error == -ECANCELED)
		return vport_interrupted(task);
	if (error != -EAGAIN)
		return vport_fail_errno(task, error, "lock the vHBA below /run/npiv");
	lock_print_holder_of_vhba(task->run, task->name, holder, sizeof(holder));
	log_error(&task->subject, "another npiv-vport is at work on this vHBA: %s",
		  holder);
	return EXIT_FAILURE;
}

void task_block_signals(void)
{
	sigset_t signals;

	(void)sigemptyset(&signals);
	(void)sigaddset(&signals, SIGTERM);
	(void)sigaddset(&signals, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &signals, NULL);
}

bool task_lock(struct task *task, int *ret_exit_code)
{
	assert(ret_exit_code);

	if (task->lock >= 0)
		return true;
	task_block_signals();
	task->lock = lock_take_vhba(task->run, task->name, task_until(task, LOCK_USEC));
	if (task->lock >= 0)
		return true;
	*ret_exit_code = task_fail_lock(task, task->lock);
	return false;
}

void task_unlock(struct task *task)
{
	if (task->lock >= 0)
		close(task->lock);
	task->lock = -EBADF;
}

void task_set_subject(struct task *task, const struct vhba_state *state)
{
	task->subject.pool = state->pool;
	task->subject.wwpn = state->wwpn;
	task->subject.parent_wwpn = state->parent_wwpn;
}

void task_done(struct task *task)
{
	task_unlock(task);
	if (task->sysfs_fd >= 0)
		close(task->sysfs_fd);
	free(task->run);
}

/* --- configuration --- */

static void config_log_message(const struct task *task, const struct message *message)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	if (TEXT_OF(&text, &size, messages_print, message) < 0)
		return;
	text[strcspn(text, "\n")] = '\0';
	if (message->severity == MESSAGE_ERROR)
		log_error(&task->subject, "%s", text);
	else
		log_warning(&task->subject, "%s", text);
}

static bool is_in_file(const char *place, const char *file)
{
	const char *rest = startswith(place, file);

	return rest && *rest == ':';
}

/* Of a vHBA only the warnings of its own file are logged. Of one that cannot be used only the errors of the file that
 * has its first error are; if there is no such vHBA, each error may be the reason. */
static void config_log_messages(const struct task *task, const struct messages *messages,
				const struct config *config,
				const struct vhba_config *vhba)
{
	const char *fault = config_fault(config, task->name);

	for (size_t i = 0; i < messages->n_messages; i++) {
		const struct message *message = &messages->messages[i];
		bool is_error = message->severity == MESSAGE_ERROR;

		if (vhba ? !is_error && message->file &&
				    streq(message->file, vhba->file) :
			   is_error && (!fault || !message->file ||
					is_in_file(fault, message->file)))
			config_log_message(task, message);
	}
}

static int config_fail_unknown(const struct task *task, const struct config *config)
{
	const struct vhba_config *elsewhere = config_find_elsewhere(config, task->name);
	const char *fault = config_fault(config, task->name);
	char detail[NPIV_DETAIL_MAX];

	if (fault)
		(void)snprintf(detail, sizeof(detail), "%s", fault);
	else if (elsewhere)
		(void)snprintf(detail, sizeof(detail),
			       "[vhba %s] is for other hosts only (%s:%u: host = %s)",
			       task->name, elsewhere->file, elsewhere->line,
			       elsewhere->hosts);
	else
		(void)snprintf(detail, sizeof(detail),
			       "no [vhba %s] section in any of %s, %s, %s, %s",
			       task->name, config_folders[0], config_folders[1],
			       config_folders[2], config_folders[3]);
	return vport_fail(task, STAGE_CONFIG, detail, NULL);
}

int vport_config_load(struct task *task, struct vport_config *ret_config)
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	int r;

	*ret_config = (struct vport_config){ 0 };
	r = config_dir_load(environment_root(), &ret_config->config, &messages);
	if (r >= 0 && messages.out_of_memory)
		r = -ENOMEM;
	if (r < 0)
		return vport_fail_errno(task, r, "read the configuration");

	ret_config->vhba = config_find_vhba(&ret_config->config, task->name);
	config_log_messages(task, &messages, &ret_config->config, ret_config->vhba);
	if (!ret_config->vhba)
		return config_fail_unknown(task, &ret_config->config);
	ret_config->pool = config_find_pool(&ret_config->config, ret_config->vhba->pool);
	return 0;
}

void vport_config_done(struct vport_config *config)
{
	config_done(&config->config);
}

/* --- failures --- */

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

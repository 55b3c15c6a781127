// SPDX-License-Identifier: LGPL-2.1-or-later
/* The wait for a vHBA's LUNs: look at everything, judge it, say how far it is. */
#include <inttypes.h>

#include "diagnose/waiting.h"
#include "lib/clock.h"
#include "event/notify.h"
#include "diagnose/readiness-read.h"
#include "fc/scan.h"
#include "names/names.h"
#include "vport/luns.h"
#include "vport/wait.h"

/* vport_state and names that a driver fills in late change without any event: the one thing that is
 * read again and again, ever more slowly. */
#define POLL_MIN_USEC (100 * USEC_PER_MSEC)
#define POLL_MAX_USEC USEC_PER_SEC

/* If an array maps one more LUN, a host that does no I/O is not notified. While LUNs are missing the host is
 * scanned again, at growing intervals. */
#define SCAN_PAUSE_MIN_USEC (4 * USEC_PER_SEC)
#define SCAN_PAUSE_MAX_USEC (8 * USEC_PER_SEC)

/* A driver can pass through a final state on its way (lpfc does before its first fabric login). */
#define FINAL_GRACE_USEC (2 * USEC_PER_SEC)

int lun_wait_init(struct lun_wait *wait, struct task *task,
		  const struct vhba_config *vhba, const struct vhba_state *state)
{
	*wait = (struct lun_wait){
		.task = task,
		.vhba = vhba,
		.state = state,
		.deadline = task->deadline,
		.host = HOST_NONE,
	};
	wanted_from_config(vhba, &wait->wanted);
	wait->wanted.state = state;
	wait->udev = udev_new();
	return wait->udev ? 0 : -ENOMEM;
}

void lun_wait_done(struct lun_wait *wait)
{
	if (wait->udev)
		udev_unref(wait->udev);
	inventory_done(&wait->inventory);
	uevent_list_done(&wait->uevents);
}

/* Judges the result of a look; takes the inventory over. */
static int wait_diagnose(struct lun_wait *wait, struct inventory *inventory)
{
	const struct readiness_source source = {
		.udev = wait->udev,
		.run = wait->task->run,
		.sysfs = wait->task->sysfs_fd,
	};
	_cleanup_free_ enum lun_readiness *readiness = NULL;
	int r;

	inventory_done(&wait->inventory);
	wait->inventory = *inventory;
	*inventory = (struct inventory){ 0 };
	r = readiness_read(&source, &wait->inventory, wait->state, &readiness);
	if (r < 0)
		return r;
	return diagnose(&wait->inventory, readiness, &wait->wanted, &wait->diagnosis);
}

static int wait_look_at_host(struct lun_wait *wait)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	int r;

	r = scan_host(wait->task->sysfs, wait->host, &inventory);
	return r < 0 ? r : wait_diagnose(wait, &inventory);
}

static uint32_t wait_choose_host(const struct inventory *inventory, void *context)
{
	const struct fc_port *port = wanted_port(context, inventory);

	return port ? port->host : HOST_NONE;
}

static int wait_look_at_names(struct lun_wait *wait)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	int r;

	r = scan_names_and_luns(wait->task->sysfs, wait->state->wwpn, wait_choose_host,
				&wait->wanted, &inventory);
	return r < 0 ? r : wait_diagnose(wait, &inventory);
}

static int wait_look_at_all_ports(struct lun_wait *wait)
{
	int r = wait_look_at_names(wait);

	wait->host = wait->diagnosis.port ? wait->diagnosis.port->host : HOST_NONE;
	return r;
}

/* Whether other ports can change the diagnosis: if its own port is missing, or a port that it sees may be another
 * one of this host. */
static bool wait_depends_on_others(const struct lun_wait *wait)
{
	if (!wait->diagnosis.port)
		return true;
	if (wait->diagnosis.n_seen > 0)
		return false;
	for (size_t i = 0; i < wait->inventory.n_rports; i++)
		if (!wait->inventory.rports[i].is_target)
			return true;
	return false;
}

int lun_wait_look(struct lun_wait *wait)
{
	int r = 0;

	assert(wait);

	if (wait->host != HOST_NONE)
		r = wait_look_at_host(wait);
	if (r >= 0 && (wait->host == HOST_NONE || wait_depends_on_others(wait)))
		r = wait_look_at_all_ports(wait);
	wait->task->subject.host = wait->host;
	return r;
}

void lun_wait_scan(struct lun_wait *wait)
{
	vport_scan(wait->task, wait->host, wait->deadline);
	wait->scan_pause = SCAN_PAUSE_MIN_USEC;
	wait->scan_at = now_usec() + SCAN_PAUSE_MIN_USEC;
}

void lun_wait_scan_again(struct lun_wait *wait, struct watch *watch, uint64_t now,
			 uint64_t pause_max)
{
	bool is_finding = wait->no_new_lun_since == now;
	uint64_t pause = wait->scan_pause;

	if (wait->diagnosis.stage != STAGE_NO_LUNS &&
	    wait->diagnosis.stage != STAGE_LUNS_MISSING) {
		wait->scan_at = 0;
		return;
	}
	if (wait->scan_at == 0 || is_finding) {
		wait->scan_pause = SCAN_PAUSE_MIN_USEC;
		wait->scan_at = now + SCAN_PAUSE_MIN_USEC;
	} else if (now >= wait->scan_at) {
		lun_wait_scan(wait);
		wait->scan_pause = pause * 2 > pause_max ? pause_max : pause * 2;
		wait->scan_at = now_usec() + wait->scan_pause;
		watch_within(watch, 1); /* what it found */
	}
}

static void wait_note_changes(struct lun_wait *wait, uint64_t now)
{
	if (wait->n_devices != wait->inventory.n_luns || !wait->no_new_lun_since) {
		wait->n_devices = wait->inventory.n_luns;
		wait->no_new_lun_since = now;
	}
	/* What udev has said of a disk that it is to look at again is not its last word. */
	if (!wait->diagnosis.is_final || wait->uevents.n > 0)
		wait->final_since = 0;
	else if (!wait->final_since)
		wait->final_since = now;
}

/* With configured LUN numbers the wait ends when all are found; without any, when no further LUN appears. */
static bool wait_has_settled(const struct lun_wait *wait, uint64_t now,
			     uint64_t *ret_left)
{
	uint64_t end = wait->no_new_lun_since + wait->vhba->settle_usec;

	*ret_left = now < end ? end - now : 0;
	return wait->diagnosis.n_wanted > 0 || *ret_left == 0;
}

void lun_wait_notify(const struct lun_wait *wait, unsigned left_sec)
{
	char text[NPIV_DETAIL_MAX + 128] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (!out)
		return;
	waiting_print(&wait->diagnosis, left_sec, out);
	fclose(out);
	notify_status("%s", text);
}

/* How soon to look again while the vport is not Active: young waits are short. */
static void wait_plan_poll(const struct lun_wait *wait, struct watch *watch)
{
	uint64_t waited = wait->vhba->timeout_usec - left_usec(wait->deadline);
	uint64_t poll = waited / 8;

	if (poll < POLL_MIN_USEC)
		poll = POLL_MIN_USEC;
	watch_within(watch, poll > POLL_MAX_USEC ? POLL_MAX_USEC : poll);
}

/* Each request to udev and each missing LUN is followed by an event. */
static void wait_plan_events(const struct lun_wait *wait, struct watch *watch)
{
	const struct diagnosis *diagnosis = &wait->diagnosis;
	size_t awaited = diagnosis->n_wanted ? diagnosis->n_wanted : diagnosis->n_seen;
	size_t missing = awaited > diagnosis->n_usable ? awaited - diagnosis->n_usable :
							 1;

	if (wait->host != HOST_NONE)
		watch_expect(watch,
			     missing > wait->uevents.n ? missing : wait->uevents.n);
}

bool lun_wait_is_ready(struct lun_wait *wait, uint64_t now)
{
	/* If the kernel refuses now (the port is blocked), the next look tries again. */
	vport_set_timeouts(wait->task, &wait->inventory, wait->host,
			   wait->vhba->dev_loss_tmo, wait->vhba->fast_io_fail_tmo,
			   &wait->is_timeout_refused);
	wait_note_changes(wait, now);
	uevent_prune(&wait->uevents, wait->task->sysfs_fd);
	return wait->diagnosis.stage == STAGE_READY && wait->uevents.n == 0;
}

/* Returns 1 when the wait is over, successful or not (see diagnosis.stage), or 0 after planning the next look. */
static int wait_judge(struct lun_wait *wait, struct watch *watch)
{
	uint64_t now = now_usec(), left;
	bool is_ready = lun_wait_is_ready(wait, now);

	if (wait->final_since && now - wait->final_since >= FINAL_GRACE_USEC)
		return 1;
	if (wait->final_since)
		watch_within(watch, FINAL_GRACE_USEC / 4);
	if (is_ready) {
		if (wait_has_settled(wait, now, &left))
			return 1;
		watch_within(watch, left);
	}
	if (wait->diagnosis.stage < STAGE_NO_REMOTE_PORTS &&
	    wait->diagnosis.stage != STAGE_READY)
		wait_plan_poll(wait, watch);
	lun_wait_scan_again(wait, watch, now, SCAN_PAUSE_MAX_USEC);
	wait_plan_events(wait, watch);
	lun_wait_notify(wait, (unsigned)(left_usec(wait->deadline) / USEC_PER_SEC));
	return 0;
}

/* LUNs for which the kernel makes no disk are left out silently, so this is logged once. */
static void wait_log_undriven(const struct lun_wait *wait)
{
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");
	unsigned n;

	if (!out)
		return;
	n = lun_print_undriven(&wait->inventory, wait->host, NULL, out);
	fclose(out);
	if (n > 0)
		log_info(&wait->task->subject,
			 "ignoring LUNs that the kernel makes no disk of: %s", text);
}

static int wait_finish_ready(const struct lun_wait *wait)
{
	char text[256] = "";
	const struct log_event event = {
		.priority = LOG_INFO,
		.message_id = MESSAGE_ID_VHBA_READY,
		.stage = stage_info(STAGE_READY)->name,
	};
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (!out)
		return vport_fail_errno(wait->task, -ENOMEM, "report the result");
	waiting_print_ready(&wait->diagnosis, out);
	fclose(out);
	wait_log_undriven(wait);
	log_event(&wait->task->subject, &event, "ready: %s", text);
	notify_status("%s", text);
	return 0;
}

static bool wait_owns_vport(const struct lun_wait *wait)
{
	const struct fc_vport *vport = wait->diagnosis.vport;

	return vport && vhba_state_owns(wait->state, &wait->inventory, vport);
}

int lun_wait_fail_stage(struct lun_wait *wait)
{
	struct diagnosis *diagnosis = &wait->diagnosis;

	if (diagnosis->stage == STAGE_NAME_AMBIGUOUS)
		(void)names_describe_conflicts(wait->task->run, wait->task->sysfs_fd,
					       wait->state->pool, "; ", diagnosis->detail,
					       sizeof(diagnosis->detail));
	return vport_fail(wait->task, diagnosis->stage, diagnosis->detail,
			  diagnosis_hint(diagnosis,
					 wait->is_tried && wait_owns_vport(wait)));
}

/* r is what watch_run() gave. */
static int wait_finish(struct lun_wait *wait, int r)
{
	char text[128];

	/* A signal may have ended a deletion before a new login, too. */
	if (wait->exit_code)
		return vport_is_being_stopped(wait->task) ? 0 : wait->exit_code;
	if (r == -ECANCELED)
		return vport_interrupted(wait->task);
	if (r < 0 && r != -ETIMEDOUT)
		return vport_fail_errno(wait->task, r, "look at the vHBA");
	if (wait->diagnosis.stage != STAGE_READY)
		return lun_wait_fail_stage(wait);
	if (wait->uevents.n > 0) {
		(void)snprintf(text, sizeof(text), "udev is not done with %s",
			       wait->uevents.waiting[0]);
		return vport_fail(wait->task, STAGE_LINKS_PENDING, text, NULL);
	}
	return wait_finish_ready(wait);
}

/* --- the wait --- */

int lun_wait_step(struct lun_wait *wait, struct watch *watch, lun_wait_act_fn act,
		  void *context)
{
	int r;

	assert(wait);
	assert(act);

	/* Ends: what a verb does it does once, or after a pause. */
	do {
		r = lun_wait_look(wait);
		if (r >= 0)
			r = watch_narrow(watch, wait->host);
		if (r == 0)
			r = act(watch, context);
	} while (r == LUN_WAIT_AGAIN);
	return r;
}

struct lun_wait_verb {
	struct lun_wait *wait;
	lun_wait_act_fn act;
	void *context;
};

static int wait_look(struct watch *watch, void *context)
{
	const struct lun_wait_verb *verb = context;
	int r;

	r = lun_wait_step(verb->wait, watch, verb->act, verb->context);
	if (r < 0)
		return r;
	return r == LUN_WAIT_FAILED ? 1 : wait_judge(verb->wait, watch);
}

static void wait_on_event(struct udev_device *device, void *context)
{
	const struct lun_wait_verb *verb = context;

	uevent_handled(&verb->wait->uevents, device);
}

int lun_wait_run(struct lun_wait *wait, lun_wait_act_fn act, void *context)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	struct lun_wait_verb verb = { .wait = wait, .act = act, .context = context };
	int r;

	assert(wait);
	assert(act);

	r = watch_new(wait_look, wait_on_event, &verb, &watch);
	if (r < 0)
		return vport_fail_errno(wait->task, r, "listen to events");
	return wait_finish(wait, watch_run(watch, wait->deadline));
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The wait for a vHBA's LUNs: look at everything, judge it, say how far it is. */
#include <inttypes.h>

#include "diagnose/waiting.h"
#include "lib/clock.h"
#include "event/notify.h"
#include "diagnose/progress.h"
#include "fc/scan.h"
#include "vport/vport.h"

/* vport_state and names that a driver fills in late change without any event: the one thing that is
 * read again and again, ever more slowly. */
#define POLL_MIN_USEC (100 * USEC_PER_MSEC)
#define POLL_MAX_USEC USEC_PER_SEC

/* An array that maps one more LUN tells nobody who does no I/O: while LUNs are missing they are looked
 * for again, ever more slowly. */
#define SCAN_PAUSE_MIN_USEC (4 * USEC_PER_SEC)
#define SCAN_PAUSE_MAX_USEC (8 * USEC_PER_SEC)

/* A driver can pass through a final state on its way (lpfc does before its first fabric login). */
#define FINAL_GRACE_USEC (2 * USEC_PER_SEC)

int arrival_init(struct arrival *arrival, struct task *task,
		 const struct vhba_config *vhba, const struct vhba_state *state)
{
	*arrival = (struct arrival){
		.task = task,
		.vhba = vhba,
		.state = state,
		.deadline = task->deadline,
		.host = HOST_NONE,
	};
	wanted_from_config(vhba, &arrival->wanted);
	arrival->wanted.state = state;
	arrival->udev = udev_new();
	return arrival->udev ? 0 : -ENOMEM;
}

void arrival_done(struct arrival *arrival)
{
	if (arrival->udev)
		udev_unref(arrival->udev);
	inventory_done(&arrival->inventory);
	uevent_list_done(&arrival->uevents);
}

/* Judges what a look has found; the inventory is the arrival's from here on. */
static int take_in(struct arrival *arrival, struct inventory *inventory)
{
	_cleanup_free_ enum lun_progress *progress = NULL;
	int r;

	inventory_done(&arrival->inventory);
	arrival->inventory = *inventory;
	*inventory = (struct inventory){ 0 };
	r = progress_read(arrival->udev, arrival->task->sysfs_fd, &arrival->inventory,
			  arrival->state, &progress);
	if (r < 0)
		return r;
	return diagnose(&arrival->inventory, progress, &arrival->wanted,
			&arrival->diagnosis);
}

static int look_at_host(struct arrival *arrival)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	int r;

	r = scan_host(arrival->task->sysfs, arrival->host, &inventory);
	return r < 0 ? r : take_in(arrival, &inventory);
}

static uint32_t choose_host(const struct inventory *inventory, void *context)
{
	const struct fc_port *port = wanted_port(context, inventory);

	return port ? port->host : HOST_NONE;
}

static int look_at_names(struct arrival *arrival)
{
	_cleanup_(inventory_done) struct inventory inventory = { 0 };
	int r;

	r = scan_names_and_luns(arrival->task->sysfs, arrival->state->wwpn, choose_host,
				&arrival->wanted, &inventory);
	return r < 0 ? r : take_in(arrival, &inventory);
}

static int look_at_all_ports(struct arrival *arrival)
{
	int r = look_at_names(arrival);

	arrival->host = arrival->diagnosis.port ? arrival->diagnosis.port->host :
						  HOST_NONE;
	return r;
}

/* Whether other ports can change what there is to say: where its own is not there, or one that it sees may
 * be another of this host's. */
static bool depends_on_others(const struct arrival *arrival)
{
	if (!arrival->diagnosis.port)
		return true;
	if (arrival->diagnosis.n_seen > 0)
		return false;
	for (size_t i = 0; i < arrival->inventory.n_rports; i++)
		if (!arrival->inventory.rports[i].is_target)
			return true;
	return false;
}

int arrival_look(struct arrival *arrival)
{
	int r = 0;

	assert(arrival);

	if (arrival->host != HOST_NONE)
		r = look_at_host(arrival);
	if (r >= 0 && (arrival->host == HOST_NONE || depends_on_others(arrival)))
		r = look_at_all_ports(arrival);
	arrival->task->subject.host = arrival->host;
	return r;
}

void arrival_scan(struct arrival *arrival)
{
	vport_scan(arrival->task, arrival->host, arrival->deadline);
	arrival->scan_pause = SCAN_PAUSE_MIN_USEC;
	arrival->scan_at = now_usec() + SCAN_PAUSE_MIN_USEC;
}

/* now: of the look. While its own scan still finds LUNs the kernel is not asked for another. */
static void scan_again(struct arrival *arrival, struct watch *watch, uint64_t now)
{
	bool is_finding = arrival->no_new_lun_since == now;
	uint64_t pause = arrival->scan_pause;

	if (arrival->diagnosis.stage != STAGE_NO_LUNS &&
	    arrival->diagnosis.stage != STAGE_LUNS_MISSING) {
		arrival->scan_at = 0;
		return;
	}
	if (arrival->scan_at == 0 || is_finding) {
		arrival->scan_pause = SCAN_PAUSE_MIN_USEC;
		arrival->scan_at = now + SCAN_PAUSE_MIN_USEC;
	} else if (now >= arrival->scan_at) {
		arrival_scan(arrival);
		arrival->scan_pause =
			pause * 2 > SCAN_PAUSE_MAX_USEC ? SCAN_PAUSE_MAX_USEC : pause * 2;
		arrival->scan_at = now_usec() + arrival->scan_pause;
		watch_within(watch, 1); /* what it found */
	}
}

static void note_changes(struct arrival *arrival, uint64_t now)
{
	if (arrival->n_devices != arrival->inventory.n_luns ||
	    !arrival->no_new_lun_since) {
		arrival->n_devices = arrival->inventory.n_luns;
		arrival->no_new_lun_since = now;
	}
	/* What udev has said of a disk that it is to look at again is not its last word. */
	if (!arrival->diagnosis.is_final || arrival->uevents.n > 0)
		arrival->final_since = 0;
	else if (!arrival->final_since)
		arrival->final_since = now;
}

/* Numbers that were asked for are the end; without any, the end is when no LUN comes any longer. */
static bool has_settled(const struct arrival *arrival, uint64_t now, uint64_t *ret_left)
{
	uint64_t end = arrival->no_new_lun_since + arrival->vhba->settle_usec;

	*ret_left = now < end ? end - now : 0;
	return arrival->diagnosis.n_wanted > 0 || *ret_left == 0;
}

static void tell(const struct arrival *arrival)
{
	char text[NPIV_DETAIL_MAX + 128] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (!out)
		return;
	waiting_print(&arrival->diagnosis,
		      (unsigned)(left_usec(arrival->deadline) / USEC_PER_SEC), out);
	fclose(out);
	notify_status("%s", text);
}

/* How soon to look again while the vport is not Active: young waits are short. */
static void plan_poll(const struct arrival *arrival, struct watch *watch)
{
	uint64_t waited = arrival->vhba->timeout_usec - left_usec(arrival->deadline);
	uint64_t poll = waited / 8;

	if (poll < POLL_MIN_USEC)
		poll = POLL_MIN_USEC;
	watch_within(watch, poll > POLL_MAX_USEC ? POLL_MAX_USEC : poll);
}

/* What udev is asked for or LUNs miss comes with an event each. */
static void plan_events(const struct arrival *arrival, struct watch *watch)
{
	const struct diagnosis *diagnosis = &arrival->diagnosis;
	size_t awaited = diagnosis->n_wanted ? diagnosis->n_wanted : diagnosis->n_seen;
	size_t missing = awaited > diagnosis->n_usable ? awaited - diagnosis->n_usable :
							 1;

	if (arrival->host != HOST_NONE)
		watch_expect(watch,
			     missing > arrival->uevents.n ? missing : arrival->uevents.n);
}

/* Returns 1 when the wait is over, for good or for bad (diagnosis.stage tells), or 0 after planning the
 * next look. */
static int judge(struct arrival *arrival, struct watch *watch)
{
	uint64_t now = now_usec(), left;

	/* What the kernel refuses now (a port that is blocked) is tried again at the next look. */
	vport_set_timeouts(arrival->task, &arrival->inventory, arrival->host,
			   arrival->vhba->dev_loss_tmo, arrival->vhba->fast_io_fail_tmo,
			   &arrival->is_timeout_refused);
	note_changes(arrival, now);
	uevent_prune(&arrival->uevents, arrival->task->sysfs_fd);
	if (arrival->final_since && now - arrival->final_since >= FINAL_GRACE_USEC)
		return 1;
	if (arrival->final_since)
		watch_within(watch, FINAL_GRACE_USEC / 4);
	if (arrival->diagnosis.stage == STAGE_READY && arrival->uevents.n == 0) {
		if (has_settled(arrival, now, &left))
			return 1;
		watch_within(watch, left);
	}
	if (arrival->diagnosis.stage < STAGE_NO_REMOTE_PORTS &&
	    arrival->diagnosis.stage != STAGE_READY)
		plan_poll(arrival, watch);
	scan_again(arrival, watch, now);
	plan_events(arrival, watch);
	tell(arrival);
	return 0;
}

/* What the kernel makes no disk of is left out without a word of its own; so this is said once. */
static void tell_undriven(const struct arrival *arrival)
{
	char text[256] = "";
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");
	unsigned n;

	if (!out)
		return;
	n = lun_print_undriven(&arrival->inventory, arrival->host, NULL, out);
	fclose(out);
	if (n > 0)
		log_info(&arrival->task->subject,
			 "leaving out what the kernel makes no disk of: %s", text);
}

static int finish_ready(const struct arrival *arrival)
{
	char text[256] = "";
	const struct log_event event = {
		.priority = LOG_INFO,
		.message_id = MESSAGE_ID_VHBA_READY,
		.stage = stage_info(STAGE_READY)->name,
	};
	FILE *out = fmemopen(text, sizeof(text) - 1, "w");

	if (!out)
		return vport_fail_errno(arrival->task, -ENOMEM, "say how it went");
	waiting_print_ready(&arrival->diagnosis, out);
	fclose(out);
	tell_undriven(arrival);
	log_event(&arrival->task->subject, &event, "ready: %s", text);
	notify_status("%s", text);
	return 0;
}

static bool is_ours(const struct arrival *arrival)
{
	const struct fc_vport *vport = arrival->diagnosis.vport;

	return vport && vhba_state_owns(arrival->state, &arrival->inventory, vport);
}

static int finish_failed(struct arrival *arrival)
{
	struct diagnosis *diagnosis = &arrival->diagnosis;

	if (diagnosis->stage == STAGE_NAME_AMBIGUOUS)
		(void)vport_explain_conflicts(arrival->task, arrival->state->pool,
					      diagnosis->detail,
					      sizeof(diagnosis->detail));
	return vport_fail(arrival->task, diagnosis->stage, diagnosis->detail,
			  diagnosis_hint(diagnosis,
					 arrival->is_tried && is_ours(arrival)));
}

/* r is what watch_run() gave. */
static int finish(struct arrival *arrival, int r)
{
	char text[128];

	/* A signal may have ended a deletion before a new login, too. */
	if (arrival->exit_code)
		return vport_is_being_stopped(arrival->task) ? 0 : arrival->exit_code;
	if (r == -ECANCELED)
		return vport_interrupted(arrival->task);
	if (r < 0 && r != -ETIMEDOUT)
		return vport_fail_errno(arrival->task, r, "look at the vHBA");
	if (arrival->diagnosis.stage != STAGE_READY)
		return finish_failed(arrival);
	if (arrival->uevents.n > 0) {
		(void)snprintf(text, sizeof(text), "udev is not done with %s",
			       arrival->uevents.waiting[0]);
		return vport_fail(arrival->task, STAGE_LINKS_PENDING, text, NULL);
	}
	return finish_ready(arrival);
}

/* --- the wait --- */

struct wait {
	struct arrival *arrival;
	arrival_act_fn act;
	void *context;
};

static int look(struct watch *watch, void *context)
{
	const struct wait *wait = context;
	int r;

	/* Ends: what a verb does it does once, or after a pause. */
	do {
		r = arrival_look(wait->arrival);
		if (r >= 0)
			r = watch_narrow(watch, wait->arrival->host);
		if (r == 0)
			r = wait->act(watch, wait->context);
	} while (r > 0);
	return r < 0 ? r : judge(wait->arrival, watch);
}

static void seen(struct udev_device *device, void *context)
{
	const struct wait *wait = context;

	uevent_handled(&wait->arrival->uevents, device);
}

int arrival_wait(struct arrival *arrival, arrival_act_fn act, void *context)
{
	_cleanup_(watch_freep) struct watch *watch = NULL;
	struct wait wait = { .arrival = arrival, .act = act, .context = context };
	int r;

	assert(arrival);
	assert(act);

	r = watch_new(look, seen, &wait, &watch);
	if (r < 0)
		return vport_fail_errno(arrival->task, r, "listen to events");
	return finish(arrival, watch_run(watch, arrival->deadline));
}

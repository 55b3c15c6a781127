// SPDX-License-Identifier: LGPL-2.1-or-later
/* Brings a guest to the LUNs that it should have: what is missing comes, what is gone goes. It compares
 * what is with what should be, whatever has happened meanwhile, so that no event can be missed, and a
 * second run finds nothing to do. */
#include <inttypes.h>
#include <signal.h>

#include "config/name.h"
#include "libvirt/guest.h"
#include "event/notify.h"

/* One guest that is brought up to date: what was found out, and what is done by it. */
struct settle {
	struct guest_task *task;
	const char *name; /* of the guest */
	bool is_end; /* it is to have none any longer */
	struct guest_domain *domain;
	struct attach_note before, after;
	struct attach_guest guest;
	struct guest_host host;
	struct attach_plan plan;
	size_t n_failed;
	uint64_t passing_deadline; /* of guest_use_read() */
};

static void settle_done(struct settle *settle)
{
	attach_plan_done(&settle->plan);
	guest_host_done(&settle->host);
	attach_guest_done(&settle->guest);
	attach_note_done(&settle->before);
	attach_note_done(&settle->after);
	guest_domain_free(settle->domain);
}

/* --- what there is --------------------------------------------------------------------------- */

static int read_guest(struct settle *settle)
{
	_cleanup_free_ char *xml = NULL;
	int r;

	r = guest_domain_read(settle->domain, &xml);
	if (r >= 0)
		r = guest_xml_read(xml, &settle->guest);
	if (r >= 0)
		attach_recognize(&settle->guest, settle->task->pool);
	return r;
}

/* What a LUN of ours was attached as; NULL: that is not in the note, which is of another run of the guest. */
static const struct attach_noted *settle_noted(const struct settle *settle,
					       uint64_t number)
{
	return settle->before.id == settle->after.id ?
		       attach_note_find(&settle->before, number) :
		       NULL;
}

/* The device that a LUN of ours was attached as. Its name may lead to another by now, which the guest has
 * not: a disk that went and came back is a new one. Of a run that is not in the note (restored from a
 * file, come from another host) it is what the name leads to. */
static int find_own_device(struct settle *settle, struct attach_disk *disk)
{
	const struct attach_noted *noted = settle_noted(settle, disk->number);
	size_t index = SIZE_MAX;
	int r = 0;

	if (noted && noted->sequence)
		r = guest_host_add(settle->task, &settle->host, noted->sequence, &index);
	else
		for (size_t i = 0; i < settle->host.n_luns; i++)
			if (settle->host.luns[i].number == disk->number)
				index = guest_host_find(&settle->host,
							settle->host.luns[i].device);
	if (index != SIZE_MAX)
		(void)snprintf(disk->device, sizeof(disk->device), "%s",
			       settle->host.devices[index].name);
	return r;
}

static int find_devices(struct settle *settle)
{
	int r = 0;

	for (size_t i = 0; i < settle->guest.n && r >= 0; i++) {
		struct attach_disk *disk = &settle->guest.disks[i];

		if (disk->is_ours)
			r = find_own_device(settle, disk);
		else
			guest_source_find(settle->task, &settle->host, disk);
	}
	return r;
}

/* The device of this name; NULL where it is not in the list. */
static const struct host_device *settle_device(const struct settle *settle,
					       const char *name)
{
	size_t index = guest_host_find(&settle->host, name);

	return index == SIZE_MAX ? NULL : &settle->host.devices[index];
}

/* A device whose LUN was mapped anew is another logical unit, and none of the guest's business. */
static bool is_same_unit(const struct attach_noted *noted,
			 const struct host_device *device)
{
	return !noted || !*noted->identity || !*device->identity ||
	       streq(noted->identity, device->identity);
}

/* Notes that the guest has a device as this LUN. -ENOMEM. */
static int settle_note(struct settle *settle, uint64_t number,
		       const struct host_device *device)
{
	struct attach_noted noted = { .number = number, .sequence = device->sequence };

	memcpy(noted.identity, device->identity, sizeof(noted.identity));
	return attach_note_set(&settle->after, &noted);
}

static int judge_disks(struct settle *settle)
{
	int r = 0;

	for (size_t i = 0; i < settle->guest.n && r >= 0; i++) {
		struct attach_disk *disk = &settle->guest.disks[i];
		const struct host_device *device = settle_device(settle, disk->device);

		if (!disk->is_ours)
			continue;
		disk->is_lost = settle->is_end || !device || !device->is_usable ||
				!is_same_unit(settle_noted(settle, disk->number), device);
		if (!disk->is_lost)
			r = settle_note(settle, disk->number, device);
	}
	return r;
}

/* The name of a LUN that was just mapped anew may still be there: udev takes it away in a moment. */
static bool is_worth(const struct settle *settle, const struct attach_lun *lun)
{
	const struct attach_noted *noted = settle_noted(settle, lun->number);
	const struct host_device *device = settle_device(settle, lun->device);

	return device && device->is_usable &&
	       (!noted || noted->sequence != device->sequence ||
		is_same_unit(noted, device));
}

/* Leaves out what cannot be used. */
static void choose_luns(struct settle *settle)
{
	struct guest_host *host = &settle->host;
	size_t n = 0;

	for (size_t i = 0; i < host->n_luns; i++)
		if (!settle->is_end && is_worth(settle, &host->luns[i]))
			host->luns[n++] = host->luns[i];
	host->n_luns = n;
}

static void tell_foreign(const struct settle *settle)
{
	const struct guest_host *host = &settle->host;

	for (size_t i = 0; i < host->n_devices; i++)
		if (host->devices[i].is_foreign)
			log_warning(
				&settle->task->subject,
				"%s has a path that does not belong to the pool, keeping it from guest '%s'; 'multipath -ll' lists its paths",
				host->devices[i].name, settle->name);
}

static int look(struct settle *settle)
{
	int r;

	r = read_guest(settle);
	if (r >= 0)
		r = guest_host_read(settle->task, &settle->host);
	if (r >= 0)
		r = find_devices(settle);
	if (r >= 0)
		r = guest_host_ask(&settle->host);
	if (r >= 0)
		r = judge_disks(settle);
	if (r < 0)
		return r;
	tell_foreign(settle);
	choose_luns(settle);
	return attach_plan_build(settle->task->pool, &settle->guest, settle->host.luns,
				 settle->host.n_luns, &settle->plan);
}

/* --- what is done ----------------------------------------------------------------------------- */

/* Counts it, so that it is tried again. */
static void refuse(struct settle *settle, const struct attach_lun *lun, const char *why)
{
	settle->n_failed++;
	log_error(&settle->task->subject,
		  "cannot attach LUN %" PRIu64 " (%s) to guest '%s': %s", lun->number,
		  lun->device, settle->name, why);
}

/* libvirt opened what the name led to, which nobody kept from changing since it was looked at. */
static void take_back(struct settle *settle, const struct attach_step *step)
{
	char target[GUEST_TARGET_SIZE];
	const struct attach_disk disk = { .target = target };
	const struct attach_step undo = { .detach = &disk };
	_cleanup_free_ char *xml = NULL;

	memcpy(target, step->target, sizeof(target));
	xml = guest_xml_disk(settle->task->pool, &undo);
	refuse(settle, step->lun, "its name leads to another device meanwhile");
	if (!xml || guest_domain_detach(settle->domain, xml) < 0)
		log_error(&settle->task->subject,
			  "cannot detach %s from guest '%s' again: %s", step->target,
			  settle->name, xml ? guest_domain_error() : strerror(ENOMEM));
}

static int attach(struct settle *settle, const struct attach_step *step, const char *xml)
{
	size_t index = guest_host_find(&settle->host, step->lun->device);
	const struct host_device *device = &settle->host.devices[index];
	_cleanup_free_ char *who = NULL;
	int r;

	r = guest_use_read(settle->task, &settle->host, index, &settle->passing_deadline,
			   &who);
	if (r < 0 || who) {
		refuse(settle, step->lun, r < 0 ? strerror(-r) : who);
		return 0;
	}
	if (guest_domain_attach(settle->domain, xml) < 0) {
		refuse(settle, step->lun, guest_domain_error());
		return 0;
	}
	if (!guest_host_leads(settle->task, step->lun, device)) {
		take_back(settle, step);
		return 0;
	}
	log_info(&settle->task->subject,
		 "LUN %" PRIu64 " (%s) is attached to guest '%s' as %s",
		 step->lun->number, step->lun->device, settle->name, step->target);
	return settle_note(settle, step->lun->number, device);
}

static int detach(struct settle *settle, const struct attach_step *step, const char *xml)
{
	const struct attach_disk *disk = step->detach;
	const struct attach_noted *noted = settle_noted(settle, disk->number);

	if (guest_domain_detach(settle->domain, xml) >= 0) {
		log_info(&settle->task->subject,
			 "LUN %" PRIu64 " is detached from guest '%s', where it was %s",
			 disk->number, settle->name, disk->target);
		return 0;
	}
	settle->n_failed++;
	log_error(&settle->task->subject,
		  "cannot detach LUN %" PRIu64 " from guest '%s', where it is %s: %s",
		  disk->number, settle->name, disk->target, guest_domain_error());
	/* Still there, as what it was. */
	return noted ? attach_note_set(&settle->after, noted) : 0;
}

/* What fails is said and counted, and keeps nothing else from being done. -ENOMEM. */
static int settle_carry_out(struct settle *settle)
{
	int r = 0;

	for (size_t i = 0; i < settle->plan.n && r >= 0; i++) {
		const struct attach_step *step = &settle->plan.steps[i];
		_cleanup_free_ char *xml = guest_xml_disk(settle->task->pool, step);

		if (!xml)
			return -ENOMEM;
		r = step->lun ? attach(settle, step, xml) : detach(settle, step, xml);
	}
	return r;
}

/* --- one guest ------------------------------------------------------------------------------- */

static void tell_absence(const struct settle *settle, enum guest_presence presence)
{
	const struct log_subject *subject = &settle->task->subject;

	if (presence == GUEST_UNREACHABLE)
		log_warning(subject, "cannot ask libvirt for guest '%s': %s",
			    settle->name, guest_domain_error());
	else if (presence == GUEST_UNASKED)
		log_info(
			subject,
			"libvirt does not run: nothing is done for guest '%s' until it does",
			settle->name);
	if (settle->is_end)
		return;
	if (presence == GUEST_RESTS)
		log_info(subject,
			 "guest '%s' does not run: it gets its LUNs when it starts",
			 settle->name);
	else if (presence == GUEST_UNKNOWN)
		log_info(subject,
			 "libvirt has no guest '%s': it gets its LUNs when there is one",
			 settle->name);
	notify_status("guest '%s' does not run", settle->name);
}

static int fail(const struct settle *settle, int error)
{
	const struct log_subject *subject = &settle->task->subject;

	if (error == -EIO)
		log_error(subject, "cannot read the XML of guest '%s': %s", settle->name,
			  guest_domain_error());
	else
		log_error(subject, "cannot bring guest '%s' up to date: %s", settle->name,
			  strerror(-error));
	return EXIT_FAILURE;
}

/* What libvirt was asked for it does, whatever becomes of who asked; and what was done is to be noted. So
 * a restart waits for the end of this, which is bounded. Before it nothing has been done: a run that waits
 * for libvirt, or for another run, ends at once. */
static void hold_signals(void)
{
	sigset_t held;

	(void)sigemptyset(&held);
	(void)sigaddset(&held, SIGTERM);
	(void)sigaddset(&held, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &held, NULL);
}

/* What is remembered from now on: even where something failed, for what was done is done. Who could not be
 * taken a LUN from is not forgotten. */
static int keep_note(const struct settle *settle)
{
	if (!settle->is_end)
		return guest_note_write(settle->task, &settle->after);
	return settle->n_failed > 0 ? 0 : guest_note_remove(settle->task);
}

static int settle_running(struct settle *settle)
{
	int r, s = 0;

	hold_signals();
	r = look(settle);
	if (r >= 0) {
		r = settle_carry_out(settle);
		s = keep_note(settle);
	}
	if (r < 0 || s < 0)
		return fail(settle, r < 0 ? r : s);
	notify_status("guest '%s' has %zu LUNs of the pool", settle->name,
		      settle->after.n);
	return settle->n_failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Brings a guest up to date; is_end: it is to have nothing any longer, and is then forgotten. */
static int settle_guest(struct guest_task *task, const char *name, bool is_end)
{
	_cleanup_(settle_done) struct settle settle = {
		.task = task,
		.name = name,
		.is_end = is_end,
		.guest = { .controller = -1 },
	};
	enum guest_presence presence;
	int r;

	(void)snprintf(settle.after.guest, sizeof(settle.after.guest), "%s", name);
	r = guest_note_read(task, &settle.before);
	if (r < 0)
		return fail(&settle, r);
	presence = guest_daemon_rests() ?
			   GUEST_UNASKED :
			   guest_domain_find(name, &settle.domain, &settle.after.id);
	if (presence == GUEST_RUNS)
		return settle_running(&settle);
	tell_absence(&settle, presence);
	/* Without an answer the guest may run, and have what the note says. When libvirt is there again, its
	 * hook tells of each guest that runs. */
	r = presence == GUEST_UNREACHABLE || presence == GUEST_UNASKED ?
		    0 :
		    keep_note(&settle);
	return r < 0 ? fail(&settle, r) : EXIT_SUCCESS;
}

int guest_settle(struct guest_task *task)
{
	_cleanup_(attach_note_done) struct attach_note note = { 0 };
	char wanted[NPIV_GUEST_MAX + 1] = "";
	int r, exit_code = EXIT_SUCCESS;

	assert(task);

	r = guest_note_read(task, &note);
	if (r >= 0)
		r = guest_note_wanted(task, wanted);
	if (r < 0) {
		log_error(&task->subject, "cannot read what is remembered: %s",
			  strerror(-r));
		return EXIT_FAILURE;
	}
	/* Another guest than before, or none: the old one gives all back. */
	if (*note.guest && !streq(note.guest, wanted))
		exit_code = settle_guest(task, note.guest, true);
	if (exit_code == EXIT_SUCCESS && *wanted)
		exit_code = settle_guest(task, wanted, false);
	return exit_code;
}

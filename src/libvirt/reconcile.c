// SPDX-License-Identifier: LGPL-2.1-or-later
/* Attaches missing LUNs to a guest, and detaches LUNs that are gone. It compares the present state with the wanted
 * one, whatever has happened meanwhile, so that no event can be missed, and a second run finds nothing to do. */
#include <inttypes.h>
#include <signal.h>

#include "config/name.h"
#include "libvirt/attach-state-file.h"
#include "libvirt/disk-xml.h"
#include "libvirt/domain.h"
#include "libvirt/guest.h"
#include "libvirt/host.h"
#include "event/notify.h"

/* A run for one guest: its input and its results. */
struct reconcile {
	struct guest_task *task;
	const char *name; /* of the guest */
	bool is_end; /* detach all LUNs */
	struct guest_domain *domain;
	struct attach_state before, after;
	struct attach_guest guest;
	struct guest_host host;
	struct attach_plan plan;
	size_t n_failed;
	uint64_t passing_deadline; /* of guest_use_read() */
};

static void reconcile_done(struct reconcile *run)
{
	attach_plan_done(&run->plan);
	guest_host_done(&run->host);
	attach_guest_done(&run->guest);
	attach_state_done(&run->before);
	attach_state_done(&run->after);
	guest_domain_free(run->domain);
}

/* --- the present state ------------------------------------------------------------------------- */

static int read_guest(struct reconcile *run)
{
	_cleanup_free_ char *xml = NULL;
	int r;

	r = guest_domain_read(run->domain, &xml);
	if (r >= 0)
		r = guest_xml_read(xml, &run->guest);
	if (r >= 0)
		attach_recognize(&run->guest, run->task->pool);
	return r;
}

/* Returns the LUN as it was attached; NULL if that is not stored, or is of another run of the guest. */
static const struct attached_lun *reconcile_find_remembered(const struct reconcile *run,
							    uint64_t number)
{
	return run->before.id == run->after.id ? attach_state_find(&run->before, number) :
						 NULL;
}

/* Finds the device as which an attached LUN was attached. By now its name may lead to another device, which the
 * guest does not have: a disk that was removed and found again is a new device. If the run of the guest is not
 * stored (the guest was restored from a file, or migrated from another host), it is the device that the name leads
 * to. */
static int find_own_device(struct reconcile *run, struct attach_disk *disk)
{
	const struct attached_lun *known = reconcile_find_remembered(run, disk->number);
	size_t index = SIZE_MAX;
	int r = 0;

	if (known && known->sequence)
		r = guest_host_add(run->task, &run->host, known->sequence, &index);
	else
		for (size_t i = 0; i < run->host.n_luns; i++)
			if (run->host.luns[i].number == disk->number)
				index = guest_host_find(&run->host,
							run->host.luns[i].device);
	if (index != SIZE_MAX)
		(void)snprintf(disk->device, sizeof(disk->device), "%s",
			       run->host.devices[index].name);
	return r;
}

static int find_devices(struct reconcile *run)
{
	int r = 0;

	for (size_t i = 0; i < run->guest.n && r >= 0; i++) {
		struct attach_disk *disk = &run->guest.disks[i];

		if (disk->is_ours)
			r = find_own_device(run, disk);
		else
			guest_source_find(run->task, &run->host, disk);
	}
	return r;
}

/* Returns the device of this name; NULL if it is not in the list. */
static const struct host_device *reconcile_find_device(const struct reconcile *run,
						       const char *name)
{
	size_t index = guest_host_find(&run->host, name);

	return index == SIZE_MAX ? NULL : &run->host.devices[index];
}

/* Whether a device is still the same logical unit. If its LUN was mapped anew, it is another unit, which the guest
 * must not get. */
static bool is_same_unit(const struct attached_lun *known,
			 const struct host_device *device)
{
	return !known || !*known->identity || !*device->identity ||
	       streq(known->identity, device->identity);
}

/* Notes in run->after that the guest has a device as this LUN. Returns 0 or -ENOMEM. */
static int reconcile_remember(struct reconcile *run, uint64_t number,
			      const struct host_device *device)
{
	struct attached_lun known = { .number = number, .sequence = device->sequence };

	memcpy(known.identity, device->identity, sizeof(known.identity));
	return attach_state_set(&run->after, &known);
}

static int judge_disks(struct reconcile *run)
{
	int r = 0;

	for (size_t i = 0; i < run->guest.n && r >= 0; i++) {
		struct attach_disk *disk = &run->guest.disks[i];
		const struct host_device *device =
			reconcile_find_device(run, disk->device);

		if (!disk->is_ours)
			continue;
		disk->is_lost =
			run->is_end || !device || !device->is_usable ||
			!is_same_unit(reconcile_find_remembered(run, disk->number),
				      device);
		if (!disk->is_lost)
			r = reconcile_remember(run, disk->number, device);
	}
	return r;
}

/* Whether a LUN can be attached. The name of a LUN that was just mapped anew may still exist: udev removes it
 * shortly. */
static bool is_attachable(const struct reconcile *run, const struct attach_lun *lun)
{
	const struct attached_lun *known = reconcile_find_remembered(run, lun->number);
	const struct host_device *device = reconcile_find_device(run, lun->device);

	return device && device->is_usable &&
	       (!known || known->sequence != device->sequence ||
		is_same_unit(known, device));
}

/* Removes the LUNs that cannot be used. */
static void choose_luns(struct reconcile *run)
{
	struct guest_host *host = &run->host;
	size_t n = 0;

	for (size_t i = 0; i < host->n_luns; i++)
		if (!run->is_end && is_attachable(run, &host->luns[i]))
			host->luns[n++] = host->luns[i];
	host->n_luns = n;
}

static void tell_foreign(const struct reconcile *run)
{
	const struct guest_host *host = &run->host;

	for (size_t i = 0; i < host->n_devices; i++)
		if (host->devices[i].is_foreign)
			log_warning(
				&run->task->subject,
				"%s has a path that does not belong to the pool, keeping it from guest '%s'; 'multipath -ll' lists its paths",
				host->devices[i].name, run->name);
}

static int reconcile_plan(struct reconcile *run)
{
	int r;

	r = read_guest(run);
	if (r >= 0)
		r = guest_host_read(run->task, &run->host);
	if (r >= 0)
		r = find_devices(run);
	if (r >= 0)
		r = guest_host_ask(&run->host);
	if (r >= 0)
		r = judge_disks(run);
	if (r < 0)
		return r;
	tell_foreign(run);
	choose_luns(run);
	return attach_plan_build(run->task->pool, &run->guest, run->host.luns,
				 run->host.n_luns, &run->plan);
}

/* --- changes ------------------------------------------------------------------------------------- */

/* Counts the failure, so that systemd starts the unit again. */
static void reconcile_refuse(struct reconcile *run, const struct attach_lun *lun,
			     const char *why)
{
	run->n_failed++;
	log_error(&run->task->subject,
		  "cannot attach LUN %" PRIu64 " (%s) to guest '%s': %s", lun->number,
		  lun->device, run->name, why);
}

/* Detaches a LUN again: libvirt opened the device that the name led to, which may have changed after the check. */
static void reconcile_take_back(struct reconcile *run, const struct attach_step *step)
{
	char target[GUEST_TARGET_SIZE];
	const struct attach_disk disk = { .target = target };
	const struct attach_step undo = { .detach = &disk };
	_cleanup_free_ char *xml = NULL;

	memcpy(target, step->target, sizeof(target));
	xml = guest_xml_disk(run->task->pool, &undo);
	reconcile_refuse(run, step->lun, "its name leads to another device by now");
	if (!xml || guest_domain_detach(run->domain, xml) < 0)
		log_error(&run->task->subject,
			  "cannot detach %s from guest '%s' again: %s", step->target,
			  run->name, xml ? guest_domain_error() : strerror(ENOMEM));
}

static int reconcile_attach(struct reconcile *run, const struct attach_step *step,
			    const char *xml)
{
	size_t index = guest_host_find(&run->host, step->lun->device);
	const struct host_device *device = &run->host.devices[index];
	_cleanup_free_ char *who = NULL;
	int r;

	r = guest_use_read(run->task, &run->host, index, &run->passing_deadline, &who);
	if (r < 0 || who) {
		reconcile_refuse(run, step->lun, r < 0 ? strerror(-r) : who);
		return 0;
	}
	if (guest_domain_attach(run->domain, xml) < 0) {
		reconcile_refuse(run, step->lun, guest_domain_error());
		return 0;
	}
	if (!guest_host_leads(run->task, step->lun, device)) {
		reconcile_take_back(run, step);
		return 0;
	}
	log_info(&run->task->subject,
		 "LUN %" PRIu64 " (%s) is attached to guest '%s' as %s",
		 step->lun->number, step->lun->device, run->name, step->target);
	return reconcile_remember(run, step->lun->number, device);
}

static int reconcile_detach(struct reconcile *run, const struct attach_step *step,
			    const char *xml)
{
	const struct attach_disk *disk = step->detach;
	const struct attached_lun *known = reconcile_find_remembered(run, disk->number);

	if (guest_domain_detach(run->domain, xml) >= 0) {
		log_info(&run->task->subject,
			 "LUN %" PRIu64 " is detached from guest '%s'; it was %s there",
			 disk->number, run->name, disk->target);
		return 0;
	}
	run->n_failed++;
	log_error(&run->task->subject,
		  "cannot detach LUN %" PRIu64 " from guest '%s'; it is %s there: %s",
		  disk->number, run->name, disk->target, guest_domain_error());
	/* The guest still has the LUN: keep its old entry. */
	return known ? attach_state_set(&run->after, known) : 0;
}

/* Applies the plan. Reports and counts failures, and continues. Returns 0 or -ENOMEM. */
static int reconcile_apply(struct reconcile *run)
{
	int r = 0;

	for (size_t i = 0; i < run->plan.n && r >= 0; i++) {
		const struct attach_step *step = &run->plan.steps[i];
		_cleanup_free_ char *xml = guest_xml_disk(run->task->pool, step);

		if (!xml)
			return -ENOMEM;
		r = step->lun ? reconcile_attach(run, step, xml) :
				reconcile_detach(run, step, xml);
	}
	return r;
}

/* --- one guest ------------------------------------------------------------------------------- */

static void tell_absence(const struct reconcile *run, enum guest_presence presence)
{
	const struct log_subject *subject = &run->task->subject;

	if (presence == GUEST_UNREACHABLE)
		log_warning(subject, "cannot ask libvirt for guest '%s': %s", run->name,
			    guest_domain_error());
	else if (presence == GUEST_UNASKED)
		log_info(subject,
			 "libvirt does not run; guest '%s' gets its LUNs when it does",
			 run->name);
	if (run->is_end)
		return;
	if (presence == GUEST_RESTS)
		log_info(subject,
			 "guest '%s' does not run; it gets its LUNs when it starts",
			 run->name);
	else if (presence == GUEST_UNKNOWN)
		log_info(subject,
			 "libvirt has no guest '%s'; it gets its LUNs when it is defined",
			 run->name);
	notify_status("guest '%s' does not run", run->name);
}

static int reconcile_fail(const struct reconcile *run, int error)
{
	const struct log_subject *subject = &run->task->subject;

	if (error == -EIO)
		log_error(subject, "cannot read the XML of guest '%s': %s", run->name,
			  guest_domain_error());
	else
		log_error(subject, "cannot bring guest '%s' up to date: %s", run->name,
			  strerror(-error));
	return EXIT_FAILURE;
}

/* Blocks signals from here on: libvirt completes a request even if this process dies, and the result must be
 * stored. So a restart of the unit waits for the end of this run, which has a time limit. Earlier signals end the
 * run at once: while it waits for libvirt, or for another run, nothing has been changed. */
static void hold_signals(void)
{
	sigset_t held;

	(void)sigemptyset(&held);
	(void)sigaddset(&held, SIGTERM);
	(void)sigaddset(&held, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &held, NULL);
}

/* Stores the new state, even after failures, because successful steps are done. A guest from which a LUN could not
 * be detached is not forgotten. */
static int reconcile_keep_state(const struct reconcile *run)
{
	if (!run->is_end)
		return attach_state_write(run->task, &run->after);
	return run->n_failed > 0 ? 0 : attach_state_remove(run->task);
}

static int reconcile_running(struct reconcile *run)
{
	int r, s = 0;

	hold_signals();
	r = reconcile_plan(run);
	if (r >= 0) {
		r = reconcile_apply(run);
		s = reconcile_keep_state(run);
	}
	if (r < 0 || s < 0)
		return reconcile_fail(run, r < 0 ? r : s);
	notify_status("guest '%s' has %zu LUNs of the pool", run->name, run->after.n);
	return run->n_failed > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

/* Attaches and detaches the LUNs of a guest. is_end: detach all LUNs, and then forget the guest. */
static int reconcile_one(struct guest_task *task, const char *name, bool is_end)
{
	_cleanup_(reconcile_done) struct reconcile run = {
		.task = task,
		.name = name,
		.is_end = is_end,
		.guest = { .controller = -1 },
	};
	enum guest_presence presence;
	int r;

	(void)snprintf(run.after.guest, sizeof(run.after.guest), "%s", name);
	r = attach_state_read(task, &run.before);
	if (r < 0)
		return reconcile_fail(&run, r);
	presence = guest_daemon_rests() ?
			   GUEST_UNASKED :
			   guest_domain_find(name, &run.domain, &run.after.id);
	if (presence == GUEST_RUNS)
		return reconcile_running(&run);
	tell_absence(&run, presence);
	/* Without an answer the guest may run and still have the stored LUNs. When libvirt is back, its hook is
	 * called for each running guest. */
	r = presence == GUEST_UNREACHABLE || presence == GUEST_UNASKED ?
		    0 :
		    reconcile_keep_state(&run);
	return r < 0 ? reconcile_fail(&run, r) : EXIT_SUCCESS;
}

int guest_reconcile(struct guest_task *task)
{
	_cleanup_(attach_state_done) struct attach_state state = { 0 };
	char wanted[NPIV_GUEST_MAX + 1] = "";
	int r, exit_code = EXIT_SUCCESS;

	assert(task);

	r = attach_state_read(task, &state);
	if (r >= 0)
		r = guest_find_wanted(task, wanted);
	if (r < 0) {
		log_error(&task->subject, "cannot read which LUNs are attached: %s",
			  strerror(-r));
		return EXIT_FAILURE;
	}
	/* The pool has another guest than before, or none: detach all LUNs from the old one. */
	if (*state.guest && !streq(state.guest, wanted))
		exit_code = reconcile_one(task, state.guest, true);
	if (exit_code == EXIT_SUCCESS && *wanted)
		exit_code = reconcile_one(task, wanted, false);
	return exit_code;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Attaches to a guest, and detaches from it, what the plan says. */
#include <inttypes.h>

#include "libvirt/settle.h"

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

int settle_carry_out(struct settle *settle)
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

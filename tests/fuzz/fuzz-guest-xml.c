// SPDX-License-Identifier: LGPL-2.1-or-later
/* A guest's XML as libvirt prints it: what is read of it, what a plan makes of that, and that what is written
 * is read again as what was meant. */
#include "lib/text.h"
#include "libvirt/xml-text.h"
#include "fuzz.h"
#include "libvirt/disk-xml.h"

#define POOL "p"

/* NULL, or a text without white space at its ends. */
static void check_text(const char *text)
{
	static const char blanks[] = " \t\r\n";

	if (!text)
		return;
	MUST(*text && !strchr(blanks, *text) && !strchr(blanks, text[strlen(text) - 1]));
}

static void check_disk(const struct attach_disk *disk)
{
	check_text(disk->alias);
	check_text(disk->target);
	check_text(disk->source);
	MUST(!disk->has_place ||
	     (disk->controller <= INT32_MAX && disk->bus <= INT32_MAX &&
	      disk->target_id <= INT32_MAX && disk->unit <= INT32_MAX));
}

/* Whether two texts are one once what XML cannot hold is replaced. */
static bool is_written(const char *text, const char *read)
{
	_cleanup_free_ char *clean = text ? xml_text_clean(text) : NULL;

	return text ? clean && read && streq(clean, read) : !read;
}

static void check_step(const struct attach_step *step)
{
	_cleanup_(attach_guest_done) struct attach_guest again = { 0 };
	_cleanup_free_ char *xml = guest_xml_disk(POOL, step), *domain = NULL;
	const struct attach_disk *disk;

	MUST(xml);
	MUST(asprintf(&domain, "<domain><devices>%s</devices></domain>", xml) > 0);
	MUST(guest_xml_read(domain, &again) == 0);
	MUST(again.n == 1);
	disk = again.disks;
	if (!step->lun) {
		MUST(is_written(step->detach->target, disk->target));
		return;
	}
	MUST(streq(disk->alias, step->alias) && streq(disk->target, step->target));
	MUST(startswith(disk->source, "/dev/npiv/" POOL "/"));
	MUST(disk->has_place == step->has_place);
	MUST(!step->has_place ||
	     (disk->controller == step->controller && disk->bus == 0 &&
	      disk->target_id == step->target_id && disk->unit == step->unit));
	attach_recognize(&again, POOL);
	MUST(disk->is_ours && disk->number == step->lun->number);
}

/* Its own disks of ours are given back, and two LUNs are attached. */
static void check_plan(struct attach_guest *guest)
{
	const struct attach_lun luns[] = {
		{ .number = 3, .device = "sdx" },
		{ .number = 1075789840, .device = "dm-7", .is_map = true },
	};
	_cleanup_(attach_plan_done) struct attach_plan plan = { 0 };
	int r;

	attach_recognize(guest, POOL);
	for (size_t i = 0; i < guest->n; i++)
		guest->disks[i].is_lost = guest->disks[i].is_ours;
	r = attach_plan_build(POOL, guest, luns, ARRAY_SIZE(luns), &plan);
	MUST(r == 0 || r == -E2BIG);
	for (size_t i = 0; r == 0 && i < plan.n; i++)
		/* One without a name cannot be detached, and the plan has none such. */
		check_step(&plan.steps[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_(attach_guest_done) struct attach_guest guest = { 0 };
	_cleanup_free_ char *text = fuzz_text(data, size);
	int r = guest_xml_read(text, &guest);

	MUST(r == 0 || r == -EBADMSG);
	if (r < 0)
		return 0;
	MUST(guest.controller >= -1);
	for (size_t i = 0; i < guest.n; i++)
		check_disk(&guest.disks[i]);
	check_plan(&guest);
	return 0;
}

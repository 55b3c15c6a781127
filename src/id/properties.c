// SPDX-License-Identifier: LGPL-2.1-or-later
/* The udev properties of a device, as KEY=VALUE lines. */
#include <inttypes.h>

#include "id/properties.h"
#include "fc/wwn.h"

static bool is_clean(const char *value)
{
	return *value && value[strspn(value, "abcdefghijklmnopqrstuvwxyz"
					     "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
					     "0123456789#+.:=@_/-")] == '\0';
}

static void print_text(FILE *out, const char *key, const char *value)
{
	if (value && is_clean(value))
		fprintf(out, "%s=%s\n", key, value);
}

static void print_wwn(FILE *out, const char *key, uint64_t wwn)
{
	char text[WWN_TEXT_SIZE];

	fprintf(out, "%s=%s\n", key, wwn_format(wwn, text));
}

/* Prints the links by number and by target as one list, the aliases as another: a list that is too long for udev
 * (1024 bytes in all) must not remove the links that always fit. */
static void print_links(const struct name_list *names, unsigned partition,
			const char *key, bool aliases, FILE *out)
{
	bool is_first = true;

	for (size_t i = 0; i < names->n; i++) {
		const struct device_name *name = &names->names[i];

		if (!name->is_wanted || !name->is_granted ||
		    name_is_alias(name->link) != aliases)
			continue;
		if (is_first)
			fprintf(out, "%s=", key);
		fprintf(out, "%snpiv/%s", is_first ? "" : " ", name->link);
		if (partition > 0)
			fprintf(out, "-part%u", partition);
		is_first = false;
	}
	if (!is_first)
		fputc('\n', out);
}

/* Whether a name is disputed. Names that this path leaves to a map count too: the path shows why the map has
 * none. */
static bool is_ambiguous(const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (names->names[i].is_disputed)
			return true;
	return false;
}

/* Whether this is not the first of several paths without a map. The link stays with the first: udev treats the
 * paths alike, and each event of a path would move the link to that path. */
static bool stands_by(const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++)
		if (names->names[i].is_granted && !names->names[i].is_first)
			return true;
	return false;
}

/* Returns the name by number if this device has it; the guest of the pool uses it. */
static const char *find_number(const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++) {
		const struct device_name *name = &names->names[i];

		if (name->is_wanted && name->is_granted &&
		    !name_is_by_target(name->link) && !name_is_alias(name->link))
			return name->link;
	}
	return NULL;
}

/* Only a change may start a process: a disk has frequent events. */
static void print_guest(const struct udev_answer *answer, FILE *out)
{
	const char *before = answer->guest_before ? answer->guest_before : "-";
	const char *link = find_number(&answer->names);

	if (!answer->state->guest || answer->partition > 0)
		return;
	print_text(out, "NPIV_GUEST", link ? link : "-");
	if (link && !streq(link, before))
		fputs("NPIV_GUEST_NEWS=1\n", out);
}

void render_udev_names(const struct name_list *names, unsigned partition, FILE *out)
{
	assert(names);
	assert(out);

	print_links(names, partition, "NPIV_LINKS", false, out);
	print_links(names, partition, "NPIV_ALIASES", true, out);
}

void render_udev(const struct udev_answer *answer, FILE *out)
{
	const struct vhba_state *state;

	assert(answer);
	assert(out);

	state = answer->state;
	print_text(out, "NPIV_POOL", state->pool);
	if (answer->has_vhba) {
		print_text(out, "NPIV_VHBA", state->name);
		print_wwn(out, "NPIV_WWPN", state->wwpn);
	}
	if (answer->has_lun)
		fprintf(out, "NPIV_LUN=%" PRIu64 "\n", answer->lun);
	if (wwn_is_usable(answer->target))
		print_wwn(out, "NPIV_TARGET", answer->target);
	print_text(out, "NPIV_OWNER", state->owner);
	print_text(out, "NPIV_GROUP", state->group);
	if (state->mode >= 0)
		fprintf(out, "NPIV_MODE=%04o\n", (unsigned)state->mode);
	if (!vhba_state_has_host_use(state))
		fputs("NPIV_HOST_USE=no\n", out);
	render_udev_names(&answer->names, answer->partition, out);
	print_guest(answer, out);
	if (is_ambiguous(&answer->names))
		fputs("NPIV_AMBIGUOUS=1\n", out);
	if (answer->can_stand_by && stands_by(&answer->names))
		fputs("NPIV_STANDBY=1\n", out);
}

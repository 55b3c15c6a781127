// SPDX-License-Identifier: LGPL-2.1-or-later
/* Prints the claimants of a name that not every claimant gets. */
#include "names/dispute.h"
#include "lib/size.h"

/* Whether the claim has another unit with the same identity that is_told() tells from this one. */
static bool unit_has_double(const struct claim *claim, const struct claim_unit *unit,
			    bool (*is_told)(const struct claim_unit *a,
					    const struct claim_unit *b))
{
	if (claim->pin.identity && streq(claim->pin.identity, unit->identity) &&
	    !is_told(&claim->pin, unit))
		return true;
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (streq(claim->claimants[i].unit.identity, unit->identity) &&
		    !is_told(&claim->claimants[i].unit, unit))
			return true;
	return false;
}

static void unit_print_traits(const char *traits, FILE *out)
{
	int vendor = (int)strcspn(traits, "\t");
	const char *model = traits + vendor + (traits[vendor] == '\t');
	int n = (int)strcspn(model, "\t");
	const char *serial = model + n + (model[n] == '\t');

	fprintf(out, ", %.*s %.*s", vendor, traits, n, model);
	if (*serial)
		fprintf(out, ", serial number %s", serial);
}

static void unit_print(const struct claim *claim, const struct claim_unit *unit,
		       FILE *out)
{
	char size[SIZE_TEXT_SIZE];

	fputs(unit->identity, out);
	if (*unit->traits && unit_has_double(claim, unit, claim_is_one_unit))
		unit_print_traits(unit->traits, out);
	if (unit->size != 0 && unit_has_double(claim, unit, claim_is_one_size))
		fprintf(out, ", %s", size_format(unit->size, size));
}

/* Whether two claimants are one logical unit to the reader. A map knows no size: it is the unit of its paths,
 * unless the sizes of these differ. */
static bool units_are_one(const struct claim *claim, const struct claim_unit *a,
			  const struct claim_unit *b)
{
	return claim_unit_equals(a, b) ||
	       (streq(a->identity, b->identity) && streq(a->traits, b->traits) &&
		claim_is_one_size(a, b) &&
		!unit_has_double(claim, a, claim_is_one_size) &&
		!unit_has_double(claim, b, claim_is_one_size));
}

/* Whether an earlier claimant is the same logical unit. */
static bool unit_is_listed(const struct claim *claim, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (units_are_one(claim, &claim->claimants[i].unit,
				  &claim->claimants[n].unit))
			return true;
	return false;
}

/* Prints a logical unit with its devices. */
static void unit_print_with_devices(const struct claim *claim,
				    const struct claim_unit *unit, FILE *out)
{
	const char *before = "";

	unit_print(claim, unit, out);
	fputs(" (", out);
	for (size_t i = 0; i < claim->n_claimants; i++) {
		if (!units_are_one(claim, &claim->claimants[i].unit, unit))
			continue;
		fprintf(out, "%s%s", before, claim->claimants[i].device);
		before = ", ";
	}
	fputc(')', out);
}

void dispute_print_claimants(const struct claim *claim, FILE *out)
{
	const char *before = "";

	assert(claim);
	assert(out);

	for (size_t i = 0; i < claim->n_claimants; i++) {
		if (unit_is_listed(claim, i))
			continue;
		fputs(before, out);
		unit_print_with_devices(claim, &claim->claimants[i].unit, out);
		before = ", ";
	}
	if (!claim_pin_is_gone(claim))
		return;
	fputs(before, out);
	unit_print(claim, &claim->pin, out);
	fputs(" (gone, but the name still means it)", out);
}

void dispute_print(const struct name_conflict *conflict, FILE *out)
{
	assert(conflict);
	assert(out);

	fprintf(out, "%s is claimed by ", conflict->link);
	dispute_print_claimants(&conflict->claim, out);
}

void conflict_list_done(struct conflict_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		claim_done(&list->conflicts[i].claim);
	free(list->conflicts);
	*list = (struct conflict_list){ 0 };
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* A disputed name, in words. */
#include "names/render-claim.h"

static bool is_same(const struct claim_unit *a, const struct claim_unit *b)
{
	return streq(a->identity, b->identity) && streq(a->traits, b->traits) &&
	       a->size == b->size;
}

/* Whether a claimant before this one is the same logical unit. */
static bool is_listed(const struct claim *claim, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (is_same(&claim->claimants[i].unit, &claim->claimants[n].unit))
			return true;
	return false;
}

/* The devices of one logical unit. */
static void print_unit(const struct claim *claim, const struct claim_unit *unit,
		       FILE *out)
{
	const char *before = "";

	claim_print_unit(claim, unit, out);
	fputs(" (", out);
	for (size_t i = 0; i < claim->n_claimants; i++) {
		if (!is_same(&claim->claimants[i].unit, unit))
			continue;
		fprintf(out, "%s%s", before, claim->claimants[i].device);
		before = ", ";
	}
	fputc(')', out);
}

void render_claim(const struct claim *claim, FILE *out)
{
	const char *before = "";

	assert(claim);
	assert(out);

	for (size_t i = 0; i < claim->n_claimants; i++) {
		if (is_listed(claim, i))
			continue;
		fputs(before, out);
		print_unit(claim, &claim->claimants[i].unit, out);
		before = ", ";
	}
	if (!claim_pin_is_gone(claim))
		return;
	fputs(before, out);
	claim_print_unit(claim, &claim->pin, out);
	fputs(" (gone, but the name still means it)", out);
}

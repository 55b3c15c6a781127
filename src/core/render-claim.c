// SPDX-License-Identifier: LGPL-2.1-or-later
/* A disputed name, in words. */
#include "core/render-claim.h"

/* Whether a claimant before this one is the same logical unit. */
static bool is_listed(const struct claim *claim, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (streq(claim->claimants[i].identity, claim->claimants[n].identity))
			return true;
	return false;
}

/* The devices of one logical unit. */
static void print_unit(const struct claim *claim, const char *identity, FILE *out)
{
	const char *before = "";

	fprintf(out, "%s (", identity);
	for (size_t i = 0; i < claim->n_claimants; i++) {
		if (!streq(claim->claimants[i].identity, identity))
			continue;
		fprintf(out, "%s%s", before, claim->claimants[i].device);
		before = ", ";
	}
	fputc(')', out);
}

void render_claim(const struct claim *claim, FILE *out)
{
	bool has_pinned = !claim->pin;
	const char *before = "";

	assert(claim);
	assert(out);

	for (size_t i = 0; i < claim->n_claimants; i++) {
		const char *identity = claim->claimants[i].identity;

		has_pinned = has_pinned || streq(identity, claim->pin);
		if (is_listed(claim, i))
			continue;
		fputs(before, out);
		print_unit(claim, identity, out);
		before = ", ";
	}
	if (!has_pinned)
		fprintf(out, "%s%s (gone, but the name still means it)", before,
			claim->pin);
}

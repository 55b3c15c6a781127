// SPDX-License-Identifier: LGPL-2.1-or-later
/* Counts the LUNs of a port, and finds the stage at which the wanted ones are held. */
#include <inttypes.h>

#include "fc/identity.h"
#include "diagnose/readiness.h"
#include "config/name.h"

bool lun_is_disk(const struct fc_lun *lun)
{
	assert(lun);

	return (lun->type == 0x00 || lun->type == 0x07 || lun->type == 0x0e ||
		lun->type == 0x14) &&
	       !lun->is_undriven && !lun_is_well_known(lun->kernel_lun);
}

unsigned lun_print_undriven(const struct inventory *inventory, uint32_t host,
			    const struct lun_set *luns, FILE *out)
{
	unsigned n = 0;

	assert(inventory);
	assert(out);

	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		if (lun->host != host || !lun->is_undriven ||
		    (luns && !lun_set_contains(luns, lun->lun)) ||
		    (i > 0 && lun[-1].host == host && lun[-1].lun == lun->lun))
			continue;
		fprintf(out, "%sLUN %" PRIu64 " (%s%s%s)", n ? ", " : "", lun->lun,
			lun->vendor, *lun->vendor && *lun->model ? " " : "", lun->model);
		n++;
	}
	return n;
}

static struct lun_number *lun_number_find(const struct lun_numbers *numbers, uint64_t lun)
{
	for (size_t i = 0; i < numbers->n_entries; i++)
		if (numbers->entries[i].lun == lun)
			return &numbers->entries[i];
	return NULL;
}

/* Whether a name leads to the LUN by this path. */
static bool path_is_usable(enum lun_readiness readiness)
{
	return readiness >= LUN_WITHHELD;
}

static int lun_number_add(struct lun_numbers *numbers, const struct fc_lun *lun,
			  enum lun_readiness readiness)
{
	struct lun_number *entry;

	entry = array_grow(&numbers->entries, numbers->n_entries, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	*entry = (struct lun_number){
		.lun = lun->lun,
		.best = readiness,
		.worst = readiness,
		.n_usable_paths = path_is_usable(readiness),
		.is_ambiguous = readiness == LUN_AMBIGUOUS,
		.a = lun,
	};
	numbers->n_entries++;
	return 0;
}

/* Compares WWID and traits. Sizes are not compared here, because they change: udev judges them. */
static bool lun_is_other_unit(const struct fc_lun *a, const struct fc_lun *b)
{
	char traits[TRAITS_SIZE], others[TRAITS_SIZE];

	return (*a->wwid && *b->wwid && !wwid_equal(a->wwid, b->wwid)) ||
	       !identity_paths_fit(a->wwid, identity_traits(a, traits),
				   identity_traits(b, others));
}

static void lun_number_add_path(struct lun_number *entry, const struct fc_lun *lun,
				enum lun_readiness readiness)
{
	if (readiness > entry->best)
		entry->best = readiness;
	if (readiness < entry->worst)
		entry->worst = readiness;
	if (readiness == LUN_AMBIGUOUS)
		entry->is_ambiguous = true;
	entry->n_usable_paths += path_is_usable(readiness);
	if (!entry->b && lun_is_other_unit(entry->a, lun))
		entry->b = lun;
}

/* Two different logical units may share a number only if udev has detected that for both, and each of them has an
 * alias. */
static void lun_number_judge(struct lun_number *entry)
{
	if (entry->b && entry->worst == LUN_USABLE)
		entry->is_ambiguous = true;
}

static int lun_number_compare(const void *a, const void *b)
{
	const struct lun_number *x = a, *y = b;

	return (x->lun > y->lun) - (x->lun < y->lun);
}

int lun_numbers_count(const struct inventory *inventory,
		      const enum lun_readiness *readiness, uint32_t host,
		      struct lun_numbers *ret_numbers)
{
	_cleanup_(lun_numbers_done) struct lun_numbers numbers = { 0 };
	int r;

	assert(inventory);
	assert(ret_numbers);

	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];
		struct lun_number *entry;

		if (lun->host != host || !lun_is_disk(lun))
			continue;
		entry = lun_number_find(&numbers, lun->lun);
		if (entry) {
			lun_number_add_path(entry, lun, readiness[i]);
			continue;
		}
		r = lun_number_add(&numbers, lun, readiness[i]);
		if (r < 0)
			return r;
	}
	for (size_t i = 0; i < numbers.n_entries; i++)
		lun_number_judge(&numbers.entries[i]);
	if (numbers.n_entries > 1)
		qsort(numbers.entries, numbers.n_entries, sizeof(*numbers.entries),
		      lun_number_compare);

	*ret_numbers = numbers;
	numbers = (struct lun_numbers){ 0 };
	return 0;
}

static enum npiv_stage readiness_stage(enum lun_readiness readiness)
{
	switch (readiness) {
	case LUN_NO_DISK:
	case LUN_STALLED:
		return STAGE_NO_BLOCK_DEVICE;
	case LUN_NO_MULTIPATHD:
	case LUN_UNCLAIMED:
	case LUN_NO_MAP:
		return STAGE_MULTIPATH_PENDING;
	case LUN_AMBIGUOUS:
		return STAGE_NAME_AMBIGUOUS;
	case LUN_IN_UDEV:
	case LUN_HALF_LINKED:
		return STAGE_LINKS_PENDING;
	case LUN_WITHHELD:
	case LUN_USABLE:
		break;
	}
	return STAGE_READY;
}

bool lun_waits_for_map(enum lun_readiness readiness)
{
	return readiness_stage(readiness) == STAGE_MULTIPATH_PENDING;
}

/* Whether udev has not yet detected for both of two units that they share the number: the unit that has the name by
 * number has yet to lose it. */
static bool lun_number_is_half_known(const struct lun_number *entry)
{
	return entry->b && !entry->is_ambiguous &&
	       (entry->best != LUN_WITHHELD || entry->worst != LUN_WITHHELD);
}

/* Returns the stage at which one number is held. If numbers or a minimum are wanted, its best path counts;
 * otherwise every path does, so that a start ends with all paths in place. */
static enum npiv_stage lun_number_stage(const struct lun_number *entry,
					const struct lun_set *luns, unsigned min_luns)
{
	if (luns->n_ranges > 0 && !lun_set_contains(luns, entry->lun))
		return STAGE_READY;
	if (entry->is_ambiguous)
		return STAGE_NAME_AMBIGUOUS;
	if (lun_number_is_half_known(entry))
		return entry->worst == LUN_WITHHELD ? STAGE_LINKS_PENDING :
						      readiness_stage(entry->worst);
	return readiness_stage(luns->n_ranges > 0 || min_luns > 0 ? entry->best :
								    entry->worst);
}

/* Whether a path of the number has reached this readiness, and no other unit disputes the number. */
static bool lun_number_has_come_to(const struct lun_number *entry,
				   enum lun_readiness readiness)
{
	return entry->best >= readiness && !entry->is_ambiguous &&
	       !lun_number_is_half_known(entry);
}

static bool lun_number_is_usable(const struct lun_number *entry)
{
	return lun_number_has_come_to(entry, LUN_WITHHELD);
}

static unsigned lun_numbers_come_to(const struct lun_numbers *numbers,
				    enum lun_readiness readiness)
{
	unsigned n = 0;

	for (size_t i = 0; i < numbers->n_entries; i++)
		n += lun_number_has_come_to(&numbers->entries[i], readiness);
	return n;
}

static unsigned lun_numbers_count_usable_paths(const struct lun_numbers *numbers)
{
	unsigned n = 0;

	for (size_t i = 0; i < numbers->n_entries; i++)
		if (lun_number_is_usable(&numbers->entries[i]))
			n += numbers->entries[i].n_usable_paths;
	return n;
}

static void lun_numbers_print_missing(const struct lun_numbers *numbers,
				      const struct lun_set *luns, FILE *out)
{
	struct lun_range_printer printer = { .out = out, .is_explained = true };

	for (size_t i = 0; i < luns->n_ranges; i++)
		for (uint64_t lun = luns->ranges[i].first; lun <= luns->ranges[i].last;
		     lun++) {
			const struct lun_number *entry = lun_number_find(numbers, lun);

			if (!entry || !lun_number_is_usable(entry))
				lun_range_printer_add(&printer, lun, lun);
		}
	lun_range_printer_end(&printer);
}

/* Counts the usable LUNs of luns. *ret_is_absent: one of luns has no device at all. */
static unsigned lun_numbers_count_wanted(const struct lun_numbers *numbers,
					 const struct lun_set *luns, bool *ret_is_absent)
{
	unsigned n = 0, n_present = 0;

	for (size_t i = 0; i < numbers->n_entries; i++) {
		if (!lun_set_contains(luns, numbers->entries[i].lun))
			continue;
		n_present++;
		n += lun_number_is_usable(&numbers->entries[i]);
	}

	*ret_is_absent = n_present < lun_set_size(luns);
	return n;
}

static void lun_numbers_explain_missing(const struct lun_numbers *numbers,
					const struct lun_set *luns, unsigned n_there,
					const struct lun_summary *summary, FILE *out)
{
	if (luns->n_ranges == 0) {
		fprintf(out, "%u of at least %u", n_there, summary->n_wanted);
		return;
	}
	fprintf(out, "%u of %u, missing ", n_there, summary->n_wanted);
	lun_numbers_print_missing(numbers, luns, out);
}

static const char *held_words(enum npiv_stage stage, bool is_one)
{
	if (stage == STAGE_NO_BLOCK_DEVICE)
		return is_one ? "has no disk that does I/O" : "have no disks that do I/O";
	if (stage == STAGE_MULTIPATH_PENDING)
		return is_one ? "waits for its multipath map" :
				"wait for their multipath maps";
	return is_one ? "has no link yet" : "have no links yet";
}

/* Explains why there is no map: the first reason of all numbers that wait for one. */
static const char *map_words(const struct lun_numbers *numbers,
			     const struct lun_set *luns, unsigned min_luns)
{
	enum lun_readiness first = LUN_NO_MAP;

	for (size_t i = 0; i < numbers->n_entries; i++) {
		const struct lun_number *entry = &numbers->entries[i];
		enum lun_readiness own = lun_waits_for_map(entry->worst) ? entry->worst :
									   entry->best;

		if (lun_number_stage(entry, luns, min_luns) == STAGE_MULTIPATH_PENDING &&
		    own < first)
			first = own;
	}
	return first == LUN_NO_MULTIPATHD ? ", but multipathd does not run" :
	       first == LUN_UNCLAIMED	  ? ", but multipath has not claimed the disks" :
					    "";
}

static void lun_numbers_explain_ambiguous(const struct lun_numbers *numbers,
					  const struct lun_set *luns, unsigned min_luns,
					  FILE *out)
{
	const char *separator = "";

	for (size_t i = 0; i < numbers->n_entries; i++) {
		const struct lun_number *entry = &numbers->entries[i];

		if (lun_number_stage(entry, luns, min_luns) != STAGE_NAME_AMBIGUOUS)
			continue;
		fprintf(out, "%sLUN %" PRIu64 " is %s", separator, entry->lun,
			*entry->a->wwid ? entry->a->wwid : "without a WWID");
		fprintf(out, " and %s",
			entry->b && *entry->b->wwid ? entry->b->wwid : "another");
		separator = "; ";
	}
}

static void lun_numbers_explain_held(const struct lun_numbers *numbers,
				     const struct lun_set *luns, unsigned min_luns,
				     enum npiv_stage stage, FILE *out)
{
	struct lun_range_printer printer = { .out = out, .is_explained = true };
	unsigned n = 0;

	for (size_t i = 0; i < numbers->n_entries; i++)
		n += lun_number_stage(&numbers->entries[i], luns, min_luns) == stage;
	fputs(n == 1 ? "LUN " : "LUNs ", out);
	for (size_t i = 0; i < numbers->n_entries; i++)
		if (lun_number_stage(&numbers->entries[i], luns, min_luns) == stage)
			lun_range_printer_add(&printer, numbers->entries[i].lun,
					      numbers->entries[i].lun);
	lun_range_printer_end(&printer);
	fprintf(out, " %s", held_words(stage, n == 1));
	if (stage == STAGE_MULTIPATH_PENDING)
		fputs(map_words(numbers, luns, min_luns), out);
}

/* Returns the earliest stage at which a LUN is held. */
static enum npiv_stage lun_numbers_find_stage(const struct lun_numbers *numbers,
					      const struct lun_set *luns,
					      unsigned min_luns, bool is_absent,
					      unsigned n_usable)
{
	enum npiv_stage first = STAGE_READY;
	bool is_enough = luns->n_ranges == 0 && min_luns > 0 && n_usable >= min_luns;

	if (numbers->n_entries == 0)
		return STAGE_NO_LUNS;
	for (size_t i = 0; i < numbers->n_entries; i++) {
		enum npiv_stage stage =
			lun_number_stage(&numbers->entries[i], luns, min_luns);

		if (stage == STAGE_READY || (is_enough && stage != STAGE_NAME_AMBIGUOUS))
			continue;
		if (first == STAGE_READY || stage < first)
			first = stage;
	}
	if ((is_absent || numbers->n_entries < min_luns) &&
	    (first == STAGE_READY || first > STAGE_LUNS_MISSING))
		return STAGE_LUNS_MISSING;
	return first;
}

void lun_numbers_summarize(const struct lun_numbers *numbers, const struct lun_set *luns,
			   unsigned min_luns, struct lun_summary *ret_summary)
{
	_cleanup_fclose_ FILE *out = NULL;
	struct lun_summary summary = { .n_seen = (unsigned)numbers->n_entries };
	unsigned n_there;
	bool is_absent;

	assert(numbers);
	assert(luns);
	assert(ret_summary);

	summary.n_usable = lun_numbers_come_to(numbers, LUN_WITHHELD);
	summary.n_usable_paths = lun_numbers_count_usable_paths(numbers);
	summary.n_leading = lun_numbers_come_to(numbers, LUN_HALF_LINKED);
	summary.n_wanted = luns->n_ranges > 0 ? (unsigned)lun_set_size(luns) : min_luns;
	n_there = lun_numbers_count_wanted(numbers, luns, &is_absent);
	if (luns->n_ranges == 0)
		n_there = summary.n_usable;
	summary.stage = lun_numbers_find_stage(numbers, luns, min_luns, is_absent,
					       summary.n_usable);

	*ret_summary = summary;
	if (summary.stage == STAGE_READY)
		return;
	out = fmemopen(ret_summary->detail, sizeof(ret_summary->detail) - 1, "w");
	if (!out)
		return;
	if (summary.stage == STAGE_NAME_AMBIGUOUS)
		lun_numbers_explain_ambiguous(numbers, luns, min_luns, out);
	else if (summary.stage == STAGE_LUNS_MISSING)
		lun_numbers_explain_missing(numbers, luns, n_there, &summary, out);
	else if (summary.stage != STAGE_NO_LUNS)
		lun_numbers_explain_held(numbers, luns, min_luns, summary.stage, out);
}

void lun_numbers_done(struct lun_numbers *numbers)
{
	free(numbers->entries);
	*numbers = (struct lun_numbers){ 0 };
}

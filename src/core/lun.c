// SPDX-License-Identifier: LGPL-2.1-or-later
/* Decoding of SCSI LUN addressing, and sets of LUN numbers. */
#include <inttypes.h>

#include "core/limits.h"
#include "core/lun.h"

#define LUN_METHOD_MASK UINT64_C(0xc000)
#define LUN_METHOD_FLAT UINT64_C(0x4000)
#define LUN_LEVEL_MASK UINT64_C(0xffff)

uint64_t lun_number(uint64_t kernel_lun)
{
	/* More than one level: the upper ones are part of the address too. */
	if (kernel_lun > LUN_LEVEL_MASK)
		return kernel_lun;
	if ((kernel_lun & LUN_METHOD_MASK) == LUN_METHOD_FLAT)
		return kernel_lun & ~LUN_METHOD_MASK;
	return kernel_lun;
}

bool lun_is_well_known(uint64_t kernel_lun)
{
	return (kernel_lun & 0xff00) == 0xc100;
}

static int parse_number(const char **text, uint64_t *ret)
{
	const char *p = *text + strspn(*text, " \t");
	uint64_t n = 0;

	if (*p < '0' || *p > '9')
		return -EINVAL;
	for (; *p >= '0' && *p <= '9'; p++) {
		n = n * 10 + (uint64_t)(*p - '0');
		if (n > NPIV_LUN_MAX)
			return -ERANGE;
	}

	*text = p + strspn(p, " \t");
	*ret = n;
	return 0;
}

static int parse_range(const char **text, struct lun_range *ret)
{
	struct lun_range range;
	int r;

	r = parse_number(text, &range.first);
	if (r < 0)
		return r;
	range.last = range.first;
	if (**text == '-') {
		(*text)++;
		r = parse_number(text, &range.last);
		if (r < 0)
			return r;
	}
	if (range.last < range.first)
		return -ERANGE;

	*ret = range;
	return 0;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct lun_range *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Sorts the ranges and joins neighbours; a number in two of them is refused. */
static int normalize(struct lun_set *set)
{
	size_t n = 1;

	qsort(set->ranges, set->n_ranges, sizeof(*set->ranges), compare_ranges);
	for (size_t i = 1; i < set->n_ranges; i++) {
		struct lun_range *previous = &set->ranges[n - 1];

		if (set->ranges[i].first <= previous->last)
			return -EEXIST;
		if (set->ranges[i].first == previous->last + 1)
			previous->last = set->ranges[i].last;
		else
			set->ranges[n++] = set->ranges[i];
	}

	set->n_ranges = n;
	return 0;
}

int lun_set_parse(const char *text, struct lun_set *ret_set)
{
	_cleanup_(lun_set_done) struct lun_set set = { 0 };
	int r;

	assert(text);
	assert(ret_set);

	for (;;) {
		struct lun_range *range;

		range = array_grow(&set.ranges, set.n_ranges, sizeof(*range));
		if (!range)
			return -ENOMEM;
		r = parse_range(&text, range);
		if (r < 0)
			return r;
		set.n_ranges++;
		if (*text == '\0')
			break;
		if (*text++ != ',')
			return -EINVAL;
	}
	r = normalize(&set);
	if (r < 0)
		return r;

	*ret_set = set;
	set = (struct lun_set){ 0 };
	return 0;
}

bool lun_set_contains(const struct lun_set *set, uint64_t lun)
{
	assert(set);

	for (size_t i = 0; i < set->n_ranges; i++)
		if (lun >= set->ranges[i].first && lun <= set->ranges[i].last)
			return true;
	return false;
}

uint64_t lun_set_size(const struct lun_set *set)
{
	uint64_t n = 0;

	assert(set);

	for (size_t i = 0; i < set->n_ranges; i++)
		n += set->ranges[i].last - set->ranges[i].first + 1;
	return n;
}

void lun_set_print(const struct lun_set *set, FILE *out)
{
	assert(set);
	assert(out);

	for (size_t i = 0; i < set->n_ranges; i++) {
		const struct lun_range *range = &set->ranges[i];

		fprintf(out, "%s%" PRIu64, i ? "," : "", range->first);
		if (range->last > range->first)
			fprintf(out, "-%" PRIu64, range->last);
	}
}

bool lun_access_does_io(const char *access)
{
	assert(access);

	return !*access || startswith(access, "active/") ||
	       streq(access, "lba-dependent");
}

void lun_set_done(struct lun_set *set)
{
	free(set->ranges);
	*set = (struct lun_set){ 0 };
}

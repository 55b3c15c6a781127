// SPDX-License-Identifier: LGPL-2.1-or-later
/* Lists of LUN numbers, and the kernel's LUN numbers. */
#include <inttypes.h>

#include "lib/limits.h"
#include "fc/lun.h"
#include "fuzz.h"

static char *print(const struct lun_set *set)
{
	struct fuzz_print text;

	lun_set_print(set, fuzz_open(&text));
	return fuzz_close(&text);
}

/* Sorted, apart from each other, and within bounds: the shortest way to say it. */
static void check_ranges(const struct lun_set *set)
{
	uint64_t n = 0;

	MUST(set->n_ranges > 0);
	for (size_t i = 0; i < set->n_ranges; i++) {
		const struct lun_range *range = &set->ranges[i];

		MUST(range->first <= range->last);
		if (range->last <= NPIV_LUN_MAX)
			MUST(i == 0 || set->ranges[i - 1].last + 1 < range->first);
		else
			MUST(range->first == range->last && range->last < UINT64_MAX &&
			     (i == 0 || set->ranges[i - 1].last < range->first));
		MUST(lun_set_contains(set, range->first) &&
		     lun_set_contains(set, range->last));
		MUST(range->last > NPIV_LUN_MAX ||
		     !lun_set_contains(set, range->last + 1));
		n += range->last - range->first + 1;
	}
	MUST(lun_set_size(set) == n);
}

static void check_set(const char *text)
{
	_cleanup_(lun_set_done) struct lun_set set = { 0 }, again = { 0 };
	_cleanup_free_ char *once = NULL, *twice = NULL;

	if (lun_set_parse(text, &set) < 0)
		return;
	MUST(strspn(text, "0123456789abcdefABCDEFx-, \t") == strlen(text));
	check_ranges(&set);
	once = print(&set);
	MUST(strlen(once) <= strlen(text));
	MUST(lun_set_parse(once, &again) == 0);
	twice = print(&again);
	MUST(streq(once, twice));
}

/* An admin's number is the kernel's, less the mark of flat addressing; two of one level have one
 * number only where they differ in that. */
static void check_number(uint64_t kernel)
{
	uint64_t lun = lun_number(kernel);

	MUST(lun == kernel || (kernel >> 14 == 1 && lun == (kernel & 0x3fff)));
	MUST(lun_number(lun) == lun);
	if (lun_is_well_known(kernel))
		MUST(lun == kernel);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = fuzz_text(data, size);
	uint64_t kernel = 0;

	check_set(text);
	memcpy(&kernel, data, size < sizeof(kernel) ? size : sizeof(kernel));
	check_number(kernel);
	check_number(kernel & 0xffff);
	return 0;
}

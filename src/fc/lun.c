// SPDX-License-Identifier: LGPL-2.1-or-later
/* Decodes SCSI LUN addressing, and handles sets of LUN numbers. */
#include <inttypes.h>

#include "lib/limits.h"
#include "fc/lun.h"
#include "lib/util.h"

#define LUN_METHOD_MASK UINT64_C(0xc000)
#define LUN_METHOD_FLAT UINT64_C(0x4000)
#define LUN_LEVEL_MASK	UINT64_C(0xffff)
#define LUN_HEX_DIGITS	16

uint64_t lun_number(uint64_t kernel_lun)
{
	/* More than one level: the upper levels are part of the address too. */
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

/* Converts a LUN between the kernel's number and the order on the wire. The kernel's number has the first level in
 * its lowest 16 bits, the second above it (scsilun_to_int(), drivers/scsi/scsi_common.c); on the wire the first
 * level comes first. */
static uint64_t swap_levels(uint64_t lun)
{
	uint64_t swapped = 0;

	for (unsigned i = 0; i < 4; i++)
		swapped |= (lun >> 16 * i & LUN_LEVEL_MASK) << 16 * (3 - i);
	return swapped;
}

/* Whether a number above NPIV_LUN_MAX can have several levels. The method of its first level is neither peripheral,
 * as in mistyped numbers, nor extended, which no disk has. */
static bool has_levels(uint64_t lun)
{
	uint64_t method = lun & LUN_METHOD_MASK;

	return lun > NPIV_LUN_MAX && method != 0 && method != LUN_METHOD_MASK;
}

/* Reads all 16 digits after "0x": a shorter text could be a number or the beginning of one. */
static int parse_levels(const char *text, size_t *ret_length, uint64_t *ret_lun)
{
	static const char hex[] = "0123456789abcdefABCDEF";
	char digits[LUN_HEX_DIGITS + 1];
	uint64_t lun;

	*ret_length = strspn(text, hex);
	if (*ret_length != LUN_HEX_DIGITS)
		return -EINVAL;
	(void)snprintf(digits, sizeof(digits), "%s", text);
	lun = swap_levels(strtoull(digits, NULL, 16));
	if (lun > LUN_LEVEL_MASK && !has_levels(lun))
		return -ERANGE;
	*ret_lun = lun_number(lun);
	return 0;
}

static int parse_decimal(const char *text, size_t *ret_length, uint64_t *ret_lun)
{
	uint64_t n = 0;

	*ret_length = strspn(text, "0123456789");
	if (*ret_length == 0)
		return -EINVAL;
	for (size_t i = 0; i < *ret_length; i++) {
		n = n * 10 + (uint64_t)(text[i] - '0');
		if (n > UINT32_MAX)
			return -ERANGE;
	}
	if (n > NPIV_LUN_MAX && !has_levels(n))
		return -ERANGE;
	*ret_lun = n;
	return 0;
}

static int take_number(const char **text, uint64_t *ret)
{
	const char *digits = startswith(*text, "0x");
	size_t length;
	int r;

	r = digits ? parse_levels(digits, &length, ret) :
		     parse_decimal(*text, &length, ret);
	if (r >= 0)
		*text = (digits ? digits : *text) + length;
	return r;
}

/* Reads a number with blanks around it. */
static int parse_number(const char **text, uint64_t *ret)
{
	const char *p = *text + strspn(*text, " \t");
	int r;

	r = take_number(&p, ret);
	if (r >= 0)
		*text = p + strspn(p, " \t");
	return r;
}

int lun_parse(const char *text, uint64_t *ret_lun)
{
	uint64_t lun;
	int r;

	assert(text);
	assert(ret_lun);

	r = take_number(&text, &lun);
	if (r < 0)
		return r;
	if (*text)
		return -EINVAL;
	*ret_lun = lun;
	return 0;
}

void lun_print(uint64_t lun, FILE *out)
{
	assert(out);

	/* Print decimal where possible: it is shorter, so a line of a file has room for more numbers. */
	if (lun > UINT32_MAX)
		fprintf(out, "0x%016" PRIx64, swap_levels(lun));
	else
		fprintf(out, "%" PRIu64, lun);
}

void lun_explain(uint64_t lun, FILE *out)
{
	lun_print(lun, out);
	if (lun > NPIV_LUN_MAX && lun <= UINT32_MAX)
		fprintf(out, " (0x%016" PRIx64 ")", swap_levels(lun));
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
	/* LUNs of several levels are not consecutive in the order of their numbers. */
	if (range.last < range.first ||
	    (range.last > range.first && range.last > NPIV_LUN_MAX))
		return -ERANGE;

	*ret = range;
	return 0;
}

static int compare_ranges(const void *a, const void *b)
{
	const struct lun_range *x = a, *y = b;

	return (x->first > y->first) - (x->first < y->first);
}

/* Sorts the ranges and joins adjacent ones; refuses a number that is in two ranges. */
static int lun_set_normalize(struct lun_set *set)
{
	size_t n = 1;

	qsort(set->ranges, set->n_ranges, sizeof(*set->ranges), compare_ranges);
	for (size_t i = 1; i < set->n_ranges; i++) {
		struct lun_range *previous = &set->ranges[n - 1];

		if (set->ranges[i].first <= previous->last)
			return -EEXIST;
		if (set->ranges[i].first == previous->last + 1 &&
		    set->ranges[i].last <= NPIV_LUN_MAX)
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
	r = lun_set_normalize(&set);
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

void lun_range_printer_end(struct lun_range_printer *printer)
{
	if (printer->n == 0)
		return;
	if (printer->is_explained)
		lun_explain(printer->first, printer->out);
	else
		lun_print(printer->first, printer->out);
	if (printer->last > printer->first)
		fprintf(printer->out, "-%" PRIu64, printer->last);
}

void lun_range_printer_add(struct lun_range_printer *printer, uint64_t first,
			   uint64_t last)
{
	assert(printer);
	assert(printer->out);

	if (printer->n == 0 || first != printer->last + 1 || last > NPIV_LUN_MAX) {
		lun_range_printer_end(printer);
		fputs(printer->n > 0 ? "," : "", printer->out);
		printer->first = first;
	}
	printer->last = last;
	printer->n += last - first + 1;
}

void lun_set_print(const struct lun_set *set, FILE *out)
{
	struct lun_range_printer printer = { .out = out };

	assert(set);

	for (size_t i = 0; i < set->n_ranges; i++)
		lun_range_printer_add(&printer, set->ranges[i].first,
				      set->ranges[i].last);
	lun_range_printer_end(&printer);
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

const char *scsi_type_to_string(unsigned type)
{
	static const char *const names[] = {
		[0x00] = "disk",       [0x01] = "tape",	 [0x03] = "processor",
		[0x04] = "worm",       [0x05] = "rom",	 [0x07] = "optical",
		[0x08] = "changer",    [0x0c] = "array", [0x0d] = "enclosure",
		[0x0e] = "disk",       [0x11] = "osd",	 [0x14] = "zoned",
		[0x1e] = "well-known",
	};

	return type < ARRAY_SIZE(names) && names[type] ? names[type] : "other";
}

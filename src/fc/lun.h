/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* LUN numbers: the kernel's encoding, the storage admin's number, and sets of numbers. */
#pragma once

#include "lib/util.h"

/* Converts the kernel's LUN (the L of H:C:T:L) to the number that storage admins use. Peripheral addressing is the
 * number itself; flat space addressing (SAM-5 4.7.5: method 01b), 16384 + n in the kernel, gives n. All other forms
 * (logical unit addressing, several levels, well-known LUNs) have no agreed number and are returned unchanged. */
uint64_t lun_number(uint64_t kernel_lun);

/* Whether this is a well-known logical unit (REPORT LUNS, ACCESS CONTROLS, TARGET LOG PAGES), which is never a
 * disk: SAM-5 4.7.7.5.1, extended addressing method 11b with field 0x01. */
bool lun_is_well_known(uint64_t kernel_lun);

/* Reads the number of one LUN: a number from 0 to NPIV_LUN_MAX; or for a LUN of several levels (SAM-5 4.7.6, as
 * DS8000 arrays have them behind zfcp) either the kernel's number of two levels, or "0x" and 16 digits, the eight
 * bytes as lsluns(8), udev's by-path names and arrays print them. Bytes of one level give the number that
 * lun_number() makes from them. Returns -EINVAL if the text is no number, -ERANGE for a number that no disk can
 * have. */
int lun_parse(const char *text, uint64_t *ret_lun) _must_check_;

/* Writes a number as lun_parse() reads it, in its shortest form; lun_explain() appends the bytes of several levels:
 * "1075789840 (0x4010401f00000000)". */
void lun_print(uint64_t lun, FILE *out);
void lun_explain(uint64_t lun, FILE *out);

struct lun_range {
	uint64_t first, last; /* both included */
};

/* A set of LUN numbers: sorted ranges with a gap of at least one number between them; above NPIV_LUN_MAX each
 * number is a separate range. */
struct lun_set {
	struct lun_range *ranges;
	size_t n_ranges;
};

/* Whether a path with this access state of ALUA (scsi_access_state_name(), drivers/scsi/scsi_sysfs.c) does I/O; ""
 * is the state without ALUA. */
bool lun_access_does_io(const char *access);

/* Reads "0-3,7", with numbers as in lun_parse() (white space around them is allowed). The caller empties *ret_set
 * with lun_set_done(). Returns -EINVAL if the text is no such list, -ERANGE for a number that no disk can have, or
 * a range that is descending or above NPIV_LUN_MAX, -EEXIST for a number that occurs twice, or -ENOMEM. */
int lun_set_parse(const char *text, struct lun_set *ret_set) _must_check_;

bool lun_set_contains(const struct lun_set *set, uint64_t lun);

/* Returns how many numbers are in the set. */
uint64_t lun_set_size(const struct lun_set *set);

/* Writes the set as lun_set_parse() reads it, in its shortest form. */
void lun_set_print(const struct lun_set *set, FILE *out);

/* Prints ascending numbers as "0-3,7". Set out, and is_explained to use lun_explain() instead of lun_print(); the
 * rest starts as 0. */
struct lun_range_printer {
	FILE *out;
	bool is_explained;
	uint64_t n; /* count of added numbers */
	uint64_t first, last; /* the range that is not yet printed */
};

/* Adds the numbers from first to last (above NPIV_LUN_MAX only one at a time). lun_range_printer_end() prints
 * the last range. */
void lun_range_printer_add(struct lun_range_printer *printer, uint64_t first,
			   uint64_t last);
void lun_range_printer_end(struct lun_range_printer *printer);

/* Frees the ranges; the set is then empty. */
void lun_set_done(struct lun_set *set);

/* Returns the word for a SCSI peripheral device type (SPC-6, table of PERIPHERAL DEVICE TYPE): "disk", "tape",
 * "enclosure", …; "other" for a type without a word. Never returns NULL. */
const char *scsi_type_to_string(unsigned type);

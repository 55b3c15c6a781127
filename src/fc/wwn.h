/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* World wide names: 64-bit numbers inside, text only at the edges. */
#pragma once

#include "lib/util.h"

/* What the kernel prints for a name that is not set (u64 -1, scsi_transport_fc.c). */
#define WWN_UNSET UINT64_MAX

#define WWN_TEXT_SIZE sizeof("0x0123456789abcdef")

/* Reads a WWN as people write it: 16 hex digits, in either case, with or without "0x", with or
 * without a colon between every two digits. Returns -EINVAL for anything else. 0 and WWN_UNSET
 * parse: whether they make sense is for wwn_is_usable() to say. */
int wwn_parse(const char *text, uint64_t *ret_wwn) _must_check_;

/* Reads a WWN attribute of sysfs: "0x%llx", so without leading zeros. Trailing white space is
 * skipped. Returns -EINVAL for anything else. */
int wwn_parse_sysfs(const char *text, uint64_t *ret_wwn) _must_check_;

/* Whether a port can have this name: neither 0 nor unset. */
bool wwn_is_usable(uint64_t wwn);

/* Writes "0x" and 16 lower-case digits: how this project shows every WWN. Returns buf. */
char *wwn_format(uint64_t wwn, char buf[static WWN_TEXT_SIZE]);

#define WWN_COLONS_SIZE sizeof("01:23:45:67:89:ab:cd:ef")

/* Writes it as switches and arrays do, with colons. Returns buf. */
char *wwn_format_colons(uint64_t wwn, char buf[static WWN_COLONS_SIZE]);

/* Writes a member of an object (key) or array (NULL): "0x…", or null for a name that is not usable. */
struct json;
void wwn_json(struct json *json, const char *key, uint64_t wwn);

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

/* The organization whose names are made unless another is asked for: 00:1a:4a, registered for the
 * virtual machines of QEMU and KVM. No vendor burns it into an HBA, and libvirt makes its vHBAs' names
 * of it too (virVHBA and virRandomGenerateWWN()). */
#define WWN_OUI_DEFAULT 0x001a4aU

/* Network Address Authority, the first digit (FC-FS-3 clause 15): 5 is the organization and 36 bits of
 * its own; 2 is 12 bits, the organization and 24 bits. */
enum wwn_naa {
	WWN_NAA_2 = 2,
	WWN_NAA_5 = 5,
};

struct wwn_pair {
	uint64_t wwpn, wwnn;
};

/* How many bits of a seed count. */
#define WWN_SEED_BITS 35U

/* Makes the pair of a seed: WWPN and WWNN differ in one bit, so that who reads one knows the other.
 * oui has 24 bits. */
struct wwn_pair wwn_make(enum wwn_naa naa, uint32_t oui, uint64_t seed);

/* Reads an OUI: six hex digits, with or without a colon or a dash between every two. -EINVAL: it is none;
 * -ERANGE: it is one of a group (its multicast bit is set), no organization's. */
int wwn_parse_oui(const char *text, uint32_t *ret_oui) _must_check_;

/* Turns a name into 16 bytes that hardly any other name gives (FNV-1a): an id of an application for
 * sd_id128_get_machine_app_specific(3), which does what secrecy and evenness need. */
void wwn_name_id(const char *name, uint8_t ret_id[static 16]);

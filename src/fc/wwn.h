/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* World wide names: 64-bit numbers internally, text only for input and output. */
#pragma once

#include "lib/util.h"

/* The kernel's value for a name that is not set (u64 -1, scsi_transport_fc.c). */
#define WWN_UNSET UINT64_MAX

#define WWN_TEXT_SIZE sizeof("0x0123456789abcdef")

/* Reads a WWN as written by people: 16 hex digits, in either case, with or without "0x", with or without a colon
 * between every two digits. Returns -EINVAL for any other text. Accepts 0 and WWN_UNSET: check with
 * wwn_is_usable(). */
int wwn_parse(const char *text, uint64_t *ret_wwn) _must_check_;

/* Reads a WWN attribute of sysfs: "0x%llx", without leading zeros. Skips trailing white space. Returns -EINVAL for
 * any other text. */
int wwn_parse_sysfs(const char *text, uint64_t *ret_wwn) _must_check_;

/* Whether a port can have this name: it is neither 0 nor WWN_UNSET. */
bool wwn_is_usable(uint64_t wwn);

/* Writes "0x" and 16 lower-case digits, the form of every WWN in npiv's output. Returns buf. */
char *wwn_format(uint64_t wwn, char buf[static WWN_TEXT_SIZE]);

#define WWN_COLONS_SIZE sizeof("01:23:45:67:89:ab:cd:ef")

/* Writes a WWN with colons, like switches and arrays. Returns buf. */
char *wwn_format_colons(uint64_t wwn, char buf[static WWN_COLONS_SIZE]);

/* Writes a WWN as a member of an object (key) or array (NULL): "0x…", or null if it is not usable. */
struct json;
void wwn_json(struct json *json, const char *key, uint64_t wwn);

/* The default organization of new names: 00:1a:4a, registered for the virtual machines of QEMU and KVM. No vendor
 * burns it into an HBA, and libvirt uses it for its vHBAs too (virVHBA and virRandomGenerateWWN()). */
#define WWN_OUI_DEFAULT 0x001a4aU

/* Network Address Authority, the first digit (FC-FS-3 clause 15): 5 is followed by the organization and 36 bits of
 * its choice; 2 by 12 bits, the organization and 24 bits. */
enum wwn_naa {
	WWN_NAA_2 = 2,
	WWN_NAA_5 = 5,
};

struct wwn_pair {
	uint64_t wwpn, wwnn;
};

/* Number of bits that are used of a seed. */
#define WWN_SEED_BITS 35U

/* Makes a pair from a seed: WWPN and WWNN differ in one bit, so that a reader of one knows the other. oui has 24
 * bits. */
struct wwn_pair wwn_make(enum wwn_naa naa, uint32_t oui, uint64_t seed);

/* Reads an OUI: six hex digits, with or without a colon or a dash between every two. Returns -EINVAL for any other
 * text; -ERANGE if it is a group address (its multicast bit is set), which no organization has. */
int wwn_parse_oui(const char *text, uint32_t *ret_oui) _must_check_;

/* Hashes a name to 16 bytes (FNV-1a), with few collisions: an application id for
 * sd_id128_get_machine_app_specific(3), which provides secrecy and even distribution. */
void wwn_name_id(const char *name, uint8_t ret_id[static 16]);

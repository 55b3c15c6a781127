/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Makes names for virtual ports, in the two forms of FC-FS that have room for many. */
#pragma once

#include "lib/util.h"

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

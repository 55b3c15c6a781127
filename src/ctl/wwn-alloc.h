/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Allocates WWNs for virtual ports: makes them, and compares them with all that are known here. */
#pragma once

#include "fc/wwn.h"
#include "diagnose/wwn-use.h"
#include "ctl/model.h"

struct wwn_alloc_options {
	enum wwn_naa naa;
	uint32_t oui;
	const char *
		stable_name; /* the vHBA that this machine always gives the same WWNs; NULL: random */
	bool is_lenient; /* if these are in use, the next ones in a fixed order */
};

#define WWN_ALLOC_OPTIONS_DEFAULT \
	((struct wwn_alloc_options){ .naa = WWN_NAA_5, .oui = WWN_OUI_DEFAULT })

/* The letters of these options, for verbs that have them. */
enum {
	WWN_ALLOC_OPTION_NAA = 300,
	WWN_ALLOC_OPTION_OUI,
};

/* Takes --naa and --oui. -EINVAL: what is wrong was reported. */
int wwn_alloc_take_option(int letter, const char *argument,
			  struct wwn_alloc_options *options) _must_check_;

/* All that is loaded, as a place to look for WWNs in. */
struct wwn_world wwn_alloc_world(const struct host_model *model);

/* Makes a pair that is neither in use nor one of the n others. Returns 0, or an exit code; what is wrong was reported
 * on stderr then. */
int wwn_alloc_pair(const struct wwn_world *world, const struct wwn_alloc_options *options,
		   const struct wwn_pair *others, size_t n,
		   struct wwn_pair *ret_pair) _must_check_;

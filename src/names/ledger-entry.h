/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The links that one device has claimed. Text form: one link a line, what follows /dev/npiv/. */
#pragma once

#include "config/name.h"

struct ledger_entry {
	char (*links)[NPIV_LINK_MAX];
	size_t n_links;
};

/* -ENOMEM. */
int ledger_entry_add(struct ledger_entry *entry, const char *link) _must_check_;

void ledger_entry_print(const struct ledger_entry *entry, FILE *out);

/* Reads what ledger_entry_print() wrote; text need not end in NUL. -EBADMSG for anything else, above
 * all for what would lead out of the folder of links; -ENOMEM. Empty *ret_entry with
 * ledger_entry_done(). */
int ledger_entry_parse(const char *text, size_t size,
		       struct ledger_entry *ret_entry) _must_check_;

void ledger_entry_done(struct ledger_entry *entry);

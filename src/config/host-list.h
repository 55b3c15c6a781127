/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The key host: the hosts on which a section counts. A list has words separated by blanks: names, globs and
 * machine-ids. NULL is the list of a section without the key, which counts on every host. */
#pragma once

#include "lib/host-identity.h"

/* Returns what is wrong with such a list; NULL if nothing is. */
const char *host_list_fault(const char *list);

/* Whether a section with this list counts on this host: a word is the machine-id, the name, or the name up to its
 * first dot; a glob (fnmatch(3)) can match the name in both forms. The case of letters is ignored. If nothing is
 * known of the host, every section counts. */
bool host_list_counts(const char *list, const struct host_identity *host);

/* Whether both sections can count on the same host, judging only by the lists. Two globs are different hosts unless
 * they are equal. */
bool host_lists_meet(const char *list, const char *other);

/* Whether the list has a glob, or words for more than one host. One name and one machine-id count as one host,
 * unless only one of them is this host. */
bool host_list_is_many(const char *list, const struct host_identity *host);

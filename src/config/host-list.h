/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* On which hosts a section counts: the key host. A list is words with a blank between them: names, globs and
 * machine-ids. NULL is the list of a section without the key, which counts on every host. */
#pragma once

#include "lib/host-identity.h"

/* What is wrong with such a list; NULL: nothing. */
const char *host_list_fault(const char *list);

/* Whether a section with this list counts on this host: a word is the machine-id, or the name, or what the name has
 * before its first dot; a glob (fnmatch(3)) can stand for both. The case of letters makes no difference. On a host
 * of which nothing is known every section counts. */
bool host_list_counts(const char *list, const struct host_identity *host);

/* Whether there can be a host on which both count, by the lists alone. Two globs are taken for different ones unless
 * they are equal. */
bool host_lists_meet(const char *list, const char *other);

/* Whether the list has a glob, or words for more than one host. One name and one machine-id are taken for one host,
 * unless one of them alone is this host. */
bool host_list_is_many(const char *list, const struct host_identity *host);

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Logs names that not every path has. udev keeps the stderr of helpers for itself, so this uses syslog. */
#include <syslog.h>

#include "id/id.h"
#include "lib/text.h"
#include "names/names.h"

static void log_dispute(const struct name_conflict *conflict)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	if (TEXT_OF(&text, &size, dispute_print, conflict) >= 0)
		syslog(LOG_WARNING, "%s this name: /dev/npiv/%s",
		       claim_grants_any(&conflict->claim) ? "not every path has" :
							    "no device has",
		       text);
}

void id_log_disputes(const struct lookup *lookup, const struct name_list *names)
{
	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	bool is_news = false;

	for (size_t i = 0; i < names->n; i++)
		is_news = is_news || names->names[i].is_news;
	if (!is_news || names_conflicts(lookup->run, lookup->sysfs, NULL, &list) < 0)
		return;
	for (size_t i = 0; i < names->n; i++)
		for (size_t k = 0; names->names[i].is_news && k < list.n; k++)
			if (streq(names->names[i].link, list.conflicts[k].link))
				log_dispute(&list.conflicts[k]);
}

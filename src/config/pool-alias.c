// SPDX-License-Identifier: LGPL-2.1-or-later
/* Frees lists of aliases. Apart from the parser, so that npiv-id, which never reads a configuration,
 * does not link what that needs. */
#include "config/config.h"

struct pool_alias *pool_aliases_free(struct pool_alias *aliases, size_t n_aliases)
{
	for (size_t i = 0; i < n_aliases; i++) {
		free(aliases[i].name);
		free(aliases[i].wwid);
	}
	free(aliases);
	return NULL;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Cells that many tables have. */
#include <inttypes.h>

#include "fc/inventory.h"
#include "lib/size.h"
#include "fc/wwn.h"
#include "ctl/cells.h"

void ctl_set_wwn(struct table *table, size_t column, uint64_t wwn)
{
	char text[WWN_TEXT_SIZE];

	if (wwn_is_usable(wwn))
		table_set(table, column, wwn_format(wwn, text));
}

void ctl_set_host(struct table *table, size_t column, uint32_t host)
{
	if (host != HOST_NONE)
		table_set_format(table, column, "host%" PRIu32, host);
}

void ctl_set_number(struct table *table, size_t column, uint64_t number)
{
	table_set_format(table, column, "%" PRIu64, number);
}

void ctl_set_bool(struct table *table, size_t column, bool is)
{
	if (table->json)
		table_set(table, column, is ? "1" : "0");
	else
		table_set(table, column, is ? "yes" : "no");
}

void ctl_set_size(struct table *table, size_t column, uint64_t bytes)
{
	char text[SIZE_TEXT_SIZE];

	if (table->json)
		ctl_set_number(table, column, bytes);
	else
		table_set(table, column, size_format(bytes, text));
}

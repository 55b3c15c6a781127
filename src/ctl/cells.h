/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cells that many tables have; they are set as table_set() sets them. */
#pragma once

#include "ctl/table.h"

/* "0x…"; nothing for a name that is 0 or unset. */
void ctl_set_wwn(struct table *table, size_t column, uint64_t wwn);

/* "host7"; nothing for HOST_NONE. */
void ctl_set_host(struct table *table, size_t column, uint32_t host);

void ctl_set_number(struct table *table, size_t column, uint64_t number);
void ctl_set_bool(struct table *table, size_t column, bool is);

/* Bytes, for people in larger units. */
void ctl_set_size(struct table *table, size_t column, uint64_t bytes);

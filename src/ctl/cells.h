/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Cells that many tables have. Each returns what table_set() does. */
#pragma once

#include "ctl/table.h"

/* "0x…"; nothing for a name that is 0 or unset. */
int ctl_set_wwn(struct table *table, size_t column, uint64_t wwn) _must_check_;

/* "host7"; nothing for HOST_NONE. */
int ctl_set_host(struct table *table, size_t column, uint32_t host) _must_check_;

int ctl_set_number(struct table *table, size_t column, uint64_t number) _must_check_;
int ctl_set_bool(struct table *table, size_t column, bool is) _must_check_;

/* Bytes, for people in larger units. */
int ctl_set_size(struct table *table, size_t column, uint64_t bytes) _must_check_;

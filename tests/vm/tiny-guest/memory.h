/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The functions that compilers call of their own accord, where there is no C library. */
#pragma once

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memset(void *memory, int value, size_t n);

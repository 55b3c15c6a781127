// SPDX-License-Identifier: LGPL-2.1-or-later
/* In assembler, or a compiler would make calls of themselves of them. */
#include "memory.h"

void *memcpy(void *restrict to, const void *restrict from, size_t n)
{
	void *end = to;

	__asm__ volatile("rep movsb" : "+D"(end), "+S"(from), "+c"(n) : : "memory");
	return to;
}

void *memset(void *memory, int value, size_t n)
{
	void *end = memory;

	__asm__ volatile("rep stosb" : "+D"(end), "+c"(n) : "a"(value) : "memory");
	return memory;
}

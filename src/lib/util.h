/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Attributes, automatic cleanup and small macros that every file shares. */
#pragma once

#include <assert.h>
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define _cleanup_(f)	     __attribute__((cleanup(f)))
#define _printf_(fmt, first) __attribute__((format(printf, fmt, first)))
#define _must_check_	     __attribute__((warn_unused_result))
#define _unused_	     __attribute__((unused))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* Defines FUNCp(), which calls FUNC on a variable that goes out of scope, unless it is NULL. */
#define DEFINE_CLEANUP(type, func)          \
	static inline void func##p(type *p) \
	{                                   \
		if (*p)                     \
			func(*p);           \
	}                                   \
	struct useless_struct_for_semicolon

static inline void freep(void *p)
{
	free(*(void **)p);
}
#define _cleanup_free_ _cleanup_(freep)

DEFINE_CLEANUP(FILE *, fclose);
#define _cleanup_fclose_ _cleanup_(fclosep)

/* Hands over a pointer: its old variable becomes NULL, so that its cleanup does nothing. */
#define TAKE_PTR(ptr)                       \
	({                                  \
		typeof(ptr) _taken = (ptr); \
		(ptr) = NULL;               \
		_taken;                     \
	})

#define USEC_PER_MSEC UINT64_C(1000)
#define USEC_PER_SEC  UINT64_C(1000000)

static inline bool streq(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* Returns the text after prefix in s, or NULL if s does not begin with it. */
static inline const char *startswith(const char *s, const char *prefix)
{
	size_t n = strlen(prefix);

	return strncmp(s, prefix, n) == 0 ? s + n : NULL;
}

/* Makes room for one more element in *items, which has n. Zeroes the new element and returns its address, or NULL
 * if out of memory. The capacity is the next power of two, so n alone gives it. */
void *array_grow(void *items, size_t n, size_t size) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Functions that a C library older than 2.34 lacks; 2.31 is enough. */
#pragma once

#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#if !__GLIBC_PREREQ(2, 32)
/* Returns the description instead of the name, such as "EIO". */
static inline const char *strerrorname_np(int error)
{
	return strerror(error);
}
#endif

#if !__GLIBC_PREREQ(2, 34)
#ifndef __NR_close_range
#define __NR_close_range 436
#endif
static inline int close_range(unsigned first, unsigned last, int flags)
{
	return (int)syscall(__NR_close_range, first, last, flags);
}
#endif

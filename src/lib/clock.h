/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The clock of all deadlines. */
#pragma once

#include <time.h>

#include "lib/util.h"

/* Returns CLOCK_MONOTONIC in microseconds: it excludes time of suspend, and cannot be set. */
static inline uint64_t now_usec(void)
{
	struct timespec ts;

	if (clock_gettime(CLOCK_MONOTONIC, &ts) < 0)
		return 0;
	return (uint64_t)ts.tv_sec * USEC_PER_SEC + (uint64_t)ts.tv_nsec / 1000;
}

/* Returns the time until a deadline; 0 if it has passed. */
static inline uint64_t left_usec(uint64_t deadline)
{
	uint64_t now = now_usec();

	return deadline > now ? deadline - now : 0;
}

/* Returns the time until a deadline in milliseconds for poll(2), rounded up, so that the deadline has passed when
 * poll(2) returns. */
static inline int left_msec(uint64_t deadline)
{
	uint64_t left = (left_usec(deadline) + USEC_PER_MSEC - 1) / USEC_PER_MSEC;

	return left > INT32_MAX ? INT32_MAX : (int)left;
}

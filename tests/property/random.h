/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers that look random and are the same again for the same seed. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* One step of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators). */
static inline uint64_t random_next(uint64_t *seed)
{
	uint64_t z = (*seed += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* 0 to n - 1. */
static inline int random_below(uint64_t *seed, int n)
{
	return (int)(random_next(seed) % (uint64_t)n);
}

/* True once in n times. */
static inline bool random_one_in(uint64_t *seed, int n)
{
	return random_below(seed, n) == 0;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Breaks a tree of files at random places, and mends it again, while others read it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct breaker;

/* tree is the folder that is broken; stash, on the same file system, an empty one for what is taken out
 * of it meanwhile. NULL where the tree cannot be read. */
struct breaker *breaker_new(const char *tree, const char *stash, uint64_t seed);
struct breaker *breaker_free(struct breaker *breaker);

/* Breaks one more place, or mends one. */
void breaker_step(struct breaker *breaker);

/* Mends everything: the tree is as it was at first. False where that failed. */
bool breaker_mend_all(struct breaker *breaker);

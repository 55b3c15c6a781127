/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Seeds for names: random, or fixed for a machine. */
#pragma once

#include "lib/util.h"

/* Writes 64 random bits (getrandom(2)). */
int seed_random(uint64_t *ret_seed) _must_check_;

/* Writes 64 bits derived from this machine (machine-id(5)) and a name: the same at every call, different on every
 * other machine, and nothing of the machine's id can be derived from them. Returns -ENOENT or -ENOMEDIUM if the
 * machine has no id. */
int seed_of_machine(const char *name, uint64_t *ret_seed) _must_check_;

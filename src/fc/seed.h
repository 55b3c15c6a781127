/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Numbers that names are made of: by chance, or always the same of a machine. */
#pragma once

#include "lib/util.h"

/* 64 bits by chance (getrandom(2)). */
int seed_random(uint64_t *ret_seed) _must_check_;

/* 64 bits of this machine (machine-id(5)) and a name: the same at every call, others on every other
 * machine, and nothing of the machine's id can be told from them. -ENOENT, -ENOMEDIUM: the machine has
 * no id. */
int seed_of_machine(const char *name, uint64_t *ret_seed) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The words of a start that waits. */
#pragma once

#include "core/diagnose.h"

/* Writes "waiting for LUNs: 3 of 5, missing 4,7; 23 s left". */
void waiting_print(const struct diagnosis *diagnosis, unsigned left_sec, FILE *out);

/* Writes "8 LUNs on host8 (0x…), parent 0x…" of a vHBA that is ready. */
void waiting_print_ready(const struct diagnosis *diagnosis, FILE *out);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A disputed name, in words. */
#pragma once

#include "names/claim.h"

/* Writes who claims a name, by logical unit: "naa.1 (sda, sdb), naa.2 (sdc)"; and the one that it is
 * pinned to, where that is none of them: "naa.3 (gone, but the name still means it)". */
void render_claim(const struct claim *claim, FILE *out);

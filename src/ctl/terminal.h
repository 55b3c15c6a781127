/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What standard output and standard error are connected to. */
#pragma once

#include "lib/util.h"

/* Whether colour may be used on stdout: it is a terminal, and NO_COLOR (no-color.org) is not set. */
bool terminal_has_color(void);

/* Whether a line on stderr can be written over: it is a terminal. */
bool terminal_is_live(void);

/* Writes one line over the last one of this kind; "" takes it away. Cut to the terminal's width. Only
 * where terminal_is_live(). */
void terminal_show(const char *line);

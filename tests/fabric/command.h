/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The commands that steer a running switch. */
#pragma once

#include <stdio.h>

struct switchboard;

/*
 * Runs one command line, which is cut into words in place, and prints its answer. Errors:
 * -EINVAL for a wrong word (the usage is printed), else those of the action.
 */
int command_run(struct switchboard *board, char *line, FILE *out);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The lines that the files below /run/npiv are made of. */
#pragma once

#include "lib/util.h"

/* Called with each line of a text, in a copy that it may cut up; number 0 is the first. 0 or -errno. */
typedef int (*record_line_fn)(void *context, char *line, size_t number);

/* Called with the two halves of a line KEY=VALUE. 0 or -errno. */
typedef int (*record_pair_fn)(void *context, const char *key, const char *value);

/* Reads a text that need not end in NUL line by line, until read returns an error. -EBADMSG where the text has a NUL
 * or a control character of ASCII other than a tab and the ends of lines; -ENOMEM. */
int record_read_lines(const char *text, size_t size, record_line_fn read,
		      void *context) _must_check_;

/* The same for a text of KEY=VALUE lines: empty lines are left out, a line without "=" is -EBADMSG. */
int record_read_pairs(const char *text, size_t size, record_pair_fn read,
		      void *context) _must_check_;

/* Whether a text ends with the end of a line, as a whole one does. */
bool record_is_whole(const char *text, size_t size);

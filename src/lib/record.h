/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the lines of files below /run/npiv. */
#pragma once

#include "lib/util.h"

/* Called with each line of a text, in a copy that it may change; the first line has number 0. Returns 0 or
 * -errno. */
typedef int (*record_line_fn)(void *context, char *line, size_t number);

/* Called with the two parts of a line KEY=VALUE. Returns 0 or -errno. */
typedef int (*record_pair_fn)(void *context, const char *key, const char *value);

/* Reads a text line by line, until read returns an error; the text need not end in NUL. Returns -EBADMSG if the
 * text has a NUL or a control character of ASCII other than a tab and line ends, or -ENOMEM. */
int record_read_lines(const char *text, size_t size, record_line_fn read,
		      void *context) _must_check_;

/* Reads a text of KEY=VALUE lines like record_read_lines(). Skips empty lines; a line without "=" is -EBADMSG. */
int record_read_pairs(const char *text, size_t size, record_pair_fn read,
		      void *context) _must_check_;

/* Whether a text ends with a line end, as every complete text does. */
bool record_is_whole(const char *text, size_t size);

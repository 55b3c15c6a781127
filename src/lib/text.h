/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text of anybody's (labels, mount points, names of processes, values of files) as UTF-8, and which
 * characters of it must not reach a terminal or a log as they are. */
#pragma once

#include "lib/util.h"

/* The character that text begins with, as RFC 3629 allows it: returns its length in bytes and gives its
 * number. 0: text begins with a byte that is no character. The NUL at the end is one, of length 1. */
size_t text_decode(const char *text, uint32_t *ret_character);

/* Whether a character steers what shows it instead of being shown: the control characters C0, DEL and C1
 * (ECMA-48: U+009B begins a sequence as ESC [ does), the separators of lines and paragraphs, and the marks
 * that change the direction of what follows (UAX #9). */
bool text_is_control(uint32_t character);

/* Whether a text has such a character, in the second function other than the ASCII characters that are allowed. Bytes
 * that are no UTF-8 are none. */
bool text_has_control(const char *text);
bool text_has_control_but(const char *text, const char *allowed);

/* Each such character, and each byte that is no UTF-8, becomes one '?'; the text gets shorter by what the
 * characters were longer. */
void mask_control_characters(char *text);

/* How many characters a text has, and how many bytes its first n characters are (all, where it has fewer). The text is
 * UTF-8. */
size_t text_length(const char *text);
size_t text_prefix(const char *text, size_t n);

/* Collects in *ret_text and *ret_size what print(ARGUMENT..., out) writes to the stream out. Returns 0 or -ENOMEM.
 * The text is the caller's to free, also where this fails: it is NULL before. */
#define TEXT_OF(ret_text, ret_size, print, ...)                      \
	({                                                           \
		FILE *_out = open_memstream((ret_text), (ret_size)); \
		if (_out)                                            \
			print(__VA_ARGS__, _out);                    \
		_out &&fclose(_out) == 0 ? 0 : -ENOMEM;              \
	})

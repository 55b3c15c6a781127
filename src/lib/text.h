/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that any user may control (labels, mount points, names of processes, values in files), as UTF-8, and the
 * characters in it that must not reach a terminal or a log unchanged. */
#pragma once

#include "lib/util.h"

/* Decodes the first character of text, as RFC 3629 allows it. Writes its number and returns its length in bytes; 0
 * if text begins with a byte that is no character. The NUL at the end is a character of length 1. */
size_t text_decode(const char *text, uint32_t *ret_character);

/* Whether a character controls the display instead of being shown: the control characters C0, DEL and C1 (ECMA-48:
 * U+009B begins a sequence like ESC [), the separators of lines and paragraphs, and the marks that change the
 * direction of the following text (UAX #9). */
bool text_is_control(uint32_t character);

/* Whether a text has such a character; the second function ignores the ASCII characters in allowed. Both ignore
 * bytes that are not UTF-8. */
bool text_has_control(const char *text);
bool text_has_control_but(const char *text, const char *allowed);

/* Replaces each such character, and each byte that is not UTF-8, by one '?'. Longer characters make the text
 * shorter. */
void mask_control_characters(char *text);

/* Return the number of characters of a text, and the number of bytes of its first n characters (of all, if it has
 * fewer). The text is UTF-8. */
size_t text_length(const char *text);
size_t text_prefix(const char *text, size_t n);

/* Collects in *ret_text and *ret_size what print(ARGUMENT..., out) writes to the stream out. Returns 0 or -ENOMEM.
 * *ret_text is NULL before; the caller frees it, even if this fails. */
#define TEXT_OF(ret_text, ret_size, print, ...)                      \
	({                                                           \
		FILE *_out = open_memstream((ret_text), (ret_size)); \
		if (_out)                                            \
			print(__VA_ARGS__, _out);                    \
		_out &&fclose(_out) == 0 ? 0 : -ENOMEM;              \
	})

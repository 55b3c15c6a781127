/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that an array says of itself. It comes over the wire as bytes; what is made of it here is one
 * line of printable ASCII, whatever the array sends. */
#pragma once

#include "lib/util.h"

/* For what is only shown: a character that is not printable becomes '?'. */
void array_text_mask(char *text);

/* For what tells logical units apart, where two that differ must not become one: in a text with any
 * byte that is not printable such bytes, and backslashes, become \xNN. size is that of buf; what does
 * not fit is -EMSGSIZE, and an empty text: half of an identity is another's. */
int array_text_escape(const void *bytes, size_t n, char *buf, size_t size);

/* The unit serial number of VPD page 0x80 (SPC-4 7.8.13), escaped and without the blanks around it; ""
 * if there is none. n is how many bytes of the page there are. */
void array_text_serial(const unsigned char *page, size_t n, char *buf, size_t size);

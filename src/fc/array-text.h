/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Text that an array reports. The array may send any bytes; the functions below make one line of printable ASCII
 * from them. */
#pragma once

#include "lib/util.h"

/* For text that is only shown: replaces each character that is not printable by '?'. */
void array_text_mask(char *text);

/* For text that distinguishes logical units, where two different texts must stay different: if any byte is not
 * printable, such bytes, and backslashes, become \xNN. size is the size of buf. A text that does not fit gives
 * -EMSGSIZE and an empty text, because a truncated identity could be that of another unit. */
int array_text_escape(const void *bytes, size_t n, char *buf, size_t size);

/* Writes the unit serial number of VPD page 0x80 (SPC-4 7.8.13), escaped and without surrounding blanks; "" if
 * there is none. n is the number of bytes of the page. */
void array_text_serial(const unsigned char *page, size_t n, char *buf, size_t size);

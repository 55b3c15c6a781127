/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The guest's words, on the first serial port. */
#pragma once

#include <stdint.h>

void console_init(void);
void console_text(const char *text);

/* At most n characters, up to the first NUL, without blanks at the end. */
void console_field(const void *bytes, unsigned n);
void console_decimal(uint32_t number);
void console_hex(uint8_t number);

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The first serial port, by its UART. */
#include "console.h"

#include "machine.h"

#define UART	    0x3f8
#define LINE_STATUS 5
#define CAN_SEND    0x20

void console_init(void)
{
	outb(UART + 1, 0); /* no interrupts */
	outb(UART + 3, 0x80); /* the divisor: 115200 */
	outb(UART, 1);
	outb(UART + 1, 0);
	outb(UART + 3, 3); /* 8 bits, no parity, one stop bit */
}

static void put(char c)
{
	while (!(inb(UART + LINE_STATUS) & CAN_SEND))
		;
	outb(UART, (uint8_t)c);
}

void console_text(const char *text)
{
	for (; *text; text++)
		put(*text);
}

void console_field(const void *bytes, unsigned n)
{
	const char *text = bytes;
	unsigned length = 0;

	for (unsigned i = 0; i < n && text[i]; i++)
		if (text[i] != ' ')
			length = i + 1;
	for (unsigned i = 0; i < length; i++)
		put(text[i] >= ' ' && text[i] <= '~' ? text[i] : '?');
}

void console_decimal(uint32_t number)
{
	char digits[11], *p = digits + sizeof(digits) - 1;

	*p = '\0';
	do {
		*--p = (char)('0' + number % 10);
		number /= 10;
	} while (number > 0);
	console_text(p);
}

void console_hex(uint8_t number)
{
	static const char digits[] = "0123456789abcdef";

	put(digits[number >> 4]);
	put(digits[number & 15]);
}

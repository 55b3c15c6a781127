// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes sizes for people. */
#include "lib/size.h"

char *size_format(uint64_t bytes, char buf[static SIZE_TEXT_SIZE])
{
	static const char units[] = "BKMGTPE";
	unsigned unit = 0, whole, tenth;
	uint64_t rest = 0;

	while (bytes >= 1024) {
		rest = bytes % 1024;
		bytes /= 1024;
		unit++;
	}

	whole = (unsigned)bytes;
	tenth = (unsigned)(rest * 10 + 512) / 1024;
	if (tenth == 10) {
		whole++;
		tenth = 0;
	}
	/* Rounding can reach the next unit. */
	if (whole == 1024) {
		whole = 1;
		unit++;
	}
	if (tenth > 0)
		(void)snprintf(buf, SIZE_TEXT_SIZE, "%u.%u%c", whole, tenth, units[unit]);
	else
		(void)snprintf(buf, SIZE_TEXT_SIZE, "%u%c", whole, units[unit]);
	return buf;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The STATUS= line of the unit. */
#include <stdarg.h>

#include <systemd/sd-daemon.h>

#include "event/notify.h"

void notify_status(const char *format, ...)
{
	static char last[1024]; /* the last text sent */
	char text[sizeof(last)];
	va_list ap;

	va_start(ap, format);
	(void)vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	if (streq(text, last))
		return;

	memcpy(last, text, sizeof(last));
	(void)sd_notifyf(0, "STATUS=%s", text);
}

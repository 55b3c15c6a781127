// SPDX-License-Identifier: LGPL-2.1-or-later
/* The terminal, if there is one. */
#include <sys/ioctl.h>
#include <unistd.h>

#include "ctl/terminal.h"

#define DEFAULT_WIDTH 80

bool terminal_has_color(void)
{
	return isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
}

bool terminal_is_live(void)
{
	return isatty(STDERR_FILENO);
}

static int width(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return DEFAULT_WIDTH;
	return size.ws_col;
}

void terminal_show(const char *line)
{
	assert(line);

	/* Back to its begin, the line, and what is left of an older one away. */
	fprintf(stderr, "\r%.*s\x1b[K", width() - 1, line);
	fflush(stderr);
}

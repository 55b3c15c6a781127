// SPDX-License-Identifier: LGPL-2.1-or-later
/* The terminal, if there is one, and lines on it that are written over. */
#include <sys/ioctl.h>
#include <unistd.h>

#include "ctl/terminal.h"
#include "lib/clock.h"
#include "lib/text.h"

#define MAX_LINES     10U
#define WIDTH_DEFAULT 80U

bool terminal_has_color(void)
{
	return isatty(STDOUT_FILENO) && !getenv("NO_COLOR");
}

bool terminal_is_live(void)
{
	const char *terminal = getenv("TERM");

	return isatty(STDERR_FILENO) && terminal && !streq(terminal, "dumb");
}

void terminal_color(const char *code)
{
	if (terminal_has_color())
		fputs(code, stdout);
}

static unsigned terminal_width(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) < 0 || size.ws_col == 0)
		return WIDTH_DEFAULT;
	return size.ws_col;
}

unsigned terminal_columns(void)
{
	return isatty(STDOUT_FILENO) ? terminal_width(STDOUT_FILENO) : 0;
}

void terminal_print_wrapped(size_t column, const char *prefix, const char *text)
{
	size_t room = terminal_columns(), at = column;

	assert(prefix);
	assert(text);

	while (room > 0 && *text) {
		size_t n = strcspn(text, " ");
		size_t width = text_length(text) - text_length(text + n);

		if (at > column && at + 1 + width > room) {
			printf("\n%s", prefix);
			at = column;
		} else if (at > column) {
			putchar(' ');
			at++;
		}
		printf("%.*s", (int)n, text);
		at += width;
		text += n + strspn(text + n, " ");
	}
	puts(text);
}

void terminal_begin(struct terminal_lines *lines, size_t n)
{
	*lines = (struct terminal_lines){ .is_live = terminal_is_live(),
					  .width = terminal_width(STDERR_FILENO) };
	if (!lines->is_live)
		lines->causes = calloc(n ? n : 1, sizeof(*lines->causes));
}

/* The cursor stays at the end of the last line; CUU of ECMA-48 brings it back to the first one. */
void terminal_rewind(struct terminal_lines *lines)
{
	if (lines->is_live)
		fputc('\r', stderr);
	if (lines->n > 1)
		fprintf(stderr, "\033[%uA", lines->n - 1);
	lines->n_before = lines->n;
	lines->n = 0;
}

/* A line that wraps would be two lines to erase. The time that is left, after the last semicolon, is what
 * changes: it is kept when the line is too long. */
static void terminal_print_line(const struct terminal_lines *lines, const char *name,
				const char *text)
{
	size_t room = lines->width - 1;
	const char *tail = strrchr(text, ';');
	char line[1024];
	size_t n;

	n = (size_t)snprintf(line, sizeof(line), "%s: %s", name, text);
	if (n <= room || !tail || strlen(tail) + strlen("...") >= room)
		fprintf(stderr, "%.*s", (int)room, line);
	else
		fprintf(stderr, "%.*s...%s", (int)(room - strlen("...") - strlen(tail)),
			line, tail);
}

void terminal_show(struct terminal_lines *lines, size_t i, const char *name,
		   const char *text)
{
	assert(name);
	assert(text);

	if (lines->causes && waiting_cause_is_news(&lines->causes[i], text, now_usec()))
		fprintf(stderr, "%s: %s\n", name, lines->causes[i].told);
	if (!lines->is_live || lines->n >= MAX_LINES)
		return;
	if (lines->n++ > 0)
		fputs("\033[K\n", stderr);
	terminal_print_line(lines, name, text);
}

/* EL erases the rest of a line, ED all below it as well. */
void terminal_flush(struct terminal_lines *lines)
{
	if (lines->is_live)
		fputs(lines->n_before > 1 && lines->n_before > lines->n ? "\033[J" :
									  "\033[K",
		      stderr);
	(void)fflush(stderr);
}

void terminal_end(struct terminal_lines *lines)
{
	terminal_rewind(lines);
	terminal_flush(lines);
	free(lines->causes);
	lines->causes = NULL;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* What jobs are doing, in lines that go when they have ended, or in lines that stay. */
#include <sys/ioctl.h>
#include <unistd.h>

#include "ctl/progress.h"
#include "lib/clock.h"

#define MAX_LINES     10U
#define WIDTH_DEFAULT 80U

void progress_begin(struct progress *progress, size_t n)
{
	const char *terminal = getenv("TERM");
	struct winsize size;

	progress->is_terminal = isatty(STDERR_FILENO) && terminal &&
				!streq(terminal, "dumb");
	progress->width = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) >= 0 && size.ws_col ?
				  size.ws_col :
				  WIDTH_DEFAULT;
	if (!progress->is_terminal)
		progress->causes = calloc(n ? n : 1, sizeof(*progress->causes));
}

/* Back to the first line, and all from there on away (ECMA-48: CUU and ED). */
static void erase(struct progress *progress)
{
	if (progress->n_lines > 0)
		fprintf(stderr, "\033[%uA\033[J", progress->n_lines);
	progress->n_lines = 0;
}

/* A line that wraps would be two to take away. The time that is left, behind the last semicolon, is
 * what changes: of a line that is too long it stays. */
static void print_line(struct progress *progress, const char *name, const char *text)
{
	size_t room = progress->width - 1;
	const char *tail = strrchr(text, ';');
	char line[1024];
	size_t n;

	n = (size_t)snprintf(line, sizeof(line), "%s: %s", name, text);
	if (n <= room || !tail || strlen(tail) + strlen("...") >= room)
		fprintf(stderr, "%.*s\n", (int)room, line);
	else
		fprintf(stderr, "%.*s...%s\n", (int)(room - strlen("...") - strlen(tail)),
			line, tail);
	progress->n_lines++;
}

static void show_causes(struct progress *progress, const struct bus_job *jobs, size_t n)
{
	for (size_t i = 0; progress->causes && i < n; i++) {
		struct waiting_cause *cause = &progress->causes[i];

		if (jobs[i].path && !jobs[i].result && jobs[i].status &&
		    waiting_cause_is_news(cause, jobs[i].status, now_usec()))
			fprintf(stderr, "%s: %s\n", progress->names[i], cause->told);
	}
	(void)fflush(stderr);
}

void progress_show(struct progress *progress, const struct bus_job *jobs, size_t n)
{
	if (!progress->is_terminal) {
		show_causes(progress, jobs, n);
		return;
	}
	erase(progress);
	for (size_t i = 0; i < n && progress->n_lines < MAX_LINES; i++)
		if (jobs[i].path && !jobs[i].result)
			print_line(progress, progress->names[i],
				   jobs[i].status ? jobs[i].status : "…");
	(void)fflush(stderr);
}

void progress_end(struct progress *progress)
{
	free(progress->causes);
	progress->causes = NULL;
	if (progress->is_terminal)
		erase(progress);
	(void)fflush(stderr);
}

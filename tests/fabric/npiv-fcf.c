// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A software Fibre Channel switch (FCF) over Ethernet; called as fcfctl, the client that
 * steers it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "control.h"
#include "switchboard.h"

#define PATH_MAX_LEN 100

/* Large, so not on the stack; one process is one fabric. */
static struct switchboard board;

static int usage(FILE *out)
{
	fputs("usage: npiv-fcf FABRIC             be the switch of this fabric\n"
	      "       fcfctl FABRIC COMMAND...    steer it, see fcfctl FABRIC help\n",
	      out);
	return out == stdout ? EXIT_SUCCESS : 2;
}

static bool name_is_valid(const char *name)
{
	size_t len = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");

	return len > 0 && len <= FABRIC_NAME_MAX && name[len] == '\0';
}

static int serve(const char *name, const char *path)
{
	int r = switchboard_init(&board, name, path);

	if (r == 0)
		r = switchboard_run(&board);
	switchboard_done(&board);
	/* Its presence says that the switch runs. */
	(void)unlink(path);
	return r;
}

int main(int argc, char **argv)
{
	const char *self = strrchr(argv[0], '/');
	bool is_client = strcmp(self ? self + 1 : argv[0], "fcfctl") == 0;
	char path[PATH_MAX_LEN];
	int r;

	if (argc == 2 && strcmp(argv[1], "--help") == 0)
		return usage(stdout);
	if (is_client ? argc < 3 : argc != 2)
		return usage(stderr);
	if (!name_is_valid(argv[1])) {
		fprintf(stderr, "%s: not a fabric's name\n", argv[1]);
		return 2;
	}
	snprintf(path, sizeof(path), CONTROL_FOLDER "/%s.socket", argv[1]);
	r = is_client ? control_call(path, argc - 2, argv + 2) : serve(argv[1], path);
	if (r < 0)
		fprintf(stderr, "fabric %s: %s\n", argv[1], strerror(-r));
	return r == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

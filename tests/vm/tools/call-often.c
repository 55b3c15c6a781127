// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * What one call of a small program costs:
 *
 *   call-often COUNT PROGRAM [ARGUMENT...]
 *
 * Starts the program COUNT times, one after the other and with its output thrown away, and prints the
 * microseconds that the processor worked for all of them. They are started as cheaply as the C library
 * can, so that the figure is the program's own, not that of a large process that forks.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

extern char **environ;

static void die(const char *what, int error)
{
	fprintf(stderr, "call-often: %s: %s\n", what, strerror(error));
	exit(EXIT_FAILURE);
}

static void call(char **argv, const posix_spawn_file_actions_t *actions)
{
	int status, error;
	pid_t pid;

	error = posix_spawn(&pid, argv[0], actions, NULL, argv, environ);
	if (error)
		die(argv[0], error);
	if (waitpid(pid, &status, 0) < 0)
		die("waitpid", errno);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		die(argv[0], ECHILD);
}

static long long usec(const struct timeval *time)
{
	return time->tv_sec * 1000000LL + time->tv_usec;
}

static long long worked(int who)
{
	struct rusage usage;

	if (getrusage(who, &usage) < 0)
		die("getrusage", errno);
	return usec(&usage.ru_utime) + usec(&usage.ru_stime);
}

int main(int argc, char **argv)
{
	posix_spawn_file_actions_t actions;

	if (argc < 3) {
		fputs("usage: call-often COUNT PROGRAM [ARGUMENT...]\n", stderr);
		return 2;
	}
	if (posix_spawn_file_actions_init(&actions) != 0 ||
	    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0) != 0)
		die("posix_spawn", ENOMEM);
	for (long n = strtol(argv[1], NULL, 10); n > 0; n--)
		call(argv + 2, &actions);
	printf("%lld\n", worked(RUSAGE_SELF) + worked(RUSAGE_CHILDREN));
	return 0;
}

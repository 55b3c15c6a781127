// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * How many instructions of its own a program takes, where no counter of the processor can be had:
 *
 *   count-instructions PROGRAM [ARGUMENT...]
 *
 * Runs the program one step at a time (ptrace(2), PTRACE_SINGLESTEP), with its output thrown away, and
 * prints the number of steps from its first instruction to its end. What the kernel does for it is not
 * in it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static void die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static void become(char **argv)
{
	int null = open("/dev/null", O_WRONLY | O_CLOEXEC);

	if (null < 0 || dup2(null, STDOUT_FILENO) < 0)
		die("/dev/null");
	if (ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0)
		die("ptrace");
	execv(argv[0], argv);
	die(argv[0]);
}

/* The first stop is that of execve(2); each further one comes behind one instruction. */
static long count(pid_t pid)
{
	long n = 0;
	int status;

	while (waitpid(pid, &status, 0) == pid && WIFSTOPPED(status)) {
		if (ptrace(PTRACE_SINGLESTEP, pid, NULL, NULL) < 0)
			die("ptrace");
		n++;
	}
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fputs("count-instructions: the program has failed\n", stderr);
		exit(EXIT_FAILURE);
	}
	return n;
}

int main(int argc, char **argv)
{
	pid_t pid;

	if (argc < 2) {
		fputs("usage: count-instructions PROGRAM [ARGUMENT...]\n", stderr);
		return 2;
	}
	pid = fork();
	if (pid < 0)
		die("fork");
	if (pid == 0)
		become(argv + 1);
	printf("%ld\n", count(pid));
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Both ends of the control socket. */
#include "control.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "command.h"

#define CALL_TRIES	50
#define CALL_RETRY_MSEC 100

static int make_address(const char *path, struct sockaddr_un *ret_address)
{
	*ret_address = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (strlen(path) >= sizeof(ret_address->sun_path))
		return -ENAMETOOLONG;
	memcpy(ret_address->sun_path, path, strlen(path));
	return 0;
}

int control_listen(const char *path)
{
	struct sockaddr_un address;
	int fd, r;

	r = make_address(path, &address);
	if (r < 0)
		return r;
	if (mkdir(CONTROL_FOLDER, 0755) < 0 && errno != EEXIST)
		return -errno;
	if (unlink(path) < 0 && errno != ENOENT)
		return -errno;
	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -errno;
	if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ||
	    chmod(path, 0600) < 0 || listen(fd, 16) < 0) {
		r = -errno;
		close(fd);
		return r;
	}
	return fd;
}

/* Runs the command and gives the whole answer, to be freed by the caller, or NULL. */
static char *answer(struct switchboard *board, char *request, size_t *ret_len)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, ret_len);
	char *body = NULL;
	size_t body_len = 0;
	FILE *body_out = open_memstream(&body, &body_len);
	int r = -ENOMEM;

	if (body_out) {
		r = command_run(board, request, body_out);
		fclose(body_out);
	}
	if (out) {
		if (r < 0)
			fprintf(out, "error: %s\n", strerror(-r));
		else
			fputs("ok\n", out);
		fwrite(body ? body : "", 1, body_len, out);
		fclose(out);
	}
	free(body);
	return text;
}

void control_serve(int client_fd, struct switchboard *board)
{
	char request[CONTROL_REQUEST_MAX + 1];
	size_t len = 0;
	ssize_t n;
	char *text;

	n = recv(client_fd, request, CONTROL_REQUEST_MAX, 0);
	if (n <= 0)
		return;
	request[n] = '\0';
	text = answer(board, request, &len);
	if (text)
		(void)send(client_fd, text,
			   len < CONTROL_REPLY_MAX ? len : CONTROL_REPLY_MAX,
			   MSG_NOSIGNAL);
	free(text);
}

static int connect_once(const struct sockaddr_un *address)
{
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int r;

	if (fd < 0)
		return -errno;
	if (connect(fd, (const struct sockaddr *)address, sizeof(*address)) == 0)
		return fd;
	r = -errno;
	close(fd);
	return r;
}

/* The switch may still be starting: systemd counts it as started from its fork on. */
static int connect_patiently(const struct sockaddr_un *address)
{
	int r = -ENOENT;

	for (int i = 0; i < CALL_TRIES; i++) {
		r = connect_once(address);
		if (r != -ENOENT && r != -ECONNREFUSED)
			break;
		poll(NULL, 0, CALL_RETRY_MSEC);
	}
	return r;
}

static int join(int argc, char **argv, char ret_request[CONTROL_REQUEST_MAX])
{
	size_t len = 0;

	for (int i = 0; i < argc; i++) {
		int n = snprintf(ret_request + len, CONTROL_REQUEST_MAX - len, "%s%s",
				 i > 0 ? " " : "", argv[i]);

		if (n < 0 || (size_t)n >= CONTROL_REQUEST_MAX - len)
			return -E2BIG;
		len += (size_t)n;
	}
	return 0;
}

int control_call(const char *path, int argc, char **argv)
{
	char request[CONTROL_REQUEST_MAX] = "";
	struct sockaddr_un address;
	static char reply[CONTROL_REPLY_MAX + 1];
	ssize_t n;
	int fd, r;

	r = make_address(path, &address);
	if (r == 0)
		r = join(argc, argv, request);
	if (r < 0)
		return r;
	fd = connect_patiently(&address);
	if (fd < 0)
		return fd;
	n = send(fd, request, strlen(request), MSG_NOSIGNAL);
	if (n >= 0)
		n = recv(fd, reply, CONTROL_REPLY_MAX, 0);
	r = n < 0 ? -errno : 0;
	close(fd);
	if (r < 0)
		return r;
	reply[n] = '\0';
	if (strncmp(reply, "ok\n", 3) == 0) {
		fputs(reply + 3, stdout);
		return 0;
	}
	fputs(reply, stderr);
	return 1;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The control socket: one command in a packet, one answer in a packet. */
#pragma once

#define CONTROL_FOLDER	    "/run/fcf"
#define CONTROL_REQUEST_MAX 1024
#define CONTROL_REPLY_MAX   (128 * 1024)

struct switchboard;

/* Makes the listening socket, replacing one that nobody serves. An fd, or a negative errno. */
int control_listen(const char *path);

/* Reads one command from a client and answers it: "ok" or "error: REASON", then text. */
void control_serve(int client_fd, struct switchboard *board);

/*
 * The client's side: sends a command, prints the answer. Waits up to 5 s for the switch to
 * come. 0, 1 when the command failed, or a negative errno.
 */
int control_call(const char *path, int argc, char **argv);

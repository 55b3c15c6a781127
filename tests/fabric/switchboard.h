/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A fabric together with the interfaces, sockets and the clock that drive it. */
#pragma once

#include <stdint.h>

#include "delay-queue.h"
#include "fabric.h"
#include "interface.h"

struct switchboard {
	struct fabric fabric;
	struct interface interfaces[FABRIC_LINKS_MAX];
	struct delay_queue delayed;
	int epoll_fd;
	int netlink_fd;
	int control_fd;
	int signal_fd;
};

/*
 * Opens what the fabric `name` needs, with its control socket at `socket_path`. The caller ends
 * it with switchboard_done(), also after an error. Errors: those of socket(2) and bind(2).
 */
int switchboard_init(struct switchboard *board, const char *name,
		     const char *socket_path);

void switchboard_done(struct switchboard *board);

/* Attaches an interface. -EEXIST when it is attached already, -ENOSPC when there are too many. */
int switchboard_attach(struct switchboard *board, const char *name,
		       enum fabric_role role);

/* The link of an attached interface, or -ENODEV. */
int switchboard_find(const struct switchboard *board, const char *name);

/* Detaches the interface of a link; its ports are logged out. */
void switchboard_detach(struct switchboard *board, unsigned int link);

/* Serves frames, control commands and time until SIGTERM or SIGINT. Errors of epoll(7). */
int switchboard_run(struct switchboard *board);

/* Milliseconds of CLOCK_MONOTONIC. */
uint64_t now_msec(void);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of a program that runs before there is a journal: to the kernel's log, or to a person. */
#pragma once

#include "config/messages.h"

struct kmsg {
	int fd;
	bool is_kernel; /* /dev/kmsg; else stderr */
};

#define KMSG_NULL            \
	{                    \
		.fd = -EBADF \
	}

/* The kernel's log where systemd runs the program, unless a person or a test watches: stderr is a
 * terminal, SYSTEMD_LOG_TARGET=console, or the root is another (lib/roots.h). stderr else, and where there
 * is no /dev/kmsg. Never fails; empty it with kmsg_close(). */
void kmsg_open(struct kmsg *kmsg);
void kmsg_close(struct kmsg *kmsg);

/* Writes one line. To the kernel's log it goes as one record with priority and name. */
void kmsg_print(const struct kmsg *kmsg, enum message_severity severity,
		const char *format, ...) _printf_(3, 4);

/* Writes the messages of a list, the first of them and how many more there are. */
void kmsg_print_diag(const struct kmsg *kmsg, const struct messages *messages);

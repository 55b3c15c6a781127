/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of a program that runs before there is a journal: to the kernel's log, or to a terminal. */
#pragma once

#include "config/messages.h"

struct kmsg {
	int fd;
	bool is_kernel; /* whether fd is /dev/kmsg; otherwise it is stderr */
};

#define KMSG_NULL            \
	{                    \
		.fd = -EBADF \
	}

/* Opens the kernel's log if systemd runs the program; otherwise stderr. Opens stderr also if it is a terminal, if
 * SYSTEMD_LOG_TARGET=console, if the root is another one (lib/roots.h), or if there is no /dev/kmsg. Never fails;
 * empty it with kmsg_close(). */
void kmsg_open(struct kmsg *kmsg);
void kmsg_close(struct kmsg *kmsg);

/* Writes one line. In the kernel's log it is one record with priority and program name. */
void kmsg_print(const struct kmsg *kmsg, enum message_severity severity,
		const char *format, ...) _printf_(3, 4);

/* Writes the first messages of a list, and the number of the others. */
void kmsg_print_diag(const struct kmsg *kmsg, const struct messages *messages);

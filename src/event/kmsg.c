// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes lines to /dev/kmsg or to stderr. */
#include <fcntl.h>
#include <stdarg.h>

#include "lib/fd.h"
#include "event/kmsg.h"
#include "lib/roots.h"
#include "lib/text.h"

/* The kernel refuses a record of more than LOG_LINE_MAX, 1024 bytes less a prefix (printk.c). */
#define RECORD_MAX 900

/* As many as an admin reads; thousands would only push the other boot messages out of the log. */
#define MESSAGES_MAX 100

/* Whether the service manager runs the program: since version 251 it sets a variable for generators. A generator's
 * parent is not PID 1 itself but a child that runs all generators. */
static bool runs_in_systemd(void)
{
	return getenv("SYSTEMD_SCOPE");
}

static bool is_watched(void)
{
	const char *target = getenv("SYSTEMD_LOG_TARGET");

	return (target && streq(target, "console")) || *environment_root() ||
	       isatty(STDERR_FILENO);
}

void kmsg_open(struct kmsg *kmsg)
{
	assert(kmsg);

	*kmsg = (struct kmsg){ .fd = STDERR_FILENO };
	if (is_watched() || !runs_in_systemd())
		return;
	kmsg->fd = open("/dev/kmsg", O_WRONLY | O_NOCTTY | O_CLOEXEC);
	kmsg->is_kernel = kmsg->fd >= 0;
	if (!kmsg->is_kernel)
		kmsg->fd = STDERR_FILENO;
}

void kmsg_close(struct kmsg *kmsg)
{
	if (kmsg->is_kernel)
		closep(&kmsg->fd);
	*kmsg = (struct kmsg)KMSG_NULL;
}

/* Failures are ignored: there is no other place to report them. */
static void write_record(const struct kmsg *kmsg, enum message_severity severity,
			 const char *text)
{
	char record[RECORD_MAX];
	int n = 0;

	/* Priorities as in syslog: 3 is an error, 4 a warning. */
	if (kmsg->is_kernel)
		n = snprintf(record, sizeof(record), "<%d>npiv-generator[%d]: ",
			     severity == MESSAGE_ERROR ? 3 : 4, (int)getpid());
	n += snprintf(record + n, sizeof(record) - (size_t)n - 1, "%s", text);
	if ((size_t)n > sizeof(record) - 2)
		n = sizeof(record) - 2;
	record[n++] = '\n';
	if (write(kmsg->fd, record, (size_t)n) < 0)
		return;
}

void kmsg_print(const struct kmsg *kmsg, enum message_severity severity,
		const char *format, ...)
{
	_cleanup_free_ char *text = NULL;
	va_list args;
	int r;

	assert(kmsg);

	va_start(args, format);
	r = vasprintf(&text, format, args);
	va_end(args);
	if (r < 0) {
		text = NULL;
		return;
	}
	write_record(kmsg, severity, text);
}

static void print_message(const struct kmsg *kmsg, const struct message *message)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	if (TEXT_OF(&text, &size, messages_print, message) < 0)
		return;
	text[strcspn(text, "\n")] = '\0';
	write_record(kmsg, message->severity, text);
}

void kmsg_print_diag(const struct kmsg *kmsg, const struct messages *messages)
{
	assert(kmsg);
	assert(messages);

	for (size_t i = 0; i < messages->n_messages; i++) {
		if (i == MESSAGES_MAX) {
			kmsg_print(kmsg, MESSAGE_ERROR,
				   "... and %zu more: npivctl check shows all",
				   messages->n_messages - i);
			return;
		}
		print_message(kmsg, &messages->messages[i]);
	}
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Messages of npiv-vport and npiv-guest, as records of the journal or lines of text. */
#include <inttypes.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <systemd/sd-journal.h>

#include "names/unitname.h"
#include "fc/wwn.h"
#include "lib/clock.h"
#include "event/log.h"

#define LIMIT_REPEAT_USEC (3600 * USEC_PER_SEC)
#define LIMIT_SPAN_USEC	  (600 * USEC_PER_SEC)

#define N_FIELDS 12

struct record {
	char *fields[N_FIELDS];
	size_t n;
};

static void record_done(struct record *record)
{
	for (size_t i = 0; i < record->n; i++)
		free(record->fields[i]);
}

/* A field for which there is no memory is left out: the message matters more than its fields. */
static void _printf_(2, 3) add_field(struct record *record, const char *format, ...)
{
	va_list ap;

	assert(record->n < N_FIELDS);
	va_start(ap, format);
	if (vasprintf(&record->fields[record->n], format, ap) >= 0)
		record->n++;
	va_end(ap);
}

/* $JOURNAL_STREAM names the device and inode that systemd connected stderr to (systemd.exec(5)). It is inherited,
 * so it only counts if they are those of stderr. */
static bool stderr_is_journal(void)
{
	const char *stream = getenv("JOURNAL_STREAM");
	unsigned long long device, inode;
	struct stat st;

	return stream && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
	       fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device &&
	       st.st_ino == inode;
}

/* journald cannot find the unit of a sender that has ended already. `journalctl -u` accepts this field instead if
 * root sent the message. */
static void add_unit(struct record *record, const struct log_subject *subject)
{
	_cleanup_free_ char *unit = subject->is_guest ? unit_name_guest(subject->pool) :
				    subject->vhba     ? unit_name_vport(subject->vhba) :
							NULL;

	if (unit)
		add_field(record, "OBJECT_SYSTEMD_UNIT=%s", unit);
}

static void add_subject(struct record *record, const struct log_subject *subject)
{
	char text[WWN_TEXT_SIZE];

	add_unit(record, subject);
	if (subject->vhba)
		add_field(record, "NPIV_VHBA=%s", subject->vhba);
	if (subject->pool)
		add_field(record, "NPIV_POOL=%s", subject->pool);
	if (subject->wwpn)
		add_field(record, "NPIV_WWPN=%s", wwn_format(subject->wwpn, text));
	if (subject->host != HOST_NONE)
		add_field(record, "NPIV_HOST=host%" PRIu32, subject->host);
	if (subject->parent_wwpn)
		add_field(record, "NPIV_PARENT=%s",
			  wwn_format(subject->parent_wwpn, text));
}

static bool send_record(const struct record *record)
{
	struct iovec fields[N_FIELDS];

	for (size_t i = 0; i < record->n; i++)
		fields[i] =
			(struct iovec){ record->fields[i], strlen(record->fields[i]) };
	return sd_journal_sendv(fields, (int)record->n) >= 0;
}

/* --- repeated messages --- */

void log_limit_note(struct log_limit *limit, int priority, const char *text, uint64_t now)
{
	struct log_told *told;

	assert(limit);
	assert(text);

	if (priority > LOG_WARNING)
		return;
	told = &limit->told[priority];
	free(told->text);
	told->text = strdup(text); /* without memory the next message passes as new */
	told->usec = now;
}

static bool limit_is_news(const struct log_told *told, const char *text, uint64_t now)
{
	const char *rest = told->text ? startswith(text, told->text) : NULL;

	return !rest || (*rest && *rest != ';') || now - told->usec >= LIMIT_REPEAT_USEC;
}

bool log_limit_passes(struct log_limit *limit, int priority, const char *text,
		      uint64_t now)
{
	uint64_t *oldest;

	assert(limit);
	assert(text);

	if (priority > LOG_WARNING)
		return true;
	oldest = &limit->passed[0];
	for (size_t i = 1; i < LOG_LIMIT_N; i++)
		if (limit->passed[i] < *oldest)
			oldest = &limit->passed[i];
	if ((*oldest && now - *oldest < LIMIT_SPAN_USEC) ||
	    !limit_is_news(&limit->told[priority], text, now))
		return false;
	*oldest = now;
	log_limit_note(limit, priority, text, now);
	return true;
}

void log_limit_done(struct log_limit *limit)
{
	for (size_t i = 0; i < ARRAY_SIZE(limit->told); i++)
		free(limit->told[i].text);
	*limit = (struct log_limit){ 0 };
}

/* --- messages --- */

void log_event(const struct log_subject *subject, const struct log_event *event,
	       const char *format, ...)
{
	const char *program = subject->is_guest ? "npiv-guest" : "npiv-vport";
	const char *name = subject->is_guest ? subject->pool : subject->vhba;
	_cleanup_(record_done) struct record record = { 0 };
	_cleanup_free_ char *text = NULL;
	va_list ap;
	int n;

	assert(event);

	va_start(ap, format);
	n = vasprintf(&text, format, ap);
	va_end(ap);
	if (n < 0)
		return;
	if (subject->limit &&
	    !log_limit_passes(subject->limit, event->priority, text, now_usec()))
		return;

	add_field(&record, "MESSAGE=%s", text);
	add_field(&record, "PRIORITY=%d", event->priority);
	add_field(&record, "SYSLOG_IDENTIFIER=%s", program);
	if (event->message_id)
		add_field(&record, "MESSAGE_ID=%s", event->message_id);
	if (event->stage)
		add_field(&record, "NPIV_STAGE=%s", event->stage);
	add_subject(&record, subject);
	if (!stderr_is_journal() || !send_record(&record))
		fprintf(stderr, "%s: %s%s%s\n", program, name ? name : "",
			name ? ": " : "", text);
}

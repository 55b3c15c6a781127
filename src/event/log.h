/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of npiv-vport and npiv-guest: structured into the journal, or plain on a person's terminal. */
#pragma once

#include <syslog.h>

#include "fc/inventory.h"
#include "diagnose/stage.h"

/* Keeps a program that looks at the same faults for hours from telling them again and again. For each priority an error
 * or a warning passes that is another than the last one, or an hour old, and four of them in ten minutes at most. */
#define LOG_LIMIT_N 4
struct log_limit {
	struct log_told {
		char *text; /* NULL: nothing yet */
		uint64_t usec; /* when (lib/clock.h) */
	} told[LOG_WARNING + 1];
	uint64_t passed[LOG_LIMIT_N]; /* when; 0: never */
};

/* Notes that somebody else has told this text; a message of the same priority that says no more than this, but for what
 * follows a semicolon, is no news. */
void log_limit_note(struct log_limit *limit, int priority, const char *text,
		    uint64_t now);

/* Whether a message is to be told now, which is noted then. */
bool log_limit_passes(struct log_limit *limit, int priority, const char *text,
		      uint64_t now);

void log_limit_done(struct log_limit *limit);

/* Which vHBA, or which pool's guest, a message is about; what is not known is left out of the journal's fields. */
struct log_subject {
	const char *vhba; /* NULL: of none */
	const char *pool; /* NULL: not known */
	bool is_guest; /* npiv-guest speaks, of its pool */
	uint64_t wwpn; /* 0: not known */
	uint32_t host; /* of the port that sees the LUNs; HOST_NONE: not known */
	uint64_t parent_wwpn; /* 0: not known */
	struct log_limit *limit; /* NULL: each message is told */
};

struct log_event {
	int priority; /* LOG_ERR, … of syslog(3) */
	const char *message_id; /* of diagnose/stage.h; NULL: none */
	const char *stage; /* stage_info()->name; NULL: none */
};

/* Logs one line. Run by systemd with its output in the journal it goes there as one record with
 * MESSAGE_ID, NPIV_VHBA, NPIV_POOL, NPIV_WWPN, NPIV_HOST, NPIV_PARENT and NPIV_STAGE; everywhere
 * else as text to stderr. Never fails. */
void log_event(const struct log_subject *subject, const struct log_event *event,
	       const char *format, ...) _printf_(3, 4);

/* Without an id and a stage. */
#define log_error(subject, ...) \
	log_event(subject, &(const struct log_event){ .priority = LOG_ERR }, __VA_ARGS__)
#define log_warning(subject, ...)                                                \
	log_event(subject, &(const struct log_event){ .priority = LOG_WARNING }, \
		  __VA_ARGS__)
#define log_notice(subject, ...)                                                \
	log_event(subject, &(const struct log_event){ .priority = LOG_NOTICE }, \
		  __VA_ARGS__)
#define log_info(subject, ...) \
	log_event(subject, &(const struct log_event){ .priority = LOG_INFO }, __VA_ARGS__)

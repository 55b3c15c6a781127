/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of npiv-vport and npiv-guest: structured records in the journal, or plain text on a terminal. */
#pragma once

#include <syslog.h>

#include "fc/inventory.h"
#include "diagnose/stage.h"

/* Keeps a program that sees the same faults for hours from logging them again and again. An error or a warning
 * passes if it differs from the last one of its priority, or if that one is an hour old; and at most four pass in
 * ten minutes. */
#define LOG_LIMIT_N 4
struct log_limit {
	struct log_told {
		char *text; /* NULL: nothing yet */
		uint64_t usec; /* when it was logged (lib/clock.h) */
	} told[LOG_WARNING + 1];
	uint64_t passed[LOG_LIMIT_N]; /* when each passed; 0: never */
};

/* Notes that another program has logged this text. A later message of the same priority that repeats it, apart
 * from what follows a semicolon, is not new. */
void log_limit_note(struct log_limit *limit, int priority, const char *text,
		    uint64_t now);

/* Whether to log a message now; if so, it is noted. */
bool log_limit_passes(struct log_limit *limit, int priority, const char *text,
		      uint64_t now);

void log_limit_done(struct log_limit *limit);

/* The vHBA, or the pool of a guest, that a message is about. Unknown members are left out of the journal's fields. */
struct log_subject {
	const char *vhba; /* NULL: the message is about no vHBA */
	const char *pool; /* NULL: not known */
	bool is_guest; /* npiv-guest logs about its pool */
	uint64_t wwpn; /* 0: not known */
	uint32_t host; /* of the port that sees the LUNs; HOST_NONE: not known */
	uint64_t parent_wwpn; /* 0: not known */
	struct log_limit *limit; /* NULL: every message is logged */
};

struct log_event {
	int priority; /* LOG_ERR, … of syslog(3) */
	const char *message_id; /* of diagnose/stage.h; NULL: none */
	const char *stage; /* stage_info()->name; NULL: none */
};

/* Logs one line. If systemd has connected stderr to the journal, writes one record with MESSAGE_ID, NPIV_VHBA,
 * NPIV_POOL, NPIV_WWPN, NPIV_HOST, NPIV_PARENT and NPIV_STAGE; otherwise text to stderr. Never fails. */
void log_event(const struct log_subject *subject, const struct log_event *event,
	       const char *format, ...) _printf_(3, 4);

/* These have neither an id nor a stage. */
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

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Messages of npiv-vport and npiv-guest: structured into the journal, or plain on a person's terminal. */
#pragma once

#include <syslog.h>

#include "fc/inventory.h"
#include "diagnose/stage.h"

/* Which vHBA, or which pool's guest, a message is about; what is not known is left out of the journal's fields. */
struct log_subject {
	const char *vhba; /* NULL: of none */
	const char *pool; /* NULL: not known */
	bool is_guest; /* npiv-guest speaks, of its pool */
	uint64_t wwpn; /* 0: not known */
	uint32_t host; /* of the port that sees the LUNs; HOST_NONE: not known */
	uint64_t parent_wwpn; /* 0: not known */
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
#define log_info(subject, ...) \
	log_event(subject, &(const struct log_event){ .priority = LOG_INFO }, __VA_ARGS__)

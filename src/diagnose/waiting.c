// SPDX-License-Identifier: LGPL-2.1-or-later
/* Describes in one line what a start waits for, or what it has reached. */
#include <inttypes.h>

#include "diagnose/waiting.h"
#include "fc/wwn.h"

#define WORDS "waiting for "

static const char *waiting_for(enum npiv_stage stage)
{
	switch (stage) {
	case STAGE_CONFIG:
	case STAGE_PARENT_MISSING:
		return "the parent HBA";
	case STAGE_PARENT_INCAPABLE:
		return "a parent that can carry virtual HBAs";
	case STAGE_LINK_DOWN:
		return "the link";
	case STAGE_NO_FREE_VPORT:
		return "a free virtual port";
	case STAGE_NO_FABRIC_SUPPORT:
	case STAGE_WWN_REFUSED:
	case STAGE_VPORT_FAILED:
	case STAGE_LOGIN:
		return "the fabric login";
	case STAGE_NO_REMOTE_PORTS:
		return "target ports";
	case STAGE_NO_LUNS:
	case STAGE_LUNS_MISSING:
		return "LUNs";
	case STAGE_NO_BLOCK_DEVICE:
		return "disks";
	case STAGE_MULTIPATH_PENDING:
		return "multipath";
	case STAGE_NAME_AMBIGUOUS:
		return "names to become unique";
	case STAGE_LINKS_PENDING:
		return "udev";
	case STAGE_READY:
	case STAGE_BUSY:
	case _STAGE_MAX:
		break;
	}
	return "further LUNs";
}

void waiting_print(const struct diagnosis *diagnosis, unsigned left_sec, FILE *out)
{
	assert(diagnosis);
	assert(out);

	fprintf(out, WORDS "%s", waiting_for(diagnosis->stage));
	if (*diagnosis->detail)
		fprintf(out, ": %s", diagnosis->detail);
	else if (diagnosis->stage == STAGE_READY)
		fprintf(out, ": %u so far", diagnosis->n_usable);
	if (left_sec != WAITING_NO_END)
		fprintf(out, "; %u s left", left_sec);
}

bool waiting_cause_is_news(struct waiting_cause *cause, const char *text, uint64_t now)
{
	char cut[WAITING_CAUSE_SIZE];
	const char *left;

	assert(cause);
	assert(text);

	left = strrchr(text, ';');
	if (!startswith(text, WORDS) || !left)
		return false;
	(void)snprintf(cut, sizeof(cut), "%.*s", (int)(left - text), text);
	if (!streq(cut, cause->text)) {
		memcpy(cause->text, cut, sizeof(cut));
		cause->since = now;
	}
	if (now - cause->since < WAITING_NEWS_USEC || streq(cut, cause->told))
		return false;
	memcpy(cause->told, cut, sizeof(cut));
	return true;
}

void waiting_print_ready(const struct diagnosis *diagnosis, FILE *out)
{
	char text[WWN_TEXT_SIZE];

	assert(diagnosis);
	assert(diagnosis->port);
	assert(out);

	fprintf(out, "%u LUN%s on host%" PRIu32 " (%s)", diagnosis->n_usable,
		diagnosis->n_usable == 1 ? "" : "s", diagnosis->port->host,
		wwn_format(diagnosis->port->wwpn, text));
	if (diagnosis->parent)
		fprintf(out, ", parent %s", wwn_format(diagnosis->parent->wwpn, text));
}

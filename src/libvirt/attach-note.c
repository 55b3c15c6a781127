// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is remembered of a guest that has LUNs of a pool, written and read back. */
#include <inttypes.h>

#include "libvirt/attach-note.h"
#include "config/name.h"
#include "lib/parse.h"
#include "lib/record.h"

const struct attach_noted *attach_note_find(const struct attach_note *note,
					    uint64_t number)
{
	assert(note);

	for (size_t i = 0; i < note->n; i++)
		if (note->luns[i].number == number)
			return &note->luns[i];
	return NULL;
}

int attach_note_set(struct attach_note *note, const struct attach_noted *noted)
{
	struct attach_noted *place = NULL;

	assert(note);
	assert(noted);

	for (size_t i = 0; i < note->n && !place; i++)
		if (note->luns[i].number == noted->number)
			place = &note->luns[i];
	if (!place) {
		place = array_grow(&note->luns, note->n, sizeof(*place));
		if (!place)
			return -ENOMEM;
		note->n++;
	}
	*place = *noted;
	return 0;
}

void attach_note_print(const struct attach_note *note, FILE *out)
{
	assert(note);
	assert(out);

	fprintf(out, "GUEST=%s\nID=%" PRIu64 "\n", note->guest, note->id);
	for (size_t i = 0; i < note->n; i++)
		fprintf(out, "LUN=%" PRIu64 " %" PRIu64 " %s\n", note->luns[i].number,
			note->luns[i].sequence, note->luns[i].identity);
}

static int read_guest(struct attach_note *note, const char *value)
{
	if (guest_name_fault(value))
		return -EBADMSG;
	(void)snprintf(note->guest, sizeof(note->guest), "%s", value);
	return 0;
}

static int read_id(struct attach_note *note, const char *value)
{
	return parse_unsigned(value, UINT64_MAX, &note->id) < 0 ? -EBADMSG : 0;
}

/* Reads a number and the blank behind it. */
static int take_number(const char **text, uint64_t *ret_number)
{
	char digits[sizeof("18446744073709551615")];
	size_t n = strcspn(*text, " ");

	if (n >= sizeof(digits) || (*text)[n] != ' ')
		return -EBADMSG;
	(void)snprintf(digits, sizeof(digits), "%.*s", (int)n, *text);
	*text += n + 1;
	return parse_unsigned(digits, UINT64_MAX, ret_number) < 0 ? -EBADMSG : 0;
}

/* "NUMBER SEQUENCE IDENTITY" */
static int read_lun(struct attach_note *note, const char *value)
{
	struct attach_noted noted = { 0 };

	if (take_number(&value, &noted.number) < 0 ||
	    take_number(&value, &noted.sequence) < 0 ||
	    strlen(value) >= sizeof(noted.identity))
		return -EBADMSG;
	(void)snprintf(noted.identity, sizeof(noted.identity), "%s", value);
	return attach_note_set(note, &noted);
}

static int read_pair(void *context, const char *key, const char *value)
{
	if (streq(key, "GUEST"))
		return read_guest(context, value);
	if (streq(key, "ID"))
		return read_id(context, value);
	return streq(key, "LUN") ? read_lun(context, value) : 0;
}

int attach_note_parse(const char *text, struct attach_note *ret_note)
{
	_cleanup_(attach_note_done) struct attach_note note = { 0 };
	int r;

	assert(text);
	assert(ret_note);

	r = record_read_pairs(text, strlen(text), read_pair, &note);
	if (r < 0)
		return r;
	if (!*note.guest)
		return -EBADMSG;

	*ret_note = note;
	note = (struct attach_note){ 0 };
	return 0;
}

void attach_note_done(struct attach_note *note)
{
	free(note->luns);
	*note = (struct attach_note){ 0 };
}

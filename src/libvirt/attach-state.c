// SPDX-License-Identifier: LGPL-2.1-or-later
/* The text form of the state of a guest: writes and reads it. */
#include <inttypes.h>

#include "libvirt/attach-state.h"
#include "config/name.h"
#include "lib/parse.h"
#include "lib/record.h"

const struct attached_lun *attach_state_find(const struct attach_state *state,
					     uint64_t number)
{
	assert(state);

	for (size_t i = 0; i < state->n; i++)
		if (state->luns[i].number == number)
			return &state->luns[i];
	return NULL;
}

int attach_state_set(struct attach_state *state, const struct attached_lun *lun)
{
	struct attached_lun *place = NULL;

	assert(state);
	assert(lun);

	for (size_t i = 0; i < state->n && !place; i++)
		if (state->luns[i].number == lun->number)
			place = &state->luns[i];
	if (!place) {
		place = array_grow(&state->luns, state->n, sizeof(*place));
		if (!place)
			return -ENOMEM;
		state->n++;
	}
	*place = *lun;
	return 0;
}

void attach_state_print(const struct attach_state *state, FILE *out)
{
	assert(state);
	assert(out);

	fprintf(out, "GUEST=%s\nID=%" PRIu64 "\n", state->guest, state->id);
	for (size_t i = 0; i < state->n; i++)
		fprintf(out, "LUN=%" PRIu64 " %" PRIu64 " %s\n", state->luns[i].number,
			state->luns[i].sequence, state->luns[i].identity);
}

static int read_guest(struct attach_state *state, const char *value)
{
	if (guest_name_fault(value))
		return -EBADMSG;
	(void)snprintf(state->guest, sizeof(state->guest), "%s", value);
	return 0;
}

static int read_id(struct attach_state *state, const char *value)
{
	return parse_unsigned(value, UINT64_MAX, &state->id) < 0 ? -EBADMSG : 0;
}

/* Reads a number and the blank after it. */
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

/* Reads "NUMBER SEQUENCE IDENTITY". */
static int read_lun(struct attach_state *state, const char *value)
{
	struct attached_lun lun = { 0 };

	if (take_number(&value, &lun.number) < 0 ||
	    take_number(&value, &lun.sequence) < 0 ||
	    strlen(value) >= sizeof(lun.identity))
		return -EBADMSG;
	(void)snprintf(lun.identity, sizeof(lun.identity), "%s", value);
	return attach_state_set(state, &lun);
}

static int read_pair(void *context, const char *key, const char *value)
{
	if (streq(key, "GUEST"))
		return read_guest(context, value);
	if (streq(key, "ID"))
		return read_id(context, value);
	return streq(key, "LUN") ? read_lun(context, value) : 0;
}

int attach_state_parse(const char *text, struct attach_state *ret_state)
{
	_cleanup_(attach_state_done) struct attach_state state = { 0 };
	int r;

	assert(text);
	assert(ret_state);

	r = record_read_pairs(text, strlen(text), read_pair, &state);
	if (r < 0)
		return r;
	if (!*state.guest)
		return -EBADMSG;

	*ret_state = state;
	state = (struct attach_state){ 0 };
	return 0;
}

void attach_state_done(struct attach_state *state)
{
	free(state->luns);
	*state = (struct attach_state){ 0 };
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is remembered below /run: of a vHBA, and of a guest that has LUNs. */
#include "libvirt/attach-state.h"
#include "config/name.h"
#include "state/state.h"
#include "fc/wwn.h"
#include "fuzz.h"

static char *print(const struct vhba_state *state)
{
	struct fuzz_print text;

	MUST(vhba_state_print(state, fuzz_open(&text)) == 0);
	return fuzz_close(&text);
}

/* A tab is a blank in the configuration, which a WWID there may have. */
static bool is_wwid(const char *text)
{
	for (; *text; text++)
		if (((unsigned char)*text < ' ' && *text != '\t') || *text == 0x7f)
			return false;
	return true;
}

/* Nothing in it could be more than it is where it becomes a path, a link or a property. */
static void check_texts(const struct vhba_state *state)
{
	MUST(name_is_valid(state->name) && name_is_valid(state->pool));
	MUST(wwn_is_usable(state->wwpn));
	MUST(state->mode >= -1 && state->mode <= 0777);
	MUST(!state->owner || (*state->owner && fuzz_is_one_line(state->owner)));
	MUST(!state->group || (*state->group && fuzz_is_one_line(state->group)));
	MUST(!state->guest || !guest_name_fault(state->guest));
	for (size_t i = 0; i < state->n_aliases; i++) {
		const struct pool_alias *alias = &state->aliases[i];

		MUST(!alias_fault(alias->name));
		MUST(!alias->wwid || (*alias->wwid && is_wwid(alias->wwid)));
	}
}

static void check_attach_state(const char *text)
{
	_cleanup_(attach_state_done) struct attach_state state = { 0 }, again = { 0 };
	_cleanup_free_ char *once = NULL;
	struct fuzz_print out;

	if (attach_state_parse(text, &state) < 0)
		return;
	MUST(!guest_name_fault(state.guest));
	for (size_t i = 0; i < state.n; i++) {
		MUST(!strchr(state.luns[i].identity, '\n'));
		MUST(attach_state_find(&state, state.luns[i].number) == &state.luns[i]);
	}
	attach_state_print(&state, fuzz_open(&out));
	once = fuzz_close(&out);
	MUST(attach_state_parse(once, &again) == 0);
	MUST(streq(again.guest, state.guest) && again.n == state.n &&
	     again.id == state.id);
}

static void check_state(const uint8_t *data, size_t size)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 }, again = { 0 };
	_cleanup_free_ char *once = NULL, *twice = NULL;

	if (vhba_state_parse((const char *)data, size, &state) < 0)
		return;
	check_texts(&state);
	once = print(&state);
	MUST(vhba_state_parse(once, strlen(once), &again) == 0);
	twice = print(&again);
	MUST(streq(once, twice));
	MUST(again.n_aliases == state.n_aliases && again.wwpn == state.wwpn);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = strndup((const char *)data, size);

	MUST(text);
	check_state(data, size);
	check_attach_state(text);
	return 0;
}

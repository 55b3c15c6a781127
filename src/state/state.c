// SPDX-License-Identifier: LGPL-2.1-or-later
/* The text form of a vHBA's state, written and read back. */
#include <inttypes.h>

#include "config/values.h"
#include "config/name.h"
#include "lib/parse.h"
#include "lib/record.h"
#include "config/print.h"
#include "state/state.h"
#include "fc/wwn.h"

#define SYSNAME_SIZE sizeof(((struct vhba_state *)NULL)->vport)

/* --- from the configuration ------------------------------------------------------------------ */

/* A copy, NULL of NULL. False without memory. */
static bool copy_text(const char *text, char **ret)
{
	*ret = text ? strdup(text) : NULL;
	return *ret || !text;
}

static int append_alias(struct vhba_state *state, const char *name, const char *wwid,
			uint64_t lun)
{
	struct pool_alias *alias;

	alias = array_grow(&state->aliases, state->n_aliases, sizeof(*alias));
	if (!alias)
		return -ENOMEM;
	state->n_aliases++; /* now, so that vhba_state_done() frees what is half made */
	alias->lun = lun;
	return copy_text(name, &alias->name) && copy_text(wwid, &alias->wwid) ? 0 :
										-ENOMEM;
}

static int copy_pool(const struct pool_config *pool, struct vhba_state *state)
{
	state->multipath = pool->multipath;
	state->host_use = pool->host_use;
	state->mode = pool->mode;
	if (!copy_text(pool->owner, &state->owner) ||
	    !copy_text(pool->group, &state->group) ||
	    !copy_text(pool->guest, &state->guest))
		return -ENOMEM;
	for (size_t i = 0; i < pool->n_aliases; i++) {
		const struct pool_alias *alias = &pool->aliases[i];
		int r;

		r = append_alias(state, alias->name, alias->wwid, alias->lun);
		if (r < 0)
			return r;
	}
	return 0;
}

static int append_setting(struct vhba_state *state, const char *key, char *value)
{
	struct vhba_setting *setting;

	setting = array_grow(&state->settings, state->n_settings, sizeof(*setting));
	if (!setting || !value) {
		free(value);
		return -ENOMEM;
	}
	state->n_settings++;
	setting->value = value;
	return copy_text(key, &setting->key) ? 0 : -ENOMEM;
}

/* The keys that the state has no field of and that do something while the vHBA is up. */
static int copy_settings(const struct vhba_config *vhba, struct vhba_state *state)
{
	static const char *const remembered[] = { "luns", "min_luns", "symbolic_name",
						  "dev_loss_tmo", "fast_io_fail_tmo" };
	int r = 0;

	for (size_t i = 0; i < ARRAY_SIZE(remembered) && r >= 0; i++)
		r = append_setting(state, remembered[i],
				   render_config_value(vhba, remembered[i]));
	return r;
}

int vhba_state_from_config(const struct vhba_config *vhba, const struct pool_config *pool,
			   struct vhba_state *ret_state)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { .mode = -1 };

	assert(vhba);
	assert(ret_state);

	state.type = vhba->type;
	state.wwpn = vhba->wwpn;
	state.wwnn = vhba->wwnn;
	state.on_stop = vhba->on_stop;
	state.on_busy = vhba->on_busy;
	state.stop_usec = VHBA_STOP_WAIT_USEC;
	if (!copy_text(vhba->name, &state.name) || !copy_text(vhba->pool, &state.pool))
		return -ENOMEM;
	if ((pool && copy_pool(pool, &state) < 0) || copy_settings(vhba, &state) < 0)
		return -ENOMEM;

	*ret_state = state;
	state = (struct vhba_state){ 0 };
	return 0;
}

/* --- text ------------------------------------------------------------------------------------ */

static void print_wwn(const char *key, uint64_t wwn, FILE *out)
{
	char text[WWN_TEXT_SIZE];

	if (wwn)
		fprintf(out, "%s=%s\n", key, wwn_format(wwn, text));
}

static void print_number(const char *key, uint64_t number, FILE *out)
{
	if (number)
		fprintf(out, "%s=%" PRIu64 "\n", key, number);
}

void vhba_state_print(const struct vhba_state *state, FILE *out)
{
	assert(state);
	assert(out);

	fprintf(out, "NAME=%s\nPOOL=%s\nTYPE=%s\n", state->name, state->pool,
		vhba_type_words[state->type]);
	print_wwn("WWPN", state->wwpn, out);
	print_wwn("WWNN", state->wwnn, out);
	print_wwn("PARENT_WWPN", state->parent_wwpn, out);
	if (*state->vport)
		fprintf(out, "VPORT=%s\n", state->vport);
	print_number("LOGIN_USEC", state->login_usec, out);
	print_number("LOGIN_PAUSE_USEC", state->login_pause_usec, out);
	print_number("RESTARTS", state->n_restarts, out);
	fprintf(out,
		"OURS=%s\nON_STOP=%s\nON_BUSY=%s\nSTOP_USEC=%" PRIu64 "\nMULTIPATH=%s\n",
		state->is_ours ? "yes" : "no", on_stop_words[state->on_stop],
		on_busy_words[state->on_busy], state->stop_usec,
		multipath_words[state->multipath]);
	if (state->owner)
		fprintf(out, "OWNER=%s\n", state->owner);
	if (state->group)
		fprintf(out, "GROUP=%s\n", state->group);
	if (state->mode >= 0)
		fprintf(out, "MODE=%04o\n", (unsigned)state->mode);
	if (state->guest)
		fprintf(out, "GUEST=%s\n", state->guest);
	if (state->host_use != HOST_USE_UNSET)
		fprintf(out, "HOST_USE=%s\n", host_use_words[state->host_use]);
	if (state->is_leaving)
		fputs("LEAVING=yes\n", out);
	for (size_t i = 0; i < state->n_aliases; i++) {
		const struct pool_alias *alias = &state->aliases[i];

		/* The name first: a t10 WWID may have blanks in it. */
		if (alias->wwid)
			fprintf(out, "ALIAS_WWID=%s %s\n", alias->name, alias->wwid);
		else
			fprintf(out, "ALIAS_LUN=%s %" PRIu64 "\n", alias->name,
				alias->lun);
	}
	for (size_t i = 0; i < state->n_settings; i++)
		fprintf(out, "SETTING=%s %s\n", state->settings[i].key,
			state->settings[i].value);
}

/* A key of the text form. */
struct state_key {
	const char *name;
	int (*read)(const struct state_key *key, const char *value, void *field);
	size_t offset; /* of the field in struct vhba_state */
	const char *const *words; /* of an enum */
};

/* Each returns -EBADMSG for a value that vhba_state_print() does not write, or -ENOMEM. */

static int read_name(const struct state_key *key, const char *value, void *field)
{
	char **name = field;

	if (!name_is_valid(value))
		return -EBADMSG;
	free(*name);
	return copy_text(value, name) ? 0 : -ENOMEM;
}

static int read_owner(const struct state_key *key, const char *value, void *field)
{
	char **owner = field;

	if (!*value || value[strcspn(value, " \t")])
		return -EBADMSG;
	free(*owner);
	return copy_text(value, owner) ? 0 : -ENOMEM;
}

static int read_guest(const struct state_key *key, const char *value, void *field)
{
	char **guest = field;

	if (guest_name_fault(value))
		return -EBADMSG;
	free(*guest);
	return copy_text(value, guest) ? 0 : -ENOMEM;
}

static int read_vport(const struct state_key *key, const char *value, void *field)
{
	if (!startswith(value, "vport-") || strlen(value) >= SYSNAME_SIZE)
		return -EBADMSG;
	(void)snprintf(field, SYSNAME_SIZE, "%s", value);
	return 0;
}

static int read_wwn(const struct state_key *key, const char *value, void *field)
{
	return wwn_parse(value, field) < 0 ? -EBADMSG : 0;
}

static int read_yes_no(const struct state_key *key, const char *value, void *field)
{
	return parse_bool(value, field) < 0 ? -EBADMSG : 0;
}

static int read_mode(const struct state_key *key, const char *value, void *field)
{
	return parse_mode(value, field) < 0 ? -EBADMSG : 0;
}

static int read_number(const struct state_key *key, const char *value, void *field)
{
	return parse_unsigned(value, UINT64_MAX, field) < 0 ? -EBADMSG : 0;
}

static int read_word(const struct state_key *key, const char *value, void *field)
{
	int word = word_parse(key->words, value);

	if (word < 0)
		return -EBADMSG;
	memcpy(field, &word, sizeof(word)); /* an enum: see word_parse() */
	return 0;
}

/* "NAME LUN" or "NAME WWID"; the field is the state itself. */
static int read_alias(const struct state_key *key, const char *value, void *field)
{
	_cleanup_free_ char *name = NULL;
	const char *subject = strchr(value, ' ');
	bool is_lun = streq(key->name, "ALIAS_LUN");
	uint64_t lun = 0;

	if (!subject || !subject[1])
		return -EBADMSG;
	name = strndup(value, (size_t)(subject++ - value));
	if (!name)
		return -ENOMEM;
	if (alias_fault(name) ||
	    (is_lun && parse_unsigned(subject, UINT64_MAX, &lun) < 0))
		return -EBADMSG;
	return append_alias(field, name, is_lun ? NULL : subject, lun);
}

/* "KEY VALUE"; a key that this version does not know is a newer one's. */
static int read_setting(const struct state_key *key, const char *line, void *field)
{
	_cleanup_free_ char *name = NULL;
	const char *value = strchr(line, ' ');

	if (!value)
		return -EBADMSG;
	name = strndup(line, (size_t)(value++ - line));
	if (!name)
		return -ENOMEM;
	for (size_t i = 0; render_config_key(i); i++)
		if (streq(render_config_key(i), name))
			return append_setting(field, name, strdup(value));
	return 0;
}

static const struct state_key keys[] = {
	{ "NAME", read_name, offsetof(struct vhba_state, name), NULL },
	{ "POOL", read_name, offsetof(struct vhba_state, pool), NULL },
	{ "TYPE", read_word, offsetof(struct vhba_state, type), vhba_type_words },
	{ "WWPN", read_wwn, offsetof(struct vhba_state, wwpn), NULL },
	{ "WWNN", read_wwn, offsetof(struct vhba_state, wwnn), NULL },
	{ "PARENT_WWPN", read_wwn, offsetof(struct vhba_state, parent_wwpn), NULL },
	{ "VPORT", read_vport, offsetof(struct vhba_state, vport), NULL },
	{ "LOGIN_USEC", read_number, offsetof(struct vhba_state, login_usec), NULL },
	{ "LOGIN_PAUSE_USEC", read_number, offsetof(struct vhba_state, login_pause_usec),
	  NULL },
	{ "RESTARTS", read_number, offsetof(struct vhba_state, n_restarts), NULL },
	{ "OURS", read_yes_no, offsetof(struct vhba_state, is_ours), NULL },
	{ "ON_STOP", read_word, offsetof(struct vhba_state, on_stop), on_stop_words },
	{ "ON_BUSY", read_word, offsetof(struct vhba_state, on_busy), on_busy_words },
	{ "STOP_USEC", read_number, offsetof(struct vhba_state, stop_usec), NULL },
	{ "MULTIPATH", read_word, offsetof(struct vhba_state, multipath),
	  multipath_words },
	{ "OWNER", read_owner, offsetof(struct vhba_state, owner), NULL },
	{ "GROUP", read_owner, offsetof(struct vhba_state, group), NULL },
	{ "MODE", read_mode, offsetof(struct vhba_state, mode), NULL },
	{ "GUEST", read_guest, offsetof(struct vhba_state, guest), NULL },
	{ "HOST_USE", read_word, offsetof(struct vhba_state, host_use), host_use_words },
	{ "LEAVING", read_yes_no, offsetof(struct vhba_state, is_leaving), NULL },
	{ "ALIAS_LUN", read_alias, 0, NULL },
	{ "ALIAS_WWID", read_alias, 0, NULL },
	{ "SETTING", read_setting, 0, NULL },
};

static int read_pair(void *context, const char *name, const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (streq(name, keys[i].name))
			return keys[i].read(&keys[i], value,
					    (char *)context + keys[i].offset);
	return 0;
}

int vhba_state_parse(const char *text, size_t size, struct vhba_state *ret_state)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { .mode = -1 };
	int r;

	assert(text);
	assert(ret_state);

	r = record_read_pairs(text, size, read_pair, &state);
	if (r < 0)
		return r;
	if (!state.name || !state.pool || !wwn_is_usable(state.wwpn))
		return -EBADMSG;

	*ret_state = state;
	state = (struct vhba_state){ 0 };
	return 0;
}

const struct vhba_state *vhba_state_find(const struct vhba_state *states, size_t n,
					 const char *name)
{
	assert(states || n == 0);
	assert(name);

	for (size_t i = 0; i < n; i++)
		if (streq(states[i].name, name))
			return &states[i];
	return NULL;
}

static bool has_name(const struct vhba_state *state, const struct fc_vport *vport)
{
	return streq(state->vport, vport->sysname);
}

/* Below the remembered parent. As long as no parent is remembered the name alone counts. */
static bool is_in_place(const struct vhba_state *state, const struct inventory *inventory,
			const struct fc_vport *vport)
{
	const struct fc_port *parent =
		inventory_port_by_host(inventory, vport->parent_host);

	return state->parent_wwpn ? parent && parent->wwpn == state->parent_wwpn :
				    has_name(state, vport);
}

const struct fc_vport *vhba_state_vport(const struct vhba_state *state,
					const struct inventory *inventory)
{
	const struct fc_vport *other = NULL;

	assert(state);
	assert(inventory);

	for (size_t i = 0; i < inventory->n_vports && state->type == VHBA_VPORT; i++) {
		const struct fc_vport *vport = &inventory->vports[i];

		if (vport->wwpn != state->wwpn || !is_in_place(state, inventory, vport))
			continue;
		if (has_name(state, vport))
			return vport;
		other = other ? other : vport;
	}
	return other;
}

uint32_t vhba_state_host(const struct vhba_state *state,
			 const struct inventory *inventory)
{
	const struct fc_vport *vport = vhba_state_vport(state, inventory);

	if (vport)
		return vport->host;
	for (size_t i = 0; i < inventory->n_ports && state->type == VHBA_HBA; i++)
		if (inventory->ports[i].wwpn == state->wwpn &&
		    !inventory->ports[i].is_vport)
			return inventory->ports[i].host;
	return HOST_NONE;
}

bool vhba_state_owns(const struct vhba_state *state, const struct inventory *inventory,
		     const struct fc_vport *vport)
{
	assert(state);
	assert(inventory);
	assert(vport);

	return state->is_ours && vport == vhba_state_vport(state, inventory) &&
	       (!*state->vport || has_name(state, vport));
}

bool vhba_state_is_announced(const struct vhba_state *state)
{
	assert(state);

	return state->is_ours && !*state->vport;
}

int vhba_state_tmo(const struct vhba_state *state, const char *key)
{
	uint64_t seconds;

	assert(state);
	assert(key);

	for (size_t i = 0; i < state->n_settings; i++) {
		if (!streq(state->settings[i].key, key))
			continue;
		if (streq(state->settings[i].value, "off"))
			return TMO_OFF;
		if (parse_unsigned(state->settings[i].value, INT32_MAX, &seconds) >= 0)
			return (int)seconds;
	}
	return TMO_UNSET;
}

void vhba_state_take_over(struct vhba_state *state, const struct vhba_state *old)
{
	assert(state);
	assert(old);

	state->is_ours = old->is_ours;
	state->parent_wwpn = old->parent_wwpn;
	state->login_usec = old->login_usec;
	state->login_pause_usec = old->login_pause_usec;
	state->n_restarts = old->n_restarts;
	memcpy(state->vport, old->vport, sizeof(state->vport));
}

bool vhba_state_has_host_use(const struct vhba_state *state)
{
	assert(state);

	return state->host_use == HOST_USE_UNSET ? !state->guest :
						   state->host_use == HOST_USE_YES;
}

void vhba_state_done(struct vhba_state *state)
{
	free(state->name);
	free(state->pool);
	free(state->owner);
	free(state->group);
	free(state->guest);
	pool_aliases_free(state->aliases, state->n_aliases);
	for (size_t i = 0; i < state->n_settings; i++) {
		free(state->settings[i].key);
		free(state->settings[i].value);
	}
	free(state->settings);
	*state = (struct vhba_state){ 0 };
}

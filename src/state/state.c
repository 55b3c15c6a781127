// SPDX-License-Identifier: LGPL-2.1-or-later
/* The text form of a vHBA's state, written and read back. */
#include <inttypes.h>

#include "config/name.h"
#include "lib/parse.h"
#include "lib/record.h"
#include "state/state.h"
#include "fc/wwn.h"

#define SYSNAME_SIZE sizeof(((struct vhba_state *)NULL)->vport)

/* Copies a text; NULL stays NULL. Returns false if out of memory. */
static bool state_copy_text(const char *text, char **ret)
{
	*ret = text ? strdup(text) : NULL;
	return *ret || !text;
}

static int state_add_alias(struct vhba_state *state, const char *name, const char *wwid,
			   uint64_t lun)
{
	struct pool_alias *alias;

	alias = array_grow(&state->aliases, state->n_aliases, sizeof(*alias));
	if (!alias)
		return -ENOMEM;
	state->n_aliases++; /* count it now, so that vhba_state_done() frees it even if it is incomplete */
	alias->lun = lun;
	return state_copy_text(name, &alias->name) &&
			       state_copy_text(wwid, &alias->wwid) ?
		       0 :
		       -ENOMEM;
}

static int state_add_setting(struct vhba_state *state, const char *key, char *value)
{
	struct vhba_setting *setting;

	setting = array_grow(&state->settings, state->n_settings, sizeof(*setting));
	if (!setting || !value) {
		free(value);
		return -ENOMEM;
	}
	state->n_settings++;
	setting->value = value;
	return state_copy_text(key, &setting->key) ? 0 : -ENOMEM;
}

/* --- keys ------------------------------------------------------------------------------------ */

/* A key of the text form. */
struct state_key {
	const char *name;
	size_t offset; /* of its field in struct vhba_state */
	/* The key of the configuration with values of the same form; NULL if only read() and print() know the
	 * form. */
	const char *form;
	bool is_copy; /* the value is copied from this key of the configuration */
	/* Returns -EBADMSG for a value that print() cannot have written, or -ENOMEM. NULL: read the value as form
	 * does. */
	int (*read)(const struct state_key *key, const char *value, void *field);
	/* Prints whole lines. NULL: print the value as form does, or another key prints it. */
	void (*print)(const struct state_key *key, const void *field, FILE *out);
};

static int vport_read(const struct state_key *key, const char *value, void *field)
{
	if (!startswith(value, "vport-") || strlen(value) >= SYSNAME_SIZE)
		return -EBADMSG;
	(void)snprintf(field, SYSNAME_SIZE, "%s", value);
	return 0;
}

static void vport_print(const struct state_key *key, const void *field, FILE *out)
{
	const char *vport = field;

	if (*vport)
		fprintf(out, "%s=%s\n", key->name, vport);
}

/* Accepts any WWN of a port, even one that the configuration may not set. */
static int wwn_read(const struct state_key *key, const char *value, void *field)
{
	return wwn_parse(value, field) < 0 ? -EBADMSG : 0;
}

static int number_read(const struct state_key *key, const char *value, void *field)
{
	return parse_unsigned(value, UINT64_MAX, field) < 0 ? -EBADMSG : 0;
}

static void number_print(const struct state_key *key, const void *field, FILE *out)
{
	const uint64_t *number = field;

	if (*number)
		fprintf(out, "%s=%" PRIu64 "\n", key->name, *number);
}

static int flag_read(const struct state_key *key, const char *value, void *field)
{
	return parse_bool(value, field) < 0 ? -EBADMSG : 0;
}

static void flag_print(const struct state_key *key, const void *field, FILE *out)
{
	const bool *flag = field;

	if (*flag)
		fprintf(out, "%s=yes\n", key->name);
}

/* Reads "NAME LUN" or "NAME WWID". field is the state itself. */
static int alias_read(const struct state_key *key, const char *value, void *field)
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
	return state_add_alias(field, name, is_lun ? NULL : subject, lun);
}

/* Prints the aliases of both keys, in their order. */
static void alias_print(const struct state_key *key, const void *field, FILE *out)
{
	const struct vhba_state *state = field;

	for (size_t i = 0; i < state->n_aliases; i++) {
		const struct pool_alias *alias = &state->aliases[i];

		/* The name precedes the WWID, because a t10 WWID may contain blanks. */
		if (alias->wwid)
			fprintf(out, "ALIAS_WWID=%s %s\n", alias->name, alias->wwid);
		else
			fprintf(out, "ALIAS_LUN=%s %" PRIu64 "\n", alias->name,
				alias->lun);
	}
}

/* Reads "KEY VALUE". field is the state itself. Skips a key that this version does not know: a newer version wrote
 * it. */
static int setting_read(const struct state_key *key, const char *line, void *field)
{
	_cleanup_free_ char *name = NULL;
	const char *value = strchr(line, ' ');
	const struct config_key *setting;

	if (!value)
		return -EBADMSG;
	name = strndup(line, (size_t)(value++ - line));
	if (!name)
		return -ENOMEM;
	setting = config_key_find(name);
	if (!setting || config_key_is_family(setting))
		return 0;
	return state_add_setting(field, name, strdup(value));
}

static void setting_print(const struct state_key *key, const void *field, FILE *out)
{
	const struct vhba_state *state = field;

	for (size_t i = 0; i < state->n_settings; i++)
		fprintf(out, "%s=%s %s\n", key->name, state->settings[i].key,
			state->settings[i].value);
}

#define FIELD(member) offsetof(struct vhba_state, member)

/* In the order of printing. */
static const struct state_key keys[] = {
	{ "NAME", FIELD(name), .form = "pool" },
	{ "POOL", FIELD(pool), .form = "pool", .is_copy = true },
	{ "TYPE", FIELD(type), .form = "type", .is_copy = true },
	{ "WWPN", FIELD(wwpn), .form = "wwpn", .is_copy = true, .read = wwn_read },
	{ "WWNN", FIELD(wwnn), .form = "wwnn", .is_copy = true, .read = wwn_read },
	{ "PARENT_WWPN", FIELD(parent_wwpn), .form = "parent_wwpn", .read = wwn_read },
	{ "VPORT", FIELD(vport), .read = vport_read, .print = vport_print },
	{ "LOGIN_USEC", FIELD(login_usec), .read = number_read, .print = number_print },
	{ "LOGIN_PAUSE_USEC", FIELD(login_pause_usec), .read = number_read,
	  .print = number_print },
	{ "OURS", FIELD(is_ours), .form = "autostart" },
	{ "ON_STOP", FIELD(on_stop), .form = "on_stop", .is_copy = true },
	{ "ON_BUSY", FIELD(on_busy), .form = "on_busy", .is_copy = true },
	{ "STOP_USEC", FIELD(stop_usec), .read = number_read, .print = number_print },
	{ "MULTIPATH", FIELD(multipath), .form = "multipath", .is_copy = true },
	{ "OWNER", FIELD(owner), .form = "owner", .is_copy = true },
	{ "GROUP", FIELD(group), .form = "group", .is_copy = true },
	{ "MODE", FIELD(mode), .form = "mode", .is_copy = true },
	{ "GUEST", FIELD(guest), .form = "guest", .is_copy = true },
	{ "HOST_USE", FIELD(host_use), .form = "host_use", .is_copy = true },
	{ "LEAVING", FIELD(is_leaving), .read = flag_read, .print = flag_print },
	{ "ALIAS_LUN", 0, .read = alias_read, .print = alias_print },
	{ "ALIAS_WWID", 0, .read = alias_read },
	{ "SETTING", 0, .read = setting_read, .print = setting_print },
};

static int state_key_read(const struct state_key *key, const char *text,
			  struct vhba_state *state)
{
	void *field = (char *)state + key->offset;
	const struct config_key *form;
	struct config_value value;
	int r;

	if (key->read)
		return key->read(key, text, field);
	form = config_key_find(key->form);
	value = (struct config_value){
		.text = text,
		.words = form->words,
		.field = field,
	};
	r = form->read(&value);
	return r == -EINVAL ? -EBADMSG : r;
}

/* Returns the state's key for a key of the configuration; NULL if its value is kept as a setting or not at all. */
static const struct state_key *state_key_of(const struct config_key *key)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (keys[i].is_copy && streq(keys[i].form, key->name))
			return &keys[i];
	return NULL;
}

/* --- from the configuration ------------------------------------------------------------------ */

/* Stores the value of a key, if a change of the key would have an effect. */
static int state_copy_key(const struct config_key *key, const void *config,
			  struct vhba_state *state)
{
	const struct state_key *place = state_key_of(key);
	_cleanup_free_ char *value = NULL;

	if (config_key_is_family(key) || key->effect == KEY_EFFECT_NONE ||
	    key->effect == KEY_EFFECT_MOVE)
		return 0;
	value = config_key_value(key, config_key_field(key, config));
	if (!value)
		return -ENOMEM;
	if (!place)
		return state_add_setting(state, key->name, TAKE_PTR(value));
	return *value ? state_key_read(place, value, state) : 0;
}

static int state_copy_keys(const struct vhba_config *vhba, const struct pool_config *pool,
			   struct vhba_state *state)
{
	const struct config_key *key;
	int r = 0;

	for (size_t i = 0; (key = config_key_at(i)) && r >= 0; i++)
		r = state_copy_key(key,
				   config_key_is_in(key, SECTION_POOL) ?
					   (const void *)pool :
					   (const void *)vhba,
				   state);
	return r;
}

int vhba_state_from_config(const struct vhba_config *vhba, const struct pool_config *pool,
			   struct vhba_state *ret_state)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { .mode = -1 };
	struct pool_config no_pool;
	int r;

	assert(vhba);
	assert(ret_state);

	pool_config_init(&no_pool);
	pool = pool ? pool : &no_pool;
	state.stop_usec = VHBA_STOP_WAIT_USEC;
	if (!state_copy_text(vhba->name, &state.name))
		return -ENOMEM;
	r = state_copy_keys(vhba, pool, &state);
	for (size_t i = 0; i < pool->n_aliases && r >= 0; i++)
		r = state_add_alias(&state, pool->aliases[i].name, pool->aliases[i].wwid,
				    pool->aliases[i].lun);
	if (r < 0)
		return r;

	*ret_state = state;
	state = (struct vhba_state){ 0 };
	return 0;
}

int vhba_state_value(const struct vhba_state *state, const struct config_key *key,
		     char **ret_value)
{
	const struct state_key *place;
	const char *text = NULL;

	assert(state);
	assert(key);
	assert(ret_value);

	place = state_key_of(key);
	for (size_t i = 0; i < state->n_settings && !place; i++)
		if (streq(state->settings[i].key, key->name))
			text = state->settings[i].value;
	*ret_value = NULL;
	if (!place && !text)
		return 0;
	*ret_value = place ? config_key_value(key, (const char *)state + place->offset) :
			     strdup(text);
	return *ret_value ? 0 : -ENOMEM;
}

/* --- text ------------------------------------------------------------------------------------ */

static int state_key_print(const struct state_key *key, const struct vhba_state *state,
			   FILE *out)
{
	const void *field = (const char *)state + key->offset;
	_cleanup_free_ char *value = NULL;

	if (key->print)
		key->print(key, field, out);
	if (!key->form)
		return 0;
	value = config_key_value(config_key_find(key->form), field);
	if (!value)
		return -ENOMEM;
	if (*value)
		fprintf(out, "%s=%s\n", key->name, value);
	return 0;
}

int vhba_state_print(const struct vhba_state *state, FILE *out)
{
	int r = 0;

	assert(state);
	assert(out);

	for (size_t i = 0; i < ARRAY_SIZE(keys) && r >= 0; i++)
		r = state_key_print(&keys[i], state, out);
	return r;
}

static int state_read_pair(void *context, const char *name, const char *value)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (streq(name, keys[i].name))
			return state_key_read(&keys[i], value, context);
	return 0;
}

int vhba_state_parse(const char *text, size_t size, struct vhba_state *ret_state)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { .mode = -1 };
	int r;

	assert(text);
	assert(ret_state);

	r = record_read_pairs(text, size, state_read_pair, &state);
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

static bool state_has_name(const struct vhba_state *state, const struct fc_vport *vport)
{
	return streq(state->vport, vport->sysname);
}

/* Whether a vport is below the remembered parent. If no parent is remembered, compares the name. */
static bool state_is_place_of(const struct vhba_state *state,
			      const struct inventory *inventory,
			      const struct fc_vport *vport)
{
	const struct fc_port *parent =
		inventory_port_by_host(inventory, vport->parent_host);

	return state->parent_wwpn ? parent && parent->wwpn == state->parent_wwpn :
				    state_has_name(state, vport);
}

const struct fc_vport *vhba_state_vport(const struct vhba_state *state,
					const struct inventory *inventory)
{
	const struct fc_vport *other = NULL;

	assert(state);
	assert(inventory);

	for (size_t i = 0; i < inventory->n_vports && state->type == VHBA_VPORT; i++) {
		const struct fc_vport *vport = &inventory->vports[i];

		if (vport->wwpn != state->wwpn ||
		    !state_is_place_of(state, inventory, vport))
			continue;
		if (state_has_name(state, vport))
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
	       (!*state->vport || state_has_name(state, vport));
}

bool vhba_state_is_announced(const struct vhba_state *state)
{
	assert(state);

	return state->is_ours && !*state->vport;
}

int vhba_state_tmo(const struct vhba_state *state, const char *key)
{
	int seconds = TMO_UNSET;

	assert(state);
	assert(key);

	for (size_t i = 0; i < state->n_settings; i++) {
		struct config_value value = {
			.text = state->settings[i].value,
			.field = &seconds,
		};

		if (streq(state->settings[i].key, key) &&
		    config_key_find(key)->read(&value) < 0)
			seconds = TMO_UNSET;
	}
	return seconds;
}

void vhba_state_take_over(struct vhba_state *state, const struct vhba_state *old)
{
	assert(state);
	assert(old);

	state->is_ours = old->is_ours;
	state->parent_wwpn = old->parent_wwpn;
	state->login_usec = old->login_usec;
	state->login_pause_usec = old->login_pause_usec;
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

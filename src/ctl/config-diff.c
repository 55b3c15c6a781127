// SPDX-License-Identifier: LGPL-2.1-or-later
/* Compares what is up with what files say now. */
#include "ctl/config-diff.h"
#include "config/values.h"
#include "config/name.h"
#include "diagnose/parent.h"
#include "config/print.h"
#include "fc/wwn.h"

static const char *const action_words[_CONFIG_ACTION_MAX] = {
	[CONFIG_ACTION_NOTHING] = "-",	   [CONFIG_ACTION_STOP] = "stop",
	[CONFIG_ACTION_START] = "start",   [CONFIG_ACTION_RESTART] = "restart",
	[CONFIG_ACTION_RELOAD] = "reload",
};

const char *config_action_to_string(enum config_action action)
{
	assert(action < _CONFIG_ACTION_MAX);

	return action_words[action];
}

/* --- one vHBA -------------------------------------------------------------------------------- */

/* What was found so far. The strongest action counts: a restart does all that a reload does. */
struct comparison {
	const struct vhba_config *vhba;
	const struct vhba_state *state;
	const struct pool_config *pool; /* NULL: without a section */
	const struct inventory *inventory;
	enum config_action action;
	FILE *why;
	bool has_words;
};

static void demand(struct comparison *comparison, enum config_action action)
{
	if (action == CONFIG_ACTION_RESTART ||
	    comparison->action == CONFIG_ACTION_NOTHING)
		comparison->action = action;
}

static FILE *say(struct comparison *comparison)
{
	if (comparison->has_words)
		fputs(", ", comparison->why);
	comparison->has_words = true;
	return comparison->why;
}

/* NULL and "" are what no file says. */
static void compare_texts(struct comparison *comparison, enum config_action action,
			  const char *key, const char *old, const char *now)
{
	old = old ? old : "";
	now = now ? now : "";
	if (streq(old, now))
		return;
	demand(comparison, action);
	fprintf(say(comparison), "%s: %s -> %s%s", key, *old ? old : "(none)",
		*now ? now : "(none)",
		action == CONFIG_ACTION_NOTHING ? " with its next start" : "");
}

static void compare_wwns(struct comparison *comparison, const char *key, uint64_t old,
			 uint64_t now)
{
	char old_text[WWN_TEXT_SIZE], text[WWN_TEXT_SIZE];

	/* type=hba finds its port otherwise where the file has no name of it. */
	if (now && old)
		compare_texts(comparison, CONFIG_ACTION_RESTART, key,
			      wwn_format(old, old_text), wwn_format(now, text));
}

/* Whether the port is where the parent keys want it does not depend on which keys they are. */
static void compare_parent(struct comparison *comparison)
{
	const struct vhba_state *state = comparison->state;
	uint64_t wwpn = state->type == VHBA_HBA ? state->wwpn : state->parent_wwpn;
	const struct fc_port *port = inventory_port_by_wwpn(comparison->inventory, wwpn);
	const struct parent_rule *rule = &comparison->vhba->parent;
	char text[WWN_TEXT_SIZE];

	if (!port || parent_rule_matches(rule, port))
		return;
	demand(comparison, CONFIG_ACTION_RESTART);
	fprintf(say(comparison), "parent: %s is none of ", wwn_format(wwpn, text));
	parent_rule_print(rule, comparison->why);
}

static void compare_port(struct comparison *comparison)
{
	const struct vhba_config *vhba = comparison->vhba;
	const struct vhba_state *state = comparison->state;

	compare_texts(comparison, CONFIG_ACTION_RESTART, "type",
		      vhba_type_words[state->type], vhba_type_words[vhba->type]);
	compare_wwns(comparison, "wwpn", state->wwpn, vhba->wwpn);
	compare_wwns(comparison, "wwnn", state->wwnn, vhba->wwnn);
	if (state->type == vhba->type)
		compare_parent(comparison);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "pool", state->pool, vhba->pool);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "on_stop",
		      on_stop_words[state->on_stop], on_stop_words[vhba->on_stop]);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "on_busy",
		      on_busy_words[state->on_busy], on_busy_words[vhba->on_busy]);
}

static bool aliases_are_same(const struct vhba_state *state,
			     const struct pool_config *pool)
{
	if (state->n_aliases != pool->n_aliases)
		return false;
	for (size_t i = 0; i < pool->n_aliases; i++) {
		const struct pool_alias *a = &state->aliases[i], *b = &pool->aliases[i];

		if (!streq(a->name, b->name) || !a->wwid != !b->wwid ||
		    (a->wwid ? !wwid_equal(a->wwid, b->wwid) : a->lun != b->lun))
			return false;
	}
	return true;
}

static void format_mode(int mode, char buf[static 8])
{
	*buf = '\0';
	if (mode >= 0)
		(void)snprintf(buf, 8, "%04o", (unsigned)mode & 0777);
}

static void compare_pool(struct comparison *comparison)
{
	static const struct pool_config none = { .mode = -1 };
	const struct pool_config *pool = comparison->pool ? comparison->pool : &none;
	const struct vhba_state *state = comparison->state;
	char old_mode[8], mode[8];

	if (!aliases_are_same(state, pool)) {
		demand(comparison, CONFIG_ACTION_RELOAD);
		fputs("aliases", say(comparison));
	}
	format_mode(state->mode, old_mode);
	format_mode(pool->mode, mode);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "owner", state->owner,
		      pool->owner);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "group", state->group,
		      pool->group);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "mode", old_mode, mode);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "multipath",
		      multipath_words[state->multipath],
		      multipath_words[pool->multipath]);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "guest", state->guest,
		      pool->guest);
	compare_texts(comparison, CONFIG_ACTION_RELOAD, "host_use",
		      host_use_words[state->host_use], host_use_words[pool->host_use]);
}

/* What the state has only as text. */
static int compare_settings(struct comparison *comparison)
{
	for (size_t i = 0; i < comparison->state->n_settings; i++) {
		const struct vhba_setting *setting = &comparison->state->settings[i];
		_cleanup_free_ char *now =
			render_config_value(comparison->vhba, setting->key);

		if (!now)
			return -ENOMEM;
		compare_texts(comparison,
			      streq(setting->key, "symbolic_name") ?
				      CONFIG_ACTION_NOTHING :
				      CONFIG_ACTION_RELOAD,
			      setting->key, setting->value, now);
	}
	return 0;
}

static int compare(struct comparison *comparison)
{
	compare_port(comparison);
	compare_pool(comparison);
	return compare_settings(comparison);
}

/* --- all of them ----------------------------------------------------------------------------- */

static int add(struct config_diff *list, const char *name, enum config_action action,
	       char *why)
{
	struct config_change *change =
		array_grow(&list->changes, list->n, sizeof(*change));

	if (!change || !why) {
		free(why);
		return -ENOMEM;
	}
	*change = (struct config_change){ .name = name, .action = action, .why = why };
	list->n++;
	return 0;
}

static int add_difference(struct config_diff *list, struct comparison *comparison)
{
	char *why = NULL;
	size_t size;
	int r;

	comparison->why = open_memstream(&why, &size);
	if (!comparison->why)
		return -ENOMEM;
	r = compare(comparison);
	if (fclose(comparison->why) != 0)
		r = -ENOMEM;
	if (r < 0 || !comparison->has_words) {
		free(why);
		return r;
	}
	return add(list, comparison->vhba->name, comparison->action, why);
}

static int add_configured(struct config_diff *list, const struct config *config,
			  const struct vhba_state *states, size_t n_states,
			  const struct inventory *inventory)
{
	int r = 0;

	for (size_t i = 0; i < config->n_vhbas && r >= 0; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];
		struct comparison comparison = {
			.vhba = vhba,
			.state = vhba_state_find(states, n_states, vhba->name),
			.pool = config_find_pool(config, vhba->pool),
			.inventory = inventory,
		};

		if (comparison.state)
			r = add_difference(list, &comparison);
		else if (vhba->autostart)
			r = add(list, vhba->name, CONFIG_ACTION_START,
				strdup("it is down"));
	}
	return r;
}

static int add_unconfigured(struct config_diff *list, const struct config *config,
			    const struct vhba_state *states, size_t n_states)
{
	int r = 0;

	for (size_t i = 0; i < n_states && r >= 0; i++) {
		const char *name = states[i].name;

		if (config_find_vhba(config, name))
			continue;
		if (config_is_bad_name(config, name))
			r = add(list, name, CONFIG_ACTION_NOTHING,
				strdup("its section has errors: it stays as it is"));
		else
			r = add(list, name, CONFIG_ACTION_STOP,
				strdup("no file defines it any longer"));
	}
	return r;
}

static int compare_names(const void *a, const void *b)
{
	const struct config_change *x = a, *y = b;

	return strcmp(x->name, y->name);
}

int config_diff_build(const struct config *config, const struct vhba_state *states,
		      size_t n_states, const struct inventory *inventory,
		      struct config_diff *ret_list)
{
	_cleanup_(config_diff_done) struct config_diff list = { 0 };
	int r;

	assert(config);
	assert(states || n_states == 0);
	assert(inventory);
	assert(ret_list);

	r = add_configured(&list, config, states, n_states, inventory);
	if (r >= 0)
		r = add_unconfigured(&list, config, states, n_states);
	if (r < 0)
		return r;
	if (list.n > 0)
		qsort(list.changes, list.n, sizeof(*list.changes), compare_names);

	*ret_list = list;
	list = (struct config_diff){ 0 };
	return 0;
}

void config_diff_done(struct config_diff *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->changes[i].why);
	free(list->changes);
	*list = (struct config_diff){ 0 };
}

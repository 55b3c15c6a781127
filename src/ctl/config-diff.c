// SPDX-License-Identifier: LGPL-2.1-or-later
/* Compares running vHBAs with their files. */
#include "ctl/config-diff.h"
#include "config/name.h"
#include "diagnose/parent.h"
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
	const struct pool_config *pool;
	const struct inventory *inventory;
	enum config_action action;
	FILE *why;
	bool has_words;
};

static void diff_demand(struct comparison *comparison, enum config_action action)
{
	if (action == CONFIG_ACTION_RESTART ||
	    comparison->action == CONFIG_ACTION_NOTHING)
		comparison->action = action;
}

static FILE *diff_explain(struct comparison *comparison)
{
	if (comparison->has_words)
		fputs(", ", comparison->why);
	comparison->has_words = true;
	return comparison->why;
}

/* Whether the port is where the parent keys want it does not depend on which keys they are. */
static void diff_compare_parent(struct comparison *comparison)
{
	const struct vhba_state *state = comparison->state;
	uint64_t wwpn = state->type == VHBA_HBA ? state->wwpn : state->parent_wwpn;
	const struct fc_port *port = inventory_port_by_wwpn(comparison->inventory, wwpn);
	const struct parent_rule *rule = &comparison->vhba->parent;
	char text[WWN_TEXT_SIZE];

	if (!port || parent_rule_allows(rule, port))
		return;
	diff_demand(comparison, CONFIG_ACTION_RESTART);
	fprintf(diff_explain(comparison), "parent: %s does not match ",
		wwn_format(wwpn, text));
	parent_rule_print(rule, comparison->why);
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

static void diff_compare_aliases(struct comparison *comparison)
{
	if (aliases_are_same(comparison->state, comparison->pool))
		return;
	diff_demand(comparison, CONFIG_ACTION_RELOAD);
	fputs("aliases", diff_explain(comparison));
}

static const enum config_action effect_actions[] = {
	[KEY_EFFECT_NONE] = CONFIG_ACTION_NOTHING,
	[KEY_EFFECT_NEXT_START] = CONFIG_ACTION_NOTHING,
	[KEY_EFFECT_RELOAD] = CONFIG_ACTION_RELOAD,
	[KEY_EFFECT_RESTART] = CONFIG_ACTION_RESTART,
	[KEY_EFFECT_MOVE] = CONFIG_ACTION_RESTART,
};

/* "": no file gives the key. */
static void diff_add_values(struct comparison *comparison, const struct config_key *key,
			    const char *old, const char *now)
{
	diff_demand(comparison, effect_actions[key->effect]);
	fprintf(diff_explain(comparison), "%s: %s -> %s%s", key->name,
		*old ? old : "(none)", *now ? now : "(none)",
		key->effect == KEY_EFFECT_NEXT_START ? " at the next start" : "");
}

/* Whether a key may be left out and the port of the vHBA has a value of it all the same: where type=hba finds
 * its port otherwise. */
static bool key_is_name_of_port(const struct config_key *key)
{
	return streq(key->name, "wwpn") || streq(key->name, "wwnn");
}

static int diff_compare_key(struct comparison *comparison, const struct config_key *key)
{
	const void *config = config_key_is_in(key, SECTION_POOL) ?
				     (const void *)comparison->pool :
				     (const void *)comparison->vhba;
	_cleanup_free_ char *old = NULL, *now = NULL;
	int r;

	r = vhba_state_value(comparison->state, key, &old);
	if (r < 0 || !old)
		return r;
	now = config_key_value(key, config_key_field(key, config));
	if (!now)
		return -ENOMEM;
	if (streq(old, now) || (key_is_name_of_port(key) && (!*old || !*now)))
		return 0;
	diff_add_values(comparison, key, old, now);
	return 0;
}

static int diff_compare(struct comparison *comparison)
{
	const struct config_key *key;
	int r = 0;

	for (size_t i = 0; (key = config_key_at(i)) && r >= 0; i++)
		if (config_key_is_family(key))
			diff_compare_aliases(comparison);
		else
			r = diff_compare_key(comparison, key);
	if (comparison->state->type == comparison->vhba->type)
		diff_compare_parent(comparison);
	return r;
}

/* --- all of them ----------------------------------------------------------------------------- */

static int diff_add(struct config_diff *list, const char *name, enum config_action action,
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

static int diff_add_difference(struct config_diff *list, struct comparison *comparison)
{
	char *why = NULL;
	size_t size;
	int r;

	comparison->why = open_memstream(&why, &size);
	if (!comparison->why)
		return -ENOMEM;
	r = diff_compare(comparison);
	if (fclose(comparison->why) != 0)
		r = -ENOMEM;
	if (r < 0 || !comparison->has_words) {
		free(why);
		return r;
	}
	return diff_add(list, comparison->vhba->name, comparison->action, why);
}

static int diff_add_configured(struct config_diff *list, const struct config *config,
			       const struct vhba_state *states, size_t n_states,
			       const struct inventory *inventory)
{
	struct pool_config no_pool;
	int r = 0;

	pool_config_init(&no_pool);
	for (size_t i = 0; i < config->n_vhbas && r >= 0; i++) {
		const struct vhba_config *vhba = &config->vhbas[i];
		const struct pool_config *pool = config_find_pool(config, vhba->pool);
		struct comparison comparison = {
			.vhba = vhba,
			.state = vhba_state_find(states, n_states, vhba->name),
			.pool = pool ? pool : &no_pool,
			.inventory = inventory,
		};

		if (comparison.state)
			r = diff_add_difference(list, &comparison);
		else if (vhba->autostart)
			r = diff_add(list, vhba->name, CONFIG_ACTION_START,
				     strdup("it is down"));
	}
	return r;
}

static int diff_add_unconfigured(struct config_diff *list, const struct config *config,
				 const struct vhba_state *states, size_t n_states)
{
	int r = 0;

	for (size_t i = 0; i < n_states && r >= 0; i++) {
		const char *name = states[i].name;

		if (config_find_vhba(config, name))
			continue;
		if (config_fault(config, name))
			r = diff_add(
				list, name, CONFIG_ACTION_NOTHING,
				strdup("its section has errors, so it stays as it is"));
		else
			r = diff_add(list, name, CONFIG_ACTION_STOP,
				     strdup(config_find_elsewhere(config, name) ?
						    "it is for other hosts only" :
						    "no file defines it"));
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

	r = diff_add_configured(&list, config, states, n_states, inventory);
	if (r >= 0)
		r = diff_add_unconfigured(&list, config, states, n_states);
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

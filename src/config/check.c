// SPDX-License-Identifier: LGPL-2.1-or-later
/* Finishes a configuration: checks each section by itself and against the others, and moves the good ones to the
 * lists. */
#include <search.h>
#include <stdarg.h>

#include "config/section.h"
#include "lib/limits.h"
#include "lib/parse.h"
#include "fc/wwn.h"

/* Reports an error at the position of this key of a section (NULL: of the section), and marks the section bad. */
static void _printf_(4, 5)
	section_spoil(struct section *section, const char *key, struct messages *messages,
		      const char *format, ...)
{
	struct position at = key ? config_key_position(section, key) : section->at;
	_cleanup_free_ char *text = NULL;
	va_list args;
	int r;

	va_start(args, format);
	r = vasprintf(&text, format, args);
	va_end(args);
	if (r < 0) {
		text = NULL;
		messages->out_of_memory = true;
	} else {
		messages_add_at(messages, MESSAGE_ERROR, at.file, at.line, at.column,
				"%s", text);
	}
	config_section_mark_bad(section, messages);
}

static void check_vport(struct section *section, struct messages *messages)
{
	const struct vhba_config *vhba = &section->vhba;

	if (!config_key_is_given(section, "wwpn") ||
	    !config_key_is_given(section, "wwnn"))
		section_spoil(section, NULL, messages, "vHBA '%s' needs %s%s%s",
			      section->name, vhba->wwpn ? "" : "a wwpn",
			      !vhba->wwpn && !vhba->wwnn ? " and " : "",
			      vhba->wwnn ? "" : "a wwnn");
	else if (vhba->wwpn == vhba->parent.wwpn)
		section_spoil(
			section, "wwpn", messages,
			"wwpn: the parent has this WWPN; give the vHBA one of its own");
}

static void check_hba(struct section *section, struct messages *messages)
{
	static const char *const keys_of_vports[] = { "on_stop", "on_busy",
						      "symbolic_name" };
	const struct parent_rule *parent = &section->vhba.parent;

	if (!section->vhba.wwpn && !parent->wwpn && !parent->wwnn &&
	    !parent->fabric_wwn && !parent->pci_address && parent->host < 0)
		section_spoil(
			section, NULL, messages,
			"vHBA '%s' names no port; type=hba needs wwpn or a parent key",
			section->name);
	for (size_t i = 0; i < ARRAY_SIZE(keys_of_vports); i++)
		if (config_key_is_given(section, keys_of_vports[i])) {
			struct position at =
				config_key_position(section, keys_of_vports[i]);

			messages_add_at(
				messages, MESSAGE_WARNING, at.file, at.line, at.column,
				"%s: cannot be combined with type=hba, ignoring it",
				keys_of_vports[i]);
		}
}

static void check_luns(struct section *section, struct messages *messages)
{
	const struct vhba_config *vhba = &section->vhba;
	uint64_t n = lun_set_size(&vhba->luns);

	if (n > 0 && vhba->min_luns > n)
		section_spoil(section, "min_luns", messages,
			      "min_luns: %u is more than the %u LUNs of luns",
			      vhba->min_luns, (unsigned)n);
}

static void check_times(struct section *section, struct messages *messages)
{
	const struct vhba_config *vhba = &section->vhba;
	char settle[TIME_SPAN_TEXT_SIZE], timeout[TIME_SPAN_TEXT_SIZE];

	/* settle is not used with luns or min_luns. */
	if (vhba->luns.n_ranges > 0 || vhba->min_luns > 0 ||
	    vhba->settle_usec < vhba->timeout_usec)
		return;
	section_spoil(
		section, config_key_is_given(section, "settle") ? "settle" : "timeout",
		messages,
		"settle (%s) is not less than timeout (%s): a start would always time out",
		format_time_span(vhba->settle_usec, settle),
		format_time_span(vhba->timeout_usec, timeout));
}

/* The limits of the kernel: fc_rport_set_dev_loss_tmo() and store_fc_rport_fast_io_fail_tmo() of
 * scsi_transport_fc.c. */
static void check_link_loss(struct section *section, struct messages *messages)
{
	const struct vhba_config *vhba = &section->vhba;

	if (vhba->dev_loss_tmo == TMO_UNSET)
		return;
	if (vhba->fast_io_fail_tmo >= vhba->dev_loss_tmo)
		section_spoil(section, "fast_io_fail_tmo", messages,
			      "fast_io_fail_tmo: %d is not less than dev_loss_tmo (%d)",
			      vhba->fast_io_fail_tmo, vhba->dev_loss_tmo);
	else if (vhba->fast_io_fail_tmo < 0 && vhba->dev_loss_tmo > (int)NPIV_TMO_MAX_SEC)
		section_spoil(
			section, "dev_loss_tmo", messages,
			"dev_loss_tmo: more than %u seconds need fast_io_fail_tmo, too",
			NPIV_TMO_MAX_SEC);
}

static void check_vhba(struct section *section, struct messages *messages)
{
	/* The meaning of a bad line is not known, so the absence of a key is not reported. */
	if (section->is_bad)
		return;

	if (section->vhba.type == VHBA_HBA)
		check_hba(section, messages);
	else
		check_vport(section, messages);
	check_luns(section, messages);
	check_times(section, messages);
	check_link_loss(section, messages);
}

/* --- sections against each other -------------------------------------------------------------- */

/* Whether the section is a vHBA of this host. */
static bool section_is_here(const struct config_build *build,
			    const struct section *section)
{
	return section->kind == SECTION_VHBA && config_section_counts(build, section);
}

/* Only one of the sections with the same name may count on this host. */
static void check_name(const struct config_build *build, struct section *section,
		       struct messages *messages)
{
	const struct section *here = section->first->here;

	if (!section_is_here(build, section))
		return;
	if (!here) {
		section->first->here = section;
		return;
	}
	section->is_duplicate = true;
	section_spoil(section, NULL, messages,
		      "vHBA '%s' is defined for this host already, at %s:%u",
		      section->name, here->at.file, here->at.line);
}

static int compare_wwpn(const void *a, const void *b)
{
	const struct section *x = a, *y = b;

	return (x->vhba.wwpn > y->vhba.wwpn) - (x->vhba.wwpn < y->vhba.wwpn);
}

/* Keeps the first section with each WWPN in the tree, and reports every other. A bad first section counts too:
 * which of two sections may have a WWPN must not depend on a typing error elsewhere. */
static int check_wwpn(struct section *section, void **by_wwpn, struct messages *messages)
{
	struct section **found;

	if (!section->vhba.wwpn || section->is_duplicate)
		return 0;
	found = tsearch(section, by_wwpn, compare_wwpn);
	if (!found)
		return -ENOMEM;
	if (*found != section) {
		struct position first = config_key_position(*found, "wwpn");
		char wwpn[WWN_TEXT_SIZE];

		section_spoil(section, "wwpn", messages,
			      "wwpn: %s is already used by vHBA '%s', at %s:%u",
			      wwn_format(section->vhba.wwpn, wwpn), (*found)->name,
			      first.file, first.line);
	}
	return 0;
}

/* Refuses a vHBA as a parent: a parent is a physical port. */
static void check_parent(struct section *section, void *const *by_wwpn,
			 struct messages *messages)
{
	struct section wanted = { .vhba.wwpn = section->vhba.parent.wwpn }, **found;
	char wwpn[WWN_TEXT_SIZE];

	if (!wanted.vhba.wwpn)
		return;
	found = tfind(&wanted, by_wwpn, compare_wwpn);
	if (found && *found != section && (*found)->vhba.type == VHBA_VPORT)
		section_spoil(
			section, "parent_wwpn", messages,
			"parent_wwpn: %s is the vHBA '%s' (%s:%u); a parent is a physical HBA",
			wwn_format(wanted.vhba.wwpn, wwpn), (*found)->name,
			(*found)->at.file, (*found)->at.line);
}

static void node_keep(void *node)
{
}

static int check_wwpns(struct config_build *build, struct messages *messages)
{
	void *by_wwpn = NULL;
	int r = 0;

	for (size_t i = 0; i < build->n_sections && r == 0; i++)
		if (section_is_here(build, build->sections[i]))
			r = check_wwpn(build->sections[i], &by_wwpn, messages);
	for (size_t i = 0; i < build->n_sections && r == 0; i++)
		if (section_is_here(build, build->sections[i]))
			check_parent(build->sections[i], &by_wwpn, messages);
	tdestroy(by_wwpn, node_keep);
	return r;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

static const char *pool_of(const struct section *vhba)
{
	return vhba->vhba.pool ? vhba->vhba.pool : vhba->name;
}

/* Warns of a [pool] without vHBAs: its name is most likely mistyped. */
static int check_pools_are_used(struct config_build *build, struct messages *messages)
{
	void *used = NULL;
	int r = 0;

	for (size_t i = 0; i < build->n_sections && r == 0; i++)
		if (build->sections[i]->kind == SECTION_VHBA &&
		    !tsearch(pool_of(build->sections[i]), &used, compare_names))
			r = -ENOMEM;
	for (size_t i = 0; i < build->n_sections && r == 0; i++) {
		const struct section *pool = build->sections[i];

		if (pool->kind == SECTION_POOL &&
		    !tfind(pool->name, &used, compare_names))
			messages_add_at(messages, MESSAGE_WARNING, pool->at.file,
					pool->at.line, pool->at.column,
					"no vHBA has the pool '%s'", pool->name);
	}
	tdestroy(used, node_keep);
	return r;
}

static int config_check(struct config_build *build, struct messages *messages)
{
	int r = 0;

	for (size_t i = 0; i < build->n_sections && r == 0; i++) {
		struct section *section = build->sections[i];

		if (section->kind == SECTION_POOL) {
			r = config_check_aliases(section, messages);
			continue;
		}
		check_name(build, section, messages);
		check_vhba(section, messages);
	}
	if (r == 0)
		r = check_wwpns(build, messages);
	if (r == 0)
		r = check_pools_are_used(build, messages);
	return r;
}

/* --- lists ------------------------------------------------------------------------------------ */

/* Moves the vHBA of the section into the list; the section is then empty. */
static int take_vhba(struct vhba_config **list, size_t *n, struct section *section)
{
	struct position wwpn = config_key_position(section, "wwpn");
	struct vhba_config *vhba = &section->vhba, *place;

	if (!vhba->pool)
		vhba->pool = strdup(section->name);
	vhba->file = strdup(section->at.file);
	vhba->wwpn_at = (struct config_place){
		.file = strdup(wwpn.file),
		.line = wwpn.line,
		.column = wwpn.column,
	};
	place = array_grow(list, *n, sizeof(*place));
	if (!vhba->pool || !vhba->file || !vhba->wwpn_at.file || !place)
		return -ENOMEM;
	vhba->line = section->at.line;
	vhba->name = TAKE_PTR(section->name);

	*place = *vhba;
	*vhba = (struct vhba_config){ 0 };
	(*n)++;
	return 0;
}

static int take_pool(struct config *config, struct section *section)
{
	struct pool_config *pool = &section->pool, *place;

	pool->file = strdup(section->at.file);
	place = array_grow(&config->pools, config->n_pools, sizeof(*place));
	if (!pool->file || !place)
		return -ENOMEM;
	pool->line = section->at.line;
	pool->name = TAKE_PTR(section->name);

	*place = *pool;
	*pool = (struct pool_config){ 0 };
	config->n_pools++;
	return 0;
}

static int take_bad_vhba(struct config *config, struct section *section)
{
	struct bad_vhba *place =
		array_grow(&config->bad_vhbas, config->n_bad_vhbas, sizeof(*place));

	if (!section->vhba.pool)
		section->vhba.pool = strdup(section->name);
	if (!place || !section->vhba.pool || !section->fault)
		return -ENOMEM;
	place->name = TAKE_PTR(section->name);
	place->pool = TAKE_PTR(section->vhba.pool);
	place->fault = TAKE_PTR(section->fault);
	config->n_bad_vhbas++;
	return 0;
}

static int take_section(struct config *config, struct section *section, bool is_here)
{
	if (section->is_duplicate)
		return 0;
	if (section->is_bad)
		return is_here ? take_bad_vhba(config, section) : 0;
	if (section->kind == SECTION_POOL)
		return take_pool(config, section);
	return is_here ? take_vhba(&config->vhbas, &config->n_vhbas, section) :
			 take_vhba(&config->elsewhere, &config->n_elsewhere, section);
}

int config_finish(struct config *config, struct messages *messages)
{
	struct config_build *build;
	int r;

	assert(config);
	assert(messages);

	build = config->build;
	if (!build)
		return 0;

	for (size_t i = 0; i < build->n_sections; i++)
		if (build->sections[i]->kind == SECTION_VHBA)
			config_key_inherit(build->sections[i], build->defaults);
	r = config_check(build, messages);
	if (r < 0)
		return r;

	/* The tree of names must not be used from here on: sections lose their names. */
	for (size_t i = 0; i < build->n_sections; i++) {
		r = take_section(config, build->sections[i],
				 section_is_here(build, build->sections[i]));
		if (r < 0)
			return r;
	}
	config->build = config_build_free(build);
	config_sort(config);
	return 0;
}

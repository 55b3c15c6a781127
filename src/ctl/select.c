// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which virtual HBAs a command line means. */
#include "config/name.h"
#include "diagnose/stage.h"
#include "lib/suggest.h"
#include "ctl/select.h"
#include "ctl/ctl.h"

static int selection_add(struct selection *selection, const char *name)
{
	char **place;

	for (size_t i = 0; i < selection->n; i++)
		if (streq(selection->names[i], name))
			return 0;
	place = array_grow(&selection->names, selection->n, sizeof(*place));
	if (!place)
		return -ENOMEM;
	*place = strdup(name);
	if (!*place)
		return -ENOMEM;
	selection->n++;
	return 0;
}

/* One whose section has errors counts only while it is up. */
static bool is_usable(const struct vhba_row *row)
{
	return row->name && (!row->fault || row->state);
}

static bool is_vhba(const struct vhba_table *vhbas, const char *name)
{
	for (size_t i = 0; i < vhbas->n; i++)
		if (is_usable(&vhbas->rows[i]) && streq(vhbas->rows[i].name, name))
			return true;
	return false;
}

/* Adds all of a pool. Returns how many, or -ENOMEM. */
static int add_pool(struct selection *selection, const struct vhba_table *vhbas,
		    const char *pool)
{
	int n = 0;

	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (!is_usable(row) || !streq(row->pool, pool))
			continue;
		if (selection_add(selection, row->name) < 0)
			return -ENOMEM;
		n++;
	}
	return n;
}

int ctl_fail_unknown(const struct host_model *model, const char *name)
{
	const struct vhba_config *elsewhere;
	const struct vhba_table *vhbas;
	struct suggestion suggestion = { .word = name };

	assert(model);
	assert(name);

	elsewhere = config_find_elsewhere(&model->config, name);
	if (elsewhere) {
		fprintf(stderr,
			"npivctl: %s is for other hosts only (%s:%u: host = %s)\n", name,
			elsewhere->file, elsewhere->line, elsewhere->hosts);
		return stage_info(STAGE_CONFIG)->exit_code;
	}
	vhbas = &model->vhbas;
	for (size_t i = 0; i < vhbas->n; i++)
		if (vhbas->rows[i].name) {
			suggest_from(&suggestion, vhbas->rows[i].name);
			suggest_from(&suggestion, vhbas->rows[i].pool);
		}
	fprintf(stderr, "npivctl: there is no virtual HBA and no pool '%s'", name);
	if (suggestion.best)
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	fputc('\n', stderr);
	return stage_info(STAGE_CONFIG)->exit_code;
}

static int selection_refuse(const struct host_model *model, const char *name)
{
	const char *fault = config_fault(&model->config, name);

	if (!fault)
		return ctl_fail_unknown(model, name);
	fprintf(stderr, "npivctl: %s: %s: %s\n", name, stage_info(STAGE_CONFIG)->summary,
		fault);
	return stage_info(STAGE_CONFIG)->exit_code;
}

int selection_make(const struct host_model *model, char *const arguments[], size_t n,
		   selection_knows knows, void *context, struct selection *ret_selection)
{
	_cleanup_(selection_done) struct selection selection = { 0 };
	int code = EXIT_SUCCESS, r = 0;

	assert(model);
	assert(arguments);
	assert(ret_selection);

	for (size_t i = 0; i < n && r >= 0; i++) {
		const char *name = arguments[i];

		if (is_vhba(&model->vhbas, name)) {
			r = selection_add(&selection, name);
			continue;
		}
		r = add_pool(&selection, &model->vhbas, name);
		if (r != 0)
			continue;
		if (knows && name_is_valid(name) && knows(name, context))
			r = selection_add(&selection, name);
		else
			code = selection_refuse(model, name);
	}
	if (r < 0)
		return ctl_fail("cannot find the virtual HBAs", r);

	*ret_selection = selection;
	selection = (struct selection){ 0 };
	return code;
}

int selection_all(const struct host_model *model, struct selection *ret_selection)
{
	_cleanup_(selection_done) struct selection selection = { 0 };
	const struct vhba_table *vhbas;

	assert(model);
	assert(ret_selection);

	vhbas = &model->vhbas;
	for (size_t i = 0; i < vhbas->n; i++)
		if (vhbas->rows[i].name &&
		    selection_add(&selection, vhbas->rows[i].name) < 0)
			return ctl_fail("cannot find the virtual HBAs", -ENOMEM);

	*ret_selection = selection;
	selection = (struct selection){ 0 };
	return EXIT_SUCCESS;
}

void selection_done(struct selection *selection)
{
	for (size_t i = 0; i < selection->n; i++)
		free(selection->names[i]);
	free(selection->names);
	*selection = (struct selection){ 0 };
}

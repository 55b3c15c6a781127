// SPDX-License-Identifier: LGPL-2.1-or-later
/* The finished configuration: made of the sections that were read, and looked up by name. */
#include "config/build.h"

void vhba_config_done(struct vhba_config *vhba)
{
	free(vhba->name);
	free(vhba->file);
	free(vhba->wwpn_at.file);
	free(vhba->pool);
	free(vhba->parent.pci_address);
	lun_set_done(&vhba->luns);
	free(vhba->symbolic_name);
	*vhba = (struct vhba_config){ 0 };
}

void pool_config_done(struct pool_config *pool)
{
	free(pool->name);
	free(pool->file);
	pool_aliases_free(pool->aliases, pool->n_aliases);
	free(pool->guest);
	free(pool->owner);
	free(pool->group);
	*pool = (struct pool_config){ 0 };
}

/* Moves what the section has into the list; the section is left empty. */
static int take_vhba(struct config *config, struct section *section)
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
	place = array_grow(&config->vhbas, config->n_vhbas, sizeof(*place));
	if (!vhba->pool || !vhba->file || !vhba->wwpn_at.file || !place)
		return -ENOMEM;
	vhba->line = section->at.line;
	vhba->name = TAKE_PTR(section->name);

	*place = *vhba;
	*vhba = (struct vhba_config){ 0 };
	config->n_vhbas++;
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

static int take_bad_name(struct config *config, struct section *section)
{
	char **place =
		array_grow(&config->bad_names, config->n_bad_names, sizeof(*place));

	if (!place)
		return -ENOMEM;
	*place = TAKE_PTR(section->name);
	config->n_bad_names++;
	return 0;
}

static int take_section(struct config *config, struct section *section)
{
	if (section->kind == SECTION_VHBA)
		return section->is_bad ? take_bad_name(config, section) :
					 take_vhba(config, section);
	return section->is_bad ? 0 : take_pool(config, section);
}

static int compare_vhbas(const void *a, const void *b)
{
	const struct vhba_config *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int compare_pools(const void *a, const void *b)
{
	const struct pool_config *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int compare_texts(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* qsort() and bsearch() want an address even of an empty list. */
static void sort(void *items, size_t n, size_t size,
		 int (*compare)(const void *, const void *))
{
	if (n > 0)
		qsort(items, n, size, compare);
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

	/* The tree of names is dead from here on: sections lose theirs. */
	for (size_t i = 0; i < build->n_sections; i++) {
		r = take_section(config, build->sections[i]);
		if (r < 0)
			return r;
	}
	config->build = config_build_free(build);
	sort(config->vhbas, config->n_vhbas, sizeof(*config->vhbas), compare_vhbas);
	sort(config->pools, config->n_pools, sizeof(*config->pools), compare_pools);
	sort(config->bad_names, config->n_bad_names, sizeof(*config->bad_names),
	     compare_texts);
	return 0;
}

static void *find(const void *wanted, const void *items, size_t n, size_t size,
		  int (*compare)(const void *, const void *))
{
	return n > 0 ? bsearch(wanted, items, n, size, compare) : NULL;
}

const struct vhba_config *config_find_vhba(const struct config *config, const char *name)
{
	struct vhba_config wanted = { 0 };

	assert(config);
	assert(name);

	memcpy(&wanted.name, &name, sizeof(name)); /* only looked at */
	return find(&wanted, config->vhbas, config->n_vhbas, sizeof(wanted),
		    compare_vhbas);
}

const struct pool_config *config_find_pool(const struct config *config, const char *name)
{
	struct pool_config wanted = { 0 };

	assert(config);
	assert(name);

	memcpy(&wanted.name, &name, sizeof(name)); /* only looked at */
	return find(&wanted, config->pools, config->n_pools, sizeof(wanted),
		    compare_pools);
}

bool config_is_bad_name(const struct config *config, const char *name)
{
	assert(config);
	assert(name);

	return find(&name, config->bad_names, config->n_bad_names, sizeof(name),
		    compare_texts);
}

void config_done(struct config *config)
{
	for (size_t i = 0; i < config->n_vhbas; i++)
		vhba_config_done(&config->vhbas[i]);
	free(config->vhbas);
	for (size_t i = 0; i < config->n_pools; i++)
		pool_config_done(&config->pools[i]);
	free(config->pools);
	for (size_t i = 0; i < config->n_bad_names; i++)
		free(config->bad_names[i]);
	free(config->bad_names);
	config_build_free(config->build);
	*config = (struct config){ 0 };
}

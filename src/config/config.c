// SPDX-License-Identifier: LGPL-2.1-or-later
/* The configuration: its sections while it is read, and its lists of vHBAs and pools when it is finished. */
#include <search.h>

#include "config/host-list.h"
#include "config/section.h"

struct pool_alias *pool_aliases_free(struct pool_alias *aliases, size_t n_aliases)
{
	for (size_t i = 0; i < n_aliases; i++) {
		free(aliases[i].name);
		free(aliases[i].wwid);
	}
	free(aliases);
	return NULL;
}

void vhba_config_done(struct vhba_config *vhba)
{
	free(vhba->name);
	free(vhba->file);
	free(vhba->wwpn_at.file);
	config_keys_free_texts(SECTION_VHBA, vhba);
	free(vhba->parent.pci_address);
	lun_set_done(&vhba->luns);
	*vhba = (struct vhba_config){ 0 };
}

void pool_config_done(struct pool_config *pool)
{
	free(pool->name);
	free(pool->file);
	pool_aliases_free(pool->aliases, pool->n_aliases);
	config_keys_free_texts(SECTION_POOL, pool);
	*pool = (struct pool_config){ 0 };
}

static void bad_vhba_done(struct bad_vhba *vhba)
{
	free(vhba->name);
	free(vhba->pool);
	free(vhba->fault);
}

/* --- sections -------------------------------------------------------------------------------- */

static int compare_sections(const void *a, const void *b)
{
	const struct section *x = a, *y = b;

	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return strcmp(x->name, y->name);
}

static struct section *section_free(struct section *section)
{
	if (!section)
		return NULL;

	if (section->kind == SECTION_POOL)
		pool_config_done(&section->pool);
	else
		vhba_config_done(&section->vhba);
	free(section->aliases);
	free(section->fault);
	free(section->name);
	free(section);
	return NULL;
}

static struct section *section_new(enum section_kind kind, const char *name)
{
	struct section *section = calloc(1, sizeof(*section));

	if (!section)
		return NULL;

	section->kind = kind;
	section->first = section->last = section;
	if (kind == SECTION_POOL)
		pool_config_init(&section->pool);
	else
		vhba_config_init(&section->vhba);
	section->name = strdup(name);
	return section->name ? section : section_free(section);
}

void config_section_mark_bad(struct section *section, const struct messages *messages)
{
	const struct message *last;

	section->is_bad = true;
	if (section->fault || messages->n_messages == 0)
		return;
	last = &messages->messages[messages->n_messages - 1];
	if (asprintf(&section->fault, "%s:%u: %s", last->file ? last->file : "?",
		     last->line, last->text) < 0)
		section->fault = NULL;
}

struct config_build *config_build_get(struct config *config)
{
	if (config->build)
		return config->build;

	config->build = calloc(1, sizeof(*config->build));
	if (!config->build)
		return NULL;
	config->build->host = config->host;
	config->build->defaults = section_new(SECTION_DEFAULTS, "");
	if (!config->build->defaults)
		config->build = config_build_free(config->build);
	return config->build;
}

static void section_keep(void *node)
{
}

struct config_build *config_build_free(struct config_build *build)
{
	if (!build)
		return NULL;

	tdestroy(build->by_name, section_keep); /* the array owns the sections */
	for (size_t i = 0; i < build->n_sections; i++)
		section_free(build->sections[i]);
	free(build->sections);
	section_free(build->defaults);
	for (size_t i = 0; i < build->n_files; i++)
		free(build->files[i]);
	free(build->files);
	free(build);
	return NULL;
}

const char *config_build_file(struct config_build *build, const char *path)
{
	char **file = array_grow(&build->files, build->n_files, sizeof(*file));

	if (!file)
		return NULL;
	*file = strdup(path);
	if (!*file)
		return NULL;
	build->n_files++;
	return *file;
}

struct section *config_build_section(struct config_build *build, enum section_kind kind,
				     const char *name)
{
	struct section **place, *section, **found;

	if (kind == SECTION_DEFAULTS)
		return build->defaults;

	place = array_grow(&build->sections, build->n_sections, sizeof(*place));
	section = section_new(kind, name);
	found = place && section ? tsearch(section, &build->by_name, compare_sections) :
				   NULL;
	if (!found) {
		section_free(section);
		return NULL;
	}
	if (*found != section) {
		section_free(section);
		return *found;
	}
	*place = section;
	build->n_sections++;
	return section;
}

struct section *config_build_another(struct config_build *build, struct section *first)
{
	struct section **place, *section;

	place = array_grow(&build->sections, build->n_sections, sizeof(*place));
	section = place ? section_new(first->kind, first->name) : NULL;
	if (!section)
		return NULL;
	*place = section;
	build->n_sections++;
	section->first = first;
	first->last->next = section;
	first->last = section;
	return section;
}

bool config_section_counts(const struct config_build *build,
			   const struct section *section)
{
	return host_list_counts(section->vhba.hosts, &build->host);
}

/* --- lists ----------------------------------------------------------------------------------- */

static int compare_vhbas(const void *a, const void *b)
{
	const struct vhba_config *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* Several vHBAs of other hosts can have the same name. */
static int compare_vhbas_elsewhere(const void *a, const void *b)
{
	const struct vhba_config *x = a, *y = b;

	return strcmp(x->name, y->name)		?:
		       strcmp(x->file, y->file) ?:
						  (x->line > y->line) - (x->line < y->line);
}

static int compare_pools(const void *a, const void *b)
{
	const struct pool_config *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int compare_bad_vhbas(const void *a, const void *b)
{
	const struct bad_vhba *x = a, *y = b;

	return strcmp(x->name, y->name);
}

/* qsort() and bsearch() need an address even for an empty list. */
static void list_sort(void *items, size_t n, size_t size,
		      int (*compare)(const void *, const void *))
{
	if (n > 0)
		qsort(items, n, size, compare);
}

void config_sort(struct config *config)
{
	list_sort(config->vhbas, config->n_vhbas, sizeof(*config->vhbas), compare_vhbas);
	list_sort(config->elsewhere, config->n_elsewhere, sizeof(*config->elsewhere),
		  compare_vhbas_elsewhere);
	list_sort(config->pools, config->n_pools, sizeof(*config->pools), compare_pools);
	list_sort(config->bad_vhbas, config->n_bad_vhbas, sizeof(*config->bad_vhbas),
		  compare_bad_vhbas);
}

static const void *list_find(const void *wanted, const void *items, size_t n, size_t size,
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
	return list_find(&wanted, config->vhbas, config->n_vhbas, sizeof(wanted),
			 compare_vhbas);
}

const struct vhba_config *config_find_elsewhere(const struct config *config,
						const char *name)
{
	struct vhba_config wanted = { 0 };

	assert(config);
	assert(name);

	memcpy(&wanted.name, &name, sizeof(name)); /* only looked at */
	return list_find(&wanted, config->elsewhere, config->n_elsewhere, sizeof(wanted),
			 compare_vhbas);
}

const struct pool_config *config_find_pool(const struct config *config, const char *name)
{
	struct pool_config wanted = { 0 };

	assert(config);
	assert(name);

	memcpy(&wanted.name, &name, sizeof(name)); /* only looked at */
	return list_find(&wanted, config->pools, config->n_pools, sizeof(wanted),
			 compare_pools);
}

const char *config_fault(const struct config *config, const char *name)
{
	struct bad_vhba wanted = { 0 };
	const struct bad_vhba *found;

	assert(config);
	assert(name);

	memcpy(&wanted.name, &name, sizeof(name)); /* only looked at */
	found = list_find(&wanted, config->bad_vhbas, config->n_bad_vhbas, sizeof(wanted),
			  compare_bad_vhbas);
	return found ? found->fault : NULL;
}

void config_done(struct config *config)
{
	for (size_t i = 0; i < config->n_vhbas; i++)
		vhba_config_done(&config->vhbas[i]);
	free(config->vhbas);
	for (size_t i = 0; i < config->n_elsewhere; i++)
		vhba_config_done(&config->elsewhere[i]);
	free(config->elsewhere);
	for (size_t i = 0; i < config->n_pools; i++)
		pool_config_done(&config->pools[i]);
	free(config->pools);
	for (size_t i = 0; i < config->n_bad_vhbas; i++)
		bad_vhba_done(&config->bad_vhbas[i]);
	free(config->bad_vhbas);
	config_build_free(config->build);
	*config = (struct config){ 0 };
}

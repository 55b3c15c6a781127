// SPDX-License-Identifier: LGPL-2.1-or-later
/* Owns the sections of a configuration that is being read, and finds them by name. */
#include <search.h>

#include "config/build.h"

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
	if (kind == SECTION_POOL)
		pool_config_init(&section->pool);
	else
		vhba_config_init(&section->vhba);
	section->name = strdup(name);
	return section->name ? section : section_free(section);
}

struct config_build *config_build_get(struct config *config)
{
	if (config->build)
		return config->build;

	config->build = calloc(1, sizeof(*config->build));
	if (!config->build)
		return NULL;
	config->build->defaults = section_new(SECTION_DEFAULTS, "");
	if (!config->build->defaults)
		config->build = config_build_free(config->build);
	return config->build;
}

static void keep(void *node)
{
}

struct config_build *config_build_free(struct config_build *build)
{
	if (!build)
		return NULL;

	tdestroy(build->by_name, keep); /* the array owns the sections */
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

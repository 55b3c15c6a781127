// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes a configuration as text, key by key. */
#include "config/keys.h"
#include "config/print.h"
#include "lib/limits.h"

/* Writes "FAMILYkey = value". A pair without blanks that filled the longest possible line of a file is written
 * without blanks too, so that it can be read again. */
static void pair_print(const char *family, const char *key, const char *value, FILE *out)
{
	size_t n = strlen(family) + strlen(key) + strlen(" = ") + strlen(value);

	fprintf(out, "%s%s%s%s\n", family, key, n > NPIV_CONFIG_LINE_MAX ? "=" : " = ",
		value);
}

static bool key_is_any_of(const char *text, const char *const *list)
{
	for (; list && *list; list++)
		if (streq(*list, text))
			return true;
	return false;
}

/* Whether a file does not need the key, because the value is the default. */
static bool key_is_implied(const struct config_key *key, const char *section,
			   const char *value)
{
	/* Without the key, the pool has the name of the vHBA. */
	if (streq(key->name, "pool") && streq(value, section))
		return true;
	return streq(value, key->otherwise);
}

/* Prints the keys of a section, which is that of the vHBA or pool with this name; except families. */
static int section_print_keys(enum section_kind kind, const char *name,
			      const void *config, const char *const *also, FILE *out)
{
	const struct config_key *key;

	for (size_t i = 0; (key = config_key_at(i)); i++) {
		_cleanup_free_ char *value = NULL;

		if (!config_key_is_in(key, kind) || config_key_is_family(key))
			continue;
		value = config_key_value(key, config_key_field(key, config));
		if (!value)
			return -ENOMEM;
		if (!key_is_implied(key, name, value) ||
		    (*value && key_is_any_of(key->name, also)))
			pair_print("", key->name, value, out);
	}
	return 0;
}

int config_print_vhba(const struct vhba_config *vhba, const char *const *also, FILE *out)
{
	assert(vhba);
	assert(out);

	fprintf(out, "[vhba %s]\n", vhba->name);
	return section_print_keys(SECTION_VHBA, vhba->name, vhba, also, out);
}

/* --- pools ----------------------------------------------------------------------------------- */

static void alias_print(const struct pool_alias *alias, FILE *out)
{
	if (alias->wwid) {
		pair_print("alias.", alias->wwid, alias->name, out);
		return;
	}
	fputs("alias.", out);
	lun_print(alias->lun, out);
	fprintf(out, " = %s\n", alias->name);
}

int config_print_pool(const struct pool_config *pool, const char *before, FILE *out)
{
	_cleanup_free_ char *keys = NULL;
	size_t size;
	FILE *text;
	int r;

	assert(pool);
	assert(out);

	text = open_memstream(&keys, &size);
	if (!text)
		return -ENOMEM;
	for (size_t i = 0; i < pool->n_aliases; i++)
		alias_print(&pool->aliases[i], text);
	r = section_print_keys(SECTION_POOL, pool->name, pool, NULL, text);
	if (fclose(text) != 0)
		r = -ENOMEM;
	if (r < 0 || size == 0)
		return r;
	fprintf(out, "%s[pool %s]\n%s", before, pool->name, keys);
	return 0;
}

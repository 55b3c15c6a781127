// SPDX-License-Identifier: LGPL-2.1-or-later
/* Writes a configuration as text, key by key. */
#include <inttypes.h>

#include "config/words.h"
#include "lib/limits.h"
#include "lib/parse.h"
#include "config/print.h"
#include "fc/wwn.h"

struct render_key {
	const char *name;
	void (*print)(const struct render_key *key, const void *field, FILE *out);
	size_t offset; /* of the field in struct vhba_config */
	const char *otherwise; /* the value where no file gives one (config-build.c) */
	const char *const *words; /* of an enum */
};

static void print_wwn(const struct render_key *key, const void *field, FILE *out)
{
	const uint64_t *wwn = field;
	char text[WWN_TEXT_SIZE];

	if (*wwn)
		fputs(wwn_format(*wwn, text), out);
}

static void print_text(const struct render_key *key, const void *field, FILE *out)
{
	const char *const *text = field;

	if (*text)
		fputs(*text, out);
}

static void print_word(const struct render_key *key, const void *field, FILE *out)
{
	int word;

	memcpy(&word, field, sizeof(word)); /* an enum: see word_parse() */
	fputs(key->words[word], out);
}

static void print_yes_no(const struct render_key *key, const void *field, FILE *out)
{
	const bool *yes = field;

	fputs(*yes ? "yes" : "no", out);
}

static void print_parent(const struct render_key *key, const void *field, FILE *out)
{
	const struct parent_rule *parent = field;

	if (parent->pci_address)
		fputs(parent->pci_address, out);
	else if (parent->host >= 0)
		fprintf(out, "host%d", parent->host);
}

static void print_luns(const struct render_key *key, const void *field, FILE *out)
{
	lun_set_print(field, out);
}

static void print_count(const struct render_key *key, const void *field, FILE *out)
{
	const unsigned *n = field;

	if (*n > 0)
		fprintf(out, "%u", *n);
}

static void print_span(const struct render_key *key, const void *field, FILE *out)
{
	const uint64_t *usec = field;
	char text[TIME_SPAN_TEXT_SIZE];

	fputs(format_time_span(*usec, text), out);
}

static void print_tmo(const struct render_key *key, const void *field, FILE *out)
{
	const int *seconds = field;

	if (*seconds == TMO_OFF)
		fputs("off", out);
	else if (*seconds == TMO_INFINITY)
		fputs("infinity", out);
	else if (*seconds != TMO_UNSET)
		fprintf(out, "%d", *seconds);
}

#define KEY(_name, _print, _member, _otherwise, ...)             \
	{                                                        \
		.name = _name, .print = print_##_print,          \
		.offset = offsetof(struct vhba_config, _member), \
		.otherwise = _otherwise, __VA_ARGS__             \
	}

static const struct render_key keys[] = {
	KEY("type", word, type, "vport", .words = vhba_type_words),
	KEY("wwpn", wwn, wwpn, ""),
	KEY("wwnn", wwn, wwnn, ""),
	KEY("pool", text, pool, ""),
	KEY("parent_wwpn", wwn, parent.wwpn, ""),
	KEY("parent_wwnn", wwn, parent.wwnn, ""),
	KEY("parent_fabric_wwn", wwn, parent.fabric_wwn, ""),
	KEY("parent", parent, parent, ""),
	KEY("autostart", yes_no, autostart, "yes"),
	KEY("luns", luns, luns, ""),
	KEY("min_luns", count, min_luns, ""),
	KEY("timeout", span, timeout_usec, "1min"),
	KEY("settle", span, settle_usec, "2s"),
	KEY("on_stop", word, on_stop, "delete", .words = on_stop_words),
	KEY("on_busy", word, on_busy, "refuse", .words = on_busy_words),
	KEY("symbolic_name", text, symbolic_name, ""),
	KEY("dev_loss_tmo", tmo, dev_loss_tmo, ""),
	KEY("fast_io_fail_tmo", tmo, fast_io_fail_tmo, ""),
};

const char *render_config_key(size_t i)
{
	return i < ARRAY_SIZE(keys) ? keys[i].name : NULL;
}

static char *value_of(const struct render_key *key, const struct vhba_config *vhba)
{
	char *text = NULL;
	size_t size;
	FILE *out;

	out = open_memstream(&text, &size);
	if (!out)
		return NULL;
	key->print(key, (const char *)vhba + key->offset, out);
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}

char *render_config_value(const struct vhba_config *vhba, const char *name)
{
	assert(vhba);
	assert(name);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (streq(keys[i].name, name))
			return value_of(&keys[i], vhba);
	assert(false);
	return NULL;
}

/* "FAMILYkey = value". What a file had without blanks, in as long a line as can be read, is read again
 * only without them. */
static void print_pair(const char *family, const char *key, const char *value, FILE *out)
{
	size_t n = strlen(family) + strlen(key) + strlen(" = ") + strlen(value);

	fprintf(out, "%s%s%s%s\n", family, key, n > NPIV_CONFIG_LINE_MAX ? "=" : " = ",
		value);
}

static bool is_any_of(const char *text, const char *const *list)
{
	for (; list && *list; list++)
		if (streq(*list, text))
			return true;
	return false;
}

/* Whether a file need not have the key: it is as it would be without it. */
static bool is_implied(const struct render_key *key, const struct vhba_config *vhba,
		       const char *value)
{
	/* Without a pool of its own a vHBA is one. */
	if (streq(key->name, "pool") && streq(value, vhba->name))
		return true;
	return streq(value, key->otherwise);
}

int render_config_vhba(const struct vhba_config *vhba, const char *const *also, FILE *out)
{
	assert(vhba);
	assert(out);

	fprintf(out, "[vhba %s]\n", vhba->name);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		_cleanup_free_ char *value = value_of(&keys[i], vhba);

		if (!value)
			return -ENOMEM;
		if (!is_implied(&keys[i], vhba, value) ||
		    (*value && is_any_of(keys[i].name, also)))
			print_pair("", keys[i].name, value, out);
	}
	return 0;
}

/* --- pools ----------------------------------------------------------------------------------- */

bool render_config_pool_is_empty(const struct pool_config *pool)
{
	assert(pool);

	return pool->n_aliases == 0 && !pool->owner && !pool->group && pool->mode < 0 &&
	       pool->multipath == MULTIPATH_AUTO && !pool->guest &&
	       pool->host_use == HOST_USE_UNSET;
}

static void print_alias(const struct pool_alias *alias, FILE *out)
{
	if (alias->wwid) {
		print_pair("alias.", alias->wwid, alias->name, out);
		return;
	}
	fputs("alias.", out);
	lun_print(alias->lun, out);
	fprintf(out, " = %s\n", alias->name);
}

void render_config_pool(const struct pool_config *pool, FILE *out)
{
	assert(pool);
	assert(out);

	if (render_config_pool_is_empty(pool))
		return;
	fprintf(out, "[pool %s]\n", pool->name);
	for (size_t i = 0; i < pool->n_aliases; i++)
		print_alias(&pool->aliases[i], out);
	if (pool->owner)
		fprintf(out, "owner = %s\n", pool->owner);
	if (pool->group)
		fprintf(out, "group = %s\n", pool->group);
	if (pool->mode >= 0)
		fprintf(out, "mode = %04o\n", (unsigned)pool->mode);
	if (pool->multipath != MULTIPATH_AUTO)
		fprintf(out, "multipath = %s\n", multipath_words[pool->multipath]);
	if (pool->guest)
		fprintf(out, "guest = %s\n", pool->guest);
	if (pool->host_use != HOST_USE_UNSET)
		fprintf(out, "host_use = %s\n", host_use_words[pool->host_use]);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The one table of keys: where each may stand, how its value is read, and where it is kept. */
#include <limits.h>

#include "config/values.h"
#include "config/words.h"
#include "lib/suggest.h"

struct config_key {
	const char *name; /* a family ends in '.': what follows is its own */
	unsigned sections; /* bits of section_kind */
	config_value_read_t read;
	size_t offset, size; /* of the field in vhba_config or pool_config */
	const char *const *words;
	bool is_place; /* it decides where a vHBA goes: to ignore it would be another place */
};

#define IN(kind) (1U << SECTION_##kind)
#define KEY(_name, _sections, _read, _type, _member, ...)                          \
	{                                                                          \
		.name = _name, .sections = _sections, .read = config_read_##_read, \
		.offset = offsetof(struct _type, _member),                         \
		.size = sizeof(((struct _type *)NULL)->_member), __VA_ARGS__       \
	}
#define VHBA_KEY(name, read, member, ...) \
	KEY(name, IN(VHBA), read, vhba_config, member, __VA_ARGS__)
#define COMMON_KEY(name, read, member, ...) \
	KEY(name, IN(VHBA) | IN(DEFAULTS), read, vhba_config, member, __VA_ARGS__)
#define POOL_KEY(name, read, member, ...) \
	KEY(name, IN(POOL), read, pool_config, member, __VA_ARGS__)

static const struct config_key keys[] = {
	VHBA_KEY("wwpn", port_name, wwpn),
	VHBA_KEY("wwnn", port_name, wwnn),
	VHBA_KEY("type", word, type, .words = vhba_type_words),
	VHBA_KEY("pool", pool_name, pool),
	VHBA_KEY("parent_wwpn", wwn, parent.wwpn, .is_place = true),
	VHBA_KEY("parent_wwnn", wwn, parent.wwnn, .is_place = true),
	VHBA_KEY("parent_fabric_wwn", wwn, parent.fabric_wwn, .is_place = true),
	VHBA_KEY("parent", parent, parent, .is_place = true),
	COMMON_KEY("autostart", yes_no, autostart),
	VHBA_KEY("luns", luns, luns),
	VHBA_KEY("min_luns", min_luns, min_luns),
	COMMON_KEY("timeout", timeout, timeout_usec),
	COMMON_KEY("settle", settle, settle_usec),
	COMMON_KEY("on_stop", word, on_stop, .words = on_stop_words),
	COMMON_KEY("on_busy", word, on_busy, .words = on_busy_words),
	VHBA_KEY("symbolic_name", symbolic_name, symbolic_name),
	VHBA_KEY("dev_loss_tmo", dev_loss, dev_loss_tmo),
	VHBA_KEY("fast_io_fail_tmo", fast_io_fail, fast_io_fail_tmo),
	POOL_KEY("alias.", alias, aliases),
	POOL_KEY("owner", owner, owner),
	POOL_KEY("group", owner, group),
	POOL_KEY("mode", mode, mode),
	POOL_KEY("multipath", word, multipath, .words = multipath_words),
	POOL_KEY("guest", guest, guest),
	POOL_KEY("host_use", host_use, host_use),
};

_Static_assert(ARRAY_SIZE(keys) <= CONFIG_KEYS_MAX,
	       "struct section has a place for each key");

static bool is_family(const struct config_key *key)
{
	return key->name[strlen(key->name) - 1] == '.';
}

/* The key of this name, or NULL. */
static const struct config_key *find_key(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (is_family(&keys[i]) ? startswith(name, keys[i].name) != NULL :
					  streq(name, keys[i].name))
			return &keys[i];
	return NULL;
}

const struct config_key *config_key_at(size_t i)
{
	return i < ARRAY_SIZE(keys) ? &keys[i] : NULL;
}

const char *config_key_name(const struct config_key *key)
{
	return key->name;
}

bool config_key_is_in(const struct config_key *key, enum section_kind kind)
{
	return key->sections & 1U << kind;
}

/* Whether somebody meant to say where a vHBA goes by a key that there is not. */
static bool means_place(const struct section *section, const char *name,
			const char *suggestion)
{
	const struct config_key *key = suggestion ? find_key(suggestion) : NULL;

	if (section->kind != SECTION_VHBA)
		return false;
	return (key && key->is_place) || strcasestr(name, "parent") ||
	       strcasestr(name, "fabric");
}

/* Says of a key that is none here where it would be one. */
static void tell_unknown(struct config_reader *reader, const char *name,
			 const struct config_key *key)
{
	struct suggestion suggestion = { .word = name };
	static const char *const section_forms[_SECTION_KIND_MAX] = {
		[SECTION_DEFAULTS] = "[defaults]",
		[SECTION_VHBA] = "[vhba NAME]",
		[SECTION_POOL] = "[pool NAME]",
	};

	for (int kind = _SECTION_KIND_MAX - 1; key && kind >= 0; kind--)
		if (config_key_is_in(key, kind)) {
			config_warning(reader, "'%s' is a key of %s, ignoring it", name,
				       section_forms[kind]);
			return;
		}
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (config_key_is_in(&keys[i], reader->section->kind))
			suggest_from(&suggestion, keys[i].name);
	if (means_place(reader->section, name, suggestion.best))
		config_error(
			reader,
			"unknown key '%s'%s%s%s: without it the vHBA could be on another "
			"HBA; parent_wwpn, parent_wwnn, parent_fabric_wwn and parent say "
			"where it goes",
			name, suggestion.best ? ", did you mean '" : "",
			suggestion.best ? suggestion.best : "",
			suggestion.best ? "'?" : "");
	else if (suggestion.best)
		config_warning(reader,
			       "unknown key '%s', ignoring it; did you mean '%s'?", name,
			       suggestion.best);
	else
		config_warning(reader, "unknown key '%s', ignoring it", name);
}

static void *field_of(struct section *section, const struct config_key *key)
{
	char *base = section->kind == SECTION_POOL ? (char *)&section->pool :
						     (char *)&section->vhba;

	return base + key->offset;
}

void config_key_assign(struct config_reader *reader, const char *name, const char *text)
{
	const struct config_key *key = find_key(name);
	struct section *section = reader->section;
	struct position *position;

	if (!key || !config_key_is_in(key, section->kind)) {
		tell_unknown(reader, name, key);
		return;
	}
	position = &section->keys[key - keys];
	/* Which of the two was meant? For a WWPN a guess could reach another's LUNs. */
	if (!is_family(key) && position->file == reader->at.file) {
		config_error(reader, "%s: given in line %u already", name,
			     position->line);
		return;
	}
	reader->at.column = reader->value_column;
	*position = reader->at;
	if (!*text) {
		config_error(reader, "%s: there is no value after '='", name);
		return;
	}
	key->read(&(struct config_value){
		.reader = reader,
		.key = name,
		.text = text,
		.field = field_of(section, key),
		.words = key->words,
	});
}

static size_t index_of(const char *name)
{
	const struct config_key *key = find_key(name);

	assert(key);
	return (size_t)(key - keys);
}

bool config_key_is_given(const struct section *section, const char *name)
{
	return section->keys[index_of(name)].file;
}

struct position config_key_position(const struct section *section, const char *name)
{
	return config_key_is_given(section, name) ? section->keys[index_of(name)] :
						    section->at;
}

void config_key_inherit(struct section *vhba, const struct section *defaults)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		const struct config_key *key = &keys[i];

		if (!config_key_is_in(key, SECTION_DEFAULTS) || vhba->keys[i].file ||
		    !defaults->keys[i].file)
			continue;
		/* Plain numbers all: nothing that two could free. */
		memcpy((char *)&vhba->vhba + key->offset,
		       (const char *)&defaults->vhba + key->offset, key->size);
	}
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The one table of the keys of the configuration. All that reads, prints, compares, remembers or documents keys
 * goes by it: a key is added by a row here and a field of struct vhba_config or pool_config. */
#pragma once

#include "config/values.h"

enum section_kind {
	SECTION_DEFAULTS,
	SECTION_VHBA,
	SECTION_POOL,
	_SECTION_KIND_MAX,
};

/* What has to be done about a key that has changed while its vHBA is up. */
enum key_effect {
	KEY_EFFECT_NONE, /* nothing: it is about starts alone */
	KEY_EFFECT_NEXT_START, /* nothing, but it shows from the next start on */
	KEY_EFFECT_RELOAD,
	KEY_EFFECT_RESTART,
	KEY_EFFECT_MOVE, /* a restart where the port is not where the key wants it */
};

struct config_key {
	const char *name; /* a family ("alias.") ends in a dot: what follows is its own */
	unsigned sections; /* bits of section_kind */
	config_value_read_t read; /* NULL of a family, as print is */
	config_value_print_t print;
	size_t offset, size; /* of the field in vhba_config or pool_config */
	const char *const *words; /* of an enum */
	const char *otherwise; /* the value without the key, as it is printed; "": none */
	enum key_effect effect;
	const char *
		metavar; /* what help calls the value; "yes|no": all words that it can be */
	const char *help; /* a line of help, or more */
};

/* At least as many as there are rows; keys.c checks it. */
#define CONFIG_KEYS_MAX 32

/* The keys in the order in which files have them. NULL after the last. */
const struct config_key *config_key_at(size_t i);
size_t config_key_index(const struct config_key *key);

/* The key of this name, or the family that it is of; NULL if there is none. */
const struct config_key *config_key_find(const char *name);

bool config_key_is_in(const struct config_key *key, enum section_kind kind);
bool config_key_is_family(const struct config_key *key);

/* The field of a key in the struct vhba_config or pool_config that it is of. */
const void *config_key_field(const struct config_key *key, const void *config);

/* The value in such a field, of a key that is no family, as a file has it; "" if it is not given. The caller
 * frees it; NULL without memory. */
char *config_key_value(const struct config_key *key, const void *field);

/* The configuration of a section without keys. */
void vhba_config_init(struct vhba_config *vhba);
void pool_config_init(struct pool_config *pool);

/* Frees the texts that keys of a section of this kind have in its struct. */
void config_keys_free_texts(enum section_kind kind, void *config);

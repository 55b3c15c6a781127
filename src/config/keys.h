/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of the keys of the configuration. All code that reads, prints, compares, stores or documents keys uses
 * this table: to add a key, add a row, and a field of struct vhba_config or pool_config. */
#pragma once

#include "config/values.h"

enum section_kind {
	SECTION_DEFAULTS,
	SECTION_VHBA,
	SECTION_POOL,
	_SECTION_KIND_MAX,
};

/* What a changed key needs to take effect while its vHBA is up. */
enum key_effect {
	KEY_EFFECT_NONE, /* nothing: the key matters only for a start */
	KEY_EFFECT_NEXT_START, /* nothing, but the change takes effect at the next start */
	KEY_EFFECT_RELOAD,
	KEY_EFFECT_RESTART,
	KEY_EFFECT_MOVE, /* restart if the port is not where the key wants it */
};

struct config_key {
	const char *name; /* the name of a family ("alias.") ends in a dot */
	unsigned sections; /* bits of section_kind */
	config_value_read_t read; /* NULL for a family, like print */
	config_value_print_t print;
	size_t offset, size; /* of the field in vhba_config or pool_config */
	const char *const *words; /* for an enum */
	const char *otherwise; /* the printed value if the key is not given; "" for none */
	enum key_effect effect;
	const char *
		metavar; /* placeholder of the value in help; "yes|no" lists all values */
	const char *help; /* one or more lines of help */
};

/* At least the number of rows; keys.c checks it. */
#define CONFIG_KEYS_MAX 32

/* Return the keys in the order of files, and NULL after the last; and the index of a key. */
const struct config_key *config_key_at(size_t i);
size_t config_key_index(const struct config_key *key);

/* Returns the key of this name, or its family; NULL if there is none. */
const struct config_key *config_key_find(const char *name);

bool config_key_is_in(const struct config_key *key, enum section_kind kind);
bool config_key_is_family(const struct config_key *key);

/* Returns the field of a key in its struct vhba_config or pool_config. */
const void *config_key_field(const struct config_key *key, const void *config);

/* Returns the value of a field as in a file; "" if it is not given. The key must not be a family. The caller frees
 * the value; NULL if out of memory. */
char *config_key_value(const struct config_key *key, const void *field);

/* Fill in the configuration of a section without keys. */
void vhba_config_init(struct vhba_config *vhba);
void pool_config_init(struct pool_config *pool);

/* Frees the texts in the struct of a section of this kind. */
void config_keys_free_texts(enum section_kind kind, void *config);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration while it is read: sections with the places of their keys. For the folder config alone. */
#pragma once

#include "config/keys.h"

/* file is one of config_build.files, so that two are of one file when the pointers are equal. */
struct position {
	const char *file; /* NULL: nowhere */
	unsigned line;
	unsigned column; /* from 1; 0: of the whole line */
};

/* A [section]: what was read of it so far, from its file and the drop-ins of that file. */
struct section {
	enum section_kind kind;
	char *name;
	struct position at; /* where it was defined */
	struct position opened; /* where it was opened last: by its file or by a drop-in */
	const char *group; /* the file whose drop-ins may change it */
	struct position keys[CONFIG_KEYS_MAX]; /* where each key was given last */
	struct position *aliases; /* beside pool.aliases: where each was given last */
	bool is_bad;
	char *fault; /* the first error of a bad section; NULL without memory */
	bool is_duplicate; /* of another section that counts on this host */
	/* One vHBA can have a section for each host: in reading order from the first on. The last three are set in
	 * the first alone. */
	struct section *first, *next, *last;
	struct section *here; /* the one that counts on this host, once they are checked */
	struct section *changed; /* the one that the drop-ins of its file change */
	union {
		struct vhba_config vhba; /* of [defaults] too */
		struct pool_config pool;
	};
};

struct config_build {
	struct host_identity host;
	struct section **sections; /* in reading order; [defaults] is not among them */
	size_t n_sections;
	void *by_name; /* the first of each kind and name as a search tree (tsearch(3)) */
	struct section *defaults;
	char **files;
	size_t n_files;
	const char *group; /* the last file that was no drop-in */
};

/* The build of this configuration, made when it is wanted first. NULL without memory. */
struct config_build *config_build_get(struct config *config);
struct config_build *config_build_free(struct config_build *build);

/* Keeps a copy of a file's name as long as the build lives. NULL without memory. */
const char *config_build_file(struct config_build *build, const char *path);

/* The section of this kind and name, new if there was none (then at.file is NULL). NULL without
 * memory. */
struct section *config_build_section(struct config_build *build, enum section_kind kind,
				     const char *name);

/* Appends one more section of this name. NULL without memory. */
struct section *config_build_another(struct config_build *build, struct section *first);

/* Whether this section of a vHBA counts on this host: one whose host key is wrong does. */
bool config_section_counts(const struct config_build *build,
			   const struct section *section);

/* The reader of one file, at its current line. */
struct config_reader {
	struct config_build *build;
	struct messages *messages;
	struct position at;
	unsigned value_column; /* of the value in this line */
	struct section *section; /* whose keys follow; NULL: they are skipped */
	bool names_hosts; /* the section that begins here has a host key */
	unsigned n_messages[MESSAGE_WARNING + 1]; /* about this file, of each severity */
	int r; /* -ENOMEM ends the reading */
};

/* Adds a message about the current line of the reader. An error costs the section, except in
 * [defaults]: there it costs the line alone, lest on_stop=keep for all fall to a typo beside it. */
void config_error(struct config_reader *reader, const char *format, ...) _printf_(2, 3);
void config_warning(struct config_reader *reader, const char *format, ...) _printf_(2, 3);

/* Marks a section as bad, because of the error that was added to messages last. */
void config_section_mark_bad(struct section *section, const struct messages *messages);

/* What separates words of a line, and what begins a comment. */
#define CONFIG_BLANKS	     " \t"
#define CONFIG_COMMENT_MARKS ";#"

/* A "[kind name]" line, which it takes apart where it lies: makes its section the reader's, or NULL
 * where it names none that may be opened. */
void config_section_read(struct config_reader *reader, char *line);

/* One "key = value" of the reader's section. */
void config_key_assign(struct config_reader *reader, const char *key, const char *value);

/* The place at which a key was given, or that of the section if it was not given. */
struct position config_key_position(const struct section *section, const char *key);
bool config_key_is_given(const struct section *section, const char *key);

/* Gives the vHBA each key that [defaults] has and it has not. */
void config_key_inherit(struct section *vhba, const struct section *defaults);

/* Stores the alias of an "alias.…" key, which is at this place, in its pool. -EINVAL: note has the
 * reason. -ENOMEM. */
int config_alias_assign(struct section *pool, const char *key, const char *name,
			const struct position *at,
			char note[static VALUE_NOTE_SIZE]) _must_check_;

/* Reports aliases of a pool that have the same name, and marks the pool bad. -ENOMEM. */
int config_check_aliases(struct section *pool, struct messages *messages) _must_check_;

/* Brings the lists of a finished configuration in the order of names. */
void config_sort(struct config *config);

/* What these own; both leave them empty. */
void vhba_config_done(struct vhba_config *vhba);
void pool_config_done(struct pool_config *pool);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration while it is read: sections with the positions of their keys. Only for the folder config. */
#pragma once

#include "config/keys.h"

/* file is one of config_build.files, so two positions are in the same file if the pointers are equal. */
struct position {
	const char *file; /* NULL: no position */
	unsigned line;
	unsigned column; /* from 1; 0 for the whole line */
};

/* A [section], as read so far from its file and the drop-ins of that file. */
struct section {
	enum section_kind kind;
	char *name;
	struct position at; /* where it was defined */
	struct position opened; /* where it was last opened: in its file or in a drop-in */
	const char *group; /* the file whose drop-ins may change it */
	struct position keys[CONFIG_KEYS_MAX]; /* where each key was last given */
	struct position *aliases; /* where each of pool.aliases was last given */
	bool is_bad;
	char *fault; /* the first error of a bad section; NULL if out of memory */
	bool is_duplicate; /* duplicate of another section that counts on this host */
	/* One vHBA can have a section for each host: a list in reading order. The last three pointers are set only
	 * in the first section. */
	struct section *first, *next, *last;
	struct section *here; /* the section that counts on this host, after the check */
	struct section *changed; /* the section that drop-ins of its file change */
	union {
		struct vhba_config vhba; /* also for [defaults] */
		struct pool_config pool;
	};
};

struct config_build {
	struct host_identity host;
	struct section **sections; /* in reading order, without [defaults] */
	size_t n_sections;
	void *by_name; /* the first section of each kind and name, as a search tree (tsearch(3)) */
	struct section *defaults;
	char **files;
	size_t n_files;
	const char *group; /* the last file that was not a drop-in */
};

/* Returns the build of this configuration, which is made at the first call; NULL if out of memory. */
struct config_build *config_build_get(struct config *config);
struct config_build *config_build_free(struct config_build *build);

/* Keeps a copy of a file's name as long as the build exists. Returns NULL if out of memory. */
const char *config_build_file(struct config_build *build, const char *path);

/* Returns the section of this kind and name, a new one if there was none (then at.file is NULL); NULL if out of
 * memory. */
struct section *config_build_section(struct config_build *build, enum section_kind kind,
				     const char *name);

/* Appends one more section of this name. Returns NULL if out of memory. */
struct section *config_build_another(struct config_build *build, struct section *first);

/* Whether this section of a vHBA counts on this host; a section with a malformed host key does. */
bool config_section_counts(const struct config_build *build,
			   const struct section *section);

/* The state of reading one file, at the current line. */
struct config_reader {
	struct config_build *build;
	struct messages *messages;
	struct position at;
	unsigned value_column; /* column of the value in this line */
	struct section *section; /* the section of the keys that follow; NULL: skip them */
	bool names_hosts; /* the section that begins at this line has a host key */
	unsigned n_messages[MESSAGE_WARNING + 1]; /* about this file, for each severity */
	int r; /* -ENOMEM stops reading */
};

/* Add a message about the current line of the reader. An error disables the section; but in [defaults] only the
 * line, so that an error in another line does not remove on_stop=keep from all vHBAs. */
void config_error(struct config_reader *reader, const char *format, ...) _printf_(2, 3);
void config_warning(struct config_reader *reader, const char *format, ...) _printf_(2, 3);

/* Marks a section as bad because of the last error in messages. */
void config_section_mark_bad(struct section *section, const struct messages *messages);

/* Characters that separate the words of a line, and that begin a comment. */
#define CONFIG_BLANKS	     " \t"
#define CONFIG_COMMENT_MARKS ";#"

/* Reads a "[kind name]" line, which it modifies: sets the reader's section, or NULL if the header names no section
 * that may be opened. */
void config_section_read(struct config_reader *reader, char *line);

/* Reads one "key = value" of the reader's section. */
void config_key_assign(struct config_reader *reader, const char *key, const char *value);

/* Returns the position of a key, or that of the section if the key was not given. */
struct position config_key_position(const struct section *section, const char *key);
bool config_key_is_given(const struct section *section, const char *key);

/* Copies to the vHBA each key that [defaults] has and the vHBA lacks. */
void config_key_inherit(struct section *vhba, const struct section *defaults);

/* Stores the alias of an "alias.…" key, which is at this position, in its pool. Returns 0, -EINVAL with the reason
 * in note, or -ENOMEM. */
int config_alias_assign(struct section *pool, const char *key, const char *name,
			const struct position *at,
			char note[static VALUE_NOTE_SIZE]) _must_check_;

/* Reports aliases of a pool that have the same name, and marks the pool bad. Returns 0 or -ENOMEM. */
int config_check_aliases(struct section *pool, struct messages *messages) _must_check_;

/* Sorts the lists of a finished configuration by name. */
void config_sort(struct config *config);

/* Free the contents of a vHBA or a pool, and leave it empty. */
void vhba_config_done(struct vhba_config *vhba);
void pool_config_done(struct pool_config *pool);

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads "[kind name]" lines, opens the section of the keys that follow, and assigns the keys; an error disables
 * only its section. */
#include <stdarg.h>

#include "config/section.h"
#include "config/name.h"
#include "lib/suggest.h"

/* A file that is not a configuration must not fill the log. */
#define FILE_MESSAGES_MAX 50

/* --- messages -------------------------------------------------------------------------------- */

_printf_(3, 0) static void reader_add_message(struct config_reader *reader,
					      enum message_severity severity,
					      const char *format, va_list args)
{
	/* Count errors and warnings separately, so that many warnings do not hide the one error. */
	unsigned *n = &reader->n_messages[severity];
	_cleanup_free_ char *text = NULL;

	if (*n > FILE_MESSAGES_MAX)
		return;
	if ((*n)++ == FILE_MESSAGES_MAX) {
		messages_add_at(reader->messages, severity, reader->at.file,
				reader->at.line, 0, "this file has more than these %d %s",
				FILE_MESSAGES_MAX,
				severity == MESSAGE_ERROR ? "errors" : "warnings");
		return;
	}

	if (vasprintf(&text, format, args) < 0) {
		text = NULL;
		reader->r = -ENOMEM;
		return;
	}
	messages_add_at(reader->messages, severity, reader->at.file, reader->at.line,
			reader->at.column, "%s", text);
}

void config_error(struct config_reader *reader, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	reader_add_message(reader, MESSAGE_ERROR, format, args);
	va_end(args);
	if (reader->section && reader->section->kind != SECTION_DEFAULTS)
		config_section_mark_bad(reader->section, reader->messages);
}

void config_warning(struct config_reader *reader, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	reader_add_message(reader, MESSAGE_WARNING, format, args);
	va_end(args);
}

/* --- headers --------------------------------------------------------------------------------- */

/* Removes white space from both ends. */
static char *header_trim(char *text)
{
	size_t n;

	text += strspn(text, CONFIG_BLANKS);
	n = strlen(text);
	while (n > 0 && strchr(CONFIG_BLANKS, text[n - 1]))
		n--;
	text[n] = '\0';
	return text;
}

/* Whether the section may be opened at the reader's position; reports why not. */
static bool section_may_open(struct config_reader *reader, const struct section *section)
{
	if (section->opened.file == reader->at.file) {
		config_error(reader, "this section is in this file already, in line %u",
			     section->opened.line);
		return false;
	}
	if (section->kind != SECTION_DEFAULTS && section->group != reader->build->group) {
		config_error(reader, "%s '%s' is defined already, at %s:%u",
			     section->kind == SECTION_POOL ? "pool" : "vHBA",
			     section->name, section->at.file, section->at.line);
		return false;
	}
	return true;
}

/* Whether the header begins one more section of this vHBA, for other hosts: each of them must have the key host. */
static bool section_is_another(const struct config_reader *reader,
			       const struct section *first)
{
	return first->kind == SECTION_VHBA && first->vhba.hosts && reader->names_hosts;
}

/* Returns the section that a drop-in changes, which is always the same one of its file: the one that counts on this
 * host, else the first. If the file has no such section, it is one of another file. */
static struct section *section_to_change(const struct config_build *build,
					 struct section *first)
{
	struct section *found = NULL;

	if (first->changed && first->changed->group == build->group)
		return first->changed;
	for (struct section *i = first; i; i = i->next) {
		if (i->group != build->group)
			continue;
		found = found ? found : i;
		if (i->kind == SECTION_VHBA && config_section_counts(build, i)) {
			found = i;
			break;
		}
	}
	first->changed = found ? found : first;
	return first->changed;
}

/* Returns the section of a header, a new one if its at.file is NULL; NULL if out of memory. */
static struct section *section_choose(struct config_reader *reader,
				      enum section_kind kind, const char *name)
{
	struct section *first = config_build_section(reader->build, kind, name);

	if (!first || !first->at.file)
		return first;
	if (reader->at.file != reader->build->group)
		return section_to_change(reader->build, first);
	return section_is_another(reader, first) ?
		       config_build_another(reader->build, first) :
		       first;
}

static void section_open(struct config_reader *reader, enum section_kind kind,
			 const char *name)
{
	struct section *section = section_choose(reader, kind, name);

	if (!section) {
		reader->r = -ENOMEM;
		return;
	}
	if (!section->at.file) {
		section->at = reader->at;
		section->group = reader->build->group;
	} else if (!section_may_open(reader, section)) {
		return;
	}
	section->opened = reader->at;
	reader->section = section;
}

static const char *const section_words[] = {
	[SECTION_DEFAULTS] = "defaults",
	[SECTION_VHBA] = "vhba",
	[SECTION_POOL] = "pool",
	NULL,
};

/* The contents of a header, and what is wrong with its form, or NULL. */
struct header {
	const char *kind, *name, *fault;
};

static void header_split(char *line, struct header *ret)
{
	char *end, *name;

	*ret = (struct header){ 0 };
	if (*line != '[')
		ret->fault = "a section begins at the start of its line";
	line = strchr(line, '[') + 1;
	end = strchr(line, ']');
	if (!end) {
		ret->fault = "the ']' of this section is missing";
		end = line + strlen(line);
	} else {
		*end++ = '\0';
		end += strspn(end, CONFIG_BLANKS);
		if (*end && !strchr(CONFIG_COMMENT_MARKS, *end))
			ret->fault = "there is text after the ']' of this section";
	}

	line = header_trim(line);
	name = line + strcspn(line, CONFIG_BLANKS);
	if (*name)
		*name++ = '\0';
	ret->kind = line;
	ret->name = header_trim(name);
}

/* Whether the header names a valid section; reports why not. */
static bool header_is_good(struct config_reader *reader, const struct header *header,
			   int kind)
{
	const char *fault;

	if (kind < 0) {
		if (header->fault)
			config_error(reader, "%s", header->fault);
		else
			config_warning(
				reader,
				"unknown section '%s' (known are vhba, pool and defaults), "
				"ignoring it",
				header->kind);
		return false;
	}
	if (kind == SECTION_DEFAULTS) {
		fault = *header->name ? "this section cannot have a name" : header->fault;
		if (fault)
			config_error(reader, "[defaults]: %s", fault);
		return !fault;
	}
	fault = name_fault(header->name);
	if (fault)
		config_error(reader, "[%s %s]: %s", header->kind, header->name, fault);
	return !fault;
}

void config_section_read(struct config_reader *reader, char *line)
{
	struct header header;
	int kind;

	reader->section = NULL;
	header_split(line, &header);
	kind = word_parse(section_words, header.kind);
	if (!header_is_good(reader, &header, kind))
		return;

	section_open(reader, kind, header.name);
	/* Report it after opening, so that the error counts for this section. */
	if (header.fault)
		config_error(reader, "%s", header.fault);
}

/* --- keys ------------------------------------------------------------------------------------ */

/* Whether an unknown key was most likely meant to choose the HBA: without it the vHBA could be on another HBA. */
static bool key_means_place(const struct section *section, const char *name,
			    const char *suggestion)
{
	const struct config_key *key = suggestion ? config_key_find(suggestion) : NULL;

	if (section->kind != SECTION_VHBA)
		return false;
	return (key && key->effect == KEY_EFFECT_MOVE) || strcasestr(name, "parent") ||
	       strcasestr(name, "fabric");
}

/* Reports a key that the section cannot have: the section that it belongs to, or the key that was meant. */
static void key_report_unknown(struct config_reader *reader, const char *name)
{
	static const char *const section_forms[_SECTION_KIND_MAX] = {
		[SECTION_DEFAULTS] = "[defaults]",
		[SECTION_VHBA] = "[vhba NAME]",
		[SECTION_POOL] = "[pool NAME]",
	};
	struct suggestion suggestion = { .word = name };
	const struct config_key *key = config_key_find(name);

	for (int kind = _SECTION_KIND_MAX - 1; key && kind >= 0; kind--)
		if (config_key_is_in(key, kind)) {
			config_warning(reader, "'%s' is a key of %s, ignoring it", name,
				       section_forms[kind]);
			return;
		}
	for (size_t i = 0; (key = config_key_at(i)); i++)
		if (config_key_is_in(key, reader->section->kind))
			suggest_from(&suggestion, key->name);
	if (key_means_place(reader->section, name, suggestion.best))
		config_error(
			reader,
			"unknown key '%s'%s%s%s: without it the vHBA could be on another HBA; parent_wwpn, parent_wwnn, parent_fabric_wwn and parent choose the HBA",
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

static void *key_field(struct section *section, const struct config_key *key)
{
	char *base = section->kind == SECTION_POOL ? (char *)&section->pool :
						     (char *)&section->vhba;

	return base + key->offset;
}

static void key_read_value(struct config_reader *reader, const struct config_key *key,
			   const char *name, const char *text)
{
	struct section *section = reader->section;
	struct config_value value = {
		.text = text,
		.words = key->words,
		.field = key_field(section, key),
	};
	int r;

	r = config_key_is_family(key) ?
		    config_alias_assign(section, name, text, &reader->at, value.note) :
		    key->read(&value);
	if (r == -ENOMEM)
		reader->r = r;
	else if (r < 0)
		config_error(reader, "%s: %s", name, value.note);
	else if (*value.note)
		config_warning(reader, "%s: %s", name, value.note);
}

void config_key_assign(struct config_reader *reader, const char *name, const char *text)
{
	const struct config_key *key = config_key_find(name);
	struct section *section = reader->section;
	struct position *position;

	if (!key || !config_key_is_in(key, section->kind)) {
		key_report_unknown(reader, name);
		return;
	}
	position = &section->keys[config_key_index(key)];
	/* It is not known which of two values was meant: a wrong WWPN could reach the LUNs of another host. */
	if (!config_key_is_family(key) && position->file == reader->at.file) {
		config_error(reader, "%s: given already, in line %u", name,
			     position->line);
		return;
	}
	reader->at.column = reader->value_column;
	*position = reader->at;
	if (*text)
		key_read_value(reader, key, name, text);
	else
		config_error(reader, "%s: there is no value after '='", name);
}

static const struct position *key_place(const struct section *section, const char *name)
{
	const struct config_key *key = config_key_find(name);

	assert(key);
	return &section->keys[config_key_index(key)];
}

bool config_key_is_given(const struct section *section, const char *name)
{
	return key_place(section, name)->file;
}

struct position config_key_position(const struct section *section, const char *name)
{
	return config_key_is_given(section, name) ? *key_place(section, name) :
						    section->at;
}

void config_key_inherit(struct section *vhba, const struct section *defaults)
{
	const struct config_key *key;

	for (size_t i = 0; (key = config_key_at(i)); i++)
		/* All these keys are plain numbers: nothing is freed twice. */
		if (config_key_is_in(key, SECTION_DEFAULTS) && !vhba->keys[i].file &&
		    defaults->keys[i].file)
			memcpy((char *)&vhba->vhba + key->offset,
			       (const char *)&defaults->vhba + key->offset, key->size);
}

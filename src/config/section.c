// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads "[kind name]" lines and opens the section whose keys follow. */
#include "config/build.h"
#include "config/words.h"
#include "config/name.h"

/* Cuts white space off both ends. */
static char *trim(char *text)
{
	size_t n;

	text += strspn(text, CONFIG_BLANKS);
	n = strlen(text);
	while (n > 0 && strchr(CONFIG_BLANKS, text[n - 1]))
		n--;
	text[n] = '\0';
	return text;
}

/* Whether the section may be opened at the reader's place; says why not. */
static bool may_open(struct config_reader *reader, const struct section *section)
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

static void open_section(struct config_reader *reader, enum section_kind kind,
			 const char *name)
{
	struct section *section = config_build_section(reader->build, kind, name);

	if (!section) {
		reader->r = -ENOMEM;
		return;
	}
	if (!section->at.file) {
		section->at = reader->at;
		section->group = reader->build->group;
	} else if (!may_open(reader, section)) {
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

/* What a header says, and what is wrong with its form (NULL: nothing). */
struct header {
	const char *kind, *name, *fault;
};

static void split_header(char *line, struct header *ret)
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

	line = trim(line);
	name = line + strcspn(line, CONFIG_BLANKS);
	if (*name)
		*name++ = '\0';
	ret->kind = line;
	ret->name = trim(name);
}

/* Whether the header names a section that can be; says why not. */
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
		fault = *header->name ? "it is for all and has no name" : header->fault;
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
	split_header(line, &header);
	kind = word_parse(section_words, header.kind);
	if (!header_is_good(reader, &header, kind))
		return;

	open_section(reader, kind, header.name);
	/* After opening, so that it is known whom the mistake costs. */
	if (header.fault)
		config_error(reader, "%s", header.fault);
}

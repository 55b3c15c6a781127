// SPDX-License-Identifier: LGPL-2.1-or-later
/* Lists the sections of a file. */
#include "config/section-list.h"

#define BLANKS " \t\r"

/* Copies the text between '[' and ']', with one blank for each run and none at the ends. */
static char *header_copy(const char *text, size_t n)
{
	char *copy = malloc(n + 1), *out = copy;
	bool is_apart = false;

	if (!copy)
		return NULL;
	for (size_t i = 1; i < n && text[i] != ']'; i++) {
		if (text[i] && strchr(BLANKS, text[i])) {
			is_apart = out > copy;
			continue;
		}
		if (is_apart)
			*out++ = ' ';
		is_apart = false;
		*out++ = text[i];
	}
	*out = '\0';
	return copy;
}

static int section_list_add(struct section_list *list, const char *text, size_t n,
			    unsigned line)
{
	struct section_line *section =
		array_grow(&list->sections, list->n, sizeof(*section));

	if (!section)
		return -ENOMEM;
	section->line = line;
	section->text = header_copy(text, n);
	if (!section->text)
		return -ENOMEM;
	list->n++;
	return 0;
}

static int section_list_read_all(const char *text, const char *end,
				 struct section_list *list)
{
	for (unsigned line = 1; text < end; line++) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline ? newline : end;
		const char *first = text;
		int r;

		while (first < stop && *first && strchr(BLANKS, *first))
			first++;
		if (first < stop && *first == '[') {
			r = section_list_add(list, first, (size_t)(stop - first), line);
			if (r < 0)
				return r;
		}
		text = newline ? newline + 1 : end;
	}
	return 0;
}

int section_list_read(const char *text, size_t size, struct section_list *ret_list)
{
	static const char bom[] = "\xef\xbb\xbf";
	_cleanup_(section_list_done) struct section_list list = { 0 };
	size_t skip = 0;
	int r;

	assert(text || size == 0);
	assert(ret_list);

	if (size >= strlen(bom) && memcmp(text, bom, strlen(bom)) == 0)
		skip = strlen(bom);
	r = size > 0 ? section_list_read_all(text + skip, text + size, &list) : 0;
	if (r < 0)
		return r;

	*ret_list = list;
	list = (struct section_list){ 0 };
	return 0;
}

void section_list_done(struct section_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->sections[i].text);
	free(list->sections);
	*list = (struct section_list){ 0 };
}

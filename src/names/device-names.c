// SPDX-License-Identifier: LGPL-2.1-or-later
/* What one device has claimed, kept and written down. */
#include "names/device-names.h"

int device_names_add(struct device_names *entry, const char *link)
{
	char(*item)[NPIV_LINK_MAX];

	assert(entry);
	assert(link);

	item = array_grow(&entry->links, entry->n_links, sizeof(*item));
	if (!item)
		return -ENOMEM;
	(void)snprintf(*item, sizeof(*item), "%s", link);
	entry->n_links++;
	return 0;
}

void device_names_print(const struct device_names *entry, FILE *out)
{
	assert(entry);
	assert(out);

	for (size_t i = 0; i < entry->n_links; i++)
		fprintf(out, "%s\n", entry->links[i]);
}

/* "POOL/NAME" or "POOL/by-target/NAME": each part is a name. */
static bool is_link(const char *link)
{
	char part[NPIV_NAME_MAX + 1];
	unsigned n = 0;

	for (;; link++) {
		size_t length = strcspn(link, "/");

		if (length > NPIV_NAME_MAX || ++n > 3)
			return false;
		memcpy(part, link, length);
		part[length] = '\0';
		if (!name_is_valid(part))
			return false;
		link += length;
		if (!*link)
			return n > 1;
	}
}

int device_names_parse(const char *text, size_t size, struct device_names *ret_entry)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	_cleanup_free_ char *copy = NULL;
	char *line, *end;
	int r;

	assert(text);
	assert(ret_entry);

	if (memchr(text, '\0', size) || (size > 0 && text[size - 1] != '\n'))
		return -EBADMSG;
	copy = strndup(text, size);
	if (!copy)
		return -ENOMEM;
	for (line = copy; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		r = is_link(line) ? device_names_add(&entry, line) : -EBADMSG;
		if (r < 0)
			return r;
	}

	*ret_entry = entry;
	entry = (struct device_names){ 0 };
	return 0;
}

void device_names_done(struct device_names *entry)
{
	free(entry->links);
	*entry = (struct device_names){ 0 };
}

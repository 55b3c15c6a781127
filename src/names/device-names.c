// SPDX-License-Identifier: LGPL-2.1-or-later
/* What one device has claimed, kept and written down. */
#include "names/device-names.h"
#include "lib/record.h"

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

static int device_names_read(void *context, char *line, size_t number _unused_)
{
	return is_link(line) ? device_names_add(context, line) : -EBADMSG;
}

int device_names_parse(const char *text, size_t size, struct device_names *ret_entry)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	int r;

	assert(text);
	assert(ret_entry);

	if (size > 0 && !record_is_whole(text, size))
		return -EBADMSG;
	r = record_read_lines(text, size, device_names_read, &entry);
	if (r < 0)
		return r;

	*ret_entry = entry;
	entry = (struct device_names){ 0 };
	return 0;
}

void device_names_done(struct device_names *entry)
{
	free(entry->links);
	*entry = (struct device_names){ 0 };
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The stable names of a block device, as udev's database has them. */
#include "block/device-links.h"

static int compare_links(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The list is in no order; it lives as long as the device. */
static int for_each_sorted(struct udev_list_entry *first, device_link_fn fn,
			   void *context)
{
	_cleanup_free_ const char **links = NULL;
	struct udev_list_entry *entry;
	size_t n = 0;
	int r = 0;

	udev_list_entry_foreach(entry, first)
	{
		const char **link = array_grow(&links, n, sizeof(*link));

		if (!link)
			return -ENOMEM;
		*link = udev_list_entry_get_name(entry);
		n++;
	}
	if (n > 0)
		qsort(links, n, sizeof(*links), compare_links);
	for (size_t i = 0; r >= 0 && i < n; i++)
		r = fn(links[i], context);
	return r;
}

int device_links_for_each(struct udev *udev, const char *name, device_link_fn fn,
			  void *context)
{
	struct udev_device *device;
	int r;

	assert(udev);
	assert(name);
	assert(fn);

	device = udev_device_new_from_subsystem_sysname(udev, "block", name);
	if (!device)
		return errno == ENOMEM ? -ENOMEM : 0;
	r = for_each_sorted(udev_device_get_devlinks_list_entry(device), fn, context);
	udev_device_unref(device);
	return r;
}

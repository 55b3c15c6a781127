// SPDX-License-Identifier: LGPL-2.1-or-later
/* Synthetic change events that carry an id of npiv (uevent, Documentation/ABI/testing/sysfs-uevent). */
#include <fcntl.h>
#include <unistd.h>

#include "event/uevent.h"
#include "fc/sysfs.h"

#define PATH_SIZE 96
#define ID_SIZE	  sizeof("01234567-89ab-cdef-0123-456789abcdef")

static const char *format_id(sd_id128_t id, char buf[static ID_SIZE])
{
	(void)snprintf(buf, ID_SIZE, SD_ID128_UUID_FORMAT_STR, SD_ID128_FORMAT_VAL(id));
	return buf;
}

static int add_waiting(struct uevent_list *list, const char *name)
{
	char(*item)[DEVICE_NAME_SIZE] =
		array_grow(&list->waiting, list->n, sizeof(*item));

	if (!item)
		return -ENOMEM;
	(void)snprintf(*item, sizeof(*item), "%.31s", name);
	list->n++;
	return 0;
}

static void drop_waiting(struct uevent_list *list, size_t i)
{
	memmove(list->waiting[i], list->waiting[--list->n], sizeof(*list->waiting));
}

static ssize_t send_change(const struct uevent_list *list, const char *name)
{
	char path[PATH_SIZE], id[ID_SIZE], text[sizeof("change ") + ID_SIZE];

	(void)snprintf(path, sizeof(path), "class/block/%.31s/uevent", name);
	(void)snprintf(text, sizeof(text), "change %s", format_id(list->id, id));
	return sysfs_write(list->sysfs, path, text);
}

static int uevent_trigger(struct uevent_list *list, const char *name)
{
	int r;

	r = add_waiting(list, name); /* before sending: the event can arrive at once */
	if (r < 0)
		return r;
	if (send_change(list, name) < 0)
		list->n--;
	return 0;
}

static int uevent_trigger_disk(struct uevent_list *list, const struct fc_lun *lun)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	int r;

	r = block_tree_add(&tree, list->sysfs, lun->host, lun->disk);
	if (r < 0)
		return r;
	for (size_t i = 0; i < tree.n; i++) {
		if (tree.nodes[i].kind == BLOCK_HOLDER)
			continue;
		r = uevent_trigger(list, tree.nodes[i].name);
		if (r < 0)
			return r;
	}
	return 0;
}

int uevent_trigger_host(struct uevent_list *list, int sysfs,
			const struct inventory *inventory, uint32_t host)
{
	int r;

	assert(list);
	assert(inventory);

	list->sysfs = sysfs;
	r = sd_id128_randomize(&list->id);
	if (r < 0)
		return r;
	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		if (lun->host != host || !*lun->disk)
			continue;
		r = uevent_trigger_disk(list, lun);
		if (r < 0)
			return r;
	}
	return 0;
}

int uevent_expect_removal(struct uevent_list *list, const struct block_tree *tree)
{
	assert(list);
	assert(tree);

	list->sysfs = -EBADF; /* no event is sent */
	for (size_t i = 0; i < tree->n; i++) {
		int r;

		if (tree->nodes[i].kind != BLOCK_DISK &&
		    tree->nodes[i].kind != BLOCK_PARTITION)
			continue;
		r = add_waiting(list, tree->nodes[i].name);
		if (r < 0)
			return r;
	}
	return 0;
}

static bool has_action(struct udev_device *device, const char *action)
{
	const char *text = udev_device_get_action(device);

	return text && streq(text, action);
}

static bool is_answer(const struct uevent_list *list, struct udev_device *device)
{
	const char *id = udev_device_get_property_value(device, "SYNTH_UUID");
	char wanted[ID_SIZE];

	return has_action(device, "remove") ||
	       (id && streq(id, format_id(list->id, wanted)));
}

void uevent_handled(struct uevent_list *list, struct udev_device *device)
{
	const char *name;

	assert(list);
	assert(device);

	name = udev_device_get_sysname(device);
	if (!name)
		return;
	for (size_t i = list->n; i > 0; i--) {
		if (!streq(list->waiting[i - 1], name))
			continue;
		/* Until the kernel announces a disk (device_add_disk(), block/genhd.c) it suppresses all its
		 * events, so the one sent before may have been lost. */
		if (has_action(device, "add") && send_change(list, name) >= 0)
			continue;
		if (is_answer(list, device))
			drop_waiting(list, i - 1);
	}
}

void uevent_prune(struct uevent_list *list, int sysfs)
{
	char path[PATH_SIZE];

	assert(list);

	for (size_t i = list->n; i > 0; i--) {
		(void)snprintf(path, sizeof(path), "class/block/%.31s",
			       list->waiting[i - 1]);
		if (faccessat(sysfs, path, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
			drop_waiting(list, i - 1);
	}
}

void uevent_list_done(struct uevent_list *list)
{
	free(list->waiting);
	*list = (struct uevent_list){ 0 };
}

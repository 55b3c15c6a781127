// SPDX-License-Identifier: LGPL-2.1-or-later
/* Asks every finder who uses a tree of devices, and the kernel where they know nobody. */
#include <fcntl.h>
#include <stdarg.h>

#include "lib/text.h"
#include "lib/fd.h"
#include "block/in-use.h"

#define MAX_PRINTED 8U

int user_list_add(struct user_list *list, const char *device, bool is_transient,
		  const char *format, ...)
{
	struct block_user user, *place;
	va_list ap;

	assert(list);
	assert(device);

	memset(&user, 0, sizeof(user)); /* with its padding: compared as bytes below */
	user.is_transient = is_transient;
	(void)snprintf(user.device, sizeof(user.device), "%.31s", device);
	va_start(ap, format);
	(void)vsnprintf(user.text, sizeof(user.text), format, ap);
	va_end(ap);
	/* Names of processes and mount points are anybody's: none shall forge a line of a log. */
	mask_control_characters(user.text);
	for (size_t i = 0; i < list->n; i++)
		if (memcmp(&list->users[i], &user, sizeof(user)) == 0)
			return 0;
	place = array_grow(&list->users, list->n, sizeof(*place));
	if (!place)
		return -ENOMEM;

	*place = user;
	list->n++;
	return 0;
}

/* A holder is what uses the device that it stands on. */
static int find_holders(const struct block_tree *tree, struct user_list *list)
{
	for (size_t i = 0; i < tree->n; i++) {
		const struct block_node *node = &tree->nodes[i];
		int r;

		if (node->kind != BLOCK_HOLDER)
			continue;
		r = user_list_add(list, tree->nodes[node->below].name, false,
				  "used by %s%s%s%s", node->name,
				  *node->title ? " (" : "", node->title,
				  *node->title ? ")" : "");
		if (r < 0)
			return r;
	}
	return 0;
}

/* Whoever holds a block device for itself makes an exclusive open fail (bd_prepare_to_claim(),
 * block/bdev.c): every mounted file system, swap, LVM, md, a target's backstore. */
static bool is_claimed(const struct block_node *node)
{
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	_cleanup_close_ int fd = -EBADF;

	(void)snprintf(path, sizeof(path), "/dev/%s", node->name);
	fd = open(path, O_RDONLY | O_EXCL | O_CLOEXEC | O_NONBLOCK);
	return fd < 0 && errno == EBUSY;
}

static int find_claimed(const struct block_tree *tree, struct user_list *list)
{
	for (size_t i = 0; i < tree->n; i++) {
		const struct block_node *node = &tree->nodes[i];
		int r;

		if (node->is_held || node->has_others || !is_claimed(node))
			continue;
		r = user_list_add(list, node->name, true,
				  "held by the kernel (mounted elsewhere?)");
		if (r < 0)
			return r;
	}
	return 0;
}

int in_use_look_persistent(const struct block_tree *tree, struct user_list *ret_list)
{
	_cleanup_(user_list_done) struct user_list list = { 0 };
	int r;

	assert(tree);
	assert(ret_list);

	if (tree->n > 0) {
		r = mount_users_find(tree, &list);
		if (r >= 0)
			r = find_holders(tree, &list);
		if (r >= 0)
			r = loop_users_find(tree, &list);
		if (r < 0)
			return r;
	}

	*ret_list = list;
	list = (struct user_list){ 0 };
	return 0;
}

int in_use_look(const struct block_tree *tree, struct user_list *ret_list)
{
	_cleanup_(user_list_done) struct user_list list = { 0 };
	int r;

	r = in_use_look_persistent(tree, &list);
	if (r >= 0 && (tree->n > 0 || tree->n_chars > 0))
		r = process_users_find(tree, &list);
	if (r < 0)
		return r;

	*ret_list = list;
	list = (struct user_list){ 0 };
	return 0;
}

int in_use_read(const struct block_tree *tree, struct user_list *ret_list)
{
	_cleanup_(user_list_done) struct user_list list = { 0 };
	int r;

	r = in_use_look(tree, &list);
	if (r >= 0 && list.n == 0)
		r = find_claimed(tree, &list);
	if (r < 0)
		return r;

	*ret_list = list;
	list = (struct user_list){ 0 };
	return 0;
}

void user_list_print(const struct user_list *list, FILE *out)
{
	assert(list);
	assert(out);

	for (size_t i = 0; i < list->n && i < MAX_PRINTED; i++)
		fprintf(out, "%s%s is %s", i ? ", " : "", list->users[i].device,
			list->users[i].text);
	if (list->n > MAX_PRINTED)
		fprintf(out, ", and %zu more", list->n - MAX_PRINTED);
}

bool user_list_has_persistent(const struct user_list *list)
{
	assert(list);

	for (size_t i = 0; i < list->n; i++)
		if (!list->users[i].is_transient)
			return true;
	return false;
}

void user_list_done(struct user_list *list)
{
	free(list->users);
	*list = (struct user_list){ 0 };
}

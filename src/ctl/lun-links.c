// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of npivctl luns --links: every stable name of every LUN. */
#include "ctl/lun-links.h"
#include "block/probe.h"
#include "state/environment.h"
#include "names/link-target.h"

enum {
	COL_VHBA,
	COL_POOL,
	COL_LUN,
	COL_DEVICE,
	COL_KIND,
	COL_LINK,
	_COL_MAX,
};

static_assert(_COL_MAX == CTL_LINK_N_COLUMNS, "each column has its number");

const struct table_column ctl_link_columns[CTL_LINK_N_COLUMNS] = {
	[COL_VHBA] = { .name = "VHBA",
		       .help = "the virtual HBA that sees it",
		       .place = 1 },
	[COL_POOL] = { .name = "POOL", .help = "the pool that it is named in" },
	[COL_LUN] = { .name = "LUN",
		      .help = "number, in the form that arrays use",
		      .type = COLUMN_NUMBER,
		      .place = 2 },
	[COL_DEVICE] = { .name = "DEVICE",
			 .help = "kernel name of what the link leads to",
			 .place = 3 },
	[COL_KIND] = { .name = "KIND",
		       .help = "npiv, by-id, by-path, by-uuid, by-label, mapper, …",
		       .place = 4 },
	[COL_LINK] = { .name = "LINK", .help = "the stable name", .place = 5 },
};

struct adding {
	struct table *table;
	const struct ctl_lun *lun;
	const char *device;
};

/* "/dev/disk/by-id/…" is of the kind "by-id", "/dev/npiv/…" of "npiv". */
static void set_kind(struct table *table, const char *link)
{
	const char *kind = startswith(link, "/dev/disk/") ?: startswith(link, "/dev/");
	size_t length = kind ? strcspn(kind, "/") : 0;

	if (length == 0 || kind[length] == '\0')
		table_set(table, COL_KIND, "other");
	else
		table_set_format(table, COL_KIND, "%.*s", (int)length, kind);
}

static int add_link(const char *link, void *context)
{
	const struct adding *adding = context;
	struct table *table = adding->table;

	table_add_line(table);
	table_set(table, COL_VHBA, adding->lun->vhba->name);
	table_set(table, COL_POOL, adding->lun->vhba->pool);
	table_set_number(table, COL_LUN, adding->lun->lun->lun);
	table_set(table, COL_DEVICE, adding->device);
	set_kind(table, link);
	table_set(table, COL_LINK, link);
	return 0;
}

/* Without udev: the names that it is to have, where they lead to it. */
static int add_own_links(struct adding *adding, const struct lun_ctx *ctx)
{
	const struct name_list *names = &adding->lun->names;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < names->n; i++) {
		char path[sizeof(NPIV_DEV_DIR) + NPIV_LINK_MAX], device[DEVICE_NAME_SIZE];

		if (!link_target_find(environment_root(), ctx->model->sysfs_fd,
				      names->names[i].link, adding->lun->lun->disk,
				      device))
			continue;
		(void)snprintf(path, sizeof(path), NPIV_DEV_DIR "/%s",
			       names->names[i].link);
		adding->device = device;
		r = add_link(path, adding);
	}
	return r;
}

int ctl_link_add_lines(struct table *table, const struct lun_ctx *ctx,
		       const struct ctl_lun *lun, struct block_tree *seen)
{
	struct adding adding = { .table = table, .lun = lun };
	struct udev *udev = ctx->model->udev;
	size_t first = seen->n;
	int r;

	assert(table);
	assert(lun);

	if (!*lun->lun->disk)
		return 0;
	if (!udev)
		return add_own_links(&adding, ctx);
	r = block_tree_add(seen, ctx->model->sysfs_fd, HOST_NONE, lun->lun->disk);
	for (size_t i = first; r >= 0 && i < seen->n; i++) {
		if (seen->nodes[i].kind == BLOCK_HOLDER)
			continue; /* LVM, crypt, md: no longer the LUN itself */
		adding.device = seen->nodes[i].name;
		r = device_links_for_each(udev, adding.device, add_link, &adding);
	}
	return r;
}

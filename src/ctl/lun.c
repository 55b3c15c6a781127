// SPDX-License-Identifier: LGPL-2.1-or-later
/* One path to a LUN as people look at it. */
#include "block/dm-status.h"
#include "ctl/lun.h"
#include "block/dm-map.h"
#include "state/environment.h"
#include "names/link-target.h"
#include "fc/sysfs.h"

int lun_ctx_init(struct lun_ctx *ctx, const struct host_model *model)
{
	assert(ctx);
	assert(model);

	*ctx = (struct lun_ctx){ .model = model };
	return names_conflicts(model->run, model->sysfs_fd, NULL, &ctx->conflicts);
}

/* Adds the LUNs of one vHBA with all that is on them. */
static int add_luns(const struct host_model *model, const struct vhba_row *row,
		    struct block_tree *tree)
{
	const struct inventory *inventory = &model->inventory;
	int r = 0;

	for (size_t i = 0; row->port && r >= 0 && i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		if (lun->host == row->port->host)
			r = block_tree_add_lun(tree, model->sysfs_fd, HOST_NONE, lun);
	}
	return r;
}

int lun_ctx_find_users(struct lun_ctx *ctx, const char *name)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	const struct vhba_table *vhbas;
	int r = 0;

	assert(ctx);

	vhbas = &ctx->model->vhbas;
	for (size_t i = 0; r >= 0 && i < vhbas->n; i++)
		if (!name || vhba_row_matches(&vhbas->rows[i], name))
			r = add_luns(ctx->model, &vhbas->rows[i], &tree);
	/* Mounts and processes are those of this machine, never of a captured one. */
	if (r < 0 || *environment_root())
		return r;
	return in_use_look(&tree, &ctx->users);
}

void lun_ctx_done(struct lun_ctx *ctx)
{
	conflict_list_done(&ctx->conflicts);
	user_list_done(&ctx->users);
}

static const struct fc_rport *find_rport(const struct inventory *inventory,
					 const struct fc_lun *lun)
{
	for (size_t i = 0; i < inventory->n_rports; i++)
		if (inventory->rports[i].host == lun->host &&
		    inventory->rports[i].wwpn == lun->target_wwpn)
			return &inventory->rports[i];
	return NULL;
}

static bool is_ambiguous(const struct lun_ctx *ctx, const struct name_list *names)
{
	for (size_t i = 0; i < ctx->conflicts.n; i++)
		for (size_t j = 0; j < names->n; j++)
			if (streq(ctx->conflicts.conflicts[i].link, names->names[j].link))
				return true;
	return false;
}

/* The plain names follow the first one, which is by target. */
static void find_link(const struct lun_ctx *ctx, struct ctl_lun *lun)
{
	const struct name_list *names = &lun->names;

	for (size_t i = 1; i <= names->n && !lun->link; i++) {
		const char *link = names->names[i % names->n].link;

		if (link_target_find(environment_root(), ctx->model->sysfs_fd, link,
				     lun->lun->disk, lun->leads_to))
			lun->link = link;
	}
}

void ctl_lun_find(const struct lun_ctx *ctx, const struct vhba_row *vhba,
		  const struct fc_lun *lun, struct ctl_lun *ret_lun)
{
	const struct naming_device device = {
		.role = NAMING_PATH,
		.has_lun = true,
		.lun = lun->lun,
		.target = lun->target_wwpn,
		.wwid = lun->wwid,
	};

	assert(ctx);
	assert(vhba);
	assert(ret_lun);

	*ret_lun = (struct ctl_lun){
		.vhba = vhba,
		.lun = lun,
		.rport = find_rport(&ctx->model->inventory, lun),
	};
	if (!vhba->state || !*lun->disk)
		return;
	naming_list(vhba->state, &device, &ret_lun->names);
	find_link(ctx, ret_lun);
	ret_lun->is_ambiguous = is_ambiguous(ctx, &ret_lun->names);
}

const char *ctl_lun_map(const struct ctl_lun *lun)
{
	assert(lun);

	return *lun->leads_to && !streq(lun->leads_to, lun->lun->disk) ? lun->leads_to :
									 NULL;
}

/* The state in a map, by the kernel names of both. -ENOENT: it has none. */
static int read_map_state(int sysfs, const char *map, const char *disk,
			  bool *ret_is_active)
{
	char path[sizeof("class/block//dev") + DEVICE_NAME_SIZE];
	char device[32], status[DM_MAP_STATUS_SIZE];
	dev_t number;
	int r;

	(void)snprintf(path, sizeof(path), "class/block/%s/dev", map);
	r = sysfs_read_device(sysfs, path, &number);
	if (r < 0)
		return r;
	(void)snprintf(path, sizeof(path), "class/block/%s/dev", disk);
	r = sysfs_read_text(sysfs, path, device, sizeof(device));
	if (r >= 0)
		r = dm_map_read_status(number, status);
	if (r < 0)
		return r;
	return dm_status_find_path(status, device, ret_is_active) ? 0 : -ENOENT;
}

const char *ctl_lun_map_state(struct lun_ctx *ctx, const struct ctl_lun *lun)
{
	const char *map = ctl_lun_map(lun);
	bool is_active;
	int r;

	assert(ctx);

	if (!map || *environment_root())
		return NULL;
	r = read_map_state(ctx->model->sysfs_fd, map, lun->lun->disk, &is_active);
	if (r >= 0)
		return is_active ? "active" : "failed";
	ctx->was_denied = ctx->was_denied || r == -EACCES || r == -EPERM;
	return NULL;
}

int ctl_lun_probe(struct lun_ctx *ctx, const struct ctl_lun *lun, struct probe *ret_probe)
{
	const char *name = ctl_lun_map(lun) ?: lun->lun->disk;
	char path[sizeof("/dev/") + DEVICE_NAME_SIZE];
	int r;

	assert(ctx);
	assert(ret_probe);

	*ret_probe = (struct probe){ 0 };
	if (!*name || !streq(lun->lun->state, "running") || *environment_root())
		return 0;
	(void)snprintf(path, sizeof(path), "/dev/%s", name);
	r = probe_disk(path, ret_probe);
	if (r != -EACCES && r != -EPERM)
		return r == -ENOMEM ? r : 0;
	ctx->was_denied = true;
	return probe_udev(ctx->model->udev, name, ret_probe);
}

static bool has_device(const struct block_tree *tree, const char *unit, const char *name)
{
	return streq(unit, name) || block_tree_find_name(tree, name);
}

int ctl_lun_print_users(const struct lun_ctx *ctx, const struct ctl_lun *lun, FILE *out)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	char unit[DEVICE_NAME_SIZE];
	const char *separator = "";
	int r = 0;

	assert(ctx);
	assert(lun);

	if (ctx->users.n == 0)
		return 0;
	if (*lun->lun->disk)
		r = block_tree_add(&tree, ctx->model->sysfs_fd, HOST_NONE,
				   lun->lun->disk);
	if (r < 0)
		return r;
	(void)lun_unit_name(lun->lun, unit);
	for (size_t i = 0; i < ctx->users.n; i++) {
		const struct block_user *user = &ctx->users.users[i];

		if (!has_device(&tree, unit, user->device))
			continue;
		fprintf(out, "%s%s", separator, user->text);
		separator = ", ";
	}
	return 0;
}

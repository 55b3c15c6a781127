/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* One path to a LUN as people look at it: its names, where they lead, who uses it, what is on it. */
#pragma once

#include "names/naming.h"
#include "ctl/model.h"
#include "names/names.h"
#include "block/users.h"
#include "block/probe.h"

/* What is looked at once for all LUNs. */
struct lun_ctx {
	const struct host_model *model;
	struct conflict_list conflicts;
	struct user_list users; /* of all disks; empty unless they were asked for */
	bool was_denied; /* a disk could not be read, or a map not be asked, for want of rights */
};

struct ctl_lun {
	const struct vhba_row *vhba;
	const struct fc_lun *lun;
	const struct fc_rport *rport; /* NULL: not known */
	struct name_list names;
	const char *link; /* in names, the one that leads to it; NULL: none does */
	char leads_to[DEVICE_NAME_SIZE]; /* where that one leads: the disk, or a map over it */
	bool is_ambiguous; /* another logical unit claims one of its names */
};

/* Empty it with lun_ctx_done() anyway. */
int lun_ctx_init(struct lun_ctx *ctx, const struct host_model *model) _must_check_;

/* Finds out who uses the LUNs of these vHBAs: mounts, holders and the processes that the caller may
 * look at. name as vhba_row_matches() has it; NULL: all. */
int lun_ctx_find_users(struct lun_ctx *ctx, const char *name) _must_check_;

void lun_ctx_done(struct lun_ctx *ctx);

/* Names exist where its vHBA is up. */
void ctl_lun_find(const struct lun_ctx *ctx, const struct vhba_row *vhba,
		  const struct fc_lun *lun, struct ctl_lun *ret_lun);

/* The name of the multipath map that its name leads to; NULL: it leads to the disk, or nowhere. */
const char *ctl_lun_map(const struct ctl_lun *lun);

/* Whether that map uses this path: "active", "failed". NULL: no map, or the caller may not ask. */
const char *ctl_lun_map_state(struct lun_ctx *ctx, const struct ctl_lun *lun);

/* What is on it: read from the disk or map where the caller may, else what udev saw last. Nothing of a
 * disk that does no I/O: reading it would wait for it. -ENOMEM. The caller empties *ret_probe with
 * probe_done(). */
int ctl_lun_probe(struct lun_ctx *ctx, const struct ctl_lun *lun,
		  struct probe *ret_probe) _must_check_;

/* Writes who uses the LUN, its disk's partitions and the map over it: "mounted at /srv, used by …".
 * -ENOMEM, or why sysfs could not be read. */
int ctl_lun_print_users(const struct lun_ctx *ctx, const struct ctl_lun *lun,
			FILE *out) _must_check_;

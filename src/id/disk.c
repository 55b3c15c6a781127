// SPDX-License-Identifier: LGPL-2.1-or-later
/* A disk: one path to a logical unit, through one vHBA. */
#include <inttypes.h>
#include <syslog.h>

#include "id/properties.h"
#include "id/id.h"
#include "state/environment.h"
#include "state/state-dir.h"

/* Keeps the names of a disk if the state of its vHBA cannot be read. */
static int disk_keep_names(const struct lookup *lookup, const struct device *disk,
			   int error, FILE *out)
{
	int r;

	syslog(LOG_ERR,
	       "'%s': %s/port/%016" PRIx64
	       ", the state of its vHBA, cannot be read: %s; a "
	       "restart of the vHBA writes it anew",
	       disk->name, lookup->run, disk->wwpn, strerror(-error));
	r = id_keep_names(lookup, disk, disk->identity, out);
	return r > 0 ? 0 : error;
}

int id_disk(const struct lookup *lookup, struct device *disk, FILE *out)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	struct udev_answer answer = {
		.state = &state,
		.has_vhba = true,
		.has_lun = true,
		.lun = disk->lun.lun,
		.target = disk->lun.target_wwpn,
		.guest_before = getenv("NPIV_GUEST"),
		.partition = disk->partition,
	};
	struct naming_device naming = {
		.role = environment_is_one("DM_MULTIPATH_DEVICE_PATH") ? NAMING_MEMBER :
									 NAMING_PATH,
		.has_lun = true,
		.lun = disk->lun.lun,
		.target = disk->lun.target_wwpn,
		.wwid = disk->lun.wwid,
	};
	struct claim_unit unit;
	int r;

	r = state_lookup_port(lookup->run, lookup->sysfs, disk->wwpn, disk->vport,
			      &state);
	if (r == -ENOENT)
		return id_give_up_names(lookup, disk);
	if (r < 0)
		return disk_keep_names(lookup, disk, r, out);
	answer.can_stand_by = naming.role == NAMING_PATH;
	naming_list(&state, &naming, &answer.names);
	unit = (struct claim_unit){ disk->identity, disk->traits, disk->lun.size };
	id_settle_names(lookup, disk, &unit, &answer.names);
	render_udev(&answer, out);
	return 0;
}

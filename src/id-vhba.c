// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whose a SCSI device is, for rules that are about no block device. */
#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

#include "id.h"
#include "sys/lun-read.h"
#include "sys/state-lookup.h"
#include "sys/sysfs.h"

int id_vhba(const struct lookup *lookup, const char *address, FILE *out)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	struct fc_lun lun = { 0 };
	char path[64], target[PATH_MAX], vport[VPORT_NAME_SIZE];
	uint64_t wwpn;
	ssize_t n;
	int r;

	r = lun_address_parse(address, &lun);
	if (r < 0)
		return r;
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32, lun.host);
	n = readlinkat(lookup->sysfs, path, target, sizeof(target) - 1);
	if (n < 0)
		return errno == ENOENT ? 0 : -errno;
	target[n] = '\0';
	devpath_vport(target, vport);
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32 "/port_name",
		       lun.host);
	r = sysfs_read_wwn(lookup->sysfs, path, &wwpn);
	if (r >= 0)
		r = state_lookup_port(lookup->run, lookup->sysfs, wwpn, vport, &state);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	fprintf(out, "%s\n", state.name);
	return 0;
}

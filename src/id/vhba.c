// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whose a SCSI device is, for rules that are about no block device. */
#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

#include "id/id.h"
#include "names/names.h"
#include "fc/lun-read.h"
#include "state/state-lookup.h"
#include "fc/sysfs.h"

/* "8:0:1:0" of a SCSI device, "rport-8:0-1" of a remote port. */
static int read_host(const char *address, bool is_rport, uint32_t *ret_host)
{
	struct fc_lun lun = { 0 };
	int r;

	if (is_rport)
		return sscanf(address, "rport-%" SCNu32 ":", ret_host) == 1 ? 0 : -EINVAL;
	r = lun_address_parse(address, &lun);
	*ret_host = lun.host;
	return r;
}

int id_vhba(const struct lookup *lookup, const char *address, FILE *out)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	bool is_rport = startswith(address, "rport-");
	char path[64], target[PATH_MAX], vport[VPORT_NAME_SIZE];
	uint64_t wwpn;
	uint32_t host;
	ssize_t n;
	int r;

	r = read_host(address, is_rport, &host);
	if (r < 0)
		return r;
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32, host);
	n = readlinkat(lookup->sysfs, path, target, sizeof(target) - 1);
	if (n < 0)
		return errno == ENOENT ? 0 : -errno;
	target[n] = '\0';
	devpath_vport(target, vport);
	r = device_port_wwpn(lookup->sysfs, vport, host, &wwpn);
	if (r >= 0)
		r = state_lookup_port(lookup->run, lookup->sysfs, wwpn, vport, &state);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	/* Remote ports that come before the first disk are seen to by the start. */
	if (!is_rport || names_has_names(lookup->run, state.pool))
		fprintf(out, "%s\n", state.name);
	return 0;
}

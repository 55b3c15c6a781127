// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml pool: prints the LUNs of a vHBA as a storage pool whose volumes have names of npiv.
 *
 * Of libvirt's types only `scsi` fits (libvirt 9.0, storage_util.c): its volumes are the disks of one SCSI host,
 * each by any link of the target folder that leads to it, and the target may be any folder below /dev. A `dir` pool
 * would list block devices as files, which QEMU refuses to open as such. An adapter of type fc_host would be
 * stable, but libvirt does not start such a pool if its vHBA exists (storage_backend_scsi.c, checkName()), and if
 * it does not exist, libvirt creates and deletes it. So the adapter is the SCSI host, whose number changes; the
 * UUID does not change, so pool-define with the present XML is enough. */
#include <inttypes.h>

#include "diagnose/readiness.h"
#include "diagnose/stage.h"
#include "libvirt/xml.h"

#define UUID_SIZE sizeof("00000000-0000-0000-0000-000000000000")

/* Writes a UUID that depends only on the vHBA, whatever its host: its WWPN in a UUID of version 8, vendor-specific
 * (RFC 9562, 5.8). The first group spells "npiv". */
static char *uuid_format(uint64_t wwpn, char buf[static UUID_SIZE])
{
	(void)snprintf(buf, UUID_SIZE, "6e706976-%04x-8000-8000-%012" PRIx64,
		       (unsigned)(wwpn >> 48), wwpn & UINT64_C(0xffffffffffff));
	return buf;
}

/* Whether a name by number or an alias of the LUN leads to its disk itself, not to a map over it: libvirt searches
 * only links to disks of the host, for 10 s each. */
static int is_listed(const struct xml_request *request, const struct vhba_row *vhba,
		     const struct fc_lun *lun)
{
	char leads_to[DEVICE_NAME_SIZE];
	struct name_list names;
	int r;

	r = xml_names_list(request, vhba, lun, lun->lun, &names);
	if (r < 0)
		return r;
	return xml_find_leading(request, &names, lun, leads_to) &&
	       streq(leads_to, lun->disk);
}

struct tally {
	unsigned n_disks, n_listed;
};

static int pool_count(const struct xml_request *request, const struct vhba_row *vhba,
		      struct tally *tally)
{
	const struct inventory *inventory = &request->model->inventory;

	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];
		int r;

		if (lun->host != vhba->port->host || !lun_is_disk(lun) || !*lun->disk)
			continue;
		r = is_listed(request, vhba, lun);
		if (r < 0)
			return r;
		tally->n_disks++;
		tally->n_listed += (unsigned)r;
	}
	return 0;
}

/* Warns of disks that libvirt would not list. Returns false if it would list none. */
static bool is_worth_it(const struct vhba_row *vhba, const struct tally *tally)
{
	if (tally->n_disks > 0 && tally->n_listed == 0) {
		fprintf(stderr,
			"npivctl: no name of pool '%s' leads to a disk of host%" PRIu32
			", perhaps because the names lead to multipath maps; "
			"libvirt's scsi pools list only disks: use 'npivctl xml disk %s'\n",
			vhba->pool, vhba->port->host, vhba->pool);
		return false;
	}
	if (tally->n_listed < tally->n_disks)
		fprintf(stderr,
			"npivctl: warning: %u of %u disks have no name that leads to them; libvirt waits 10 s for each, and leaves it out\n",
			tally->n_disks - tally->n_listed, tally->n_disks);
	return true;
}

static void write_pool(const struct vhba_row *vhba, struct xml_out *xml)
{
	char uuid[UUID_SIZE], host[sizeof("scsi_host4294967295")];
	char path[sizeof(NPIV_DEV_DIR "/") + NPIV_NAME_MAX];

	(void)snprintf(host, sizeof(host), "scsi_host%" PRIu32, vhba->port->host);
	(void)snprintf(path, sizeof(path), NPIV_DEV_DIR "/%s", vhba->pool);
	xml_out_comment(
		xml,
		"%s is %s now; define the pool anew if that has changed after another start",
		vhba->name, host);
	xml_out_open(xml, "pool");
	xml_out_attribute(xml, "type", "scsi");
	xml_out_text(xml, "name", vhba->name);
	xml_out_text(xml, "uuid", uuid_format(vhba->wwpn, uuid));
	xml_out_open(xml, "source");
	xml_out_open(xml, "adapter");
	xml_out_attribute(xml, "type", "scsi_host");
	xml_out_attribute(xml, "name", host);
	xml_out_close(xml);
	xml_out_close(xml);
	xml_out_open(xml, "target");
	xml_out_text(xml, "path", path);
	xml_out_close(xml);
	xml_out_close(xml);
}

int xml_write_pool(const struct xml_request *request, struct xml_out *xml)
{
	const struct vhba_row *vhba;
	struct tally tally = { 0 };
	int r;

	assert(request);
	assert(xml);

	vhba = xml_only_vhba(request);
	if (!vhba)
		return EXIT_FAILURE;
	if (!vhba->port || !vhba->state) {
		fprintf(stderr,
			"npivctl: '%s' is not up, and a pool needs the number of its host; start it with 'npivctl start %s'\n",
			vhba->name, vhba->name);
		return EXIT_FAILURE;
	}
	r = pool_count(request, vhba, &tally);
	if (r < 0)
		return r;
	if (!is_worth_it(vhba, &tally))
		return EXIT_FAILURE;
	write_pool(vhba, xml);
	return EXIT_SUCCESS;
}

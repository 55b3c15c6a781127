// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml hostdev: prints LUNs as SCSI host devices, by their current addresses. */
#include <inttypes.h>

#include "fc/lun.h"
#include "diagnose/stage.h"
#include "fc/wwn.h"
#include "libvirt/xml.h"
#include "state/environment.h"

/* Whether an earlier path to this LUN number of the vHBA is written. Paths are in order of numbers, and a path that
 * does I/O precedes others. */
static bool is_second_path(const struct inventory *inventory, const struct fc_lun *lun)
{
	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *other = &inventory->luns[i];

		if (other == lun || other->host != lun->host || other->lun != lun->lun)
			continue;
		if (streq(other->state, "running") != streq(lun->state, "running") ?
			    streq(other->state, "running") :
			    other < lun)
			return true;
	}
	return false;
}

static void hostdev_comment(const struct vhba_row *vhba, const struct fc_lun *lun,
			    struct xml_out *xml)
{
	_cleanup_free_ char *text = xml_describe_lun(lun);
	char target[WWN_TEXT_SIZE];

	xml_out_comment(xml, "LUN %" PRIu64 " of %s (%s): %s, by target port %s",
			lun->lun, vhba->pool, scsi_type_to_string(lun->type),
			text ? text : "", wwn_format(lun->target_wwpn, target));
	xml_out_comment(
		xml,
		"its current address: host and target numbers change at every start of %s",
		vhba->name);
}

static void write_hostdev(const struct vhba_row *vhba, const struct fc_lun *lun,
			  struct xml_out *xml)
{
	char host[sizeof("scsi_host4294967295")];

	(void)snprintf(host, sizeof(host), "scsi_host%" PRIu32, lun->host);
	hostdev_comment(vhba, lun, xml);
	xml_out_open(xml, "hostdev");
	xml_out_attribute(xml, "mode", "subsystem");
	xml_out_attribute(xml, "type", "scsi");
	xml_out_open(xml, "source");
	xml_out_open(xml, "adapter");
	xml_out_attribute(xml, "name", host);
	xml_out_close(xml);
	xml_out_open(xml, "address");
	xml_out_attribute_number(xml, "bus", lun->channel);
	xml_out_attribute_number(xml, "target", lun->target);
	xml_out_attribute_number(xml, "unit", lun->kernel_lun);
	xml_out_close(xml);
	xml_out_close(xml);
	xml_out_close(xml);
}

/* Warns if the host still uses a path that the guest gets. */
static void warn_of_map(const struct xml_request *request, const struct name_list *names,
			const struct fc_lun *lun)
{
	char leads_to[DEVICE_NAME_SIZE];

	if (xml_find_leading(request, names, lun, leads_to) &&
	    !streq(leads_to, lun->disk))
		fprintf(stderr,
			"npivctl: warning: %s, a path to LUN %" PRIu64
			", is used by the host's multipath map %s\n",
			lun->disk, lun->lun, leads_to);
}

/* Writes the LUNs of a vHBA, and adds them to the tree. Returns how many, or -errno. */
static int write_vhba(const struct xml_request *request, const struct vhba_row *vhba,
		      struct block_tree *tree, struct xml_out *xml)
{
	const struct inventory *inventory = &request->model->inventory;
	int n = 0;

	for (size_t i = 0; vhba->port && i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];
		struct name_list names;
		int r;

		if (lun->host != vhba->port->host || lun_is_well_known(lun->kernel_lun) ||
		    (!request->all_paths && is_second_path(inventory, lun)))
			continue;
		r = xml_names_list(request, vhba, lun, lun->lun, &names);
		if (r < 0)
			return r;
		if (!xml_wants_lun(request, &names, lun->lun))
			continue;
		/* LUNs below another root are not those of this host. */
		r = *environment_root() ?
			    0 :
			    block_tree_add_lun(tree, request->model->sysfs_fd, HOST_NONE,
					       lun);
		if (r < 0)
			return r;
		warn_of_map(request, &names, lun);
		write_hostdev(vhba, lun, xml);
		n++;
	}
	return n;
}

int xml_write_hostdev(const struct xml_request *request, struct xml_out *xml)
{
	_cleanup_(block_tree_done) struct block_tree tree = { 0 };
	const struct vhba_table *vhbas;
	int n = 0, r;

	assert(request);
	assert(xml);

	if (!xml_has_one_pool(request))
		return EXIT_FAILURE;
	vhbas = &request->model->vhbas;
	for (size_t i = 0; i < vhbas->n; i++) {
		if (!xml_wants_vhba(request, &vhbas->rows[i]))
			continue;
		r = write_vhba(request, &vhbas->rows[i], &tree, xml);
		if (r < 0)
			return r;
		n += r;
	}
	r = xml_warn_of_users(&tree);
	if (r < 0)
		return r;
	if (n > 0)
		return EXIT_SUCCESS;
	if (request->lun)
		fprintf(stderr,
			"npivctl: there is no LUN and no alias '%s' in '%s' now\n",
			request->lun, request->name);
	else
		fputs("npivctl: there are no LUNs now\n", stderr);
	return EXIT_FAILURE;
}

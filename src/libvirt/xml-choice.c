// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml: which vHBA is meant, and what is to be said of a LUN. */
#include "lib/size.h"
#include "ctl/select.h"
#include "libvirt/xml.h"
#include "ctl/ctl.h"
#include "state/environment.h"
#include "names/link-target.h"

bool xml_wants_vhba(const struct xml_request *request, const struct vhba_row *vhba)
{
	return vhba->name && (!request->name || vhba_row_matches(vhba, request->name));
}

/* Says that there is not just one; what is "virtual HBA" or "pool". */
static void complain_of_choice(const struct xml_request *request, size_t n,
			       const char *what)
{
	const struct vhba_table *vhbas = &request->model->vhbas;

	if (n == 0 && request->name)
		(void)ctl_fail_unknown(request->model, request->name);
	else if (n == 0)
		fputs("npivctl: there is no virtual HBA\n", stderr);
	if (n == 0)
		return;
	fprintf(stderr, "npivctl: there is more than one %s; name it:", what);
	for (size_t i = 0; i < vhbas->n; i++)
		if (xml_wants_vhba(request, &vhbas->rows[i]))
			fprintf(stderr, " %s", vhbas->rows[i].name);
	fputc('\n', stderr);
}

const struct vhba_row *xml_only_vhba(const struct xml_request *request)
{
	const struct vhba_table *vhbas = &request->model->vhbas;
	const struct vhba_row *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (!xml_wants_vhba(request, row))
			continue;
		/* Its own name says more than that of a pool. */
		if (request->name && streq(row->name, request->name))
			return row;
		only = row;
		n++;
	}
	if (n == 1)
		return only;
	complain_of_choice(request, n, "virtual HBA");
	return NULL;
}

bool xml_has_one_pool(const struct xml_request *request)
{
	const struct vhba_table *vhbas = &request->model->vhbas;
	const char *pool = NULL;
	size_t n = 0;

	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (!xml_wants_vhba(request, row) || (pool && streq(pool, row->pool)))
			continue;
		pool = row->pool;
		n++;
	}
	if (n == 1 || (n > 1 && request->name))
		return true;
	complain_of_choice(request, n, "pool");
	return false;
}

char *xml_describe_lun(const struct fc_lun *lun)
{
	char size[SIZE_TEXT_SIZE], *text;
	const char *identity = *lun->wwid ? lun->wwid : lun->serial;

	if (asprintf(&text, "%s%s%s %s%s%s",
		     lun->size ? size_format(lun->size, size) : "", lun->size ? ", " : "",
		     lun->vendor, lun->model, *identity ? ", " : "", identity) < 0)
		return NULL;
	return text;
}

bool xml_find_leading(const struct xml_request *request, const struct name_list *names,
		      const struct fc_lun *lun,
		      char ret_leads_to[static DEVICE_NAME_SIZE])
{
	for (size_t i = 0; *lun->disk && i < names->n; i++)
		if (!name_is_by_target(names->names[i].link) &&
		    link_target_find(environment_root(), request->model->sysfs_fd,
				     names->names[i].link, lun->disk, ret_leads_to))
			return true;
	return false;
}

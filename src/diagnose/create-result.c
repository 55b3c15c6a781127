// SPDX-License-Identifier: LGPL-2.1-or-later
/* The meaning of the errors of vport_create, for each driver. */
#include "diagnose/create-result.h"

struct row {
	const char *driver; /* NULL: any driver without a matching row above */
	int error; /* errno; 0 for a short count of bytes */
	bool if_offline; /* only while the parent is not Online */
	struct create_result result;
};

#define LINK_HINT                                                                            \
	"bring the link up: the driver creates virtual ports only while it is logged in to " \
	"the fabric"

/* The first row that fits applies. */
static const struct row rows[] = {
	/* clang-format off */
	/* Drivers that need the link first. qla2xxx learns only at its own fabric login whether the switch supports
	 * NPIV, so the same error has two meanings. */
	{ NULL, EOPNOTSUPP, true,
	  { CREATE_RETRY, STAGE_LINK_DOWN, "the HBA is not logged in to the fabric", LINK_HINT } },
	{ NULL, EIO, true,
	  { CREATE_RETRY, STAGE_LINK_DOWN, "the HBA is not logged in to the fabric", LINK_HINT } },
	{ NULL, EAGAIN, true,
	  { CREATE_RETRY, STAGE_LINK_DOWN, "the HBA is not ready", NULL } },
	{ NULL, EOPNOTSUPP, false,
	  { CREATE_FAIL, STAGE_NO_FABRIC_SUPPORT, "the switch did not offer NPIV at login", NULL } },

	/* qla2xxx returns a private enum instead of a count of bytes. */
	{ "qla2xxx", 0, false,
	  { CREATE_FAIL, STAGE_VPORT_FAILED, "the driver failed internally",
	    "find the message of qla2xxx with 'journalctl -k'" } },
	{ "qla2xxx", ENOTUNIQ, false,
	  { CREATE_FAIL, STAGE_WWN_REFUSED, "this HBA already has a port with that WWPN",
	    "give the virtual HBA another WWPN, or remove the static virtual port from the flash of the HBA" } },
	{ "qla2xxx", ENOSYS, false,
	  { CREATE_FAIL, STAGE_PARENT_INCAPABLE,
	    "the firmware or the mode of the HBA allows no further virtual port",
	    "free a virtual port, update the firmware, or load the driver with qlini_mode=enabled" } },

	/* lpfc returns small private numbers, which look like unrelated errnos. */
	{ "lpfc", EPERM, false,
	  { CREATE_FAIL, STAGE_VPORT_FAILED, "the driver gave no reason",
	    "find the message of lpfc with 'journalctl -k'" } },
	{ "lpfc", ENOENT, false,
	  { CREATE_FAIL, STAGE_WWN_REFUSED,
	    "NPIV is switched off in the driver, or the WWPN is malformed or in use",
	    "load the driver with lpfc_enable_npiv=1, or remove that WWPN from this HBA and from its flash" } },
	{ "lpfc", ESRCH, false,
	  { CREATE_FAIL, STAGE_VPORT_FAILED, "the driver is out of memory or port numbers", NULL } },
	{ "lpfc", EINTR, false,
	  { CREATE_FAIL, STAGE_NO_FREE_VPORT, "the HBA's maximum is reached", NULL } },

	/* libfc searches the WWPN among all ports of the host, including the parent itself. */
	{ "fcoe", EINVAL, false,
	  { CREATE_FAIL, STAGE_WWN_REFUSED, "a local port has that WWPN already", NULL } },

	/* The FC transport class itself, and every other driver. */
	{ NULL, 0, false,
	  { CREATE_FAIL, STAGE_VPORT_FAILED, "the driver took only part of the text", NULL } },
	{ NULL, EINVAL, false,
	  { CREATE_FAIL, STAGE_WWN_REFUSED, "the driver rejects these names as malformed", NULL } },
	{ NULL, ENOTUNIQ, false,
	  { CREATE_FAIL, STAGE_WWN_REFUSED, "the WWPN is in use", NULL } },
	{ NULL, EEXIST, false,
	  { CREATE_FAIL, STAGE_WWN_REFUSED, "the WWPN is in use", NULL } },
	{ NULL, ENOSPC, false,
	  { CREATE_FAIL, STAGE_NO_FREE_VPORT, "max_npiv_vports is reached", NULL } },
	{ NULL, ENOSYS, false,
	  { CREATE_FAIL, STAGE_PARENT_INCAPABLE, "the driver cannot create virtual ports", NULL } },
	{ NULL, ENOENT, false,
	  { CREATE_FAIL, STAGE_PARENT_INCAPABLE, "the driver offers no vport_create", NULL } },
	{ NULL, EACCES, false,
	  { CREATE_FAIL, STAGE_VPORT_FAILED, "writing is not permitted",
	    "start it as root, and without ProtectKernelTunables= in its unit" } },
	{ NULL, EROFS, false,
	  { CREATE_FAIL, STAGE_VPORT_FAILED, "/sys is mounted read-only",
	    "start it without ProtectKernelTunables= in its unit, and outside of containers" } },
	/* clang-format on */
};

static bool row_fits(const struct row *row, const struct fc_port *parent, int error)
{
	return row->error == error &&
	       (!row->driver || streq(row->driver, parent->driver)) &&
	       (!row->if_offline || parent->state != PORT_ONLINE);
}

struct create_result create_result(const struct fc_port *parent, ssize_t result,
				   bool is_there)
{
	int error = result < 0 ? (int)-result : 0;

	if (result >= VPORT_TEXT_LENGTH)
		return (struct create_result){ .action = CREATE_DONE };
	/* Another writer was faster (the HBA's flash, libvirt), or the driver made the vport and reported a failure:
	 * a vport that exists counts, whatever the answer was. */
	if (is_there)
		return (struct create_result){ .action = CREATE_ADOPT };
	if (!parent)
		return (struct create_result){ CREATE_RETRY, STAGE_PARENT_MISSING,
					       "the HBA has disappeared", NULL };
	for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
		if (row_fits(&rows[i], parent, error))
			return rows[i].result;
	return (struct create_result){ CREATE_FAIL, STAGE_VPORT_FAILED, NULL, NULL };
}

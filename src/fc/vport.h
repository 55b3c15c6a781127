/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Creates, deletes and configures a vport through the files of its parent in sysfs. sysfs is an open folder. The
 * caller of vport_create() or vport_delete() holds the parent's lock (state/lock.h). */
#pragma once

#include <sys/types.h>

#include "fc/inventory.h"

/* Length of the text for vport_create and vport_delete: "WWPN:WWNN", 16 hex digits each, without 0x and without a
 * newline (fc_parse_wwn(), scsi_transport_fc.c). */
#define VPORT_TEXT_LENGTH 33

/* Writes WWPN:WWNN to the parent's vport_create, once. Returns the kernel's result, a count of bytes or -errno, for
 * diagnose/create-result.h. */
ssize_t vport_create(int sysfs, uint32_t parent_host, uint64_t wwpn,
		     uint64_t wwnn) _must_check_;

/* Writes WWPN:WWNN to the parent's vport_delete, and returns when the vport is gone, which takes 30 s and more with
 * some drivers and cannot be interrupted. A vport or parent that is already gone is success. Returns -EAGAIN if the
 * driver wants another try. */
int vport_delete(int sysfs, uint32_t parent_host, uint64_t wwpn,
		 uint64_t wwnn) _must_check_;

/* Disables and enables a vport that its driver has failed, the only way out of VPort Failed while the link is up
 * (scsi_fc_transport.rst). Returns -EOPNOTSUPP or -ENOENT if the driver does not support it. */
int vport_reset(int sysfs, const struct fc_vport *vport) _must_check_;

/* Sets the name that the switch shows, truncated to NPIV_SYMBOLIC_NAME_MAX bytes. Returns -EAGAIN if the port is
 * not logged in, because a name that changes during a login crashes libfc; -EACCES or -ENOENT if the driver does
 * not allow to set it. */
int vport_set_symbolic_name(int sysfs, const struct fc_vport *vport, const char *name);

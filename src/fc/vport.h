/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Making, deleting and tuning of a vport through its parent's files in sysfs. sysfs is an open
 * folder. Makers and deleters hold the parent's lock (state/lock.h). */
#pragma once

#include <sys/types.h>

#include "fc/inventory.h"

/* The text that vport_create and vport_delete take: "WWPN:WWNN", 16 hex digits each, without 0x and
 * without a newline (fc_parse_wwn(), scsi_transport_fc.c). */
#define VPORT_TEXT_LENGTH 33

/* Writes WWPN:WWNN to the parent's vport_create, once. Returns what the kernel gave, a count of
 * bytes or -errno: for diagnose/create-result.h to judge. */
ssize_t vport_create(int sysfs, uint32_t parent_host, uint64_t wwpn,
		     uint64_t wwnn) _must_check_;

/* Writes WWPN:WWNN to the parent's vport_delete: returns when the vport is gone, which with some
 * drivers takes 30 s and more and cannot be interrupted. Already gone, or the parent gone, is
 * success. -EAGAIN: the driver wants to be asked again. */
int vport_delete(int sysfs, uint32_t parent_host, uint64_t wwpn,
		 uint64_t wwnn) _must_check_;

/* Takes a vport that its driver gave up through disable and enable, the only way out of VPort Failed
 * while the link is up (scsi_fc_transport.rst). -EOPNOTSUPP and -ENOENT: not with this driver. */
int vport_reset(int sysfs, const struct fc_vport *vport) _must_check_;

/* Sets the name that the switch shows, cut to NPIV_SYMBOLIC_NAME_MAX bytes. -EAGAIN: the port is not logged
 * in, and a name that changes during a login crashes libfc. -EACCES and -ENOENT: the driver lets nobody set it. */
int vport_set_symbolic_name(int sysfs, const struct fc_vport *vport, const char *name);

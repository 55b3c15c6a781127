/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads the disks in a guest's XML, and writes the XML of one disk. */
#pragma once

#include "libvirt/attach-plan.h"

/* Reads the parts of a guest's XML that the plan needs. Returns 0, -EBADMSG or -ENOMEM. Empty *ret_guest with
 * attach_guest_done(). */
int guest_xml_read(const char *xml, struct attach_guest *ret_guest) _must_check_;

/* Returns the XML of the disk of a step, for the caller to free; NULL if out of memory. */
char *guest_xml_disk(const char *pool, const struct attach_step *step);

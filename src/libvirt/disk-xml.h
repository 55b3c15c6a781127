/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's XML, as far as disks and their places go, and the XML of one disk of ours. */
#pragma once

#include "libvirt/attach-plan.h"

/* Reads what of a guest's XML counts for the plan. -EBADMSG, -ENOMEM. Empty *ret_guest with
 * attach_guest_done(). */
int guest_xml_read(const char *xml, struct attach_guest *ret_guest) _must_check_;

/* The disk of a step, for the caller to free; NULL without memory. */
char *guest_xml_disk(const char *pool, const struct attach_step *step);

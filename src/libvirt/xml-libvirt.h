/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a vHBA from a document of libvirt. */
#pragma once

#include "libvirt/libvirt-vhba.h"
#include "libvirt/xml-in.h"

/* Reads a node device or a storage pool, as printed by virsh or stored in a file of libvirt; file is for messages,
 * and the caller keeps it. Parts that a vHBA of npiv does not have are warnings. Returns 1; 0 with an error in
 * messages if there is no vHBA in it; or -ENOMEM. Empty *ret_vhba with libvirt_vhba_done(). */
int xml_libvirt_read(const char *file, const xmlNode *root, unsigned lines,
		     struct messages *messages,
		     struct libvirt_vhba *ret_vhba) _must_check_;

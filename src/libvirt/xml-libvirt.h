/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads a vHBA from a document of libvirt. */
#pragma once

#include "libvirt/libvirt-vhba.h"
#include "libvirt/xml-in.h"

/* Reads a node device or a storage pool, as virsh prints it or as libvirt keeps it in a file; file is for messages, and stays the caller's. What it says
 * beyond what a vHBA has is a warning. Returns 1; 0 if an error in messages says why there is no vHBA in
 * it; or -ENOMEM. Empty *ret_vhba with libvirt_vhba_done(). */
int xml_libvirt_read(const char *file, const xmlNode *root, unsigned lines,
		     struct messages *messages,
		     struct libvirt_vhba *ret_vhba) _must_check_;

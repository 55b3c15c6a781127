/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Marks the vports that must not disappear, for the rules of udev: the link RUN/vport/SYSNAME to the state of the
 * vHBA. If a marked vport disappears, another program deleted it, or its HBA is gone. */
#pragma once

#include "lib/util.h"

/* Marks a vport, by its name in sysfs, as that of the vHBA of this name, which is up. Returns 0 or
 * -errno. */
int vport_mark(const char *run, const char *name, const char *sysname) _must_check_;

/* Whether a vport has the mark of this vHBA. Returns false if that cannot be read. */
bool vport_is_marked(const char *run, const char *name, const char *sysname);

/* Removes all marks of a vHBA: before its vport is deleted, and when the vHBA is no longer up. It is no error if
 * there are none. Returns 0 or -errno. */
int vport_unmark(const char *run, const char *name) _must_check_;

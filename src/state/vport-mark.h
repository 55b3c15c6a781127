/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Marks of the vports that are to stay, for udev's rules: the link RUN/vport/SYSNAME to the state of its
 * vHBA. If a vport goes that has one, somebody else deleted it, or its HBA went. */
#pragma once

#include "lib/util.h"

/* Marks a vport, by its name in sysfs, as that of the vHBA of this name, which is up. Returns 0 or
 * -errno. */
int vport_mark(const char *run, const char *name, const char *sysname) _must_check_;

/* Whether a vport has the mark of this vHBA. False if that cannot be read. */
bool vport_is_marked(const char *run, const char *name, const char *sysname);

/* Takes all marks of a vHBA away: before its vport is deleted, and when it is up no longer. What is not
 * there is fine. Returns 0 or -errno. */
int vport_unmark(const char *run, const char *name) _must_check_;

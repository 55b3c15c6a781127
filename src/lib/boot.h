/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What kind of boot this is: one in which virtual HBAs are to be set up, or not. */
#pragma once

#include "lib/util.h"

/* Whether they are: not in a container, whose Fibre Channel is its host's; not in the initrd, which
 * has no configuration; not for a user's service manager; and not where the kernel's command line
 * says npiv=off (or 0, no, false). root is "" or that of a test. Takes systemd's word for it from the
 * environment (systemd.generator(7)), and looks itself if systemd is too old to give it. */
bool boot_wants_vhbas(const char *root);

/* Whether an administrator has enabled a vHBA's unit, which makes a link in /etc. */
bool boot_has_enabled(const char *root);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Decides whether virtual HBAs are set up in this boot. */
#pragma once

#include "lib/util.h"

/* Whether virtual HBAs are to be set up: not in a container, whose Fibre Channel is the host's; not in the initrd,
 * which has no configuration; not for a user's service manager; and not if the kernel's command line has npiv=off
 * (or 0, no, false). root is "" or a folder of a test. Uses the environment variables of systemd
 * (systemd.generator(7)), and examines the system itself if systemd is too old to set them. */
bool boot_wants_vhbas(const char *root);

/* Whether an administrator has enabled the unit of a vHBA, which makes a link in /etc. */
bool boot_has_enabled(const char *root);

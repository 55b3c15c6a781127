/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All links below /dev/npiv. */
#pragma once

#include "ctl/changes.h"

/* Lists them, in order of names; root is "" or that of a test. A folder that goes meanwhile, or was never
 * there, has none. -ENOMEM, or why it could not be read. The caller empties *ret_list with
 * link_list_done(). */
int link_list_read(const char *root, struct link_list *ret_list) _must_check_;

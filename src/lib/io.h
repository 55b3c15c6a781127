/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads and writes that go on if the kernel did a part, or was interrupted. */
#pragma once

#include <sys/types.h>

#include "lib/util.h"

/* Reads until size bytes are there, or the end of the file. Returns how many, or -errno. */
ssize_t io_read(int fd, void *buf, size_t size) _must_check_;

/* Writes all of it. Returns 0 or -errno. */
int io_write(int fd, const void *buf, size_t size) _must_check_;

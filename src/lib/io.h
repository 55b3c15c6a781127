/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Reads and writes that continue after a partial or interrupted call. */
#pragma once

#include <sys/types.h>

#include "lib/util.h"

/* Reads until size bytes are read, or the file ends. Returns the number of bytes, or -errno. */
ssize_t io_read(int fd, void *buf, size_t size) _must_check_;

/* Writes all bytes. Returns 0 or -errno. */
int io_write(int fd, const void *buf, size_t size) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Attributes of sysfs: reads with a size limit, and the only writes. */
#pragma once

#include <dirent.h>
#include <sys/types.h>

#include "lib/util.h"

/* Opens a folder for the functions below. Returns a descriptor that the caller closes, or -errno (-ENOENT also if
 * the device disappeared meanwhile). */
int sysfs_open_dir(int at, const char *path) _must_check_;

/* Opens a folder as a stream for readdir(); NULL with errno set. The caller closes it. */
DIR *sysfs_open_stream(int at, const char *path) _must_check_;

/* Reads a text attribute into buf: at most size - 1 bytes, without trailing white space, and with a NUL; drops text
 * after a NUL byte. Returns 0, -EMSGSIZE if the text is longer, or -errno: -ENOENT and -ENODEV if the device is
 * gone; the driver returns other errors. */
int sysfs_read_text(int at, const char *path, char *buf, size_t size) _must_check_;

/* Reads a binary attribute. Returns the number of bytes, or -errno like sysfs_read_text(). */
ssize_t sysfs_read_bytes(int at, const char *path, void *buf, size_t size) _must_check_;

/* Reads a decimal number. Returns -EINVAL if it is none, otherwise as sysfs_read_text(). */
int sysfs_read_number(int at, const char *path, uint64_t *ret) _must_check_;

/* Reads a device number, "8:16". Returns -EBADMSG if it is none, otherwise as sysfs_read_text(). */
int sysfs_read_device(int at, const char *path, dev_t *ret) _must_check_;

/* Reads a WWN as the kernel prints it. Returns -EINVAL if it is none, otherwise as sysfs_read_text(). */
int sysfs_read_wwn(int at, const char *path, uint64_t *ret) _must_check_;

/* Writes text in ONE write(), as vport_create and similar attributes need, and never retries. Returns the number of
 * bytes that the kernel accepted, which can be less than the text with some drivers (qla2xxx), or -errno. */
ssize_t sysfs_write(int at, const char *path, const char *text) _must_check_;

/* Writes bytes that may include NUL, otherwise like sysfs_write(). */
ssize_t sysfs_write_bytes(int at, const char *path, const void *bytes,
			  size_t size) _must_check_;

/* The reads below are for attributes that a device may lack: they never fail. */

/* Reads the text of an attribute for output: bytes that are not printable become '?', because drivers pass on the
 * text of a switch or an array. The text is empty if the attribute is missing, unreadable or longer than buf. */
void attribute_text(int dir, const char *attribute, char *buf, size_t size);

/* Reads a WWN or a port id, which have the same form; otherwise is returned if that fails. */
uint64_t attribute_hex(int dir, const char *attribute, uint64_t otherwise);

/* Returns 0 if the attribute is missing or too large. */
uint32_t attribute_u32(int dir, const char *attribute);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Attributes of sysfs: bounded reads, and the one place that writes there. */
#pragma once

#include <dirent.h>
#include <sys/types.h>

#include "lib/util.h"

/* Opens a folder for the functions below. Returns a descriptor that is the caller's, or -errno
 * (-ENOENT also where the device went away meanwhile). */
int sysfs_open_dir(int at, const char *path) _must_check_;

/* The same as a stream for readdir(); NULL with errno set. The caller closes it. */
DIR *sysfs_open_stream(int at, const char *path) _must_check_;

/* Reads a text attribute into buf: at most size - 1 bytes, white space at the end cut off, NUL
 * added; text behind a NUL byte is dropped. Returns 0, -EMSGSIZE where it is longer, or -errno:
 * -ENOENT and -ENODEV are devices that went away, other errors are the driver's own. */
int sysfs_read_text(int at, const char *path, char *buf, size_t size) _must_check_;

/* Reads a binary attribute. Returns how many bytes, or -errno as above. */
ssize_t sysfs_read_bytes(int at, const char *path, void *buf, size_t size) _must_check_;

/* Reads a decimal number. -EINVAL where it is none, else as sysfs_read_text(). */
int sysfs_read_number(int at, const char *path, uint64_t *ret) _must_check_;

/* Reads a device number, "8:16". -EBADMSG where it is none, else as sysfs_read_text(). */
int sysfs_read_device(int at, const char *path, dev_t *ret) _must_check_;

/* Reads a WWN as the kernel prints it. -EINVAL where it is none, else as sysfs_read_text(). */
int sysfs_read_wwn(int at, const char *path, uint64_t *ret) _must_check_;

/* Writes text in ONE write(), as vport_create and its like demand, and never again. Returns the
 * number of bytes that the kernel took, which a driver can make smaller than the text (qla2xxx), or
 * -errno. */
ssize_t sysfs_write(int at, const char *path, const char *text) _must_check_;

/* The same for bytes that may be NUL. */
ssize_t sysfs_write_bytes(int at, const char *path, const void *bytes,
			  size_t size) _must_check_;

/* The reads below are for attributes that a device may be without: each gives something. */

/* The text of an attribute, fit to be shown: drivers pass on what a switch or an array says. Empty where
 * it is missing, unreadable or longer than buf holds. */
void attribute_text(int dir, const char *attribute, char *buf, size_t size);

/* WWNs and port ids have one form. */
uint64_t attribute_hex(int dir, const char *attribute, uint64_t otherwise);

/* 0 if it is missing or too large. */
uint32_t attribute_u32(int dir, const char *attribute);

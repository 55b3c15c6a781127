/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writes sizes for people. */
#pragma once

#include "lib/util.h"

#define SIZE_TEXT_SIZE sizeof("1023.9T")

/* Writes a number of bytes like lsblk: in the largest power of 1024 that gives at least 1, with one decimal if it
 * is not 0: "512B", "1G", "1.5T". Returns buf. */
char *size_format(uint64_t bytes, char buf[static SIZE_TEXT_SIZE]);

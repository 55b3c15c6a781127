/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Attributes that a device may be without: each read gives something. */
#pragma once

#include "lib/util.h"

/* The text of an attribute, fit to be shown: drivers pass on what a switch or an array says. Empty where
 * it is missing, unreadable or longer than buf holds. */
void attribute_text(int dir, const char *attribute, char *buf, size_t size);

/* WWNs and port ids have one form. */
uint64_t attribute_hex(int dir, const char *attribute, uint64_t otherwise);

/* 0 where it is missing or too large. */
uint32_t attribute_u32(int dir, const char *attribute);

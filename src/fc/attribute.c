// SPDX-License-Identifier: LGPL-2.1-or-later
/* Attributes that a device may be without: each read gives something. */
#include "fc/array-text.h"
#include "fc/attribute.h"
#include "fc/sysfs.h"

void attribute_text(int dir, const char *attribute, char *buf, size_t size)
{
	assert(buf);

	if (sysfs_read_text(dir, attribute, buf, size) < 0)
		*buf = '\0';
	array_text_mask(buf);
}

uint64_t attribute_hex(int dir, const char *attribute, uint64_t otherwise)
{
	uint64_t n;

	return sysfs_read_wwn(dir, attribute, &n) < 0 ? otherwise : n;
}

uint32_t attribute_u32(int dir, const char *attribute)
{
	uint64_t n;

	return sysfs_read_number(dir, attribute, &n) < 0 || n > UINT32_MAX ? 0 :
									     (uint32_t)n;
}

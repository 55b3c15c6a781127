// SPDX-License-Identifier: LGPL-2.1-or-later
/* The growing array that all lists use. */
#include "lib/util.h"

void *array_grow(void *items, size_t n, size_t size)
{
	void *array;

	assert(items);
	assert(size > 0);
	memcpy(&array, items, sizeof(array)); /* any pointer type, without aliasing */

	/* n is 0 or a power of two: the array is full. */
	if ((n & (n - 1)) == 0) {
		size_t room = n ? n * 2 : 1;

		if (room > SIZE_MAX / size)
			return NULL;
		array = realloc(array, room * size);
		if (!array)
			return NULL;
		memcpy(items, &array, sizeof(array));
	}

	return memset((char *)array + n * size, 0, size);
}

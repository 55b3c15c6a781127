// SPDX-License-Identifier: LGPL-2.1-or-later
/* What arrays say of themselves: VPD page 0x80 and the identity of a logical unit. */
#include "fc/array-text.h"
#include "fc/identity.h"
#include "config/name.h"
#include "fuzz.h"

static bool is_printable(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

/* The identity of a disk of which the array says these bytes where its WWID belongs. */
static bool identify(const uint8_t *bytes, size_t n, char identity[static IDENTITY_SIZE])
{
	struct fc_lun lun = { 0 };
	int r = array_text_escape(bytes, n, lun.wwid, sizeof(lun.wwid));

	MUST((r == 0) == (*lun.wwid || n == 0));
	MUST(is_printable(lun.wwid));
	(void)identity_format(&lun, identity);
	MUST(*identity && !streq(identity, "-") && is_printable(identity));
	return r == 0 && *lun.wwid;
}

static bool has_escape(const char *text)
{
	return strstr(text, "\\x") != NULL;
}

/* Two units of which the array says different things do not become one, unless one of them says in
 * print what stands for a byte of the other. */
static void check_two(const uint8_t *data, size_t size)
{
	char one[IDENTITY_SIZE], other[IDENTITY_SIZE];
	size_t half = size / 2;

	if (!identify(data, half, one) || !identify(data + half, size - half, other))
		return;
	if (streq(one, other) && !has_escape(one) && !startswith(one, "target:"))
		MUST(half == size - half && memcmp(data, data + half, half) == 0);
}

static void check_serial(const uint8_t *data, size_t size)
{
	struct fc_lun lun = { .vendor = "ACME", .model = "Disk" };
	char identity[IDENTITY_SIZE];
	size_t n;

	array_text_serial(data, size, lun.serial, sizeof(lun.serial));
	n = strlen(lun.serial);
	MUST(is_printable(lun.serial));
	MUST(n == 0 || (lun.serial[0] != ' ' && lun.serial[n - 1] != ' '));
	(void)identity_format(&lun, identity);
	MUST(is_printable(identity));
	MUST(n == 0 || strstr(identity, lun.serial));
}

static void check_mask(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = fuzz_text(data, size);
	size_t n = strlen(text);

	array_text_mask(text);
	MUST(is_printable(text) && strlen(text) == n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_two(data, size);
	check_serial(data, size);
	check_mask(data, size);
	return 0;
}

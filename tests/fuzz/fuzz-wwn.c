// SPDX-License-Identifier: LGPL-2.1-or-later
/* World wide names, as people and as sysfs write them. */
#include "fc/wwn.h"
#include "fuzz.h"

static size_t count(const char *text, const char *characters)
{
	size_t n = 0;

	for (; *text; text++)
		n += strchr(characters, *text) != NULL;
	return n;
}

/* What is accepted has 16 hex digits, nothing between them but all seven colons, and is read again
 * from how we write it. */
static void check_parse(const char *text)
{
	char written[WWN_TEXT_SIZE];
	const char *digits = text;
	uint64_t wwn, again;

	if (wwn_parse(text, &wwn) < 0)
		return;
	if (digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X'))
		digits += 2;
	MUST(count(digits, "0123456789abcdefABCDEF") == 16);
	MUST(count(digits, ":") == 0 || count(digits, ":") == 7);
	MUST(strlen(digits) == 16 + count(digits, ":"));
	MUST(wwn_parse(wwn_format(wwn, written), &again) == 0 && again == wwn);
	MUST(strlen(written) == strlen("0x0123456789abcdef"));
}

static void check_parse_sysfs(const char *text)
{
	char written[WWN_TEXT_SIZE], kernel[32];
	uint64_t wwn, again;

	if (wwn_parse_sysfs(text, &wwn) < 0)
		return;
	MUST(strspn(text, "0123456789abcdefABCDEFxX \t\n") == strlen(text));
	MUST(wwn_parse_sysfs(wwn_format(wwn, written), &again) == 0 && again == wwn);
	/* What the kernel would print of it: 0x%llx. */
	(void)snprintf(kernel, sizeof(kernel), "0x%llx\n", (unsigned long long)wwn);
	MUST(wwn_parse_sysfs(kernel, &again) == 0 && again == wwn);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = fuzz_text(data, size);

	check_parse(text);
	check_parse_sysfs(text);
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* World wide names as text: the admin's spellings, the kernel's and ours. */
#include <inttypes.h>

#include "fc/wwn.h"
#include "lib/json.h"

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

static const char *skip_0x(const char *text)
{
	return text[0] == '0' && (text[1] == 'x' || text[1] == 'X') ? text + 2 : text;
}

int wwn_parse(const char *text, uint64_t *ret_wwn)
{
	uint64_t wwn = 0;
	bool colons;

	assert(text);
	assert(ret_wwn);

	text = skip_0x(text);
	colons = strlen(text) == 23;
	for (unsigned i = 0; i < 16; i++) {
		int digit = hex_digit(*text);

		if (digit < 0)
			return -EINVAL;
		wwn = wwn << 4 | (unsigned)digit;
		text++;
		/* All the colons or none: a name with one left out is more likely a typo. */
		if (colons && i % 2 == 1 && i < 15 && *text++ != ':')
			return -EINVAL;
	}
	if (*text)
		return -EINVAL;

	*ret_wwn = wwn;
	return 0;
}

int wwn_parse_sysfs(const char *text, uint64_t *ret_wwn)
{
	uint64_t wwn = 0;
	unsigned n;

	assert(text);
	assert(ret_wwn);

	text = skip_0x(text);
	for (n = 0; hex_digit(text[n]) >= 0; n++) {
		if (n == 16)
			return -EINVAL;
		wwn = wwn << 4 | (unsigned)hex_digit(text[n]);
	}
	if (n == 0 || text[n + strspn(text + n, " \t\n")])
		return -EINVAL;

	*ret_wwn = wwn;
	return 0;
}

bool wwn_is_usable(uint64_t wwn)
{
	return wwn != 0 && wwn != WWN_UNSET;
}

char *wwn_format(uint64_t wwn, char buf[static WWN_TEXT_SIZE])
{
	(void)snprintf(buf, WWN_TEXT_SIZE, "0x%016" PRIx64, wwn);
	return buf;
}

char *wwn_format_colons(uint64_t wwn, char buf[static WWN_COLONS_SIZE])
{
	for (unsigned i = 0; i < 8; i++)
		(void)snprintf(buf + 3 * i, WWN_COLONS_SIZE - 3 * i, "%02x%s",
			       (unsigned)(wwn >> (8 * (7 - i))) & 0xff, i < 7 ? ":" : "");
	return buf;
}

void wwn_json(struct json *json, const char *key, uint64_t wwn)
{
	char text[WWN_TEXT_SIZE];

	json_text(json, key, wwn_is_usable(wwn) ? wwn_format(wwn, text) : NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* World wide names as text: in the forms of the admin, the kernel and npiv. */
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
		/* Accept all colons or none: a name with one missing is more likely a typing error. */
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

/* The bit that distinguishes WWPN and WWNN: the lowest bit of the organization's choice. In NAA 2 it is the bit by
 * which HBAs distinguish the ports of one node (0x2000… and 0x2001…). */
#define PORT_BIT_NAA_5 (UINT64_C(1) << 0)
#define PORT_BIT_NAA_2 (UINT64_C(1) << 48)

#define OUI_MULTICAST \
	UINT32_C(0x010000) /* the lowest bit of the first byte, as in a MAC address */

struct wwn_pair wwn_make(enum wwn_naa naa, uint32_t oui, uint64_t seed)
{
	uint64_t node, port_bit;

	assert(oui <= 0xffffff);

	seed &= (UINT64_C(1) << WWN_SEED_BITS) - 1;
	if (naa == WWN_NAA_5) {
		node = UINT64_C(5) << 60 | (uint64_t)oui << 36 | seed << 1;
		port_bit = PORT_BIT_NAA_5;
	} else {
		node = UINT64_C(2) << 60 | seed >> 24 << 49 | (uint64_t)oui << 24 |
		       (seed & 0xffffff);
		port_bit = PORT_BIT_NAA_2;
	}
	return (struct wwn_pair){ .wwpn = node | port_bit, .wwnn = node };
}

int wwn_parse_oui(const char *text, uint32_t *ret_oui)
{
	char digits[sizeof("001a4a")];
	char separator;
	size_t n = 0;
	uint32_t oui;

	assert(text);
	assert(ret_oui);

	separator = strlen(text) == strlen("00:1a:4a") ? text[2] : '\0';
	if (separator && separator != ':' && separator != '-')
		return -EINVAL;
	for (const char *p = text; *p; p++) {
		if (separator && (p - text) % 3 == 2) {
			if (*p != separator)
				return -EINVAL;
			continue;
		}
		if (!strchr("0123456789abcdefABCDEF", *p) || n == sizeof(digits) - 1)
			return -EINVAL;
		digits[n++] = *p;
	}
	digits[n] = '\0';
	if (n != sizeof(digits) - 1)
		return -EINVAL;

	oui = (uint32_t)strtoul(digits, NULL, 16);
	if (oui & OUI_MULTICAST)
		return -ERANGE;
	*ret_oui = oui;
	return 0;
}

void wwn_name_id(const char *name, uint8_t ret_id[static 16])
{
	static const uint64_t offsets[] = {
		UINT64_C(0xcbf29ce484222325), /* the offset of FNV */
		UINT64_C(0x9ae16a3b2f90404f), /* another, for the second half */
	};

	assert(name);
	assert(ret_id);

	for (size_t half = 0; half < ARRAY_SIZE(offsets); half++) {
		uint64_t hash = offsets[half];

		for (const char *p = name; *p; p++)
			hash = (hash ^ (unsigned char)*p) * UINT64_C(0x100000001b3);
		for (unsigned i = 0; i < 8; i++)
			ret_id[half * 8 + i] = (uint8_t)(hash >> (8 * i));
	}
}

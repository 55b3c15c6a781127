// SPDX-License-Identifier: LGPL-2.1-or-later
/* Checks names, and makes the names of links. */
#include <ctype.h>
#include <inttypes.h>

#include "config/name.h"
#include "lib/text.h"
#include "fc/wwn.h"

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_digits(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

const char *name_fault(const char *name)
{
	assert(name);

	if (!*name)
		return "a name is missing";
	if (strlen(name) > NPIV_NAME_MAX)
		return "a name has at most 64 characters";
	if (!is_letter_or_digit(*name))
		return "a name begins with a letter or a digit";
	for (; *name; name++)
		if (!is_letter_or_digit(*name) && !strchr("_.-", *name))
			return "a name is made of letters, digits, '_', '.' and '-'";
	return NULL;
}

bool name_is_valid(const char *name)
{
	return !name_fault(name);
}

static bool is_partition_name(const char *name)
{
	const char *part = NULL;

	for (const char *p = name; (p = strstr(p, "-part")); p++)
		part = p;
	return part && is_digits(part + strlen("-part"));
}

const char *alias_fault(const char *alias)
{
	const char *fault = name_fault(alias);

	if (fault)
		return fault;
	if (is_digits(alias))
		return "an alias of digits alone looks like a LUN number";
	if (is_partition_name(alias))
		return "an alias that ends in -part and a number looks like a partition";
	if (streq(alias, "by-target"))
		return "'by-target' is the folder for names by target port";
	return NULL;
}

const char *guest_name_fault(const char *name)
{
	assert(name);

	if (!*name)
		return "a guest's name is missing";
	if (strlen(name) > NPIV_GUEST_MAX)
		return "a guest's name has at most 128 bytes";
	/* libvirt allows no '/' either, and its tools take a '-' for an option. */
	if (*name == '-')
		return "a guest's name does not begin with '-'";
	if (strchr(name, '/') || text_has_control(name))
		return "a guest's name has no '/' and no control characters";
	return NULL;
}

/* Returns the identifying part of a WWID, and scsi_id's letter for its kind. */
static const char *wwid_split(const char *wwid, char *ret_kind)
{
	static const struct {
		const char *prefix;
		char kind;
	} kinds[] = { { "naa.", '3' }, { "eui.", '2' }, { "t10.", '1' } };

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		const char *rest = startswith(wwid, kinds[i].prefix);

		if (rest) {
			*ret_kind = kinds[i].kind;
			return rest;
		}
	}

	*ret_kind = *wwid;
	return *wwid ? wwid + 1 : wwid;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '_';
}

/* Returns the next character to compare: a run of blanks is one '_', blanks at the end are ignored. */
static int next_character(const char **text, bool is_hex)
{
	char c = **text;

	if (!c)
		return 0;
	if (!is_blank(c)) {
		(*text)++;
		return is_hex ? tolower((unsigned char)c) : (unsigned char)c;
	}
	while (is_blank(**text))
		(*text)++;
	return **text ? '_' : 0;
}

bool wwid_equal(const char *a, const char *b)
{
	char kind_a, kind_b;
	bool is_hex, is_anything = false;
	int c;

	assert(a);
	assert(b);

	a = wwid_split(a, &kind_a);
	b = wwid_split(b, &kind_b);
	if (kind_a != kind_b)
		return false;
	/* A t10 name contains a serial number, and serial numbers can differ only in case. */
	is_hex = kind_a == '2' || kind_a == '3';
	do {
		c = next_character(&a, is_hex);
		if (c != next_character(&b, is_hex))
			return false;
		is_anything = is_anything || c;
	} while (c);
	return is_anything;
}

char *link_by_lun(const char *pool, uint64_t lun, char buf[static NPIV_LINK_MAX])
{
	assert(pool);

	(void)snprintf(buf, NPIV_LINK_MAX, "%s/%" PRIu64, pool, lun);
	return buf;
}

char *link_by_alias(const char *pool, const char *alias, char buf[static NPIV_LINK_MAX])
{
	assert(pool);
	assert(alias);

	(void)snprintf(buf, NPIV_LINK_MAX, "%s/%s", pool, alias);
	return buf;
}

char *link_by_target(const char *pool, uint64_t target, uint64_t lun,
		     char buf[static NPIV_LINK_MAX])
{
	char wwpn[WWN_TEXT_SIZE];

	assert(pool);

	(void)snprintf(buf, NPIV_LINK_MAX, "%s/by-target/%s-lun-%" PRIu64, pool,
		       wwn_format(target, wwpn), lun);
	return buf;
}

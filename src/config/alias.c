// SPDX-License-Identifier: LGPL-2.1-or-later
/* Handles the alias.LUN and alias.WWID keys of a pool: reads what they name, and refuses collisions. */
#include <ctype.h>
#include <stdarg.h>

#include "config/section.h"
#include "lib/limits.h"
#include "config/name.h"
#include "lib/parse.h"

/* The greatest length of digits that are a LUN number and not a WWID. */
#define LUN_DIGITS_MAX 10
/* The least length of vendor, model and serial number after a '1'. */
#define T10_LENGTH_MIN 6

#define NO_SUBJECT                                                              \
	"is neither a LUN number (0 to 65535, or 0x and 16 digits) nor a WWID " \
	"(naa.…, eui.…, t10.…, or as scsi_id prints it)"

static bool is_hex(const char *text, size_t n)
{
	return strlen(text) == n && strspn(text, "0123456789abcdefABCDEF") == n;
}

/* Whether a text is a WWID as sysfs prints it (naa., eui., t10.) or as scsi_id and multipath print it (with 3, 2 or
 * 1 at the front). */
static bool is_wwid(const char *text)
{
	const char *rest;

	if ((rest = startswith(text, "naa.")))
		return is_hex(rest, 16) || is_hex(rest, 32);
	if ((rest = startswith(text, "eui.")))
		return is_hex(rest, 16) || is_hex(rest, 24) || is_hex(rest, 32);
	if (startswith(text, "t10."))
		return wwid_equal(text, text); /* not only blanks */
	switch (*text) {
	case '3':
		return is_hex(text + 1, 16) || is_hex(text + 1, 32);
	case '2':
		return is_hex(text + 1, 16) || is_hex(text + 1, 24) ||
		       is_hex(text + 1, 32);
	case '1':
		return strlen(text) >= T10_LENGTH_MIN &&
		       !isdigit((unsigned char)text[1]) && wwid_equal(text, text);
	default:
		return false;
	}
}

/* Extracts the WWID from a name of /dev/disk/by-id: "wwn-0x" is followed by the WWID of naa.
 * (ID_WWN_WITH_EXTENSION, from udev's scsi_id.c), "scsi-" and "dm-uuid-mpath-" by the text of scsi_id and
 * multipath. Any other name is copied unchanged. */
static void alias_read_by_id(const char *text, char wwid[static NPIV_CONFIG_LINE_MAX + 1])
{
	static const char *const prefixes[] = { "scsi-", "dm-uuid-mpath-" };
	const char *rest = startswith(text, "/dev/disk/by-id/");

	text = rest ? rest : text;
	rest = startswith(text, "wwn-0x");
	for (size_t i = 0; !rest && i < ARRAY_SIZE(prefixes); i++)
		if (startswith(text, prefixes[i]))
			text = startswith(text, prefixes[i]);
	(void)snprintf(wwid, NPIV_CONFIG_LINE_MAX + 1, "%s%s", rest ? "naa." : "",
		       rest ? rest : text);
}

/* The part after "alias.". */
struct alias_subject {
	bool is_lun;
	uint64_t lun;
	char wwid[NPIV_CONFIG_LINE_MAX + 1]; /* for wwid_equal(), if it is no LUN */
};

/* Reads a LUN or a WWID. Returns the reason if the text is neither, or NULL. */
static const char *alias_read_subject(const char *text, struct alias_subject *ret)
{
	size_t n = strlen(text);

	*ret = (struct alias_subject){ 0 };
	if (startswith(text, "0x") ||
	    (n <= LUN_DIGITS_MAX && strspn(text, "0123456789") == n)) {
		ret->is_lun = true;
		return lun_parse(text, &ret->lun) == 0 ? NULL : NO_SUBJECT;
	}
	alias_read_by_id(text, ret->wwid);
	if (is_wwid(ret->wwid))
		return NULL;
	/* 'S' is followed by vendor, model and serial number instead of a WWID. */
	if (*ret->wwid == 'S')
		return "is what scsi_id makes of a serial number (VPD page 0x80), and not a WWID: give the LUN number, or the WWID that 'npivctl luns -o LUN,WWID' shows";
	return NO_SUBJECT;
}

/* Returns the index of the alias for this LUN or WWID; n_aliases if there is none. */
static size_t alias_find(const struct pool_config *pool, uint64_t lun, const char *wwid)
{
	size_t i;

	for (i = 0; i < pool->n_aliases; i++) {
		const struct pool_alias *alias = &pool->aliases[i];

		if (wwid ? alias->wwid && wwid_equal(alias->wwid, wwid) :
			   !alias->wwid && alias->lun == lun)
			break;
	}
	return i;
}

/* Appends an alias without a name to both lists. */
static int alias_append(struct section *section, uint64_t lun, const char *wwid)
{
	struct pool_config *pool = &section->pool;
	struct position *position;
	struct pool_alias *alias;

	position = array_grow(&section->aliases, pool->n_aliases, sizeof(*position));
	alias = array_grow(&pool->aliases, pool->n_aliases, sizeof(*alias));
	if (!position || !alias)
		return -ENOMEM;
	if (wwid) {
		alias->wwid = strdup(wwid);
		if (!alias->wwid)
			return -ENOMEM;
	}
	alias->lun = lun;
	pool->n_aliases++;
	return 0;
}

static int _printf_(2, 3)
	alias_note(char note[static VALUE_NOTE_SIZE], const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(note, VALUE_NOTE_SIZE, format, args);
	va_end(args);
	return -EINVAL;
}

/* Sets the name of the LUN with this number, or with this WWID. */
static int alias_set_name(struct section *section, uint64_t lun, const char *wwid,
			  const char *text, const struct position *at,
			  char note[static VALUE_NOTE_SIZE])
{
	struct pool_config *pool = &section->pool;
	size_t i = alias_find(pool, lun, wwid);
	char *name;

	if (i < pool->n_aliases && section->aliases[i].file == at->file)
		return alias_note(note, "this LUN has a name already, in line %u",
				  section->aliases[i].line);
	if (i == NPIV_ALIASES_MAX)
		return alias_note(note, "a pool has at most %u aliases",
				  NPIV_ALIASES_MAX);
	name = strdup(text);
	if (!name || (i == pool->n_aliases && alias_append(section, lun, wwid) < 0)) {
		free(name);
		return -ENOMEM;
	}
	free(pool->aliases[i].name);
	pool->aliases[i].name = name;
	section->aliases[i] = *at;
	return 0;
}

int config_alias_assign(struct section *section, const char *key, const char *name,
			const struct position *at, char note[static VALUE_NOTE_SIZE])
{
	const char *text = strchr(key, '.') + 1, *fault;
	struct alias_subject subject;

	fault = alias_read_subject(text, &subject);
	if (fault)
		return alias_note(note, "'%s' %s", text, fault);
	fault = alias_fault(name);
	if (fault)
		return alias_note(note, "'%s': %s", name, fault);
	return alias_set_name(section, subject.lun, subject.is_lun ? NULL : subject.wwid,
			      name, at, note);
}

/* --- a whole pool ---------------------------------------------------------------------------- */

struct bearer {
	const char *name;
	size_t place;
};

static int compare_bearers(const void *a, const void *b)
{
	const struct bearer *x = a, *y = b;
	int r = strcmp(x->name, y->name);

	return r != 0 ? r : (x->place > y->place) - (x->place < y->place);
}

/* Called after all drop-ins are read: before that, names may still move to other LUNs. */
int config_check_aliases(struct section *section, struct messages *messages)
{
	const struct pool_config *pool = &section->pool;
	_cleanup_free_ struct bearer *bearers = NULL;

	bearers = calloc(pool->n_aliases + 1, sizeof(*bearers));
	if (!bearers)
		return -ENOMEM;
	for (size_t i = 0; i < pool->n_aliases; i++)
		bearers[i] = (struct bearer){ pool->aliases[i].name, i };
	qsort(bearers, pool->n_aliases, sizeof(*bearers), compare_bearers);

	for (size_t i = 1; i < pool->n_aliases; i++) {
		const struct position *first = &section->aliases[bearers[i - 1].place];
		const struct position *second = &section->aliases[bearers[i].place];

		if (!streq(bearers[i - 1].name, bearers[i].name))
			continue;
		messages_add_at(messages, MESSAGE_ERROR, second->file, second->line,
				second->column,
				"alias '%s' is already the name of another LUN, at %s:%u",
				bearers[i].name, first->file, first->line);
		config_section_mark_bad(section, messages);
	}
	return 0;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the values of keys into fields, and prints them. */
#include <inttypes.h>
#include <stdarg.h>

#include "config/values.h"
#include "config/host-list.h"
#include "lib/limits.h"
#include "config/name.h"
#include "lib/parse.h"
#include "fc/wwn.h"

/* --- words ----------------------------------------------------------------------------------- */

const char *const vhba_type_words[] = {
	[VHBA_VPORT] = "vport",
	[VHBA_HBA] = "hba",
	NULL,
};

const char *const on_stop_words[] = {
	[ON_STOP_DELETE] = "delete",
	[ON_STOP_KEEP] = "keep",
	NULL,
};

const char *const on_busy_words[] = {
	[ON_BUSY_REFUSE] = "refuse",
	[ON_BUSY_FORCE] = "force",
	NULL,
};

const char *const multipath_words[] = {
	[MULTIPATH_AUTO] = "auto",
	[MULTIPATH_YES] = "yes",
	[MULTIPATH_NO] = "no",
	NULL,
};

const char *const host_use_words[] = {
	[HOST_USE_UNSET] = "",
	[HOST_USE_NO] = "no",
	[HOST_USE_YES] = "yes",
	NULL,
};

_Static_assert(sizeof(enum vhba_type) == sizeof(int) &&
		       sizeof(enum on_stop) == sizeof(int) &&
		       sizeof(enum on_busy) == sizeof(int) &&
		       sizeof(enum multipath_mode) == sizeof(int) &&
		       sizeof(enum host_use) == sizeof(int),
	       "the value of a word can be copied to each");

int word_parse(const char *const *words, const char *text)
{
	assert(words);
	assert(text);

	for (int i = 0; words[i]; i++)
		if (streq(words[i], text))
			return i;
	return -EINVAL;
}

/* --- reading --------------------------------------------------------------------------------- */

static int _printf_(2, 3) value_note(struct config_value *value, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(value->note, sizeof(value->note), format, args);
	va_end(args);
	return -EINVAL;
}

/* Writes "'VALUE' is not ...", so that the user sees which of several values is meant. */
static int value_refuse(struct config_value *value, const char *why)
{
	return value_note(
		value, "'%s' %s%s", value->text, why,
		strstr(value->text, " #") ? " (a comment has a line of its own)" : "");
}

/* Stores a copy of text in a field of type char *. */
static int value_store_text(char **field, const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		return -ENOMEM;
	free(*field);
	*field = copy;
	return 0;
}

int value_read_word(struct config_value *value)
{
	char known[64] = "";
	int word;

	word = word_parse(value->words, value->text);
	if (word >= 0) {
		memcpy(value->field, &word, sizeof(word)); /* an enum: see word_parse() */
		return 0;
	}
	for (size_t i = 0; value->words[i]; i++) {
		size_t n = strlen(known);

		(void)snprintf(known + n, sizeof(known) - n, "%s'%s'", i ? ", " : "",
			       value->words[i]);
	}
	return value_note(value, "'%s' is not one of %s", value->text, known);
}

int value_read_yes_no(struct config_value *value)
{
	return parse_bool(value->text, value->field) == 0 ?
		       0 :
		       value_refuse(value, "is neither yes nor no");
}

int value_read_wwn(struct config_value *value)
{
	uint64_t wwn, *field = value->field;

	if (wwn_parse(value->text, &wwn) < 0)
		return value_refuse(value, "is not a WWN; give 16 hex digits");
	if (!wwn_is_usable(wwn))
		return value_refuse(value, "is not a WWN that a port can have");
	*field = wwn;
	return 0;
}

int value_read_port_name(struct config_value *value)
{
	uint64_t *field = value->field;
	int r;

	*field = 0;
	r = value_read_wwn(value);
	/* Network Address Authority, the first digit: 0 means that the port has no name (FC-FS). */
	if (r == 0 && *field >> 60 == 0)
		(void)value_note(
			value,
			"'%s' begins with 0, and fabrics may refuse it; the usual first digits are 1, 2, 5 and c",
			value->text);
	return r;
}

/* Stores the text, unless there is a fault. */
static int value_store_unless(struct config_value *value, const char *fault)
{
	return fault ? value_note(value, "'%s': %s", value->text, fault) :
		       value_store_text(value->field, value->text);
}

int value_read_name(struct config_value *value)
{
	return value_store_unless(value, name_fault(value->text));
}

int value_read_parent(struct config_value *value)
{
	struct parent_rule *parent = value->field;
	char address[PCI_ADDRESS_SIZE];
	int host;

	if (parse_host(value->text, &host) == 0) {
		(void)value_note(
			value,
			"host numbers change from boot to boot; parent_wwpn names the HBA for good");
		free(parent->pci_address);
		parent->pci_address = NULL;
		parent->host = host;
		return 0;
	}
	if (parse_pci_address(value->text, address) < 0)
		return value_refuse(value, "is neither a host (host3, scsi_host3) nor a "
					   "PCI address (0000:04:00.1)");
	parent->host = -1;
	return value_store_text(&parent->pci_address, address);
}

int value_read_luns(struct config_value *value)
{
	struct lun_set set, *field = value->field;

	switch (lun_set_parse(value->text, &set)) {
	case 0:
		lun_set_done(field);
		*field = set;
		return 0;
	case -ENOMEM:
		return -ENOMEM;
	case -ERANGE:
		return value_refuse(
			value,
			"has a range that runs backwards or a number above 65535 (a LUN "
			"of several levels has 0x and 16 digits)");
	case -EEXIST:
		return value_refuse(value, "names a LUN twice");
	default:
		return value_refuse(value, "is not a list of LUNs such as 0-3,7");
	}
}

int value_read_lun_count(struct config_value *value)
{
	unsigned *field = value->field;
	uint64_t n;

	if (parse_unsigned(value->text, NPIV_LUN_MAX + 1, &n) < 0 || n == 0)
		return value_refuse(value, "is not a number from 1 to 65536");
	*field = (unsigned)n;
	return 0;
}

int value_read_span(struct config_value *value)
{
	uint64_t usec, *field = value->field;
	int r;

	r = parse_time_span(value->text, &usec);
	if (r == -EINVAL)
		return value_refuse(value, "is not a time such as 90s or 2min");
	if (r < 0 || usec > NPIV_TIMEOUT_MAX_SEC * USEC_PER_SEC)
		return value_refuse(value, "is more than an hour");
	*field = usec;
	return 0;
}

int value_read_timeout(struct config_value *value)
{
	uint64_t usec;

	if (parse_time_span(value->text, &usec) == 0 && usec == 0)
		return value_refuse(value, "leaves no time for a start");
	return value_read_span(value);
}

int value_read_symbolic_name(struct config_value *value)
{
	if (strlen(value->text) > NPIV_SYMBOLIC_NAME_MAX)
		return value_refuse(value, "is longer than 63 bytes");
	for (const char *p = value->text; *p; p++)
		if (*p < ' ' || *p > '~')
			return value_refuse(
				value, "has characters that are not printable ASCII");
	/* After a blank it would be a comment: "key =;text" is read as text, "key = ;text" as empty. */
	if (*value->text == ';')
		return value_refuse(value, "begins with ';', as comments do");
	return value_store_text(value->field, value->text);
}

int value_read_hosts(struct config_value *value)
{
	const char *fault = host_list_fault(value->text);

	return fault ? value_refuse(value, fault) :
		       value_store_text(value->field, value->text);
}

/* Reads whole seconds from 1 to max. */
static int value_read_seconds(struct config_value *value, uint64_t max)
{
	int *field = value->field;
	uint64_t usec;
	int r;

	r = parse_time_span(value->text, &usec);
	if (r == -EINVAL || (r == 0 && (usec % USEC_PER_SEC || usec == 0)))
		return value_refuse(value, "is not a number of seconds, at least 1");
	if (r < 0 || usec / USEC_PER_SEC > max)
		return value_note(value, "'%s' is more than %" PRIu64 " seconds",
				  value->text, max);
	*field = (int)(usec / USEC_PER_SEC);
	return 0;
}

int value_read_dev_loss(struct config_value *value)
{
	int *field = value->field;

	/* multipath.conf(5) uses this word for the kernel's maximum. */
	if (!streq(value->text, "infinity"))
		return value_read_seconds(value, TMO_INFINITY);
	*field = TMO_INFINITY;
	return 0;
}

int value_read_fast_io_fail(struct config_value *value)
{
	int *field = value->field;

	if (!streq(value->text, "off"))
		return value_read_seconds(value, NPIV_TMO_MAX_SEC);
	*field = TMO_OFF;
	return 0;
}

/* Accepts a user or a group as a number, or as a name of the characters that useradd(8) accepts. Only udev may
 * check whether the name exists. */
int value_read_owner(struct config_value *value)
{
	static const char rest[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
	const char *text = value->text;
	uint64_t id;

	if (text[strspn(text, "0123456789")] == '\0') {
		/* The highest number, (uid_t)-1, means "do not change". */
		if (parse_unsigned(text, UINT32_MAX - 1, &id) < 0)
			return value_refuse(value, "is higher than any user or group id");
	} else if (strchr("-.", *text) || text[strspn(text, rest)] ||
		   strlen(text) > NPIV_OWNER_MAX) {
		return value_refuse(value,
				    "cannot be a user or group; give a name or a number");
	}
	return value_store_text(value->field, text);
}

int value_read_mode(struct config_value *value)
{
	int mode, *field = value->field;

	if (parse_mode(value->text, &mode) < 0)
		return value_refuse(
			value,
			"is not a mode; give octal digits such as 0660, at most 0777");
	if (mode & 0006)
		(void)value_note(value, "'%s' lets everybody %s the LUNs", value->text,
				 (mode & 0006) == 0006 ? "read and write" :
				 mode & 0002	       ? "write to" :
							 "read");
	*field = mode;
	return 0;
}

int value_read_guest(struct config_value *value)
{
	return value_store_unless(value, guest_name_fault(value->text));
}

int value_read_host_use(struct config_value *value)
{
	enum host_use *field = value->field;
	bool may_use;

	if (parse_bool(value->text, &may_use) < 0)
		return value_refuse(value, "is neither yes nor no");
	*field = may_use ? HOST_USE_YES : HOST_USE_NO;
	return 0;
}

/* --- printing -------------------------------------------------------------------------------- */

void value_print_wwn(const void *field, const char *const *words, FILE *out)
{
	const uint64_t *wwn = field;
	char text[WWN_TEXT_SIZE];

	if (*wwn)
		fputs(wwn_format(*wwn, text), out);
}

void value_print_text(const void *field, const char *const *words, FILE *out)
{
	const char *const *text = field;

	if (*text)
		fputs(*text, out);
}

void value_print_word(const void *field, const char *const *words, FILE *out)
{
	int word;

	memcpy(&word, field, sizeof(word)); /* an enum: see word_parse() */
	fputs(words[word], out);
}

void value_print_yes_no(const void *field, const char *const *words, FILE *out)
{
	const bool *yes = field;

	fputs(*yes ? "yes" : "no", out);
}

void value_print_parent(const void *field, const char *const *words, FILE *out)
{
	const struct parent_rule *parent = field;

	if (parent->pci_address)
		fputs(parent->pci_address, out);
	else if (parent->host >= 0)
		fprintf(out, "host%d", parent->host);
}

void value_print_luns(const void *field, const char *const *words, FILE *out)
{
	lun_set_print(field, out);
}

void value_print_lun_count(const void *field, const char *const *words, FILE *out)
{
	const unsigned *n = field;

	if (*n > 0)
		fprintf(out, "%u", *n);
}

void value_print_span(const void *field, const char *const *words, FILE *out)
{
	const uint64_t *usec = field;
	char text[TIME_SPAN_TEXT_SIZE];

	fputs(format_time_span(*usec, text), out);
}

void value_print_tmo(const void *field, const char *const *words, FILE *out)
{
	const int *seconds = field;

	if (*seconds == TMO_OFF)
		fputs("off", out);
	else if (*seconds == TMO_INFINITY)
		fputs("infinity", out);
	else if (*seconds != TMO_UNSET)
		fprintf(out, "%d", *seconds);
}

void value_print_mode(const void *field, const char *const *words, FILE *out)
{
	const int *mode = field;

	if (*mode >= 0)
		fprintf(out, "%04o", (unsigned)*mode);
}

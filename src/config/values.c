// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the value of one key into its field; what it refuses it answers with what would be right. */
#include <inttypes.h>

#include "config/values.h"
#include "config/words.h"
#include "lib/limits.h"
#include "config/name.h"
#include "lib/parse.h"
#include "fc/wwn.h"

/* "KEY: 'VALUE' is not …": who typed it sees at once which of the two is meant. */
static void refuse(const struct config_value *value, const char *why)
{
	config_error(value->reader, "%s: '%s' %s%s", value->key, value->text, why,
		     strstr(value->text, " #") ? " (a comment has a line of its own)" :
						 "");
}

static void keep_text(const struct config_value *value, const char *text)
{
	char **field = value->field, *copy = strdup(text);

	if (!copy) {
		value->reader->r = -ENOMEM;
		return;
	}
	free(*field);
	*field = copy;
}

void config_read_word(const struct config_value *value)
{
	char known[64] = "";
	int word;

	word = word_parse(value->words, value->text);
	if (word >= 0) {
		memcpy(value->field, &word, sizeof(word)); /* an enum: see word_parse() */
		return;
	}
	for (size_t i = 0; value->words[i]; i++) {
		size_t n = strlen(known);

		(void)snprintf(known + n, sizeof(known) - n, "%s'%s'", i ? ", " : "",
			       value->words[i]);
	}
	config_error(value->reader, "%s: '%s' is none of %s", value->key, value->text,
		     known);
}

void config_read_yes_no(const struct config_value *value)
{
	if (parse_bool(value->text, value->field) < 0)
		refuse(value, "is neither yes nor no");
}

void config_read_wwn(const struct config_value *value)
{
	uint64_t wwn, *field = value->field;

	if (wwn_parse(value->text, &wwn) < 0)
		refuse(value, "is not a WWN: 16 hex digits are needed");
	else if (!wwn_is_usable(wwn))
		refuse(value, "is no name that a port can have");
	else
		*field = wwn;
}

void config_read_port_name(const struct config_value *value)
{
	uint64_t *field = value->field;

	*field = 0;
	config_read_wwn(value);
	/* Network Address Authority, the first digit: 0 says that there is no name (FC-FS). */
	if (*field && *field >> 60 == 0)
		config_warning(
			value->reader,
			"%s: '%s' begins with 0, fabrics may refuse it: usual are 1, 2, 5 "
			"and c",
			value->key, value->text);
}

/* Keeps the text, unless something is wrong with it. */
static void keep_unless(const struct config_value *value, const char *fault)
{
	if (fault)
		config_error(value->reader, "%s: '%s': %s", value->key, value->text,
			     fault);
	else
		keep_text(value, value->text);
}

void config_read_pool_name(const struct config_value *value)
{
	keep_unless(value, name_fault(value->text));
}

void config_read_parent(const struct config_value *value)
{
	struct parent_rule *parent = value->field;
	char address[PCI_ADDRESS_SIZE];
	int host;

	if (parse_host(value->text, &host) == 0) {
		config_warning(
			value->reader,
			"%s: host numbers move from boot to boot; parent_wwpn names the HBA "
			"for good",
			value->key);
		free(parent->pci_address);
		parent->pci_address = NULL;
		parent->host = host;
	} else if (parse_pci_address(value->text, address) == 0) {
		struct config_value text = *value;

		text.field = &parent->pci_address;
		keep_text(&text, address);
		parent->host = -1;
	} else {
		refuse(value, "is neither a host (host3, scsi_host3) nor a PCI address "
			      "(0000:04:00.1)");
	}
}

void config_read_luns(const struct config_value *value)
{
	struct lun_set set, *field = value->field;

	switch (lun_set_parse(value->text, &set)) {
	case 0:
		lun_set_done(field);
		*field = set;
		break;
	case -ENOMEM:
		value->reader->r = -ENOMEM;
		break;
	case -ERANGE:
		refuse(value,
		       "has a range that runs backwards or a number above 65535 (a LUN "
		       "of several levels has 0x and 16 digits)");
		break;
	case -EEXIST:
		refuse(value, "names a LUN twice");
		break;
	default:
		refuse(value, "is not a list of LUNs such as 0-3,7");
	}
}

void config_read_min_luns(const struct config_value *value)
{
	unsigned *field = value->field;
	uint64_t n;

	if (parse_unsigned(value->text, NPIV_LUN_MAX + 1, &n) < 0 || n == 0)
		refuse(value, "is not a number from 1 to 65536");
	else
		*field = (unsigned)n;
}

void config_read_settle(const struct config_value *value)
{
	uint64_t usec, *field = value->field;
	int r;

	r = parse_time_span(value->text, &usec);
	if (r == -EINVAL)
		refuse(value, "is not a time such as 90s or 2min");
	else if (r < 0 || usec > NPIV_TIMEOUT_MAX_SEC * USEC_PER_SEC)
		refuse(value, "is more than an hour");
	else
		*field = usec;
}

void config_read_timeout(const struct config_value *value)
{
	uint64_t usec;

	if (parse_time_span(value->text, &usec) == 0 && usec == 0)
		refuse(value, "leaves no time to start in");
	else
		config_read_settle(value);
}

void config_read_symbolic_name(const struct config_value *value)
{
	if (strlen(value->text) > NPIV_SYMBOLIC_NAME_MAX) {
		refuse(value, "is longer than 63 bytes");
		return;
	}
	for (const char *p = value->text; *p; p++)
		if (*p < ' ' || *p > '~') {
			refuse(value, "has characters that are not printable ASCII");
			return;
		}
	/* Behind a blank it would be a comment: "key =;text" reads as text, "key = ;text" as nothing. */
	if (*value->text == ';') {
		refuse(value, "begins with ';', as comments do");
		return;
	}
	keep_text(value, value->text);
}

/* Whole seconds from 1 to max. */
static void read_seconds(const struct config_value *value, uint64_t max)
{
	int *field = value->field;
	uint64_t usec;
	int r;

	r = parse_time_span(value->text, &usec);
	if (r == -EINVAL || (r == 0 && (usec % USEC_PER_SEC || usec == 0)))
		refuse(value, "is not a number of seconds, at least 1");
	else if (r < 0 || usec / USEC_PER_SEC > max)
		config_error(value->reader, "%s: '%s' is more than %" PRIu64 " seconds",
			     value->key, value->text, max);
	else
		*field = (int)(usec / USEC_PER_SEC);
}

void config_read_dev_loss(const struct config_value *value)
{
	int *field = value->field;

	/* multipath.conf(5) has this word for the most that the kernel takes. */
	if (streq(value->text, "infinity"))
		*field = TMO_INFINITY;
	else
		read_seconds(value, TMO_INFINITY);
}

void config_read_fast_io_fail(const struct config_value *value)
{
	int *field = value->field;

	if (streq(value->text, "off"))
		*field = TMO_OFF;
	else
		read_seconds(value, NPIV_TMO_MAX_SEC);
}

/* Whether text can be a user or a group: a number, or a name of the characters that useradd(8)
 * takes. Whether there is one of that name only udev may ask. */
void config_read_owner(const struct config_value *value)
{
	static const char rest[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-";
	uint64_t id;

	if (value->text[strspn(value->text, "0123456789")] == '\0') {
		/* The highest is (uid_t)-1: leave it as it is. */
		if (parse_unsigned(value->text, UINT32_MAX - 1, &id) < 0)
			refuse(value, "is higher than any user or group id");
		else
			keep_text(value, value->text);
	} else if (strchr("-.", *value->text) || value->text[strspn(value->text, rest)] ||
		   strlen(value->text) > NPIV_OWNER_MAX) {
		refuse(value, "can be no user or group: give a name or a number");
	} else {
		keep_text(value, value->text);
	}
}

void config_read_mode(const struct config_value *value)
{
	int mode, *field = value->field;

	if (parse_mode(value->text, &mode) < 0) {
		refuse(value, "is not a mode: octal digits such as 0660, at most 0777");
		return;
	}
	if (mode & 0006)
		config_warning(value->reader, "%s: '%s' lets everybody %s the LUNs",
			       value->key, value->text,
			       (mode & 0006) == 0006 ? "read and write" :
			       mode & 0002	     ? "write to" :
						       "read");
	*field = mode;
}

void config_read_guest(const struct config_value *value)
{
	keep_unless(value, guest_name_fault(value->text));
}

void config_read_host_use(const struct config_value *value)
{
	enum host_use *field = value->field;
	bool may_use;

	if (parse_bool(value->text, &may_use) < 0)
		refuse(value, "is neither yes nor no");
	else
		*field = may_use ? HOST_USE_YES : HOST_USE_NO;
}

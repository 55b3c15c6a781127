// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads and writes single values; knows nothing of files, keys or sections. */
#include <ctype.h>
#include <inttypes.h>
#include <strings.h>

#include "lib/parse.h"

#define USEC_PER_MINUTE (60 * USEC_PER_SEC)
#define USEC_PER_HOUR	(60 * USEC_PER_MINUTE)

static bool is_word_of(const char *text, const char *const *words, size_t n_words)
{
	for (size_t i = 0; i < n_words; i++)
		if (strcasecmp(text, words[i]) == 0)
			return true;
	return false;
}

int parse_bool(const char *text, bool *ret)
{
	static const char *const yes[] = { "1", "yes", "y", "true", "t", "on" };
	static const char *const no[] = { "0", "no", "n", "false", "f", "off" };

	assert(text);
	assert(ret);

	if (is_word_of(text, yes, ARRAY_SIZE(yes)))
		*ret = true;
	else if (is_word_of(text, no, ARRAY_SIZE(no)))
		*ret = false;
	else
		return -EINVAL;
	return 0;
}

/* Reads the number at the beginning of *text, and moves *text past it. */
static int take_number(const char **text, uint64_t max, uint64_t *ret)
{
	const char *p = *text;
	uint64_t n = 0;

	if (!isdigit((unsigned char)*p))
		return -EINVAL;
	for (; isdigit((unsigned char)*p); p++) {
		unsigned digit = (unsigned)(*p - '0');

		if (digit > max || n > (max - digit) / 10)
			return -ERANGE;
		n = n * 10 + digit;
	}

	*text = p;
	*ret = n;
	return 0;
}

int parse_unsigned(const char *text, uint64_t max, uint64_t *ret)
{
	uint64_t n;
	int r;

	assert(text);
	assert(ret);

	/* Check the form first: "99x" above max is no number, rather than out of range. */
	if (!*text || text[strspn(text, "0123456789")])
		return -EINVAL;
	r = take_number(&text, max, &n);
	if (r < 0)
		return r;

	*ret = n;
	return 0;
}

static const struct {
	const char *name;
	uint64_t usec;
} time_units[] = {
	{ "us", 1 },
	{ "ms", USEC_PER_MSEC },
	{ "msec", USEC_PER_MSEC },
	{ "s", USEC_PER_SEC },
	{ "sec", USEC_PER_SEC },
	{ "second", USEC_PER_SEC },
	{ "seconds", USEC_PER_SEC },
	{ "m", USEC_PER_MINUTE },
	{ "min", USEC_PER_MINUTE },
	{ "minute", USEC_PER_MINUTE },
	{ "minutes", USEC_PER_MINUTE },
	{ "h", USEC_PER_HOUR },
	{ "hr", USEC_PER_HOUR },
	{ "hour", USEC_PER_HOUR },
	{ "hours", USEC_PER_HOUR },
};

/* Reads the unit at the beginning of *text, and returns it in microseconds: a second if there is none, 0 for a word
 * that is no unit. */
static uint64_t take_time_unit(const char **text)
{
	const char *word = *text;
	size_t n = 0;

	while (isalpha((unsigned char)word[n]))
		n++;
	if (n == 0)
		return USEC_PER_SEC;
	*text = word + n;
	for (size_t i = 0; i < ARRAY_SIZE(time_units); i++)
		if (strlen(time_units[i].name) == n &&
		    strncmp(time_units[i].name, word, n) == 0)
			return time_units[i].usec;
	return 0;
}

int parse_time_span(const char *text, uint64_t *ret_usec)
{
	uint64_t sum = 0;
	bool overflows = false;

	assert(text);
	assert(ret_usec);

	do {
		uint64_t n, unit;
		int r;

		r = take_number(&text, UINT64_MAX, &n);
		if (r < 0)
			return r;
		text += strspn(text, " \t");
		unit = take_time_unit(&text);
		if (unit == 0)
			return -EINVAL;
		if (__builtin_mul_overflow(n, unit, &n) ||
		    __builtin_add_overflow(sum, n, &sum))
			overflows = true;
		text += strspn(text, " \t");
	} while (*text);
	if (overflows)
		return -ERANGE;

	*ret_usec = sum;
	return 0;
}

char *format_time_span(uint64_t usec, char buf[static TIME_SPAN_TEXT_SIZE])
{
	static const struct {
		const char *name;
		uint64_t usec;
	} units[] = {
		{ "h", USEC_PER_HOUR },
		{ "min", USEC_PER_MINUTE },
		{ "s", USEC_PER_SEC },
		{ "ms", USEC_PER_MSEC },
		{ "us", 1 },
	};
	size_t n = 0;

	/* Write a fraction of a second as one number, in the largest unit without a remainder. */
	for (size_t i = 0; i < ARRAY_SIZE(units) && usec > 0; i++) {
		if (usec < units[i].usec ||
		    (units[i].usec == USEC_PER_MSEC && usec % USEC_PER_MSEC))
			continue;
		n += (size_t)snprintf(buf + n, TIME_SPAN_TEXT_SIZE - n, "%s%" PRIu64 "%s",
				      n ? " " : "", usec / units[i].usec, units[i].name);
		usec %= units[i].usec;
	}
	if (n == 0)
		(void)snprintf(buf, TIME_SPAN_TEXT_SIZE, "0s");
	return buf;
}

int parse_mode(const char *text, int *ret_mode)
{
	int mode = 0;

	assert(text);
	assert(ret_mode);

	if (!*text || text[strspn(text, "01234567")])
		return -EINVAL;
	for (; *text; text++) {
		mode = mode << 3 | (*text - '0');
		if (mode > 0777)
			return -ERANGE;
	}

	*ret_mode = mode;
	return 0;
}

int parse_host(const char *text, int *ret_host)
{
	const char *digits;
	uint64_t host;
	int r;

	assert(text);
	assert(ret_host);

	digits = startswith(text, "scsi_host");
	if (!digits)
		digits = startswith(text, "host");
	if (!digits)
		return -EINVAL;
	r = parse_unsigned(digits, INT32_MAX, &host);
	if (r < 0)
		return r;

	*ret_host = (int)host;
	return 0;
}

/* Reads from min to max hex digits, and the character that must follow. */
static int take_hex(const char **text, unsigned min, unsigned max, char after,
		    unsigned *ret)
{
	unsigned n = 0, value = 0;

	for (; n < max && isxdigit((unsigned char)(*text)[n]); n++) {
		int c = tolower((unsigned char)(*text)[n]);

		value = value << 4 | (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	if (n < min || (*text)[n] != after)
		return -EINVAL;

	*text += n + (after != '\0');
	*ret = value;
	return 0;
}

int parse_pci_address(const char *text, char ret_address[static PCI_ADDRESS_SIZE])
{
	unsigned domain = 0, bus, device, function;
	const char *colon;

	assert(text);

	colon = strchr(text, ':');
	if (!colon)
		return -EINVAL;
	/* With a second colon the first number is the domain. Bridges of VMD have domains above ffff. */
	if (strchr(colon + 1, ':') && take_hex(&text, 4, 8, ':', &domain) < 0)
		return -EINVAL;
	if (take_hex(&text, 2, 2, ':', &bus) < 0 ||
	    take_hex(&text, 2, 2, '.', &device) < 0 ||
	    take_hex(&text, 1, 1, '\0', &function) < 0)
		return -EINVAL;
	if (device > 0x1f || function > 7)
		return -ERANGE;

	(void)snprintf(ret_address, PCI_ADDRESS_SIZE, "%04x:%02x:%02x.%x", domain, bus,
		       device, function);
	return 0;
}

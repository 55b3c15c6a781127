// SPDX-License-Identifier: LGPL-2.1-or-later
/* Single values of a configuration: times, modes, hosts, PCI addresses, numbers. */
#include <inttypes.h>

#include "lib/parse.h"
#include "lib/size.h"
#include "fuzz.h"

static void check_time(const char *text)
{
	char written[TIME_SPAN_TEXT_SIZE];
	uint64_t usec, again;

	if (parse_time_span(text, &usec) < 0)
		return;
	MUST(strlen(format_time_span(usec, written)) < sizeof(written));
	MUST(parse_time_span(written, &again) == 0 && again == usec);
}

static void check_numbers(const char *text)
{
	uint64_t n = 0;
	char written[32];
	bool yes = false;
	int host = 0, mode = 0;

	if (parse_unsigned(text, UINT64_MAX, &n) == 0) {
		MUST(strspn(text, "0123456789") == strlen(text));
		(void)snprintf(written, sizeof(written), "%" PRIu64, n);
		MUST(streq(text + strspn(text, "0"), written) || n == 0);
		MUST(n == 0 || parse_unsigned(text, n - 1, &n) == -ERANGE);
	}
	if (parse_host(text, &host) == 0) {
		(void)snprintf(written, sizeof(written), "host%d", host);
		MUST(host >= 0 && strstr(text, "host"));
		MUST(parse_host(written, &mode) == 0 && mode == host);
	}
	if (parse_mode(text, &mode) == 0)
		MUST(mode >= 0 && mode <= 0777 &&
		     strtoul(text, NULL, 8) == (unsigned long)mode);
	if (parse_bool(text, &yes) == 0)
		MUST(strlen(text) <= strlen("false"));
}

/* Read once more, an address is what it was. */
static void check_pci_address(const char *text)
{
	char address[PCI_ADDRESS_SIZE], again[PCI_ADDRESS_SIZE];

	if (parse_pci_address(text, address) < 0)
		return;
	MUST(strspn(address, "0123456789abcdef:.") == strlen(address));
	MUST(parse_pci_address(address, again) == 0 && streq(address, again));
}

static void check_size(const uint8_t *data, size_t size)
{
	char text[SIZE_TEXT_SIZE];
	uint64_t bytes = 0;

	memcpy(&bytes, data, size < sizeof(bytes) ? size : sizeof(bytes));
	MUST(strlen(size_format(bytes, text)) < sizeof(text));
	MUST(strchr("BKMGTPE", text[strlen(text) - 1]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *text = fuzz_text(data, size);

	check_time(text);
	check_numbers(text);
	check_pci_address(text);
	check_size(data, size);
	return 0;
}

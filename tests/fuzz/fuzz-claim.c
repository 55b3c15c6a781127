// SPDX-License-Identifier: LGPL-2.1-or-later
/* The files of the registry of names: who claims a name, and what a device has claimed. */
#include "names/claim.h"
#include "names/registry.h"
#include "config/name.h"
#include "names/dispute.h"
#include "fuzz.h"

static void check_device(const char *device)
{
	MUST(*device && strlen(device) < DEVICE_NAME_SIZE && *device != '.');
	MUST(!strpbrk(device, "/ \t") && fuzz_is_one_line(device));
}

static bool is_identity(const char *identity)
{
	return *identity && fuzz_is_one_line(identity) && !strchr(identity, '\t');
}

/* A name is granted to one unit or to nobody. */
static void check_grant(const struct claim *claim)
{
	if (!claim_is_granted(claim))
		return;
	MUST(claim->n_claimants > 0);
	for (size_t i = 0; i < claim->n_claimants; i++) {
		const struct claim_unit *unit = &claim->claimants[i].unit;

		MUST(streq(unit->identity, claim->claimants[0].unit.identity));
		MUST(!claim->pin.identity || streq(unit->identity, claim->pin.identity));
		MUST(claim_grants(claim, claim->claimants[i].device));
	}
}

static void check_words(const struct claim *claim)
{
	struct fuzz_print text;
	_cleanup_free_ char *words = NULL;

	dispute_print_claimants(claim, fuzz_open(&text));
	words = fuzz_close(&text);
	MUST(fuzz_is_one_line(words));
	for (size_t i = 0; i < claim->n_claimants; i++)
		MUST(strstr(words, claim->claimants[i].unit.identity));
}

/* What is accepted is, byte for byte, what would be written of it. */
static void check_claim(const uint8_t *data, size_t size)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	_cleanup_free_ char *again = NULL;
	struct fuzz_print text;

	if (claim_parse((const char *)data, size, &claim) < 0)
		return;
	MUST(!claim.pin.identity || is_identity(claim.pin.identity));
	for (size_t i = 0; i < claim.n_claimants; i++) {
		check_device(claim.claimants[i].device);
		MUST(is_identity(claim.claimants[i].unit.identity));
		for (size_t j = 0; j < i; j++)
			MUST(!streq(claim.claimants[i].device,
				    claim.claimants[j].device));
	}
	claim_print(&claim, fuzz_open(&text));
	again = fuzz_close(&text);
	MUST(text.size == size && memcmp(again, data, size) == 0);
	check_grant(&claim);
	check_words(&claim);
}

/* A link stays below the folder that it is read for. */
static void check_entry(const uint8_t *data, size_t size)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	_cleanup_free_ char *again = NULL;
	struct fuzz_print text;

	if (device_names_parse((const char *)data, size, &entry) < 0)
		return;
	for (size_t i = 0; i < entry.n_links; i++) {
		const char *link = entry.links[i];

		MUST(strlen(link) < NPIV_LINK_MAX && fuzz_is_one_line(link));
		MUST(*link != '/' && *link != '.' && strchr(link, '/'));
		MUST(!strstr(link, "/.") && !strstr(link, "//"));
		MUST(link[strlen(link) - 1] != '/');
	}
	device_names_print(&entry, fuzz_open(&text));
	again = fuzz_close(&text);
	MUST(text.size == size && memcmp(again, data, size) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	check_claim(data, size);
	check_entry(data, size);
	return 0;
}

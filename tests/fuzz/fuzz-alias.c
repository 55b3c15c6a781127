// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names, aliases and the WWIDs that they are given to; three lines of input. */
#include "config/config.h"
#include "names/naming.h"
#include "fuzz.h"

/* What a name is made of, said once more. */
static void check_name(const char *name)
{
	if (!name_is_valid(name)) {
		MUST(name_fault(name) && alias_fault(name));
		return;
	}
	MUST(strlen(name) >= 1 && strlen(name) <= NPIV_NAME_MAX);
	MUST(strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			  "0123456789_.-") == strlen(name));
	MUST(!strchr("_.-", *name));
	if (!alias_fault(name))
		MUST(strspn(name, "0123456789") < strlen(name) &&
		     !streq(name, "by-target"));
}

/* Two spellings of one unit are one in every order, and through a third. */
static void check_equality(const char *a, const char *b, const char *c)
{
	bool is_equal = wwid_equal(a, b);

	MUST(wwid_equal(b, a) == is_equal);
	if (is_equal)
		MUST(wwid_equal(a, a) && wwid_equal(b, b));
	if (is_equal && wwid_equal(b, c))
		MUST(wwid_equal(a, c));
}

/* The link of an alias that was accepted is one below its pool, and is told from all others. */
static void check_link(const struct pool_alias *alias)
{
	char link[NPIV_LINK_MAX];

	MUST(!alias_fault(alias->name));
	MUST(!alias->wwid || wwid_equal(alias->wwid, alias->wwid));
	(void)link_by_alias("p", alias->name, link);
	MUST(name_is_alias(link) && !name_is_by_target(link));
	MUST(strchr(link, '/') == strrchr(link, '/'));
}

static void check_key(const char *subject, const char *name)
{
	_cleanup_(config_done) struct config config = { 0 };
	_cleanup_(messages_done) struct messages messages = { 0 };
	_cleanup_free_ char *text = NULL;
	struct config_source source = { .path = "a.conf" };

	MUST(asprintf(&text,
		      "[vhba p]\nwwpn = 5001438000000001\nwwnn = 5001438000000000\n"
		      "[pool p]\nalias.%s = %s\n",
		      subject, name) > 0);
	source.text = text;
	source.size = strlen(text);
	MUST(config_add(&config, &source, &messages) == 0);
	MUST(config_finish(&config, &messages) == 0);
	MUST(config.n_pools <= 1 && config.n_vhbas == 1);
	for (size_t i = 0; config.n_pools && i < config.pools->n_aliases; i++)
		check_link(&config.pools->aliases[i]);
	/* An alias that is refused is said to be. */
	MUST(config.n_pools == 1 || messages_count(&messages, MESSAGE_ERROR) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *a = fuzz_line(&data, &size);
	_cleanup_free_ char *b = fuzz_line(&data, &size);
	_cleanup_free_ char *c = fuzz_line(&data, &size);

	check_name(a);
	check_name(b);
	check_equality(a, b, c);
	check_key(a, b);
	return 0;
}

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A configuration from texts, and what was said about it: for the tests of config*.c. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "config/config.h"

/* A good [vhba NAME] without its end: further lines follow. Four digits make its WWPN. */
#define VHBA(name, digits) \
	"[vhba " name "]\nwwpn = 500143800000" digits "\nwwnn = 5001438000000000\n"

struct fixture {
	struct config config;
	struct messages messages;
	size_t n_checked; /* messages that the test has looked at */
};

static inline int fixture_setup(void **state)
{
	*state = calloc(1, sizeof(struct fixture));
	return *state ? 0 : -1;
}

/* Fails where a message was not looked at. */
static inline int fixture_teardown(void **state)
{
	struct fixture *fixture = *state;
	size_t n_left = fixture->messages.n_messages - fixture->n_checked;

	for (size_t i = fixture->n_checked; i < fixture->messages.n_messages; i++)
		messages_print(&fixture->messages.messages[i], stderr);
	config_done(&fixture->config);
	messages_done(&fixture->messages);
	free(fixture);
	return n_left == 0 ? 0 : -1;
}

#define fixture_test(function) \
	cmocka_unit_test_setup_teardown(function, fixture_setup, fixture_teardown)

static inline void add_bytes(struct fixture *fixture, const char *path, const char *text,
			     size_t size, bool is_dropin)
{
	/* A copy of just that size, so that a sanitizer sees a read beyond its end. */
	char *copy = malloc(size ? size : 1);

	assert_non_null(copy);
	memcpy(copy, text, size);
	assert_int_equal(config_add(&fixture->config,
				    &(struct config_source){ .path = path,
							     .text = copy,
							     .size = size,
							     .is_dropin = is_dropin },
				    &fixture->messages),
			 0);
	free(copy);
}

static inline void add(struct fixture *fixture, const char *path, const char *text)
{
	add_bytes(fixture, path, text, strlen(text), false);
}

static inline void add_dropin(struct fixture *fixture, const char *path, const char *text)
{
	add_bytes(fixture, path, text, strlen(text), true);
}

static inline void finish(struct fixture *fixture)
{
	assert_int_equal(config_finish(&fixture->config, &fixture->messages), 0);
}

/* One file alone. */
static inline void load(struct fixture *fixture, const char *text)
{
	add(fixture, "a.conf", text);
	finish(fixture);
}

/* The next message that was not looked at yet, as it is printed. */
static inline void expect_message(struct fixture *fixture, const char *expected)
{
	char text[512] = "";
	FILE *out;

	assert_true(fixture->n_checked < fixture->messages.n_messages);
	out = fmemopen(text, sizeof(text), "w");
	assert_non_null(out);
	messages_print(&fixture->messages.messages[fixture->n_checked++], out);
	assert_int_equal(fclose(out), 0);
	text[strcspn(text, "\n")] = '\0';
	assert_string_equal(text, expected);
}

/* The vHBA of this name, which has to be there. */
static inline const struct vhba_config *vhba(struct fixture *fixture, const char *name)
{
	const struct vhba_config *found = config_find_vhba(&fixture->config, name);

	assert_non_null(found);
	return found;
}

static inline const struct pool_config *pool(struct fixture *fixture, const char *name)
{
	const struct pool_config *found = config_find_pool(&fixture->config, name);

	assert_non_null(found);
	return found;
}

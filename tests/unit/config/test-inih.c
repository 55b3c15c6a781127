// SPDX-License-Identifier: LGPL-2.1-or-later
/* What inih says of itself. */
#include <ini.h>

#include "config-fixture.h"

static int answer;

int ini_parse_stream(ini_reader reader, void *stream, ini_handler handler, void *user)
{
	return answer;
}

/* A file of which nothing was read is not an empty one. */
static void test_config_add_without_memory(void **state)
{
	struct fixture *fixture = *state;
	struct config_source source = { .path = "a.conf", .text = VHBA("web01", "0001") };

	source.size = strlen(source.text);
	answer = -2;
	assert_int_equal(config_add(&fixture->config, &source, &fixture->messages),
			 -ENOMEM);
	answer = 0;
	assert_int_equal(config_add(&fixture->config, &source, &fixture->messages), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_config_add_without_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

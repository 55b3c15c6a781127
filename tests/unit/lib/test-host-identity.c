// SPDX-License-Identifier: LGPL-2.1-or-later
/* What a host is called. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "lib/host-identity.h"
#include "run-fixture.h"

#define ID "0123456789abcdef0123456789abcdef"

static void put(const char *root, const char *name, const char *text)
{
	char path[128];
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/etc", root);
	(void)mkdir(path, 0755);
	(void)snprintf(path, sizeof(path), "%s/etc/%s", root, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void expect_name(const char *root, const char *text, const char *name)
{
	struct host_identity host;

	put(root, "hostname", text);
	host_identity_read(root, &host);
	assert_string_equal(host.name, name);
}

static void test_host_identity_name(void **state)
{
	struct utsname names;
	char text[80];

	assert_int_equal(uname(&names), 0);
	expect_name(*state, "db1\n", "db1");
	expect_name(*state, "# comment\n\n  db1.example.org \t\nother\n",
		    "db1.example.org");
	expect_name(*state, "db1", "db1");
	expect_name(*state, "\n# nothing\n", names.nodename);
	/* No host can have such a name. */
	memset(text, 'x', 65);
	text[65] = '\0';
	expect_name(*state, text, names.nodename);
	text[64] = '\0';
	expect_name(*state, text, text);
}

static void expect_machine_id(const char *root, const char *text, const char *id)
{
	struct host_identity host;

	put(root, "machine-id", text);
	host_identity_read(root, &host);
	assert_string_equal(host.machine_id, id);
}

static void test_host_identity_machine_id(void **state)
{
	expect_machine_id(*state, ID "\n", ID);
	expect_machine_id(*state, ID, ID);
	expect_machine_id(*state, "uninitialized\n", "");
	expect_machine_id(*state, "", "");
	expect_machine_id(*state, ID "0\n", "");
	expect_machine_id(*state, "0123\n", "");
}

static void test_host_identity_of_an_empty_root(void **state)
{
	struct host_identity host;
	struct utsname names;

	assert_int_equal(uname(&names), 0);
	host_identity_read(*state, &host);
	assert_string_equal(host.name, names.nodename);
	assert_string_equal(host.machine_id, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_host_identity_name, run_setup,
						run_teardown),
		cmocka_unit_test_setup_teardown(test_host_identity_machine_id, run_setup,
						run_teardown),
		cmocka_unit_test_setup_teardown(test_host_identity_of_an_empty_root,
						run_setup, run_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

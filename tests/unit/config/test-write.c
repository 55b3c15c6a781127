// SPDX-License-Identifier: LGPL-2.1-or-later
/* New configuration files: whole, for everybody to read, and never over another. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config/write.h"

#define TEXT "[vhba web01]\n"

/* A folder of its own, in which the test stands. */
static int setup(void **state)
{
	char *folder = strdup("/tmp/test-config-write.XXXXXX");

	*state = folder;
	return folder && mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int teardown(void **state)
{
	char *folder = *state;
	int r;

	(void)unlink("etc/web01.conf");
	(void)rmdir("etc");
	r = chdir("/") | rmdir(folder);
	free(folder);
	return r;
}

static void expect_content(const char *path, const char *expected)
{
	char text[128] = "";
	FILE *file = fopen(path, "re");

	assert_non_null(file);
	assert_int_equal(fread(text, 1, sizeof(text) - 1, file), strlen(expected));
	assert_int_equal(fclose(file), 0);
	assert_string_equal(text, expected);
}

static void test_config_write_new_makes_folder_and_file(void **state)
{
	mode_t mask = umask(0077);
	struct stat st;

	assert_int_equal(config_write_new("etc", "web01.conf", TEXT, strlen(TEXT)), 0);
	(void)umask(mask);
	expect_content("etc/web01.conf", TEXT);
	assert_int_equal(stat("etc/web01.conf", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(st.st_nlink, 1);
}

static void test_config_write_new_never_over_another(void **state)
{
	assert_int_equal(config_write_new("etc", "web01.conf", TEXT, strlen(TEXT)), 0);
	assert_int_equal(config_write_new("etc", "web01.conf", "x", 1), -EEXIST);
	expect_content("etc/web01.conf", TEXT);
}

/* A mask is a link to /dev/null; a link to nothing is somebody's too. */
static void test_config_write_new_never_through_a_link(void **state)
{
	assert_int_equal(mkdir("etc", 0755), 0);
	assert_int_equal(symlink("nowhere", "etc/web01.conf"), 0);
	assert_int_equal(config_write_new("etc", "web01.conf", TEXT, strlen(TEXT)),
			 -EEXIST);
	assert_int_equal(access("etc/nowhere", F_OK), -1);
}

static void test_config_write_new_without_the_folder_above(void **state)
{
	assert_int_equal(config_write_new("no/etc", "web01.conf", TEXT, strlen(TEXT)),
			 -ENOENT);
}

static void test_config_remove(void **state)
{
	assert_int_equal(config_remove("etc", "web01.conf"), -ENOENT);
	assert_int_equal(config_write_new("etc", "web01.conf", TEXT, strlen(TEXT)), 0);
	assert_int_equal(config_remove("etc", "web01.conf"), 0);
	assert_int_equal(access("etc/web01.conf", F_OK), -1);
}

#define folder_test(function) cmocka_unit_test_setup_teardown(function, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		folder_test(test_config_write_new_makes_folder_and_file),
		folder_test(test_config_write_new_never_over_another),
		folder_test(test_config_write_new_never_through_a_link),
		folder_test(test_config_write_new_without_the_folder_above),
		folder_test(test_config_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the small files below /run/npiv: nothing is written that could not be read again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/stat.h>

#include "lib/fd.h"
#include "lib/run-file.h"
#include "run-fixture.h"

static void test_run_file_write_no_more_than_can_be_read(void **state)
{
	_cleanup_close_ int dir = open(*state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	_cleanup_free_ char *longest = malloc(NPIV_RUN_FILE_MAX + 1), *text = NULL;
	size_t size;

	assert_true(dir >= 0);
	assert_non_null(longest);
	memset(longest, 'x', NPIV_RUN_FILE_MAX + 1);
	assert_int_equal(run_file_write(dir, "file", ".new", longest, NPIV_RUN_FILE_MAX),
			 0);
	assert_int_equal(run_file_write(dir, "file", ".new", longest,
					NPIV_RUN_FILE_MAX + 1),
			 -EFBIG);
	/* What was there is there. */
	assert_int_equal(run_file_read(dir, "file", &text, &size), 0);
	assert_true(size == NPIV_RUN_FILE_MAX);
	assert_true(text[size] == '\0' && text[size - 1] == 'x');
}

static void test_run_file_write_for_all_to_read(void **state)
{
	_cleanup_close_ int dir = open(*state, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	mode_t umask_before = umask(0077);
	struct stat st;

	assert_true(dir >= 0);
	assert_int_equal(run_file_write(dir, "file", ".new", "x", 1), 0);
	umask(umask_before);
	assert_int_equal(fstatat(dir, "file", &st, 0), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			test_run_file_write_no_more_than_can_be_read, run_setup,
			run_teardown),
		cmocka_unit_test_setup_teardown(test_run_file_write_for_all_to_read,
						run_setup, run_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

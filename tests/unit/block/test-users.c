// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of which processes have a device open: /dev/full stands for the SCSI generic device of a disk, and this
 * process for one that uses it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "block/users.h"

static struct block_tree make_tree(void)
{
	struct block_tree tree = { 0 };
	struct stat st;

	assert_int_equal(stat("/dev/full", &st), 0);
	tree.chars = calloc(1, sizeof(*tree.chars));
	assert_non_null(tree.chars);
	tree.chars[0] = (struct scsi_char){ "sg3", "sdc", st.st_rdev };
	tree.n_chars = 1;
	return tree;
}

/* What is said of this process; "" where it is no user. */
static void find_own(char *text, size_t size)
{
	_cleanup_(block_tree_done) struct block_tree tree = make_tree();
	_cleanup_(user_list_done) struct user_list list = { 0 };
	char pid[32];

	(void)snprintf(pid, sizeof(pid), "(PID %d)", (int)getpid());
	*text = '\0';
	assert_int_equal(in_use_look(&tree, &list), 0);
	for (size_t i = 0; i < list.n; i++)
		if (strstr(list.users[i].text, pid)) {
			assert_string_equal(list.users[i].device, "sdc");
			(void)snprintf(text, size, "%.*s",
				       (int)strcspn(list.users[i].text, "("),
				       list.users[i].text);
		}
}

static void test_in_use_look_finds_by_a_character_device(void **state)
{
	char text[64];
	int fd = open("/dev/full", O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	find_own(text, sizeof(text));
	assert_string_equal(text, "open as sg3 by test-users ");
	close(fd);
	find_own(text, sizeof(text));
	assert_string_equal(text, "");
}

static void test_in_use_look_finds_not_by_a_mere_path(void **state)
{
	char text[64];
	int fd = open("/dev/full", O_PATH | O_CLOEXEC);

	assert_true(fd >= 0);
	find_own(text, sizeof(text));
	assert_string_equal(text, "");
	close(fd);
}

static void test_in_use_look_finds_whatever_its_name(void **state)
{
	char text[64];
	int fd = open("/dev/full", O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(prctl(PR_SET_NAME, "multipathd"), 0);
	find_own(text, sizeof(text));
	assert_string_equal(text, "open as sg3 by multipathd ");
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_in_use_look_finds_by_a_character_device),
		cmocka_unit_test(test_in_use_look_finds_not_by_a_mere_path),
		cmocka_unit_test(test_in_use_look_finds_whatever_its_name),
	};

	return cmocka_run_group_tests_name("users", tests, NULL, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the folder of states, in one of its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dlfcn.h>
#include <fcntl.h>
#include <unistd.h>

#include "state/state-dir.h"
#include "run-fixture.h"

#define WWPN UINT64_C(0x50014c5000000001)

static struct vhba_state make_state(const char *name, uint64_t wwpn)
{
	return (struct vhba_state){
		.name = strdup(name),
		.pool = strdup("pool"),
		.wwpn = wwpn,
		.wwnn = wwpn + 0x100,
		.mode = -1,
	};
}

static void test_state_dir_write_then_read(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN),
						     b = { 0 };

	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_read(*state, "web01", &b), 0);
	assert_string_equal(b.name, "web01");
	assert_true(b.wwpn == WWPN);
}

static void test_state_dir_write_same_changes_nothing(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN);

	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_write(*state, &a), 0);
	a.is_ours = true;
	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_write(*state, &a), 0);
}

static void test_state_dir_write_mends_a_lost_link(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN);
	char path[64], name[NPIV_NAME_MAX + 1];

	assert_int_equal(state_dir_write(*state, &a), 1);
	(void)snprintf(path, sizeof(path), "%s/port/50014c5000000001", (char *)*state);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(state_dir_owner(*state, WWPN, name), 0);
	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_owner(*state, WWPN, name), 1);
	assert_string_equal(name, "web01");
}

static void test_state_dir_write_leaves_no_temporary_files(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN);
	char path[64];

	assert_int_equal(state_dir_write(*state, &a), 1);
	(void)snprintf(path, sizeof(path), "%s/vhba/.web01", (char *)*state);
	assert_int_equal(access(path, F_OK), -1);
	(void)snprintf(path, sizeof(path), "%s/port/.50014c5000000001", (char *)*state);
	assert_int_equal(faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW), -1);
}

/* As many aliases as a pool may have, each as long as a line of a file. */
static void test_state_dir_write_every_alias_that_is_allowed(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN),
						     b = { 0 };
	char wwid[NPIV_CONFIG_LINE_MAX + 1];

	a.aliases = calloc(NPIV_ALIASES_MAX, sizeof(*a.aliases));
	assert_non_null(a.aliases);
	memset(wwid, 'f', sizeof(wwid) - 1);
	wwid[sizeof(wwid) - 1] = '\0';
	for (a.n_aliases = 0; a.n_aliases < NPIV_ALIASES_MAX; a.n_aliases++) {
		char name[16];

		(void)snprintf(name, sizeof(name), "a%zu", a.n_aliases);
		a.aliases[a.n_aliases].name = strdup(name);
		a.aliases[a.n_aliases].wwid = strdup(wwid);
	}
	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_read(*state, "web01", &b), 0);
	assert_int_equal(b.n_aliases, NPIV_ALIASES_MAX);
	assert_int_equal(state_dir_write(*state, &a), 0);
}

static bool fclose_fails;

/* In the place of the C library's: a stream in memory fails here when there is no more. */
int fclose(FILE *file)
{
	int (*real)(FILE *) = (int (*)(FILE *))dlsym(RTLD_NEXT, "fclose");
	int r = real(file);

	return fclose_fails ? EOF : r;
}

static void test_state_dir_write_without_memory(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN);

	fclose_fails = true;
	assert_int_equal(state_dir_write(*state, &a), -ENOMEM);
	fclose_fails = false;
	assert_int_equal(state_dir_write(*state, &a), 1);
}

static void test_state_dir_read_of_what_is_not_there(void **state)
{
	struct vhba_state a;

	assert_int_equal(state_dir_read(*state, "web01", &a), -ENOENT);
}

static void test_state_dir_owner_of_nobody(void **state)
{
	char name[NPIV_NAME_MAX + 1];

	assert_int_equal(state_dir_owner(*state, WWPN, name), 0);
	assert_int_equal(state_dir_owner("/nonexistent", WWPN, name), 0);
}

static void test_state_dir_owner_of_a_link_that_leads_elsewhere(void **state)
{
	char path[64], name[NPIV_NAME_MAX + 1];

	assert_int_equal(state_dir_make(*state), 0);
	(void)snprintf(path, sizeof(path), "%s/port/50014c5000000001", (char *)*state);
	assert_int_equal(symlink("../vhba/../../etc/passwd", path), 0);
	assert_int_equal(state_dir_owner(*state, WWPN, name), 0);
}

static void test_state_dir_remove_both_and_twice(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN),
						     b = { 0 };
	char name[NPIV_NAME_MAX + 1];

	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_remove(*state, &a), 0);
	assert_int_equal(state_dir_read(*state, "web01", &b), -ENOENT);
	assert_int_equal(state_dir_owner(*state, WWPN, name), 0);
	assert_int_equal(state_dir_remove(*state, &a), 0);
}

static void test_state_dir_remove_leaves_the_link_of_another(void **state)
{
	_cleanup_(vhba_state_done) struct vhba_state a = make_state("web01", WWPN);
	_cleanup_(vhba_state_done) struct vhba_state b = make_state("web02", WWPN);
	char name[NPIV_NAME_MAX + 1];

	assert_int_equal(state_dir_write(*state, &a), 1);
	assert_int_equal(state_dir_write(*state, &b), 1);
	assert_int_equal(state_dir_remove(*state, &a), 0);
	assert_int_equal(state_dir_owner(*state, WWPN, name), 1);
	assert_string_equal(name, "web02");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, run_setup, run_teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_state_dir_write_then_read),
		TEST(test_state_dir_write_same_changes_nothing),
		TEST(test_state_dir_write_mends_a_lost_link),
		TEST(test_state_dir_write_leaves_no_temporary_files),
		TEST(test_state_dir_write_every_alias_that_is_allowed),
		TEST(test_state_dir_write_without_memory),
		TEST(test_state_dir_read_of_what_is_not_there),
		TEST(test_state_dir_owner_of_nobody),
		TEST(test_state_dir_owner_of_a_link_that_leads_elsewhere),
		TEST(test_state_dir_remove_both_and_twice),
		TEST(test_state_dir_remove_leaves_the_link_of_another),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

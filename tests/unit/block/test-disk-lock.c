// SPDX-License-Identifier: LGPL-2.1-or-later
/* Locks on disks. flock(2) does not ask what a node is, so files in /dev/shm stand for disks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>

#include "lib/clock.h"
#include "block/disk-lock.h"
#include "lib/fd.h"

#define SOON USEC_PER_SEC
#define LONG (20 * USEC_PER_SEC)

static struct block_node nodes[] = {
	{ .kind = BLOCK_DISK },
	{ .kind = BLOCK_DISK },
	{ .kind = BLOCK_MAP },
	{ .name = "no-such-disk", .kind = BLOCK_DISK },
};
static char paths[3][64];
#define DISK  paths[0]
#define OTHER paths[1]
#define MAP   paths[2]

static const struct block_tree tree = { .nodes = nodes, .n = ARRAY_SIZE(nodes) };

static int setup(void **state)
{
	for (int i = 0; i < 3; i++) {
		int fd;

		(void)snprintf(nodes[i].name, sizeof(nodes[i].name), "shm/npiv-%d-%d",
			       (int)getpid(), i);
		(void)snprintf(paths[i], sizeof(paths[i]), "/dev/%.31s", nodes[i].name);
		fd = open(paths[i], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0)
			return -1;
		close(fd);
	}
	return 0;
}

static int teardown(void **state)
{
	for (int i = 0; i < 3; i++)
		(void)unlink(paths[i]);
	return 0;
}

static bool is_free(const char *path)
{
	_cleanup_close_ int fd = open(path, O_RDONLY | O_CLOEXEC);

	assert_true(fd >= 0);
	return flock(fd, LOCK_SH | LOCK_NB) == 0;
}

/* The child that had it ends a moment after it was told to. */
static void await_free(const char *path)
{
	uint64_t end = now_usec() + LONG;

	while (!is_free(path)) {
		assert_true(now_usec() < end);
		(void)poll(NULL, 0, 5);
	}
}

static void test_disk_lock_take_and_release(void **state)
{
	struct disk_lock lock = { 0 };

	assert_int_equal(disk_lock_take(&lock, &tree, now_usec() + LONG), 0);
	assert_false(is_free(DISK));
	assert_false(is_free(OTHER));
	assert_true(is_free(MAP)); /* no disk */
	disk_lock_release(&lock);
	await_free(DISK);
	await_free(OTHER);
	disk_lock_release(&lock);
}

/* One that somebody else has keeps nobody from the others. */
static void test_disk_lock_take_ends_in_time(void **state)
{
	_cleanup_close_ int other = open(DISK, O_RDONLY | O_CLOEXEC);
	struct disk_lock lock = { 0 };

	assert_true(other >= 0);
	assert_int_equal(flock(other, LOCK_SH), 0);
	assert_int_equal(disk_lock_take(&lock, &tree, now_usec() + SOON), -ETIMEDOUT);
	assert_true(is_free(DISK));
	assert_false(is_free(OTHER));
	disk_lock_release(&lock);
	await_free(OTHER);
}

static void test_disk_lock_take_waits(void **state)
{
	int other = open(DISK, O_RDONLY | O_CLOEXEC);
	struct disk_lock lock = { 0 };
	pid_t pid;

	assert_true(other >= 0);
	assert_int_equal(flock(other, LOCK_SH), 0);
	pid = fork();
	if (pid == 0) {
		(void)poll(NULL, 0, 200);
		_exit(0); /* the lock is the open file's: it ends with the last descriptor */
	}
	close(other);
	assert_int_equal(disk_lock_take(&lock, &tree, now_usec() + LONG), 0);
	assert_false(is_free(DISK));
	disk_lock_release(&lock);
	await_free(DISK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disk_lock_take_and_release),
		cmocka_unit_test(test_disk_lock_take_ends_in_time),
		cmocka_unit_test(test_disk_lock_take_waits),
	};

	return cmocka_run_group_tests_name("disk-lock", tests, setup, teardown);
}

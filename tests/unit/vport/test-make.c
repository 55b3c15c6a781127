// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the adoption of a vport, with stand-ins for the locks, the marks, and what looks, logs and writes. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "event/notify.h"
#include "lib/clock.h"
#include "state/lock.h"
#include "state/state-dir.h"
#include "state/vport-mark.h"
#include "vport/login.h"
#include "vport/make.h"
#include "vport/write.h"

#define WWPN   0x5001a4a000000001
#define PARENT 0x71

static bool is_locked; /* a driver is still at work below the parent */
static bool is_marked; /* no deletion of the vport has begun */
static unsigned n_locks, n_written;

int lock_take_parent(const char *run, uint64_t parent_wwpn, uint64_t deadline)
{
	assert_int_equal(parent_wwpn, PARENT);
	n_locks++;
	return is_locked ? -EAGAIN : open("/dev/null", O_RDONLY | O_CLOEXEC);
}

void lock_print_holder_of_parent(const char *run, uint64_t parent_wwpn, char *buf,
				 size_t size)
{
	(void)snprintf(buf, size, "process 12 holds it");
}

int vport_mark(const char *run, const char *name, const char *sysname)
{
	is_marked = true;
	return 0;
}

bool vport_is_marked(const char *run, const char *name, const char *sysname)
{
	return is_marked;
}

int state_dir_write(const char *run, const struct vhba_state *state)
{
	n_written++;
	return 0;
}

int state_dir_remove(const char *run, const struct vhba_state *state)
{
	return 0;
}

int state_dir_owner(const char *run, uint64_t wwpn, char owner[static NPIV_NAME_MAX + 1])
{
	return 0;
}

int lun_wait_look(struct lun_wait *wait)
{
	return 0;
}

void lun_wait_scan(struct lun_wait *wait)
{
}

int uevent_trigger_host(struct uevent_list *list, int sysfs,
			const struct inventory *inventory, uint32_t host)
{
	return 0;
}

int vport_login_anew(struct make *make, struct watch *watch)
{
	return LUN_WAIT_ON;
}

int vport_write_create(const struct task *task, int lock, uint32_t parent_host,
		       uint64_t wwpn, uint64_t wwnn, uint64_t deadline,
		       ssize_t *ret_answer)
{
	return -EIO;
}

int vport_write_reset(const struct task *task, int lock, const struct fc_vport *vport,
		      uint64_t deadline)
{
	return -EIO;
}

int vport_fail(const struct task *task, enum npiv_stage stage, const char *detail,
	       const char *hint)
{
	return EXIT_FAILURE;
}

int vport_fail_errno(const struct task *task, int error, const char *what)
{
	return EXIT_FAILURE;
}

void task_set_subject(struct task *task, const struct vhba_state *state)
{
}

void watch_within(struct watch *watch, uint64_t usec)
{
}

void log_event(const struct log_subject *subject, const struct log_event *event,
	       const char *format, ...)
{
}

void notify_status(const char *format, ...)
{
}

struct fixture {
	struct task task;
	struct vhba_config vhba;
	char name[16];
	struct vhba_state state;
	struct fc_port parent;
	struct fc_vport vport;
	struct lun_wait wait;
	struct make make;
};

/* A vport that an earlier start made, with all its LUNs. */
static void begin(struct fixture *f)
{
	is_locked = is_marked = false;
	n_locks = n_written = 0;
	*f = (struct fixture){
		.task = { .name = "web01" },
		.name = "web01",
		.state = { .type = VHBA_VPORT,
			   .wwpn = WWPN,
			   .parent_wwpn = PARENT,
			   .vport = "vport-7:0-0",
			   .is_ours = true },
		.parent = { .host = 7, .wwpn = PARENT },
		.vport = { .sysname = "vport-7:0-0",
			   .parent_host = 7,
			   .host = 8,
			   .wwpn = WWPN },
		.wait = { .deadline = now_usec() + 60 * USEC_PER_SEC,
			  .host = 8,
			  .diagnosis = { .stage = STAGE_READY } },
	};
	f->state.name = f->name;
	f->wait.task = &f->task;
	f->wait.vhba = &f->vhba;
	f->wait.state = &f->state;
	f->wait.inventory = (struct inventory){ .ports = &f->parent,
						.n_ports = 1,
						.vports = &f->vport,
						.n_vports = 1 };
	f->wait.diagnosis.parent = &f->parent;
	f->wait.diagnosis.vport = &f->vport;
	f->make.wait = &f->wait;
	f->make.state = &f->state;
}

static void test_make_or_adopt_takes_what_is_marked(void **state)
{
	struct fixture f;

	begin(&f);
	is_locked = is_marked = true;
	assert_int_equal(make_or_adopt(NULL, &f.make), LUN_WAIT_AGAIN);
	assert_int_equal(n_locks, 0);
	assert_int_equal(n_written, 1);
	assert_true(f.make.is_written);
}

/* Otherwise the start ends as ready, and then the vport goes. */
static void test_make_or_adopt_leaves_what_is_being_deleted(void **state)
{
	struct fixture f;

	begin(&f);
	is_locked = true;
	assert_int_equal(make_or_adopt(NULL, &f.make), LUN_WAIT_ON);
	assert_int_not_equal(f.wait.diagnosis.stage, STAGE_READY);
	assert_string_equal(f.wait.diagnosis.detail,
			    "the parent HBA is locked, process 12 holds it");
	assert_int_equal(n_written, 0);
	assert_false(f.make.is_written);
}

static void test_make_or_adopt_looks_again_after_a_deletion(void **state)
{
	struct fixture f;

	begin(&f);
	assert_int_equal(make_or_adopt(NULL, &f.make), LUN_WAIT_AGAIN);
	assert_int_equal(n_locks, 1);
	assert_false(f.make.is_written);
	/* The driver refused to delete it: the vport is there to stay. */
	assert_int_equal(make_or_adopt(NULL, &f.make), LUN_WAIT_AGAIN);
	assert_int_equal(n_locks, 1);
	assert_true(f.make.is_written && is_marked);
}

static void test_make_or_adopt_waits_for_what_a_killed_start_makes(void **state)
{
	struct fixture f;

	begin(&f);
	is_locked = is_marked = true;
	f.state.vport[0] = '\0';
	assert_int_equal(make_or_adopt(NULL, &f.make), LUN_WAIT_ON);
	assert_false(f.make.is_written);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_make_or_adopt_takes_what_is_marked),
		cmocka_unit_test(test_make_or_adopt_leaves_what_is_being_deleted),
		cmocka_unit_test(test_make_or_adopt_looks_again_after_a_deletion),
		cmocka_unit_test(test_make_or_adopt_waits_for_what_a_killed_start_makes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of new logins, with stand-ins for what looks at the LUNs and deletes the vport. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/clock.h"
#include "vport/delete.h"
#include "vport/login.h"

#define WWPN 0x5001a4a000000001

static size_t n_luns; /* SCSI devices that are there when the vport is to be deleted */
static unsigned n_removed;
static uint64_t wake_usec; /* 0: nobody asked for a look */

int vport_read_luns(struct task *task, uint32_t host, struct vport_luns *ret_luns)
{
	*ret_luns = (struct vport_luns){ .inventory.n_luns = n_luns };
	return 0;
}

void vport_luns_done(struct vport_luns *luns)
{
}

enum removal vport_remove(struct task *task, const struct vhba_state *state,
			  const struct fc_vport *vport, struct vport_luns *luns,
			  bool is_alone, int *pool_lock)
{
	n_removed++;
	return REMOVAL_GONE;
}

int removal_exit_code(enum removal removal)
{
	return EXIT_SUCCESS;
}

void watch_within(struct watch *watch, uint64_t usec)
{
	wake_usec = usec;
}

void log_event(const struct log_subject *subject, const struct log_event *event,
	       const char *format, ...)
{
}

struct fixture {
	struct task task;
	struct vhba_config vhba;
	struct vhba_state state;
	struct fc_port parent;
	struct fc_vport vport;
	struct lun_wait wait;
	struct make make;
};

/* A vport of ours, the target of which has denied that it is one. */
static void begin(struct fixture *f)
{
	n_luns = n_removed = 0;
	wake_usec = 0;
	*f = (struct fixture){
		.task = { .name = "web01" },
		.vhba = { .timeout_usec = 60 * USEC_PER_SEC },
		.state = { .type = VHBA_VPORT,
			   .wwpn = WWPN,
			   .parent_wwpn = 0x71,
			   .vport = "vport-7:0-0",
			   .is_ours = true },
		.parent = { .host = 7, .wwpn = 0x71 },
		.vport = { .sysname = "vport-7:0-0",
			   .parent_host = 7,
			   .host = 8,
			   .wwpn = WWPN },
		.wait = { .deadline = now_usec() + 60 * USEC_PER_SEC },
	};
	f->wait.task = &f->task;
	f->wait.vhba = &f->vhba;
	f->wait.state = &f->state;
	f->wait.inventory = (struct inventory){ .ports = &f->parent,
						.n_ports = 1,
						.vports = &f->vport,
						.n_vports = 1 };
	f->wait.diagnosis.vport = &f->vport;
	f->wait.diagnosis.wants_login = true;
	f->make.wait = &f->wait;
	f->make.state = &f->state;
}

static void test_vport_login_anew_deletes_the_vport(void **state)
{
	struct fixture f;

	begin(&f);
	assert_int_equal(vport_login_anew(&f.make, NULL), 1);
	assert_int_equal(n_removed, 1);
	assert_int_equal(f.state.login_pause_usec, 10 * USEC_PER_SEC);
	f.state.login_usec = now_usec();
	assert_int_equal(vport_login_anew(&f.make, NULL), 0);
	assert_int_equal(n_removed, 1);
	assert_true(wake_usec >= 1 && wake_usec <= 10 * USEC_PER_SEC);
}

/* A LUN without a disk, such as an enclosure, stays for good: an answer that asks for a new look at once would come
 * again and again, without a pause in which a signal is seen. */
static void test_vport_login_anew_waits_while_there_are_luns(void **state)
{
	struct fixture f;

	begin(&f);
	n_luns = 1;
	assert_int_equal(vport_login_anew(&f.make, NULL), 0);
	assert_int_equal(n_removed, 0);
	assert_int_equal(f.state.login_pause_usec, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vport_login_anew_deletes_the_vport),
		cmocka_unit_test(test_vport_login_anew_waits_while_there_are_luns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the table of answers that drivers give to vport_create. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/create-verdict.h"

static struct fc_port port(const char *driver, enum port_state state)
{
	struct fc_port p = { .host = 7, .state = state, .is_capable = true };

	(void)snprintf(p.driver, sizeof(p.driver), "%s", driver);
	return p;
}

static void assert_verdict(const char *driver, enum port_state state, ssize_t result,
			   enum create_action action, enum npiv_stage stage)
{
	const struct fc_port parent = port(driver, state);
	struct create_verdict verdict = create_verdict(&parent, result, false);

	assert_int_equal(verdict.action, action);
	assert_int_equal(verdict.stage, stage);
}

static void test_create_verdict_whole_text_taken(void **state)
{
	assert_verdict("lpfc", PORT_ONLINE, 33, CREATE_DONE, STAGE_READY);
	assert_verdict("lpfc", PORT_LINKDOWN, 34, CREATE_DONE, STAGE_READY);
}

static void test_create_verdict_qla2xxx(void **state)
{
	assert_verdict("qla2xxx", PORT_LINKDOWN, -EOPNOTSUPP, CREATE_RETRY,
		       STAGE_LINK_DOWN);
	assert_verdict("qla2xxx", PORT_ONLINE, -EOPNOTSUPP, CREATE_FAIL,
		       STAGE_NO_FABRIC_SUPPORT);
	assert_verdict("qla2xxx", PORT_ONLINE, -ENOTUNIQ, CREATE_FAIL, STAGE_WWN_REFUSED);
	assert_verdict("qla2xxx", PORT_ONLINE, -ENOSYS, CREATE_FAIL,
		       STAGE_PARENT_INCAPABLE);
	assert_verdict("qla2xxx", PORT_LINKDOWN, -ENOSYS, CREATE_FAIL,
		       STAGE_PARENT_INCAPABLE);
	assert_verdict("qla2xxx", PORT_ONLINE, 9, CREATE_FAIL, STAGE_VPORT_FAILED);
}

static void test_create_verdict_qla2xxx_short_count_is_never_retried(void **state)
{
	assert_verdict("qla2xxx", PORT_LINKDOWN, 9, CREATE_FAIL, STAGE_VPORT_FAILED);
}

static void test_create_verdict_lpfc(void **state)
{
	assert_verdict("lpfc", PORT_ONLINE, -EPERM, CREATE_FAIL, STAGE_VPORT_FAILED);
	assert_verdict("lpfc", PORT_ONLINE, -ENOENT, CREATE_FAIL, STAGE_WWN_REFUSED);
	assert_verdict("lpfc", PORT_ONLINE, -ESRCH, CREATE_FAIL, STAGE_VPORT_FAILED);
	assert_verdict("lpfc", PORT_ONLINE, -EINTR, CREATE_FAIL, STAGE_NO_FREE_VPORT);
	assert_verdict("lpfc", PORT_LINKDOWN, -EINTR, CREATE_FAIL, STAGE_NO_FREE_VPORT);
}

static void test_create_verdict_qedf_and_bnx2fc(void **state)
{
	static const char *const drivers[] = { "qedf", "bnx2fc" };

	for (size_t i = 0; i < ARRAY_SIZE(drivers); i++) {
		assert_verdict(drivers[i], PORT_LINKDOWN, -EIO, CREATE_RETRY,
			       STAGE_LINK_DOWN);
		assert_verdict(drivers[i], PORT_OFFLINE, -EIO, CREATE_RETRY,
			       STAGE_LINK_DOWN);
		assert_verdict(drivers[i], PORT_ONLINE, -EIO, CREATE_FAIL,
			       STAGE_VPORT_FAILED);
	}
}

static void test_create_verdict_fcoe(void **state)
{
	assert_verdict("fcoe", PORT_ONLINE, -EINVAL, CREATE_FAIL, STAGE_WWN_REFUSED);
	assert_verdict("fcoe", PORT_ONLINE, -ENOSPC, CREATE_FAIL, STAGE_NO_FREE_VPORT);
	assert_verdict("fcoe", PORT_ONLINE, 0, CREATE_FAIL, STAGE_VPORT_FAILED);
}

static void test_create_verdict_transport(void **state)
{
	assert_verdict("anything", PORT_ONLINE, -ENOSPC, CREATE_FAIL,
		       STAGE_NO_FREE_VPORT);
	assert_verdict("anything", PORT_ONLINE, -EINVAL, CREATE_FAIL, STAGE_WWN_REFUSED);
	assert_verdict("anything", PORT_ONLINE, -ENOENT, CREATE_FAIL,
		       STAGE_PARENT_INCAPABLE);
	assert_verdict("anything", PORT_LINKDOWN, -EAGAIN, CREATE_RETRY, STAGE_LINK_DOWN);
	assert_verdict("anything", PORT_ONLINE, -EAGAIN, CREATE_FAIL, STAGE_VPORT_FAILED);
	assert_verdict("anything", PORT_ONLINE, -EACCES, CREATE_FAIL, STAGE_VPORT_FAILED);
	assert_verdict("anything", PORT_ONLINE, -EROFS, CREATE_FAIL, STAGE_VPORT_FAILED);
	assert_verdict("anything", PORT_ONLINE, -ENOMEM, CREATE_FAIL, STAGE_VPORT_FAILED);
}

static void test_create_verdict_eintr_is_never_retried(void **state)
{
	assert_verdict("anything", PORT_LINKDOWN, -EINTR, CREATE_FAIL,
		       STAGE_VPORT_FAILED);
	assert_verdict("anything", PORT_ONLINE, -EINTR, CREATE_FAIL, STAGE_VPORT_FAILED);
}

static void test_create_verdict_online_is_never_retried(void **state)
{
	const struct fc_port parent = port("anything", PORT_ONLINE);

	for (ssize_t result = -200; result < VPORT_TEXT_LENGTH; result++)
		assert_int_not_equal(create_verdict(&parent, result, false).action,
				     CREATE_RETRY);
}

static void test_create_verdict_failed_but_there_is_adopted(void **state)
{
	const struct fc_port parent = port("qla2xxx", PORT_ONLINE);

	assert_int_equal(create_verdict(&parent, -ENOTUNIQ, true).action, CREATE_ADOPT);
	assert_int_equal(create_verdict(&parent, 9, true).action, CREATE_ADOPT);
	assert_int_equal(create_verdict(&parent, 33, true).action, CREATE_DONE);
}

static void test_create_verdict_parent_gone(void **state)
{
	struct create_verdict verdict = create_verdict(NULL, -ENOENT, false);

	assert_int_equal(verdict.action, CREATE_RETRY);
	assert_int_equal(verdict.stage, STAGE_PARENT_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_create_verdict_whole_text_taken),
		cmocka_unit_test(test_create_verdict_qla2xxx),
		cmocka_unit_test(
			test_create_verdict_qla2xxx_short_count_is_never_retried),
		cmocka_unit_test(test_create_verdict_lpfc),
		cmocka_unit_test(test_create_verdict_qedf_and_bnx2fc),
		cmocka_unit_test(test_create_verdict_fcoe),
		cmocka_unit_test(test_create_verdict_transport),
		cmocka_unit_test(test_create_verdict_eintr_is_never_retried),
		cmocka_unit_test(test_create_verdict_online_is_never_retried),
		cmocka_unit_test(test_create_verdict_failed_but_there_is_adopted),
		cmocka_unit_test(test_create_verdict_parent_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

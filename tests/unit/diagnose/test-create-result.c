// SPDX-License-Identifier: LGPL-2.1-or-later
/* Tests of the table of answers that drivers give to vport_create. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "diagnose/create-result.h"

static struct fc_port port(const char *driver, enum port_state state)
{
	struct fc_port p = { .host = 7, .state = state, .is_capable = true };

	(void)snprintf(p.driver, sizeof(p.driver), "%s", driver);
	return p;
}

/* What a driver's own answers mean, with a link and without: one row for each that it can give. */
struct answer {
	const char *driver;
	ssize_t result;
	enum create_action online, offline;
	enum npiv_stage online_stage, offline_stage;
	const char *
		hint; /* a word that must be in reason or hint; NULL: none is asked for */
};

#define SAME(action, stage) action, action, stage, stage

static const struct answer answers[] = {
	/* clang-format off */
	/* qla2xxx knows of NPIV only by its fabric login; 9 is FC_VPORT_FAILED handed on as a count. */
	{ "qla2xxx", -EOPNOTSUPP, CREATE_FAIL, CREATE_RETRY, STAGE_NO_FABRIC_SUPPORT,
	  STAGE_LINK_DOWN, "log" },
	{ "qla2xxx", -ENOTUNIQ, SAME(CREATE_FAIL, STAGE_WWN_REFUSED), "flash" },
	{ "qla2xxx", -ENOSYS, SAME(CREATE_FAIL, STAGE_PARENT_INCAPABLE), "qlini_mode" },
	{ "qla2xxx", 9, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "qla2xxx" },
	{ "qla2xxx", -ENOSPC, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "max_npiv_vports" },

	/* lpfc makes vports without a link, too: its errors mean the same with and without. */
	{ "lpfc", 33, SAME(CREATE_DONE, STAGE_READY), NULL },
	{ "lpfc", -EPERM, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "lpfc" },
	{ "lpfc", -ENOENT, SAME(CREATE_FAIL, STAGE_WWN_REFUSED), "lpfc_enable_npiv" },
	{ "lpfc", -ESRCH, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "memory" },
	{ "lpfc", -EINTR, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "maximum" },
	{ "lpfc", -ENOSPC, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "max_npiv_vports" },

	/* qedf and bnx2fc say EIO for a link that is down, and for all else. */
	{ "qedf", -EIO, CREATE_FAIL, CREATE_RETRY, STAGE_VPORT_FAILED, STAGE_LINK_DOWN, NULL },
	{ "qedf", -ENOSPC, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "max_npiv_vports" },
	{ "bnx2fc", -EIO, CREATE_FAIL, CREATE_RETRY, STAGE_VPORT_FAILED, STAGE_LINK_DOWN, NULL },
	{ "bnx2fc", -ENOSPC, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "max_npiv_vports" },

	/* fcoe makes vports without a link; its EINVAL is a port of this host with that WWPN. */
	{ "fcoe", 33, SAME(CREATE_DONE, STAGE_READY), NULL },
	{ "fcoe", -EINVAL, SAME(CREATE_FAIL, STAGE_WWN_REFUSED), "local port" },
	{ "fcoe", -ENOSPC, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "max_npiv_vports" },
	{ "fcoe", 0, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "only part" },

	/* The transport, and what sysfs itself says, whatever the driver. */
	{ "anything", 33, SAME(CREATE_DONE, STAGE_READY), NULL },
	{ "anything", 34, SAME(CREATE_DONE, STAGE_READY), NULL },
	{ "anything", 32, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "only part" },
	{ "anything", 0, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "only part" },
	{ "anything", -ENOSPC, SAME(CREATE_FAIL, STAGE_NO_FREE_VPORT), "max_npiv_vports" },
	{ "anything", -EINVAL, SAME(CREATE_FAIL, STAGE_WWN_REFUSED), "malformed" },
	{ "anything", -ENOTUNIQ, SAME(CREATE_FAIL, STAGE_WWN_REFUSED), "in use" },
	{ "anything", -EEXIST, SAME(CREATE_FAIL, STAGE_WWN_REFUSED), "in use" },
	{ "anything", -ENOSYS, SAME(CREATE_FAIL, STAGE_PARENT_INCAPABLE), "driver" },
	{ "anything", -ENOENT, SAME(CREATE_FAIL, STAGE_PARENT_INCAPABLE), "vport_create" },
	{ "anything", -EOPNOTSUPP, CREATE_FAIL, CREATE_RETRY, STAGE_NO_FABRIC_SUPPORT,
	  STAGE_LINK_DOWN, "log" },
	{ "anything", -EIO, CREATE_FAIL, CREATE_RETRY, STAGE_VPORT_FAILED, STAGE_LINK_DOWN, NULL },
	{ "anything", -EAGAIN, CREATE_FAIL, CREATE_RETRY, STAGE_VPORT_FAILED, STAGE_LINK_DOWN, NULL },
	{ "anything", -EINTR, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), NULL },
	{ "anything", -EACCES, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "root" },
	{ "anything", -EROFS, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), "read-only" },
	{ "anything", -ENOMEM, SAME(CREATE_FAIL, STAGE_VPORT_FAILED), NULL },
	/* clang-format on */
};

static bool has_word(const struct create_result *verdict, const char *word)
{
	return (verdict->reason && strstr(verdict->reason, word)) ||
	       (verdict->hint && strstr(verdict->hint, word));
}

static void check_answer(const struct answer *answer, enum port_state state,
			 enum create_action action, enum npiv_stage stage)
{
	const struct fc_port parent = port(answer->driver, state);
	struct create_result verdict = create_result(&parent, answer->result, false);

	if (verdict.action != action || verdict.stage != stage)
		fail_msg("%s, %s, %zd: action %d, stage %s", answer->driver,
			 port_state_to_string(state), answer->result, (int)verdict.action,
			 stage_info(verdict.stage)->name);
	if (answer->hint && !has_word(&verdict, answer->hint))
		fail_msg("%s, %s, %zd: no '%s' in reason or hint", answer->driver,
			 port_state_to_string(state), answer->result, answer->hint);
}

static void test_create_verdict_link_up(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
		check_answer(&answers[i], PORT_ONLINE, answers[i].online,
			     answers[i].online_stage);
}

/* Every state but Online is one without a link that NPIV could use. */
static void test_create_verdict_link_down(void **state)
{
	for (size_t i = 0; i < ARRAY_SIZE(answers); i++)
		for (enum port_state s = PORT_UNKNOWN; s < _PORT_STATE_MAX; s++)
			if (s != PORT_ONLINE)
				check_answer(&answers[i], s, answers[i].offline,
					     answers[i].offline_stage);
}

static void test_create_verdict_online_is_never_retried(void **state)
{
	const struct fc_port parent = port("anything", PORT_ONLINE);

	for (ssize_t result = -200; result < VPORT_TEXT_LENGTH; result++)
		assert_int_not_equal(create_result(&parent, result, false).action,
				     CREATE_RETRY);
}

/* Nothing that a driver says has it asked again but the three that a missing link explains. */
static void test_create_verdict_retries_are_few(void **state)
{
	const struct fc_port parent = port("anything", PORT_LINKDOWN);

	for (ssize_t result = -200; result < VPORT_TEXT_LENGTH; result++) {
		bool may = result == -EOPNOTSUPP || result == -EIO || result == -EAGAIN;

		assert_int_equal(create_result(&parent, result, false).action,
				 may ? CREATE_RETRY : CREATE_FAIL);
	}
}

static void test_create_verdict_failed_but_there_is_adopted(void **state)
{
	const struct fc_port parent = port("qla2xxx", PORT_ONLINE);

	assert_int_equal(create_result(&parent, -ENOTUNIQ, true).action, CREATE_ADOPT);
	assert_int_equal(create_result(&parent, 9, true).action, CREATE_ADOPT);
	assert_int_equal(create_result(&parent, 33, true).action, CREATE_DONE);
}

static void test_create_verdict_parent_gone(void **state)
{
	struct create_result verdict = create_result(NULL, -ENOENT, false);

	assert_int_equal(verdict.action, CREATE_RETRY);
	assert_int_equal(verdict.stage, STAGE_PARENT_MISSING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_create_verdict_link_up),
		cmocka_unit_test(test_create_verdict_link_down),
		cmocka_unit_test(test_create_verdict_online_is_never_retried),
		cmocka_unit_test(test_create_verdict_retries_are_few),
		cmocka_unit_test(test_create_verdict_failed_but_there_is_adopted),
		cmocka_unit_test(test_create_verdict_parent_gone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

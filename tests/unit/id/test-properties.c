// SPDX-License-Identifier: LGPL-2.1-or-later
/* What udev is told of a device. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "id/properties.h"

#define TARGET	  0x500a09868607c1f6U
#define BY_TARGET "by-target/0x500a09868607c1f6-lun-"
#define WWID	  "naa.6001405aabbccdd"

static char by_lun[] = "system", by_wwid[] = "data", wwid[] = WWID;
static char pool_name[] = "web01", vhba_name[] = "web01-a";

static struct pool_alias aliases[] = {
	{ .name = by_lun, .lun = 0 },
	{ .name = by_wwid, .wwid = wwid },
};

static const struct vhba_state vhba = {
	.name = vhba_name,
	.pool = pool_name,
	.wwpn = 0x05001a4a00000001U,
	.mode = -1,
	.aliases = aliases,
	.n_aliases = ARRAY_SIZE(aliases),
};

static char *rendered(const struct udev_answer *answer)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_non_null(out);
	render_udev(answer, out);
	assert_int_equal(fclose(out), 0);
	return text;
}

static struct udev_answer answer_of(const struct vhba_state *state, uint64_t lun)
{
	struct udev_answer answer = {
		.state = state,
		.has_vhba = true,
		.has_lun = true,
		.lun = lun,
		.target = TARGET,
	};
	const struct naming_device disk = {
		.role = NAMING_PATH,
		.has_lun = true,
		.lun = lun,
		.target = TARGET,
		.wwid = WWID,
	};

	naming_list(state, &disk, &answer.names);
	for (size_t i = 0; i < answer.names.n; i++)
		answer.names.names[i].is_granted = answer.names.names[i].is_first = true;
	return answer;
}

static void test_render_udev_disk(void **state)
{
	struct udev_answer answer = answer_of(&vhba, 0);
	_cleanup_free_ char *text = rendered(&answer);

	assert_string_equal(text, "NPIV_POOL=web01\n"
				  "NPIV_VHBA=web01-a\n"
				  "NPIV_WWPN=0x05001a4a00000001\n"
				  "NPIV_LUN=0\n"
				  "NPIV_TARGET=0x500a09868607c1f6\n"
				  "NPIV_LINKS=npiv/web01/" BY_TARGET "0 npiv/web01/0\n"
				  "NPIV_ALIASES=npiv/web01/system npiv/web01/data\n");
}

static void test_render_udev_partition(void **state)
{
	struct udev_answer answer = answer_of(&vhba, 5);
	_cleanup_free_ char *text = NULL;

	answer.partition = 12;
	text = rendered(&answer);
	assert_non_null(strstr(text, "NPIV_LINKS=npiv/web01/" BY_TARGET
				     "5-part12 npiv/web01/5-part12\n"));
	assert_non_null(strstr(text, "NPIV_ALIASES=npiv/web01/data-part12\n"));
}

static void test_render_udev_permissions(void **state)
{
	char owner[] = "libvirt-qemu", group[] = "107";
	struct vhba_state owned = vhba;
	struct udev_answer answer;
	_cleanup_free_ char *text = NULL;

	owned.owner = owner;
	owned.group = group;
	owned.mode = 0660;
	answer = answer_of(&owned, 5);
	text = rendered(&answer);
	assert_non_null(strstr(
		text, "NPIV_OWNER=libvirt-qemu\nNPIV_GROUP=107\nNPIV_MODE=0660\n"));
}

static void test_render_udev_says_what_the_host_may_not_use(void **state)
{
	char guest[] = "web server";
	struct vhba_state guarded = vhba;
	struct udev_answer answer = answer_of(&guarded, 5);
	_cleanup_free_ char *text = rendered(&answer), *guarded_text = NULL;

	assert_null(strstr(text, "NPIV_HOST_USE"));
	guarded.guest = guest;
	answer.partition = 1;
	guarded_text = rendered(&answer);
	assert_non_null(strstr(guarded_text, "\nNPIV_HOST_USE=no\n"));
}

static void test_render_udev_leaves_unclean_values_out(void **state)
{
	char owner[] = "DOMAIN\\a user";
	struct vhba_state owned = vhba;
	struct udev_answer answer;
	_cleanup_free_ char *text = NULL;

	owned.owner = owner;
	answer = answer_of(&owned, 5);
	text = rendered(&answer);
	assert_null(strstr(text, "NPIV_OWNER"));
}

static void test_render_udev_denied_names_are_no_links(void **state)
{
	struct udev_answer answer = answer_of(&vhba, 5);
	_cleanup_free_ char *text = NULL;

	answer.names.names[1].is_granted = false;
	answer.names.names[1].is_disputed = true;
	text = rendered(&answer);
	assert_non_null(strstr(text, "NPIV_LINKS=npiv/web01/" BY_TARGET "5\n"));
	assert_non_null(strstr(text, "NPIV_AMBIGUOUS=1\n"));
}

static void test_render_udev_not_claimed_yet_is_not_ambiguous(void **state)
{
	struct udev_answer answer = answer_of(&vhba, 5);
	_cleanup_free_ char *text = NULL;

	answer.partition = 1;
	for (size_t i = 0; i < answer.names.n; i++)
		answer.names.names[i].is_granted = false;
	text = rendered(&answer);
	assert_null(strstr(text, "NPIV_LINKS"));
	assert_null(strstr(text, "NPIV_AMBIGUOUS"));
}

static void test_render_udev_second_path_stands_by(void **state)
{
	struct udev_answer answer = answer_of(&vhba, 0);
	_cleanup_free_ char *first = NULL, *second = NULL, *map = NULL;

	answer.can_stand_by = true;
	first = rendered(&answer);
	assert_null(strstr(first, "NPIV_STANDBY"));
	answer.names.names[1].is_first = false;
	second = rendered(&answer);
	assert_non_null(strstr(second, "\nNPIV_STANDBY=1\n"));
	answer.can_stand_by = false;
	map = rendered(&answer);
	assert_null(strstr(map, "NPIV_STANDBY"));
}

static void expect_guest(const struct udev_answer *answer, const char *guest,
			 bool is_news)
{
	_cleanup_free_ char *text = rendered(answer);

	if (guest)
		assert_non_null(strstr(text, guest));
	else
		assert_null(strstr(text, "NPIV_GUEST"));
	assert_int_equal(strstr(text, "\nNPIV_GUEST_NEWS=1\n") != NULL, is_news);
}

static void test_render_udev_tells_a_guest_once(void **state)
{
	char guest[] = "web server";
	struct vhba_state guarded = vhba;
	struct udev_answer answer;

	guarded.guest = guest;
	answer = answer_of(&guarded, 5);
	expect_guest(&answer, "\nNPIV_GUEST=web01/5\n", true);
	answer.guest_before = "web01/5";
	expect_guest(&answer, "\nNPIV_GUEST=web01/5\n", false);
	/* The name is another's for a while, and then its own again. */
	answer.names.names[1].is_granted = false;
	expect_guest(&answer, "\nNPIV_GUEST=-\n", false);
	answer.names.names[1].is_granted = true;
	answer.guest_before = "-";
	expect_guest(&answer, "\nNPIV_GUEST=web01/5\n", true);
	answer.partition = 1;
	expect_guest(&answer, NULL, false);
	answer = answer_of(&vhba, 5);
	expect_guest(&answer, NULL, false);
}

static void test_render_udev_map_over_two_vhbas(void **state)
{
	struct udev_answer answer = answer_of(&vhba, 5);
	_cleanup_free_ char *text = NULL;

	answer.has_vhba = answer.has_lun = false;
	answer.target = 0;
	text = rendered(&answer);
	assert_null(strstr(text, "NPIV_VHBA"));
	assert_null(strstr(text, "NPIV_WWPN"));
	assert_null(strstr(text, "NPIV_LUN"));
	assert_null(strstr(text, "NPIV_TARGET"));
	assert_non_null(strstr(text, "NPIV_POOL=web01\n"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_render_udev_disk),
		cmocka_unit_test(test_render_udev_partition),
		cmocka_unit_test(test_render_udev_permissions),
		cmocka_unit_test(test_render_udev_says_what_the_host_may_not_use),
		cmocka_unit_test(test_render_udev_leaves_unclean_values_out),
		cmocka_unit_test(test_render_udev_denied_names_are_no_links),
		cmocka_unit_test(test_render_udev_not_claimed_yet_is_not_ambiguous),
		cmocka_unit_test(test_render_udev_second_path_stands_by),
		cmocka_unit_test(test_render_udev_tells_a_guest_once),
		cmocka_unit_test(test_render_udev_map_over_two_vhbas),
	};

	return cmocka_run_group_tests_name("render-udev", tests, NULL, NULL);
}

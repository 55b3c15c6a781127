// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which names a LUN means, and what udev is told of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/naming.h"
#include "core/path-set.h"
#include "core/render-udev.h"

#define TARGET 0x500a09868607c1f6U
#define BY_TARGET "by-target/0x500a09868607c1f6-lun-"
#define WWID "naa.6001405aabbccdd"

static char by_lun[] = "system", by_wwid[] = "data", wwid_text[] = "36001405AABBCCDD";

static struct pool_alias aliases[] = {
	{ .name = by_lun, .lun = 0 },
	{ .name = by_wwid, .wwid = wwid_text },
};

static char pool_name[] = "web01", vhba_name[] = "web01-a", other_name[] = "web01-b",
	    other_pool[] = "db";

static const struct vhba_state vhba = {
	.name = vhba_name,
	.pool = pool_name,
	.wwpn = 0x05001a4a00000001U,
	.mode = -1,
	.aliases = aliases,
	.n_aliases = ARRAY_SIZE(aliases),
};

/* The links of a device as one text, those that it does not want in parentheses. */
static const char *links(enum multipath_mode mode, struct naming_device device)
{
	static char text[NAMING_MAX * (NPIV_LINK_MAX + 3)];
	struct vhba_state state = vhba;
	struct name_list list;
	size_t n = 0;

	state.multipath = mode;
	naming_list(&state, &device, &list);
	*text = '\0';
	for (size_t i = 0; i < list.n; i++)
		n += (size_t)snprintf(text + n, sizeof(text) - n,
				      list.names[i].is_wanted ? "%s%s" : "%s(%s)", n ? " " : "",
				      list.names[i].link);
	return text;
}

static struct naming_device device(enum naming_role role, uint64_t lun, const char *wwid)
{
	return (struct naming_device){
		.role = role,
		.has_lun = true,
		.lun = lun,
		.target = role == NAMING_MAP ? 0 : TARGET,
		.wwid = wwid,
	};
}

static void test_naming_list_path(void **state)
{
	assert_string_equal(links(MULTIPATH_AUTO, device(NAMING_PATH, 5, "naa.1")),
			    "web01/" BY_TARGET "5 web01/5");
}

static void test_naming_list_aliases(void **state)
{
	assert_string_equal(links(MULTIPATH_AUTO, device(NAMING_PATH, 0, "naa.1")),
			    "web01/" BY_TARGET "0 web01/0 web01/system");
	assert_string_equal(links(MULTIPATH_AUTO, device(NAMING_PATH, 5, WWID)),
			    "web01/" BY_TARGET "5 web01/5 web01/data");
	assert_string_equal(links(MULTIPATH_AUTO, device(NAMING_PATH, 5, "")),
			    "web01/" BY_TARGET "5 web01/5");
}

static void test_naming_list_multipath_auto(void **state)
{
	assert_string_equal(links(MULTIPATH_AUTO, device(NAMING_MEMBER, 5, WWID)),
			    "web01/" BY_TARGET "5 (web01/5) (web01/data)");
	assert_string_equal(links(MULTIPATH_AUTO, device(NAMING_MAP, 5, WWID)),
			    "web01/5 web01/data");
}

static void test_naming_list_multipath_yes(void **state)
{
	assert_string_equal(links(MULTIPATH_YES, device(NAMING_PATH, 5, "naa.1")),
			    "web01/" BY_TARGET "5 (web01/5)");
	assert_string_equal(links(MULTIPATH_YES, device(NAMING_MAP, 5, "naa.1")), "web01/5");
}

static void test_naming_list_multipath_no(void **state)
{
	assert_string_equal(links(MULTIPATH_NO, device(NAMING_MEMBER, 5, "naa.1")),
			    "web01/" BY_TARGET "5 web01/5");
	assert_string_equal(links(MULTIPATH_NO, device(NAMING_MAP, 5, "naa.1")), "");
}

static void test_naming_list_map_of_different_luns_goes_by_wwid(void **state)
{
	struct naming_device map = device(NAMING_MAP, 0, WWID);

	map.has_lun = false;
	assert_string_equal(links(MULTIPATH_AUTO, map), "web01/data");
}

static void test_naming_list_more_aliases_than_fit(void **state)
{
	char names[NAMING_MAX + 2][8];
	struct pool_alias many[NAMING_MAX + 2];
	struct vhba_state all = vhba;
	struct naming_device disk = device(NAMING_PATH, 7, "naa.1");
	struct name_list list;

	for (size_t i = 0; i < ARRAY_SIZE(many); i++) {
		(void)snprintf(names[i], sizeof(names[i]), "a%zu", i);
		many[i] = (struct pool_alias){ .name = names[i], .lun = 7 };
	}
	all.aliases = many;
	all.n_aliases = ARRAY_SIZE(many);
	naming_list(&all, &disk, &list);
	assert_int_equal(list.n, NAMING_MAX);
	assert_true(list.is_cut);
}

static void test_name_is_by_target(void **state)
{
	assert_true(name_is_by_target("web01/" BY_TARGET "0"));
	assert_false(name_is_by_target("web01/0"));
	assert_false(name_is_by_target("by-target/0")); /* a pool may be called so */
}

/* --- what udev is told ----------------------------------------------------------------------- */

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
		.state = state, .has_vhba = true, .has_lun = true, .lun = lun, .target = TARGET,
	};
	struct naming_device disk = device(NAMING_PATH, lun, WWID);

	naming_list(state, &disk, &answer.names);
	for (size_t i = 0; i < answer.names.n; i++)
		answer.names.names[i].is_granted = true;
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
	assert_non_null(strstr(text, "NPIV_OWNER=libvirt-qemu\nNPIV_GROUP=107\nNPIV_MODE=0660\n"));
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
	text = rendered(&answer);
	assert_non_null(strstr(text, "NPIV_LINKS=npiv/web01/" BY_TARGET "5\n"));
	assert_non_null(strstr(text, "NPIV_AMBIGUOUS=1\n"));
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

/* --- the paths of a map ---------------------------------------------------------------------- */

static struct path_set compare(const struct path *paths, size_t n)
{
	struct path_set set;

	path_set_compare(paths, n, &set);
	return set;
}

static void test_path_set_compare_two_fabrics(void **state)
{
	struct vhba_state other = vhba;
	struct path paths[] = {
		{ &vhba, 5, TARGET, WWID, WWID },
		{ &other, 5, TARGET + 1, WWID, WWID },
	};
	struct path_set set;

	other.name = other_name;
	set = compare(paths, 2);
	assert_true(set.is_one_unit);
	assert_true(set.is_one_lun);
	assert_false(set.is_one_vhba);
	assert_false(set.is_one_target);
	assert_ptr_equal(set.first, &paths[0]);
}

static void test_path_set_compare_two_pools_or_units_are_not_one(void **state)
{
	struct vhba_state other = vhba;
	struct path pools[] = {
		{ &vhba, 5, TARGET, WWID, WWID },
		{ &other, 5, TARGET, WWID, WWID },
	};
	struct path units[] = {
		{ &vhba, 5, TARGET, WWID, WWID },
		{ &vhba, 5, TARGET, "naa.2", "naa.2" },
	};

	other.pool = other_pool;
	assert_false(compare(pools, 2).is_one_unit);
	assert_false(compare(units, 2).is_one_unit);
}

static void test_path_set_compare_two_numbers_of_one_unit(void **state)
{
	struct path paths[] = {
		{ &vhba, 5, TARGET, WWID, WWID },
		{ &vhba, 6, TARGET, WWID, WWID },
	};

	assert_true(compare(paths, 2).is_one_unit);
	assert_false(compare(paths, 2).is_one_lun);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_naming_list_path),
		cmocka_unit_test(test_naming_list_aliases),
		cmocka_unit_test(test_naming_list_multipath_auto),
		cmocka_unit_test(test_naming_list_multipath_yes),
		cmocka_unit_test(test_naming_list_multipath_no),
		cmocka_unit_test(test_naming_list_map_of_different_luns_goes_by_wwid),
		cmocka_unit_test(test_naming_list_more_aliases_than_fit),
		cmocka_unit_test(test_name_is_by_target),
		cmocka_unit_test(test_render_udev_disk),
		cmocka_unit_test(test_render_udev_partition),
		cmocka_unit_test(test_render_udev_permissions),
		cmocka_unit_test(test_render_udev_leaves_unclean_values_out),
		cmocka_unit_test(test_render_udev_denied_names_are_no_links),
		cmocka_unit_test(test_render_udev_map_over_two_vhbas),
		cmocka_unit_test(test_path_set_compare_two_fabrics),
		cmocka_unit_test(test_path_set_compare_two_pools_or_units_are_not_one),
		cmocka_unit_test(test_path_set_compare_two_numbers_of_one_unit),
	};

	return cmocka_run_group_tests_name("naming", tests, NULL, NULL);
}

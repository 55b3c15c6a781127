// SPDX-License-Identifier: LGPL-2.1-or-later
/* Which names a LUN means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "names/naming.h"

#define TARGET	  0x500a09868607c1f6U
#define BY_TARGET "by-target/0x500a09868607c1f6-lun-"
#define WWID	  "naa.6001405aabbccdd"

static char by_lun[] = "system", by_wwid[] = "data", wwid_text[] = "36001405AABBCCDD";

static struct pool_alias aliases[] = {
	{ .name = by_lun, .lun = 0 },
	{ .name = by_wwid, .wwid = wwid_text },
};

static char pool_name[] = "web01", vhba_name[] = "web01-a";

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
				      list.names[i].is_wanted ? "%s%s" : "%s(%s)",
				      n ? " " : "", list.names[i].link);
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
	assert_string_equal(links(MULTIPATH_YES, device(NAMING_MAP, 5, "naa.1")),
			    "web01/5");
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

static void test_name_is_alias(void **state)
{
	assert_true(name_is_alias("web01/system"));
	assert_true(name_is_alias("web01/0a"));
	assert_false(name_is_alias("web01/0"));
	assert_false(name_is_alias("web01/" BY_TARGET "0"));
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
		cmocka_unit_test(test_name_is_alias),
	};

	return cmocka_run_group_tests_name("naming", tests, NULL, NULL);
}

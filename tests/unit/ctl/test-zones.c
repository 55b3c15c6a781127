// SPDX-License-Identifier: LGPL-2.1-or-later
/* Names that switches take, and which targets and fabric a vHBA has. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ctl/zones.h"

#define FABRIC_A UINT64_C(0x100000051e65430a)
#define FABRIC_B \
	UINT64_C(0x100000051e654309) /* the first: what names no parent goes there */
#define TARGET_1 UINT64_C(0x500a09868607c1f6)
#define TARGET_2 UINT64_C(0x500a09878607c1f6)

/* --- names ----------------------------------------------------------------------------------- */

static void expect_clean(const char *text, const char *expected)
{
	char buf[ZONING_NAME_SIZE];

	zoning_sanitize(text, buf);
	assert_string_equal(buf, expected);
}

static void test_zoning_sanitize(void **state)
{
	expect_clean("web01", "web01");
	expect_clean("web-01.db_2", "web_01_db_2");
	expect_clean("01web", "v01web");
	expect_clean("Web", "Web");
	/* 62 characters, so that a zone's prefix leaves it within 64. */
	expect_clean("a123456789b123456789c123456789d123456789e123456789f123456789g123",
		     "a123456789b123456789c123456789d123456789e123456789f123456789g1");
}

/* --- sheets ---------------------------------------------------------------------------------- */

/* Two HBAs in two fabrics; a vHBA that is up on the first and sees two targets, a name server that
 * is none, and an initiator. */
static struct fc_port ports[] = {
	{ .host = 7,
	  .wwpn = 0xa7,
	  .wwnn = 0xa8,
	  .fabric_wwn = FABRIC_A,
	  .state = PORT_ONLINE,
	  .parent_host = HOST_NONE,
	  .is_capable = true,
	  .max_vports = 10,
	  .vports_inuse = 1 },
	{ .host = 8,
	  .wwpn = 0x51,
	  .wwnn = 0x50,
	  .is_vport = true,
	  .parent_host = 7,
	  .state = PORT_ONLINE },
	{ .host = 9,
	  .wwpn = 0xb7,
	  .wwnn = 0xb8,
	  .fabric_wwn = FABRIC_B,
	  .state = PORT_ONLINE,
	  .parent_host = HOST_NONE,
	  .is_capable = true,
	  .max_vports = 20 },
};
static struct fc_vport vports[] = {
	{ .sysname = "vport-7:0-1",
	  .parent_host = 7,
	  .host = 8,
	  .wwpn = 0x51,
	  .wwnn = 0x50 },
};
static struct fc_rport rports[] = {
	{ .host = 7, .wwpn = 0x77, .is_target = true },
	{ .host = 8, .wwpn = TARGET_2, .is_target = true },
	{ .host = 8, .wwpn = TARGET_1, .is_target = true },
	{ .host = 8, .wwpn = 0x99, .is_target = false },
};
static const struct inventory inventory = {
	.ports = ports,
	.n_ports = ARRAY_SIZE(ports),
	.vports = vports,
	.n_vports = ARRAY_SIZE(vports),
	.rports = rports,
	.n_rports = ARRAY_SIZE(rports),
};

static const struct vhba_config by_parent = {
	.wwpn = 0x61,
	.wwnn = 0x60,
	.parent = { .wwpn = 0xa7, .host = -1 },
};
static const struct vhba_config by_fabric = {
	.wwpn = 0x71,
	.wwnn = 0x70,
	.parent = { .fabric_wwn = 0xfab, .host = -1 },
};
static const struct vhba_config anywhere = {
	.wwpn = 0x81,
	.wwnn = 0x80,
	.parent = { .host = -1 },
};
static struct vhba_row rows[] = {
	{ .name = "db-1",
	  .pool = "db",
	  .wwpn = 0x51,
	  .vport = &vports[0],
	  .port = &ports[1] },
	{ .name = "db.1",
	  .pool = "db",
	  .wwpn = 0x61,
	  .parent_wwpn = 0xa7,
	  .config = &by_parent },
	{ .name = "far", .pool = "far", .wwpn = 0x71, .config = &by_fabric },
	{ .name = "free", .pool = "free", .wwpn = 0x81, .config = &anywhere },
	{ .name = NULL, .wwpn = 0x91 },
};
static const struct vhba_table table = { .rows = rows, .n = ARRAY_SIZE(rows) };

static const struct config no_others;

static struct zoning build(const struct zoning_request *request)
{
	struct zoning zoning;

	assert_int_equal(zoning_build(&table, &no_others, &inventory, request, &zoning),
			 0);
	return zoning;
}

static void test_zoning_build_all(void **state)
{
	struct zoning zoning = build(&(struct zoning_request){ 0 });

	assert_int_equal(zoning.n, 4);
	assert_string_equal(zoning.rows[0].alias, "db_1");
	assert_string_equal(zoning.rows[0].zone, "z_db_1");
	assert_int_equal(zoning.rows[0].wwnn, 0x50);
	assert_int_equal(zoning.rows[0].parent_wwpn, 0xa7);
	/* The port itself knows no fabric name: its parent does. */
	assert_int_equal(zoning.rows[0].fabric_wwn, FABRIC_A);
	assert_int_equal(zoning.rows[0].n_targets, 2);
	assert_int_equal(zoning.rows[0].targets[0], TARGET_1);
	assert_int_equal(zoning.rows[0].targets[1], TARGET_2);

	/* Would have the alias of the first. */
	assert_string_equal(zoning.rows[1].alias, "db_1_0000000000000061");
	assert_string_equal(zoning.rows[1].zone, "z_db_1_0000000000000061");
	assert_int_equal(zoning.rows[1].wwnn, 0x60);
	assert_int_equal(zoning.rows[1].fabric_wwn, FABRIC_A);
	assert_int_equal(zoning.rows[1].n_targets, 0);

	/* No HBA of this host is there: the file names the fabric all the same. */
	assert_int_equal(zoning.rows[2].fabric_wwn, 0xfab);
	/* A start would take the one with more room now. */
	assert_int_equal(zoning.rows[3].fabric_wwn, FABRIC_B);
	assert_int_equal(zoning.rows[3].parent_wwpn, 0xb7);
	assert_true(zoning_is_mixed(&zoning));
	zoning_done(&zoning);
}

/* The other host's sheet, where the first is up and the second is not, has the same names. */
static void test_zoning_build_with_vhbas_of_other_hosts(void **state)
{
	struct vhba_config others[] = {
		{ .name = (char[]){ "free" },
		  .pool = (char[]){ "free" },
		  .hosts = (char[]){ "db2" },
		  .wwpn = 0x41,
		  .wwnn = 0x40,
		  .parent = { .fabric_wwn = FABRIC_B, .host = -1 } },
		{ .name = (char[]){ "moves" },
		  .pool = (char[]){ "moves" },
		  .wwpn = 0x71,
		  .parent = { .host = -1 } },
		{ .name = (char[]){ "port" },
		  .pool = (char[]){ "port" },
		  .type = VHBA_HBA,
		  .parent = { .host = -1 } },
	};
	const struct config config = { .elsewhere = others,
				       .n_elsewhere = ARRAY_SIZE(others) };
	struct zoning zoning;

	assert_int_equal(zoning_build(&table, &config, &inventory,
				      &(struct zoning_request){ 0 }, &zoning),
			 0);
	assert_int_equal(zoning.n, 5);
	assert_string_equal(zoning.rows[2].name, "far"); /* has the WWPN that moves */
	assert_string_equal(zoning.rows[3].alias, "free");
	assert_int_equal(zoning.rows[3].wwpn, 0x41);
	assert_int_equal(zoning.rows[3].wwnn, 0x40);
	assert_int_equal(zoning.rows[3].parent_wwpn, 0);
	assert_int_equal(zoning.rows[3].fabric_wwn, FABRIC_B);
	assert_string_equal(zoning.rows[3].hosts, "db2");
	assert_string_equal(zoning.rows[4].alias, "free_0000000000000081");
	assert_null(zoning.rows[4].hosts);
	zoning_done(&zoning);
}

static void test_zoning_build_of_a_pool_or_fabric(void **state)
{
	struct zoning zoning = build(&(struct zoning_request){ .name_or_pool = "db" });

	assert_int_equal(zoning.n, 2);
	assert_false(zoning_is_mixed(&zoning));
	zoning_done(&zoning);
	zoning = build(&(struct zoning_request){ .name_or_pool = "db.1" });
	assert_int_equal(zoning.n, 1);
	/* The alias that it has in the sheet of all. */
	assert_string_equal(zoning.rows[0].alias, "db_1_0000000000000061");
	zoning_done(&zoning);
	zoning = build(&(struct zoning_request){ .fabric_wwn = FABRIC_B });
	assert_int_equal(zoning.n, 1);
	assert_string_equal(zoning.rows[0].name, "free");
	zoning_done(&zoning);
	zoning = build(&(struct zoning_request){ .name_or_pool = "nobody" });
	assert_int_equal(zoning.n, 0);
	assert_false(zoning_is_mixed(&zoning));
	zoning_done(&zoning);
}

static void test_zoning_build_with_further_targets(void **state)
{
	static const uint64_t targets[] = { TARGET_2, 0x11 };
	struct zoning zoning = build(&(struct zoning_request){ .name_or_pool = "db",
							       .targets = targets,
							       .n_targets = 2 });

	assert_int_equal(zoning.rows[0].n_targets, 3);
	assert_int_equal(zoning.rows[0].targets[0], 0x11);
	assert_int_equal(zoning.rows[0].targets[2], TARGET_2);
	assert_int_equal(zoning.rows[1].n_targets, 2);
	zoning_done(&zoning);
}

/* --- texts ----------------------------------------------------------------------------------- */

static uint64_t one_target[] = { TARGET_1 };
static struct zoning_row sheet_rows[] = {
	{ .name = "web-01",
	  .pool = "web",
	  .alias = "web_01",
	  .zone = "z_web_01",
	  .wwpn = 0x5001438000000001,
	  .wwnn = 0x5001438000000000,
	  .fabric_wwn = FABRIC_A,
	  .parent_wwpn = 0x2101001b32a9da4e,
	  .targets = one_target,
	  .n_targets = 1 },
	{ .name = "new",
	  .pool = "new",
	  .alias = "new",
	  .zone = "z_new",
	  .wwpn = 0x5001438000000003,
	  .fabric_wwn = FABRIC_A },
};
static const struct zoning sheet = { .rows = sheet_rows, .n = ARRAY_SIZE(sheet_rows) };

static char *text;
static size_t text_size;

static FILE *begin(void)
{
	FILE *out = open_memstream(&text, &text_size);

	assert_non_null(out);
	return out;
}

static void expect(FILE *out, const char *expected)
{
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
	free(text);
}

static void test_render_zoning_csv(void **state)
{
	FILE *out = begin();

	render_zoning_csv(&sheet, out);
	expect(out,
	       "vhba,pool,alias,wwpn,wwnn,fabric,parent,targets\n"
	       "web-01,web,web_01,50:01:43:80:00:00:00:01,50:01:43:80:00:00:00:00,"
	       "10:00:00:05:1e:65:43:0a,21:01:00:1b:32:a9:da:4e,50:0a:09:86:86:07:c1:f6\n"
	       "new,new,new,50:01:43:80:00:00:00:03,,10:00:00:05:1e:65:43:0a,,\n");
}

static void test_render_zoning_brocade(void **state)
{
	FILE *out = begin();

	render_zoning_brocade(&sheet, NULL, out);
	expect(out, "alicreate \"web_01\", \"50:01:43:80:00:00:00:01\"\n"
		    "zonecreate \"z_web_01\", \"web_01; 50:0a:09:86:86:07:c1:f6\"\n"
		    "alicreate \"new\", \"50:01:43:80:00:00:00:03\"\n"
		    "cfgsave\n");
	out = begin();
	render_zoning_brocade(&sheet, "prod", out);
	expect(out, "alicreate \"web_01\", \"50:01:43:80:00:00:00:01\"\n"
		    "zonecreate \"z_web_01\", \"web_01; 50:0a:09:86:86:07:c1:f6\"\n"
		    "cfgadd \"prod\", \"z_web_01\"\n"
		    "alicreate \"new\", \"50:01:43:80:00:00:00:03\"\n"
		    "cfgsave\ncfgenable \"prod\"\n");
}

static void test_render_zoning_cisco(void **state)
{
	FILE *out = begin();

	render_zoning_cisco(&sheet, 10, "prod", out);
	expect(out, "configure terminal\n"
		    "device-alias database\n"
		    "  device-alias name web_01 pwwn 50:01:43:80:00:00:00:01\n"
		    "  device-alias name new pwwn 50:01:43:80:00:00:00:03\n"
		    "exit\ndevice-alias commit\n"
		    "zone name z_web_01 vsan 10\n"
		    "  member device-alias web_01\n"
		    "  member pwwn 50:0a:09:86:86:07:c1:f6\n"
		    "exit\n"
		    "zoneset name prod vsan 10\n"
		    "  member z_web_01\n"
		    "exit\nzoneset activate name prod vsan 10\nend\n");
	out = begin();
	render_zoning_cisco(&(struct zoning){ sheet_rows + 1, 1 }, 10, NULL, out);
	expect(out, "configure terminal\n"
		    "device-alias database\n"
		    "  device-alias name new pwwn 50:01:43:80:00:00:00:03\n"
		    "exit\ndevice-alias commit\nend\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_zoning_sanitize),
		cmocka_unit_test(test_zoning_build_all),
		cmocka_unit_test(test_zoning_build_with_vhbas_of_other_hosts),
		cmocka_unit_test(test_zoning_build_of_a_pool_or_fabric),
		cmocka_unit_test(test_zoning_build_with_further_targets),
		cmocka_unit_test(test_render_zoning_csv),
		cmocka_unit_test(test_render_zoning_brocade),
		cmocka_unit_test(test_render_zoning_cisco),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

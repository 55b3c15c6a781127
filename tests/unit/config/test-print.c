// SPDX-License-Identifier: LGPL-2.1-or-later
/* What is written reads back as the same configuration. */
#include "config-fixture.h"
#include "config/section.h"
#include "config/print.h"

static char *render(struct fixture *fixture, const char *name, const char *const *also)
{
	const struct vhba_config *of = vhba(fixture, name);
	const struct pool_config *its_pool = config_find_pool(&fixture->config, of->pool);
	size_t size;
	char *text;
	FILE *out;

	out = open_memstream(&text, &size);
	assert_non_null(out);
	assert_int_equal(config_print_vhba(of, also, out), 0);
	if (its_pool)
		assert_int_equal(config_print_pool(its_pool, "", out), 0);
	assert_int_equal(fclose(out), 0);
	return text;
}

static void expect_text(struct fixture *fixture, const char *name, const char *expected)
{
	char *text = render(fixture, name, NULL);

	assert_string_equal(text, expected);
	free(text);
}

/* Every key of its own, in the form and order in which they are written. */
static const char full[] = "[vhba web01]\n"
			   "host = db* web1\n"
			   "wwpn = 0x5001438000000001\n"
			   "wwnn = 0x5001438000000000\n"
			   "pool = web\n"
			   "parent_wwpn = 0x2101001b32a9da4e\n"
			   "parent_wwnn = 0x2001001b32a9da4e\n"
			   "parent_fabric_wwn = 0x2001000dec9877c1\n"
			   "parent = 0000:04:00.1\n"
			   "autostart = no\n"
			   "luns = 0-3,7\n"
			   "min_luns = 2\n"
			   "timeout = 1min 30s\n"
			   "settle = 500ms\n"
			   "on_stop = keep\n"
			   "on_busy = force\n"
			   "symbolic_name = web server; no. 1\n"
			   "dev_loss_tmo = 30\n"
			   "fast_io_fail_tmo = 5\n"
			   "[pool web]\n"
			   "alias.0 = system\n"
			   "alias.naa.60014050000000000000000000000001 = data\n"
			   "alias.t10.ATA     QEMU HARDDISK = scratch\n"
			   "owner = libvirt-qemu\n"
			   "group = 64055\n"
			   "mode = 0660\n"
			   "multipath = yes\n"
			   "guest = web server\n"
			   "host_use = no\n";

static void test_config_print_every_key_comes_back(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, full);
	expect_text(fixture, "web01", full);
}

static void test_config_print_defaults_are_left_out(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "pool = web01\nautostart = yes\n"
					    "timeout = 60\nsettle = 2000ms\n"
					    "on_stop = delete\non_busy = refuse\n"
					    "[pool web01]\nmultipath = auto\n");
	expect_text(fixture, "web01",
		    "[vhba web01]\nwwpn = 0x5001438000000001\n"
		    "wwnn = 0x5001438000000000\n");
}

static void test_config_print_key_that_is_asked_for_stays(void **state)
{
	static const char *const also[] = { "autostart", "settle", "luns", NULL };
	struct fixture *fixture = *state;
	char *text;

	load(fixture, VHBA("web01", "0001"));
	text = render(fixture, "web01", also);
	/* luns has no value that could be written. */
	assert_string_equal(text, "[vhba web01]\nwwpn = 0x5001438000000001\n"
				  "wwnn = 0x5001438000000000\n"
				  "autostart = yes\nsettle = 2s\n");
	free(text);
}

static void test_config_print_hba_by_host(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba port0]\ntype = hba\nparent = scsi_host3\n"
		      "dev_loss_tmo = 700\nfast_io_fail_tmo = 10\n");
	fixture->n_checked++; /* that host numbers move */
	expect_text(fixture, "port0",
		    "[vhba port0]\ntype = hba\nparent = host3\n"
		    "dev_loss_tmo = 700\nfast_io_fail_tmo = 10\n");
}

static void test_config_print_tmo_off(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "fast_io_fail_tmo = off\n");
	expect_text(fixture, "web01",
		    "[vhba web01]\nwwpn = 0x5001438000000001\n"
		    "wwnn = 0x5001438000000000\nfast_io_fail_tmo = off\n");
}

static void test_config_print_tmo_infinity(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, VHBA("web01", "0001") "dev_loss_tmo = 2147483647\n"
					    "fast_io_fail_tmo = 5\n");
	expect_text(fixture, "web01",
		    "[vhba web01]\nwwpn = 0x5001438000000001\n"
		    "wwnn = 0x5001438000000000\ndev_loss_tmo = infinity\n"
		    "fast_io_fail_tmo = 5\n");
}

/* A line that just fits has no room for blanks. */
static void test_config_print_of_the_longest_line(void **state)
{
	struct fixture *fixture = *state;
	char line[256], text[512];

	assert_int_equal(snprintf(line, sizeof(line), "alias.t10.%0186d=x\n", 1), 199);
	(void)snprintf(text, sizeof(text), "%s%s", VHBA("a", "0001") "[pool a]\n", line);
	load(fixture, text);
	(void)snprintf(text, sizeof(text),
		       "[vhba a]\nwwpn = 0x5001438000000001\n"
		       "wwnn = 0x5001438000000000\n[pool a]\n%s",
		       line);
	expect_text(fixture, "a", text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_config_print_every_key_comes_back),
		fixture_test(test_config_print_defaults_are_left_out),
		fixture_test(test_config_print_key_that_is_asked_for_stays),
		fixture_test(test_config_print_hba_by_host),
		fixture_test(test_config_print_tmo_off),
		fixture_test(test_config_print_tmo_infinity),
		fixture_test(test_config_print_of_the_longest_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The state of a vHBA: from its configuration, to text, and back. */
#include "config-fixture.h"
#include "state/state.h"

#define NEEDED "NAME=web01\nPOOL=web\nWWPN=0x5001438000000001\n"

static void check_print(const struct vhba_state *state, const char *expected)
{
	char text[1024] = "";
	FILE *out = fmemopen(text, sizeof(text), "w");

	assert_non_null(out);
	assert_int_equal(vhba_state_print(state, out), 0);
	assert_int_equal(fclose(out), 0);
	assert_string_equal(text, expected);
}

static const char full_text[] = "NAME=web01\n"
				"POOL=web\n"
				"TYPE=vport\n"
				"WWPN=0x5001438000000001\n"
				"WWNN=0x5001438000000000\n"
				"PARENT_WWPN=0x21000024ff123456\n"
				"VPORT=vport-7:0-3\n"
				"LOGIN_USEC=12000000\n"
				"LOGIN_PAUSE_USEC=20000000\n"
				"OURS=yes\n"
				"ON_STOP=keep\n"
				"ON_BUSY=force\n"
				"STOP_USEC=90000000\n"
				"MULTIPATH=yes\n"
				"OWNER=root\n"
				"GROUP=6\n"
				"MODE=0640\n"
				"GUEST=web server\n"
				"HOST_USE=yes\n"
				"LEAVING=yes\n"
				"ALIAS_LUN=system 0\n"
				"ALIAS_WWID=data t10.ATA  QEMU = x\n"
				"SETTING=luns 0-3,7\n"
				"SETTING=min_luns \n"
				"SETTING=symbolic_name web server 1\n"
				"SETTING=dev_loss_tmo \n"
				"SETTING=fast_io_fail_tmo 5\n";

/* What the guest has is not the host's, unless the file says otherwise. */
static void test_vhba_state_has_host_use(void **state)
{
	char guest[] = "web";
	struct vhba_state pool = { .mode = -1 };

	assert_true(vhba_state_has_host_use(&pool));
	pool.guest = guest;
	assert_false(vhba_state_has_host_use(&pool));
	pool.host_use = HOST_USE_YES;
	assert_true(vhba_state_has_host_use(&pool));
	pool.guest = NULL;
	pool.host_use = HOST_USE_NO;
	assert_false(vhba_state_has_host_use(&pool));
}

static void test_vhba_state_from_config_to_text_and_back(void **state)
{
	struct fixture *fixture = *state;
	struct vhba_state first, second;

	load(fixture,
	     VHBA("web01",
		  "0001") "pool = web\non_stop = keep\non_busy = force\n"
			  "luns = 7,0-3\nsymbolic_name = web server 1\nfast_io_fail_tmo = 5\n"
			  "[pool web]\nmultipath = yes\n"
			  "owner = root\ngroup = 6\nmode = 640\nalias.0 = system\n"
			  "alias.t10.x = data\nguest = web server\n"
			  "host_use = yes\n");
	assert_int_equal(vhba_state_from_config(vhba(fixture, "web01"),
						pool(fixture, "web"), &first),
			 0);
	assert_false(first.is_ours);
	assert_false(first.is_leaving);
	assert_true(first.parent_wwpn == 0);
	first.is_ours = true;
	first.is_leaving = true;
	first.login_usec = 12 * USEC_PER_SEC;
	first.login_pause_usec = 20 * USEC_PER_SEC;
	first.parent_wwpn = UINT64_C(0x21000024ff123456);
	(void)snprintf(first.vport, sizeof(first.vport), "vport-7:0-3");
	/* As no key can say it, but a disk may call itself. */
	free(first.aliases[1].wwid);
	first.aliases[1].wwid = strdup("t10.ATA  QEMU = x");
	check_print(&first, full_text);

	assert_int_equal(vhba_state_parse(full_text, strlen(full_text), &second), 0);
	check_print(&second, full_text);
	assert_int_equal(vhba_state_tmo(&second, "dev_loss_tmo"), TMO_UNSET);
	assert_int_equal(vhba_state_tmo(&second, "fast_io_fail_tmo"), 5);
	vhba_state_done(&first);
	vhba_state_done(&second);
}

static void test_vhba_state_tmo_of_words(void **state)
{
	static const char text[] = NEEDED "SETTING=dev_loss_tmo infinity\n"
					  "SETTING=fast_io_fail_tmo off\n";
	struct vhba_state made;

	assert_int_equal(vhba_state_parse(text, strlen(text), &made), 0);
	assert_int_equal(vhba_state_tmo(&made, "dev_loss_tmo"), TMO_INFINITY);
	assert_int_equal(vhba_state_tmo(&made, "fast_io_fail_tmo"), TMO_OFF);
	vhba_state_done(&made);
}

static void test_vhba_state_from_config_without_a_pool_section(void **state)
{
	struct fixture *fixture = *state;
	struct vhba_state made;

	load(fixture, "[vhba port0]\ntype = hba\nparent = 04:00.0\n");
	assert_int_equal(vhba_state_from_config(vhba(fixture, "port0"), NULL, &made), 0);
	check_print(
		&made,
		"NAME=port0\nPOOL=port0\nTYPE=hba\nOURS=no\nON_STOP=delete\nON_BUSY=refuse\n"
		"STOP_USEC=90000000\nMULTIPATH=auto\nSETTING=luns \nSETTING=min_luns \n"
		"SETTING=symbolic_name \nSETTING=dev_loss_tmo \nSETTING=fast_io_fail_tmo \n");
	assert_int_equal(made.mode, -1);
	vhba_state_done(&made);
}

/* A tab is a blank like any other in a file of the configuration. */
static void test_vhba_state_with_tabs(void **state)
{
	struct fixture *fixture = *state;
	struct vhba_state made, again;
	char *text = NULL;
	size_t size;
	FILE *out;

	load(fixture, VHBA("web01", "0001") "[pool web01]\nalias.t10.ATA\tQEMU = data\n");
	assert_int_equal(vhba_state_from_config(vhba(fixture, "web01"),
						pool(fixture, "web01"), &made),
			 0);
	out = open_memstream(&text, &size);
	assert_non_null(out);
	assert_int_equal(vhba_state_print(&made, out), 0);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(vhba_state_parse(text, size, &again), 0);
	assert_string_equal(again.aliases[0].wwid, "t10.ATA\tQEMU");
	check_print(&again, text);
	vhba_state_done(&made);
	vhba_state_done(&again);
	free(text);
}

static void test_vhba_state_parse_least_and_unknown(void **state)
{
	/* A newer version's keys, an empty line, no end of line at the end. */
	static const char text[] = "FUTURE=1\n" NEEDED
				   "\nALIAS_SERIAL=x y\nSETTING=future x\nMODE=0600";
	struct vhba_state made;

	assert_int_equal(vhba_state_parse(text, strlen(text), &made), 0);
	assert_string_equal(made.name, "web01");
	assert_string_equal(made.pool, "web");
	assert_int_equal(made.type, VHBA_VPORT);
	assert_true(made.wwpn == UINT64_C(0x5001438000000001));
	assert_int_equal(made.mode, 0600);
	assert_null(made.owner);
	assert_int_equal(made.n_aliases, 0);
	assert_int_equal(made.n_settings, 0);
	vhba_state_done(&made);
}

static void test_vhba_state_parse_reads_no_further_than_its_size(void **state)
{
	static const char text[] = NEEDED "MODE=0600\nMODE=bad";
	struct vhba_state made;

	assert_int_equal(vhba_state_parse(text, strlen(text) - strlen("MODE=bad"), &made),
			 0);
	vhba_state_done(&made);
}

static void test_vhba_state_parse_what_is_broken(void **state)
{
	static const char *const texts[] = {
		"",
		"NAME=web01\nPOOL=web\n",
		"NAME=web01\nWWPN=0x5001438000000001\n",
		"POOL=web\nWWPN=0x5001438000000001\n",
		"NAME=web01\nPOOL=web\nWWPN=0x0000000000000000\n",
		NEEDED "no equals sign\n",
		NEEDED "NAME=a/b\n",
		NEEDED "POOL=..\n",
		NEEDED "WWPN=12\n",
		NEEDED "TYPE=x\n",
		NEEDED "OURS=maybe\n",
		NEEDED "VPORT=host7\n",
		NEEDED "VPORT=vport-7:0-00000000000000000000000000\n",
		NEEDED "ON_STOP=\n",
		NEEDED "ON_BUSY=ask\n",
		NEEDED "STOP_USEC=-1\n",
		NEEDED "MULTIPATH=on\n",
		NEEDED "OWNER=\n",
		NEEDED "MODE=0999\n",
		NEEDED "GUEST=\n",
		NEEDED "GUEST=a/b\n",
		NEEDED "LEAVING=soon\n",
		NEEDED "ALIAS_LUN=system\n",
		NEEDED "ALIAS_LUN=system \n",
		NEEDED "ALIAS_LUN=system x\n",
		NEEDED "ALIAS_LUN=0 0\n",
		NEEDED "ALIAS_LUN= 0\n",
		NEEDED "ALIAS_WWID=a/b naa.6\n",
		NEEDED "SETTING=luns\n",
		NEEDED "ALIAS_WWID=a t10.\x1b[31m\n",
		NEEDED "OWNER=a\tb\n",
		NEEDED "NEWER=\x7f\n",
	};
	struct vhba_state made;

	for (size_t i = 0; i < ARRAY_SIZE(texts); i++)
		assert_int_equal(vhba_state_parse(texts[i], strlen(texts[i]), &made),
				 -EBADMSG);
	assert_int_equal(vhba_state_parse(NEEDED "\0", sizeof(NEEDED), &made), -EBADMSG);
}

/* --- which vport it is ------------------------------------------------------------------------ */

#define MINE  0x50014c5000000001U
#define HBA_A 0x2100000000000001U
#define HBA_B 0x2100000000000002U

/* The same WWPN below two HBAs; that of HBA b has the lower host number. */
static struct fc_port two_ports[] = {
	{ .host = 1, .wwpn = HBA_B, .parent_host = HOST_NONE },
	{ .host = 2, .wwpn = HBA_A, .parent_host = HOST_NONE },
	{ .host = 3, .wwpn = MINE, .is_vport = true, .parent_host = 1 },
	{ .host = 4, .wwpn = MINE, .is_vport = true, .parent_host = 2 },
};

static struct fc_vport two_vports[] = {
	{ .sysname = "vport-1:0-0", .parent_host = 1, .host = 3, .wwpn = MINE },
	{ .sysname = "vport-2:0-5", .parent_host = 2, .host = 4, .wwpn = MINE },
};

static const struct inventory two = { .ports = two_ports,
				      .n_ports = ARRAY_SIZE(two_ports),
				      .vports = two_vports,
				      .n_vports = ARRAY_SIZE(two_vports) };

static void test_vhba_state_vport_is_below_its_parent(void **state)
{
	struct vhba_state ours = { .type = VHBA_VPORT,
				   .wwpn = MINE,
				   .parent_wwpn = HBA_A,
				   .vport = "vport-2:0-5",
				   .is_ours = true };

	assert_ptr_equal(vhba_state_vport(&ours, &two), &two_vports[1]);
	assert_int_equal(vhba_state_host(&ours, &two), 4);
	assert_true(vhba_state_owns(&ours, &two, &two_vports[1]));
	assert_false(vhba_state_owns(&ours, &two, &two_vports[0]));
	ours.parent_wwpn = 0x99;
	assert_null(vhba_state_vport(&ours, &two));
	assert_int_equal(vhba_state_host(&ours, &two), HOST_NONE);
}

static void test_vhba_state_vport_that_somebody_made_in_its_place(void **state)
{
	struct vhba_state ours = { .type = VHBA_VPORT,
				   .wwpn = MINE,
				   .parent_wwpn = HBA_A,
				   .vport = "vport-2:0-4",
				   .is_ours = true };

	assert_ptr_equal(vhba_state_vport(&ours, &two), &two_vports[1]);
	assert_false(vhba_state_owns(&ours, &two, &two_vports[1]));
}

/* A start was killed before it could remember more than the parent. */
static void test_vhba_state_vport_that_was_announced(void **state)
{
	struct vhba_state ours = { .type = VHBA_VPORT,
				   .wwpn = MINE,
				   .parent_wwpn = HBA_A,
				   .is_ours = true };

	assert_true(vhba_state_owns(&ours, &two, &two_vports[1]));
	assert_false(vhba_state_owns(&ours, &two, &two_vports[0]));
	ours.is_ours = false;
	assert_false(vhba_state_owns(&ours, &two, &two_vports[1]));
	/* Nothing at all is remembered yet. */
	ours.parent_wwpn = 0;
	assert_null(vhba_state_vport(&ours, &two));
}

static void test_vhba_state_host_of_a_physical_port(void **state)
{
	const struct vhba_state hba = { .type = VHBA_HBA, .wwpn = HBA_A };
	const struct vhba_state none = { .type = VHBA_HBA, .wwpn = MINE };

	assert_null(vhba_state_vport(&hba, &two));
	assert_int_equal(vhba_state_host(&hba, &two), 2);
	assert_int_equal(vhba_state_host(&none, &two), HOST_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vhba_state_has_host_use),
		fixture_test(test_vhba_state_from_config_to_text_and_back),
		cmocka_unit_test(test_vhba_state_tmo_of_words),
		fixture_test(test_vhba_state_from_config_without_a_pool_section),
		fixture_test(test_vhba_state_with_tabs),
		cmocka_unit_test(test_vhba_state_parse_least_and_unknown),
		cmocka_unit_test(test_vhba_state_parse_reads_no_further_than_its_size),
		cmocka_unit_test(test_vhba_state_parse_what_is_broken),
		cmocka_unit_test(test_vhba_state_vport_is_below_its_parent),
		cmocka_unit_test(test_vhba_state_vport_that_somebody_made_in_its_place),
		cmocka_unit_test(test_vhba_state_vport_that_was_announced),
		cmocka_unit_test(test_vhba_state_host_of_a_physical_port),
	};

	return cmocka_run_group_tests_name("state", tests, NULL, NULL);
}

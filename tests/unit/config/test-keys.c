// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of keys and the values that each takes. */
#include "config-fixture.h"
#include "config/section.h"
#include "config/name.h"

static void test_config_keys_of_a_vhba(void **state)
{
	struct fixture *fixture = *state;
	const struct vhba_config *v;

	load(fixture, "[vhba web01]\n"
		      "wwpn = 50:01:43:80:A1:B2:C3:01\n"
		      "wwnn = 0x50014380A1B2C300\n"
		      "host = db1 db2*\n"
		      "type = vport\n"
		      "pool = web\n"
		      "parent_wwpn = 21000024ff123456\n"
		      "parent_wwnn = 20000024ff123456\n"
		      "parent_fabric_wwn = 100000051e654321\n"
		      "parent = AF:1f.7\n"
		      "autostart = off\n"
		      "luns = 0-3,7\n"
		      "min_luns = 5\n"
		      "timeout = 1min 30s\n"
		      "settle = 500ms\n"
		      "on_stop = keep\n"
		      "on_busy = force\n"
		      "symbolic_name = host 1: 100% \"web\"\n"
		      "dev_loss_tmo = 3600\n"
		      "fast_io_fail_tmo = 5s\n");
	v = vhba(fixture, "web01");
	assert_true(v->wwpn == UINT64_C(0x50014380a1b2c301));
	assert_true(v->wwnn == UINT64_C(0x50014380a1b2c300));
	assert_string_equal(v->hosts, "db1 db2*");
	assert_string_equal(v->pool, "web");
	assert_true(v->parent.wwpn == UINT64_C(0x21000024ff123456));
	assert_true(v->parent.wwnn == UINT64_C(0x20000024ff123456));
	assert_true(v->parent.fabric_wwn == UINT64_C(0x100000051e654321));
	assert_string_equal(v->parent.pci_address, "0000:af:1f.7");
	assert_false(v->autostart);
	assert_true(lun_set_size(&v->luns) == 5);
	assert_int_equal(v->min_luns, 5);
	assert_true(v->timeout_usec == 90 * USEC_PER_SEC);
	assert_true(v->settle_usec == 500 * USEC_PER_MSEC);
	assert_int_equal(v->on_stop, ON_STOP_KEEP);
	assert_int_equal(v->on_busy, ON_BUSY_FORCE);
	assert_string_equal(v->symbolic_name, "host 1: 100% \"web\"");
	assert_int_equal(v->dev_loss_tmo, 3600);
	assert_int_equal(v->fast_io_fail_tmo, 5);
}

static void test_config_keys_of_a_pool(void **state)
{
	struct fixture *fixture = *state;
	const struct pool_config *p;

	load(fixture,
	     VHBA("v", "0001") "pool = web\n[pool web]\n"
			       "alias.0 = system\n"
			       "alias.naa.60014051234567890abcdef123456789 = data\n"
			       "alias.t10.ATA     QEMU HARDDISK   QM1 = old\n"
			       "alias.36001405123456789 = short\n"
			       "owner = libvirt-qemu\n"
			       "group = 64055\n"
			       "mode = 0640\n"
			       "multipath = no\n"
			       "guest = web server no. 1\n"
			       "host_use = yes\n");
	p = pool(fixture, "web");
	assert_int_equal(p->n_aliases, 4);
	assert_string_equal(p->aliases[0].name, "system");
	assert_null(p->aliases[0].wwid);
	assert_true(p->aliases[0].lun == 0);
	assert_string_equal(p->aliases[1].wwid, "naa.60014051234567890abcdef123456789");
	assert_string_equal(p->aliases[2].wwid, "t10.ATA     QEMU HARDDISK   QM1");
	assert_string_equal(p->aliases[3].wwid, "36001405123456789");
	assert_string_equal(p->owner, "libvirt-qemu");
	assert_string_equal(p->group, "64055");
	assert_int_equal(p->mode, 0640);
	assert_int_equal(p->multipath, MULTIPATH_NO);
	assert_string_equal(p->guest, "web server no. 1");
	assert_int_equal(p->host_use, HOST_USE_YES);
}

static void test_config_key_hba_by_host(void **state)
{
	struct fixture *fixture = *state;

	load(fixture, "[vhba port0]\ntype = hba\nparent = scsi_host12\n");
	expect_message(
		fixture,
		"a.conf:3: warning: parent: host numbers change from boot to boot; parent_wwpn names the HBA for good");
	assert_int_equal(vhba(fixture, "port0")->type, VHBA_HBA);
	assert_int_equal(vhba(fixture, "port0")->parent.host, 12);
}

static void test_config_key_fast_io_fail_off(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") "fast_io_fail_tmo = off\ndev_loss_tmo = 600\n");
	assert_int_equal(vhba(fixture, "web01")->fast_io_fail_tmo, TMO_OFF);
	assert_int_equal(vhba(fixture, "web01")->dev_loss_tmo, 600);
}

static void test_config_key_dev_loss_infinity(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("web01", "0001") "fast_io_fail_tmo = 5\ndev_loss_tmo = infinity\n");
	assert_int_equal(vhba(fixture, "web01")->dev_loss_tmo, TMO_INFINITY);
}

/* One line that is refused: how, and that it costs the vHBA. */
static void check_refused(const char *line, const char *message)
{
	char text[512], expected[512];
	void *state;

	assert_int_equal(fixture_setup(&state), 0);
	(void)snprintf(text, sizeof(text), "%s%s\n", VHBA("web01", "0001"), line);
	(void)snprintf(expected, sizeof(expected), "a.conf:4: error: %s", message);
	load(state, text);
	expect_message(state, expected);
	assert_non_null(config_fault(&((struct fixture *)state)->config, "web01"));
	assert_int_equal(fixture_teardown(&state), 0);
}

static void test_config_key_values_that_are_refused(void **state)
{
	/* What each key refuses is in the table of bad input; here is what has bounds. */
	check_refused("timeout = 3601", "timeout: '3601' is more than an hour");
	check_refused("timeout = 0ms", "timeout: '0ms' leaves no time for a start");
	check_refused("settle = 61min", "settle: '61min' is more than an hour");
	check_refused("min_luns = 65537",
		      "min_luns: '65537' is not a number from 1 to 65536");
	check_refused("fast_io_fail_tmo = 601",
		      "fast_io_fail_tmo: '601' is more than 600 seconds");
	check_refused("fast_io_fail_tmo = Off",
		      "fast_io_fail_tmo: 'Off' is not a number of seconds, at least 1");
	check_refused("dev_loss_tmo = 1500ms",
		      "dev_loss_tmo: '1500ms' is not a number of seconds, at least 1");
	check_refused("dev_loss_tmo = 2147483648",
		      "dev_loss_tmo: '2147483648' is more than 2147483647 seconds");
	check_refused("on_stop = Keep", "on_stop: 'Keep' is not one of 'delete', 'keep'");
	check_refused("luns =", "luns: there is no value after '='");
	check_refused("luns = ; none", "luns: there is no value after '='");
	check_refused(
		"parent_wwpn = 0000000000000000",
		"parent_wwpn: '0000000000000000' is not a WWN that a port can have");
}

static void test_config_key_bounds_that_are_in(void **state)
{
	struct fixture *fixture = *state;

	load(fixture,
	     VHBA("a", "0001") "timeout = 1h\nsettle = 0\nmin_luns = 65536\n" VHBA("b", "0002") "timeout = 1us\nsettle = 0\n" VHBA(
		     "c",
		     "0003") "fast_io_fail_tmo = 600\ndev_loss_tmo = 2147483647\n"
			     "symbolic_name = 123456789012345678901234567890123456789012345678901234567890123\n");
	assert_true(vhba(fixture, "a")->timeout_usec == 3600 * USEC_PER_SEC);
	assert_int_equal(vhba(fixture, "a")->min_luns, 65536);
	assert_true(vhba(fixture, "b")->timeout_usec == 1);
	assert_int_equal(vhba(fixture, "c")->dev_loss_tmo, INT32_MAX);
	assert_int_equal(strlen(vhba(fixture, "c")->symbolic_name), 63);
}

static void test_config_key_alias_subjects(void **state)
{
	static const char *const good[] = { "0",
					    "65535",
					    "0x4010401f00000000",
					    "1075789840",
					    "naa.5000c500a1b2c3d4",
					    "eui.0025385b71b0aa01",
					    "t10.x",
					    "35000c500a1b2c3d4",
					    "1ATA_x_y",
					    "20025385b71b0aa01",
					    "wwn-0x5000c500a1b2c3d4",
					    "scsi-35000c500a1b2c3d4",
					    "scsi-1ATA_x_y",
					    "dm-uuid-mpath-35000c500a1b2c3d4",
					    "/dev/disk/by-id/wwn-0x5000c500a1b2c3d4",
					    "/dev/disk/by-id/scsi-35000c500a1b2c3d4" };
	static const char *const bad[] = { "",
					   "65536",
					   "0x4010401f",
					   "0x1",
					   "10757898400",
					   "-1",
					   "naa.",
					   "naa.5000c500a1b2c3dg",
					   "eui.1",
					   "t10.",
					   "123456",
					   "35000c500a1b2c3d",
					   "sda",
					   "wwn-0x5000c500a1b2c3d",
					   "wwn-0x5000c500a1b2c3d4-part1",
					   "wwn-5000c500a1b2c3d4",
					   "scsi-5000c500a1b2c3d4",
					   "scsi-naa",
					   "SQEMU_DISK_1",
					   "scsi-SQEMU_DISK_1",
					   "/dev/sda",
					   "5000c500a1b2c3d4" };
	char text[256];

	for (size_t i = 0; i < ARRAY_SIZE(good) + ARRAY_SIZE(bad); i++) {
		bool is_good = i < ARRAY_SIZE(good);
		const char *subject = is_good ? good[i] : bad[i - ARRAY_SIZE(good)];
		struct fixture fixture = { 0 };

		(void)snprintf(text, sizeof(text), "%s[pool v]\nalias.%s = a\n",
			       VHBA("v", "0001"), subject);
		load(&fixture, text);
		assert_int_equal(messages_count(&fixture.messages, MESSAGE_ERROR),
				 !is_good);
		assert_int_equal(fixture.config.n_pools, is_good);
		config_done(&fixture.config);
		messages_done(&fixture.messages);
	}
}

/* However it is written, it is compared as one. */
static void test_config_key_alias_by_id_is_the_wwid(void **state)
{
	static const char *const keys[] = {
		"wwn-0x60014050000000000000000000000abc",
		"scsi-360014050000000000000000000000ABC",
		"dm-uuid-mpath-360014050000000000000000000000abc",
		"/dev/disk/by-id/wwn-0x60014050000000000000000000000abc",
		"360014050000000000000000000000abc",
	};

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		_cleanup_free_ char *text = NULL;
		struct fixture fixture = { 0 };

		assert_true(asprintf(&text, VHBA("v", "0001") "[pool v]\nalias.%s = a\n",
				     keys[i]) > 0);
		load(&fixture, text);
		assert_true(wwid_equal(pool(&fixture, "v")->aliases[0].wwid,
				       "naa.60014050000000000000000000000abc"));
		config_done(&fixture.config);
		messages_done(&fixture.messages);
	}
}

static void test_config_key_aliases_are_bounded(void **state)
{
	struct fixture *fixture = *state;
	size_t size = 200000;
	char *text = malloc(size), *p = text;

	assert_non_null(text);
	p += snprintf(p, size, "%s[pool v]\n", VHBA("v", "0001"));
	for (unsigned i = 0; i <= 4096; i++)
		p += snprintf(p, size - (size_t)(p - text), "alias.%u = a%u\n", i, i);
	load(fixture, text);
	free(text);
	expect_message(fixture,
		       "a.conf:4101: error: alias.4096: a pool has at most 4096 aliases");
	assert_null(config_find_pool(&fixture->config, "v"));
}

/* The shipped examples are where people look keys up. */
static void test_config_keys_are_all_in_the_example(void **state)
{
	static char text[16384];
	FILE *file = fopen("etc/npiv.d/vhba.conf.example", "re");
	const struct config_key *key;
	size_t n;

	assert_non_null(file);
	n = fread(text, 1, sizeof(text) - 1, file);
	assert_int_equal(fclose(file), 0);
	assert_true(n > 0 && n < sizeof(text) - 1);
	for (size_t i = 0; (key = config_key_at(i)); i++) {
		char line[64];

		(void)snprintf(line, sizeof(line), "\n#%s", key->name);
		if (!strstr(text, line))
			fail_msg("no line for %s", key->name);
	}
}

static char *value_of(struct fixture *fixture, const char *name)
{
	const struct config_key *key = config_key_find(name);

	return config_key_value(key, config_key_field(key, vhba(fixture, "web01")));
}

static void test_config_key_value(void **state)
{
	struct fixture *fixture = *state;
	char *text;

	load(fixture, VHBA("web01", "0001") "luns = 7, 0-1,2\n");
	text = value_of(fixture, "luns");
	assert_string_equal(text, "0-2,7");
	free(text);
	text = value_of(fixture, "min_luns");
	assert_string_equal(text, "");
	free(text);
}

/* Completion takes the words from the help. */
static void test_config_key_metavars_list_all_words(void **state)
{
	const struct config_key *key;

	for (size_t i = 0; (key = config_key_at(i)); i++) {
		size_t size = 0;

		for (size_t n = 0; key->words && key->words[n]; n++) {
			if (!strstr(key->metavar, key->words[n]))
				fail_msg("%s: no word %s", key->name, key->words[n]);
			size += *key->words[n] ? strlen(key->words[n]) + 1 : 0;
		}
		if (key->words)
			assert_int_equal(strlen(key->metavar) + 1, size);
	}
}

static void test_word_parse(void **state)
{
	assert_int_equal(word_parse(vhba_type_words, "hba"), VHBA_HBA);
	assert_int_equal(word_parse(on_stop_words, "keep"), ON_STOP_KEEP);
	assert_int_equal(word_parse(on_busy_words, "force"), ON_BUSY_FORCE);
	assert_int_equal(word_parse(multipath_words, "no"), MULTIPATH_NO);
	assert_int_equal(word_parse(multipath_words, ""), -EINVAL);
	assert_int_equal(word_parse(multipath_words, "No"), -EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		fixture_test(test_config_keys_of_a_vhba),
		fixture_test(test_config_keys_of_a_pool),
		fixture_test(test_config_key_hba_by_host),
		fixture_test(test_config_key_fast_io_fail_off),
		fixture_test(test_config_key_dev_loss_infinity),
		cmocka_unit_test(test_config_key_values_that_are_refused),
		fixture_test(test_config_key_bounds_that_are_in),
		cmocka_unit_test(test_config_key_alias_subjects),
		fixture_test(test_config_key_alias_by_id_is_the_wwid),
		fixture_test(test_config_key_aliases_are_bounded),
		cmocka_unit_test(test_config_keys_are_all_in_the_example),
		fixture_test(test_config_key_value),
		cmocka_unit_test(test_config_key_metavars_list_all_words),
		cmocka_unit_test(test_word_parse),
	};

	return cmocka_run_group_tests_name("config-keys", tests, NULL, NULL);
}

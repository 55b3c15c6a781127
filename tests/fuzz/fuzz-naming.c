// SPDX-License-Identifier: LGPL-2.1-or-later
/* From a path in sysfs and the state of a vHBA to what udev is told: the first line of the input is
 * the path, the second the WWID, the rest the state. */
#include "fc/devpath.h"
#include "names/naming.h"
#include "id/properties.h"
#include "names/unitname.h"
#include "fuzz.h"

/* Each part is one component of the path, as it stands there. */
static void check_devpath(const char *path)
{
	struct devpath devpath;

	if (devpath_parse(path, &devpath) < 0)
		return;
	MUST(*devpath.address && *devpath.disk);
	MUST(!strchr(devpath.address, '/') && !strchr(devpath.disk, '/') &&
	     !strchr(devpath.partition, '/'));
	MUST(strlen(devpath.disk) < DEVICE_NAME_SIZE);
	MUST(strstr(path, devpath.address) && strstr(path, devpath.disk) &&
	     strstr(path, devpath.partition));
}

/* No specifier of systemd's is left in the text. */
static void check_specifiers(const char *text)
{
	_cleanup_free_ char *specifiers = unit_escape_specifiers(text);

	MUST(specifiers);
	for (const char *p = specifiers; (p = strchr(p, '%')); p += 2)
		MUST(p[1] == '%');
}

/* One line: a key of ours, and a value that udev takes as it is. */
static void check_property(const char *line)
{
	static const char *const known[] = {
		"NPIV_POOL=",	    "NPIV_VHBA=",     "NPIV_WWPN=",	 "NPIV_LUN=",
		"NPIV_TARGET=",	    "NPIV_OWNER=",    "NPIV_GROUP=",	 "NPIV_MODE=",
		"NPIV_LINKS=",	    "NPIV_ALIASES=",  "NPIV_AMBIGUOUS=", "NPIV_GUEST=",
		"NPIV_GUEST_NEWS=", "NPIV_HOST_USE=",
	};
	const char *value = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(known) && !value; i++)
		value = startswith(line, known[i]);
	MUST(value && *value);
	MUST(value[strspn(value, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789#+.:=@_/- ")] == '\0');
	MUST(!strchr(value, ' ') || startswith(line, "NPIV_LINKS=") ||
	     startswith(line, "NPIV_ALIASES="));
}

static void check_answer(const struct udev_answer *answer)
{
	struct fuzz_print print;
	_cleanup_free_ char *text = NULL;
	char *rest, *line;

	render_udev(answer, fuzz_open(&print));
	text = rest = fuzz_close(&print);
	MUST(print.size == 0 || text[print.size - 1] == '\n');
	while ((line = strsep(&rest, "\n")))
		if (rest)
			check_property(line);
}

static void check_naming(const struct vhba_state *state, enum naming_role role,
			 const char *wwid)
{
	const struct naming_device device = {
		.role = role,
		.has_lun = true,
		.lun = strlen(wwid),
		.target = UINT64_C(0x500a098100000001),
		.wwid = wwid,
	};
	struct udev_answer answer = {
		.state = state,
		.has_vhba = true,
		.has_lun = true,
		.lun = device.lun,
		.target = device.target,
	};

	naming_list(state, &device, &answer.names);
	MUST(answer.names.n <= NAMING_MAX);
	for (size_t i = 0; i < answer.names.n; i++) {
		const char *link = answer.names.names[i].link;

		MUST(startswith(link, state->pool) && link[strlen(state->pool)] == '/');
		MUST(strlen(link) < NPIV_LINK_MAX);
		for (size_t j = 0; j < i; j++)
			MUST(!streq(link, answer.names.names[j].link));
		answer.names.names[i].is_granted = true;
	}
	check_answer(&answer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	_cleanup_free_ char *path = fuzz_line(&data, &size);
	_cleanup_free_ char *wwid = fuzz_line(&data, &size);
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };

	check_devpath(path);
	check_specifiers(path);
	check_specifiers(wwid);
	if (vhba_state_parse((const char *)data, size, &state) < 0)
		return 0;
	for (int role = NAMING_PATH; role <= NAMING_MAP; role++)
		check_naming(&state, (enum naming_role)role, wwid);
	return 0;
}

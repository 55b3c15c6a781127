// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of stages: names, exit codes, message ids and texts. */
#include "diagnose/stage.h"

static const struct stage_info stages[_STAGE_MAX] = {
	/* clang-format off */
	[STAGE_READY] = {
		"ready", 0, "260cb4d169924e9092880176c936df86",
		"all LUNs are there",
		NULL,
	},
	[STAGE_CONFIG] = {
		"config", 78, "97875c6e897346c68a763cd81e744ed1",
		"there is no usable configuration",
		"run 'npivctl check', correct what it names, then run 'npivctl apply'",
	},
	[STAGE_PARENT_MISSING] = {
		"parent-missing", 10, "660bb0b7e359489799e6093ef7b3a778",
		"the parent HBA is not there",
		"load the driver of the HBA, or correct the parent keys: 'npivctl hbas' shows the HBAs of this host",
	},
	[STAGE_PARENT_INCAPABLE] = {
		"parent-incapable", 11, "61069decb5854191b99e14276c1b6e7c",
		"the parent cannot carry virtual HBAs",
		"turn on NPIV in the driver and in the firmware of the HBA, or choose another parent: 'npivctl hbas' shows which HBAs can carry virtual HBAs",
	},
	[STAGE_LINK_DOWN] = {
		"link-down", 12, "70c943e669984a2c96ce046e78d6e25d",
		"the parent HBA has no link",
		"check the cable, the SFP and the switch port of the parent, and enable the switch port",
	},
	[STAGE_NO_FABRIC_SUPPORT] = {
		"no-fabric-support", 13, "45049ab148b7425f9068f8c1c67af4db",
		"the fabric does not support NPIV",
		"enable NPIV on the switch port; an HBA that is connected to an array without a switch cannot carry virtual HBAs",
	},
	[STAGE_NO_FREE_VPORT] = {
		"no-free-vport", 14, "9fe6c1d58799496096cd32cc19b006aa",
		"no further virtual port fits",
		"free a virtual port of the HBA, raise the limit of logins of the switch port, or choose another parent: 'npivctl hbas' shows how many virtual ports each HBA has left",
	},
	[STAGE_WWN_REFUSED] = {
		"wwn-refused", 15, "746658851f9d4ea8aac0078cab7f20a6",
		"the WWPN or WWNN was refused",
		"stop what uses the WWPN on this host or on another one, or give the virtual HBA a WWPN of its own: 'npivctl wwn' makes one",
	},
	[STAGE_VPORT_FAILED] = {
		"vport-failed", 16, "2bbb36f7f70a4694852511bed76bb207",
		"the HBA's driver failed to bring the virtual port up",
		"find the driver's message with 'journalctl -k', and remove what it complains about",
	},
	[STAGE_LOGIN] = {
		"login-pending", 17, "76baa16d4b974ae0822f931f2359eeab",
		"the fabric has not accepted the login",
		"let the switch accept the login of this WWPN (port security, limit of logins), and log out any other host that uses it",
	},
	[STAGE_NO_REMOTE_PORTS] = {
		"no-remote-ports", 18, "55e8d15af7e8451d92c04b0020923b1e",
		"no target port is visible",
		"correct the zoning: the WWPN needs a zone with a target port of the array",
	},
	[STAGE_NO_LUNS] = {
		"no-luns", 19, "aeded0ffe1d34c0e982bced3f8283576",
		"target ports are visible, but no LUN",
		"correct the masking: map LUNs to the WWPN on the array (host group, initiator group)",
	},
	[STAGE_NO_BLOCK_DEVICE] = {
		"no-block-device", 20, "0f255d1ecf9f448db90f59b1979c647a",
		"some LUNs have no usable disk",
		"bring the disks back: 'npivctl luns' shows which of them are blocked or offline, and 'journalctl -k' why; if a LUN has no disk, load the sd driver",
	},
	[STAGE_LUNS_MISSING] = {
		"luns-missing", 21, "dfa36f736c5a41ef9165d63a6a46fe8d",
		"expected LUNs are missing",
		"map these LUN numbers to the WWPN on the array, or correct luns= and min_luns=",
	},
	[STAGE_MULTIPATH_PENDING] = {
		"multipath-pending", 22, "29943b9983b3470ea6e17fc264e8cd2b",
		"some LUNs have no multipath map yet",
		"start multipathd, let /etc/multipath.conf accept the disks (find_multipaths, blacklist), or set multipath = no in [pool]",
	},
	[STAGE_NAME_AMBIGUOUS] = {
		"name-ambiguous", 23, "e820f2b9901a40eb89b90d4928863e7c",
		"two different logical units claim one name",
		"if a LUN was mapped anew on purpose, stop using the old unit, remove its multipath map if it has one ('multipath -f'), and run 'npivctl reload'; if not, map the units under different LUN numbers, or name each with alias.WWID in [pool]",
	},
	[STAGE_LINKS_PENDING] = {
		"links-pending", 24, "42df61ad4e184f04a59c29f5bf1c93c5",
		"udev has not made the links of some LUNs",
		"put the udev rule 61-npiv.rules back if it is missing or masked, then run 'udevadm trigger --subsystem-match=block'; 'journalctl -u systemd-udevd' has the errors of udev",
	},
	[STAGE_BUSY] = {
		"busy", 25, "8d3b37c55e324933be9e1dc30a4edcf1",
		"LUNs are in use",
		"unmount, close or deactivate what is named, then stop again",
	},
	/* clang-format on */
};

const struct stage_info *stage_info(enum npiv_stage stage)
{
	assert(stage < _STAGE_MAX);

	return &stages[stage];
}

const struct stage_info *stage_of_exit_code(int exit_code)
{
	for (size_t i = STAGE_READY + 1; i < ARRAY_SIZE(stages); i++)
		if (stages[i].exit_code == exit_code)
			return &stages[i];
	return NULL;
}

const struct stage_info *stage_of_message(const char *text)
{
	assert(text);

	for (size_t i = STAGE_READY + 1; i < ARRAY_SIZE(stages); i++) {
		const char *rest = startswith(text, stages[i].summary);

		if (rest && (!*rest || *rest == ':'))
			return &stages[i];
	}
	return NULL;
}

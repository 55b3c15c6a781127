// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of stages: names, exit codes, message ids and words, each in one place only. */
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
		"run 'npivctl check' and look into /etc/npiv.d",
	},
	[STAGE_PARENT_MISSING] = {
		"parent-missing", 10, "660bb0b7e359489799e6093ef7b3a778",
		"the parent HBA is not there",
		"is its driver loaded, and do the parent keys name an HBA of this host? /sys/class/fc_host shows what is there",
	},
	[STAGE_PARENT_INCAPABLE] = {
		"parent-incapable", 11, "61069decb5854191b99e14276c1b6e7c",
		"the parent cannot carry virtual HBAs",
		"the driver offers no vport_create for it: look at its NPIV setting, its firmware, and whether it is a virtual or a target-mode port",
	},
	[STAGE_LINK_DOWN] = {
		"link-down", 12, "70c943e669984a2c96ce046e78d6e25d",
		"the parent HBA has no link",
		"look at cable, SFP and switch port of the parent, and whether that port is enabled",
	},
	[STAGE_NO_FABRIC_SUPPORT] = {
		"no-fabric-support", 13, "45049ab148b7425f9068f8c1c67af4db",
		"the fabric does not support NPIV",
		"enable NPIV on the switch port; a direct connection to an array (loop or point-to-point) cannot do it",
	},
	[STAGE_NO_FREE_VPORT] = {
		"no-free-vport", 14, "9fe6c1d58799496096cd32cc19b006aa",
		"no further virtual port fits",
		"compare npiv_vports_inuse with max_npiv_vports of the HBA, and the switch port's limit of logins",
	},
	[STAGE_WWN_REFUSED] = {
		"wwn-refused", 15, "746658851f9d4ea8aac0078cab7f20a6",
		"the WWPN or WWNN was refused",
		"is the WWPN in use elsewhere on this host or in the fabric, and are both names well formed?",
	},
	[STAGE_VPORT_FAILED] = {
		"vport-failed", 16, "2bbb36f7f70a4694852511bed76bb207",
		"the HBA's driver failed to bring the virtual port up",
		"look at the kernel's log for the driver's own message",
	},
	[STAGE_LOGIN] = {
		"login-pending", 17, "76baa16d4b974ae0822f931f2359eeab",
		"the fabric has not accepted the login",
		"does the switch accept logins of this WWPN (port security, login limit), is another host logged in with it, and is the fabric up?",
	},
	[STAGE_NO_REMOTE_PORTS] = {
		"no-remote-ports", 18, "55e8d15af7e8451d92c04b0020923b1e",
		"no target port is visible",
		"look at the zoning: the WWPN needs a zone with a target port of the array",
	},
	[STAGE_NO_LUNS] = {
		"no-luns", 19, "aeded0ffe1d34c0e982bced3f8283576",
		"target ports are visible, but no LUN",
		"look at the masking: the array must map LUNs to the WWPN (host group, initiator group)",
	},
	[STAGE_NO_BLOCK_DEVICE] = {
		"no-block-device", 20, "0f255d1ecf9f448db90f59b1979c647a",
		"some LUNs have no usable disk",
		"look at the state of the disks with 'npivctl luns': are they blocked or offline? Where a LUN has none, is the sd driver loaded, and what does the kernel's log say of it?",
	},
	[STAGE_LUNS_MISSING] = {
		"luns-missing", 21, "dfa36f736c5a41ef9165d63a6a46fe8d",
		"expected LUNs are missing",
		"are these LUN numbers mapped to the WWPN on the array?",
	},
	[STAGE_MULTIPATH_PENDING] = {
		"multipath-pending", 22, "29943b9983b3470ea6e17fc264e8cd2b",
		"some LUNs have no multipath map yet",
		"look at 'systemctl status multipathd' and 'multipath -ll'",
	},
	[STAGE_NAME_AMBIGUOUS] = {
		"name-ambiguous", 23, "e820f2b9901a40eb89b90d4928863e7c",
		"two different logical units claim one name",
		"map them under different LUN numbers, or name them by WWID with alias.WWID in [pool]",
	},
	[STAGE_LINKS_PENDING] = {
		"links-pending", 24, "42df61ad4e184f04a59c29f5bf1c93c5",
		"udev has not made the links of some LUNs",
		"look at 'journalctl -u systemd-udevd' and 'udevadm info' of the disk",
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

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* All limits of input, in one place. */
#pragma once

#define NPIV_NAME_MAX 64U /* bytes of the name of a vHBA, pool or alias */
#define NPIV_SYMBOLIC_NAME_MAX \
	63U /* FC_VPORT_SYMBOLIC_NAMELEN - 1, scsi_transport_fc.h */
#define NPIV_CONFIG_FILE_MAX (1U << 20) /* bytes of one configuration file */
#define NPIV_CONFIG_LINE_MAX \
	198U /* bytes of a line: inih reads into 200 with \n and NUL */
#define NPIV_LUN_MAX	     65535U /* the highest LUN number in a configuration */
#define NPIV_ATTR_MAX	     4096U /* bytes of one sysfs attribute: a page */
#define NPIV_TIMEOUT_MAX_SEC 3600U /* the longest timeout= and settle= */
#define NPIV_ALIASES_MAX     4096U /* aliases of one pool */
#define NPIV_TMO_MAX_SEC     600U /* SCSI_DEVICE_BLOCK_MAX_TIMEOUT, scsi_device.h */
#define NPIV_GUEST_MAX	     128U /* bytes of the name of a guest */
#define NPIV_RUN_FILE_MAX \
	(4U << 20) /* bytes of one file below /run/npiv, see lib/run-file.h */
#define NPIV_OWNER_MAX 32U /* bytes of a user's or group's name, useradd(8) */

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Chooses the HBA for a vHBA: applies the rule of the configuration to the HBAs of the host, and describes what
 * prevents the choice of one. */
#pragma once

#include "config/config.h"
#include "fc/inventory.h"
#include "diagnose/stage.h"

struct parent_choice {
	enum npiv_stage stage; /* STAGE_READY: port can carry one more vport now */
	const struct fc_port
		*port; /* the best port, in the inventory; NULL if there is none */
	char detail[NPIV_DETAIL_MAX]; /* what prevents it; "" with STAGE_READY */
};

/* Whether no key is given; then a port is chosen among all. */
bool parent_rule_is_empty(const struct parent_rule *rule);

/* Whether every given key matches this port. */
bool parent_rule_matches(const struct parent_rule *rule, const struct fc_port *port);

/* Whether no given key excludes this port. An HBA that is logged in to no fabric, as one without a link, is not
 * excluded by the key of a fabric: nothing shows which fabric it is cabled to. */
bool parent_rule_allows(const struct parent_rule *rule, const struct fc_port *port);

/* Writes the rule as keys of a file: "parent_wwpn=0x…, parent=host7". */
void parent_rule_print(const struct parent_rule *rule, FILE *out);

#define PARENT_DETAIL_SIZE 128U /* size of the text, with its NUL */

/* Writes what prevents one more vport below this port now, the most lasting cause first; "" if nothing does. For
 * the meaning of "NPIV VPORT" and "LPort" as a port_type see fc_port_type_names of scsi_transport_fc.c. Returns
 * buf. */
char *parent_detail(const struct fc_port *port, char buf[static PARENT_DETAIL_SIZE]);

/* Returns how many more vports the port can carry; 0 if it cannot carry any. */
uint32_t parent_free_vports(const struct fc_port *port);

/* Chooses the parent of a new vport. Ports in target mode are chosen only if a key names that port (a fabric does
 * not). If no key names a port, the fabric decides first: the one with the lowest name that a capable port is
 * logged in to, whether or not that port has room. Among matching ports in that fabric: a port with room; then the
 * largest share of free vports; then the lowest WWPN. If no port is logged in to the fabric that a key names, the
 * stage is STAGE_LINK_DOWN with the first port that has no link and that no other key excludes. */
void parent_choose(const struct inventory *inventory, const struct parent_rule *rule,
		   struct parent_choice *ret_choice);

#define PARENT_FABRICS_MAX 8U /* more than any host has */

/* Lists the fabrics, lowest name first, of ports that parent_choose() can choose without a key. Returns their
 * number, at most PARENT_FABRICS_MAX. If it is more than one, a vHBA should name its fabric. */
size_t parent_list_fabrics(const struct inventory *inventory,
			   uint64_t ret_fabrics[static PARENT_FABRICS_MAX]);

/* Writes the names of fabrics: "0x…, 0x… and 0x…". */
void parent_print_fabrics(const uint64_t *fabrics, size_t n, FILE *out);

/* Finds the port that a vHBA of type=hba means: wwpn and wwnn (0: not given) are the port's own names. The port
 * needs only a link; its capacity for vports does not matter. */
void parent_find_hba(const struct inventory *inventory, const struct parent_rule *rule,
		     uint64_t wwpn, uint64_t wwnn, struct parent_choice *ret_choice);

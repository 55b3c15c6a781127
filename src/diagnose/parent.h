/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which HBA can carry a vHBA: the rule of the configuration applied to what is there, and what keeps an HBA from it. */
#pragma once

#include "config/config.h"
#include "fc/inventory.h"
#include "diagnose/stage.h"

struct parent_choice {
	enum npiv_stage stage; /* STAGE_READY: port can take one more vport now */
	const struct fc_port
		*port; /* the best there is, of the inventory; NULL if there is none */
	char detail[NPIV_DETAIL_MAX]; /* what is in the way; "" with STAGE_READY */
};

/* Whether a key names one port; without any, a port is chosen among all. */
bool parent_rule_is_empty(const struct parent_rule *rule);

/* Whether every key that is given holds for this port. */
bool parent_rule_matches(const struct parent_rule *rule, const struct fc_port *port);

/* Writes the rule as its keys are written in a file: "parent_wwpn=0x…, parent=host7". */
void parent_rule_print(const struct parent_rule *rule, FILE *out);

#define PARENT_DETAIL_SIZE 128U /* bytes of the words, with their NUL */

/* Writes what is in the way of one more vport below this port now, the most lasting cause first; "" if nothing is.
 * What "NPIV VPORT" and "LPort" mean as a port_type: fc_port_type_names of scsi_transport_fc.c. Returns buf. */
char *parent_detail(const struct fc_port *port, char buf[static PARENT_DETAIL_SIZE]);

/* How many more vports it can take; 0 if it cannot carry any. */
uint32_t parent_free_vports(const struct fc_port *port);

/* Chooses the parent of a new vport. Ports in target mode are taken only if a key names that very
 * port (a fabric does not). If no key names a port, the fabric comes first: the one of the lowest name
 * that a capable port is logged in to, whether that has room or not. Among ports that match, in that
 * fabric: with room; then the largest share of free vports; then the lowest WWPN. */
void parent_choose(const struct inventory *inventory, const struct parent_rule *rule,
		   struct parent_choice *ret_choice);

#define PARENT_FABRICS_MAX 8U /* more than any host is connected to */

/* The fabrics, lowest name first, of ports that parent_choose() can take without a key. Returns how many there
 * are, at most PARENT_FABRICS_MAX; where it is more than one, a vHBA should name its own. */
size_t parent_list_fabrics(const struct inventory *inventory,
			   uint64_t ret_fabrics[static PARENT_FABRICS_MAX]);

/* Writes them: "0x…, 0x… and 0x…". */
void parent_print_fabrics(const uint64_t *fabrics, size_t n, FILE *out);

/* Finds the port that a vHBA of type=hba means: wwpn and wwnn (0: not given) are its own names. Its
 * link is all that has to be there; what it could carry does not matter. */
void parent_find_hba(const struct inventory *inventory, const struct parent_rule *rule,
		     uint64_t wwpn, uint64_t wwnn, struct parent_choice *ret_choice);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The sheet for the storage admin: which names are to see which targets, and in which fabric. */
#pragma once

#include "ctl/vhba-table.h"

#define ZONING_NAME_SIZE 65U /* both kinds of switches take 64 characters */

struct zoning_row {
	const char *name, *pool; /* of the vHBA */
	const char *hosts; /* the hosts on which it counts; NULL: every host */
	char alias[ZONING_NAME_SIZE]; /* its name as switches take it: unique in the sheet */
	char zone[ZONING_NAME_SIZE];
	uint64_t wwpn, wwnn; /* 0: not known */
	uint64_t parent_wwpn, fabric_wwn; /* 0: not known */
	uint64_t *targets; /* seen, or asked for; in order, each once */
	size_t n_targets;
};

struct zoning {
	struct zoning_row *rows; /* in order of names, then WWPNs */
	size_t n;
};

/* What is wanted of the sheet. */
struct zoning_request {
	const char *name_or_pool; /* NULL: all vHBAs */
	uint64_t fabric_wwn; /* 0: in any fabric */
	const uint64_t *targets; /* for every row, beside what it sees */
	size_t n_targets;
};

/* Makes it of vHBAs that are configured or up and whose WWPN is known, and of those that config has for other hosts: so
 * the sheets of all hosts that share their files have the same rows. The fabric is that of its port, else
 * of its parent; of one that is not up the parent is the one that a start would take now, and of one of another host
 * none is known. Names point into the vhbas and config. -ENOMEM. Empty it with zoning_done(). */
int zoning_build(const struct vhba_table *vhbas, const struct config *config,
		 const struct inventory *inventory, const struct zoning_request *request,
		 struct zoning *ret_zoning) _must_check_;

/* Whether its rows are in more than one fabric. */
bool zoning_is_mixed(const struct zoning *zoning);

void zoning_done(struct zoning *zoning);

/* Writes text as a switch takes it for an alias: a letter first, then letters, digits and '_', which is what
 * every release of both Fabric OS and NX-OS takes. At most 62 characters: a zone has a prefix. */
void zoning_sanitize(const char *text, char buf[static ZONING_NAME_SIZE]);

/* A line for each row and one of headings; targets are separated by blanks, and no value needs quotes. */
void render_zoning_csv(const struct zoning *zoning, FILE *out);

/* {"zoning": [{"vhba": …, "targets": ["0x…"]}]} */
void render_zoning_json(const struct zoning *zoning, FILE *out);

/* Commands of Brocade's Fabric OS: an alias for each row, and a zone with it and its targets where there
 * are any. config: the zone configuration that they are added to, which is then enabled; NULL: none, and
 * the changes are only saved. */
void render_zoning_brocade(const struct zoning *zoning, const char *config, FILE *out);

/* The same for Cisco's NX-OS: a device alias, a zone of the VSAN; config is the zone set. */
void render_zoning_cisco(const struct zoning *zoning, unsigned vsan, const char *config,
			 FILE *out);

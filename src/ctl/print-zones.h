/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The storage admin's sheet for programs and for switches. */
#pragma once

#include "ctl/zones.h"

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

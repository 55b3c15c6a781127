// SPDX-License-Identifier: GPL-2.0-only
/* INQUIRY: who a LUN says it is, in whatever bytes a test wants. */
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_proto.h>

#include "fctest.h"

#define PAGE_MAX 255

enum code_set {
	CODE_BINARY = 1,
	CODE_ASCII = 2,
	CODE_UTF8 = 3,
};

/* Designator types, SPC-5 table 599. */
enum designator {
	DESIGNATOR_T10 = 1,
	DESIGNATOR_EUI = 2,
	DESIGNATOR_NAA = 3,
	DESIGNATOR_NAME = 8,
};

/* A field of fixed width, filled up with blanks. */
static void put_text(u8 *field, size_t width, const struct fct_text *text)
{
	size_t n = min(width, text->length);

	memcpy(field, text->bytes, n);
	memset(field + n, ' ', width - n);
}

static const struct fct_text xport_vendor = { "IBM", 3 };
static const struct fct_text xport_product = { "Universal Xport", 15 };
static const struct fct_text lunz_vendor = { "DGC", 3 };
static const struct fct_text lunz_product = { "LUNZ", 4 };

static bool is_xport(const struct fct_settings *settings, const struct fct_unit *unit)
{
	return test_bit(unit->lun, settings->xport);
}

static bool is_lunz(const struct fct_settings *settings, const struct fct_unit *unit)
{
	return test_bit(unit->lun, settings->lunz);
}

static void name_unit(const struct fct_settings *settings, const struct fct_unit *unit,
		      u8 *data)
{
	put_text(data + 8, 8,
		 is_xport(settings, unit) ? &xport_vendor :
		 is_lunz(settings, unit)  ? &lunz_vendor :
					    &settings->vendor);
	put_text(data + 16, 16,
		 is_xport(settings, unit) ? &xport_product :
		 is_lunz(settings, unit)  ? &lunz_product :
					    &settings->product);
	put_text(data + 32, 4, &settings->revision);
}

static void standard(const struct fct_settings *settings, const struct fct_unit *unit,
		     bool is_shown, u8 *data)
{
	data[0] = !is_shown ? 0x3f : /* qualifier 1: nothing there, others may be */
			  settings->tape >= 0 && unit->lun == settings->tape ? TYPE_TAPE :
									       TYPE_DISK;
	if (test_bit(unit->lun, settings->unconnected))
		data[0] |= 0x20;
	data[2] = 6; /* SPC-4 */
	data[3] = 0x12; /* HISUP, response format 2 */
	data[4] = 36 - 5;
	data[7] = 0x02; /* CMDQUE */
	name_unit(settings, unit, data);
}

/* Texts get the LUN's own numbers behind them, or all LUNs would be one. */
static size_t print_unique(u8 *to, const struct fct_text *text,
			   const struct fct_unit *unit)
{
	memcpy(to, text->bytes, text->length);
	return text->length + scnprintf(to + text->length, 32, "-%04llx-%u",
					unit->wwpn & 0xffff, unit->lun);
}

/* NAA 6: an OUI that belongs to nobody, then the initiator's WWPN, the array and the LUN. */
static size_t naa(const struct fct_unit *unit, unsigned int array, u8 *data)
{
	put_unaligned_be32(0x60fc7e50, data);
	put_unaligned_be64(unit->wwpn, data + 4);
	put_unaligned_be32(array << 24 | unit->lun, data + 12);
	return 16;
}

/* EUI-64: the same OUI, then what tells initiators apart, and the LUN. */
static size_t eui(const struct fct_unit *unit, u8 *data)
{
	put_unaligned_be24(0x0fc7e5, data);
	put_unaligned_be24(unit->wwpn & 0xffffff, data + 3);
	put_unaligned_be16(unit->lun, data + 6);
	return 8;
}

static size_t designator(const struct fct_settings *settings, const struct fct_unit *unit,
			 unsigned int array, u8 *data)
{
	u8 *text = data + 4;

	if (!strcmp(settings->id_type, "none"))
		return 0;
	if (!strcmp(settings->id_type, "t10")) {
		data[0] = CODE_ASCII;
		data[1] = DESIGNATOR_T10;
		put_text(text, 8, &settings->vendor);
		data[3] = 8 + print_unique(text + 8, &settings->id, unit);
	} else if (!strcmp(settings->id_type, "name")) {
		data[0] = CODE_UTF8;
		data[1] = DESIGNATOR_NAME;
		data[3] = print_unique(text, &settings->id, unit);
	} else if (!strcmp(settings->id_type, "eui")) {
		data[0] = CODE_BINARY;
		data[1] = DESIGNATOR_EUI;
		data[3] = eui(unit, text);
	} else {
		data[0] = CODE_BINARY;
		data[1] = DESIGNATOR_NAA;
		data[3] = naa(unit, array, text);
	}
	return 4 + data[3];
}

static size_t vital_page(const struct fct_settings *settings, const struct fct_unit *unit,
			 unsigned int array, u8 page, u8 *data)
{
	static const u8 supported[] = { 0x00, 0x80, 0x83 };
	size_t length = 0;

	if (is_lunz(settings, unit))
		return 0;
	switch (page) {
	case 0x00:
		length = sizeof(supported);
		memcpy(data + 4, supported, length);
		break;
	case 0x80:
		length = print_unique(data + 4, &settings->serial, unit);
		break;
	case 0x83:
		length = designator(settings, unit, array, data + 4);
		break;
	default:
		return 0;
	}
	data[1] = page;
	put_unaligned_be16(length, data + 2);
	return 4 + length;
}

/* Which array the device belongs to: by the number of its target port, 0 where all are one. */
static unsigned int array_of(const struct fct_settings *settings,
			     struct scsi_device *device)
{
	struct fc_rport *rport = starget_to_rport(scsi_target(device));

	return settings->arrays && rport ? rport->port_name & 0xff : 0;
}

void fct_inquiry(struct fct_port *port, struct scsi_cmnd *command)
{
	const struct fct_settings *settings = &port->hba->settings;
	struct fct_unit *unit = command->device->hostdata;
	u8 data[PAGE_MAX] = { 0 };
	size_t length = 36;

	if (command->cmnd[1] & 1)
		length = vital_page(settings, unit, array_of(settings, command->device),
				    command->cmnd[2], data);
	else
		standard(settings, unit, fct_unit_is_shown(port, unit), data);
	if (length)
		fct_give(command, data, length);
	else
		scsi_build_sense(command, 0, ILLEGAL_REQUEST, 0x24, 0x00);
}

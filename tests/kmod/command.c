// SPDX-License-Identifier: GPL-2.0-only
/* SCSI commands: those that sd, multipath and people send to a disk. */
#include <linux/scatterlist.h>
#include <linux/slab.h>
#include <scsi/scsi_cmnd.h>
#include <scsi/scsi_device.h>
#include <scsi/scsi_proto.h>

#include "fctest.h"

/* Sense keys with their additional codes (SPC-5 table 49). */
#define NOT_READY_YET	  NOT_READY, 0x04, 0x01
#define WRITE_FAULT	  MEDIUM_ERROR, 0x03, 0x00
#define INVALID_OPCODE	  ILLEGAL_REQUEST, 0x20, 0x00
#define OUT_OF_RANGE	  ILLEGAL_REQUEST, 0x21, 0x00
#define INVALID_FIELD	  ILLEGAL_REQUEST, 0x24, 0x00
#define NO_SUCH_LUN	  ILLEGAL_REQUEST, 0x25, 0x00
#define SIZE_HAS_CHANGED  UNIT_ATTENTION, 0x2a, 0x09
#define LUNS_HAVE_CHANGED UNIT_ATTENTION, 0x3f, 0x0e

static void fail(struct scsi_cmnd *command, u8 key, u8 code, u8 qualifier)
{
	scsi_build_sense(command, 0, key, code, qualifier);
}

/* What does not fit is cut: length is what the initiator has room for. */
void fct_give(struct scsi_cmnd *command, const void *data, size_t length)
{
	length = min_t(size_t, length, scsi_bufflen(command));
	length = sg_copy_from_buffer(scsi_sglist(command), scsi_sg_count(command), data,
				     length);
	scsi_set_resid(command, scsi_bufflen(command) - length);
}

/* --- data --- */

static bool copy(struct fct_unit *unit, struct scsi_cmnd *command, u64 offset, u64 length,
		 bool is_write)
{
	unsigned int flags = is_write ? SG_MITER_FROM_SG : SG_MITER_TO_SG;
	struct sg_mapping_iter chunk;
	bool is_done = true;

	sg_miter_start(&chunk, scsi_sglist(command), scsi_sg_count(command),
		       SG_MITER_ATOMIC | flags);
	while (is_done && length > 0 && sg_miter_next(&chunk)) {
		size_t n = min_t(u64, length, chunk.length);

		is_done = fct_unit_copy(unit, offset, chunk.addr, n, is_write);
		offset += n;
		length -= n;
	}
	sg_miter_stop(&chunk);
	return is_done;
}

static void transfer(struct fct_port *port, struct scsi_cmnd *command, u64 block, u32 n,
		     bool is_write)
{
	struct fct_unit *unit = command->device->hostdata;
	u64 blocks = fct_unit_blocks(port);

	if (block > blocks || n > blocks - block)
		fail(command, OUT_OF_RANGE);
	else if (!copy(unit, command, block << SECTOR_SHIFT, (u64)n << SECTOR_SHIFT,
		       is_write))
		fail(command, WRITE_FAULT);
}

/* Reads and writes of 6, 10 and 16 bytes. False: it is none of them. */
static bool try_transfer(struct fct_port *port, struct scsi_cmnd *command)
{
	const u8 *c = command->cmnd;

	switch (c[0]) {
	case READ_6:
	case WRITE_6:
		transfer(port, command, get_unaligned_be24(c + 1) & 0x1fffff, c[4] ?: 256,
			 c[0] == WRITE_6);
		return true;
	case READ_10:
	case WRITE_10:
		transfer(port, command, get_unaligned_be32(c + 2),
			 get_unaligned_be16(c + 7), c[0] == WRITE_10);
		return true;
	case READ_16:
	case WRITE_16:
		transfer(port, command, get_unaligned_be64(c + 2),
			 get_unaligned_be32(c + 10), c[0] == WRITE_16);
		return true;
	}
	return false;
}

/* --- what a disk tells of itself --- */

static void report_luns(struct fct_port *port, struct scsi_cmnd *command)
{
	const struct fct_settings *settings = &port->hba->settings;
	unsigned int lun, n = bitmap_weight(settings->luns, FCT_MAX_LUN), i = 0;
	u8 *data = kzalloc(8 + 8 * n, GFP_ATOMIC);

	if (!data) {
		command->result = SAM_STAT_TASK_SET_FULL;
		return;
	}
	for_each_set_bit(lun, settings->luns, FCT_MAX_LUN)
	{
		if (i == n || !time_after_eq(jiffies, READ_ONCE(port->luns_at)))
			break;
		int_to_scsilun(fct_kernel_lun(settings, lun),
			       (struct scsi_lun *)(data + 8 + 8 * i++));
	}
	put_unaligned_be32(8 * i, data);
	fct_give(command, data, 8 + 8 * i);
	kfree(data);
}

static void read_capacity_10(struct fct_port *port, struct scsi_cmnd *command)
{
	u8 data[8];

	put_unaligned_be32(fct_unit_blocks(port) - 1, data);
	put_unaligned_be32(SECTOR_SIZE, data + 4);
	fct_give(command, data, sizeof(data));
}

static void read_capacity_16(struct fct_port *port, struct scsi_cmnd *command)
{
	u8 data[32] = { 0 };

	put_unaligned_be64(fct_unit_blocks(port) - 1, data);
	put_unaligned_be32(SECTOR_SIZE, data + 8);
	fct_give(command, data, sizeof(data));
}

/* One mode page, of caching: there is a write cache, so that the kernel flushes it. */
static void mode_sense(struct scsi_cmnd *command)
{
	bool is_long = command->cmnd[0] == MODE_SENSE_10;
	u8 data[8 + 20] = { 0 }, *page = data + (is_long ? 8 : 4);
	size_t length = page + 20 - data;

	if (is_long)
		put_unaligned_be16(length - 2, data);
	else
		data[0] = length - 1;
	page[0] = 0x08;
	page[1] = 18;
	page[2] = 0x04;
	fct_give(command, data, length);
}

static void request_sense(struct scsi_cmnd *command)
{
	static const u8 no_sense[18] = { 0x70, [7] = 10 };

	fct_give(command, no_sense, sizeof(no_sense));
}

/* --- which is which --- */

static void execute(struct fct_port *port, struct scsi_cmnd *command)
{
	switch (command->cmnd[0]) {
	case TEST_UNIT_READY:
	case START_STOP:
	case SYNCHRONIZE_CACHE:
	case SYNCHRONIZE_CACHE_16:
		break;
	case READ_CAPACITY:
		read_capacity_10(port, command);
		break;
	case SERVICE_ACTION_IN_16:
		if ((command->cmnd[1] & 0x1f) == SAI_READ_CAPACITY_16)
			read_capacity_16(port, command);
		else
			fail(command, INVALID_FIELD);
		break;
	case MODE_SENSE:
	case MODE_SENSE_10:
		mode_sense(command);
		break;
	default:
		if (!try_transfer(port, command))
			fail(command, INVALID_OPCODE);
	}
}

/* Gives a command what the unit has to say first; false where that is nothing. */
static bool draw_attention(struct fct_unit *unit, struct scsi_cmnd *command)
{
	switch ((enum fct_attention)atomic_xchg(&unit->attention, FCT_ATTENTION_NONE)) {
	case FCT_ATTENTION_NONE:
		return false;
	case FCT_ATTENTION_LUNS:
		fail(command, LUNS_HAVE_CHANGED);
		break;
	case FCT_ATTENTION_SIZE:
		fail(command, SIZE_HAS_CHANGED);
		break;
	}
	return true;
}

/* INQUIRY, REPORT LUNS and REQUEST SENSE are answered whatever state the unit is in. */
void fct_command(struct fct_port *port, struct scsi_cmnd *command)
{
	struct fct_unit *unit = command->device->hostdata;
	u8 code = command->cmnd[0];

	if (code == INQUIRY)
		fct_inquiry(port, command);
	else if (code == REPORT_LUNS)
		report_luns(port, command);
	else if (code == REQUEST_SENSE)
		request_sense(command);
	else if (!fct_unit_is_shown(port, unit))
		fail(command, NO_SUCH_LUN);
	else if (draw_attention(unit, command))
		return;
	else if (!fct_unit_is_ready(port) && code != START_STOP)
		fail(command, NOT_READY_YET);
	else
		execute(port, command);
}

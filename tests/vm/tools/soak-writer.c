// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Writes numbered, checksummed blocks to a logical unit for as long as it runs, and looks whether they are on the array.
 *
 *   soak-writer write direct|buffered NAME GATE MEANT RECORDS NUMBER
 *
 * In turns: takes a shared lock on the file GATE, opens the block device NAME, asks the unit behind it for its serial
 * number (INQUIRY, VPD page 0x80), writes bursts of blocks and has each flushed, closes, lets the lock go. A turn takes
 * half a minute, since udev looks at a disk anew whenever one that may write closes it; it ends early where the file
 * GATE.wanted is there, and none begins then. So who makes that file and locks GATE exclusively knows that nothing is
 * open and nothing under way. Where the file MEANT holds a serial number, NAME must lead to the unit that has it: any
 * other is told on stdout, and ends the writer before it writes a byte.
 * What was tried and what was acknowledged by a flush is in RECORDS/SERIAL.NUMBER.
 *
 *   soak-writer check SERIAL RECORDS FILE
 *
 * FILE is what the array keeps of that unit. Tells on stdout of each block that belongs to another unit, is damaged,
 * or is older than what was acknowledged; exit code 1 then, else 0.
 */
#include <errno.h>
#include <fcntl.h>
#include <scsi/sg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define BLOCK	    4096
#define SLOTS	    256 /* blocks of one writer, used in turns */
#define WRITERS_MAX 4
#define BURST	    4 /* blocks between two flushes */
#define BURSTS	    60 /* of a turn */
#define LOOKS	    20 /* at a block that is being written at that moment */
#define AREA	    (1024 * 1024) /* where the first writer's blocks begin, in bytes */
#define SERIAL_MAX  40
#define MAGIC	    "npivsoak"
#define PAUSE_NS    500000000

struct block {
	char magic[8];
	char serial[SERIAL_MAX]; /* of the unit that it is meant for */
	uint64_t writer;
	uint64_t number; /* counts up; slot number % SLOTS */
	uint64_t filler[(BLOCK - 8 - SERIAL_MAX - 24) / 8];
	uint64_t checksum; /* of all before it */
};
_Static_assert(sizeof(struct block) == BLOCK, "a block fills its block");

/* By slot: the last block that a flush acknowledged, and the last that was tried. */
struct record {
	uint64_t acknowledged[SLOTS];
	uint64_t tried[SLOTS];
};

static uint64_t checksum(const struct block *block)
{
	const uint64_t *word = (const uint64_t *)block;
	uint64_t sum = 0xcbf29ce484222325;

	for (size_t i = 0; i < BLOCK / 8 - 1; i++)
		sum = (sum ^ word[i]) * 0x100000001b3;
	return sum;
}

static void fill(struct block *block, const char *serial, uint64_t writer,
		 uint64_t number)
{
	memset(block, 0, sizeof(*block));
	memcpy(block->magic, MAGIC, sizeof(block->magic));
	memcpy(block->serial, serial, strlen(serial));
	block->writer = writer;
	block->number = number;
	for (size_t i = 0; i < sizeof(block->filler) / 8; i++)
		block->filler[i] = number * 0x9e3779b97f4a7c15 + i;
	block->checksum = checksum(block);
}

static off_t offset_of(uint64_t writer, uint64_t slot)
{
	return (off_t)(AREA + (writer * SLOTS + slot) * BLOCK);
}

/* The serial number of the unit behind an open block device; false where it does not answer. */
static bool ask_serial(int fd, char serial[SERIAL_MAX])
{
	unsigned char command[6] = { 0x12, 1, 0x80, 0, 252 }, page[252], sense[32];
	struct sg_io_hdr io = {
		.interface_id = 'S',
		.dxfer_direction = SG_DXFER_FROM_DEV,
		.cmd_len = sizeof(command),
		.cmdp = command,
		.dxfer_len = sizeof(page),
		.dxferp = page,
		.mx_sb_len = sizeof(sense),
		.sbp = sense,
		.timeout = 20000,
	};
	size_t length = 0;

	memset(page, 0, sizeof(page));
	memset(serial, 0, SERIAL_MAX);
	if (ioctl(fd, SG_IO, &io) < 0 || io.status || io.host_status || io.driver_status)
		return false;
	for (size_t i = 4; i < (size_t)page[3] + 4 && length < SERIAL_MAX - 1; i++)
		if (page[i] > ' ' && page[i] < 0x7f)
			serial[length++] = (char)page[i];
	return length > 0;
}

/* The record of a writer on a unit, shared with who checks it; NULL where it cannot be had. */
static struct record *open_record(const char *folder, const char *serial, uint64_t writer)
{
	struct record *record = NULL;
	char path[512];
	int fd;

	(void)snprintf(path, sizeof(path), "%s/%s.%u", folder, serial,
		       (unsigned int)writer);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
	if (fd < 0)
		return NULL;
	if (ftruncate(fd, sizeof(*record)) == 0)
		record = mmap(NULL, sizeof(*record), PROT_READ | PROT_WRITE, MAP_SHARED,
			      fd, 0);
	close(fd);
	return record == MAP_FAILED ? NULL : record;
}

/* The number of the next block: one more than any that was tried. */
static uint64_t next_number(const struct record *record)
{
	uint64_t last = 0;

	for (size_t i = 0; i < SLOTS; i++)
		if (record->tried[i] > last)
			last = record->tried[i];
	return last + 1;
}

/* Writes some blocks to an open device, and notes those that a flush has acknowledged. */
static bool write_burst(int fd, struct block *block, const char *serial, uint64_t writer,
			struct record *record)
{
	uint64_t first = next_number(record);

	for (uint64_t n = first; n < first + BURST; n++) {
		fill(block, serial, writer, n);
		record->tried[n % SLOTS] = n;
		if (pwrite(fd, block, BLOCK, offset_of(writer, n % SLOTS)) != BLOCK)
			return false;
	}
	if (fsync(fd) < 0)
		return false;
	for (uint64_t n = first; n < first + BURST; n++)
		record->acknowledged[n % SLOTS] = n;
	return true;
}

static bool read_meant(const char *path, char meant[SERIAL_MAX])
{
	FILE *in = fopen(path, "re");

	memset(meant, 0, SERIAL_MAX);
	if (!in)
		return false;
	if (fgets(meant, SERIAL_MAX, in))
		meant[strcspn(meant, "\n")] = '\0';
	fclose(in);
	return meant[0] != '\0';
}

static bool is_wanted(const char *gate)
{
	char path[512];

	(void)snprintf(path, sizeof(path), "%s.wanted", gate);
	return access(path, F_OK) == 0;
}

static void rest(void)
{
	struct timespec pause = { .tv_nsec = PAUSE_NS };

	nanosleep(&pause, NULL);
}

/* One turn. False: the name leads to a unit that it does not mean. */
static bool take_turn(char **args, struct block *block)
{
	char serial[SERIAL_MAX], meant[SERIAL_MAX];
	uint64_t writer = strtoul(args[5], NULL, 10);
	struct record *record;
	bool good = true;
	int fd = open(args[1], O_RDWR | O_CLOEXEC |
				       (strcmp(args[0], "direct") == 0 ? O_DIRECT : 0));

	if (fd < 0)
		return true;
	if (ask_serial(fd, serial)) {
		if (read_meant(args[3], meant) && strcmp(meant, serial) != 0) {
			printf("%s leads to unit %s, and means %s\n", args[1], serial,
			       meant);
			good = false;
		} else if ((record = open_record(args[4], serial, writer))) {
			for (int n = 0; n < BURSTS && !is_wanted(args[2]); n++) {
				if (!write_burst(fd, block, serial, writer, record))
					break;
				rest();
			}
			munmap(record, sizeof(*record));
		}
	}
	close(fd);
	return good;
}

static int write_all(char **args)
{
	struct block *block = aligned_alloc(BLOCK, BLOCK);
	int gate = open(args[2], O_RDONLY | O_CREAT | O_CLOEXEC, 0600);

	if (!block || gate < 0) {
		perror(args[2]);
		return EXIT_FAILURE;
	}
	for (;;) {
		bool good = true;

		if (flock(gate, LOCK_SH) < 0)
			return EXIT_FAILURE;
		if (!is_wanted(args[2]))
			good = take_turn(args, block);
		flock(gate, LOCK_UN);
		if (!good)
			return EXIT_FAILURE;
		rest();
	}
}

/* What is wrong with a block of this slot, which was acknowledged up to least, and tried up to most; NULL if nothing. */
static const char *judge(const struct block *block, const char *serial, uint64_t writer,
			 size_t slot, uint64_t least, uint64_t most)
{
	if (memcmp(block->magic, MAGIC, sizeof(block->magic)) != 0)
		return least > 0 ? "is not there" : NULL;
	if (block->checksum != checksum(block))
		return "is damaged";
	if (strncmp(block->serial, serial, SERIAL_MAX) != 0)
		return "belongs to another unit";
	if (block->writer != writer || block->number % SLOTS != slot)
		return "belongs to another place";
	if (block->number < least)
		return "is older than what was acknowledged";
	return block->number > most ? "was never written" : NULL;
}

/* Looks at one slot, while it may be written; tells what is wrong with it. */
static bool check_slot(int fd, struct block *block, const char *serial, uint64_t writer,
		       size_t slot, const volatile struct record *record)
{
	const char *wrong = NULL;
	uint64_t least = 0, most = 0;

	for (int look = 0; look < LOOKS; look++) {
		least = record->acknowledged[slot];
		if (pread(fd, block, BLOCK, offset_of(writer, slot)) != BLOCK)
			return true;
		most = record->tried[slot];
		wrong = judge(block, serial, writer, slot, least, most);
		if (!wrong)
			return true;
		rest();
	}
	printf("unit %s, writer %u, slot %zu: the block %s: it is %.8s %.40s %llu, acknowledged %llu, tried %llu\n",
	       serial, (unsigned int)writer, slot, wrong, block->magic, block->serial,
	       (unsigned long long)block->number, (unsigned long long)least,
	       (unsigned long long)most);
	return false;
}

static int check_all(char **args)
{
	struct block *block = aligned_alloc(BLOCK, BLOCK);
	int fd = open(args[2], O_RDONLY | O_CLOEXEC);
	bool good = true;

	if (!block || fd < 0) {
		perror(args[2]);
		return 2;
	}
	for (uint64_t writer = 0; writer < WRITERS_MAX; writer++) {
		struct record *record = open_record(args[1], args[0], writer);

		if (!record) {
			perror(args[1]);
			return 2;
		}
		for (size_t slot = 0; slot < SLOTS && good; slot++)
			good = check_slot(fd, block, args[0], writer, slot, record);
		munmap(record, sizeof(*record));
	}
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 8 && strcmp(argv[1], "write") == 0)
		return write_all(argv + 2);
	if (argc == 5 && strcmp(argv[1], "check") == 0)
		return check_all(argv + 2);
	fprintf(stderr,
		"usage: soak-writer write direct|buffered NAME GATE MEANT RECORDS NUMBER\n"
		"       soak-writer check SERIAL RECORDS FILE\n");
	return 2;
}

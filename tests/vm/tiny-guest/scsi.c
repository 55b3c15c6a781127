// SPDX-License-Identifier: LGPL-2.1-or-later
/* A driver for virtio-scsi, as small as it gets: one command at a time, by the legacy interface (Virtual
 * I/O Device 1.2, sections 2.7.2, 4.1.4.10 and 5.6). */
#include "scsi.h"

#include "console.h"
#include "machine.h"
#include "memory.h"

#define PCI_ADDRESS 0xcf8
#define PCI_DATA    0xcfc
#define PCI_COMMAND 0x04
#define PCI_BAR	    0x10
#define PCI_MASTER  0x05 /* I/O and bus master */
#define VIRTIO_SCSI 0x10041af4

/* Registers, from the first BAR on. */
#define QUEUE_PAGE    0x08
#define QUEUE_SIZE    0x0c
#define QUEUE_SELECT  0x0e
#define QUEUE_NOTIFY  0x10
#define STATUS	      0x12
#define STATUS_DRIVER 0x07 /* seen, driver there, driver ready */
#define COMMANDS      2 /* the third queue; the others are not used */

#define PAGE	    4096
#define QUEUE_MAX   256
#define NEXT	    1
#define WRITABLE    2
#define ANSWER_SIZE 255
#define LUNS_MAX    16
#define PATIENCE    (5 * 18) /* ticks */

struct descriptor {
	uint64_t address;
	uint32_t length;
	uint16_t flags, next;
};

struct request {
	uint8_t lun[8];
	uint64_t tag;
	uint8_t attribute, priority, crn;
	uint8_t cdb[32];
} __attribute__((packed));

struct response {
	uint32_t sense_length, residual;
	uint16_t qualifier;
	uint8_t status, response;
	uint8_t sense[96];
};

static struct {
	uint8_t ring[3 * PAGE] __attribute__((aligned(PAGE)));
	struct request request;
	struct response response;
	uint8_t answer[ANSWER_SIZE + 1];
	uint16_t port, size, done;
} hba;

/* --- the controller -------------------------------------------------------------------------- */

static uint32_t pci_select(unsigned slot, unsigned reg)
{
	outl(PCI_ADDRESS, 0x80000000U | slot << 11 | reg);
	return inl(PCI_DATA);
}

/* The I/O port of the first one that is on the first bus; 0 where there is none. */
static uint16_t find_controller(void)
{
	for (unsigned slot = 0; slot < 32; slot++) {
		if (pci_select(slot, 0) != VIRTIO_SCSI)
			continue;
		(void)pci_select(slot, PCI_COMMAND);
		outw(PCI_DATA, PCI_MASTER);
		return pci_select(slot, PCI_BAR) & 0xfffcU;
	}
	return 0;
}

static bool start_controller(void)
{
	hba.port = find_controller();
	if (hba.port == 0)
		return false;
	memset(&hba.ring, 0, sizeof(hba.ring));
	hba.done = 0;
	outb(hba.port + STATUS, 0);
	outb(hba.port + STATUS, STATUS_DRIVER & 3);
	outw(hba.port + QUEUE_SELECT, COMMANDS);
	hba.size = inw(hba.port + QUEUE_SIZE);
	if (hba.size == 0 || hba.size > QUEUE_MAX)
		return false;
	outl(hba.port + QUEUE_PAGE, (uint32_t)(uintptr_t)hba.ring / PAGE);
	outb(hba.port + STATUS, STATUS_DRIVER);
	return true;
}

/* --- a command ------------------------------------------------------------------------------- */

static void describe(unsigned n, const void *memory, uint32_t length, uint16_t flags)
{
	struct descriptor *descriptors = (void *)hba.ring;

	descriptors[n] = (struct descriptor){
		.address = (uint32_t)(uintptr_t)memory,
		.length = length,
		.flags = flags,
		.next = (uint16_t)(n + 1),
	};
}

/* The index of the used ring, which begins with the page behind the available one. */
static uint16_t used_index(void)
{
	unsigned available = sizeof(struct descriptor) * hba.size;
	unsigned used = (available + 6 + 2U * hba.size + PAGE - 1) / PAGE * PAGE;

	return *(volatile uint16_t *)(hba.ring + used + 2);
}

static bool send(void)
{
	volatile uint16_t *available =
		(void *)(hba.ring + sizeof(struct descriptor) * hba.size);
	uint32_t began = clock_ticks();

	describe(0, &hba.request, sizeof(hba.request), NEXT);
	describe(1, &hba.response, sizeof(hba.response), NEXT | WRITABLE);
	describe(2, hba.answer, ANSWER_SIZE, WRITABLE);
	available[2 + hba.done % hba.size] = 0;
	available[1] = ++hba.done;
	outw(hba.port + QUEUE_NOTIFY, COMMANDS);
	while (used_index() != hba.done)
		if (clock_ticks() - began > PATIENCE)
			return false;
	return hba.response.response == 0 && hba.response.status == 0;
}

/* To the logical unit of target 0: answers with at most 255 bytes. */
static bool ask(uint16_t lun, uint8_t operation, uint8_t flags, uint8_t page)
{
	bool is_long = operation == 0xa0; /* REPORT LUNS */

	memset(&hba.request, 0, sizeof(hba.request));
	memset(hba.answer, 0, sizeof(hba.answer));
	hba.request.lun[0] = 1;
	hba.request.lun[2] = (uint8_t)(0x40 | lun >> 8);
	hba.request.lun[3] = (uint8_t)lun;
	hba.request.cdb[0] = operation;
	hba.request.cdb[1] = flags;
	hba.request.cdb[2] = page;
	hba.request.cdb[is_long ? 9 : 4] = ANSWER_SIZE;
	return send();
}

/* --- what is behind it ----------------------------------------------------------------------- */

static void tell_lun(uint16_t lun)
{
	console_text("scsi lun ");
	console_decimal(lun);
	if (!ask(lun, 0x12, 0, 0)) { /* INQUIRY */
		console_text(": does not answer\n");
		return;
	}
	console_text(": vendor ");
	console_field(hba.answer + 8, 8);
	console_text(", product ");
	console_field(hba.answer + 16, 16);
	console_text(", serial ");
	if (ask(lun, 0x12, 1, 0x80)) /* the same for a page of vital product data */
		console_field(hba.answer + 4, hba.answer[3]);
	else
		console_text("none");
	console_text("\n");
}

void scsi_tell(void)
{
	uint16_t luns[LUNS_MAX];
	unsigned n;

	if (!start_controller() || !ask(0, 0xa0, 0, 0))
		return;
	n = hba.answer[3] / 8U;
	if (n > LUNS_MAX)
		n = LUNS_MAX;
	for (unsigned i = 0; i < n; i++)
		luns[i] = (uint16_t)((hba.answer[8 + 8 * i] & 0x3f) << 8 |
				     hba.answer[9 + 8 * i]);
	for (unsigned i = 0; i < n; i++)
		tell_lun(luns[i]);
}

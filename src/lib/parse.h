/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values as people write them: yes and no, numbers, time spans, modes, places of an HBA. */
#pragma once

#include "lib/util.h"

/* Each returns -EINVAL for what is not of its kind and -ERANGE for what is, but out of bounds;
 * *ret is written on success alone. None takes white space before or after. */

/* yes, y, true, t, on, 1 and no, n, false, f, off, 0 in either case, as systemd reads them
 * (systemd.syntax(7)). */
int parse_bool(const char *text, bool *ret) _must_check_;

/* Decimal digits alone: no sign, no 0x. -ERANGE above max. */
int parse_unsigned(const char *text, uint64_t max, uint64_t *ret) _must_check_;

/* Numbers with units, added up: "90s", "2min", "1min 30s", "500ms", "1h"; a number without a unit
 * is seconds. -ERANGE above what fits. */
int parse_time_span(const char *text, uint64_t *ret_usec) _must_check_;

/* Room for what format_time_span() writes: the highest span of each unit and the blanks. */
#define TIME_SPAN_TEXT_SIZE sizeof("5124095576h 59min 59s 999999us")

/* Writes a span as parse_time_span() reads it, "1min 30s". Returns buf. */
char *format_time_span(uint64_t usec, char buf[static TIME_SPAN_TEXT_SIZE]);

/* Octal permission bits, "0660" or "660". -ERANGE above 0777: a device node has no others. */
int parse_mode(const char *text, int *ret_mode) _must_check_;

/* "hostN" or "scsi_hostN" (libvirt's name of it). */
int parse_host(const char *text, int *ret_host) _must_check_;

/* Room for "00000000:04:00.1". */
#define PCI_ADDRESS_SIZE sizeof("00000000:04:00.1")

/* "0000:04:00.1" or, in domain 0, "04:00.1". Gives it as sysfs names it: with its domain, in lower
 * case. */
int parse_pci_address(const char *text,
		      char ret_address[static PCI_ADDRESS_SIZE]) _must_check_;

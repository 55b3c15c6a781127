/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Values as written by people: yes and no, numbers, time spans, modes, places of an HBA. */
#pragma once

#include "lib/util.h"

/* Each function returns -EINVAL if the text is not of its kind, and -ERANGE if it is but out of bounds; *ret is
 * written on success only. None accepts white space before or after. */

/* Reads yes, y, true, t, on, 1 and no, n, false, f, off, 0 in either case, like systemd (systemd.syntax(7)). */
int parse_bool(const char *text, bool *ret) _must_check_;

/* Reads decimal digits only: no sign, no 0x. Returns -ERANGE above max. */
int parse_unsigned(const char *text, uint64_t max, uint64_t *ret) _must_check_;

/* Reads the sum of numbers with units: "90s", "2min", "1min 30s", "500ms", "1h"; a number without a unit is in
 * seconds. Returns -ERANGE if the sum overflows. */
int parse_time_span(const char *text, uint64_t *ret_usec) _must_check_;

/* Size of the longest text of format_time_span(): the highest count of each unit and the blanks. */
#define TIME_SPAN_TEXT_SIZE sizeof("5124095576h 59min 59s 999999us")

/* Writes a span as parse_time_span() reads it, "1min 30s". Returns buf. */
char *format_time_span(uint64_t usec, char buf[static TIME_SPAN_TEXT_SIZE]);

/* Reads octal permission bits, "0660" or "660". Returns -ERANGE above 0777: a device node has no other bits. */
int parse_mode(const char *text, int *ret_mode) _must_check_;

/* Reads "hostN" or "scsi_hostN" (libvirt's form). */
int parse_host(const char *text, int *ret_host) _must_check_;

/* Size of "00000000:04:00.1". */
#define PCI_ADDRESS_SIZE sizeof("00000000:04:00.1")

/* Reads "0000:04:00.1" or, in domain 0, "04:00.1". Writes the address as sysfs shows it: with its domain, in lower
 * case. */
int parse_pci_address(const char *text,
		      char ret_address[static PCI_ADDRESS_SIZE]) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The CRC that guards an FC frame. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * The CRC-32 of FC-FS (the polynomial of Ethernet, reflected, inverted at both ends) over the
 * frame header and payload. FCoE stores it least significant byte first (FC-BB-5, 7.7).
 */
uint32_t crc32_fc(const uint8_t *data, size_t len);

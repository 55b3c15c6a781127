/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The STATUS= line that systemctl status shows while a unit starts or stops. */
#pragma once

#include "lib/util.h"

/* Sends the text to the service manager, if there is one and the text differs from the last one sent. */
void notify_status(const char *format, ...) _printf_(1, 2);

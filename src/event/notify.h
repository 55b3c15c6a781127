/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The STATUS= line that systemctl status shows while a unit starts or stops. */
#pragma once

#include "lib/util.h"

/* Tells the service manager, if there is one and the text is another than that told last. */
void notify_status(const char *format, ...) _printf_(1, 2);

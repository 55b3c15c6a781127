/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The verbs of npivctl-libvirt, as struct ctl_verb has them. */
#pragma once

#include "ctl/ctl.h"

int libvirt_import(int argc, char *argv[]);
int libvirt_prepare(int argc, char *argv[]);
int libvirt_xml(int argc, char *argv[]);

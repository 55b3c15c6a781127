/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The verbs of npivctl-libvirt, for struct ctl_verb. */
#pragma once

#include "ctl/ctl.h"

int libvirt_import(int argc, char *argv[]);
int libvirt_prepare(int argc, char *argv[]);
int libvirt_xml(int argc, char *argv[]);

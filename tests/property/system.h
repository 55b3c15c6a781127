/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The side on which the code under test meets the world: what the modules that read and write files do for it
 * in a program, done over the world in memory (memory-system.c), or by these modules themselves over a
 * tree of files (file-system.c). */
#pragma once

#include "world.h"

/* The run folder and the open sysfs that the code under test is given. */
extern const char *system_run;
extern int system_sysfs;

/* One world at a time. Begins with no name claimed. */
void system_open(struct world *world);
void system_close(void);

/* The world has changed. */
void system_show(void);

/* The event that is handled now is about this device: its udev properties. */
void system_set_event(int device);

/* What goes wrong while an event is handled. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_FULL, /* writes below the run folder fail, or some of them do; removals work */
	TROUBLE_LOCKED, /* the lock of the registry cannot be had */
	TROUBLE_KILLED, /* npiv-id cannot run: a matter of udev.c */
	_TROUBLE_MAX,
};

void system_set_trouble(enum trouble trouble, uint64_t seed);

/* Puts the change events that were asked for into the world's queue. */
void system_take_triggers(void);

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The files of the registry of names. */
#pragma once

#include "names/registry.h"

struct registry_file {
	struct registry_store
		registry; /* its context points to this struct: never copy an open one */
	int claims, devices, sysfs; /* folders */
	int lock; /* the locked file; -EBADF if only read */
};

#define REGISTRY_FILE_NULL                                                            \
	{                                                                             \
		.claims = -EBADF, .devices = -EBADF, .sysfs = -EBADF, .lock = -EBADF, \
	}

enum registry_file_mode {
	REGISTRY_FILE_READ, /* without a lock: each file is complete, but two files may be of different moments */
	REGISTRY_FILE_WRITE,
	REGISTRY_FILE_CREATE, /* write, and make missing folders */
};

/* Opens the store below run ("/run/npiv"), and locks it unless it is only read. Only root can lock it
 * (run/lock/claims has mode 0600); any user can read it. sysfs is an open folder, which the caller keeps. Returns
 * -ENOENT if no name was ever claimed, -ETIMEDOUT if another process held the lock for 10 s. */
int registry_file_open(struct registry_file *store, const char *run, int sysfs,
		       enum registry_file_mode mode) _must_check_;

/* Releases the lock. May be called for a closed store. */
void registry_file_close(struct registry_file *store);

/* Restores damaged claims of these names. A claim is restored from other claims of its devices, so call this before
 * any of those changes. */
int registry_file_restore(struct registry_file *store,
			  const struct name_list *names) _must_check_;

/* Whether a device has claimed anything. Takes no lock. */
bool registry_file_knows(const char *run, const char *device);

/* Whether any name of a pool is recorded. Takes no lock. */
bool registry_file_has_pool(const char *run, const char *pool);

/* Calls visit for each name of a pool (NULL: of all pools) until it returns an error. visit may remove the name
 * that it is called for. */
int registry_file_for_each(const struct registry_file *store, const char *pool,
			   int (*visit)(const struct registry_file *store,
					const char *link, void *context),
			   void *context) _must_check_;

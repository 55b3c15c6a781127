/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files behind the registry of names. */
#pragma once

#include "names/registry.h"

struct registry_file {
	struct registry_store
		registry; /* its context is this very struct: never copy an open one */
	int claims, devices, sysfs; /* folders */
	int lock; /* the file that is locked; -EBADF in one that is only read */
};

#define REGISTRY_FILE_NULL                                                            \
	{                                                                             \
		.claims = -EBADF, .devices = -EBADF, .sysfs = -EBADF, .lock = -EBADF, \
	}

enum registry_file_mode {
	REGISTRY_FILE_READ, /* without a lock: each file is whole, but two may be of different moments */
	REGISTRY_FILE_WRITE,
	REGISTRY_FILE_CREATE, /* write, and make the folders if they are missing */
};

/* Opens the store below run ("/run/npiv"), and locks it unless it is only read. -ENOENT: nothing was ever
 * claimed. -ETIMEDOUT: another process held the lock for 10 s. sysfs is an open folder and stays the
 * caller's. Only root can lock it (run/lock/claims has mode 0600); anybody can read it. */
int registry_file_open(struct registry_file *store, const char *run, int sysfs,
		       enum registry_file_mode mode) _must_check_;

/* Lets go of the lock. Fine on one that is closed. */
void registry_file_close(struct registry_file *store);

/* Restores those of the claims that are damaged. A claim is restored by what the other claims of its devices
 * say, so this comes before any of them changes. */
int registry_file_restore(struct registry_file *store,
			  const struct name_list *names) _must_check_;

/* Whether a device has claimed anything. Takes no lock. */
bool registry_file_knows(const char *run, const char *device);

/* Whether there is any name of a pool. Takes no lock. */
bool registry_file_has_pool(const char *run, const char *pool);

/* Calls visit for each name of a pool (NULL: of all) until it gives an error. It may remove the name
 * that it is called for. */
int registry_file_for_each(const struct registry_file *store, const char *pool,
			   int (*visit)(const struct registry_file *store,
					const char *link, void *context),
			   void *context) _must_check_;

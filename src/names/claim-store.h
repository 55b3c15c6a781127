/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files behind the ledger of names. */
#pragma once

#include "names/ledger.h"

struct claim_store {
	struct ledger_store
		ledger; /* its context is this very struct: never copy an open one */
	int claims, devices, sysfs; /* folders */
	int lock; /* the file that is locked; -EBADF in one that is only read */
};

#define CLAIM_STORE_NULL                                                              \
	{                                                                             \
		.claims = -EBADF, .devices = -EBADF, .sysfs = -EBADF, .lock = -EBADF, \
	}

enum claim_store_mode {
	CLAIM_STORE_READ, /* without a lock: each file is whole, but two may be of different moments */
	CLAIM_STORE_WRITE,
	CLAIM_STORE_CREATE, /* write, and make the folders where they are missing */
};

/* Opens the store below run ("/run/npiv"), and locks it unless it is only read. -ENOENT: nothing was ever
 * claimed. -ETIMEDOUT: another process held the lock for 10 s. sysfs is an open folder and stays the
 * caller's. Only root can lock it (run/lock/claims has mode 0600); anybody can read it. */
int claim_store_open(struct claim_store *store, const char *run, int sysfs,
		     enum claim_store_mode mode) _must_check_;

/* Lets go of the lock. Fine on one that is closed. */
void claim_store_close(struct claim_store *store);

/* Restores those of the claims that are damaged. A claim is restored by what the other claims of its devices
 * say, so this comes before any of them changes. */
int claim_store_restore(struct claim_store *store,
			const struct name_list *names) _must_check_;

/* Whether a device has claimed anything. Takes no lock. */
bool claim_store_knows(const char *run, const char *device);

/* Whether there is any name of a pool. Takes no lock. */
bool claim_store_has_pool(const char *run, const char *pool);

/* Calls visit for each name of a pool (NULL: of all) until it gives an error. It may remove the name
 * that it is called for. */
int claim_store_for_each(const struct claim_store *store, const char *pool,
			 int (*visit)(const struct claim_store *store, const char *link,
				      void *context),
			 void *context) _must_check_;

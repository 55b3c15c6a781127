/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files behind the ledger of names. */
#pragma once

#include "core/ledger.h"

struct claim_store {
	struct ledger_store
		ledger; /* its context is this very struct: never copy an open one */
	int claims, devices, sysfs; /* folders; claims carries the lock */
};

#define CLAIM_STORE_NULL                                             \
	{                                                            \
		.claims = -EBADF, .devices = -EBADF, .sysfs = -EBADF \
	}

enum {
	CLAIM_STORE_CREATE = 1 << 0, /* make the folders where they are missing */
	CLAIM_STORE_SHARED = 1 << 1, /* lock it for reading only */
};

/* Opens and locks the store below run ("/run/npiv"). -ENOENT: nothing was ever claimed. -ETIMEDOUT:
 * another held the lock for all of 10 s. sysfs is an open folder and stays the caller's. */
int claim_store_open(struct claim_store *store, const char *run, int sysfs,
		     unsigned flags) _must_check_;

/* Lets go of the lock. Fine on one that is closed. */
void claim_store_close(struct claim_store *store);

/* Whether a device has claimed anything. Takes no lock. */
bool claim_store_knows(const char *run, const char *device);

/* Calls visit for each name of a pool (NULL: of all) until it gives an error. It may remove the name
 * that it is called for. */
int claim_store_for_each(const struct claim_store *store, const char *pool,
			 int (*visit)(const struct claim_store *store, const char *link,
				      void *context),
			 void *context) _must_check_;

/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Locks below /run/npiv/lock: one writer per parent HBA, one run per vHBA, one take-down per pool, and one run for
 * all guests. */
#pragma once

#include "lib/util.h"

/* A lock is a descriptor from FD_LOCK_MIN on (lib/fd.h). Children of lib/worker.h do not inherit it, so that a
 * child that hangs in a driver holds no lock; only a survivor inherits the lock that it is given. */

/* Takes a lock, and waits for it until deadline (now_usec() of lib/clock.h; 0 does not wait). Returns a descriptor
 * that holds the lock until it is closed, -EAGAIN if another process kept the lock, -ECANCELED if SIGTERM or
 * SIGINT, which the caller blocks, ended the wait, or -errno. run is "/run/npiv". */
int lock_take_parent(const char *run, uint64_t parent_wwpn,
		     uint64_t deadline) _must_check_;
int lock_take_vhba(const char *run, const char *name, uint64_t deadline) _must_check_;
int lock_take_pool(const char *run, const char *pool, uint64_t deadline) _must_check_;
int lock_take_guests(const char *run, uint64_t deadline) _must_check_;

/* Names this process as the holder. lock_take_*() does so; a child that was given a lock does it again. */
void lock_sign(int lock);

/* Writes which process holds a lock that could not be taken: "process 12 (npiv-vport start web01) holds it". */
void lock_print_holder_of_parent(const char *run, uint64_t parent_wwpn, char *buf,
				 size_t size);
void lock_print_holder_of_vhba(const char *run, const char *name, char *buf, size_t size);

// SPDX-License-Identifier: LGPL-2.1-or-later
/* The ledger of names as files below /run/npiv, behind one lock. */
#include "names/claim-dir.h"
#include "names/claim-store.h"
#include "lib/fd.h"

/* Sends the events that are due. Without the lock: each makes another npiv-id wait for it. */
static int wake(int sysfs, const struct ledger_wake *list)
{
	int result = 0;

	for (size_t i = 0; i < list->n; i++) {
		int r = device_trigger(sysfs, list->items[i].device,
				       list->items[i].is_self);

		if (r < 0)
			result = r;
	}
	return result;
}

int claim_dir_claim(const char *run, int sysfs, const struct device *device,
		    const struct claim_unit *unit, struct name_list *names)
{
	_cleanup_(ledger_wake_done) struct ledger_wake list = { 0 };
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	struct ledger_device self;
	int r, s;

	assert(device);
	assert(unit);

	self = (struct ledger_device){
		.name = device->name,
		.sequence = device->sequence,
		.unit = *unit,
		.is_idle = device->kind == DEVICE_DISK && lun_is_idle(&device->lun),
		.has_loose_partitions = device->kind == DEVICE_MAP,
	};
	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_CREATE);
	if (r < 0)
		return r;
	r = claim_store_restore(&store, names);
	if (r >= 0)
		r = ledger_claim(&store.ledger, &self, names, &list);
	claim_store_close(&store);
	s = wake(sysfs, &list);
	return r < 0 ? r : s;
}

int claim_dir_drop(const char *run, int sysfs, const char *device, uint64_t sequence)
{
	_cleanup_(ledger_wake_done) struct ledger_wake list = { 0 };
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	int r, s;

	assert(device);

	if (!claim_store_knows(run, device))
		return 0;
	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_WRITE);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = ledger_drop(&store.ledger, device, sequence, &list);
	claim_store_close(&store);
	s = wake(sysfs, &list);
	return r < 0 ? r : s;
}

int claim_dir_release(const char *run, int sysfs, const char *device)
{
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	const struct ledger_entry nothing = { 0 };
	int r;

	assert(device);

	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_WRITE);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	return store.ledger.save_entry(store.ledger.context, device, &nothing);
}

void claim_dir_look(const char *run, int sysfs, const struct device *device,
		    const struct claim_unit *unit, struct name_list *names)
{
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	const struct ledger_device self = {
		.name = device->name,
		.sequence = device->sequence,
		.unit = *unit,
	};

	for (size_t i = 0; i < names->n; i++) {
		struct device_name *name = &names->names[i];

		name->is_granted = name->is_disputed = name->is_first = false;
	}
	if (claim_store_open(&store, run, sysfs, CLAIM_STORE_READ) >= 0)
		ledger_look(&store.ledger, &self, names);
}

int claim_dir_is_granted(const char *run, int sysfs, const char *device,
			 bool *ret_granted)
{
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	int r;

	assert(ret_granted);

	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_READ);
	if (r == -ENOENT) {
		*ret_granted = false;
		return 0;
	}
	return r < 0 ? r : ledger_device_is_granted(&store.ledger, device, ret_granted);
}

int claim_dir_identity(const char *run, int sysfs, const char *device,
		       char **ret_identity)
{
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	int r;

	assert(ret_identity);

	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_READ);
	if (r == -ENOENT) {
		*ret_identity = NULL;
		return 0;
	}
	return r < 0 ? r : ledger_identity(&store.ledger, device, ret_identity);
}

typedef int (*visit_fn)(const struct claim_store *store, const char *link, void *context);

static int settle_link(const struct claim_store *store, const char *link, void *context)
{
	return ledger_settle(&store->ledger, link, context);
}

static int forget_link(const struct claim_store *store, const char *link, void *context)
{
	return ledger_forget(&store->ledger, link, context);
}

static int accept_link(const struct claim_store *store, const char *link, void *context)
{
	return ledger_accept(&store->ledger, link, context);
}

static int change_pool(const char *run, int sysfs, const char *pool, visit_fn visit)
{
	_cleanup_(ledger_wake_done) struct ledger_wake list = { 0 };
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	int r, s;

	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_WRITE);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = claim_store_for_each(&store, pool, visit, &list);
	claim_store_close(&store);
	s = wake(sysfs, &list);
	return r < 0 ? r : s;
}

bool claim_dir_has_names(const char *run, const char *pool)
{
	assert(run);
	assert(pool);

	return claim_store_has_pool(run, pool);
}

int claim_dir_settle(const char *run, int sysfs, const char *pool)
{
	assert(pool);

	return change_pool(run, sysfs, pool, settle_link);
}

int claim_dir_forget(const char *run, int sysfs, const char *pool)
{
	assert(pool);

	return change_pool(run, sysfs, pool, forget_link);
}

int claim_dir_accept(const char *run, int sysfs, const char *pool)
{
	assert(pool);

	return change_pool(run, sysfs, pool, accept_link);
}

static int collect_conflict(const struct claim_store *store, const char *link,
			    void *context)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	struct conflict_list *list = context;
	struct name_conflict *conflict;
	int r;

	r = store->ledger.load_claim(store->ledger.context, link, &claim);
	if (r < 0)
		return r;
	if (claim.n_claimants == 0 || claim_is_granted(&claim))
		return 0;
	conflict = array_grow(&list->conflicts, list->n, sizeof(*conflict));
	if (!conflict)
		return -ENOMEM;

	(void)snprintf(conflict->link, sizeof(conflict->link), "%s", link);
	conflict->claim = claim;
	claim = (struct claim){ 0 };
	list->n++;
	return 0;
}

static int compare_conflicts(const void *a, const void *b)
{
	const struct name_conflict *x = a, *y = b;

	return strcmp(x->link, y->link);
}

int claim_dir_conflicts(const char *run, int sysfs, const char *pool,
			struct conflict_list *ret_list)
{
	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	_cleanup_(claim_store_close) struct claim_store store = CLAIM_STORE_NULL;
	int r;

	assert(ret_list);

	r = claim_store_open(&store, run, sysfs, CLAIM_STORE_READ);
	if (r < 0 && r != -ENOENT)
		return r;
	if (r >= 0) {
		r = claim_store_for_each(&store, pool, collect_conflict, &list);
		if (r < 0)
			return r;
	}
	if (list.n > 0)
		qsort(list.conflicts, list.n, sizeof(*list.conflicts), compare_conflicts);

	*ret_list = list;
	list = (struct conflict_list){ 0 };
	return 0;
}

void conflict_list_done(struct conflict_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		claim_done(&list->conflicts[i].claim);
	free(list->conflicts);
	*list = (struct conflict_list){ 0 };
}

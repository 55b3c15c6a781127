// SPDX-License-Identifier: LGPL-2.1-or-later
/* The registry of names, as files below /run/npiv that one lock protects. */
#include "names/names.h"
#include "names/registry-file.h"
#include "lib/fd.h"
#include "lib/text.h"

/* Sends the collected events. The caller has released the lock: each event starts another npiv-id, which takes the
 * lock. */
static int names_retrigger(int sysfs, const struct retrigger_list *list)
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

int names_claim(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names)
{
	_cleanup_(retrigger_list_done) struct retrigger_list list = { 0 };
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	struct registry_device self;
	int r, s;

	assert(device);
	assert(unit);

	self = (struct registry_device){
		.name = device->name,
		.sequence = device->sequence,
		.unit = *unit,
		.is_idle = device->kind == DEVICE_DISK && lun_is_idle(&device->lun),
		.is_map = device->kind == DEVICE_MAP,
	};
	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_CREATE);
	if (r < 0)
		return r;
	r = registry_file_restore(&store, names);
	if (r >= 0)
		r = registry_claim(&store.registry, &self, names, &list);
	registry_file_close(&store);
	s = names_retrigger(sysfs, &list);
	return r < 0 ? r : s;
}

int names_drop(const char *run, int sysfs, const char *device, uint64_t sequence)
{
	_cleanup_(retrigger_list_done) struct retrigger_list list = { 0 };
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	int r, s;

	assert(device);

	if (!registry_file_knows(run, device))
		return 0;
	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_WRITE);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = registry_drop(&store.registry, device, sequence, &list);
	registry_file_close(&store);
	s = names_retrigger(sysfs, &list);
	return r < 0 ? r : s;
}

int names_release(const char *run, int sysfs, const char *device)
{
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	const struct device_names nothing = { 0 };
	int r;

	assert(device);

	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_WRITE);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	return store.registry.save_device(store.registry.context, device, &nothing);
}

void names_look(const char *run, int sysfs, const struct device *device,
		const struct claim_unit *unit, struct name_list *names)
{
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	const struct registry_device self = {
		.name = device->name,
		.sequence = device->sequence,
		.unit = *unit,
	};

	for (size_t i = 0; i < names->n; i++) {
		struct device_name *name = &names->names[i];

		name->is_granted = name->is_disputed = name->is_first = false;
	}
	if (registry_file_open(&store, run, sysfs, REGISTRY_FILE_READ) >= 0)
		registry_look(&store.registry, &self, names);
}

int names_is_granted(const char *run, int sysfs, const char *device, bool *ret_granted)
{
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	int r;

	assert(ret_granted);

	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_READ);
	if (r == -ENOENT) {
		*ret_granted = false;
		return 0;
	}
	return r < 0 ? r :
		       registry_device_is_granted(&store.registry, device, ret_granted);
}

int names_record(const char *run, int sysfs, const char *device,
		 struct name_list *ret_names)
{
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	int r;

	assert(ret_names);

	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_READ);
	if (r == -ENOENT) {
		*ret_names = (struct name_list){ 0 };
		return 0;
	}
	return r < 0 ? r : registry_record(&store.registry, device, ret_names);
}

int names_identity(const char *run, int sysfs, const char *device, char **ret_identity)
{
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	int r;

	assert(ret_identity);

	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_READ);
	if (r == -ENOENT) {
		*ret_identity = NULL;
		return 0;
	}
	return r < 0 ? r : registry_identity(&store.registry, device, ret_identity);
}

typedef int (*visit_fn)(const struct registry_file *store, const char *link,
			void *context);

static int settle_link(const struct registry_file *store, const char *link, void *context)
{
	return registry_settle(&store->registry, link, context);
}

static int forget_link(const struct registry_file *store, const char *link, void *context)
{
	return registry_forget(&store->registry, link, context);
}

static int accept_link(const struct registry_file *store, const char *link, void *context)
{
	return registry_accept(&store->registry, link, context);
}

static int change_pool(const char *run, int sysfs, const char *pool, visit_fn visit)
{
	_cleanup_(retrigger_list_done) struct retrigger_list list = { 0 };
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	int r, s;

	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_WRITE);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	r = registry_file_for_each(&store, pool, visit, &list);
	registry_file_close(&store);
	s = names_retrigger(sysfs, &list);
	return r < 0 ? r : s;
}

bool names_has_names(const char *run, const char *pool)
{
	assert(run);
	assert(pool);

	return registry_file_has_pool(run, pool);
}

int names_settle(const char *run, int sysfs, const char *pool)
{
	assert(pool);

	return change_pool(run, sysfs, pool, settle_link);
}

int names_forget(const char *run, int sysfs, const char *pool)
{
	assert(pool);

	return change_pool(run, sysfs, pool, forget_link);
}

int names_accept(const char *run, int sysfs, const char *pool)
{
	assert(pool);

	return change_pool(run, sysfs, pool, accept_link);
}

int names_confirm(const char *run, int sysfs, const char *pool, bool is_shared)
{
	return is_shared ? names_accept(run, sysfs, pool) :
			   names_forget(run, sysfs, pool);
}

static int collect_conflict(const struct registry_file *store, const char *link,
			    void *context)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	struct conflict_list *list = context;
	struct name_conflict *conflict;
	int r;

	r = store->registry.load_claim(store->registry.context, link, &claim);
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

int names_conflicts(const char *run, int sysfs, const char *pool,
		    struct conflict_list *ret_list)
{
	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	_cleanup_(registry_file_close) struct registry_file store = REGISTRY_FILE_NULL;
	int r;

	assert(ret_list);

	r = registry_file_open(&store, run, sysfs, REGISTRY_FILE_READ);
	if (r < 0 && r != -ENOENT)
		return r;
	if (r >= 0) {
		r = registry_file_for_each(&store, pool, collect_conflict, &list);
		if (r < 0)
			return r;
	}
	if (list.n > 0)
		qsort(list.conflicts, list.n, sizeof(*list.conflicts), compare_conflicts);

	*ret_list = list;
	list = (struct conflict_list){ 0 };
	return 0;
}

static char *conflict_claimants(const struct name_conflict *conflict)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	return TEXT_OF(&text, &size, dispute_print_claimants, &conflict->claim) < 0 ?
		       NULL :
		       TAKE_PTR(text);
}

/* Prints all names with the same claimants as this one, unless an earlier name has them. Returns whether it printed
 * any name. */
static bool conflict_print_group(const struct conflict_list *list, size_t i,
				 const char *separator, FILE *out)
{
	_cleanup_free_ char *claimants = conflict_claimants(&list->conflicts[i]);
	unsigned n = 0;

	for (size_t k = 0; k < list->n && claimants; k++) {
		_cleanup_free_ char *others = conflict_claimants(&list->conflicts[k]);

		if (!others || !streq(others, claimants))
			continue;
		if (k < i)
			return false;
		fprintf(out, "%s%s", n++ == 0 ? separator : " and ",
			list->conflicts[k].link);
	}
	if (n > 0)
		fprintf(out, " %s claimed by %s", n == 1 ? "is" : "are", claimants);
	return n > 0;
}

bool names_describe_conflicts(const char *run, int sysfs, const char *pool,
			      const char *separator, char *buf, size_t size)
{
	bool is_first = true;

	_cleanup_(conflict_list_done) struct conflict_list list = { 0 };
	_cleanup_fclose_ FILE *out = NULL;

	assert(buf);
	assert(size > 1);

	if (names_conflicts(run, sysfs, pool, &list) < 0 || list.n == 0)
		return false;
	memset(buf, 0, size);
	out = fmemopen(buf, size - 1, "w");
	if (!out)
		return false;
	for (size_t i = 0; i < list.n; i++)
		if (conflict_print_group(&list, i, is_first ? "" : separator, out))
			is_first = false;
	return true;
}

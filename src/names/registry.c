// SPDX-License-Identifier: LGPL-2.1-or-later
/* How events of devices change the claims of names. */
#include "names/registry.h"
#include "lib/record.h"

/* A claim while it is changed. */
struct transaction {
	const char *link;
	struct claim claim, before;
	bool is_dirty;
};

static int retrigger_list_add(struct retrigger_list *retrigger, const char *device,
			      bool is_self)
{
	typeof(retrigger->items) item;

	for (size_t i = 0; i < retrigger->n; i++)
		if (streq(retrigger->items[i].device, device))
			return 0;
	item = array_grow(&retrigger->items, retrigger->n, sizeof(*item));
	if (!item)
		return -ENOMEM;

	(void)snprintf(item->device, sizeof(item->device), "%s", device);
	item->is_self = is_self;
	retrigger->n++;
	return 0;
}

static bool entry_equals(const struct device_names *entry, const struct name_list *names)
{
	if (entry->n_links != names->n)
		return false;
	for (size_t i = 0; i < names->n; i++)
		if (!streq(entry->links[i], names->names[i].link))
			return false;
	return true;
}

static bool names_have(const struct name_list *names, const char *link)
{
	for (size_t i = 0; i < names->n; i++)
		if (streq(names->names[i].link, link))
			return true;
	return false;
}

/* Drops the claims of devices that disappeared without an event. alive: a device that is known to exist; may be
 * NULL. */
static void drop_the_dead(const struct registry_store *store, const char *alive,
			  struct transaction *transaction)
{
	for (size_t i = transaction->claim.n_claimants; i-- > 0;) {
		const struct claimant *claimant = &transaction->claim.claimants[i];

		if ((alive && streq(alive, claimant->device)) ||
		    store->is_alive(store->context, claimant))
			continue;
		(void)claim_drop(&transaction->claim, claimant->device);
		transaction->is_dirty = true;
	}
}

static int transaction_begin(const struct registry_store *store, const char *link,
			     struct transaction *ret)
{
	int r;

	*ret = (struct transaction){ .link = link };
	r = store->load_claim(store->context, link, &ret->claim);
	return r < 0 ? r : claim_copy(&ret->claim, &ret->before);
}

struct event {
	const char *self; /* the device of the event; NULL for none */
	bool is_old; /* this device had claimed the name before */
};

static const struct event no_event;

/* Retriggers a device. The device of the event itself needs no further event, but its partitions need one if it had
 * claimed the name before. */
static int retrigger_unless_new(const struct event *event, const char *device,
				struct retrigger_list *retrigger)
{
	bool is_self = event->self && streq(device, event->self);

	return is_self && !event->is_old ? 0 :
					   retrigger_list_add(retrigger, device, is_self);
}

/* The first of several paths to a logical unit gets its name. If another path is the first now, both must evaluate
 * the name again: the new one to take it, the old one to drop it. */
static int retrigger_first(const struct transaction *transaction,
			   const struct event *event, struct retrigger_list *retrigger)
{
	const char *first = claim_first(&transaction->claim);
	const char *before = claim_first(&transaction->before);
	int r;

	if (!*first || !*before || streq(first, before))
		return 0;
	r = retrigger_unless_new(event, first, retrigger);
	if (r >= 0 && claim_find(&transaction->claim, before))
		r = retrigger_unless_new(event, before, retrigger);
	return r;
}

/* Retriggers the devices for which the verdict on the name changed. */
static int retrigger_turned(const struct transaction *transaction,
			    const struct event *event, struct retrigger_list *retrigger)
{
	int r = 0;

	for (size_t i = 0; i < transaction->claim.n_claimants && r >= 0; i++) {
		const char *device = transaction->claim.claimants[i].device;

		if (claim_grants(&transaction->claim, device) !=
		    claim_grants(&transaction->before, device))
			r = retrigger_unless_new(event, device, retrigger);
	}
	return r;
}

/* Partitions of a map, which are separate devices, may have evaluated their names before the claim of the map was
 * made or dropped. */
static int retrigger_loose(const struct registry_device *device,
			   struct retrigger_list *retrigger)
{
	return device->is_map ? retrigger_list_add(retrigger, device->name, true) : 0;
}

/* Saves the claim and collects the devices that must evaluate their names again. */
static int transaction_finish(const struct registry_store *store,
			      struct transaction *transaction, const struct event *event,
			      struct retrigger_list *retrigger)
{
	int r;

	if (name_is_by_target(transaction->link))
		claim_unpin(&transaction->claim);
	else {
		r = claim_pin(&transaction->claim);
		if (r < 0)
			return r;
		transaction->is_dirty = transaction->is_dirty || r > 0;
	}
	if (transaction->is_dirty) {
		r = store->save_claim(store->context, transaction->link,
				      &transaction->claim);
		if (r < 0)
			return r;
	}
	r = retrigger_turned(transaction, event, retrigger);
	return r < 0 ? r : retrigger_first(transaction, event, retrigger);
}

static void transaction_done(struct transaction *transaction)
{
	claim_done(&transaction->claim);
	claim_done(&transaction->before);
}

/* alive: see drop_the_dead(). Returns 1 if the device exists, 0 if it is already gone. */
static int claim_one(const struct registry_store *store,
		     const struct registry_device *device, const char *alive,
		     struct device_name *name, struct retrigger_list *retrigger)
{
	_cleanup_(transaction_done) struct transaction transaction = { 0 };
	struct event event = { .self = device->name };
	struct claimant self = {
		.sequence = device->sequence,
		.unit = device->unit,
		.is_idle = device->is_idle,
		.is_map = device->is_map,
	};
	bool is_changed;
	int r;

	r = transaction_begin(store, name->link, &transaction);
	if (r < 0)
		return r;
	event.is_old = claim_find(&transaction.claim, device->name) != NULL;
	/* Do this first: if no claimant remains, the new one sets the size of the pin. */
	drop_the_dead(store, alive, &transaction);
	(void)snprintf(self.device, sizeof(self.device), "%s", device->name);
	r = claim_set(&transaction.claim, &self);
	if (r < 0)
		return r;
	is_changed = r > 0;
	transaction.is_dirty = transaction.is_dirty || is_changed;
	if (!alive && !store->is_alive(store->context, &self))
		transaction.is_dirty = claim_drop(&transaction.claim, device->name);
	r = transaction_finish(store, &transaction, &event, retrigger);
	if (r >= 0 && is_changed)
		r = retrigger_loose(device, retrigger);
	if (r < 0)
		return r;

	name->is_granted = claim_grants(&transaction.claim, device->name);
	name->is_disputed = claim_find(&transaction.claim, device->name) &&
			    !name->is_granted;
	name->is_news = is_changed && !name->is_granted;
	name->is_first = claim_is_first(&transaction.claim, device->name);
	return name->is_granted || name->is_disputed;
}

static int drop_one(const struct registry_store *store, const char *device,
		    const char *link, struct retrigger_list *retrigger)
{
	_cleanup_(transaction_done) struct transaction transaction = { 0 };
	int r;

	r = transaction_begin(store, link, &transaction);
	if (r < 0)
		return r;
	transaction.is_dirty = claim_drop(&transaction.claim, device);
	drop_the_dead(store, NULL, &transaction);
	return transaction_finish(store, &transaction, &no_event, retrigger);
}

static int save_device(const struct registry_store *store, const char *device,
		       const struct device_names *old, const struct name_list *names)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };

	if (entry_equals(old, names))
		return 0;
	for (size_t i = 0; i < names->n; i++) {
		int r = device_names_add(&entry, names->names[i].link);

		if (r < 0)
			return r;
	}
	return store->save_device(store->context, device, &entry);
}

int registry_claim(const struct registry_store *store,
		   const struct registry_device *device, struct name_list *names,
		   struct retrigger_list *retrigger)
{
	_cleanup_(device_names_done) struct device_names old = { 0 };
	const char *alive = NULL;
	int r;

	assert(store);
	assert(device);
	assert(names);
	assert(retrigger);

	r = store->load_device(store->context, device->name, &old);
	/* Replace a list that cannot be read. Claims that only this list knew of end with the device. */
	if (r < 0 && r != -EBADMSG)
		return r;
	/* Drop old claims before the list is saved, and make new ones after: if this is interrupted, the list still
	 * names every claim. A claim that no list names could never be dropped. */
	for (size_t i = 0; i < old.n_links; i++) {
		if (names_have(names, old.links[i]))
			continue;
		r = drop_one(store, device->name, old.links[i], retrigger);
		if (r >= 0)
			r = retrigger_loose(device, retrigger);
		if (r < 0)
			return r;
	}
	r = save_device(store, device->name, &old, names);
	if (r < 0)
		return r;
	for (size_t i = 0; i < names->n; i++) {
		r = claim_one(store, device, alive, &names->names[i], retrigger);
		if (r < 0)
			return r;
		/* One look is enough for all names: a device that disappears later drops its names by its own
		 * event. */
		alive = r > 0 ? device->name : NULL;
	}
	return 0;
}

/* Whether a later device of the same name claims a link. Returns 1, 0 or -errno. */
static int is_of_a_later(const struct registry_store *store, const char *device,
			 uint64_t sequence, const char *link)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	const struct claimant *claimant;
	int r;

	r = store->load_claim(store->context, link, &claim);
	if (r < 0)
		return r;
	claimant = claim_find(&claim, device);
	return claimant && claimant->sequence > sequence;
}

int registry_drop(const struct registry_store *store, const char *device,
		  uint64_t sequence, struct retrigger_list *retrigger)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	const struct device_names nothing = { 0 };
	int r;

	assert(store);
	assert(device);
	assert(retrigger);

	r = store->load_device(store->context, device, &entry);
	/* A list that cannot be read must not hinder the next device of the same name. The claims of this device
	 * are dropped as those of a dead device by the next event of the names. */
	if (r == -EBADMSG)
		return store->save_device(store->context, device, &nothing);
	if (r < 0 || entry.n_links == 0)
		return r;
	/* A device claims all its names at once, so the first one is enough. */
	if (sequence != 0) {
		r = is_of_a_later(store, device, sequence, entry.links[0]);
		if (r != 0)
			return r < 0 ? r : 0;
	}
	for (size_t i = 0; i < entry.n_links; i++) {
		r = drop_one(store, device, entry.links[i], retrigger);
		if (r < 0)
			return r;
	}
	/* A device that still exists has dropped its names, and its partitions must drop theirs. */
	r = sequence == 0 ? retrigger_list_add(retrigger, device, true) : 0;
	return r < 0 ? r : store->save_device(store->context, device, &nothing);
}

static int look_one(const struct registry_store *store, const char *device,
		    const char *link, bool *ret_granted)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	int r;

	r = store->load_claim(store->context, link, &claim);
	if (r < 0)
		return r;
	*ret_granted = claim_grants(&claim, device);
	return 0;
}

/* Ignores the claim of an earlier device of the same name, and a claim as another logical unit. */
static void look_at(const struct claim *claim, const struct registry_device *device,
		    struct device_name *name)
{
	const struct claimant *claimant = claim_find(claim, device->name);
	bool is_claimed = claimant && claimant->sequence == device->sequence &&
			  claim_is_one_unit(&claimant->unit, &device->unit);

	name->is_granted = is_claimed && claim_grants(claim, device->name);
	name->is_disputed = is_claimed && !name->is_granted;
	name->is_first = claim_is_first(claim, device->name);
	name->is_news = false;
}

void registry_look(const struct registry_store *store,
		   const struct registry_device *device, struct name_list *names)
{
	assert(store);
	assert(device);
	assert(names);

	for (size_t i = 0; i < names->n; i++) {
		_cleanup_(claim_done) struct claim claim = { 0 };
		struct device_name *name = &names->names[i];

		if (store->load_claim(store->context, name->link, &claim) < 0)
			claim = (struct claim){ 0 };
		look_at(&claim, device, name);
	}
}

int registry_device_is_granted(const struct registry_store *store, const char *device,
			       bool *ret_granted)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	bool is_granted;
	int r;

	assert(store);
	assert(device);
	assert(ret_granted);

	r = store->load_device(store->context, device, &entry);
	if (r < 0)
		return r;
	is_granted = entry.n_links > 0;
	for (size_t i = 0; i < entry.n_links && is_granted; i++) {
		r = look_one(store, device, entry.links[i], &is_granted);
		if (r < 0)
			return r;
	}

	*ret_granted = is_granted;
	return 0;
}

int registry_record(const struct registry_store *store, const char *device,
		    struct name_list *ret_names)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	struct name_list names = { 0 };
	int r;

	assert(store);
	assert(device);
	assert(ret_names);

	r = store->load_device(store->context, device, &entry);
	for (size_t i = 0; r >= 0 && i < entry.n_links && names.n < NAMING_MAX; i++) {
		_cleanup_(claim_done) struct claim claim = { 0 };
		struct device_name *name = &names.names[names.n];
		const struct claimant *claimant;

		r = store->load_claim(store->context, entry.links[i], &claim);
		claimant = r < 0 ? NULL : claim_find(&claim, device);
		if (!claimant || !store->is_alive(store->context, claimant))
			continue;
		*name = (struct device_name){ .is_wanted = true };
		(void)snprintf(name->link, sizeof(name->link), "%s", entry.links[i]);
		name->is_granted = claim_grants(&claim, device);
		name->is_disputed = !name->is_granted;
		names.n++;
	}
	if (r < 0)
		return r;

	*ret_names = names;
	return 0;
}

int registry_identity(const struct registry_store *store, const char *device,
		      char **ret_identity)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	_cleanup_(claim_done) struct claim claim = { 0 };
	const struct claimant *claimant;
	char *identity = NULL;
	int r;

	assert(store);
	assert(device);
	assert(ret_identity);

	r = store->load_device(store->context, device, &entry);
	if (r < 0)
		return r;
	/* A device claims all its names as one logical unit, so the first one is enough. */
	if (entry.n_links > 0) {
		r = store->load_claim(store->context, entry.links[0], &claim);
		if (r < 0)
			return r;
		claimant = claim_find(&claim, device);
		if (claimant && store->is_alive(store->context, claimant)) {
			identity = strdup(claimant->unit.identity);
			if (!identity)
				return -ENOMEM;
		}
	}

	*ret_identity = identity;
	return 0;
}

static int forget_name(const struct registry_store *store, const char *link,
		       bool keeps_agreed, struct retrigger_list *retrigger)
{
	_cleanup_(transaction_done) struct transaction transaction = { 0 };
	int r;

	assert(store);
	assert(link);
	assert(retrigger);

	r = transaction_begin(store, link, &transaction);
	/* Forget a claim that cannot be read, too; devices that exist claim the name anew. */
	if (r < 0 && r != -EBADMSG)
		return r;
	transaction.is_dirty = true;
	drop_the_dead(store, NULL, &transaction);
	if (!keeps_agreed || !claim_is_of_pin(&transaction.claim))
		claim_unpin(&transaction.claim);
	return transaction_finish(store, &transaction, &no_event, retrigger);
}

int registry_settle(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger)
{
	return forget_name(store, link, false, retrigger);
}

int registry_forget(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger)
{
	return forget_name(store, link, true, retrigger);
}

int registry_accept(const struct registry_store *store, const char *link,
		    struct retrigger_list *retrigger)
{
	_cleanup_(transaction_done) struct transaction transaction = { 0 };
	int r;

	assert(store);
	assert(link);
	assert(retrigger);

	r = transaction_begin(store, link, &transaction);
	if (r < 0)
		return r;
	drop_the_dead(store, NULL, &transaction);
	if (claim_is_agreed(&transaction.claim) && !claim_is_of_pin(&transaction.claim)) {
		transaction.is_dirty = true;
		claim_unpin(&transaction.claim);
	}
	return transaction_finish(store, &transaction, &no_event, retrigger);
}

void retrigger_list_done(struct retrigger_list *retrigger)
{
	free(retrigger->items);
	*retrigger = (struct retrigger_list){ 0 };
}

int device_names_add(struct device_names *entry, const char *link)
{
	char(*item)[NPIV_LINK_MAX];

	assert(entry);
	assert(link);

	item = array_grow(&entry->links, entry->n_links, sizeof(*item));
	if (!item)
		return -ENOMEM;
	(void)snprintf(*item, sizeof(*item), "%s", link);
	entry->n_links++;
	return 0;
}

void device_names_print(const struct device_names *entry, FILE *out)
{
	assert(entry);
	assert(out);

	for (size_t i = 0; i < entry->n_links; i++)
		fprintf(out, "%s\n", entry->links[i]);
}

/* "POOL/NAME" or "POOL/by-target/NAME": each part is a name. */
static bool is_link(const char *link)
{
	char part[NPIV_NAME_MAX + 1];
	unsigned n = 0;

	for (;; link++) {
		size_t length = strcspn(link, "/");

		if (length > NPIV_NAME_MAX || ++n > 3)
			return false;
		memcpy(part, link, length);
		part[length] = '\0';
		if (!name_is_valid(part))
			return false;
		link += length;
		if (!*link)
			return n > 1;
	}
}

static int device_names_read(void *context, char *line, size_t number _unused_)
{
	return is_link(line) ? device_names_add(context, line) : -EBADMSG;
}

int device_names_parse(const char *text, size_t size, struct device_names *ret_entry)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	int r;

	assert(text);
	assert(ret_entry);

	if (size > 0 && !record_is_whole(text, size))
		return -EBADMSG;
	r = record_read_lines(text, size, device_names_read, &entry);
	if (r < 0)
		return r;

	*ret_entry = entry;
	entry = (struct device_names){ 0 };
	return 0;
}

void device_names_done(struct device_names *entry)
{
	free(entry->links);
	*entry = (struct device_names){ 0 };
}

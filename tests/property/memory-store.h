/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A registry of names in memory, as its files would have it. For tests; include it in one file of a program. */
#pragma once

#include "names/registry.h"

enum {
	STORE_CLAIMS = 64,
	STORE_DEVICES = 16,
};

struct memory_store {
	struct {
		char link[NPIV_LINK_MAX];
		struct claim claim;
	} claims[STORE_CLAIMS];
	struct {
		char name[DEVICE_NAME_SIZE];
		struct device_names names;
	} devices[STORE_DEVICES];
};

/* The claim of a link; an empty one where there was none. */
static struct claim *memory_store_claim(struct memory_store *store, const char *link)
{
	size_t i;

	for (i = 0; i < STORE_CLAIMS && *store->claims[i].link; i++)
		if (streq(store->claims[i].link, link))
			return &store->claims[i].claim;
	assert(i < STORE_CLAIMS);
	(void)snprintf(store->claims[i].link, NPIV_LINK_MAX, "%s", link);
	return &store->claims[i].claim;
}

/* The names of a device; none where it had none. */
static struct device_names *memory_store_device(struct memory_store *store,
						const char *device)
{
	size_t i;

	for (i = 0; i < STORE_DEVICES && *store->devices[i].name; i++)
		if (streq(store->devices[i].name, device))
			return &store->devices[i].names;
	assert(i < STORE_DEVICES);
	(void)snprintf(store->devices[i].name, DEVICE_NAME_SIZE, "%s", device);
	return &store->devices[i].names;
}

/* --- struct registry_store; the context is the struct memory_store ------------------------------- */

static int memory_store_load_claim(void *context, const char *link,
				   struct claim *ret_claim)
{
	return claim_copy(memory_store_claim(context, link), ret_claim);
}

static int memory_store_save_claim(void *context, const char *link,
				   const struct claim *claim)
{
	struct claim *kept = memory_store_claim(context, link);

	claim_done(kept);
	return claim_copy(claim, kept);
}

static int memory_store_copy_names(const struct device_names *from,
				   struct device_names *to)
{
	int r = 0;

	*to = (struct device_names){ 0 };
	for (size_t i = 0; i < from->n_links && r >= 0; i++)
		r = device_names_add(to, from->links[i]);
	return r;
}

static int memory_store_load_device(void *context, const char *device,
				    struct device_names *ret_names)
{
	return memory_store_copy_names(memory_store_device(context, device), ret_names);
}

static int memory_store_save_device(void *context, const char *device,
				    const struct device_names *names)
{
	struct device_names *kept = memory_store_device(context, device);

	device_names_done(kept);
	return memory_store_copy_names(names, kept);
}

static void memory_store_done(struct memory_store *store)
{
	for (size_t i = 0; i < STORE_CLAIMS; i++)
		claim_done(&store->claims[i].claim);
	for (size_t i = 0; i < STORE_DEVICES; i++)
		device_names_done(&store->devices[i].names);
	*store = (struct memory_store){ 0 };
}

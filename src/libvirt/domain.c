// SPDX-License-Identifier: LGPL-2.1-or-later
/* Accesses the guest through libvirt's API, and asks systemd whether libvirt's daemon for QEMU runs. */
#include <libvirt/libvirt.h>
#include <libvirt/virterror.h>

#include "libvirt/domain.h"
#include "event/bus.h"

#define LIBVIRT_URI "qemu:///system"

struct guest_domain {
	virConnectPtr connection;
	virDomainPtr domain;
};

/* Without this handler libvirt would print each error. */
static void be_silent(void *context, virErrorPtr error)
{
}

static virDomainPtr look_up(virConnectPtr connection, const char *name,
			    enum guest_presence *ret_presence)
{
	virDomainPtr domain = virDomainLookupByName(connection, name);

	/* A name counts first. */
	if (!domain && virGetLastErrorCode() == VIR_ERR_NO_DOMAIN &&
	    strlen(name) == VIR_UUID_STRING_BUFLEN - 1)
		domain = virDomainLookupByUUIDString(connection, name);
	if (!domain)
		*ret_presence = virGetLastErrorCode() == VIR_ERR_NO_DOMAIN ?
					GUEST_UNKNOWN :
					GUEST_UNREACHABLE;
	return domain;
}

static enum guest_presence domain_presence(virDomainPtr domain)
{
	switch (virDomainIsActive(domain)) {
	case 1:
		return GUEST_RUNS;
	case 0:
		return GUEST_RESTS;
	default:
		return GUEST_UNREACHABLE;
	}
}

enum guest_presence guest_domain_find(const char *name, struct guest_domain **ret_domain,
				      uint64_t *ret_id)
{
	enum guest_presence presence = GUEST_UNREACHABLE;
	struct guest_domain *found;

	assert(name);
	assert(ret_domain);
	assert(ret_id);

	*ret_id = 0;
	virSetErrorFunc(NULL, be_silent);
	*ret_domain = found = calloc(1, sizeof(*found));
	if (!found)
		return GUEST_UNREACHABLE;
	found->connection = virConnectOpen(LIBVIRT_URI);
	if (!found->connection)
		return GUEST_UNREACHABLE;
	found->domain = look_up(found->connection, name, &presence);
	if (found->domain)
		presence = domain_presence(found->domain);
	/* (unsigned)-1 if the guest has just ended; a later call reports that. */
	if (presence == GUEST_RUNS)
		*ret_id = virDomainGetID(found->domain);
	return presence;
}

void guest_domain_free(struct guest_domain *domain)
{
	if (!domain)
		return;
	if (domain->domain)
		(void)virDomainFree(domain->domain);
	if (domain->connection)
		(void)virConnectClose(domain->connection);
	free(domain);
}

const char *guest_domain_error(void)
{
	return virGetLastErrorMessage();
}

int guest_domain_read(struct guest_domain *domain, char **ret_xml)
{
	assert(domain);
	assert(ret_xml);

	*ret_xml = virDomainGetXMLDesc(domain->domain, 0);
	return *ret_xml ? 0 : -EIO;
}

int guest_domain_attach(struct guest_domain *domain, const char *xml)
{
	assert(domain);
	assert(xml);

	return virDomainAttachDeviceFlags(domain->domain, xml, VIR_DOMAIN_AFFECT_LIVE) <
			       0 ?
		       -EIO :
		       0;
}

/* Does not use virDomainDetachDeviceAlias(), which does not wait until the device is gone. */
int guest_domain_detach(struct guest_domain *domain, const char *xml)
{
	assert(domain);
	assert(xml);

	return virDomainDetachDeviceFlags(domain->domain, xml, VIR_DOMAIN_AFFECT_LIVE) <
			       0 ?
		       -EIO :
		       0;
}

/* --- libvirt's daemon ------------------------------------------------------------------------- */

/* One daemon for everything, or one only for QEMU. */
static const char *const daemons[] = { "libvirtd.service", "virtqemud.service" };

static bool daemon_runs(const struct bus_unit *unit)
{
	return streq(unit->active_state, "active") ||
	       streq(unit->active_state, "activating") ||
	       streq(unit->active_state, "reloading");
}

bool guest_daemon_rests(void)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	bool is_there = false;

	if (bus_open(&bus) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(daemons); i++) {
		_cleanup_(bus_unit_done) struct bus_unit unit = { 0 };

		if (bus_unit_read(bus, daemons[i], &unit) < 0 || daemon_runs(&unit))
			return false;
		is_there = is_there || streq(unit.load_state, "loaded");
	}
	return is_there;
}

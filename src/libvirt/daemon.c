// SPDX-License-Identifier: LGPL-2.1-or-later
/* Whether the daemon of libvirt that runs guests of QEMU runs itself. */
#include "libvirt/guest.h"
#include "event/bus.h"

/* One for everything, or one for QEMU alone. */
static const char *const daemons[] = { "libvirtd.service", "virtqemud.service" };

static bool runs(const struct bus_unit *unit)
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

		if (bus_unit_read(bus, daemons[i], &unit) < 0 || runs(&unit))
			return false;
		is_there = is_there || streq(unit.load_state, "loaded");
	}
	return is_there;
}

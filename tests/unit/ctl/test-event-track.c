// SPDX-License-Identifier: LGPL-2.1-or-later
/* What came and went by events: each counts once, whatever looks have seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ctl/event-track.h"

struct fixture {
	struct event_tracker tracker;
	struct inventory before, after;
	struct link_list links;
	uint64_t now;
	char text[2048]; /* what was told, one line a change */
	size_t length;
	struct fc_rport rport;
	struct fc_lun lun;
	struct named_link link;
};

static void tell(const struct host_event *event, void *context)
{
	struct fixture *f = context;

	f->length += (size_t)snprintf(f->text + f->length, sizeof(f->text) - f->length,
				      "%s %s (%s) %s [%s] [%s]\n",
				      event_object_to_string(event->object), event->name,
				      event->vhba ? event->vhba : "-",
				      event_kind_to_string(event->kind), event->before,
				      event->after);
}

static const char *vhba_of(const struct host_event *event, void *context)
{
	return event->host == 8 ? "web01" : NULL;
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	f->tracker =
		(struct event_tracker){ .fn = tell, .vhba_of = vhba_of, .context = f };
	f->rport = (struct fc_rport){ .sysname = "rport-8:0-0",
				      .host = 8,
				      .state = PORT_ONLINE };
	f->lun = (struct fc_lun){ .host = 8, .target = 1, .state = "running" };
	f->now = 1;
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	event_tracker_done(&f->tracker);
	free(f);
	return 0;
}

/* A look with these events; what it tells is wanted. */
static void look(struct fixture *f, const struct device_event *events, size_t n,
		 const char *wanted)
{
	const struct event_look look = { .before = &f->before,
					 .after = &f->after,
					 .links = &f->links,
					 .events = events,
					 .n_events = n,
					 .now = f->now };

	f->length = 0;
	f->text[0] = '\0';
	assert_int_equal(event_tracker_look(&f->tracker, &look), 0);
	assert_string_equal(f->text, wanted);
	f->before = f->after;
}

static char rport_name[] = "rport-8:0-0", lun_name[] = "8:0:1:0", sda[] = "sda",
	    sdb[] = "sdb";
static char links_0[] = "/dev/disk/by-id/x /dev/npiv/web/0 /dev/npiv/web/00";
static const struct device_event rport_added = { OBJECT_RPORT, false, rport_name, NULL };
static const struct device_event rport_removed = { OBJECT_RPORT, true, rport_name, NULL };
static const struct device_event lun_added = { OBJECT_LUN, false, lun_name, NULL };
static const struct device_event lun_removed = { OBJECT_LUN, true, lun_name, NULL };

static void see_rport(struct fixture *f, bool is_there)
{
	f->after.rports = &f->rport;
	f->after.n_rports = is_there;
}

static void test_track_what_comes_and_goes_between_two_looks(void **state)
{
	struct fixture *f = *state;
	const struct device_event events[] = { lun_added, rport_added, lun_removed,
					       lun_added, lun_removed };

	look(f, NULL, 0, "");
	see_rport(f, true);
	look(f, events, ARRAY_SIZE(events),
	     "lun 8:0:1:0 (-) added [] []\n"
	     "rport rport-8:0-0 (web01) added [] [Online]\n"
	     "lun 8:0:1:0 (-) removed [] []\n"
	     "lun 8:0:1:0 (-) added [] []\n"
	     "lun 8:0:1:0 (-) removed [] []\n");
}

static void test_track_tells_each_event_once(void **state)
{
	struct fixture *f = *state;

	see_rport(f, true);
	look(f, NULL, 0, "");
	/* What `udevadm trigger` announces was there before. */
	look(f, &rport_added, 1, "");
	/* It is gone, and its event is still to come. */
	see_rport(f, false);
	look(f, NULL, 0, "");
	look(f, &rport_removed, 1, "rport rport-8:0-0 (web01) removed [Online] []\n");
	look(f, &rport_removed, 1, "");
	/* And the other way round. */
	see_rport(f, true);
	look(f, NULL, 0, "");
	look(f, &rport_added, 1, "rport rport-8:0-0 (web01) added [] [Online]\n");
}

static void test_track_attributes(void **state)
{
	struct fixture *f = *state;
	struct fc_rport blocked = f->rport;

	look(f, NULL, 0, "");
	see_rport(f, true);
	look(f, NULL, 0, "");
	/* Nobody knows it yet. */
	blocked.state = PORT_BLOCKED;
	f->after.rports = &blocked;
	look(f, NULL, 0, "");
	look(f, &rport_added, 1, "rport rport-8:0-0 (web01) added [] [Blocked]\n");
	f->after.rports = &f->rport;
	look(f, NULL, 0, "rport rport-8:0-0 (web01) changed [Blocked] [Online]\n");
}

static void test_track_lost_events(void **state)
{
	struct fixture *f = *state;

	look(f, NULL, 0, "");
	see_rport(f, true);
	look(f, NULL, 0, "");
	f->now += EVENT_LOST_USEC;
	look(f, NULL, 0, "rport rport-8:0-0 (web01) added [] [Online]\n");
	see_rport(f, false);
	look(f, NULL, 0, "");
	f->now += EVENT_LOST_USEC;
	look(f, NULL, 0, "rport rport-8:0-0 (web01) removed [Online] []\n");
}

static void test_track_links(void **state)
{
	struct fixture *f = *state;
	const struct device_event has = { OBJECT_LINK, false, sda, links_0 },
				  other_has = { OBJECT_LINK, false, sdb, links_0 },
				  has_none = { OBJECT_LINK, false, sda, NULL },
				  goes = { OBJECT_LINK, true, sdb, links_0 };

	look(f, NULL, 0, "");
	look(f, &has, 1,
	     "link web/0 (-) added [] [sda]\nlink web/00 (-) added [] [sda]\n");
	look(f, &has, 1, "");
	look(f, &other_has, 1,
	     "link web/0 (-) changed [sda] [sdb]\nlink web/00 (-) changed [sda] [sdb]\n");
	/* They are another's by now. */
	look(f, &has_none, 1, "");
	look(f, &goes, 1,
	     "link web/00 (-) removed [sdb] []\nlink web/0 (-) removed [sdb] []\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_track_what_comes_and_goes_between_two_looks),
		TEST(test_track_tells_each_event_once),
		TEST(test_track_attributes),
		TEST(test_track_lost_events),
		TEST(test_track_links),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

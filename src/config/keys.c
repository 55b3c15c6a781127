// SPDX-License-Identifier: LGPL-2.1-or-later
/* The table of keys: the sections in which each may be, how its value is read and printed, and where it is
 * stored. */
#include "config/keys.h"
#include "lib/text.h"

#define IN(kind) (1U << SECTION_##kind)
#define KEY(_name, _sections, _read, _print, _type, _member, _otherwise, _effect, \
	    _metavar, _help, ...)                                                 \
	{                                                                         \
		.name = _name, .sections = _sections, .read = value_read_##_read, \
		.print = value_print_##_print,                                    \
		.offset = offsetof(struct _type, _member),                        \
		.size = sizeof(((struct _type *)NULL)->_member),                  \
		.otherwise = _otherwise, .effect = KEY_EFFECT_##_effect,          \
		.metavar = _metavar, .help = _help, __VA_ARGS__                   \
	}
#define VHBA_KEY(name, read, print, member, ...) \
	KEY(name, IN(VHBA), read, print, vhba_config, member, __VA_ARGS__)
#define COMMON_KEY(name, read, print, member, ...) \
	KEY(name, IN(VHBA) | IN(DEFAULTS), read, print, vhba_config, member, __VA_ARGS__)
#define POOL_KEY(name, read, print, member, ...) \
	KEY(name, IN(POOL), read, print, pool_config, member, __VA_ARGS__)

static const struct config_key keys[] = {
	VHBA_KEY("host", hosts, text, hosts, "", NONE, "HOST ...",
		 "the hosts that use it (every host)"),
	VHBA_KEY("type", word, word, type, "vport", RESTART, "vport|hba",
		 "vport (the default) or hba", .words = vhba_type_words),
	VHBA_KEY("wwpn", port_name, wwn, wwpn, "", RESTART, "WWPN",
		 "its port name (default: made from NAME)"),
	VHBA_KEY("wwnn", port_name, wwn, wwnn, "", RESTART, "WWNN",
		 "its node name (default: made from NAME)"),
	VHBA_KEY("pool", name, text, pool, "", RELOAD, "POOL",
		 "the pool that its LUNs belong to (NAME)"),
	VHBA_KEY("parent_wwpn", wwn, wwn, parent.wwpn, "", MOVE, "WWPN",
		 "the parent HBA, by its port name"),
	VHBA_KEY("parent_wwnn", wwn, wwn, parent.wwnn, "", MOVE, "WWNN",
		 "the parent HBA, by its node name"),
	VHBA_KEY("parent_fabric_wwn", wwn, wwn, parent.fabric_wwn, "", MOVE, "WWN",
		 "the parent HBA: any HBA in this fabric"),
	VHBA_KEY("parent", parent, parent, parent, "", MOVE, "PLACE",
		 "the parent HBA, by its PCI address or hostN"),
	COMMON_KEY("autostart", yes_no, yes_no, autostart, "yes", NONE, "yes|no",
		   "start it at boot (yes)"),
	VHBA_KEY("luns", luns, luns, luns, "", RELOAD, "LIST",
		 "LUN numbers that it needs, such as 0-3,7"),
	VHBA_KEY("min_luns", lun_count, lun_count, min_luns, "", RELOAD, "N",
		 "how many LUNs it needs at least"),
	COMMON_KEY("timeout", timeout, span, timeout_usec, "1min", NONE, "TIME",
		   "the longest time for a start (60s)"),
	COMMON_KEY("settle", span, span, settle_usec, "2s", NONE, "TIME",
		   "without luns and min_luns: end a start when no\n"
		   "new LUN has appeared for this time (2s)"),
	COMMON_KEY("on_stop", word, word, on_stop, "delete", RELOAD, "delete|keep",
		   "what a stop does with the port (delete)", .words = on_stop_words),
	COMMON_KEY("on_busy", word, word, on_busy, "refuse", RELOAD, "refuse|force",
		   "what a stop does while LUNs are in use (refuse)",
		   .words = on_busy_words),
	VHBA_KEY("symbolic_name", symbolic_name, text, symbolic_name, "", NEXT_START,
		 "TEXT",
		 "the name that the switch shows\n"
		 "(npiv:HOSTNAME:NAME)"),
	VHBA_KEY("dev_loss_tmo", dev_loss, tmo, dev_loss_tmo, "", RELOAD, "SECONDS",
		 "seconds until LUNs of a lost target are removed"),
	VHBA_KEY("fast_io_fail_tmo", fast_io_fail, tmo, fast_io_fail_tmo, "", RELOAD,
		 "SECONDS", "seconds until their I/O fails, or off"),
	{
		.name = "alias.",
		.sections = IN(POOL),
		.effect = KEY_EFFECT_RELOAD,
		.metavar = "LUN=ALIAS",
		.help = "your own name for a LUN number or WWID; can be\n"
			"given more than once",
	},
	POOL_KEY("owner", owner, text, owner, "", RELOAD, "USER",
		 "owner of the device nodes of the LUNs"),
	POOL_KEY("group", owner, text, group, "", RELOAD, "GROUP",
		 "group of the device nodes"),
	POOL_KEY("mode", mode, mode, mode, "", RELOAD, "MODE",
		 "mode of the device nodes"),
	POOL_KEY("multipath", word, word, multipath, "auto", RELOAD, "auto|yes|no",
		 "follow multipath maps: auto (the default), always\n"
		 "(yes), or never (no)",
		 .words = multipath_words),
	POOL_KEY("guest", guest, text, guest, "", RELOAD, "DOMAIN",
		 "the libvirt domain that gets the LUNs"),
	POOL_KEY("host_use", host_use, word, host_use, "", RELOAD, "yes|no",
		 "let the host assemble md, LVM, bcache and btrfs",
		 .words = host_use_words),
};

_Static_assert(ARRAY_SIZE(keys) <= CONFIG_KEYS_MAX, "others have a place for each key");

const struct config_key *config_key_at(size_t i)
{
	return i < ARRAY_SIZE(keys) ? &keys[i] : NULL;
}

size_t config_key_index(const struct config_key *key)
{
	return (size_t)(key - keys);
}

bool config_key_is_family(const struct config_key *key)
{
	return key->name[strlen(key->name) - 1] == '.';
}

const struct config_key *config_key_find(const char *name)
{
	assert(name);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (config_key_is_family(&keys[i]) ?
			    startswith(name, keys[i].name) != NULL :
			    streq(name, keys[i].name))
			return &keys[i];
	return NULL;
}

bool config_key_is_in(const struct config_key *key, enum section_kind kind)
{
	return key->sections & 1U << kind;
}

const void *config_key_field(const struct config_key *key, const void *config)
{
	return (const char *)config + key->offset;
}

char *config_key_value(const struct config_key *key, const void *field)
{
	_cleanup_free_ char *text = NULL;
	size_t size;

	assert(key);
	assert(field);

	return TEXT_OF(&text, &size, key->print, field, key->words) < 0 ? NULL :
									  TAKE_PTR(text);
}

/* Stores the values that the keys of a section have by default. */
static void key_set_defaults(enum section_kind kind, void *config)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++) {
		struct config_value value = {
			.text = keys[i].otherwise,
			.words = keys[i].words,
			.field = (char *)config + keys[i].offset,
		};

		if (config_key_is_in(&keys[i], kind) && value.text && *value.text &&
		    keys[i].read(&value) < 0)
			assert(false);
	}
}

void vhba_config_init(struct vhba_config *vhba)
{
	*vhba = (struct vhba_config){
		.parent.host = -1,
		.dev_loss_tmo = TMO_UNSET,
		.fast_io_fail_tmo = TMO_UNSET,
	};
	key_set_defaults(SECTION_VHBA, vhba);
}

void pool_config_init(struct pool_config *pool)
{
	*pool = (struct pool_config){ .mode = -1 };
	key_set_defaults(SECTION_POOL, pool);
}

void config_keys_free_texts(enum section_kind kind, void *config)
{
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		if (config_key_is_in(&keys[i], kind) && keys[i].print == value_print_text)
			free(*(char **)((char *)config + keys[i].offset));
}

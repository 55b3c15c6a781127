/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The state of a vHBA while it is up, so that stop needs no configuration and npiv-id no parser of it. Text form:
 * KEY=VALUE lines, in /run/npiv/vhba/NAME. /run/npiv/port/WWPN (16 lower-case hex digits) is a symbolic link to it,
 * so that npiv-id opens one file per disk. */
#pragma once

#include "config/keys.h"
#include "fc/inventory.h"

#define NPIV_RUN_DIR "/run/npiv"

/* During shutdown, users of LUNs get as much time to close them as systemd gives a service to stop
 * (DefaultTimeoutStopSec=, systemd-system.conf(5)). */
#define VHBA_STOP_WAIT_USEC (90 * USEC_PER_SEC)

/* A key of the configuration as it was at the last start or reload; the value is "" if no file set it. */
struct vhba_setting {
	char *key, *value;
};

struct vhba_state {
	char *name;
	char *pool;
	enum vhba_type type;
	uint64_t wwpn, wwnn;
	uint64_t parent_wwpn; /* 0 with VHBA_HBA */
	bool is_ours; /* npiv made the vport: on_stop=delete may delete it */
	char vport[32]; /* name of the vport in sysfs; "" if not known (yet) */
	/* For a vport that may need a new login (vport/login.h): */
	uint64_t login_usec; /* when it was made or first found, CLOCK_MONOTONIC; 0 if not known */
	uint64_t login_pause_usec; /* time from then until a new login; 0 for the shortest pause */
	enum on_stop on_stop;
	enum on_busy on_busy;
	uint64_t stop_usec; /* how long stop may wait for users to close LUNs */
	/* The naming part, from [pool]. */
	enum multipath_mode multipath;
	char *owner, *group; /* NULL: do not change */
	int mode; /* -1: do not change */
	struct pool_alias *aliases;
	size_t n_aliases;
	char *guest; /* the guest that gets the LUNs of the pool; NULL for none */
	enum host_use host_use; /* see vhba_state_has_host_use() */
	bool is_leaving; /* it is being stopped: a guest must give back its LUNs */
	/* Only for a comparison with the configuration; not in files of old versions. */
	struct vhba_setting *settings;
	size_t n_settings;
};

/* Fills *ret_state from a vHBA and its pool (NULL: a pool without a section). is_ours is false and parent_wwpn 0
 * until the caller sets them. Returns 0 or -ENOMEM. Empty it with vhba_state_done(). */
int vhba_state_from_config(const struct vhba_config *vhba, const struct pool_config *pool,
			   struct vhba_state *ret_state) _must_check_;

/* Returns the value that a key of the configuration had at the last start or reload, in the form of the file: "" if
 * no file set it, NULL if it is not stored. The caller frees it. Returns 0 or -ENOMEM. */
int vhba_state_value(const struct vhba_state *state, const struct config_key *key,
		     char **ret_value) _must_check_;

/* Writes the text form. Returns 0 or -ENOMEM. */
int vhba_state_print(const struct vhba_state *state, FILE *out) _must_check_;

/* Reads the text form; text need not end in NUL. Skips unknown keys, which a newer version wrote. Returns -EBADMSG
 * if NAME, POOL or WWPN is missing, for a malformed value, or for a control character other than a tab; or
 * -ENOMEM. */
int vhba_state_parse(const char *text, size_t size,
		     struct vhba_state *ret_state) _must_check_;

/* Returns the state of the vHBA of this name; NULL if there is none. */
const struct vhba_state *vhba_state_find(const struct vhba_state *states, size_t n,
					 const char *name);

/* Finds the vport of the vHBA: the vport with its WWPN below the remembered parent. It is preferably the one of the
 * remembered name; otherwise it was made later, by another program instead of npiv, or by a start that was killed
 * before it could store the name. A vport with the same WWPN below another HBA is not the vHBA's. Returns NULL if
 * there is none, or if the type is VHBA_HBA. */
const struct fc_vport *vhba_state_vport(const struct vhba_state *state,
					const struct inventory *inventory);

/* Returns the host that sees the LUNs of the vHBA; HOST_NONE if there is none. */
uint32_t vhba_state_host(const struct vhba_state *state,
			 const struct inventory *inventory);

/* Whether npiv made this vport. A vport of another name was made by another program, even if it has the same WWPN
 * and parent: the kernel never reuses the number of a vport. A start that was killed before it could store the name
 * has announced that it makes a vport below that parent. */
bool vhba_state_owns(const struct vhba_state *state, const struct inventory *inventory,
		     const struct fc_vport *vport);

/* Whether a write to vport_create below parent_wwpn was announced and its result not stored: the vport may exist,
 * or appear as long as a process has the lock of that parent. */
bool vhba_state_is_announced(const struct vhba_state *state);

/* Returns dev_loss_tmo or fast_io_fail_tmo (key) as it was set: seconds, TMO_UNSET, TMO_OFF or TMO_INFINITY
 * (fc/rport.h). */
int vhba_state_tmo(const struct vhba_state *state, const char *key);

/* Takes over from an earlier run what concerns the port: its parent, its vport, whether npiv made it, and its
 * logins. */
void vhba_state_take_over(struct vhba_state *state, const struct vhba_state *old);

/* Whether the host may assemble volumes (LVM, md, …) on the LUNs. */
bool vhba_state_has_host_use(const struct vhba_state *state);

void vhba_state_done(struct vhba_state *state);

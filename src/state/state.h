/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is remembered of a vHBA while it is up: stop needs no configuration, and npiv-id needs no
 * parser of it. Text form: KEY=VALUE lines, in /run/npiv/vhba/NAME; /run/npiv/port/WWPN (16 lower-
 * case hex digits) is a symbolic link to it, so that udev's helper opens one file per disk. */
#pragma once

#include "config/keys.h"
#include "fc/inventory.h"

#define NPIV_RUN_DIR "/run/npiv"

/* While the system goes down those who use LUNs get as long to let go as systemd gives a service to
 * stop (DefaultTimeoutStopSec=, systemd-system.conf(5)). */
#define VHBA_STOP_WAIT_USEC (90 * USEC_PER_SEC)

/* A key of its section as it was at the last start or reload; the value is "" if no file gave it. */
struct vhba_setting {
	char *key, *value;
};

struct vhba_state {
	char *name;
	char *pool;
	enum vhba_type type;
	uint64_t wwpn, wwnn;
	uint64_t parent_wwpn; /* 0 with VHBA_HBA */
	bool is_ours; /* we made the vport: on_stop=delete may delete it */
	char vport[32]; /* sysfs's name of the vport; "": not known (yet) */
	/* Of a vport that may have to log in anew (vport/login.h): */
	uint64_t login_usec; /* when it was made or first found, CLOCK_MONOTONIC; 0: not known */
	uint64_t login_pause_usec; /* how long after that it may log in anew; 0: the shortest pause */
	enum on_stop on_stop;
	enum on_busy on_busy;
	uint64_t stop_usec; /* how long stop may wait for users of LUNs to let go */
	/* The naming part, from [pool]. */
	enum multipath_mode multipath;
	char *owner, *group; /* NULL: untouched */
	int mode; /* -1: untouched */
	struct pool_alias *aliases;
	size_t n_aliases;
	char *guest; /* who gets the LUNs of the pool; NULL: nobody */
	enum host_use host_use; /* see vhba_state_has_host_use() */
	bool is_leaving; /* it is being stopped: its LUNs are to be given back */
	/* What nothing but a comparison with the configuration needs; none in files of old versions. */
	struct vhba_setting *settings;
	size_t n_settings;
};

/* Fills *ret_state from a vHBA and its pool (NULL: a pool without a section). is_ours is false and
 * parent_wwpn 0 until the caller knows better. -ENOMEM. Empty it with vhba_state_done(). */
int vhba_state_from_config(const struct vhba_config *vhba, const struct pool_config *pool,
			   struct vhba_state *ret_state) _must_check_;

/* The value that a key of the configuration had at the last start or reload, as a file has it: "" if no file
 * gave it, NULL if that is not remembered. The caller frees it. -ENOMEM. */
int vhba_state_value(const struct vhba_state *state, const struct config_key *key,
		     char **ret_value) _must_check_;

/* Writes the text form. -ENOMEM. */
int vhba_state_print(const struct vhba_state *state, FILE *out) _must_check_;

/* Reads it back. Unknown keys are skipped (a newer version wrote them); a missing NAME, POOL or
 * WWPN, a malformed value, or a control character other than a tab is -EBADMSG. text need not end in
 * NUL. -ENOMEM. */
int vhba_state_parse(const char *text, size_t size,
		     struct vhba_state *ret_state) _must_check_;

/* The state of the vHBA of that name; NULL if there is none. */
const struct vhba_state *vhba_state_find(const struct vhba_state *states, size_t n,
					 const char *name);

/* The vport of the vHBA: the one of its WWPN below the remembered parent; of the remembered name, or made since,
 * by somebody in the place of ours or by a start that was killed before it could remember the name. One of
 * the same WWPN below another HBA is somebody else's. NULL: there is none, or the type is VHBA_HBA. */
const struct fc_vport *vhba_state_vport(const struct vhba_state *state,
					const struct inventory *inventory);

/* The host that sees the LUNs of the vHBA; HOST_NONE: there is none. */
uint32_t vhba_state_host(const struct vhba_state *state,
			 const struct inventory *inventory);

/* Whether we made this vport. A vport of another name is somebody else's, even where it has the WWPN and the
 * place of ours: the numbers of vports are never used again. A start that was killed before it could
 * remember the name has announced that it makes one below that parent. */
bool vhba_state_owns(const struct vhba_state *state, const struct inventory *inventory,
		     const struct fc_vport *vport);

/* Whether a write to vport_create below parent_wwpn was announced, and nobody has remembered its end: the
 * vport may be there, or come, as long as somebody has the lock of that parent. */
bool vhba_state_is_announced(const struct vhba_state *state);

/* dev_loss_tmo or fast_io_fail_tmo (key) as it was set: seconds, TMO_UNSET, TMO_OFF or
 * TMO_INFINITY (fc/rport.h). */
int vhba_state_tmo(const struct vhba_state *state, const char *key);

/* What an earlier run has done counts on: below which parent, and whose the port is. */
void vhba_state_take_over(struct vhba_state *state, const struct vhba_state *old);

/* Whether the host may assemble what is on the LUNs. */
bool vhba_state_has_host_use(const struct vhba_state *state);

void vhba_state_done(struct vhba_state *state);

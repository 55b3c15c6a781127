/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of /etc/npiv.d, built from the text of its files. */
#pragma once

#include "config/messages.h"
#include "fc/lun.h"
#include "fc/rport.h"
#include "lib/host-identity.h"
#include "lib/util.h"

enum vhba_type {
	VHBA_VPORT, /* npiv creates the port */
	VHBA_HBA, /* a physical port whose LUNs get a pool too */
};

enum on_stop {
	ON_STOP_DELETE,
	ON_STOP_KEEP,
};

enum on_busy {
	ON_BUSY_REFUSE,
	ON_BUSY_FORCE,
};

/* Whether the host may assemble volumes on the LUNs of a pool: md, LVM, bcache, btrfs. */
enum host_use {
	HOST_USE_UNSET, /* no if a guest gets the LUNs, else yes */
	HOST_USE_NO,
	HOST_USE_YES,
};

enum multipath_mode {
	MULTIPATH_AUTO,
	MULTIPATH_YES,
	MULTIPATH_NO,
};

/* The rule for the parent HBA. Every key that is set must match; without any, npiv chooses. */
struct parent_rule {
	uint64_t wwpn, wwnn, fabric_wwn; /* 0: not given */
	char *pci_address; /* "0000:04:00.1", in lower case; NULL: not given */
	int host; /* N of hostN; -1: not given */
};

/* A position in a file or in a drop-in. */
struct config_place {
	char *file;
	unsigned line, column; /* from 1 */
};

struct vhba_config {
	char *name;
	char *file; /* of its [vhba NAME] section, as given to config_add() */
	unsigned line; /* of this section */
	struct config_place wwpn_at; /* the key's value; the section if it is not given */
	char *hosts; /* a list for config/host-list.h; NULL: every host */
	enum vhba_type type;
	uint64_t wwpn, wwnn; /* 0: not given (only with VHBA_HBA) */
	char *pool; /* never NULL after config_finish() */
	struct parent_rule parent;
	bool autostart;
	struct lun_set luns; /* empty: not given */
	unsigned min_luns; /* 0: not given */
	uint64_t timeout_usec, settle_usec;
	enum on_stop on_stop;
	enum on_busy on_busy;
	char *symbolic_name; /* NULL: npiv:HOSTNAME:NAME */
	int dev_loss_tmo, fast_io_fail_tmo; /* seconds, TMO_UNSET, or TMO_OFF */
};

struct pool_alias {
	char *name; /* the alias */
	char *wwid; /* NULL: the alias is for a LUN number */
	uint64_t lun;
};

struct pool_config {
	char *name;
	char *file;
	unsigned line;
	struct pool_alias *aliases;
	size_t n_aliases;
	char *owner,
		*group; /* a name or a number, of which only the form is checked; NULL: do not change */
	int mode; /* -1: do not change */
	enum multipath_mode multipath;
	char *guest; /* the libvirt domain that gets the LUNs; NULL: none */
	enum host_use host_use;
};

/* A vHBA whose section has errors. */
struct bad_vhba {
	char *name;
	char *pool; /* never NULL */
	char *fault; /* the first error: "FILE:LINE: TEXT" */
};

struct config {
	/* Set before the first file is added. If nothing is known of the host, every section counts. */
	struct host_identity host;
	struct vhba_config *vhbas; /* of this host; all lists are in order of names */
	size_t n_vhbas;
	/* Sections that count only on other hosts: they are not started, and not missed, on this host. */
	struct vhba_config *elsewhere;
	size_t n_elsewhere;
	struct pool_config *pools;
	size_t n_pools;
	struct bad_vhba *bad_vhbas;
	size_t n_bad_vhbas;

	struct config_build *build; /* while files are added; NULL after config_finish() */
};

/* One file as text. */
struct config_source {
	const char *path; /* its name in messages */
	const char *text; /* need not end in NUL */
	size_t size; /* bytes */
	bool is_dropin; /* a drop-in of the last source that was none: it may change the sections of that source */
};

/* Adds one file, in reading order: each file is followed by its drop-ins. Errors are added to messages and disable
 * only their section; a NUL byte disables the file. Returns 0 or -ENOMEM. */
int config_add(struct config *config, const struct config_source *source,
	       struct messages *messages) _must_check_;

/* Applies [defaults], checks the vHBAs of this host against each other, and removes the bad ones. Afterwards the
 * lists have only vHBAs that can be used; a bad [pool] is not in its list, and its vHBAs get names by LUN number
 * only. Call it once, after the last config_add(). Returns 0 or -ENOMEM. */
int config_finish(struct config *config, struct messages *messages) _must_check_;

/* Return NULL if there is none. */
const struct vhba_config *config_find_vhba(const struct config *config, const char *name);
const struct vhba_config *config_find_elsewhere(const struct config *config,
						const char *name); /* any of this name */
const struct pool_config *config_find_pool(const struct config *config, const char *name);

/* Returns the first error in the section of this vHBA, as "FILE:LINE: TEXT"; NULL if the vHBA is not configured or
 * its section has no error. */
const char *config_fault(const struct config *config, const char *name);

void config_done(struct config *config);

/* Frees a list of aliases and their texts. Returns NULL. */
struct pool_alias *pool_aliases_free(struct pool_alias *aliases, size_t n_aliases);

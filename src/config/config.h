/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration of /etc/npiv.d as one model, built from text that others have read. */
#pragma once

#include "config/messages.h"
#include "fc/lun.h"
#include "fc/rport.h"
#include "lib/host-identity.h"
#include "lib/util.h"

enum vhba_type {
	VHBA_VPORT, /* we create the port */
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

/* Whether the host may assemble what is on the LUNs of a pool: md, LVM, bcache, btrfs. */
enum host_use {
	HOST_USE_UNSET, /* no, if a guest gets them; else yes */
	HOST_USE_NO,
	HOST_USE_YES,
};

enum multipath_mode {
	MULTIPATH_AUTO,
	MULTIPATH_YES,
	MULTIPATH_NO,
};

/* Which HBA is to carry the vHBA. Every key that is set must hold; all unset means: choose. */
struct parent_rule {
	uint64_t wwpn, wwnn, fabric_wwn; /* 0: not given */
	char *pci_address; /* "0000:04:00.1", lower case; NULL: not given */
	int host; /* N of hostN; -1: not given */
};

/* A place in a file or in a drop-in. */
struct config_place {
	char *file;
	unsigned line, column; /* from 1 */
};

struct vhba_config {
	char *name;
	char *file; /* of its [vhba NAME] section, as given to config_add() */
	unsigned line; /* of that section */
	struct config_place wwpn_at; /* the key's value; the section if it is not given */
	char *hosts; /* a list for config/host-list.h; NULL: it counts on every host */
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
	char *name; /* what it is called */
	char *wwid; /* NULL: it is by LUN number */
	uint64_t lun;
};

struct pool_config {
	char *name;
	char *file;
	unsigned line;
	struct pool_alias *aliases;
	size_t n_aliases;
	char *owner,
		*group; /* a name or a number, checked for form only; NULL: untouched */
	int mode; /* -1: untouched */
	enum multipath_mode multipath;
	char *guest; /* the domain of libvirt that gets its LUNs; NULL: none */
	enum host_use host_use;
};

/* A vHBA whose section has errors. */
struct bad_vhba {
	char *name;
	char *pool; /* never NULL */
	char *fault; /* the first error: "FILE:LINE: TEXT" */
};

struct config {
	/* Set before the first file is added. While nothing is known of the host every section counts. */
	struct host_identity host;
	struct vhba_config
		*vhbas; /* of this host, in order of names, as the other lists are */
	size_t n_vhbas;
	/* Sections that count on other hosts alone: nothing of them is started or missed here. */
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
	const char *path; /* as messages shall name it */
	const char *text; /* need not end in NUL */
	size_t size; /* bytes */
	bool is_dropin; /* of the source added before that was none: it may change its sections */
};

/* Adds one file; files come in reading order, each followed by its drop-ins. Mistakes go to messages
 * and cost only the section that they are in; a NUL byte costs the file. Returns -ENOMEM, else 0. */
int config_add(struct config *config, const struct config_source *source,
	       struct messages *messages) _must_check_;

/* Applies [defaults], checks the vHBAs of this host against each other, and takes the bad ones out. Afterwards the
 * lists have only vHBAs that can be used; a bad [pool] is not in its list, and its vHBAs get their
 * names by LUN number alone. Call it once, after the last config_add(). Returns -ENOMEM, else 0. */
int config_finish(struct config *config, struct messages *messages) _must_check_;

/* NULL if there is none. */
const struct vhba_config *config_find_vhba(const struct config *config, const char *name);
const struct vhba_config *config_find_elsewhere(const struct config *config,
						const char *name); /* any of that name */
const struct pool_config *config_find_pool(const struct config *config, const char *name);

/* The first error in the section of this vHBA, as "FILE:LINE: TEXT"; NULL if the vHBA is not configured, or its section
 * has no error. */
const char *config_fault(const struct config *config, const char *name);

void config_done(struct config *config);

/* Frees a list of aliases with what is in it. Always NULL. */
struct pool_alias *pool_aliases_free(struct pool_alias *aliases, size_t n_aliases);

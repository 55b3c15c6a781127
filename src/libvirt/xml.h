/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* npivctl xml: what its kinds share. */
#pragma once

#include "fc/devpath.h"
#include "libvirt/guest-disk.h"
#include "names/naming.h"
#include "ctl/model.h"
#include "block/tree.h"
#include "libvirt/xml-out.h"

/* Which of a LUN's names a guest gets. */
enum xml_path {
	XML_PATH_ANY, /* an alias if there is one, else the number */
	XML_PATH_ALIAS,
	XML_PATH_LUN,
	XML_PATH_TARGET,
};

/* What is asked for. */
struct xml_request {
	const struct host_model *model;
	const char *name; /* of a pool or a vHBA; NULL: not given */
	const char *lun; /* number or alias; NULL: all */
	enum guest_device device;
	enum guest_bus bus;
	unsigned place; /* of the first disk on its bus */
	struct guest_address address;
	enum xml_path path;
	bool all_paths;
};

/* Each writes its XML. Returns an exit code, having said on stderr what was wrong, or -errno. */
int xml_write_disk(const struct xml_request *request, struct xml_out *xml) _must_check_;
int xml_write_hostdev(const struct xml_request *request,
		      struct xml_out *xml) _must_check_;
int xml_write_pool(const struct xml_request *request, struct xml_out *xml) _must_check_;

/* The vHBA that is asked for: the only one of that name or in that pool; without a name the only one
 * there is. NULL if there is none or more than one, said on stderr. */
const struct vhba_row *xml_only_vhba(const struct xml_request *request);

/* Whether a vHBA is one of those that are asked for. Without a name all are. */
bool xml_wants_vhba(const struct xml_request *request, const struct vhba_row *vhba);

/* Whether there is one to begin with, of no more than one pool; else says so on stderr. */
bool xml_has_one_pool(const struct xml_request *request);

/* A LUN of a pool, under the name that its guest gets. */
struct xml_lun {
	const struct vhba_row *vhba;
	const struct fc_lun
		*lun; /* the path that the name leads to, or one of them; NULL: none */
	uint64_t number;
	char link[NPIV_LINK_MAX]; /* what follows /dev/npiv/; "": it has no such name */
	char leads_to[DEVICE_NAME_SIZE]; /* by that name; "": it does not lead to it now */
	unsigned rank; /* how far from what was asked for */
};

struct xml_lun_list {
	struct xml_lun *luns; /* in order of pools and numbers */
	size_t n;
	size_t n_others; /* LUNs that are no disks and were left out */
};

/* Chooses the LUNs that are asked for: those that are there as disks, and those that are configured
 * to be. -ENOMEM. Empty the list with xml_luns_done(). */
int xml_luns_choose(const struct xml_request *request,
		    struct xml_lun_list *ret_list) _must_check_;

/* The names that a LUN goes by; lun NULL: one of this number that is not there. -ENOMEM. */
int xml_names_list(const struct xml_request *request, const struct vhba_row *vhba,
		   const struct fc_lun *lun, uint64_t number,
		   struct name_list *ret_names) _must_check_;

/* Whether a LUN is the one that is asked for, by number or alias; any if none is. */
bool xml_wants_lun(const struct xml_request *request, const struct name_list *names,
		   uint64_t number);

void xml_luns_done(struct xml_lun_list *list);

/* "16M, LIO-ORG FILEIO, naa.6001…". The caller frees it; NULL without memory. */
char *xml_describe_lun(const struct fc_lun *lun);

/* Warns of what uses LUNs on this host: written by a guest as well, what is on them is lost. -ENOMEM, or why it could
 * not be found out. */
int xml_warn_of_users(const struct block_tree *tree) _must_check_;

/* Finds the first name by number or alias that leads to a LUN now; writes whether that is its disk
 * itself or a map over it. */
bool xml_find_leading(const struct xml_request *request, const struct name_list *names,
		      const struct fc_lun *lun,
		      char ret_leads_to[static DEVICE_NAME_SIZE]);

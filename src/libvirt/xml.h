/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* npivctl xml: the common parts of its kinds. */
#pragma once

#include "fc/devpath.h"
#include "libvirt/guest-disk.h"
#include "names/naming.h"
#include "ctl/model.h"
#include "block/tree.h"
#include "libvirt/xml-out.h"

/* The kind of a LUN's name that a guest gets. */
enum xml_path {
	XML_PATH_ANY, /* an alias if there is one, otherwise the number */
	XML_PATH_ALIAS,
	XML_PATH_LUN,
	XML_PATH_TARGET,
};

/* The request. */
struct xml_request {
	const struct host_model *model;
	const char *name; /* of a pool or a vHBA; NULL: not given */
	const char *lun; /* a number or an alias; NULL: all */
	enum guest_device device;
	enum guest_bus bus;
	unsigned place; /* place of the first disk on its bus */
	struct guest_address address;
	enum xml_path path;
	bool all_paths;
};

/* Write the XML of one kind. Return an exit code, after reporting errors on stderr, or -errno. */
int xml_write_disk(const struct xml_request *request, struct xml_out *xml) _must_check_;
int xml_write_hostdev(const struct xml_request *request,
		      struct xml_out *xml) _must_check_;
int xml_write_pool(const struct xml_request *request, struct xml_out *xml) _must_check_;

/* Returns the requested vHBA: the only one of that name or in that pool; without a name the only one. NULL if there
 * is none or more than one, which is reported on stderr. */
const struct vhba_row *xml_only_vhba(const struct xml_request *request);

/* Whether a vHBA is requested. Without a name all are. */
bool xml_wants_vhba(const struct xml_request *request, const struct vhba_row *vhba);

/* Whether there is a requested vHBA and, without a name, only one pool; if not, reports it on stderr. */
bool xml_has_one_pool(const struct xml_request *request);

/* A LUN of a pool, and the name that its guest gets. */
struct xml_lun {
	const struct vhba_row *vhba;
	const struct fc_lun
		*lun; /* the path that the name leads to, or one of them; NULL for none */
	uint64_t number;
	char link[NPIV_LINK_MAX]; /* the part after /dev/npiv/; "" if it has no such name */
	char leads_to[DEVICE_NAME_SIZE]; /* device that the name leads to; "" if it does not lead to the LUN now */
	unsigned rank; /* how well the name fits the request; 0 is best */
};

struct xml_lun_list {
	struct xml_lun *luns; /* in order of pools and numbers */
	size_t n;
	size_t n_others; /* LUNs that are not disks and were left out */
};

/* Chooses the requested LUNs: those that exist as disks, and those that are configured. Returns 0 or -ENOMEM. Empty
 * the list with xml_luns_done(). */
int xml_luns_choose(const struct xml_request *request,
		    struct xml_lun_list *ret_list) _must_check_;

/* Lists the names of a LUN; lun is NULL for a LUN of this number that does not exist. Returns 0 or -ENOMEM. */
int xml_names_list(const struct xml_request *request, const struct vhba_row *vhba,
		   const struct fc_lun *lun, uint64_t number,
		   struct name_list *ret_names) _must_check_;

/* Whether a LUN is the requested one, by number or alias; without a request, any is. */
bool xml_wants_lun(const struct xml_request *request, const struct name_list *names,
		   uint64_t number);

void xml_luns_done(struct xml_lun_list *list);

/* Returns "16M, LIO-ORG FILEIO, naa.6001…". The caller frees it; NULL if out of memory. */
char *xml_describe_lun(const struct fc_lun *lun);

/* Warns of users of LUNs on this host: if a guest writes to the LUNs as well, their data is lost. Returns 0,
 * -ENOMEM, or the error of reading the users. */
int xml_warn_of_users(const struct block_tree *tree) _must_check_;

/* Finds the first name by number or alias that leads to a LUN now; writes the kernel name of the disk itself or of
 * a map over it. */
bool xml_find_leading(const struct xml_request *request, const struct name_list *names,
		      const struct fc_lun *lun,
		      char ret_leads_to[static DEVICE_NAME_SIZE]);

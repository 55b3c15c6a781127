// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl xml: chooses the vHBA, the LUNs for a guest, and their names. */
#include "block/users.h"
#include "ctl/ctl.h"
#include "ctl/select.h"
#include "diagnose/readiness.h"
#include "lib/size.h"
#include "libvirt/xml.h"
#include "names/link-target.h"
#include "state/environment.h"

#define RANK_NONE    UINT32_MAX
#define RANK_NOWHERE 10U /* added if a name does not lead to the LUN now */

/* --- vHBAs and pools ------------------------------------------------------------------------- */

bool xml_wants_vhba(const struct xml_request *request, const struct vhba_row *vhba)
{
	return vhba->name && (!request->name || vhba_row_matches(vhba, request->name));
}

/* Reports that there is none, or more than one; what is "virtual HBA" or "pool". */
static void complain_of_choice(const struct xml_request *request, size_t n,
			       const char *what)
{
	const struct vhba_table *vhbas = &request->model->vhbas;

	if (n == 0 && request->name)
		(void)ctl_fail_unknown(request->model, request->name);
	else if (n == 0)
		fputs("npivctl: there is no virtual HBA\n", stderr);
	if (n == 0)
		return;
	fprintf(stderr, "npivctl: there is more than one %s; give one of:", what);
	for (size_t i = 0; i < vhbas->n; i++)
		if (xml_wants_vhba(request, &vhbas->rows[i]))
			fprintf(stderr, " %s", vhbas->rows[i].name);
	fputc('\n', stderr);
}

const struct vhba_row *xml_only_vhba(const struct xml_request *request)
{
	const struct vhba_table *vhbas = &request->model->vhbas;
	const struct vhba_row *only = NULL;
	size_t n = 0;

	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (!xml_wants_vhba(request, row))
			continue;
		/* The name of a vHBA is more exact than that of a pool. */
		if (request->name && streq(row->name, request->name))
			return row;
		only = row;
		n++;
	}
	if (n == 1)
		return only;
	complain_of_choice(request, n, "virtual HBA");
	return NULL;
}

bool xml_has_one_pool(const struct xml_request *request)
{
	const struct vhba_table *vhbas = &request->model->vhbas;
	const char *pool = NULL;
	size_t n = 0;

	for (size_t i = 0; i < vhbas->n; i++) {
		const struct vhba_row *row = &vhbas->rows[i];

		if (!xml_wants_vhba(request, row) || (pool && streq(pool, row->pool)))
			continue;
		pool = row->pool;
		n++;
	}
	if (n == 1 || (n > 1 && request->name))
		return true;
	complain_of_choice(request, n, "pool");
	return false;
}

/* --- LUNs and their names -------------------------------------------------------------------- */

char *xml_describe_lun(const struct fc_lun *lun)
{
	const char *identity = *lun->wwid ? lun->wwid : lun->serial;
	char size[SIZE_TEXT_SIZE], *text;
	size_t n;
	FILE *out = open_memstream(&text, &n);

	if (!out)
		return NULL;
	if (lun->size)
		fprintf(out, "%s, ", size_format(lun->size, size));
	fprintf(out, "%s %s", lun->vendor, lun->model);
	if (*identity)
		fprintf(out, ", %s", identity);
	if (fclose(out) == 0)
		return text;
	free(text);
	return NULL;
}

bool xml_find_leading(const struct xml_request *request, const struct name_list *names,
		      const struct fc_lun *lun,
		      char ret_leads_to[static DEVICE_NAME_SIZE])
{
	for (size_t i = 0; *lun->disk && i < names->n; i++)
		if (!name_is_by_target(names->names[i].link) &&
		    link_target_find(environment_root(), request->model->sysfs_fd,
				     names->names[i].link, lun->disk, ret_leads_to))
			return true;
	return false;
}

bool xml_wants_lun(const struct xml_request *request, const struct name_list *names,
		   uint64_t number)
{
	uint64_t wanted = 0;

	if (!request->lun)
		return true;
	if (lun_parse(request->lun, &wanted) >= 0)
		return wanted == number;
	for (size_t i = 0; i < names->n; i++) {
		const char *link = names->names[i].link;

		if (name_is_alias(link) && streq(strchr(link, '/') + 1, request->lun))
			return true;
	}
	return false;
}

int xml_names_list(const struct xml_request *request, const struct vhba_row *vhba,
		   const struct fc_lun *lun, uint64_t number, struct name_list *ret_names)
{
	_cleanup_(vhba_state_done) struct vhba_state planned = { 0 };
	const struct naming_device device = {
		.role = NAMING_PATH,
		.has_lun = true,
		.lun = number,
		.target = lun ? lun->target_wwpn : 0,
		.wwid = lun ? lun->wwid : "",
	};
	const struct config *config = &request->model->config;
	int r;

	if (!vhba->state) {
		r = vhba_state_from_config(
			vhba->config, config_find_pool(config, vhba->pool), &planned);
		if (r < 0)
			return r;
	}
	naming_list(vhba->state ? vhba->state : &planned, &device, ret_names);
	return 0;
}

/* Returns how well a name fits the request, 0 is best; RANK_NONE if it does not fit. */
static unsigned rank_name(const struct xml_request *request, const char *link)
{
	bool by_target = name_is_by_target(link), is_alias = name_is_alias(link);
	uint64_t number;

	if (request->path == XML_PATH_TARGET || by_target)
		return request->path == XML_PATH_TARGET && by_target ? 0 : RANK_NONE;
	if (request->path == XML_PATH_LUN)
		return is_alias ? RANK_NONE : 0;
	/* Use a requested alias. */
	if (request->lun && lun_parse(request->lun, &number) < 0)
		return is_alias && streq(strchr(link, '/') + 1, request->lun) ? 0 :
										RANK_NONE;
	if (is_alias)
		return 0;
	return request->path == XML_PATH_ALIAS ? RANK_NONE : 1;
}

/* Sets the best name of this path in an entry. */
static void choose_name(const struct xml_request *request, struct xml_lun *entry,
			const struct fc_lun *lun, const struct name_list *names)
{
	for (size_t i = 0; i < names->n; i++) {
		const char *link = names->names[i].link;
		char leads_to[DEVICE_NAME_SIZE] = "";
		unsigned rank = rank_name(request, link);

		/* The target port of a LUN that does not exist is not known. */
		if (rank == RANK_NONE || (!lun && name_is_by_target(link)))
			continue;
		if (!lun || !entry->vhba->state || !*lun->disk ||
		    !link_target_find(environment_root(), request->model->sysfs_fd, link,
				      lun->disk, leads_to))
			rank += RANK_NOWHERE;
		if (rank >= entry->rank)
			continue;
		entry->rank = rank;
		entry->lun = lun;
		(void)snprintf(entry->link, sizeof(entry->link), "%s", link);
		(void)snprintf(entry->leads_to, sizeof(entry->leads_to), "%s", leads_to);
	}
}

/* Finds or adds the entry of a LUN. Two vHBAs of a pool that see the same number share one name. */
static struct xml_lun *find_or_add(struct xml_lun_list *list, const struct vhba_row *vhba,
				   uint64_t number)
{
	struct xml_lun *entry;

	for (size_t i = 0; i < list->n; i++) {
		entry = &list->luns[i];
		if (entry->number == number && streq(entry->vhba->pool, vhba->pool))
			return entry;
	}
	entry = array_grow(&list->luns, list->n, sizeof(*entry));
	if (!entry)
		return NULL;
	*entry = (struct xml_lun){ .vhba = vhba, .number = number, .rank = RANK_NONE };
	list->n++;
	return entry;
}

/* Adds one path (lun NULL: a LUN that does not exist), if it is requested. */
static int lun_list_add(const struct xml_request *request, struct xml_lun_list *list,
			const struct vhba_row *vhba, const struct fc_lun *lun,
			uint64_t number)
{
	struct name_list names;
	struct xml_lun *entry;
	int r;

	r = xml_names_list(request, vhba, lun, number, &names);
	if (r < 0)
		return r;
	if (!xml_wants_lun(request, &names, number))
		return 0;
	if (lun && !lun_is_disk(lun)) {
		list->n_others++;
		return 0;
	}
	entry = find_or_add(list, vhba, number);
	if (!entry)
		return -ENOMEM;
	if (lun && !entry->lun)
		entry->lun = lun;
	choose_name(request, entry, lun, &names);
	return 0;
}

static int add_present(const struct xml_request *request, struct xml_lun_list *list,
		       const struct vhba_row *vhba)
{
	const struct inventory *inventory = &request->model->inventory;

	for (size_t i = 0; vhba->port && i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];
		int r;

		if (lun->host != vhba->port->host)
			continue;
		r = lun_list_add(request, list, vhba, lun, lun->lun);
		if (r < 0)
			return r;
	}
	return 0;
}

/* Whether the LUN with this number exists and is no disk, for example a tape: then no disk is expected. */
static bool is_no_disk(const struct xml_request *request, const struct vhba_row *vhba,
		       uint64_t number)
{
	const struct inventory *inventory = &request->model->inventory;

	for (size_t i = 0; vhba->port && i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		if (lun->host == vhba->port->host && lun->lun == number &&
		    !lun_is_disk(lun))
			return true;
	}
	return false;
}

static int add_if_missing(const struct xml_request *request, struct xml_lun_list *list,
			  const struct vhba_row *vhba, uint64_t number)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->luns[i].number == number &&
		    streq(list->luns[i].vhba->pool, vhba->pool))
			return 0;
	if (is_no_disk(request, vhba, number))
		return 0;
	return lun_list_add(request, list, vhba, NULL, number);
}

/* Adds the numbers in luns=, those with an alias, and the requested ones. */
static int add_expected(const struct xml_request *request, struct xml_lun_list *list,
			const struct vhba_row *vhba)
{
	const struct pool_config *pool =
		config_find_pool(&request->model->config, vhba->pool);
	uint64_t number = 0;
	int r = 0;

	if (request->lun && lun_parse(request->lun, &number) >= 0)
		return add_if_missing(request, list, vhba, number);
	for (size_t i = 0; vhba->config && i < vhba->config->luns.n_ranges; i++) {
		const struct lun_range *range = &vhba->config->luns.ranges[i];

		/* Stop at the maximum of a guest: the list is searched each time. */
		for (number = range->first;
		     number <= range->last && r >= 0 && list->n <= GUEST_TARGETS_MAX;
		     number++)
			r = add_if_missing(request, list, vhba, number);
	}
	for (size_t i = 0; request->lun && pool && r >= 0 && i < pool->n_aliases; i++)
		if (!pool->aliases[i].wwid)
			r = add_if_missing(request, list, vhba, pool->aliases[i].lun);
	return r;
}

static int compare_luns(const void *a, const void *b)
{
	const struct xml_lun *x = a, *y = b;
	int order = strcmp(x->vhba->pool, y->vhba->pool);

	return order ? order : (x->number > y->number) - (x->number < y->number);
}

int xml_luns_choose(const struct xml_request *request, struct xml_lun_list *ret_list)
{
	_cleanup_(xml_luns_done) struct xml_lun_list list = { 0 };
	const struct vhba_table *vhbas = &request->model->vhbas;
	int r = 0;

	for (size_t i = 0; r >= 0 && i < vhbas->n; i++)
		if (xml_wants_vhba(request, &vhbas->rows[i]))
			r = add_present(request, &list, &vhbas->rows[i]);
	for (size_t i = 0; r >= 0 && i < vhbas->n; i++)
		if (xml_wants_vhba(request, &vhbas->rows[i]))
			r = add_expected(request, &list, &vhbas->rows[i]);
	if (r < 0)
		return r;
	if (list.n > 0)
		qsort(list.luns, list.n, sizeof(*list.luns), compare_luns);

	*ret_list = list;
	list = (struct xml_lun_list){ 0 };
	return 0;
}

void xml_luns_done(struct xml_lun_list *list)
{
	free(list->luns);
	*list = (struct xml_lun_list){ 0 };
}

int xml_warn_of_users(const struct block_tree *tree)
{
	_cleanup_(user_list_done) struct user_list users = { 0 };
	int r;

	assert(tree);

	r = in_use_look(tree, &users);
	if (r < 0 || users.n == 0)
		return r;
	fputs("npivctl: warning: in use on this host: ", stderr);
	user_list_print(&users, stderr);
	fputc('\n', stderr);
	return 0;
}

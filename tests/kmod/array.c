// SPDX-License-Identifier: GPL-2.0-only
/* The array: which LUNs an initiator is shown, and RAM for what is written to them. */
#include <linux/bitmap.h>
#include <linux/slab.h>

#include "fctest.h"

#define FLAT_SPACE 0x4000 /* SAM-5 4.7.7.2, as scsilun_to_int() gives it */

u64 fct_kernel_lun(const struct fct_settings *settings, unsigned int lun)
{
	return lun > U8_MAX || settings->flat ? FLAT_SPACE | lun : lun;
}

static struct fct_unit *find_unit(struct fct_hba *hba, u64 wwpn, unsigned int lun)
{
	struct fct_unit *unit;

	list_for_each_entry(unit, &hba->units,
			    list) if (unit->wwpn == wwpn && unit->lun == lun) return unit;
	return NULL;
}

static struct fct_unit *make_unit(struct fct_hba *hba, u64 wwpn, unsigned int lun)
{
	struct fct_unit *unit = kzalloc(sizeof(*unit), GFP_KERNEL);

	if (!unit)
		return NULL;
	unit->wwpn = wwpn;
	unit->lun = lun;
	xa_init(&unit->pages);
	list_add(&unit->list, &hba->units);
	return unit;
}

/* NULL without memory. */
struct fct_unit *fct_unit_get(struct fct_port *port, u64 kernel_lun)
{
	unsigned int lun = kernel_lun & (FCT_MAX_LUN - 1);
	struct fct_hba *hba = port->hba;
	struct fct_unit *unit;

	mutex_lock(&hba->units_lock);
	unit = find_unit(hba, port->wwpn, lun);
	if (!unit)
		unit = make_unit(hba, port->wwpn, lun);
	mutex_unlock(&hba->units_lock);
	return unit;
}

/* No port is left that could use them. */
void fct_units_free(struct fct_hba *hba)
{
	struct fct_unit *unit, *next;
	struct page *page;
	unsigned long index;

	list_for_each_entry_safe(unit, next, &hba->units, list)
	{
		xa_for_each(&unit->pages, index, page) __free_page(page);
		xa_destroy(&unit->pages);
		kfree(unit);
	}
}

void fct_units_tell(struct fct_hba *hba, enum fct_attention attention)
{
	struct fct_unit *unit;

	mutex_lock(&hba->units_lock);
	list_for_each_entry(unit, &hba->units, list)
		atomic_set(&unit->attention, attention);
	mutex_unlock(&hba->units_lock);
}

static bool is_time(const struct fct_port *port, int delay)
{
	unsigned long when = READ_ONCE(port->luns_at) + msecs_to_jiffies(delay);

	return time_after_eq(jiffies, when);
}

bool fct_unit_is_shown(const struct fct_port *port, const struct fct_unit *unit)
{
	return test_bit(unit->lun, port->hba->settings.luns) && is_time(port, 0);
}

bool fct_unit_is_ready(const struct fct_port *port)
{
	return is_time(port, port->hba->settings.ready_delay);
}

u64 fct_unit_blocks(const struct fct_port *port)
{
	return (u64)port->hba->settings.size << (20 - SECTOR_SHIFT);
}

/* The page of an index, made for the first write. Called where nobody may sleep. */
static struct page *get_page_at(struct fct_unit *unit, unsigned long index, bool is_write)
{
	struct page *page = xa_load(&unit->pages, index), *other;

	if (page || !is_write)
		return page;
	page = alloc_page(GFP_ATOMIC | __GFP_ZERO);
	if (!page)
		return NULL;
	other = xa_cmpxchg(&unit->pages, index, NULL, page, GFP_ATOMIC);
	if (!other)
		return page;
	__free_page(page);
	return xa_is_err(other) ? NULL : other;
}

/* False where there is no memory to write to. What was never written reads as zeros. */
bool fct_unit_copy(struct fct_unit *unit, u64 offset, void *buffer, size_t length,
		   bool is_write)
{
	while (length > 0) {
		size_t start = offset_in_page(offset);
		size_t n = min(length, PAGE_SIZE - start);
		struct page *page = get_page_at(unit, offset >> PAGE_SHIFT, is_write);

		if (is_write && !page)
			return false;
		if (is_write)
			memcpy(page_address(page) + start, buffer, n);
		else if (page)
			memcpy(buffer, page_address(page) + start, n);
		else
			memset(buffer, 0, n);
		offset += n;
		buffer += n;
		length -= n;
	}
	return true;
}

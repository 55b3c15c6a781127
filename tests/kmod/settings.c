// SPDX-License-Identifier: GPL-2.0-only
/* The files of an HBA's device, /sys/devices/platform/npiv_fctest.N/: how it is to behave. */
#include <linux/bitmap.h>
#include <linux/slab.h>

#include "fctest.h"

static struct fct_hba *hba_of(struct device *device)
{
	return dev_get_drvdata(device);
}

/* --- numbers --- */

struct number_file {
	struct device_attribute attribute;
	size_t offset; /* in struct fct_settings */
};

static int *number_of(struct device *device, struct device_attribute *attribute)
{
	size_t offset = container_of(attribute, struct number_file, attribute)->offset;

	return (int *)((char *)&hba_of(device)->settings + offset);
}

static ssize_t number_show(struct device *device, struct device_attribute *attribute,
			   char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(*number_of(device, attribute)));
}

static ssize_t number_store(struct device *device, struct device_attribute *attribute,
			    const char *buf, size_t count)
{
	int number, error = kstrtoint(buf, 10, &number);

	if (error)
		return error;
	WRITE_ONCE(*number_of(device, attribute), number);
	return count;
}

#define NUMBER_FILE(name)                                      \
	static struct number_file file_##name = {              \
		__ATTR(name, 0644, number_show, number_store), \
		offsetof(struct fct_settings, name),           \
	}

NUMBER_FILE(npiv);
NUMBER_FILE(max_vports);
NUMBER_FILE(names_delay);
NUMBER_FILE(create_answer);
NUMBER_FILE(create_answer_down);
NUMBER_FILE(create_delay);
NUMBER_FILE(delete_answer);
NUMBER_FILE(delete_delay);
NUMBER_FILE(login_delay);
NUMBER_FILE(targets);
NUMBER_FILE(target_delay);
NUMBER_FILE(lun_delay);
NUMBER_FILE(ready_delay);
NUMBER_FILE(flat);
NUMBER_FILE(tape);
NUMBER_FILE(arrays);

/* --- texts of any bytes, written whole: printf '...' > FILE --- */

struct text_file {
	struct device_attribute attribute;
	size_t offset;
};

static struct fct_text *text_of(struct device *device, struct device_attribute *attribute)
{
	size_t offset = container_of(attribute, struct text_file, attribute)->offset;

	return (struct fct_text *)((char *)&hba_of(device)->settings + offset);
}

static ssize_t text_show(struct device *device, struct device_attribute *attribute,
			 char *buf)
{
	const struct fct_text *text = text_of(device, attribute);

	memcpy(buf, text->bytes, text->length);
	return text->length;
}

static ssize_t text_store(struct device *device, struct device_attribute *attribute,
			  const char *buf, size_t count)
{
	struct fct_text *text = text_of(device, attribute);

	if (count > sizeof(text->bytes))
		return -E2BIG;
	memcpy(text->bytes, buf, count);
	text->length = count;
	return count;
}

#define TEXT_FILE(name)                                    \
	static struct text_file file_##name = {            \
		__ATTR(name, 0644, text_show, text_store), \
		offsetof(struct fct_settings, name),       \
	}

TEXT_FILE(vendor);
TEXT_FILE(product);
TEXT_FILE(revision);
TEXT_FILE(serial);
TEXT_FILE(id);

/* --- lists of LUN numbers: "0-3,300" --- */

struct list_file {
	struct device_attribute attribute;
	size_t offset;
};

static unsigned long *list_of(struct device *device, struct device_attribute *attribute)
{
	size_t offset = container_of(attribute, struct list_file, attribute)->offset;

	return (unsigned long *)((char *)&hba_of(device)->settings + offset);
}

static ssize_t list_show(struct device *device, struct device_attribute *attribute,
			 char *buf)
{
	return sysfs_emit(buf, "%*pbl\n", FCT_MAX_LUN, list_of(device, attribute));
}

static ssize_t read_list(const char *buf, size_t count, unsigned long *list)
{
	unsigned long *luns = bitmap_zalloc(FCT_MAX_LUN, GFP_KERNEL);
	int error;

	if (!luns)
		return -ENOMEM;
	error = bitmap_parselist(buf, luns, FCT_MAX_LUN);
	if (!error)
		bitmap_copy(list, luns, FCT_MAX_LUN);
	bitmap_free(luns);
	return error ?: count;
}

static ssize_t list_store(struct device *device, struct device_attribute *attribute,
			  const char *buf, size_t count)
{
	return read_list(buf, count, list_of(device, attribute));
}

#define LIST_FILE(name)                                    \
	static struct list_file file_##name = {            \
		__ATTR(name, 0644, list_show, list_store), \
		offsetof(struct fct_settings, name),       \
	}

LIST_FILE(xport);
LIST_FILE(lunz);
LIST_FILE(unconnected);

/* --- words --- */

static ssize_t store_word(char *word, size_t size, const char *buf, size_t count)
{
	size_t length = strcspn(buf, "\n");

	if (length >= size)
		return -E2BIG;
	memcpy(word, buf, length);
	word[length] = '\0';
	return count;
}

static ssize_t driver_name_show(struct device *device, struct device_attribute *attribute,
				char *buf)
{
	return sysfs_emit(buf, "%s\n", hba_of(device)->settings.driver);
}

static ssize_t driver_name_store(struct device *device,
				 struct device_attribute *attribute, const char *buf,
				 size_t count)
{
	struct fct_settings *settings = &hba_of(device)->settings;

	return store_word(settings->driver, sizeof(settings->driver), buf, count);
}

static ssize_t id_type_show(struct device *device, struct device_attribute *attribute,
			    char *buf)
{
	return sysfs_emit(buf, "%s\n", hba_of(device)->settings.id_type);
}

static ssize_t id_type_store(struct device *device, struct device_attribute *attribute,
			     const char *buf, size_t count)
{
	struct fct_settings *settings = &hba_of(device)->settings;

	return store_word(settings->id_type, sizeof(settings->id_type), buf, count);
}

static DEVICE_ATTR_RW(driver_name);
static DEVICE_ATTR_RW(id_type);

/* --- states of a vport, by the words of vport_state with '-' for ' ' --- */

static const char *const states[] = {
	[FC_VPORT_UNKNOWN] = "unknown",
	[FC_VPORT_ACTIVE] = "active",
	[FC_VPORT_DISABLED] = "disabled",
	[FC_VPORT_LINKDOWN] = "linkdown",
	[FC_VPORT_INITIALIZING] = "initializing",
	[FC_VPORT_NO_FABRIC_SUPP] = "no-fabric-support",
	[FC_VPORT_NO_FABRIC_RSCS] = "no-fabric-resources",
	[FC_VPORT_FABRIC_LOGOUT] = "fabric-logout",
	[FC_VPORT_FABRIC_REJ_WWN] = "fabric-rejected-wwn",
	[FC_VPORT_FAILED] = "vport-failed",
};

static ssize_t store_state(enum fc_vport_state *state, const char *buf, size_t count)
{
	int found = __sysfs_match_string(states, ARRAY_SIZE(states), buf);

	if (found < 0)
		return found;
	*state = found;
	return count;
}

static ssize_t login_show(struct device *device, struct device_attribute *attribute,
			  char *buf)
{
	return sysfs_emit(buf, "%s\n", states[hba_of(device)->settings.login]);
}

static ssize_t login_store(struct device *device, struct device_attribute *attribute,
			   const char *buf, size_t count)
{
	return store_state(&hba_of(device)->settings.login, buf, count);
}

static ssize_t relogin_show(struct device *device, struct device_attribute *attribute,
			    char *buf)
{
	return sysfs_emit(buf, "%s\n", states[hba_of(device)->settings.relogin]);
}

static ssize_t relogin_store(struct device *device, struct device_attribute *attribute,
			     const char *buf, size_t count)
{
	return store_state(&hba_of(device)->settings.relogin, buf, count);
}

static DEVICE_ATTR_RW(login);
static DEVICE_ATTR_RW(relogin);

/* --- what was counted --- */

static ssize_t creates_show(struct device *device, struct device_attribute *attribute,
			    char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&hba_of(device)->creates));
}

static ssize_t deletes_show(struct device *device, struct device_attribute *attribute,
			    char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&hba_of(device)->deletes));
}

static ssize_t names_show(struct device *device, struct device_attribute *attribute,
			  char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&hba_of(device)->names));
}

static ssize_t early_names_show(struct device *device, struct device_attribute *attribute,
				char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&hba_of(device)->early_names));
}

static ssize_t killed_show(struct device *device, struct device_attribute *attribute,
			   char *buf)
{
	return sysfs_emit(buf, "%d\n", atomic_read(&hba_of(device)->killed));
}

static DEVICE_ATTR_RO(killed);
static DEVICE_ATTR_RO(creates);
static DEVICE_ATTR_RO(deletes);
static DEVICE_ATTR_RO(names);
static DEVICE_ATTR_RO(early_names);

/* --- what does something at once --- */

static ssize_t luns_show(struct device *device, struct device_attribute *attribute,
			 char *buf)
{
	return sysfs_emit(buf, "%*pbl\n", FCT_MAX_LUN, hba_of(device)->settings.luns);
}

static ssize_t luns_store(struct device *device, struct device_attribute *attribute,
			  const char *buf, size_t count)
{
	struct fct_hba *hba = hba_of(device);
	ssize_t result = read_list(buf, count, hba->settings.luns);

	if (result >= 0)
		fct_units_tell(hba, FCT_ATTENTION_LUNS);
	return result;
}

static ssize_t size_show(struct device *device, struct device_attribute *attribute,
			 char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(hba_of(device)->settings.size));
}

static ssize_t size_store(struct device *device, struct device_attribute *attribute,
			  const char *buf, size_t count)
{
	struct fct_hba *hba = hba_of(device);
	int size, error = kstrtoint(buf, 10, &size);

	if (error)
		return error;
	WRITE_ONCE(hba->settings.size, size);
	fct_units_tell(hba, FCT_ATTENTION_SIZE);
	return count;
}

static ssize_t link_show(struct device *device, struct device_attribute *attribute,
			 char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(hba_of(device)->is_link_up));
}

static ssize_t link_store(struct device *device, struct device_attribute *attribute,
			  const char *buf, size_t count)
{
	bool is_up;
	int error = kstrtobool(buf, &is_up);

	if (error)
		return error;
	fct_hba_set_link(hba_of(device), is_up);
	return count;
}

static ssize_t plug_show(struct device *device, struct device_attribute *attribute,
			 char *buf)
{
	return sysfs_emit(buf, "%d\n", READ_ONCE(hba_of(device)->port) != NULL);
}

static ssize_t plug_store(struct device *device, struct device_attribute *attribute,
			  const char *buf, size_t count)
{
	bool is_in;
	int error = kstrtobool(buf, &is_in);

	if (error)
		return error;
	if (is_in)
		error = fct_hba_plug(hba_of(device));
	else
		fct_hba_unplug(hba_of(device));
	return error ?: count;
}

static ssize_t static_vport_show(struct device *device,
				 struct device_attribute *attribute, char *buf)
{
	const struct fct_settings *settings = &hba_of(device)->settings;

	return sysfs_emit(buf, "%016llx:%016llx\n", settings->static_wwpn,
			  settings->static_wwnn);
}

static ssize_t static_vport_store(struct device *device,
				  struct device_attribute *attribute, const char *buf,
				  size_t count)
{
	struct fct_settings *settings = &hba_of(device)->settings;

	if (sscanf(buf, "%llx:%llx", &settings->static_wwpn, &settings->static_wwnn) != 2)
		return -EINVAL;
	return count;
}

static DEVICE_ATTR_RW(luns);
static DEVICE_ATTR_RW(size);
static DEVICE_ATTR_RW(link);
static DEVICE_ATTR_RW(plug);
static DEVICE_ATTR_RW(static_vport);

static struct attribute *files[] = {
	&file_npiv.attribute.attr,
	&file_max_vports.attribute.attr,
	&file_names_delay.attribute.attr,
	&file_create_answer.attribute.attr,
	&file_create_answer_down.attribute.attr,
	&file_create_delay.attribute.attr,
	&file_delete_answer.attribute.attr,
	&file_delete_delay.attribute.attr,
	&file_login_delay.attribute.attr,
	&file_targets.attribute.attr,
	&file_target_delay.attribute.attr,
	&file_lun_delay.attribute.attr,
	&file_ready_delay.attribute.attr,
	&file_flat.attribute.attr,
	&file_tape.attribute.attr,
	&file_arrays.attribute.attr,
	&file_xport.attribute.attr,
	&file_lunz.attribute.attr,
	&file_unconnected.attribute.attr,
	&file_vendor.attribute.attr,
	&file_product.attribute.attr,
	&file_revision.attribute.attr,
	&file_serial.attribute.attr,
	&file_id.attribute.attr,
	&dev_attr_driver_name.attr,
	&dev_attr_id_type.attr,
	&dev_attr_login.attr,
	&dev_attr_creates.attr,
	&dev_attr_deletes.attr,
	&dev_attr_killed.attr,
	&dev_attr_names.attr,
	&dev_attr_early_names.attr,
	&dev_attr_relogin.attr,
	&dev_attr_luns.attr,
	&dev_attr_size.attr,
	&dev_attr_link.attr,
	&dev_attr_plug.attr,
	&dev_attr_static_vport.attr,
	NULL,
};
static const struct attribute_group file_group = { .attrs = files };
const struct attribute_group *fct_settings_groups[] = { &file_group, NULL };

static void set_text(struct fct_text *text, const char *value)
{
	text->length = strlen(value);
	memcpy(text->bytes, value, text->length);
}

void fct_settings_init(struct fct_settings *settings)
{
	settings->npiv = 1;
	settings->max_vports = 255;
	settings->login = settings->relogin = FC_VPORT_ACTIVE;
	settings->targets = 1;
	settings->size = 16;
	settings->tape = -1;
	strscpy(settings->driver, "npiv_fctest", sizeof(settings->driver));
	strscpy(settings->id_type, "naa", sizeof(settings->id_type));
	set_text(&settings->vendor, "FCTEST");
	set_text(&settings->product, "RAM LUN");
	set_text(&settings->revision, "1");
	set_text(&settings->serial, "fct");
	set_text(&settings->id, "fct");
	set_bit(0, settings->luns);
}

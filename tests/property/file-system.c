// SPDX-License-Identifier: LGPL-2.1-or-later
/* The world as a tree of files, for the code that reads files: what the kernel would show in sysfs of it, and
 * what npiv-vport keeps below /run. */
#include <fcntl.h>
#include <ftw.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "system.h"

#define ROOT_TEMPLATE "/npiv-names-XXXXXX"

const char *system_run;
int system_sysfs = -EBADF;

static struct world *world;
static struct device_slot shown[N_DEVICES];
static char *remembered[N_VHBAS]; /* the text that was shown; NULL: none */
static char root[PATH_MAX / 4], run_dir[PATH_MAX / 2];

/* --- files ----------------------------------------------------------------------------------- */

/* Nothing of this may fail on a machine that tests can run on. */
static void must(bool is_done, const char *what)
{
	if (is_done)
		return;
	perror(what);
	abort();
}

_printf_(2, 3) static char *path_of(char path[static PATH_MAX], const char *format, ...)
{
	int n = snprintf(path, PATH_MAX, "%s/", root);
	va_list args;

	va_start(args, format);
	vsnprintf(path + n, (size_t)(PATH_MAX - n), format, args);
	va_end(args);
	return path;
}

static void make_folders(char *path)
{
	for (char *slash = path + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
		*slash = '\0';
		must(mkdir(path, 0755) == 0 || errno == EEXIST, path);
	}
}

static void put_bytes(char *path, const void *bytes, size_t size)
{
	FILE *file = fopen(path, "we");

	if (!file) {
		make_folders(path);
		file = fopen(path, "we");
	}
	must(file && fwrite(bytes, 1, size, file) == size && fclose(file) == 0, path);
}

static void put(char *path, const char *text)
{
	put_bytes(path, text, strlen(text));
}

static void put_number(char *path, int base, uint64_t number)
{
	char text[32];

	if (base == 16)
		(void)snprintf(text, sizeof(text), "0x%" PRIx64 "\n", number);
	else
		(void)snprintf(text, sizeof(text), "%" PRIu64 "\n", number);
	put(path, text);
}

static void put_link(char *path, const char *target)
{
	if (symlink(target, path) == 0 || errno == EEXIST)
		return;
	make_folders(path);
	must(symlink(target, path) == 0, path);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static void take_away(const char *path)
{
	must(nftw(path, remove_one, 8, FTW_DEPTH | FTW_PHYS) == 0 || errno == ENOENT,
	     path);
}

/* --- disks and maps -------------------------------------------------------------------------- */

/* The path of a disk's scsi_device, from sysfs. */
static const char *scsi_path(const struct device_slot *disk, char path[static PATH_MAX])
{
	(void)snprintf(
		path, PATH_MAX,
		"devices/host90/vport-90:0-%d/host%d/rport-%d:0-%d/target%d:0:%d/%d:0:%d:%d",
		disk->vhba, disk->vhba, disk->vhba, disk->port, disk->vhba, disk->port,
		disk->vhba, disk->port, disk->lun);
	return path;
}

static void put_block(const struct device_slot *slot, const char *folder)
{
	char path[PATH_MAX], target[PATH_MAX + 8];

	put_number(path_of(path, "sys/%s/diskseq", folder), 10, slot->sequence);
	put(path_of(path, "sys/%s/uevent", folder), "");
	(void)snprintf(target, sizeof(target), "../../%s", folder);
	put_link(path_of(path, "sys/class/block/%s", slot->name), target);
}

/* VPD page 0x80: SPC-4 7.8.13. */
static void put_serial(const char *scsi, const char *serial)
{
	unsigned char page[64] = { 0, 0x80, 0, (unsigned char)strlen(serial) };
	char path[PATH_MAX];

	(void)path_of(path, "sys/%s/vpd_pg80", scsi);
	take_away(path);
	if (!*serial)
		return;
	memcpy(page + 4, serial, strlen(serial));
	put_bytes(path, page, 4 + strlen(serial));
}

static void put_unit(const struct device_slot *disk)
{
	const struct unit *unit = &units[disk->unit];
	char scsi[PATH_MAX], path[PATH_MAX];

	(void)scsi_path(disk, scsi);
	put(path_of(path, "sys/%s/type", scsi), "0\n");
	put(path_of(path, "sys/%s/state", scsi), "running\n");
	put(path_of(path, "sys/%s/vendor", scsi), unit->vendor);
	put(path_of(path, "sys/%s/model", scsi), "Disk            \n");
	put(path_of(path, "sys/%s/wwid", scsi), disk->is_dumb ? "" : unit->wwid);
	put_serial(scsi, disk->is_dumb ? "" : unit->serial);
	put_number(path_of(path, "sys/%s/block/%s/size", scsi, disk->name), 10,
		   (uint64_t)disk->size);
}

static void add_disk(const struct device_slot *disk)
{
	char scsi[PATH_MAX], path[PATH_MAX], target[PATH_MAX + 64];

	(void)scsi_path(disk, scsi);
	put_unit(disk);
	(void)snprintf(target, sizeof(target), "%s/block/%s", scsi, disk->name);
	put_block(disk, target);
	(void)snprintf(target, sizeof(target), "../../../%s", scsi);
	put_link(path_of(path, "sys/class/scsi_device/%d:0:%d:%d/device", disk->vhba,
			 disk->port, disk->lun),
		 target);
	put_number(path_of(path, "sys/class/fc_remote_ports/rport-%d:0-%d/port_name",
			   disk->vhba, disk->port),
		   16, port_wwpns[disk->port]);
}

static void remove_device(const struct device_slot *slot)
{
	char path[PATH_MAX], scsi[PATH_MAX];

	take_away(path_of(path, "sys/class/block/%s", slot->name));
	if (slot->is_map) {
		take_away(path_of(path, "sys/devices/virtual/block/%s", slot->name));
		take_away(path_of(path, "sys/class/block/%sp1", slot->name));
		take_away(path_of(path, "sys/devices/virtual/block/%sp1", slot->name));
		return;
	}
	take_away(path_of(path, "sys/class/scsi_device/%d:0:%d:%d", slot->vhba,
			  slot->port, slot->lun));
	take_away(path_of(path, "sys/%s", scsi_path(slot, scsi)));
}

/* The partition that kpartx makes: a map of its own. */
static void add_part(const struct device_slot *map)
{
	struct device_slot part = { .sequence = 1 };
	char folder[64], path[PATH_MAX];

	(void)snprintf(part.name, sizeof(part.name), "%.8sp1", map->name);
	(void)snprintf(folder, sizeof(folder), "devices/virtual/block/%s", part.name);
	put_block(&part, folder);
	put(path_of(path, "sys/%s/dm/uuid", folder), "part1-mpath-1\n");
	put(path_of(path, "sys/%s/slaves/%s", folder, map->name), "");
	put(path_of(path, "sys/devices/virtual/block/%s/holders/%s", map->name,
		    part.name),
	    "");
}

static void add_map(const struct device_slot *map)
{
	char folder[64], path[PATH_MAX];

	(void)snprintf(folder, sizeof(folder), "devices/virtual/block/%s", map->name);
	put_block(map, folder);
	put(path_of(path, "sys/%s/dm/uuid", folder), "mpath-1\n");
	make_folders(path_of(path, "sys/%s/slaves/", folder));
	add_part(map);
}

static void put_slaves(int map)
{
	char path[PATH_MAX];

	(void)path_of(path, "sys/devices/virtual/block/%s/slaves/gone",
		      world->devices[map].name);
	if (world->devices[map].n_gone > 0)
		put(path, "");
	else
		take_away(path);
	for (int i = 0; i < N_DISKS; i++) {
		(void)path_of(path, "sys/devices/virtual/block/%s/slaves/%s",
			      world->devices[map].name, world->devices[i].name);
		if (world_is_slave(world, i, map))
			put(path, "");
		else
			take_away(path);
	}
}

static void show_device(int n)
{
	const struct device_slot *slot = &world->devices[n];

	if (shown[n].is_there && (!slot->is_there || slot->sequence != shown[n].sequence))
		remove_device(&shown[n]);
	else if (shown[n].is_there && !slot->is_map &&
		 (slot->unit != shown[n].unit || slot->size != shown[n].size ||
		  slot->is_dumb != shown[n].is_dumb))
		put_unit(slot);
	if (slot->is_there &&
	    (!shown[n].is_there || slot->sequence != shown[n].sequence)) {
		if (slot->is_map)
			add_map(slot);
		else
			add_disk(slot);
	}
	shown[n] = *slot;
}

static void show_vhba(int n)
{
	const struct vhba *vhba = &world->vhbas[n];
	char state[PATH_MAX], link[PATH_MAX], path[PATH_MAX], target[32];

	(void)path_of(state, "run/vhba/v%d", n);
	(void)path_of(link, "run/port/%016" PRIx64, vhba->wwpn);
	put_number(path_of(path, "sys/class/fc_host/host%d/port_name", n), 16,
		   vhba->wwpn);
	if (vhba->is_up && remembered[n] && streq(remembered[n], vhba->state))
		return;
	free(TAKE_PTR(remembered[n]));
	if (!vhba->is_up) {
		take_away(state);
		take_away(link);
		return;
	}
	remembered[n] = strdup(vhba->state);
	must(remembered[n], "strdup");
	(void)snprintf(target, sizeof(target), "../vhba/v%d", n);
	put(state, vhba->state);
	put_link(link, target);
}

/* --- system.h -------------------------------------------------------------------------------- */

void system_open(struct world *new_world)
{
	const char *folder = getenv("TMPDIR");
	char path[PATH_MAX];

	world = new_world;
	memset(shown, 0, sizeof(shown));
	(void)snprintf(root, sizeof(root), "%s" ROOT_TEMPLATE, folder ? folder : "/tmp");
	must(mkdtemp(root), root);
	(void)snprintf(run_dir, sizeof(run_dir), "%s/run", root);
	system_run = run_dir;
	make_folders(path_of(path, "sys/class/block/"));
	system_sysfs = open(path_of(path, "sys"), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	must(system_sysfs >= 0, path);
}

void system_close(void)
{
	close(system_sysfs);
	take_away(root);
	for (int i = 0; i < N_VHBAS; i++)
		free(TAKE_PTR(remembered[i]));
}

void system_show(void)
{
	for (int i = 0; i < N_VHBAS; i++)
		show_vhba(i);
	for (int i = 0; i < N_DEVICES; i++)
		show_device(i);
	for (int i = N_DISKS; i < N_DEVICES; i++)
		if (world->devices[i].is_there)
			put_slaves(i);
}

void system_set_event(int device)
{
	must(setenv("DM_MULTIPATH_DEVICE_PATH",
		    world->devices[device].is_member ? "1" : "0", true) == 0,
	     "setenv");
}

/* No file may grow: for the programs that is a file system without room (setrlimit(2)). The lock is never
 * free then either, for a wait for it takes too long here. */
void system_set_trouble(enum trouble trouble, uint64_t seed)
{
	const struct rlimit limit = {
		.rlim_cur = trouble == TROUBLE_NONE ? RLIM_INFINITY : 0,
		.rlim_max = RLIM_INFINITY,
	};

	must(signal(SIGXFSZ, SIG_IGN) != SIG_ERR && setrlimit(RLIMIT_FSIZE, &limit) == 0,
	     "setrlimit");
}

static bool take_trigger(const char *device, const char *part)
{
	char path[PATH_MAX];
	struct stat st;

	(void)path_of(path, "sys/class/block/%s%s/uevent", device, part);
	if (stat(path, &st) < 0 || st.st_size == 0)
		return false;
	must(truncate(path, 0) == 0, path);
	return true;
}

void system_take_triggers(void)
{
	for (int i = 0; i < N_DEVICES; i++)
		if (take_trigger(world->devices[i].name, ""))
			world_add_event(world, i, false);
	for (int i = N_DISKS; i < N_DEVICES; i++)
		if (take_trigger(world->devices[i].name, "p1"))
			world_touch_part(world, i);
}

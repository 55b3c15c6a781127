// SPDX-License-Identifier: LGPL-2.1-or-later
/* The helper of udev: finds the vHBA, the pool, the LUN and the names of a block device. */
#include <fcntl.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <unistd.h>

#include "lib/usage.h"
#include "id/id.h"
#include "lib/run-file.h"
#include "names/names.h"
#include "state/environment.h"
#include "state/state-dir.h"
#include "lib/fd.h"
#include "lib/io.h"
#include "fc/lun-read.h"
#include "fc/sysfs.h"

static int answer_device(const struct lookup *lookup, const char *name, FILE *out)
{
	struct device device;
	int r;

	r = device_read(lookup->sysfs, name, &device);
	if (r <= 0)
		return r;
	switch (device.kind) {
	case DEVICE_DISK:
		return id_disk(lookup, &device, out);
	case DEVICE_MAP:
		return id_map(lookup, &device, out);
	}
	return 0;
}

/* Prints the pool of the first link; all links are in the same pool. */
static int guest_print_pool(const struct lookup *lookup, const struct device_names *entry,
			    FILE *out)
{
	char path[PATH_MAX];
	const char *link;
	int n;

	if (entry->n_links == 0)
		return 0;
	link = entry->links[0];
	n = (int)strcspn(link, "/");
	if (snprintf(path, sizeof(path), "%s/guest/%.*s", lookup->run, n, link) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	if (access(path, F_OK) == 0)
		fprintf(out, "%.*s\n", n, link);
	return 0;
}

/* Writes the pool in which a block device has names, if the pool has a guest; otherwise nothing. The device may
 * already be gone. */
static int answer_guest(const struct lookup *lookup, const char *name, FILE *out)
{
	_cleanup_(device_names_done) struct device_names entry = { 0 };
	_cleanup_free_ char *text = NULL;
	char path[PATH_MAX];
	size_t size;
	int r;

	if (snprintf(path, sizeof(path), "%s/device/%s", lookup->run, name) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	r = run_file_read(AT_FDCWD, path, &text, &size);
	if (r == -ENOENT)
		return 0;
	if (r >= 0)
		r = device_names_parse(text, size, &entry);
	return r < 0 ? r : guest_print_pool(lookup, &entry, out);
}

/* Reads the host from the address "8:0:1:0" of a SCSI device, or "rport-8:0-1" of a remote port. */
static int vhba_read_host(const char *address, bool is_rport, uint32_t *ret_host)
{
	struct fc_lun lun = { 0 };
	int r;

	if (is_rport)
		return sscanf(address, "rport-%" SCNu32 ":", ret_host) == 1 ? 0 : -EINVAL;
	r = lun_address_parse(address, &lun);
	*ret_host = lun.host;
	return r;
}

/* Writes the name of the vHBA that sees a SCSI device (its address, "H:C:T:L"), or a remote port ("rport-H:C-N")
 * that appears when the pool already has names; nothing if it belongs to no vHBA. */
static int answer_vhba(const struct lookup *lookup, const char *address, FILE *out)
{
	_cleanup_(vhba_state_done) struct vhba_state state = { 0 };
	bool is_rport = startswith(address, "rport-");
	char path[64], target[PATH_MAX], vport[VPORT_NAME_SIZE];
	uint64_t wwpn;
	uint32_t host;
	ssize_t n;
	int r;

	r = vhba_read_host(address, is_rport, &host);
	if (r < 0)
		return r;
	(void)snprintf(path, sizeof(path), "class/fc_host/host%" PRIu32, host);
	n = readlinkat(lookup->sysfs, path, target, sizeof(target) - 1);
	if (n < 0)
		return errno == ENOENT ? 0 : -errno;
	target[n] = '\0';
	devpath_vport(target, vport);
	r = device_port_wwpn(lookup->sysfs, vport, host, &wwpn);
	if (r >= 0)
		r = state_lookup_port(lookup->run, lookup->sysfs, wwpn, vport, &state);
	if (r < 0)
		return r == -ENOENT ? 0 : r;
	/* The start handles remote ports that appear before the first disk. */
	if (!is_rport || names_has_names(lookup->run, state.pool))
		fprintf(out, "%s\n", state.name);
	return 0;
}

typedef int (*answer_fn)(const struct lookup *lookup, const char *name, FILE *out);

/* Collects the answer first: if something fails, udev must get nothing rather than a part. */
static int print_answer(const struct lookup *lookup, const char *name, answer_fn fn)
{
	_cleanup_free_ char *text = NULL;
	size_t size = 0;
	FILE *out;
	int r;

	out = open_memstream(&text, &size);
	if (!out)
		return -ENOMEM;
	r = fn(lookup, name, out);
	if (fclose(out) != 0 && r >= 0)
		r = -ENOMEM;
	if (r < 0)
		return r;
	return io_write(STDOUT_FILENO, text, size);
}

static int run_verb(const char *name, char option)
{
	_cleanup_free_ char *run_dir = environment_run_dir();
	_cleanup_close_ int sysfs = -EBADF;
	struct lookup lookup;

	if (!run_dir)
		return -ENOMEM;
	sysfs = sysfs_open_dir(AT_FDCWD, environment_sysfs());
	if (sysfs < 0)
		return sysfs;
	lookup = (struct lookup){ run_dir, sysfs };
	if (option == 'r')
		return names_drop(run_dir, sysfs, name, environment_number("DISKSEQ"));
	return print_answer(&lookup, name,
			    option == 'v' ? answer_vhba :
			    option == 'g' ? answer_guest :
					    answer_device);
}

static void print_help(void)
{
	puts("Usage: npiv-id [--removed|--vhba|--guest] [DEVICE]\n"
	     "\n"
	     "Prints which virtual HBA, pool and LUN a block device belongs to, in the form that\n"
	     "udev's IMPORT{program} reads. Prints nothing for any other device. DEVICE is a kernel\n"
	     "name (sdc, dm-0); without it, the device is that of $DEVPATH.\n"
	     "\n"
	     "  --removed   release the names of a device that has disappeared\n"
	     "  --vhba      print only the name of the virtual HBA of a SCSI device (8:0:1:0), or of\n"
	     "              a remote port (rport-8:0-1) if the pool of that virtual HBA has names\n"
	     "  --guest     print the pool of a device if it has a guest, even if the device has\n"
	     "              disappeared\n"
	     "  --help      show this help");
}

/* Returns the kernel name of the event's device, the end of its path. */
static const char *event_device(void)
{
	const char *path = getenv("DEVPATH"), *slash = path ? strrchr(path, '/') : NULL;

	return slash ? slash + 1 : NULL;
}

int main(int argc, char *argv[])
{
	static const struct option options[] = {
		{ "removed", no_argument, NULL, 'r' }, { "vhba", no_argument, NULL, 'v' },
		{ "guest", no_argument, NULL, 'g' },   { "help", no_argument, NULL, 'h' },
		{ "version", no_argument, NULL, 'V' }, { 0 },
	};
	char option = 0;
	const char *name;
	int c, r;

	while ((c = getopt_long(argc, argv, "h", options, NULL)) >= 0) {
		if (c == 'h') {
			print_help();
			return EXIT_SUCCESS;
		}
		if (c == 'V') {
			puts("npiv-id " NPIV_VERSION);
			return EXIT_SUCCESS;
		}
		if (c != 'r' && c != 'v' && c != 'g')
			return EXIT_USAGE;
		option = (char)c;
	}
	name = optind < argc ? argv[optind] : event_device();
	if (!name || !*name || strchr(name, '/') || argc - optind > 1) {
		fputs("npiv-id: one kernel name of a block device is needed; see --help\n",
		      stderr);
		return EXIT_USAGE;
	}

	r = run_verb(name, option);
	if (r < 0)
		fprintf(stderr, "npiv-id: '%s': %s\n", name, strerror(-r));
	return r < 0 ? EXIT_FAILURE : EXIT_SUCCESS;
}

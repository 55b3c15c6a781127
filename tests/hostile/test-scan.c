// SPDX-License-Identifier: LGPL-2.1-or-later
/* Scans a tree of sysfs over and over while another process breaks it: test-scan TREE STASH ROUNDS
 * [SEED]. A scan may miss what is broken, and nothing else; once all is mended it is as it was. */
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/wait.h>

#include "breaker.h"
#include "lib/parse.h"
#include "fc/device.h"
#include "lib/fd.h"
#include "fc/scan.h"
#include "fc/sysfs.h"

#define ROUND_SECONDS 20U /* a scan that takes as long waits for something */

#define MUST(condition)                                                          \
	do {                                                                     \
		if (!(condition)) {                                              \
			fprintf(stderr, "%s:%d: this must hold: %s\n", __FILE__, \
				__LINE__, #condition);                           \
			abort();                                                 \
		}                                                                \
	} while (false)

/* --- what a scan gives ----------------------------------------------------------------------- */

#define ENDS(field) (memchr(field, '\0', sizeof(field)) != NULL)

static bool is_printable(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text > '~')
			return false;
	return true;
}

static void check_lun(const struct fc_lun *lun)
{
	MUST(ENDS(lun->state) && ENDS(lun->vendor) && ENDS(lun->model) &&
	     ENDS(lun->revision) && ENDS(lun->wwid) && ENDS(lun->serial) &&
	     ENDS(lun->disk));
	MUST(is_printable(lun->vendor) && is_printable(lun->model) &&
	     is_printable(lun->wwid) && is_printable(lun->serial));
	MUST(!strchr(lun->disk, '/'));
}

static void check_inventory(const struct inventory *inventory)
{
	for (size_t i = 0; i < inventory->n_ports; i++) {
		const struct fc_port *port = &inventory->ports[i];

		MUST(i == 0 || port[-1].host <= port->host);
		MUST(ENDS(port->pci_address) && ENDS(port->driver) &&
		     ENDS(port->port_type) && ENDS(port->speed) &&
		     ENDS(port->symbolic_name));
		MUST(port->state < _PORT_STATE_MAX);
	}
	for (size_t i = 0; i < inventory->n_vports; i++)
		MUST(ENDS(inventory->vports[i].sysname) &&
		     inventory->vports[i].state < _VPORT_STATE_MAX);
	for (size_t i = 0; i < inventory->n_rports; i++)
		MUST(ENDS(inventory->rports[i].sysname) &&
		     inventory->rports[i].state < _PORT_STATE_MAX);
	for (size_t i = 0; i < inventory->n_luns; i++)
		check_lun(&inventory->luns[i]);
}

static void print_inventory(const struct inventory *inventory, FILE *out)
{
	for (size_t i = 0; i < inventory->n_ports; i++)
		fprintf(out, "port %u %" PRIx64 " %d %s %s\n", inventory->ports[i].host,
			inventory->ports[i].wwpn, inventory->ports[i].state,
			inventory->ports[i].driver, inventory->ports[i].symbolic_name);
	for (size_t i = 0; i < inventory->n_vports; i++)
		fprintf(out, "vport %s %" PRIx64 " %u %d\n", inventory->vports[i].sysname,
			inventory->vports[i].wwpn, inventory->vports[i].host,
			inventory->vports[i].state);
	for (size_t i = 0; i < inventory->n_rports; i++)
		fprintf(out, "rport %s %" PRIx64 "\n", inventory->rports[i].sysname,
			inventory->rports[i].wwpn);
	for (size_t i = 0; i < inventory->n_luns; i++) {
		const struct fc_lun *lun = &inventory->luns[i];

		fprintf(out,
			"lun %u:%u:%u:%" PRIu64 " %" PRIx64 " %s %s %s %s %s %" PRIu64
			"\n",
			lun->host, lun->channel, lun->target, lun->kernel_lun,
			lun->target_wwpn, lun->vendor, lun->model, lun->wwid, lun->serial,
			lun->disk, lun->size);
	}
}

/* --- what a scan for one WWPN gives of that ---------------------------------------------------- */

static void compare_port(const struct fc_port *port, const struct fc_port *whole,
			 bool is_full)
{
	MUST(port->host == whole->host && port->wwpn == whole->wwpn &&
	     port->wwnn == whole->wwnn && port->parent_host == whole->parent_host &&
	     port->is_vport == whole->is_vport && port->is_target == whole->is_target);
	if (!is_full)
		return;
	MUST(port->state == whole->state && port->fabric_wwn == whole->fabric_wwn &&
	     port->is_capable == whole->is_capable &&
	     port->max_vports == whole->max_vports &&
	     port->vports_inuse == whole->vports_inuse);
	MUST(streq(port->driver, whole->driver) &&
	     streq(port->pci_address, whole->pci_address) &&
	     streq(port->symbolic_name, whole->symbolic_name));
}

static void compare_vport(const struct fc_vport *vport, const struct fc_vport *whole,
			  bool is_full)
{
	MUST(streq(vport->sysname, whole->sysname) && vport->wwpn == whole->wwpn &&
	     vport->parent_host == whole->parent_host);
	MUST(!is_full || (vport->wwnn == whole->wwnn && vport->host == whole->host &&
			  vport->state == whole->state));
}

static uint32_t choose_by_wwpn(const struct inventory *inventory, void *context)
{
	const uint64_t *wwpn = context;
	const struct fc_vport *vport = inventory_vport_by_wwpn(inventory, *wwpn);
	const struct fc_port *port = inventory_port_by_wwpn(inventory, *wwpn);

	return vport ? vport->host : port ? port->host : HOST_NONE;
}

/* Of others the names, of its own all. */
static void compare_names(const char *tree, uint64_t wwpn, uint32_t host,
			  const struct inventory *whole)
{
	struct inventory view = inventory_of_host(whole, host), names;

	MUST(scan_names_and_luns(tree, wwpn, choose_by_wwpn, &wwpn, &names) == 0);
	MUST(names.n_ports == view.n_ports && names.n_vports == view.n_vports &&
	     names.n_rports == view.n_rports && names.n_luns == view.n_luns);
	for (size_t i = 0; i < view.n_ports; i++)
		compare_port(&names.ports[i], &view.ports[i],
			     !view.ports[i].is_vport || view.ports[i].wwpn == wwpn);
	for (size_t i = 0; i < view.n_vports; i++)
		compare_vport(&names.vports[i], &view.vports[i],
			      view.vports[i].wwpn == wwpn);
	for (size_t i = 0; i < view.n_luns; i++)
		MUST(streq(names.luns[i].disk, view.luns[i].disk) &&
		     streq(names.luns[i].wwid, view.luns[i].wwid));
	inventory_done(&names);
}

static void compare_all_names(const char *tree)
{
	struct inventory whole;

	MUST(scan_inventory(tree, &whole) == 0);
	MUST(whole.n_vports > 0 && whole.n_luns > 0);
	for (size_t i = 0; i < whole.n_ports; i++)
		compare_names(tree, whole.ports[i].wwpn, whole.ports[i].host, &whole);
	compare_names(tree, 0, HOST_NONE, &whole);
	inventory_done(&whole);
}

/* --- one round ------------------------------------------------------------------------------- */

/* What npiv-id does with each block device. Fails where that is broken, and never hangs. */
static size_t read_devices(int sysfs)
{
	_cleanup_closedir_ DIR *dir = sysfs_open_stream(sysfs, "class/block");
	struct dirent *item;
	size_t n = 0;

	while (dir && (item = readdir(dir))) {
		_cleanup_(device_list_done) struct device_list slaves = { 0 };
		struct device device;

		if (item->d_name[0] == '.' ||
		    device_read(sysfs, item->d_name, &device) <= 0)
			continue;
		n++;
		MUST(ENDS(device.name) && *device.name && !strchr(device.name, '/'));
		if (device.kind == DEVICE_DISK) {
			MUST(ENDS(device.identity) && is_printable(device.identity));
			check_lun(&device.lun);
		} else if (device_slaves(sysfs, item->d_name, &slaves) == 0) {
			for (size_t i = 0; i < slaves.n; i++)
				MUST(*slaves.names[i] && !strchr(slaves.names[i], '/'));
		}
	}
	return n;
}

/* The text of what is seen; the caller frees it. */
static char *look(const char *tree, int sysfs)
{
	struct inventory inventory;
	char *text;
	size_t size;
	FILE *out;

	alarm(ROUND_SECONDS);
	MUST(scan_inventory(tree, &inventory) == 0);
	check_inventory(&inventory);
	out = open_memstream(&text, &size);
	MUST(out);
	print_inventory(&inventory, out);
	fprintf(out, "%zu block devices\n", read_devices(sysfs));
	MUST(fclose(out) == 0);
	inventory_done(&inventory);
	alarm(0);
	return text;
}

/* --- two processes --------------------------------------------------------------------------- */

/* Until the other end of the pipe is closed. */
static int break_until(int fd, const char *tree, const char *stash, uint64_t seed)
{
	struct breaker *breaker = breaker_new(tree, stash, seed);
	struct pollfd end = { .fd = fd, .events = POLLIN };
	bool is_mended;

	if (!breaker)
		return EXIT_FAILURE;
	while (poll(&end, 1, 0) == 0)
		breaker_step(breaker);
	is_mended = breaker_mend_all(breaker);
	breaker_free(breaker);
	return is_mended ? EXIT_SUCCESS : EXIT_FAILURE;
}

static pid_t start_breaking(const char *tree, const char *stash, uint64_t seed,
			    int *ret_fd)
{
	int fds[2];
	pid_t pid;

	MUST(pipe2(fds, O_CLOEXEC) == 0);
	pid = fork();
	MUST(pid >= 0);
	if (pid == 0) {
		close(fds[1]);
		_exit(break_until(fds[0], tree, stash, seed));
	}
	close(fds[0]);
	*ret_fd = fds[1];
	return pid;
}

/* Returns how many scans saw something else than all. */
static uint64_t scan_all(const char *tree, int sysfs, uint64_t rounds, const char *whole)
{
	uint64_t n_broken = 0;

	for (uint64_t i = 0; i < rounds; i++) {
		_cleanup_free_ char *text = look(tree, sysfs);

		n_broken += !streq(text, whole);
	}
	return n_broken;
}

static int run(const char *tree, const char *stash, uint64_t rounds, uint64_t seed)
{
	_cleanup_close_ int sysfs = sysfs_open_dir(AT_FDCWD, tree);
	_cleanup_free_ char *before = NULL, *after = NULL;
	uint64_t n_broken;
	int fd, status;
	pid_t pid;

	MUST(sysfs >= 0);
	printf("seed %" PRIu64 "\n", seed);
	before = look(tree, sysfs);
	MUST(strstr(before, "lun ") && strstr(before, "port "));
	compare_all_names(tree);
	pid = start_breaking(tree, stash, seed, &fd);
	n_broken = scan_all(tree, sysfs, rounds, before);
	close(fd);
	MUST(waitpid(pid, &status, 0) == pid && status == 0);
	after = look(tree, sysfs);
	MUST(streq(before, after));
	printf("%" PRIu64 " scans, %" PRIu64 " of a tree that was broken\n", rounds,
	       n_broken);
	return n_broken > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
	uint64_t rounds, seed = 0;

	if (argc < 4 || argc > 5 || parse_unsigned(argv[3], UINT64_MAX, &rounds) < 0 ||
	    (argc == 5 && parse_unsigned(argv[4], UINT64_MAX, &seed) < 0)) {
		fprintf(stderr, "usage: %s TREE STASH ROUNDS [SEED]\n", argv[0]);
		return 2;
	}
	if (argc < 5 && getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		return EXIT_FAILURE;
	return run(argv[1], argv[2], rounds, seed);
}

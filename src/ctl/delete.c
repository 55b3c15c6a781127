// SPDX-License-Identifier: LGPL-2.1-or-later
/* npivctl delete: a virtual HBA is stopped and its file removed, if that file is its own. */
#include <fcntl.h>
#include <getopt.h>
#include <unistd.h>

#include "lib/limits.h"
#include "config/name.h"
#include "config/section-list.h"
#include "diagnose/stage.h"
#include "ctl/jobs.h"
#include "ctl/model.h"
#include "ctl/ctl.h"
#include "config/load.h"
#include "config/write.h"
#include "state/environment.h"
#include "lib/fd.h"
#include "lib/io.h"

#define FOLDER "/etc/npiv.d/"

static const struct ctl_option options[] = {
	{ "yes", 'y', no_argument, NULL, "do not ask" },
	{ "dry-run", 'd', no_argument, NULL, "show what would be done, and do nothing" },
};

struct request {
	const char *name;
	const struct host_model *model;
	char *path; /* of its file, as people name it */
	bool is_sure, is_dry_run;
};

static int on_option(int letter, const char *argument, void *context)
{
	struct request *request = context;

	if (letter == 'y')
		request->is_sure = true;
	else
		request->is_dry_run = true;
	return 0;
}

static const struct ctl_help help = {
	.usage = "delete [OPTION...] NAME",
	.text = "Stops a virtual HBA and removes its file from /etc/npiv.d. Asks first. Fails if the\n"
		"file has any section but that of the virtual HBA and that of a pool of its own, or if the\n"
		"file is in another folder.",
	.options = options,
	.n_options = ARRAY_SIZE(options),
	.min_arguments = 1,
	.max_arguments = 1,
	.on_option = on_option,
};

/* --- which file ------------------------------------------------------------------------------ */

static const struct vhba_state *find_state(const struct request *request)
{
	const struct state_list *states = &request->model->states;

	return vhba_state_find(states->states, states->n, request->name);
}

/* The file that defines it; of one whose section has errors the one that would be named after it. */
static int find_file(struct request *request)
{
	const struct config *config = &request->model->config;
	const struct vhba_config *vhba = config_find_vhba(config, request->name);
	int r;

	if (vhba)
		r = asprintf(&request->path, "%s", vhba->file);
	else if (config_fault(config, request->name))
		r = asprintf(&request->path, FOLDER "%s.conf", request->name);
	else
		r = -ENOENT;
	if (r >= 0)
		return 0;
	request->path = NULL;
	if (r != -ENOENT)
		return ctl_fail("cannot find its file", -ENOMEM);
	fprintf(stderr, "npivctl: no file defines a vHBA '%s'\n", request->name);
	if (!find_state(request))
		return stage_info(STAGE_CONFIG)->exit_code;
	fprintf(stderr, "  it is up; 'npivctl stop %s' stops it\n", request->name);
	return EXIT_FAILURE;
}

/* What lies elsewhere is a package's, or the next boot's. */
static int check_folder(const struct request *request)
{
	const char *name = strrchr(request->path, '/') + 1;

	if (startswith(request->path, FOLDER) == name)
		return 0;
	fprintf(stderr,
		"npivctl: %s is not in /etc/npiv.d, so it is not removed\n"
		"  'ln -s /dev/null " FOLDER "%s' masks it\n",
		request->path, name);
	return EXIT_FAILURE;
}

/* --- whose it is ----------------------------------------------------------------------------- */

static bool pool_is_shared(const struct request *request, const char *pool)
{
	const struct config *config = &request->model->config;

	for (size_t i = 0; i < config->n_vhbas; i++)
		if (!streq(config->vhbas[i].name, request->name) &&
		    streq(config->vhbas[i].pool, pool))
			return true;
	return false;
}

/* Whether a section goes with the vHBA: its own, and that of a pool which no other vHBA is in. */
static bool is_own_section(const struct request *request, const char *section)
{
	const struct vhba_config *vhba =
		config_find_vhba(&request->model->config, request->name);
	const char *name = startswith(section, "vhba ");

	if (name)
		return streq(name, request->name);
	name = startswith(section, "pool ");
	return name && streq(name, vhba ? vhba->pool : request->name) &&
	       !pool_is_shared(request, name);
}

static int read_file(const struct request *request, char **ret_text, size_t *ret_size)
{
	_cleanup_free_ char *path = NULL, *text = NULL;
	_cleanup_close_ int fd = -EBADF;
	ssize_t n;

	if (asprintf(&path, "%s%s", environment_root(), request->path) < 0) {
		path = NULL;
		return -ENOMEM;
	}
	text = malloc(NPIV_CONFIG_FILE_MAX);
	if (!text)
		return -ENOMEM;
	fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	n = io_read(fd, text, NPIV_CONFIG_FILE_MAX);
	if (n < 0)
		return (int)n;

	*ret_text = TAKE_PTR(text);
	*ret_size = (size_t)n;
	return 0;
}

/* Returns 0, or EXIT_FAILURE after it has reported what else the file has. */
static int check_sections(const struct request *request)
{
	_cleanup_(section_list_done) struct section_list list = { 0 };
	_cleanup_free_ char *text = NULL;
	bool has_own = false;
	size_t size = 0;
	int r;

	r = read_file(request, &text, &size);
	if (r >= 0)
		r = section_list_read(text, size, &list);
	if (r < 0 && r != -ENOENT)
		return ctl_fail(request->path, r);
	for (size_t i = 0; i < list.n; i++) {
		const char *section = list.sections[i].text;
		const char *name = startswith(section, "vhba ");

		if (is_own_section(request, section)) {
			has_own |= name != NULL;
			continue;
		}
		fprintf(stderr,
			"npivctl: %s also has a section [%s] in line %u, so it is not removed\n"
			"  %sremove the section [vhba %s] from it, then run 'npivctl apply'\n",
			request->path, section, list.sections[i].line,
			startswith(section, "pool ") ?
				"delete the other virtual HBAs of this pool first, or " :
				"",
			request->name);
		return EXIT_FAILURE;
	}
	if (has_own)
		return 0;
	fprintf(stderr,
		"npivctl: %s has no [vhba %s]; 'npivctl check' shows where it is\n",
		request->path, request->name);
	return EXIT_FAILURE;
}

/* --- doing it -------------------------------------------------------------------------------- */

/* Returns 0 if the answer is yes. */
static int delete_ask(const struct request *request)
{
	char answer[8] = "";

	if (request->is_sure)
		return 0;
	if (!isatty(STDIN_FILENO)) {
		fputs("npivctl: cannot ask without a terminal; add --yes to delete without asking\n",
		      stderr);
		return EXIT_FAILURE;
	}
	fprintf(stderr, "%s %s? [y/N] ",
		find_state(request) ? "Stop the virtual HBA and remove" : "Remove",
		request->path);
	if (fgets(answer, sizeof(answer), stdin) && strchr("yY", answer[0]) && answer[0])
		return 0;
	fputs("npivctl: nothing was changed\n", stderr);
	return EXIT_FAILURE;
}

static int delete_stop(const struct request *request, sd_bus *bus)
{
	_cleanup_(ctl_jobs_done) struct ctl_jobs jobs = { 0 };
	int r;

	r = ctl_jobs_add(&jobs, request->name, "StopUnit");
	return r < 0 ? ctl_fail("cannot stop the virtual HBA", r) :
		       ctl_jobs_run(bus, &jobs);
}

/* One of the same name in a later folder counts from now on. */
static void tell_what_shows(const struct request *request)
{
	const char *name = strrchr(request->path, '/') + 1;

	for (size_t i = 1; config_folders[i]; i++) {
		_cleanup_free_ char *path = NULL;

		if (asprintf(&path, "%s%s/%s", environment_root(), config_folders[i],
			     name) < 0) {
			path = NULL;
			return;
		}
		if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		fprintf(stderr,
			"npivctl: warning: %s/%s counts from now on; the removed file hid it\n",
			config_folders[i], name);
		return;
	}
}

static int remove_file(const struct request *request)
{
	_cleanup_free_ char *folder = NULL;
	int r;

	if (asprintf(&folder, "%s" FOLDER, environment_root()) < 0) {
		folder = NULL;
		return ctl_fail(request->path, -ENOMEM);
	}
	r = config_remove(folder, strrchr(request->path, '/') + 1);
	if (r < 0)
		return ctl_jobs_fail(request->path, r);
	printf("%s: removed\n", request->path);
	tell_what_shows(request);
	return 0;
}

static int carry_out(const struct request *request)
{
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	/* Below another root nothing runs. */
	if (*environment_root())
		return remove_file(request);
	if (ctl_jobs_connect(&bus) < 0)
		return EXIT_FAILURE;
	/* Without a state too: its unit may be about to recover. */
	r = delete_stop(request, bus);
	if (r == 0)
		r = remove_file(request);
	if (r != 0)
		return r;
	r = bus_reload(bus);
	return r < 0 ? ctl_jobs_fail("cannot make systemd read its units", r) : 0;
}

static int delete_one(struct request *request)
{
	int r;

	r = find_file(request);
	if (r == 0)
		r = check_folder(request);
	if (r == 0)
		r = check_sections(request);
	if (r != 0)
		return r;
	if (request->is_dry_run) {
		printf("would %sremove %s\n", find_state(request) ? "stop it and " : "",
		       request->path);
		return 0;
	}
	r = delete_ask(request);
	return r == 0 ? carry_out(request) : r;
}

int ctl_delete(int argc, char *argv[])
{
	_cleanup_(host_model_done) struct host_model model = { 0 };
	struct request request = { .model = &model };
	int r;

	r = ctl_parse_options(argc, argv, &help, &request, NULL);
	if (r >= 0)
		return r;
	request.name = argv[optind];
	if (host_model_load(&model) < 0)
		return EXIT_FAILURE;
	r = delete_one(&request);
	free(request.path);
	return r;
}

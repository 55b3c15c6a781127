// SPDX-License-Identifier: LGPL-2.1-or-later
/* A new configuration file: makes it, checks it beside all others, prints or writes it. */
#include <fcntl.h>
#include <unistd.h>

#include "config/name.h"
#include "config/print.h"
#include "lib/usage.h"
#include "diagnose/wwn-use.h"
#include "fc/wwn.h"
#include "ctl/new-config.h"
#include "ctl/wwn-alloc.h"
#include "ctl/jobs.h"
#include "ctl/ctl.h"
#include "config/load.h"
#include "config/write.h"
#include "state/environment.h"

#define FOLDER	  "/etc/npiv.d"
#define PATH_SIZE (sizeof(FOLDER) + NPIV_NAME_MAX + sizeof("/.conf"))

static void format_path(const struct new_config *new_config, char buf[static PATH_SIZE])
{
	(void)snprintf(buf, PATH_SIZE, FOLDER "/%s.conf", new_config->name);
}

/* Prints the messages about a file, from this severity on. Returns whether there were errors. */
static bool new_config_report(const struct messages *messages, const char *file,
			      enum message_severity least)
{
	bool is_bad = false;

	for (size_t i = 0; i < messages->n_messages; i++) {
		const struct message *message = &messages->messages[i];

		if (!message->file || !streq(message->file, file) ||
		    message->severity > least)
			continue;
		fprintf(stderr, "npivctl: %s%s\n",
			message->severity == MESSAGE_ERROR ? "" : "warning: ",
			message->text);
		is_bad |= message->severity == MESSAGE_ERROR;
	}
	return is_bad;
}

/* --- making ---------------------------------------------------------------------------------- */

const struct vhba_config *new_config_vhba(const struct new_config *new_config)
{
	return config_find_vhba(&new_config->config, new_config->name);
}

static int new_config_render(struct new_config *new_config, const char *comment,
			     const char *const *also)
{
	const struct vhba_config *vhba = new_config_vhba(new_config);
	const struct pool_config *pool =
		config_find_pool(&new_config->config, vhba->pool);
	FILE *out = open_memstream(&new_config->text, &new_config->size);
	int r;

	if (!out)
		return -ENOMEM;
	fputs(comment, out);
	r = config_print_vhba(vhba, also, out);
	if (pool && r >= 0)
		r = config_print_pool(pool, "\n", out);
	return fclose(out) == 0 ? r : -ENOMEM;
}

int new_config_make(struct new_config *new_config, const char *name, const char *comment,
		    const char *lines, size_t size, const char *const *also)
{
	_cleanup_(messages_done) struct messages messages = { 0 };
	const struct config_source source = {
		.path = "(new)",
		.text = lines,
		.size = size,
	};
	int r;

	assert(new_config);
	assert(name);
	assert(comment);
	assert(lines);

	*new_config = (struct new_config){ .name = name };
	r = config_add(&new_config->config, &source, &messages);
	if (r >= 0)
		r = config_finish(&new_config->config, &messages);
	if (r >= 0 && messages.out_of_memory)
		r = -ENOMEM;
	if (r < 0)
		return ctl_fail("cannot make the file", r);
	if (new_config_report(&messages, source.path, MESSAGE_WARNING) ||
	    !new_config_vhba(new_config))
		return EXIT_USAGE;
	r = new_config_render(new_config, comment, also);
	return r < 0 ? ctl_fail("cannot make the file", r) : 0;
}

void new_config_done(struct new_config *new_config)
{
	free(new_config->text);
	config_done(&new_config->config);
	*new_config = (struct new_config){ 0 };
}

/* --- checking -------------------------------------------------------------------------------- */

/* A file of this name, in whatever folder, is somebody's: it would be written over, or hidden. */
static int check_files(const struct new_config *new_config)
{
	for (size_t i = 0; config_folders[i]; i++) {
		_cleanup_free_ char *path = NULL;

		if (asprintf(&path, "%s%s/%s.conf", environment_root(), config_folders[i],
			     new_config->name) < 0) {
			path = NULL;
			return ctl_fail("cannot look for other files", -ENOMEM);
		}
		if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		fprintf(stderr, "npivctl: %s/%s.conf exists already%s\n",
			config_folders[i], new_config->name,
			i > 0 ? ", and a file in " FOLDER " would hide it" : "");
		return EXIT_FAILURE;
	}
	return 0;
}

/* Reads all files with this one among them: what its reader would complain about then. */
static int check_beside_others(const struct new_config *new_config)
{
	_cleanup_(config_done) struct config config = { 0 };
	_cleanup_(messages_done) struct messages messages = { 0 };
	char path[PATH_SIZE];
	struct config_source source = {
		.path = path,
		.text = new_config->text,
		.size = new_config->size,
	};
	int r;

	format_path(new_config, path);
	r = config_dir_load_with(environment_root(), &source, &config, &messages);
	if (r >= 0 && messages.out_of_memory)
		r = -ENOMEM;
	if (r < 0)
		return ctl_fail("cannot read the configuration", r);
	return new_config_report(&messages, path, MESSAGE_ERROR) ? EXIT_FAILURE : 0;
}

int new_config_check(const struct new_config *new_config, const struct host_model *model)
{
	const struct wwn_world world = wwn_alloc_world(model);
	const struct vhba_config *vhba = new_config_vhba(new_config);
	char user[WWN_USER_SIZE], wwpn[WWN_TEXT_SIZE];
	int r;

	r = check_files(new_config);
	if (r == 0)
		r = check_beside_others(new_config);
	if (r != 0 || !wwn_is_taken(&world, vhba, user))
		return r;
	fprintf(stderr, "npivctl: wwpn: %s is already used by %s\n",
		wwn_format(vhba->wwpn, wwpn), user);
	return EXIT_FAILURE;
}

/* --- writing --------------------------------------------------------------------------------- */

static int write_file(const struct new_config *new_config)
{
	_cleanup_free_ char *folder = NULL;
	char path[PATH_SIZE];
	int r;

	format_path(new_config, path);
	if (asprintf(&folder, "%s" FOLDER, environment_root()) < 0) {
		folder = NULL;
		return ctl_fail(path, -ENOMEM);
	}
	r = config_write_new(folder, strrchr(path, '/') + 1, new_config->text,
			     new_config->size);
	if (r < 0)
		return ctl_jobs_fail(path, r);
	printf("%s: written\n", path);
	return 0;
}

int new_config_put(const struct new_config *new_config, bool is_dry_run)
{
	if (!is_dry_run)
		return write_file(new_config);
	fputs(new_config->text, stdout);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 :
							ctl_fail("cannot print", -EIO);
}

int new_config_start(const struct new_config *new_config)
{
	_cleanup_(ctl_jobs_done) struct ctl_jobs jobs = { 0 };
	_cleanup_bus_ sd_bus *bus = NULL;
	int r;

	if (ctl_jobs_connect(&bus) < 0)
		return EXIT_FAILURE;
	/* For its timeouts, which the generator writes. */
	r = bus_reload(bus);
	if (r < 0)
		return ctl_jobs_fail("cannot make systemd read its units", r);
	r = ctl_jobs_add(&jobs, new_config->name, "StartUnit");
	return r < 0 ? ctl_fail("cannot start the virtual HBA", r) :
		       ctl_jobs_run(bus, &jobs);
}

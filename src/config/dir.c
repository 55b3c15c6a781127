// SPDX-License-Identifier: LGPL-2.1-or-later
/* Walks the configuration folders and loads what counts in them, in order. */
#include <fcntl.h>
#include <sys/stat.h>

#include "config/dir.h"
#include "config/file.h"
#include "config/list.h"
#include "lib/fd.h"

const char *const config_folders[] = {
	"/etc/npiv.d", "/run/npiv.d", "/usr/local/lib/npiv.d", "/usr/lib/npiv.d", NULL,
};

#define N_FOLDERS (ARRAY_SIZE(config_folders) - 1)

struct loader {
	struct config *config;
	struct messages *messages;
	uid_t owner; /* beside root, whom files may belong to without a warning */
	int folders[N_FOLDERS]; /* -EBADF: not there */
	struct config_list files; /* *.conf */
	struct config_list dropins; /* *.conf.d */
};

static void loader_done(struct loader *loader)
{
	for (size_t i = 0; i < N_FOLDERS; i++)
		closep(&loader->folders[i]);
	config_list_done(&loader->files);
	config_list_done(&loader->dropins);
}

/* Opens a folder below another; -ENOENT without a word, all else with one. */
static int open_folder(struct loader *loader, int dirfd, const char *name,
		       const char *path)
{
	_cleanup_close_ int fd = openat(dirfd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 && errno == ENOENT)
		return -ENOENT;
	if (fd < 0 || fstat(fd, &st) < 0) {
		int r = -errno;

		messages_add(loader->messages, MESSAGE_ERROR, path, 0,
			     "this folder cannot be read: %s", strerror(-r));
		return r;
	}
	if (st.st_mode & S_IWOTH) {
		messages_add(
			loader->messages, MESSAGE_ERROR, path, 0,
			"everybody may write to this folder, refusing it (chmod o-w)");
		return -EPERM;
	}
	config_file_warn(&st, loader->owner, path, loader->messages);
	return TAKE_FD(fd);
}

/* config_list_add() whose failures, but the lack of memory, are messages. */
static int list_folder(struct loader *loader, struct config_list *list, int fd,
		       size_t folder, const char *suffix, const char *path)
{
	int r;

	r = config_list_add(list, fd, folder, suffix, path, loader->messages);
	if (r < 0 && r != -ENOMEM) {
		messages_add(loader->messages, MESSAGE_ERROR, path, 0,
			     "this folder cannot be read: %s", strerror(-r));
		return 0;
	}
	return r;
}

static int list_folders(struct loader *loader, const char *root)
{
	for (size_t i = 0; i < N_FOLDERS; i++) {
		_cleanup_free_ char *path = NULL;
		int r;

		if (asprintf(&path, "%s%s", root, config_folders[i]) < 0) {
			path = NULL;
			return -ENOMEM;
		}
		loader->folders[i] =
			open_folder(loader, AT_FDCWD, path, config_folders[i]);
		if (loader->folders[i] < 0)
			continue;
		r = list_folder(loader, &loader->files, loader->folders[i], i, ".conf",
				config_folders[i]);
		if (r < 0)
			return r;
		r = list_folder(loader, &loader->dropins, loader->folders[i], i,
				".conf.d", config_folders[i]);
		if (r < 0)
			return r;
	}
	config_list_sort(&loader->files);
	config_list_sort(&loader->dropins);
	return 0;
}

/* Loads "FOLDER/NAME" or "FOLDER/MAIN.d/NAME". */
static int load_file(struct loader *loader, int dirfd, const struct list_entry *entry,
		     const char *main_name)
{
	_cleanup_free_ char *path = NULL;
	int r;

	if (main_name)
		r = asprintf(&path, "%s/%s.d/%s", config_folders[entry->folder],
			     main_name, entry->name);
	else
		r = asprintf(&path, "%s/%s", config_folders[entry->folder], entry->name);
	if (r < 0) {
		path = NULL;
		return -ENOMEM;
	}
	return config_file_load(loader->config, dirfd, entry->name,
				&(struct config_source){ .path = path,
							 .is_dropin = main_name },
				loader->owner, loader->messages);
}

/* Opens a file's drop-in folder in each folder and lists what is in them. */
static int list_dropins(struct loader *loader, const char *main_name,
			int fds[static N_FOLDERS], struct config_list *list)
{
	for (size_t i = 0; i < N_FOLDERS; i++) {
		_cleanup_free_ char *path = NULL;
		int r;

		if (loader->folders[i] < 0)
			continue;
		if (asprintf(&path, "%s/%s.d", config_folders[i], main_name) < 0) {
			path = NULL;
			return -ENOMEM;
		}
		fds[i] = open_folder(loader, loader->folders[i], strrchr(path, '/') + 1,
				     path);
		if (fds[i] < 0)
			continue;
		r = list_folder(loader, list, fds[i], i, ".conf", path);
		if (r < 0)
			return r;
	}
	config_list_sort(list);
	return 0;
}

static int load_dropins(struct loader *loader, const char *main_name)
{
	_cleanup_(config_list_done) struct config_list list = { 0 };
	int fds[N_FOLDERS] = { -EBADF, -EBADF, -EBADF, -EBADF };
	int r;

	r = list_dropins(loader, main_name, fds, &list);
	for (size_t i = 0; i < list.n && r >= 0; i++)
		r = load_file(loader, fds[list.entries[i].folder], &list.entries[i],
			      main_name);
	for (size_t i = 0; i < N_FOLDERS; i++)
		closep(&fds[i]);
	return r;
}

static int load_files(struct loader *loader)
{
	for (size_t i = 0; i < loader->files.n; i++) {
		const struct list_entry *file = &loader->files.entries[i];
		_cleanup_free_ char *dropins = NULL;
		int r;

		r = load_file(loader, loader->folders[file->folder], file, NULL);
		/* Drop-ins change what is there; of a file that is refused or masked nothing is. */
		if (r == CONFIG_FILE_LOADED) {
			if (asprintf(&dropins, "%s.d", file->name) < 0) {
				dropins = NULL;
				return -ENOMEM;
			}
			if (config_list_has(&loader->dropins, dropins, strlen(dropins)))
				r = load_dropins(loader, file->name);
		}
		if (r < 0)
			return r;
	}
	return 0;
}

/* A folder of drop-ins whose file is nowhere was most likely meant for another name. */
static void warn_of_orphans(struct loader *loader)
{
	for (size_t i = 0; i < loader->dropins.n; i++) {
		const struct list_entry *entry = &loader->dropins.entries[i];
		size_t n = strlen(entry->name) - strlen(".d");

		if (!config_list_has(&loader->files, entry->name, n))
			messages_add(loader->messages, MESSAGE_WARNING,
				     config_folders[entry->folder], 0,
				     "%s changes a file that is not there, ignoring it",
				     entry->name);
	}
}

/* The user that the root folder belongs to: root, if this is no tree that somebody made for a test. */
static uid_t owner_of_root(const char *root)
{
	struct stat st;

	return stat(*root ? root : "/", &st) < 0 ? 0 : st.st_uid;
}

static int load(const char *root, const struct config_source *extra,
		struct config *ret_config, struct messages *messages)
{
	_cleanup_(config_done) struct config config = { 0 };
	_cleanup_(loader_done) struct loader loader = {
		.config = &config,
		.messages = messages,
		.folders = { -EBADF, -EBADF, -EBADF, -EBADF },
	};
	int r;

	assert(root);
	assert(ret_config);
	assert(messages);

	loader.owner = owner_of_root(root);
	r = list_folders(&loader, root);
	if (r < 0)
		return r;
	r = load_files(&loader);
	if (r >= 0 && extra)
		r = config_add(&config, extra, messages);
	if (r < 0)
		return r;
	warn_of_orphans(&loader);
	r = config_finish(&config, messages);
	if (r < 0)
		return r;

	*ret_config = config;
	config = (struct config){ 0 };
	return 0;
}

int config_dir_load(const char *root, struct config *ret_config,
		    struct messages *messages)
{
	return load(root, NULL, ret_config, messages);
}

int config_dir_load_with(const char *root, const struct config_source *extra,
			 struct config *ret_config, struct messages *messages)
{
	assert(extra);

	return load(root, extra, ret_config, messages);
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Loads the configuration: reads the folders, merges their names, and reads the files that are not hidden. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "config/load.h"
#include "lib/fd.h"
#include "lib/limits.h"
#include "lib/text.h"

/* --- one file -------------------------------------------------------------------------------- */

static bool is_dev_null(const struct stat *st)
{
	return S_ISCHR(st->st_mode) && st->st_rdev == makedev(1, 3);
}

/* Returns why a file of this kind and mode is not accepted as a configuration file, or NULL. */
static const char *stat_fault(const struct stat *st)
{
	switch (st->st_mode & S_IFMT) {
	case S_IFREG:
		break;
	case S_IFDIR:
		return "this is a folder, not a file";
	case S_IFIFO:
		return "this is a FIFO, not a file";
	case S_IFSOCK:
		return "this is a socket, not a file";
	default:
		return "this is a device, not a file";
	}
	if (st->st_mode & S_IWOTH)
		return "everybody may write to this file, refusing it; run 'chmod o-w' on it";
	if (st->st_size > (off_t)NPIV_CONFIG_FILE_MAX)
		return "this file is larger than 1 MiB, refusing it";
	return NULL;
}

/* Adds a warning to messages if a user other than root and owner can write to a file or folder: the user that owns
 * it, or its group. path is its name in messages. */
static void file_warn(const struct stat *st, uid_t owner, const char *path,
		      struct messages *messages)
{
	const char *kind = S_ISDIR(st->st_mode) ? "folder" : "file";

	assert(st);
	assert(path);
	assert(messages);

	if (st->st_uid != 0 && st->st_uid != owner)
		messages_add(
			messages, MESSAGE_WARNING, path, 0,
			"this %s belongs to user %u, who can give any LUN to anybody; run 'chown root' on it",
			kind, (unsigned)st->st_uid);
	if (st->st_mode & S_IWGRP)
		messages_add(
			messages, MESSAGE_WARNING, path, 0,
			"group %u may write to this %s, and so give any LUN to anybody; run 'chmod g-w' on it",
			(unsigned)st->st_gid, kind);
}

/* Reads to the end of the file. Returns -EFBIG above the limit: the file may have grown since fstat(). */
static int file_read(int fd, char **ret_text, size_t *ret_size)
{
	_cleanup_free_ char *text = NULL;
	size_t size = 0, room = 4096;

	for (;;) {
		ssize_t n;

		if (!text || size == room) {
			char *larger;

			room *= text ? 2 : 1;
			larger = realloc(text, room);
			if (!larger)
				return -ENOMEM;
			text = larger;
		}
		n = read(fd, text + size, room - size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		if (n == 0)
			break;
		size += (size_t)n;
		if (size > NPIV_CONFIG_FILE_MAX)
			return -EFBIG;
	}

	*ret_text = TAKE_PTR(text);
	*ret_size = size;
	return 0;
}

static int file_refuse(struct messages *messages, const char *path, const char *why)
{
	messages_add(messages, MESSAGE_ERROR, path, 0, "%s", why);
	return CONFIG_FILE_REFUSED;
}

static int file_refuse_errno(struct messages *messages, const char *path, int error)
{
	if (error == ENOMEM)
		return -ENOMEM;
	messages_add(messages, MESSAGE_ERROR, path, 0, "cannot be read: %s",
		     strerror(error));
	return CONFIG_FILE_REFUSED;
}

int config_file_load(struct config *config, int dirfd, const char *name,
		     const struct config_source *source, uid_t owner,
		     struct messages *messages)
{
	struct config_source full = *source;
	_cleanup_free_ char *text = NULL;
	_cleanup_close_ int fd = -EBADF;
	const char *fault;
	struct stat st;
	int r;

	assert(config);
	assert(name);
	assert(messages);

	/* Check before opening: to open a tape or a watchdog has an effect by itself. */
	if (fstatat(dirfd, name, &st, 0) < 0) {
		if (errno == ENOENT &&
		    fstatat(dirfd, name, &st, AT_SYMLINK_NOFOLLOW) == 0)
			return file_refuse(messages, source->path,
					   "this link points to nothing");
		return file_refuse_errno(messages, source->path, errno);
	}
	if (is_dev_null(&st))
		return CONFIG_FILE_MASKED;
	fault = stat_fault(&st);
	if (fault)
		return file_refuse(messages, source->path, fault);

	fd = openat(dirfd, name, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd < 0 || fstat(fd, &st) < 0)
		return file_refuse_errno(messages, source->path, errno);
	/* Check the open file again: the name may lead to another file by now. */
	fault = stat_fault(&st);
	if (fault)
		return file_refuse(messages, source->path, fault);
	file_warn(&st, owner, source->path, messages);
	r = file_read(fd, &text, &full.size);
	if (r < 0)
		return file_refuse_errno(messages, source->path, -r);

	full.text = text;
	r = config_add(config, &full, messages);
	return r < 0 ? r : CONFIG_FILE_LOADED;
}

/* --- the merged names of all folders ---------------------------------------------------------- */

/* One name, and the first folder that has it. */
struct list_entry {
	char *name;
	size_t folder; /* index of the folder; a lower one hides a higher one */
};

struct name_list {
	struct list_entry
		*entries; /* after name_list_sort(): in lexical order, each once */
	size_t n;
};

static bool ends_with(const char *text, const char *suffix)
{
	size_t n = strlen(text), n_suffix = strlen(suffix);

	return n >= n_suffix && streq(text + n - n_suffix, suffix);
}

static int name_list_append(struct name_list *list, const char *name, size_t folder)
{
	struct list_entry *entry;

	entry = array_grow(&list->entries, list->n, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	entry->folder = folder;
	entry->name = strdup(name);
	if (!entry->name)
		return -ENOMEM;
	list->n++;
	return 0;
}

/* Opens an independent stream on an open folder, at its beginning. */
static DIR *open_stream(int dirfd)
{
	int fd = openat(dirfd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *stream;

	if (fd < 0)
		return NULL;
	stream = fdopendir(fd);
	if (!stream)
		close(fd);
	return stream;
}

/* Appends the names in an open folder that end in suffix and do not begin with a dot; path is the folder's name in
 * messages. A name with control characters is an error in messages. Returns 0, -ENOMEM, or the error of reading the
 * folder. */
static int name_list_add(struct name_list *list, int dirfd, size_t folder,
			 const char *suffix, const char *path, struct messages *messages)
{
	_cleanup_closedir_ DIR *stream = NULL;
	int r;

	assert(list);
	assert(suffix);

	stream = open_stream(dirfd);
	if (!stream)
		return -errno;
	for (;;) {
		struct dirent *entry;

		errno = 0;
		entry = readdir(stream);
		if (!entry)
			return -errno;
		if (entry->d_name[0] == '.' || !ends_with(entry->d_name, suffix))
			continue;
		/* The path is written to a unit: a newline would begin a directive. */
		if (text_has_control(entry->d_name)) {
			messages_add(messages, MESSAGE_ERROR, path, 0,
				     "the name '%s' has a control character, refusing it",
				     entry->d_name);
			continue;
		}
		r = name_list_append(list, entry->d_name, folder);
		if (r < 0)
			return r;
	}
}

static int compare_entries(const void *a, const void *b)
{
	const struct list_entry *x = a, *y = b;
	int r = strcmp(x->name, y->name);

	return r != 0 ? r : (x->folder > y->folder) - (x->folder < y->folder);
}

/* Sorts the names; of a name in several folders, keeps the first folder. */
static void name_list_sort(struct name_list *list)
{
	size_t n = 0;

	assert(list);

	if (list->n > 0)
		qsort(list->entries, list->n, sizeof(*list->entries), compare_entries);
	for (size_t i = 0; i < list->n; i++) {
		if (n > 0 && streq(list->entries[n - 1].name, list->entries[i].name))
			free(list->entries[i].name);
		else
			list->entries[n++] = list->entries[i];
	}
	list->n = n;
}

/* Whether this name is in a sorted list. */
static bool name_list_has(const struct name_list *list, const char *name, size_t n_name)
{
	size_t low = 0, high = list->n;

	assert(list);
	assert(name);

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		const char *here = list->entries[middle].name;
		int r = strncmp(here, name, n_name);

		if (r == 0 && here[n_name] == '\0')
			return true;
		if (r < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return false;
}

static void name_list_done(struct name_list *list)
{
	for (size_t i = 0; i < list->n; i++)
		free(list->entries[i].name);
	free(list->entries);
	*list = (struct name_list){ 0 };
}

/* --- all folders ----------------------------------------------------------------------------- */

const char *const config_folders[] = {
	"/etc/npiv.d", "/run/npiv.d", "/usr/local/lib/npiv.d", "/usr/lib/npiv.d", NULL,
};

#define N_FOLDERS (ARRAY_SIZE(config_folders) - 1)

struct loader {
	struct config *config;
	struct messages *messages;
	uid_t owner; /* the user that files may belong to without a warning, besides root */
	int folders[N_FOLDERS]; /* -EBADF if a folder does not exist */
	struct name_list files; /* *.conf */
	struct name_list dropins; /* *.conf.d */
};

static void loader_done(struct loader *loader)
{
	for (size_t i = 0; i < N_FOLDERS; i++)
		closep(&loader->folders[i]);
	name_list_done(&loader->files);
	name_list_done(&loader->dropins);
}

/* Opens a folder below another. Reports every error except -ENOENT. */
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
			"everybody may write to this folder, refusing it; run 'chmod o-w' on it");
		return -EPERM;
	}
	file_warn(&st, loader->owner, path, loader->messages);
	return TAKE_FD(fd);
}

/* Like name_list_add(), but reports failures, except for -ENOMEM, as messages. */
static int list_folder(struct loader *loader, struct name_list *list, int fd,
		       size_t folder, const char *suffix, const char *path)
{
	int r;

	r = name_list_add(list, fd, folder, suffix, path, loader->messages);
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
	name_list_sort(&loader->files);
	name_list_sort(&loader->dropins);
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

/* Opens a file's drop-in folder in each folder and lists its files. */
static int list_dropins(struct loader *loader, const char *main_name,
			int fds[static N_FOLDERS], struct name_list *list)
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
	name_list_sort(list);
	return 0;
}

static int load_dropins(struct loader *loader, const char *main_name)
{
	_cleanup_(name_list_done) struct name_list list = { 0 };
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
		/* Drop-ins change sections of the file; a file that is refused or masked has none. */
		if (r == CONFIG_FILE_LOADED) {
			if (asprintf(&dropins, "%s.d", file->name) < 0) {
				dropins = NULL;
				return -ENOMEM;
			}
			if (name_list_has(&loader->dropins, dropins, strlen(dropins)))
				r = load_dropins(loader, file->name);
		}
		if (r < 0)
			return r;
	}
	return 0;
}

/* Warns of a folder of drop-ins without a file: it was most likely meant for another name. */
static void warn_of_orphans(struct loader *loader)
{
	for (size_t i = 0; i < loader->dropins.n; i++) {
		const struct list_entry *entry = &loader->dropins.entries[i];
		size_t n = strlen(entry->name) - strlen(".d");

		if (!name_list_has(&loader->files, entry->name, n))
			messages_add(loader->messages, MESSAGE_WARNING,
				     config_folders[entry->folder], 0,
				     "%s changes a file that does not exist, ignoring it",
				     entry->name);
	}
}

/* Returns the owner of the root folder: root, unless it is a folder of a test. */
static uid_t owner_of_root(const char *root)
{
	struct stat st;

	return stat(*root ? root : "/", &st) < 0 ? 0 : st.st_uid;
}

static int load_all(const char *root, const struct config_source *extra,
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

	host_identity_read(root, &config.host);
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
	return load_all(root, NULL, ret_config, messages);
}

int config_dir_load_with(const char *root, const struct config_source *extra,
			 struct config *ret_config, struct messages *messages)
{
	assert(extra);

	return load_all(root, extra, ret_config, messages);
}

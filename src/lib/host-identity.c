// SPDX-License-Identifier: LGPL-2.1-or-later
/* Reads the name and the machine-id of this host. */
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/utsname.h>

#include "lib/fd.h"
#include "lib/host-identity.h"
#include "lib/io.h"

#define FILE_SIZE 4096U

/* Reads the beginning of a regular file; buf is empty if that fails. */
static void host_read_file(const char *root, const char *name, char buf[static FILE_SIZE])
{
	_cleanup_free_ char *path = NULL;
	_cleanup_close_ int fd = -EBADF;
	struct stat st;
	ssize_t n = 0;

	if (asprintf(&path, "%s%s", root, name) < 0)
		path = NULL;
	if (path)
		fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		n = io_read(fd, buf, FILE_SIZE - 1);
	buf[n > 0 ? n : 0] = '\0';
}

/* Takes the first line that is neither empty nor a comment, as in hostname(5). */
static void host_take_name(char *text, char name[static HOST_NAME_SIZE])
{
	char *line;

	while ((line = strsep(&text, "\n"))) {
		line += strspn(line, " \t\r");
		line[strcspn(line, " \t\r")] = '\0';
		if (!*line || *line == '#')
			continue;
		if (strlen(line) < HOST_NAME_SIZE)
			(void)snprintf(name, HOST_NAME_SIZE, "%s", line);
		return;
	}
}

/* During the first boot the file can contain "uninitialized". */
static void host_take_machine_id(const char *text, char id[static HOST_MACHINE_ID_SIZE])
{
	size_t n = strspn(text, "0123456789abcdef");

	if (n == HOST_MACHINE_ID_SIZE - 1 && (!text[n] || text[n] == '\n'))
		memcpy(id, text, n); /* id is already zeroed */
}

void host_identity_read(const char *root, struct host_identity *ret_host)
{
	char text[FILE_SIZE];
	struct utsname names;

	assert(root);
	assert(ret_host);

	*ret_host = (struct host_identity){ 0 };
	host_read_file(root, "/etc/hostname", text);
	host_take_name(text, ret_host->name);
	if (!*ret_host->name && uname(&names) == 0)
		(void)snprintf(ret_host->name, sizeof(ret_host->name), "%s",
			       names.nodename);
	host_read_file(root, "/etc/machine-id", text);
	host_take_machine_id(text, ret_host->machine_id);
}

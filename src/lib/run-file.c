// SPDX-License-Identifier: LGPL-2.1-or-later
/* Small files below /run/npiv, which are read and replaced as a whole. */
#include <fcntl.h>
#include <sys/stat.h>

#include "lib/fd.h"
#include "lib/io.h"
#include "lib/run-file.h"

int run_file_read(int at, const char *path, char **ret_text, size_t *ret_size)
{
	_cleanup_close_ int fd = -EBADF;
	_cleanup_free_ char *text = NULL;
	struct stat st;
	ssize_t n;

	assert(path);
	assert(ret_text);
	assert(ret_size);

	fd = openat(at, path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return -errno;
	if (fstat(fd, &st) < 0)
		return -errno;
	if (!S_ISREG(st.st_mode))
		return -EINVAL;
	if (st.st_size > NPIV_RUN_FILE_MAX)
		return -EFBIG;
	text = malloc((size_t)st.st_size + 1);
	if (!text)
		return -ENOMEM;
	n = io_read(fd, text, (size_t)st.st_size);
	if (n < 0)
		return (int)n;

	text[n] = '\0';
	*ret_text = TAKE_PTR(text);
	*ret_size = (size_t)n;
	return 0;
}

int run_file_write(int at, const char *path, const char *temporary, const char *text,
		   size_t size)
{
	_cleanup_close_ int fd = -EBADF;
	int r;

	assert(path);
	assert(temporary);
	assert(text);

	if (size > NPIV_RUN_FILE_MAX)
		return -EFBIG;
	fd = openat(at, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC,
		    0644);
	if (fd < 0)
		return -errno;
	r = io_write(fd, text, size);
	/* Set the mode whatever the umask of the caller is. */
	if (r >= 0 && fchmod(fd, 0644) < 0)
		r = -errno;
	if (r >= 0 && renameat(at, temporary, at, path) < 0)
		r = -errno;
	if (r < 0)
		(void)unlinkat(at, temporary, 0);
	return r;
}

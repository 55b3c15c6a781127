// SPDX-License-Identifier: LGPL-2.1-or-later
/* What can be wrong with a file: gone, moved, empty, huge, binary, of another kind, unreadable. */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "breaker.h"
#include "../property/random.h"

#define N_BROKEN   12 /* places at a time */
#define N_PLACES   8192
#define HUGE_BYTES (1U << 20)

struct breaker {
	char *places[N_PLACES];
	int n_places;
	const char *stash;
	int broken[N_BROKEN]; /* places, the last one broken last */
	int n_broken;
	bool has_failed;
	uint64_t seed;
};

static struct breaker *collecting; /* nftw() passes nothing on */

/* Not the folders of classes: a kernel has them, or has not. */
static int collect(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	if (ftw->level < 3 || collecting->n_places == N_PLACES)
		return 0;
	collecting->places[collecting->n_places] = strdup(path);
	return collecting->places[collecting->n_places++] ? 0 : -1;
}

struct breaker *breaker_new(const char *tree, const char *stash, uint64_t seed)
{
	struct breaker *breaker = calloc(1, sizeof(*breaker));

	if (!breaker)
		return NULL;
	breaker->stash = stash;
	breaker->seed = seed;
	collecting = breaker;
	if (nftw(tree, collect, 16, FTW_PHYS) != 0 || breaker->n_places == 0)
		return breaker_free(breaker);
	return breaker;
}

struct breaker *breaker_free(struct breaker *breaker)
{
	if (!breaker)
		return NULL;
	for (int i = 0; i < breaker->n_places; i++)
		free(breaker->places[i]);
	free(breaker);
	return NULL;
}

static void stash_path(const struct breaker *breaker, int n, char path[static PATH_MAX])
{
	(void)snprintf(path, PATH_MAX, "%s/%d", breaker->stash, n);
}

static void put_bytes(const char *path, size_t n, uint64_t seed)
{
	static unsigned char bytes[HUGE_BYTES];
	FILE *file = fopen(path, "wxe");

	if (!file)
		return;
	for (size_t i = 0; i < n; i++)
		bytes[i] = (unsigned char)random_next(&seed);
	(void)fwrite(bytes, 1, n, file);
	fclose(file);
}

static void put_huge(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);

	if (fd < 0)
		return;
	/* All zeros: what it costs to write must not slow the breaking down. */
	(void)!ftruncate(fd, HUGE_BYTES);
	close(fd);
}

/* Puts something else where a file, link or folder was. */
static void replace(const char *path, uint64_t *seed)
{
	switch (random_below(seed, 9)) {
	case 0:
		put_bytes(path, 0, 0);
		break;
	case 1:
		put_bytes(path, 64 + (size_t)random_below(seed, 5000), *seed);
		break;
	case 2:
		put_huge(path);
		break;
	case 3:
		(void)!mkfifo(path, 0644);
		break;
	case 4:
		(void)!symlink("nowhere/at/all", path);
		break;
	case 5:
		(void)!symlink(strrchr(path, '/') + 1, path); /* to itself */
		break;
	case 6:
		(void)!mkdir(path, 0755);
		break;
	case 7:
		(void)!mknod(path, S_IFSOCK | 0644, 0); /* open(2) gives ENXIO */
		break;
	default:
		break; /* it is gone */
	}
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static void mend_last(struct breaker *breaker)
{
	int n = --breaker->n_broken;
	const char *place = breaker->places[breaker->broken[n]];
	char stashed[PATH_MAX];

	(void)nftw(place, remove_one, 16, FTW_DEPTH | FTW_PHYS);
	stash_path(breaker, n, stashed);
	if (rename(stashed, place) < 0) {
		fprintf(stderr, "cannot mend %s: %s\n", place, strerror(errno));
		breaker->has_failed = true;
	}
}

static void break_one(struct breaker *breaker)
{
	int n = random_below(&breaker->seed, breaker->n_places);
	char stashed[PATH_MAX];

	stash_path(breaker, breaker->n_broken, stashed);
	/* Fails where something above is broken already. */
	if (rename(breaker->places[n], stashed) < 0)
		return;
	breaker->broken[breaker->n_broken++] = n;
	replace(breaker->places[n], &breaker->seed);
}

void breaker_step(struct breaker *breaker)
{
	if (breaker->n_broken == N_BROKEN ||
	    (breaker->n_broken > 0 && random_one_in(&breaker->seed, 2)))
		mend_last(breaker);
	else
		break_one(breaker);
}

bool breaker_mend_all(struct breaker *breaker)
{
	while (breaker->n_broken > 0)
		mend_last(breaker);
	return !breaker->has_failed;
}

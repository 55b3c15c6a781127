/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A folder that stands for /run/npiv: a test's *state is its path. */
#pragma once

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int run_setup(void **state)
{
	char *run = strdup("/tmp/npiv-test-XXXXXX");

	if (!run || !mkdtemp(run))
		return -1;
	*state = run;
	return 0;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	return remove(path);
}

static int run_teardown(void **state)
{
	int r = nftw(*state, remove_one, 8, FTW_DEPTH | FTW_PHYS);

	free(*state);
	return r;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Runs a fuzz target over files, once each: replay-TARGET FILE... Needs no libFuzzer. */
#include "fuzz.h"

#define INPUT_MAX (1U << 20)

static bool replay(const char *path)
{
	static uint8_t input[INPUT_MAX];
	_cleanup_fclose_ FILE *file = fopen(path, "re");
	_cleanup_free_ uint8_t *copy = NULL;
	size_t n;

	if (!file) {
		perror(path);
		return false;
	}
	n = fread(input, 1, sizeof(input), file);
	/* As long as the input, so that a sanitizer sees a read behind it. */
	copy = malloc(n ? n : 1);
	if (!copy)
		return false;
	memcpy(copy, input, n);
	(void)LLVMFuzzerTestOneInput(copy, n);
	return true;
}

int main(int argc, char *argv[])
{
	for (int i = 1; i < argc; i++)
		if (!replay(argv[i]))
			return EXIT_FAILURE;
	printf("%d inputs\n", argc - 1);
	return argc > 1 ? EXIT_SUCCESS : EXIT_FAILURE;
}

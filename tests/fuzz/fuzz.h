/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the fuzz targets share. Each asserts properties of what it accepts: that nothing crashes is
 * the least of them. */
#pragma once

#include "lib/util.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Holds in every build, with assert() or without. */
#define MUST(condition)                                                          \
	do {                                                                     \
		if (!(condition)) {                                              \
			fprintf(stderr, "%s:%d: this must hold: %s\n", __FILE__, \
				__LINE__, #condition);                           \
			abort();                                                 \
		}                                                                \
	} while (false)

/* A copy that ends in NUL, cut at the first one. */
static inline char *fuzz_text(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);

	MUST(text);
	return text;
}

/* Cuts the next line off an input, so that one input is several texts. */
static inline char *fuzz_line(const uint8_t **data, size_t *size)
{
	const uint8_t *end = *size ? memchr(*data, '\n', *size) : NULL;
	size_t n = end ? (size_t)(end - *data) : *size;
	char *text = fuzz_text(*data, n);

	n += end != NULL;
	*data += n;
	*size -= n;
	return text;
}

/* No character that would end a line, or begin a colour on a terminal. */
static inline bool fuzz_is_one_line(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return false;
	return true;
}

/* Collects what is printed into a text: FILE *out = fuzz_open(&print) … fuzz_close(&print). */
struct fuzz_print {
	char *text;
	size_t size;
	FILE *out;
};

static inline FILE *fuzz_open(struct fuzz_print *print)
{
	*print = (struct fuzz_print){ 0 };
	print->out = open_memstream(&print->text, &print->size);
	MUST(print->out);
	return print->out;
}

static inline char *fuzz_close(struct fuzz_print *print)
{
	MUST(fclose(print->out) == 0);
	return print->text;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Computes the distance of two words, and suggests the intended one. */
#include <ctype.h>

#include "lib/suggest.h"

#define MAX_LENGTH 64U

static unsigned least_of(unsigned a, unsigned b, unsigned c)
{
	unsigned least = a < b ? a : b;

	return c < least ? c : least;
}

static bool is_same(char a, char b)
{
	return tolower((unsigned char)a) == tolower((unsigned char)b);
}

/* Computes the optimal string alignment: the fewest letters to add, drop, change or swap with the next, ignoring
 * case. Returns UINT_MAX for words that are too long. */
static unsigned word_distance(const char *a, const char *b)
{
	unsigned rows[3][MAX_LENGTH + 1];
	size_t n_a = strlen(a), n_b = strlen(b);

	if (n_a > MAX_LENGTH || n_b > MAX_LENGTH)
		return ~0U;
	for (size_t j = 0; j <= n_b; j++)
		rows[0][j] = (unsigned)j;
	for (size_t i = 1; i <= n_a; i++) {
		unsigned *row = rows[i % 3];
		const unsigned *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];

		row[0] = (unsigned)i;
		for (size_t j = 1; j <= n_b; j++) {
			row[j] = least_of(above[j] + 1, row[j - 1] + 1,
					  above[j - 1] + !is_same(a[i - 1], b[j - 1]));
			if (i > 1 && j > 1 && is_same(a[i - 1], b[j - 2]) &&
			    is_same(a[i - 2], b[j - 1]) && two_above[j - 2] + 1 < row[j])
				row[j] = two_above[j - 2] + 1;
		}
	}
	return rows[n_a % 3][n_b];
}

void suggest_from(struct suggestion *suggestion, const char *candidate)
{
	unsigned n;

	assert(suggestion);
	assert(suggestion->word);
	assert(candidate);

	n = word_distance(suggestion->word, candidate);
	/* A word with more than a third of its letters wrong is another word. */
	if (n > (strlen(candidate) + 2) / 3 ||
	    (suggestion->best && n >= suggestion->distance))
		return;
	suggestion->best = candidate;
	suggestion->distance = n;
}

// SPDX-License-Identifier: LGPL-2.1-or-later
/* Drives random sequences of changes through the code that names devices: test-names COUNT [SEED]. */
#include <inttypes.h>
#include <sys/random.h>
#include <time.h>

#include "lib/parse.h"
#include "random.h"
#include "sequence.h"

static double seconds_now(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void report(uint64_t seed, const char *program)
{
	struct sequence sequence;
	struct sequence_verdict verdict;

	sequence_draw(&sequence, seed);
	sequence_shrink(&sequence);
	sequence_run(&sequence, NULL, &verdict);
	printf("The law of names is broken: %s.\n", verdict.fault);
	printf("The shortest sequence that was found (again: %s 1 %" PRIu64 "):\n",
	       program, seed);
	sequence_run(&sequence, stdout, &verdict);
}

static void add_up(struct sequence_verdict *sum, const struct sequence_verdict *verdict)
{
	sum->n_changes += verdict->n_changes;
	sum->n_events += verdict->n_events;
	sum->n_contested += verdict->n_contested;
	sum->n_regained += verdict->n_regained;
}

/* The first sequence has the given seed itself, so that one alone can be run again. */
static bool run_all(uint64_t count, uint64_t seed, const char *program)
{
	struct sequence_verdict sum = { 0 };
	double start = seconds_now();

	printf("seed %" PRIu64 "\n", seed);
	for (uint64_t i = 0; i < count; i++) {
		struct sequence sequence;
		struct sequence_verdict verdict;

		sequence_draw(&sequence, seed + i);
		sequence_run(&sequence, NULL, &verdict);
		if (!verdict.is_kept) {
			report(seed + i, program);
			return false;
		}
		add_up(&sum, &verdict);
	}
	printf("%" PRIu64 " sequences, %ld changes, %ld events; names contested: %ld, "
	       "regained: %ld; %.1f s\n",
	       count, sum.n_changes, sum.n_events, sum.n_contested, sum.n_regained,
	       seconds_now() - start);
	return count < 100 || (sum.n_contested > 0 && sum.n_regained > 0);
}

int main(int argc, char *argv[])
{
	uint64_t count, seed = 0;

	if (argc < 2 || argc > 3 || parse_unsigned(argv[1], UINT64_MAX, &count) < 0 ||
	    (argc == 3 && parse_unsigned(argv[2], UINT64_MAX, &seed) < 0)) {
		fprintf(stderr, "usage: %s COUNT [SEED]\n", argv[0]);
		return 2;
	}
	if (argc < 3 && getrandom(&seed, sizeof(seed), 0) != sizeof(seed))
		return EXIT_FAILURE;
	return run_all(count, seed, argv[0]) ? EXIT_SUCCESS : EXIT_FAILURE;
}

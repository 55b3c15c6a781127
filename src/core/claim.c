// SPDX-License-Identifier: LGPL-2.1-or-later
/* Who claims one name, and whether they agree on what it means. */
#include <inttypes.h>

#include "core/claim.h"
#include "core/parse.h"

#define NO_PIN "-"

bool claim_is_agreed(const struct claim *claim)
{
	assert(claim);

	for (size_t i = 1; i < claim->n_claimants; i++)
		if (!streq(claim->claimants[i].identity, claim->claimants[0].identity))
			return false;
	return claim->n_claimants > 0;
}

bool claim_is_granted(const struct claim *claim)
{
	return claim_is_agreed(claim) &&
	       (!claim->pin || streq(claim->claimants[0].identity, claim->pin));
}

static struct claimant *find(const struct claim *claim, const char *device)
{
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (streq(claim->claimants[i].device, device))
			return &claim->claimants[i];
	return NULL;
}

bool claim_is_first(const struct claim *claim, const char *device)
{
	assert(claim);
	assert(device);

	return claim->n_claimants > 0 && streq(claim->claimants[0].device, device);
}

const struct claimant *claim_find(const struct claim *claim, const char *device)
{
	assert(claim);
	assert(device);

	return find(claim, device);
}

int claim_set(struct claim *claim, const char *device, uint64_t sequence,
	      const char *identity)
{
	struct claimant *claimant;
	char *copy;

	assert(claim);
	assert(device);
	assert(identity);

	claimant = find(claim, device);
	if (claimant && claimant->sequence == sequence &&
	    streq(claimant->identity, identity))
		return 0;
	copy = strdup(identity);
	if (!copy)
		return -ENOMEM;
	/* A later device of that name comes last, as any other that is new. */
	if (claimant && claimant->sequence != sequence) {
		(void)claim_drop(claim, device);
		claimant = NULL;
	}
	if (!claimant) {
		claimant = array_grow(&claim->claimants, claim->n_claimants,
				      sizeof(*claimant));
		if (!claimant) {
			free(copy);
			return -ENOMEM;
		}
		claim->n_claimants++;
		(void)snprintf(claimant->device, sizeof(claimant->device), "%s", device);
	}

	free(claimant->identity);
	claimant->identity = copy;
	claimant->sequence = sequence;
	return 1;
}

bool claim_drop(struct claim *claim, const char *device)
{
	struct claimant *claimant;

	assert(claim);
	assert(device);

	claimant = find(claim, device);
	if (!claimant)
		return false;
	free(claimant->identity);
	claim->n_claimants--;
	/* In their order: the one that came first holds the name. */
	memmove(claimant, claimant + 1,
		(size_t)(claim->claimants + claim->n_claimants - claimant) *
			sizeof(*claimant));
	return true;
}

int claim_pin(struct claim *claim)
{
	assert(claim);

	if (claim->pin || !claim_is_granted(claim))
		return 0;
	claim->pin = strdup(claim->claimants[0].identity);
	return claim->pin ? 1 : -ENOMEM;
}

void claim_unpin(struct claim *claim)
{
	assert(claim);

	free(claim->pin);
	claim->pin = NULL;
}

bool claim_is_empty(const struct claim *claim)
{
	assert(claim);

	return !claim->pin && claim->n_claimants == 0;
}

void claim_print(const struct claim *claim, FILE *out)
{
	assert(claim);
	assert(out);

	fprintf(out, "%s\n", claim->pin ? claim->pin : NO_PIN);
	for (size_t i = 0; i < claim->n_claimants; i++)
		fprintf(out, "%s %" PRIu64 " %s\n", claim->claimants[i].device,
			claim->claimants[i].sequence, claim->claimants[i].identity);
}

static bool is_claimed_by(const struct claim *claim, const char *identity)
{
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (streq(claim->claimants[i].identity, identity))
			return true;
	return false;
}

void claim_print_dispute(const struct claim *claim, const char *link, FILE *out)
{
	assert(claim);
	assert(link);
	assert(out);

	fprintf(out, "%s is claimed by", link);
	for (size_t i = 0; i < claim->n_claimants; i++)
		fprintf(out, "%s %s (%s)", i ? "," : "", claim->claimants[i].device,
			claim->claimants[i].identity);
	if (claim->pin && !is_claimed_by(claim, claim->pin))
		fprintf(out, " and meant %s before", claim->pin);
}

static bool has_control_character(const char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < ' ' || *text == 0x7f)
			return true;
	return false;
}

/* Cuts the word that *line begins with off it; NULL where no blank follows one. */
static char *take_word(char **line)
{
	char *word = *line, *blank = strchr(word, ' ');

	if (!blank || blank == word)
		return NULL;
	*blank = '\0';
	*line = blank + 1;
	return word;
}

/* A kernel name is part of a path in sysfs, so that none may lead elsewhere. */
static bool is_device_name(const char *name)
{
	return *name != '.' && strlen(name) < DEVICE_NAME_SIZE &&
	       !strpbrk(name, "/\t");
}

/* Only as claim_print() writes it: one number has one form. */
static int parse_sequence(const char *text, uint64_t *ret)
{
	return (*text == '0' && text[1]) || parse_unsigned(text, UINT64_MAX, ret) < 0 ?
		       -EBADMSG :
		       0;
}

static int parse_claimant(struct claim *claim, char *line)
{
	const char *device = take_word(&line);
	const char *number = device ? take_word(&line) : NULL;
	uint64_t sequence;

	if (!number || !*line || !is_device_name(device) || find(claim, device) ||
	    parse_sequence(number, &sequence) < 0)
		return -EBADMSG;
	return claim_set(claim, device, sequence, line);
}

static int parse_line(struct claim *claim, char *line, bool is_first)
{
	if (!*line || has_control_character(line))
		return -EBADMSG;
	if (!is_first)
		return parse_claimant(claim, line);
	if (streq(line, NO_PIN))
		return 0;
	claim->pin = strdup(line);
	return claim->pin ? 0 : -ENOMEM;
}

int claim_parse(const char *text, size_t size, struct claim *ret_claim)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	_cleanup_free_ char *copy = NULL;
	char *line, *end;
	int r;

	assert(text);
	assert(ret_claim);

	if (size == 0 || text[size - 1] != '\n' || memchr(text, '\0', size))
		return -EBADMSG;
	copy = strndup(text, size);
	if (!copy)
		return -ENOMEM;
	for (line = copy; (end = strchr(line, '\n')); line = end + 1) {
		*end = '\0';
		r = parse_line(&claim, line, line == copy);
		if (r < 0)
			return r;
	}

	*ret_claim = claim;
	claim = (struct claim){ 0 };
	return 0;
}

void claim_done(struct claim *claim)
{
	free(claim->pin);
	for (size_t i = 0; i < claim->n_claimants; i++)
		free(claim->claimants[i].identity);
	free(claim->claimants);
	*claim = (struct claim){ 0 };
}

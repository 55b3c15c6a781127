// SPDX-License-Identifier: LGPL-2.1-or-later
/* The claims of one name, and whether the claimants agree on what the name means. */
#include <inttypes.h>

#include "names/claim.h"
#include "fc/identity.h"
#include "lib/parse.h"
#include "lib/record.h"

#define NO_PIN "-"
#define IDLE   "idle"

static bool has_pin(const struct claim *claim)
{
	return claim->pin.identity != NULL;
}

bool claim_is_one_unit(const struct claim_unit *a, const struct claim_unit *b)
{
	return streq(a->identity, b->identity) &&
	       identity_paths_fit(a->identity, a->traits, b->traits);
}

bool claim_is_one_size(const struct claim_unit *a, const struct claim_unit *b)
{
	return a->size == 0 || b->size == 0 || a->size == b->size;
}

/* Compares all pairs: a claimant that does not know its traits fits two claimants that differ. */
bool claim_is_agreed(const struct claim *claim)
{
	assert(claim);

	for (size_t i = 1; i < claim->n_claimants; i++)
		for (size_t k = 0; k < i; k++)
			if (!claim_is_one_unit(&claim->claimants[i].unit,
					       &claim->claimants[k].unit))
				return false;
	return claim->n_claimants > 0;
}

bool claim_is_of_pin(const struct claim *claim)
{
	if (!claim_is_agreed(claim))
		return false;
	for (size_t i = 0; i < claim->n_claimants && has_pin(claim); i++)
		if (!claim_is_one_unit(&claim->claimants[i].unit, &claim->pin))
			return false;
	return true;
}

/* Without a pinned size, sizes that differ grant the name to no claimant. */
static bool has_right_size(const struct claim *claim, const struct claim_unit *unit)
{
	if (has_pin(claim) && claim->pin.size != 0)
		return claim_is_one_size(unit, &claim->pin);
	for (size_t i = 0; i < claim->n_claimants; i++)
		for (size_t k = 0; k < i; k++)
			if (!claim_is_one_size(&claim->claimants[i].unit,
					       &claim->claimants[k].unit))
				return false;
	return true;
}

static struct claimant *find_claimant(const struct claim *claim, const char *device)
{
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (streq(claim->claimants[i].device, device))
			return &claim->claimants[i];
	return NULL;
}

bool claim_grants(const struct claim *claim, const char *device)
{
	const struct claimant *claimant;

	assert(claim);
	assert(device);

	claimant = find_claimant(claim, device);
	return claimant && claim_is_of_pin(claim) &&
	       has_right_size(claim, &claimant->unit);
}

bool claim_is_granted(const struct claim *claim)
{
	if (!claim_is_of_pin(claim))
		return false;
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (!has_right_size(claim, &claim->claimants[i].unit))
			return false;
	return true;
}

const char *claim_first(const struct claim *claim)
{
	const struct claimant *first = NULL;
	bool is_of_pin = claim_is_of_pin(claim);

	for (size_t i = 0; i < claim->n_claimants; i++) {
		const struct claimant *claimant = &claim->claimants[i];

		if (!is_of_pin || !has_right_size(claim, &claimant->unit))
			continue;
		if (!first || (first->is_idle && !claimant->is_idle))
			first = claimant;
	}
	if (!first && claim->n_claimants > 0)
		first = claim->claimants;
	return first ? first->device : "";
}

bool claim_grants_any(const struct claim *claim)
{
	assert(claim);

	return claim_grants(claim, claim_first(claim));
}

bool claim_is_first(const struct claim *claim, const char *device)
{
	assert(claim);
	assert(device);

	return streq(claim_first(claim), device);
}

const struct claimant *claim_find(const struct claim *claim, const char *device)
{
	assert(claim);
	assert(device);

	return find_claimant(claim, device);
}

static void unit_done(struct claim_unit *unit)
{
	free(unit->identity);
	free(unit->traits);
	*unit = (struct claim_unit){ 0 };
}

bool claim_unit_equals(const struct claim_unit *a, const struct claim_unit *b)
{
	return streq(a->identity, b->identity) && streq(a->traits, b->traits) &&
	       a->size == b->size;
}

/* Replaces a unit by a copy of another. */
static int unit_copy(const struct claim_unit *from, struct claim_unit *to)
{
	struct claim_unit copy = {
		.identity = strdup(from->identity),
		.traits = strdup(from->traits),
		.size = from->size,
	};

	if (!copy.identity || !copy.traits) {
		unit_done(&copy);
		return -ENOMEM;
	}
	unit_done(to);
	*to = copy;
	return 0;
}

static int add_claimant(struct claim *claim, const struct claimant *claimant)
{
	struct claimant *entry;
	int r;

	entry = array_grow(&claim->claimants, claim->n_claimants, sizeof(*entry));
	if (!entry)
		return -ENOMEM;
	*entry = (struct claimant){
		.sequence = claimant->sequence,
		.is_idle = claimant->is_idle,
	};
	(void)snprintf(entry->device, sizeof(entry->device), "%s", claimant->device);
	r = unit_copy(&claimant->unit, &entry->unit);
	if (r < 0)
		return r;
	claim->n_claimants++;
	return 0;
}

int claim_copy(const struct claim *claim, struct claim *ret_claim)
{
	_cleanup_(claim_done) struct claim copy = { 0 };
	int r = 0;

	assert(claim);
	assert(ret_claim);

	if (has_pin(claim))
		r = unit_copy(&claim->pin, &copy.pin);
	for (size_t i = 0; i < claim->n_claimants && r >= 0; i++)
		r = add_claimant(&copy, &claim->claimants[i]);
	if (r < 0)
		return r;

	*ret_claim = copy;
	copy = (struct claim){ 0 };
	return 0;
}

/* --- claimants ---------------------------------------------------------------------------------- */

static bool unit_became(const struct claim_unit *was, const struct claim_unit *is)
{
	const struct known_unit before = { was->identity, was->traits };
	const struct known_unit after = { is->identity, is->traits };

	return identity_became(&before, &after);
}

/* If more is known of a disk now, or if it has grown, applies that to a unit that was equal to the disk's unit. An
 * identity that is a place is applied to the pin only: it does not describe other devices. */
static int unit_follow(const struct claim_unit *was, const struct claim_unit *is,
		       bool is_pin, struct claim_unit *unit)
{
	struct claim_unit now = *unit;

	if (!unit->identity)
		return 0;
	if (streq(unit->identity, was->identity) && streq(unit->traits, was->traits) &&
	    (is_pin || !identity_is_place(was->identity))) {
		now.identity = is->identity;
		now.traits = is->traits;
	}
	if (unit->size == was->size && claim_is_one_unit(&now, is))
		now.size = is->size;
	return claim_unit_equals(&now, unit) ? 0 : unit_copy(&now, unit);
}

static int follow_all(struct claim *claim, const struct claim_unit *was,
		      const struct claim_unit *is)
{
	int r;

	r = unit_follow(was, is, true, &claim->pin);
	for (size_t i = 0; i < claim->n_claimants && r >= 0; i++)
		r = unit_follow(was, is, false, &claim->claimants[i].unit);
	return r;
}

/* Whether the new identity and traits of a device describe the unit that the device was before. */
static bool is_news_of_unit(const struct claimant *claimant, const struct claim_unit *was,
			    const struct claim_unit *is)
{
	return !(claimant->is_map && identity_is_place(was->identity)) &&
	       unit_became(was, is);
}

/* Changes the entry of a device that has been present all the time. */
static int set_known(struct claim *claim, struct claimant *entry,
		     const struct claimant *claimant)
{
	_cleanup_(unit_done) struct claim_unit was = { 0 };
	struct claim_unit now = claimant->unit;
	bool is_changed = entry->is_idle != claimant->is_idle;
	int r;

	entry->is_idle = claimant->is_idle;
	/* A device whose size could not be read keeps its size. */
	if (now.size == 0)
		now.size = entry->unit.size;
	/* Another path has already given the WWID that this path does not know yet. */
	if (claim_unit_equals(&entry->unit, &now) ||
	    identity_is_of_serial(now.identity, entry->unit.identity, entry->unit.traits))
		return is_changed;
	r = unit_copy(&entry->unit, &was);
	if (r >= 0 && is_news_of_unit(claimant, &was, &now))
		r = follow_all(claim, &was, &now);
	if (r >= 0)
		r = unit_copy(&now, &entry->unit);
	return r < 0 ? r : 1;
}

int claim_set(struct claim *claim, const struct claimant *claimant)
{
	struct claimant *entry;
	int r;

	assert(claim);
	assert(claimant);

	entry = find_claimant(claim, claimant->device);
	if (entry && entry->sequence == claimant->sequence)
		return set_known(claim, entry, claimant);
	/* A later device of the same name is a new claimant: it goes to the end of the list. */
	if (entry)
		(void)claim_drop(claim, claimant->device);
	r = add_claimant(claim, claimant);
	if (r < 0)
		return r;
	/* The unit may have grown while it had no device. */
	if (claim->n_claimants == 1 && has_pin(claim) && claimant->unit.size != 0)
		claim->pin.size = claimant->unit.size;
	return 1;
}

bool claim_drop(struct claim *claim, const char *device)
{
	struct claimant *claimant;

	assert(claim);
	assert(device);

	claimant = find_claimant(claim, device);
	if (!claimant)
		return false;
	unit_done(&claimant->unit);
	claim->n_claimants--;
	/* Keep the order: the claimant that came first has the name. */
	memmove(claimant, claimant + 1,
		(size_t)(claim->claimants + claim->n_claimants - claimant) *
			sizeof(*claimant));
	return true;
}

/* --- pin ---------------------------------------------------------------------------------------- */

/* Adds to a unit the traits and the size that another device of it knows. */
static void unit_merge(const struct claim_unit *from, struct claim_unit *unit)
{
	if (!*unit->traits && *from->traits)
		unit->traits = from->traits;
	if (unit->size == 0)
		unit->size = from->size;
}

int claim_pin(struct claim *claim)
{
	struct claim_unit unit;
	int r;

	assert(claim);

	if (!claim_is_granted(claim))
		return 0;
	unit = has_pin(claim) ? claim->pin : claim->claimants[0].unit;
	for (size_t i = 0; i < claim->n_claimants; i++)
		unit_merge(&claim->claimants[i].unit, &unit);
	if (has_pin(claim) && claim_unit_equals(&unit, &claim->pin))
		return 0;
	r = unit_copy(&unit, &claim->pin);
	return r < 0 ? r : 1;
}

void claim_unpin(struct claim *claim)
{
	assert(claim);

	unit_done(&claim->pin);
}

bool claim_is_empty(const struct claim *claim)
{
	assert(claim);

	return !has_pin(claim) && claim->n_claimants == 0;
}

/* --- text ------------------------------------------------------------------------------------ */

/* Writes vendor, model and serial number all three, or none of them. */
static void print_unit(const struct claim_unit *unit, bool is_idle, FILE *out)
{
	fputs(unit->identity, out);
	if (*unit->traits || unit->size != 0 || is_idle)
		fprintf(out, "\t%s", *unit->traits ? unit->traits : "\t\t");
	if (unit->size != 0 || is_idle)
		fprintf(out, "\t%" PRIu64, unit->size);
	fputs(is_idle ? "\t" IDLE "\n" : "\n", out);
}

void claim_print(const struct claim *claim, FILE *out)
{
	assert(claim);
	assert(out);

	if (has_pin(claim))
		print_unit(&claim->pin, false, out);
	else
		fputs(NO_PIN "\n", out);
	for (size_t i = 0; i < claim->n_claimants; i++) {
		const struct claimant *claimant = &claim->claimants[i];

		fprintf(out, "%s %" PRIu64 " ", claimant->device, claimant->sequence);
		print_unit(&claimant->unit, claimant->is_idle, out);
	}
}

bool claim_pin_is_gone(const struct claim *claim)
{
	assert(claim);

	if (!has_pin(claim))
		return false;
	for (size_t i = 0; i < claim->n_claimants; i++)
		if (claim_is_one_unit(&claim->claimants[i].unit, &claim->pin) &&
		    claim_is_one_size(&claim->claimants[i].unit, &claim->pin))
			return false;
	return true;
}

/* Cuts the first word off *line and returns it; NULL if no blank follows the word. */
static char *take_word(char **line)
{
	char *word = *line, *blank = strchr(word, ' ');

	if (!blank || blank == word)
		return NULL;
	*blank = '\0';
	*line = blank + 1;
	return word;
}

/* A kernel name becomes part of a path in sysfs: accept no name that could lead elsewhere. */
static bool is_device_name(const char *name)
{
	return *name != '.' && strlen(name) < DEVICE_NAME_SIZE && !strpbrk(name, "/\t");
}

/* Accepts only the form that claim_print() writes: without leading zeros. */
static int parse_number(const char *text, uint64_t *ret)
{
	return (*text == '0' && text[1]) || parse_unsigned(text, UINT64_MAX, ret) < 0 ?
		       -EBADMSG :
		       0;
}

/* Ends the text at its n-th tab. Returns the text after the tab, or NULL if there are fewer tabs. */
static char *cut_at_tab(char *text, unsigned n)
{
	while (text && n-- > 0) {
		text = strchr(text, '\t');
		if (text && n > 0)
			text++;
	}
	if (text)
		*text++ = '\0';
	return text;
}

/* Reads the text that print_unit() wrote; the unit points into this text. is_idle is NULL for a pin. */
static int parse_unit(char *text, struct claim_unit *ret_unit, bool *is_idle)
{
	char *traits = cut_at_tab(text, 1), *size, *idle;
	static char nothing[] = "";

	*ret_unit = (struct claim_unit){ .identity = text, .traits = nothing };
	if (!*text)
		return -EBADMSG;
	if (!traits)
		return 0;
	size = cut_at_tab(traits, 3);
	idle = size ? cut_at_tab(size, 1) : NULL;
	if (!strchr(traits, '\t') || !strchr(strchr(traits, '\t') + 1, '\t') ||
	    (idle && (!is_idle || !streq(idle, IDLE))))
		return -EBADMSG;
	if (size &&
	    (parse_number(size, &ret_unit->size) < 0 || (ret_unit->size == 0 && !idle)))
		return -EBADMSG;
	if (!streq(traits, "\t\t"))
		ret_unit->traits = traits;
	else if (!size)
		return -EBADMSG;
	if (idle)
		*is_idle = true;
	return 0;
}

static int parse_claimant(struct claim *claim, char *line)
{
	const char *device = take_word(&line);
	const char *number = device ? take_word(&line) : NULL;
	struct claimant claimant = { 0 };

	if (!number || !*line || !is_device_name(device) ||
	    find_claimant(claim, device) ||
	    parse_number(number, &claimant.sequence) < 0 ||
	    parse_unit(line, &claimant.unit, &claimant.is_idle) < 0)
		return -EBADMSG;
	(void)snprintf(claimant.device, sizeof(claimant.device), "%s", device);
	return add_claimant(claim, &claimant);
}

static int parse_pin(struct claim *claim, char *line)
{
	struct claim_unit pin;
	int r;

	if (streq(line, NO_PIN))
		return 0;
	r = parse_unit(line, &pin, NULL);
	return r < 0 ? r : unit_copy(&pin, &claim->pin);
}

static int parse_line(void *context, char *line, size_t number)
{
	return number == 0 ? parse_pin(context, line) : parse_claimant(context, line);
}

int claim_parse(const char *text, size_t size, struct claim *ret_claim)
{
	_cleanup_(claim_done) struct claim claim = { 0 };
	int r;

	assert(text);
	assert(ret_claim);

	if (!record_is_whole(text, size))
		return -EBADMSG;
	r = record_read_lines(text, size, parse_line, &claim);
	if (r < 0)
		return r;

	*ret_claim = claim;
	claim = (struct claim){ 0 };
	return 0;
}

void claim_done(struct claim *claim)
{
	unit_done(&claim->pin);
	for (size_t i = 0; i < claim->n_claimants; i++)
		unit_done(&claim->claimants[i].unit);
	free(claim->claimants);
	*claim = (struct claim){ 0 };
}

/* What a lot is called, and which lots a name means. */
#include <assert.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/fact_words.h"
#include "ledger/replay.h"

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

/* Letters of parts, by the kind of fact that made them. */
static const char letters[FACT_KINDS] = {
	[FACT_VEST] = 'v',
	[FACT_FORFEITURE] = 'f',
	[FACT_TRANSFER] = 't',
	[FACT_TO_SPOUSE] = 's',
	[FACT_MERGER] = 'm',
	[FACT_SPIN_OFF] = 'c',
	[FACT_DEATH] = 'd',
	[FACT_SWAP] = 'x',
};

struct parting parting_by(const struct fact *fact)
{
	assert(letters[fact->kind] != '\0');
	return (struct parting){ fact, letters[fact->kind] };
}

static char loss_letter(enum book book)
{
	return book == BOOK_REGULAR ? 'w' : 'a';
}

struct parting parting_by_loss(const struct disposition *sold, enum book book)
{
	const struct fact *const sale = sold->sale, *const row = sold->reported;
	const bool by_row = sale == NULL || (row != NULL && row->id < sale->id);

	return (struct parting){ by_row ? row : sale, loss_letter(book) };
}

/* The lot that this one is a part of; NULL for the first of a name. */
static const struct lot *whole_of(const struct lot *all, const struct lot *lot)
{
	const struct lot *const parent = lot->parent != 0 ? &all[lot->parent - 1] : NULL;

	/* Shares that pay an exercise go on under the name of what they bought. */
	return parent != NULL && parent->label == lot->label ? parent : NULL;
}

static const struct lot *first_of(const struct lot *all, const struct lot *lot)
{
	for (const struct lot *up; (up = whole_of(all, lot)) != NULL;)
		lot = up;
	return lot;
}

static void add_base(
	const struct lot *first, const struct names *names, struct text *text)
{
	if (first->label != 0)
		text_add(text, names_text(names, first->label));
	else
		text_addf(text, "L%s%lld", first->shadowed ? "0" : "",
			(long long)first->origin->id);
}

static void add_part(const struct facts *facts, const struct lot *lot, struct text *text)
{
	if (lot->parted != 0)
		text_addf(text, "-%c%lld", lot->part,
			(long long)facts->at[lot->parted - 1].id);
	if (lot->again > 0)
		text_addf(text, ".%u", (unsigned)lot->again + 1);
	if (lot->unsure)
		text_add(text, "-u");
	if (lot->over_limit)
		text_add(text, "-n");
}

static void add_steps(const struct facts *facts, const struct lot *all,
	const struct lot *lot, struct text *text)
{
	const struct lot *const whole = whole_of(all, lot);

	if (whole != NULL)
		add_steps(facts, all, whole, text);
	add_part(facts, lot, text);
}

static void add_id(const struct facts *facts, const struct lot *all,
	const struct lot *lot, struct text *text)
{
	add_base(first_of(all, lot), facts->names, text);
	add_steps(facts, all, lot, text);
}

const char *lot_id(const struct lots *lots, const struct lot *lot, struct pool *pool)
{
	struct text text = TEXT_EMPTY;

	assert(lot >= lots->lot && lot < lots->lot + lots->lot_count);
	add_id(lots->facts, lots->lot, lot, &text);
	const char *const id = pool_text(pool, text.at, text.length);

	text_release(&text);
	return id;
}

int64_t lot_spun_by(const struct lots *lots, const struct lot *lot)
{
	for (; lot->part != letters[FACT_SPIN_OFF]; lot = &lots->lot[lot->parent - 1])
		if (lot->parent == 0)
			return 0;
	return lots->facts->at[lot->parted - 1].id;
}

void lot_id_add(const struct replay *replay, uint32_t lot, struct text *text)
{
	add_id(replay->facts, replay->lot, &replay->lot[lot], text);
}

/* ---- names that sales and moves say --------------------------------------------------- */

/* One step of a part's name from `at` on, "-t30.2" or "-n": its end, or NULL if it is none. */
static const char *step_end(const char *at)
{
	if (at[0] != '-' || !islower((unsigned char)at[1]))
		return NULL;
	at += 2;
	while (isdigit((unsigned char)*at))
		at++;
	if (at[0] == '.' && isdigit((unsigned char)at[1]))
		for (at++; isdigit((unsigned char)*at);)
			at++;
	return *at == '\0' || *at == '-' ? at : NULL;
}

static bool are_steps(const char *at)
{
	while (at != NULL && *at != '\0')
		at = step_end(at);
	return at != NULL;
}

/* "L12": 12; 0 if it is not of that form. */
static int64_t number_of(const char *text, size_t length)
{
	int64_t number = 0;

	if (length < 2 || length > 19 || text[0] != 'L')
		return 0;
	for (size_t i = 1; i < length; i++) {
		if (!isdigit((unsigned char)text[i]))
			return 0;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

static uint32_t label_in(const struct replay *replay, const char *text, size_t length)
{
	char word[256];

	if (length >= sizeof word)
		return 0;
	memcpy(word, text, length);
	word[length] = '\0';
	const uint32_t name = names_find(replay->facts->names, word);

	return name != 0 && replay->named[name] != NULL ? name : 0;
}

static int compare_ids(const void *left, const void *right, const void *facts)
{
	const struct fact *const at = facts;
	const uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return BY(at[a].id, at[b].id);
}

static const struct fact *fact_of_number(const struct replay *replay, int64_t id)
{
	const struct facts *const facts = replay->facts;
	size_t from = 0, to = facts->count;

	while (replay->by_id != NULL && id > 0 && from < to) {
		const size_t middle = from + (to - from) / 2;
		const struct fact *const fact = &facts->at[replay->by_id[middle]];

		if (fact->id == id)
			return brings_a_lot(fact->kind) ? fact : NULL;
		if (fact->id < id)
			from = middle + 1;
		else
			to = middle;
	}
	return NULL;
}

bool pick_of_name(const struct replay *replay, uint32_t name, struct pick *pick)
{
	const char *const text = names_text(replay->facts->names, name);

	/* The longest of the user's own names comes first. */
	for (size_t length = strlen(text); length > 0; length--) {
		if (!are_steps(text + length))
			continue;
		const uint32_t label = label_in(replay, text, length);

		if (label != 0) {
			*pick = (struct pick){ replay->named[label], (int32_t)label,
				text + length };
			return true;
		}
	}
	for (size_t length = strlen(text); length > 0; length--) {
		if (!are_steps(text + length))
			continue;
		const int64_t number = number_of(text, length);
		const struct fact *const fact =
			number > 0 ? fact_of_number(replay, number) : NULL;

		if (fact != NULL) {
			const uint32_t label =
				fact->lot != 0 && replay->named[fact->lot] == fact
				? fact->lot
				: 0;

			*pick = (struct pick){ fact,
				label != 0 ? (int32_t)label
					   : -(int32_t)(fact - replay->facts->at) - 1,
				text + length };
			return true;
		}
	}
	return false;
}

const struct fact *origin_of_name(const struct replay *replay, uint32_t name)
{
	struct pick pick;

	return pick_of_name(replay, name, &pick) && pick.steps[0] == '\0' ? pick.origin
									  : NULL;
}

/* The lot that a fact takes shares of, by its name; 0 if it names none. */
static uint32_t name_taken(const struct fact *fact)
{
	return fact->kind == FACT_SWAP ? fact->name : fact->lot;
}

/* What a sale takes by number stays that, however a later lot is named. */
static bool not_named_over(struct replay *replay, const struct fact *fact, uint32_t name)
{
	const struct names *const names = replay->facts->names;
	const struct fact *const named = replay->named[name];
	const char *const text = names_text(names, name);
	const struct fact *const numbered =
		fact_of_number(replay, number_of(text, strlen(text)));

	if (named == NULL || numbered == NULL || numbered == named ||
		named->id < fact->id)
		return true;
	struct text words = TEXT_EMPTY;

	fact_words(fact, names, &words);
	fail_set(replay->why, FAIL_BAD_INPUT,
		"a lot cannot be named \"%s\" any more: that is the number of the lot "
		"that the "
		"%s takes",
		text, words.at);
	text_release(&words);
	fail_hint(replay->why, "give it another name");
	return fail_in_fact(replay->why, named, names);
}

bool replay_picks(struct replay *replay)
{
	const struct facts *const facts = replay->facts;
	bool any = false;

	for (size_t i = 0; i < facts->count && !any; i++) {
		const uint32_t name = name_taken(&facts->at[i]);

		any = name != 0 &&
			(replay->named[name] == NULL ||
				!brings_a_lot(replay->facts->at[i].kind));
	}
	if (!any)
		return true;
	replay->by_id =
		pool_alloc(&replay->scratch, facts->count * sizeof *replay->by_id);
	replay->picked =
		pool_alloc(&replay->scratch, facts->count * sizeof *replay->picked);
	for (size_t i = 0; i < facts->count; i++)
		replay->by_id[i] = (uint32_t)i;
	sort_stable(replay->by_id, facts->count, sizeof *replay->by_id, compare_ids,
		facts->at);
	for (size_t i = 0; i < facts->count; i++) {
		const uint32_t name = name_taken(&facts->at[i]);
		struct pick pick;

		if (name == 0 || brings_a_lot(facts->at[i].kind))
			continue;
		if (!not_named_over(replay, &facts->at[i], name))
			return false;
		if (pick_of_name(replay, name, &pick))
			replay->picked[pick.origin - facts->at] = true;
	}
	return true;
}

bool origin_is_picked(const struct replay *replay, const struct lot *lot, int32_t *extra)
{
	if (replay->picked == NULL)
		return false;
	const ptrdiff_t place = first_of(replay->lot, lot)->origin - replay->facts->at;

	*extra = -(int32_t)place - 1;
	return replay->picked[place];
}

/*
 * A lot is a part of what is meant if its steps hold those of the name, in their order: shares of
 * L12-t30 are still that when some of them move again.
 */
static bool holds_steps(const char *steps, const char *wanted)
{
	while (*wanted != '\0') {
		const char *const end = step_end(wanted);
		const size_t length = (size_t)(end - wanted);

		for (;; steps = step_end(steps)) {
			if (*steps == '\0')
				return false;
			if ((size_t)(step_end(steps) - steps) == length &&
				memcmp(steps, wanted, length) == 0)
				break;
		}
		steps = step_end(steps);
		wanted = end;
	}
	return true;
}

enum fit pick_fits(const struct replay *replay, const struct pick *pick, uint32_t lot)
{
	const struct lot *const at = &replay->lot[lot];
	struct text steps = TEXT_EMPTY;

	if (pick->steps[0] == '\0')
		return whole_of(replay->lot, at) == NULL && at->parted == 0 &&
				!at->unsure && !at->over_limit
			? FIT_JUST
			: FIT_PART;
	add_steps(replay->facts, replay->lot, &replay->lot[lot], &steps);
	const enum fit fit = strcmp(steps.at, pick->steps) == 0 ? FIT_JUST
		: holds_steps(steps.at, pick->steps)            ? FIT_PART
								: FIT_NOT;

	text_release(&steps);
	return fit;
}

/* A name of the user's that reads as the number of another lot is that user's. */
void replay_shadows(struct replay *replay)
{
	const struct names *const names = replay->facts->names;
	bool any = false;

	for (size_t i = 0; i < replay->facts->count && !any; i++) {
		const uint32_t name = replay->facts->at[i].lot;
		const char *const text = names_text(names, name);

		any = name != 0 && replay->named[name] != NULL &&
			number_of(text, strlen(text)) > 0;
	}
	for (size_t i = 0; any && i < replay->lot_count; i++) {
		struct lot *const lot = &replay->lot[i];
		char text[24];

		snprintf(text, sizeof text, "L%lld", (long long)lot->origin->id);
		lot->shadowed =
			lot->label == 0 && label_in(replay, text, strlen(text)) != 0;
	}
}

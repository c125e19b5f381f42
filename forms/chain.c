/* Links a household's years: facts and lots in, one return a year out, each fed by the last. */
#include "forms/chain.h"

#include <assert.h>
#include <string.h>

#include "forms/linking.h"
#include "forms/question.h"
#include "ledger/f8949.h"

/* Where a fact was entered, for a message about it. */
static bool in_fact(const struct linking *link, const struct fact *fact, struct fail *why)
{
	return fail_in(why, "%d: fact %lld (%s)", fact->year, (long long)fact->id,
		names_text(link->facts->names, fact->name));
}

static const char *name_of(const struct linking *link, const struct fact *fact)
{
	return names_text(link->facts->names, fact->name);
}

/* ---- figures ---------------------------------------------------------------------------- */

static bool is_meant(const struct linking *link, const struct reading *reading,
	const struct fact *fact)
{
	const int person = owners_index(&link->owners, fact->owner);

	if (fact->kind != FACT_FIGURE || fact->year != reading->year)
		return false;
	if (fact->owner == 0)
		return reading->whose.unnamed;
	return person >= 0 && (reading->whose.of >> person & 1);
}

/* Words that are no figure of the return: they say who files, or answer a question. */
static bool is_word(const char *name)
{
	return strcmp(name, "status") == 0 || strcmp(name, "died") == 0 ||
		question_find(name) != NULL;
}

static bool is_left_out(const struct reading *reading, const char *name)
{
	if (reading->only != NULL && !reading->only(name))
		return true;
	if (reading->no_openings && is_opening(name))
		return true;
	for (enum carry carry = 0; reading->no_stated && carry < CARRIES; carry++)
		if (carry_words(carry)->figure != NULL &&
			strcmp(carry_words(carry)->figure, name) == 0)
			return true;
	return false;
}

/* Another fact of the same name that this return reads, and that stands without an owner. */
static bool stands_unnamed(const struct linking *link, const struct reading *reading,
	const struct fact *fact)
{
	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const other = &link->facts->at[i];

		if (other->name == fact->name && other->owner == 0 &&
			is_meant(link, reading, other))
			return true;
	}
	return false;
}

/* Two spouses' figures add up; words must be the same. */
static bool figures_join(struct entered *there, struct entered new, struct fail *why)
{
	if (there->choice != new.choice)
		return fail_set(why, FAIL_BAD_INPUT,
			"the two owners say different words, and a return has one");
	there->amount = money_plus(there->amount, new.amount);
	return true;
}

static bool figure_add(const struct linking *link, const struct input *input,
	const struct fact *fact, const struct reading *reading, struct entered *there,
	struct fail *why)
{
	struct entered new = { .given = true, .amount = fact->amount };

	if (fact->amount_known && input->kind == INPUT_AMOUNT) {
		if (!figure_may_be(input, fact->amount, why))
			return false;
	} else if (!figure_parse(input,
			   span_of(names_text(link->facts->names, fact->text)), &new,
			   why)) {
		return false;
	}
	if (fact->owner != 0 && stands_unnamed(link, reading, fact)) {
		fail_set(why, FAIL_BAD_INPUT,
			"it stands with an owner and without one, and nothing tells "
			"whether the one holds the other");
		return fail_hint(why,
			"enter both spouses' own figures, or one for the return: "
			"dualbasis undo BATCH takes one back");
	}
	if (!there->given || fact->owner == 0) {
		*there = new;
		return true;
	}
	if (input->kind != INPUT_YES_NO)
		return figures_join(there, new, why);
	there->amount = money_max(there->amount, new.amount);
	return true;
}

static bool figure_enter(const struct linking *link, const struct fact *fact,
	const struct reading *reading, struct return_input *in, struct fail *why)
{
	struct entered *const entered = (struct entered *)in->entered;
	size_t index;

	if (!law_input_find(link->law, name_of(link, fact), &index, why)) {
		why->kind = FAIL_BAD_INPUT;
		return in_fact(link, fact, why);
	}
	return figure_add(link, law_input(link->law, index), fact, reading,
		       &entered[index], why) ||
		in_fact(link, fact, why);
}

/* A later fact about the same line takes the place of an earlier one. */
void line_enter(struct return_input *in, struct entered_line line)
{
	struct entered_line *const lines = (struct entered_line *)in->lines;
	size_t i = 0;

	while (i < in->line_count && lines[i].line.number != line.line.number)
		i++;
	lines[i] = line;
	if (i == in->line_count)
		in->line_count++;
}

static bool is_one_person(members of)
{
	return (of & (of - 1)) == 0;
}

bool figures_read(const struct linking *link, struct reading reading,
	struct return_input *in, struct fail *why)
{
	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];
		const char *const name = name_of(link, fact);
		struct line_ref line;

		if (!is_meant(link, &reading, fact) || is_word(name) ||
			is_left_out(&reading, name))
			continue;
		if (strchr(name, '.') == NULL) {
			if (!figure_enter(link, fact, &reading, in, why))
				return false;
			continue;
		}
		if (!law_line_find(link->law, reading.year, name, &line, why)) {
			why->kind = FAIL_BAD_INPUT;
			return in_fact(link, fact, why);
		}
		if (fact->owner != 0 && !is_one_person(reading.whose.of)) {
			fail_set(why, FAIL_BAD_INPUT,
				"a line of a joint return is no one spouse's");
			fail_hint(why, "enter it without an owner");
			return in_fact(link, fact, why);
		}
		line_enter(in,
			(struct entered_line){ .line = line, .amount = fact->amount });
	}
	return true;
}

static size_t lines_entered(const struct linking *link, int year)
{
	size_t count = 0;

	for (size_t i = 0; i < link->facts->count; i++)
		count += link->facts->at[i].kind == FACT_FIGURE &&
			link->facts->at[i].year == year;
	return count;
}

struct return_input *input_new(
	const struct linking *link, int year, enum filing_status status, size_t lines)
{
	struct return_input *const in = pool_alloc(link->pool, sizeof *in);
	const size_t room = lines_entered(link, year) + lines + 1;

	*in = (struct return_input){
		.year = year,
		.status = status,
		.cents = link->options.cents,
		.schedule = link->options.schedule,
		.entered = pool_alloc(
			link->pool, (law_inputs(link->law) + 1) * sizeof *in->entered),
		.lines = pool_alloc(link->pool, room * sizeof *in->lines),
	};
	return in;
}

/*
 * Medicare wages default to wages. Where one spouse gives them and the other does not, the
 * other's own wages stand for them.
 */
static void medicare_wages_fill(
	const struct linking *link, const struct filing *filing, struct return_input *in)
{
	const uint32_t wages = names_find(link->facts->names, "wages");
	const uint32_t medicare = names_find(link->facts->names, "medicare_wages");
	struct fail none;
	size_t index;

	if (wages == 0 || medicare == 0 ||
		!law_input_find(link->law, "medicare_wages", &index, &none))
		return;
	struct entered *const entered = (struct entered *)&in->entered[index];

	if (!entered->given)
		return;
	for (int person = 0; person < link->owners.count; person++) {
		const uint32_t owner = link->owners.name[person];
		const struct fact *earned = NULL;
		bool given = owner == 0 || !(filing->members >> person & 1);

		for (size_t i = 0; i < link->facts->count; i++) {
			const struct fact *const fact = &link->facts->at[i];

			if (fact->kind != FACT_FIGURE || fact->year != filing->year)
				continue;
			given |= fact->name == medicare &&
				(fact->owner == owner || fact->owner == 0);
			if (fact->name == wages && fact->owner == owner)
				earned = fact;
		}
		if (!given && earned != NULL)
			entered->amount = money_plus(entered->amount, earned->amount);
	}
}

/* ---- what lots give ---------------------------------------------------------------------- */

static void figures_plus(struct year_figures *sum, const struct year_figures *more)
{
	for (int book = 0; book < BOOKS; book++)
		for (int i = 0; i < LEDGER_FIGURE_COUNT; i++)
			sum->value[book][i] =
				money_plus(sum->value[book][i], more->value[book][i]);
}

static bool figures_none(const struct year_figures *figures)
{
	for (int book = 0; book < BOOKS; book++)
		for (int i = 0; i < LEDGER_FIGURE_COUNT; i++)
			if (figures->value[book][i].cents != 0)
				return false;
	return true;
}

static bool nobodys(
	const struct linking *link, const struct filing *filing, struct fail *why)
{
	fail_set(why, FAIL_MISSING_FACTS,
		"%d: shares without an owner were exercised or sold, and %s alone has a "
		"return of that year: whose are they?",
		filing->year, members_words(link, filing->members));
	return fail_hint(why,
		"dualbasis lots --all shows them; give their account an owner (dualbasis "
		"record account --account NAME --owner NAME), or record them anew with "
		"--owner");
}

/* Joint returns are from everybody's lots, others from one person's. */
static bool lots_figures(
	const struct linking *link, struct filing *filing, struct fail *why)
{
	struct year_figures part;

	filing->figures = pool_alloc(link->pool, sizeof *filing->figures);
	if (filing_is_everybodys(link, filing)) {
		year_figures(link->lots, filing->year, filing->figures, link->pool);
		return true;
	}
	for (int i = 0; i < link->owners.count; i++) {
		if (!(filing->members >> i & 1))
			continue;
		year_figures_of_owner(link->lots, filing->year, link->owners.name[i],
			&part, link->pool);
		figures_plus(filing->figures, &part);
	}
	if (link->owners.name[0] == 0)
		return true;
	year_figures_of_owner(link->lots, filing->year, 0, &part, link->pool);
	return figures_none(&part) || nobodys(link, filing, why);
}

/* ---- returns ----------------------------------------------------------------------------- */

/* The lines that people brought along, and that nobody entered by hand. */
static bool carried_enter(const struct linking *link, const struct filing *filing,
	struct return_input *in, struct fail *why)
{
	for (enum carry carry = 0; carry < CARRIES; carry++) {
		const struct carry_words *const words = carry_words(carry);
		struct entered_line line = { .from = filing->in->how[carry] };
		bool by_hand = false;

		if (!law_line_find(link->law, filing->year, words->line, &line.line, why))
			return false;
		for (size_t i = 0; i < in->line_count; i++)
			by_hand |= in->lines[i].line.number == line.line.number;
		line.amount.cents = words->sign * filing->in->total[carry].cents;
		if (!by_hand)
			line_enter(in, line);
	}
	return true;
}

/* The division is done: the definitions need not ask for it. */
static void settled_enter(const struct linking *link, struct return_input *in)
{
	struct fail none;
	size_t index;

	if (law_input_find(link->law, "joint_split_settled", &index, &none))
		((struct entered *)in->entered)[index] =
			(struct entered){ .given = true, .amount = { 1 } };
}

bool filing_compute(struct linking *link, struct filing *filing, struct fail *why)
{
	const struct tax_return *prior = NULL;

	if (filing->its != NULL)
		return true;
	if (!carry_in(link, filing, &prior, why))
		return false;
	struct return_input *const in =
		input_new(link, filing->year, filing->status, CARRIES);
	const struct reading reading = { whose_facts(link, filing), filing->year,
		.no_openings = filing->in != NULL && prior == NULL,
		.no_stated = filing->in != NULL };

	if (link->lots != NULL && !lots_figures(link, filing, why))
		return false;
	in->ledger = filing->figures;
	if (!figures_read(link, reading, in, why))
		return false;
	medicare_wages_fill(link, filing, in);
	if (filing->in != NULL) {
		if (!carried_enter(link, filing, in, why))
			return false;
		settled_enter(link, in);
	}
	return return_evaluate(link->law, in, prior, &filing->its, link->pool, why) ||
		fail_in(why, "%d", filing->year);
}

/* First and last year that a person is on a return, and none without one in between. */
static bool years_span(
	const struct linking *link, struct chain *chain, int person, struct fail *why)
{
	const char *const owner = link->owners.count > 1 && chain->owner != 0
		? pool_printf(
			  link->pool, " of %s", owner_words(link->facts, chain->owner))
		: "";

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
		if (filing_of(link, person, year) != NULL) {
			if (chain->first == 0)
				chain->first = year;
			chain->last = year;
		}
	for (int year = chain->first; year < chain->last; year++)
		if (filing_of(link, person, year) == NULL) {
			fail_set(why, FAIL_MISSING_FACTS,
				"%d has no filing status%s, but years before and after "
				"it "
				"have: credit and carryovers cannot pass through it",
				year, owner);
			return *owner == '\0'
				? fail_hint(why, "dualbasis fact %d status=... wages=...",
					  year)
				: fail_hint(why,
					  "dualbasis fact %d --owner %s status=... "
					  "wages=...",
					  year, owner + strlen(" of "));
		}
	return true;
}

bool chain_compute(const struct law *law, const struct facts *facts,
	const struct lots *lots, struct chain_options options, struct chain *chain,
	struct pool *pool, struct fail *why)
{
	struct linking *const link = pool_alloc(pool, sizeof *link);

	*link = (struct linking){
		.law = law,
		.facts = pool_copy(pool, facts, sizeof *facts),
		.lots = lots,
		.options = options,
		.pool = pool,
	};
	*chain = (struct chain){
		.law = law, .lots = lots, .options = options, .linking = link
	};
	if (!owners_find(facts, &link->owners, why) || !filings_find(link, why))
		return false;
	chain->owners = link->owners;
	chain->owner = options.owner != 0 ? options.owner : link->owners.name[0];
	const int person = owners_index(&link->owners, chain->owner);

	if (person < 0 || !years_span(link, chain, person, why))
		return person >= 0 ? false
				   : fail_set(why, FAIL_USAGE,
					     "nothing in the ledger belongs to \"%s\"",
					     CUT(owner_words(facts, chain->owner), 60));
	if (chain->first == 0)
		return true;
	const size_t years = (size_t)(chain->last - chain->first + 1);
	struct year_figures *const figures = pool_alloc(pool, years * sizeof *figures);

	chain->year = pool_alloc(pool, years * sizeof *chain->year);
	chain->figures = figures;
	for (int year = chain->first; year <= chain->last; year++) {
		struct filing *const filing = filing_of(link, person, year);
		const int at = year - chain->first;

		if (!filing_compute(link, filing, why))
			return false;
		chain->year[at] = filing->its;
		if (lots != NULL)
			figures[at] = *filing->figures;
	}
	return true;
}

bool chain_year(const struct chain *chain, int year, const struct tax_return **found,
	struct fail *why)
{
	if (chain->first != 0 && year >= chain->first && year <= chain->last) {
		*found = chain->year[year - chain->first];
		return true;
	}
	if (chain->first == 0)
		fail_set(why, FAIL_MISSING_FACTS,
			"%d has no filing status, nor has any year", year);
	else
		fail_set(why, FAIL_MISSING_FACTS,
			"%d has no filing status (the years known are %d to %d)", year,
			chain->first, chain->last);
	return fail_hint(why, "dualbasis fact %d status=single|mfj|mfs|hoh|qss", year);
}

/* Finds the exercises, sales and entries that make a figure. */
#include "cli/evidence.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "export/cell.h"
#include "ledger/wash.h"

struct parts {
	const struct household *household;
	struct pool *pool;
	struct part *at;
	size_t count, room;
};

static struct part *add_part(struct parts *parts, const char *words)
{
	GROW(parts->at, parts->count, parts->room);
	struct part *const part = &parts->at[parts->count++];

	*part = (struct part){ .words = words };
	return part;
}

static void add_amount(struct part *part, struct money amount)
{
	part->has_amount = true;
	part->amount = amount;
}

static void add_origin(const struct parts *parts, struct part *part, const char *what,
	const struct fact *fact)
{
	if (!fact)
		return;
	assert(part->origins < ORIGINS_MOST);
	part->origin[part->origins++] = (struct origin){ what,
		household_document(parts->household, fact->source.document),
		fact->source.row };
}

static const char *symbol_of(const struct parts *parts, uint32_t symbol)
{
	return names_text(parts->household->facts->names, symbol);
}

/* "4,000 of 9,000", or "9,000" when it is the whole lot. */
static const char *shares_words(
	const struct parts *parts, struct shares part, struct shares whole)
{
	const struct cell some = cell_shares(part), all = cell_shares(whole);
	const char *const words = cell_words(&some, DIALECT_TERMINAL, parts->pool);

	if (part.e8 == whole.e8)
		return words;
	return pool_printf(parts->pool, "%s of %s", words,
		cell_words(&all, DIALECT_TERMINAL, parts->pool));
}

static const char *id_of(const struct parts *parts, const struct lot *lot)
{
	return lot_id(parts->household->lots, lot, parts->pool);
}

/* An exercise: what was paid and what it was worth. */
static const char *exercise_words(const struct parts *parts, const struct lot *lot)
{
	char strike[MONEY_TEXT], fmv[MONEY_TEXT], day[DAY_TEXT];

	return pool_printf(parts->pool, "%s: %s %s bought %s at %s, worth %s a share",
		id_of(parts, lot), shares_words(parts, lot->shares, lot->shares),
		symbol_of(parts, lot->symbol), day_iso(lot->acquired, day),
		price_plain(lot->origin->price, strike),
		price_plain(lot->origin->fmv, fmv));
}

static void spread_parts(struct parts *parts, int year)
{
	const struct lots *const lots = parts->household->lots;

	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->inclusion_year != year || lot->inclusion.cents == 0)
			continue;
		struct part *const part = add_part(parts, exercise_words(parts, lot));

		add_amount(part, lot->inclusion);
		add_origin(parts, part, "exercise", lot->origin);
	}
}

/* Wages when shares were bought or vested, but for those of ISOs. */
static void wages_parts(struct parts *parts, int year)
{
	const struct lots *const lots = parts->household->lots;

	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];
		const bool bought = lot->origin->kind == FACT_EXERCISE;
		char day[DAY_TEXT];

		if (lot->compensation_year != year || lot->compensation.cents == 0)
			continue;
		struct part *const part = add_part(parts,
			bought ? exercise_words(parts, lot)
			       : pool_printf(parts->pool, "%s: %s of %s",
					 id_of(parts, lot), symbol_of(parts, lot->symbol),
					 day_iso(lot->acquired, day)));

		add_amount(part, lot->compensation);
		add_origin(parts, part, bought ? "exercise" : "acquired", lot->origin);
	}
}

static const char *const kind_words[] = {
	[DISPOSED_PLAIN] = "",
	[DISPOSED_QUALIFYING] = ", qualifying",
	[DISPOSED_DISQUALIFYING] = ", disqualifying",
};

static struct part *add_disposition(struct parts *parts, const struct disposition *sold)
{
	const struct lot *const lot = &parts->household->lots->lot[sold->lot];
	char day[DAY_TEXT];
	const bool own = lot->kind != LOT_AS_REPORTED;
	struct part *const part = add_part(parts,
		pool_printf(parts->pool, "%s: %s %s sold %s%s%s%s%s", id_of(parts, lot),
			shares_words(parts, sold->shares, lot->shares),
			symbol_of(parts, lot->symbol), day_iso(sold->sold, day),
			own ? " (" : "", own ? sold->why_this_lot : "",
			kind_words[sold->kind], own ? ")" : ""));

	add_origin(parts, part, "sale", sold->sale);
	add_origin(parts, part, "1099-B row", sold->reported);
	if (lot->origin != sold->reported)
		add_origin(parts, part, "acquired", lot->origin);
	return part;
}

/*
 * The wash sale in a row, where the column tells of it; of the parts of one row of the broker's,
 * the first stands for all.
 */
static const struct wash_line *washed_in(const struct f8949_row *row, const char *column,
	const struct wash_line *lines, size_t count)
{
	const struct wash_line *const line = wash_line_of(lines, count, row->disposition);

	return line != NULL && line->first == row->disposition &&
			(strcmp(column, "adjustment") == 0 || strcmp(column, "gain") == 0)
		? line
		: NULL;
}

/* A sum of a box of Form 8949: the box and the column are in the figure's name. */
static void box_parts(struct parts *parts, const struct why *why, const char *figure)
{
	const char box = (char)(figure[0] - 'a' + 'A');
	const char digital = (char)(box + ('G' - 'A'));
	const char *const column = figure + 2;
	struct f8949_row *rows = NULL;
	size_t count = 0;

	struct wash_line *line;
	size_t lines;

	f8949_rows(
		parts->household->lots, why->year, why->book, &rows, &count, parts->pool);
	wash_lines(parts->household->lots, why->year, &line, &lines, parts->pool);
	for (size_t i = 0; i < count; i++) {
		const struct f8949_row *const row = &rows[i];

		if (row->box != box && row->box != digital)
			continue;
		const struct money amount = strcmp(column, "proceeds") == 0
			? row->proceeds
			: strcmp(column, "basis") == 0      ? row->basis
			: strcmp(column, "adjustment") == 0 ? row->adjustment
							    : row->gain;

		const struct wash_line *const washed =
			washed_in(row, column, line, lines);

		if (amount.cents == 0 &&
			(washed == NULL || washed->ours[why->book].cents == 0))
			continue;
		struct part *const part = add_disposition(parts, row->disposition);

		add_amount(part, amount);
		if (washed != NULL)
			part->note =
				wash_words(parts->household->lots, washed, parts->pool);
	}
}

static void compensation_parts(struct parts *parts, int year, bool iso, bool earlier)
{
	const struct lots *const lots = parts->household->lots;

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const sold = &lots->disposition[i];

		if (day_year(sold->sold) != year || sold->compensation.cents == 0 ||
			(lots->lot[sold->lot].kind == LOT_ISO) != iso ||
			(earlier && sold->same_year))
			continue;
		add_amount(add_disposition(parts, sold), sold->compensation);
	}
}

static void discount_parts(struct parts *parts, int year)
{
	const struct lots *const lots = parts->household->lots;

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const sold = &lots->disposition[i];

		if (day_year(sold->sold) == year &&
			disposition_besides(sold)->discount.cents != 0)
			add_amount(add_disposition(parts, sold),
				disposition_besides(sold)->discount);
	}
}

static void ledger_parts(struct parts *parts, const struct why *why)
{
	const char *const figure = ledger_figure_name(why->ledger);

	if (why->ledger == LEDGER_iso_spread)
		spread_parts(parts, why->year);
	else if (why->ledger == LEDGER_iso_compensation)
		compensation_parts(parts, why->year, true, false);
	else if (why->ledger == LEDGER_iso_compensation_of_earlier_years)
		compensation_parts(parts, why->year, true, true);
	else if (why->ledger == LEDGER_other_compensation) {
		wages_parts(parts, why->year);
		compensation_parts(parts, why->year, false, false);
	} else if (why->ledger == LEDGER_market_discount)
		discount_parts(parts, why->year);
	else if (figure[1] == '_')
		box_parts(parts, why, figure);
}

/* Does the year's return read it, whoever's it is? */
static bool is_read(const struct chain *chain, const struct fact *fact)
{
	return chain == NULL || chain_reads(chain, fact);
}

/* The entry of a figure, or of a line entered by hand. */
static void entry_parts(struct parts *parts, const struct why *why)
{
	const struct facts *const facts = parts->household->facts;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_FIGURE && fact->year == why->year &&
			is_read(parts->household->chain, fact) &&
			strcmp(names_text(facts->names, fact->name), why->name) == 0)
			add_origin(parts, add_part(parts, "entered"), "figure", fact);
	}
}

size_t evidence_of(const struct household *household, const struct why *why,
	struct part **found, struct pool *pool)
{
	struct parts parts = { .household = household, .pool = pool };

	switch (why->kind) {
	case WHY_LEDGER:
		ledger_parts(&parts, why);
		break;
	case WHY_INPUT:
		entry_parts(&parts, why);
		break;
	case WHY_LINE:
		if (why->value.status == VALUE_ENTERED)
			entry_parts(&parts, why);
		break;
	case WHY_FUNCTION:
	case WHY_PARAMETER:
	case WHY_PRIOR_LINE:
		break;
	}
	*found = pool_copy(pool, parts.at, parts.count * sizeof *parts.at);
	free(parts.at);
	return parts.count;
}

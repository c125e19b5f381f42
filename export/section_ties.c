/* Tie-outs: sums that must agree, by two ways, with both numbers printed. */
#include <string.h>

#include "export/sections.h"

struct ties {
	struct packet *packet;
	struct table *table;
	int failed;
};

/* One side of a tie: an amount, and the formula that gives it in the workbook, or NULL. */
struct side {
	struct money amount;
	const char *formula;
};

enum { NUMBER, WHAT, LEFT, RIGHT, DIFFERENCE, ALLOWED, RESULT, COLUMNS };

static const struct column columns[COLUMNS] = {
	[NUMBER] = { .title = "Tie" },
	[WHAT] = { .title = "What must agree", .width = 64 },
	[LEFT] = { .title = "First", .align = ALIGN_RIGHT },
	[RIGHT] = { .title = "Second", .align = ALIGN_RIGHT },
	[DIFFERENCE] = { .title = "Difference", .align = ALIGN_RIGHT },
	[ALLOWED] = { .title = "Rounding allowed", .align = ALIGN_RIGHT },
	[RESULT] = { .title = "Result", .name = "result" },
};

/* `allowed`: how far whole-dollar rounding may put the sides apart. */
static void add_tie(struct ties *ties, const char *number, const char *what,
	struct side left, struct side right, struct money allowed)
{
	struct pool *const pool = ties->packet->pool;
	struct cell *const cell = table_row(ties->table, pool);
	const struct money difference = money_less(left.amount, right.amount);
	const bool passes =
		difference.cents <= allowed.cents && -difference.cents <= allowed.cents;

	cell[NUMBER] = cell_text(number);
	cell[NUMBER].tone = TONE_STRONG;
	cell[WHAT] = cell_text(what);
	cell[LEFT] = cell_money(left.amount);
	cell[LEFT].formula = left.formula;
	cell[RIGHT] = cell_money(right.amount);
	cell[RIGHT].formula = right.formula;
	cell[DIFFERENCE] = cell_money(difference);
	cell[DIFFERENCE].formula = pool_printf(pool, "ROUND({%d}-{%d},2)", LEFT, RIGHT);
	cell[ALLOWED] = cell_money(allowed);
	cell[RESULT] = cell_text(passes ? "pass" : "FAIL");
	cell[RESULT].tone = passes ? TONE_PLAIN : TONE_ALERT;
	cell[RESULT].formula = pool_printf(
		pool, "IF(ABS({%d})<={%d},\"pass\",\"FAIL\")", DIFFERENCE, ALLOWED);
	ties->failed += !passes;
}

static const struct money exactly = { 0 };

static struct money lesser_dollars(int64_t halves)
{
	return (struct money){ halves * 50 };
}

/* A line of this year, 0 if there is none of that name this year; its cell is the formula. */
static struct side line_side(const struct ties *ties, const char *id)
{
	const struct packet *const packet = ties->packet;
	struct line_ref line;
	struct fail none;

	if (!law_line_find(packet->household->law, packet->year, id, &line, &none))
		return (struct side){ { 0 }, "0" };
	return (struct side){ return_line(packet->now, line).amount,
		return_cell_name(packet->now, line, packet->pool) };
}

static bool line_filled(const struct ties *ties, const char *id)
{
	struct value value;
	struct fail none;

	return return_find(ties->packet->now, id, &value, &none) && value.filled;
}

static struct money line_before(const struct ties *ties, const char *id)
{
	struct value value = { 0 };
	struct fail none;

	if (ties->packet->before == NULL ||
		!return_find(ties->packet->before, id, &value, &none))
		return (struct money){ 0 };
	return value.amount;
}

/* An input or other leaf of the year by its name in the workbook. */
static struct side leaf_side(const struct ties *ties, const char *cell_name)
{
	struct leaf *leaf;
	size_t count;

	return_leaves(ties->packet->now, &leaf, &count, ties->packet->pool);
	for (size_t i = 0; i < count; i++)
		if (strcmp(leaf[i].cell_name, cell_name) == 0 && leaf[i].word == NULL)
			return (struct side){
				{ (int64_t)((int128)leaf[i].number * 100 / leaf[i].by) },
				leaf[i].cell_name
			};
	return (struct side){ { 0 }, "0" };
}

static struct side sum_side(const struct ties *ties, struct side a, struct side b)
{
	return (struct side){ money_plus(a.amount, b.amount),
		pool_printf(ties->packet->pool, "ROUND(%s+%s,2)", a.formula, b.formula) };
}

static struct side less_side(const struct ties *ties, struct side a, struct side b)
{
	return (struct side){ money_less(a.amount, b.amount),
		pool_printf(
			ties->packet->pool, "ROUND(%s-(%s),2)", a.formula, b.formula) };
}

static struct side not_below_zero(const struct ties *ties, struct side a)
{
	return (struct side){ money_max(a.amount, (struct money){ 0 }),
		pool_printf(ties->packet->pool, "MAX(0,%s)", a.formula) };
}

static bool of_year(struct day day, int year)
{
	return day_known(day) && day_year(day) == year;
}

/* T2: the exercises' AMT income is line 2i. */
static void tie_exercises(struct ties *ties)
{
	const struct lots *const lots = ties->packet->household->lots;
	struct side sum = { { 0 }, "ROUND(SUM(exercises_inclusion),2)" };

	for (size_t i = 0; i < lots->lot_count; i++)
		if (lots->lot[i].inclusion_year == ties->packet->year)
			sum.amount = money_plus(sum.amount, lots->lot[i].inclusion);
	add_tie(ties, "T2", "AMT income of the exercises, and Form 6251, line 2i",
		sum_side(ties, sum, leaf_side(ties, "input_iso_spread")),
		line_side(ties, "f6251.2i"), lesser_dollars(1));
}

/* AMT over regular basis that left with shares, and that old ones bring to those they pay for. */
static struct money gap_gone(const struct lots *lots, int year)
{
	struct money gap = { 0 };

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const it = &lots->disposition[i];

		if (!of_year(it->sold, year))
			continue;
		/* What was never included, for it was sold in its year, never came either. */
		gap = money_plus(gap,
			money_less(
				money_less(it->taken[BOOK_AMT], it->taken[BOOK_REGULAR]),
				disposition_besides(it)->inclusion_undone));
		if (it->manner == MANNER_swap)
			gap = money_less(gap,
				money_less(it->basis[BOOK_AMT], it->basis[BOOK_REGULAR]));
	}
	return gap;
}

/* What all lots together carry of losses that wash sales put off, AMT over regular. */
static struct money gap_carried(const struct lots *lots)
{
	struct money gap = { 0 };

	for (size_t i = 0; i < lots->lot_count; i++)
		gap = money_plus(gap,
			money_less(lots->lot[i].adjusted[BOOK_AMT],
				lots->lot[i].adjusted[BOOK_REGULAR]));
	return gap;
}

/* AMT income of the year's exercises and vests, and what gifts bring with them. */
static struct money gap_come(const struct lots *lots, int year)
{
	struct money gap = { 0 };

	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->inclusion_year == year)
			gap = money_plus(gap, lot->inclusion);
	}
	for (size_t i = 0; i < lots->facts->count; i++) {
		const struct fact *const fact = &lots->facts->at[i];

		if (fact->kind == FACT_GIFT_RECEIVED && fact->amt_basis_known &&
			of_year(fact->day, year))
			gap = money_plus(gap, money_less(fact->amt_basis, fact->basis));
	}
	return gap;
}

/* T4: closing gap between the bases = opening + 2i - what left, as the ledger stood then. */
static void tie_register(struct ties *ties)
{
	const struct packet *const packet = ties->packet;
	const struct register_sums opening = packet->opening, closing = packet->closing;
	struct money rolled =
		money_less(opening.basis[BOOK_AMT], opening.basis[BOOK_REGULAR]);

	rolled = money_plus(rolled, gap_come(&packet->at_end, packet->year));
	rolled = money_plus(rolled,
		money_less(gap_carried(&packet->at_end), gap_carried(&packet->at_start)));
	rolled = money_less(rolled, gap_gone(&packet->at_end, packet->year));
	add_tie(ties, "T4",
		"AMT over regular basis: opening, plus AMT income of exercises, less "
		"what was "
		"sold; and the closing register",
		(struct side){ rolled, NULL },
		(struct side){
			money_less(closing.basis[BOOK_AMT], closing.basis[BOOK_REGULAR]),
			"ROUND(SUM(lots_amt)-SUM(lots_regular),2)" },
		exactly);
}

static bool basis_reported(const struct fact *row)
{
	return row->box != 0 ? (row->box - 'A') % 3 == 0 : row->covered == COVERED_YES;
}

/* T5, T6: Form 8949 against the brokers' own rows, account by account. */
static void tie_account(struct ties *ties, uint32_t account)
{
	const struct packet *const packet = ties->packet;
	const struct household *const household = packet->household;
	const struct facts *const facts = household->facts;
	struct money told = { 0 }, told_basis = { 0 }, ours = { 0 }, ours_basis = { 0 };
	struct f8949_row *row;
	size_t rows;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_REPORTED_SALE || fact->account != account ||
			!of_year(fact->day, packet->year))
			continue;
		told = money_plus(told, fact->proceeds);
		if (basis_reported(fact) && fact->basis_known)
			told_basis = money_plus(told_basis, fact->basis);
	}
	f8949_rows(
		household->lots, packet->year, BOOK_REGULAR, &row, &rows, packet->pool);
	for (size_t i = 0; i < rows; i++) {
		const struct fact *const fact = row[i].disposition->reported;

		if (fact == NULL || fact->account != account)
			continue;
		ours = money_plus(ours, row[i].proceeds);
		if ((row[i].box - 'A') % 3 == 0)
			ours_basis = money_plus(ours_basis, row[i].basis);
	}
	const char *const name =
		account == 0 ? "without an account" : names_text(facts->names, account);

	add_tie(ties, "T5",
		pool_printf(packet->pool,
			"Proceeds on Form 1099-B, %s, and in column (d)", name),
		(struct side){ told, NULL }, (struct side){ ours, NULL }, exactly);
	add_tie(ties, "T6",
		pool_printf(packet->pool,
			"Basis on Form 1099-B reported to the IRS, %s, and in column (e)",
			name),
		(struct side){ told_basis, NULL }, (struct side){ ours_basis, NULL },
		exactly);
}

static void tie_brokers(struct ties *ties)
{
	const struct facts *const facts = ties->packet->household->facts;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];
		bool seen = false;

		if (fact->kind != FACT_REPORTED_SALE ||
			!of_year(fact->day, ties->packet->year))
			continue;
		for (size_t before = 0; before < i && !seen; before++)
			seen = facts->at[before].kind == FACT_REPORTED_SALE &&
				facts->at[before].account == fact->account &&
				of_year(facts->at[before].day, ties->packet->year);
		if (!seen)
			tie_account(ties, fact->account);
	}
}

/* T7: column (h) of Form 8949 is in Schedule D, in each book. */
static void tie_schedule_d(struct ties *ties, enum book book)
{
	static const char *const lines[] = { "1b", "2", "3", "8b", "9", "10" };
	const struct packet *const packet = ties->packet;
	const char *const copy = book == BOOK_REGULAR
		? ""
		: pool_printf(packet->pool, "@%s", book_name(book));
	struct side rows = { { 0 },
		pool_printf(
			packet->pool, "ROUND(SUM(f8949_%s_gain),2)", book_name(book)) };
	struct side sum = { { 0 }, "0" };
	struct f8949_row *row;
	size_t count;

	f8949_rows(
		packet->household->lots, packet->year, book, &row, &count, packet->pool);
	for (size_t i = 0; i < count; i++)
		rows.amount = money_plus(rows.amount, row[i].gain);
	for (size_t i = 0; i < COUNT(lines); i++)
		sum = sum_side(ties, sum,
			line_side(ties,
				pool_printf(packet->pool, "schedule_d%s.%s", copy,
					lines[i])));
	/* Three columns of six lines are rounded. */
	add_tie(ties, book == BOOK_REGULAR ? "T7" : "T7 amt",
		pool_printf(packet->pool,
			"Form 8949, column (h), %s, and Schedule D, lines 1b to 3 and 8b "
			"to 10",
			book_name(book)),
		rows, sum, count == 0 ? exactly : lesser_dollars(18));
}

/* T10: line 2k from the two Schedules D. */
static void tie_line_2k(struct ties *ties)
{
	const struct side capital =
		less_side(ties, line_side(ties, "schedule_d@amt.allowed"),
			line_side(ties, "schedule_d.allowed"));
	const struct side earlier =
		leaf_side(ties, "ledger_iso_compensation_of_earlier_years");

	add_tie(ties, "T10",
		"Schedule D of the AMT less the regular one, less compensation the AMT "
		"had "
		"earlier; and Form 6251, line 2k",
		sum_side(ties, less_side(ties, capital, earlier),
			leaf_side(ties, "input_amt_ordinary_difference")),
		line_side(ties, "f6251.2k"), lesser_dollars(2));
}

/* T11: line 4 is the sum of the lines above it. */
static void tie_line_4(struct ties *ties)
{
	const struct packet *const packet = ties->packet;
	const struct line_ref *line;
	struct side sum = line_side(ties, "f6251.separate_increase");
	struct fail none;
	size_t count;

	if (!law_form_lines(
		    packet->household->law, packet->year, "f6251", &line, &count, &none))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct line_words words =
			law_line_words(packet->household->law, packet->year, line[i]);

		if (strcmp(words.line, "4") == 0)
			break;
		/* Line 1a, where there is one, is within line 1b. */
		if (words.is_value || strcmp(words.line, "1a") == 0)
			continue;
		sum = sum_side(ties, sum,
			(struct side){ return_line(packet->now, line[i]).amount,
				return_cell_name(packet->now, line[i], packet->pool) });
	}
	add_tie(ties, "T11", "Form 6251: lines 1 to 3, and line 4", sum,
		line_side(ties, "f6251.4"), exactly);
}

static void tie_tax(struct ties *ties)
{
	const struct side tax = sum_side(
		ties, line_side(ties, "f1040.tax"), line_side(ties, "f1040.additions"));

	add_tie(ties, "T12",
		"Form 1040: tax less foreign tax credit; and Form 6251, line 10",
		not_below_zero(ties,
			less_side(
				ties, tax, leaf_side(ties, "input_foreign_tax_credit"))),
		line_side(ties, "f6251.10"), lesser_dollars(1));
	add_tie(ties, "T12", "Form 6251, line 11; and the AMT of Form 1040",
		line_side(ties, "f6251.11"), line_side(ties, "f1040.amt"), exactly);
}

static void tie_8801(struct ties *ties)
{
	static const struct {
		const char *what, *before, *now;
	} chained[] = {
		{ "Last year's Form 8801, line 26; and line 19", "f8801.26", "f8801.19" },
		{ "Last year's Form 6251, line 11; and Form 8801, line 16", "f6251.11",
			"f8801.16" },
		{ "Last year's Form 6251, line 10; and Form 8801, line 14", "f6251.10",
			"f8801.14" },
	};

	const struct packet *const packet = ties->packet;
	struct money brought;
	const bool others = chain_brought(
		packet->household->chain, packet->year, CARRY_CREDIT, &brought);

	if (others)
		add_tie(ties, "T13",
			"What comes of the returns before, by whose it is; and line 19",
			(struct side){ brought, NULL }, line_side(ties, "f8801.19"),
			exactly);
	for (size_t i = others; i < COUNT(chained) && packet->before != NULL; i++)
		if (line_filled(ties, chained[i].now))
			add_tie(ties, "T13", chained[i].what,
				(struct side){
					line_before(ties, chained[i].before), NULL },
				line_side(ties, chained[i].now), exactly);
	if (line_side(ties, "f8801.21").amount.cents > 0)
		add_tie(ties, "T14", "Form 6251, line 9; and Form 8801, line 23",
			line_side(ties, "f6251.9"), line_side(ties, "f8801.23"), exactly);
}

/*
 * T15: no credit is made or lost: what came in, what line 18 added or could take, and what was
 * used or is left.
 */
static void tie_credit(struct ties *ties)
{
	const struct money line18 = line_side(ties, "f8801.18").amount;
	const struct money line19 = line_side(ties, "f8801.19").amount;
	const struct money line20 = line_side(ties, "f8801.20").amount;
	const struct money zero = { 0 };
	struct money made =
		money_plus(money_plus(line19, line20), money_max(zero, line18));
	const struct money could_take = money_negate(money_plus(line19, line20));

	made = money_plus(made, money_max(money_min(zero, line18), could_take));
	add_tie(ties, "T15",
		"Form 8801: credit that came in or arose; and lines 25 and 26",
		(struct side){ made,
			"ROUND(f8801_19+f8801_20+MAX(0,f8801_18)+"
			"MAX(MIN(0,f8801_18),-(f8801_19+f8801_20)),2)" },
		sum_side(ties, line_side(ties, "f8801.25"), line_side(ties, "f8801.26")),
		exactly);
}

/* T16: losses carried in are what the worksheets carry out of last year. */
static void tie_carryover(struct ties *ties, enum book book)
{
	const struct packet *const packet = ties->packet;
	const char *const copy = book == BOOK_REGULAR
		? ""
		: pool_printf(packet->pool, "@%s", book_name(book));
	const enum carry first = book == BOOK_REGULAR ? CARRY_SHORT : CARRY_AMT_SHORT;
	struct side worksheet = sum_side(ties,
		line_side(ties, pool_printf(packet->pool, "loss_carryover%s.8", copy)),
		line_side(ties, pool_printf(packet->pool, "loss_carryover%s.13", copy)));
	const struct side schedule = sum_side(ties,
		line_side(ties, pool_printf(packet->pool, "schedule_d%s.6", copy)),
		line_side(ties, pool_printf(packet->pool, "schedule_d%s.14", copy)));

	struct money shorter, longer;
	const struct chain *const chain = packet->household->chain;
	const bool others = chain_brought(chain, packet->year, first, &shorter) &&
		chain_brought(chain, packet->year, first + 1, &longer);

	if (others)
		worksheet = (struct side){ money_plus(shorter, longer), NULL };
	if (others || packet->before != NULL)
		add_tie(ties, book == BOOK_REGULAR ? "T16" : "T16 amt",
			pool_printf(packet->pool,
				others ? "Losses of the returns before, by whose they "
					 "are, %s; and Schedule D, lines 6 and 14"
				       : "Carryover worksheet, %s; and Schedule D, lines "
					 "6 "
					 "and 14",
				book_name(book)),
			worksheet,
			(struct side){ money_negate(schedule.amount),
				pool_printf(packet->pool, "-%s", schedule.formula) },
			exactly);
}

int section_ties(struct packet *packet)
{
	struct section *const section =
		report_section(packet->report, "Tie-outs", "Tie-outs");

	section->landscape = true;
	section_note(section, packet->pool,
		"Each tie compares two figures that were found in different ways. Lines "
		"in "
		"whole dollars are rounded one by one, as on the forms; where that can "
		"set two "
		"sides apart, the rounding allowed says how far.");
	struct ties ties = { .packet = packet,
		.table = section_table(section, packet->pool, NULL, columns, COLUMNS) };

	ties.table->name = "ties";
	tie_exercises(&ties);
	tie_register(&ties);
	tie_brokers(&ties);
	for (int book = 0; book < BOOKS; book++)
		tie_schedule_d(&ties, (enum book)book);
	tie_line_2k(&ties);
	tie_line_4(&ties);
	tie_tax(&ties);
	tie_8801(&ties);
	tie_credit(&ties);
	for (int book = 0; book < BOOKS; book++)
		tie_carryover(&ties, (enum book)book);
	return ties.failed;
}

/* The room before the AMT, the shares that fit into it, and what exercises come to. */
#include <string.h>

#include "export/plan_words.h"
#include "export/sections.h"

static const char *size_words(const struct plan_row *row, struct pool *pool)
{
	static const char *const words[] = {
		[PLAN_NONE] = "no exercise",
		[PLAN_FITTING] = "what fits, less the margin",
		[PLAN_ALL_ROOM] = "to the end of the room",
		[PLAN_ONE_MORE] = "one share more",
		[PLAN_QUARTER] = "a quarter of the shares",
		[PLAN_HALF] = "half of them",
		[PLAN_ALL] = "all of them",
	};
	char more[MONEY_TEXT];

	return row->size == PLAN_BEYOND
		? pool_printf(pool, "%s past it", money_short(row->beyond, more))
		: words[row->size];
}

static const char *bound_words(enum plan_bound bound)
{
	static const char *const words[] = {
		[PLAN_BY_AMT] = "the AMT",
		[PLAN_BY_OWED] = "AMT is owed already",
		[PLAN_BY_SHARES] = "the shares left",
		[PLAN_BY_EXERCISABLE] = "what can be exercised by then",
		[PLAN_BY_NO_SPREAD] = "nothing: no spread",
		[PLAN_BY_NOTHING] = "nothing",
	};

	return words[bound];
}

/* ---- text ---------------------------------------------------------------------------------- */

void plan_table(struct section *section, struct pool *pool, const char *title,
	const struct column *column, size_t columns, struct cell (*cell)[PLAN_COLUMNS],
	size_t rows)
{
	struct column *const kept = pool_alloc(pool, columns * sizeof *kept);
	size_t from[PLAN_COLUMNS], count = 0;

	for (size_t i = 0; i < columns; i++)
		for (size_t row = 0; row < rows; row++)
			if (cell[row][i].kind != CELL_EMPTY) {
				kept[count] = column[i];
				from[count++] = i;
				break;
			}
	struct table *const table = section_table(section, pool, title, kept, count);

	for (size_t row = 0; row < rows; row++) {
		struct cell *const to = table_row(table, pool);

		for (size_t i = 0; i < count; i++)
			to[i] = cell[row][from[i]];
	}
}

void plan_amount(struct table *table, struct pool *pool, const char *what,
	struct money amount, enum tone tone)
{
	struct cell *const cell = table_row(table, pool);

	cell[0] = cell_text(what);
	cell[1] = cell_money(amount);
	cell[0].tone = cell[1].tone = tone;
}

static void add_room(
	struct section *section, const struct room_answer *answer, struct pool *pool)
{
	static const struct column columns[] = {
		{ .title = "Room" },
		{ .title = "Amount", .align = ALIGN_RIGHT },
	};
	const struct plan_room *const room = &answer->room;
	struct table *const table =
		section_table(section, pool, NULL, columns, COUNT(columns));

	plan_amount(table, pool, "Regular tax of the year (Form 6251, line 10)",
		room->none.regular, TONE_PLAIN);
	plan_amount(table, pool, "Tentative minimum tax so far (line 9)",
		room->none.tentative, TONE_PLAIN);
	plan_amount(table, pool, "Spread of exercises counted so far (line 2i)",
		room->none.line_2i, TONE_PLAIN);
	if (room->owed)
		plan_amount(table, pool, "AMT owed already (line 11)", room->none.amt,
			TONE_ALERT);
	plan_amount(table, pool, "Room: more spread, with AMT still zero", room->room,
		TONE_STRONG);
	if (!answer->fitted)
		return;
	plan_amount(table, pool,
		pool_printf(pool, "The margin of %s", room_margin(answer->margin, pool)),
		money_less(answer->fit.usable, room->room), TONE_PLAIN);
	plan_amount(table, pool, "Spread of the shares below", answer->fit.spread,
		TONE_PLAIN);
}

enum {
	GRANT,
	SECURITY,
	STRIKE,
	SPREAD,
	LEFT,
	EXERCISABLE,
	FITS,
	ALONE,
	BOUND,
	GRANT_COLUMNS
};

static struct cell shares_or(const struct plan_grant *grant, struct shares shares)
{
	return grant->endless && grant->spread.e8 == 0 ? cell_text("any number")
						       : cell_shares(shares);
}

static void add_grants(
	struct section *section, const struct room_answer *answer, struct pool *pool)
{
	static const struct column columns[GRANT_COLUMNS] = {
		[GRANT] = { .title = "Grant" },
		[SECURITY] = { .title = "Security" },
		[STRIKE] = { .title = "Strike", .align = ALIGN_RIGHT },
		[SPREAD] = { .title = "Spread a share", .align = ALIGN_RIGHT },
		[LEFT] = { .title = "Left", .align = ALIGN_RIGHT },
		[EXERCISABLE] = { .title = "Exercisable", .align = ALIGN_RIGHT },
		[FITS] = { .title = "Shares that fit", .align = ALIGN_RIGHT },
		[ALONE] = { .title = "It alone", .align = ALIGN_RIGHT },
		[BOUND] = { .title = "Bounded by" },
	};
	struct cell(*const cells)[PLAN_COLUMNS] =
		pool_alloc(pool, (answer->grants + 1) * sizeof *cells);

	for (size_t i = 0; i < answer->grants; i++) {
		const struct plan_grant *const grant = &answer->grant[i];
		struct cell *const cell = cells[i];

		cell[GRANT] = cell_text(room_grant(answer->household, grant));
		cell[SECURITY] = cell_text(room_symbol(answer->household, grant));
		cell[STRIKE] = cell_price(grant->strike);
		cell[SPREAD] = cell_price(grant->spread);
		if (!grant->endless)
			cell[LEFT] = cell_shares(grant->left);
		if (grant->vests_known)
			cell[EXERCISABLE] = cell_shares(grant->available);
		cell[FITS] = shares_or(grant, grant->shares);
		cell[FITS].tone = TONE_STRONG;
		if (answer->grants > 1)
			cell[ALONE] = shares_or(grant, grant->alone);
		cell[BOUND] = cell_text(bound_words(grant->bound));
	}
	plan_table(section, pool,
		pool_printf(pool, "Shares at %s",
			price_plain(answer->price, pool_alloc(pool, MONEY_TEXT))),
		columns, GRANT_COLUMNS, cells, answer->grants);
}

enum { EXERCISE, SHARES, ITS_SPREAD, AMT, USED, TOTAL, MORE, ROW_COLUMNS };

static void add_rows(
	struct section *section, const struct room_answer *answer, struct pool *pool)
{
	static const struct column columns[ROW_COLUMNS] = {
		[EXERCISE] = { .title = "Exercise" },
		[SHARES] = { .title = "Shares", .align = ALIGN_RIGHT },
		[ITS_SPREAD] = { .title = "Spread", .align = ALIGN_RIGHT },
		[AMT] = { .title = "AMT", .align = ALIGN_RIGHT },
		[USED] = { .title = "Credit used", .align = ALIGN_RIGHT },
		[TOTAL] = { .title = "Total tax", .align = ALIGN_RIGHT },
		[MORE] = { .title = "More tax", .align = ALIGN_RIGHT },
	};
	struct cell cells[PLAN_ROWS][PLAN_COLUMNS] = { 0 };
	bool credit = false;

	for (size_t i = 0; i < answer->rows; i++)
		credit |= answer->row[i].point.credit_used.cents != 0 ||
			answer->row[i].point.credit_left.cents != 0;
	for (size_t i = 0; i < answer->rows; i++) {
		const struct plan_row *const row = &answer->row[i];
		struct cell *const cell = cells[i];

		cell[EXERCISE] = cell_text(size_words(row, pool));
		if (row->by_shares)
			cell[SHARES] = cell_shares(row->shares);
		cell[ITS_SPREAD] = cell_money(row->point.spread);
		cell[AMT] = cell_money(row->point.amt);
		if (credit)
			cell[USED] = cell_money(row->point.credit_used);
		cell[TOTAL] = cell_money(row->point.total_tax);
		cell[MORE] = cell_money(
			money_less(row->point.total_tax, answer->room.none.total_tax));
	}
	plan_table(section, pool, "What it comes to", columns, ROW_COLUMNS, cells,
		answer->rows);
}

const char *plan_whole(struct shares shares, char to[MONEY_TEXT])
{
	return shares.e8 % 100000000 == 0
		? money_short((struct money){ shares.e8 / 1000000 }, to)
		: shares_plain(shares, to);
}

static void note_shares(
	struct section *section, const struct room_answer *answer, struct pool *pool)
{
	char shares[MONEY_TEXT];

	if (answer->no_shares != NULL)
		section_note(section, pool, "In shares: %s.", answer->no_shares);
	if (!answer->fitted || answer->no_shares != NULL)
		return;
	switch (answer->fit.bound) {
	case PLAN_BY_AMT:
		section_note(section, pool,
			"%s shares fit, within the margin of %s. What bounds them is "
			"the AMT.",
			plan_whole(answer->fit.shares, shares),
			room_margin(answer->margin, pool));
		break;
	case PLAN_BY_OWED:
		section_note(section, pool,
			"No share fits: AMT is owed without any exercise, and each "
			"dollar of spread adds to it.");
		break;
	case PLAN_BY_SHARES:
		section_note(section, pool,
			"All %s shares that are left fit into the room.",
			plan_whole(answer->fit.shares, shares));
		break;
	case PLAN_BY_EXERCISABLE:
		section_note(section, pool,
			"All %s shares that can be exercised by the end of the year "
			"fit into the room.",
			plan_whole(answer->fit.shares, shares));
		break;
	case PLAN_BY_NO_SPREAD:
		section_note(section, pool,
			"The price is no more than the strike: the exercise adds "
			"nothing to AMT income.");
		break;
	case PLAN_BY_NOTHING:
		section_note(section, pool, "No AMT at any number of shares.");
		break;
	case PLAN_BOUNDS:
		break;
	}
}

/* What ends an ISO besides its exercise: R-002. */
static void note_left(struct section *section, const struct room_answer *answer,
	const struct options_left *option, struct pool *pool)
{
	const struct facts *const facts = answer->household->facts;
	char day[DAY_TEXT];

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == FACT_LEFT &&
			(fact->symbol == 0 || fact->symbol == option->grant->symbol ||
				fact->symbol == option->symbol) &&
			(fact->owner == 0 || fact->owner == option->grant->owner))
			section_warning(section, pool,
				"Employment ended on %s: exercised more than three "
				"months "
				"later (a year where disabled), an option is no ISO (IRC "
				"422(a)(2)), and its spread is wages.",
				day_iso(fact->day, day));
	}
}

static void note_grants(
	struct section *section, const struct room_answer *answer, struct pool *pool)
{
	char shares[MONEY_TEXT];

	if (answer->fitted && answer->grants > 1)
		section_note(section, pool,
			"The grants share one room; those with the least spread a share "
			"go first, since more of their shares fit. --grant ID asks of "
			"one alone.");
	for (size_t i = 0; answer->fitted && i < answer->grants; i++) {
		const struct options_left *const option = answer->grant[i].option;

		if (option == NULL)
			continue;
		if (option->over_limit.e8 > 0)
			section_note(section, pool,
				"%s shares of grant %s are beyond $100,000 first "
				"exercisable in a year and so no ISOs (IRC 422(d)): "
				"their spread is wages, and they are left out.",
				plan_whole(option->over_limit, shares),
				room_grant(answer->household, &answer->grant[i]));
		if (i == 0)
			note_left(section, answer, option, pool);
	}
}

/* Inside the room an exercise makes no AMT, and may still keep a credit from coming home. */
static void note_credit(
	struct section *section, const struct plan_room *room, struct pool *pool)
{
	const struct money forgone =
		money_less(room->none.credit_used, room->full.credit_used);
	char used[MONEY_TEXT], left[MONEY_TEXT];

	if (forgone.cents > 0)
		section_warning(section, pool,
			"The room is not free: a minimum tax credit is carried, of which "
			"%s comes home this year without an exercise, and only %s with "
			"all of the room used.",
			money_short(room->none.credit_used, used),
			money_short(room->full.credit_used, left));
}

static void note_rounding(
	struct section *section, const struct plan_room *room, struct pool *pool)
{
	char printed[MONEY_TEXT];

	if (room->limited && room->form_room.cents != room->room.cents)
		section_note(section, pool,
			"The room is where the tax itself begins. The form rounds its "
			"lines: as printed, line 11 shows 0 up to %s.",
			money_grouped(room->form_room, printed));
}

void plan_note_figures(
	struct section *section, const struct tax_return *its, struct pool *pool)
{
	const struct law *const law = return_law(its);
	const struct return_input *const given = return_given(its);
	struct text text = TEXT_EMPTY;

	text_addf(&text, "Counted for %d: status %s", given->year,
		status_name(given->status));
	for (size_t i = 0; given->entered != NULL && i < law_inputs(law); i++)
		if (given->entered[i].given)
			text_addf(&text, ", %s %s", law_input(law, i)->name,
				figure_words_of(law_input(law, i), given->entered[i],
					true, pool));
	for (size_t i = 0; i < given->line_count; i++) {
		const struct line_words words =
			law_line_words(law, given->year, given->lines[i].line);
		char amount[MONEY_TEXT];

		text_addf(&text, ", %s.%s %s", words.form, words.line,
			money_short(given->lines[i].amount, amount));
	}
	section_note(section, pool,
		"%s, and what the lots and the year before give. Every other figure is "
		"taken "
		"to be zero.",
		text.at);
	text_release(&text);
}

void plan_note_draft(
	struct report *report, struct section *section, const struct tax_return *its)
{
	const char *const draft = room_draft(its);

	if (draft == NULL)
		return;
	report->draft = true;
	section_note(section, report->pool, "Form 6251 of %d is not final: %s.",
		return_year(its), draft);
}

void report_room(struct report *report, const struct room_answer *answer)
{
	struct pool *const pool = report->pool;
	const int year = return_year(answer->its);
	struct section *const section = report_section(
		report, "Room", pool_printf(pool, "Room before the AMT in %d", year));

	add_room(section, answer, pool);
	note_shares(section, answer, pool);
	if (answer->fitted)
		add_grants(section, answer, pool);
	note_grants(section, answer, pool);
	add_rows(section, answer, pool);
	note_credit(section, &answer->room, pool);
	note_rounding(section, &answer->room, pool);
	plan_note_draft(report, section, answer->its);
	plan_note_figures(section, answer->its, pool);
	section_note(section, pool,
		"The room moves with every figure of the return and ends with the year. "
		"It says nothing about states, nor about what the shares will be worth.");
}

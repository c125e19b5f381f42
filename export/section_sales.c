/* Form 8949 in a book, and the dispositions behind its rows. */
#include <assert.h>
#include <string.h>

#include "export/sections.h"
#include "ledger/wash.h"

/* The boxes of Form 8949 and the lines of Schedule D that they go to. */
static const struct {
	char box;
	const char *what, *line;
} boxes[] = {
	{ 'A', "Short-term, basis reported to the IRS", "1b" },
	{ 'B', "Short-term, basis not reported", "2" },
	{ 'C', "Short-term, no Form 1099-B", "3" },
	{ 'D', "Long-term, basis reported to the IRS", "8b" },
	{ 'E', "Long-term, basis not reported", "9" },
	{ 'F', "Long-term, no Form 1099-B", "10" },
	{ 'G', "Short-term digital assets, basis reported", "1b" },
	{ 'H', "Short-term digital assets, basis not reported", "2" },
	{ 'I', "Short-term digital assets, no Form 1099-DA", "3" },
	{ 'J', "Long-term digital assets, basis reported", "8b" },
	{ 'K', "Long-term digital assets, basis not reported", "9" },
	{ 'L', "Long-term digital assets, no Form 1099-DA", "10" },
};

enum {
	BOX,
	DESCRIPTION,
	ACQUIRED,
	SOLD,
	PROCEEDS,
	BASIS,
	CODE,
	ADJUSTMENT,
	GAIN,
	LOT,
	PROVISIONAL, /* only where a row is */
	COLUMNS
};

static const struct column row_columns[COLUMNS] = {
	[BOX] = { .title = "Box", .name = "box" },
	[DESCRIPTION] = { .title = "(a) Description", .width = 36 },
	[ACQUIRED] = { .title = "(b) Acquired" },
	[SOLD] = { .title = "(c) Sold" },
	[PROCEEDS] = { .title = "(d) Proceeds",
		.align = ALIGN_RIGHT,
		.name = "proceeds" },
	[BASIS] = { .title = "(e) Basis", .align = ALIGN_RIGHT, .name = "basis" },
	[CODE] = { .title = "(f) Code" },
	[ADJUSTMENT] = { .title = "(g) Adjustment",
		.align = ALIGN_RIGHT,
		.name = "adjustment" },
	[GAIN] = { .title = "(h) Gain or loss", .align = ALIGN_RIGHT, .name = "gain" },
	[LOT] = { .title = "Lot" },
	[PROVISIONAL] = { .title = "Not final until" },
};

static const char *box_text(char box, struct pool *pool)
{
	return pool_text(pool, &box, 1);
}

/* The windows of a year that are open in a book. */
struct open_windows {
	struct wash_window *at;
	size_t count;
	enum book book;
};

static const struct wash_window *window_of(
	const struct open_windows *open, const struct f8949_row *row)
{
	const struct wash_window *const window =
		wash_window_of(open->at, open->count, row->disposition);

	return window != NULL && window->at_stake[open->book].cents > 0 ? window : NULL;
}

static void add_row(struct table *table, const struct household *household,
	const struct f8949_row *row, const struct open_windows *open, struct pool *pool)
{
	const struct wash_window *const window = window_of(open, row);
	struct cell *const cell = table_row(table, pool);
	const struct lot *const lot = &household->lots->lot[row->disposition->lot];

	cell[BOX] = cell_text(box_text(row->box, pool));
	cell[BOX].tone = TONE_STRONG;
	cell[DESCRIPTION] = cell_text(row->description);
	cell[ACQUIRED] = cell_day(row->acquired);
	cell[ACQUIRED].text = "VARIOUS";
	cell[SOLD] = cell_day(row->sold);
	cell[PROCEEDS] = cell_money(row->proceeds);
	cell[BASIS] = cell_money(row->basis);
	cell[CODE] = cell_text(pool_text(pool, row->codes, strlen(row->codes)));
	cell[ADJUSTMENT] = cell_money(row->adjustment);
	cell[GAIN] = cell_money(row->gain);
	cell[GAIN].formula =
		pool_printf(pool, "ROUND({%d}-{%d}+{%d},2)", PROCEEDS, BASIS, ADJUSTMENT);
	cell[LOT] = cell_of_lot(household, lot, pool);
	if (window != NULL) {
		cell[PROVISIONAL] = cell_day(window->until);
		cell[PROVISIONAL].tone = TONE_ALERT;
	}
}

/* Columns of the totals: the box, what it is, four sums, and where they go. */
enum { T_BOX, T_WHAT, T_PROCEEDS, T_BASIS, T_ADJUSTMENT, T_GAIN, T_LINE, T_COLUMNS };

static const struct column total_columns[T_COLUMNS] = {
	[T_BOX] = { .title = "Box" },
	[T_WHAT] = { .title = "What is in it", .width = 46 },
	[T_PROCEEDS] = { .title = "Proceeds", .align = ALIGN_RIGHT },
	[T_BASIS] = { .title = "Basis", .align = ALIGN_RIGHT },
	[T_ADJUSTMENT] = { .title = "Adjustment", .align = ALIGN_RIGHT },
	[T_GAIN] = { .title = "Gain or loss", .align = ALIGN_RIGHT },
	[T_LINE] = { .title = "Schedule D line" },
};
static const char *const total_names[] = { "proceeds", "basis", "adjustment", "gain" };

struct sums {
	struct money of[4];
};

static struct sums sum_box(const struct f8949_row *row, size_t count, char box)
{
	struct sums sums = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct money part[] = { row[i].proceeds, row[i].basis,
			row[i].adjustment, row[i].gain };

		for (size_t n = 0; n < COUNT(part) && (box == 0 || row[i].box == box);
			n++)
			sums.of[n] = money_plus(sums.of[n], part[n]);
	}
	return sums;
}

static void add_sums(struct cell *cell, const struct sums *sums, const char *name,
	char box, struct pool *pool)
{
	for (size_t n = 0; n < 4; n++) {
		struct cell *const sum = &cell[T_PROCEEDS + n];

		*sum = cell_money(sums->of[n]);
		if (box == 0)
			sum->formula =
				pool_printf(pool, "ROUND(SUM({%zu:}),2)", T_PROCEEDS + n);
		else
			sum->formula =
				pool_printf(pool, "ROUND(SUMIFS(%s_%s,%s_box,\"%c\"),2)",
					name, total_names[n], name, box);
	}
}

static void add_totals(struct section *section, struct pool *pool,
	const struct f8949_row *row, size_t count, const char *name)
{
	struct table *const table =
		section_table(section, pool, "Totals by box", total_columns, T_COLUMNS);

	for (size_t b = 0; b < COUNT(boxes); b++) {
		const struct sums sums = sum_box(row, count, boxes[b].box);
		bool any = false;

		for (size_t i = 0; i < count; i++)
			any |= row[i].box == boxes[b].box;
		if (!any)
			continue;
		struct cell *const cell = table_row(table, pool);

		cell[T_BOX] = cell_text(box_text(boxes[b].box, pool));
		cell[T_WHAT] = cell_text(boxes[b].what);
		add_sums(cell, &sums, name, boxes[b].box, pool);
		cell[T_LINE] = cell_text(boxes[b].line);
	}
	if (table->rows == 0)
		return;
	const struct sums sums = sum_box(row, count, 0);
	struct cell *const cell = table_row_of(table, pool, ROW_TOTAL);

	cell[T_WHAT] = cell_text("All boxes");
	add_sums(cell, &sums, name, 0, pool);
	cell[T_GAIN].name = pool_printf(pool, "%s_total", name);
}

void section_8949(struct report *report, const struct household *household, int year,
	enum book book)
{
	struct pool *const pool = report->pool;
	struct f8949_row *row;
	size_t count;

	f8949_rows(household->lots, year, book, &row, &count, pool);
	struct section *const section =
		report_section(report, pool_printf(pool, "8949 %s", book_name(book)),
			book == BOOK_REGULAR
				? pool_printf(pool, "Form 8949, %d", year)
				: pool_printf(pool,
					  "Form 8949, %d, refigured for the AMT", year));

	section->landscape = true;
	section->joins = book != BOOK_REGULAR;
	if (book != BOOK_REGULAR)
		section_note(section, pool,
			"The same sales with the AMT's basis. This copy is kept, not "
			"filed; "
			"Form 6251, line 2k, takes the difference of the two Schedules "
			"D.");
	struct open_windows open = { .book = book };
	bool provisional = false;

	wash_windows(household->lots, year, household_today(household), &open.at,
		&open.count, pool);
	for (size_t i = 0; i < count; i++)
		provisional |= window_of(&open, &row[i]) != NULL;
	struct table *const table = section_table(
		section, pool, NULL, row_columns, provisional ? COLUMNS : PROVISIONAL);

	table->name = pool_printf(pool, "f8949_%s", book_name(book));
	table->none = "no sales in this year";
	for (size_t i = 0; i < count; i++)
		add_row(table, household, &row[i], &open, pool);
	if (count > 0)
		add_totals(section, pool, row, count, table->name);
}

enum {
	D_LOT,
	D_SECURITY,
	D_ACQUIRED,
	D_SOLD,
	D_SHARES,
	D_KIND,
	D_PROCEEDS,
	D_REGULAR,
	D_AMT,
	D_DIFFERENCE,
	D_COMPENSATION,
	D_EARLIER,
	D_PLAN,
	D_WHY,
	D_COLUMNS
};

static const struct column disposition_columns[D_COLUMNS] = {
	[D_LOT] = { .title = "Lot" },
	[D_SECURITY] = { .title = "Security", .width = 20 },
	[D_ACQUIRED] = { .title = "Acquired", .from = MEDIUM_PAPER },
	[D_SOLD] = { .title = "Sold" },
	[D_SHARES] = { .title = "Shares", .align = ALIGN_RIGHT },
	[D_KIND] = { .title = "Kind", .name = "kind" },
	[D_PROCEEDS] = { .title = "Proceeds",
		.align = ALIGN_RIGHT,
		.from = MEDIUM_PAPER },
	[D_REGULAR] = { .title = "Regular gain",
		.align = ALIGN_RIGHT,
		.name = "regular" },
	[D_AMT] = { .title = "AMT gain", .align = ALIGN_RIGHT, .name = "amt" },
	[D_DIFFERENCE] = { .title = "AMT less regular",
		.align = ALIGN_RIGHT,
		.name = "difference" },
	[D_COMPENSATION] = { .title = "Compensation",
		.align = ALIGN_RIGHT,
		.name = "compensation" },
	[D_EARLIER] = { .title = "Earlier AMT", .name = "earlier", .from = MEDIUM_PAPER },
	[D_PLAN] = { .title = "Of", .name = "plan", .from = MEDIUM_SHEETS },
	[D_WHY] = { .title = "Lot chosen", .width = 22, .from = MEDIUM_SHEETS },
};

static void add_disposition(struct table *table, const struct household *household,
	const struct disposition *from, struct pool *pool)
{
	static const char *const kinds[] = {
		[DISPOSED_PLAIN] = "plain",
		[DISPOSED_QUALIFYING] = "qualifying",
		[DISPOSED_DISQUALIFYING] = "disqualifying",
	};
	struct cell *const cell = table_row(table, pool);
	const struct lot *const lot = &household->lots->lot[from->lot];
	const bool iso = lot->kind == LOT_ISO && from->kind != DISPOSED_PLAIN;

	cell[D_LOT] = cell_of_lot(household, lot, pool);
	cell[D_SECURITY] =
		cell_text(fact_security_text(lot->origin, household->facts->names));
	cell[D_ACQUIRED] = cell_day(lot->acquired);
	cell[D_ACQUIRED].text = "various";
	cell[D_SOLD] = cell_day(from->sold);
	cell[D_SHARES] = cell_shares(from->shares);
	cell[D_KIND] = cell_text(kinds[from->kind]);
	cell[D_PROCEEDS] = cell_money(from->proceeds);
	cell[D_REGULAR] = cell_money(disposition_gain(from, BOOK_REGULAR));
	cell[D_AMT] = cell_money(disposition_gain(from, BOOK_AMT));
	cell[D_DIFFERENCE] = cell_money(money_less(
		disposition_gain(from, BOOK_AMT), disposition_gain(from, BOOK_REGULAR)));
	cell[D_DIFFERENCE].formula =
		pool_printf(pool, "ROUND({%d}-{%d},2)", D_AMT, D_REGULAR);
	cell[D_COMPENSATION] = cell_money(from->compensation);
	cell[D_EARLIER] = cell_text(!iso ? NULL : from->same_year ? "no" : "yes");
	cell[D_PLAN] = cell_text(lot_kind_word(lot->kind));
	cell[D_WHY] = cell_text(from->why_this_lot);
}

/* Of the parts that another lot could have given too: by which rule this one did. */
static void note_choices(
	struct section *section, const struct lots *lots, int year, struct pool *pool)
{
	const char *why[32];
	size_t parts[COUNT(why)], rules = 0;
	struct text words = TEXT_EMPTY;

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const from = &lots->disposition[i];
		size_t at = 0;

		if (day_year(from->sold) != year || from->choices < 2)
			continue;
		while (at < rules && strcmp(why[at], from->why_this_lot) != 0)
			at++;
		assert(at < COUNT(why)); /* one word a rule: fewer than that */
		if (at == rules) {
			why[rules] = from->why_this_lot;
			parts[rules++] = 0;
		}
		parts[at]++;
	}
	for (size_t i = 0; i < rules; i++)
		text_addf(&words, "%s%s: %zu", i > 0 ? ", " : "", why[i], parts[i]);
	if (rules > 0)
		section_note(section, pool,
			"Parts that could have come of another lot too, by what chose "
			"theirs: %s.",
			words.at);
	text_release(&words);
}

void section_dispositions(
	struct report *report, const struct household *household, int year)
{
	struct pool *const pool = report->pool;
	const struct lots *const lots = household->lots;
	struct section *const section = report_section(report, "Dispositions",
		pool_printf(pool, "Dispositions of %d, lot by lot", year));

	section->landscape = true;
	section_note(section, pool,
		"What was sold in both books. Compensation of a disqualifying sale is "
		"wages "
		"for the regular tax; where the AMT had the spread in an earlier year it "
		"is "
		"taken out of line 2k.");
	note_choices(section, lots, year, pool);
	struct table *const table =
		section_table(section, pool, NULL, disposition_columns, D_COLUMNS);
	struct money sum[4] = { { 0 } };

	table->name = "dispositions";
	table->none = "nothing was disposed of";
	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const from = &lots->disposition[i];

		if (day_year(from->sold) != year)
			continue;
		add_disposition(table, household, from, pool);
		for (size_t n = 0; n < COUNT(sum); n++)
			sum[n] = money_plus(sum[n],
				table->row[table->rows - 1].cell[D_REGULAR + n].money);
	}
	if (table->rows == 0)
		return;
	struct cell *const total = table_row_of(table, pool, ROW_TOTAL);

	total[0] = cell_text("Total");
	for (size_t n = 0; n < COUNT(sum); n++) {
		total[D_REGULAR + n] = cell_money(sum[n]);
		total[D_REGULAR + n].formula =
			pool_printf(pool, "ROUND(SUM({%zu:}),2)", D_REGULAR + n);
		total[D_REGULAR + n].name = pool_printf(
			pool, "dispositions_total_%s", table->column[D_REGULAR + n].name);
	}
}

/* The lot register, and the exercises of a year. */
#include <string.h>

#include "export/sections.h"

struct cell cell_of_lot(
	const struct household *household, const struct lot *lot, struct pool *pool)
{
	struct cell cell = cell_text(lot_id(household->lots, lot, pool));

	if (lot->kind != LOT_AS_REPORTED)
		cell.link = pool_printf(pool, "lot_%u", (unsigned)lot->number);
	return cell;
}

const char *lot_kind_word(enum lot_kind kind)
{
	static const char *const kinds[LOT_KINDS] = {
		[LOT_ISO] = "ISO",
		[LOT_NSO] = "NSO",
		[LOT_AS_REPORTED] = "as reported",
		[LOT_RSU] = "RSU",
		[LOT_RESTRICTED] = "restricted",
		[LOT_ESPP] = "ESPP",
		[LOT_PURCHASE] = "purchase",
		[LOT_GIFT] = "gift",
		[LOT_INHERITED] = "inherited",
	};

	return kinds[kind];
}

static struct cell cell_name(const struct household *household, uint32_t name)
{
	return cell_text(name == 0 ? NULL : names_text(household->facts->names, name));
}

/* The columns of the register; the figures behind QUALIFIES have totals. */
enum {
	LOT,
	SECURITY,
	KIND,
	ACCOUNT,
	ACQUIRED,
	QUALIFIES,
	SHARES,
	REGULAR,
	AMT,
	DIFFERENCE,
	SOURCE,
	LOT_COLUMNS
};

static const struct column lot_columns[LOT_COLUMNS] = {
	[LOT] = { .title = "Lot" },
	[SECURITY] = { .title = "Security", .width = 24 },
	[KIND] = { .title = "Kind" },
	[ACCOUNT] = { .title = "Account", .width = 16, .from = MEDIUM_PAPER },
	[ACQUIRED] = { .title = "Acquired" },
	[QUALIFIES] = { .title = "Qualifies" },
	[SHARES] = { .title = "Shares", .align = ALIGN_RIGHT, .name = "shares" },
	[REGULAR] = { .title = "Regular basis", .align = ALIGN_RIGHT, .name = "regular" },
	[AMT] = { .title = "AMT basis", .align = ALIGN_RIGHT, .name = "amt" },
	[DIFFERENCE] = { .title = "AMT over regular",
		.align = ALIGN_RIGHT,
		.name = "difference" },
	[SOURCE] = { .title = "Source", .width = 28, .from = MEDIUM_PAPER },
};

static void add_lot(struct table *table, const struct household *household,
	const struct lot *lot, struct pool *pool)
{
	struct cell *const cell = table_row(table, pool);

	cell[LOT] = cell_text(lot_id(household->lots, lot, pool));
	cell[LOT].tone = TONE_STRONG;
	if (lot->kind != LOT_AS_REPORTED)
		cell[LOT].name = pool_printf(pool, "lot_%u", (unsigned)lot->number);
	/* By its name of today: after a merger or a spin-off not that of its origin. */
	cell[SECURITY] = cell_text(lot->symbol != 0
			? names_text(household->facts->names, lot->symbol)
			: fact_security_text(lot->origin, household->facts->names));
	cell[KIND] = cell_text(lot_kind_word(lot->kind));
	cell[ACCOUNT] = cell_name(household, lot->account);
	cell[ACQUIRED] = cell_day(lot->acquired);
	cell[ACQUIRED].text = "various";
	cell[QUALIFIES] = cell_day(lot->qualifies_on);
	cell[SHARES] = cell_shares(lot->open);
	cell[REGULAR] = cell_money(lot->open_basis[BOOK_REGULAR]);
	cell[AMT] = cell_money(lot->open_basis[BOOK_AMT]);
	cell[DIFFERENCE] = cell_money(
		money_less(lot->open_basis[BOOK_AMT], lot->open_basis[BOOK_REGULAR]));
	cell[DIFFERENCE].formula = pool_printf(pool, "ROUND({%d}-{%d},2)", AMT, REGULAR);
	cell[SOURCE] = cell_text(source_words(household, lot->origin, pool));
}

static struct money sum_of(const struct table *table, size_t column)
{
	struct money sum = { 0 };

	for (size_t r = 0; r < table->rows; r++)
		if (table->row[r].kind == ROW_PLAIN)
			sum = money_plus(sum, table->row[r].cell[column].money);
	return sum;
}

/* A row of sums below the rows, of the columns [first, last]. */
static void add_totals(struct table *table, struct pool *pool, size_t first, size_t last,
	const char *name)
{
	struct money sum[16];

	if (table->rows == 0)
		return;
	for (size_t c = first; c <= last; c++)
		sum[c - first] = sum_of(table, c);
	struct cell *const cell = table_row_of(table, pool, ROW_TOTAL);

	cell[0] = cell_text("Total");
	for (size_t c = first; c <= last; c++) {
		cell[c] = cell_money(sum[c - first]);
		cell[c].formula = pool_printf(pool, "ROUND(SUM({%zu:}),2)", c);
		cell[c].name =
			pool_printf(pool, "%s_total_%s", name, table->column[c].name);
	}
}

void section_lots(struct report *report, const struct household *household, bool all)
{
	struct pool *const pool = report->pool;
	const struct lots *const lots = household->lots;
	struct section *const section = report_section(report, "Lots", "Lot register");

	section->landscape = true;
	section_note(section, pool,
		"Shares%s with their basis for the regular tax and for the AMT. A sale "
		"before the day in the column \"Qualifies\" is a disqualifying "
		"disposition.",
		all ? " ever held, and what is left of them," : " held,");
	struct table *const table =
		section_table(section, pool, NULL, lot_columns, LOT_COLUMNS);

	table->name = "lots";
	table->none = "no shares are held";
	for (size_t i = 0; i < lots->lot_count; i++)
		if (all || lots->lot[i].open.e8 > 0)
			add_lot(table, household, &lots->lot[i], pool);
	add_totals(table, pool, REGULAR, DIFFERENCE, "lots");
}

enum {
	X_LOT,
	X_SECURITY,
	X_KIND,
	X_GRANTED,
	X_EXERCISED,
	X_SHARES,
	X_STRIKE,
	X_VALUE,
	X_SPREAD,
	X_INCLUSION,
	X_WAGES,
	X_SOURCE,
	X_COLUMNS
};

static const struct column exercise_columns[X_COLUMNS] = {
	[X_LOT] = { .title = "Lot" },
	[X_SECURITY] = { .title = "Security", .width = 20 },
	[X_KIND] = { .title = "Kind", .width = 10 },
	[X_GRANTED] = { .title = "Granted" },
	[X_EXERCISED] = { .title = "Exercised" },
	[X_SHARES] = { .title = "Shares", .align = ALIGN_RIGHT, .name = "shares" },
	[X_STRIKE] = { .title = "Strike", .align = ALIGN_RIGHT },
	[X_VALUE] = { .title = "Value per share", .align = ALIGN_RIGHT },
	[X_SPREAD] = { .title = "Spread, all shares",
		.align = ALIGN_RIGHT,
		.name = "spread" },
	[X_INCLUSION] = { .title = "AMT income, shares kept",
		.align = ALIGN_RIGHT,
		.name = "inclusion" },
	[X_WAGES] = { .title = "Wages", .align = ALIGN_RIGHT, .name = "wages" },
	[X_SOURCE] = { .title = "Source", .width = 26 },
};

/* Box 4 times box 5, less box 3 times box 5. */
static struct money spread_of(const struct lot *lot)
{
	return money_less(price_times(lot->origin->fmv, lot->shares),
		price_times(lot->origin->price, lot->shares));
}

static void add_exercise(
	struct table *table, const struct packet *packet, const struct lot *lot)
{
	struct pool *const pool = packet->pool;
	const struct household *const household = packet->household;
	struct cell *const cell = table_row(table, pool);
	const bool included = lot->inclusion_year == packet->year;
	const bool paid = lot->compensation_year == packet->year;

	cell[X_LOT] = cell_of_lot(household, lot, pool);
	cell[X_SECURITY] =
		cell_text(fact_security_text(lot->origin, household->facts->names));
	cell[X_KIND] = cell_text(lot_kind_word(lot->kind));
	cell[X_GRANTED] = cell_day(lot->granted);
	cell[X_EXERCISED] = cell_day(lot->acquired);
	cell[X_SHARES] = cell_shares(lot->shares);
	cell[X_STRIKE] = cell_price(lot->origin->price);
	cell[X_VALUE] = cell_price(lot->origin->fmv);
	cell[X_SPREAD] = cell_money(money_less(lot->value, lot->cost));
	if (spread_of(lot).cents == cell[X_SPREAD].money.cents)
		cell[X_SPREAD].formula = pool_printf(pool,
			"ROUND(ROUND({%d}*{%d},2)-ROUND({%d}*{%d},2),2)", X_SHARES,
			X_VALUE, X_SHARES, X_STRIKE);
	cell[X_INCLUSION] = cell_money(included ? lot->inclusion : (struct money){ 0 });
	cell[X_WAGES] = cell_money(paid ? lot->compensation : (struct money){ 0 });
	cell[X_SOURCE] = cell_text(source_words(household, lot->origin, pool));
}

void section_exercises(struct packet *packet)
{
	struct pool *const pool = packet->pool;
	const struct lots *const lots = packet->household->lots;
	struct section *const section = report_section(packet->report, "Exercises",
		pool_printf(pool, "Exercises and vests of %d", packet->year));

	section->landscape = true;
	section->joins = true;
	section_note(section, pool,
		"Form 3921, box by box. AMT income is on Form 6251, line 2i; shares sold "
		"in "
		"the year of their exercise are left out of it, because both taxes then "
		"have "
		"the same income.");
	struct table *const table =
		section_table(section, pool, NULL, exercise_columns, X_COLUMNS);

	table->name = "exercises";
	table->none = "no exercise in this year";
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];
		const bool option = lot->kind != LOT_AS_REPORTED &&
			lot->origin->kind == FACT_EXERCISE;

		if ((option && day_year(lot->acquired) == packet->year) ||
			lot->inclusion_year == packet->year ||
			lot->compensation_year == packet->year)
			add_exercise(table, packet, lot);
	}
	add_totals(table, pool, X_SPREAD, X_WAGES, "exercises");
}

/* Wash sales of a year: the broker's figure beside both books', and what is not final yet. */
#include "export/sections.h"
#include "ledger/wash.h"

enum {
	W_LOT,
	W_SECURITY,
	W_SOLD,
	W_SHARES,
	W_BROKER,
	W_REGULAR,
	W_AMT,
	W_REPLACEMENT,
	W_WHY,
	W_COLUMNS
};

static const struct column wash_columns[W_COLUMNS] = {
	[W_LOT] = { .title = "Lot" },
	[W_SECURITY] = { .title = "Security", .width = 20 },
	[W_SOLD] = { .title = "Sold" },
	[W_SHARES] = { .title = "Shares", .align = ALIGN_RIGHT },
	[W_BROKER] = { .title = "Broker, 1g", .align = ALIGN_RIGHT, .name = "broker" },
	[W_REGULAR] = { .title = "Regular", .align = ALIGN_RIGHT, .name = "regular" },
	[W_AMT] = { .title = "AMT", .align = ALIGN_RIGHT, .name = "amt" },
	[W_REPLACEMENT] = { .title = "Carried by", .width = 22 },
	[W_WHY] = { .title = "Why the broker's differs", .width = 40 },
};

static struct cell security_of(const struct household *household, const struct lot *lot)
{
	return cell_text(fact_security_text(lot->origin, household->facts->names));
}

static const char *replacement_words(const struct household *household,
	const struct wash_line *line, struct pool *pool)
{
	char day[DAY_TEXT];

	if (line->replacement == NULL)
		return "";
	return pool_printf(pool, "%s of %s",
		lot_id(household->lots, line->replacement, pool),
		day_iso(line->replacement->acquired, day));
}

static void add_line(struct table *table, const struct household *household,
	const struct wash_line *line, struct pool *pool)
{
	struct cell *const cell = table_row(table, pool);
	const struct lot *const lot = &household->lots->lot[line->first->lot];

	cell[W_LOT] = cell_of_lot(household, lot, pool);
	cell[W_SECURITY] = security_of(household, lot);
	cell[W_SOLD] = cell_day(line->first->sold);
	cell[W_SHARES] = cell_shares(line->shares);
	if (line->reported)
		cell[W_BROKER] = cell_money(line->broker);
	cell[W_REGULAR] = cell_money(line->ours[BOOK_REGULAR]);
	cell[W_AMT] = cell_money(line->ours[BOOK_AMT]);
	cell[W_REPLACEMENT] = cell_text(replacement_words(household, line, pool));
	cell[W_WHY] = cell_text(wash_why(line, pool));
	if (line->why != 0)
		cell[W_REGULAR].tone = TONE_ALERT;
}

static const struct column window_columns[] = {
	{ .title = "Lot" },
	{ .title = "Security", .width = 20 },
	{ .title = "Sold" },
	{ .title = "Shares", .align = ALIGN_RIGHT },
	{ .title = "Regular loss at stake", .align = ALIGN_RIGHT },
	{ .title = "AMT loss at stake", .align = ALIGN_RIGHT },
	{ .title = "Until" },
	{ .title = "What makes it final", .width = 40 },
};

static void add_window(struct table *table, const struct household *household,
	const struct wash_window *window, struct pool *pool)
{
	struct cell *const cell = table_row(table, pool);
	const struct lot *const lot = &household->lots->lot[window->disposition->lot];

	cell[0] = cell_of_lot(household, lot, pool);
	cell[1] = security_of(household, lot);
	cell[2] = cell_day(window->disposition->sold);
	cell[3] = cell_shares(window->shares);
	cell[4] = cell_money(window->at_stake[BOOK_REGULAR]);
	cell[5] = cell_money(window->at_stake[BOOK_AMT]);
	cell[6] = cell_day(window->until);
	cell[6].tone = TONE_ALERT;
	cell[7] = cell_text(window->passed ? "what came until then is entered, or the "
					     "answer is that none did"
					   : "the day passes, and nothing is acquired");
}

struct day household_today(const struct household *household)
{
	return household->today != NULL ? *household->today : DAY_NONE;
}

size_t section_wash(struct report *report, const struct household *household, int year)
{
	struct pool *const pool = report->pool;
	struct section *const section = report_section(
		report, "Wash sales", pool_printf(pool, "Wash sales of %d", year));
	struct wash_line *line;
	struct wash_window *window;
	size_t lines, windows, passed = 0;

	wash_lines(household->lots, year, &line, &lines, pool);
	wash_windows(household->lots, year, household_today(household), &window, &windows,
		pool);
	section->landscape = true;
	section_note(section, pool,
		"Losses that shares acquired within 30 days carry on, in each book by "
		"its "
		"basis. A broker sees the purchases of one account; box 1g is evidence, "
		"not "
		"the answer. The AMT's amounts never stand on the form that is filed.");
	struct table *const table =
		section_table(section, pool, NULL, wash_columns, W_COLUMNS);

	table->name = "wash_sales";
	table->none = "no loss of the year is carried on";
	for (size_t i = 0; i < lines; i++)
		add_line(table, household, &line[i], pool);
	if (windows == 0)
		return 0;
	struct table *const open = section_table(
		section, pool, "Provisional rows", window_columns, COUNT(window_columns));

	for (size_t i = 0; i < windows; i++) {
		add_window(open, household, &window[i], pool);
		passed += window[i].passed;
	}
	/* An answer before the day would be a promise. */
	section_warning(section, pool,
		"%zu %s not final: shares acquired until 30 January %d take %s. Enter "
		"what %s: dualbasis fact %d " WASH_QUESTION "=no",
		windows, windows == 1 ? "row is" : "rows are", year + 1,
		windows == 1 ? "its loss" : "their losses",
		passed > 0 ? "came; or answer"
			   : "comes; and answer when the days are over",
		year);
	return windows;
}

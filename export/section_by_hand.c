/* What no import file carries and every tax program asks for: to be keyed by hand. */
#include <string.h>

#include "export/sections.h"
#include "export/tax_files.h"

static const struct key {
	const char *what, *line;
	bool before; /* a line of last year's return */
} keys[] = {
	{ "Exercises of ISOs: Form 3921 worksheet, or the line itself", "f6251.2i",
		false },
	{ "Disposition of property: AMT gain or basis, or the line itself", "f6251.2k",
		false },
	{ "Short-term loss carried in, AMT", "schedule_d@amt.6", false },
	{ "Long-term loss carried in, AMT", "schedule_d@amt.14", false },
	{ "Last year's Form 6251, taxable income", "f6251.1", true },
	{ "Last year's Form 6251, AGI less deductions", "f6251.1b", true },
	{ "Last year's Form 6251, taxes or the standard deduction", "f6251.2a", true },
	{ "Last year's Form 6251, refund of taxes", "f6251.2b", true },
	{ "Last year's Form 6251, investment interest", "f6251.2c", true },
	{ "Last year's Form 6251, depletion", "f6251.2d", true },
	{ "Last year's Form 6251, net operating loss", "f6251.2e", true },
	{ "Last year's Form 6251, private activity bonds", "f6251.2g", true },
	{ "Last year's Form 6251, small business stock", "f6251.2h", true },
	{ "Last year's Form 6251, regular tax", "f6251.10", true },
	{ "Last year's Form 6251, AMT", "f6251.11", true },
	{ "Last year's Form 8801, credit carried forward", "f8801.26", true },
};

static void add_key(struct packet *packet, struct table *table, const struct key *key)
{
	const struct tax_return *const from = key->before ? packet->before : packet->now;
	const int year = packet->year - key->before;
	struct line_ref line;
	struct fail none;

	if (from == NULL ||
		!law_line_find(packet->household->law, year, key->line, &line, &none))
		return;
	const struct line_words words =
		law_line_words(packet->household->law, year, line);
	struct cell *const cell = table_row(table, packet->pool);

	cell[0] = cell_text(pool_printf(packet->pool, "%s%s, %s",
		key->before ? pool_printf(packet->pool, "%d ", year) : "",
		form_sheet(words.form, packet->pool), words.line));
	cell[1] = cell_text(key->what);
	cell[2] = cell_of_line(from, line, false, false);
	if (!key->before) {
		cell[0].link = return_cell_name(from, line, packet->pool);
		cell[2].formula = cell[0].link;
	}
}

static void add_keys(struct packet *packet, struct section *section)
{
	static const struct column column[] = {
		{ .title = "Line" },
		{ .title = "What the program asks for", .width = 60 },
		{ .title = "Amount", .align = ALIGN_RIGHT },
	};
	struct table *const table =
		section_table(section, packet->pool, NULL, column, COUNT(column));

	table->form = true;
	for (size_t i = 0; i < COUNT(keys); i++)
		add_key(packet, table, &keys[i]);
}

static void add_rows(struct packet *packet, struct section *section)
{
	static const struct column column[] = {
		{ .title = "Box" },
		{ .title = "Description", .width = 40 },
		{ .title = "Sold" },
		{ .title = "Code" },
		{ .title = "Adjustment", .align = ALIGN_RIGHT },
	};
	struct table *const table = section_table(section, packet->pool,
		"Adjustments of Form 8949 other than wash sales", column, COUNT(column));
	struct f8949_row *row;
	size_t count;

	f8949_rows(packet->household->lots, packet->year, BOOK_REGULAR, &row, &count,
		packet->pool);
	for (size_t i = 0; i < count; i++) {
		if (!txf_leaves_out(&row[i]))
			continue;
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_text(pool_text(packet->pool, &row[i].box, 1));
		cell[1] = cell_text(row[i].description);
		cell[2] = cell_day(row[i].sold);
		cell[3] = cell_text(row[i].codes);
		cell[4] = cell_money(money_less(
			row[i].adjustment, row[i].disposition->disallowed[BOOK_REGULAR]));
	}
}

void section_by_hand(struct packet *packet)
{
	struct section *const section = report_section(packet->report, "By hand",
		pool_printf(packet->pool, "To enter by hand in a tax program, %d",
			packet->year));

	section_note(section, packet->pool,
		"Files for tax programs carry the sales of the regular tax: with the "
		"broker's "
		"basis, and no adjustment but wash sales. Nothing carries the AMT: these "
		"figures are keyed.");
	add_keys(packet, section);
	add_rows(packet, section);
}

static void add_waived(const struct household *household, int year, struct text *notes)
{
	size_t waived = 0;

	for (size_t i = 0; i < household->facts->count; i++) {
		const struct fact *const fact = &household->facts->at[i];

		waived += fact->kind == FACT_WAIVER && fact->year == year;
	}
	if (waived > 0)
		text_addf(notes,
			"%zu %s of a broker's file %s waived: no file for tax programs "
			"says so, the .pdf, .xlsx and .json packets do.\n",
			waived, waived == 1 ? "total" : "totals",
			waived == 1 ? "was" : "were");
}

void packet_notes(
	const struct household *household, int year, const char *path, struct text *notes)
{
	const char *const ending = strrchr(path, '.');
	struct pool pool = { 0 };
	struct f8949_row *row;
	size_t count, left = 0;

	if (ending == NULL)
		return;
	if (span_is_fold(span_of(ending), ".txf") ||
		span_is_fold(span_of(ending), ".csv"))
		add_waived(household, year, notes);
	if (!span_is_fold(span_of(ending), ".txf"))
		return;
	f8949_rows(household->lots, year, BOOK_REGULAR, &row, &count, &pool);
	for (size_t i = 0; i < count; i++)
		left += txf_leaves_out(&row[i]);
	text_add(notes,
		"TXF carries no AMT: enter Forms 6251 and 8801 by hand (section \"By "
		"hand\" "
		"of the packet). TurboTax and H&R Block read it in their desktop "
		"editions "
		"only.\n");
	if (left > 0)
		text_addf(notes,
			"TXF carries no adjustment but wash sales: %zu of %zu rows need "
			"one by "
			"hand.\n",
			left, count);
	pool_release(&pool);
}

/* A report made by hand that has every kind of block, cell and row, and hostile words. */
#ifndef DUALBASIS_TESTS_EXPORT_SAMPLE_H
#define DUALBASIS_TESTS_EXPORT_SAMPLE_H

#include <string.h>

#include "export/report.h"

static inline struct day sample_day(int year, int month, int mday)
{
	struct day day = DAY_NONE;

	return day_from_civil(year, month, mday, &day) ? day : DAY_NONE;
}

static inline struct money dollars(int64_t dollars)
{
	return (struct money){ dollars * 100 };
}

static inline struct shares whole_shares(int64_t shares)
{
	return (struct shares){ shares * 100000000 };
}

static inline void sample_form_line(struct table *table, struct pool *pool,
	const char *line, const char *label, int64_t amount, const char *name,
	const char *formula)
{
	struct cell *const cell = table_row(table, pool);

	cell[0] = cell_text(line);
	cell[1] = cell_text(label);
	cell[2] = cell_dollars(dollars(amount));
	cell[2].name = name;
	cell[2].formula = formula;
}

static inline void sample_form(struct report *report)
{
	static const struct column column[] = {
		{ .title = "Line" },
		{ .title = "Description", .width = 64 },
		{ .title = "Amount", .align = ALIGN_RIGHT },
	};
	struct section *const section =
		report_section(report, "6251", "Form 6251 (2025)");
	struct table *const table = section_table(section, report->pool, NULL, column, 3);

	table->form = true;
	table_row_of(table, report->pool, ROW_HEADING)[0] =
		cell_text("Part I  Alternative minimum taxable income");
	sample_form_line(table, report->pool, "1b", "Income less line 1a", 250000,
		"f6251_1b", NULL);
	sample_form_line(table, report->pool, "2a", "Taxes or standard deduction", 31500,
		"f6251_2a", NULL);
	table->row[table->rows - 1].cell[2].input = true;
	sample_form_line(table, report->pool, "2k",
		"Disposition of property: difference between AMT and regular tax gain or "
		"loss, "
		"from two complete Schedules D",
		-118000, "f6251_2k", NULL);
	table->row[table->rows - 1].cell[2].link = "sales_total";
	table->row[table->rows - 1].cell[1].link = "no_such_place";
	sample_form_line(table, report->pool, "4", "Alternative minimum taxable income",
		163500, "f6251_4", "f6251_1b+SUM(f6251_2a,f6251_2k)");
	struct cell *const blank = table_row(table, report->pool);

	blank[0] = cell_text("8");
	blank[1] = cell_text("AMT foreign tax credit");
}

static inline void sample_row(struct table *table, struct pool *pool, const char *box,
	const char *description, struct day acquired, struct day sold, int64_t proceeds,
	int64_t basis, const char *codes, int64_t adjustment)
{
	struct cell *const cell = table_row(table, pool);

	cell[0] = cell_text(box);
	cell[1] = cell_text(description);
	cell[2] = cell_day(acquired);
	cell[2].text = "VARIOUS";
	cell[3] = cell_day(sold);
	cell[4] = cell_money((struct money){ proceeds });
	cell[5] = cell_money((struct money){ basis });
	cell[6] = cell_text(codes);
	cell[7] = cell_money((struct money){ adjustment });
	cell[8] = cell_money((struct money){ proceeds - basis + adjustment });
	cell[8].formula = "ROUND({4}-{5}+{7},2)";
}

static inline void sample_8949(struct report *report, int rows)
{
	static const struct column column[] = {
		{ .title = "Box", .name = "box" },
		{ .title = "(a) Description", .width = 40 },
		{ .title = "(b) Acquired" },
		{ .title = "(c) Sold" },
		{ .title = "(d) Proceeds", .align = ALIGN_RIGHT, .name = "proceeds" },
		{ .title = "(e) Basis", .align = ALIGN_RIGHT, .name = "basis" },
		{ .title = "(f) Code" },
		{ .title = "(g) Adjustment", .align = ALIGN_RIGHT, .name = "adjustment" },
		{ .title = "(h) Gain or loss", .align = ALIGN_RIGHT, .name = "gain" },
	};
	struct section *const section =
		report_section(report, "8949 amt", "Form 8949 (AMT)");
	struct table *const table =
		section_table(section, report->pool, "Sales", column, COUNT(column));
	int64_t sum = 0;

	section->landscape = true;
	table->name = "f8949_amt";
	sample_row(table, report->pool, "A", "=1+1", sample_day(2024, 2, 29),
		sample_day(2025, 6, 3), 8000000, 1000000, "B", -6000000);
	sample_row(table, report->pool, "A", "@SUM(A1) \"quoted\" <b>&amp;</b>", DAY_NONE,
		sample_day(2025, 6, 3), 12345, 99999999, "", 0);
	sample_row(table, report->pool, "D",
		"caf\xc3\xa9 \xff bad, \xe6\x97\xa5\xe6\x9c\xac \x1b[31m",
		sample_day(2019, 1, 2), sample_day(2025, 12, 31), 100, 67, "W", 33);
	for (int i = 0; i < rows; i++)
		sample_row(table, report->pool, "D", "10 sh. ACME",
			sample_day(2019, 1, 2), sample_day(2025, 1, 2 + i % 28),
			100000 + i, 90000, "", 0);
	for (size_t r = 0; r < table->rows; r++)
		sum += table->row[r].cell[8].money.cents;
	struct cell *const total = table_row_of(table, report->pool, ROW_TOTAL);

	total[1] = cell_text("Total");
	total[8] = cell_money((struct money){ sum });
	total[8].formula = "ROUND(SUM({8:}),2)";
	total[8].name = "sales_total";
}

static inline void sample_lots(struct report *report)
{
	static const struct column column[] = {
		{ .title = "Lot" },
		{ .title = "Acquired" },
		{ .title = "Shares", .align = ALIGN_RIGHT },
		{ .title = "Price", .align = ALIGN_RIGHT },
		{ .title = "Part of all", .align = ALIGN_RIGHT },
		{ .title = "Check" },
	};
	struct section *const section = report_section(report, "Lots", "Lots");
	struct table *const table =
		section_table(section, report->pool, NULL, column, COUNT(column));
	struct cell *cell = table_row(table, report->pool);

	cell[0] = cell_text("L1");
	cell[1] = cell_day(sample_day(2022, 3, 1));
	cell[2] = cell_shares(whole_shares(10000));
	cell[3] = cell_price((struct price){ INT64_C(6112345600) });
	cell[4] = cell_rate(26, 100);
	cell[5] = cell_text("pass");
	cell[5].formula = "IF(sales_total=sales_total,\"pass\",\"FAIL\")";
	cell = table_row(table, report->pool);
	cell[0] = cell_text("L2");
	cell[1] = cell_day(sample_day(1999, 12, 31));
	cell[2] = cell_shares((struct shares){ 73100000 });
	cell[3] = cell_price((struct price){ 100000000 });
	cell[4] = cell_rate(2, 37);
	section_table(section, report->pool, "Nothing here", column, COUNT(column));
}

static inline void sample_chart(struct report *report)
{
	static const char *const point[] = { "2022", "2023", "2024", "2025" };
	static const struct money generated[] = { { 8541200 }, { 0 }, { 0 }, { 0 } };
	static const struct money balance[] = { { 8541200 }, { 7541200 }, { 7041100 },
		{ -500000 } };
	static const struct chart_series series[] = { { "Generated", generated },
		{ "Balance", balance } };
	static const struct chart chart = { CHART_BARS, "Minimum tax credit", point, 4,
		series, 2, false };

	section_chart(
		report_section(report, "Credit", "Credit log"), report->pool, &chart);
}

static inline void sample_report(struct report *report, struct pool *pool, int rows)
{
	report_init(report, pool, "Packet 2025");
	report->subtitle = "ACME household";
	report->draft = true;
	struct section *const cover = report_section(report, "Cover", "Cover");

	section_heading(cover, pool, "Answers");
	section_note(cover, pool,
		"Worksheets prepared from the client's records; \"%s\".",
		"not filed forms");
	section_warning(cover, pool, "The parameters of %d are a draft.", 2026);
	section_contents(cover, pool);
	sample_form(report);
	sample_8949(report, rows);
	sample_lots(report);
	sample_chart(report);
}

#endif

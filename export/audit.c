/* Writes an audit and the amendments it leads to as sections of a report. */
#include "export/audit.h"

#include <string.h>

static struct cell known(bool is, struct money amount)
{
	return is ? cell_dollars(amount) : cell_text("not known");
}

static const char *iso(struct report *report, struct day day)
{
	char text[DAY_TEXT];

	return day_known(day) ? pool_printf(report->pool, "%s", day_iso(day, text)) : "-";
}

static void years(
	struct report *report, struct section *section, const struct audit *audit)
{
	static const struct column columns[] = {
		{ .title = "Year", .align = ALIGN_RIGHT },
		{ .title = "Total tax as filed", .align = ALIGN_RIGHT },
		{ .title = "as computed", .align = ALIGN_RIGHT },
		{ .title = "Difference", .align = ALIGN_RIGHT },
		{ .title = "Findings", .align = ALIGN_RIGHT },
		{ .title = "Claim by" },
		{ .title = "Safe by" },
		{ .title = "Open" },
	};
	struct table *const table =
		section_table(section, report->pool, "Years", columns, COUNT(columns));

	for (size_t i = 0; i < audit->years; i++) {
		const struct audit_year *const year = &audit->year[i];
		struct cell *const cell = table_row(table, report->pool);
		int64_t count = 0;

		for (size_t f = 0; f < audit->findings; f++)
			count += audit->finding[f].year == year->year;
		cell[0] = cell_text(pool_printf(report->pool, "%d", year->year));
		cell[1] = known(year->tax_known, year->tax_filed);
		cell[2] = cell_dollars(year->tax_computed);
		if (year->tax_known)
			cell[3] = cell_dollars(
				money_less(year->tax_computed, year->tax_filed));
		cell[4] = cell_count(count);
		cell[5] = cell_text(iso(report, year->window.claim_by));
		cell[6] = cell_text(iso(report, year->window.safe_by));
		cell[7] = cell_text(!year->open        ? "barred"
				: year->filing_assumed ? "open (filing day assumed)"
						       : "open");
	}
}

/* "refund 6,000.00", "6,000.00 owed", "no change" */
static const char *worth(struct report *report, struct money change)
{
	char text[MONEY_TEXT];

	if (change.cents == 0)
		return "no change";
	return change.cents < 0
		? pool_printf(report->pool, "%s less",
			  money_grouped(money_negate(change), text))
		: pool_printf(report->pool, "%s more", money_grouped(change, text));
}

static void later_years(
	struct report *report, struct section *section, const struct finding *it)
{
	for (size_t i = 0; i < it->later_count; i++)
		section_note(section, report->pool,
			"In %d: tax %s, credit carried out %s.", it->later[i].year,
			worth(report, it->later[i].tax),
			worth(report, it->later[i].credit));
}

/* Messages begin in lower case; on a page they are sentences. */
static const char *sentence(struct report *report, const char *words)
{
	char *const copy = pool_text(report->pool, words, strlen(words));

	if (copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - 'a' + 'A');
	return copy;
}

static void finding_write(
	struct report *report, struct section *section, const struct finding *it)
{
	char filed[MONEY_TEXT], computed[MONEY_TEXT];

	section_heading(
		section, report->pool, "%d, line %s: %s", it->year, it->line, it->code);
	section_note(section, report->pool, "%s.", sentence(report, it->text));
	section_note(section, report->pool,
		"Filed %s, right %s. Corrected, the year's tax is %s and the credit "
		"carried "
		"out %s. (%s)",
		it->filed_known ? money_grouped(it->filed, filed) : "not known",
		money_grouped(it->computed, computed), worth(report, it->tax_effect),
		worth(report, it->credit_effect), it->rule);
	later_years(report, section, it);
	if (it->tax_effect.cents < 0 && !it->open)
		section_warning(section, report->pool,
			"A refund for %d could be claimed until %s; it is barred.",
			it->year, iso(report, it->window.claim_by));
}

/* Less than a year is left. */
static bool soon(const struct audit *audit, const struct audit_year *year)
{
	return year->open && year->tax_known &&
		year->tax_filed.cents > year->tax_computed.cents &&
		year->window.safe_by.number < day_plus_years(audit->today, 1).number;
}

void report_audit(struct report *report, const struct audit *audit)
{
	struct section *const section =
		report_section(report, "Audit", "Audit of filed returns");

	years(report, section, audit);
	for (size_t i = 0; i < audit->years; i++) {
		const struct audit_year *const year = &audit->year[i];

		for (const char *const *said = year->contradictions; *said != NULL;
			said++)
			section_warning(section, report->pool, "%s.", *said);
		if (soon(audit, year))
			section_warning(section, report->pool,
				"The time to claim the refund for %d ends on %s.",
				year->year, iso(report, year->window.safe_by));
	}
	if (audit->findings == 0)
		section_note(section, report->pool,
			"Nothing was found: what was entered as filed is what computes.");
	for (size_t i = 0; i < audit->findings; i++)
		finding_write(report, section, &audit->finding[i]);
}

static void columns_write(
	struct report *report, struct section *section, const struct amendment *it)
{
	static const struct column columns[] = {
		{ .title = "Line", .align = ALIGN_RIGHT },
		{ .title = "" },
		{ .title = "A  Original", .align = ALIGN_RIGHT },
		{ .title = "B  Net change", .align = ALIGN_RIGHT },
		{ .title = "C  Correct", .align = ALIGN_RIGHT },
	};
	struct table *const table =
		section_table(section, report->pool, NULL, columns, COUNT(columns));

	table->form = true;
	for (size_t i = 0; i < it->lines; i++) {
		const struct amend_line *const line = &it->line[i];
		struct cell *const cell = table_row(table, report->pool);

		cell[0] = cell_text(line->number);
		cell[1] = cell_text(line->label);
		if (line->original_known) {
			cell[2] = cell_dollars(line->original);
			cell[3] = cell_dollars(line->change);
		}
		if (line->correct_known)
			cell[4] = cell_dollars(line->correct);
	}
}

static void amendment_write(struct report *report, const struct amendment *it)
{
	struct section *const section = report_section(report,
		pool_printf(report->pool, "1040-X %d", it->year),
		pool_printf(report->pool, "Form 1040-X figures for %d", it->year));
	char cap[MONEY_TEXT];

	if (it->worth_filing)
		section_note(section, report->pool,
			"Worth filing: by %s to be safe, by %s at the latest.",
			iso(report, it->window.safe_by),
			iso(report, it->window.claim_by));
	else if (!it->open)
		section_warning(section, report->pool,
			"Barred since %s: no refund, but later years carry in what is "
			"right.",
			iso(report, it->window.claim_by));
	else if (it->tax_known && it->tax_change.cents > 0)
		section_note(section, report->pool, "The correction raises the tax.");
	columns_write(report, section, it);
	section_note(section, report->pool,
		"Blank in columns A and B: not entered as filed. Lines of Form 1040-X of "
		"February 2024.");
	if (it->cap_known)
		section_note(section, report->pool,
			"A claim made today brings back at most %s of what is known as "
			"paid.",
			money_grouped(it->cap, cap));
	section_heading(section, report->pool, "Explanation of changes (draft)");
	section_note(section, report->pool, "%s", it->explanation);
	section_heading(section, report->pool, "To attach");
	for (const char *const *at = it->attachments; *at != NULL; at++)
		section_note(section, report->pool, "- %s", *at);
	section_heading(section, report->pool, "To know");
	for (const char *const *at = it->notes; *at != NULL; at++)
		section_note(section, report->pool, "- %s.", *at);
}

void report_amendments(
	struct report *report, const struct amendment *amendments, size_t count)
{
	for (size_t i = 0; i < count; i++)
		amendment_write(report, &amendments[i]);
}

/* Writes the figures of Form 1040-X, and what goes with them. */
#include <string.h>

#include "export/audit.h"
#include "export/sections.h"

static const char *day_or_dash(struct report *report, struct day day)
{
	char text[DAY_TEXT];

	return day_known(day) ? pool_printf(report->pool, "%s", day_iso(day, text)) : "-";
}

/* Messages begin in lower case; on a page they are sentences. */
static const char *sentence(struct report *report, const char *words)
{
	char *const copy = pool_text(report->pool, words, strlen(words));

	if (copy[0] >= 'a' && copy[0] <= 'z')
		copy[0] = (char)(copy[0] - 'a' + 'A');
	return copy;
}

static void columns_write(
	struct report *report, struct section *section, const struct amendment *it)
{
	static const struct column columns[] = {
		{ .title = "Line" },
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

static void list_write(struct report *report, struct section *section, const char *title,
	const char *const *list)
{
	struct column *const column = pool_alloc(report->pool, sizeof *column);

	*column = (struct column){ .title = title, .width = 100 };
	struct table *const table = section_table(section, report->pool, NULL, column, 1);

	for (; *list != NULL; list++)
		table_row(table, report->pool)[0] = cell_text(sentence(report, *list));
}

/* Paragraphs are parted by blank lines. */
static void paragraphs(struct report *report, struct section *section, const char *words)
{
	for (const char *end; *words != '\0'; words = end + strspn(end, "\n")) {
		end = strstr(words, "\n\n");
		if (end == NULL)
			end = words + strlen(words);
		section_note(section, report->pool, "%.*s", (int)(end - words), words);
	}
}

static void verdict(
	struct report *report, struct section *section, const struct amendment *it)
{
	const char *const safe = day_or_dash(report, it->window.safe_by);
	const char *const last = day_or_dash(report, it->window.claim_by);

	if (it->worth_filing && strcmp(safe, last) == 0)
		section_note(section, report->pool, "Worth filing: by %s.", safe);
	else if (it->worth_filing)
		section_note(section, report->pool,
			"Worth filing: by %s to be safe, by %s at the latest.", safe,
			last);
	else if (!it->open)
		section_warning(section, report->pool,
			"Barred since %s: no refund, but later years carry in what is "
			"right.",
			last);
	else if (it->tax_known && it->tax_change.cents > 0)
		section_note(section, report->pool, "The correction raises the tax.");
	else if (it->tax_known)
		section_note(section, report->pool,
			"The tax of the year does not change; what it carries out does.");
}

/* The dates of 6511, as they were counted. */
static void clock(
	struct report *report, struct section *section, const struct amendment *it)
{
	char cap[MONEY_TEXT];
	const char *const two = day_known(it->window.two_years_by)
		? pool_printf(report->pool, "; two years from the last payment end on %s",
			  day_or_dash(report, it->window.two_years_by))
		: "";

	section_note(section, report->pool,
		"Three years from filing end on %s (IRC 6511(a))%s. %s",
		day_or_dash(report, it->window.claim_by), two,
		it->cap_known ? pool_printf(report->pool,
					"A claim made today brings back at most %s of "
					"what is known as paid (IRC 6511(b)(2)).",
					money_short(it->cap, cap))
			      : "What was paid is not known: enter withheld=AMOUNT.");
}

static void amendment_write(struct report *report, const struct amendment *it)
{
	struct section *const section = report_section(report,
		pool_printf(report->pool, "1040-X %d", it->year),
		pool_printf(report->pool, "Form 1040-X figures for %d", it->year));

	verdict(report, section, it);
	columns_write(report, section, it);
	section_note(section, report->pool,
		"Blank in columns A and B: not entered as filed. Lines of Form 1040-X of "
		"February 2024.");
	clock(report, section, it);
	section_heading(section, report->pool, "Explanation of changes (draft)");
	paragraphs(report, section, it->explanation);
	list_write(report, section, "To attach", it->attachments);
	list_write(report, section, "To know", it->notes);
}

void report_amendments(
	struct report *report, const struct amendment *amendments, size_t count)
{
	for (size_t i = 0; i < count; i++)
		amendment_write(report, &amendments[i]);
}

/*
 * The forms of several years stand in one workbook: names of cells would meet, so these are
 * figures to read, not formulas.
 */
static void make_plain(struct report *report, struct section *section, int year)
{
	section->id = pool_printf(report->pool, "%s %d", section->id, year);
	for (size_t b = 0; b < section->blocks; b++) {
		struct table *const table = section->block[b].table;

		for (size_t r = 0; table != NULL && r < table->rows; r++)
			for (size_t c = 0; c < table->columns; c++) {
				struct cell *const cell = &table->row[r].cell[c];

				cell->formula = cell->name = cell->link = NULL;
				cell->input = false;
			}
	}
}

static bool forms_of_year(struct report *report, const struct household *household,
	int year, struct fail *why)
{
	static const char *const forms[] = { "f6251", "f8801", "schedule_d@amt" };
	struct packet packet = { .report = report,
		.household = household,
		.year = year,
		.pool = report->pool };
	struct fail none;

	if (!chain_year(household->chain, year, &packet.now, why))
		return false;
	if (!chain_year(household->chain, year - 1, &packet.before, &none))
		packet.before = NULL;
	for (size_t i = 0; i < COUNT(forms); i++) {
		if (!section_form(&packet, forms[i], why))
			return false;
		make_plain(report, report->last, year);
	}
	return true;
}

bool report_amendment_packet(struct report *report, const struct household *household,
	const struct audit *audit, const struct amendment *amendments, size_t count,
	struct fail *why)
{
	section_contents(report_section(report, "Contents", "Contents"), report->pool);
	report_audit(report, audit);
	report_amendments(report, amendments, count);
	for (int year = count > 0 ? amendments[0].year : household->chain->last + 1;
		year <= household->chain->last; year++)
		if (!forms_of_year(report, household, year, why))
			return false;
	return section_credit(report, household, why);
}

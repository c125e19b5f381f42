/* Writes an audit and the amendments it leads to as sections of a report. */
#include "export/audit.h"

#include <string.h>

#include "export/sections.h"

static struct cell known(bool is, struct money amount)
{
	return is ? cell_dollars(amount) : cell_text("not known");
}

static struct cell year_cell(struct report *report, int year)
{
	return cell_text(pool_printf(report->pool, "%d", year));
}

static const char *day_or_dash(struct report *report, struct day day)
{
	char text[DAY_TEXT];

	return day_known(day) ? pool_printf(report->pool, "%s", day_iso(day, text)) : "-";
}

static int64_t findings_of(const struct audit *audit, int year)
{
	int64_t count = 0;

	for (size_t i = 0; i < audit->findings; i++)
		count += audit->finding[i].year == year;
	return count;
}

static void years(
	struct report *report, struct section *section, const struct audit *audit)
{
	static const struct column columns[] = {
		{ .title = "Year", .align = ALIGN_RIGHT },
		{ .title = "Total tax as filed", .align = ALIGN_RIGHT },
		{ .title = "Right", .align = ALIGN_RIGHT },
		{ .title = "Correction", .align = ALIGN_RIGHT },
		{ .title = "Findings", .align = ALIGN_RIGHT },
		{ .title = "Claim by" },
		{ .title = "" },
	};
	struct table *const table =
		section_table(section, report->pool, NULL, columns, COUNT(columns));

	for (size_t i = 0; i < audit->years; i++) {
		const struct audit_year *const year = &audit->year[i];
		struct cell *const cell = table_row(table, report->pool);

		cell[0] = year_cell(report, year->year);
		cell[1] = known(year->tax_known, year->tax_filed);
		cell[2] = cell_dollars(year->tax_computed);
		if (year->tax_known)
			cell[3] = cell_dollars(
				money_less(year->tax_computed, year->tax_filed));
		cell[4] = cell_count(findings_of(audit, year->year));
		cell[5] = cell_text(day_or_dash(report, year->window.safe_by));
		cell[6] = cell_text(!year->open        ? "barred"
				: year->filing_assumed ? "if filed on the due date"
						       : "");
	}
}

/* "9,278 less", "9,278 more", "no change" */
static const char *worth(struct report *report, struct money change)
{
	char text[MONEY_TEXT];

	if (change.cents == 0)
		return "no change";
	return change.cents < 0
		? pool_printf(report->pool, "%s less",
			  money_short(money_negate(change), text))
		: pool_printf(report->pool, "%s more", money_short(change, text));
}

/* The mistakes at a glance. */
static void findings(
	struct report *report, struct section *section, const struct audit *audit)
{
	static const struct column columns[] = {
		{ .title = "Year", .align = ALIGN_RIGHT },
		{ .title = "Line" },
		{ .title = "Found" },
		{ .title = "Filed", .align = ALIGN_RIGHT },
		{ .title = "Right", .align = ALIGN_RIGHT },
		{ .title = "Corrected, tax" },
		{ .title = "and credit carried" },
	};
	struct table *const table =
		section_table(section, report->pool, "Findings", columns, COUNT(columns));

	table->none = "what was entered as filed is what computes";
	for (size_t i = 0; i < audit->findings; i++) {
		const struct finding *const it = &audit->finding[i];
		struct cell *const cell = table_row(table, report->pool);

		cell[0] = year_cell(report, it->year);
		cell[1] = cell_text(it->line);
		cell[2] = cell_text(it->code);
		if (it->reminder) {
			cell[5] = cell_text("to be looked at");
			continue;
		}
		cell[3] = known(it->filed_known, it->filed);
		cell[4] = cell_dollars(it->computed);
		cell[5] = cell_text(worth(report, it->tax_effect));
		cell[6] = cell_text(worth(report, it->credit_effect));
	}
	if (audit->findings > 1)
		section_note(section, report->pool,
			"Each is priced alone, in a chain that is right otherwise; where "
			"several meet, the correction of the year is what counts.");
}

static const char *later_years(struct report *report, const struct finding *it)
{
	const char *words = "";

	for (size_t i = 0; i < it->later_count; i++)
		words = pool_printf(report->pool, "%s In %d: tax %s, credit carried %s.",
			words, it->later[i].year, worth(report, it->later[i].tax),
			worth(report, it->later[i].credit));
	return words;
}

static void finding_words(
	struct report *report, struct section *section, const struct finding *it)
{
	section_note(section, report->pool, "%d, %s: %s. (%s)%s", it->year, it->code,
		it->text, it->rule, later_years(report, it));
}

static bool refund_is_due(const struct audit_year *year)
{
	return year->tax_known && year->tax_filed.cents > year->tax_computed.cents;
}

static void deadlines(
	struct report *report, struct section *section, const struct audit *audit)
{
	for (size_t i = 0; i < audit->years; i++) {
		const struct audit_year *const year = &audit->year[i];

		if (!refund_is_due(year))
			continue;
		if (!year->open)
			section_warning(section, report->pool,
				"The refund for %d could be claimed until %s; it is "
				"barred, and does not come back as credit.",
				year->year, day_or_dash(report, year->window.claim_by));
		else if (claim_is_urgent(year, audit->today))
			section_warning(section, report->pool,
				"The time to claim the refund for %d ends on %s.",
				year->year, day_or_dash(report, year->window.safe_by));
	}
}

static void assumed(
	struct report *report, struct section *section, const struct audit *audit)
{
	for (size_t i = 0; i < audit->years; i++) {
		const struct audit_year *const year = &audit->year[i];
		size_t count = 0;

		while (year->assumptions[count] != NULL)
			count++;
		if (count > 0 && findings_of(audit, year->year) > 0)
			section_note(section, report->pool,
				"%d rests on %zu figures that nobody gave and that count "
				"as zero or as their default (dualbasis todo --all lists "
				"them).",
				year->year, count);
	}
}

void report_audit(struct report *report, const struct audit *audit)
{
	struct section *const section =
		report_section(report, "Audit", "Audit of filed returns");

	section->landscape = true;
	for (size_t i = 0; i < audit->years; i++)
		for (const char *const *said = audit->year[i].contradictions;
			*said != NULL; said++)
			section_warning(section, report->pool, "As filed, %s.", *said);
	years(report, section, audit);
	deadlines(report, section, audit);
	findings(report, section, audit);
	for (size_t i = 0; i < audit->findings; i++)
		finding_words(report, section, &audit->finding[i]);
	assumed(report, section, audit);
}

static bool anything_filed(const struct facts *facts)
{
	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == FACT_FILED)
			return true;
	return false;
}

/* Whose day to be claimed comes first of those that are worth it. */
static const struct amendment *first_to_claim(
	const struct amendment *amendments, size_t count, struct money *refund)
{
	const struct amendment *first = NULL;

	*refund = (struct money){ 0 };
	for (size_t i = 0; i < count; i++) {
		const struct amendment *const it = &amendments[i];

		if (!it->worth_filing)
			continue;
		*refund = money_less(*refund, it->tax_change);
		if (first == NULL ||
			it->window.safe_by.number < first->window.safe_by.number)
			first = it;
	}
	return first;
}

static void cover_filed(struct report *report, struct section *cover,
	const struct audit *audit, const struct amendment *amendments, size_t count)
{
	struct money refund;
	const struct amendment *const first = first_to_claim(amendments, count, &refund);
	char amount[MONEY_TEXT];

	if (first != NULL)
		section_warning(cover, report->pool,
			"Amending filed returns brings %s back; the first claim, for %d, "
			"is to be made by %s: see the section Audit.",
			money_short(refund, amount), first->year,
			day_or_dash(report, first->window.safe_by));
	else if (audit->findings > 0)
		section_warning(cover, report->pool,
			"Filed returns differ from what is right: see the section "
			"Audit.");
}

bool section_filed(struct packet *packet, struct section *cover, struct fail *why)
{
	const struct household *const household = packet->household;
	struct audit audit;
	struct amendment *amendments;
	size_t count;

	if (household->today == NULL || !anything_filed(household->facts))
		return true;
	const struct audit_of of = {
		.law = household->law,
		.facts = chain_facts(household->chain, packet->pool),
		.lots = household->chain->lots,
		.chain = household->chain,
		.today = *household->today,
	};
	struct fail none;

	/* Filed words of years that the chain does not have are no reason to go without a packet. */
	if (!audit_run(&of, &audit, packet->pool, &none)) {
		if (none.kind != FAIL_MISSING_FACTS)
			*why = none;
		return none.kind == FAIL_MISSING_FACTS;
	}
	amend_years(&of, &audit, &amendments, &count, packet->pool);
	report_audit(packet->report, &audit);
	report_amendments(packet->report, amendments, count);
	cover_filed(packet->report, cover, &audit, amendments, count);
	return true;
}

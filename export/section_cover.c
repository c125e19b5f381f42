/* The cover: the answers, what they rest on, what is still open, and where everything is. */
#include <string.h>

#include "export/sections.h"

static const struct answer {
	const char *label, *line; /* NULL line: a heading */
} answers[] = {
	{ "Alternative minimum tax", NULL },
	{ "Exercises of ISOs", "f6251.2i" },
	{ "Disposition of property", "f6251.2k" },
	{ "Alternative minimum taxable income", "f6251.4" },
	{ "Tentative minimum tax", "f6251.9" },
	{ "Regular tax", "f6251.10" },
	{ "Alternative minimum tax", "f6251.11" },
	{ "Minimum tax credit", NULL },
	{ "Credit available", "f8801.21" },
	{ "Credit used", "f8801.25" },
	{ "Credit carried to next year", "f8801.26" },
	{ "The return", NULL },
	{ "Adjusted gross income", "f1040.agi" },
	{ "Taxable income", "f1040.taxable_income" },
	{ "Capital gain or allowed loss, regular", "schedule_d.allowed" },
	{ "Capital gain or allowed loss, AMT", "schedule_d@amt.allowed" },
	{ "Total tax", "f1040.total_tax" },
};

/* "6251, 2k", as the form's sheet and printed line; only the sheet for a step. */
static const char *place_of(const struct packet *packet, struct line_ref line)
{
	const struct line_words words =
		law_line_words(packet->household->law, packet->year, line);
	const char *const sheet = form_sheet(words.form, packet->pool);
	const char *const printed = words.printed != NULL ? words.printed : words.line;

	if (words.is_value)
		return sheet;
	return pool_printf(packet->pool, "%s, %s", sheet, printed);
}

static struct cell answer_before(const struct packet *packet, const char *id)
{
	struct value value = { 0 };
	struct fail none;

	if (packet->before == NULL || !return_find(packet->before, id, &value, &none) ||
		!value.filled)
		return cell_text(NULL);
	return cell_dollars(value.amount);
}

static void add_answer(
	const struct packet *packet, struct table *table, const struct answer *answer)
{
	struct line_ref line;
	struct fail none;

	if (!law_line_find(
		    packet->household->law, packet->year, answer->line, &line, &none))
		return;
	struct cell *const cell = table_row(table, packet->pool);

	cell[0] = cell_text(place_of(packet, line));
	cell[0].link = return_cell_name(packet->now, line, packet->pool);
	cell[1] = cell_text(answer->label);
	cell[2] = cell_of_line(packet->now, line, false, false);
	cell[2].formula = cell[0].link;
	cell[3] = answer_before(packet, answer->line);
}

/*
 * Losses carried to next year: what next year's worksheet would say if nothing else were known
 * of that year. NULL for the last year that the definitions know.
 */
static const struct tax_return *year_after(const struct packet *packet)
{
	const struct household *const household = packet->household;
	struct tax_return *after;
	struct money none_of;
	struct fail none;

	if (packet->year >= LAW_LAST_YEAR)
		return NULL;
	/* A return that other people's come into does not show what this one carries. */
	if (packet->year < household->chain->last &&
		!chain_brought(household->chain, packet->year + 1, CARRY_SHORT, &none_of))
		return household->chain->year[packet->year + 1 - household->chain->first];
	struct return_input *const in = pool_alloc(packet->pool, sizeof *in);

	in->year = packet->year + 1;
	in->status = packet->status;
	in->cents = packet->cents;
	in->entered = pool_alloc(
		packet->pool, (law_inputs(household->law) + 1) * sizeof *in->entered);
	return return_evaluate(
		       household->law, in, packet->now, &after, packet->pool, &none)
		? after
		: NULL;
}

static void add_carryovers(const struct packet *packet, struct table *table)
{
	static const struct answer carried[] = {
		{ "Short-term loss carried to next year, regular", "loss_carryover.8" },
		{ "Long-term loss carried to next year, regular", "loss_carryover.13" },
		{ "Short-term loss carried to next year, AMT", "loss_carryover@amt.8" },
		{ "Long-term loss carried to next year, AMT", "loss_carryover@amt.13" },
	};
	const struct tax_return *const after = year_after(packet);

	if (after == NULL)
		return;
	table_row_of(table, packet->pool, ROW_HEADING)[0] =
		cell_text("Capital losses carried");
	for (size_t i = 0; i < COUNT(carried); i++) {
		struct value value = { 0 }, into = { 0 };
		struct fail none;
		struct cell *const cell = table_row(table, packet->pool);

		cell[1] = cell_text(carried[i].label);
		if (return_find(after, carried[i].line, &value, &none))
			cell[2] = cell_dollars(value.amount);
		if (return_find(packet->now, carried[i].line, &into, &none) &&
			packet->before != NULL)
			cell[3] = cell_dollars(into.amount);
	}
}

static void add_answers(const struct packet *packet, struct section *cover)
{
	struct column *const column = pool_alloc(packet->pool, 4 * sizeof *column);

	column[0] = (struct column){ .title = "Line" };
	column[1] = (struct column){ .title = "Answer", .width = 60 };
	for (int i = 0; i < 2; i++)
		column[2 + i] = (struct column){ .title = pool_printf(packet->pool, "%d",
							 packet->year - i),
			.align = ALIGN_RIGHT };
	struct table *const table = section_table(cover, packet->pool, NULL, column, 4);

	table->form = true;
	for (size_t i = 0; i < COUNT(answers); i++)
		if (answers[i].line == NULL)
			table_row_of(table, packet->pool, ROW_HEADING)[0] =
				cell_text(answers[i].label);
		else
			add_answer(packet, table, &answers[i]);
	add_carryovers(packet, table);
}

/* What only the user can answer, and what is probably wrong; and what was taken for granted. */
static void add_notices(const struct packet *packet, struct section *cover,
	const char *title, enum notice_weight lightest, enum notice_weight heaviest)
{
	static const struct column column[] = {
		{ .title = "#", .align = ALIGN_RIGHT },
		{ .title = "Weight" },
		{ .title = "What", .width = 84 },
		{ .title = "Rule" },
	};
	const struct lots *const lots = &packet->at_end;
	struct table *table = NULL;
	struct text words = TEXT_EMPTY;

	for (size_t i = 0; i < lots->notice_count; i++) {
		const struct notice *const notice = &lots->notice[i];
		const enum notice_weight weight = notice_weight(notice->kind);

		if (weight < lightest || weight > heaviest)
			continue;
		if (table == NULL)
			table = section_table(
				cover, packet->pool, title, column, COUNT(column));
		text_clear(&words);
		notice_text(lots, notice, &words);
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_count((int64_t)table->rows);
		cell[1] = cell_text(notice_weight_name(weight));
		cell[2] = cell_text(pool_text(packet->pool, words.at, words.length));
		cell[3] = cell_text(notice_rule(notice->kind));
	}
	text_release(&words);
}

/* Brokers' totals that do not meet their rows, and why that was accepted. */
static void add_waivers(const struct packet *packet, struct section *cover)
{
	static const struct column column[] = {
		{ .title = "File", .width = 28 },
		{ .title = "Row", .align = ALIGN_RIGHT },
		{ .title = "What differs", .width = 52 },
		{ .title = "Why it was accepted", .width = 32 },
	};
	const struct facts *const facts = packet->household->facts;
	struct table *table = NULL;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_WAIVER || fact->year != packet->year)
			continue;
		if (table == NULL)
			table = section_table(cover, packet->pool, "Totals waived",
				column, COUNT(column));
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_text(household_document_name(
			packet->household, fact->source.document));
		cell[1] = cell_count(fact->source.row);
		cell[2] = cell_text(names_text(facts->names, fact->name));
		cell[3] = cell_text(names_text(facts->names, fact->text));
	}
}

/* Inputs that some line reads and that were not given; returns how many. */
static size_t add_assumptions(const struct packet *packet, struct section *section)
{
	static const struct column column[] = {
		{ .title = "Not given", .width = 34 },
		{ .title = "What it is", .width = 84 },
	};
	const struct law *const law = packet->household->law;
	const char *const *name = return_assumptions(packet->now, packet->pool);
	struct table *const table =
		section_table(section, packet->pool, NULL, column, COUNT(column));

	table->none = "Every figure that the forms ask for was given.";
	for (; *name != NULL; name++) {
		size_t index;
		struct fail none;
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_text(*name);
		if (law_input_find(law, *name, &index, &none))
			cell[1] = cell_text(law_input(law, index)->what);
	}
	return table->rows;
}

void section_assumptions(struct packet *packet)
{
	struct section *const section =
		report_section(packet->report, "Assumptions", "Assumptions");
	struct pool *const pool = packet->pool;
	struct value known = { 0 };
	struct fail none;

	if (packet->before == NULL &&
		return_find(packet->now, "f8801.last_year_known", &known, &none))
		section_note(section, pool,
			"%d is the first year of the chain: nothing of the year before "
			"is "
			"computed. Where none of its Form 6251 figures was entered, Form "
			"8801, "
			"lines 1 to 17, is blank and line 18 is zero.",
			packet->year);
	section_note(section, pool,
		"These figures were not given; each is taken as zero or as its default. "
		"A "
		"figure that is not zero changes the answers: dualbasis fact %d "
		"NAME=AMOUNT.",
		packet->year);
	packet->assumed = add_assumptions(packet, section);
}

void section_cover(struct packet *packet, struct section *cover, int failed_ties)
{
	struct pool *const pool = packet->pool;

	if (failed_ties > 0) {
		packet->report->draft = true;
		section_warning(cover, pool,
			"%d of the tie-outs %s: see the section Tie-outs.", failed_ties,
			failed_ties == 1 ? "fails" : "fail");
	}
	if (packet->report->draft)
		section_warning(cover, pool,
			"DRAFT: a form or an amount in this packet is not final.");
	add_answers(packet, cover);
	section_note(cover, pool,
		"Worksheets prepared from the household's records with the rules of the "
		"year; "
		"these are not filed forms.");
	if (packet->assumed > 0)
		section_note(cover, pool,
			"%zu figures were not given and count as zero or as their "
			"default: see "
			"the section Assumptions.",
			packet->assumed);
	if (packet->provisional > 0)
		section_warning(cover, pool,
			"%zu %s of Form 8949 %s not final: what is acquired until "
			"30 January "
			"%d can take the loss (see the section Wash sales).",
			packet->provisional, packet->provisional == 1 ? "row" : "rows",
			packet->provisional == 1 ? "is" : "are", packet->year + 1);
	if (packet->asked_open > 0)
		section_note(cover, pool,
			"%zu %s of the year %s open: see the section Questions.",
			packet->asked_open,
			packet->asked_open == 1 ? "question" : "questions",
			packet->asked_open == 1 ? "is" : "are");
	add_notices(packet, cover, "Open questions", NOTICE_WARNING, NOTICE_QUESTION);
	add_notices(packet, cover, "Assumed from what was recorded", NOTICE_ASSUMED,
		NOTICE_ASSUMED);
	add_waivers(packet, cover);
	section_contents(cover, pool);
}

/* Tells what an import has read: the rows of a dry run, and what became of each file. */
#include "cli/import_report.h"

#include <assert.h>

#include "cli/call.h"
#include "export/utf8.h"
#include "ledger/fact_words.h"
#include "ledger/record.h"

/* Of a dry run the rows are shown: all as JSON, the first few as text. */
#define PREVIEW_ROWS         20
#define PREVIEW_NAME_COLUMNS 24

static void row_plan(struct json *json, const struct row *row)
{
	json_object(json, "plan");
	if (day_known(row->granted))
		json_day(json, "grant_date", row->granted);
	if (row->strike)
		json_text(json, "strike", row->strike);
	if (row->fmv)
		json_text(json, "fmv", row->fmv);
	if (row->option != OPTION_UNKNOWN)
		json_text(json, "option", row->option == OPTION_ISO ? "iso" : "nso");
	for (const struct row_extra *extra = row->plan; extra && extra->name; extra++)
		json_text(json, extra->name, extra->value);
	json_close(json);
}

static void row_json(struct json *json, const struct row *row, enum import_fate fate)
{
	static const char *const terms[] = {
		[TERM_UNKNOWN] = "unknown",
		[TERM_SHORT] = "short",
		[TERM_LONG] = "long",
	};
	const char box[2] = { row->box, '\0' };

	json_object(json, NULL);
	json_text(json, "kind", row_kind_name(row->kind));
	json_text(json, "fate", import_fate_name(fate));
	json_count(json, "line", row->line);
	json_text(json, "account", row->account);
	json_text(json, "description", row->description);
	json_text(json, "symbol", row->symbol);
	json_text(json, "cusip", row->cusip);
	json_text(json, "quantity", row->quantity);
	if (row->various)
		json_text(json, "date_acquired", "VARIOUS");
	else
		json_day(json, "date_acquired", row->acquired);
	json_day(json, "date_sold", row->sold);
	json_text(json, "proceeds", row->proceeds);
	json_text(json, "basis", row->basis);
	/* A sale without a word of a wash sale has none of it disallowed. */
	json_text(json, "wash_disallowed",
		row->wash_disallowed == NULL && row->kind == ROW_SALE
			? "0.00"
			: row->wash_disallowed);
	json_text(json, "market_discount", row->market_discount);
	json_text(json, "federal_withheld", row->federal_withheld);
	json_text(json, "term", row->term_given ? terms[row->term] : NULL);
	if (row->covered == COVERED_UNKNOWN)
		json_null(json, "covered");
	else
		json_bool(json, "covered", row->covered == COVERED_YES);
	json_text(json, "box", row->box ? box : NULL);
	json_array(json, "flags");
	for (const char *const *flag = row->flags; flag && *flag; flag++)
		json_text(json, NULL, *flag);
	json_close(json);
	row_plan(json, row);
	json_close(json);
}

static const char *day_or(struct day day, const char *otherwise, char *to)
{
	return day_known(day) ? day_iso(day, to) : otherwise;
}

static void row_text(
	struct preview *preview, const struct row *row, enum import_fate fate)
{
	char acquired[DAY_TEXT], sold[DAY_TEXT];
	struct text *const text = preview->text;

	if (preview->shown == PREVIEW_ROWS) {
		preview->more++;
		return;
	}
	preview->shown++;
	text_addf(text, "  %6ld  %-8s %-16s %10s  ", row->line, import_fate_name(fate),
		row_kind_name(row->kind), row->quantity ? row->quantity : "");
	text_add_cell(text,
		row->description      ? row->description
			: row->symbol ? row->symbol
				      : "",
		PREVIEW_NAME_COLUMNS);
	text_addf(text, "  acquired %-10s  sold %-10s",
		row->various ? "VARIOUS" : day_or(row->acquired, "?", acquired),
		day_or(row->sold, "-", sold));
	if (row->proceeds)
		text_addf(text, "  %s for %s", row->proceeds,
			row->basis ? row->basis : "?");
	text_add(text, "\n");
}

bool preview_row(
	void *context, const struct row *row, enum import_fate fate, struct fail *why)
{
	struct preview *const preview = context;

	(void)why;
	if (preview->json)
		row_json(preview->json, row, fate);
	else
		row_text(preview, row, fate);
	return true;
}

bool preview_fact(void *context, const struct fact *fact, const struct names *names,
	enum import_fate fate, struct fail *why)
{
	struct preview *const preview = context;
	struct text words = TEXT_EMPTY;

	(void)why;
	fact_words(fact, names, &words);
	if (preview->json) {
		json_object(preview->json, NULL);
		json_text(preview->json, "kind", fact_kind_name(fact->kind));
		json_count(preview->json, "line", fact->source.row);
		json_text(preview->json, "text", words.at);
		json_text(preview->json, "fate", import_fate_name(fate));
		json_close(preview->json);
	} else if (preview->shown++ < PREVIEW_ROWS) {
		text_addf(preview->text, "  %6lld  %-8s %s\n",
			(long long)fact->source.row, import_fate_name(fate), words.at);
	} else {
		preview->more++;
	}
	text_release(&words);
	return true;
}

/* What belongs into figures of the return, which only the user knows to be complete. */
static void income_json(struct json *json, const struct import_report *report)
{
	const struct incomes *const incomes = &report->read.income;
	struct text figures = TEXT_EMPTY;

	json_array(json, "not_used");
	for (enum income kind = 0; kind < INCOME_KINDS; kind++) {
		if (incomes->of[kind].cents == 0)
			continue;
		json_object(json, NULL);
		json_text(json, "form", income_form(kind));
		json_text(json, "box", income_box(kind));
		json_text(json, "what", income_what(kind));
		json_money(json, "amount", incomes->of[kind]);
		json_text(json, "figure", income_figure(kind));
		json_text(json, "belongs_to", income_purpose(kind));
		json_close(json);
	}
	json_close(json);
	incomes_figures(incomes, &figures);
	json_text(json, "figures", figures.length > 0 ? figures.at : NULL);
	text_release(&figures);
}

static void income_text(struct text *text, const struct incomes *incomes)
{
	char amount[MONEY_TEXT];

	if (!incomes_any(incomes))
		return;
	text_add(text, "  not used (a figure of the return is the sum of all payers):\n");
	for (enum income kind = 0; kind < INCOME_KINDS; kind++)
		if (incomes->of[kind].cents != 0)
			text_addf(text, "    %s box %-3s %12s  %s: %s\n",
				income_form(kind), income_box(kind),
				money_grouped(incomes->of[kind], amount),
				income_what(kind), income_purpose(kind));
}

/* Each field that differs from what the ledger had, with where that came from. */
static void differences_json(struct json *json, const struct import_report *report)
{
	json_array(json, "differences");
	for (size_t i = 0; i < report->difference_count; i++) {
		const struct import_difference *const one = &report->differences[i];

		json_object(json, NULL);
		json_count(json, "line", one->line);
		json_text(json, "fact", one->fact);
		json_text(json, "field", one->field);
		json_text(json, "file", one->file);
		json_text(json, "ledger", one->ledger);
		json_text(json, "ledger_file", one->source);
		if (one->source)
			json_count(json, "ledger_row", one->source_row);
		else
			json_null(json, "ledger_row");
		json_text(json, "stands", one->file_stands ? "file" : "ledger");
		json_close(json);
	}
	json_close(json);
	json_count(json, "differences_more", (int64_t)report->differences_more);
}

static void differences_text(struct text *text, const struct import_report *report)
{
	const size_t shown = report->difference_count < PREVIEW_ROWS
		? report->difference_count
		: PREVIEW_ROWS;

	for (size_t i = 0; i < shown; i++) {
		const struct import_difference *const one = &report->differences[i];

		text_addf(text, "  line %ld, %s: ", one->line, one->fact);
		import_difference_words(one, one->source, text);
		text_addf(text, "; %s stands\n",
			one->file_stands ? "this file's" : "the ledger's");
	}
	const size_t more = report->difference_count - shown + report->differences_more;

	if (more > 0)
		text_addf(text, "  ... and %zu more that differ (--json shows %s)\n",
			more, report->differences_more > 0 ? "more of them" : "all");
}

void import_report_json(struct json *json, const struct import_report *report)
{
	json_text(json, "file", report->file);
	json_text(json, "format", report->read.format);
	if (report->read.tax_year)
		json_count(json, "tax_year", report->read.tax_year);
	else
		json_null(json, "tax_year");
	json_text(json, "sha256", report->sha256);
	json_bool(json, "known", report->known);
	for (enum import_fate fate = 0; fate < IMPORT_FATES; fate++)
		json_count(json, import_fate_name(fate), (int64_t)report->count[fate]);
	json_count(json, "skipped", (int64_t)report->read.skipped);
	json_count(json, "basis_unknown", (int64_t)report->basis_unknown);
	json_money(json, "proceeds", report->proceeds);
	json_money(json, "basis", report->basis);
	json_money(json, "wash_disallowed", report->wash);
	if (report->difference)
		json_text(json, "difference_waived", report->difference);
	income_json(json, report);
	differences_json(json, report);
	json_array(json, "notes");
	for (const char *const *note = report->notes; note && *note; note++)
		json_text(json, NULL, *note);
	json_close(json);
}

static const char *plural(size_t count, const char *one, const char *many)
{
	return count == 1 ? one : many;
}

/* "form 3921", "option exercises": a kind of rows in words. */
static const struct {
	const char *one, *many;
} kind_words[] = {
	[ROW_SALE] = { "sale", "sales" },
	[ROW_1256] = { "section 1256 contract", "section 1256 contracts" },
	[ROW_RSU_VEST] = { "vest of RSUs", "vests of RSUs" },
	[ROW_ESPP_PURCHASE] = { "ESPP purchase", "ESPP purchases" },
	[ROW_OPTION_EXERCISE] = { "option exercise", "option exercises" },
	[ROW_DIVIDEND] = { "dividend", "dividends" },
	[ROW_TAX_WITHHOLDING] = { "tax withholding", "tax withholdings" },
	[ROW_TAX_REVERSAL] = { "tax reversal", "tax reversals" },
	[ROW_TRANSFER] = { "transfer", "transfers" },
};
static_assert(COUNT(kind_words) == ROW_KINDS, "every kind of row has its words");

/* A kind of fact as `record` calls it. */
static const char *record_name(enum fact_kind kind)
{
	size_t count;
	const struct record_kind *const kinds = record_kinds(&count);

	for (size_t i = 0; i < count; i++)
		if (kinds[i].kind == kind)
			return kinds[i].name;
	return fact_kind_name(kind);
}

void import_report_text(struct text *text, const struct import_report *report)
{
	char proceeds[MONEY_TEXT], basis[MONEY_TEXT], wash[MONEY_TEXT];
	size_t kinds = 0;

	add_name(text, report->file);
	text_addf(text, ": %s", report->read.format);
	if (report->read.tax_year)
		text_addf(text, ", tax year %d", report->read.tax_year);
	text_addf(text, "\n");
	if (report->known) {
		text_addf(text, "  this file is in the ledger already: nothing to do\n");
		return;
	}
	text_addf(text, "  ");
	for (enum row_kind kind = 0; kind < ROW_KINDS; kind++)
		if (report->kind[kind] > 0)
			text_addf(text, "%s%zu %s", kinds++ > 0 ? ", " : "",
				report->kind[kind],
				plural(report->kind[kind], kind_words[kind].one,
					kind_words[kind].many));
	for (enum fact_kind kind = 0; kind < FACT_KINDS; kind++)
		if (report->record[kind] > 0)
			text_addf(text, "%s%s %zu",
				kinds++ > 0 ? ", " : "records: ", record_name(kind),
				report->record[kind]);
	text_addf(text, "%s:", kinds == 0 ? "no rows" : "");
	for (enum import_fate fate = 0, some = 0; fate < IMPORT_FATES; fate++)
		if (report->count[fate] > 0 || fate == IMPORT_NEW)
			text_addf(text, "%s %zu %s", some++ ? "," : "",
				report->count[fate], import_fate_name(fate));
	text_addf(text, "\n");
	if (report->kind[ROW_SALE] > 0)
		text_addf(text, "  proceeds %s, basis %s, wash sales disallowed %s\n",
			money_grouped(report->proceeds, proceeds),
			money_grouped(report->basis, basis),
			money_grouped(report->wash, wash));
	if (report->basis_unknown > 0)
		text_addf(text, "  %zu %s without a basis\n", report->basis_unknown,
			plural(report->basis_unknown, "sale", "sales"));
	if (report->read.skipped > 0)
		text_addf(text, "  %zu %s skipped: totals, headings, remarks\n",
			report->read.skipped,
			plural(report->read.skipped, "row", "rows"));
	if (report->difference)
		text_addf(text, "  waived: %s\n", report->difference);
	for (const char *const *note = report->notes; note && *note; note++)
		text_addf(text, "  note: %s\n", *note);
	differences_text(text, report);
	income_text(text, &report->read.income);
}

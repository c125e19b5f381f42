/* `audit`: filed returns against what is right. */
#include <stdio.h>
#include <string.h>

#include "cli/home.h"
#include "export/audit.h"

/* The day to count from: --on DATE, else today's date in UTC. */
static bool counted_from(const struct call *call, struct day *day, struct fail *why)
{
	const char *const on = call_value(call, "on");

	*day = day_today();
	if (on == NULL || day_parse_iso(on, strlen(on), day, why))
		return true;
	why->kind = FAIL_USAGE;
	return fail_in(why, "--on");
}

static void amount_or_null(
	struct json *json, const char *key, bool known, struct money amount)
{
	if (known)
		json_money(json, key, amount);
	else
		json_null(json, key);
}

static void words_json(struct json *json, const char *key, const char *const *words)
{
	json_array(json, key);
	for (; *words != NULL; words++)
		json_text(json, NULL, *words);
	json_close(json);
}

static void finding_json(struct json *json, const struct finding *it)
{
	json_object(json, NULL);
	json_text(json, "code", it->code);
	json_count(json, "year", it->year);
	json_text(json, "line", it->line);
	amount_or_null(json, "filed", it->filed_known, it->filed);
	json_money(json, "computed", it->computed);
	json_money(json, "tax_effect", it->tax_effect);
	json_money(json, "credit_effect", it->credit_effect);
	json_day(json, "claim_by", it->window.claim_by);
	json_day(json, "safe_by", it->window.safe_by);
	json_bool(json, "open", it->open);
	json_bool(json, "filing_day_assumed", it->filing_assumed);
	json_bool(json, "reminder", it->reminder);
	json_text(json, "text", it->text);
	json_text(json, "rule", it->rule);
	json_array(json, "later");
	for (size_t i = 0; i < it->later_count; i++) {
		json_object(json, NULL);
		json_count(json, "year", it->later[i].year);
		json_money(json, "tax_effect", it->later[i].tax);
		json_money(json, "credit_effect", it->later[i].credit);
		json_close(json);
	}
	json_close(json);
	json_close(json);
}

static void year_json(struct json *json, const struct audit_year *it)
{
	json_object(json, NULL);
	json_count(json, "year", it->year);
	amount_or_null(json, "total_tax_filed", it->tax_known, it->tax_filed);
	json_money(json, "total_tax_computed", it->tax_computed);
	json_day(json, "claim_by", it->window.claim_by);
	json_day(json, "safe_by", it->window.safe_by);
	json_day(json, "two_years_by", it->window.two_years_by);
	json_bool(json, "open", it->open);
	json_bool(json, "filing_day_assumed", it->filing_assumed);
	amount_or_null(json, "refund_cap", it->cap_known, it->cap);
	words_json(json, "contradictions", it->contradictions);
	words_json(json, "assumptions", it->assumptions);
	json_close(json);
}

static void amendment_json(struct json *json, const struct amendment *it)
{
	json_object(json, NULL);
	json_count(json, "year", it->year);
	json_bool(json, "worth_filing", it->worth_filing);
	amount_or_null(json, "tax_change", it->tax_known, it->tax_change);
	json_array(json, "lines");
	for (size_t i = 0; i < it->lines; i++) {
		const struct amend_line *const line = &it->line[i];

		json_object(json, NULL);
		json_text(json, "line", line->number);
		json_text(json, "label", line->label);
		amount_or_null(json, "original", line->original_known, line->original);
		amount_or_null(json, "change", line->original_known, line->change);
		amount_or_null(json, "correct", line->correct_known, line->correct);
		json_close(json);
	}
	json_close(json);
	json_text(json, "explanation", it->explanation);
	words_json(json, "attachments", it->attachments);
	words_json(json, "notes", it->notes);
	json_close(json);
}

static void answer_json(
	const struct audit *audit, const struct amendment *amendments, size_t count)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "findings");
	for (size_t i = 0; i < audit->findings; i++)
		finding_json(&answer.json, &audit->finding[i]);
	json_close(&answer.json);
	json_array(&answer.json, "years");
	for (size_t i = 0; i < audit->years; i++)
		year_json(&answer.json, &audit->year[i]);
	json_close(&answer.json);
	json_array(&answer.json, "amendments");
	for (size_t i = 0; i < count; i++)
		amendment_json(&answer.json, &amendments[i]);
	json_close(&answer.json);
	answer_close(&answer);
}

/* The ending tells how a packet is written. */
static const struct {
	const char *ending;
	bool (*write)(const struct report *, const char *path, struct fail *);
} kinds[] = {
	{ ".pdf", report_pdf },
	{ ".xlsx", report_xlsx },
};

static bool packet_file(const struct report *report, const char *path, struct fail *why)
{
	const char *const ending = strrchr(path, '.');

	for (size_t i = 0; i < COUNT(kinds) && ending != NULL; i++)
		if (span_is_fold(span_of(ending), kinds[i].ending))
			return kinds[i].write(report, path, why);
	fail_set(why, FAIL_USAGE, "\"%s\" does not end in .pdf or .xlsx", CUT(path, 200));
	return fail_hint(why, "end the name in .pdf or .xlsx");
}

static bool write_packets(struct call *call, const struct home *home,
	const struct audit *audit, const struct amendment *amendments, size_t count,
	struct fail *why)
{
	struct report report;

	report_init(&report, call->pool, "Amendment packet");
	if (!report_amendment_packet(
		    &report, &home->household, audit, amendments, count, why))
		return false;
	for (size_t i = 0; i < call->givens; i++)
		if (strcmp(call->given[i].option->name, "output") == 0 &&
			!packet_file(&report, call->given[i].value, why))
			return false;
	for (size_t i = 0; i < call->givens && !call->json; i++)
		if (strcmp(call->given[i].option->name, "output") == 0)
			printf("wrote %s\n", call->given[i].value);
	return true;
}

/* Amendments see those of earlier years; shown is one. */
static size_t keep_year(struct amendment *amendments, size_t count, int year)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (amendments[i].year == year)
			amendments[kept++] = amendments[i];
	return kept;
}

static bool audit_answer(
	struct call *call, const struct home *home, int only, struct fail *why)
{
	struct audit_of of = {
		.law = home->law,
		.facts = chain_facts(&home->chain, call->pool),
		.lots = &home->lots,
		.chain = &home->chain,
	};
	struct audit audit;
	struct amendment *amendments;
	size_t count;

	if (!counted_from(call, &of.today, why) ||
		!audit_run(&of, &audit, call->pool, why))
		return false;
	amend_years(&of, &audit, &amendments, &count, call->pool);
	if (only != 0) {
		if (!audit_keep(&audit, only, why))
			return false;
		count = keep_year(amendments, count, only);
	}
	call->findings = audit.findings > 0;
	if (call_has(call, "output") &&
		!write_packets(call, home, &audit, amendments, count, why))
		return false;
	if (call->json) {
		answer_json(&audit, amendments, count);
		return true;
	}
	if (call_has(call, "output"))
		return true;
	struct report report;

	report_init(&report, call->pool, "Audit");
	report_audit(&report, &audit);
	if (call_has(call, "amend"))
		report_amendments(&report, amendments, count);
	print_report(call, &report);
	if (count > 0 && !call_has(call, "amend"))
		print_next(call, "dualbasis audit --amend",
			"the figures and words for Form 1040-X");
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	int only = 0;

	if (!call_operands(call, 0, 1, why) ||
		(call->operands == 1 && !year_parse(call->operand[0], &only, why)) ||
		!home_open(&home, call, STORE_READ, HOME_CHAIN, why))
		return false;
	const bool done = audit_answer(call, &home, only, why);

	home_close(&home);
	return done;
}

/* Every mistake that is looked for, by the code that a finding has. */
static void mistakes(struct text *text)
{
	struct pool pool = { 0 };

	text_add(text, "What it looks for:\n\n");
	for (const struct mistake_words *it = audit_mistakes(&pool); it->code != NULL;
		it++)
		text_addf(text, "  %s\n      %s\n", it->code, it->what);
	pool_release(&pool);
	text_add(text, "\nWhat it does not look at:\n\n");
	for (const struct unexamined_words *it = audit_unexamined; it->what != NULL; it++)
		text_addf(text, "  %s\n      %s\n", it->what, it->why);
}

static const struct option_words options[] = {
	{ .name = "amend",
		.what = "with the figures and words of Form 1040-X for each year that "
			"changes" },
	{ .name = "output",
		.value = "FILE",
		.letter = 'o',
		.many = true,
		.what = "write all of it, with the forms of every year from the first "
			"that changes, to a .pdf or .xlsx file; may be given more than "
			"once" },
	{ .name = "on",
		.value = "DATE",
		.what = "count deadlines from this day, not from today" },
	OPTION_OWNER,
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis audit",
	"dualbasis audit 2024 --amend",
	"dualbasis audit -o amendment.pdf -o amendment.xlsx",
	NULL,
};
const struct command command_audit = {
	.name = "audit",
	.summary = "compare filed returns with what is right",
	.operands = "[YEAR]",
	.options = options,
	.details =
		"Recomputes every year from the first exercise on, sets what `filed` "
		"entered beside it, names each mistake that the lines show, and prices "
		"it: what a correction changes in that year's tax and in the credit and "
		"tax of later years. A mistake is priced by putting it, alone, into the "
		"right chain; where several meet in a year their prices need not add up "
		"to the correction of the year, which is shown beside them.\n\n"
		"It says until when each year can be claimed, warns when less than "
		"twelve months are left, and says so when a correction is worth nothing. "
		"A year filed on a day that nobody entered is taken as filed on its due "
		"date. Exit code 1 when anything is found.",
	.more = mistakes,
	.examples = examples,
	.run = run,
};

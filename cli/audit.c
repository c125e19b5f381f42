/* `audit`: filed returns against what is right. */
#include <string.h>
#include <time.h>

#include "cli/home.h"
#include "export/audit.h"

/* The day to count from: --on DATE, else today's date in UTC. */
static bool today(const struct call *call, struct day *day, struct fail *why)
{
	const char *const on = call_value(call, "on");

	if (on != NULL) {
		if (day_parse_iso(on, strlen(on), day, why))
			return true;
		why->kind = FAIL_USAGE;
		return fail_in(why, "--on");
	}
	*day = (struct day){ (int32_t)(time(NULL) / 86400) };
	return true;
}

static void finding_json(struct json *json, const struct finding *it)
{
	json_object(json, NULL);
	json_text(json, "code", it->code);
	json_count(json, "year", it->year);
	json_text(json, "line", it->line);
	if (it->filed_known)
		json_money(json, "filed", it->filed);
	else
		json_null(json, "filed");
	json_money(json, "computed", it->computed);
	json_money(json, "tax_effect", it->tax_effect);
	json_money(json, "credit_effect", it->credit_effect);
	json_day(json, "claim_by", it->window.claim_by);
	json_day(json, "safe_by", it->window.safe_by);
	json_bool(json, "open", it->open);
	json_bool(json, "filing_day_assumed", it->filing_assumed);
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

static void amount_or_null(
	struct json *json, const char *key, bool known, struct money amount)
{
	if (known)
		json_money(json, key, amount);
	else
		json_null(json, key);
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
	json_array(&answer.json, "contradictions");
	for (size_t i = 0; i < audit->years; i++)
		for (const char *const *said = audit->year[i].contradictions;
			*said != NULL; said++)
			json_text(&answer.json, NULL, *said);
	json_close(&answer.json);
	json_array(&answer.json, "amendments");
	for (size_t i = 0; i < count; i++)
		amendment_json(&answer.json, &amendments[i]);
	json_close(&answer.json);
	answer_close(&answer);
}

static bool audit_answer(
	struct call *call, const struct home *home, int only, struct fail *why)
{
	struct audit_of of = {
		.law = home->law,
		.facts = &home->facts,
		.lots = &home->lots,
		.chain = &home->chain,
		.options = { .cents = call_has(call, "cents"),
			.schedule = call_has(call, "schedule") },
	};
	struct audit audit;
	struct amendment *amendments;
	size_t count;

	if (!today(call, &of.today, why) ||
		!audit_run(&of, only, &audit, call->pool, why))
		return false;
	amend_years(&of, &audit, &amendments, &count, call->pool);
	call->findings = audit.findings > 0;
	if (call->json) {
		answer_json(&audit, amendments, count);
		return true;
	}
	struct report report;

	report_init(&report, call->pool, "Audit");
	report_audit(&report, &audit);
	if (call_has(call, "amend"))
		report_amendments(&report, amendments, count);
	print_report(call, &report);
	if (count > 0 && !call_has(call, "amend"))
		print_next(call, "dualbasis audit --amend",
			"shows the figures for Form 1040-X");
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

static const struct option_words options[] = {
	{ .name = "amend",
		.what = "with the figures of Form 1040-X for each year that changes" },
	{ .name = "on",
		.value = "DATE",
		.what = "count deadlines from this day, not from today" },
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis audit",
	"dualbasis audit 2024 --amend",
	"dualbasis audit --json",
	NULL,
};
const struct command command_audit = {
	.name = "audit",
	.summary = "compare filed returns with what is right",
	.operands = "[YEAR]",
	.options = options,
	.details =
		"Recomputes every year from the first exercise on, sets what `filed` "
		"entered "
		"beside "
		"it, names each mistake that the lines show, and prices it: what a "
		"correction "
		"changes "
		"in that year's tax and in the credit and tax of later years. A mistake "
		"is "
		"priced by "
		"putting it, alone, into the right chain; where several meet in a year "
		"their "
		"prices "
		"need not add up to the difference of the year, which is shown beside "
		"them.\n\n"
		"It says until when each year can be claimed, warns when less than "
		"twelve "
		"months are "
		"left, and says so when a correction is worth nothing. Exit code 1 when "
		"anything is "
		"found.",
	.examples = examples,
	.run = run,
};

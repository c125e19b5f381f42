/* `form`: a form as its lines are printed. */
#include <string.h>

#include "cli/home.h"
#include "export/data.h"

/* Form 8949 has rows, not lines: it is what `sales` shows. */
static bool is_f8949(const char *form)
{
	return strcmp(form + (*form == 'f'), "8949") == 0;
}

static bool answer_json(const struct call *call, const struct home *home, int year,
	const char *form, struct fail *why)
{
	struct answer answer;
	bool done = true;

	answer_open(&answer);
	if (is_f8949(form)) {
		json_count(&answer.json, "year", year);
		data_f8949_totals(&answer.json, &home->household, year, call->pool);
		data_sales(&answer.json, &home->household, year, call->pool);
	} else {
		done = data_form(
			&answer.json, &home->household, year, form, call->pool, why);
	}
	if (done)
		answer_close(&answer);
	else
		answer_drop(&answer);
	return done;
}

static bool answer_text(const struct call *call, const struct home *home, int year,
	const char *form, struct fail *why)
{
	struct report report;

	report_init(&report, call->pool, "");
	if (is_f8949(form))
		report_sales(&report, &home->household, year);
	else if (!report_form(&report, &home->household, year, form, why))
		return false;
	print_report(call, &report);
	return true;
}

/* Names that have a meaning, but no lines of their own here: where it is shown. */
static bool is_elsewhere(const char *form, struct fail *why)
{
	static const struct {
		const char *form, *hint;
	} elsewhere[] = {
		{ "1040x", "dualbasis audit --amend shows its figures" },
		{ "8949@amt", "form 8949 shows the rows of both books" },
	};

	for (size_t i = 0; i < COUNT(elsewhere); i++) {
		if (strcmp(form + (*form == 'f'), elsewhere[i].form) != 0)
			continue;
		fail_set(why, FAIL_USAGE, "\"%s\" is not shown line by line", form);
		fail_hint(why, "%s", elsewhere[i].hint);
		return true;
	}
	return false;
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	const char *form = NULL;
	int year = 0;

	if (!call_operands(call, 1, 2, why) ||
		!home_open(&home, call, STORE_READ, HOME_CHAIN, why))
		return false;
	bool done = home_year(&home, call, &year, &form, why);

	if (done && !form)
		done = fail_set(
			why, FAIL_USAGE, "which form of %d? 6251, for example", year);
	if (done && is_elsewhere(form, why))
		done = false;
	if (done && !is_f8949(form))
		done = home_computes(&home, year, why);
	if (done)
		done = call->json ? answer_json(call, &home, year, form, why)
				  : answer_text(call, &home, year, form, why);
	home_close(&home);
	return done;
}

static const struct option_words options[] = {
	OPTION_OWNER,
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis form 6251 2025",
	"dualbasis form schedule_d@amt 2025",
	"dualbasis form 8949 2025",
	"dualbasis form 1040 2025 --cents",
	NULL,
};
const struct command command_form = {
	.name = "form",
	.summary = "one form of a year, line by line",
	.operands = "FORM [YEAR]",
	.options = options,
	.details = "Computes the return of the year, after those of the years before it, "
		   "and "
		   "prints one of its forms: 1040, schedule_d, 8949, 6251, 8801, 8959 or "
		   "8960. "
		   "@amt names the copy that is refigured for the AMT. Without a year it "
		   "is the "
		   "last one that has a filing status.\n\n"
		   "Lines are rounded to whole dollars, as on the form, unless --cents "
		   "is given. "
		   "These are worksheets to prepare a return with, not filed forms.",
	.examples = examples,
	.run = run,
};

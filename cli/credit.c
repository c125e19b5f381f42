/* `credit`: the minimum tax credit over the years. */
#include "cli/home.h"
#include "export/data.h"

static bool answer_json(
	const struct call *call, const struct home *home, struct fail *why)
{
	struct answer answer;

	answer_open(&answer);
	if (!data_credit(&answer.json, &home->household, call->pool, why)) {
		answer_drop(&answer);
		return false;
	}
	answer_close(&answer);
	return true;
}

static bool answer_text(
	const struct call *call, const struct home *home, struct fail *why)
{
	struct report report;

	report_init(&report, call->pool, "Credit log");
	if (!report_credit(&report, &home->household, why))
		return false;
	print_report(call, &report);
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;

	if (!call_operands(call, 0, 0, why) ||
		!home_open(&home, call, STORE_READ, HOME_CHAIN, why))
		return false;
	const bool done = call->json ? answer_json(call, &home, why)
				     : answer_text(call, &home, why);

	home_close(&home);
	return done;
}

static const struct option_words options[] = {
	OPTION_OWNER,
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};
static const char *const examples[] = { "dualbasis credit",
	"dualbasis credit --owner ann", NULL };
const struct command command_credit = {
	.name = "credit",
	.summary = "the minimum tax credit, year by year",
	.operands = "",
	.options = options,
	.details = "Lists for each year the credit that was generated, the line 18 "
		   "adjustment, "
		   "what was used and what is left, tied to Form 8801 line 26, and the "
		   "AMT basis "
		   "over the regular basis of the shares still held. Where there are "
		   "two owners it tells whose returns they are, and whose the credit is "
		   "that a joint one leaves.",
	.examples = examples,
	.run = run,
};

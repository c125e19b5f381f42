/* `plan`: years that have not happened yet. */
#include "cli/plan.h"

#include <string.h>

static const struct option_words room_options[] = {
	OPTION_OWNER,
	{ .name = "price",
		.value = "DOLLARS",
		.what = "fair market value of a share at exercise" },
	{ .name = "grant", .value = "ID", .what = "of this grant alone" },
	{ .name = "symbol", .value = "SYMBOL", .what = "of this company's grants" },
	{ .name = "strike",
		.value = "DOLLARS",
		.what = "a grant that is not recorded, at this strike" },
	{ .name = "shares", .value = "SHARES", .what = "how many of it there are" },
	{ .name = "margin",
		.value = "PERCENT",
		.what = "of the room, kept as a margin; 5 if not given" },
	{ .name = "cents", .what = "keep cents on every line as printed" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};

static const struct option_words exercise_options[] = {
	OPTION_OWNER,
	{ .name = "shares",
		.value = "SHARES",
		.what = "how many are exercised",
		.required = true },
	{ .name = "price",
		.value = "DOLLARS",
		.what = "fair market value of a share at exercise",
		.required = true },
	{ .name = "grant", .value = "ID", .what = "of this grant" },
	{ .name = "symbol", .value = "SYMBOL", .what = "of this company's grant" },
	{ .name = "strike",
		.value = "DOLLARS",
		.what = "of a grant that is not recorded, at this strike" },
	{ .name = "date",
		.value = "DATE",
		.what = "the day of it, to count those left of the year" },
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};

static const struct topic *topics(struct pool *pool)
{
	static const struct topic list[] = {
		{ .name = "room",
			.what = "how much can be exercised in a year without AMT",
			.options = room_options,
			.operands = "YEAR [NAME=VALUE...]" },
		{ .name = "exercise",
			.what = "what an exercise does to the year's tax, and its credit",
			.options = exercise_options,
			.operands = "YEAR [NAME=VALUE...]" },
		{ 0 },
	};

	(void)pool;
	return list;
}

static bool run(struct call *call, struct fail *why)
{
	if (!call_operands(call, 1, SIZE_MAX, why))
		return false;
	return strcmp(call->topic->name, "room") == 0 ? plan_run_room(call, why)
						      : plan_run_exercise(call, why);
}

static const char *const examples[] = {
	"dualbasis plan room 2026",
	"dualbasis plan room 2026 --price 91 --grant G1",
	"dualbasis plan room 2026 wages=310000 --price 91 --margin 0",
	"dualbasis plan room 2026 status=single wages=150000 --strike 1 --price 25",
	"dualbasis plan exercise 2026 --grant G1 --shares 4000 --price 91",
	NULL,
};
const struct command command_plan = {
	.name = "plan",
	.summary = "years ahead: what can be exercised without AMT, and what more costs",
	.operands = "room|exercise YEAR [NAME=VALUE...]",
	.details =
		"Computes the year's return as its facts have it, and again with more on "
		"line 2i of Form 6251, until AMT begins. The room is the spread (value "
		"less strike, times shares) that can still be added with the AMT at "
		"zero; "
		"exercises of the year that the ledger knows are counted already.\n\n"
		"With --price the room is told in shares of the ISO grants that have "
		"some "
		"left, less a margin, since prices and incomes move. --strike describes "
		"a grant that the ledger does not know.\n\n"
		"plan exercise sets the year with an exercise beside the year without "
		"it, "
		"line by line: what it costs, how much of that is AMT, how much of the "
		"AMT "
		"becomes credit, and the same at prices somewhat lower and higher.\n\n"
		"NAME=VALUE gives a figure for this plan alone, in place of what the "
		"ledger says; names are those of `fact`. Where a status is given, no "
		"ledger is needed. Nothing is written.\n\n"
		"The room is where the tax itself begins, to the cent; where the form's "
		"rounding to dollars hides the first cents of it, that is told beside "
		"it. A year whose forms are not final says so, and of a year whose "
		"figures of the law are not known nothing is computed.",
	.examples = examples,
	.topics = topics,
	.run = run,
};

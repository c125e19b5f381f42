/* `plan room`: how much can be exercised in a year without AMT. */
#include <string.h>

#include "cli/plan.h"
#include "export/plan.h"

/* "5", "5%", "2.5": hundredths of a percent. */
static bool margin_option(const struct call *call, int *margin, struct fail *why)
{
	const char *const said = call_value(call, "margin");
	int64_t parts = 500;

	if (said != NULL) {
		const size_t length = strlen(said);
		const bool sign = length > 0 && said[length - 1] == '%';

		if (!decimal_parse(said, length - sign, 2, &parts, why))
			return plan_bad_option("margin", why);
	}
	if (parts < 0 || parts > 10000) {
		fail_set(why, FAIL_USAGE, "\"%s\" is not a percentage of 0 to 100",
			CUT(said, 40));
		return plan_bad_option("margin", why);
	}
	*margin = (int)parts;
	return true;
}

/* Options that mean nothing without another. */
static bool options_agree(const struct call *call, struct fail *why)
{
	static const struct {
		const char *option, *needs;
	} pairs[] = {
		{ "strike", "price" },
		{ "shares", "strike" },
		{ "margin", "price" },
	};

	for (size_t i = 0; i < COUNT(pairs); i++)
		if (call_has(call, pairs[i].option) && !call_has(call, pairs[i].needs))
			return fail_set(why, FAIL_USAGE, "--%s needs --%s",
				pairs[i].option, pairs[i].needs);
	return true;
}

static void fit(struct room_answer *answer)
{
	if (!answer->priced) {
		answer->no_shares = answer->grants > 0
			? "no price is given, --price DOLLARS"
			: "no grant and no price are given, --strike DOLLARS --price "
			  "DOLLARS";
		return;
	}
	if (answer->grants == 0) {
		answer->no_shares =
			"no ISO grant with shares left is recorded (dualbasis record "
			"grant), and none is described, --strike DOLLARS";
		return;
	}
	plan_fit(&answer->room, answer->price, answer->margin, answer->grant,
		answer->grants, &answer->fit);
	answer->fitted = true;
	if (answer->grant[0].endless && answer->fit.bound == PLAN_BY_NO_SPREAD)
		answer->no_shares = "the price is no more than the strike: any number of "
				    "shares adds nothing to AMT income";
	else if (answer->grant[0].endless && answer->fit.bound == PLAN_BY_NOTHING)
		answer->no_shares = "no number of shares makes AMT";
}

static bool answer_fill(
	struct planning *work, struct room_answer *answer, struct fail *why)
{
	if (!plan_find_grants(work, why) || !plan_room(work->its, &answer->room, why))
		return false;
	answer->household = &work->home.household;
	answer->its = work->its;
	answer->priced = call_has(work->call, "price");
	answer->price = work->price;
	answer->grant = work->grant;
	answer->grants = work->grants;
	fit(answer);
	return plan_rows(answer->its, &answer->room, answer->price, answer->grant,
		answer->grants,
		answer->fitted && answer->no_shares == NULL ? &answer->fit : NULL,
		answer->row, &answer->rows, why);
}

static void answer_print(const struct call *call, const struct room_answer *room)
{
	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		data_room(&answer.json, room, call->pool);
		answer_close(&answer);
		return;
	}
	struct report report;

	report_init(&report, call->pool, "Plan");
	report_room(&report, room);
	print_report(call, &report);
}

bool plan_run_room(struct call *call, struct fail *why)
{
	struct planning work;
	struct room_answer answer = { 0 };

	if (!options_agree(call, why) || !margin_option(call, &answer.margin, why) ||
		!plan_open(&work, call, why))
		return false;
	const bool done = answer_fill(&work, &answer, why);

	if (done)
		answer_print(call, &answer);
	home_close(&work.home);
	return done;
}

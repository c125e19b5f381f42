/* `plan exercise`: what one exercise does to a year. */
#include <string.h>

#include "cli/plan.h"
#include "export/plan.h"

static const int percents[EXERCISE_PRICES] = { -10, -5, 0, 5, 10 };

/* The one grant that is meant. */
static bool one_grant(struct planning *work, struct fail *why)
{
	struct text list = TEXT_EMPTY;

	if (!plan_find_grants(work, why))
		return false;
	if (work->grants == 1)
		return true;
	if (work->grants == 0) {
		fail_set(why, FAIL_USAGE,
			"no ISO grant with shares left in %d is recorded", work->year);
		return plan_hint_grant(why);
	}
	for (size_t i = 0; i < work->grants; i++)
		text_addf(&list, "%s%s", i > 0 ? ", " : "",
			plan_grant_id(work, &work->grant[i]));
	fail_set(why, FAIL_USAGE, "several grants are open: which one?");
	fail_hint(why, "--grant ID, one of %s", list.at);
	text_release(&list);
	return false;
}

static bool enough(const struct plan_grant *grant, struct shares shares, struct fail *why)
{
	char left[MONEY_TEXT], asked[MONEY_TEXT];

	if (grant->option == NULL || shares.e8 <= grant->left.e8)
		return true;
	fail_set(why, FAIL_USAGE, "the grant has %s shares left that are ISOs, not %s",
		shares_plain(grant->left, left), shares_plain(shares, asked));
	return fail_hint(why, "say --shares %s, or describe a grant with --strike", left);
}

static bool worth_fits(struct price price, struct shares shares, struct fail *why)
{
	return (price_fits(price, shares.e8) &&
		       price_times(price, shares).cents <= PLAN_SPREAD_MOST) ||
		fail_set(why, FAIL_USAGE,
			"the shares are worth more than can be asked about (want at most "
			"ten billion dollars)");
}

static bool at_prices(
	struct planning *work, struct exercise_answer *answer, struct fail *why)
{
	for (size_t i = 0; i < EXERCISE_PRICES; i++) {
		struct exercise_at *const at = &answer->at[i];

		at->percent = percents[i];
		at->price.e8 = divide_half_away(
			(int128)answer->price.e8 * (100 + percents[i]), 100);
		if (!plan_exercise(work->its,
			    plan_spread(answer->grant, at->price, answer->shares),
			    &at->exercise, why))
			return false;
		if (percents[i] == 0)
			answer->exercise = at->exercise;
	}
	return true;
}

static bool answer_fill(
	struct planning *work, struct exercise_answer *answer, struct fail *why)
{
	if (!one_grant(work, why) || !enough(work->grant, answer->shares, why) ||
		!worth_fits(work->price, answer->shares, why))
		return false;
	answer->household = &work->home.household;
	answer->its = work->its;
	answer->grant = work->grant;
	answer->price = work->price;
	return at_prices(work, answer, why);
}

static bool day_option(const struct call *call, struct day *day, struct fail *why)
{
	const char *const said = call_value(call, "date");

	*day = DAY_NONE;
	return said == NULL || day_parse_iso(said, strlen(said), day, why) ||
		plan_bad_option("date", why);
}

static bool day_fits(const struct planning *work, struct day day, struct fail *why)
{
	if (!day_known(day) || day_year(day) == work->year)
		return true;
	fail_set(why, FAIL_USAGE, "want a day of %d", work->year);
	return plan_bad_option("date", why);
}

static void answer_print(const struct call *call, const struct exercise_answer *exercise)
{
	if (call->json) {
		struct answer answer;

		answer_open(&answer);
		data_exercise(&answer.json, exercise, call->pool);
		answer_close(&answer);
		return;
	}
	struct report report;

	report_init(&report, call->pool, "Plan");
	report_exercise(&report, exercise);
	print_report(call, &report);
}

bool plan_run_exercise(struct call *call, struct fail *why)
{
	static const char *const needed[] = { "shares", "price" };
	struct planning work;
	struct exercise_answer answer = { 0 };

	for (size_t i = 0; i < COUNT(needed); i++)
		if (!call_has(call, needed[i])) {
			fail_set(why, FAIL_USAGE, "plan exercise needs --%s", needed[i]);
			return fail_hint(why, "dualbasis help plan exercise");
		}
	if (!plan_shares_option(call, &answer.shares, why) ||
		!day_option(call, &answer.day, why) || !plan_open(&work, call, why))
		return false;
	const bool done =
		day_fits(&work, answer.day, why) && answer_fill(&work, &answer, why);

	if (done)
		answer_print(call, &answer);
	home_close(&work.home);
	return done;
}

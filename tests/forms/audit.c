/*
 * The audit: households of tests/forms/audit with one mistake each, their near misses, and many
 * right ones.
 */
#include "tests/forms/random_household.h"

/* The findings are exactly those that the lines expect, in order. */
static void expect(const struct household *house, const char *const *lines)
{
	size_t at = 0;
	bool right = true;

	for (; *lines != NULL; lines++) {
		char code[60];
		int year;
		long tax, credit;

		if (strncmp(*lines, "find ", 5) != 0)
			continue;
		cr_assert(sscanf(*lines, "find %d %59s %ld %ld", &year, code, &tax,
				  &credit) == 4,
			"%s: %s", house->name, *lines);
		const struct finding *const it = &house->audit.finding[at];

		right = right && at < house->audit.findings && it->year == year &&
			strcmp(it->code, code) == 0 &&
			it->tax_effect.cents == tax * 100 &&
			it->credit_effect.cents == credit * 100;
		cr_expect(right, "%s: wanted %s", house->name, *lines);
		at++;
	}
	right = right && at == house->audit.findings;
	cr_expect(eq(sz, house->audit.findings, at), "%s: findings", house->name);
	if (!right)
		findings_show(house);
}

static bool says(const struct filed_case *it, const char *first, const char *code)
{
	for (size_t i = 0; i < it->lines; i++) {
		char word[60] = "", year[60] = "", named[60] = "";
		const int words =
			sscanf(it->line[i], "%59s %59s %59s", word, year, named);

		if (words >= 2 && strcmp(word, first) == 0 &&
			strcmp(strcmp(first, "near") == 0 ? year : named, code) == 0)
			return true;
	}
	return false;
}

Test(audit, each_mistake_is_found_and_priced_and_no_other)
{
	struct law *const law = case_law();
	struct filed_cases cases = filed_cases_read("tests/forms/audit/*.case");
	size_t households = 0;

	for (size_t i = 0; i < cases.count; i++) {
		if (cases.at[i].story)
			continue;
		struct household *const house =
			household(law, cases.at[i].name, cases.at[i].line);

		expect(house, cases.at[i].line);
		household_free(house);
		households++;
	}
	cr_expect(households > 50, "%zu households", households);
	filed_cases_free(&cases);
	law_free(law);
}

/* The files hold at least one household that makes each mistake, and one that nearly does. */
Test(audit, each_mistake_has_a_household_and_a_near_miss)
{
	struct filed_cases cases = filed_cases_read("tests/forms/audit/*.case");

	for (const struct detector *it = detectors; it->code != NULL; it++) {
		size_t made = 0, near_misses = 0;

		for (size_t i = 0; i < cases.count; i++) {
			made += says(&cases.at[i], "find", it->code);
			near_misses += says(&cases.at[i], "near", it->code);
			cr_expect(not(says(&cases.at[i], "find", it->code) &&
					  says(&cases.at[i], "near", it->code)),
				"%s: both %s and near it", cases.at[i].name, it->code);
		}
		cr_expect(made > 0, "%s: no household", it->code);
		cr_expect(near_misses > 0, "%s: no near miss", it->code);
	}
	filed_cases_free(&cases);
}

/* The thirty mistakes that cost people most, by number, with what finds each. */
static const char *const thirty[30][3] = {
	{ "amt_basis_missed" },
	{ "credit_not_claimed" },
	{ "barred_credit_kept", "unclaimed_credit_kept" },
	{ "regular_basis_raised" },
	{ "disqualifying_called_qualifying" },
	{ "amt_reversal_missed" },
	{ "deduction_not_added_back" },
	{ "negative_line_18_dropped" },
	{ "amt_loss_not_limited" },
	{ "amt_carryover_dropped" },
	{ "unsupported_software" },
	{ "credit_not_carried_in", "last_year_not_carried_in" },
	{ "state_amt_unexamined" },
	{ "exclusion_tax_misplaced" },
	{ "compensation_twice_in_wages", "basis_not_raised" },
	{ "loss_sale_full_spread" },
	{ "rescue_sale_washed" },
	{ "wash_sale_missed" },
	{ "amt_wash_ignored" },
	{ "election_without_effect", "exercise_not_reported" },
	{ "unvested_at_exercise_value" },
	{ "anniversary_sale" },
	{ "limit_excess_as_iso" },
	{ "late_exercise_as_iso" },
	{ "credit_of_other_spouse" },
	{ "estimated_tax_short" },
	{ "spread_not_by_form_3921" },
	{ "flat_rate" },
	{ "gift_of_immature_shares" },
	{ "state_move_unexamined" },
};

Test(audit, each_of_the_thirty_mistakes_has_a_detector)
{
	for (size_t i = 0; i < COUNT(thirty); i++)
		for (size_t k = 0; k < COUNT(thirty[i]) && thirty[i][k] != NULL; k++) {
			bool found = false;

			for (const struct detector *it = detectors; it->code != NULL;
				it++)
				found = found || strcmp(it->code, thirty[i][k]) == 0;
			cr_expect(found, "%zu: %s", i + 1, thirty[i][k]);
		}
}

#define LINES(...)                                                                       \
	(const char *const[])                                                            \
	{                                                                                \
		__VA_ARGS__, NULL                                                        \
	}

/* Shares exercised in 2021 and sold, qualifying, in 2024; a credit brought along. */
#define QUALIFYING                                                                       \
	"record exercise symbol=ACME grant-date=2019-01-02 date=2021-03-01 shares=1000 " \
	"strike=10 fmv=50",                                                              \
		"record sale symbol=ACME date=2024-06-03 shares=1000 price=70",          \
		"fact 2024 status=mfj wages=300000 credit_carryforward=60000"

#define ONE_SCHEDULE_D "schedule_d@amt.7=0 schedule_d@amt.15=60000 f6251.2k=0"

/* C-16: the year is barred, the credit is used up all the same, and the next year shows it. */
Test(audit, a_barred_year_still_uses_up_the_credit)
{
	static const char *const lines[] = {
		"record exercise symbol=ACME grant-date=2017-01-02 date=2018-03-01 "
		"shares=1000 strike=10 fmv=50",
		"record sale symbol=ACME date=2020-06-03 shares=1000 price=70",
		"fact 2020 status=mfj wages=300000 credit_carryforward=60000",
		"fact 2021 status=mfj wages=100000",
		"wrong 2020 " ONE_SCHEDULE_D,
		"wrong 2021",
		"filed 2020 filed_on=2021-04-10",
		NULL,
	};
	struct law *const law = case_law();
	struct household *const house = household(law, "C-16", lines);
	const struct audit *const audit = &house->audit;

	cr_assert(eq(sz, audit->findings, 2));
	const struct finding *const missed = &audit->finding[0];
	const struct finding *const kept = &audit->finding[1];

	cr_expect(strcmp(missed->code, "amt_basis_missed") == 0);
	cr_expect(not(missed->open));
	cr_expect(strcmp(kept->code, "barred_credit_kept") == 0);
	cr_expect(eq(int, kept->year, 2021));
	cr_expect(eq(i64, kept->filed.cents - kept->computed.cents,
		-missed->credit_effect.cents));
	household_free(house);
	law_free(law);
}

/* The day itself is open, the day after is not. */
Test(audit, the_last_day_is_open_and_the_next_is_not)
{
	static const struct {
		const char *today;
		bool open;
	} days[] = {
		{ "today 2028-04-18", true },
		{ "today 2028-04-19", false },
	};
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(days); i++) {
		struct household *const house = household(law, days[i].today,
			LINES(QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D,
				"filed 2024 filed_on=2025-04-15", days[i].today));

		cr_assert(eq(sz, house->audit.findings, 1));
		cr_expect(eq(int, house->audit.finding[0].open, days[i].open));
		household_free(house);
	}
	law_free(law);
}

#define EXERCISE                                                                         \
	"record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "             \
	"shares=10000 strike=1 fmv=31",                                                  \
		"fact 2022 status=mfj wages=250000",                                     \
		"fact 2023 status=mfj wages=400000", "fact 2024 status=mfj wages=400000"

Test(audit, what_a_correction_changes_later_is_told_by_year)
{
	struct law *const law = case_law();
	struct household *const house =
		household(law, "later", LINES(EXERCISE, "wrong 2022 f6251.2i=0"));
	const struct finding *const it = &house->audit.finding[0];

	cr_assert(eq(sz, house->audit.findings, 1));
	cr_assert(eq(sz, it->later_count, 2));
	/* The AMT of 75,355 comes back: 4,634 in 2023, 5,053 in 2024. */
	cr_expect(eq(i64, it->tax_effect.cents, 7535500));
	cr_expect(eq(i64, it->later[0].tax.cents, -463400));
	cr_expect(eq(i64, it->later[0].credit.cents, 7535500 - 463400));
	cr_expect(eq(i64, it->later[1].tax.cents, -505300));
	cr_expect(eq(i64, it->later[1].credit.cents, 7535500 - 463400 - 505300));
	household_free(house);
	law_free(law);
}

/* A later year whose own return carried in the right amount has nothing to correct by it. */
Test(audit, a_mistake_that_did_not_go_on_changes_no_later_year)
{
	struct law *const law = case_law();
	struct household *const house = household(law, "not on",
		LINES(EXERCISE, "wrong 2022 f6251.2i=0", "filed 2023 f8801.18=75355"));

	cr_assert(eq(sz, house->audit.findings, 1));
	cr_expect(eq(sz, house->audit.finding[0].later_count, 0));
	household_free(house);
	law_free(law);
}

Test(audit, lines_that_contradict_each_other_are_pointed_out)
{
	struct law *const law = case_law();
	struct household *const house = household(law, "contradiction",
		LINES(EXERCISE, "right 2022",
			"filed 2022 f6251.4=540000 schedule_d.16=5 schedule_d.7=0 "
			"schedule_d.15=0"));
	const char *const *const said = house->audit.year[0].contradictions;

	cr_assert(said[0] != NULL && said[1] != NULL);
	cr_expect(strcmp(said[0],
			  "2022: line f6251.4 as filed is 540,000, but the lines that "
			  "make it come to 550,000: correct it, or enter the lines that "
			  "are missing") == 0,
		"%s", said[0]);
	/* Line 6 no longer follows from line 4. */
	cr_expect(strstr(said[1], "f6251.6") != NULL, "%s", said[1]);
	household_free(house);
	law_free(law);
}

Test(audit, a_line_of_a_form_that_was_not_filed_is_pointed_out)
{
	struct law *const law = case_law();
	struct household *const house = household(law, "contradiction",
		LINES(EXERCISE, "filed 2023 not_filed=8801 f8801.25=9"));
	const char *const *const said = house->audit.year[0].contradictions;

	cr_assert(said[0] != NULL);
	cr_expect(strstr(said[0], "f8801.25") != NULL &&
			strstr(said[0], "not filed") != NULL,
		"%s", said[0]);
	household_free(house);
	law_free(law);
}

/* Filed right: every line; or, where nothing comes of them, without Forms 6251 and 8801. */
static void file_right(struct household *house, struct random_household *random)
{
	replay(house);
	for (int year = house->chain.first; year <= house->chain.last; year++) {
		const struct tax_return *const its =
			house->chain.year[year - house->chain.first];
		char line[80];

		if (chance(random, 2) == 0 || line_of(its, "f6251.11").cents != 0 ||
			line_of(its, "f8801.21").cents != 0 ||
			line_of(its, "f8801.25").cents != 0) {
			snprintf(line, sizeof line, "right %d", year);
		} else {
			snprintf(line, sizeof line,
				"filed %d not_filed=6251 not_filed=8801 "
				"f1040.total_tax=%lld",
				year,
				(long long)line_of(its, "f1040.total_tax").cents / 100);
		}
		household_line(house, line);
	}
}

Test(audit, two_hundred_households_that_filed_right_have_no_findings)
{
	struct law *const law = case_law();

	struct random_household random = { .seed = 20260415 };

	for (int i = 0; i < 200; i++) {
		struct amendment *years;
		size_t count;
		struct fail why;

		random_facts(&random);
		struct household *const house =
			household_begin(law, "random", random.line);

		file_right(house, &random);
		if (!household_audit(house, &why))
			cr_fatal("household %d: %s", i, why.message);
		if (house->audit.findings > 0)
			findings_show(house);
		cr_assert(eq(sz, house->audit.findings, 0), "household %d", i);
		for (size_t y = 0; y < house->audit.years; y++)
			cr_assert(house->audit.year[y].contradictions[0] == NULL, "%s",
				house->audit.year[y].contradictions[0]);
		amend_years(&house->of, &house->audit, &years, &count, &house->pool);
		cr_assert(eq(sz, count, 0));
		household_free(house);
	}
	law_free(law);
}

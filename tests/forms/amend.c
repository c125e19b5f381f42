/* Form 1040-X: its columns, and the words that go with them. */
#include "tests/forms/filed_case.h"

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

struct amended {
	struct law *law;
	struct household *house;
	struct amendment *year;
	size_t count;
};

static struct amended amended(const char *name, const char *const *lines)
{
	struct amended it = { .law = case_law() };

	it.house = household(it.law, name, lines);
	amend_years(
		&it.house->of, &it.house->audit, &it.year, &it.count, &it.house->pool);
	return it;
}

static void amended_free(struct amended *it)
{
	household_free(it->house);
	law_free(it->law);
}

static const struct amend_line *line(const struct amendment *it, const char *number)
{
	for (size_t i = 0; i < it->lines; i++)
		if (strcmp(it->line[i].number, number) == 0)
			return &it->line[i];
	cr_fatal("no line %s", number);
	return NULL;
}

static bool listed(const char *const *list, const char *words)
{
	for (; *list != NULL; list++)
		if (strstr(*list, words) != NULL)
			return true;
	return false;
}

Test(amend, c15_in_three_columns)
{
	struct amended it = amended("C-15",
		LINES(QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D,
			"filed 2024 filed_on=2025-04-15 withheld=70000"));

	cr_assert(eq(sz, it.count, 1));
	const struct amendment *const year = &it.year[0];
	const struct amend_line *const credits = line(year, "7"),
				       *const tax = line(year, "11");

	cr_expect(year->worth_filing);
	cr_expect(eq(i64, credits->original.cents, 773500));
	cr_expect(eq(i64, credits->correct.cents, 1373500));
	cr_expect(eq(i64, credits->change.cents, 600000));
	cr_expect(eq(i64, tax->change.cents, -600000));
	/* What was filed came to an overpayment, which is taken as refunded. */
	cr_expect(
		eq(i64, line(year, "18")->correct.cents, 7000000 - tax->original.cents));
	cr_expect(eq(i64, line(year, "22")->correct.cents, 600000));
	cr_expect(eq(i64, year->cap.cents, 7000000));
	amended_free(&it);
}

/* Paragraphs that name shares, amounts and sections, and the words of a form's reader. */
Test(amend, c15_explained)
{
	static const char wanted[] =
		"The taxpayer sold shares bought by exercising incentive stock options: "
		"1,000 shares of ACME acquired 03/01/2021 and sold 06/03/2024. For the "
		"alternative minimum tax their basis includes the $40,000 that was "
		"income for that tax when the options were exercised (IRC 56(b)(3)), so "
		"that the gain is smaller than for the regular tax. The original return "
		"reported $0 on line 2k of Form 6251. Line 2k, the difference between "
		"Schedule D refigured for the alternative minimum tax and the regular "
		"Schedule D, is ($40,000).\n"
		"\n"
		"With these changes alternative minimum taxable income (Form 6251, line "
		"4) is $320,000 instead of $360,000, the tentative minimum tax (Form "
		"6251, line 9) is $46,342 instead of $52,342, and the credit for prior "
		"year minimum tax (Form 8801, line 25) is $13,735 instead of $7,735. "
		"Total tax decreases from $55,072 to $49,072, by $6,000. The credit "
		"carried to 2025 (Form 8801, line 26) is $46,265.";
	struct amended it =
		amended("C-15", LINES(QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D));

	cr_expect(strcmp(it.year[0].explanation, wanted) == 0, "%s",
		it.year[0].explanation);
	cr_expect(listed(it.year[0].attachments, "Form 6251, corrected"));
	cr_expect(listed(it.year[0].attachments, "Form 8801, corrected"));
	cr_expect(not(listed(it.year[0].attachments, "Form 8949")));
	cr_expect(listed(it.year[0].notes, "the day of filing is not known"));
	amended_free(&it);
}

Test(amend, a_year_filed_right_is_not_amended)
{
	struct amended it = amended("right", LINES(QUALIFYING, "right 2024"));

	cr_expect(eq(sz, it.count, 0));
	amended_free(&it);
}

/* An exercise with AMT, Form 8801 never filed, a sale without line 2k: all of the AMT comes home. */
#define NEVER_FILED                                                                      \
	"record exercise symbol=ACME grant-date=2019-09-09 date=2022-03-14 shares=3000 " \
	"strike=2 fmv=42",                                                               \
		"record sale symbol=ACME date=2024-05-21 shares=2000 price=65.3421",     \
		"fact 2022 status=single wages=185400",                                  \
		"fact 2023 status=single wages=198250",                                  \
		"fact 2024 status=single wages=210900", "right 2022",                    \
		"filed 2023 not_filed=6251 not_filed=8801 f1040.tax=37904 "              \
		"f1040.credits=0 f1040.total_tax=37904",                                 \
		"filed 2024 not_filed=6251 not_filed=8801"

Test(amend, years_follow_each_other)
{
	struct amended it = amended("never filed", LINES(NEVER_FILED));

	cr_assert(eq(sz, it.count, 2));
	const struct amendment *const first = &it.year[0], *const second = &it.year[1];

	cr_expect(eq(int, first->year, 2023));
	cr_expect(first->worth_filing);
	cr_expect(strstr(first->explanation,
			  "Form 8801 was not filed with the original return") != NULL,
		"%s", first->explanation);
	cr_expect(listed(first->attachments,
		"Form 8801, which was not filed with the original return"));
	cr_expect(strstr(second->explanation,
			  "follows from the corrected return for 2023") != NULL,
		"%s", second->explanation);
	/* Nothing is known of the total tax of 2024 as filed: column A stays blank. */
	cr_expect(not(second->tax_known));
	cr_expect(not(line(second, "11")->original_known));
	cr_expect(line(second, "11")->correct_known);
	amended_free(&it);
}

Test(amend, what_a_barred_year_loses_is_said)
{
	struct amended it = amended("barred",
		LINES(NEVER_FILED, "filed 2023 filed_on=2024-04-09", "today 2027-04-16"));

	cr_assert(eq(sz, it.count, 2));
	cr_expect(not(it.year[0].open));
	cr_expect(not(it.year[0].worth_filing));
	cr_expect(listed(it.year[0].notes, "cannot be recovered"));
	cr_expect(strstr(it.year[1].explanation,
			  "takes into account the credit allowable for 2023") != NULL,
		"%s", it.year[1].explanation);
	amended_free(&it);
}

/* Claimed in time by two years from a late payment, no more than that payment comes back. */
Test(amend, the_cap_is_said_where_it_bites)
{
	struct amended it = amended("cap",
		LINES(QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D,
			"filed 2024 filed_on=2025-04-15 withheld=50000 "
			"paid=2000@2027-08-02",
			"today 2028-10-02"));

	cr_assert(eq(sz, it.count, 1));
	cr_expect(it.year[0].worth_filing);
	cr_expect(eq(i64, it.year[0].cap.cents, 200000));
	cr_expect(listed(it.year[0].notes, "of the 6,000 at most 2,000 comes back"));
	amended_free(&it);
}

Test(amend, a_rise_is_said_and_left_to_the_filer)
{
	struct amended it = amended("owed",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "
		      "shares=10000 strike=1 fmv=31",
			"fact 2022 status=mfj wages=250000", "wrong 2022 f6251.2i=0",
			"filed 2022 withheld=60000", "today 2025-01-31"));

	cr_assert(eq(sz, it.count, 1));
	cr_expect(not(it.year[0].worth_filing));
	cr_expect(eq(i64, line(&it.year[0], "20")->correct.cents, 7535500));
	cr_expect(listed(it.year[0].notes, "interest from the due date"));
	amended_free(&it);
}

/* Barred since April 2027, but not what the worthless shares give: that has until 2031. */
Test(amend, worthless_shares_have_seven_years)
{
	struct amended it = amended("worthless",
		LINES("record exercise symbol=ACME grant-date=2019-01-02 date=2021-03-01 "
		      "shares=1000 strike=30 fmv=50",
			"record worthless symbol=ACME date=2023-08-01",
			"fact 2023 status=mfj wages=200000 long_term_gain=50000",
			"wrong 2023 schedule_d.15=50000 schedule_d@amt.15=50000",
			"filed 2023 filed_on=2024-04-10 withheld=40000",
			"today 2031-04-15"));

	cr_assert(eq(sz, it.count, 1));
	cr_expect(it.year[0].worth_filing);
	cr_expect(listed(it.year[0].notes, "until 2031-04-15 (IRC 6511(d)(1))"));
	cr_expect(eq(i64, it.year[0].cap.cents, 4000000));
	amended_free(&it);
	it = amended("worthless, a day late",
		LINES("record exercise symbol=ACME grant-date=2019-01-02 date=2021-03-01 "
		      "shares=1000 strike=30 fmv=50",
			"record worthless symbol=ACME date=2023-08-01",
			"fact 2023 status=mfj wages=200000 long_term_gain=50000",
			"wrong 2023 schedule_d.15=50000 schedule_d@amt.15=50000",
			"filed 2023 filed_on=2024-04-10 withheld=40000",
			"today 2031-04-16"));
	cr_expect(not(it.year[0].worth_filing));
	amended_free(&it);
}

/* The spread that was never taxed: whether the tax counts for the credit is not for us to say. */
Test(amend, amt_never_imposed_is_flagged)
{
	struct amended it = amended("imposed",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "
		      "shares=10000 strike=1 fmv=31",
			"fact 2022 status=mfj wages=250000", "wrong 2022 f6251.2i=0",
			"today 2026-11-24"));

	cr_assert(eq(sz, it.count, 1));
	cr_expect(listed(it.year[0].notes, "never imposed"));
	amended_free(&it);
}

/* ---- worked examples of the law ----------------------------------------------------------- */

static struct money filed_line(struct household *house, int year, const char *id)
{
	struct filed_year filed;
	struct money amount;

	cr_assert(filed_collect(&house->facts, year, &filed, &house->pool));
	cr_assert(filed_amount(&filed, id, &amount), "%s", id);
	return amount;
}

static struct money right_line(const struct household *house, int year, const char *id)
{
	return line_of(house->chain.year[year - house->chain.first], id);
}

/* C-15, R-141, R-150: what its row expects, as filed and corrected. */
Test(amend, example_c15)
{
	static const struct {
		const char *line;
		int64_t filed, right; /* dollars */
	} expected[] = {
		{ "f1040.tax", 60077, 60077 },
		{ "f6251.2k", 0, -40000 },
		{ "f6251.9", 52342, 46342 },
		{ "f8801.21", 60000, 60000 },
		{ "f8801.25", 7735, 13735 },
		{ "f8801.26", 52265, 46265 },
	};
	struct amended it =
		amended("C-15", LINES(QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D));

	for (size_t i = 0; i < COUNT(expected); i++) {
		cr_expect(eq(i64, filed_line(it.house, 2024, expected[i].line).cents,
				  expected[i].filed * 100),
			"%s as filed", expected[i].line);
		cr_expect(eq(i64, right_line(it.house, 2024, expected[i].line).cents,
				  expected[i].right * 100),
			"%s corrected", expected[i].line);
	}
	cr_assert(eq(sz, it.count, 1));
	cr_expect(eq(i64, it.year[0].tax_change.cents, -600000));
	amended_free(&it);
}

/* C-16, R-142, R-146: the same after the deadline: no refund, and the carryforward is the corrected one. */
Test(amend, example_c16)
{
	struct amended it = amended("C-16",
		LINES(QUALIFYING, "fact 2025 status=mfj wages=100000",
			"wrong 2024 " ONE_SCHEDULE_D, "wrong 2025",
			"filed 2024 filed_on=2025-04-10", "today 2028-04-19"));

	cr_assert(eq(sz, it.count, 2));
	cr_expect(not(it.year[0].worth_filing));
	cr_expect(listed(it.year[0].notes, "6,000 cannot be recovered"));
	cr_expect(eq(i64, filed_line(it.house, 2025, "f8801.19").cents, 5226500));
	cr_expect(eq(i64, right_line(it.house, 2025, "f8801.19").cents, 4626500));
	cr_assert(eq(sz, it.house->audit.findings, 2));
	cr_expect(strcmp(it.house->audit.finding[1].code, "barred_credit_kept") == 0);
	amended_free(&it);
}

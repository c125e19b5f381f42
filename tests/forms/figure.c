/* Figures as people write them, and figures against those that stand. */
#include "forms/figure.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

static struct law *law;
static struct names *names;

static void load(void)
{
	struct fail why;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	names = names_new();
}

static void drop(void)
{
	names_free(names);
	law_free(law);
}

TestSuite(figure, .init = load, .fini = drop);

static const struct {
	const char *words, *name, *text;
	int64_t cents;
} good[] = {
	{ "wages=400000", "wages", NULL, 40000000 },
	{ " wages = 400000.5 ", "wages", NULL, 40000050 },
	{ "short_term_gain=-12.34", "short_term_gain", NULL, -1234 },
	{ "wages=1000000000000.00", "wages", NULL, MONEY_LIMIT_CENTS },
	{ "status=mfj", "status", "mfj", 0 },
	{ "deduction=itemized", "deduction", "itemized", 0 },
	{ "compensation_in_wages=all", "compensation_in_wages", "all", 0 },
	{ "compensation_in_wages=7.50", "compensation_in_wages", NULL, 750 },
	{ "form_2555=no", "form_2555", "no", 0 },
	{ "f6251.2k=-65000", "f6251.2k", NULL, -6500000 },
	{ "6251.2k=0", "f6251.2k", NULL, 0 },
	{ "schedule_d@amt.16=1", "schedule_d@amt.16", NULL, 100 },
};

Test(figure, words_become_facts)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		struct fact fact;
		struct fail why;
		const bool done =
			figure_from_words(law, 2024, good[i].words, names, &fact, &why);

		cr_assert(done, "%s: %s", good[i].words, why.message);
		cr_expect(eq(int, fact.kind, FACT_FIGURE));
		cr_expect(eq(int, fact.year, 2024));
		cr_expect(strcmp(names_text(names, fact.name), good[i].name) == 0,
			"%s is %s", good[i].words, names_text(names, fact.name));
		cr_expect(eq(int, fact.amount_known, good[i].text == NULL), "%s",
			good[i].words);
		cr_expect(eq(i64, fact.amount.cents, good[i].cents), "%s", good[i].words);
		if (good[i].text != NULL)
			cr_expect(strcmp(names_text(names, fact.text), good[i].text) == 0,
				"%s", good[i].words);
	}
}

static const struct {
	const char *words;
	int year;
	enum fail_kind kind;
	const char *says; /* in the message or the hint */
} bad[] = {
	{ "wages", 2024, FAIL_USAGE, "NAME=VALUE" },
	{ "=4", 2024, FAIL_USAGE, "NAME=VALUE" },
	{ "wages=", 2024, FAIL_USAGE, "no value" },
	{ "wagse=4", 2024, FAIL_USAGE, "wages" },
	{ "id=4", 2024, FAIL_USAGE, "id" },
	{ "wages=4,000", 2024, FAIL_USAGE, "wages: " },
	{ "wages=4.005", 2024, FAIL_USAGE, "decimals" },
	{ "wages=1000000000000.01", 2024, FAIL_USAGE, "too large" },
	{ "wages=0x10", 2024, FAIL_USAGE, "not a number" },
	{ "status=married", 2024, FAIL_USAGE, "mfj" },
	{ "deduction=big", 2024, FAIL_USAGE, "itemized" },
	{ "deduction=1", 2024, FAIL_USAGE, "itemized" },
	{ "form_2555=perhaps", 2024, FAIL_USAGE, "yes nor no" },
	/* Form 6251, line 2i: "the excess, if any"; a carryover is what Schedule D subtracts. */
	{ "iso_spread=-1", 2024, FAIL_USAGE, "below zero" },
	{ "amt_short_term_carryover=-0.01", 2024, FAIL_USAGE, "below zero" },
	{ "wages=-5", 2024, FAIL_USAGE, "write 5.00 if that is meant" },
	{ "compensation_in_wages=-5", 2024, FAIL_USAGE, "below zero" },
	{ "f6251.2z=1", 2024, FAIL_USAGE, "2z" },
	{ "f6251.1b=1", 2024, FAIL_USAGE, "1b" },
	{ "f6251.2k=all", 2024, FAIL_USAGE, "f6251.2k: " },
	{ "wages=1", 2017, FAIL_NOT_MODELLED, "2018" },
	{ "wages=1", 2027, FAIL_NOT_MODELLED, "2026" },
};

Test(figure, wrong_words_say_what_is_wanted)
{
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct fact fact;
		struct fail why = { 0 };
		const bool done = figure_from_words(
			law, bad[i].year, bad[i].words, names, &fact, &why);

		cr_assert(not(done), "%s", bad[i].words);
		cr_expect(eq(int, why.kind, bad[i].kind), "%s: %s", bad[i].words,
			why.message);
		cr_expect(strstr(why.message, bad[i].says) != NULL ||
				strstr(why.hint, bad[i].says) != NULL,
			"%s: %s (%s)", bad[i].words, why.message, why.hint);
	}
}

static struct fact fact_of(const char *words, bool filed)
{
	struct fact fact;
	struct fail why;
	const bool done = filed ? filed_from_words(law, 2024, words, names, &fact, &why)
				: figure_from_words(law, 2024, words, names, &fact, &why);

	cr_assert(done, "%s: %s", words, why.message);
	return fact;
}

Test(figure, filed_words_have_days_and_payments)
{
	const struct fact on = fact_of("filed_on=2025-04-10", true);
	const struct fact line = fact_of("6251.11=1200", true);
	const struct fact paid = fact_of("paid=1200@2025-04-15", true);
	char iso[DAY_TEXT];

	cr_expect(eq(int, on.kind, FACT_FILED));
	cr_expect(not(on.amount_known));
	cr_expect(strcmp(day_iso(on.day, iso), "2025-04-10") == 0);
	cr_expect(eq(i64, line.amount.cents, 120000));
	cr_expect(strcmp(names_text(names, line.name), "f6251.11") == 0);
	cr_expect(eq(i64, paid.amount.cents, 120000));
	cr_expect(strcmp(day_iso(paid.day, iso), "2025-04-15") == 0);
}

Test(figure, wrong_filed_words_say_what_is_wanted)
{
	static const char *const words[] = { "filed_on=10/4/2025", "filed_on=2025-02-29",
		"paid=1200", "paid=12x@2025-04-15", "filedon=2025-04-10", "wages=1" };

	for (size_t i = 0; i < COUNT(words); i++) {
		struct fact fact;
		struct fail why;

		cr_expect(not(filed_from_words(law, 2024, words[i], names, &fact, &why)),
			"%s", words[i]);
		cr_expect(eq(int, why.kind, FAIL_USAGE), "%s: %s", words[i], why.message);
	}
}

static const struct {
	const char *standing, *entered;
	bool filed, may;
} pairs[] = {
	{ "wages=1", "wages=1.00", false, true },
	{ "wages=1", "wages=2", false, false },
	{ "wages=1", "other_income=2", false, true },
	{ "status=mfj", "status=mfj", false, true },
	{ "status=mfj", "status=mfs", false, false },
	{ "compensation_in_wages=all", "compensation_in_wages=5", false, false },
	{ "f6251.2k=1", "6251.2k=2", false, false },
	{ "f6251.2k=1", "6251.2k=1", true, true },
	{ "filed_on=2025-04-10", "filed_on=2025-04-11", true, false },
	{ "paid=5@2025-04-15", "paid=6@2025-06-15", true, true },
	{ "paid=5@2025-04-15", "paid=6@2025-04-15", true, false },
};

Test(figure, one_that_differs_from_the_standing_one_is_refused)
{
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct fact standing = fact_of(pairs[i].standing, pairs[i].filed);
		const struct fact entered = fact_of(pairs[i].entered, pairs[i].filed);
		const struct facts facts = { &standing, 1, names };
		struct fail why;
		const bool may = figure_may_stand(&facts, &entered, &why);

		cr_expect(eq(int, may, pairs[i].may), "%s, then %s", pairs[i].standing,
			pairs[i].entered);
		if (!may)
			cr_expect(strstr(why.hint, "--replace") != NULL, "%s", why.hint);
	}
}

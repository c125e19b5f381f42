/*
 * The audit: households with one mistake each, near misses, right ones, and the clock.
 *
 * A household is told in lines:
 *     record KIND option=value ...     a fact by hand
 *     fact YEAR name=value ...         figures of a year's return
 *     right YEAR ...                   filed as it should be: every line worth asking for
 *     wrong YEAR line=value ...        filed with these lines wrong, and all that follows from them
 *                                      (line+=value: by so much; line=~: as it would have been)
 *     filed YEAR word=value ...        words about what was filed, after the above
 *     today DATE
 *     find YEAR code tax credit        a finding to expect, with its effects in dollars; all are
 *                                      listed, and no other may be found
 */
#include "forms/audit.h"

#include "forms/amend.h"
#include "forms/detect.h"
#include "ledger/record.h"
#include "tests/forms/case.h"

#define MOST 400

struct household {
	const struct law *law;
	struct names *names;
	struct facts facts;
	struct fact at[MOST];
	struct lots lots;
	struct chain chain;
	struct chain_options options;
	struct pool pool;
	struct audit_of of;
	struct audit audit;
	const char *name;
};

static void add(struct household *house, struct fact fact)
{
	cr_assert(house->facts.count < MOST, "%s", house->name);
	fact.id = (int64_t)house->facts.count + 1;
	fact.batch = 1;
	house->at[house->facts.count++] = fact;
}

/* Words of a line, in the pool. */
static size_t words_of(
	struct household *house, const char *line, char **word, size_t most)
{
	char *copy = pool_text(&house->pool, line, strlen(line));
	size_t count = 0;

	for (char *at = strtok(copy, " "); at != NULL; at = strtok(NULL, " ")) {
		cr_assert(count < most, "%s: %s", house->name, line);
		word[count++] = at;
	}
	return count;
}

static void record(struct household *house, char **word, size_t count)
{
	const struct record_kind *kind;
	struct record_value value[20];
	struct fact facts[RECORD_FACTS_MOST];
	size_t made;
	struct fail why;

	if (!record_kind_find(word[1], &kind, &why))
		cr_fatal("%s: %s", house->name, why.message);
	for (size_t i = 2; i < count; i++) {
		char *const equals = strchr(word[i], '=');

		cr_assert(equals != NULL, "%s: %s", house->name, word[i]);
		*equals = '\0';
		value[i - 2] = (struct record_value){ word[i], equals + 1 };
	}
	if (!record_from_values(
		    kind, value, count - 2, DAY_NONE, house->names, facts, &made, &why))
		cr_fatal("%s: record %s: %s", house->name, word[1], why.message);
	for (size_t i = 0; i < made; i++)
		add(house, facts[i]);
}

static void compute(
	struct household *house, const struct facts *facts, struct chain *chain)
{
	struct fail why;

	if (!chain_compute(house->law, facts, &house->lots, house->options, chain,
		    &house->pool, &why))
		cr_fatal("%s: %s", house->name, why.message);
}

static void replay(struct household *house)
{
	struct fail why;

	house->facts.at = house->at;
	if (!lots_replay(&house->facts, &house->lots, &house->pool, &why))
		cr_fatal("%s: %s", house->name, why.message);
	compute(house, &house->facts, &house->chain);
}

/* Enters every line worth asking for, as a chain has it. */
static void file_lines(struct household *house, const struct chain *chain, int year)
{
	const struct tax_return *its;
	struct fail why;

	cr_assert(chain_year(chain, year, &its, &why));
	for (const char *const *id = filed_wanted(house->law, year, &house->pool);
		*id != NULL; id++) {
		struct value value;

		if (!return_find(its, *id, &value, &why) || !value.filled)
			continue;
		add(house,
			(struct fact){ .kind = FACT_FILED,
				.year = year,
				.day = DAY_NONE,
				.other_day = DAY_NONE,
				.name = names_add(house->names, *id, strlen(*id)),
				.amount = value.amount,
				.amount_known = true });
	}
}

/* One wrong line, as a figure to compute with. */
static struct fact wrong_line(struct household *house, int year, char *word)
{
	char *const equals = strchr(word, '=');
	struct money amount;
	struct fail why;

	cr_assert(equals != NULL, "%s: %s", house->name, word);
	const bool more = equals[-1] == '+';

	equals[more ? -1 : 0] = '\0';
	if (!money_parse(equals + 1, &amount, &why))
		cr_fatal("%s: %s", house->name, why.message);
	const struct tax_return *const its = house->chain.year[year - house->chain.first];

	if (more)
		amount = money_plus(amount, line_of(its, word));
	return (struct fact){ .kind = FACT_FIGURE,
		.year = year,
		.day = DAY_NONE,
		.other_day = DAY_NONE,
		.name = names_add(house->names, word, strlen(word)),
		.amount = amount,
		.amount_known = true };
}

struct wrong {
	struct facts facts;
	struct fact at[MOST + 40];
	int year[20];
	size_t years;
};

static void wrong_add(
	struct household *house, struct wrong *wrong, char **word, size_t count)
{
	const int year = atoi(word[1]);

	if (wrong->facts.count == 0) {
		memcpy(wrong->at, house->at, house->facts.count * sizeof *wrong->at);
		wrong->facts = (struct facts){ .at = wrong->at,
			.count = house->facts.count,
			.names = house->names };
	}
	wrong->year[wrong->years++] = year;
	for (size_t i = 2; i < count; i++)
		wrong->at[wrong->facts.count++] = wrong_line(house, year, word[i]);
}

static void wrong_file(struct household *house, struct wrong *wrong)
{
	struct chain chain;

	if (wrong->years == 0)
		return;
	compute(house, &wrong->facts, &chain);
	for (size_t i = 0; i < wrong->years; i++)
		file_lines(house, &chain, wrong->year[i]);
	wrong->years = 0;
}

/* A line filed by name takes the place of one filed with the rest. */
static void filed(struct household *house, char **word, size_t count)
{
	for (size_t i = 2; i < count; i++) {
		struct fact fact;
		struct fail why;

		if (!filed_from_words(house->law, atoi(word[1]), word[i], house->names,
			    &fact, &why))
			cr_fatal("%s: %s", house->name, why.message);
		add(house, fact);
	}
}

static void figures(struct household *house, char **word, size_t count)
{
	for (size_t i = 2; i < count; i++) {
		struct fact fact;
		struct fail why;

		if (!figure_from_words(house->law, atoi(word[1]), word[i], house->names,
			    &fact, &why))
			cr_fatal("%s: %s", house->name, why.message);
		add(house, fact);
	}
}

/* Reads a household's lines, all but what is expected, and audits it. */
static struct household *household(
	const struct law *law, const char *name, const char *const *lines)
{
	struct household *const house = must_alloc(sizeof *house);
	struct wrong *const wrong = must_alloc(sizeof *wrong);
	char *word[40];
	struct fail why;
	bool replayed = false;

	house->law = law;
	house->name = name;
	house->names = names_new();
	house->facts.names = house->names;
	house->of.today = DAY_NONE;
	for (; *lines != NULL; lines++) {
		const size_t count = words_of(house, *lines, word, COUNT(word));
		const bool fact =
			strcmp(word[0], "record") == 0 || strcmp(word[0], "fact") == 0;

		if (!fact && !replayed) {
			replay(house);
			replayed = true;
		}
		if (strcmp(word[0], "record") == 0)
			record(house, word, count);
		else if (strcmp(word[0], "fact") == 0)
			figures(house, word, count);
		else if (strcmp(word[0], "wrong") == 0)
			wrong_add(house, wrong, word, count);
		else if (strcmp(word[0], "right") == 0)
			for (size_t i = 1; i < count; i++)
				file_lines(house, &house->chain, atoi(word[i]));
		else if (strcmp(word[0], "filed") == 0) {
			wrong_file(house, wrong);
			filed(house, word, count);
		} else if (strcmp(word[0], "today") == 0)
			cr_assert(day_parse_iso(
				word[1], strlen(word[1]), &house->of.today, &why));
		else
			cr_assert(strcmp(word[0], "find") == 0, "%s: %s", name, *lines);
	}
	wrong_file(house, wrong);
	free(wrong);
	house->of.law = law;
	house->of.facts = &house->facts;
	house->of.lots = &house->lots;
	house->of.chain = &house->chain;
	house->of.options = house->options;
	if (!day_known(house->of.today))
		cr_assert(day_from_civil(2026, 11, 24, &house->of.today));
	if (!audit_run(&house->of, 0, &house->audit, &house->pool, &why))
		cr_fatal("%s: %s", name, why.message);
	return house;
}

static void household_free(struct household *house)
{
	pool_release(&house->pool);
	names_free(house->names);
	free(house);
}

static void show(const struct household *house)
{
	char tax[MONEY_TEXT], credit[MONEY_TEXT];

	for (size_t i = 0; i < house->audit.findings; i++) {
		const struct finding *const it = &house->audit.finding[i];

		fprintf(stderr, "%s: find %d %s %s %s (%s)\n", house->name, it->year,
			it->code, money_plain(it->tax_effect, tax),
			money_plain(it->credit_effect, credit), it->text);
	}
}

/* The findings are exactly those that the lines expect, in order. */
static void expect(const struct household *house, const char *const *lines)
{
	size_t at = 0;
	bool right = true;

	for (; *lines != NULL; lines++) {
		char code[60];
		int year;
		long tax, credit;

		if (sscanf(*lines, "find %d %59s %ld %ld", &year, code, &tax, &credit) !=
			4)
			continue;
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
		show(house);
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

/* Two years with an exercise that brings AMT, then a quiet one. */
#define EXERCISE                                                                         \
	"record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "             \
	"shares=10000 "                                                                  \
	"strike=1 fmv=31",                                                               \
		"fact 2022 status=mfj wages=250000", "fact 2023 status=mfj wages=400000"

/* Exercised 2023, sold within the year after, in 2024: disqualifying. */
#define LATER_DISQUALIFYING                                                              \
	"record exercise symbol=ACME grant-date=2023-01-02 date=2023-11-01 shares=1000 " \
	"strike=10 fmv=50",                                                              \
		"record sale symbol=ACME date=2024-06-03 shares=1000 price=70",          \
		"fact 2023 status=mfj wages=300000", "fact 2024 status=mfj wages=300000"

/* What a return looks like whose AMT Schedule D is the regular one. */
#define ONE_SCHEDULE_D "schedule_d@amt.7=0 schedule_d@amt.15=60000 f6251.2k=0"

static const struct {
	const char *name;
	const char *const *lines;
} cases[] = {
	{ "C-15: the AMT basis was forgotten",
		LINES(QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D,
			"find 2024 amt_basis_missed -6000 -6000") },
	{ "C-15 filed right", LINES(QUALIFYING, "right 2024") },
	{ "C-15 with a difference of rounding only",
		LINES(QUALIFYING, "right 2024", "filed 2024 f6251.2k=-39998") },
	{ "the AMT basis was forgotten where no AMT and no credit was",
		LINES("record exercise symbol=ACME grant-date=2019-01-02 date=2021-03-01 "
		      "shares=100 strike=10 fmv=50",
			"record sale symbol=ACME date=2024-06-03 shares=100 price=70",
			"fact 2024 status=mfj wages=200000",
			"wrong 2024 schedule_d@amt.15=6000 f6251.2k=0",
			"find 2024 amt_basis_missed 0 0") },
	{ "credit never claimed after an exercise",
		LINES(EXERCISE, "right 2022", "wrong 2023 f8801.25=0",
			"find 2023 credit_not_claimed -4634 -4634") },
	{ "Form 8801 never filed",
		LINES(EXERCISE, "right 2022", "filed 2023 not_filed=8801",
			"find 2023 credit_not_claimed -4634 -4634") },
	{ "credit claimed", LINES(EXERCISE, "right 2022 2023") },
	{ "no credit allowable, so none missed",
		LINES("fact 2022 status=mfj wages=250000", "right 2022",
			"filed 2022 not_filed=8801") },
	{ "credit not carried in",
		LINES(EXERCISE, "fact 2024 status=mfj wages=400000", "right 2022 2023",
			"wrong 2024 f8801.19=0",
			"find 2024 credit_not_carried_in -5053 65668") },
	{ "an exercise was never reported",
		LINES(EXERCISE, "wrong 2022 f6251.2i=0",
			"find 2022 exercise_not_reported 75355 0") },
	{ "the spread was figured with another value",
		LINES(EXERCISE, "wrong 2022 f6251.2i=200000",
			"find 2022 spread_not_by_form_3921 28000 0") },
	{ "shares sold in the same year were left on 2i",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "
		      "shares=10000 strike=1 fmv=31",
			"record sale symbol=ACME date=2022-06-01 shares=4000 price=35",
			"fact 2022 status=mfj wages=250000",
			"wrong 2022 f6251.2i+=120000",
			"find 2022 same_year_sale_on_2i -33600 0") },
	{ "shares sold in the same year, right",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "
		      "shares=10000 strike=1 fmv=31",
			"record sale symbol=ACME date=2022-06-01 shares=4000 price=35",
			"fact 2022 status=mfj wages=250000", "right 2022") },
	{ "the standard deduction was not added back",
		LINES(EXERCISE, "wrong 2022 f6251.2a=0",
			"find 2022 deduction_not_added_back 7252 0") },
	{ "one flat rate",
		LINES(EXERCISE, "wrong 2022 f6251.7=120932",
			"find 2022 flat_rate -4122 0") },
	{ "later-year disqualifying sale: basis not raised",
		LINES(LATER_DISQUALIFYING, "right 2023", "wrong 2024 schedule_d.7=60000",
			"find 2024 basis_not_raised -11120 0") },
	{ "later-year disqualifying sale: wages left out",
		LINES(LATER_DISQUALIFYING, "right 2023", "wrong 2024 f1040.wages+=-40000",
			"find 2024 disqualifying_called_qualifying 9600 0") },
	{ "later-year disqualifying sale: wages in it twice",
		LINES(LATER_DISQUALIFYING, "right 2023", "wrong 2024 f1040.wages+=40000",
			"find 2024 compensation_twice_in_wages -9600 0") },
	{ "later-year disqualifying sale: not taken off for the AMT",
		LINES(LATER_DISQUALIFYING, "right 2023", "wrong 2024 f6251.2k+=40000",
			"find 2024 amt_reversal_missed 0 0") },
	{ "the same with a credit to come home",
		LINES("record exercise symbol=ACME grant-date=2023-01-02 date=2023-11-01 "
		      "shares=10000 strike=10 fmv=50",
			"record sale symbol=ACME date=2024-06-03 shares=10000 price=70",
			"fact 2023 status=mfj wages=300000",
			"fact 2024 status=mfj wages=300000", "right 2023",
			"wrong 2024 f6251.2k+=400000",
			"find 2024 amt_reversal_missed -65716 -65716") },
	{ "later-year disqualifying sale, right",
		LINES(LATER_DISQUALIFYING, "right 2023 2024") },
	{ "sold on the anniversary, filed as qualifying",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2023-06-03 "
		      "shares=1000 strike=10 fmv=50",
			"record sale symbol=ACME date=2024-06-03 shares=1000 price=70",
			"fact 2023 status=mfj wages=300000",
			"fact 2024 status=mfj wages=300000", "right 2023",
			"wrong 2024 f1040.wages+=-40000",
			"find 2024 anniversary_sale 9600 0") },
	{ "sold the day after the anniversary, right",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2023-06-03 "
		      "shares=1000 strike=10 fmv=50",
			"record sale symbol=ACME date=2024-06-04 shares=1000 price=70",
			"fact 2023 status=mfj wages=300000",
			"fact 2024 status=mfj wages=300000", "right 2023 2024") },
	{ "a disqualifying sale below the value at exercise, wages of the whole spread",
		LINES("record exercise symbol=ACME grant-date=2023-01-02 date=2023-11-01 "
		      "shares=1000 strike=10 fmv=50",
			"record sale symbol=ACME date=2024-06-03 shares=1000 price=30",
			"fact 2023 status=mfj wages=300000",
			"fact 2024 status=mfj wages=300000", "right 2023",
			"wrong 2024 f1040.wages+=20000",
			"find 2024 loss_sale_full_spread -4800 0") },
	{ "the AMT basis on the regular Schedule D",
		LINES(QUALIFYING, "wrong 2024 schedule_d.15=20000",
			"find 2024 regular_basis_raised 1520 -6000") },
	{ "the sum over lots on line 2k, in spite of the loss limit",
		LINES("record exercise symbol=ACME grant-date=2019-01-02 date=2021-03-01 "
		      "shares=1000 strike=10 fmv=90",
			"record sale symbol=ACME date=2024-06-03 shares=1000 price=20",
			"fact 2024 status=mfj wages=300000 credit_carryforward=60000",
			"wrong 2024 f6251.2k=-80000",
			"find 2024 amt_loss_not_limited 17420 17420") },
	{ "the AMT's loss carryover was dropped",
		LINES("fact 2024 status=mfj wages=300000 long_term_gain=50000 "
		      "amt_long_term_carryover=40000 credit_carryforward=60000",
			"wrong 2024 schedule_d@amt.14=0",
			"find 2024 amt_carryover_dropped -6000 -6000") },
	{ "a negative line 18 taken as zero",
		LINES("record exercise symbol=ACME grant-date=2019-01-02 date=2021-03-01 "
		      "shares=10000 strike=10 fmv=110",
			"record sale symbol=ACME date=2024-06-03 shares=10000 price=120",
			"fact 2024 status=mfj wages=300000 credit_carryforward=300000",
			"fact 2025 status=mfj wages=300000", "right 2024",
			"wrong 2025 f8801.18=0",
			"find 2025 negative_line_18_dropped 0 -4050") },
	{ "a separate return without the increase of line 4",
		LINES("record exercise symbol=ACME grant-date=2020-01-02 date=2022-03-01 "
		      "shares=20000 strike=1 fmv=51",
			"fact 2022 status=mfs wages=250000", "wrong 2022 f6251.4=1250000",
			"find 2022 separate_increase_missed 16534 0") },
	{ "a program that leaves ISOs out",
		LINES(EXERCISE, "right 2022", "filed 2022 software=freetaxusa",
			"find 2022 unsupported_software 0 0") },
	{ "the same program without ISOs",
		LINES("fact 2022 status=mfj wages=250000", "right 2022",
			"filed 2022 software=freetaxusa") },
	{ "a line that no mistake explains",
		LINES(EXERCISE, "wrong 2022 f1040.agi+=5000",
			"find 2022 unexplained -1400 0") },
};

Test(audit, each_mistake_is_found_and_priced_and_no_other)
{
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct household *const house =
			household(law, cases[i].name, cases[i].lines);

		expect(house, cases[i].lines);
		household_free(house);
	}
	law_free(law);
}

/* C-16: the year is barred, the credit is used up all the same, and the next year shows it. */
Test(audit, a_barred_year_still_uses_up_the_credit)
{
	static const char *const lines[] = {
		"record exercise symbol=ACME grant-date=2017-01-02 date=2018-03-01 "
		"shares=1000 "
		"strike=10 fmv=50",
		"record sale symbol=ACME date=2020-06-03 shares=1000 price=70",
		"fact 2020 status=mfj wages=300000 credit_carryforward=60000",
		"fact 2021 status=mfj wages=100000",
		"wrong 2020 schedule_d@amt.7=0 schedule_d@amt.15=60000 f6251.2k=0",
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
		const char *const lines[] = { QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D,
			"filed 2024 filed_on=2025-04-15", days[i].today, NULL };
		struct household *const house = household(law, days[i].today, lines);

		cr_assert(eq(sz, house->audit.findings, 1));
		cr_expect(eq(int, house->audit.finding[0].open, days[i].open));
		household_free(house);
	}
	law_free(law);
}

Test(audit, what_a_correction_changes_later_is_told_by_year)
{
	static const char *const lines[] = { EXERCISE,
		"fact 2024 status=mfj wages=400000", "right 2023",
		"wrong 2022 f6251.2i=0", NULL };
	struct law *const law = case_law();
	struct household *const house = household(law, "later", lines);
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

Test(audit, lines_that_contradict_each_other_are_pointed_out)
{
	static const char *const lines[] = { EXERCISE, "right 2022",
		"filed 2022 f6251.4=540000 schedule_d.16=5 schedule_d.7=0 "
		"schedule_d.15=0",
		NULL };
	struct law *const law = case_law();
	struct household *const house = household(law, "contradiction", lines);
	const char *const *const said = house->audit.year[0].contradictions;

	cr_assert(said[0] != NULL && said[1] != NULL);
	cr_expect(
		strcmp(said[0],
			"2022: line f6251.4 as filed is 540,000.00, but the lines that "
			"make it come to "
			"550,000.00: correct it, or enter the lines that are missing") ==
			0,
		"%s", said[0]);
	/* Line 6 no longer follows from line 4. */
	cr_expect(strstr(said[1], "f6251.6") != NULL, "%s", said[1]);
	household_free(house);
	law_free(law);
}

static const struct amend_line *amend_find(const struct amendment *it, const char *number)
{
	for (size_t i = 0; i < it->lines; i++)
		if (strcmp(it->line[i].number, number) == 0)
			return &it->line[i];
	cr_fatal("no line %s", number);
	return NULL;
}

Test(audit, c15_as_form_1040_x)
{
	static const char *const lines[] = { QUALIFYING, "wrong 2024 " ONE_SCHEDULE_D,
		"filed 2024 filed_on=2025-04-15 withheld=70000", NULL };
	struct law *const law = case_law();
	struct household *const house = household(law, "C-15", lines);
	struct amendment *years;
	size_t count;

	amend_years(&house->of, &house->audit, &years, &count, &house->pool);
	cr_assert(eq(sz, count, 1));
	const struct amend_line *const credits = amend_find(&years[0], "7");
	const struct amend_line *const tax = amend_find(&years[0], "11");

	cr_expect(years[0].worth_filing);
	cr_expect(eq(i64, credits->original.cents, 773500));
	cr_expect(eq(i64, credits->correct.cents, 1373500));
	cr_expect(eq(i64, credits->change.cents, 600000));
	cr_expect(eq(i64, tax->change.cents, -600000));
	cr_expect(eq(i64, amend_find(&years[0], "22")->correct.cents, 600000));
	cr_expect(eq(i64, years[0].cap.cents, 7000000));
	cr_expect(strstr(years[0].explanation, "line 2k") != NULL);
	cr_expect(
		strstr(years[0].explanation,
			"Form 8801, line 25) changes from 7,735.00 to 13,735.00") != NULL,
		"%s", years[0].explanation);
	household_free(house);
	law_free(law);
}

Test(audit, a_year_filed_right_is_not_amended)
{
	static const char *const lines[] = { QUALIFYING, "right 2024", NULL };
	struct law *const law = case_law();
	struct household *const house = household(law, "right", lines);
	struct amendment *years;
	size_t count;

	amend_years(&house->of, &house->audit, &years, &count, &house->pool);
	cr_expect(eq(sz, count, 0));
	household_free(house);
	law_free(law);
}

/* A small generator of its own, so that every run tests the same households. */
static uint64_t seed;
static int chance(int below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((seed >> 33) % (uint64_t)below);
}

/* Exercises, sales of all kinds, gains and losses over several years. */
static size_t random_household(char line[][200], const char **lines)
{
	static const char *const statuses[] = { "single", "mfj", "mfs", "hoh", "qss" };
	const char *const status = statuses[chance(5)];
	size_t count = 0;
	const int exercises = 1 + chance(3);

	for (int i = 0; i < exercises; i++) {
		const int year = 2019 + chance(4);
		const int shares = 100 * (1 + chance(60));
		const int strike = 1 + chance(20), fmv = strike + chance(90);

		snprintf(line[count++], 200,
			"record exercise symbol=S%d grant-date=2018-0%d-15 "
			"date=%d-0%d-20 "
			"shares=%d strike=%d fmv=%d",
			i, 1 + chance(9), year, 1 + chance(9), shares, strike, fmv);
		if (chance(3) > 0)
			snprintf(line[count++], 200,
				"record sale symbol=S%d date=%d-1%d-02 shares=%d "
				"price=%d",
				i, year + chance(3), chance(3), shares / (1 + chance(2)),
				1 + chance(120));
	}
	for (int year = 2019; year <= 2025; year++)
		snprintf(line[count++], 200,
			"fact %d status=%s wages=%d long_term_gain=%d short_term_gain=%d "
			"ordinary_dividends=%d qualified_dividends=%d",
			year, status, 1000 * chance(600), 1000 * (chance(100) - 50),
			1000 * (chance(40) - 20), 3000, chance(3000));
	snprintf(line[count++], 200, "right 2019 2020 2021 2022 2023 2024 2025");
	for (size_t i = 0; i < count; i++)
		lines[i] = line[i];
	lines[count] = NULL;
	return count;
}

Test(audit, two_hundred_households_that_filed_right_have_no_findings)
{
	struct law *const law = case_law();

	seed = 20260415;
	for (int i = 0; i < 200; i++) {
		char line[32][200];
		const char *lines[33];
		struct amendment *years;
		size_t count;

		random_household(line, lines);
		struct household *const house = household(law, "random", lines);

		if (house->audit.findings > 0)
			show(house);
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

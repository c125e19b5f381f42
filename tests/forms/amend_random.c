/*
 * Random households that filed with random mistakes: the amendments lead to what would have been
 * filed if the ledger had been right from the start, line by line and in the sum of the taxes.
 */
#include "tests/forms/random_household.h"

#define HOUSEHOLDS 120

/* Lines that people get wrong, and how: left out, or off by so much. */
static const struct {
	const char *line;
	bool left_out;
} slips[] = {
	{ "f6251.2a", true },
	{ "f6251.2i", true },
	{ "f6251.2k", true },
	{ "f6251.2i", false },
	{ "f8801.18", true },
	{ "f8801.19", true },
	{ "f8801.25", true },
	{ "schedule_d.15", false },
	{ "schedule_d.7", false },
	{ "f1040.wages", false },
};

static void wrong_year_line(
	struct household *house, struct random_household *random, int year)
{
	char line[240];
	int used = snprintf(line, sizeof line, "wrong %d", year);

	for (int i = chance(random, 3); i > 0; i--) {
		const size_t which = (size_t)chance(random, (int)COUNT(slips));

		if (strstr(line, slips[which].line) != NULL)
			continue;
		used += slips[which].left_out
			? snprintf(line + used, sizeof line - (size_t)used, " %s=0",
				  slips[which].line)
			: snprintf(line + used, sizeof line - (size_t)used, " %s+=%d",
				  slips[which].line, 1000 * (chance(random, 40) - 20));
	}
	household_line(house, line);
}

/* The year that a line of Form 1040-X shows in column C: lines of the right chain added. */
static const struct {
	const char *number;
	const char *sum[3];
} columns[] = {
	{ "1", { "f1040.agi" } },
	{ "2", { "f1040.standard_or_itemized" } },
	{ "5", { "f1040.taxable_income" } },
	{ "6", { "f1040.tax", "f1040.additions", "f1040.amt" } },
	{ "7", { "f1040.credits" } },
	{ "8", { "f1040.after_credits" } },
	{ "10", { "f1040.additional_medicare", "f1040.niit", "f1040.other_taxes" } },
	{ "11", { "f1040.total_tax" } },
};

static const struct amend_line *line_number(
	const struct amendment *it, const char *number)
{
	for (size_t i = 0; i < it->lines; i++)
		if (strcmp(it->line[i].number, number) == 0)
			return &it->line[i];
	cr_fatal("no line %s", number);
	return NULL;
}

static void expect_columns(const struct household *house, const struct amendment *it)
{
	const struct tax_return *const right =
		house->chain.year[it->year - house->chain.first];

	for (size_t i = 0; i < COUNT(columns); i++) {
		const struct amend_line *const line = line_number(it, columns[i].number);
		struct money sum = { 0 };

		for (size_t k = 0; k < COUNT(columns[i].sum) && columns[i].sum[k] != NULL;
			k++)
			sum = money_plus(sum, line_of(right, columns[i].sum[k]));
		cr_expect(eq(i64, line->correct.cents, sum.cents), "%s: %d, line %s: C",
			house->name, it->year, columns[i].number);
		if (line->original_known)
			cr_expect(eq(i64, line->original.cents + line->change.cents,
					  line->correct.cents),
				"%s: %d, line %s: A + B = C", house->name, it->year,
				columns[i].number);
	}
	/* Everything was entered as filed, so all of column A is known. */
	cr_expect(line_number(it, "11")->original_known, "%s: %d", house->name, it->year);
}

/* What the amendments change is what all years together were filed wrong by. */
static void expect_sum(
	const struct household *house, const struct amendment *years, size_t count)
{
	int64_t changes = 0, differences = 0;

	for (size_t i = 0; i < count; i++)
		changes += years[i].tax_change.cents;
	for (size_t i = 0; i < house->audit.years; i++) {
		const struct audit_year *const year = &house->audit.year[i];

		cr_assert(year->tax_known);
		differences += year->tax_computed.cents - year->tax_filed.cents;
	}
	cr_expect(eq(i64, changes, differences), "%s: the changes do not add up",
		house->name);
}

/* The amended years as amended, the others as they were: nothing is left to amend. */
static void expect_settled(const struct law *law, const struct random_household *random,
	const struct household *house, const struct amendment *years, size_t count)
{
	struct household *const amended = household_begin(law, house->name, random->line);
	struct amendment *again;
	size_t left;
	struct fail why;

	replay(amended);
	for (int year = RANDOM_FIRST; year <= RANDOM_LAST; year++) {
		bool is = false;

		for (size_t i = 0; i < count; i++)
			is = is || years[i].year == year;
		if (is) {
			file_lines(amended, &amended->chain, year);
			continue;
		}
		for (size_t i = 0; i < house->facts.count; i++) {
			const struct fact *const fact = &house->facts.at[i];

			if (fact->kind == FACT_FILED && fact->year == year)
				fact_add(amended,
					line_fact(amended, FACT_FILED, year,
						names_text(
							house->facts.names, fact->name),
						fact->amount));
		}
	}
	if (!household_audit(amended, &why))
		cr_fatal("%s: %s", house->name, why.message);
	amend_years(&amended->of, &amended->audit, &again, &left, &amended->pool);
	cr_expect(eq(sz, left, 0), "%s: %d is to be amended again", house->name,
		left > 0 ? again[0].year : 0);
	household_free(amended);
}

Test(amend_random, as_if_amended_is_as_if_right_from_the_start)
{
	struct law *const law = case_law();
	struct random_household random = { .seed = 20270417 };
	size_t amended = 0;

	for (int i = 0; i < HOUSEHOLDS; i++) {
		struct amendment *years;
		size_t count;
		struct fail why;
		char name[40];

		snprintf(name, sizeof name, "household %d", i);
		random_facts(&random);
		struct household *const house = household_begin(law, name, random.line);

		replay(house);
		for (int year = RANDOM_FIRST; year <= RANDOM_LAST; year++)
			wrong_year_line(house, &random, year);
		if (!household_audit(house, &why))
			cr_fatal("%s: %s", name, why.message);
		amend_years(&house->of, &house->audit, &years, &count, &house->pool);
		for (size_t y = 0; y < count; y++)
			expect_columns(house, &years[y]);
		expect_sum(house, years, count);
		expect_settled(law, &random, house, years, count);
		amended += count;
		household_free(house);
	}
	cr_expect(amended > HOUSEHOLDS, "%zu years amended", amended);
	law_free(law);
}

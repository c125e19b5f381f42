/* Gathers what is known of a return as filed, and holds its lines against each other. */
#include "forms/filed.h"

#include <stdlib.h>
#include <string.h>

#include "forms/audit/detect.h"

static bool of_year(const struct fact *fact, int year)
{
	return fact->kind == FACT_FILED && fact->year == year;
}

static void payment_add(
	struct filed_year *filed, struct payment *room, const struct fact *fact)
{
	room[filed->filing.payments++] = (struct payment){ fact->day, fact->amount };
}

static const char *lower(const struct facts *facts, uint32_t name, struct pool *pool)
{
	const char *const words = names_text(facts->names, name);
	char *const copy = pool_text(pool, words, strlen(words));

	for (char *at = copy; *at != '\0'; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at - 'A' + 'a');
	return copy;
}

bool filed_collect(
	const struct facts *facts, int year, struct filed_year *filed, struct pool *pool)
{
	size_t count = 0;

	*filed = (struct filed_year){ .year = year,
		.filing = {
			.year = year, .filed_on = DAY_NONE, .extended_to = DAY_NONE } };
	for (size_t i = 0; i < facts->count; i++)
		count += of_year(&facts->at[i], year);
	if (count == 0)
		return false;
	struct payment *const payment = pool_alloc(pool, count * sizeof *payment);

	filed->line = pool_alloc(pool, count * sizeof *filed->line);
	filed->not_filed = pool_alloc(pool, count * sizeof *filed->not_filed);
	filed->filing.payment = payment;
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];
		const char *const name = names_text(facts->names, fact->name);

		if (!of_year(fact, year))
			continue;
		if (strcmp(name, "filed_on") == 0) {
			filed->filing.filed_on = fact->day;
		} else if (strcmp(name, "extended_to") == 0) {
			filed->filing.extended_to = fact->day;
		} else if (strcmp(name, "withheld") == 0) {
			filed->filing.withheld = fact->amount;
			filed->withheld_known = true;
		} else if (strcmp(name, "paid") == 0) {
			payment_add(filed, payment, fact);
		} else if (strcmp(name, "not_filed") == 0) {
			filed->not_filed[filed->forms_not_filed++] =
				names_text(facts->names, fact->text);
		} else if (strcmp(name, "software") == 0) {
			filed->software = lower(facts, fact->text, pool);
		} else if (strcmp(name, "state") == 0) {
			filed->state = lower(facts, fact->text, pool);
		} else {
			filed->line[filed->lines++] =
				(struct filed_line){ name, fact->amount, fact };
		}
	}
	return true;
}

enum filing_status status_in(const struct facts *facts, int year)
{
	enum filing_status status = STATUS_SINGLE;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == FACT_FIGURE && facts->at[i].year == year &&
			strcmp(names_text(facts->names, facts->at[i].name), "status") ==
				0)
			(void)status_find(
				names_text(facts->names, facts->at[i].text), &status);
	return status;
}

bool filed_without(const struct filed_year *filed, const char *id)
{
	const char *const point = strchr(id, '.');
	const size_t length = point == NULL ? strlen(id) : (size_t)(point - id);

	for (size_t i = 0; i < filed->forms_not_filed; i++)
		if (strlen(filed->not_filed[i]) == length &&
			memcmp(filed->not_filed[i], id, length) == 0)
			return true;
	return false;
}

bool filed_amount(const struct filed_year *filed, const char *id, struct money *amount)
{
	for (size_t i = filed->lines; i-- > 0;)
		if (strcmp(filed->line[i].id, id) == 0) {
			*amount = filed->line[i].amount;
			return true;
		}
	*amount = (struct money){ 0 };
	return filed_without(filed, id);
}

/* What shows a return's treatment of lots and credit; the years that lack a line skip it. */
static const char *const wanted[] = {
	"f1040.wages",
	"f1040.capital",
	"f1040.agi",
	"f1040.deductions",
	"f1040.taxable_income",
	"f1040.tax",
	"f1040.amt",
	"f1040.credits",
	"f1040.additional_medicare",
	"f1040.niit",
	"f1040.total_tax",
	"schedule_d.6",
	"schedule_d.7",
	"schedule_d.14",
	"schedule_d.15",
	"schedule_d.16",
	"schedule_d.21",
	"f6251.1",
	"f6251.1b",
	"f6251.2a",
	"f6251.2b",
	"f6251.2c",
	"f6251.2e",
	"f6251.2g",
	"f6251.2h",
	"f6251.2i",
	"f6251.2k",
	"f6251.3",
	"f6251.4",
	"f6251.5",
	"f6251.6",
	"f6251.7",
	"f6251.8",
	"f6251.9",
	"f6251.10",
	"f6251.11",
	"f8801.15",
	"f8801.16",
	"f8801.18",
	"f8801.19",
	"f8801.21",
	"f8801.22",
	"f8801.23",
	"f8801.25",
	"f8801.26",
	"f8801.55",
	"schedule_d@amt.6",
	"schedule_d@amt.14",
	NULL,
};

const char *const *filed_wanted(const struct law *law, int year, struct pool *pool)
{
	const char **const lines = pool_alloc(pool, sizeof wanted);
	size_t count = 0;

	for (size_t i = 0; wanted[i] != NULL; i++) {
		struct line_ref line;
		struct fail why;

		if (law_line_find(law, year, wanted[i], &line, &why))
			lines[count++] = wanted[i];
	}
	return lines;
}

/*
 * What must add up on the printed forms. Every term that was not entered counts as 0 once the
 * total and one of the terms were: people enter the lines that are not blank.
 */
enum floor { SIGNED, NOT_BELOW_ZERO };
struct identity {
	const char *total;
	const char *plus[20];
	const char *minus[4];
	enum floor floor;
	int from, until;
};

static const struct identity identities[] = {
	{ .total = "f6251.4",
		.plus = { "f6251.1", "f6251.2a", "f6251.2b", "f6251.2c", "f6251.2d",
			"f6251.2e", "f6251.2f", "f6251.2g", "f6251.2h", "f6251.2i",
			"f6251.2j", "f6251.2k", "f6251.2l", "f6251.2m", "f6251.2n",
			"f6251.2o", "f6251.2p", "f6251.2t", "f6251.3" },
		.until = 2024 },
	{ .total = "f6251.4",
		.plus = { "f6251.1b", "f6251.2a", "f6251.2b", "f6251.2c", "f6251.2d",
			"f6251.2e", "f6251.2f", "f6251.2g", "f6251.2h", "f6251.2i",
			"f6251.2j", "f6251.2k", "f6251.2l", "f6251.2m", "f6251.2n",
			"f6251.2o", "f6251.2p", "f6251.2t", "f6251.3" },
		.from = 2025 },
	{ .total = "f6251.6",
		.plus = { "f6251.4" },
		.minus = { "f6251.5" },
		.floor = NOT_BELOW_ZERO },
	{ .total = "f6251.9",
		.plus = { "f6251.7" },
		.minus = { "f6251.8" },
		.floor = NOT_BELOW_ZERO },
	{ .total = "f6251.11",
		.plus = { "f6251.9" },
		.minus = { "f6251.10" },
		.floor = NOT_BELOW_ZERO },
	{ .total = "schedule_d.16", .plus = { "schedule_d.7", "schedule_d.15" } },
	{ .total = "f8801.18", .plus = { "f8801.16" }, .minus = { "f8801.17" } },
	{ .total = "f8801.21", .plus = { "f8801.18", "f8801.19", "f8801.20" } },
	{ .total = "f8801.24",
		.plus = { "f8801.22" },
		.minus = { "f8801.23" },
		.floor = NOT_BELOW_ZERO },
	{ .total = "f8801.26", .plus = { "f8801.21" }, .minus = { "f8801.25" } },
	{ .total = "f1040.taxable_income",
		.plus = { "f1040.agi" },
		.minus = { "f1040.deductions" },
		.floor = NOT_BELOW_ZERO },
};

/* Adds what was entered of some lines; `seen` tells whether any was. */
static struct money added(
	const struct filed_year *filed, const char *const *ids, size_t most, size_t *seen)
{
	struct money sum = { 0 };

	for (size_t i = 0; i < most && ids[i] != NULL; i++) {
		struct money amount;

		if (filed_amount(filed, ids[i], &amount)) {
			sum = money_plus(sum, amount);
			(*seen)++;
		}
	}
	return sum;
}

static size_t terms(const char *const *ids, size_t most)
{
	size_t count = 0;

	while (count < most && ids[count] != NULL)
		count++;
	return count;
}

/* A sum of many lines may lack blank ones; a difference of two lines needs both. */
static bool enough(const struct identity *identity, size_t seen)
{
	const size_t all = terms(identity->plus, COUNT(identity->plus)) +
		terms(identity->minus, COUNT(identity->minus));

	return all > 4 ? seen >= 2 : seen == all;
}

/* Lines are rounded one by one, so a sum of whole dollars may be off by a few. */
#define ROUNDING_CENTS 300

/* A separate return's line 4 holds an increase, at most the exemption, that no line shows. */
static bool may_be_increase(const struct identity *identity, enum filing_status status,
	struct money total, struct money sum)
{
	return status == STATUS_MFS && strcmp(identity->total, "f6251.4") == 0 &&
		total.cents > sum.cents && total.cents - sum.cents < 10000000;
}

static bool holds_for(const struct identity *identity, int year)
{
	return (identity->from == 0 || year >= identity->from) &&
		(identity->until == 0 || year <= identity->until);
}

/* A sentence if a total was entered that is not the total of its lines; else NULL. */
static const char *sum_differs(const struct filed_year *filed, const struct identity *it,
	enum filing_status status, struct pool *pool)
{
	struct money total;
	size_t seen = 0;

	if (!holds_for(it, filed->year) || filed_without(filed, it->total) ||
		!filed_amount(filed, it->total, &total))
		return NULL;
	struct money sum = added(filed, it->plus, COUNT(it->plus), &seen);

	sum = money_less(sum, added(filed, it->minus, COUNT(it->minus), &seen));
	if (it->floor == NOT_BELOW_ZERO)
		sum = money_max(sum, (struct money){ 0 });
	if (!enough(it, seen) || may_be_increase(it, status, total, sum) ||
		llabs(total.cents - sum.cents) <= ROUNDING_CENTS)
		return NULL;
	return pool_printf(pool,
		"%d: line %s as filed is %s, but the lines that make it come to %s: "
		"correct it, or enter the lines that are missing",
		filed->year, it->total, amount_words(pool, total),
		amount_words(pool, sum));
}

/* A sentence if a line was entered of a form that is said not to have been filed; else NULL. */
static const char *line_not_filed(
	const struct filed_year *filed, const struct filed_line *line, struct pool *pool)
{
	if (!filed_without(filed, line->id) || line->amount.cents == 0)
		return NULL;
	return pool_printf(pool,
		"%d: line %s as filed is %s, but its form is said to be not filed: take "
		"back the one or the other",
		filed->year, line->id, amount_words(pool, line->amount));
}

const char *const *filed_contradictions(
	const struct filed_year *filed, enum filing_status status, struct pool *pool)
{
	const char **const found =
		pool_alloc(pool, (COUNT(identities) + filed->lines + 1) * sizeof *found);
	size_t count = 0;

	for (size_t i = 0; i < COUNT(identities); i++) {
		found[count] = sum_differs(filed, &identities[i], status, pool);
		count += found[count] != NULL;
	}
	for (size_t i = 0; i < filed->lines; i++) {
		found[count] = line_not_filed(filed, &filed->line[i], pool);
		count += found[count] != NULL;
	}
	return found;
}

/* Puts filed and right figures into the columns of Form 1040-X. */
#include "forms/amend.h"

#include <assert.h>
#include <string.h>

#include "forms/audit/amending.h"
#include "forms/audit/detect.h"

/* A line of the form that is a sum of lines of Form 1040. */
static const struct row {
	const char *number, *label;
	const char *sum[4];
} rows[] = {
	{ "1", "Adjusted gross income", { "f1040.agi" } },
	{ "2", "Itemized or standard deduction", { "f1040.standard_or_itemized" } },
	{ "4b", "Qualified business income deduction", { "f1040.qbi" } },
	{ "5", "Taxable income", { "f1040.taxable_income" } },
	{ "6", "Tax, with the alternative minimum tax",
		{ "f1040.tax", "f1040.additions", "f1040.amt" } },
	{ "7", "Nonrefundable credits, with Form 8801", { "f1040.credits" } },
	{ "8", "Line 6 less line 7, not below zero", { "f1040.after_credits" } },
	{ "10", "Other taxes",
		{ "f1040.additional_medicare", "f1040.niit", "f1040.other_taxes" } },
	{ "11", "Total tax", { "f1040.total_tax" } },
};

/* Lines that most returns leave blank: unknown only if they were computed to something. */
static bool usually_blank(const char *id)
{
	static const char *const blank[] = { "f1040.additions", "f1040.other_taxes",
		"f1040.additional_medicare", "f1040.niit", "f1040.qbi", "f1040.amt" };

	for (size_t i = 0; i < COUNT(blank); i++)
		if (strcmp(blank[i], id) == 0)
			return true;
	return false;
}

/* Lines that are another one where nothing else belongs into either. */
static const struct {
	const char *line, *same;
} same_lines[] = {
	{ "f1040.standard_or_itemized", "f1040.deductions" },
	{ "f1040.credits", "f8801.25" },
	{ "f1040.amt", "f6251.11" },
};

static bool filed_as_other(const struct filed_year *filed, const struct tax_return *its,
	const char *id, struct money *amount)
{
	for (size_t i = 0; i < COUNT(same_lines); i++)
		if (strcmp(same_lines[i].line, id) == 0 &&
			line_of(its, id).cents ==
				line_of(its, same_lines[i].same).cents &&
			filed_amount(filed, same_lines[i].same, amount))
			return true;
	return false;
}

static bool filed_term(const struct filed_year *filed, const struct tax_return *its,
	const char *id, struct money *amount)
{
	struct money all, credits, amt;

	if (filed_amount(filed, id, amount) || filed_as_other(filed, its, id, amount))
		return true;
	if (strcmp(id, "f1040.after_credits") == 0 &&
		filed_amount(filed, "f1040.tax", &all) &&
		filed_term(filed, its, "f1040.credits", &credits) &&
		filed_term(filed, its, "f1040.amt", &amt)) {
		*amount = money_max(
			(struct money){ 0 }, money_less(money_plus(all, amt), credits));
		return true;
	}
	return usually_blank(id) && line_of(its, id).cents == 0;
}

static void line_add(struct amendment *amendment, const struct amend_line *line)
{
	assert(amendment->lines < AMEND_LINES);
	amendment->line[amendment->lines++] = *line;
}

static void row_add(struct amendment *amendment, const struct row *row,
	const struct filed_year *filed, const struct tax_return *its)
{
	struct amend_line line = { .number = row->number,
		.label = row->label,
		.original_known = true,
		.correct_known = true };

	for (size_t i = 0; i < COUNT(row->sum) && row->sum[i] != NULL; i++) {
		struct money term = { 0 };

		line.correct = money_plus(line.correct, line_of(its, row->sum[i]));
		line.original_known =
			filed_term(filed, its, row->sum[i], &term) && line.original_known;
		line.original = money_plus(line.original, term);
	}
	if (line.original_known)
		line.change = money_less(line.correct, line.original);
	line_add(amendment, &line);
}

/* Paid before the return was due to be filed: estimated tax; later: with the return. */
static struct money paid(const struct filing *filing, bool estimated)
{
	struct day january;
	const bool exists = day_from_civil(filing->year + 1, 1, 31, &january);
	struct money sum = { 0 };

	assert(exists);
	for (size_t i = 0; i < filing->payments; i++)
		if ((filing->payment[i].day.number <= january.number) == estimated)
			sum = money_plus(sum, filing->payment[i].amount);
	return sum;
}

static void payment_add(struct amendment *amendment, const char *number,
	const char *label, struct money amount)
{
	line_add(amendment,
		&(struct amend_line){ .number = number,
			.label = label,
			.original_known = true,
			.correct_known = true,
			.original = amount,
			.correct = amount });
}

/* Lines that have one column. */
static void result_add(struct amendment *amendment, const char *number, const char *label,
	struct money amount)
{
	line_add(amendment,
		&(struct amend_line){ .number = number,
			.label = label,
			.correct_known = true,
			.correct = amount });
}

/* From what was paid on; without it only the change can be told. */
static void settle(struct amendment *amendment, const struct filed_year *filed,
	struct money tax_filed, struct money tax_right)
{
	const struct money change = money_less(tax_right, tax_filed);
	const struct money none = { 0 };

	if (!filed->withheld_known) {
		if (change.cents <= 0)
			result_add(amendment, "22",
				"Refund, if the original return was settled",
				money_negate(change));
		else
			result_add(amendment, "20",
				"Owed, if the original return was settled", change);
		return;
	}
	const struct money estimated = paid(&filed->filing, true);
	const struct money later = paid(&filed->filing, false);
	const struct money all =
		money_plus(money_plus(filed->filing.withheld, estimated), later);
	const struct money refunded = money_max(none, money_less(all, tax_filed));
	const struct money left = money_less(all, refunded);

	payment_add(amendment, "12", "Income tax withheld", filed->filing.withheld);
	payment_add(amendment, "13", "Estimated tax paid", estimated);
	result_add(
		amendment, "16", "Paid with the extension, the return, or later", later);
	result_add(amendment, "17", "Total payments", all);
	result_add(amendment, "18", "Overpayment on the original return", refunded);
	result_add(amendment, "19", "Line 17 less line 18", left);
	if (left.cents >= tax_right.cents)
		result_add(amendment, "22", "Refund", money_less(left, tax_right));
	else
		result_add(amendment, "20", "Amount owed", money_less(tax_right, left));
}

/* Found by its lines, though the total as filed may not be known. */
static bool found_to_change(const struct audit *audit, int year)
{
	for (size_t i = 0; i < audit->findings; i++)
		if (audit->finding[i].year == year &&
			(audit->finding[i].tax_effect.cents != 0 ||
				audit->finding[i].credit_effect.cents != 0))
			return true;
	return false;
}

static bool credit_differs(const struct filed_year *filed, const struct tax_return *its)
{
	struct money was;

	return filed_amount(filed, "f8801.26", &was) &&
		!near(was, line_of(its, "f8801.26"));
}

static void amend(const struct audit_of *of, const struct audit *audit,
	const struct audit_year *year, struct amendment *amendments, size_t count,
	struct pool *pool)
{
	const struct tax_return *const its =
		of->chain->year[year->year - of->chain->first];
	struct amendment *const it = &amendments[count];
	const struct amending amending = { audit, year, its, it, amendments, count,
		pool };

	*it = (struct amendment){ .year = year->year,
		.tax_known = year->tax_known,
		.open = year->open,
		.filing_assumed = year->filing_assumed,
		.window = year->window,
		.cap_known = year->cap_known,
		.cap = year->cap };
	if (year->tax_known)
		it->tax_change = money_less(year->tax_computed, year->tax_filed);
	it->worth_filing = it->tax_known && it->open && it->tax_change.cents < 0;
	for (size_t i = 0; i < COUNT(rows); i++)
		row_add(it, &rows[i], &year->filed, its);
	if (it->tax_known)
		settle(it, &year->filed, year->tax_filed, year->tax_computed);
	it->explanation = amend_explanation(&amending);
	it->attachments = amend_attachments(&amending);
	it->notes = amend_notes(&amending);
}

void amend_years(const struct audit_of *of, const struct audit *audit,
	struct amendment **amendments, size_t *count, struct pool *pool)
{
	*count = 0;
	*amendments = pool_alloc(pool, (audit->years + 1) * sizeof **amendments);
	for (size_t i = 0; i < audit->years; i++) {
		const struct audit_year *const year = &audit->year[i];
		const struct tax_return *const its =
			of->chain->year[year->year - of->chain->first];

		if ((year->tax_known && !near(year->tax_filed, year->tax_computed)) ||
			(!year->tax_known && found_to_change(audit, year->year)) ||
			credit_differs(&year->filed, its))
			amend(of, audit, year, *amendments, (*count)++, pool);
	}
}

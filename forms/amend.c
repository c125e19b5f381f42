/* Puts filed and right figures into the columns of Form 1040-X, with words to file them with. */
#include "forms/amend.h"

#include <assert.h>
#include <string.h>

#include "forms/detect.h"

/* A line of the form: the sum of 1040 lines; `payments` are not of the return's own lines. */
enum payment_kind { NO_PAYMENT, WITHHELD, PAID };
static const struct row {
	const char *number, *label;
	const char *sum[4];
	enum payment_kind payment;
} rows[] = {
	{ "1", "Adjusted gross income", { "f1040.agi" }, NO_PAYMENT },
	{ "2", "Itemized or standard deduction", { "f1040.standard_or_itemized" },
		NO_PAYMENT },
	{ "4b", "Qualified business income deduction", { "f1040.qbi" }, NO_PAYMENT },
	{ "5", "Taxable income", { "f1040.taxable_income" }, NO_PAYMENT },
	{ "6", "Tax, with the alternative minimum tax",
		{ "f1040.tax", "f1040.additions", "f1040.amt" }, NO_PAYMENT },
	{ "7", "Nonrefundable credits, with Form 8801", { "f1040.credits" }, NO_PAYMENT },
	{ "8", "Line 6 less line 7, not below zero", { "f1040.after_credits" },
		NO_PAYMENT },
	{ "10", "Other taxes",
		{ "f1040.additional_medicare", "f1040.niit", "f1040.other_taxes" },
		NO_PAYMENT },
	{ "11", "Total tax", { "f1040.total_tax" }, NO_PAYMENT },
	{ "12", "Income tax withheld", { NULL }, WITHHELD },
	{ "16", "Paid with the extension, the return, or later", { NULL }, PAID },
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

static bool filed_term(const struct filed_year *filed, const struct tax_return *its,
	const char *id, struct money *amount)
{
	return filed_amount(filed, id, amount) ||
		(usually_blank(id) && line_of(its, id).cents == 0);
}

/* What was paid otherwise than by withholding, up to the day of the audit. */
static struct money paid(const struct filing *filing)
{
	struct money sum = { 0 };

	for (size_t i = 0; i < filing->payments; i++)
		sum = money_plus(sum, filing->payment[i].amount);
	return sum;
}

static struct amend_line row_figures(const struct row *row,
	const struct filed_year *filed, const struct tax_return *its)
{
	struct amend_line line = { .number = row->number,
		.label = row->label,
		.original_known = true,
		.correct_known = true };

	switch (row->payment) {
	case NO_PAYMENT:
		for (size_t i = 0; i < COUNT(row->sum) && row->sum[i] != NULL; i++) {
			struct money term;

			line.correct =
				money_plus(line.correct, line_of(its, row->sum[i]));
			line.original_known =
				filed_term(filed, its, row->sum[i], &term) &&
				line.original_known;
			line.original = money_plus(line.original, term);
		}
		break;
	case WITHHELD:
		line.original_known = line.correct_known = filed->withheld_known;
		line.original = line.correct = filed->filing.withheld;
		break;
	case PAID:
		line.original_known = line.correct_known = filed->filing.payments > 0;
		line.original = line.correct = paid(&filed->filing);
		break;
	}
	if (line.original_known)
		line.change = money_less(line.correct, line.original);
	return line;
}

static void line_add(struct amendment *amendment, const struct amend_line *line)
{
	assert(amendment->lines < AMEND_LINES);
	amendment->line[amendment->lines++] = *line;
}

static void figures(struct amendment *amendment, const struct filed_year *filed,
	const struct tax_return *its)
{
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct amend_line line = row_figures(&rows[i], filed, its);

		line_add(amendment, &line);
	}
	/* An original refund is in line 18 whatever it was: the change alone is what is claimed. */
	if (amendment->tax_known) {
		const struct money change = amendment->tax_change;
		const bool refund = change.cents <= 0;

		line_add(amendment,
			&(struct amend_line){ .number = refund ? "22" : "20",
				.label = refund
					? "Refund, if the original return was settled"
					: "Owed, if the original return was settled",
				.correct_known = true,
				.correct = refund ? money_negate(change) : change });
	}
}

static void say_line(struct text *text, const struct filed_year *filed,
	const struct tax_return *its, const char *id, const char *what)
{
	struct money was;
	const struct money is = line_of(its, id);
	char a[MONEY_TEXT], b[MONEY_TEXT];

	if (filed_amount(filed, id, &was) && !near(was, is))
		text_addf(text, "%s changes from %s to %s. ", what, money_grouped(was, a),
			money_grouped(is, b));
}

/* The lines whose change a reader of the explanation wants to see, in the order of the forms. */
static const struct {
	const char *id, *what;
} told[] = {
	{ "f1040.wages", "Wages" },
	{ "f1040.capital", "Capital gain or loss on Form 1040" },
	{ "f6251.2a", "Form 6251, line 2a," },
	{ "f6251.2i", "Form 6251, line 2i," },
	{ "f6251.2k", "Form 6251, line 2k," },
	{ "f6251.4", "Form 6251, line 4," },
	{ "f6251.9", "Tentative minimum tax (Form 6251, line 9)" },
	{ "f6251.11", "Alternative minimum tax (Form 6251, line 11)" },
	{ "f8801.19", "The credit carried in (Form 8801, line 19)" },
	{ "f8801.25", "The credit for prior year minimum tax (Form 8801, line 25)" },
	{ "f8801.26", "The credit carried to next year (Form 8801, line 26)" },
	{ "f1040.total_tax", "Total tax" },
};

static const char *explanation(const struct audit *audit, const struct filed_year *filed,
	const struct tax_return *its, struct pool *pool)
{
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < audit->findings; i++) {
		const struct finding *const finding = &audit->finding[i];

		if (finding->year != filed->year ||
			strcmp(finding->code, "unexplained") == 0)
			continue;
		text_addf(&text, "As to line %s: %s (%s). ", finding->line, finding->text,
			finding->rule);
	}
	for (size_t i = 0; i < COUNT(told); i++)
		say_line(&text, filed, its, told[i].id, told[i].what);
	const char *const kept = pool_text(pool, text.at, text.length);

	text_release(&text);
	return kept;
}

static bool any_differs(const struct filed_year *filed, const struct tax_return *its,
	const char *const *ids)
{
	struct money was;

	for (; *ids != NULL; ids++)
		if (filed_amount(filed, *ids, &was) && !near(was, line_of(its, *ids)))
			return true;
	return false;
}

static const char *const *attachments(
	const struct filed_year *filed, const struct tax_return *its, struct pool *pool)
{
	static const char *const capital[] = { "f1040.capital", "schedule_d.7",
		"schedule_d.15", "schedule_d.16", NULL };
	static const char *const amt[] = { "f6251.2a", "f6251.2i", "f6251.2k", "f6251.4",
		"f6251.9", "f6251.10", "f6251.11", NULL };
	static const char *const niit[] = { "f1040.niit", NULL };
	const char **const list = pool_alloc(pool, 8 * sizeof *list);
	size_t count = 0;

	if (any_differs(filed, its, capital)) {
		list[count++] = "Form 8949, corrected";
		list[count++] = "Schedule D, corrected";
	}
	/* A credit on Form 8801 needs Form 6251 beside it, whatever its lines. */
	if (any_differs(filed, its, amt) || line_of(its, "f8801.21").cents > 0)
		list[count++] = "Form 6251, corrected";
	if (line_of(its, "f8801.21").cents > 0)
		list[count++] = "Form 8801, corrected";
	if (any_differs(filed, its, niit))
		list[count++] = "Form 8960, corrected";
	list[count++] = "Forms 3921 and brokers' statements behind the figures, to be "
			"kept at hand";
	return list;
}

static const char *const *notes(
	const struct audit *audit, const struct amendment *amendment, struct pool *pool)
{
	const char **const list = pool_alloc(pool, 6 * sizeof *list);
	size_t count = 0;

	list[count++] =
		"a state return built on the federal one is amended too, within the "
		"state's own time";
	list[count++] = "interest is not computed";
	if (amendment->window.rests_on_moved_look_back)
		list[count++] =
			"on the last day itself the refund of withholding rests on Rev. "
			"Rul. 2003-41, "
			"which is not verified here: claim by the safe day";
	if (amendment->filing_assumed)
		list[count++] =
			"the day of filing is not known and was taken as the due date: "
			"enter filed_on=YYYY-MM-DD";
	for (size_t i = 0; i < audit->findings; i++)
		if (audit->finding[i].year == amendment->year &&
			strcmp(audit->finding[i].code, "spread_not_by_form_3921") == 0) {
			list[count++] =
				"while a corrected Form 3921 or a dispute about the "
				"value is pending, a protective claim that names the "
				"year, the ground and the contingency, filed in time, "
				"keeps the year open";
			break;
		}
	return list;
}

static bool carries_differ(const struct filed_year *filed, const struct tax_return *its)
{
	static const char *const carried[] = { "f8801.26", NULL };

	return any_differs(filed, its, carried);
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
		const bool tax_differs =
			year->tax_known && !near(year->tax_filed, year->tax_computed);

		if (!tax_differs && !carries_differ(&year->filed, its))
			continue;
		struct amendment *const it = &(*amendments)[(*count)++];

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
		figures(it, &year->filed, its);
		it->explanation = explanation(audit, &year->filed, its, pool);
		it->attachments = attachments(&year->filed, its, pool);
		it->notes = notes(audit, it, pool);
	}
}

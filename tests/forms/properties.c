/* What must hold for every return, on random returns of every year and status. */
#include "tests/forms/case.h"

/* A small generator with a fixed seed: the same returns on every run. */
static uint64_t state = 20180101;

static uint64_t draw(uint64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (state >> 33) % below;
}

/* Cents: nothing, small, usual or large. */
static int64_t some_cents(void)
{
	static const int64_t most[] = { 1, 5000000, 40000000, 200000000, 3000000000 };

	return (int64_t)draw((uint64_t)most[draw(COUNT(most))]);
}

static int64_t signed_cents(void)
{
	return draw(3) == 0 ? -some_cents() : some_cents();
}

static const char *some_status(void)
{
	return status_name((enum filing_status)draw(STATUSES));
}

static int some_year(void)
{
	return LAW_FIRST_YEAR + (int)draw(LAW_LAST_YEAR - LAW_FIRST_YEAR + 1);
}

/* Income, gains and deductions, the same in both books. */
static struct tax_case *some_return(const struct law *law, int year, const char *status)
{
	static const char *const amounts[] = { "wages", "taxable_interest",
		"other_income", "salt_paid", "itemized_other", "state_refund" };
	struct tax_case *const tax = case_begin(law, year, status);
	const int64_t dividends = some_cents() / 10;

	tax->input.cents = draw(2) == 0;
	tax->input.schedule = draw(2) == 0;
	for (size_t i = 0; i < COUNT(amounts); i++)
		if (draw(2) == 0)
			case_give_cents(tax, amounts[i], some_cents());
	case_give_cents(tax, "ordinary_dividends", dividends);
	if (draw(2) == 0)
		case_give_cents(tax, "qualified_dividends", dividends / 2);
	if (draw(2) == 0)
		case_give_cents(tax, "short_term_gain", signed_cents());
	if (draw(2) == 0)
		case_give_cents(tax, "long_term_gain", signed_cents());
	if (draw(4) == 0)
		case_give_cents(tax, "unrecaptured_1250_gain", some_cents());
	if (draw(8) == 0)
		case_give_cents(tax, "gain_28_rate", some_cents());
	return tax;
}

static void add_amt_items(struct tax_case *tax)
{
	static const char *const either[] = { "amt_short_term_difference",
		"amt_long_term_difference", "other_amt_adjustment",
		"other_exclusion_adjustment", "investment_interest_difference" };

	for (size_t i = 0; i < COUNT(either); i++)
		if (draw(3) == 0)
			case_give_cents(tax, either[i], signed_cents());
	if (draw(3) == 0)
		case_give_cents(tax, "private_activity_interest", some_cents());
	if (draw(4) == 0)
		case_give_cents(tax, "foreign_tax_credit", some_cents() / 20);
	if (draw(4) == 0)
		case_give_cents(tax, "amt_foreign_tax_credit", some_cents() / 20);
	if (draw(4) == 0)
		case_give_cents(tax, "other_nonrefundable_credits", some_cents() / 20);
}

Test(properties, amt_is_never_negative_and_never_falls_with_the_spread)
{
	struct law *const law = case_law();

	for (int round = 0; round < 2000; round++) {
		struct tax_case *const tax = some_return(law, some_year(), some_status());
		int64_t spread = some_cents(), before = -1;

		add_amt_items(tax);
		for (int step = 0; step < 3; step++) {
			case_give_cents(tax, "iso_spread", spread);
			case_evaluate(tax, NULL);
			const int64_t amt = case_cents(tax, "f6251.11");

			cr_expect(amt >= 0 && case_cents(tax, "f6251.9") >= 0);
			cr_expect(amt >= before, "%d %s: %lld after %lld",
				tax->input.year, status_name(tax->input.status),
				(long long)amt, (long long)before);
			before = amt;
			spread += some_cents();
		}
		case_end(tax);
	}
	law_free(law);
}

/* Every line of the AMT copy of a form that is filled in is the regular copy's. */
static void same_books(const struct tax_case *tax, const char *form)
{
	const struct line_ref *line;
	struct fail why;
	size_t count;

	if (!law_form_lines(tax->law, tax->input.year, form, &line, &count, &why))
		cr_fatal("%s: %s", form, why.message);
	for (size_t i = 0; i < count; i++) {
		const struct line_words words =
			law_line_words(tax->law, tax->input.year, line[i]);
		char other[64];

		snprintf(other, sizeof other, "%s@amt.%s", form, words.line);
		const struct value amt = case_value(tax, other);

		if (amt.filled && !words.exact)
			cr_expect(eq(i64, amt.amount.cents,
					  return_line(tax->result, line[i]).amount.cents),
				"%d %s", tax->input.year, other);
	}
}

Test(properties, both_books_agree_without_amt_items_and_net_loss)
{
	static const char *const forms[] = { "schedule_d", "qdcg", "schedule_d_tax",
		"loss_carryover" };
	struct law *const law = case_law();
	int compared = 0;

	for (int round = 0; round < 3000; round++) {
		struct tax_case *const tax = some_return(law, some_year(), some_status());

		case_evaluate(tax, NULL);
		if (case_cents(tax, "schedule_d.16") >= 0) {
			for (size_t i = 0; i < COUNT(forms); i++)
				same_books(tax, forms[i]);
			cr_expect(eq(i64, case_cents(tax, "f6251.2k"), 0));
			compared++;
		}
		case_end(tax);
	}
	cr_expect(compared > 1000, "%d returns", compared);
	law_free(law);
}

/*
 * opening + max(0, line 18) + max(min(0, line 18), -(line 19 + line 20)) + line 20
 *     = line 25 + line 26
 */
static void credit_is_conserved(const struct tax_case *tax, int64_t opening)
{
	const int64_t made = case_cents(tax, "f8801.18"),
		      vehicle = case_cents(tax, "f8801.20");
	const int64_t least = -(opening + vehicle);
	const int64_t lost = made < 0 ? (made > least ? made : least) : 0;

	cr_expect(eq(i64, case_cents(tax, "f8801.19"), opening));
	cr_expect(eq(i64, opening + (made > 0 ? made : 0) + lost + vehicle,
			  case_cents(tax, "f8801.25") + case_cents(tax, "f8801.26")),
		"%d", tax->input.year);
}

static int64_t book_cents(
	const struct tax_case *tax, const char *form, const char *book, const char *line)
{
	char id[64];

	snprintf(id, sizeof id, "%s%s.%s", form, book, line);
	return case_cents(tax, id);
}

/*
 * What last year's loss leaves is what it was, less what income took up; a loss that was
 * allowed in full with income to take it up leaves nothing.
 */
static void losses_are_conserved(
	const struct tax_case *last, const struct tax_case *tax, const char *book)
{
	const int64_t left = book_cents(tax, "schedule_d", book, "6") +
		book_cents(tax, "schedule_d", book, "14");
	const int64_t net = book_cents(last, "schedule_d", book, "16");
	char id[64];

	snprintf(id, sizeof id, "loss_carryover%s.4", book);
	if (case_value(tax, id).filled)
		cr_expect(eq(i64, left, net + case_cents(tax, id)), "%d %s",
			tax->input.year, id);
	else
		cr_expect(left == 0 &&
				(net >= 0 ||
					net ==
						book_cents(
							last, "schedule_d", book, "21")),
			"%d %s", tax->input.year, id);
}

Test(properties, credit_and_losses_are_conserved_over_chains)
{
	struct law *const law = case_law();

	for (int round = 0; round < 200; round++) {
		const char *const status = some_status();
		struct tax_case *year[LAW_LAST_YEAR - LAW_FIRST_YEAR + 1];
		const bool cents = draw(2) == 0;
		int64_t credit = some_cents();
		size_t years = 0;

		for (int y = LAW_FIRST_YEAR; y <= LAW_LAST_YEAR; y++, years++) {
			struct tax_case *const tax = some_return(law, y, status);

			add_amt_items(tax);
			tax->input.cents = cents;
			credit = cents ? credit : credit / 100 * 100;
			if (draw(2) == 0)
				case_give_cents(tax, "iso_spread", some_cents());
			if (draw(8) == 0)
				case_give_cents(tax, "unallowed_vehicle_credit",
					(int64_t)draw(10) * 10000);
			if (years == 0) {
				case_give_cents(tax, "credit_carryforward", credit);
				case_give_cents(
					tax, "amt_long_term_carryover", some_cents());
				case_give_cents(
					tax, "short_term_carryover", some_cents());
			}
			case_evaluate(tax, years == 0 ? NULL : year[years - 1]->result);
			credit_is_conserved(tax, credit);
			credit = case_cents(tax, "f8801.26");
			if (years > 0) {
				losses_are_conserved(year[years - 1], tax, "");
				losses_are_conserved(year[years - 1], tax, "@amt");
			}
			year[years] = tax;
		}
		while (years > 0)
			case_end(year[--years]);
	}
	law_free(law);
}

Test(properties, a_separate_return_of_half_of_everything_has_half_the_amt)
{
	struct law *const law = case_law();
	int compared = 0;

	for (int round = 0; round < 1000; round++) {
		const int year = some_year();
		const int64_t wages = some_cents() / 20000 * 20000;
		const int64_t spread = some_cents() / 20000 * 20000;
		struct tax_case *const joint = case_begin(law, year, "mfj");
		struct tax_case *const half = case_begin(law, year, "mfs");

		joint->input.schedule = half->input.schedule = true;
		case_give_cents(joint, "wages", wages);
		case_give_cents(joint, "iso_spread", spread);
		case_give_cents(half, "wages", wages / 2);
		case_give_cents(half, "iso_spread", spread / 2);
		case_evaluate(joint, NULL);
		case_evaluate(half, NULL);
		/* Above the end of the exemption line 4 is increased on separate returns only. */
		if (case_cents(half, "f6251.separate_increase") == 0) {
			cr_expect(eq(i64, 2 * case_cents(half, "f6251.11"),
					  case_cents(joint, "f6251.11")),
				"%d wages %lld spread %lld", year, (long long)wages,
				(long long)spread);
			compared++;
		}
		case_end(joint);
		case_end(half);
	}
	cr_expect(compared > 400, "%d returns", compared);
	law_free(law);
}

/* A cent of section 1250 gain calls for the other worksheet and changes the tax by a cent. */
Test(properties, both_worksheets_give_the_same_tax)
{
	struct law *const law = case_law();
	int compared = 0;

	for (int round = 0; round < 2000; round++) {
		const int year = some_year();
		struct tax_case *const tax = case_begin(law, year, some_status());

		tax->input.schedule = true;
		case_give_cents(tax, "wages", some_cents());
		case_give_cents(tax, "long_term_gain", some_cents());
		case_give_cents(tax, "ordinary_dividends", 100000000);
		case_give_cents(tax, "qualified_dividends", some_cents() / 100);
		case_evaluate(tax, NULL);
		const int64_t plain = case_cents(tax, "f1040.tax");
		const int64_t plain_tmt = case_cents(tax, "f6251.9");
		const bool gains = case_value(tax, "qdcg.1").filled &&
			case_cents(tax, "schedule_d.15") > 0;

		case_give(tax, "unrecaptured_1250_gain", "0.01");
		case_evaluate(tax, NULL);
		if (gains) {
			cr_expect(case_value(tax, "schedule_d_tax.1").filled);
			cr_expect(labs(case_cents(tax, "f1040.tax") - plain) <= 1, "%d",
				year);
			cr_expect(labs(case_cents(tax, "f6251.9") - plain_tmt) <= 1, "%d",
				year);
			compared++;
		}
		case_end(tax);
	}
	cr_expect(compared > 1000, "%d returns", compared);
	law_free(law);
}

Test(properties, whole_dollars_stay_whole)
{
	struct law *const law = case_law();

	for (int round = 0; round < 100; round++) {
		struct tax_case *const tax = some_return(law, some_year(), some_status());
		const char *const *form;

		add_amt_items(tax);
		tax->input.cents = false;
		case_evaluate(tax, NULL);
		form = law_forms(law, tax->input.year, &tax->pool);
		for (; *form != NULL; form++) {
			const struct line_ref *line;
			struct fail why;
			size_t count;

			cr_assert(law_form_lines(
				law, tax->input.year, *form, &line, &count, &why));
			for (size_t i = 0; i < count; i++)
				cr_expect(return_line(tax->result, line[i]).amount.cents %
						100 ==
					0);
		}
		case_end(tax);
	}
	law_free(law);
}

/*
 * Thousands of random returns, two years each, against a second computation that was written from
 * the Code and knows no line of any form (second_opinion.h): to the cent, or to the dollar where
 * lines are whole dollars. All years, all statuses, plain returns and extremes.
 */
#include "tests/forms/second_opinion.h"
#include "tests/forms/case.h"

static uint64_t state = 20260526;

static uint64_t draw(uint64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (state >> 33) % below;
}

/* Sizes that matter: edges of the Tax Table, brackets, phase-outs, and far above all of them. */
static int64_t some(const struct opinion_year *its, int64_t most)
{
	static const int64_t reach[] = { 10000, 300000, 10000000, 60000000, 150000000,
		1000000000, INT64_C(100000000000) };
	const int64_t top = opinion_min(most, reach[draw(COUNT(reach))]);
	const int64_t cents = (int64_t)(((draw(1u << 31) << 31) | draw(1u << 31)) %
		(uint64_t)(top + 1));

	switch (draw(6)) {
	case 0:
		return cents / 5000 * 5000; /* an edge of two steps */
	case 1:
		return its->unit == 1 ? cents : cents / 100 * 100;
	default:
		return cents / 100 * 100;
	}
}

#define OFTEN  2
#define SELDOM 6

static int64_t maybe(const struct opinion_year *its, unsigned one_in, int64_t most)
{
	return draw(one_in) == 0 ? some(its, most) : 0;
}

static int64_t maybe_signed(const struct opinion_year *its, unsigned one_in)
{
	const int64_t amount = maybe(its, one_in, INT64_C(100000000000));

	return draw(3) == 0 ? -amount : amount;
}

#define ANY INT64_C(100000000000)

static void draw_gains(struct opinion_year *its)
{
	its->short_gain[REGULAR] = maybe_signed(its, 3);
	its->long_gain[REGULAR] = maybe_signed(its, OFTEN);
	its->short_gain[MINIMUM] = its->short_gain[REGULAR] + maybe_signed(its, 4);
	its->long_gain[MINIMUM] = its->long_gain[REGULAR] + maybe_signed(its, 3);
	its->gain_28[REGULAR] = maybe(its, SELDOM, ANY);
	its->gain_1250[REGULAR] = maybe(its, SELDOM, ANY);
	its->elected[REGULAR] = maybe(its, 10, ANY);
	its->elected_gain[REGULAR] = maybe(its, 10, ANY);
	/* What the minimum tax refigures is the regular amount where nothing else is said. */
	its->gain_28[MINIMUM] =
		draw(4) == 0 ? maybe(its, OFTEN, ANY) : its->gain_28[REGULAR];
	its->gain_1250[MINIMUM] =
		draw(4) == 0 ? maybe(its, OFTEN, ANY) : its->gain_1250[REGULAR];
	its->elected[MINIMUM] =
		draw(8) == 0 ? maybe(its, OFTEN, ANY) : its->elected[REGULAR];
	its->elected_gain[MINIMUM] =
		draw(8) == 0 ? maybe(its, OFTEN, ANY) : its->elected_gain[REGULAR];
}

static void draw_deductions(struct opinion_year *its)
{
	its->state_taxes = maybe(its, OFTEN, ANY);
	its->itemized = maybe(its, OFTEN, ANY);
	its->business = maybe(its, SELDOM, 30000000);
	its->tips = maybe(its, SELDOM, 2500000);
	its->charity = maybe(its, SELDOM, 200000);
	its->boxes = draw(4) == 0 ? (int)draw(5) : 0;
	its->seniors = draw(4) == 0 ? (int)draw(3) : 0;
	its->spouse_itemizes = draw(4) == 0;
	its->choice = draw(3) == 0 ? CHOOSE_STANDARD + draw(2) : CHOOSE_LARGER;
}

static void draw_minimum(struct opinion_year *its)
{
	its->spread = maybe(its, OFTEN, ANY);
	its->ordinary_difference = maybe_signed(its, SELDOM);
	its->bonds = maybe(its, SELDOM, ANY);
	its->small_business = maybe(its, SELDOM, ANY);
	its->investment = maybe_signed(its, SELDOM);
	its->deferral = maybe_signed(its, SELDOM);
	its->exclusion = maybe_signed(its, SELDOM);
	its->minimum_operating_loss = maybe(its, 10, ANY);
	its->operating_loss = maybe(its, 10, ANY);
	its->foreign = maybe(its, 4, 100000000);
	its->minimum_foreign = maybe(its, 4, 100000000);
	its->credits = maybe(its, 4, 10000000);
	its->additions = maybe(its, SELDOM, 10000000);
	its->vehicle = maybe(its, 20, 1000000);
	its->exclusion_foreign = maybe(its, 8, 10000000);
}

static void draw_year(struct opinion_year *its, int year, int status, int64_t unit)
{
	*its = (struct opinion_year){ .year = year, .status = status, .unit = unit };
	its->schedule = draw(3) == 0;
	its->wages = maybe(its, OFTEN, ANY);
	its->interest = maybe(its, 3, ANY);
	its->dividends = maybe(its, OFTEN, ANY);
	its->qualified = draw(2) == 0 ? its->dividends : maybe(its, 3, ANY);
	its->other = maybe_signed(its, 3);
	its->refund = maybe(its, SELDOM, 10000000);
	its->adjustments = maybe(its, SELDOM, ANY);
	draw_gains(its);
	draw_deductions(its);
	draw_minimum(its);
}

static void draw_opening(struct opinion_year *its)
{
	its->credit_carried = maybe(its, OFTEN, ANY);
	for (int book = REGULAR; book <= MINIMUM; book++) {
		its->short_carried[book] = maybe(its, 4, ANY);
		its->long_carried[book] = maybe(its, 4, ANY);
	}
}

/* ---- the same figures to the program ------------------------------------------------ */

static void give(struct tax_case *tax, const char *name, int64_t cents)
{
	if (cents != 0)
		case_give_cents(tax, name, cents);
}

static void give_refigured(struct tax_case *tax, const char *name, const char *amt_name,
	const int64_t amount[2])
{
	give(tax, name, amount[REGULAR]);
	if (amount[MINIMUM] != amount[REGULAR])
		case_give_cents(tax, amt_name, amount[MINIMUM]);
}

static void give_count(struct tax_case *tax, const char *name, int count)
{
	char words[16];

	snprintf(words, sizeof words, "%d", count);
	case_give(tax, name, words);
}

static void give_year(struct tax_case *tax, const struct opinion_year *its)
{
	static const char *const choice[] = { "auto", "standard", "itemized" };
	const struct {
		const char *name;
		int64_t cents;
	} amounts[] = {
		{ "wages", its->wages },
		{ "taxable_interest", its->interest },
		{ "ordinary_dividends", its->dividends },
		{ "qualified_dividends", its->qualified },
		{ "other_income", its->other },
		{ "state_refund", its->refund },
		{ "net_operating_loss", its->operating_loss },
		{ "adjustments", its->adjustments },
		{ "short_term_gain", its->short_gain[REGULAR] },
		{ "long_term_gain", its->long_gain[REGULAR] },
		{ "amt_short_term_difference",
			its->short_gain[MINIMUM] - its->short_gain[REGULAR] },
		{ "amt_long_term_difference",
			its->long_gain[MINIMUM] - its->long_gain[REGULAR] },
		{ "short_term_carryover", its->short_carried[REGULAR] },
		{ "long_term_carryover", its->long_carried[REGULAR] },
		{ "amt_short_term_carryover", its->short_carried[MINIMUM] },
		{ "amt_long_term_carryover", its->long_carried[MINIMUM] },
		{ "salt_paid", its->state_taxes },
		{ "itemized_other", its->itemized },
		{ "qbi_deduction", its->business },
		{ "schedule_1a_other", its->tips },
		{ "nonitemizer_charity", its->charity },
		{ "iso_spread", its->spread },
		{ "amt_ordinary_difference", its->ordinary_difference },
		{ "private_activity_interest", its->bonds },
		{ "qsbs_preference", its->small_business },
		{ "investment_interest_difference", its->investment },
		{ "other_amt_adjustment", its->deferral },
		{ "other_exclusion_adjustment", its->exclusion },
		{ "amt_net_operating_loss", its->minimum_operating_loss },
		{ "foreign_tax_credit", its->foreign },
		{ "amt_foreign_tax_credit", its->minimum_foreign },
		{ "other_nonrefundable_credits", its->credits },
		{ "tax_additions", its->additions },
		{ "unallowed_vehicle_credit", its->vehicle },
		{ "exclusion_foreign_tax_credit", its->exclusion_foreign },
		{ "credit_carryforward", its->credit_carried },
	};

	tax->input.cents = its->unit == 1;
	tax->input.schedule = its->schedule;
	for (size_t i = 0; i < COUNT(amounts); i++)
		give(tax, amounts[i].name, amounts[i].cents);
	give_refigured(tax, "gain_28_rate", "amt_gain_28_rate", its->gain_28);
	give_refigured(tax, "unrecaptured_1250_gain", "amt_unrecaptured_1250_gain",
		its->gain_1250);
	give_refigured(tax, "form_4952_4g", "amt_form_4952_4g", its->elected);
	give_refigured(tax, "form_4952_4e", "amt_form_4952_4e", its->elected_gain);
	give_count(tax, "age_blind_boxes", its->boxes);
	give_count(tax, "seniors", its->seniors);
	case_give(tax, "spouse_itemizes", its->spouse_itemizes ? "yes" : "no");
	case_give(tax, "joint_split_settled", "yes");
	case_give(tax, "deduction", choice[its->choice]);
}

/* ---- the comparison ------------------------------------------------------------------ */

struct tallies {
	size_t amt, credit, lost, part_3, special;
};

static bool compare(const struct tax_case *tax, const struct opinion_year *its,
	const struct opinion *so)
{
	const struct {
		const char *line;
		int64_t want;
	} lines[] = {
		{ "f1040.agi", so->agi },
		{ "f1040.taxable_income_signed", so->taxable },
		{ "schedule_d.16", so->net_gain[REGULAR] },
		{ "schedule_d@amt.16", so->net_gain[MINIMUM] },
		{ "schedule_d.allowed", so->allowed[REGULAR] },
		{ "f6251.2k",
			so->allowed[MINIMUM] - so->allowed[REGULAR] +
				its->ordinary_difference },
		{ "f1040.tax", so->tax },
		{ "f6251.4", so->amti },
		{ "f6251.5", so->exempt },
		{ "f6251.6", so->excess },
		{ "f6251.7", so->minimum_gross },
		{ "f6251.9", so->minimum_tax },
		{ "f6251.10", so->regular_tax },
		{ "f6251.11", so->amt },
		{ "f8801.18", so->new_credit },
		{ "f8801.25", so->credit },
		{ "f8801.26", so->credit_left },
		{ "f8959.18", so->medicare_tax },
		{ "f8960.17", so->investment_tax },
		{ "f1040.total_tax", so->total },
	};

	for (size_t i = 0; i < COUNT(lines); i++) {
		const int64_t is = case_cents(tax, lines[i].line);

		if (is == lines[i].want)
			continue;
		cr_expect(false, "%d %s, %s: %s is %lld, the second opinion is %lld",
			its->year, status_name(tax->input.status),
			its->unit == 1 ? "cents" : "dollars", lines[i].line,
			(long long)is, (long long)lines[i].want);
		return false;
	}
	return true;
}

static void describe(const struct tax_case *tax)
{
	for (size_t i = 0; i < law_inputs(tax->law); i++) {
		char amount[MONEY_TEXT];

		if (tax->entered[i].given)
			cr_log_info("  %s=%s (%d)", law_input(tax->law, i)->name,
				money_plain(tax->entered[i].amount, amount),
				tax->entered[i].choice);
	}
}

static void count(struct tallies *so_far, const struct opinion_year *its,
	const struct opinion *so, const struct tax_case *tax)
{
	so_far->amt += so->amt > 0;
	so_far->credit += so->credit > 0;
	so_far->lost += so->new_credit < 0;
	so_far->part_3 += case_cents(tax, "f6251.38") > 0 &&
		case_cents(tax, "f6251.38") < case_cents(tax, "f6251.39");
	so_far->special += its->gain_28[REGULAR] + its->gain_1250[REGULAR] > 0 &&
		case_value(tax, "schedule_d_tax.1").filled;
}

static bool two_years(
	const struct law *law, int year, int status, int64_t unit, struct tallies *so_far)
{
	struct opinion_year its[2];
	struct opinion so[2];
	struct tax_case *tax[2];
	bool agree = true;

	for (int i = 0; i < 2; i++) {
		draw_year(&its[i], year + i, draw(8) == 0 ? (int)draw(STATUSES) : status,
			unit);
		if (i == 0)
			draw_opening(&its[i]);
		tax[i] = case_begin(
			law, year + i, status_name((enum filing_status)its[i].status));
		give_year(tax[i], &its[i]);
		case_evaluate(tax[i], i == 0 ? NULL : tax[0]->result);
		so[i] = opinion_of(&its[i], i == 0 ? NULL : &so[0]);
		if (agree && !compare(tax[i], &its[i], &so[i])) {
			agree = false;
			for (int k = 0; k <= i; k++)
				describe(tax[k]);
		}
		count(so_far, &its[i], &so[i], tax[i]);
	}
	for (int i = 0; i < 2; i++)
		case_end(tax[i]);
	return agree;
}

#define ROUNDS 400 /* of each year, status and unit: 2 x 400 x 8 x 5 x 2 returns */

Test(second_opinion, agrees_on_random_pairs_of_years)
{
	struct law *const law = case_law();
	struct tallies so_far = { 0 };
	int wrong = 0;

	for (int round = 0; round < ROUNDS && wrong < 5; round++)
		for (int year = LAW_FIRST_YEAR; year < LAW_LAST_YEAR; year++)
			for (int status = 0; status < STATUSES; status++)
				for (int64_t unit = 1; unit <= 100; unit *= 100)
					wrong += !two_years(
						law, year, status, unit, &so_far);
	/* The returns are worth the name. */
	cr_expect(so_far.amt > 5000, "%zu with AMT", so_far.amt);
	cr_expect(so_far.credit > 2000, "%zu use a credit", so_far.credit);
	cr_expect(so_far.lost > 1000, "%zu lose credit", so_far.lost);
	cr_expect(so_far.part_3 > 5000, "%zu by Part III", so_far.part_3);
	cr_expect(
		so_far.special > 1000, "%zu with rates of 25%% and 28%%", so_far.special);
	law_free(law);
}

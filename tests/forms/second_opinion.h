/*
 * second_opinion.h: the federal income tax a second time, from the Code instead of the forms.
 *
 * Why this is independent of forms/: it knows no line, no worksheet and no definition. A gain is
 * an interval of income that lies on ordinary income, and the bands of section 1(h) are cut from
 * it; losses are carried over as section 1212(b)(2) says it; the credit is section 53's. The
 * amounts are typed in again, and only those that the Code lets differ: a joint return has twice
 * the brackets of a single one and a separate return half, so an amount that is wrong in one
 * column of parameters.form is seen here. Nothing of the engine is used, not even its rounding.
 *
 * All amounts are cents. An amount that a rate makes is rounded once, half away from zero, to
 * `unit`: 1 for cents, 100 for whole dollars.
 */
#ifndef DUALBASIS_TESTS_FORMS_SECOND_OPINION_H
#define DUALBASIS_TESTS_FORMS_SECOND_OPINION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SINGLE, JOINT, SEPARATE, HEAD, SURVIVOR };
enum { REGULAR, MINIMUM };

/* In the order of their years from 2018; dollars. */
struct opinion_law {
	int64_t single_top[6], head_top[6], joint_top_6;
	int64_t standard, head_standard; /* a joint return has twice the first */
	int64_t aged, aged_married;
	int64_t zero_single, zero_head; /* 0% up to */
	int64_t fifteen[4];             /* 15% up to */
	int64_t exemption, joint_exemption, phaseout, joint_phaseout;
	int64_t upper_rate_from; /* 28% above; half if separate */
};

static const struct opinion_law opinion_laws[] = {
	{ { 9525, 38700, 82500, 157500, 200000, 500000 },
		{ 13600, 51800, 82500, 157500, 200000, 500000 }, 600000, 12000, 18000,
		1600, 1300, 38600, 51700, { 425800, 479000, 239500, 452400 }, 70300,
		109400, 500000, 1000000, 191100 },
	{ { 9700, 39475, 84200, 160725, 204100, 510300 },
		{ 13850, 52850, 84200, 160700, 204100, 510300 }, 612350, 12200, 18350,
		1650, 1300, 39375, 52750, { 434550, 488850, 244425, 461700 }, 71700,
		111700, 510300, 1020600, 194800 },
	{ { 9875, 40125, 85525, 163300, 207350, 518400 },
		{ 14100, 53700, 85500, 163300, 207350, 518400 }, 622050, 12400, 18650,
		1650, 1300, 40000, 53600, { 441450, 496600, 248300, 469050 }, 72900,
		113400, 518400, 1036800, 197900 },
	{ { 9950, 40525, 86375, 164925, 209425, 523600 },
		{ 14200, 54200, 86350, 164900, 209400, 523600 }, 628300, 12550, 18800,
		1700, 1350, 40400, 54100, { 445850, 501600, 250800, 473750 }, 73600,
		114600, 523600, 1047200, 199900 },
	{ { 10275, 41775, 89075, 170050, 215950, 539900 },
		{ 14650, 55900, 89050, 170050, 215950, 539900 }, 647850, 12950, 19400,
		1750, 1400, 41675, 55800, { 459750, 517200, 258600, 488500 }, 75900,
		118100, 539900, 1079800, 206100 },
	{ { 11000, 44725, 95375, 182100, 231250, 578125 },
		{ 15700, 59850, 95350, 182100, 231250, 578100 }, 693750, 13850, 20800,
		1850, 1500, 44625, 59750, { 492300, 553850, 276900, 523050 }, 81300,
		126500, 578150, 1156300, 220700 },
	{ { 11600, 47150, 100525, 191950, 243725, 609350 },
		{ 16550, 63100, 100500, 191950, 243700, 609350 }, 731200, 14600, 21900,
		1950, 1550, 47025, 63000, { 518900, 583750, 291850, 551350 }, 85700,
		133300, 609350, 1218700, 232600 },
	{ { 11925, 48475, 103350, 197300, 250525, 626350 },
		{ 17000, 64850, 103350, 197300, 250500, 626350 }, 751600, 15750, 23625,
		2000, 1600, 48350, 64750, { 533400, 600050, 300000, 566700 }, 88100,
		137000, 626350, 1252700, 239100 },
	{ { 12400, 50400, 105700, 201775, 256225, 640600 },
		{ 17700, 67450, 105700, 201750, 256200, 640600 }, 768700, 16100, 24150,
		2050, 1650, 49450, 66200, { 545500, 613700, 306850, 579600 }, 90100,
		140200, 500000, 1000000, 244500 },
};

/* What people know of their year, in cents. Pairs are by book. */
struct opinion_year {
	int year, status;
	bool schedule; /* section 1 itself in place of the Tax Table */
	int64_t unit;
	int64_t wages, interest, dividends, qualified, other, refund, operating_loss,
		adjustments;
	int64_t short_gain[2], long_gain[2]; /* without carryovers */
	int64_t gain_28[2], gain_1250[2], elected[2], elected_gain[2]; /* 163(d)(4)(B) */
	int64_t short_carried[2], long_carried[2];
	int64_t state_taxes, itemized, business, tips, charity;
	int boxes, seniors;
	bool spouse_itemizes;
	enum { CHOOSE_LARGER, CHOOSE_STANDARD, CHOOSE_ITEMIZED } choice;
	int64_t spread, ordinary_difference, bonds, small_business, investment, deferral,
		exclusion, minimum_operating_loss;
	int64_t foreign, minimum_foreign, credits, additions, vehicle, credit_carried;
	int64_t exclusion_foreign;
};

struct opinion {
	int64_t agi, taxable; /* taxable may be negative */
	bool itemizes;
	int64_t tax, net_gain[2], allowed[2];
	int64_t short_net[2], long_net[2];
	int64_t short_carry[2], long_carry[2]; /* to next year */
	int64_t amti, exempt, excess, minimum_gross, minimum_tax, regular_tax, amt;
	int64_t exclusion_amti; /* section 53(d)(1)(B)(ii) without the married increase */
	int64_t exclusion_minimum; /* tentative minimum tax on it, before foreign credits */
	int64_t new_credit, credit, credit_left;
	int64_t investment_tax, medicare_tax, total;
};

__extension__ typedef __int128 opinion_wide;

/* number/by of cents, to the unit, half away from zero. */
static inline int64_t opinion_round(int64_t unit, opinion_wide number, int64_t by)
{
	const opinion_wide step = (opinion_wide)by * unit;
	const opinion_wide size = number < 0 ? -number : number;
	const opinion_wide units = (2 * size + step) / (2 * step);

	return (int64_t)((number < 0 ? -units : units) * unit);
}

static inline int64_t opinion_min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static inline int64_t opinion_max(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static inline int64_t opinion_above(int64_t x, int64_t edge)
{
	return opinion_max(0, x - edge);
}

static inline const struct opinion_law *opinion_law(const struct opinion_year *its)
{
	return &opinion_laws[its->year - 2018];
}

static inline bool opinion_doubles(int status)
{
	return status == JOINT || status == SURVIVOR;
}

/* Top of bracket 1 to 6, in cents. */
static inline int64_t opinion_top(const struct opinion_year *its, int bracket)
{
	const struct opinion_law *const law = opinion_law(its);
	const int at = bracket - 1;

	if (its->status == HEAD)
		return law->head_top[at] * 100;
	if (bracket == 6 && opinion_doubles(its->status))
		return law->joint_top_6 * 100;
	if (bracket == 6 && its->status == SEPARATE)
		return law->joint_top_6 * 50;
	return law->single_top[at] * (opinion_doubles(its->status) ? 200 : 100);
}

/* Section 1(j): hundredths of cents. */
static inline opinion_wide opinion_schedule(
	const struct opinion_year *its, int64_t income)
{
	static const int percent[] = { 10, 12, 22, 24, 32, 35, 37 };
	opinion_wide tax = 0;
	int64_t from = 0;

	for (int i = 0; i < 7; i++) {
		const int64_t to =
			i < 6 ? opinion_min(income, opinion_top(its, i + 1)) : income;

		if (to > from)
			tax += (opinion_wide)(to - from) * percent[i];
		from = opinion_max(from, to);
	}
	return tax;
}

/* Section 3: up to 100,000 the tax is that of the middle of a step, in whole dollars. */
static inline int64_t opinion_ordinary_tax(const struct opinion_year *its, int64_t income)
{
	static const struct {
		int64_t from, width;
	} step[] = { { 300000, 5000 }, { 2500, 2500 }, { 500, 1000 }, { 0, 500 } };
	int i = 0;

	if (its->schedule || income >= 10000000)
		return opinion_round(its->unit, opinion_schedule(its, income), 100);
	while (income < step[i].from)
		i++;
	const int64_t low = income - (income - step[i].from) % step[i].width;
	/* The lowest step, up to 5 dollars, is not taxed: half a dollar is not reached. */
	return opinion_round(100, opinion_schedule(its, low + step[i].width / 2), 100);
}

static inline int64_t opinion_minimum_rates(
	const struct opinion_year *its, int64_t excess)
{
	const int64_t edge =
		opinion_law(its)->upper_rate_from * (its->status == SEPARATE ? 50 : 100);

	return opinion_round(its->unit,
		(opinion_wide)26 * opinion_min(excess, edge) +
			(opinion_wide)28 * opinion_above(excess, edge),
		100);
}

static inline int64_t opinion_zero_top(const struct opinion_year *its)
{
	const struct opinion_law *const law = opinion_law(its);

	return its->status == HEAD
		? law->zero_head * 100
		: law->zero_single * (opinion_doubles(its->status) ? 200 : 100);
}

static inline int64_t opinion_fifteen_top(const struct opinion_year *its)
{
	static const int column[] = { 0, 1, 2, 3, 1 };

	return opinion_law(its)->fifteen[column[its->status]] * 100;
}

/* ---- capital gains ------------------------------------------------------------------ */

/* Section 1(h)(2) to (11): what has rates of its own. */
struct opinion_gains {
	int64_t all;      /* net capital gain with qualified dividends */
	int64_t adjusted; /* (3): at 0, 15 and 20% */
	int64_t net, unrecaptured;
	bool any;
};

static inline struct opinion_gains opinion_gains(
	const struct opinion_year *its, const struct opinion *so, int book)
{
	const bool both = so->long_net[book] > 0 && so->net_gain[book] > 0;
	const bool rates = both && (its->gain_28[book] != 0 || its->gain_1250[book] != 0);
	const int64_t elected = its->elected[book], gain = its->elected_gain[book];
	struct opinion_gains gains = { .any = both || its->qualified > 0 };

	if (both)
		gains.net = opinion_min(so->long_net[book], so->net_gain[book]);
	/* The worksheet of 2018 and 2019 takes the election from the sum. */
	if (its->year < 2020 && !rates) {
		gains.all = gains.adjusted =
			opinion_above(its->qualified + gains.net, elected);
		return gains;
	}
	gains.net = opinion_above(gains.net, opinion_min(elected, gain));
	gains.all =
		gains.net + opinion_above(its->qualified, opinion_above(elected, gain));
	gains.adjusted = gains.all;
	if (both) {
		gains.unrecaptured = its->gain_1250[book];
		gains.adjusted -=
			opinion_min(gains.net, its->gain_28[book] + its->gain_1250[book]);
	}
	return gains;
}

/* Section 1(h)(1)(A): what is taxed at the ordinary rates. */
static inline int64_t opinion_ordinary(
	const struct opinion_year *its, int64_t taxable, struct opinion_gains gains)
{
	return opinion_max(opinion_above(taxable, gains.all),
		opinion_min(opinion_top(its, 4), opinion_above(taxable, gains.adjusted)));
}

static inline int64_t opinion_percent(
	const struct opinion_year *its, int64_t amount, int percent)
{
	return opinion_round(its->unit, (opinion_wide)amount * percent, 100);
}

/* Section 1(h)(1). */
static inline int64_t opinion_regular_tax(
	const struct opinion_year *its, int64_t taxable, struct opinion_gains gains)
{
	const int64_t plain = opinion_ordinary_tax(its, taxable);
	const int64_t a = opinion_ordinary(its, taxable, gains);
	const int64_t within = opinion_min(gains.adjusted, taxable);
	const int64_t b = opinion_min(within,
		opinion_above(
			opinion_zero_top(its), opinion_above(taxable, gains.adjusted)));
	const int64_t c =
		opinion_min(within - b, opinion_above(opinion_fifteen_top(its), a + b));
	const int64_t d = within - b - c;
	const int64_t e = opinion_above(opinion_min(gains.net, gains.unrecaptured),
		opinion_above(a + gains.all, taxable));
	const int64_t f = taxable - a - b - c - d - e;

	return opinion_min(plain,
		opinion_ordinary_tax(its, a) + opinion_percent(its, c, 15) +
			opinion_percent(its, d, 20) + opinion_percent(its, e, 25) +
			opinion_percent(its, f, 28));
}

/*
 * Section 55(b)(3): gains as the minimum tax has them (`gains`), the room in the bands as the
 * regular tax has left it.
 */
static inline int64_t opinion_tentative(const struct opinion_year *its, int64_t excess,
	struct opinion_gains gains, int64_t taxable, struct opinion_gains regular)
{
	const int64_t plain = opinion_minimum_rates(its, excess);
	const int64_t special = opinion_min(
		excess, opinion_min(gains.all, gains.adjusted + gains.unrecaptured));
	const int64_t within = opinion_min(excess, gains.adjusted);
	const int64_t room = opinion_above(
		opinion_zero_top(its), opinion_above(taxable, regular.adjusted));
	const int64_t b = opinion_min(within, room);
	const int64_t c = opinion_min(within - b,
		opinion_above(opinion_fifteen_top(its),
			room + opinion_ordinary(its, taxable, regular)));

	return opinion_min(plain,
		opinion_minimum_rates(its, excess - special) +
			opinion_percent(its, c, 15) +
			opinion_percent(its, within - b - c, 20) +
			opinion_percent(its, special - within, 25));
}

/* Section 1212(b): what is left of the losses when this year has taken its part. */
static inline void opinion_carry(
	const struct opinion_year *its, struct opinion *so, int book, int64_t income)
{
	const int64_t most = its->status == SEPARATE ? 150000 : 300000;
	const int64_t allowed = opinion_min(opinion_above(0, so->net_gain[book]), most);
	const int64_t used = opinion_min(allowed, opinion_max(0, income + allowed));
	const int64_t lost[2] = { opinion_above(0, so->short_net[book]),
		opinion_above(0, so->long_net[book]) };

	if (so->net_gain[book] >= 0)
		return;
	so->short_carry[book] =
		opinion_above(lost[0], used + opinion_max(0, so->long_net[book]));
	so->long_carry[book] = opinion_above(lost[1],
		opinion_above(used, lost[0]) + opinion_max(0, so->short_net[book]));
}

/* ---- deductions --------------------------------------------------------------------- */

static inline int64_t opinion_standard(const struct opinion_year *its)
{
	const struct opinion_law *const law = opinion_law(its);
	const bool married = its->status != SINGLE && its->status != HEAD;

	if (its->status == SEPARATE && its->spouse_itemizes)
		return 0;
	return (its->status == HEAD ? law->head_standard * 100
				    : law->standard *
				       (opinion_doubles(its->status) ? 200 : 100)) +
		its->boxes * (married ? law->aged_married : law->aged) * 100;
}

/* Section 164(b)(6) and (7). */
static inline int64_t opinion_state_taxes(const struct opinion_year *its, int64_t agi)
{
	const int64_t share = its->status == SEPARATE ? 2 : 1;
	const int64_t more = its->year - 2025;

	if (its->year < 2025)
		return opinion_min(its->state_taxes, 1000000 / share);
	const int64_t most = (4000000 + 40000 * more) / share;
	const int64_t above = opinion_above(agi, (50000000 + 500000 * more) / share);
	/* Separate returns: half of the whole, which falls by 30% of the excess. */
	const int64_t left = opinion_round(its->unit,
		(opinion_wide)most * 10 * share - (opinion_wide)above * 3, 10 * share);

	return opinion_min(its->state_taxes, opinion_max(1000000 / share, left));
}

/* Section 151(d)(5)(C). */
static inline int64_t opinion_seniors(const struct opinion_year *its, int64_t agi)
{
	if (its->year < 2025 || its->status == SEPARATE)
		return 0;
	const int64_t above =
		opinion_above(agi, its->status == JOINT ? 15000000 : 7500000);

	return its->seniors *
		opinion_max(0,
			opinion_round(its->unit,
				(opinion_wide)60000000 - (opinion_wide)above * 6, 100));
}

/* ---- the year ----------------------------------------------------------------------- */

/* Section 55(d), and for separate returns its last sentence. */
static inline int64_t opinion_exempt(const struct opinion_year *its, int64_t *amti)
{
	const struct opinion_law *const law = opinion_law(its);
	const bool separate = its->status == SEPARATE;
	const bool joint = opinion_doubles(its->status);
	const int64_t by = its->year >= 2026 ? 2 : 4;
	const int64_t whole = separate
		? law->joint_exemption * 50
		: (joint ? law->joint_exemption : law->exemption) * 100;
	const int64_t start = separate
		? law->joint_phaseout * 50
		: (joint ? law->joint_phaseout : law->phaseout) * 100;
	const int64_t end = start + whole * by;

	if (separate)
		*amti += opinion_min(
			whole, opinion_round(its->unit, opinion_above(*amti, end), by));
	return opinion_max(
		0, whole - opinion_round(its->unit, opinion_above(*amti, start), by));
}

/* Section 53: last year's minimum tax without its exclusion items, limited by this year's. */
static inline void opinion_credit(
	const struct opinion_year *its, struct opinion *so, const struct opinion *last)
{
	int64_t adjusted = 0;

	if (last != NULL)
		adjusted = last->amt -
			opinion_above(opinion_above(last->exclusion_minimum,
					      its->exclusion_foreign),
				last->regular_tax);
	so->new_credit = adjusted;
	const int64_t carried = last != NULL ? last->credit_left : its->credit_carried;
	const int64_t there = adjusted + carried + its->vehicle;
	const int64_t liability =
		opinion_max(0, so->tax + its->additions - its->foreign - its->credits);

	so->credit = opinion_max(
		0, opinion_min(there, opinion_above(liability, so->minimum_tax)));
	so->credit_left = opinion_max(0, there - so->credit);
}

/* `last` is last year's, or NULL in the first year. */
static inline struct opinion opinion_of(
	const struct opinion_year *its, const struct opinion *last)
{
	const int64_t most = its->status == SEPARATE ? 150000 : 300000;
	/* Qualified dividends are dividends, whatever else was said. */
	const int64_t dividends = opinion_max(its->dividends, its->qualified);
	struct opinion so = { 0 };

	for (int book = REGULAR; book <= MINIMUM; book++) {
		so.short_net[book] = its->short_gain[book] -
			(last != NULL ? last->short_carry[book]
				      : its->short_carried[book]);
		so.long_net[book] = its->long_gain[book] -
			(last != NULL ? last->long_carry[book] : its->long_carried[book]);
		so.net_gain[book] = so.short_net[book] + so.long_net[book];
		so.allowed[book] = opinion_max(so.net_gain[book], -most);
	}
	so.agi = its->wages + its->interest + dividends + so.allowed[REGULAR] +
		its->other + its->refund - its->operating_loss - its->adjustments;

	const int64_t standard = opinion_standard(its);
	const int64_t taxes = opinion_state_taxes(its, so.agi);
	const int64_t seniors = opinion_seniors(its, so.agi);
	const int64_t tips = its->year >= 2025 ? its->tips : 0;
	int64_t itemized = taxes + its->itemized, cut = 0;

	if (its->year >= 2026)
		cut = opinion_round(its->unit,
			(opinion_wide)2 *
				opinion_min(itemized,
					opinion_above(
						so.agi - its->business - seniors - tips,
						opinion_top(its, 6))),
			37);
	itemized -= cut;
	so.itemizes = its->choice == CHOOSE_ITEMIZED ||
		(its->choice == CHOOSE_LARGER && itemized > standard);
	const int64_t charity = !so.itemizes && (its->year == 2021 || its->year >= 2026)
		? its->charity
		: 0;
	so.taxable = so.agi - (so.itemizes ? itemized : standard) - charity -
		its->business - tips - seniors;

	const int64_t taxable = opinion_max(0, so.taxable);
	const struct opinion_gains regular = opinion_gains(its, &so, REGULAR);
	const struct opinion_gains minimum = opinion_gains(its, &so, MINIMUM);

	so.tax = opinion_regular_tax(its, taxable, regular);
	so.regular_tax = opinion_max(0, so.tax + its->additions - its->foreign);

	/* Sections 56 and 57. */
	const int64_t exclusions = seniors + (so.itemizes ? taxes - cut : standard) -
		its->refund + its->investment + its->bonds + its->small_business +
		its->exclusion;
	const int64_t before = so.taxable + exclusions + its->operating_loss +
		its->spread + so.allowed[MINIMUM] - so.allowed[REGULAR] +
		its->ordinary_difference + its->deferral;

	so.amti = before -
		opinion_min(its->minimum_operating_loss,
			opinion_percent(its, opinion_max(0, before), 90));
	so.exempt = opinion_exempt(its, &so.amti);
	so.excess = opinion_above(so.amti, so.exempt);
	so.minimum_gross = opinion_tentative(its, so.excess, minimum, taxable, regular);
	so.minimum_tax = so.regular_tax < so.minimum_gross
		? opinion_above(so.minimum_gross, its->minimum_foreign)
		: so.minimum_gross;
	so.amt = opinion_above(so.minimum_tax, so.regular_tax);

	so.exclusion_amti = so.taxable + its->operating_loss + exclusions;
	int64_t alone = so.exclusion_amti;
	const int64_t exempt = opinion_exempt(its, &alone);

	so.exclusion_minimum = opinion_tentative(its,
		opinion_above(opinion_max(0, alone), exempt), regular, taxable, regular);
	opinion_credit(its, &so, last);

	opinion_carry(its, &so, REGULAR, so.taxable);
	opinion_carry(its, &so, MINIMUM, so.amti);

	const int64_t separate = its->status == SEPARATE ? 12500000 : 0;
	const int64_t net =
		opinion_max(0, its->interest + dividends + so.allowed[REGULAR]);
	const int64_t income_edge = separate   ? separate
		: opinion_doubles(its->status) ? 25000000
					       : 20000000;
	const int64_t wage_edge = separate ? separate
		: its->status == JOINT     ? 25000000
					   : 20000000;

	so.investment_tax = opinion_round(its->unit,
		(opinion_wide)38 * opinion_min(net, opinion_above(so.agi, income_edge)),
		1000);
	so.medicare_tax = opinion_round(
		its->unit, (opinion_wide)9 * opinion_above(its->wages, wage_edge), 1000);
	so.total = opinion_max(0,
			   so.tax + its->additions + so.amt - its->foreign -
				   its->credits - so.credit) +
		so.investment_tax + so.medicare_tax;
	return so;
}

#endif

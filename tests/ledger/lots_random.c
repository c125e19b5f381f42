/*
 * Properties over random histories of every kind of fact: shares add up, and so does income. When
 * at last everything is sold, each book has taxed the same: what came in less what was paid,
 * whatever was exercised, vested, washed, merged, split or moved in between.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

#include "ledger/f8949.h"
#include "tests/ledger/household.h"

#define SYMBOLS  3
#define ACCOUNTS 2
#define WHOLE    INT64_C(100000000)

static uint64_t state;

static int64_t any(int64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((state >> 33) % (uint64_t)below);
}

static const char *const symbols[] = { "X", "Y", "Z" };
static const char *const accounts[] = { "one", "two", "three" };
static const char *const owners[] = { "ann", "bob" };

struct history {
	struct household home;
	struct day day;
	int lots;
};

static struct fact fact_of(struct history *history, enum fact_kind kind)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = kind;
	fact.day = history->day;
	fact.symbol = name(&history->home, symbols[any(SYMBOLS)]);
	fact.shares.e8 = any(4) ? (any(300) + 1) * WHOLE : any(30000000000) + 1;
	fact.price.e8 = any(5000000000) + 1000000;
	fact.fmv.e8 = any(9000000000) + 1000000;
	return fact;
}

/* Add a fact if the replay takes it: what is refused did not happen. */
static bool happened(struct history *history, struct fact fact)
{
	struct household *const home = &history->home;
	struct lots lots;
	struct fail why = { 0 };
	struct pool pool = { NULL };

	add_fact(home, fact);
	const bool good = lots_replay(&home->facts, &lots, &pool, &why);

	pool_release(&pool);
	if (!good)
		home->facts.count--;
	return good;
}

static uint32_t new_lot(struct history *history)
{
	char text[16];

	snprintf(text, sizeof text, "lot %d", history->lots++);
	return name(&history->home, text);
}

/* ---- ways to come -------------------------------------------------------------------- */

static void come_by_exercise(struct history *history)
{
	struct fact fact = fact_of(history, FACT_EXERCISE);

	fact.other_day = day_plus(fact.day, (int)-any(1200));
	fact.option = any(4) ? OPTION_ISO : OPTION_NSO;
	fact.lot = new_lot(history);
	if (any(3) == 0) {
		fact.unvested.e8 = any(2) ? fact.shares.e8 : any(fact.shares.e8) + 1;
		fact.elected = any(2) ? COVERED_YES : COVERED_NO;
	}
	if (any(5) == 0)
		fact.nso_shares.e8 = any(fact.shares.e8) + 1;
	if (!happened(history, fact))
		return;
	/* All of it vests, in one or two parts. */
	for (int64_t left = fact.unvested.e8, part; left > 0; left -= part) {
		struct fact vest = fact_of(history, FACT_VEST);

		vest.symbol = fact.symbol;
		vest.lot = fact.lot;
		vest.day = day_plus(fact.day, (int)any(500) + 1);
		part = any(2) || left != fact.unvested.e8 ? left : any(left) + 1;
		vest.shares.e8 = part;
		cr_assert(happened(history, vest));
	}
}

static void come_by_plan(struct history *history)
{
	struct fact fact = fact_of(history, any(2) ? FACT_RSU : FACT_ESPP);

	if (fact.kind == FACT_RSU) {
		fact.kept_known = any(2) != 0;
		fact.kept.e8 = any(fact.shares.e8) + 1;
	} else {
		fact.other_day = day_plus(fact.day, (int)-any(700));
		fact.grant_fmv.e8 = any(9000000000) + 1000000;
		fact.grant_price.e8 = any(2) ? fact.grant_fmv.e8 * 85 / 100 : 0;
		fact.price.e8 = (fact.fmv.e8 < fact.grant_fmv.e8 ? fact.fmv.e8
								 : fact.grant_fmv.e8) *
			85 / 100;
	}
	happened(history, fact);
}

static void come_otherwise(struct history *history)
{
	static const enum fact_kind kinds[] = { FACT_PURCHASE, FACT_PURCHASE,
		FACT_PURCHASE, FACT_INHERITANCE, FACT_GIFT_RECEIVED };
	struct fact fact = fact_of(history, kinds[any(COUNT(kinds))]);

	if (fact.kind == FACT_GIFT_RECEIVED) {
		fact.other_day = day_plus(fact.day, (int)-any(2000));
		/* Worth no less than it cost: no gap in which neither is taxed. */
		fact.basis.cents = any(price_times(fact.fmv, fact.shares).cents + 1);
		fact.basis_known = true;
		fact.amt_basis.cents = any(price_times(fact.fmv, fact.shares).cents + 1);
		fact.amt_basis_known = any(2) != 0;
	}
	happened(history, fact);
}

/* ---- ways to change and go ------------------------------------------------------------- */

static void change(struct history *history)
{
	struct fact fact = fact_of(history, FACT_SPLIT);

	switch (any(5)) {
	case 0:
		fact.shares.e8 = (any(3) + 1) * WHOLE;
		fact.per.e8 = (any(3) + 1) * WHOLE;
		break;
	case 1:
		fact.kind = FACT_SPIN_OFF;
		fact.target = name(&history->home, symbols[any(SYMBOLS)]);
		fact.shares.e8 = fact.per.e8 = WHOLE;
		fact.fraction.e8 = any(WHOLE - 1) + 1;
		break;
	case 2:
		fact.kind = FACT_MERGER;
		fact.target = name(&history->home, symbols[any(SYMBOLS)]);
		fact.shares.e8 = fact.per.e8 = WHOLE;
		if (any(2))
			fact.price.e8 = 0;
		break;
	case 3:
		fact.kind = FACT_TRANSFER;
		fact.account = any(2) ? name(&history->home, accounts[any(ACCOUNTS)]) : 0;
		fact.target = name(&history->home, accounts[any(ACCOUNTS)]);
		if (any(2))
			fact.shares.e8 = 0;
		break;
	default:
		fact.kind = FACT_TO_SPOUSE;
		fact.owner = any(2) ? name(&history->home, owners[any(2)]) : 0;
		fact.target = name(&history->home, owners[any(2)]);
		break;
	}
	if (fact.target == fact.symbol && fact.kind != FACT_SPLIT)
		return;
	happened(history, fact);
}

static void go(struct history *history)
{
	struct fact fact = fact_of(history, any(9) ? FACT_SALE : FACT_CASH_IN_LIEU);

	fact.proceeds_known = any(2) != 0;
	fact.proceeds.cents = any(2000000);
	fact.fee.cents = any(3) ? 0 : any(3000);
	fact.account = any(3) ? 0 : name(&history->home, accounts[any(ACCOUNTS)]);
	fact.related = any(12) == 0;
	happened(history, fact);
}

static void instruct(struct history *history)
{
	static const char *const orders[] = { "fifo", "lifo", "highest-cost",
		"lowest-cost", "highest-amt-gap", "lowest-amt-gap" };
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_ORDER;
	fact.day = history->day;
	fact.text = name(&history->home, orders[any(COUNT(orders))]);
	happened(history, fact);
}

/*
 * All that is left is sold, long after the last purchase. False where a split came between an
 * exercise and its vests, so that some of the new shares never vest.
 */
static bool sell_out(struct history *history)
{
	bool vested = true;

	struct lots lots;
	struct fail why = { 0 };
	struct pool pool = { NULL };

	history->day = day_plus(history->day, 900);
	cr_assert(lots_replay(&history->home.facts, &lots, &pool, &why));
	for (int k = 0; k < SYMBOLS; k++) {
		struct fact fact = fact_of(history, FACT_SALE);

		fact.symbol = name(&history->home, symbols[k]);
		fact.shares.e8 = 0;
		for (size_t i = 0; i < lots.lot_count; i++)
			if (lots.lot[i].symbol == fact.symbol)
				fact.shares.e8 += lots.lot[i].open.e8;
		if (fact.shares.e8 > 0)
			add_fact(&history->home, fact);
	}
	for (size_t i = 0; i < lots.lot_count; i++)
		vested &= !lots.lot[i].unvested || lots.lot[i].open.e8 == 0;
	pool_release(&pool);
	return vested;
}

static struct history history_of(uint64_t seed)
{
	struct history history = { .home = household(), .day = on("2018-01-02") };

	state = seed * 7919 + 11;
	for (int i = 0; i < 45; i++) {
		const int64_t what = any(20);

		history.day = day_plus(history.day, (int)any(25));
		if (what < 4)
			come_by_exercise(&history);
		else if (what < 6)
			come_by_plan(&history);
		else if (what < 9)
			come_otherwise(&history);
		else if (what < 11)
			change(&history);
		else if (what < 12)
			instruct(&history);
		else
			go(&history);
	}
	return history;
}

/* ---- what must hold ------------------------------------------------------------------- */

/* What was taxed in a book over all years: gains, wages, and line 2i in the AMT. */
static int64_t income_of(const struct lots *lots, enum book book)
{
	int64_t sum = 0;

	for (size_t i = 0; i < lots->lot_count; i++) {
		sum += lots->lot[i].compensation.cents;
		if (book == BOOK_AMT)
			sum += lots->lot[i].inclusion.cents;
	}
	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const gone = &lots->disposition[i];
		const bool iso = lots->lot[gone->lot].kind == LOT_ISO;

		sum += gone->gain[book].cents;
		/* The AMT has no ordinary income in a later year: R-036. */
		if (book == BOOK_REGULAR || !iso || gone->same_year)
			sum += gone->compensation.cents;
	}
	return sum;
}

/* What came in less what was paid, and what was taxed without coming in. */
static int64_t cash_of(
	const struct household *home, const struct lots *lots, enum book book)
{
	int64_t sum = 0;

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const gone = &lots->disposition[i];

		sum += disposition_realized(gone).cents;
		if (gone->manner == MANNER_related)
			sum += gone->disallowed[book].cents;
	}
	for (size_t i = 0; i < home->facts.count; i++) {
		const struct fact *const fact = &home->facts.at[i];
		const int64_t value = price_times(fact->fmv, fact->shares).cents;

		switch ((int)fact->kind) {
		case FACT_EXERCISE:
		case FACT_PURCHASE:
		case FACT_ESPP:
			sum -= price_times(fact->price, fact->shares).cents;
			break;
		case FACT_RSU:
			/* Shares withheld for tax were wages, and went. */
			sum += value -
				price_times(fact->fmv,
					fact->kept_known ? fact->kept : fact->shares)
					.cents;
			break;
		case FACT_INHERITANCE:
			sum -= value;
			break;
		case FACT_GIFT_RECEIVED:
			sum -= book == BOOK_AMT && fact->amt_basis_known
				? fact->amt_basis.cents
				: fact->basis.cents;
			break;
		default:
			break;
		}
	}
	return sum;
}

Test(lots_random, both_books_tax_the_same_in_the_end)
{
	int tried = 0;

	for (uint64_t seed = 0; seed < 300; seed++) {
		struct history history = history_of(seed);

		if (!sell_out(&history)) {
			household_release(&history.home);
			continue;
		}
		tried++;
		const struct lots lots = replay(&history.home);

		for (size_t i = 0; i < lots.lot_count; i++)
			for (int b = 0; b < BOOKS; b++) {
				cr_assert(eq(i64, lots.lot[i].open.e8, 0));
				cr_assert(eq(i64, lots.lot[i].open_basis[b].cents, 0));
			}
		for (int b = 0; b < BOOKS; b++)
			cr_assert(eq(i64, income_of(&lots, (enum book)b),
					  cash_of(&history.home, &lots, (enum book)b)),
				"history %lu in book %s", seed, book_name((enum book)b));
		household_release(&history.home);
	}
	cr_expect(tried > 200, "only %d histories end", tried);
}

/* Everything that lots tell, in one number. */
static uint64_t digest_of(const struct lots *lots)
{
	uint64_t sum = 14695981039346656037u;

#define MIX(value) (sum = (sum ^ (uint64_t)(value)) * 1099511628211u)
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		MIX(lot->kind);
		MIX(lot->parent);
		MIX(lot->open.e8);
		MIX(lot->inclusion.cents);
		MIX(lot->compensation.cents);
		MIX(lot->qualifies_on.number);
		for (int b = 0; b < BOOKS; b++) {
			MIX(lot->basis[b].cents);
			MIX(lot->open_basis[b].cents);
			MIX(lot->held_since[b].number);
		}
	}
	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const gone = &lots->disposition[i];

		MIX(gone->lot);
		MIX(gone->manner);
		MIX(gone->sold.number);
		MIX(gone->shares.e8);
		MIX(gone->proceeds.cents);
		MIX(gone->compensation.cents);
		for (int b = 0; b < BOOKS; b++) {
			MIX(gone->gain[b].cents);
			MIX(gone->disallowed[b].cents);
			MIX(gone->term[b]);
		}
	}
	MIX(lots->notice_count);
	for (size_t i = 0; i < lots->notice_count; i++)
		MIX(lots->notice[i].kind);
#undef MIX
	return sum;
}

Test(lots_random, the_order_of_entry_does_not_matter)
{
	for (uint64_t seed = 300; seed < 360; seed++) {
		struct history history = history_of(seed);
		const struct lots first = replay(&history.home);
		const uint64_t digest = digest_of(&first);

		for (uint64_t order = 1; order <= 3; order++) {
			household_shuffle(&history.home, order);
			const struct lots again = replay(&history.home);

			cr_assert(
				eq(u64, digest_of(&again), digest), "history %lu", seed);
		}
		household_release(&history.home);
	}
}

/* What is voided leaves nothing behind: the replay is a function of what stands. */
Test(lots_random, voiding_what_came_last_restores_all)
{
	for (uint64_t seed = 400; seed < 430; seed++) {
		struct history history = history_of(seed);
		const struct lots first = replay(&history.home);
		const uint64_t digest = digest_of(&first);
		const size_t count = history.home.facts.count;

		history.day = day_plus(history.day, 1);
		for (int i = 0; i < 10; i++) {
			come_by_exercise(&history);
			go(&history);
			change(&history);
		}
		history.home.facts.count = count;
		const struct lots again = replay(&history.home);

		cr_assert(eq(u64, digest_of(&again), digest));
		household_release(&history.home);
	}
}

/* Without ISOs and gifts with an AMT basis there is nothing in which the books could differ. */
Test(lots_random, with_equal_bases_the_books_agree)
{
	for (uint64_t seed = 500; seed < 560; seed++) {
		struct history history = history_of(seed);

		for (size_t i = 0; i < history.home.facts.count; i++) {
			struct fact *const fact = &history.home.facts.at[i];

			fact->amt_basis_known = false;
			if (fact->kind == FACT_EXERCISE)
				fact->option = OPTION_NSO;
		}
		struct lots lots;
		struct fail why = { 0 };

		/* Orders by gap take other lots now: what they refuse is no history. */
		if (!lots_replay(&history.home.facts, &lots, &history.home.pool, &why)) {
			household_release(&history.home);
			continue;
		}
		for (size_t i = 0; i < lots.lot_count; i++)
			cr_assert(eq(i64, lots.lot[i].open_basis[BOOK_AMT].cents,
				lots.lot[i].open_basis[BOOK_REGULAR].cents));
		for (size_t i = 0; i < lots.disposition_count; i++) {
			const struct disposition *const gone = &lots.disposition[i];

			cr_assert(eq(i64, gone->gain[BOOK_AMT].cents,
				gone->gain[BOOK_REGULAR].cents));
			cr_assert(gone->term[BOOK_AMT] == gone->term[BOOK_REGULAR]);
		}
		for (int year = 2018; year < 2024; year++) {
			struct year_figures figures;

			year_figures(&lots, year, &figures, &history.home.pool);
			for (int f = 0; f < LEDGER_FIGURE_COUNT; f++)
				cr_assert(eq(i64, figures.value[BOOK_AMT][f].cents,
					figures.value[BOOK_REGULAR][f].cents));
		}
		household_release(&history.home);
	}
}

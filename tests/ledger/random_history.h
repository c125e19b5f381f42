/*
 * random_history.h: histories of every kind of fact, by a seed.
 *
 * A fact that the replay refuses did not happen. No two things happen on one day, but those that
 * belong together, so that a test can tell the order of all without asking the replay.
 */
#ifndef DUALBASIS_TESTS_RANDOM_HISTORY_H
#define DUALBASIS_TESTS_RANDOM_HISTORY_H

#include <criterion/criterion.h>
#include <stdio.h>

#include "tests/ledger/household.h"

#define SYMBOLS  3
#define ACCOUNTS 2
#define WHOLE    INT64_C(100000000)
#define DAYS     6000

static uint64_t state;

static inline int64_t any(int64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((state >> 33) % (uint64_t)below);
}

/* The second name of each is taken when the first one changes. */
static const char *const symbols[] = { "X", "Y", "Z" };
static const char *const new_symbols[] = { "X.NEW", "Y.NEW", "Z.NEW" };
static const char *const accounts[] = { "one", "two", "pension" };
static const char *const owners[] = { "ann", "bob" };

struct history {
	struct household home;
	struct day first, day;
	bool used[DAYS]; /* days from `first` on */
	int names, leaps;
	bool sheltered; /* there is a retirement account: its gains are not taxed */
	bool renamed[SYMBOLS]; /* the symbol has changed */
	int happened[FACT_KINDS];
};

/* The first day from this one on which nothing happens yet. */
static inline struct day free_day(struct history *history, struct day day)
{
	while (history->used[day.number - history->first.number])
		day = day_plus(day, 1);
	history->used[day.number - history->first.number] = true;
	return day;
}

static inline uint32_t any_symbol(struct history *history)
{
	const int64_t at = any(SYMBOLS);

	return name(&history->home,
		history->renamed[at] && any(2) ? new_symbols[at] : symbols[at]);
}

static inline uint32_t any_account(struct history *history)
{
	return name(&history->home, accounts[any(history->sheltered ? 3 : ACCOUNTS)]);
}

static inline uint32_t any_owner(struct history *history)
{
	return any(2) ? 0 : name(&history->home, owners[any(2)]);
}

static inline struct fact fact_of(struct history *history, enum fact_kind kind)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = kind;
	fact.day = history->day;
	fact.symbol = any_symbol(history);
	fact.shares.e8 = any(4) ? (any(300) + 1) * WHOLE : any(30000000000) + 1;
	fact.price.e8 = any(5000000000) + 1000000;
	fact.fmv.e8 = any(9000000000) + 1000000;
	return fact;
}

/* Add a fact if the replay takes it. */
static inline bool happened(struct history *history, struct fact fact)
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
	else
		history->happened[fact.kind]++;
	return good;
}

static inline uint32_t new_name(struct history *history)
{
	char text[16];

	snprintf(text, sizeof text, "name %d", history->names++);
	return name(&history->home, text);
}

/* ---- ways to come -------------------------------------------------------------------- */

/* All of it vests or is given back, in one or two parts. */
static inline void vest_all(
	struct history *history, const struct fact *origin, int64_t unvested)
{
	for (int64_t left = unvested, part; left > 0; left -= part) {
		struct fact vest = fact_of(history, any(4) ? FACT_VEST : FACT_FORFEITURE);

		vest.symbol = origin->symbol;
		vest.lot = origin->lot;
		vest.day = free_day(history, day_plus(origin->day, (int)any(500) + 1));
		part = any(2) || left != unvested ? left : any(left) + 1;
		vest.shares.e8 = part;
		vest.proceeds.cents = vest.kind == FACT_FORFEITURE ? any(50000) : 0;
		vest.proceeds_known = vest.kind == FACT_FORFEITURE;
		cr_assert(happened(history, vest));
	}
}

/* A grant whose exercises are split at the $100,000 limit. */
static inline void grant(struct history *history, struct fact *exercise)
{
	struct fact grant = fact_of(history, FACT_GRANT);
	struct fact exercisable = grant;

	grant.day = exercise->other_day;
	grant.grant = exercisable.grant = new_name(history);
	grant.symbol = exercise->symbol;
	grant.shares.e8 = exercise->shares.e8 + any(100) * WHOLE;
	grant.price = exercise->price;
	grant.fmv.e8 = any(2) ? exercise->price.e8 : 0;
	grant.option = any(4) ? OPTION_ISO : OPTION_NSO;
	grant.large = any(5) == 0;
	if (!happened(history, grant))
		return;
	exercise->grant = grant.grant;
	exercise->option = OPTION_UNKNOWN;
	exercisable.kind = FACT_EXERCISABLE;
	exercisable.day = day_plus(grant.day, (int)any(400));
	exercisable.shares.e8 = grant.shares.e8;
	if (any(3))
		happened(history, exercisable);
}

/* Old shares pay a part of it, on its day. */
static inline void pay_with_shares(struct history *history, const struct fact *exercise)
{
	struct fact swap = fact_of(history, FACT_SWAP);

	swap.symbol = exercise->symbol;
	swap.lot = exercise->lot;
	swap.price.e8 = swap.fmv.e8 = 0;
	swap.shares.e8 = any(exercise->shares.e8 / 2) + 1;
	happened(history, swap);
}

static inline void come_by_exercise(struct history *history)
{
	struct fact fact = fact_of(history, FACT_EXERCISE);

	fact.other_day = day_plus(fact.day, (int)-any(1200));
	fact.option = any(4) ? OPTION_ISO : OPTION_NSO;
	fact.lot = new_name(history);
	fact.owner = any_owner(history);
	fact.account = any(3) ? 0 : name(&history->home, accounts[any(ACCOUNTS)]);
	if (any(3) == 0) {
		fact.unvested.e8 = any(2) ? fact.shares.e8 : any(fact.shares.e8) + 1;
		fact.elected = any(2) ? COVERED_YES : COVERED_NO;
	}
	if (any(5) == 0)
		fact.nso_shares.e8 = any(fact.shares.e8) + 1;
	if (any(4) == 0) {
		fact.shares.e8 *= 40;
		fact.unvested.e8 *= 40;
		grant(history, &fact);
	}
	if (!happened(history, fact))
		return;
	vest_all(history, &fact, fact.unvested.e8);
	if (fact.unvested.e8 == 0 && any(3) == 0)
		pay_with_shares(history, &fact);
}

static inline void come_by_plan(struct history *history)
{
	static const enum fact_kind kinds[] = { FACT_RSU, FACT_ESPP, FACT_RESTRICTED };
	struct fact fact = fact_of(history, kinds[any(COUNT(kinds))]);

	fact.owner = any_owner(history);
	if (fact.kind == FACT_RSU) {
		fact.kept_known = any(2) != 0;
		fact.kept.e8 = any(fact.shares.e8) + 1;
	} else if (fact.kind == FACT_ESPP) {
		fact.other_day = day_plus(fact.day, (int)-any(700));
		fact.grant_fmv.e8 = any(9000000000) + 1000000;
		fact.grant_price.e8 = any(2) ? fact.grant_fmv.e8 * 85 / 100 : 0;
		fact.price.e8 = (fact.fmv.e8 < fact.grant_fmv.e8 ? fact.fmv.e8
								 : fact.grant_fmv.e8) *
			85 / 100;
	} else {
		fact.lot = new_name(history);
		fact.elected = any(2) ? COVERED_YES : COVERED_NO;
		/* What is paid for an award that is given back before it was one is nobody's. */
		if (fact.elected == COVERED_NO || any(2))
			fact.price.e8 = 0;
	}
	if (happened(history, fact) && fact.kind == FACT_RESTRICTED)
		vest_all(history, &fact, fact.shares.e8);
}

static inline void come_otherwise(struct history *history)
{
	static const enum fact_kind kinds[] = { FACT_PURCHASE, FACT_PURCHASE,
		FACT_PURCHASE, FACT_INHERITANCE, FACT_GIFT_RECEIVED };
	struct fact fact = fact_of(history, kinds[any(COUNT(kinds))]);

	fact.owner = any_owner(history);
	fact.account = any(2) ? 0 : any_account(history);
	if (fact.kind == FACT_PURCHASE)
		fact.lot = any(2) ? new_name(history) : 0;
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

/* ---- ways to change ------------------------------------------------------------------ */

static inline void split_or_spin(struct history *history)
{
	struct fact fact = fact_of(history, any(2) ? FACT_SPLIT : FACT_SPIN_OFF);

	fact.shares.e8 = (any(3) + 1) * WHOLE;
	fact.per.e8 = (any(3) + 1) * WHOLE;
	if (fact.kind == FACT_SPIN_OFF) {
		fact.target = name(&history->home, symbols[any(SYMBOLS)]);
		fact.fraction.e8 = any(WHOLE - 1) + 1;
		fact.taxable = any(4) == 0;
	}
	happened(history, fact);
}

static inline void merge(struct history *history)
{
	struct fact fact = fact_of(history, FACT_MERGER);

	fact.shares.e8 = fact.per.e8 = WHOLE;
	fact.target = name(&history->home, symbols[any(SYMBOLS)]);
	fact.taxable = any(3) == 0;
	if (any(4) == 0)
		fact.target = 0;
	else if (any(2))
		fact.price.e8 = 0;
	if (fact.target != fact.symbol)
		happened(history, fact);
}

static inline void change_symbol(struct history *history)
{
	const int64_t at = any(SYMBOLS);
	struct fact fact = fact_of(history, FACT_SYMBOL_CHANGE);

	fact.symbol = name(&history->home, symbols[at]);
	fact.target = name(&history->home, new_symbols[at]);
	if (!history->renamed[at] && happened(history, fact))
		history->renamed[at] = true;
}

static inline void move(struct history *history)
{
	struct fact fact = fact_of(history, any(2) ? FACT_TRANSFER : FACT_TO_SPOUSE);

	if (fact.kind == FACT_TRANSFER) {
		fact.account = any(2) ? name(&history->home, accounts[any(ACCOUNTS)]) : 0;
		fact.target = name(&history->home, accounts[any(ACCOUNTS)]);
		if (any(2))
			fact.shares.e8 = 0;
	} else {
		fact.owner = any_owner(history);
		/* On divorce the shares leave the household. */
		fact.target = any(3) ? name(&history->home, owners[any(2)]) : 0;
	}
	if (fact.target != fact.symbol)
		happened(history, fact);
}

static inline void change(struct history *history)
{
	switch (any(8)) {
	case 0:
	case 1:
	case 2:
		split_or_spin(history);
		break;
	case 3:
		merge(history);
		break;
	case 4:
		change_symbol(history);
		break;
	default:
		move(history);
		break;
	}
}

/* ---- ways to go ---------------------------------------------------------------------- */

/* A broker's row: of the sale recorded on its day, of shares held, or of shares nobody knows. */
static inline void report(struct history *history, const struct fact *sale)
{
	struct fact fact = fact_of(history, FACT_REPORTED_SALE);

	fact.price.e8 = fact.fmv.e8 = 0;
	if (sale != NULL) {
		fact.symbol = sale->symbol;
		fact.shares = sale->shares;
		fact.account = sale->account;
		fact.day = sale->day;
	} else if (any(2)) {
		fact.symbol = name(&history->home, "W");
	}
	fact.other_day = day_plus(fact.day, (int)-any(900) - 1);
	fact.proceeds_known = fact.basis_known = true;
	fact.proceeds.cents = any(2000000);
	fact.basis.cents = any(2000000);
	fact.discount.cents = any(8) ? 0 : any(2000);
	fact.term = any(3) ? TERM_UNKNOWN : TERM_LONG;
	fact.covered = any(2) ? COVERED_YES : COVERED_NO;
	fact.gross = (enum covered)any(3);
	happened(history, fact);
}

static inline uint32_t any_lot(const struct history *history)
{
	const struct fact *const fact =
		&history->home.facts.at[any((int64_t)history->home.facts.count)];

	return fact->kind == FACT_EXERCISE || fact->kind == FACT_PURCHASE ? fact->lot : 0;
}

static inline void sell(struct history *history)
{
	struct fact fact = fact_of(history, any(9) ? FACT_SALE : FACT_CASH_IN_LIEU);

	fact.proceeds_known = any(2) != 0;
	fact.proceeds.cents = any(2000000);
	fact.fee.cents = any(3) ? 0 : any(3000);
	fact.account = any(3) ? 0 : any_account(history);
	if (history->sheltered && any(5) == 0)
		fact.account = name(&history->home, "pension");
	fact.owner = any(3) ? 0 : any_owner(history);
	fact.related = any(12) == 0;
	if (any(4) == 0)
		fact.lot = any_lot(history);
	if (happened(history, fact) && any(4) == 0)
		report(history, &fact);
}

static inline void give(struct history *history)
{
	struct fact fact = fact_of(history, FACT_GIFT);

	fact.shares.e8 = any(60) * WHOLE + 1;
	fact.charity = any(2) != 0;
	happened(history, fact);
}

/* What empties a household of its shares is rare. */
static inline void end(struct history *history)
{
	struct fact fact = fact_of(history, FACT_LEFT);

	switch (any(4)) {
	case 0:
		fact.kind = FACT_WORTHLESS;
		break;
	case 1:
		fact.kind = FACT_DEATH;
		fact.owner = name(&history->home, owners[any(2)]);
		fact.target = any(3) ? name(&history->home, owners[any(2)]) : 0;
		break;
	default:
		fact.text = any(3) ? 0 : name(&history->home, "disabled");
		fact.owner = any_owner(history);
		break;
	}
	happened(history, fact);
}

static inline void go(struct history *history)
{
	const int64_t what = any(24);

	if (what < 18)
		sell(history);
	else if (what < 20)
		report(history, NULL);
	else if (what < 23)
		give(history);
	else
		end(history);
}

static inline void instruct(struct history *history)
{
	static const char *const orders[] = { "fifo", "lifo", "highest-cost",
		"lowest-cost", "highest-amt-gap", "lowest-amt-gap" };
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_ORDER;
	fact.day = history->day;
	fact.text = name(&history->home, orders[any(COUNT(orders))]);
	if (any(2))
		fact.symbol = any_symbol(history);
	happened(history, fact);
}

/* Mostly within weeks, so that losses meet purchases; now and then a year, so that shares ripen. */
static inline void go_on(struct history *history)
{
	const bool leap = history->leaps < 5 && any(12) == 0;

	history->leaps += leap;
	history->day = free_day(
		history, day_plus(history->day, (int)any(20) + (leap ? 300 : 1)));
}

/* ---- all ----------------------------------------------------------------------------- */

static inline void begin(struct history *history)
{
	struct fact alias = FACT_EMPTY, account = FACT_EMPTY;

	alias.kind = FACT_SECURITY;
	alias.symbol = name(&history->home, "X");
	alias.alias = name(&history->home, "X CORPORATION");
	happened(history, alias);
	if (!history->sheltered)
		return;
	account.kind = FACT_ACCOUNT;
	account.account = name(&history->home, "pension");
	account.text = name(&history->home, "ira");
	happened(history, account);
}

static inline void happen(struct history *history, int times)
{
	for (int i = 0; i < times; i++) {
		const int64_t what = any(20);

		go_on(history);
		if (what < 4)
			come_by_exercise(history);
		else if (what < 6)
			come_by_plan(history);
		else if (what < 9)
			come_otherwise(history);
		else if (what < 12)
			change(history);
		else if (what < 13)
			instruct(history);
		else
			go(history);
	}
}

static inline struct history *history_of(uint64_t seed, bool sheltered)
{
	struct history *const history = must_alloc(sizeof *history);

	state = seed * 7919 + 11;
	history->home = household();
	history->first = history->day = on("2018-01-02");
	history->sheltered = sheltered;
	begin(history);
	happen(history, 45);
	return history;
}

static inline void history_release(struct history *history)
{
	household_release(&history->home);
	free(history);
}

#endif

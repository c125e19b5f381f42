/*
 * Properties over random histories of every kind of fact: shares add up, and so does income. When
 * at last everything is sold, each book has taxed the same: what came in less what was paid,
 * whatever was exercised, vested, washed, merged, split or moved in between.
 *
 * DUALBASIS_HISTORIES=20000 tries that many instead of some hundreds.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "ledger/f8949.h"
#include "tests/ledger/digest.h"
#include "tests/ledger/random_history.h"

/* Seeds of different tests do not meet. */
static uint64_t histories(uint64_t usual)
{
	const char *const words = getenv("DUALBASIS_HISTORIES");

	return words == NULL ? usual : strtoull(words, NULL, 10);
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
	cr_assert(
		lots_replay(&history->home.facts, &lots, &pool, &why), "%s", why.message);
	const uint32_t names = (uint32_t)names_count(history->home.facts.names);

	for (uint32_t symbol = 1; symbol <= names; symbol++) {
		struct fact fact = fact_of(history, FACT_SALE);

		fact.symbol = symbol;
		fact.shares.e8 = 0;
		for (size_t i = 0; i < lots.lot_count; i++)
			if (lots.lot[i].symbol == symbol)
				fact.shares.e8 += lots.lot[i].open.e8;
		if (fact.shares.e8 > 0)
			add_fact(&history->home, fact);
	}
	for (size_t i = 0; i < lots.lot_count; i++)
		vested &= !lots.lot[i].unvested || lots.lot[i].open.e8 == 0;
	pool_release(&pool);
	return vested;
}

/* ---- no share is lost ---------------------------------------------------------------- */

/* A security by the first letter of all its names. */
static int64_t *of(int64_t held[256], const struct history *history, uint32_t symbol)
{
	return &held[(unsigned char)names_text(history->home.facts.names, symbol)[0]];
}

static int compare_facts(const void *left, const void *right)
{
	const struct fact *const a = *(const struct fact *const *)left;
	const struct fact *const b = *(const struct fact *const *)right;
	int32_t days[2] = { a->day.number, b->day.number };

	/* Worthless shares go on the last day of the year, after all else. */
	for (int i = 0; i < 2; i++) {
		struct day last;

		if ((i == 0 ? a : b)->kind == FACT_WORTHLESS &&
			day_from_civil(day_year((struct day){ days[i] }), 12, 31, &last))
			days[i] = last.number;
	}
	if (days[0] != days[1])
		return days[0] < days[1] ? -1 : 1;
	return (a->kind == FACT_WORTHLESS) - (b->kind == FACT_WORTHLESS);
}

static bool is_unelected_award(const struct history *history, const struct fact *vest)
{
	for (size_t i = 0; i < history->home.facts.count; i++) {
		const struct fact *const fact = &history->home.facts.at[i];

		if (fact->kind == FACT_RESTRICTED && fact->lot == vest->lot)
			return fact->elected == COVERED_NO;
	}
	return false;
}

/* A ratio of new to old; lots round to 1e-8 of a share, each by itself. */
static int64_t scaled(int64_t shares, const struct fact *fact)
{
	return divide_half_away((int128)shares * fact->shares.e8, fact->per.e8);
}

/* What one fact does to the shares of a household, told without lots. */
static void move_shares(
	int64_t held[256], const struct history *history, const struct fact *fact)
{
	int64_t *const here = of(held, history, fact->symbol);
	int64_t *const there = of(held, history, fact->target);
	const int64_t new = fact->per.e8 == 0 ? 0 : scaled(*here, fact);

	switch ((int)fact->kind) {
	case FACT_RSU:
		*here += fact->kept_known ? fact->kept.e8 : fact->shares.e8;
		break;
	case FACT_RESTRICTED:
		*here += fact->elected == COVERED_YES ? fact->shares.e8 : 0;
		break;
	case FACT_VEST:
		*here += is_unelected_award(history, fact) ? fact->shares.e8 : 0;
		break;
	case FACT_EXERCISE:
	case FACT_ESPP:
	case FACT_PURCHASE:
	case FACT_GIFT_RECEIVED:
	case FACT_INHERITANCE:
		*here += fact->shares.e8;
		break;
	case FACT_SALE:
	case FACT_CASH_IN_LIEU:
	case FACT_GIFT:
	case FACT_SWAP:
		*here -= fact->shares.e8;
		break;
	case FACT_TO_SPOUSE:
		*here -= fact->target == 0 ? fact->shares.e8 : 0;
		break;
	case FACT_SPLIT:
		*here = new;
		break;
	case FACT_SPIN_OFF:
		*there += new;
		break;
	case FACT_MERGER:
		*here = 0;
		if (fact->target != 0)
			*there += new;
		break;
	case FACT_WORTHLESS:
		*here = 0;
		break;
	default:
		break;
	}
}

/*
 * Forfeited shares may have changed their name or gone meanwhile, and a broker's row may meet
 * a recorded sale or be of shares that nobody knows: these alone are taken from the replay.
 */
static void move_the_rest(int64_t held[256], const struct history *history,
	const struct lots *lots, struct day until)
{
	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const gone = &lots->disposition[i];
		const struct lot *const lot = &lots->lot[gone->lot];
		const struct fact *const fact =
			gone->sale != NULL ? gone->sale : gone->reported;
		const bool only_reported =
			gone->sale == NULL && lot->kind != LOT_AS_REPORTED;

		if (gone->sold.number != until.number ||
			(gone->manner != MANNER_forfeiture && !only_reported))
			continue;
		*of(held, history, only_reported ? fact->symbol : lot->symbol) -=
			gone->shares.e8;
	}
}

static void expect_shares(
	uint64_t seed, const struct history *history, const struct lots *lots)
{
	const struct facts *const facts = &history->home.facts;
	const struct fact **const order = must_alloc(facts->count * sizeof *order);
	int64_t held[256] = { 0 };

	for (size_t i = 0; i < facts->count; i++)
		order[i] = &facts->at[i];
	qsort(order, facts->count, sizeof *order, compare_facts);
	for (size_t i = 0; i < facts->count; i++) {
		move_shares(held, history, order[i]);
		if (order[i]->kind == FACT_FORFEITURE ||
			order[i]->kind == FACT_REPORTED_SALE)
			move_the_rest(held, history, lots, order[i]->day);
	}
	for (size_t i = 0; i < lots->lot_count; i++)
		*of(held, history, lots->lot[i].symbol) -= lots->lot[i].open.e8;
	/* Of each ratio half a unit of a lot may be rounded, and be multiplied by later ones. */
	for (int i = 1; i < 256; i++)
		cr_assert(llabs(held[i]) <= 100 * (int64_t)(lots->lot_count + 1),
			"history %lu: %lld of %c are lost", seed, (long long)held[i], i);
	free(order);
}

Test(lots_random, no_share_is_lost)
{
	for (uint64_t seed = 1000000; seed < 1000000 + histories(300); seed++) {
		struct history *const history = history_of(seed, true);
		const struct lots lots = replay(&history->home);

		expect_shares(seed, history, &lots);
		history_release(history);
	}
}

/* ---- no cent is lost ----------------------------------------------------------------- */

/* Ordinary income of a disposition: for the AMT none in a later year, R-036. */
static int64_t compensation_in(
	const struct lots *lots, const struct disposition *gone, enum book book)
{
	const bool iso = lots->lot[gone->lot].kind == LOT_ISO;

	return book == BOOK_REGULAR || !iso || gone->same_year ? gone->compensation.cents
							       : 0;
}

/* What was taxed in a book over all years: gains, interest, wages, and line 2i in the AMT. */
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

		sum += disposition_gain(gone, book).cents +
			disposition_besides(gone)->discount.cents +
			compensation_in(lots, gone, book);
	}
	return sum;
}

/* Basis that went without ever being deducted, and what stands for cash. */
static int64_t cash_of_disposition(
	const struct lots *lots, const struct disposition *gone, enum book book)
{
	const struct fact *const fact = gone->sale;
	const int64_t taken = gone->taken[book].cents;
	int64_t sum = disposition_realized(gone).cents;

	switch (gone->manner) {
	case MANNER_related:
		sum += gone->disallowed[book].cents;
		break;
	case MANNER_gift:
	case MANNER_charity:
	case MANNER_spouse:
	case MANNER_death:
		sum += taken + compensation_in(lots, gone, book);
		if (book == BOOK_AMT)
			sum -= disposition_besides(gone)->inclusion_undone.cents;
		/* Whoever inherits has the value of the day as basis. */
		if (gone->manner == MANNER_death)
			sum -= price_times(fact->fmv, gone->shares).cents;
		break;
	case MANNER_forfeiture:
		sum += taken - gone->basis[book].cents;
		break;
	case MANNER_merger:
		/* New shares at their value are no cash yet. */
		if (fact->target != 0)
			sum -= price_times(fact->fmv,
				(struct shares){ scaled(gone->shares.e8, fact) })
				       .cents;
		break;
	case MANNER_sale:
	case MANNER_cash_in_lieu:
	case MANNER_worthless:
	case MANNER_boot:
	case MANNER_swap:
	case MANNER_sheltered:
	case MANNER_COUNT:
		break;
	}
	/* What only a broker knows cost what the broker says. */
	if (lots->lot[gone->lot].kind == LOT_AS_REPORTED)
		sum -= gone->reported->basis.cents;
	return sum;
}

static int64_t paid_for_exercise(
	const struct household *home, const struct fact *exercise)
{
	struct shares swapped = { 0 };

	for (size_t i = 0; i < home->facts.count; i++)
		if (home->facts.at[i].kind == FACT_SWAP &&
			home->facts.at[i].lot == exercise->lot)
			swapped.e8 += home->facts.at[i].shares.e8;
	const int64_t cash = price_times(exercise->price, exercise->shares).cents -
		price_times(exercise->fmv, swapped).cents;

	return cash > 0 || swapped.e8 == 0 ? cash : 0;
}

/* What was paid for shares, less what was wages and went at once. */
static int64_t paid_for(
	const struct household *home, const struct fact *fact, enum book book)
{
	const int64_t value = price_times(fact->fmv, fact->shares).cents;

	switch ((int)fact->kind) {
	case FACT_EXERCISE:
		return paid_for_exercise(home, fact);
	case FACT_RESTRICTED:
		return fact->elected == COVERED_YES
			? price_times(fact->price, fact->shares).cents
			: 0;
	case FACT_PURCHASE:
	case FACT_ESPP:
		return price_times(fact->price, fact->shares).cents;
	case FACT_RSU:
		return fact->kept_known ? price_times(fact->fmv, fact->kept).cents - value
					: 0;
	case FACT_INHERITANCE:
		return value;
	case FACT_GIFT_RECEIVED:
		return book == BOOK_AMT && fact->amt_basis_known ? fact->amt_basis.cents
								 : fact->basis.cents;
	default:
		return 0;
	}
}

/* What came in less what was paid, and what was taxed without coming in. */
static int64_t cash_of(
	const struct household *home, const struct lots *lots, enum book book)
{
	int64_t sum = 0;

	for (size_t i = 0; i < lots->disposition_count; i++)
		sum += cash_of_disposition(lots, &lots->disposition[i], book);
	for (size_t i = 0; i < home->facts.count; i++)
		sum -= paid_for(home, &home->facts.at[i], book);
	/* A taxable spin-off is a dividend, entered elsewhere, and the basis of new shares. */
	for (size_t i = 0; i < lots->lot_count; i++)
		if (lots->lot[i].origin->kind == FACT_SPIN_OFF)
			sum -= lots->lot[i].cost.cents;
	return sum;
}

Test(lots_random, both_books_tax_the_same_in_the_end)
{
	const uint64_t all = histories(300);
	uint64_t tried = 0;

	for (uint64_t seed = 0; seed < all; seed++) {
		struct history *const history = history_of(seed, false);

		if (!sell_out(history)) {
			history_release(history);
			continue;
		}
		tried++;
		const struct lots lots = replay(&history->home);

		for (size_t i = 0; i < lots.lot_count; i++)
			for (int b = 0; b < BOOKS; b++) {
				cr_assert(eq(i64, lots.lot[i].open.e8, 0));
				cr_assert(eq(i64, lots.lot[i].open_basis[b].cents, 0));
			}
		for (int b = 0; b < BOOKS; b++)
			cr_assert(eq(i64, income_of(&lots, (enum book)b),
					  cash_of(&history->home, &lots, (enum book)b)),
				"history %lu in book %s", seed, book_name((enum book)b));
		history_release(history);
	}
	cr_expect(tried > all / 2, "only %lu histories end", tried);
}

/* ---- order, undo, equal bases -------------------------------------------------------- */

Test(lots_random, the_order_of_entry_does_not_matter)
{
	for (uint64_t seed = 2000000; seed < 2000000 + histories(60); seed++) {
		struct history *const history = history_of(seed, true);
		const struct lots first = replay(&history->home);
		const uint64_t digest = digest_of(&first);

		for (uint64_t order = 1; order <= 3; order++) {
			household_shuffle(&history->home, order);
			const struct lots again = replay(&history->home);

			cr_assert(
				eq(u64, digest_of(&again), digest), "history %lu", seed);
		}
		history_release(history);
	}
}

/* Without ISOs and gifts with an AMT basis there is nothing in which the books could differ. */
static void make_equal(struct facts *facts)
{
	for (size_t i = 0; i < facts->count; i++) {
		struct fact *const fact = &facts->at[i];

		fact->amt_basis_known = false;
		if (fact->kind == FACT_EXERCISE || fact->kind == FACT_GRANT)
			fact->option = OPTION_NSO;
	}
}

static void expect_equal(const struct lots *lots, struct pool *pool)
{
	for (size_t i = 0; i < lots->lot_count; i++)
		for (int b = 0; b < BOOKS; b++) {
			const struct lot *const lot = &lots->lot[i];

			cr_assert(eq(i64, lot->basis[b].cents, lot->basis[0].cents));
			cr_assert(eq(
				i64, lot->open_basis[b].cents, lot->open_basis[0].cents));
			cr_assert(
				eq(i64, lot->adjusted[b].cents, lot->adjusted[0].cents));
			cr_assert(eq(int, lot->held_since[b].number,
				lot->held_since[0].number));
		}
	for (size_t i = 0; i < lots->disposition_count; i++)
		for (int b = 0; b < BOOKS; b++) {
			const struct disposition *const gone = &lots->disposition[i];

			cr_assert(eq(i64, disposition_gain(gone, (enum book)b).cents,
				disposition_gain(gone, BOOK_REGULAR).cents));
			cr_assert(eq(i64, gone->disallowed[b].cents,
				gone->disallowed[0].cents));
			cr_assert(gone->term[b] == gone->term[0]);
		}
	for (int year = 2018; year < 2026; year++) {
		struct year_figures figures;

		year_figures(lots, year, &figures, pool);
		for (int b = 0; b < BOOKS; b++)
			for (int f = 0; f < LEDGER_FIGURE_COUNT; f++)
				cr_assert(eq(i64, figures.value[b][f].cents,
					figures.value[0][f].cents));
	}
}

Test(lots_random, with_equal_bases_the_books_agree)
{
	const uint64_t all = histories(150);
	uint64_t tried = 0;

	for (uint64_t seed = 3000000; seed < 3000000 + all; seed++) {
		struct history *const history = history_of(seed, true);
		struct lots lots;
		struct fail why = { 0 };

		make_equal(&history->home.facts);
		/* Orders by gap take other lots now: what they refuse is no history. */
		if (lots_replay(&history->home.facts, &lots, &history->home.pool, &why)) {
			tried++;
			expect_equal(&lots, &history->home.pool);
		}
		history_release(history);
	}
	cr_expect(tried > all / 2, "only %lu histories are left", tried);
}

/* ---- every kind of event ------------------------------------------------------------- */

#define LEAST 8

/* The histories hold what they are said to hold, in every book. */
Test(lots_random, every_kind_of_event_happens)
{
	static const enum fact_kind others[] = { FACT_NONE, FACT_FIGURE, FACT_FILED,
		FACT_WAIVER };
	int facts[FACT_KINDS] = { 0 }, lot[LOT_KINDS] = { 0 }, gone[MANNER_COUNT] = { 0 };
	int washed[BOOKS] = { 0 }, washed_alone[BOOKS] = { 0 }, promised = 0, limited = 0;

	for (uint64_t seed = 0; seed < 300; seed++) {
		struct history *const history = history_of(seed, seed % 2 == 1);
		const struct lots lots = replay(&history->home);

		for (int k = 0; k < FACT_KINDS; k++)
			facts[k] += history->happened[k];
		for (size_t i = 0; i < lots.lot_count; i++)
			lot[lots.lot[i].kind]++;
		for (size_t i = 0; i < lots.disposition_count; i++) {
			const struct disposition *const it = &lots.disposition[i];
			const bool regular = it->washed[BOOK_REGULAR].e8 > 0;
			const bool amt = it->washed[BOOK_AMT].e8 > 0;

			gone[it->manner]++;
			washed[BOOK_REGULAR] += regular;
			washed[BOOK_AMT] += amt;
			washed_alone[BOOK_REGULAR] += regular && !amt;
			washed_alone[BOOK_AMT] += amt && !regular;
			promised += it->replacement != NOTICE_NOWHERE &&
				lots.lot[it->replacement].acquired.number >
					it->sold.number;
		}
		for (size_t i = 0; i < lots.notice_count; i++)
			limited += lots.notice[i].kind == NOTICE_over_limit;
		history_release(history);
	}
	for (size_t i = 0; i < COUNT(others); i++)
		facts[others[i]] = LEAST;
	for (int k = 0; k < FACT_KINDS; k++)
		cr_expect(facts[k] >= LEAST, "%s: %d times", fact_kind_name(k), facts[k]);
	for (int k = 0; k < LOT_KINDS; k++)
		cr_expect(lot[k] >= LEAST, "%s: %d times", lot_kind_name(k), lot[k]);
	for (int k = 0; k < MANNER_COUNT; k++)
		cr_expect(gone[k] >= LEAST, "%s: %d times", manner_name(k), gone[k]);
	for (int b = 0; b < BOOKS; b++) {
		cr_expect(washed[b] >= 100, "%d washed in book %d", washed[b], b);
		cr_expect(washed_alone[b] > 0, "%d washed in book %d alone",
			washed_alone[b], b);
	}
	cr_expect(promised >= LEAST, "%d replaced by what came after", promised);
	cr_expect(limited >= LEAST, "%d over the limit", limited);
}

/* ---- ids ---------------------------------------------------------------------------------- */

static int compare_texts(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const char **ids_of(const struct lots *lots, struct pool *pool)
{
	const char **const ids = pool_alloc(pool, (lots->lot_count + 1) * sizeof *ids);

	for (size_t i = 0; i < lots->lot_count; i++)
		ids[i] = lot_id(lots, &lots->lot[i], pool);
	return ids;
}

/* The facts from the last to the first, each with its number. */
static void turn_round(struct facts *facts)
{
	for (size_t i = 0; i < facts->count / 2; i++) {
		const struct fact fact = facts->at[i];

		facts->at[i] = facts->at[facts->count - 1 - i];
		facts->at[facts->count - 1 - i] = fact;
	}
}

/* Every lot has an id of its own, whatever splits it, and the order of entry is not in it. */
Test(lots_random, every_lot_has_its_own_id)
{
	for (uint64_t seed = 3000000; seed < 3000000 + histories(60); seed++) {
		struct history *const history = history_of(seed, true);
		const struct lots first = replay(&history->home);
		struct pool pool = { 0 };
		const char **const ids = ids_of(&first, &pool);
		const char **const sorted =
			pool_copy(&pool, ids, (first.lot_count + 1) * sizeof *ids);

		qsort(sorted, first.lot_count, sizeof *sorted, compare_texts);
		for (size_t i = 1; i < first.lot_count; i++)
			cr_assert(strcmp(sorted[i - 1], sorted[i]) != 0,
				"history %lu: two lots are called %s", seed, sorted[i]);
		turn_round(&history->home.facts);
		const struct lots again = replay(&history->home);
		const char **const anew = ids_of(&again, &pool);

		cr_assert(eq(sz, again.lot_count, first.lot_count));
		for (size_t i = 0; i < first.lot_count; i++)
			cr_assert(strcmp(ids[i], anew[i]) == 0,
				"history %lu: %s became %s", seed, ids[i], anew[i]);
		pool_release(&pool);
		history_release(history);
	}
}

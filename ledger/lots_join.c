/*
 * A 1099-B row is a sale: joins it with the recorded sale of the same security, day and
 * quantity whose account is equal or unset; each counts once.
 */
#include <stdlib.h>

#include "ledger/base/sort.h"
#include "ledger/replay.h"

struct side {
	const struct fact *fact;
	uint32_t security;
	uint32_t account; /* by rank of the word; 0 is none */
	bool joined;
};

struct sides {
	struct side *at;
	size_t count;
};

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

static struct money proceeds_of(const struct fact *fact)
{
	return fact->kind == FACT_REPORTED_SALE || fact->proceeds_known
		? fact->proceeds
		: price_times(fact->price, fact->shares);
}

static int compare_groups(const struct side *a, const struct side *b)
{
	int by = BY(a->security, b->security);

	if (by == 0)
		by = BY(a->fact->day.number, b->fact->day.number);
	return by != 0 ? by : BY(a->fact->shares.e8, b->fact->shares.e8);
}

static int compare_accounts(const struct side *a, const struct side *b)
{
	return BY(a->account, b->account);
}

static int compare_proceeds(const struct side *a, const struct side *b)
{
	return BY(proceeds_of(a->fact).cents, proceeds_of(b->fact).cents);
}

static int compare_sides(const void *left, const void *right, const void *rank)
{
	const struct side *const a = left, *const b = right;
	int by = compare_groups(a, b);

	if (by == 0)
		by = compare_accounts(a, b);
	if (by == 0)
		by = compare_proceeds(a, b);
	return by != 0 ? by : fact_compare(a->fact, b->fact, rank);
}

static int compare_by_proceeds(const void *left, const void *right, const void *rank)
{
	const struct side *const *const a = left, *const *const b = right;
	const int by = compare_proceeds(*a, *b);

	if (by != 0)
		return by;
	return fact_compare((*a)->fact, (*b)->fact, rank);
}

static struct sides sides_of(
	struct replay *replay, enum fact_kind kind, enum fact_kind other)
{
	struct sides sides = { NULL, 0 };
	const struct facts *const facts = replay->facts;

	for (size_t i = 0; i < facts->count; i++)
		sides.count += facts->at[i].kind == kind || facts->at[i].kind == other;
	sides.at = must_alloc(sides.count * sizeof *sides.at);
	size_t at = 0;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind == kind || fact->kind == other)
			sides.at[at++] = (struct side){ fact,
				replay_security(replay, fact),
				fact->account != 0 ? replay->rank[fact->account] : 0,
				false };
	}
	return sides;
}

static void sort_sides(const struct replay *replay, struct sides sides)
{
	sort_stable(sides.at, sides.count, sizeof *sides.at, compare_sides, replay->rank);
}

static struct event *add_sale(
	struct replay *replay, const struct fact *sale, const struct fact *reported)
{
	GROW(replay->event, replay->event_count, replay->event_room);
	struct event *const event = &replay->event[replay->event_count++];

	*event = (struct event){ .day = (sale != NULL ? sale : reported)->day,
		.rank = RANK_DISPOSE,
		.slot = NONE,
		.vesting = NONE,
		.fact = sale,
		.reported = reported };
	return event;
}

/*
 * More than a cent's rounding of price times shares; a price alone leaves room for fees. A fee
 * that is known stands between gross and net proceeds: either may be reported.
 */
static bool amounts_differ(const struct fact *sale, const struct fact *reported)
{
	const int64_t ours = proceeds_of(sale).cents;
	const int64_t fee = sale->proceeds_known ? -sale->fee.cents : sale->fee.cents;
	const int64_t off = llabs(ours - reported->proceeds.cents);
	const int64_t less = llabs(ours - fee - reported->proceeds.cents);

	if (sale->proceeds_known)
		return off != 0 && less != 0;
	return off > 100 && off > ours / 200 && less > 100;
}

static void join(struct replay *replay, struct side *sale, struct side *reported)
{
	sale->joined = reported->joined = true;
	add_sale(replay, sale->fact, reported->fact);
	if (amounts_differ(sale->fact, reported->fact))
		replay_note(replay, NOTICE_sales_differ, sale->fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
}

/* A run of one group in each side, in the order of compare_sides. */
struct run {
	struct side *at;
	size_t count;
};

static void join_equals(
	struct replay *replay, struct run sales, struct run reports, bool with_proceeds)
{
	for (size_t s = 0, r = 0; s < sales.count && r < reports.count;) {
		struct side *const sale = &sales.at[s], *const report = &reports.at[r];
		int by = compare_accounts(sale, report);

		if (by == 0 && with_proceeds)
			by = compare_proceeds(sale, report);
		if (sale->joined || by < 0)
			s++;
		else if (report->joined || by > 0)
			r++;
		else
			join(replay, &sales.at[s++], &reports.at[r++]);
	}
}

/* Those left of a run, by proceeds; with or without an account. */
static size_t left_of(
	struct replay *replay, struct run run, bool with_account, struct side **left)
{
	size_t count = 0;

	for (size_t i = 0; i < run.count; i++)
		if (!run.at[i].joined && (with_account || run.at[i].account == 0))
			left[count++] = &run.at[i];
	sort_stable(left, count, sizeof *left, compare_by_proceeds, replay->rank);
	return count;
}

/* An account that is not set may be any: equal proceeds first, then the rest in order. */
static void join_unset(
	struct replay *replay, struct run sales, struct run reports, bool sale_is_unset)
{
	struct side **const sale = must_alloc(sales.count * sizeof(struct side *));
	struct side **const report = must_alloc(reports.count * sizeof(struct side *));
	const size_t s_count = left_of(replay, sales, !sale_is_unset, sale);
	const size_t r_count = left_of(replay, reports, sale_is_unset, report);

	for (size_t s = 0, r = 0; s < s_count && r < r_count;) {
		const int by = compare_proceeds(sale[s], report[r]);

		if (by < 0)
			s++;
		else if (by > 0)
			r++;
		else
			join(replay, sale[s++], report[r++]);
	}
	for (size_t s = 0, r = 0; s < s_count && r < r_count;) {
		if (sale[s]->joined)
			s++;
		else if (report[r]->joined)
			r++;
		else
			join(replay, sale[s++], report[r++]);
	}
	free(sale);
	free(report);
}

static void join_runs(struct replay *replay, struct run sales, struct run reports)
{
	join_equals(replay, sales, reports, true);
	join_equals(replay, sales, reports, false);
	join_unset(replay, sales, reports, true);
	join_unset(replay, sales, reports, false);
}

static struct run run_at(struct sides sides, size_t from)
{
	size_t to = from + 1;

	while (to < sides.count && compare_groups(&sides.at[from], &sides.at[to]) == 0)
		to++;
	return (struct run){ sides.at + from, to - from };
}

/* The first row of a security's day in the order of compare_sides. */
static size_t first_on(struct sides sides, uint32_t security, struct day day)
{
	size_t from = 0, to = sides.count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;
		const struct side *const side = &sides.at[middle];

		if (side->security < security ||
			(side->security == security &&
				side->fact->day.number < day.number))
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static bool same_place(const struct side *a, const struct side *b)
{
	return a->account == b->account || a->account == 0 || b->account == 0;
}

/* The sides of one security's day, from a place on. */
static struct run day_at(struct sides sides, uint32_t security, struct day day)
{
	const size_t from = first_on(sides, security, day);
	size_t to = from;

	while (to < sides.count && sides.at[to].security == security &&
		sides.at[to].fact->day.number == day.number)
		to++;
	return (struct run){ sides.at + from, to - from };
}

/* Of a run, those that are left and may be of one place with `whole`: their shares. */
static int64_t shares_left(struct run run, const struct side *whole)
{
	int64_t sum = 0;

	for (size_t i = 0; i < run.count; i++)
		if (!run.at[i].joined && same_place(&run.at[i], whole))
			sum += run.at[i].fact->shares.e8;
	return sum;
}

static size_t count_left(struct run run, const struct side *whole)
{
	size_t count = 0;

	for (size_t i = 0; i < run.count; i++)
		count += !run.at[i].joined && same_place(&run.at[i], whole);
	return count;
}

/* One sale reported in several rows, or one row for several recorded sales. */
static void join_parts(
	struct replay *replay, struct side *whole, struct run parts, bool whole_is_row)
{
	int64_t proceeds = 0;
	const struct fact *first = NULL;

	whole->joined = true;
	for (size_t i = 0; i < parts.count; i++) {
		struct side *const part = &parts.at[i];

		if (part->joined || !same_place(part, whole))
			continue;
		part->joined = true;
		proceeds += proceeds_of(part->fact).cents;
		first = first == NULL ? part->fact : first;
		if (whole_is_row)
			add_sale(replay, part->fact, whole->fact)->shared = true;
		else
			add_sale(replay, whole->fact, part->fact);
	}
	if (llabs(proceeds - proceeds_of(whole->fact).cents) > 100)
		replay_note(replay, NOTICE_sales_differ,
			whole_is_row ? first : whole->fact, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
}

/* More than so many that did not join on one day are a question, not a sum. */
#define PARTS_MOST 200

/* What is left of a day joins where one side's shares are the sum of the other's. */
static void join_sums(
	struct replay *replay, struct run wholes, struct run parts, bool whole_is_row)
{
	if (wholes.count > PARTS_MOST || parts.count > PARTS_MOST)
		return;
	for (size_t i = 0; i < wholes.count; i++) {
		struct side *const whole = &wholes.at[i];

		if (whole->joined || count_left(wholes, whole) != 1 ||
			count_left(parts, whole) < 2 ||
			shares_left(parts, whole) != whole->fact->shares.e8)
			continue;
		join_parts(replay, whole, parts, whole_is_row);
	}
}

static bool any_left(struct run run)
{
	for (size_t i = 0; i < run.count; i++)
		if (!run.at[i].joined)
			return true;
	return false;
}

/* A recorded and a reported sale of one day that did not join may be one sale. */
static void note_unjoined(struct replay *replay, struct run sales, struct run reports)
{
	for (size_t s = 0; s < sales.count; s++)
		if (!sales.at[s].joined && count_left(reports, &sales.at[s]) > 0)
			replay_note(replay, NOTICE_not_joined, sales.at[s].fact,
				NOTICE_NOWHERE, NOTICE_NOWHERE);
}

/* Days on which both sides have something left. */
static void join_days(struct replay *replay, struct sides sales, struct sides reports)
{
	for (size_t r = 0; r < reports.count;) {
		const struct side *const side = &reports.at[r];
		const struct run rows = day_at(reports, side->security, side->fact->day);
		const struct run sold = day_at(sales, side->security, side->fact->day);

		if (any_left(rows) && any_left(sold)) {
			join_sums(replay, sold, rows, false);
			join_sums(replay, rows, sold, true);
			if (any_left(rows))
				note_unjoined(replay, sold, rows);
		}
		r += rows.count;
	}
}

/* The cash of a merger, where shares are kept, is no sale of them: its row is the merger's. */
static void join_mergers(struct replay *replay, struct sides reports)
{
	for (size_t i = 0; i < replay->event_count; i++) {
		struct event *const event = &replay->event[i];
		const struct fact *const fact = event->fact;

		if (fact == NULL || fact->kind != FACT_MERGER ||
			event->rank != RANK_CHANGE || fact->price.e8 == 0)
			continue;
		const uint32_t security = replay_security(replay, fact);

		for (size_t r = first_on(reports, security, fact->day);
			r < reports.count && reports.at[r].security == security &&
			reports.at[r].fact->day.number == fact->day.number;
			r++) {
			if (reports.at[r].joined)
				continue;
			reports.at[r].joined = true;
			if (event->reported == NULL)
				event->reported = reports.at[r].fact;
			replay_note(replay, NOTICE_merger_row, reports.at[r].fact,
				NOTICE_NOWHERE, NOTICE_NOWHERE);
		}
	}
}

void replay_join(struct replay *replay)
{
	const struct sides sales = sides_of(replay, FACT_SALE, FACT_CASH_IN_LIEU);
	const struct sides reports =
		sides_of(replay, FACT_REPORTED_SALE, FACT_REPORTED_SALE);

	if (reports.count > 0) {
		sort_sides(replay, sales);
		sort_sides(replay, reports);
	}
	for (size_t s = 0, r = 0; s < sales.count && r < reports.count;) {
		const struct run sale = run_at(sales, s), report = run_at(reports, r);
		const int by = compare_groups(sale.at, report.at);

		if (by == 0)
			join_runs(replay, sale, report);
		if (by <= 0)
			s += sale.count;
		if (by >= 0)
			r += report.count;
	}
	join_mergers(replay, reports);
	if (sales.count > 0)
		join_days(replay, sales, reports);
	for (size_t s = 0; s < sales.count; s++)
		if (!sales.at[s].joined)
			add_sale(replay, sales.at[s].fact, NULL);
	for (size_t r = 0; r < reports.count; r++)
		if (!reports.at[r].joined)
			add_sale(replay, NULL, reports.at[r].fact);
	free(sales.at);
	free(reports.at);
}

/* Compares wash sales with the broker's, and finds the windows open at the end of a year. */
#include "ledger/wash.h"

#include <assert.h>
#include <string.h>

#define WINDOW 30

static const char *const reasons[] = {
#define X(name, what) what,
	WASH_REASONS(X)
#undef X
};
static_assert(COUNT(reasons) == WASH_REASON_COUNT, "every reason has its words");

const char *wash_reason_what(enum wash_reason reason)
{
	return reasons[reason];
}

static int64_t more(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* ---- the broker's figure and ours --------------------------------------------------- */

static const struct fact *told_by(const struct disposition *disposition)
{
	return disposition->reported != NULL ? disposition->reported : disposition->sale;
}

static void add_part(
	struct wash_line *line, const struct lots *lots, const struct disposition *part)
{
	line->parts++;
	line->shares.e8 += part->shares.e8;
	for (int b = 0; b < BOOKS; b++) {
		line->ours[b] = money_plus(line->ours[b], part->disallowed[b]);
		line->washed[b].e8 += part->washed[b].e8;
	}
	if (line->replacement == NULL && part->replacement != NOTICE_NOWHERE)
		line->replacement = &lots->lot[part->replacement];
}

static bool of_plan(const struct lot *lot)
{
	return lot->kind == LOT_ISO || lot->kind == LOT_NSO || lot->kind == LOT_RSU ||
		lot->kind == LOT_ESPP || lot->kind == LOT_RESTRICTED;
}

static bool is_sheltered(const struct lots *lots, uint32_t account)
{
	const struct facts *const facts = lots->facts;

	for (size_t i = 0; account != 0 && i < facts->count; i++)
		if (facts->at[i].kind == FACT_ACCOUNT &&
			facts->at[i].account == account &&
			strcmp(names_text(facts->names, facts->at[i].text), "ira") == 0)
			return true;
	return false;
}

static unsigned reasons_of(const struct wash_line *line, const struct lots *lots)
{
	const struct fact *const told = told_by(line->first);
	const struct lot *const lot = line->replacement;
	const unsigned one = 1;
	unsigned why = 0;

	if (!line->reported || line->broker.cents == line->ours[BOOK_REGULAR].cents)
		return 0;
	if (lot != NULL && lot->account != 0 && told->account != 0 &&
		lot->account != told->account)
		why |= one << WASH_account;
	if (lot != NULL && is_sheltered(lots, lot->account))
		why |= one << WASH_sheltered;
	if (lot != NULL && of_plan(lot))
		why |= one << WASH_plan;
	for (size_t i = 0; i < line->parts; i++) {
		const struct disposition *const part = &line->first[i];

		if (part->washed[BOOK_REGULAR].e8 > 0 && part->compensation.cents > 0)
			why |= one << WASH_limit;
		else if (told->basis_known &&
			part->basis[BOOK_REGULAR].cents != part->reported_basis.cents)
			why |= one << WASH_basis;
	}
	if (line->washed[BOOK_REGULAR].e8 == 0)
		why |= one << WASH_none_found;
	return why != 0 ? why : one << WASH_row;
}

static bool shown(const struct wash_line *line)
{
	return line->broker.cents != 0 || line->washed[BOOK_REGULAR].e8 != 0 ||
		line->washed[BOOK_AMT].e8 != 0;
}

void wash_lines(const struct lots *lots, int year, struct wash_line **lines,
	size_t *count, struct pool *pool)
{
	size_t room = 0;

	*count = 0;
	for (size_t i = 0; i < lots->disposition_count; i++)
		room += day_year(lots->disposition[i].sold) == year;
	*lines = pool_alloc(pool, room * sizeof **lines);
	for (size_t i = 0; i < lots->disposition_count;) {
		const struct disposition *const first = &lots->disposition[i];
		struct wash_line line = { .first = first,
			.reported = first->reported != NULL };

		if (day_year(first->sold) != year || !manner_on_f8949(first->manner) ||
			first->manner == MANNER_related) {
			i++;
			continue;
		}
		if (line.reported)
			line.broker = first->reported->wash;
		do
			add_part(&line, lots, &lots->disposition[i++]);
		while (line.reported && i < lots->disposition_count &&
			lots->disposition[i].reported == first->reported);
		line.why = reasons_of(&line, lots);
		if (shown(&line))
			(*lines)[(*count)++] = line;
	}
}

const char *wash_why(const struct wash_line *line, struct pool *pool)
{
	const char *words = "";

	for (unsigned i = 0; i < WASH_REASON_COUNT; i++)
		if (line->why >> i & 1)
			words = pool_printf(pool, "%s%s%s", words,
				*words == '\0' ? "" : "; ", reasons[i]);
	return words;
}

const struct wash_line *wash_line_of(const struct wash_line *lines, size_t count,
	const struct disposition *disposition)
{
	size_t from = 0, to = count;

	/* Both are in the order of the dispositions. */
	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (lines[middle].first + lines[middle].parts <= disposition)
			from = middle + 1;
		else
			to = middle;
	}
	return from < count && lines[from].first <= disposition ? &lines[from] : NULL;
}

/* "3,200.00 (AMT 400.00)", or one amount where the books agree. */
static const char *both_amounts(const struct wash_line *line, struct pool *pool)
{
	char regular[MONEY_TEXT], amt[MONEY_TEXT];

	money_grouped(line->ours[BOOK_REGULAR], regular);
	if (line->ours[BOOK_REGULAR].cents == line->ours[BOOK_AMT].cents)
		return pool_printf(pool, "%s", regular);
	return pool_printf(
		pool, "%s (AMT %s)", regular, money_grouped(line->ours[BOOK_AMT], amt));
}

static const char *both_shares(const struct wash_line *line, struct pool *pool)
{
	char regular[MONEY_TEXT], amt[MONEY_TEXT];

	shares_plain(line->washed[BOOK_REGULAR], regular);
	if (line->washed[BOOK_REGULAR].e8 == line->washed[BOOK_AMT].e8)
		return pool_printf(pool, "%s", regular);
	return pool_printf(
		pool, "%s (AMT %s)", regular, shares_plain(line->washed[BOOK_AMT], amt));
}

/* Who carries the loss; of several the first. */
static const char *carrier(
	const struct lots *lots, const struct wash_line *line, struct pool *pool)
{
	const struct lot *const lot = line->replacement;
	char day[DAY_TEXT];

	if (lot == NULL)
		return "";
	const int64_t washed =
		more(line->washed[BOOK_REGULAR].e8, line->washed[BOOK_AMT].e8);

	return pool_printf(pool, "%s %s of %s",
		is_sheltered(lots, lot->account) ? "; gone for good with"
						 : "; carried by",
		lot_id(lots, lot, pool),
		pool_printf(pool, "%s%s", day_iso(lot->acquired, day),
			washed > lot->shares.e8 ? " and others" : ""));
}

const char *wash_words(
	const struct lots *lots, const struct wash_line *line, struct pool *pool)
{
	char broker[MONEY_TEXT];
	const char *const ours =
		pool_printf(pool, "wash sale: loss not allowed %s, of %s shares%s",
			both_amounts(line, pool), both_shares(line, pool),
			carrier(lots, line, pool));

	if (!line->reported)
		return ours;
	return pool_printf(pool, "%s; box 1g of the broker %s%s%s", ours,
		money_grouped(line->broker, broker), line->why != 0 ? ": " : "",
		wash_why(line, pool));
}

/* ---- windows ------------------------------------------------------------------------ */

/* Kinds that are events of shares: who has entered one has come so far in time. */
static const bool is_event[FACT_KINDS] = {
	[FACT_EXERCISE] = true,
	[FACT_SALE] = true,
	[FACT_REPORTED_SALE] = true,
	[FACT_VEST] = true,
	[FACT_FORFEITURE] = true,
	[FACT_RSU] = true,
	[FACT_RESTRICTED] = true,
	[FACT_ESPP] = true,
	[FACT_PURCHASE] = true,
	[FACT_GIFT_RECEIVED] = true,
	[FACT_INHERITANCE] = true,
	[FACT_GIFT] = true,
	[FACT_TO_SPOUSE] = true,
	[FACT_CASH_IN_LIEU] = true,
	[FACT_TRANSFER] = true,
	[FACT_SPLIT] = true,
	[FACT_MERGER] = true,
	[FACT_SPIN_OFF] = true,
	[FACT_SYMBOL_CHANGE] = true,
};

/* The last day that the ledger tells of; DAY_NONE if of none. */
static struct day last_event(const struct facts *facts)
{
	struct day last = DAY_NONE;

	for (size_t i = 0; i < facts->count; i++)
		if (is_event[facts->at[i].kind] && day_known(facts->at[i].day) &&
			(!day_known(last) || facts->at[i].day.number > last.number))
			last = facts->at[i].day;
	return last;
}

/* Has somebody said that nothing else came in January? */
static bool answered(const struct facts *facts, int year)
{
	for (size_t i = facts->count; i-- > 0;)
		if (facts->at[i].kind == FACT_FIGURE && facts->at[i].year == year &&
			strcmp(names_text(facts->names, facts->at[i].name),
				WASH_QUESTION) == 0)
			return strcmp(names_text(facts->names, facts->at[i].text),
				       "no") == 0;
	return false;
}

/* What an acquisition could still take of a sale; false when that is nothing. */
static bool stake_of(const struct lots *lots, const struct disposition *sale,
	struct wash_window *window)
{
	bool any = false;

	*window = (struct wash_window){ .disposition = sale,
		.until = day_plus(sale->sold, WINDOW) };
	/* As in lots_settle.c: nothing else is replaced, nor is what closes a short sale. */
	if (lots->lot[sale->lot].acquired.number > sale->sold.number)
		return false;
	if (sale->manner != MANNER_sale && sale->manner != MANNER_cash_in_lieu &&
		sale->manner != MANNER_merger)
		return false;
	for (int b = 0; b < BOOKS; b++) {
		const int64_t left = sale->shares.e8 - sale->washed[b].e8;
		int64_t loss = left > 0
			? more(0, -disposition_gain(sale, (enum book)b).cents)
			: 0;

		/* Without the limit compensation is the whole spread, the rest a loss. */
		if (left > 0 && (b == BOOK_REGULAR || sale->same_year))
			loss += disposition_besides(sale)->limited.cents;
		window->at_stake[b].cents = loss;
		if (loss > 0)
			window->shares.e8 = more(window->shares.e8, left);
		any |= loss > 0;
	}
	return any;
}

/* The year's windows that the ledger or the day leaves open. */
static void find(const struct lots *lots, int year, struct day today, struct day known,
	struct wash_window **windows, size_t *count, struct pool *pool)
{
	size_t room = 0;

	*count = 0;
	*windows = NULL;
	for (int pass = 0; pass < 2; pass++) {
		for (size_t i = 0; i < lots->disposition_count; i++) {
			const struct disposition *const sale = &lots->disposition[i];
			struct wash_window window;

			if (day_year(sale->sold) != year ||
				day_year(day_plus(sale->sold, WINDOW)) == year ||
				!stake_of(lots, sale, &window))
				continue;
			window.passed =
				!day_known(today) || today.number > window.until.number;
			if (window.passed && day_known(known) &&
				known.number > window.until.number)
				continue;
			if (pass == 0)
				room++;
			else
				(*windows)[(*count)++] = window;
		}
		if (pass == 0)
			*windows = pool_alloc(pool, (room + 1) * sizeof **windows);
	}
}

void wash_windows(const struct lots *lots, int year, struct day today,
	struct wash_window **windows, size_t *count, struct pool *pool)
{
	struct day known = last_event(lots->facts);

	if (answered(lots->facts, year)) {
		const bool exists = day_from_civil(year + 1, 1, 31, &known);

		assert(exists);
	}
	find(lots, year, today, known, windows, count, pool);
}

bool wash_window_any(const struct lots *lots, int year)
{
	struct pool pool = { NULL };
	struct wash_window *windows;
	size_t count;

	find(lots, year, DAY_NONE, last_event(lots->facts), &windows, &count, &pool);
	pool_release(&pool);
	return count > 0;
}

const struct wash_window *wash_window_of(const struct wash_window *windows, size_t count,
	const struct disposition *disposition)
{
	size_t from = 0, to = count;

	/* Both are in the order of the dispositions. */
	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (windows[middle].disposition < disposition)
			from = middle + 1;
		else
			to = middle;
	}
	return from < count && windows[from].disposition == disposition ? &windows[from]
									: NULL;
}

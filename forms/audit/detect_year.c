/* What lots say about a year, in sums for the detectors and in words for the claims. */
#include "forms/audit/detect.h"

static struct money spread_of(const struct disposition *it, const struct lot *lot)
{
	return money_part(
		money_max(money_less(lot->value, lot->cost), (struct money){ 0 }),
		it->shares.e8, lot->shares.e8);
}

static void iso_add(
	struct iso_year *sum, const struct disposition *it, const struct lot *lot)
{
	const struct money spread = spread_of(it, lot);

	sum->sales++;
	sum->per_lot = money_plus(
		sum->per_lot, money_less(it->gain[BOOK_AMT], it->gain[BOOK_REGULAR]));
	if (it->kind == DISPOSED_QUALIFYING) {
		sum->gap = money_plus(sum->gap,
			money_less(it->basis[BOOK_AMT], it->basis[BOOK_REGULAR]));
		return;
	}
	sum->compensation = money_plus(sum->compensation, it->compensation);
	sum->full_spread = money_plus(sum->full_spread, spread);
	if (it->same_year)
		sum->same_year_spread = money_plus(sum->same_year_spread, spread);
	else
		sum->earlier = money_plus(sum->earlier, it->compensation);
	if (day_known(lot->qualifies_on) &&
		it->sold.number == lot->qualifies_on.number - 1)
		sum->anniversary = it;
}

struct iso_year iso_year(const struct lots *lots, int year)
{
	struct iso_year sum = { 0 };

	for (size_t i = 0; lots != NULL && i < lots->disposition_count; i++) {
		const struct disposition *const it = &lots->disposition[i];
		const struct lot *const lot = &lots->lot[it->lot];

		if (lot->kind == LOT_ISO && day_year(it->sold) == year)
			iso_add(&sum, it, lot);
	}
	return sum;
}

static bool is_such(const struct disposition *it, enum iso_sale which)
{
	switch (which) {
	case ISO_QUALIFYING:
		return it->kind == DISPOSED_QUALIFYING;
	case ISO_DISQUALIFYING:
		return it->kind == DISPOSED_DISQUALIFYING;
	case ISO_LATER_YEAR:
		return it->kind == DISPOSED_DISQUALIFYING && !it->same_year;
	case ISO_SAME_YEAR:
		return it->same_year;
	}
	return false;
}

/* A list is cut after this many; the others are counted. */
#define NAMED 4

static void list_add(struct text *list, size_t count, const char *words)
{
	if (count < NAMED)
		text_addf(list, "%s%s", count > 0 ? "; " : "", words);
}

static const char *list_done(
	struct text *list, size_t count, const char *what, struct pool *pool)
{
	if (count > NAMED)
		text_addf(list, "; and %zu more %s", count - NAMED, what);
	const char *const words = pool_text(pool, list->at, list->length);

	text_release(list);
	return words;
}

/* "2,000", "12.5" */
static const char *share_words(struct pool *pool, struct shares shares)
{
	char text[MONEY_TEXT];

	if (shares.e8 % 100000000 != 0)
		return pool_printf(pool, "%s", shares_plain(shares, text));
	return amount_words(pool, (struct money){ shares.e8 / 1000000 });
}

const char *sales_words(const struct sight *sight, enum iso_sale which)
{
	const struct lots *const lots = sight->of->lots;
	struct text list = TEXT_EMPTY;
	size_t count = 0;

	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const it = &lots->disposition[i];
		const struct lot *const lot = &lots->lot[it->lot];

		if (lot->kind != LOT_ISO || day_year(it->sold) != sight->year ||
			!is_such(it, which))
			continue;
		list_add(&list, count++,
			pool_printf(sight->pool,
				"%s shares of %s acquired %s and sold %s",
				share_words(sight->pool, it->shares),
				names_text(lots->facts->names, lot->symbol),
				day_words(sight->pool, lot->acquired),
				day_words(sight->pool, it->sold)));
	}
	return list_done(&list, count, "sales", sight->pool);
}

const char *exercises_words(const struct sight *sight)
{
	const struct lots *const lots = sight->of->lots;
	struct text list = TEXT_EMPTY;
	size_t count = 0;

	for (size_t i = 0; lots != NULL && i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->kind != LOT_ISO || day_year(lot->acquired) != sight->year)
			continue;
		list_add(&list, count++,
			pool_printf(sight->pool, "%s shares of %s on %s",
				share_words(sight->pool, lot->shares),
				names_text(lots->facts->names, lot->symbol),
				day_words(sight->pool, lot->acquired)));
	}
	return list_done(&list, count, "exercises", sight->pool);
}

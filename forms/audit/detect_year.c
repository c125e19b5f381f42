/* What lots say about a year, in sums for the detectors and in words for the claims. */
#include "forms/audit/detect.h"

static const struct money none = { 0 };

struct money of_terms(const struct money terms[TERMS])
{
	struct money sum = none;

	for (int term = 0; term < TERMS; term++)
		sum = money_plus(sum, terms[term]);
	return sum;
}

static void add(struct money *sum, struct money amount)
{
	*sum = money_plus(*sum, amount);
}

static bool is_gift(const struct disposition *it)
{
	return it->manner == MANNER_gift || it->manner == MANNER_charity;
}

/* Paid for the shares of a disposition: its basis without what compensation raised. */
static struct money paid_for(const struct disposition *it)
{
	return money_less(it->basis[BOOK_REGULAR], it->compensation);
}

/* Value over price at the AMT measuring date, of the shares that went. */
static struct money spread_of(const struct disposition *it, const struct lot *lot)
{
	if (!it->same_year)
		return money_max(none, money_less(it->basis[BOOK_AMT], paid_for(it)));
	return money_part(money_max(none, money_less(lot->value, lot->cost)),
		it->shares.e8 < lot->shares.e8 ? it->shares.e8 : lot->shares.e8,
		lot->shares.e8);
}

static void add_disqualifying(
	struct year_lots *sum, const struct disposition *it, const struct lot *lot)
{
	const struct money spread = spread_of(it, lot);

	add(&sum->compensation, it->compensation);
	if (is_gift(it))
		add(&sum->of_gifts, it->compensation);
	add(&sum->full_spread, money_max(spread, it->compensation));
	if (it->disallowed[BOOK_REGULAR].cents > 0 && it->manner == MANNER_sale)
		add(&sum->unwashed,
			money_max(none,
				money_min(it->compensation,
					money_less(disposition_realized(it),
						paid_for(it)))));
	else
		add(&sum->unwashed, it->compensation);
	if (it->same_year)
		add(&sum->same_year_spread, spread);
	else
		add(&sum->earlier, it->compensation);
	if (it->manner == MANNER_sale && day_known(lot->qualifies_on) &&
		it->sold.number == lot->qualifies_on.number - 1)
		sum->anniversary = it;
}

static void add_iso(
	struct year_lots *sum, const struct disposition *it, const struct lot *lot)
{
	const bool on_form = manner_on_f8949(it->manner);

	if (on_form) {
		sum->iso_sales++;
		add(&sum->per_lot,
			money_less(disposition_gain(it, BOOK_AMT),
				disposition_gain(it, BOOK_REGULAR)));
	}
	if (it->kind == DISPOSED_DISQUALIFYING)
		add_disqualifying(sum, it, lot);
	else if (on_form)
		add(&sum->gap, money_less(it->basis[BOOK_AMT], it->basis[BOOK_REGULAR]));
}

/* What was wages when the shares were acquired or sold, and is part of their basis. */
static struct money compensation_in_basis(
	const struct disposition *it, const struct lot *lot)
{
	if (lot->kind == LOT_ISO || lot->kind == LOT_ESPP)
		return it->compensation;
	if (lot->kind != LOT_NSO && lot->kind != LOT_RSU && lot->kind != LOT_RESTRICTED)
		return none;
	return money_part(lot->compensation,
		it->shares.e8 < lot->shares.e8 ? it->shares.e8 : lot->shares.e8,
		lot->shares.e8);
}

/* The part of it that is not in the basis that the broker reports; without a report, all. */
static struct money lacking(const struct disposition *it, const struct lot *lot)
{
	const struct money compensation = compensation_in_basis(it, lot);

	if (it->reported == NULL || !it->reported->basis_known)
		return compensation;
	return money_min(compensation,
		money_max(none, money_less(it->basis[BOOK_REGULAR], it->reported_basis)));
}

/* A row's wash sale loss is one for all the lots it came from. */
static struct money reported_wash(const struct lots *lots, size_t index)
{
	const struct fact *const row = lots->disposition[index].reported;

	for (size_t i = 0; row != NULL && i < index; i++)
		if (lots->disposition[i].reported == row)
			return none;
	return row == NULL ? none : row->wash;
}

static void add_any(struct year_lots *sum, const struct lots *lots, size_t index)
{
	const struct disposition *const it = &lots->disposition[index];

	add(&sum->lacking[it->term[BOOK_REGULAR]], lacking(it, &lots->lot[it->lot]));
	add(&sum->reported_wash[it->term[BOOK_REGULAR]], reported_wash(lots, index));
	for (int book = 0; book < BOOKS; book++) {
		if (it->manner != MANNER_related)
			add(&sum->washed[book][it->term[book]], it->disallowed[book]);
		if (it->manner == MANNER_worthless)
			add(&sum->worthless[book][it->term[book]],
				money_negate(disposition_gain(it, book)));
	}
}

struct year_lots year_lots(const struct lots *lots, int year)
{
	struct year_lots sum = { 0 };

	for (size_t i = 0; lots != NULL && i < lots->disposition_count; i++) {
		const struct disposition *const it = &lots->disposition[i];
		const struct lot *const lot = &lots->lot[it->lot];

		if (day_year(it->sold) != year)
			continue;
		if (lot->kind == LOT_ISO)
			add_iso(&sum, it, lot);
		if (manner_on_f8949(it->manner))
			add_any(&sum, lots, i);
	}
	return sum;
}

static bool is_such(const struct disposition *it, enum iso_sale which)
{
	switch (which) {
	case ISO_QUALIFYING:
		return it->kind == DISPOSED_QUALIFYING && manner_on_f8949(it->manner);
	case ISO_DISQUALIFYING:
		return it->kind == DISPOSED_DISQUALIFYING;
	case ISO_LATER_YEAR:
		return it->kind == DISPOSED_DISQUALIFYING && !it->same_year;
	case ISO_SAME_YEAR:
		return it->same_year;
	case ISO_GIVEN:
		return it->kind == DISPOSED_DISQUALIFYING && is_gift(it);
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
			pool_printf(sight->pool, "%s shares of %s acquired %s and %s %s",
				share_words(sight->pool, it->shares),
				names_text(lots->facts->names, lot->symbol),
				day_words(sight->pool, lot->acquired),
				is_gift(it) ? "given" : "sold",
				day_words(sight->pool, it->sold)));
	}
	return list_done(&list, count, "dispositions", sight->pool);
}

/* The day on which the spread of a lot became income for the AMT. */
static struct day included_on(const struct lot *lot)
{
	return day_known(lot->vested) && day_year(lot->vested) == lot->inclusion_year
		? lot->vested
		: lot->acquired;
}

/* Not the same exercise and day as an earlier lot's: lots are parts. */
static bool is_first_part(const struct lots *lots, size_t index)
{
	const struct lot *const lot = &lots->lot[index];

	for (size_t i = 0; i < index; i++)
		if (lots->lot[i].origin == lot->origin &&
			lots->lot[i].inclusion_year == lot->inclusion_year &&
			included_on(&lots->lot[i]).number == included_on(lot).number)
			return false;
	return true;
}

const char *exercises_words(const struct sight *sight)
{
	const struct lots *const lots = sight->of->lots;
	struct text list = TEXT_EMPTY;
	size_t count = 0;

	for (size_t i = 0; lots != NULL && i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->kind != LOT_ISO || lot->inclusion_year != sight->year ||
			!is_first_part(lots, i))
			continue;
		list_add(&list, count++,
			pool_printf(sight->pool, "%s, %s on %s",
				names_text(lots->facts->names, lot->symbol),
				day_year(lot->acquired) == sight->year ? "exercised"
								       : "vested",
				day_words(sight->pool, included_on(lot))));
	}
	return list_done(&list, count, "exercises", sight->pool);
}

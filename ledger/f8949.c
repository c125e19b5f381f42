/* Rows of Form 8949 from dispositions, and what a year's lots give to the forms. */
#include "ledger/f8949.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/fact_words.h"

static const struct money nothing = { 0 };

/* What a broker told the IRS of a sale, by the letters of a box. */
enum reporting { BASIS_REPORTED, BASIS_NOT_REPORTED, NO_STATEMENT };

static enum reporting reporting_of(const struct disposition *disposition)
{
	const struct fact *const row = disposition->reported;

	if (row == NULL)
		return NO_STATEMENT;
	if (row->box != 0)
		return (enum reporting)((row->box - 'A') % 3);
	return row->covered == COVERED_YES ? BASIS_REPORTED : BASIS_NOT_REPORTED;
}

static char box_of(const struct disposition *disposition, enum book book)
{
	const char first = disposition->term[book] == TERM_LONG ? 'D' : 'A';
	const char box = (char)(first + (int)reporting_of(disposition));
	/* Digital assets have boxes of their own from 2025 on. */
	const bool digital =
		disposition->reported != NULL && disposition->reported->box >= 'G';

	return digital ? (char)(box + 6) : box;
}

/* First and behind the last disposition of a year. */
static size_t first_of_year(const struct lots *lots, int year)
{
	size_t from = 0, to = lots->disposition_count;

	while (from < to) {
		const size_t middle = from + (to - from) / 2;

		if (day_year(lots->disposition[middle].sold) < year)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static void add_code(char codes[8], char code)
{
	size_t length = strlen(codes), at = length;

	assert(length < 7);
	while (at > 0 && codes[at - 1] > code) {
		codes[at] = codes[at - 1];
		at--;
	}
	codes[at] = code;
	codes[length + 1] = '\0';
}

/* The word of the broker on a basis is about the regular tax's. */
static bool broker_speaks_of(const struct disposition *disposition, enum book book)
{
	return disposition->reported != NULL && disposition->reported->basis_known &&
		disposition->manner != MANNER_boot &&
		(book == BOOK_REGULAR ||
			disposition->basis[book].cents ==
				disposition->basis[BOOK_REGULAR].cents);
}

/*
 * Columns (d) to (h): the law's basis, and the way from the broker's to it. What
 * selling cost and gross proceeds do not show is code E.
 */
static void fill_amounts(struct f8949_row *row)
{
	const struct disposition *const from = row->disposition;
	const struct money correct = from->basis[row->book];

	row->proceeds = from->proceeds;
	row->basis = correct;
	if (broker_speaks_of(from, row->book) &&
		from->reported_basis.cents != correct.cents) {
		add_code(row->codes, 'B');
		/* What the IRS has been told stays in (e); else the correct basis goes there. */
		if (reporting_of(from) == BASIS_REPORTED)
			row->basis = from->reported_basis;
	}
	if (from->disallowed[row->book].cents != 0)
		add_code(row->codes, from->manner == MANNER_related ? 'L' : 'W');
	if (disposition_besides(from)->costs.cents != 0)
		add_code(row->codes, 'E');
	if (disposition_besides(from)->discount.cents != 0)
		add_code(row->codes, 'D');
	row->gain = disposition_gain(from, row->book);
	row->adjustment = money_less(row->gain, money_less(row->proceeds, row->basis));
}

static bool term_is_corrected(const struct disposition *disposition)
{
	const struct fact *const row = disposition->reported;
	enum term told = TERM_UNKNOWN;

	if (row == NULL)
		return false;
	if (row->box != 0)
		told = (row->box - 'A') % 6 < 3 ? TERM_SHORT : TERM_LONG;
	else
		told = row->term;
	return told != TERM_UNKNOWN && told != disposition->term[BOOK_REGULAR];
}

static const char *description_of(
	const struct lots *lots, const struct disposition *disposition, struct pool *pool)
{
	const struct names *const names = lots->facts->names;
	const struct fact *const fact =
		disposition->sale != NULL ? disposition->sale : disposition->reported;
	char shares[MONEY_TEXT];

	if (disposition->shares.e8 == 0)
		return fact_security_text(fact, names);
	return pool_printf(pool, "%s sh. %s", shares_plain(disposition->shares, shares),
		fact_security_text(fact, names));
}

static int compare_rows(const void *left, const void *right)
{
	const struct f8949_row *const a = left, *const b = right;

	if (a->box != b->box)
		return a->box < b->box ? -1 : 1;
	/* Dispositions are in one array, by day sold. */
	return a->disposition < b->disposition ? -1 : a->disposition > b->disposition;
}

void f8949_rows(const struct lots *lots, int year, enum book book,
	struct f8949_row **rows, size_t *count, struct pool *pool)
{
	const size_t from = first_of_year(lots, year);
	const size_t to = first_of_year(lots, year + 1);

	*count = 0;
	*rows = pool_alloc(pool, (to - from) * sizeof **rows);
	for (size_t i = from; i < to; i++) {
		const struct disposition *const disposition = &lots->disposition[i];

		if (!manner_on_f8949(disposition->manner))
			continue;
		struct f8949_row *const row = &(*rows)[(*count)++];

		row->inherited = lots->lot[disposition->lot].kind == LOT_INHERITED;
		row->book = book;
		row->disposition = disposition;
		row->box = box_of(disposition, book);
		row->description = description_of(lots, disposition, pool);
		row->acquired = lots->lot[disposition->lot].acquired;
		row->sold = disposition->sold;
		row->term = disposition->term[book];
		fill_amounts(row);
		if (book == BOOK_REGULAR && term_is_corrected(disposition))
			add_code(row->codes, 'T');
	}
	qsort(*rows, *count, sizeof **rows, compare_rows);
}

static const struct {
	const char *name, *what;
} figures[LEDGER_FIGURE_COUNT] = {
#define X(name, what) { #name, what },
	LEDGER_FIGURES(X)
#undef X
};

const char *ledger_figure_name(enum ledger_figure figure)
{
	return figures[figure].name;
}

const char *ledger_figure_what(enum ledger_figure figure)
{
	return figures[figure].what;
}

static void add(struct money *sum, struct money amount)
{
	*sum = money_plus(*sum, amount);
}

/* Whose figures are summed: everybody's, or one owner's. */
struct whose {
	bool all;
	uint32_t owner;
};

static bool is_of(struct whose whose, uint32_t owner)
{
	return whose.all || whose.owner == owner;
}

static void sum_rows(const struct lots *lots, int year, enum book book,
	struct whose whose, struct year_figures *into, struct pool *pool)
{
	static const enum ledger_figure first[] = {
		LEDGER_a_proceeds,
		LEDGER_b_proceeds,
		LEDGER_c_proceeds,
		LEDGER_d_proceeds,
		LEDGER_e_proceeds,
		LEDGER_f_proceeds,
	};
	struct f8949_row *rows;
	size_t count;

	f8949_rows(lots, year, book, &rows, &count, pool);
	for (size_t i = 0; i < count; i++) {
		if (!is_of(whose, rows[i].disposition->owner))
			continue;
		struct money *const sum =
			&into->value[book][first[(rows[i].box - 'A') % 6]];

		/* The four figures of a box follow each other. */
		add(&sum[0], rows[i].proceeds);
		add(&sum[1], rows[i].basis);
		add(&sum[2], rows[i].adjustment);
		add(&sum[3], rows[i].gain);
	}
}

static void sum_incomes(
	const struct lots *lots, int year, struct whose whose, struct money *value)
{
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (!is_of(whose, lot->earner))
			continue;
		if (lot->inclusion_year == year)
			add(&value[LEDGER_iso_spread], lot->inclusion);
		if (lot->compensation_year == year)
			add(&value[LEDGER_other_compensation], lot->compensation);
	}
	const size_t to = first_of_year(lots, year + 1);

	for (size_t i = first_of_year(lots, year); i < to; i++) {
		const struct disposition *const disposition = &lots->disposition[i];

		if (!is_of(whose, disposition->owner))
			continue;
		if (manner_on_f8949(disposition->manner))
			add(&value[LEDGER_market_discount],
				disposition_besides(disposition)->discount);
		if (lots->lot[disposition->lot].kind != LOT_ISO) {
			add(&value[LEDGER_other_compensation], disposition->compensation);
			continue;
		}
		add(&value[LEDGER_iso_compensation], disposition->compensation);
		if (!disposition->same_year)
			add(&value[LEDGER_iso_compensation_of_earlier_years],
				disposition->compensation);
	}
}

static void sum_year(
	const struct lots *lots, int year, struct whose whose, struct year_figures *into)
{
	struct pool scratch = { NULL };

	*into = (struct year_figures){ .value = { { nothing } } };
	for (int book = 0; book < BOOKS; book++) {
		sum_rows(lots, year, (enum book)book, whose, into, &scratch);
		sum_incomes(lots, year, whose, into->value[book]);
	}
	pool_release(&scratch);
}

void year_figures(
	const struct lots *lots, int year, struct year_figures *into, struct pool *pool)
{
	(void)pool;
	sum_year(lots, year, (struct whose){ true, 0 }, into);
}

void year_figures_of_owner(const struct lots *lots, int year, uint32_t owner,
	struct year_figures *into, struct pool *pool)
{
	(void)pool;
	sum_year(lots, year, (struct whose){ false, owner }, into);
}

void year_range(const struct lots *lots, int *first, int *last)
{
	*first = *last = 0;
	for (size_t i = 0; i < lots->lot_count + lots->disposition_count; i++) {
		int year = 0;

		if (i >= lots->lot_count) {
			year = day_year(lots->disposition[i - lots->lot_count].sold);
		} else {
			const struct lot *const lot = &lots->lot[i];

			if (lot->inclusion.cents != 0)
				year = lot->inclusion_year;
			else if (lot->compensation.cents != 0)
				year = lot->compensation_year;
		}
		if (year == 0)
			continue;
		if (*first == 0 || year < *first)
			*first = year;
		if (year > *last)
			*last = year;
	}
}

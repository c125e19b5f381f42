/* Finishes a row (days, box, warnings), gives it to the sink, and compares printed totals. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/format.h"

/* Where a day's cell stands, among the record's or the named values; the name it has there. */
static const char *place_day(const struct reading *reading, const struct cell *cell,
	long *row, long *column, const char *name)
{
	const struct draft *const draft = &reading->draft;
	const struct cell *const first = draft->first_cell;

	*row = cell->line;
	if (first != NULL) {
		*column = cell - first + 1;
		return *column <= (long)reading->mapped ? reading->header[*column - 1]
							: name;
	}
	for (size_t i = 0; draft->pair != NULL && i < draft->pairs; i++)
		if (&draft->pair[i].cell == cell) {
			*column = draft->pair[i].column;
			return draft->pair[i].title != NULL ? draft->pair[i].title
							    : draft->pair[i].name;
		}
	return name;
}

static bool draft_day(struct reading *reading, const struct cell *cell, int pivot_year,
	const char *name, struct day *day, struct fail *why)
{
	if (cell == NULL || value_blank(cell->text) || value_various(cell->text))
		return true;
	const enum day_order order =
		reading->table != NULL ? reading->table->days : DAY_MONTH_FIRST;

	if (value_day(cell->text, order, pivot_year, cell->number, day, why))
		return true;
	return fail_in(why, "column \"%s\"",
		CUT(place_day(reading, cell, &why->row, &why->column, name), 60));
}

bool draft_days(struct reading *reading, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	struct row *const row = &draft->row;

	/* A sale's two-digit year is of this century; it then dates the others. */
	if (!draft_day(reading, draft->sold, 2079, "date sold", &row->sold, why))
		return false;
	const int pivot = reading->file->tax_year > 0 ? reading->file->tax_year
		: day_known(row->sold)                ? day_year(row->sold)
						      : 2079;

	if (draft->acquired != NULL && value_various(draft->acquired->text))
		row->various = true;
	return draft_day(reading, draft->acquired, pivot, "date acquired", &row->acquired,
		       why) &&
		draft_day(reading, draft->granted, pivot, "date granted", &row->granted,
			why);
}

static bool is_zero(const char *plain)
{
	return plain != NULL && plain[strspn(plain, "-0.")] == '\0';
}

/* A term told by the gain column that is filled in, or is not zero. */
static void term_by_gain(struct draft *draft)
{
	struct row *const row = &draft->row;

	if (draft->short_gain == NULL || draft->long_gain == NULL || row->term_given)
		return;
	bool is_short = !value_blank(draft->short_gain);
	bool is_long = !value_blank(draft->long_gain);

	if (is_short && is_long) {
		is_short = strpbrk(draft->short_gain, "123456789") != NULL;
		is_long = strpbrk(draft->long_gain, "123456789") != NULL;
	}
	if (is_short == is_long)
		return;
	row->term_given = true;
	row->term = is_short ? TERM_SHORT : TERM_LONG;
	/* A written option was seen in the long column; closed ones are short (s. 1234(b)). */
	if (day_known(row->acquired) && row->acquired.number > row->sold.number)
		row->term = TERM_SHORT;
}

/* A box that a 1099-B shows says whether the basis was reported. */
static void covered_by_box(struct draft *draft)
{
	if (draft->row.covered == COVERED_UNKNOWN && draft->row.box != 0)
		draft->row.covered = strchr("ADGJ", draft->row.box) != NULL ? COVERED_YES
			: strchr("BEHK", draft->row.box) != NULL            ? COVERED_NO
								 : COVERED_UNKNOWN;
}

/* The box wins over nothing; term and covered give A, B, D, E (formats.md 0.3). */
static void derive_box(struct draft *draft)
{
	struct row *const row = &draft->row;

	if (row->box != 0 || row->kind != ROW_SALE)
		return;
	if (draft->box_text != NULL && value_is(draft->box_text, "x")) {
		draft_flag(draft, "the broker does not know the term: box X");
		row->term = TERM_UNKNOWN;
		return;
	}
	if (row->covered == COVERED_UNKNOWN || row->term == TERM_UNKNOWN)
		return;
	row->box = row->term == TERM_SHORT ? (row->covered == COVERED_YES ? 'A' : 'B')
					   : (row->covered == COVERED_YES ? 'D' : 'E');
}

/* Warnings about rows that are legal but worth a look. */
static void flag_oddities(struct draft *draft)
{
	const struct row *const row = &draft->row;

	if (row->basis != NULL && *row->basis == '-')
		draft_flag(draft, "the basis is less than zero");
	if (!day_known(row->acquired) || !day_known(row->sold))
		return;
	if (row->acquired.number > row->sold.number) {
		if (!draft->short_sale)
			draft_flag(draft,
				"acquired after sold: a short sale or written option");
		return;
	}
	if (row->term == TERM_UNKNOWN)
		return;
	const bool is_long =
		row->sold.number >= day_held_longer_than(row->acquired, 1).number;

	if (is_long != (row->term == TERM_LONG))
		draft_flag(draft,
			"the file's term differs from its dates; the file's is kept");
}

static void flag_wash(struct draft *draft)
{
	const struct row *const row = &draft->row;
	int128 wash, proceeds, basis;

	/* A plan's statement counts from a basis of its own. */
	if (row->wash_disallowed == NULL || is_zero(row->wash_disallowed) ||
		row->proceeds == NULL || row->basis == NULL || draft->plans > 0)
		return;
	if (value_e8(row->wash_disallowed, &wash) && value_e8(row->proceeds, &proceeds) &&
		value_e8(row->basis, &basis) && wash > basis - proceeds)
		draft_flag(draft, "the disallowed wash sale loss is more than the loss");
}

static void totals_one(int128 *sum, int128 value)
{
	if (*sum < (int128)1 << 120 && *sum > -((int128)1 << 120))
		*sum += value;
}

void totals_add(struct totals *totals, const struct totals *more)
{
	totals->rows += more->rows;
	totals->basis_unknown += more->basis_unknown;
	totals_one(&totals->proceeds, more->proceeds);
	totals_one(&totals->basis, more->basis);
	totals_one(&totals->wash, more->wash);
	totals_one(&totals->discount, more->discount);
	totals_one(&totals->withheld, more->withheld);
}

static int128 amount_of(const char *plain)
{
	int128 value;

	return plain != NULL && value_e8(plain, &value) ? value : 0;
}

struct totals totals_of(const struct row *row)
{
	return (struct totals){
		.proceeds = amount_of(row->proceeds),
		.basis = amount_of(row->basis),
		.wash = amount_of(row->wash_disallowed),
		.discount = amount_of(row->market_discount),
		.withheld = amount_of(row->federal_withheld),
		.rows = 1,
		.basis_unknown = row->basis == NULL,
	};
}

/* Where a value stands; of several columns of a record the first, which all files have. */
void draft_place(const struct reading *reading, enum take take, long *row, long *column)
{
	const struct draft *const draft = &reading->draft;

	*row = draft->row.line;
	*column = 0;
	for (size_t i = 0; draft->first_cell != NULL && i < reading->mapped; i++)
		if (reading->map[i] != NULL && reading->map[i]->take == take) {
			*column = (long)i + 1;
			return;
		}
	for (size_t i = 0; draft->pair != NULL && i < draft->pairs; i++)
		for (const struct column *at = reading->table->column; at->name != NULL;
			at++)
			if (at->take == take &&
				strcmp(at->name, draft->pair[i].name) == 0) {
				*row = draft->pair[i].cell.line;
				*column = draft->pair[i].column;
			}
}

/* Refuse a row for what it lacks, in the column where that should stand. */
bool draft_lacks(
	const struct reading *reading, enum take take, const char *what, struct fail *why)
{
	long row, column;

	draft_place(reading, take, &row, &column);
	fail_at(why, FAIL_BAD_INPUT, row, column, "the row does not say %s", what);
	return fail_hint(
		why, "correct the file, or take the row out and record the sale");
}

/* What was vested, bought or exercised is never less than nothing; a short sale is. */
static bool in_order(const struct reading *reading, struct fail *why)
{
	const struct row *const row = &reading->draft.row;

	if (!row_acquires(row->kind) || row->quantity == NULL || *row->quantity != '-')
		return true;
	refuse_less(row->quantity, why);
	draft_place(reading, TAKE_QUANTITY, &why->row, &why->column);
	return fail_in(why, "quantity");
}

/* What a sale cannot be without, so that a wrong file is noticed where it is wrong. */
static bool complete(const struct reading *reading, struct fail *why)
{
	const struct row *const row = &reading->draft.row;

	if (row->kind != ROW_SALE)
		return in_order(reading, why);
	if (!day_known(row->sold))
		return draft_lacks(reading, TAKE_SOLD, "the day of sale", why);
	/* Digital assets go out in ways that bring no dollars anybody has counted. */
	return row->proceeds != NULL || reading->format->digital ||
		draft_lacks(reading, TAKE_PROCEEDS, "the proceeds", why);
}

bool reading_income(struct reading *reading, enum income kind, const char *text,
	long line, long column, struct fail *why)
{
	struct money *const sum = &reading->file->income.of[kind];
	struct money amount = { 0 };
	const char *plain;

	if (value_blank(text))
		return true;
	if (!value_decimal(text, false, &reading->scratch, &plain, why) ||
		!value_money(plain, &amount, why)) {
		why->row = line;
		why->column = column;
		return fail_in(
			why, "Form %s, box %s", income_form(kind), income_box(kind));
	}
	*sum = money_plus(*sum, amount);
	return true;
}

/* The year's gain of contracts marked to market is box 11 of their rows. */
static bool contracts(
	struct reading *reading, const struct draft *draft, struct fail *why)
{
	const char *const aggregate = draft_extra(draft, "aggregate");

	return draft->row.kind != ROW_1256 || aggregate == NULL ||
		reading_income(
			reading, INCOME_CONTRACTS, aggregate, draft->row.line, 0, why);
}

bool reading_pass(struct reading *reading, struct fail *why)
{
	const bool of_row = why->row > 0 && why->file[0] == '\0' &&
		(why->kind == FAIL_BAD_INPUT || why->kind == FAIL_MISSING_FACTS);

	if (reading->fault == NULL || !of_row)
		return false;
	reading->faults++;
	reading->fault(reading->context, why);
	*why = (struct fail){ 0 };
	return true;
}

bool draft_emit(struct reading *reading, struct fail *why)
{
	struct draft *const draft = &reading->draft;
	struct row *const row = &draft->row;

	if (!draft_days(reading, why))
		return false;
	if (!complete(reading, why))
		return false;
	term_by_gain(draft);
	if (reading->table != NULL && reading->table->covered_by_box)
		covered_by_box(draft);
	/* A broker prints 0.00 for a basis it does not know on noncovered rows. */
	if (row->kind == ROW_SALE && row->covered == COVERED_NO && is_zero(row->basis)) {
		row->basis = NULL;
		draft_flag(draft, "basis not known to the broker");
	}
	derive_box(draft);
	flag_oddities(draft);
	flag_wash(draft);
	draft->plan[draft->plans] = (struct row_extra){ NULL, NULL };
	draft->flag[draft->flags] = NULL;
	row->plan = draft->plans > 0 ? draft->plan : NULL;
	row->flags = draft->flags > 0 ? draft->flag : NULL;
	if (!contracts(reading, draft, why))
		return false;
	reading->file->rows++;
	if (row->kind == ROW_SALE) {
		const struct totals totals = totals_of(row);

		totals_add(&reading->sum, &totals);
		totals_add(&reading->group, &totals);
		const int year = day_year(row->sold);

		reading->sale_year = reading->sale_year == 0 || reading->sale_year == year
			? year
			: MANY_YEARS;
	}
	return reading->sink(reading->context, row, why) || reading_pass(reading, why);
}

void reading_check_record(struct reading *reading, const struct record *record,
	const char *what, const struct totals *sum, int128 slack)
{
	const struct {
		const char *name;
		enum take take;
		int128 sum;
	} checks[] = {
		{ "proceeds", TAKE_PROCEEDS, sum->proceeds },
		{ "basis", TAKE_BASIS, sum->basis },
		{ "market discount", TAKE_DISCOUNT, sum->discount },
		{ "wash sale loss", TAKE_WASH, sum->wash },
		{ "tax withheld", TAKE_WITHHELD, sum->withheld },
	};
	char words[120];

	for (size_t i = 0; i < COUNT(checks); i++) {
		snprintf(words, sizeof words, "%s: %s", CUT(what, 80), checks[i].name);
		reading_check(reading, record->line, words,
			reading_under(reading, record, checks[i].take), checks[i].sum,
			slack);
	}
}

void reading_note(struct reading *reading, const char *format, ...)
{
	va_list values;

	if (reading->file->note[0] != '\0')
		return;
	va_start(values, format);
	vsnprintf(reading->file->note, sizeof reading->file->note, format, values);
	va_end(values);
	utf8_whole(reading->file->note);
}

void reading_check(struct reading *reading, long line, const char *what,
	const char *printed, int128 sum, int128 slack)
{
	struct row_file *const file = reading->file;
	const char *plain;
	struct fail why;
	int128 value;

	if (value_blank(printed))
		return;
	const bool comma = reading->table != NULL && reading->table->decimal_comma;

	file->totals++;
	if (!value_decimal(printed, comma, &reading->scratch, &plain, &why) ||
		!value_e8(plain, &value)) {
		if (file->difference[0] == '\0')
			snprintf(file->difference, sizeof file->difference,
				"%s: the file says \"%s\", which is no amount", what,
				CUT(printed, 60));
		file->difference_line =
			file->difference_line > 0 ? file->difference_line : line;
		return;
	}
	const int128 difference = value > sum ? value - sum : sum - value;

	if (difference <= slack || file->difference[0] != '\0')
		return;
	char told[48], found[48], between[48];

	snprintf(file->difference, sizeof file->difference,
		"%s: the file says %s, its rows add up to %s, a difference of %s", what,
		value_e8_text(value, told), value_e8_text(sum, found),
		value_e8_text(value - sum, between));
	utf8_whole(file->difference);
	file->difference_line = line;
}

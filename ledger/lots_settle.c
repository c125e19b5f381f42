/* The tax of a disposition in every book: qualifying or not, compensation, basis, gain, term. */
#include <assert.h>

#include "ledger/replay.h"

static const struct money nothing = { 0 };

static enum term term_of(struct day held_since, struct day sold)
{
	if (!day_known(held_since))
		return TERM_UNKNOWN;
	return sold.number >= day_held_longer_than(held_since, 1).number ? TERM_LONG
									 : TERM_SHORT;
}

static enum term term_of_box(char box)
{
	if (box == 0)
		return TERM_UNKNOWN;
	return (box >= 'A' && box <= 'C') || (box >= 'G' && box <= 'I') ? TERM_SHORT
									: TERM_LONG;
}

static enum term reported_term(const struct fact *row)
{
	return row->box != 0 ? term_of_box(row->box) : row->term;
}

/* The broker's word on a lot that only the broker knows. */
static void settle_as_reported(
	struct replay *replay, struct disposition *disposition, const struct part *part)
{
	const struct fact *const row = disposition->reported;
	enum term term = reported_term(row);

	if (term == TERM_UNKNOWN)
		term = term_of(row->other_day, row->day);
	if (term == TERM_UNKNOWN) {
		replay_note(
			replay, NOTICE_term_missing, row, NOTICE_NOWHERE, NOTICE_NOWHERE);
		term = TERM_SHORT;
	}
	for (int b = 0; b < BOOKS; b++) {
		disposition->basis[b].cents = part->of[TOTAL_BASIS + b];
		disposition->disallowed[b] = row->wash;
		disposition->term[b] = term;
	}
}

/*
 * Compensation of a disqualifying sale: the spread at exercise, but no more than the gain where
 * a loss would be recognized.
 */
static struct money compensation_of(
	const struct disposition *disposition, const struct part *part)
{
	const struct money spread = { part->of[TOTAL_MEASURE] - part->of[TOTAL_COST] };
	const struct money gain = { disposition->proceeds.cents -
		part->of[TOTAL_BASIS + BOOK_REGULAR] };

	return money_max(nothing, money_min(spread, gain));
}

static void settle_iso(struct replay *replay, struct disposition *disposition,
	struct lot *lot, const struct part *part)
{
	const int year = day_year(disposition->sold);
	const struct money spread = { part->of[TOTAL_VALUE] - part->of[TOTAL_COST] };
	const struct money included = money_max(nothing, spread);

	disposition->same_year = lot->inclusion_year == year;
	if (disposition->sold.number >= lot->qualifies_on.number) {
		disposition->kind = DISPOSED_QUALIFYING;
		return;
	}
	disposition->kind = DISPOSED_DISQUALIFYING;
	disposition->compensation = compensation_of(disposition, part);
	disposition->basis[BOOK_REGULAR] =
		money_plus(disposition->basis[BOOK_REGULAR], disposition->compensation);
	if (disposition->sold.number + 1 == lot->qualifies_on.number)
		replay_note(replay, NOTICE_day_too_early,
			disposition->sale != NULL ? disposition->sale
						  : disposition->reported,
			disposition->lot, NOTICE_NOWHERE);
	if (!disposition->same_year)
		return;
	/* Within one year the AMT sees what the regular tax sees, and no inclusion: R-011. */
	for (int b = 0; b < BOOKS; b++)
		if (b != BOOK_REGULAR)
			disposition->basis[b] =
				money_plus(money_less(disposition->basis[b], included),
					disposition->compensation);
	lot->inclusion = money_less(lot->inclusion, included);
}

static void settle(
	struct replay *replay, struct disposition *disposition, const struct part *part)
{
	struct lot *const lot = &replay->lot[disposition->lot];

	if (lot->kind == LOT_AS_REPORTED) {
		settle_as_reported(replay, disposition, part);
	} else {
		for (int b = 0; b < BOOKS; b++) {
			disposition->basis[b].cents = part->of[TOTAL_BASIS + b];
			disposition->term[b] =
				term_of(lot->held_since[b], disposition->sold);
		}
		if (lot->kind == LOT_ISO)
			settle_iso(replay, disposition, lot, part);
	}
	for (int b = 0; b < BOOKS; b++) {
		const struct money raw =
			money_less(disposition->proceeds, disposition->basis[b]);

		/* Accrued market discount is interest up to the gain (code D). */
		if (b == BOOK_REGULAR)
			disposition->discount =
				money_min(disposition->discount, money_max(nothing, raw));
		disposition->gain[b] =
			money_less(money_plus(raw, disposition->disallowed[b]),
				disposition->discount);
	}
	const struct fact *const row = disposition->reported;

	if (row != NULL && row->box == 0 && row->covered == COVERED_UNKNOWN)
		replay_note(replay, NOTICE_covered_unknown, row, disposition->lot,
			NOTICE_NOWHERE);
	if (row != NULL && reported_term(row) != TERM_UNKNOWN &&
		reported_term(row) != disposition->term[BOOK_REGULAR])
		replay_note(replay, NOTICE_term_differs, row, disposition->lot,
			NOTICE_NOWHERE);
}

void replay_settle(struct replay *replay)
{
	for (size_t i = 0; i < replay->pending_count; i++) {
		const struct pending *const pending = &replay->pending[i];

		settle(replay, &replay->disposition[pending->disposition],
			&pending->part);
	}
	replay->pending_count = 0;
}

/* The tax of a disposition in every book: qualifying or not, compensation, basis, gain, term. */
#include <assert.h>

#include "ledger/replay.h"

static const struct money nothing = { 0 };

/* One disposition while it is being settled. */
struct settling {
	struct replay *replay;
	struct disposition *disposition;
	const struct part *part;
	uint32_t lot;
};

static struct lot *lot_of(const struct settling *settling)
{
	return &settling->replay->lot[settling->lot];
}

static const struct fact *fact_of(const struct disposition *disposition)
{
	return disposition->sale != NULL ? disposition->sale : disposition->reported;
}

static void note(const struct settling *settling, enum notice_kind kind)
{
	replay_note(settling->replay, kind, fact_of(settling->disposition), settling->lot,
		NOTICE_NOWHERE);
}

static struct money part_of(const struct settling *settling, enum total total)
{
	return (struct money){ settling->part->of[total] };
}

static struct money basis_of(const struct settling *settling, int book)
{
	return (struct money){ settling->part->of[TOTAL_BASIS + book] };
}

static enum term term_of(struct day held_since, struct day sold)
{
	if (!day_known(held_since))
		return TERM_UNKNOWN;
	return sold.number >= day_held_longer_than(held_since, 1).number ? TERM_LONG
									 : TERM_SHORT;
}

static enum term term_of_box(char box)
{
	return (box >= 'A' && box <= 'C') || (box >= 'G' && box <= 'I') ? TERM_SHORT
									: TERM_LONG;
}

/* Box C or I was chosen, and not printed, where nothing tells the term of a digital asset. */
static enum term reported_term(const struct fact *row)
{
	if ((row->box == 'C' || row->box == 'I') && row->term == TERM_UNKNOWN &&
		!day_known(row->other_day))
		return TERM_UNKNOWN;
	return row->box != 0 ? term_of_box(row->box) : row->term;
}

static bool is_sale(const struct settling *settling)
{
	return manner_capped(settling->disposition->manner);
}

/* ---- losses ------------------------------------------------------------------------- */

/* A worthless share is not replaced, and a retirement account has no loss. */
static bool can_wash(enum manner manner)
{
	return manner == MANNER_sale || manner == MANNER_cash_in_lieu ||
		manner == MANNER_merger;
}

/* Find replacements for some of the shares; the loss of those matched is not allowed. */
static int64_t wash(struct settling *settling, enum book book, int64_t shares)
{
	if (!can_wash(settling->disposition->manner) || shares == 0)
		return 0;
	return wash_match(settling->replay, book, settling->disposition, NULL, shares);
}

static void carry(struct settling *settling, enum book book, struct money loss)
{
	wash_carry(settling->replay, book, settling->disposition, loss);
	settling->disposition->disallowed[book] = loss;
}

/* The loss in a book by its basis; related parties have none, replaced shares carry it on. */
static void settle_loss(struct settling *settling, enum book book)
{
	struct disposition *const disposition = settling->disposition;
	const struct money loss =
		money_less(disposition->basis[book], disposition_realized(disposition));

	if (loss.cents <= 0)
		return;
	if (disposition->manner == MANNER_related) {
		disposition->disallowed[book] = loss;
		if (book == BOOK_REGULAR)
			note(settling, NOTICE_related_loss);
		return;
	}
	const int64_t shares = disposition->shares.e8;
	const int64_t matched = wash(settling, book, shares);

	if (matched > 0)
		carry(settling, book, money_part(loss, matched, shares));
}

/* ---- options ------------------------------------------------------------------------ */

/* Compensation of some of the shares: the spread, but no more than the gain. */
static struct money capped(struct money spread, struct money proceeds, struct money basis)
{
	return money_max(nothing, money_min(spread, money_less(proceeds, basis)));
}

/*
 * The regular tax of a disqualifying disposition. First a matching purchase is looked for, since
 * the limit needs a sale on which a loss would be recognized. Returns the shares
 * whose loss is carried on.
 */
static int64_t settle_compensation(struct settling *settling)
{
	struct disposition *const disposition = settling->disposition;
	const struct money spread = money_max(nothing,
		money_less(
			part_of(settling, TOTAL_MEASURE), part_of(settling, TOTAL_COST)));
	const struct money basis = basis_of(settling, BOOK_REGULAR);
	const struct money proceeds = disposition_realized(disposition);
	const int64_t shares = disposition->shares.e8;
	int64_t matched = 0;

	if (!is_sale(settling)) {
		disposition->compensation = spread;
	} else if (money_less(money_plus(basis, spread), proceeds).cents <= 0) {
		disposition->compensation = spread;
	} else {
		matched = wash(settling, BOOK_REGULAR, shares);
		const struct money washed_spread = money_part(spread, matched, shares);
		const struct money washed_basis = money_part(basis, matched, shares);
		const struct money washed_proceeds =
			money_part(proceeds, matched, shares);

		disposition->compensation = money_plus(washed_spread,
			capped(money_less(spread, washed_spread),
				money_less(proceeds, washed_proceeds),
				money_less(basis, washed_basis)));
		if (matched > 0) {
			carry(settling, BOOK_REGULAR,
				money_less(money_plus(washed_basis, washed_spread),
					washed_proceeds));
			if (washed_spread.cents > 0)
				note(settling, NOTICE_wash_unlimits);
		}
		const struct money limited =
			money_less(spread, disposition->compensation);

		if (limited.cents != 0)
			besides_of(settling->replay, disposition)->limited = limited;
	}
	disposition->basis[BOOK_REGULAR] = money_plus(basis, disposition->compensation);
	return matched;
}

/*
 * The loss of a book in which the lot may carry other losses than in the regular one.
 * The shares matched there have the whole spread in their basis, the others what the limit
 * leaves of it.
 */
static void carry_same_year(struct settling *settling, enum book book, int64_t matched)
{
	struct disposition *const disposition = settling->disposition;
	const int64_t shares = disposition->shares.e8;
	const struct money spread = money_plus(
		disposition->compensation, disposition_besides(disposition)->limited);
	const struct money basis =
		money_less(disposition->basis[book], disposition->compensation);
	const struct money proceeds = disposition_realized(disposition);
	const struct money first = money_max(nothing,
		money_less(money_plus(money_part(basis, matched, shares),
				   money_part(spread, matched, shares)),
			money_part(proceeds, matched, shares)));
	const struct money others = money_max(nothing,
		money_less(money_less(disposition->basis[book], proceeds), first));
	const int64_t again = wash(settling, book,
		others.cents > 0          ? shares
			: first.cents > 0 ? matched
					  : 0);

	if (again == 0)
		return;
	carry(settling, book,
		again <= matched
			? money_part(first, again, matched)
			: money_plus(first,
				  money_part(others, again - matched, shares - matched)));
}

/* Within one year the AMT sees what the regular tax sees, and no inclusion: R-011. */
static void settle_same_year(struct settling *settling, enum book book, int64_t matched)
{
	struct disposition *const disposition = settling->disposition;
	struct lot *const lot = lot_of(settling);
	const struct money included = lot_included(settling->replay, settling->lot)
		? money_less(
			  part_of(settling, TOTAL_VALUE), part_of(settling, TOTAL_COST))
		: nothing;

	disposition->basis[book] =
		money_plus(money_less(basis_of(settling, book), included),
			disposition->compensation);
	lot->inclusion = money_less(lot->inclusion, included);
	if (included.cents != 0)
		besides_of(settling->replay, disposition)->inclusion_undone = included;
	if (disposition->manner == MANNER_related) {
		settle_loss(settling, book);
	} else if (matched > 0) {
		carry_same_year(settling, book, matched);
	} else {
		settle_loss(settling, book);
	}
}

static void warn_if_a_day_early(struct settling *settling)
{
	if (settling->disposition->sold.number + 1 ==
		lot_of(settling)->qualifies_on.number)
		note(settling, NOTICE_day_too_early);
}

static void settle_iso(struct settling *settling)
{
	struct disposition *const disposition = settling->disposition;
	const struct lot *const lot = lot_of(settling);

	disposition->same_year = lot->inclusion_year != 0 &&
		lot->inclusion_year == day_year(disposition->sold);
	if (disposition->sold.number >= lot->qualifies_on.number) {
		disposition->kind = DISPOSED_QUALIFYING;
		for (int b = 0; b < BOOKS; b++)
			settle_loss(settling, (enum book)b);
		return;
	}
	disposition->kind = DISPOSED_DISQUALIFYING;
	warn_if_a_day_early(settling);
	/* Shares that came unvested: s. 83 governs their term now. */
	if (day_known(lot->vested) && lot->vested.number > lot->acquired.number)
		disposition->term[BOOK_REGULAR] =
			term_of(day_plus(lot->held_since[BOOK_REGULAR],
					lot->vested.number - lot->acquired.number),
				disposition->sold);
	const int64_t matched = settle_compensation(settling);

	if (disposition->manner == MANNER_related)
		settle_loss(settling, BOOK_REGULAR);
	for (int b = 0; b < BOOKS; b++) {
		if (b == BOOK_REGULAR)
			continue;
		if (disposition->same_year)
			settle_same_year(settling, (enum book)b, matched);
		else
			settle_loss(settling, (enum book)b);
	}
	if (disposition->manner == MANNER_gift || disposition->manner == MANNER_charity)
		note(settling, NOTICE_gift_disqualifies);
}

/* No AMT item and no limit at the gain. */
static void settle_espp(struct settling *settling)
{
	struct disposition *const disposition = settling->disposition;
	const struct lot *const lot = lot_of(settling);
	const bool died = disposition->manner == MANNER_death;
	const bool qualifies =
		died || disposition->sold.number >= lot->qualifies_on.number;
	const struct money cost = part_of(settling, TOTAL_COST);

	disposition->kind = qualifies ? DISPOSED_QUALIFYING : DISPOSED_DISQUALIFYING;
	/* Mature shares given for new ones are not disposed of: s. 424(c)(1)(B), R-066. */
	if (qualifies && disposition->manner == MANNER_swap)
		return;
	if (!qualifies) {
		warn_if_a_day_early(settling);
		/* The excess of the value over the price, if any: s. 83(a). */
		disposition->compensation = money_max(
			nothing, money_less(part_of(settling, TOTAL_MEASURE), cost));
	} else {
		const struct fact *const fact = fact_of(disposition);
		if (!manner_on_f8949(disposition->manner) && fact->fmv.e8 == 0)
			note(settling, NOTICE_gift_value_missing);
		const struct money worth = manner_on_f8949(disposition->manner)
			? disposition_realized(disposition)
			: price_times(fact->fmv, disposition->shares);

		disposition->compensation = money_max(nothing,
			money_min(money_less(part_of(settling, TOTAL_VALUE), cost),
				money_less(worth, cost)));
	}
	for (int b = 0; b < BOOKS; b++) {
		disposition->basis[b] =
			money_plus(basis_of(settling, b), disposition->compensation);
		settle_loss(settling, (enum book)b);
	}
}

/* A gift: below the donor's basis, the value on its day is the basis for a loss: R-069. */
static void settle_gift(struct settling *settling)
{
	struct disposition *const disposition = settling->disposition;
	const struct day given = lot_of(settling)->origin->day;
	const struct money value = part_of(settling, TOTAL_VALUE);

	/* Given on, or for an exercise, nothing is lost: the basis goes along. */
	if (!manner_on_f8949(disposition->manner))
		return;
	for (int b = 0; b < BOOKS; b++) {
		const struct money basis = basis_of(settling, b);

		if (value.cents < basis.cents &&
			disposition_realized(disposition).cents < basis.cents) {
			const bool loss =
				disposition_realized(disposition).cents < value.cents;

			disposition->basis[b] =
				loss ? value : disposition_realized(disposition);
			if (loss)
				disposition->term[b] = term_of(given, disposition->sold);
		}
		settle_loss(settling, (enum book)b);
	}
}

/* No deduction for what was included: the loss is what was paid less what came back. */
static void settle_forfeiture(struct settling *settling)
{
	for (int b = 0; b < BOOKS; b++)
		settling->disposition->basis[b] = part_of(settling, TOTAL_COST);
}

/* ---- as reported -------------------------------------------------------------------- */

/*
 * Is it a short sale? What is bought to close it replaces nothing: s. 1091(e) asks for other
 * short sales, which no record tells of.
 */
static bool is_short(const struct settling *settling)
{
	return lot_of(settling)->acquired.number > settling->disposition->sold.number;
}

/*
 * The shares whose loss the broker does not allow have their replacements in its account; those
 * that the ledger knows carry the loss. The broker's figure stays what it is.
 */
static void wash_as_reported(struct settling *settling, enum book book, int64_t washed)
{
	struct disposition *const disposition = settling->disposition;
	const struct fact *const row = disposition->reported;

	if (washed == 0 || !can_wash(disposition->manner))
		return;
	const int64_t matched =
		wash_match(settling->replay, book, disposition, &row->account, washed);

	if (matched > 0)
		wash_carry(settling->replay, book, disposition,
			money_part(disposition->disallowed[book], matched, washed));
}

/* A broker sees its own account: what is bought in others washes the rest of a loss. */
static void wash_elsewhere(struct settling *settling, enum book book)
{
	struct disposition *const disposition = settling->disposition;
	const struct money loss =
		money_less(disposition->basis[book], disposition_realized(disposition));
	const struct money rest = money_less(loss, disposition->disallowed[book]);
	const int64_t shares = disposition->shares.e8;

	if (loss.cents <= 0 || shares == 0)
		return;
	/* The shares whose loss the broker allows. */
	const int64_t open = rest.cents > 0
		? divide_half_away((int128)shares * rest.cents, loss.cents)
		: 0;

	wash_as_reported(settling, book, shares - open);
	const int64_t matched = wash(settling, book, open);

	if (matched == 0)
		return;
	const struct money more = money_part(rest, matched, open);

	wash_carry(settling->replay, book, disposition, more);
	disposition->disallowed[book] = money_plus(disposition->disallowed[book], more);
}

/* The broker's word on a lot that only the broker knows. */
static void settle_as_reported(struct settling *settling)
{
	struct disposition *const disposition = settling->disposition;
	const struct fact *const row = disposition->reported;
	enum term term = reported_term(row);

	if (term == TERM_UNKNOWN)
		term = term_of(row->other_day, row->day);
	if (term == TERM_UNKNOWN) {
		replay_note(settling->replay, NOTICE_term_missing, row, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
		term = TERM_SHORT;
	}
	for (int b = 0; b < BOOKS; b++) {
		disposition->disallowed[b] = row->wash;
		disposition->term[b] = term;
		if (!is_short(settling))
			wash_elsewhere(settling, (enum book)b);
	}
}

/* ---- all ---------------------------------------------------------------------------- */

static void settle_by_kind(struct settling *settling)
{
	const enum manner manner = settling->disposition->manner;

	/* Neither a transfer to a spouse nor death is a disposition; ESPP income is due. */
	if (manner == MANNER_spouse || manner == MANNER_sheltered ||
		(manner == MANNER_death && lot_of(settling)->kind != LOT_ESPP))
		return;
	if (manner == MANNER_forfeiture) {
		settle_forfeiture(settling);
		return;
	}
	switch (lot_of(settling)->kind) {
	case LOT_ISO:
		settle_iso(settling);
		return;
	case LOT_ESPP:
		settle_espp(settling);
		return;
	case LOT_GIFT:
		settle_gift(settling);
		return;
	case LOT_AS_REPORTED:
		settle_as_reported(settling);
		return;
	case LOT_NSO:
	case LOT_RSU:
	case LOT_RESTRICTED:
	case LOT_PURCHASE:
	case LOT_INHERITED:
	case LOT_KINDS:
		break;
	}
	for (int b = 0; b < BOOKS; b++)
		settle_loss(settling, (enum book)b);
}

/* What is no row has no loss; accrued market discount is interest up to the gain (code D). */
static void limit_to_rows(struct disposition *disposition)
{
	struct besides *const besides = disposition->besides;

	if (!manner_on_f8949(disposition->manner))
		for (int b = 0; b < BOOKS; b++)
			disposition->disallowed[b] = nothing;
	else if (besides != NULL)
		besides->discount = money_min(besides->discount,
			money_max(nothing,
				disposition_gain_before_discount(
					disposition, BOOK_REGULAR)));
}

static void note_row(const struct settling *settling)
{
	const struct disposition *const disposition = settling->disposition;
	const struct fact *const row = disposition->reported;

	if (row == NULL)
		return;
	if (row->box == 0 && row->covered == COVERED_UNKNOWN)
		note(settling, NOTICE_covered_unknown);
	if (reported_term(row) != TERM_UNKNOWN &&
		reported_term(row) != disposition->term[BOOK_REGULAR])
		note(settling, NOTICE_term_differs);
}

static void settle(struct replay *replay, const struct pending *pending)
{
	struct disposition *const disposition =
		&replay->disposition[pending->disposition];
	struct settling settling = { replay, disposition, &pending->part,
		disposition->lot };

	for (int b = 0; b < BOOKS; b++) {
		disposition->taken[b] = disposition->basis[b] = basis_of(&settling, b);
		disposition->term[b] =
			term_of(lot_of(&settling)->held_since[b], disposition->sold);
	}
	settle_by_kind(&settling);
	limit_to_rows(disposition);
	note_row(&settling);
	if (disposition->disallowed[BOOK_AMT].cents > 0 &&
		disposition->disallowed[BOOK_REGULAR].cents == 0)
		note(&settling, NOTICE_wash_amt_only);
}

/* The broker's wash sale loss of a whole row beside ours: R-088. */
static void compare_washes(struct replay *replay)
{
	for (size_t i = 0; i < replay->pending_count;) {
		const struct disposition *const first =
			&replay->disposition[replay->pending[i].disposition];
		const struct fact *const row = first->reported;
		int64_t ours = 0;
		size_t k = i;

		for (; k < replay->pending_count; k++) {
			const struct disposition *const disposition =
				&replay->disposition[replay->pending[k].disposition];

			if (disposition->reported != row)
				break;
			ours += disposition->disallowed[BOOK_REGULAR].cents;
		}
		if (row != NULL && ours != row->wash.cents &&
			first->manner == MANNER_sale)
			replay_note(replay, NOTICE_wash_differs, row, first->lot,
				(uint32_t)(first - replay->disposition));
		i = k;
	}
}

void replay_settle(struct replay *replay)
{
	share_rows(replay);
	for (size_t i = 0; i < replay->pending_count; i++)
		settle(replay, &replay->pending[i]);
	compare_washes(replay);
	replay->pending_count = 0;
}

struct disposition replay_settle_last(struct replay *replay)
{
	assert(replay->pending_count > 0);
	const struct pending pending = replay->pending[--replay->pending_count];

	settle(replay, &pending);
	return replay->disposition[pending.disposition];
}

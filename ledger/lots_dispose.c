/* What a sale or gift disposes of: the lots it takes, or the one that its own row brings. */
#include "ledger/replay.h"

static const char as_reported[] = "as the broker reports it";

static struct disposition *add_disposition(struct replay *replay,
	const struct event *event, const struct fact *fact, uint32_t lot,
	struct part part)
{
	GROW(replay->disposition, replay->disposition_count, replay->disposition_room);
	GROW(replay->pending, replay->pending_count, replay->pending_room);
	replay->pending[replay->pending_count++] =
		(struct pending){ (uint32_t)replay->disposition_count, event->shared,
			part };
	struct disposition *const made =
		&replay->disposition[replay->disposition_count++];

	*made = (struct disposition){
		.sale = fact,
		.reported = event->reported,
		.lot = lot,
		.owner = replay->lot[lot].owner,
		.sold = event->day,
		.shares = { part.shares },
		.replacement = NOTICE_NOWHERE,
	};
	return made;
}

/* What happens within a retirement account is on no form. */
static enum manner manner_for(const struct replay *replay, const struct event *event,
	enum manner manner, uint32_t lot)
{
	return replay->sheltered[replay->lot[lot].account] && event->reported == NULL &&
			manner_on_f8949(manner)
		? MANNER_sheltered
		: manner;
}

void use_dispose(struct taking *taking, uint32_t lot, int64_t shares)
{
	struct replay *const replay = taking->replay;
	const struct part part = lot_take(replay, lot, shares);
	const struct fact *const fact =
		taking->fact->kind == FACT_REPORTED_SALE ? NULL : taking->fact;
	struct disposition *const made =
		add_disposition(replay, taking->event, fact, lot, part);

	made->manner = manner_for(replay, taking->event, taking->manner, lot);
	made->choices =
		taking->choices < UINT16_MAX ? (uint16_t)taking->choices : UINT16_MAX;
	made->why_this_lot = taking->why_this_lot;
}

struct disposition *dispose_of_lot(struct replay *replay, const struct event *event,
	enum manner manner, uint32_t lot)
{
	const struct part part = lot_take(replay, lot, replay->lot[lot].open.e8);
	struct disposition *const made =
		add_disposition(replay, event, event->fact, lot, part);

	made->manner = manner_for(replay, event, manner, lot);
	made->choices = 1;
	made->why_this_lot = "all that is held";
	return made;
}

/* A plain brokerage account: the row brings its own lot, equal in all books. */
static void take_as_reported(struct taking *taking)
{
	struct replay *const replay = taking->replay;
	const struct fact *const row = taking->event->reported;
	struct lot lot = {
		.symbol = row->symbol != 0 ? row->symbol : row->alias,
		.account = row->account,
		.owner = row->owner,
		.kind = LOT_AS_REPORTED,
		.origin = row,
		.acquired = row->other_day,
		.granted = DAY_NONE,
		.vested = DAY_NONE,
		.qualifies_on = DAY_NONE,
		.shares = row->shares,
	};
	struct tally tally = { .shares = row->shares.e8 };

	/* Wages taxed for a plan's shares are basis, whether or not the broker says so. */
	for (int i = 0; i < TOTALS; i++)
		tally.total[i] = money_plus(row->basis, row->income).cents;
	for (int b = 0; b < BOOKS; b++)
		lot.held_since[b] = row->other_day;
	const uint32_t at = lot_add(replay, lot, tally, taking->security, NONE);

	taking->choices = 1;
	take_from(taking, at, as_reported);
	if (!row->basis_known)
		replay_note(replay, NOTICE_basis_missing, row, NOTICE_NOWHERE,
			(uint32_t)replay->disposition_count - 1);
	if (row->plan != 0)
		replay_note(replay, NOTICE_lot_unknown, row, NOTICE_NOWHERE,
			(uint32_t)replay->disposition_count - 1);
}

static enum manner manner_of(const struct replay *replay, const struct fact *fact)
{
	if (fact->kind == FACT_GIFT)
		return fact->charity ? MANNER_charity : MANNER_gift;
	if (replay->sheltered[fact->account])
		return MANNER_sheltered;
	if (fact->kind == FACT_CASH_IN_LIEU)
		return MANNER_cash_in_lieu;
	return fact->related ? MANNER_related : MANNER_sale;
}

/* The last day on which a sale's lot can be named: its settlement. */
static struct day settlement_of(struct day traded)
{
	/* Three days until September 2017, two until 28 May 2024, then one. */
	int left = traded.number < 17414 ? 3 : traded.number < 19871 ? 2 : 1;
	struct day day = traded;

	while (left > 0) {
		day = day_plus(day, 1);
		if (day_of_week(day) != 0 && day_of_week(day) != 6)
			left--;
	}
	return day;
}

static uint32_t label_of(struct replay *replay, const struct fact *sale)
{
	if (sale == NULL || sale->lot == 0)
		return 0;
	if (sale->kind == FACT_SALE && day_known(sale->other_day) &&
		sale->other_day.number > settlement_of(sale->day).number) {
		replay_note(replay, NOTICE_identified_late, sale, NOTICE_NOWHERE,
			NOTICE_NOWHERE);
		return 0;
	}
	return sale->lot;
}

static bool no_quantity(struct replay *replay)
{
	fail_set(replay->why, FAIL_BAD_INPUT,
		"the row has no quantity, and lots of the security are known");
	return fail_hint(replay->why, "record the sale with its shares instead");
}

bool replay_dispose(struct replay *replay, const struct event *event)
{
	const struct fact *const sale = event->fact, *const row = event->reported;
	const struct fact *const any = sale != NULL ? sale : row;
	struct taking taking = {
		.replay = replay,
		.event = event,
		.fact = any,
		.security = replay_security(replay, any),
		.account = any->account,
		.owner = any->owner,
		.label = label_of(replay, sale),
		.grant = sale != NULL ? sale->grant : 0,
		.need = any->shares.e8,
		.manner = manner_of(replay, any),
		.use = use_dispose,
	};
	const size_t from = replay->pending_count;

	if (taking.account == 0 && row != NULL)
		taking.account = row->account;
	/* Where one sale is several rows, or several sales one row, the smaller counts. */
	if (sale != NULL && row != NULL && row->shares.e8 < taking.need)
		taking.need = row->shares.e8;
	if (row != NULL && taking.label == 0 && taking.grant == 0 &&
		!lots_known(replay, &taking))
		take_as_reported(&taking);
	else if (taking.need == 0)
		return no_quantity(replay);
	else if (!take_shares(&taking))
		return false;
	if (replay->pending_count > from && any->kind != FACT_GIFT && !event->shared)
		share_amounts(replay, event, from);
	return true;
}

/* Proceeds, costs and reported basis of sales and rows, shared by the dispositions they made. */
#include <stdlib.h>

#include "ledger/replay.h"

/* What a recorded sale says it brought after its fee, and the fee. */
struct brought {
	struct money net, fee;
};

/* Of some shares of a recorded sale, from one place on: parts add up to the whole. */
static struct brought brought_by(const struct fact *sale, int64_t from, int64_t shares)
{
	const struct money fee = sale->fee;
	const struct money net = sale->proceeds_known
		? sale->proceeds
		: money_less(price_times(sale->price, sale->shares), fee);
	const int64_t all = sale->shares.e8;

	if (shares >= all)
		return (struct brought){ net, fee };
	return (struct brought){
		money_less(
			money_part(net, from + shares, all), money_part(net, from, all)),
		money_less(
			money_part(fee, from + shares, all), money_part(fee, from, all)),
	};
}

/*
 * The part of the fee that a row's proceeds still have in them: all of it where box 6 says gross,
 * none where it says net. Where neither is known, what the sale brought tells.
 */
static struct money costs_in(struct replay *replay, const struct fact *sale,
	const struct fact *row, struct brought brought)
{
	const enum covered told =
		row->gross != COVERED_UNKNOWN ? row->gross : sale->gross;

	if (brought.fee.cents == 0 || told == COVERED_NO)
		return (struct money){ 0 };
	if (told == COVERED_YES)
		return brought.fee;
	const int64_t more = money_less(row->proceeds, brought.net).cents;

	replay_note(replay, NOTICE_box6_assumed, sale, NOTICE_NOWHERE, NOTICE_NOWHERE);
	return more > brought.fee.cents / 2 ? brought.fee : (struct money){ 0 };
}

/* The proceeds of an event, and the costs that are still in them. */
static void amounts_of(struct replay *replay, const struct event *event,
	struct money *proceeds, struct money *costs)
{
	const struct fact *const sale = event->fact, *const row = event->reported;

	*costs = (struct money){ 0 };
	if (row != NULL) {
		*proceeds = row->proceeds;
		if (sale == NULL || sale->fee.cents == 0)
			return;
		/* One sale may be several rows, one after the other. */
		if (replay->fee_sale != sale)
			replay->fee_gone = 0;
		replay->fee_sale = sale;
		*costs = costs_in(replay, sale, row,
			brought_by(sale, replay->fee_gone, row->shares.e8));
		replay->fee_gone += row->shares.e8;
		return;
	}
	*proceeds = brought_by(sale, 0, sale->shares.e8).net;
	/* Proceeds are not less than nothing; the rest of the fee stays an adjustment. */
	if (proceeds->cents < 0) {
		costs->cents = -proceeds->cents;
		proceeds->cents = 0;
	}
}

/* Split an amount over pending dispositions by their shares. */
struct sharing {
	struct replay *replay;
	const uint32_t *at; /* of pending dispositions */
	size_t count;
	int64_t *weight;
	struct money *part;
};

static struct disposition *shared_by(const struct sharing *sharing, size_t i)
{
	const struct pending *const pending = &sharing->replay->pending[sharing->at[i]];

	return &sharing->replay->disposition[pending->disposition];
}

static void share(struct sharing *sharing, struct money proceeds, struct money costs,
	const struct fact *row)
{
	for (size_t i = 0; i < sharing->count; i++)
		sharing->weight[i] = sharing->replay->pending[sharing->at[i]].part.shares;
	split_whole(proceeds, sharing->weight, sharing->count, sharing->part);
	for (size_t i = 0; i < sharing->count; i++)
		shared_by(sharing, i)->proceeds = sharing->part[i];
	if (costs.cents != 0) {
		split_whole(costs, sharing->weight, sharing->count, sharing->part);
		for (size_t i = 0; i < sharing->count; i++)
			besides_of(sharing->replay, shared_by(sharing, i))->costs =
				sharing->part[i];
	}
	if (row == NULL)
		return;
	split_whole(row->basis, sharing->weight, sharing->count, sharing->part);
	for (size_t i = 0; i < sharing->count; i++)
		shared_by(sharing, i)->reported_basis = sharing->part[i];
	if (row->discount.cents == 0)
		return;
	split_whole(row->discount, sharing->weight, sharing->count, sharing->part);
	for (size_t i = 0; i < sharing->count; i++)
		besides_of(sharing->replay, shared_by(sharing, i))->discount =
			sharing->part[i];
}

/* The proceeds of the whole sale, and what the broker says of it, shared by its parts. */
void share_amounts(struct replay *replay, const struct event *event, size_t from)
{
	const size_t count = replay->pending_count - from;
	uint32_t one_at = (uint32_t)from;
	int64_t one_weight;
	struct money one_part;
	struct sharing sharing = { replay, &one_at, count, &one_weight, &one_part };
	struct money proceeds, costs;

	amounts_of(replay, event, &proceeds, &costs);
	if (count == 1) {
		share(&sharing, proceeds, costs, event->reported);
		return;
	}
	uint32_t *const at = must_alloc(count * sizeof *at);

	for (size_t i = 0; i < count; i++)
		at[i] = (uint32_t)(from + i);
	sharing.at = at;
	sharing.weight = must_alloc(count * sizeof(int64_t));
	sharing.part = must_alloc(count * sizeof(struct money));
	share(&sharing, proceeds, costs, event->reported);
	free(at);
	free(sharing.weight);
	free(sharing.part);
}

/* What several recorded sales cost, of which a row is the sum. */
static struct money costs_of_all(const struct sharing *sharing, const struct fact *row)
{
	struct brought all = { { 0 }, { 0 } };
	const struct fact *last = NULL;

	for (size_t i = 0; i < sharing->count; i++) {
		const struct fact *const sale = shared_by(sharing, i)->sale;

		if (sale == last)
			continue;
		last = sale;
		const struct brought one = brought_by(sale, 0, sale->shares.e8);

		all.net = money_plus(all.net, one.net);
		all.fee = money_plus(all.fee, one.fee);
	}
	return last == NULL ? all.fee : costs_in(sharing->replay, last, row, all);
}

void share_rows(struct replay *replay)
{
	const size_t count = replay->pending_count;
	struct sharing sharing = { .replay = replay };
	uint32_t *at = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!replay->pending[i].shared)
			continue;
		const struct fact *const row =
			replay->disposition[replay->pending[i].disposition].reported;

		if (at == NULL) {
			at = must_alloc(count * sizeof *at);
			sharing.at = at;
			sharing.weight = must_alloc(count * sizeof(int64_t));
			sharing.part = must_alloc(count * sizeof(struct money));
		}
		sharing.count = 0;
		for (size_t k = i; k < count; k++) {
			struct pending *const pending = &replay->pending[k];

			if (!pending->shared ||
				replay->disposition[pending->disposition].reported != row)
				continue;
			pending->shared = false;
			at[sharing.count++] = (uint32_t)k;
		}
		share(&sharing, row->proceeds, costs_of_all(&sharing, row), row);
	}
	free(at);
	free(sharing.weight);
	free(sharing.part);
}

/* Lots that change place or owner, and those that end without a sale. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/replay.h"

struct moving {
	struct taking taking;
	struct held moved;
	size_t room;
};

/* Off the shelves at once, so that no lot is taken twice. */
static void use_move(struct taking *taking, uint32_t lot, int64_t shares)
{
	struct moving *const moving = (struct moving *)taking;
	struct replay *const replay = taking->replay;
	const uint32_t at = shares < replay->lot[lot].open.e8
		? lot_split(replay, lot, shares, parting_by(taking->fact))
		: lot;

	lot_unshelve(replay, at);
	GROW(moving->moved.at, moving->moved.count, moving->room);
	moving->moved.at[moving->moved.count++] = at;
}

static struct moving moving_of(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;

	return (struct moving){ .taking = {
					.replay = replay,
					.event = event,
					.fact = fact,
					.security = replay_security(replay, fact),
					.account = fact->account,
					.owner = fact->owner,
					.label = fact->lot,
					.need = fact->shares.e8,
					.use = use_move,
				} };
}

/* Moving between brokers is no disposition; each lot keeps what it is: R-062. */
static bool transfer(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	struct moving moving = moving_of(replay, event);
	const bool all = fact->shares.e8 == 0;

	if (fact->account == fact->target)
		return fail_set(replay->why, FAIL_BAD_INPUT,
			"the shares are moved to the account that they are in");
	moving.taking.exact_account = fact->lot == 0;
	moving.taking.all = all;
	bool good = take_shares(&moving.taking);

	if (good && moving.moved.count == 0)
		good = fail_set(replay->why, FAIL_BAD_INPUT, "no shares are there%s",
			fact->account != 0 ? " in that account" : "");
	for (size_t i = 0; i < moving.moved.count; i++) {
		const uint32_t at = moving.moved.at[i];

		replay->lot[at].account = fact->target;
		lot_shelve(replay, at);
	}
	free(moving.moved.at);
	return good;
}

/* Within the household the shares change their owner, out of it they leave: R-068. */
static bool to_spouse(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;
	struct moving moving = moving_of(replay, event);

	if (fact->target == 0) {
		moving.taking.manner = MANNER_spouse;
		moving.taking.use = use_dispose;
		return take_shares(&moving.taking);
	}
	const bool good = take_shares(&moving.taking);

	for (size_t i = 0; i < moving.moved.count; i++) {
		const uint32_t at = moving.moved.at[i];

		replay->lot[at].owner = fact->target;
		lot_shelve(replay, at);
	}
	free(moving.moved.at);
	return good;
}

bool replay_move(struct replay *replay, const struct event *event)
{
	return event->fact->kind == FACT_TRANSFER ? transfer(replay, event)
						  : to_spouse(replay, event);
}

/* ---- ends --------------------------------------------------------------------------- */

/* Both bases become the value on the day, up or down, and the clocks vanish: R-067. */
static void inherit(struct replay *replay, const struct event *event, uint32_t at)
{
	const struct fact *const fact = event->fact;
	struct lot lot = replay->lot[at];
	const struct money value = price_times(fact->fmv, lot.open);
	struct tally tally = { .shares = lot.open.e8 };

	dispose_of_lot(replay, event, MANNER_death, at);
	lot_is_part(replay, &lot, at, parting_by(fact));
	lot.owner = lot.earner = fact->target;
	lot.kind = LOT_INHERITED;
	lot.origin = fact;
	lot.acquired = fact->day;
	lot.granted = lot.qualifies_on = lot.vested = DAY_NONE;
	lot.unvested = false;
	lot.shares = lot.open;
	lot.inclusion = lot.compensation = (struct money){ 0 };
	lot.inclusion_year = lot.compensation_year = 0;
	for (int t = 0; t < TOTALS; t++)
		tally.total[t] = value.cents;
	for (int b = 0; b < BOOKS; b++) {
		lot.held_since[b] = day_plus(day_plus_years(fact->day, -1), -1);
		lot.adjusted[b] = (struct money){ 0 };
	}
	lot_shelve(replay, lot_add(replay, lot, tally, replay->state[at].security, NONE));
}

static bool is_meant(const struct fact *fact, const struct lot *lot)
{
	return (fact->owner == 0 || lot->owner == fact->owner) &&
		(fact->account == 0 || lot->account == fact->account);
}

bool replay_end(struct replay *replay, const struct event *event)
{
	const struct fact *const fact = event->fact;

	if (fact->kind == FACT_MERGER)
		return replay_corporate(replay, event);
	const struct held held = held_lots(replay, replay_security(replay, fact));
	size_t meant = 0;
	bool fits = true;

	for (size_t i = 0; fits && i < held.count; i++) {
		if (!is_meant(fact, &replay->lot[held.at[i]]))
			continue;
		fits = price_fits(fact->fmv, replay->lot[held.at[i]].open.e8);
		if (!fits)
			continue;
		meant++;
		if (fact->kind == FACT_DEATH)
			inherit(replay, event, held.at[i]);
		else
			dispose_of_lot(replay, event, MANNER_worthless, held.at[i]);
	}
	free(held.at);
	if (!fits)
		return fail_set(replay->why, FAIL_BAD_INPUT,
			"the shares would be worth more than a trillion dollars");
	if (meant == 0)
		return fail_set(replay->why, FAIL_BAD_INPUT, "no shares are there");
	replay_note(replay,
		fact->kind == FACT_DEATH ? NOTICE_credit_of_decedent
					 : NOTICE_worthless_1244,
		fact, NOTICE_NOWHERE, NOTICE_NOWHERE);
	return true;
}

/* Shows of all lots those of some owners, and renumbers what points at them. */
#include "ledger/lots_view.h"

struct owned {
	const uint32_t *owner;
	size_t count;
};

static bool is_of(struct owned owned, uint32_t owner)
{
	for (size_t i = 0; i < owned.count; i++)
		if (owned.owner[i] == owner)
			return true;
	return false;
}

static struct lot shown(const struct lot *lot, struct owned owned)
{
	struct lot view = *lot;

	if (!is_of(owned, lot->owner)) {
		view.open = (struct shares){ 0 };
		for (int book = 0; book < BOOKS; book++)
			view.open_basis[book] = (struct money){ 0 };
	}
	if (!is_of(owned, lot->earner)) {
		view.inclusion = view.compensation = (struct money){ 0 };
		view.inclusion_year = view.compensation_year = 0;
	}
	return view;
}

static uint32_t place(const uint32_t *to, uint32_t at)
{
	return at == NOTICE_NOWHERE ? NOTICE_NOWHERE : to[at];
}

/* Where each lot goes, or NOTICE_NOWHERE. */
static uint32_t *lots_show(
	const struct lots *lots, struct owned owned, struct lots *view, struct pool *pool)
{
	uint32_t *const to = pool_alloc(pool, (lots->lot_count + 1) * sizeof *to);

	view->lot = pool_alloc(pool, (lots->lot_count + 1) * sizeof *view->lot);
	for (size_t i = 0; i < lots->lot_count; i++)
		to[i] = is_of(owned, lots->lot[i].owner) ||
				is_of(owned, lots->lot[i].earner)
			? 0
			: NOTICE_NOWHERE;
	for (size_t i = 0; i < lots->disposition_count; i++)
		if (is_of(owned, lots->disposition[i].owner))
			to[lots->disposition[i].lot] = 0;
	/* What a part is a part of: its id is made of theirs. */
	for (size_t i = 0; i < lots->lot_count; i++)
		for (size_t at = i; to[at] != NOTICE_NOWHERE &&
			lots->lot[at].parent != 0 &&
			to[lots->lot[at].parent - 1] == NOTICE_NOWHERE;) {
			at = lots->lot[at].parent - 1;
			to[at] = 0;
		}
	for (size_t i = 0; i < lots->lot_count; i++) {
		if (to[i] == NOTICE_NOWHERE)
			continue;
		to[i] = (uint32_t)view->lot_count;
		view->lot[view->lot_count++] = shown(&lots->lot[i], owned);
	}
	for (size_t i = 0; i < view->lot_count; i++)
		if (view->lot[i].parent != 0)
			view->lot[i].parent = to[view->lot[i].parent - 1] + 1;
	return to;
}

static void options_show(
	const struct lots *lots, struct owned owned, struct lots *view, struct pool *pool)
{
	view->option = pool_alloc(pool, (lots->option_count + 1) * sizeof *view->option);
	for (size_t i = 0; i < lots->option_count; i++)
		if (is_of(owned, lots->option[i].grant->owner))
			view->option[view->option_count++] = lots->option[i];
}

void lots_of_owners(const struct lots *lots, const uint32_t *owner, size_t count,
	struct lots *view, struct pool *pool)
{
	const struct owned owned = { owner, count };

	*view = (struct lots){ .facts = lots->facts };
	const uint32_t *const lot = lots_show(lots, owned, view, pool);
	uint32_t *const sold =
		pool_alloc(pool, (lots->disposition_count + 1) * sizeof *sold);

	view->disposition = pool_alloc(
		pool, (lots->disposition_count + 1) * sizeof *view->disposition);
	view->notice = pool_alloc(pool, (lots->notice_count + 1) * sizeof *view->notice);
	for (size_t i = 0; i < lots->disposition_count; i++) {
		sold[i] = NOTICE_NOWHERE;
		if (!is_of(owned, lots->disposition[i].owner))
			continue;
		sold[i] = (uint32_t)view->disposition_count;
		struct disposition *const part =
			&view->disposition[view->disposition_count++];

		*part = lots->disposition[i];
		part->lot = lot[part->lot];
		part->replacement = place(lot, part->replacement);
	}
	for (size_t i = 0; i < lots->notice_count; i++) {
		struct notice notice = lots->notice[i];
		const bool about_lot = notice.lot != NOTICE_NOWHERE;
		const bool about_sale = notice.disposition != NOTICE_NOWHERE;

		notice.lot = place(lot, notice.lot);
		notice.disposition = place(sold, notice.disposition);
		if ((about_lot && notice.lot == NOTICE_NOWHERE) ||
			(about_sale && notice.disposition == NOTICE_NOWHERE))
			continue;
		view->notice[view->notice_count++] = notice;
	}
	options_show(lots, owned, view, pool);
}

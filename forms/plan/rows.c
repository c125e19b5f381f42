/* Exercises of several sizes, each with the return that it makes. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/plan/plan.h"

#define WHOLE INT64_C(100000000) /* a share */

struct rows {
	const struct tax_return *its;
	struct price price;
	const struct plan_grant *grant;
	size_t grants;
	struct plan_row *row;
	size_t count;
	struct fail *why;
};

static bool add(struct rows *rows, struct plan_row row, struct money spread)
{
	assert(rows->count < PLAN_ROWS);
	if (!plan_point(rows->its, spread, &row.point, rows->why))
		return false;
	rows->row[rows->count++] = row;
	return true;
}

/* A number of shares is told once, by the first of its names. */
static bool add_shares(
	struct rows *rows, enum plan_size size, struct shares shares, struct money spread)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->row[i].shares.e8 == shares.e8)
			return true;
	return add(rows,
		(struct plan_row){ .size = size, .by_shares = true, .shares = shares },
		spread);
}

/* A part of what each grant has, in whole shares. */
static bool add_part(struct rows *rows, enum plan_size size, int64_t part, int64_t of)
{
	struct shares shares = { 0 };
	struct money spread = { 0 };

	for (size_t i = 0; i < rows->grants; i++) {
		const struct plan_grant *const grant = &rows->grant[i];
		const int64_t whole = grant->available.e8 / WHOLE;
		const struct shares some = { whole * part / of * WHOLE };

		if (grant->endless)
			return true;
		shares.e8 += some.e8;
		spread = money_plus(spread, plan_spread(grant, rows->price, some));
	}
	return add_shares(rows, size, shares, spread);
}

/* The grant whose next share is the first that does not fit: of the least spread. */
static const struct plan_grant *next_of(const struct plan_grant *grant, size_t count)
{
	const struct plan_grant *next = NULL;

	for (size_t i = 0; i < count; i++)
		if ((grant[i].endless ||
			    grant[i].shares.e8 + WHOLE <= grant[i].available.e8) &&
			(next == NULL || grant[i].spread.e8 < next->spread.e8))
			next = &grant[i];
	return next;
}

static bool add_line(struct rows *rows, const struct plan_room *room)
{
	struct plan_grant *const grant = must_alloc((rows->grants + 1) * sizeof *grant);
	struct plan_shares fit;

	memcpy(grant, rows->grant, rows->grants * sizeof *grant);
	for (size_t i = 0; i < rows->grants; i++)
		grant[i].shares.e8 = 0;
	plan_fit(room, rows->price, 0, grant, rows->grants, &fit);
	bool done = add_shares(rows, PLAN_ALL_ROOM, fit.shares, fit.spread);
	const struct plan_grant *const next = next_of(grant, rows->grants);

	if (done && next != NULL && next->spread.e8 > 0) {
		const struct shares one_more = { next->shares.e8 + WHOLE };
		const struct money more =
			money_less(plan_spread(next, rows->price, one_more),
				plan_spread(next, rows->price, next->shares));

		done = add_shares(rows, PLAN_ONE_MORE,
			(struct shares){ fit.shares.e8 + WHOLE },
			money_plus(fit.spread, more));
	}
	free(grant);
	return done;
}

/* Dollars past the room: what AMT begins with. */
static bool add_beyond(struct rows *rows, const struct plan_room *room)
{
	static const int64_t beyond[] = { 100000, 1000000, 10000000 };

	if (!add(rows, (struct plan_row){ .size = PLAN_ALL_ROOM }, room->room))
		return false;
	for (size_t i = 0; i < COUNT(beyond) && room->limited; i++) {
		const struct money more = { beyond[i] };

		if (!add(rows, (struct plan_row){ .size = PLAN_BEYOND, .beyond = more },
			    money_plus(room->room, more)))
			return false;
	}
	return true;
}

bool plan_rows(const struct tax_return *its, const struct plan_room *room,
	struct price price, const struct plan_grant *grant, size_t count,
	const struct plan_shares *fit, struct plan_row row[PLAN_ROWS], size_t *made,
	struct fail *why)
{
	struct rows rows = { .its = its,
		.price = price,
		.grant = grant,
		.grants = count,
		.row = row,
		.why = why };
	bool done = add(&rows, (struct plan_row){ .size = PLAN_NONE, .by_shares = fit },
		(struct money){ 0 });

	if (done && fit == NULL)
		done = add_beyond(&rows, room);
	else if (done)
		done = add_shares(&rows, PLAN_FITTING, fit->shares, fit->spread) &&
			add_line(&rows, room) && add_part(&rows, PLAN_QUARTER, 1, 4) &&
			add_part(&rows, PLAN_HALF, 1, 2) &&
			add_part(&rows, PLAN_ALL, 1, 1);
	*made = rows.count;
	return done;
}

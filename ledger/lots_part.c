/* Exact parts: what some of the shares take of a total. */
#include <assert.h>
#include <stdlib.h>

#include "ledger/replay.h"

struct part tally_take(struct tally *tally, int64_t shares)
{
	assert(shares >= 0 && shares <= tally->shares - tally->gone);
	struct part part = { .shares = shares };
	const int64_t before = tally->gone, after = before + shares;

	for (int i = 0; i < TOTALS; i++) {
		const struct money total = { tally->total[i] };

		if (i > 0 && tally->total[i] == tally->total[i - 1])
			part.of[i] = part.of[i - 1];
		else if (tally->shares == 0 || (before == 0 && after == tally->shares))
			part.of[i] = total.cents;
		else
			part.of[i] = money_part(total, after, tally->shares).cents -
				money_part(total, before, tally->shares).cents;
	}
	tally->gone = after;
	return part;
}

struct remainder {
	int128 left;
	size_t at;
};

static int compare_remainders(const void *left, const void *right)
{
	const struct remainder *const a = left, *const b = right;

	if (a->left != b->left)
		return a->left > b->left ? -1 : 1;
	return a->at < b->at ? -1 : a->at > b->at;
}

void split_whole(
	struct money whole, const int64_t *weight, size_t count, struct money *part)
{
	if (count == 1) {
		part[0] = whole;
		return;
	}
	struct remainder *const rest = must_alloc(count * sizeof *rest);
	const int64_t size = whole.cents < 0 ? -whole.cents : whole.cents;
	const int64_t sign = whole.cents < 0 ? -1 : 1;
	int64_t sum = 0, given = 0;

	for (size_t i = 0; i < count; i++)
		sum += weight[i];
	assert(sum > 0);
	for (size_t i = 0; i < count; i++) {
		const int128 product = (int128)size * weight[i];

		part[i].cents = (int64_t)(product / sum);
		given += part[i].cents;
		rest[i] = (struct remainder){ product % sum, i };
	}
	qsort(rest, count, sizeof *rest, compare_remainders);
	for (size_t i = 0; given < size; i++, given++)
		part[rest[i].at].cents++;
	for (size_t i = 0; i < count; i++)
		part[i].cents *= sign;
	free(rest);
}

struct tally tally_rest(const struct tally *tally)
{
	struct tally copy = *tally;
	const struct part part = tally_take(&copy, tally->shares - tally->gone);
	struct tally rest = { .shares = part.shares };

	for (int i = 0; i < TOTALS; i++)
		rest.total[i] = part.of[i];
	return rest;
}

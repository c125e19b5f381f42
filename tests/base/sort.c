/* Stable, whatever comes in. */
#include "ledger/base/sort.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdint.h>

struct item {
	int32_t key;
	uint32_t place;
};

static int by_key(const void *left, const void *right, const void *context)
{
	const struct item *const a = left, *const b = right;
	const int sign = *(const int *)context;

	return a->key < b->key ? -sign : a->key > b->key ? sign : 0;
}

static uint64_t state = 7;

static int32_t any(int32_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int32_t)((state >> 33) % (uint64_t)below);
}

static int by_number(const void *left, const void *right)
{
	const int a = *(const int *)left, b = *(const int *)right;

	return (a > b) - (a < b);
}

Test(sort, finds_the_first_that_does_not_stand_before)
{
	static const int numbers[] = { 1, 3, 3, 3, 7 };
	static const size_t first[] = { 0, 0, 1, 1, 4, 4, 4, 4, 5 };

	for (int wanted = 0; wanted < 9; wanted++)
		cr_expect(eq(sz,
			sort_first(numbers, 5, sizeof *numbers, &wanted, by_number),
			first[wanted]));
	cr_expect(eq(sz, sort_first(NULL, 0, sizeof *numbers, numbers, by_number), 0));
}

Test(sort, keeps_the_order_of_equals)
{
	static struct item items[700];

	for (int round = 0; round < 600; round++) {
		const size_t count = (size_t)any(round + 1);
		const int sign = any(2) ? 1 : -1, kinds = any(40) + 1;
		int64_t sum = 0, again = 0;

		for (size_t i = 0; i < count; i++) {
			/* Random, rising, falling. */
			items[i].key = round % 3 == 0 ? any(kinds)
				: round % 3 == 1      ? (int32_t)i / kinds
						      : -(int32_t)i / kinds;
			items[i].place = (uint32_t)i;
			sum += items[i].key * 1000 + (int64_t)i;
		}
		sort_stable(items, count, sizeof *items, by_key, &sign);
		for (size_t i = 0; i < count; i++)
			again += items[i].key * 1000 + (int64_t)items[i].place;
		cr_assert(eq(i64, sum, again));
		for (size_t i = 1; i < count; i++) {
			const int by = by_key(&items[i - 1], &items[i], &sign);

			cr_assert(by <= 0, "round %d", round);
			cr_assert(by != 0 || items[i - 1].place < items[i].place);
		}
	}
}

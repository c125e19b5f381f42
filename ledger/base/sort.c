/* Merges runs that are in order already, until one is left. */
#include "ledger/base/sort.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"

struct sorting {
	size_t size;
	comparison *compare;
	const void *context;
};

static size_t run_end(
	const struct sorting *sorting, const char *array, size_t from, size_t count)
{
	size_t end = from + 1;

	while (end < count &&
		sorting->compare(array + (end - 1) * sorting->size,
			array + end * sorting->size, sorting->context) <= 0)
		end++;
	return end;
}

static void merge(const struct sorting *sorting, const char *from, size_t left,
	size_t middle, size_t right, char *to)
{
	const size_t size = sorting->size;
	size_t a = left, b = middle;
	char *at = to + left * size;

	for (; a < middle && b < right; at += size)
		if (sorting->compare(
			    from + a * size, from + b * size, sorting->context) <= 0)
			memcpy(at, from + a++ * size, size);
		else
			memcpy(at, from + b++ * size, size);
	memcpy(at, from + a * size, (middle - a) * size);
	at += (middle - a) * size;
	memcpy(at, from + b * size, (right - b) * size);
}

/* Merge neighbouring runs of `from` into `to`; how many runs there were. */
static size_t merge_runs(
	const struct sorting *sorting, const char *from, size_t count, char *to)
{
	size_t runs = 0;

	for (size_t left = 0; left < count;) {
		const size_t middle = run_end(sorting, from, left, count);
		const size_t right =
			middle < count ? run_end(sorting, from, middle, count) : count;

		merge(sorting, from, left, middle, right, to);
		runs += middle < count ? 2 : 1;
		left = right;
	}
	return runs;
}

void sort_stable(
	void *array, size_t count, size_t size, comparison *compare, const void *context)
{
	const struct sorting sorting = { size, compare, context };

	if (count < 2 || run_end(&sorting, array, 0, count) == count)
		return;
	char *const spare = must_alloc(count * size);
	char *from = array, *to = spare;

	for (size_t runs = 2; runs > 1;) {
		runs = merge_runs(&sorting, from, count, to);
		char *const swap = from;

		from = to;
		to = swap;
		/* Two runs have become one. */
		if (runs == 2)
			break;
	}
	if (from != (char *)array)
		memcpy(array, from, count * size);
	free(spare);
}

size_t sort_first(const void *array, size_t count, size_t size, const void *wanted,
	int (*order)(const void *, const void *))
{
	size_t low = 0, high = count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (order((const char *)array + middle * size, wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* One order for facts and events, whatever the order of entry. */
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/replay.h"

struct word {
	const char *text;
	uint32_t number;
};

static int compare_words(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->text, ((const struct word *)b)->text);
}

const uint32_t *order_of_names(const struct names *names, struct pool *pool)
{
	/* Numbers go from 0, "no name", to the number of names. */
	const size_t count = names_count(names) + 1;
	struct word *const word = must_alloc(count * sizeof *word);
	uint32_t *const rank = pool_alloc(pool, count * sizeof *rank);

	for (size_t i = 0; i < count; i++) {
		word[i].number = (uint32_t)i;
		word[i].text = names_text(names, (uint32_t)i);
	}
	qsort(word, count, sizeof *word, compare_words);
	for (size_t i = 0; i < count; i++)
		rank[word[i].number] = (uint32_t)i;
	free(word);
	return rank;
}

#define BY(a, b) ((a) < (b) ? -1 : (a) > (b))

#define COMPARE_day(f)     BY(a->f.number, b->f.number)
#define COMPARE_year(f)    BY(a->f, b->f)
#define COMPARE_number(f)  BY(a->f, b->f)
#define COMPARE_text(f)    BY(rank[a->f], rank[b->f])
#define COMPARE_shares(f)  BY(a->f.e8, b->f.e8)
#define COMPARE_price(f)   BY(a->f.e8, b->f.e8)
#define COMPARE_money(f)   BY(a->f.cents, b->f.cents)
#define COMPARE_flag(f)    BY(a->f, b->f)
#define COMPARE_option(f)  BY(a->f, b->f)
#define COMPARE_term(f)    BY(a->f, b->f)
#define COMPARE_covered(f) BY(a->f, b->f)
#define COMPARE_letter(f)  BY(a->f, b->f)

int fact_compare(const struct fact *a, const struct fact *b, const uint32_t *rank)
{
	int by = BY(a->kind, b->kind);

#define X(type, field, what)                                                             \
	if (by == 0)                                                                     \
		by = COMPARE_##type(field);
	FACT_FIELDS(X)
#undef X
	return by;
}

static int compare_events(const void *left, const void *right, const void *rank)
{
	const struct event *const a = left, *const b = right;
	int by = BY(a->day.number, b->day.number);

	if (by == 0)
		by = BY(a->rank, b->rank);
	if (by == 0)
		by = BY(a->word, b->word);
	if (by == 0)
		by = BY(a->fact != NULL, b->fact != NULL);
	if (by == 0 && a->fact != NULL)
		by = fact_compare(a->fact, b->fact, rank);
	if (by == 0)
		by = BY(a->reported != NULL, b->reported != NULL);
	if (by == 0 && a->reported != NULL)
		by = fact_compare(a->reported, b->reported, rank);
	/* What says the very same differs in nothing but the lots' ids. */
	if (by == 0 && a->fact != NULL)
		by = BY(a->fact->id, b->fact->id);
	if (by == 0 && a->reported != NULL)
		by = BY(a->reported->id, b->reported->id);
	return by;
}

void events_sort(struct event *event, size_t count, const uint32_t *rank)
{
	for (size_t i = 0; i < count; i++) {
		const struct fact *const fact =
			event[i].fact != NULL ? event[i].fact : event[i].reported;

		event[i].word = rank[fact->symbol != 0 ? fact->symbol : fact->alias];
	}
	sort_stable(event, count, sizeof *event, compare_events, rank);
}

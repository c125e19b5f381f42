/* digest.h: everything that lots tell, in one number that does not depend on how names are counted. */
#ifndef DUALBASIS_TESTS_DIGEST_H
#define DUALBASIS_TESTS_DIGEST_H

#include "ledger/f8949.h"
#include "ledger/lots.h"

static inline void mix(uint64_t *sum, int64_t value)
{
	*sum = (*sum ^ (uint64_t)value) * 1099511628211u;
}

static inline void mix_word(uint64_t *sum, const char *word)
{
	for (; word != NULL && *word != '\0'; word++)
		mix(sum, *word);
}

static inline void mix_lot(
	uint64_t *sum, const struct lot *lot, const struct names *names)
{
	mix_word(sum, names_text(names, lot->symbol));
	mix_word(sum, names_text(names, lot->account));
	mix_word(sum, names_text(names, lot->owner));
	mix_word(sum, names_text(names, lot->label));
	mix(sum, lot->kind);
	mix(sum, lot->parent);
	mix(sum, lot->acquired.number);
	mix(sum, lot->vested.number);
	mix(sum, lot->shares.e8);
	mix(sum, lot->open.e8);
	mix(sum, lot->cost.cents);
	mix(sum, lot->inclusion.cents);
	mix(sum, lot->inclusion_year);
	mix(sum, lot->compensation.cents);
	mix(sum, lot->qualifies_on.number);
	for (int b = 0; b < BOOKS; b++) {
		mix(sum, lot->basis[b].cents);
		mix(sum, lot->open_basis[b].cents);
		mix(sum, lot->adjusted[b].cents);
		mix(sum, lot->held_since[b].number);
	}
}

static inline void mix_disposition(uint64_t *sum, const struct disposition *gone)
{
	mix(sum, gone->lot);
	mix(sum, gone->manner);
	mix(sum, gone->kind);
	mix(sum, gone->sold.number);
	mix(sum, gone->shares.e8);
	mix(sum, gone->proceeds.cents);
	mix(sum, gone->compensation.cents);
	mix(sum, gone->replacement);
	mix(sum, gone->choices);
	mix_word(sum, gone->why_this_lot);
	for (int b = 0; b < BOOKS; b++) {
		mix(sum, gone->basis[b].cents);
		mix(sum, disposition_gain(gone, (enum book)b).cents);
		mix(sum, gone->disallowed[b].cents);
		mix(sum, gone->washed[b].e8);
		mix(sum, gone->term[b]);
	}
}

/* Lots, dispositions, notices, and of every year the figures and the rows of Form 8949. */
static inline uint64_t digest_of(const struct lots *lots)
{
	uint64_t sum = 14695981039346656037u;
	struct pool pool = { NULL };

	for (size_t i = 0; i < lots->lot_count; i++)
		mix_lot(&sum, &lots->lot[i], lots->facts->names);
	for (size_t i = 0; i < lots->disposition_count; i++)
		mix_disposition(&sum, &lots->disposition[i]);
	for (size_t i = 0; i < lots->notice_count; i++)
		mix(&sum, lots->notice[i].kind);
	for (int year = 2018; year < 2026; year++) {
		struct year_figures figures;

		year_figures(lots, year, &figures, &pool);
		for (int b = 0; b < BOOKS; b++) {
			struct f8949_row *rows;
			size_t count;

			for (int f = 0; f < LEDGER_FIGURE_COUNT; f++)
				mix(&sum, figures.value[b][f].cents);
			f8949_rows(lots, year, (enum book)b, &rows, &count, &pool);
			for (size_t i = 0; i < count; i++) {
				mix(&sum, rows[i].box);
				mix(&sum, rows[i].gain.cents);
				mix(&sum, rows[i].adjustment.cents);
				mix_word(&sum, rows[i].codes);
			}
		}
	}
	pool_release(&pool);
	return sum;
}

#endif

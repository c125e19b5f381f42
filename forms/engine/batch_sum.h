/*
 * batch_sum.h: integer combinations of columns, and the operations that make new columns.
 * Internal to forms/. The first half of building a batch program; batch_program.h has the
 * argument for exactness that every operation is checked against here.
 */
#ifndef DUALBASIS_FORMS_ENGINE_BATCH_SUM_H
#define DUALBASIS_FORMS_ENGINE_BATCH_SUM_H

#include "forms/engine/batch_program.h"
#include "ledger/base/money.h"

/* c + k[0] * column[0] + ..., and its bounds. Without terms it is the same in all rows. */
struct sum {
	uint32_t terms;
	uint16_t column[BATCH_TERMS]; /* rising */
	int128 k[BATCH_TERMS];        /* never 0 */
	int128 c, least, most;
};

/* Whether x < 0, x = 0, x <> 0. */
enum test_kind { TEST_BELOW_ZERO, TEST_IS_ZERO, TEST_NOT_ZERO };
struct test {
	enum test_kind kind;
	struct sum x;
};

/* Operations as they are made; a column is known by the index of the operation that makes it. */
struct batch_builder {
	struct batch_operation *operation;
	struct column_bounds {
		int128 least, most;
		bool proven; /* this operation is exact within its operands' bounds */
	} * column;
	size_t count, room;
	uint32_t *slot; /* of operation + 1, by hash: equal operations are made once */
	size_t slots;
	bool overflow; /* a factor left 128 bits: nothing can be proven */
};
void builder_release(struct batch_builder *);

/* An operation without terms: a load, a store. Its column is within least and most. */
uint16_t builder_emit(struct batch_builder *, const struct batch_operation *,
	int128 least, int128 most, bool proven);

struct sum sum_constant(int128);
struct sum sum_of_column(const struct batch_builder *, uint16_t column);
struct sum sum_times(struct batch_builder *, struct sum, int128);
struct sum sum_plus(struct batch_builder *, struct sum, struct sum);
struct sum sum_less(struct batch_builder *, struct sum, struct sum);
/* The same value with one term at most. */
struct sum sum_flat(struct batch_builder *, struct sum);
struct sum sum_product(struct batch_builder *, struct sum, struct sum);
struct sum sum_larger(struct batch_builder *, struct sum, struct sum);
/* unit * the integer nearest to x / (unit * den), halves away from zero; or the one below. */
struct sum sum_nearest(struct batch_builder *, struct sum, int128 unit, int128 den);
struct sum sum_floor(struct batch_builder *, struct sum, int128 unit, int128 den);
struct sum sum_if(struct batch_builder *, struct test, struct sum, struct sum);

struct test test_constant(bool);
bool test_decided(const struct test *, bool *holds); /* by its bounds, in all rows */
struct test test_not(struct batch_builder *, struct test);
struct test test_of_column(struct batch_builder *, uint16_t column); /* of 0 and 1 */
struct sum test_number(struct batch_builder *, struct test);         /* 0 or 1 */
struct test test_all(struct batch_builder *, const struct test *, size_t count);
struct test test_any(struct batch_builder *, const struct test *, size_t count);

/* STORE, FILLED or LEAVE: what a program is for. */
void builder_give(struct batch_builder *, enum batch_code, uint32_t outside, struct sum);

/*
 * The operations that are needed, in order, each column in the buffer that became free last;
 * in the pool. False if one of them is not proven exact.
 */
bool batch_place(const struct batch_builder *, struct batch_program *, struct pool *);

#endif

/*
 * batch_program.h: the operations of a batch, and why they are exact. Internal to forms/.
 *
 * A program is a list of operations on columns of BATCH_ROWS doubles. A double is used only as
 * the carrier of an integer: every column holds whole numbers, never fractions. A value of the
 * graph is an integer combination of columns, k0 * t0 + ... + c, which is not computed before
 * something other than a sum needs it.
 *
 * Exactness. Integers up to 2^53 are doubles, and a sum or product of two whose result stays
 * within 2^53 is exact. The builder knows the bounds of each column, from the limit that inputs
 * are held to when loaded, and lets an operation stand only if the sum of all its terms' greatest
 * sizes is within BATCH_EXACT; so every partial result is an integer below 2^53 in whatever order
 * the terms are added, with or without fused multiplication.
 *
 * Rounding. x / d to the nearest integer, halves away from zero, for integers x and d > 0: with
 * y = (x + s/4) / d, where s is the sign of x, the nearest integer of y is the wanted one, and y
 * is at least 1 / 4d away from the point half-way between two integers (x / d is at half-way or
 * at least 1 / 2d away from it). y is computed as x * i + j, i = 1/d and j = s/4d rounded to
 * doubles: three roundings (the reciprocal, the product, the sum) and that of j, each at most
 * 2^-53 of what is rounded, so y is off by less than 4 * 2^-53 * (|x| / d + 1), which is below
 * 1 / 4d whenever |x| + d <= BATCH_ROUND = 2^49. Adding and subtracting 1.5 * 2^52 then rounds
 * to the nearest integer, as |y| < 2^51 and the grid of doubles there has step one. The largest
 * integer not above x / d is the nearest one of (x - d/2 + 1/4) / d, by the same argument.
 */
#ifndef DUALBASIS_FORMS_ENGINE_BATCH_PROGRAM_H
#define DUALBASIS_FORMS_ENGINE_BATCH_PROGRAM_H

#include <stddef.h>
#include <stdint.h>

#include "forms/batch.h"

#define BATCH_ROWS  256 /* rows of a block: its columns stay in the first two caches */
#define BATCH_STEP  16  /* rows are filled up to a multiple of this */
#define BATCH_TERMS 4
#define BATCH_EXACT (INT64_C(1) << 53)
#define BATCH_ROUND (INT64_C(1) << 49)
/* What is loaded and stored as 64-bit integers goes through a double's lower bits. */
#define BATCH_WHOLE (INT64_C(1) << 51)

/* x is the sum of the terms; u = k[4] * from[4] + c[1], v = k[5] * from[5] + c[2]. */
enum batch_code {
#define BATCH_OF_TERMS(X)                                                                \
	X(SUM)            /* x */                                                        \
	X(MAX)            /* the larger of x and c[1] */                                 \
	X(NEAREST)        /* of x * c[1] + c[2] */                                       \
	X(NEAREST_SIGNED) /* the same, c[2] with the sign of x */                        \
	X(BELOW_ZERO)     /* 1 if x < 0, else 0 */                                       \
	X(IS_ZERO)        /* 1 if x = 0, else 0 */                                       \
	X(IF_BELOW_ZERO)  /* u if x < 0, else v */                                       \
	X(IF_ZERO)        /* u if x = 0, else v */
#define BATCH_CODES(name)                                                                \
	BATCH_##name##_1, BATCH_##name##_2, BATCH_##name##_3, BATCH_##name##_4,
	BATCH_OF_TERMS(BATCH_CODES)
#undef BATCH_CODES
		BATCH_LARGER, /* of u and v */
	BATCH_MULTIPLY,       /* u * v */
	BATCH_LOAD, /* column `outside`: number; a row beyond +-c[1] or below c[2] is left */
	BATCH_CHOICE, /* its choice; c[0] where there are none */
	BATCH_GIVEN,  /* whether it is given */
	BATCH_STORE,  /* u, to answer `outside` */
	BATCH_FILLED, /* u (0 or 1), to answer `outside` */
	BATCH_LEAVE,  /* a row where u is not 0 is left */
};

struct batch_operation {
	uint16_t code;
	uint16_t to; /* buffer; unused by the last three */
	uint16_t from[BATCH_TERMS + 2];
	uint32_t outside;
	double k[BATCH_TERMS + 2];
	double c[3];
};

struct batch_program {
	const struct batch_operation *operation;
	size_t count;
	size_t buffers;
};

/* Where a block of rows comes from and goes to. */
struct batch_block {
	const struct batch_column *column;
	const struct batch_answer *answer;
	uint8_t *left;
	size_t first, rows; /* rows <= BATCH_ROWS */
	double *buffer;     /* buffers * BATCH_ROWS, on a 64-byte boundary */
};

/* One compiled for each kind of vector unit, from the same source. */
typedef void batch_runner(const struct batch_program *, const struct batch_block *);
batch_runner batch_run_portable, batch_run_avx2, batch_run_avx512;

/*
 * The program of a shape when amounts stay within `limit` cents; false if it cannot be proven
 * exact with that limit. Operations live in the pool.
 */
struct graph;
bool batch_build(const struct graph *, const struct batch_shape *, int64_t limit,
	struct batch_program *, struct pool *);

#endif

/*
 * Runs a program over one block of rows. Compiled once for each kind of vector unit, each time
 * with BATCH_RUNNER as the function's name; see batch_program.h for why doubles are exact here.
 */
#include <math.h>
#include <string.h>

#include "forms/engine/batch_program.h"

#ifndef BATCH_RUNNER
#define BATCH_RUNNER batch_run_portable
#endif

/* 1.5 * 2^52: between 2^52 and 2^53 doubles are the integers, and the lower bits of this plus
 * x, for |x| < BATCH_WHOLE, are x. */
#define WHOLE 6755399441055744.0
static const uint64_t whole_bits = UINT64_C(0x4338000000000000);

static inline double nearest(double y)
{
	return (y + WHOLE) - WHOLE;
}

static inline double from_integer(int64_t x)
{
	const uint64_t bits = whole_bits + (uint64_t)x;
	double y;

	memcpy(&y, &bits, sizeof y);
	return y - WHOLE;
}

static inline int64_t to_integer(double x)
{
	const double y = x + WHOLE;
	uint64_t bits;

	memcpy(&bits, &y, sizeof bits);
	return (int64_t)(bits - whole_bits);
}

static void rest_clear(const struct batch_block *block, double *to, size_t rows)
{
	for (size_t i = block->rows; i < rows; i++)
		to[i] = 0;
}

/* Loops over whole columns do one plain thing each, so that each becomes vector code. */
static void load_within(const int64_t *restrict number, int64_t least, int64_t most,
	size_t rows, double *restrict to)
{
	for (size_t i = 0; i < rows; i++) {
		const int64_t it = number[i];

		to[i] = from_integer(it < least || it > most ? 0 : it);
	}
}

static void load(const struct batch_operation *op, const struct batch_block *block,
	double *to, size_t rows)
{
	const int64_t least = (int64_t)op->c[2], most = (int64_t)op->c[1];
	const int64_t *const column = block->column[op->outside].number;
	int64_t beyond = 0;

	if (column == NULL) {
		memset(to, 0, rows * sizeof *to);
		return;
	}
	const int64_t *const number = column + block->first;

	for (size_t i = 0; i < block->rows; i++)
		beyond |= number[i] < least || number[i] > most;
	for (size_t i = 0; beyond != 0 && i < block->rows; i++)
		block->left[block->first + i] |= number[i] < least || number[i] > most;
	load_within(number, least, most, block->rows, to);
	rest_clear(block, to, rows);
}

/* `missing` in all rows where there is no column. */
static void load_bytes(const uint8_t *column, double missing,
	const struct batch_block *block, double *to, size_t rows)
{
	if (column == NULL) {
		for (size_t i = 0; i < rows; i++)
			to[i] = missing;
		return;
	}
	const uint8_t *const byte = column + block->first;

	for (size_t i = 0; i < block->rows; i++)
		to[i] = byte[i];
	rest_clear(block, to, rows);
}

static void store(const double *restrict u, double k, double c, size_t rows,
	int64_t *restrict number)
{
	for (size_t i = 0; i < rows; i++)
		number[i] = to_integer(k * u[i] + c);
}

static void store_filled(const double *restrict u, double k, double c, size_t rows,
	uint8_t *restrict filled)
{
	if (k == 0)
		memset(filled, c != 0, rows);
	for (size_t i = 0; k != 0 && i < rows; i++)
		filled[i] = k * u[i] + c != 0;
}

static void leave(const double *u, double k, double c, size_t rows, uint8_t *left)
{
	double any = 0;

	for (size_t i = 0; i < rows; i++)
		any = any > k * u[i] + c ? any : k * u[i] + c;
	for (size_t i = 0; any != 0 && i < rows; i++)
		left[i] |= k * u[i] + c != 0;
}

/*
 * The columns of an operation are equal or apart, so rows do not depend on each other; their
 * number being a multiple of a step, no rows are left over at the end of a loop.
 */
#ifdef __clang__
#define INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#else
#define INDEPENDENT _Pragma("GCC ivdep")
#endif
#define EACH_ROW(result)                                                                 \
	INDEPENDENT for (size_t i = 0; i < steps * BATCH_STEP; i++) to[i] = (result);    \
	break

#define X1 (k0 * a[i] + c0)
#define X2 (k1 * b[i] + X1)
#define X3 (k2 * c[i] + X2)
#define X4 (k3 * d[i] + X3)
#define U  (k4 * u[i] + c1)
#define V  (k5 * v[i] + c2)

#define OF_TERMS(name, result_of)                                                        \
	case BATCH_##name##_1:                                                           \
		EACH_ROW(result_of(X1));                                                 \
	case BATCH_##name##_2:                                                           \
		EACH_ROW(result_of(X2));                                                 \
	case BATCH_##name##_3:                                                           \
		EACH_ROW(result_of(X3));                                                 \
	case BATCH_##name##_4:                                                           \
		EACH_ROW(result_of(X4));

#define SUM(x)            (x)
#define MAX(x)            ((x) > c1 ? (x) : c1)
#define NEAREST(x)        nearest((x)*c1 + c2)
#define NEAREST_SIGNED(x) nearest((x)*c1 + copysign(c2, (x)))
#define BELOW_ZERO(x)     ((x) < 0 ? 1.0 : 0.0)
#define IS_ZERO(x)        ((x) == 0 ? 1.0 : 0.0)
#define IF_BELOW_ZERO(x)  choice((x) < 0, U, V)
#define IF_ZERO(x)        choice((x) == 0, U, V)

/* Both are computed, then one is taken. */
static inline double choice(bool first, double u, double v)
{
	return first ? u : v;
}

static inline void run_one(
	const struct batch_operation *op, const struct batch_block *block, size_t steps)
{
	const size_t rows = steps * BATCH_STEP;
	double *const column = block->buffer;
	double *const to = column + (size_t)op->to * BATCH_ROWS;
	const double *const a = column + (size_t)op->from[0] * BATCH_ROWS;
	const double *const b = column + (size_t)op->from[1] * BATCH_ROWS;
	const double *const c = column + (size_t)op->from[2] * BATCH_ROWS;
	const double *const d = column + (size_t)op->from[3] * BATCH_ROWS;
	const double *const u = column + (size_t)op->from[4] * BATCH_ROWS;
	const double *const v = column + (size_t)op->from[5] * BATCH_ROWS;
	const double k0 = op->k[0], k1 = op->k[1], k2 = op->k[2], k3 = op->k[3];
	const double k4 = op->k[4], k5 = op->k[5];
	const double c0 = op->c[0], c1 = op->c[1], c2 = op->c[2];

	switch ((enum batch_code)op->code) {
		OF_TERMS(SUM, SUM)
		OF_TERMS(MAX, MAX)
		OF_TERMS(NEAREST, NEAREST)
		OF_TERMS(NEAREST_SIGNED, NEAREST_SIGNED)
		OF_TERMS(BELOW_ZERO, BELOW_ZERO)
		OF_TERMS(IS_ZERO, IS_ZERO)
		OF_TERMS(IF_BELOW_ZERO, IF_BELOW_ZERO)
		OF_TERMS(IF_ZERO, IF_ZERO)
	case BATCH_LARGER:
		EACH_ROW(U > V ? U : V);
	case BATCH_MULTIPLY:
		EACH_ROW(U * V);
	case BATCH_LOAD:
		load(op, block, to, rows);
		break;
	case BATCH_CHOICE:
		load_bytes(block->column[op->outside].choice, c0, block, to, rows);
		break;
	case BATCH_GIVEN:
		load_bytes(block->column[op->outside].given, 1, block, to, rows);
		break;
	case BATCH_STORE:
		store(u, k4, c1, block->rows,
			block->answer[op->outside].number + block->first);
		break;
	case BATCH_FILLED:
		if (block->answer[op->outside].filled != NULL)
			store_filled(u, k4, c1, block->rows,
				block->answer[op->outside].filled + block->first);
		break;
	case BATCH_LEAVE:
		leave(u, k4, c1, block->rows, block->left + block->first);
		break;
	}
}

void BATCH_RUNNER(const struct batch_program *program, const struct batch_block *block)
{
	const size_t steps = (block->rows + BATCH_STEP - 1) / BATCH_STEP;

	for (size_t i = 0; i < program->count; i++)
		run_one(&program->operation[i], block, steps);
}

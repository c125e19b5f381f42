/* Rounding in doubles is exact up to the bound that batch_program.h argues for, and proven no
 * further. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "forms/engine/batch_sum.h"
#include "tests/forms/random_returns.h"

/* One column x; answers: x / d to the nearest, x / d down, and 3 times x / d to the nearest. */
struct division {
	struct batch_program program;
	struct pool pool;
	bool proven;
};

static struct division division_make(int64_t d, int64_t most)
{
	struct division division = { 0 };
	struct batch_builder builder = { 0 };
	const struct batch_operation load = { .code = BATCH_LOAD,
		.c = { 0, (double)most, (double)-most } };
	const struct sum x =
		sum_of_column(&builder, builder_emit(&builder, &load, -most, most, true));

	builder_give(&builder, BATCH_STORE, 0, sum_nearest(&builder, x, 1, d));
	builder_give(&builder, BATCH_STORE, 1, sum_floor(&builder, x, 1, d));
	builder_give(&builder, BATCH_STORE, 2,
		sum_times(&builder, sum_nearest(&builder, x, d, 1), 3));
	division.proven = batch_place(&builder, &division.program, &division.pool);
	builder_release(&builder);
	return division;
}

#define ROWS BATCH_ROWS
static double buffer[16 * BATCH_ROWS] __attribute__((aligned(64)));

static void division_run(const struct division *division, batch_runner *run,
	const int64_t *number, int64_t (*answer)[ROWS])
{
	const struct batch_column column = { .number = number };
	const struct batch_answer answers[] = { { answer[0], NULL }, { answer[1], NULL },
		{ answer[2], NULL } };
	uint8_t left[ROWS] = { 0 };

	cr_assert(le(sz, division->program.buffers, 16));
	run(&division->program,
		&(struct batch_block){ .column = &column,
			.answer = answers,
			.left = left,
			.rows = ROWS,
			.buffer = buffer });
	for (size_t i = 0; i < ROWS; i++)
		cr_assert(eq(int, left[i], 0));
}

/* Half-way points and their neighbours, and numbers drawn anywhere within the bound. */
static void numbers_draw(uint64_t *state, int64_t d, int64_t most, int64_t *number)
{
	for (size_t i = 0; i < ROWS; i++) {
		const int64_t any = (int64_t)random_below(state, (uint64_t)most + 1);
		int64_t near = any / d * d + d / 2 + (int64_t)(i % 4) - 1;

		if (i % 8 == 7)
			near = most - (int64_t)(i / 8);
		number[i] = i % 2 || near > most || near < 0 ? any : near;
		if (random_below(state, 2))
			number[i] = -number[i];
	}
}

static void division_check(batch_runner *run, int64_t d, int64_t most, uint64_t *state)
{
	const struct division division = division_make(d, most);
	int64_t number[ROWS], answer[3][ROWS];
	struct pool pool = division.pool;

	cr_assert(division.proven, "x / %lld up to %lld", (long long)d, (long long)most);
	numbers_draw(state, d, most, number);
	division_run(&division, run, number, answer);
	for (size_t i = 0; i < ROWS; i++) {
		const int64_t nearest = divide_half_away(number[i], d);
		const int64_t down = number[i] / d - (number[i] % d < 0);

		cr_expect(eq(i64, answer[0][i], nearest), "%lld / %lld to the nearest",
			(long long)number[i], (long long)d);
		cr_expect(eq(i64, answer[1][i], down), "%lld / %lld down",
			(long long)number[i], (long long)d);
		/* A result of 2^51 and more cannot be stored and would not have been proven. */
		cr_expect(eq(i64, answer[2][i], nearest * d * 3));
	}
	pool_release(&pool);
}

static void code_check(batch_runner *run)
{
	uint64_t state = 7;

	for (int64_t d = 2; d < 300; d++)
		division_check(run, d, BATCH_ROUND - d, &state);
	for (int bits = 2; bits < 48; bits++)
		for (int times = 0; times < 20; times++) {
			const int64_t d = (INT64_C(1) << bits) +
				(int64_t)random_below(&state, UINT64_C(1) << bits);

			division_check(run, d, BATCH_ROUND - d, &state);
		}
}

Test(batch_rounding, is_exact_up_to_the_bound)
{
	code_check(batch_run_portable);
#if defined __x86_64__
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		code_check(batch_run_avx2);
	if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
		__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw"))
		code_check(batch_run_avx512);
#endif
}

Test(batch_rounding, is_not_proven_beyond_the_bound)
{
	for (int64_t d = 2; d < 100; d++) {
		const struct division division = division_make(d, BATCH_ROUND);
		struct pool pool = division.pool;

		cr_expect(not(division.proven));
		pool_release(&pool);
	}
}

Test(batch_rounding, sums_are_proven_up_to_2_to_the_53)
{
	/* Four columns of up to 2^50 in size: 8 times 2^50, and then one more. */
	static const int factor[] = { 3, 2, -2, 1 };

	for (int more = 0; more < 2; more++) {
		struct batch_builder builder = { 0 };
		struct batch_program program;
		struct pool pool = { 0 };
		struct sum all = sum_constant(more);

		for (uint32_t i = 0; i < COUNT(factor); i++) {
			const struct batch_operation load = { .code = BATCH_LOAD,
				.outside = i };
			const int128 most = INT64_C(1) << 50;
			const uint16_t column =
				builder_emit(&builder, &load, -most, most, true);

			all = sum_plus(&builder, all,
				sum_times(&builder, sum_of_column(&builder, column),
					factor[i]));
		}
		const struct test below = { TEST_BELOW_ZERO, all };

		builder_give(&builder, BATCH_STORE, 0, test_number(&builder, below));
		const bool proven = batch_place(&builder, &program, &pool);

		cr_expect(eq(int, proven, more == 0));
		builder_release(&builder);
		pool_release(&pool);
	}
}

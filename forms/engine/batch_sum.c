/* Keeps sums of columns unevaluated, and makes operations with a proof that they are exact. */
#include "forms/engine/batch_sum.h"

#include <assert.h>

/* Operands u and v of an operation follow its terms. */
enum { U = BATCH_TERMS, V };

static int128 times(struct batch_builder *builder, int128 a, int128 b)
{
	int128 product;

	if (__builtin_mul_overflow(a, b, &product)) {
		builder->overflow = true;
		return 0;
	}
	return product;
}

static int128 plus(struct batch_builder *builder, int128 a, int128 b)
{
	int128 sum;

	if (__builtin_add_overflow(a, b, &sum)) {
		builder->overflow = true;
		return 0;
	}
	return sum;
}

static int128 size_of(int128 value)
{
	return value < 0 ? -value : value;
}

static int128 larger(int128 a, int128 b)
{
	return a > b ? a : b;
}

static int128 smaller(int128 a, int128 b)
{
	return a < b ? a : b;
}

static int128 divisor(int128 a, int128 b)
{
	a = size_of(a);
	b = size_of(b);
	while (b != 0) {
		const int128 rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* The greatest common divisor of a sum's factors; 0 of the sum 0. */
static int128 sum_divisor(const struct sum *x)
{
	int128 common = x->c;

	for (uint32_t i = 0; i < x->terms; i++)
		common = divisor(common, x->k[i]);
	return size_of(common);
}

struct sum sum_constant(int128 c)
{
	return (struct sum){ .c = c, .least = c, .most = c };
}

struct sum sum_of_column(const struct batch_builder *builder, uint16_t column)
{
	const struct column_bounds *const bounds = &builder->column[column];

	return (struct sum){ .terms = 1,
		.column = { column },
		.k = { 1 },
		.least = bounds->least,
		.most = bounds->most };
}

/* What the terms alone say about the bounds may be narrower: a - a is 0. */
static void sum_narrow(struct batch_builder *builder, struct sum *x)
{
	int128 least = x->c, most = x->c;

	for (uint32_t i = 0; i < x->terms; i++) {
		const struct column_bounds *const its = &builder->column[x->column[i]];
		const int128 one = times(builder, x->k[i], its->least);
		const int128 other = times(builder, x->k[i], its->most);

		least = plus(builder, least, smaller(one, other));
		most = plus(builder, most, larger(one, other));
	}
	x->least = larger(x->least, least);
	x->most = smaller(x->most, most);
}

struct sum sum_times(struct batch_builder *builder, struct sum x, int128 factor)
{
	if (factor == 0)
		return sum_constant(0);
	for (uint32_t i = 0; i < x.terms; i++)
		x.k[i] = times(builder, x.k[i], factor);
	x.c = times(builder, x.c, factor);
	const int128 one = times(builder, x.least, factor);
	const int128 other = times(builder, x.most, factor);

	x.least = smaller(one, other);
	x.most = larger(one, other);
	return x;
}

/* All factors are multiples of `by`. */
static struct sum sum_divide(struct sum x, int128 by)
{
	for (uint32_t i = 0; i < x.terms; i++)
		x.k[i] /= by;
	x.c /= by;
	x.least = x.least / by - (x.least % by < 0 ? 1 : 0);
	x.most = x.most / by + (x.most % by > 0 ? 1 : 0);
	return x;
}

/* Terms of both in rising order; 0 when they are more than fit. */
static bool sum_merge(struct batch_builder *builder, const struct sum *a,
	const struct sum *b, struct sum *both)
{
	uint32_t i = 0, j = 0;

	*both = (struct sum){ .c = plus(builder, a->c, b->c),
		.least = plus(builder, a->least, b->least),
		.most = plus(builder, a->most, b->most) };
	while (i < a->terms || j < b->terms) {
		const bool left =
			j == b->terms || (i < a->terms && a->column[i] <= b->column[j]);
		const bool right =
			i == a->terms || (j < b->terms && b->column[j] <= a->column[i]);
		const uint16_t column = left ? a->column[i] : b->column[j];
		const int128 k = plus(builder, left ? a->k[i] : 0, right ? b->k[j] : 0);

		i += left;
		j += right;
		if (k == 0)
			continue;
		if (both->terms == BATCH_TERMS)
			return false;
		both->column[both->terms] = column;
		both->k[both->terms++] = k;
	}
	sum_narrow(builder, both);
	return true;
}

struct sum sum_plus(struct batch_builder *builder, struct sum a, struct sum b)
{
	struct sum both;

	if (sum_merge(builder, &a, &b, &both))
		return both;
	struct sum *const longer = a.terms >= b.terms ? &a : &b;

	*longer = sum_flat(builder, *longer);
	if (sum_merge(builder, &a, &b, &both))
		return both;
	b = sum_flat(builder, b);
	a = sum_flat(builder, a);
	const bool fits = sum_merge(builder, &a, &b, &both);

	assert(fits);
	return both;
}

struct sum sum_less(struct batch_builder *builder, struct sum a, struct sum b)
{
	return sum_plus(builder, a, sum_times(builder, b, -1));
}

/*
 * The terms of x / by become the operation's; false if they could pass `limit` on the way. The
 * operation must not be used then, which proven = false says.
 */
static bool take_terms(const struct batch_builder *builder, const struct sum *x,
	int128 by, int64_t limit, struct batch_operation *op)
{
	int128 reach = size_of(x->c / by);
	bool proven = reach <= limit;

	assert(x->terms >= 1);
	op->c[0] = (double)(x->c / by);
	for (uint32_t i = 0; i < x->terms; i++) {
		const struct column_bounds *const its = &builder->column[x->column[i]];
		const int128 k = x->k[i] / by;
		const int128 size = larger(size_of(its->least), size_of(its->most));

		op->from[i] = x->column[i];
		op->k[i] = (double)k;
		/* Checked one by one, so that nothing here can overflow either. */
		proven = proven && size_of(k) <= limit && size <= limit;
		if (proven)
			reach += size_of(k) * size;
		proven = proven && reach <= limit;
	}
	return proven;
}

/* u or v of an operation: a sum of one term at most, over `by`. */
static bool take_operand(const struct batch_builder *builder, const struct sum *x,
	int128 by, int at, struct batch_operation *op)
{
	assert(x->terms <= 1);
	if (x->terms == 1) {
		struct batch_operation one = { 0 };
		const bool proven = take_terms(builder, x, by, BATCH_EXACT, &one);

		op->from[at] = one.from[0];
		op->k[at] = one.k[0];
		op->c[at - U + 1] = one.c[0];
		return proven;
	}
	/* Any column will do: it is multiplied by 0. */
	op->from[at] = op->from[0];
	op->c[at - U + 1] = (double)(x->c / by);
	return size_of(x->c / by) <= BATCH_EXACT;
}

static uint16_t code_of_terms(enum batch_code first, const struct sum *x)
{
	return (uint16_t)((uint32_t)first + x->terms - 1);
}

/* by * the column that was just made. */
static struct sum made(struct batch_builder *builder, const struct batch_operation *op,
	int128 least, int128 most, bool proven, int128 by)
{
	const uint16_t column = builder_emit(builder, op, least, most, proven);

	return sum_times(builder, sum_of_column(builder, column), by);
}

struct sum sum_flat(struct batch_builder *builder, struct sum x)
{
	if (x.terms <= 1)
		return x;
	const int128 by = sum_divisor(&x);
	const struct sum part = sum_divide(x, by);
	struct batch_operation op = { .code = code_of_terms(BATCH_SUM_1, &x) };
	const bool proven = take_terms(builder, &x, by, BATCH_EXACT, &op);

	return made(builder, &op, part.least, part.most, proven, by);
}

struct sum sum_product(struct batch_builder *builder, struct sum a, struct sum b)
{
	if (a.terms == 0)
		return sum_times(builder, b, a.c);
	if (b.terms == 0)
		return sum_times(builder, a, b.c);
	a = sum_flat(builder, a);
	b = sum_flat(builder, b);
	const int128 by_a = sum_divisor(&a), by_b = sum_divisor(&b);
	const struct sum part_a = sum_divide(a, by_a), part_b = sum_divide(b, by_b);
	struct batch_operation op = { .code = BATCH_MULTIPLY };
	bool proven = take_operand(builder, &a, by_a, U, &op);

	proven = take_operand(builder, &b, by_b, V, &op) && proven;
	const int128 corner[] = { times(builder, part_a.least, part_b.least),
		times(builder, part_a.least, part_b.most),
		times(builder, part_a.most, part_b.least),
		times(builder, part_a.most, part_b.most) };
	int128 least = corner[0], most = corner[0];

	for (size_t i = 1; i < COUNT(corner); i++) {
		least = smaller(least, corner[i]);
		most = larger(most, corner[i]);
	}
	proven = proven && larger(size_of(least), size_of(most)) <= BATCH_EXACT;
	return made(builder, &op, least, most, proven, times(builder, by_a, by_b));
}

static struct sum larger_than_constant(
	struct batch_builder *builder, struct sum x, int128 constant)
{
	const int128 by = divisor(sum_divisor(&x), constant);
	const struct sum part = sum_divide(x, by);
	struct batch_operation op = { .code = code_of_terms(BATCH_MAX_1, &x) };
	bool proven = take_terms(builder, &x, by, BATCH_EXACT, &op);

	op.c[1] = (double)(constant / by);
	proven = proven && size_of(constant / by) <= BATCH_EXACT;
	return made(builder, &op, larger(part.least, constant / by),
		larger(part.most, constant / by), proven, by);
}

struct sum sum_larger(struct batch_builder *builder, struct sum x, struct sum y)
{
	if (x.least >= y.most)
		return x;
	if (y.least >= x.most)
		return y;
	if (y.terms == 0)
		return larger_than_constant(builder, x, y.c);
	if (x.terms == 0)
		return larger_than_constant(builder, y, x.c);
	x = sum_flat(builder, x);
	y = sum_flat(builder, y);
	const int128 by = divisor(sum_divisor(&x), sum_divisor(&y));
	const struct sum part_x = sum_divide(x, by), part_y = sum_divide(y, by);
	struct batch_operation op = { .code = BATCH_LARGER };
	bool proven = take_operand(builder, &x, by, U, &op);

	proven = take_operand(builder, &y, by, V, &op) && proven;
	return made(builder, &op, larger(part_x.least, part_y.least),
		larger(part_x.most, part_y.most), proven, by);
}

static int128 floor_of(int128 x, int128 by)
{
	return x / by - (x % by < 0 ? 1 : 0);
}

static int128 nearest_of(int128 x, int128 by)
{
	const int128 size = size_of(x);
	const int128 nearest = size / by + (size % by >= by - size % by ? 1 : 0);

	return x < 0 ? -nearest : nearest;
}

/* x / d to an integer, d > 1; the way differs only in what is added before rounding. */
static struct sum rounded(struct batch_builder *builder, struct sum x, int128 by,
	int128 d, int128 unit, bool down)
{
	const struct sum part = sum_divide(x, by);
	const bool two_signs = !down && part.least < 0;
	struct batch_operation op = {
		.code = code_of_terms(
			two_signs ? BATCH_NEAREST_SIGNED_1 : BATCH_NEAREST_1, &x)
	};
	const bool proven = take_terms(builder, &x, by, BATCH_EXACT, &op) &&
		plus(builder, larger(size_of(part.least), size_of(part.most)), d) <=
			BATCH_ROUND;
	int128 (*const whole)(int128, int128) = down ? floor_of : nearest_of;

	op.c[1] = 1 / (double)d;
	op.c[2] = down ? op.c[1] / 4 - 0.5 : op.c[1] / 4;
	return made(
		builder, &op, whole(part.least, d), whole(part.most, d), proven, unit);
}

static struct sum round_or_floor(
	struct batch_builder *builder, struct sum x, int128 unit, int128 den, bool down)
{
	const int128 d = times(builder, unit, den);

	if (x.terms == 0)
		return sum_constant(times(
			builder, unit, down ? floor_of(x.c, d) : nearest_of(x.c, d)));
	const int128 by = divisor(sum_divisor(&x), d);

	if (by == d)
		return sum_times(builder, sum_divide(x, d), unit);
	return rounded(builder, x, by, d / by, unit, down);
}

struct sum sum_nearest(
	struct batch_builder *builder, struct sum x, int128 unit, int128 den)
{
	return round_or_floor(builder, x, unit, den, false);
}

struct sum sum_floor(struct batch_builder *builder, struct sum x, int128 unit, int128 den)
{
	return round_or_floor(builder, x, unit, den, true);
}

static bool sum_same(const struct sum *a, const struct sum *b)
{
	if (a->terms != b->terms || a->c != b->c)
		return false;
	for (uint32_t i = 0; i < a->terms; i++)
		if (a->column[i] != b->column[i] || a->k[i] != b->k[i])
			return false;
	return true;
}

struct sum sum_if(
	struct batch_builder *builder, struct test test, struct sum x, struct sum y)
{
	bool holds;

	if (test_decided(&test, &holds))
		return holds ? x : y;
	if (sum_same(&x, &y))
		return x;
	if (test.kind == TEST_NOT_ZERO) {
		const struct sum swap = x;

		test.kind = TEST_IS_ZERO;
		x = y;
		y = swap;
	}
	x = sum_flat(builder, x);
	y = sum_flat(builder, y);
	const int128 by = divisor(sum_divisor(&x), sum_divisor(&y));
	const struct sum part_x = sum_divide(x, by), part_y = sum_divide(y, by);
	struct batch_operation op = { .code = code_of_terms(test.kind == TEST_IS_ZERO
						      ? BATCH_IF_ZERO_1
						      : BATCH_IF_BELOW_ZERO_1,
					      &test.x) };
	bool proven =
		take_terms(builder, &test.x, sum_divisor(&test.x), BATCH_EXACT, &op);

	proven = take_operand(builder, &x, by, U, &op) && proven;
	proven = take_operand(builder, &y, by, V, &op) && proven;
	return made(builder, &op, smaller(part_x.least, part_y.least),
		larger(part_x.most, part_y.most), proven, by);
}

struct test test_constant(bool holds)
{
	return (struct test){ TEST_BELOW_ZERO, sum_constant(holds ? -1 : 0) };
}

bool test_decided(const struct test *test, bool *holds)
{
	const bool zero = test->x.least == 0 && test->x.most == 0;
	const bool apart = test->x.least > 0 || test->x.most < 0;
	bool decided = false;

	switch (test->kind) {
	case TEST_BELOW_ZERO:
		*holds = test->x.most < 0;
		decided = test->x.most < 0 || test->x.least >= 0;
		break;
	case TEST_IS_ZERO:
		*holds = zero;
		decided = zero || apart;
		break;
	case TEST_NOT_ZERO:
		*holds = apart;
		decided = zero || apart;
		break;
	}
	return decided;
}

/* Of integers: not x < 0 is -x - 1 < 0. */
struct test test_not(struct batch_builder *builder, struct test test)
{
	switch (test.kind) {
	case TEST_BELOW_ZERO:
		test.x = sum_less(
			builder, sum_times(builder, test.x, -1), sum_constant(1));
		break;
	case TEST_IS_ZERO:
		test.kind = TEST_NOT_ZERO;
		break;
	case TEST_NOT_ZERO:
		test.kind = TEST_IS_ZERO;
		break;
	}
	return test;
}

struct test test_of_column(struct batch_builder *builder, uint16_t column)
{
	return (struct test){ TEST_BELOW_ZERO,
		sum_times(builder, sum_of_column(builder, column), -1) };
}

/* x < 0 where x is 0 or -1 is -x itself, and so on. */
static bool is_bit(const struct sum *x, int128 least)
{
	return x->terms == 1 && size_of(x->k[0]) == 1 && x->least == least &&
		x->most == least + 1;
}

struct sum test_number(struct batch_builder *builder, struct test test)
{
	bool holds;

	if (test_decided(&test, &holds))
		return sum_constant(holds);
	if (test.kind == TEST_NOT_ZERO) {
		test.kind = TEST_IS_ZERO;
		return sum_less(builder, sum_constant(1), test_number(builder, test));
	}
	if (test.kind == TEST_BELOW_ZERO && is_bit(&test.x, -1))
		return sum_times(builder, test.x, -1);
	if (test.kind == TEST_IS_ZERO && is_bit(&test.x, 0))
		return sum_less(builder, sum_constant(1), test.x);
	struct batch_operation op = { .code = code_of_terms(test.kind == TEST_IS_ZERO
						      ? BATCH_IS_ZERO_1
						      : BATCH_BELOW_ZERO_1,
					      &test.x) };
	const bool proven =
		take_terms(builder, &test.x, sum_divisor(&test.x), BATCH_EXACT, &op);

	return made(builder, &op, 0, 1, proven, 1);
}

/*
 * All of several tests, or any of them: as many as there are hold, or at least one. A test that
 * is decided either settles the matter (the value that does is `settles`) or says nothing.
 */
static struct test tests_joined(struct batch_builder *builder, const struct test *test,
	size_t count, bool settles)
{
	struct sum holding = sum_constant(0);
	const struct test *last = NULL;
	int128 open = 0;

	for (size_t i = 0; i < count; i++) {
		bool holds;

		if (!test_decided(&test[i], &holds)) {
			last = &test[i];
			open++;
		} else if (holds == settles) {
			return test_constant(settles);
		}
	}
	if (open == 0)
		return test_constant(!settles);
	if (open == 1)
		return *last;
	for (size_t i = 0; i < count; i++)
		holding = sum_plus(builder, holding, test_number(builder, test[i]));
	/* Tests that say nothing are constants: 1 each of `all`, 0 each of `any`. */
	const int128 wanted = settles ? 1 : (int128)count;

	return (struct test){ TEST_BELOW_ZERO,
		sum_less(builder, sum_constant(wanted - 1), holding) };
}

struct test test_all(struct batch_builder *builder, const struct test *test, size_t count)
{
	return tests_joined(builder, test, count, false);
}

struct test test_any(struct batch_builder *builder, const struct test *test, size_t count)
{
	return tests_joined(builder, test, count, true);
}

void builder_give(struct batch_builder *builder, enum batch_code code, uint32_t outside,
	struct sum x)
{
	struct batch_operation op = { .code = (uint16_t)code, .outside = outside };

	x = sum_flat(builder, x);
	const bool proven = take_operand(builder, &x, 1, U, &op) &&
		larger(size_of(x.least), size_of(x.most)) < BATCH_WHOLE;
	builder_emit(builder, &op, 0, 0, proven);
}

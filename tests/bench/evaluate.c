/*
 * How many complete returns a second: Form 1040, Schedule D in both books, Form 6251 with Part
 * III, by the batch engine and by the scalar one, on one core.
 *
 *     bench_evaluate [YEAR [ROWS [CODE]]]      code: avx512, avx2, portable
 */
#include <stdio.h>
#include <time.h>

#include "ledger/f8949.h"
#include "tests/forms/random_returns.h"

#define TILE                                                                             \
	4096 /* rows a call: columns and answers stay in the second and third cache */
#define PASSES 5

/* The first columns of `compute`: what a return with ISOs and sales has. */
static const char *const columns[] = { "wages", "taxable_interest", "ordinary_dividends",
	"qualified_dividends", "short_term_gain", "long_term_gain", "other_income",
	"adjustments", "state_refund", "salt_paid", "itemized_other", "deduction",
	"iso_spread", "amt_short_term_difference", "amt_long_term_difference",
	"short_term_carryover", "long_term_carryover", "amt_short_term_carryover",
	"amt_long_term_carryover", "private_activity_interest", "qsbs_preference",
	"investment_interest_difference", "other_amt_adjustment",
	"other_nonrefundable_credits", "credit_carryforward" };
static const char *const forms[] = { "f1040", "schedule_d", "schedule_d@amt", "f6251" };
static const char *const usual[] = { "f1040.tax", "f6251.4", "f6251.5", "f6251.6",
	"f6251.9", "f6251.10", "f6251.11", "f6251.2k" };

static void must(bool done, const struct fail *why)
{
	if (done)
		return;
	fprintf(stderr, "bench_evaluate: %s\n", why->message);
	exit(fail_exit_code(why->kind));
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct bench {
	const struct law *law;
	struct batch_shape shape;
	uint32_t input[COUNT(columns)];
	struct line_ref line[1024];
	struct batch_column column[COUNT(columns)];
	struct batch_answer answer[1024];
	struct pool pool;
};

static void lines_of_forms(struct bench *bench)
{
	struct fail why;

	bench->shape.lines = 0;
	for (size_t f = 0; f < COUNT(forms); f++) {
		const struct line_ref *line;
		size_t count;

		must(law_form_lines(bench->law, bench->shape.year, forms[f], &line,
			     &count, &why),
			&why);
		for (size_t i = 0; i < count; i++)
			bench->line[bench->shape.lines++] = line[i];
	}
}

static void lines_usual(struct bench *bench)
{
	struct fail why;

	bench->shape.lines = COUNT(usual);
	for (size_t i = 0; i < COUNT(usual); i++)
		must(law_line_find(bench->law, bench->shape.year, usual[i],
			     &bench->line[i], &why),
			&why);
}

/* Every return has every figure: nothing is left out for being zero. */
static void rows_draw(struct bench *bench)
{
	const struct random_kind kind = { 1, INT64_C(100000000) };
	uint64_t state = 1;
	struct fail why;

	for (size_t c = 0; c < COUNT(columns); c++) {
		size_t index;
		int64_t *const number = pool_alloc(&bench->pool, TILE * sizeof *number);
		uint8_t *const choice = pool_alloc(&bench->pool, TILE);
		uint8_t *const given = pool_alloc(&bench->pool, TILE);

		must(law_input_find(bench->law, columns[c], &index, &why), &why);
		for (size_t row = 0; row < TILE; row++)
			random_figure(&state, law_input(bench->law, index), kind,
				&number[row], &choice[row], &given[row]);
		bench->input[c] = (uint32_t)index;
		bench->column[c] = (struct batch_column){ number, choice, given };
	}
	for (size_t i = 0; i < COUNT(bench->answer); i++)
		bench->answer[i] = (struct batch_answer){ pool_alloc(&bench->pool,
								  TILE * sizeof(int64_t)),
			pool_alloc(&bench->pool, TILE) };
}

/* The rate of the best pass: others share the machine. */
static double batch_rate(struct bench *bench, struct batch *batch, size_t rows)
{
	static uint8_t left[TILE];
	struct batch_room *const room = batch_room_new();
	double best = 0;

	for (int pass = 0; pass < PASSES; pass++) {
		const double began = seconds();
		size_t done = 0;

		for (; done < rows; done += TILE)
			if (batch_run(batch, room, TILE, bench->column, bench->answer,
				    left) > 0)
				must(false,
					&(struct fail){ .message = "rows were left" });
		const double rate = (double)done / (seconds() - began);

		best = rate > best ? rate : best;
	}
	batch_room_free(room);
	return best;
}

static double scalar_rate(struct bench *bench, struct batch *batch, size_t rows)
{
	const double began = seconds();
	struct fail why;

	for (size_t i = 0; i < rows; i++)
		must(batch_row(batch, i % TILE, bench->column, bench->answer, &why),
			&why);
	return (double)rows / (seconds() - began);
}

static void measure(struct bench *bench, const char *what, size_t rows, bool scalar)
{
	struct batch *batch;
	struct fail why;

	must(batch_make(bench->law, &bench->shape, &batch, &why), &why);
	const struct batch_size size = batch_size(batch);

	printf("%d %s, %zu lines: %zu column operations, %zu columns read, %zu buffers, "
	       "%s\n",
		bench->shape.year, what, bench->shape.lines, size.operations, size.terms,
		size.buffers, size.code);
	printf("    batch   %12.0f returns a second\n", batch_rate(bench, batch, rows));
	if (scalar)
		printf("    scalar  %12.0f returns a second\n",
			scalar_rate(bench, batch, rows / 100));
	batch_free(batch);
}

int main(int count, char **words)
{
	static struct bench bench;
	struct law *law;
	struct fail why;
	const size_t rows = count > 2 ? strtoul(words[2], NULL, 10) : 4000000;

	if (count > 3 && !batch_code(words[3]))
		must(false, &(struct fail){ .message = "that code cannot run here" });
	must(law_builtin(&law, &why), &why);
	bench.law = law;
	bench.shape = (struct batch_shape){ .year = count > 1 ? atoi(words[1]) : 2024,
		.status = STATUS_MFJ,
		.prior_status = STATUS_MFJ,
		.input = bench.input,
		.inputs = COUNT(columns),
		.line = bench.line };
	rows_draw(&bench);
	lines_of_forms(&bench);
	measure(&bench, "every line of Form 1040, Schedule D twice, Form 6251", rows,
		true);
	lines_usual(&bench);
	measure(&bench, "the usual lines of compute", rows, false);
	pool_release(&bench.pool);
	law_free(law);
	return 0;
}

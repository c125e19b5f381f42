/* The batch engine equals the scalar one to the cent: every line, status and year. */
#include "forms/batch.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "ledger/f8949.h"
#include "tests/forms/random_returns.h"

#define ROWS 1000

/* All inputs and some ledger figures as columns, all lines as answers. */
struct table {
	const struct law *law;
	int year;
	struct batch_shape shape;
	uint32_t *input;
	struct line_ref *line;
	struct batch_column *column;
	struct batch_answer *batch, *scalar;
	int64_t *number;
	uint8_t *choice, *given;
	struct pool pool;
};

static const struct batch_ledger ledger[] = {
	{ LEDGER_iso_spread, BOOK_REGULAR },
	{ LEDGER_iso_compensation, BOOK_REGULAR },
	{ LEDGER_iso_compensation_of_earlier_years, BOOK_REGULAR },
	{ LEDGER_d_gain, BOOK_REGULAR },
	{ LEDGER_d_gain, BOOK_AMT },
};

static struct batch_answer *answers_new(struct pool *pool, size_t lines)
{
	struct batch_answer *const answer = pool_alloc(pool, lines * sizeof *answer);

	for (size_t i = 0; i < lines; i++)
		answer[i] =
			(struct batch_answer){ pool_alloc(pool, ROWS * sizeof(int64_t)),
				pool_alloc(pool, ROWS) };
	return answer;
}

static void lines_all(struct table *table)
{
	const char *const *form = law_forms(table->law, table->year, &table->pool);
	size_t lines = 0;
	struct fail why;

	table->line = pool_alloc(&table->pool, 4096 * sizeof *table->line);
	for (; *form != NULL; form++) {
		const struct line_ref *line;
		size_t count;

		cr_assert(law_form_lines(
			table->law, table->year, *form, &line, &count, &why));
		memcpy(table->line + lines, line, count * sizeof *line);
		lines += count;
	}
	table->shape.line = table->line;
	table->shape.lines = lines;
}

static void table_make(struct table *table, const struct law *law, int year)
{
	struct pool *const pool = &table->pool;
	const size_t inputs = law_inputs(law), columns = inputs + COUNT(ledger);

	*table = (struct table){ .law = law, .year = year };
	table->input = pool_alloc(pool, inputs * sizeof *table->input);
	for (size_t i = 0; i < inputs; i++)
		table->input[i] = (uint32_t)i;
	table->number = pool_alloc(pool, columns * ROWS * sizeof *table->number);
	table->choice = pool_alloc(pool, columns * ROWS);
	table->given = pool_alloc(pool, columns * ROWS);
	table->column = pool_alloc(pool, columns * sizeof *table->column);
	for (size_t i = 0; i < columns; i++)
		table->column[i] = (struct batch_column){ table->number + i * ROWS,
			i < inputs ? table->choice + i * ROWS : NULL,
			i < inputs ? table->given + i * ROWS : NULL };
	table->shape = (struct batch_shape){ .year = year,
		.input = table->input,
		.inputs = inputs,
		.ledger = ledger,
		.ledgers = COUNT(ledger) };
	lines_all(table);
	table->batch = answers_new(pool, table->shape.lines);
	table->scalar = answers_new(pool, table->shape.lines);
}

static void rows_draw(struct table *table, uint64_t *state)
{
	static const struct random_kind kinds[] = {
		{ 8, INT64_C(100000000) },       /* a few figures up to a million */
		{ 2, INT64_C(1000000000) },      /* many up to ten million */
		{ 1, INT64_C(10000000) },        /* all of them, small */
		{ 2, INT64_C(100000000000) },    /* up to a billion */
		{ 4, INT64_C(100000000000000) }, /* up to what is accepted */
	};
	const size_t inputs = law_inputs(table->law);

	for (size_t row = 0; row < ROWS; row++) {
		/* Extremes are one in sixteen. */
		const struct random_kind kind =
			kinds[random_below(state, 16) == 0 ? 3 + random_below(state, 2)
							   : random_below(state, 3)];

		for (size_t i = 0; i < inputs; i++)
			random_figure(state, law_input(table->law, i), kind,
				&table->number[i * ROWS + row],
				&table->choice[i * ROWS + row],
				&table->given[i * ROWS + row]);
		for (size_t i = inputs; i < inputs + COUNT(ledger); i++)
			table->number[i * ROWS + row] = random_below(state, kind.one_in)
				? 0
				: random_amount(state, kind.most);
	}
}

/* Rows of one batch share last year's status: what prior_status names. */
static void prior_status_set(struct table *table, enum filing_status prior)
{
	for (size_t i = 0; i < law_inputs(table->law); i++) {
		const struct input *const input = law_input(table->law, i);
		int choice = input->default_choice;

		if (strcmp(input->name, "prior_status") != 0)
			continue;
		for (int c = 0; input->choice[c] != NULL; c++)
			if (strcmp(input->choice[c], status_name(prior)) == 0)
				choice = c;
		memset(table->choice + i * ROWS, choice, ROWS);
		memset(table->given + i * ROWS, 1, ROWS);
	}
}

/* One code's answers for a row against the scalar engine's. */
static void row_compare(
	const struct table *table, const char *code, size_t row, size_t *differing)
{
	for (size_t i = 0; i < table->shape.lines && *differing < 10; i++) {
		const struct batch_answer *const a = &table->batch[i];
		const struct batch_answer *const b = &table->scalar[i];
		const struct line_words words =
			law_line_words(table->law, table->year, table->shape.line[i]);

		if (a->number[row] == b->number[row] && a->filled[row] == b->filled[row])
			continue;
		++*differing;
		cr_expect(false,
			"%d %s%s%s %s row %zu: %s.%s is %lld (filled %d), by the scalar "
			"engine "
			"%lld (filled %d)",
			table->year, status_name(table->shape.status),
			table->shape.cents ? " cents" : "",
			table->shape.schedule ? " schedule" : "", code, row, words.form,
			words.line, (long long)a->number[row], a->filled[row],
			(long long)b->number[row], b->filled[row]);
	}
}

static const char *const codes[] = { "portable", "avx2", "avx512" };

struct tally {
	size_t rows, left, refused, differing;
};

/* The scalar engine evaluates every row once; every code that runs here must agree. */
static void rows_compare(const struct table *table, const struct batch *batch,
	size_t rows, struct tally *tally)
{
	static uint8_t left[ROWS], refused[ROWS];
	struct batch_room *const room = batch_room_new();
	struct fail why;

	for (size_t row = 0; row < rows; row++) {
		refused[row] = !batch_row(batch, row, table->column, table->scalar, &why);
		tally->refused += refused[row];
	}
	for (size_t c = 0; c < COUNT(codes); c++) {
		if (!batch_code(codes[c]))
			continue;
		const size_t count =
			batch_run(batch, room, rows, table->column, table->batch, left);

		tally->rows += rows;
		tally->left += count;
		for (size_t row = 0; row < rows; row++) {
			if (left[row])
				continue;
			cr_expect(refused[row] == 0,
				"%d %s %s row %zu is refused, but answered", table->year,
				status_name(table->shape.status), codes[c], row);
			row_compare(table, codes[c], row, &tally->differing);
		}
	}
	batch_room_free(room);
}

static struct batch *batch_new(const struct table *table)
{
	struct batch *batch;
	struct fail why;

	cr_assert(batch_make(table->law, &table->shape, &batch, &why), "%s", why.message);
	/* Ten million dollars a figure at least are proven exact, whatever is asked. */
	cr_expect(batch_size(batch).limit >= INT64_C(1000000000), "%d %s: limit %lld",
		table->year, status_name(table->shape.status),
		(long long)batch_size(batch).limit);
	return batch;
}

/* Rounds take turns in whole dollars or cents, Tax Table or schedule. */
#ifdef __SANITIZE_ADDRESS__
#define ROUNDS 4
#else
#define ROUNDS 20
#endif

static void year_compare(int year)
{
	struct law *law;
	struct fail why;
	struct table table;
	struct tally tally = { 0 };
	uint64_t state = (uint64_t)year;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	table_make(&table, law, year);
	cr_assert(gt(sz, table.shape.lines, 150));
	for (int round = 0; round < ROUNDS; round++)
		for (int status = 0; status < STATUSES; status++) {
			table.shape.status = (enum filing_status)status;
			table.shape.prior_status =
				(enum filing_status)random_below(&state, STATUSES);
			table.shape.cents = round & 1;
			table.shape.schedule = round >> 1 & 1;
			rows_draw(&table, &state);
			prior_status_set(&table, table.shape.prior_status);
			struct batch *const batch = batch_new(&table);

			rows_compare(&table, batch, ROWS, &tally);
			batch_free(batch);
		}
	/* Nearly all rows, and some extremes among them, are the batch's own. */
	cr_expect(tally.left * 6 < tally.rows, "%zu of %zu rows left", tally.left,
		tally.rows);
	cr_expect(tally.refused > 0 && tally.left > tally.refused,
		"no extremes were drawn");
	pool_release(&table.pool);
	law_free(law);
}

#define YEAR(year)                                                                       \
	Test(batch, equals_the_scalar_engine_in_##year)                                  \
	{                                                                                \
		year_compare(year);                                                      \
	}
YEAR(2018)
YEAR(2019)
YEAR(2020)
YEAR(2021)
YEAR(2022)
YEAR(2023)
YEAR(2024)
YEAR(2025)
YEAR(2026)

/* Fewer columns and lines fold differently; rows do not fill whole blocks or steps. */
Test(batch, equals_the_scalar_engine_for_any_columns_and_lines)
{
	static const size_t rows[] = { 1, 15, 16, 17, 255, 256, 257, 300 };
	struct law *law;
	struct fail why;
	struct tally tally = { 0 };
	uint64_t state = 5;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	for (size_t round = 0; round < 72; round++) {
		struct table table;

		table_make(&table, law, LAW_FIRST_YEAR + (int)(round % 9));
		rows_draw(&table, &state);
		table.shape.status = (enum filing_status)random_below(&state, STATUSES);
		table.shape.prior_status = table.shape.status;
		table.shape.cents = random_below(&state, 2);
		table.shape.ledgers = 0;
		table.shape.inputs = 0;
		for (size_t i = 0; i < law_inputs(law); i++)
			if (random_below(&state, 4) == 0 &&
				strcmp(law_input(law, i)->name, "prior_status") != 0) {
				table.column[table.shape.inputs] = table.column[i];
				table.input[table.shape.inputs++] = (uint32_t)i;
			}
		size_t lines = 0;

		for (size_t i = 0; i < table.shape.lines; i++)
			if (random_below(&state, 20) == 0)
				table.line[lines++] = table.line[i];
		table.shape.lines = lines;
		struct batch *const batch = batch_new(&table);

		rows_compare(&table, batch, rows[round % COUNT(rows)], &tally);
		batch_free(batch);
		pool_release(&table.pool);
	}
	cr_expect(tally.left * 6 < tally.rows, "%zu of %zu rows left", tally.left,
		tally.rows);
	law_free(law);
}

/* A column that does not come is as one that is empty in every row. */
Test(batch, columns_may_be_missing)
{
	struct law *law;
	struct fail why;
	struct table table;
	struct tally tally = { 0 };

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	table_make(&table, law, 2024);
	for (size_t i = 0; i < law_inputs(law) + COUNT(ledger); i++)
		table.column[i] = (struct batch_column){ NULL, NULL, table.given };
	struct batch *const batch = batch_new(&table);

	rows_compare(&table, batch, 20, &tally);
	cr_expect(eq(sz, tally.left, 0));
	batch_free(batch);
	pool_release(&table.pool);
	law_free(law);
}

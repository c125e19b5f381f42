/* Makes the program of a shape, and runs it block by block on the vector unit there is. */
#include "forms/batch.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/batch_program.h"
#include "forms/engine/graph.h"
#include "ledger/f8949.h"

struct batch {
	const struct law *law;
	struct batch_shape shape;
	struct batch_program program; /* without operations: every row is left */
	int64_t limit;
	struct pool pool;
};

struct batch_room {
	double *buffer;
	size_t count;
};

/* The code for each vector unit; the first that the processor has is used. */
static bool always(void)
{
	return true;
}

#ifdef DUALBASIS_BATCH_X86
static bool has_avx512(void)
{
	return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
		__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

static bool has_avx2(void)
{
	return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#endif

static const struct {
	const char *name;
	bool (*usable)(void);
	batch_runner *run;
} codes[] = {
#ifdef DUALBASIS_BATCH_X86
	{ "avx512", has_avx512, batch_run_avx512 },
	{ "avx2", has_avx2, batch_run_avx2 },
#endif
	{ "portable", always, batch_run_portable },
};

/* Index + 1 of the code in use; 0 before it is chosen. */
static size_t code_chosen;

static size_t code_here(void)
{
	size_t i = 0;

	if (code_chosen > 0)
		return code_chosen - 1;
	while (!codes[i].usable())
		i++;
	code_chosen = i + 1;
	return i;
}

bool batch_code(const char *name)
{
	for (size_t i = 0; i < COUNT(codes); i++)
		if (strcmp(codes[i].name, name) == 0 && codes[i].usable()) {
			code_chosen = i + 1;
			return true;
		}
	return false;
}

/* The widest that leaves every operation exact; returns beyond are few and go one by one. */
static const int64_t limits[] = {
	INT64_C(10000000000000), /* a hundred billion dollars */
	INT64_C(1000000000000),
	INT64_C(100000000000),
	INT64_C(10000000000),
	INT64_C(1000000000),
};

static void shape_copy(struct batch *batch, const struct batch_shape *shape)
{
	batch->shape = *shape;
	batch->shape.input = pool_copy(
		&batch->pool, shape->input, shape->inputs * sizeof *shape->input);
	batch->shape.ledger = pool_copy(
		&batch->pool, shape->ledger, shape->ledgers * sizeof *shape->ledger);
	batch->shape.line =
		pool_copy(&batch->pool, shape->line, shape->lines * sizeof *shape->line);
}

/*
 * Whether no row can be refused for a line that is too large: a batch has no lines entered by
 * hand and no last year, and without them even the largest figures stay far below.
 */
static bool lines_fit(const struct graph *graph)
{
	int128 *const least = must_alloc(graph->count * sizeof *least);
	int128 *const most = must_alloc(graph->count * sizeof *most);
	bool fit = true;

	graph_bounds(graph, GRAPH_LEAF_LIMIT, 0, false, least, most);
	for (uint32_t i = 0; i < graph->count; i++) {
		const struct graph_node *const node = &graph->node[i];

		if (node->op != OP_LINE || !node->checked)
			continue;
		const uint32_t formula = node->arg[0];
		const int128 limit = (int128)GRAPH_LINE_LIMIT * graph->node[formula].den;

		fit = fit && most[formula] <= limit && least[formula] >= -limit;
	}
	free(least);
	free(most);
	return fit;
}

bool batch_make(const struct law *law, const struct batch_shape *shape,
	struct batch **made, struct fail *why)
{
	const struct graph *graph;

	if (!law_graph(law, shape->year, &graph, why))
		return false;
	struct batch *const batch = must_alloc(sizeof *batch);

	batch->law = law;
	shape_copy(batch, shape);
	/* A parameter unknown in the year refuses the rows where it matters. */
	const bool answers_all = graph->unknowns == 0 && lines_fit(graph);

	for (size_t i = 0; i < COUNT(limits) && answers_all; i++) {
		if (batch_build(graph, &batch->shape, limits[i], &batch->program,
			    &batch->pool)) {
			batch->limit = limits[i];
			break;
		}
		batch->program = (struct batch_program){ 0 };
	}
	*made = batch;
	return true;
}

void batch_free(struct batch *batch)
{
	if (batch == NULL)
		return;
	pool_release(&batch->pool);
	free(batch);
}

struct batch_room *batch_room_new(void)
{
	return must_alloc(sizeof(struct batch_room));
}

void batch_room_free(struct batch_room *room)
{
	if (room == NULL)
		return;
	free(room->buffer);
	free(room);
}

/* Zeroed: a column that is multiplied by 0 must hold a number, whichever. */
static double *room_for(struct batch_room *room, size_t buffers)
{
	if (room->count < buffers) {
		const size_t bytes = buffers * BATCH_ROWS * sizeof *room->buffer;

		free(room->buffer);
		room->buffer = aligned_alloc(64, bytes);
		assert(room->buffer != NULL);
		memset(room->buffer, 0, bytes);
		room->count = buffers;
	}
	return room->buffer;
}

size_t batch_run(const struct batch *batch, struct batch_room *room, size_t rows,
	const struct batch_column *column, const struct batch_answer *answer,
	uint8_t *left)
{
	if (batch->limit == 0) {
		memset(left, 1, rows);
		return rows;
	}
	batch_runner *const run = codes[code_here()].run;
	struct batch_block block = {
		.column = column,
		.answer = answer,
		.left = left,
		.buffer = room_for(room, batch->program.buffers),
	};
	size_t count = 0;

	memset(left, 0, rows);
	for (; block.first < rows; block.first += block.rows) {
		block.rows =
			rows - block.first < BATCH_ROWS ? rows - block.first : BATCH_ROWS;
		run(&batch->program, &block);
	}
	for (size_t i = 0; i < rows; i++)
		count += left[i];
	return count;
}

/* One row of the columns, as the scalar engine takes it. */
static void row_enter(const struct batch *batch, size_t row,
	const struct batch_column *column, struct entered *entered)
{
	for (size_t i = 0; i < law_inputs(batch->law); i++)
		entered[i].choice = law_input(batch->law, i)->default_choice;
	for (size_t i = 0; i < batch->shape.inputs; i++) {
		struct entered *const its = &entered[batch->shape.input[i]];

		its->given = column[i].given == NULL || column[i].given[row];
		if (column[i].number != NULL)
			its->amount.cents = column[i].number[row];
		if (column[i].choice != NULL)
			its->choice = column[i].choice[row];
	}
}

static void row_ledger(const struct batch *batch, size_t row,
	const struct batch_column *column, struct year_figures *figures)
{
	for (size_t i = 0; i < batch->shape.ledgers; i++) {
		const struct batch_ledger *const its = &batch->shape.ledger[i];
		const int64_t *const number = column[batch->shape.inputs + i].number;

		if (number != NULL)
			figures->value[its->book][its->figure].cents = number[row];
	}
}

static void row_answer(const struct batch *batch, size_t row,
	const struct tax_return *its, const struct batch_answer *answer)
{
	for (size_t i = 0; i < batch->shape.lines; i++) {
		const struct line_ref line = batch->shape.line[i];
		const struct value value = return_line(its, line);
		int64_t by;

		answer[i].number[row] = value.amount.cents;
		if (law_line_words(batch->law, batch->shape.year, line).exact)
			return_line_fraction(its, line, &answer[i].number[row], &by);
		if (answer[i].filled != NULL)
			answer[i].filled[row] = value.filled;
	}
}

bool batch_row(const struct batch *batch, size_t row, const struct batch_column *column,
	const struct batch_answer *answer, struct fail *why)
{
	struct pool pool = { 0 };
	struct tax_return *its;
	struct entered *const entered =
		pool_alloc(&pool, (law_inputs(batch->law) + 1) * sizeof *entered);
	struct year_figures *const figures = pool_alloc(&pool, sizeof *figures);
	const struct return_input in = {
		.year = batch->shape.year,
		.status = batch->shape.status,
		.cents = batch->shape.cents,
		.schedule = batch->shape.schedule,
		.entered = entered,
		.ledger = figures,
	};

	row_enter(batch, row, column, entered);
	row_ledger(batch, row, column, figures);
	const bool done = return_evaluate(batch->law, &in, NULL, &its, &pool, why);

	if (done)
		row_answer(batch, row, its, answer);
	pool_release(&pool);
	return done;
}

struct batch_size batch_size(const struct batch *batch)
{
	struct batch_size size = {
		.operations = batch->program.count,
		.buffers = batch->program.buffers,
		.limit = batch->limit,
		.code = codes[code_here()].name,
	};

	for (size_t i = 0; i < batch->program.count; i++)
		for (int j = 0; j < BATCH_TERMS + 2; j++)
			size.terms += batch->program.operation[i].k[j] != 0;
	return size;
}

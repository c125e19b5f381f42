/* Folds the graph of a year for a shape into operations on columns. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "forms/engine/batch_sum.h"
#include "forms/engine/graph.h"

/* No household has more of anything that is counted; more is left to the scalar engine. */
#define COUNT_LIMIT 1000

/* What a node has become; of a condition `test`, of anything else `sum`. */
struct folded {
	struct sum sum;
	struct test test;
};

struct folding {
	const struct graph *graph;
	const struct batch_shape *shape;
	int64_t limit;
	struct batch_builder builder;
	struct folded *at;
	uint32_t *users; /* how many nodes that are needed read it; 0: not needed */
	uint32_t *column_of_input; /* + 1; 0: not given */
};

/* Which nodes the asked lines and the refusals need, and how often each is read. */
static void nodes_count(struct folding *fold)
{
	const struct graph *const graph = fold->graph;

	for (size_t i = 0; i < fold->shape->lines; i++)
		fold->users[graph->line[fold->shape->line[i].number].node]++;
	for (uint32_t i = 0; i < graph->refusals; i++)
		fold->users[graph->refusal[i].condition]++;
	for (uint32_t i = graph->count; i-- > 0;) {
		const struct graph_node *const node = &graph->node[i];

		for (uint32_t a = 0; fold->users[i] > 0 && a < node->args; a++)
			/* The rest of a call is only for printing. */
			if (node->op != OP_CALL || a == 0)
				fold->users[node->arg[a]]++;
	}
}

static uint16_t load(struct folding *fold, enum batch_code code, uint32_t outside,
	int64_t least, int64_t most)
{
	struct batch_operation op = { .code = (uint16_t)code, .outside = outside };

	op.c[1] = (double)most;
	op.c[2] = (double)least;
	return builder_emit(&fold->builder, &op, least, most, true);
}

static struct sum input_number(struct folding *fold, uint32_t index)
{
	const struct input *const input = law_input(fold->graph->law, index);
	int64_t least = 0, most = 1;

	if (fold->column_of_input[index] == 0)
		return sum_constant(0);
	switch (input->kind) {
	case INPUT_AMOUNT:
		least = -fold->limit;
		most = fold->limit;
		break;
	case INPUT_COUNT:
		most = COUNT_LIMIT;
		break;
	case INPUT_YES_NO:
	case INPUT_ONE_OF:
		break;
	}
	return sum_of_column(&fold->builder,
		load(fold, BATCH_LOAD, fold->column_of_input[index] - 1, least, most));
}

/* The choice of an input is in the mask. */
static struct test choice_in(struct folding *fold, uint32_t index, uint32_t choices)
{
	const struct input *const input = law_input(fold->graph->law, index);
	struct test is[32];
	size_t count = 0;
	int known = 0;

	if (fold->column_of_input[index] == 0)
		return test_constant(choices >> input->default_choice & 1);
	while (input->choice[known] != NULL)
		known++;
	const uint16_t column =
		load(fold, BATCH_CHOICE, fold->column_of_input[index] - 1, 0, known - 1);

	for (int i = 0; i < known && i < 32; i++)
		if (choices >> i & 1)
			is[count++] = (struct test){ TEST_IS_ZERO,
				sum_less(&fold->builder,
					sum_of_column(&fold->builder, column),
					sum_constant(i)) };
	return count == 0 ? test_constant(false) : test_any(&fold->builder, is, count);
}

static struct test input_given(struct folding *fold, uint32_t index)
{
	if (fold->column_of_input[index] == 0)
		return test_constant(false);
	return test_of_column(&fold->builder,
		load(fold, BATCH_GIVEN, fold->column_of_input[index] - 1, 0, 1));
}

static struct sum ledger_number(struct folding *fold, const struct graph_node *node)
{
	const struct batch_shape *const shape = fold->shape;

	for (size_t i = 0; i < shape->ledgers; i++)
		if (shape->ledger[i].figure == node->is.ledger.figure &&
			shape->ledger[i].book == node->is.ledger.book)
			return sum_of_column(&fold->builder,
				load(fold, BATCH_LOAD, (uint32_t)(shape->inputs + i),
					-fold->limit, fold->limit));
	return sum_constant(0);
}

/* An argument brought to a denominator. */
static struct sum argument(
	struct folding *fold, const struct graph_node *node, uint32_t at, int64_t den)
{
	const uint32_t arg = node->arg[at];

	return sum_times(
		&fold->builder, fold->at[arg].sum, den / fold->graph->node[arg].den);
}

static struct sum largest(
	struct folding *fold, const struct graph_node *node, int128 sign)
{
	struct batch_builder *const builder = &fold->builder;
	struct sum most = sum_times(builder, argument(fold, node, 0, node->den), sign);

	for (uint32_t i = 1; i < node->args; i++)
		most = sum_larger(builder, most,
			sum_times(builder, argument(fold, node, i, node->den), sign));
	return sum_times(builder, most, sign);
}

static struct sum total(struct folding *fold, const struct graph_node *node)
{
	struct sum all = sum_constant(0);

	for (uint32_t i = 0; i < node->args; i++)
		all = sum_plus(&fold->builder, all, argument(fold, node, i, node->den));
	return all;
}

static struct sum line(struct folding *fold, const struct graph_node *node)
{
	struct batch_builder *const builder = &fold->builder;
	const struct graph_node *const formula = &fold->graph->node[node->arg[0]];
	const struct sum number = node->kind == KIND_AMOUNT
		? sum_nearest(builder, fold->at[node->arg[0]].sum,
			  fold->shape->cents ? 1 : 100, formula->den)
		: argument(fold, node, 0, node->den);

	if (node->args < 2)
		return number;
	return sum_if(builder, fold->at[node->arg[1]].test, number, sum_constant(0));
}

static struct test line_filled(struct folding *fold, uint32_t node)
{
	const struct graph_node *const its = &fold->graph->node[node];

	return its->args < 2 ? test_constant(true) : fold->at[its->arg[1]].test;
}

static struct test compare(struct folding *fold, const struct graph_node *node)
{
	struct batch_builder *const builder = &fold->builder;
	const struct sum a = argument(fold, node, 0, node->is.common);
	const struct sum b = argument(fold, node, 1, node->is.common);
	struct test test = { TEST_BELOW_ZERO, sum_less(builder, a, b) };

	if (node->op == OP_MORE || node->op == OP_LESS_EQUAL)
		test.x = sum_less(builder, b, a);
	if (node->op == OP_MORE_EQUAL || node->op == OP_LESS_EQUAL)
		return test_not(builder, test);
	if (node->op == OP_EQUAL)
		test.kind = TEST_IS_ZERO;
	if (node->op == OP_NOT_EQUAL)
		test.kind = TEST_NOT_ZERO;
	return test;
}

static struct test joined(struct folding *fold, const struct graph_node *node)
{
	struct test *const test = must_alloc(node->args * sizeof *test);

	for (uint32_t i = 0; i < node->args; i++)
		test[i] = fold->at[node->arg[i]].test;
	const struct test all = node->op == OP_AND
		? test_all(&fold->builder, test, node->args)
		: test_any(&fold->builder, test, node->args);
	free(test);
	return all;
}

/* A condition chosen by another: (c and a) or (not c and b). */
static struct test condition_if(
	struct folding *fold, struct test c, struct test a, struct test b)
{
	struct batch_builder *const builder = &fold->builder;
	const struct sum number =
		sum_if(builder, c, test_number(builder, a), test_number(builder, b));

	return (struct test){ TEST_BELOW_ZERO, sum_times(builder, number, -1) };
}

static struct folded fold_if(struct folding *fold, const struct graph_node *node)
{
	const struct test test = fold->at[node->arg[0]].test;
	struct folded both = { 0 };

	if (node->kind == KIND_CONDITION)
		both.test = condition_if(fold, test, fold->at[node->arg[1]].test,
			fold->at[node->arg[2]].test);
	else
		both.sum =
			sum_if(&fold->builder, test, argument(fold, node, 1, node->den),
				argument(fold, node, 2, node->den));
	return both;
}

/* There is no year before: what stands right of `else` is what counts. */
static struct folded fold_else(struct folding *fold, const struct graph_node *node)
{
	struct folded other = { 0 };

	if (node->kind == KIND_CONDITION)
		other.test = fold->at[node->arg[1]].test;
	else
		other.sum = argument(fold, node, 1, node->den);
	return other;
}

static struct sum divided(
	struct folding *fold, const struct graph_node *node, enum filing_status status)
{
	return sum_times(
		&fold->builder, fold->at[node->arg[0]].sum, node->is.constant[status]);
}

static struct sum absolute(struct folding *fold, const struct graph_node *node)
{
	const struct sum x = argument(fold, node, 0, node->den);

	return sum_larger(&fold->builder, x, sum_times(&fold->builder, x, -1));
}

static struct sum stepped(struct folding *fold, const struct graph_node *node)
{
	const struct sum x = fold->at[node->arg[0]].sum;
	const int64_t step = node->is.constant[0],
		      den = fold->graph->node[node->arg[0]].den;

	return node->op == OP_ROUND ? sum_nearest(&fold->builder, x, step, den)
				    : sum_floor(&fold->builder, x, step, den);
}

static struct folded constant(const struct graph_node *node, int64_t number)
{
	return node->kind == KIND_CONDITION
		? (struct folded){ .test = test_constant(number != 0) }
		: (struct folded){ .sum = sum_constant(number) };
}

/* One case an operation; last year is nothing but its status. */
static struct folded fold_node(struct folding *fold, uint32_t index)
{
	const struct graph_node *const node = &fold->graph->node[index];
	struct batch_builder *const builder = &fold->builder;
	const enum filing_status status =
		node->prior ? fold->shape->prior_status : fold->shape->status;
	struct folded to = { 0 };

	switch (node->op) {
	case OP_NUMBER:
		to = constant(node, node->is.constant[0]);
		break;
	case OP_PARAMETER:
		to = constant(node, node->is.constant[status]);
		break;
	case OP_UNKNOWN:
		builder->overflow = true;
		break;
	case OP_INPUT:
		to.sum = input_number(fold, node->is.input.index);
		break;
	case OP_LEDGER:
		to.sum = ledger_number(fold, node);
		break;
	case OP_PRIOR_LINE:
		to.sum = sum_constant(0);
		break;
	case OP_STATUS_IS:
		to.test = test_constant(node->is.statuses >> status & 1);
		break;
	case OP_CHOICE_IS:
		to.test = choice_in(fold, node->is.input.index, node->is.input.choices);
		break;
	case OP_YES:
		to.test = test_not(builder,
			(struct test){
				TEST_IS_ZERO, input_number(fold, node->is.input.index) });
		break;
	case OP_GIVEN:
		to.test = input_given(fold, node->is.input.index);
		break;
	case OP_HAS_PRIOR:
		to.test = test_constant(false);
		break;
	case OP_SCHEDULE:
		to.test = test_constant(fold->shape->schedule);
		break;
	case OP_ADD:
	case OP_SUM:
		to.sum = total(fold, node);
		break;
	case OP_SUBTRACT:
		to.sum = sum_less(builder, argument(fold, node, 0, node->den),
			argument(fold, node, 1, node->den));
		break;
	case OP_NEGATE:
		to.sum = sum_times(builder, argument(fold, node, 0, node->den), -1);
		break;
	case OP_MULTIPLY:
		to.sum = sum_product(
			builder, fold->at[node->arg[0]].sum, fold->at[node->arg[1]].sum);
		break;
	case OP_DIVIDE:
		to.sum = divided(fold, node, status);
		break;
	case OP_MAX:
		to.sum = largest(fold, node, 1);
		break;
	case OP_MIN:
		to.sum = largest(fold, node, -1);
		break;
	case OP_ABS:
		to.sum = absolute(fold, node);
		break;
	case OP_ROUND:
	case OP_FLOOR:
		to.sum = stepped(fold, node);
		break;
	case OP_IF:
		to = fold_if(fold, node);
		break;
	case OP_ELSE:
		to = fold_else(fold, node);
		break;
	case OP_CALL:
		to = fold->at[node->arg[0]];
		break;
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
		to.test = compare(fold, node);
		break;
	case OP_AND:
	case OP_OR:
		to.test = joined(fold, node);
		break;
	case OP_NOT:
		to.test = test_not(builder, fold->at[node->arg[0]].test);
		break;
	case OP_FILLED:
		to.test = line_filled(fold, node->arg[0]);
		break;
	case OP_LINE:
		to.sum = line(fold, node);
		break;
	}
	return to;
}

static void fold_all(struct folding *fold)
{
	for (uint32_t i = 0; i < fold->graph->count; i++) {
		if (fold->users[i] == 0)
			continue;
		fold->at[i] = fold_node(fold, i);
		/* What is read more than once is added up once. */
		if (fold->graph->node[i].kind != KIND_CONDITION && fold->users[i] > 1)
			fold->at[i].sum = sum_flat(&fold->builder, fold->at[i].sum);
	}
}

static void give_all(struct folding *fold)
{
	struct batch_builder *const builder = &fold->builder;

	for (size_t i = 0; i < fold->shape->lines; i++) {
		const uint32_t node = fold->graph->line[fold->shape->line[i].number].node;

		builder_give(builder, BATCH_STORE, (uint32_t)i, fold->at[node].sum);
		builder_give(builder, BATCH_FILLED, (uint32_t)i,
			test_number(builder, line_filled(fold, node)));
	}
	for (uint32_t i = 0; i < fold->graph->refusals; i++) {
		const struct sum refused = test_number(
			builder, fold->at[fold->graph->refusal[i].condition].test);

		if (refused.terms > 0 || refused.c != 0)
			builder_give(builder, BATCH_LEAVE, 0, refused);
	}
}

bool batch_build(const struct graph *graph, const struct batch_shape *shape,
	int64_t limit, struct batch_program *program, struct pool *pool)
{
	struct pool scratch = { 0 };
	struct folding fold = {
		.graph = graph,
		.shape = shape,
		.limit = limit,
		.at = must_alloc((graph->count + 1) * sizeof *fold.at),
		.users = pool_alloc(&scratch, (graph->count + 1) * sizeof *fold.users),
		.column_of_input = pool_alloc(&scratch,
			(law_inputs(graph->law) + 1) * sizeof *fold.column_of_input),
	};

	for (size_t i = 0; i < shape->inputs; i++)
		fold.column_of_input[shape->input[i]] = (uint32_t)i + 1;
	nodes_count(&fold);
	fold_all(&fold);
	give_all(&fold);
	const bool proven =
		batch_place(&fold.builder, program, pool) && !fold.builder.overflow;

	builder_release(&fold.builder);
	free(fold.at);
	pool_release(&scratch);
	return proven;
}

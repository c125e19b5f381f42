/* Evaluates the graph of a year for one return, node by node. */
#include <assert.h>
#include <string.h>

#include "forms/engine/evaluation.h"

#define NONE UINT32_MAX

struct evaluation {
	struct tax_return *result;
	const struct graph_node *node;
	int128 *number;
	struct line_state *line;
	const struct entered_line **entered; /* one a line, or NULL */
	uint32_t *
		unknown; /* one a node: the OP_UNKNOWN that it needs, or NONE; NULL if there are none */
	struct fail *why;
};

enum filing_status return_status_of(
	const struct tax_return *result, const struct graph_node *node)
{
	return node->prior ? result->prior_status : result->input->status;
}

struct entered return_entered(const struct tax_return *result, uint32_t index)
{
	if (result->input->entered != NULL && result->input->entered[index].given)
		return result->input->entered[index];
	return (struct entered){ .given = false,
		.choice = law_input(result->law, index)->default_choice };
}

/* ---- what comes in ---- */

static bool check_input(
	const struct input *input, struct entered entered, struct fail *why)
{
	const int64_t cents = entered.amount.cents;
	bool good = true;

	switch (input->kind) {
	case INPUT_AMOUNT:
		good = cents >= -GRAPH_LEAF_LIMIT && cents <= GRAPH_LEAF_LIMIT;
		break;
	case INPUT_COUNT:
		good = cents >= 0 && cents <= GRAPH_COUNT_LIMIT;
		break;
	case INPUT_YES_NO:
		good = cents == 0 || cents == 1;
		break;
	case INPUT_ONE_OF:
		break;
	}
	if (!good)
		return fail_set(why, FAIL_BAD_INPUT,
			"%s is beyond what is computed (want %s)", input->name,
			input->kind == INPUT_AMOUNT ? "at most a trillion dollars"
				: input->kind == INPUT_COUNT ? "a count of 0 to 1000000"
							     : "yes or no");
	int choices = 0;

	while (input->choice != NULL && input->choice[choices] != NULL)
		choices++;
	assert(entered.choice >= 0 && (entered.choice < choices || entered.choice == 0));
	return true;
}

static bool check_ledger(const struct year_figures *figures, struct fail *why)
{
	for (int book = 0; figures != NULL && book < BOOKS; book++)
		for (int i = 0; i < LEDGER_FIGURE_COUNT; i++) {
			const int64_t cents = figures->value[book][i].cents;

			if (cents < -GRAPH_LEAF_LIMIT || cents > GRAPH_LEAF_LIMIT)
				return fail_set(why, FAIL_BAD_INPUT,
					"the ledger's %s is beyond what is computed "
					"(want at most "
					"a trillion dollars)",
					ledger_figure_name((enum ledger_figure)i));
		}
	return true;
}

static bool check_lines(const struct return_input *input, const struct graph *graph,
	const struct entered_line **entered, struct fail *why)
{
	for (size_t i = 0; i < input->line_count; i++) {
		const struct entered_line *const line = &input->lines[i];

		assert(line->line.number < graph->lines);
		const struct graph_line *const found = &graph->line[line->line.number];
		const int64_t cents = line->amount.cents;

		if (graph->node[found->node].kind != KIND_AMOUNT)
			return fail_set(why, FAIL_USAGE,
				"%s.%s is not an amount and cannot be entered by hand",
				found->words.form, found->words.line);
		if (cents < -GRAPH_LEAF_LIMIT || cents > GRAPH_LEAF_LIMIT)
			return fail_set(why, FAIL_BAD_INPUT,
				"%s.%s as entered is beyond what is computed (want at "
				"most a "
				"trillion dollars)",
				found->words.form, found->words.line);
		entered[line->line.number] = line;
	}
	return true;
}

static bool check_prior(
	const struct tax_return *prior, const struct graph *graph, struct fail *why)
{
	for (uint32_t i = 0; prior != NULL && i < graph->count; i++) {
		if (graph->node[i].op != OP_PRIOR_LINE)
			continue;
		const struct graph_line *const line =
			&prior->graph->line[graph->node[i].is.line];
		const int128 number = prior->number[line->node];

		if (number < -GRAPH_PRIOR_LIMIT || number > GRAPH_PRIOR_LIMIT)
			return fail_set(why, FAIL_BAD_INPUT,
				"%s.%s of %d is beyond what can be carried to the next "
				"year",
				line->words.form, line->words.line, prior->graph->year);
	}
	return true;
}

static enum filing_status prior_status(const struct tax_return *result)
{
	const uint32_t index = result->graph->prior_status_input;
	enum filing_status status = result->input->status;

	if (result->prior != NULL)
		return result->prior->input->status;
	if (index != UINT32_MAX) {
		const struct entered entered = return_entered(result, index);
		const char *const word =
			law_input(result->law, index)->choice[entered.choice];

		if (entered.given && !status_find(word, &status))
			status = result->input->status;
	}
	return status;
}

/* ---- nodes ---- */

static int128 argument(const struct tax_return *result, const int128 *number,
	const struct graph_node *node, uint32_t i)
{
	return number[node->arg[i]] * (node->den / result->graph->node[node->arg[i]].den);
}

/* Below 0, 0 or above, as a is less than, equal to or more than b. */
static int compare(const struct tax_return *result, const int128 *number,
	const struct graph_node *node)
{
	const int128 a = number[node->arg[0]] *
		(node->is.common / result->graph->node[node->arg[0]].den);
	const int128 b = number[node->arg[1]] *
		(node->is.common / result->graph->node[node->arg[1]].den);

	return a < b ? -1 : a > b;
}

static int128 several(const struct tax_return *result, const int128 *number,
	const struct graph_node *node)
{
	int128 total = argument(result, number, node, 0);

	for (uint32_t i = 1; i < node->args; i++) {
		const int128 next = argument(result, number, node, i);

		if (node->op == OP_MAX ? next > total
				       : node->op == OP_MIN && next < total)
			total = next;
		else if (node->op == OP_SUM)
			total += next;
	}
	return total;
}

/* Amounts come in cents and are counted in parts of them; rates and counts are as they are. */
static int128 counted(
	const struct tax_return *result, const struct graph_node *node, int128 number)
{
	return node->kind == KIND_AMOUNT ? number * result->parts : number;
}

static int128 stepped(const struct tax_return *result, const int128 *number,
	const struct graph_node *node)
{
	const int64_t step = (int64_t)counted(result, node, node->is.constant[0]);
	const int128 by = (int128)step * result->graph->node[node->arg[0]].den;
	const int128 from = number[node->arg[0]];

	if (node->op == OP_ROUND)
		return (int128)step * divide_half_away(from, by);
	const int128 down = from / by - (from % by < 0);

	return down * step;
}

/* Everything but lines, whose evaluation can fail. */
int128 return_node(const struct tax_return *result, const int128 *number,
	const struct graph_node *node)
{
	const int128 a = node->args > 0 ? number[node->arg[0]] : 0;
	const int128 b = node->args > 1 ? number[node->arg[1]] : 0;

	switch (node->op) {
	case OP_NUMBER:
		return counted(result, node, node->is.constant[0]);
	case OP_PARAMETER:
		return counted(
			result, node, node->is.constant[return_status_of(result, node)]);
	case OP_INPUT:
		return counted(result, node,
			return_entered(result, node->is.input.index).amount.cents);
	case OP_LEDGER:
		return result->input->ledger == NULL
			? 0
			: counted(result, node,
				  result->input->ledger
					  ->value[node->is.ledger.book]
						 [node->is.ledger.figure]
					  .cents);
	case OP_PRIOR_LINE:
		return result->prior == NULL
			? 0
			: counted(result, node,
				  result->prior->number[result->prior->graph
								->line[node->is.line]
								.node]);
	case OP_STATUS_IS:
		return node->is.statuses >> return_status_of(result, node) & 1;
	case OP_CHOICE_IS:
		return node->is.input.choices >>
			return_entered(result, node->is.input.index).choice &
			1;
	case OP_YES:
		return return_entered(result, node->is.input.index).amount.cents != 0;
	case OP_GIVEN:
		return return_entered(result, node->is.input.index).given;
	case OP_HAS_PRIOR:
		return result->prior != NULL;
	case OP_SCHEDULE:
		return result->input->schedule;
	case OP_UNKNOWN:
		return 0;
	case OP_ADD:
		return argument(result, number, node, 0) +
			argument(result, number, node, 1);
	case OP_SUBTRACT:
		return argument(result, number, node, 0) -
			argument(result, number, node, 1);
	case OP_NEGATE:
		return -a;
	case OP_MULTIPLY:
		return a * b;
	case OP_DIVIDE:
		return a * node->is.constant[return_status_of(result, node)];
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
		return several(result, number, node);
	case OP_ABS:
		return a < 0 ? -a : a;
	case OP_ROUND:
	case OP_FLOOR:
		return stepped(result, number, node);
	case OP_IF:
		return argument(result, number, node, a != 0 ? 1 : 2);
	case OP_ELSE:
		return argument(result, number, node, result->prior != NULL ? 0 : 1);
	case OP_CALL:
		return a;
	case OP_LESS:
		return compare(result, number, node) < 0;
	case OP_LESS_EQUAL:
		return compare(result, number, node) <= 0;
	case OP_MORE:
		return compare(result, number, node) > 0;
	case OP_MORE_EQUAL:
		return compare(result, number, node) >= 0;
	case OP_EQUAL:
		return compare(result, number, node) == 0;
	case OP_NOT_EQUAL:
		return compare(result, number, node) != 0;
	case OP_AND:
		return a != 0 && b != 0;
	case OP_OR:
		return a != 0 || b != 0;
	case OP_NOT:
		return a == 0;
	case OP_FILLED:
		return result->line[result->graph->node[node->arg[0]].is.line].filled;
	case OP_LINE:
		break;
	}
	return 0;
}

int128 return_round(const struct tax_return *result, int128 number, int64_t den)
{
	const int64_t unit = result->input->exact || result->input->cents ? 1 : 100;

	return (int128)unit * divide_half_away(number, (int128)unit * den);
}

static bool line_unknown(
	const struct evaluation *e, const struct graph_node *node, uint32_t unknown)
{
	const struct graph *const graph = e->result->graph;
	const struct line_words *const words = &graph->line[node->is.line].words;
	const struct graph_node *const parameter = &e->node[unknown];

	fail_set(e->why, FAIL_NOT_MODELLED,
		"%s.%s needs the parameter %s, which has no row for %d", words->form,
		words->line, parameter->name, graph->year - parameter->prior);
	return fail_hint(e->why, "add the row to its table, or enter the line by hand");
}

static bool line_too_large(const struct evaluation *e, const struct graph_node *node)
{
	const struct line_words *const words =
		&e->result->graph->line[node->is.line].words;

	return fail_set(e->why, FAIL_BAD_INPUT,
		"%s.%s is beyond what can be kept exactly", words->form, words->line);
}

static bool line(struct evaluation *e, uint32_t index)
{
	const struct graph_node *const node = &e->node[index];
	struct line_state *const state = &e->line[node->is.line];
	const struct entered_line *const entered = e->entered[node->is.line];
	const int64_t den = e->node[node->arg[0]].den;
	const uint32_t unknown = e->unknown == NULL ? NONE : e->unknown[node->arg[0]];
	const bool holds = node->args == 1 || e->number[node->arg[1]] != 0;
	int128 number = 0;

	if (e->unknown != NULL && node->args > 1 && e->unknown[node->arg[1]] != NONE &&
		entered == NULL)
		return line_unknown(e, node, e->unknown[node->arg[1]]);
	if (holds && unknown != NONE && entered == NULL)
		return line_unknown(e, node, unknown);
	if (holds && unknown == NONE) {
		number = e->number[node->arg[0]];
		const int128 most = (int128)GRAPH_LINE_LIMIT * den;
		/* In parts of a cent no line is known to stay below it. */
		const bool checked = node->checked ||
			(e->result->parts > 1 && node->kind == KIND_AMOUNT);

		if (checked && (number > most || number < -most)) {
			if (entered == NULL)
				return line_too_large(e, node);
			number = 0;
		}
		if (node->kind == KIND_AMOUNT)
			number = return_round(e->result, number, den);
	}
	state->filled = holds || entered != NULL;
	state->entered = entered != NULL;
	e->number[index] = number;
	if (entered != NULL) {
		state->computed.cents = divide_half_away(
			number, node->kind == KIND_AMOUNT ? e->result->parts : 1);
		state->from = entered->from;
		e->number[index] = counted(e->result, node, entered->amount.cents);
	}
	return true;
}

/* The unknown parameter that a node needs, by the branch that it takes. */
static uint32_t unknown_of(const struct evaluation *e, uint32_t index)
{
	const struct graph_node *const node = &e->node[index];
	uint32_t first = 0, last = node->args;

	if (node->op == OP_UNKNOWN)
		return index;
	if (node->op == OP_LINE || node->op == OP_FILLED)
		return NONE;
	if (node->op == OP_IF && e->unknown[node->arg[0]] == NONE) {
		first = e->number[node->arg[0]] != 0 ? 1 : 2;
		last = first + 1;
	} else if (node->op == OP_ELSE) {
		first = e->result->prior != NULL ? 0 : 1;
		last = first + 1;
	} else if (node->op == OP_CALL) {
		last = 1;
	} else if (node->op == OP_AND || node->op == OP_OR) {
		for (uint32_t i = 0; i < 2; i++)
			if (e->unknown[node->arg[i]] == NONE &&
				(e->number[node->arg[i]] != 0) == (node->op == OP_OR))
				return NONE;
	}
	for (uint32_t i = first; i < last; i++)
		if (e->unknown[node->arg[i]] != NONE)
			return e->unknown[node->arg[i]];
	return NONE;
}

static bool walk(struct evaluation *e)
{
	const struct graph *const graph = e->result->graph;

	for (uint32_t i = 0; i < graph->count; i++) {
		if (e->node[i].op != OP_LINE)
			e->number[i] = return_node(e->result, e->number, &e->node[i]);
		else if (!line(e, i))
			return false;
		if (e->unknown != NULL)
			e->unknown[i] = unknown_of(e, i);
	}
	return true;
}

static bool refused(const struct evaluation *e)
{
	const struct graph *const graph = e->result->graph;

	for (uint32_t i = 0; i < graph->refusals; i++) {
		const struct graph_refusal *const refusal = &graph->refusal[i];

		if (e->unknown != NULL && e->unknown[refusal->condition] != NONE) {
			const struct graph_node *const parameter =
				&e->node[e->unknown[refusal->condition]];

			fail_set(e->why, FAIL_NOT_MODELLED,
				"the limit %s needs the parameter %s, which has no row "
				"for %d",
				refusal->id, parameter->name,
				graph->year - parameter->prior);
			return true;
		}
		if (e->number[refusal->condition] == 0)
			continue;
		fail_set(
			e->why, FAIL_NOT_MODELLED, "%s (%s)", refusal->what, refusal->id);
		fail_hint(e->why, "%s", refusal->hint);
		return true;
	}
	return false;
}

bool return_evaluate(const struct law *law, const struct return_input *input,
	const struct tax_return *prior, struct tax_return **to, struct pool *pool,
	struct fail *why)
{
	const struct graph *graph;

	if (!law_graph(law, input->year, &graph, why))
		return false;
	assert(prior == NULL ||
		(prior->law == law && prior->graph->year == input->year - 1 &&
			prior->parts == 1));
	struct tax_return *const result = pool_alloc(pool, sizeof *result);
	struct evaluation e = { .result = result,
		.node = graph->node,
		.number = pool_alloc(pool, graph->count * sizeof *e.number),
		.line = pool_alloc(pool, graph->lines * sizeof *e.line),
		.entered = pool_alloc(pool, graph->lines * sizeof *e.entered),
		.why = why };

	if (graph->unknowns > 0)
		e.unknown = pool_alloc(pool, graph->count * sizeof *e.unknown);
	*result = (struct tax_return){ .law = law,
		.parts = input->exact ? EXACT_PARTS : 1,
		.graph = graph,
		.input = input,
		.prior = prior,
		.number = e.number,
		.line = e.line };
	for (size_t i = 0; input->entered != NULL && i < law_inputs(law); i++)
		if (input->entered[i].given &&
			!check_input(law_input(law, i), input->entered[i], why))
			return false;
	if (!check_ledger(input->ledger, why) ||
		!check_lines(input, graph, e.entered, why) ||
		!check_prior(prior, graph, why))
		return false;
	result->prior_status = prior_status(result);
	if (!walk(&e) || refused(&e))
		return false;
	*to = result;
	return true;
}

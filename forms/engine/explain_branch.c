/* Says what decided: the side of a comparison, the winner of max and min, and how far off. */
#include <string.h>

#include "forms/engine/explain.h"

#define TEXT_LIMIT 2000

static void value(struct text *text, const struct tax_return *result, uint32_t index)
{
	print_value(text, &result->graph->node[index], result->number[index]);
}

static bool is_constant(const struct graph_node *node)
{
	return node->op == OP_NUMBER || node->op == OP_PARAMETER;
}

/* How far apart two arguments are, over a denominator that both are brought to. */
static void distance(struct text *text, const struct tax_return *result, uint32_t a,
	uint32_t b, int64_t den)
{
	const struct graph_node *const node_a = &result->graph->node[a];
	const struct graph_node *const node_b = &result->graph->node[b];
	struct graph_node common = *node_a;
	const int128 apart = result->number[a] * (den / node_a->den) -
		result->number[b] * (den / node_b->den);

	common.den = den;
	print_value(text, &common, apart < 0 ? -apart : apart);
}

static bool same(const struct tax_return *result, uint32_t a, uint32_t b, int64_t den)
{
	return result->number[a] * (den / result->graph->node[a].den) ==
		result->number[b] * (den / result->graph->node[b].den);
}

/* Adds a sentence that is not there yet, and empties it. */
static void say(struct text *text, struct text *sentence)
{
	if (strstr(text->at, sentence->at) == NULL)
		text_addf(text, "%s%s",
			text->length > 0 && text->at[text->length - 1] != ' ' ? "; " : "",
			sentence->at);
	text_release(sentence);
}

/* Which way the left side must go for the comparison to turn, or NULL if either way does. */
static const char *way(enum graph_op op, bool holds)
{
	if (op == OP_EQUAL || op == OP_NOT_EQUAL)
		return NULL;
	const bool left_is_more = (op == OP_MORE || op == OP_MORE_EQUAL) == holds;

	return left_is_more ? "falls" : "rises";
}

/* " (320,000.00 against 609,350.00; yes if L4 rises by more than 289,350.00)" */
static void comparison(struct text *text, const struct tax_return *result,
	const struct graph_node *node, bool holds, uint32_t home)
{
	const char *turn = way(node->op, holds);
	/* At equality a strict comparison fails and the others hold. */
	const bool beyond = (node->op == OP_MORE || node->op == OP_LESS) != holds;
	const bool close = same(result, node->arg[0], node->arg[1], node->is.common);
	uint32_t mover = node->arg[0];

	if (turn == NULL && (node->op == OP_EQUAL) == holds)
		return;
	text_add(text, " (");
	value(text, result, node->arg[0]);
	text_addf(text, " %s ", holds ? op_word(node->op) : "against");
	value(text, result, node->arg[1]);
	if (turn != NULL) {
		if (is_constant(&result->graph->node[mover])) {
			mover = node->arg[1];
			turn = strcmp(turn, "falls") == 0 ? "rises" : "falls";
		}
		text_addf(text, "; %s if ", holds ? "no" : "yes");
		print_names(text, result->graph, mover, home);
		text_addf(text, " %s", turn);
		if (!close) {
			text_add(text, beyond ? " by more than " : " by ");
			distance(text, result, node->arg[0], node->arg[1],
				node->is.common);
		}
	}
	text_add(text, ")");
}

/* What is true of a condition that only asks for a fact, where that is more than yes or no. */
static void fact(
	struct text *text, const struct tax_return *result, const struct graph_node *node)
{
	const struct input *input;
	const char *word;

	if (node->op == OP_STATUS_IS)
		text_addf(
			text, " (it is %s)", status_name(return_status_of(result, node)));
	if (node->op == OP_CHOICE_IS) {
		input = law_input(result->law, node->is.input.index);
		word = input->choice[return_entered(result, node->is.input.index).choice];
		text_addf(text, " (it is %s)", *word == '\0' ? "an amount" : word);
	}
	if (node->op == OP_YES && !return_entered(result, node->is.input.index).given)
		text_add(text, " (it was not entered)");
}

/* Of `and` and `or`: the sides that decide, each in its own words. */
static void sides(struct text *text, const struct tax_return *result,
	const struct graph_node *node, uint32_t index, uint32_t home)
{
	for (uint32_t i = 0; i < node->args && text->length < TEXT_LIMIT; i++)
		if (explain_needs(result, index, false, i))
			explain_condition(text, result, node->arg[i], home);
}

void explain_condition(
	struct text *text, const struct tax_return *result, uint32_t index, uint32_t home)
{
	const struct graph_node *const node = &result->graph->node[index];
	const bool holds = result->number[index] != 0;

	if (node->op == OP_AND || node->op == OP_OR) {
		sides(text, result, node, index, home);
		return;
	}
	if (node->op == OP_NOT) {
		explain_condition(text, result, node->arg[0], home);
		return;
	}
	struct text sentence = TEXT_EMPTY;

	print_names(&sentence, result->graph, index, home);
	text_addf(&sentence, ": %s", holds ? "yes" : "no");
	if (node->op >= OP_LESS && node->op <= OP_NOT_EQUAL)
		comparison(&sentence, result, node, holds, home);
	else
		fact(&sentence, result, node);
	say(text, &sentence);
}

/* "max takes L4 - L5, which is 234,300.00 above 0" */
static void winner(struct text *text, const struct tax_return *result,
	const struct graph_node *node, uint32_t index, uint32_t home)
{
	uint32_t best = 0, next = UINT32_MAX;

	while (best + 1 < node->args &&
		result->number[node->arg[best]] *
				(node->den / result->graph->node[node->arg[best]].den) !=
			result->number[index])
		best++;
	for (uint32_t i = 0; i < node->args; i++) {
		const int128 size = result->number[node->arg[i]] *
			(node->den / result->graph->node[node->arg[i]].den);
		const int128 before = next == UINT32_MAX
			? 0
			: result->number[node->arg[next]] *
				(node->den / result->graph->node[node->arg[next]].den);

		if (i != best &&
			(next == UINT32_MAX ||
				(node->op == OP_MAX ? size > before : size < before)))
			next = i;
	}
	struct text sentence = TEXT_EMPTY;

	text_addf(&sentence, "%s takes ", node->op == OP_MAX ? "max" : "min");
	print_names(&sentence, result->graph, node->arg[best], home);
	text_add(&sentence, ", ");
	if (!same(result, node->arg[best], node->arg[next], node->den)) {
		distance(&sentence, result, node->arg[best], node->arg[next], node->den);
		text_add(&sentence, node->op == OP_MAX ? " above " : " below ");
	} else {
		text_add(&sentence, "equal to ");
	}
	print_names(&sentence, result->graph, node->arg[next], home);
	say(text, &sentence);
}

void explain_branches(
	struct text *text, const struct tax_return *result, uint32_t index, uint32_t home)
{
	const struct graph_node *const node = &result->graph->node[index];

	if (text->length > TEXT_LIMIT)
		return;
	if (node->op == OP_IF)
		explain_condition(text, result, node->arg[0], home);
	if (node->op == OP_MAX || node->op == OP_MIN)
		winner(text, result, node, index, home);
	if (node->op == OP_LINE || node->op == OP_CALL || node->op == OP_FILLED)
		return;
	for (uint32_t i = node->op == OP_IF; i < node->args; i++)
		if (result->graph->node[node->arg[i]].kind != KIND_CONDITION &&
			explain_needs(result, index, false, i))
			explain_branches(text, result, node->arg[i], home);
}

/* Writes formulas, first with names, then with the numbers of a return. */
#include "forms/engine/print.h"

#include <stdio.h>
#include <string.h>

enum binding binding_of(const struct graph_node *node)
{
	switch (node->op) {
	case OP_IF:
	case OP_ELSE:
		return BIND_CHOICE;
	case OP_OR:
		return BIND_OR;
	case OP_AND:
		return BIND_AND;
	case OP_NOT:
		return BIND_NOT;
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
		return BIND_COMPARE;
	case OP_ADD:
	case OP_SUBTRACT:
		return BIND_ADD;
	case OP_MULTIPLY:
	case OP_DIVIDE:
		return BIND_MULTIPLY;
	case OP_NEGATE:
		return BIND_UNARY;
	case OP_NUMBER:
	case OP_PARAMETER:
	case OP_UNKNOWN:
	case OP_INPUT:
	case OP_LEDGER:
	case OP_PRIOR_LINE:
	case OP_STATUS_IS:
	case OP_CHOICE_IS:
	case OP_YES:
	case OP_GIVEN:
	case OP_HAS_PRIOR:
	case OP_SCHEDULE:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
	case OP_ABS:
	case OP_ROUND:
	case OP_FLOOR:
	case OP_CALL:
	case OP_FILLED:
	case OP_LINE:
		return BIND_ATOM;
	}
	return BIND_ATOM;
}

const char *comparison_sign(enum graph_op op)
{
	return op == OP_LESS          ? "<"
		: op == OP_LESS_EQUAL ? "<="
		: op == OP_MORE       ? ">"
		: op == OP_MORE_EQUAL ? ">="
		: op == OP_EQUAL      ? "="
				      : "<>";
}

/* ---- values ---- */

static void grouped(struct text *text, uint64_t whole)
{
	char digits[32];
	const int length =
		snprintf(digits, sizeof digits, "%llu", (unsigned long long)whole);

	for (int i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			text_add(text, ",");
		text_add_bytes(text, &digits[i], 1);
	}
}

/*
 * number / den with at least `least` decimals and at most 8; three points after them if there
 * would be more.
 */
static void decimal(struct text *text, int128 number, int128 den, int least)
{
	const int128 size = number < 0 ? -number : number;
	int128 rest = size % den;

	if (number < 0)
		text_add(text, "-");
	grouped(text, (uint64_t)(size / den));
	for (int i = 0; i < 8 && (rest != 0 || i < least); i++) {
		if (i == 0)
			text_add(text, ".");
		rest *= 10;
		text_addf(text, "%d", (int)(rest / den));
		rest %= den;
	}
	if (rest != 0)
		text_add(text, "...");
}

void print_value(struct text *text, const struct graph_node *node, int128 number)
{
	switch (node->kind) {
	case KIND_AMOUNT:
		decimal(text, number, (int128)node->den * 100, 2);
		return;
	case KIND_RATE:
		decimal(text, number * 100, node->den, 0);
		text_add(text, "%");
		return;
	case KIND_COUNT:
		decimal(text, number, node->den, 0);
		return;
	case KIND_CONDITION:
		text_add(text, number != 0 ? "yes" : "no");
		return;
	}
}

/* ---- names ---- */

void print_line_name(
	struct text *text, const struct graph *graph, uint32_t line, uint32_t home)
{
	const struct line_words *const words = &graph->line[line].words;

	if (graph->line[line].form != home)
		text_addf(text, "%s.%s", words->form, words->line);
	else
		text_addf(text, "%s%s",
			words->line[0] >= '0' && words->line[0] <= '9' ? "L" : "",
			words->line);
}

const char *print_user_name(const struct graph *graph, uint32_t line, struct pool *pool)
{
	const struct line_words *const words = &graph->line[line].words;
	const bool short_form =
		words->form[0] == 'f' && words->form[1] >= '0' && words->form[1] <= '9';

	return pool_printf(pool, "%s.%s", words->form + short_form, words->line);
}

/* An input, with "input." where the form has a line of that name. */
static void input_name(
	struct text *text, const struct graph *graph, uint32_t input, uint32_t home)
{
	const char *const name = law_input(graph->law, input)->name;
	const struct graph_form *const form = &graph->form[home];

	for (uint32_t i = form->first; i < form->first + form->count; i++)
		if (strcmp(graph->line[i].words.line, name) == 0)
			text_add(text, "input.");
	text_add(text, name);
}

static void words_of_mask(struct text *text, uint32_t mask, const char *const *word)
{
	const bool several = (mask & (mask - 1)) != 0;
	bool first = true;

	text_add(text, several ? " in (" : " is ");
	for (uint32_t i = 0; mask >> i != 0; i++) {
		if ((mask >> i & 1) == 0)
			continue;
		text_addf(text, "%s%s", first ? "" : ", ", word[i]);
		first = false;
	}
	text_add(text, several ? ")" : "");
}

static void amount_as_written(struct text *text, int64_t cents)
{
	text_addf(text, "%lld", (long long)(cents / 100));
	if (cents % 100 != 0)
		text_addf(text, ".%02lld", (long long)(cents % 100));
}

static void names(struct text *, const struct graph *, uint32_t, uint32_t, enum binding);

static void list_of_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, const char *name, uint32_t first, uint32_t home)
{
	text_addf(text, "%s(", name);
	for (uint32_t i = first; i < node->args; i++) {
		text_add(text, i > first ? ", " : "");
		names(text, graph, node->arg[i], home, BIND_CHOICE);
	}
	text_add(text, ")");
}

static void pair_of_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, const char *sign, uint32_t home, enum binding bind)
{
	names(text, graph, node->arg[0], home, bind);
	text_addf(text, " %s ", sign);
	names(text, graph, node->arg[1], home, (enum binding)(bind + 1));
}

static void leaf_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	const char *statuses[STATUSES];
	const struct line_words *words;

	for (int i = 0; i < STATUSES; i++)
		statuses[i] = status_name((enum filing_status)i);
	switch (node->op) {
	case OP_NUMBER:
		text_add(text,
			node->name != NULL                  ? node->name
				: node->is.constant[0] != 0 ? "always"
							    : "never");
		return;
	case OP_PARAMETER:
	case OP_UNKNOWN:
		text_addf(text, "%s%s", node->name, node->prior ? "@prior" : "");
		return;
	case OP_INPUT:
		input_name(text, graph, node->is.input.index, home);
		return;
	case OP_LEDGER:
		text_add(text, "ledger");
		if (node->is.ledger.book != graph->form[home].book)
			text_addf(text, "@%s", book_name(node->is.ledger.book));
		text_addf(text, ".%s", ledger_figure_name(node->is.ledger.figure));
		return;
	case OP_PRIOR_LINE:
		words = &graph->prior->line[node->is.line].words;
		text_addf(text, "%s@prior.%s", words->form, words->line);
		return;
	case OP_STATUS_IS:
		text_add(text, node->prior ? "status@prior" : "status");
		words_of_mask(text, node->is.statuses, statuses);
		return;
	case OP_CHOICE_IS:
		input_name(text, graph, node->is.input.index, home);
		words_of_mask(text, node->is.input.choices,
			law_input(graph->law, node->is.input.index)->choice);
		return;
	case OP_YES:
	case OP_GIVEN:
		text_addf(text, "%s(%s)", node->op == OP_YES ? "yes" : "given",
			law_input(graph->law, node->is.input.index)->name);
		return;
	case OP_HAS_PRIOR:
		text_add(text, "has_prior");
		return;
	case OP_SCHEDULE:
		text_add(text, "option schedule");
		return;
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_NEGATE:
	case OP_MULTIPLY:
	case OP_DIVIDE:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
	case OP_ABS:
	case OP_ROUND:
	case OP_FLOOR:
	case OP_IF:
	case OP_ELSE:
	case OP_CALL:
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
	case OP_AND:
	case OP_OR:
	case OP_NOT:
	case OP_FILLED:
	case OP_LINE:
		break;
	}
}

static void inner_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	const enum binding bind = binding_of(node);

	switch (node->op) {
	case OP_ADD:
		pair_of_names(text, graph, node, "+", home, bind);
		return;
	case OP_SUBTRACT:
		pair_of_names(text, graph, node, "-", home, bind);
		return;
	case OP_MULTIPLY:
		pair_of_names(text, graph, node, "*", home, bind);
		return;
	case OP_DIVIDE:
		pair_of_names(text, graph, node, "/", home, bind);
		return;
	case OP_NEGATE:
		text_add(text, "- ");
		names(text, graph, node->arg[0], home, BIND_ATOM);
		return;
	case OP_SUM:
		if (node->name != NULL)
			text_addf(text, "sum(%s)", node->name);
		else
			list_of_names(text, graph, node, "sum", 0, home);
		return;
	case OP_MAX:
	case OP_MIN:
	case OP_ABS:
		list_of_names(text, graph, node,
			node->op == OP_MAX           ? "max"
				: node->op == OP_MIN ? "min"
						     : "abs",
			0, home);
		return;
	case OP_ROUND:
	case OP_FLOOR:
		text_add(text, node->op == OP_ROUND ? "round(" : "floor(");
		names(text, graph, node->arg[0], home, BIND_CHOICE);
		text_add(text, ", ");
		amount_as_written(text,
			node->is.constant[0] * (node->kind == KIND_COUNT ? 100 : 1));
		text_add(text, ")");
		return;
	case OP_IF:
		text_add(text, "if ");
		names(text, graph, node->arg[0], home, BIND_OR);
		text_add(text, " then ");
		names(text, graph, node->arg[1], home, BIND_OR);
		text_add(text, " else ");
		names(text, graph, node->arg[2], home, BIND_CHOICE);
		return;
	case OP_ELSE:
		names(text, graph, node->arg[0], home, BIND_OR);
		text_add(text, " else ");
		names(text, graph, node->arg[1], home, BIND_CHOICE);
		return;
	case OP_CALL:
		list_of_names(text, graph, node, node->name, 1, home);
		return;
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
		names(text, graph, node->arg[0], home, BIND_ADD);
		text_addf(text, " %s ", comparison_sign(node->op));
		names(text, graph, node->arg[1], home, BIND_ADD);
		return;
	case OP_AND:
		pair_of_names(text, graph, node, "and", home, bind);
		return;
	case OP_OR:
		/* `and` inside `or` in parentheses, for the reader. */
		names(text, graph, node->arg[0], home,
			graph->node[node->arg[0]].op == OP_OR ? bind : BIND_NOT);
		text_add(text, " or ");
		names(text, graph, node->arg[1], home, BIND_NOT);
		return;
	case OP_NOT:
		text_add(text, "not ");
		names(text, graph, node->arg[0], home, BIND_COMPARE);
		return;
	case OP_FILLED:
		text_add(text, "filled(");
		names(text, graph, node->arg[0], home, BIND_CHOICE);
		text_add(text, ")");
		return;
	case OP_LINE:
		print_line_name(text, graph, node->is.line, home);
		return;
	case OP_NUMBER:
	case OP_PARAMETER:
	case OP_UNKNOWN:
	case OP_INPUT:
	case OP_LEDGER:
	case OP_PRIOR_LINE:
	case OP_STATUS_IS:
	case OP_CHOICE_IS:
	case OP_YES:
	case OP_GIVEN:
	case OP_HAS_PRIOR:
	case OP_SCHEDULE:
		leaf_name(text, graph, node, home);
		return;
	}
}

static void names(struct text *text, const struct graph *graph, uint32_t index,
	uint32_t home, enum binding place)
{
	const struct graph_node *const node = &graph->node[index];
	const bool open = binding_of(node) < place;

	text_add(text, open ? "(" : "");
	inner_names(text, graph, node, home);
	text_add(text, open ? ")" : "");
}

void print_names(
	struct text *text, const struct graph *graph, uint32_t node, uint32_t home)
{
	names(text, graph, node, home, BIND_CHOICE);
}

/* ---- numbers ---- */

static void numbers(struct text *, const struct tax_return *, uint32_t, enum binding);

/* A figure; a negative one stands in parentheses unless it stands alone. */
static void number(struct text *text, const struct tax_return *result,
	const struct graph_node *node, int128 value, enum binding place)
{
	const bool open = value < 0 && place > BIND_CHOICE;

	text_add(text, open ? "(" : "");
	if (node->op == OP_PARAMETER && node->kind == KIND_RATE)
		text_add(text, node->row->text[return_status_of(result, node)]);
	else if (node->op == OP_NUMBER && node->kind == KIND_RATE)
		text_add(text, node->name);
	else if (node->op == OP_NUMBER && node->kind == KIND_AMOUNT && value % 100 == 0)
		grouped(text, (uint64_t)(value / 100));
	else
		print_value(text, node, value);
	text_add(text, open ? ")" : "");
}

/* Terms that are not 0, as a sum. */
static void terms(struct text *text, const struct tax_return *result,
	const struct graph_node *node, enum binding place)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < node->args; i++)
		count += result->number[node->arg[i]] != 0;
	const bool open = count > 1 && place > BIND_ADD;
	bool first = true;

	text_add(text, open ? "(" : "");
	for (uint32_t i = 0; i < node->args; i++) {
		if (result->number[node->arg[i]] == 0)
			continue;
		text_add(text, first ? "" : " + ");
		numbers(text, result, node->arg[i],
			count == 1 ? place
				   : (enum binding)(first ? BIND_ADD : BIND_MULTIPLY));
		first = false;
	}
	if (count == 0)
		print_value(text, node, 0);
	text_add(text, open ? ")" : "");
}

static void pair_of_numbers(struct text *text, const struct tax_return *result,
	const struct graph_node *node, const char *sign, enum binding place)
{
	const enum binding bind = binding_of(node);
	const bool open = bind < place;

	text_add(text, open ? "(" : "");
	numbers(text, result, node->arg[0], bind);
	text_addf(text, " %s ", sign);
	numbers(text, result, node->arg[1], (enum binding)(bind + 1));
	text_add(text, open ? ")" : "");
}

static void list_of_numbers(struct text *text, const struct tax_return *result,
	const struct graph_node *node, const char *name)
{
	text_addf(text, "%s(", name);
	for (uint32_t i = 0; i < node->args; i++) {
		text_add(text, i > 0 ? ", " : "");
		numbers(text, result, node->arg[i], BIND_CHOICE);
	}
	if (node->op == OP_ROUND || node->op == OP_FLOOR) {
		text_add(text, ", ");
		amount_as_written(text,
			node->is.constant[0] * (node->kind == KIND_COUNT ? 100 : 1));
	}
	text_add(text, ")");
}

static void numbers(struct text *text, const struct tax_return *result, uint32_t index,
	enum binding place)
{
	const struct graph_node *const node = &result->graph->node[index];

	switch (node->op) {
	case OP_ADD:
		pair_of_numbers(text, result, node, "+", place);
		return;
	case OP_SUBTRACT:
		pair_of_numbers(text, result, node, "-", place);
		return;
	case OP_MULTIPLY:
		pair_of_numbers(text, result, node, "*", place);
		return;
	case OP_DIVIDE:
		pair_of_numbers(text, result, node, "/", place);
		return;
	case OP_NEGATE:
		text_add(text, place > BIND_UNARY ? "(-" : "-");
		numbers(text, result, node->arg[0], BIND_ATOM);
		text_add(text, place > BIND_UNARY ? ")" : "");
		return;
	case OP_SUM:
		terms(text, result, node, place);
		return;
	case OP_MAX:
		list_of_numbers(text, result, node, "max");
		return;
	case OP_MIN:
		list_of_numbers(text, result, node, "min");
		return;
	case OP_ABS:
		list_of_numbers(text, result, node, "abs");
		return;
	case OP_ROUND:
		list_of_numbers(text, result, node, "round");
		return;
	case OP_FLOOR:
		list_of_numbers(text, result, node, "floor");
		return;
	case OP_IF:
		numbers(text, result,
			node->arg[result->number[node->arg[0]] != 0 ? 1 : 2], place);
		return;
	case OP_ELSE:
		numbers(text, result, node->arg[result->prior != NULL ? 0 : 1], place);
		return;
	case OP_NUMBER:
	case OP_PARAMETER:
	case OP_UNKNOWN:
	case OP_INPUT:
	case OP_LEDGER:
	case OP_PRIOR_LINE:
	case OP_STATUS_IS:
	case OP_CHOICE_IS:
	case OP_YES:
	case OP_GIVEN:
	case OP_HAS_PRIOR:
	case OP_SCHEDULE:
	case OP_CALL:
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
	case OP_AND:
	case OP_OR:
	case OP_NOT:
	case OP_FILLED:
	case OP_LINE:
		number(text, result, node, result->number[index], place);
		return;
	}
}

void print_numbers(struct text *text, const struct tax_return *result, uint32_t node)
{
	numbers(text, result, node, BIND_CHOICE);
}

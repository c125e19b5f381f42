/* Writes formulas with names, as in the language itself. */
#include "forms/engine/print.h"

#include <assert.h>
#include <string.h>

/* ---- how operations are written ---- */

static const struct op_writing {
	enum binding bind;
	const char *word; /* between two arguments, or before a list */
} words[] = {
	[OP_NUMBER] = { BIND_ATOM, NULL },
	[OP_PARAMETER] = { BIND_ATOM, NULL },
	[OP_UNKNOWN] = { BIND_ATOM, NULL },
	[OP_INPUT] = { BIND_ATOM, NULL },
	[OP_LEDGER] = { BIND_ATOM, NULL },
	[OP_PRIOR_LINE] = { BIND_ATOM, NULL },
	[OP_STATUS_IS] = { BIND_ATOM, NULL },
	[OP_CHOICE_IS] = { BIND_ATOM, NULL },
	[OP_YES] = { BIND_ATOM, "yes" },
	[OP_GIVEN] = { BIND_ATOM, "given" },
	[OP_HAS_PRIOR] = { BIND_ATOM, "has_prior" },
	[OP_SCHEDULE] = { BIND_ATOM, "option schedule" },
	[OP_ADD] = { BIND_ADD, "+" },
	[OP_SUBTRACT] = { BIND_ADD, "-" },
	[OP_NEGATE] = { BIND_UNARY, "-" },
	[OP_MULTIPLY] = { BIND_MULTIPLY, "*" },
	[OP_DIVIDE] = { BIND_MULTIPLY, "/" },
	[OP_SUM] = { BIND_ATOM, "sum" },
	[OP_MAX] = { BIND_ATOM, "max" },
	[OP_MIN] = { BIND_ATOM, "min" },
	[OP_ABS] = { BIND_ATOM, "abs" },
	[OP_ROUND] = { BIND_ATOM, "round" },
	[OP_FLOOR] = { BIND_ATOM, "floor" },
	[OP_IF] = { BIND_CHOICE, "if" },
	[OP_ELSE] = { BIND_CHOICE, "else" },
	[OP_CALL] = { BIND_ATOM, NULL },
	[OP_LESS] = { BIND_COMPARE, "<" },
	[OP_LESS_EQUAL] = { BIND_COMPARE, "<=" },
	[OP_MORE] = { BIND_COMPARE, ">" },
	[OP_MORE_EQUAL] = { BIND_COMPARE, ">=" },
	[OP_EQUAL] = { BIND_COMPARE, "=" },
	[OP_NOT_EQUAL] = { BIND_COMPARE, "<>" },
	[OP_AND] = { BIND_AND, "and" },
	[OP_OR] = { BIND_OR, "or" },
	[OP_NOT] = { BIND_NOT, "not" },
	[OP_FILLED] = { BIND_ATOM, "filled" },
	[OP_LINE] = { BIND_ATOM, NULL },
};

enum binding binding_of(const struct graph_node *node)
{
	return words[node->op].bind;
}

const char *op_word(enum graph_op op)
{
	return words[op].word;
}

/* ---- leaves ---- */

typedef void writer(
	struct text *, const struct graph *, const struct graph_node *, uint32_t home);

static void names(struct text *, const struct graph *, uint32_t, uint32_t, enum binding);

void print_line_name(
	struct text *text, const struct graph *graph, uint32_t line, uint32_t home)
{
	const struct line_words *const line_words = &graph->line[line].words;
	const char *const id = line_words->line;

	if (graph->line[line].form != home)
		text_addf(text, "%s.%s", line_words->form, id);
	else
		text_addf(text, "%s%s", id[0] >= '0' && id[0] <= '9' ? "L" : "", id);
}

const char *print_user_name(const struct graph *graph, uint32_t line, struct pool *pool)
{
	const struct line_words *const line_words = &graph->line[line].words;
	const char *const form = line_words->form;
	const bool short_form = form[0] == 'f' && form[1] >= '0' && form[1] <= '9';

	return pool_printf(pool, "%s.%s", form + short_form, line_words->line);
}

static void number_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	(void)graph;
	(void)home;
	text_add(text,
		node->name != NULL                  ? node->name
			: node->is.constant[0] != 0 ? "always"
						    : "never");
}

static void parameter_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	(void)graph;
	(void)home;
	text_addf(text, "%s%s", node->name, node->prior ? "@prior" : "");
}

/* An input, with "input." where the form has a line of that name. */
static void input_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	const char *const name = law_input(graph->law, node->is.input.index)->name;
	const struct graph_form *const form = &graph->form[home];

	for (uint32_t i = form->first; i < form->first + form->count; i++)
		if (strcmp(graph->line[i].words.line, name) == 0)
			text_add(text, "input.");
	text_add(text, name);
}

static void ledger_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	text_add(text, "ledger");
	if (node->is.ledger.book != graph->form[home].book)
		text_addf(text, "@%s", book_name(node->is.ledger.book));
	text_addf(text, ".%s", ledger_figure_name(node->is.ledger.figure));
}

static void prior_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	const struct line_words *const line = &graph->prior->line[node->is.line].words;

	(void)home;
	text_addf(text, "%s@prior.%s", line->form, line->line);
}

static void line_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	print_line_name(text, graph, node->is.line, home);
}

/* " is A", " in (A, B)" */
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

static void status_name_of(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	const char *statuses[STATUSES];

	(void)graph;
	(void)home;
	for (int i = 0; i < STATUSES; i++)
		statuses[i] = status_name((enum filing_status)i);
	text_add(text, node->prior ? "status@prior" : "status");
	words_of_mask(text, node->is.statuses, statuses);
}

static void choice_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	input_name(text, graph, node, home);
	words_of_mask(text, node->is.input.choices,
		law_input(graph->law, node->is.input.index)->choice);
}

static void question_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	text_addf(text, "%s(", words[node->op].word);
	if (node->op == OP_FILLED)
		names(text, graph, node->arg[0], home, BIND_CHOICE);
	else
		text_add(text, law_input(graph->law, node->is.input.index)->name);
	text_add(text, ")");
}

static void word_name(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	(void)graph;
	(void)home;
	text_add(text, words[node->op].word);
}

/* ---- operations ---- */

static void pair_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	const enum binding bind = words[node->op].bind;
	const bool compares = bind == BIND_COMPARE;
	/* `and` inside `or` in parentheses, for the reader. */
	const enum binding right =
		node->op == OP_OR ? BIND_NOT : (enum binding)(bind + 1);
	const bool same = graph->node[node->arg[0]].op == node->op;

	names(text, graph, node->arg[0], home,
		compares || (node->op == OP_OR && !same) ? right : bind);
	text_addf(text, " %s ", words[node->op].word);
	names(text, graph, node->arg[1], home, right);
}

/* Before one argument: "- x", "not x". */
static void prefix_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	text_addf(text, "%s ", words[node->op].word);
	names(text, graph, node->arg[0], home, (enum binding)(words[node->op].bind + 1));
}

static void list_from(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t first, uint32_t home)
{
	for (uint32_t i = first; i < node->args; i++) {
		text_add(text, i > first ? ", " : "");
		names(text, graph, node->arg[i], home, BIND_CHOICE);
	}
	if (node->op == OP_ROUND || node->op == OP_FLOOR)
		print_step(text, node);
	text_add(text, ")");
}

static void list_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	text_addf(text, "%s(", words[node->op].word);
	if (node->op == OP_SUM && node->name != NULL)
		text_addf(text, "%s)", node->name);
	else
		list_from(text, graph, node, 0, home);
}

static void call_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	text_addf(text, "%s(", node->name);
	list_from(text, graph, node, 1, home);
}

static void if_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	text_add(text, "if ");
	names(text, graph, node->arg[0], home, BIND_OR);
	text_add(text, " then ");
	names(text, graph, node->arg[1], home, BIND_OR);
	text_add(text, " else ");
	names(text, graph, node->arg[2], home, BIND_CHOICE);
}

static void else_names(struct text *text, const struct graph *graph,
	const struct graph_node *node, uint32_t home)
{
	names(text, graph, node->arg[0], home, BIND_OR);
	text_add(text, " else ");
	names(text, graph, node->arg[1], home, BIND_CHOICE);
}

static writer *const writers[] = {
	[OP_NUMBER] = number_name,
	[OP_PARAMETER] = parameter_name,
	[OP_UNKNOWN] = parameter_name,
	[OP_INPUT] = input_name,
	[OP_LEDGER] = ledger_name,
	[OP_PRIOR_LINE] = prior_name,
	[OP_STATUS_IS] = status_name_of,
	[OP_CHOICE_IS] = choice_name,
	[OP_YES] = question_name,
	[OP_GIVEN] = question_name,
	[OP_HAS_PRIOR] = word_name,
	[OP_SCHEDULE] = word_name,
	[OP_ADD] = pair_names,
	[OP_SUBTRACT] = pair_names,
	[OP_NEGATE] = prefix_names,
	[OP_MULTIPLY] = pair_names,
	[OP_DIVIDE] = pair_names,
	[OP_SUM] = list_names,
	[OP_MAX] = list_names,
	[OP_MIN] = list_names,
	[OP_ABS] = list_names,
	[OP_ROUND] = list_names,
	[OP_FLOOR] = list_names,
	[OP_IF] = if_names,
	[OP_ELSE] = else_names,
	[OP_CALL] = call_names,
	[OP_LESS] = pair_names,
	[OP_LESS_EQUAL] = pair_names,
	[OP_MORE] = pair_names,
	[OP_MORE_EQUAL] = pair_names,
	[OP_EQUAL] = pair_names,
	[OP_NOT_EQUAL] = pair_names,
	[OP_AND] = pair_names,
	[OP_OR] = pair_names,
	[OP_NOT] = prefix_names,
	[OP_FILLED] = question_name,
	[OP_LINE] = line_name,
};
static_assert(
	COUNT(writers) == GRAPH_OPS && COUNT(words) == GRAPH_OPS, "one an operation");

static void names(struct text *text, const struct graph *graph, uint32_t index,
	uint32_t home, enum binding place)
{
	const struct graph_node *const node = &graph->node[index];
	const bool open = words[node->op].bind < place;

	text_add(text, open ? "(" : "");
	writers[node->op](text, graph, node, home);
	text_add(text, open ? ")" : "");
}

void print_names(
	struct text *text, const struct graph *graph, uint32_t node, uint32_t home)
{
	names(text, graph, node, home, BIND_CHOICE);
}

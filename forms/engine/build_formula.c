/* Expands formulas into nodes: functions, ranges, books and years; checks kinds. */
#include <assert.h>
#include <string.h>

#include "forms/engine/build.h"

#define ARGUMENT_LIMIT 512

struct nodes {
	uint32_t at[ARGUMENT_LIMIT];
	uint32_t count;
};

static enum graph_kind kind_of(const struct builder *builder, uint32_t node)
{
	return builder->node[node].kind;
}

/* A figure that is no condition. */
static bool build_figure(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	if (!build_expr(builder, expr, scope, bare, node))
		return false;
	if (kind_of(builder, *node) != KIND_CONDITION)
		return true;
	return law_fail(builder->law, expr->at, builder->why,
		"a condition, wanted an amount, a rate or a count");
}

bool build_condition(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	if (!build_expr(builder, expr, scope, KIND_AMOUNT, node))
		return false;
	if (kind_of(builder, *node) == KIND_CONDITION)
		return true;
	return law_fail(builder->law, expr->at, builder->why,
		"%s, wanted a condition such as a comparison",
		kind_name(kind_of(builder, *node)));
}

/* A bare number is dollars, or a count where its neighbours are counts. */
static bool number(struct builder *builder, const struct expr *expr, enum graph_kind bare,
	uint32_t *node)
{
	const bool count = bare == KIND_COUNT && !expr->is_rate;
	struct graph_node new = node_blank(OP_NUMBER, KIND_AMOUNT);
	int64_t number = expr->number;

	new.name = expr->text;
	if (expr->is_rate) {
		new.kind = KIND_RATE;
		new.den = expr->by;
	} else if (count) {
		new.kind = KIND_COUNT;
		if (expr->by != 1)
			return law_fail(builder->law, expr->at, builder->why,
				"\"%s\" beside a count, wanted a whole number",
				expr->text);
	} else if (expr->by > 100) {
		return law_fail(builder->law, expr->at, builder->why,
			"the amount \"%s\", wanted at most two decimals (rates end in "
			"%%)",
			expr->text);
	} else {
		number *= 100 / expr->by;
	}
	for (int i = 0; i < STATUSES; i++)
		new.is.constant[i] = number;
	return node_add(builder, new, NULL, 0, expr->at, node);
}

/*
 * Arguments that must be of one kind; bare numbers take that of the others. `first` arguments
 * are passed over (the condition of an `if`).
 */
static bool alike(struct builder *builder, const struct expr *expr, uint32_t first,
	const struct scope *scope, enum graph_kind bare, struct nodes *nodes)
{
	static const char *const doing[] = { [OP_ADD] = "added to",
		[OP_SUBTRACT] = "less",
		[OP_SUM] = "added to",
		[OP_MAX] = "beside",
		[OP_MIN] = "beside",
		[OP_IF] = "or else",
		[OP_ELSE] = "or else" };
	const char *const word = expr->op <= OP_ELSE && doing[expr->op] != NULL
		? doing[expr->op]
		: "compared with";
	enum graph_kind kind = bare;
	const struct expr *decided = NULL;

	for (int round = 0; round < 2; round++)
		for (uint32_t i = first; i < expr->args; i++) {
			const struct expr *const arg = expr->arg[i];

			if (arg->bare != (round == 1))
				continue;
			if (!build_figure(builder, arg, scope, kind, &nodes->at[i]))
				return false;
			const enum graph_kind found = kind_of(builder, nodes->at[i]);

			if (decided != NULL && found != kind)
				return law_fail(builder->law, arg->at, builder->why,
					"%s %s %s, wanted both of one kind",
					kind_name(arg->at.column < decided->at.column
							? found
							: kind),
					word,
					kind_name(arg->at.column < decided->at.column
							? kind
							: found));
			decided = arg;
			kind = found;
		}
	nodes->count = expr->args;
	return true;
}

static bool known_prior(const struct expr *expr)
{
	if (expr->what == EXPR_HAS_PRIOR)
		return true;
	if (expr->what != EXPR_OPERATION || expr->op != OP_AND)
		return false;
	return known_prior(expr->arg[0]) || known_prior(expr->arg[1]);
}

static bool choice(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	struct nodes nodes;
	struct scope then = *scope;
	bool known;

	if (!build_condition(builder, expr->arg[0], scope, &nodes.at[0]))
		return false;
	then.prior = scope->prior || known_prior(expr->arg[0]);
	/* Of a branch that the year decides, only the one taken needs to have a meaning. */
	if (node_is_known(builder, nodes.at[0], &known))
		return known ? build_figure(builder, expr->arg[1], &then, bare, node)
			     : build_figure(builder, expr->arg[2], scope, bare, node);
	if (!alike(builder, expr, 1, &then, bare, &nodes))
		return false;
	const struct graph_node new = node_blank(OP_IF, kind_of(builder, nodes.at[1]));

	return node_add(builder, new, nodes.at, 3, expr->at, node);
}

/* A else B: last year's line, or what holds when there is none. */
static bool otherwise(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	struct nodes nodes;
	struct scope left = *scope;

	if (builder->prior == NULL)
		return build_figure(builder, expr->arg[1], scope, bare, node);
	left.prior = true;
	if (!alike(builder, expr, 0, &left, bare, &nodes))
		return false;
	/* Once more without: the right side must not read last year's lines. */
	if (!scope->prior &&
		!build_figure(builder, expr->arg[1], scope, kind_of(builder, nodes.at[0]),
			&nodes.at[1]))
		return false;
	const struct graph_node new = node_blank(OP_ELSE, kind_of(builder, nodes.at[0]));

	return node_add(builder, new, nodes.at, 2, expr->at, node);
}

static bool times(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	uint32_t arg[2];

	for (int i = 0; i < 2; i++)
		if (!build_figure(builder, expr->arg[i], scope, KIND_AMOUNT, &arg[i]))
			return false;
	const enum graph_kind a = kind_of(builder, arg[0]), b = kind_of(builder, arg[1]);

	if (a == KIND_AMOUNT && b == KIND_AMOUNT)
		return law_fail(builder->law, expr->at, builder->why,
			"an amount times an amount, wanted a rate (26%%, 2/37) or a "
			"count on one "
			"side");
	/* Amount over rate over count: the first of the two in that order. */
	return node_add(
		builder, node_blank(OP_MULTIPLY, a < b ? a : b), arg, 2, expr->at, node);
}

static bool divided(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	const struct expr *const by = expr->arg[1];
	uint32_t arg[2];

	if (!build_figure(builder, expr->arg[0], scope, KIND_AMOUNT, &arg[0]))
		return false;
	if (by->what != EXPR_NUMBER && by->what != EXPR_REFERENCE)
		return law_fail(builder->law, by->at, builder->why,
			"a formula below the line, wanted a number or a parameter");
	const enum graph_kind bare =
		by->what == EXPR_NUMBER && by->by != 1 ? KIND_AMOUNT : KIND_COUNT;

	if (!build_figure(builder, by, scope, bare, &arg[1]))
		return false;
	const struct graph_node *const below = &builder->node[arg[1]];

	if (below->op != OP_NUMBER && below->op != OP_PARAMETER &&
		below->op != OP_UNKNOWN)
		return law_fail(builder->law, by->at, builder->why,
			"a figure below the line, wanted a number or a parameter");
	if (below->kind == KIND_AMOUNT)
		return law_fail(builder->law, by->at, builder->why,
			"an amount below the line, wanted a rate or a whole number");
	for (int i = 0; i < STATUSES && below->op != OP_UNKNOWN; i++)
		if (below->is.constant[i] <= 0)
			return law_fail(builder->law, by->at, builder->why,
				"a division by zero, wanted another number");
	const enum graph_kind kind = kind_of(builder, arg[0]);

	return node_add(builder,
		node_blank(OP_DIVIDE, kind == KIND_COUNT ? KIND_RATE : kind), arg, 2,
		expr->at, node);
}

static bool stepped(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	const struct expr *const unit = expr->arg[1];
	uint32_t arg, step;

	if (!build_figure(builder, expr->arg[0], scope, bare, &arg))
		return false;
	const enum graph_kind kind = kind_of(builder, arg);

	if (kind == KIND_RATE)
		return law_fail(builder->law, expr->at, builder->why,
			"a rate to be rounded, wanted an amount or a count");
	if (unit->what != EXPR_NUMBER || unit->is_rate || unit->number == 0)
		return law_fail(builder->law, unit->at, builder->why,
			"a step that is not a number above zero, wanted one such as 50");
	if (!number(builder, unit, kind, &step))
		return false;
	struct graph_node new = node_blank(expr->op, kind);

	memcpy(new.is.constant, builder->node[step].is.constant, sizeof new.is.constant);
	return node_add(builder, new, &arg, 1, expr->at, node);
}

/* and, or, not, with what the year decides left out. */
static bool logic(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	struct scope right = *scope;
	uint32_t arg[2];
	bool known;

	if (!build_condition(builder, expr->arg[0], scope, &arg[0]))
		return false;
	const bool is_known = node_is_known(builder, arg[0], &known);

	if (expr->op == OP_NOT)
		return is_known ? node_condition(builder, !known, node)
				: node_add(builder, node_blank(OP_NOT, KIND_CONDITION),
					  arg, 1, expr->at, node);
	right.prior = scope->prior || (expr->op == OP_AND && known_prior(expr->arg[0]));
	if (is_known && known == (expr->op == OP_OR)) {
		*node = arg[0];
		return true;
	}
	if (!build_condition(builder, expr->arg[1], &right, &arg[1]))
		return false;
	if (is_known) {
		*node = arg[1];
		return true;
	}
	if (node_is_known(builder, arg[1], &known)) {
		*node = known == (expr->op == OP_OR) ? arg[1] : arg[0];
		return true;
	}
	return node_add(
		builder, node_blank(expr->op, KIND_CONDITION), arg, 2, expr->at, node);
}

static bool operation(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	struct nodes nodes;
	uint32_t one;

	switch (expr->op) {
	case OP_MULTIPLY:
		return times(builder, expr, scope, node);
	case OP_DIVIDE:
		return divided(builder, expr, scope, node);
	case OP_IF:
		return choice(builder, expr, scope, bare, node);
	case OP_ELSE:
		return otherwise(builder, expr, scope, bare, node);
	case OP_ROUND:
	case OP_FLOOR:
		return stepped(builder, expr, scope, bare, node);
	case OP_AND:
	case OP_OR:
	case OP_NOT:
		return logic(builder, expr, scope, node);
	case OP_NEGATE:
	case OP_ABS:
		return build_figure(builder, expr->arg[0], scope, bare, &one) &&
			node_add(builder, node_blank(expr->op, kind_of(builder, one)),
				&one, 1, expr->at, node);
	case OP_ADD:
	case OP_SUBTRACT:
	case OP_SUM:
	case OP_MAX:
	case OP_MIN:
		return alike(builder, expr, 0, scope, bare, &nodes) &&
			node_add(builder,
				node_blank(expr->op, kind_of(builder, nodes.at[0])),
				nodes.at, nodes.count, expr->at, node);
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
	case OP_EQUAL:
	case OP_NOT_EQUAL:
		return alike(builder, expr, 0, scope, KIND_AMOUNT, &nodes) &&
			node_add(builder, node_blank(expr->op, KIND_CONDITION), nodes.at,
				2, expr->at, node);
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
	case OP_FILLED:
	case OP_LINE:
		break;
	}
	assert(!"an operation that the parser does not make");
	return false;
}

/* The numbered lines of a form copy between two, both included, in the order of their numbers. */
static bool lines_between(struct builder *builder, const struct expr *expr,
	uint32_t first, uint32_t last, struct nodes *lines)
{
	const struct law *const law = builder->law;
	const uint32_t form = builder->line[first].form;
	const char *const from =
		law_word(law, law->line[builder->line[first].definition].id);
	const char *const to =
		law_word(law, law->line[builder->line[last].definition].id);
	int order;

	if (form != builder->line[last].form)
		return law_fail(law, expr->at, builder->why,
			"a range over two forms, wanted lines of one form");
	if (!line_number_order(from, to, &order))
		return law_fail(law, expr->at, builder->why,
			"a range from \"%s\" to \"%s\", wanted lines with numbers", from,
			to);
	if (order > 0)
		return law_fail(law, expr->at, builder->why,
			"a range from %s to %s, wanted the earlier line first", from, to);
	lines->count = 0;
	for (uint32_t i = 0; i < builder->lines; i++) {
		const struct line_definition *const line =
			&law->line[builder->line[i].definition];
		const char *const id = law_word(law, line->id);
		int after, before;

		if (builder->line[i].form != form || line->is_value ||
			!line_number_order(id, from, &after) ||
			!line_number_order(id, to, &before) || after < 0 || before > 0)
			continue;
		if (lines->count == ARGUMENT_LIMIT)
			return law_fail(law, expr->at, builder->why,
				"a range of more than %d lines, wanted fewer",
				ARGUMENT_LIMIT);
		uint32_t at = lines->count++;

		for (; at > 0; at--) {
			const uint32_t other = lines->at[at - 1];

			line_number_order(
				law_word(law,
					law->line[builder->line[other].definition].id),
				id, &order);
			if (order < 0)
				break;
			lines->at[at] = other;
		}
		lines->at[at] = i;
	}
	return true;
}

static bool range(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	const struct reference *const from = &expr->arg[0]->to,
				      *const to = &expr->arg[1]->to;
	struct nodes lines;
	uint32_t first, last;

	if (!build_line_index(builder, from, scope, &first) ||
		!build_line_index(builder, to, scope, &last) ||
		!lines_between(builder, expr, first, last, &lines))
		return false;
	for (uint32_t i = 0; i < lines.count; i++) {
		if (!build_line(builder, lines.at[i], expr->at, &lines.at[i]))
			return false;
		if (kind_of(builder, lines.at[i]) != kind_of(builder, lines.at[0]))
			return law_fail(builder->law, expr->at, builder->why,
				"%s added to %s, wanted lines of one kind",
				kind_name(kind_of(builder, lines.at[i])),
				kind_name(kind_of(builder, lines.at[0])));
	}
	struct graph_node new = node_blank(OP_SUM, kind_of(builder, lines.at[0]));
	const char *const words[] = { law_word(builder->law, from->name),
		law_word(builder->law, to->name) };

	new.name = from->form == 0
		? pool_printf(builder->pool, "L%s .. L%s", words[0], words[1])
		: pool_printf(builder->pool, "%s.%s .. %s",
			  law_word(builder->law, from->form), words[0], words[1]);
	return node_add(builder, new, lines.at, lines.count, expr->at, node);
}

/* ---- functions ---- */

static bool no_recursion(struct builder *builder, const struct expr *expr,
	const struct function_definition *function, const struct scope *scope)
{
	for (const struct scope *up = scope; up != NULL; up = up->call)
		if (up->function == function)
			return law_fail(builder->law, expr->at, builder->why,
				"the function \"%s\" calls itself, wanted one that ends",
				law_word(builder->law, function->name));
	return true;
}

static bool call(struct builder *builder, const struct expr *expr,
	const struct scope *scope, uint32_t *node)
{
	const struct law *const law = builder->law;
	const struct symbol *const symbol = law_symbol_of(law, expr->to.name);
	const char *const name = law_word(law, expr->to.name);
	struct nodes nodes;

	nodes.count = 1; /* the body comes first */
	if (symbol == NULL || symbol->kind != SYMBOL_FUNCTION) {
		const char *words[64];
		size_t count = 0;

		law_fail(law, expr->to.at, builder->why,
			"\"%s\" is not a function, wanted the name of one", name);
		for (; count < law->functions && count < COUNT(words); count++)
			words[count] = law_word(law, law->function[count].name);
		const char *const near = nearest_word(name, words, count);

		return near == NULL
			? false
			: fail_hint(builder->why, "did you mean \"%s\"?", near);
	}
	const struct function_definition *const function = &law->function[symbol->index];

	if (function->arguments != expr->args)
		return law_fail(law, expr->to.at, builder->why,
			"%u argument%s of %s, wanted %u", expr->args,
			expr->args == 1 ? "" : "s", name, function->arguments);
	if (!no_recursion(builder, expr, function, scope))
		return false;
	for (uint32_t i = 0; i < expr->args; i++)
		if (!build_figure(builder, expr->arg[i], scope, KIND_AMOUNT,
			    &nodes.at[nodes.count++]))
			return false;
	const struct scope inside = { .form = UINT32_MAX,
		.call = scope,
		.function = function,
		.argument = nodes.at + 1,
		.book = scope->book,
		.per_book = scope->per_book,
		.prior = scope->prior };

	if (!build_figure(builder, function->body, &inside, KIND_AMOUNT, &nodes.at[0]))
		return false;
	struct graph_node new = node_blank(OP_CALL, kind_of(builder, nodes.at[0]));

	new.name = name;
	return node_add(builder, new, nodes.at, nodes.count, expr->at, node);
}

static bool year_holds(const struct expr *expr, int year)
{
	return expr->op == OP_LESS          ? year < expr->number
		: expr->op == OP_LESS_EQUAL ? year <= expr->number
		: expr->op == OP_MORE       ? year > expr->number
		: expr->op == OP_MORE_EQUAL ? year >= expr->number
		: expr->op == OP_EQUAL      ? year == expr->number
					    : year != expr->number;
}

static bool by_book(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	if (scope->per_book)
		return build_figure(builder, expr->arg[scope->book], scope, bare, node);
	return law_fail(builder->law, expr->at, builder->why,
		"\"by book\" in a form without copies, wanted a form that is \"per "
		"book\"");
}

static bool expand(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	struct graph_node leaf = node_blank(OP_STATUS_IS, KIND_CONDITION);

	switch (expr->what) {
	case EXPR_NUMBER:
		return number(builder, expr, bare, node);
	case EXPR_REFERENCE:
		return build_reference(builder, &expr->to, scope, node);
	case EXPR_CALL:
		return call(builder, expr, scope, node);
	case EXPR_OPERATION:
		return operation(builder, expr, scope, bare, node);
	case EXPR_RANGE:
		return range(builder, expr, scope, node);
	case EXPR_BY_BOOK:
		return by_book(builder, expr, scope, bare, node);
	case EXPR_STATUS:
		leaf.is.statuses = expr->statuses;
		leaf.prior = expr->prior;
		return node_add(builder, leaf, NULL, 0, expr->at, node);
	case EXPR_CHOICE:
		return build_choice_condition(builder, expr, scope, node);
	case EXPR_YES:
	case EXPR_GIVEN:
		return build_input_condition(builder, expr, scope, node);
	case EXPR_FILLED:
		return build_filled(builder, expr, scope, node);
	case EXPR_YEAR:
		return node_condition(builder, year_holds(expr, builder->year), node);
	case EXPR_HAS_PRIOR:
		if (builder->prior == NULL)
			return node_condition(builder, false, node);
		leaf.op = OP_HAS_PRIOR;
		return node_add(builder, leaf, NULL, 0, expr->at, node);
	case EXPR_SCHEDULE:
		leaf.op = OP_SCHEDULE;
		return node_add(builder, leaf, NULL, 0, expr->at, node);
	}
	return false;
}

bool build_expr(struct builder *builder, const struct expr *expr,
	const struct scope *scope, enum graph_kind bare, uint32_t *node)
{
	if (!build_enter(builder, expr->at) || !expand(builder, expr, scope, bare, node))
		return false;
	build_leave(builder);
	return true;
}

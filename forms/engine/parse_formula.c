/* Reads formulas and conditions into trees by precedence. */
#include <stdio.h>
#include <string.h>

#include "forms/engine/parser.h"

#define DEPTH_LIMIT    100
#define ARGUMENT_LIMIT 64

struct arguments {
	struct expr *at[ARGUMENT_LIMIT];
	uint32_t count;
};

static struct expr *operation(const struct parser *parser, enum graph_op op,
	struct place at, const struct arguments *arguments)
{
	struct expr *const expr = parse_expr(parser, EXPR_OPERATION, at);

	expr->op = op;
	expr->args = arguments->count;
	expr->arg = pool_copy(&parser->law->pool, arguments->at,
		arguments->count * sizeof *arguments->at);
	expr->bare = op != OP_IF && op != OP_MULTIPLY && op != OP_DIVIDE;
	for (uint32_t i = 0; i < arguments->count; i++)
		expr->bare = expr->bare && arguments->at[i]->bare;
	if (op == OP_IF && arguments->count == 3)
		expr->bare = arguments->at[1]->bare && arguments->at[2]->bare;
	return expr;
}

static struct expr *pair(const struct parser *parser, enum graph_op op, struct place at,
	struct expr *a, struct expr *b)
{
	const struct arguments two = { .at = { a, b }, .count = 2 };

	return operation(parser, op, at, &two);
}

static bool list(struct parser *parser, struct arguments *arguments)
{
	arguments->count = 0;
	bool more = true;

	while (more) {
		if (arguments->count == ARGUMENT_LIMIT)
			return parser_wrong(parser, "at most 64 arguments");
		if (!parse_formula(parser, &arguments->at[arguments->count++]) ||
			!parser_take(parser, ",", &more))
			return false;
	}
	return parser_want(parser, ")", "\",\" or \")\" after an argument");
}

/* ---- functions ---- */

static const struct {
	const char *name;
	enum graph_op op;
	uint32_t least, most;
	const char *wanted;
} functions[] = {
	{ "max", OP_MAX, 2, ARGUMENT_LIMIT, "two or more arguments of max" },
	{ "min", OP_MIN, 2, ARGUMENT_LIMIT, "two or more arguments of min" },
	{ "sum", OP_SUM, 1, ARGUMENT_LIMIT, "the arguments of sum" },
	{ "round", OP_ROUND, 2, 2, "two arguments: round(x, unit)" },
	{ "floor", OP_FLOOR, 2, 2, "two arguments: floor(x, step)" },
	{ "abs", OP_ABS, 1, 1, "one argument of abs" },
};

/* sum(La .. Lb); *was is false if it is a sum of arguments, of which the first was read. */
static bool range(struct parser *parser, struct place at, struct expr *first,
	struct expr **to, bool *was)
{
	if (!parser_take(parser, "..", was))
		return false;
	if (!*was)
		return true;
	if (first->what != EXPR_REFERENCE)
		return law_fail(parser->law, first->at, parser->why,
			"a formula before \"..\", wanted a line such as L1");
	struct expr *const last = parse_expr(parser, EXPR_REFERENCE, parser->now.at);

	if (!parse_reference(parser, &last->to))
		return false;
	const struct arguments two = { .at = { first, last }, .count = 2 };

	*to = operation(parser, OP_SUM, at, &two);
	(*to)->what = EXPR_RANGE;
	return parser_want(parser, ")", "\")\" after a range of lines");
}

static bool built_in(struct parser *parser, size_t which, struct expr **to)
{
	const struct place at = parser->now.at;
	struct arguments arguments = { .count = 0 };
	bool was = false;

	if (!parser_next(parser) || !parser_want(parser, "(", "\"(\""))
		return false;
	if (functions[which].op == OP_SUM) {
		struct expr *first;

		if (!parse_formula(parser, &first) || !range(parser, at, first, to, &was))
			return false;
		if (was)
			return true;
		arguments.at[0] = first;
		bool more;
		if (!parser_take(parser, ",", &more))
			return false;
		if (!more) {
			arguments.count = 1;
			*to = operation(parser, OP_SUM, at, &arguments);
			return parser_want(parser, ")", "\",\", \"..\" or \")\"");
		}
		struct arguments rest;

		if (!list(parser, &rest))
			return false;
		if (rest.count == ARGUMENT_LIMIT)
			return law_fail(parser->law, at, parser->why,
				"a sum of more than 64 arguments, wanted at most 64");
		memcpy(arguments.at + 1, rest.at, rest.count * sizeof *rest.at);
		arguments.count = rest.count + 1;
	} else if (!list(parser, &arguments)) {
		return false;
	}
	if (arguments.count < functions[which].least ||
		arguments.count > functions[which].most)
		return law_fail(parser->law, at, parser->why,
			"%u argument%s of %s, wanted %s", arguments.count,
			arguments.count == 1 ? "" : "s", functions[which].name,
			functions[which].wanted);
	*to = operation(parser, functions[which].op, at, &arguments);
	return true;
}

/* by book (regular: A, amt: B) */
static bool by_book(struct parser *parser, struct expr **to)
{
	const struct place at = parser->now.at;
	struct arguments arguments = { .count = BOOKS };

	if (!parser_next(parser) ||
		!parser_want(parser, "book", "\"book\" after \"by\"") ||
		!parser_want(parser, "(", "\"(\" after \"by book\""))
		return false;
	for (int i = 0; i < BOOKS; i++) {
		const char *const name = book_name((enum book)i);
		char wanted[64];

		snprintf(wanted, sizeof wanted, "\"%s:\"", name);
		if ((i > 0 && !parser_want(parser, ",", "\",\" and the next book")) ||
			!parser_want(parser, name, wanted) ||
			!parser_want(parser, ":", wanted) ||
			!parse_formula(parser, &arguments.at[i]))
			return false;
	}
	*to = operation(parser, OP_IF, at, &arguments);
	(*to)->what = EXPR_BY_BOOK;
	return parser_want(parser, ")", "\")\"");
}

static bool call(struct parser *parser, struct expr *expr)
{
	struct arguments arguments;

	if (expr->to.form != 0 || expr->to.has_book || expr->to.prior || expr->to.line)
		return parser_wrong(
			parser, "an operator, as only a function takes arguments");
	if (!parser_next(parser) || !list(parser, &arguments))
		return false;
	expr->what = EXPR_CALL;
	expr->args = arguments.count;
	expr->arg = pool_copy(
		&parser->law->pool, arguments.at, arguments.count * sizeof *arguments.at);
	return true;
}

static bool name_or_call(struct parser *parser, struct expr **to)
{
	struct expr *const expr = *to =
		parse_expr(parser, EXPR_REFERENCE, parser->now.at);

	const struct span text = parser->now.text;

	if (word_is_reserved(text) && !span_is(text, "input") && !span_is(text, "ledger"))
		return parser_wrong(parser, "a name, a number or \"(\"");
	if (!parse_reference(parser, &expr->to))
		return false;
	if (parser_at(parser, "("))
		return call(parser, expr);
	if (parser_at(parser, "is") || parser_at(parser, "in")) {
		expr->what = EXPR_CHOICE;
		return parse_words(parser, expr);
	}
	return true;
}

static bool word(struct parser *parser, struct expr **to)
{
	const struct span text = parser->now.text;

	for (size_t i = 0; i < COUNT(functions); i++)
		if (span_is(text, functions[i].name))
			return built_in(parser, i, to);
	if (span_is(text, "by"))
		return by_book(parser, to);
	if (span_is(text, "status"))
		return parse_status(parser, to);
	if (span_is(text, "year"))
		return parse_year(parser, to);
	if (span_is(text, "yes"))
		return parse_question(parser, EXPR_YES, to);
	if (span_is(text, "given"))
		return parse_question(parser, EXPR_GIVEN, to);
	if (span_is(text, "filled"))
		return parse_question(parser, EXPR_FILLED, to);
	if (span_is(text, "has_prior"))
		return parse_plain(parser, EXPR_HAS_PRIOR, to);
	if (span_is(text, "option"))
		return parse_option(parser, to);
	return name_or_call(parser, to);
}

static bool number(struct parser *parser, struct expr **to)
{
	const struct token *const now = &parser->now;
	struct expr *const expr = *to = parse_expr(parser, EXPR_NUMBER, now->at);

	expr->number = now->number;
	expr->by = now->by;
	expr->is_rate = now->kind == TOKEN_RATE;
	expr->bare = !expr->is_rate;
	expr->text = names_text(parser->law->names,
		names_add(parser->law->names, now->text.at, now->text.length));
	return parser_next(parser);
}

static bool primary(struct parser *parser, struct expr **to)
{
	bool was;

	switch (parser->now.kind) {
	case TOKEN_NUMBER:
	case TOKEN_RATE:
		return number(parser, to);
	case TOKEN_WORD:
		return word(parser, to);
	case TOKEN_SIGN:
		if (!parser_take(parser, "(", &was))
			return false;
		if (was)
			return parse_formula(parser, to) &&
				parser_want(parser, ")", "\")\"");
		break;
	case TOKEN_BEGIN:
	case TOKEN_END:
	case TOKEN_ID:
	case TOKEN_STRING:
		break;
	}
	return parser_wrong(parser, "a name, a number or \"(\"");
}

/* ---- operators, from the tightest to the loosest ---- */

static bool unary(struct parser *parser, struct expr **to)
{
	const struct place at = parser->now.at;
	bool minus;

	if (!parser_take(parser, "-", &minus))
		return false;
	if (!minus)
		return primary(parser, to);
	struct arguments one = { .count = 1 };

	if (parser_at(parser, "-"))
		return parser_wrong(parser, "a name, a number or \"(\" after \"-\"");
	if (!primary(parser, &one.at[0]))
		return false;
	*to = operation(parser, OP_NEGATE, at, &one);
	return true;
}

typedef bool level(struct parser *, struct expr **);

/* Operators of one precedence, from left to right. A long row of them must not nest deeply. */
static bool chain(struct parser *parser, level *tighter, const char *const signs[2],
	const enum graph_op ops[2], struct expr **to)
{
	int length = 0;

	if (!tighter(parser, to))
		return false;
	for (;;) {
		const struct place at = parser->now.at;
		bool first, second = false;
		struct expr *right;

		if (!parser_take(parser, signs[0], &first) ||
			(!first && signs[1] != NULL &&
				!parser_take(parser, signs[1], &second)))
			return false;
		if (!first && !second)
			return true;
		if (++length > DEPTH_LIMIT)
			return law_fail(parser->law, at, parser->why,
				"a row of more than %d operators, wanted parentheses or "
				"values that hold its parts",
				DEPTH_LIMIT);
		if (!tighter(parser, &right))
			return false;
		*to = pair(parser, first ? ops[0] : ops[1], at, *to, right);
	}
}

static bool product(struct parser *parser, struct expr **to)
{
	return chain(parser, unary, (const char *const[]){ "*", "/" },
		(const enum graph_op[]){ OP_MULTIPLY, OP_DIVIDE }, to);
}

static bool sum(struct parser *parser, struct expr **to)
{
	return chain(parser, product, (const char *const[]){ "+", "-" },
		(const enum graph_op[]){ OP_ADD, OP_SUBTRACT }, to);
}

/* What cannot be compared: so that the "=" of a line may follow `when has_prior`. */
static bool is_condition(const struct expr *expr)
{
	switch (expr->what) {
	case EXPR_STATUS:
	case EXPR_CHOICE:
	case EXPR_YES:
	case EXPR_GIVEN:
	case EXPR_FILLED:
	case EXPR_YEAR:
	case EXPR_HAS_PRIOR:
	case EXPR_SCHEDULE:
		return true;
	case EXPR_OPERATION:
		return expr->op >= OP_LESS && expr->op <= OP_NOT;
	case EXPR_NUMBER:
	case EXPR_REFERENCE:
	case EXPR_CALL:
	case EXPR_RANGE:
	case EXPR_BY_BOOK:
		return false;
	}
	return false;
}

static bool comparison(struct parser *parser, struct expr **to)
{
	struct expr *left, *right;
	const struct token before = parser->now;
	enum graph_op op = OP_LESS;

	if (!sum(parser, &left))
		return false;
	const struct place at = parser->now.at;
	bool was = false;

	if (!is_condition(left) && !parse_comparison(parser, &op, &was))
		return false;
	if (!was) {
		*to = left;
		return true;
	}
	if (!sum(parser, &right))
		return false;
	*to = pair(parser, op, before.at, left, right);
	(*to)->at = at;
	return true;
}

static bool negation(struct parser *parser, struct expr **to)
{
	const struct place at = parser->now.at;
	bool not ;

	if (!parser_take(parser, "not", &not ))
		return false;
	if (!not )
		return comparison(parser, to);
	struct arguments one = { .count = 1 };

	if (!comparison(parser, &one.at[0]))
		return false;
	*to = operation(parser, OP_NOT, at, &one);
	return true;
}

static bool conjunction(struct parser *parser, struct expr **to)
{
	return chain(parser, negation, (const char *const[]){ "and", NULL },
		(const enum graph_op[]){ OP_AND, OP_AND }, to);
}

static bool disjunction(struct parser *parser, struct expr **to)
{
	return chain(parser, conjunction, (const char *const[]){ "or", NULL },
		(const enum graph_op[]){ OP_OR, OP_OR }, to);
}

static bool choice(struct parser *parser, bool inner, struct expr **to);

/* What stands before an `else` that is not its own: `A else B` needs parentheses there. */
static bool between(struct parser *parser, struct expr **to)
{
	return parser_at(parser, "if") ? choice(parser, true, to)
				       : disjunction(parser, to);
}

static bool choice(struct parser *parser, bool inner, struct expr **to)
{
	struct arguments three = { .count = 3 };
	const struct place at = parser->now.at;
	bool inside = ++parser->depth <= DEPTH_LIMIT;

	if (!inside)
		return law_fail(parser->law, at, parser->why,
			"formulas nested more than %d deep, wanted values that hold the "
			"parts",
			DEPTH_LIMIT);
	if (!parser_next(parser) || !disjunction(parser, &three.at[0]) ||
		!parser_want(parser, "then", "\"then\" after the condition") ||
		!between(parser, &three.at[1]) ||
		!parser_want(parser, "else", "\"else\" and what holds otherwise") ||
		!(inner ? between : parse_formula)(parser, &three.at[2]))
		return false;
	parser->depth--;
	*to = operation(parser, OP_IF, at, &three);
	return true;
}

bool parse_formula(struct parser *parser, struct expr **to)
{
	if (parser_at(parser, "if"))
		return choice(parser, false, to);
	const struct place at = parser->now.at;

	if (++parser->depth > DEPTH_LIMIT)
		return law_fail(parser->law, at, parser->why,
			"formulas nested more than %d deep, wanted values that hold the "
			"parts",
			DEPTH_LIMIT);
	bool has_else;
	if (!disjunction(parser, to))
		return false;
	const struct place at_else = parser->now.at;

	if (!parser_take(parser, "else", &has_else))
		return false;
	if (has_else) {
		struct expr *otherwise;

		if (!parse_formula(parser, &otherwise))
			return false;
		*to = pair(parser, OP_ELSE, at_else, *to, otherwise);
	}
	parser->depth--;
	return true;
}

bool word_is_reserved(struct span word)
{
	static const char *const reserved[] = { "if", "then", "else", "and", "or", "not",
		"is", "in", "by", "book", "per", "status", "year", "id", "yes", "given",
		"filled", "has_prior", "option", "input", "ledger", "when", "prior",
		"max", "min", "sum", "round", "floor", "abs" };

	for (size_t i = 0; i < COUNT(reserved); i++)
		if (span_is(word, reserved[i]))
			return true;
	return false;
}

/* Reads names, and the conditions that ask about a name: what the formulas are made from. */
#include <stdio.h>
#include <string.h>

#include "forms/engine/parser.h"

#define WORD_LIMIT 64

struct expr *parse_expr(const struct parser *parser, enum expr_what what, struct place at)
{
	struct expr *const expr = pool_alloc(&parser->law->pool, sizeof *expr);

	expr->what = what;
	expr->at = at;
	return expr;
}

/* The id of a line after a point: 2k, 16, agi. */
static bool line_id(struct parser *parser, uint32_t *name)
{
	const struct token *const now = &parser->now;

	if (now->kind != TOKEN_WORD && now->kind != TOKEN_ID &&
		(now->kind != TOKEN_NUMBER || now->by != 1))
		return parser_wrong(parser, "the id of a line after \".\"");
	*name = names_add(parser->law->names, now->text.at, now->text.length);
	return parser_next(parser);
}

static bool is_line_word(struct span word)
{
	return word.length > 1 && word.at[0] == 'L' && word.at[1] >= '0' &&
		word.at[1] <= '9';
}

/* [@book][@prior], on to the next token. */
static bool marks(struct parser *parser, struct reference *to)
{
	bool was;

	for (;;) {
		if (!parser_take(parser, "@", &was))
			return false;
		if (!was)
			return true;
		char name[NAME_LIMIT + 1];
		const struct span text = parser->now.text;

		if (parser->now.kind != TOKEN_WORD)
			return parser_wrong(parser, "a book or \"prior\" after \"@\"");
		snprintf(name, sizeof name, "%.*s", (int)text.length, text.at);
		if (strcmp(name, "prior") == 0 && !to->prior)
			to->prior = true;
		else if (!to->has_book && !to->prior && book_find(name, &to->book))
			to->has_book = true;
		else
			return parser_wrong(parser, "a book or \"prior\" after \"@\"");
		if (!parser_next(parser))
			return false;
	}
}

bool parse_reference(struct parser *parser, struct reference *to)
{
	const struct span text = parser->now.text;
	struct names *const names = parser->law->names;
	bool was;

	*to = (struct reference){ .at = parser->now.at };
	if (parser->now.kind != TOKEN_WORD)
		return parser_wrong(parser, "a name");
	if (is_line_word(text)) {
		to->line = true;
		to->name = names_add(names, text.at + 1, text.length - 1);
		return parser_next(parser);
	}
	to->name = names_add(names, text.at, text.length);
	if (!parser_next(parser) || !marks(parser, to) || !parser_take(parser, ".", &was))
		return false;
	if (!was)
		return true;
	to->form = to->name;
	return line_id(parser, &to->name);
}

static bool status_of_word(struct parser *parser, uint32_t *mask)
{
	char name[NAME_LIMIT + 1] = "";
	enum filing_status status;

	if (parser->now.kind == TOKEN_WORD)
		snprintf(name, sizeof name, "%.*s", (int)parser->now.text.length,
			parser->now.text.at);
	if (!status_find(name, &status))
		return parser_wrong(parser, "one of single, mfj, mfs, hoh, qss");
	*mask |= 1u << status;
	return parser_next(parser);
}

static bool choice_word(struct parser *parser, uint32_t *word)
{
	if (parser->now.kind != TOKEN_WORD)
		return parser_wrong(parser, "one of the words of the input");
	*word = names_add(
		parser->law->names, parser->now.text.at, parser->now.text.length);
	return parser_next(parser);
}

/* `is WORD` or `in (WORD, WORD)`. */
bool parse_words(struct parser *parser, struct expr *expr)
{
	uint32_t word[WORD_LIMIT];
	bool many, more = true;

	if (!parser_take(parser, "in", &many) ||
		!parser_want(parser, many ? "(" : "is", "\"is\" or \"in (\""))
		return false;
	while (more) {
		if (expr->words == WORD_LIMIT)
			return parser_wrong(parser, "at most 64 words");
		if (expr->what == EXPR_STATUS ? !status_of_word(parser, &expr->statuses)
					      : !choice_word(parser, &word[expr->words]))
			return false;
		expr->words++;
		more = false;
		if (many && !parser_take(parser, ",", &more))
			return false;
	}
	if (expr->what == EXPR_CHOICE)
		expr->word =
			pool_copy(&parser->law->pool, word, expr->words * sizeof *word);
	return !many || parser_want(parser, ")", "\",\" or \")\" after a word");
}

bool parse_status(struct parser *parser, struct expr **to)
{
	struct expr *const expr = *to = parse_expr(parser, EXPR_STATUS, parser->now.at);
	struct reference marked = { .at = parser->now.at };

	if (!parser_next(parser) || !marks(parser, &marked))
		return false;
	if (marked.has_book)
		return law_fail(parser->law, marked.at, parser->why,
			"the filing status of a book, wanted \"status\" or "
			"\"status@prior\"");
	expr->prior = marked.prior;
	return parse_words(parser, expr);
}

static const struct {
	const char *sign;
	enum graph_op op;
} comparisons[] = {
	{ "<", OP_LESS },
	{ "<=", OP_LESS_EQUAL },
	{ ">", OP_MORE },
	{ ">=", OP_MORE_EQUAL },
	{ "=", OP_EQUAL },
	{ "<>", OP_NOT_EQUAL },
};

bool parse_comparison(struct parser *parser, enum graph_op *op, bool *was)
{
	*was = false;
	for (size_t i = 0; i < COUNT(comparisons) && !*was; i++) {
		if (!parser_take(parser, comparisons[i].sign, was))
			return false;
		*op = comparisons[i].op;
	}
	return true;
}

bool parse_year(struct parser *parser, struct expr **to)
{
	struct expr *const expr = *to = parse_expr(parser, EXPR_YEAR, parser->now.at);
	bool was;

	if (!parser_next(parser) || !parse_comparison(parser, &expr->op, &was))
		return false;
	if (!was)
		return parser_wrong(parser, "a comparison after \"year\"");
	if (parser->now.kind != TOKEN_NUMBER || parser->now.by != 1)
		return parser_wrong(parser, "a year");
	expr->number = parser->now.number;
	return parser_next(parser);
}

/* yes(NAME), given(NAME), filled(LINE) */
bool parse_question(struct parser *parser, enum expr_what what, struct expr **to)
{
	struct expr *const expr = *to = parse_expr(parser, what, parser->now.at);

	return parser_next(parser) && parser_want(parser, "(", "\"(\"") &&
		parse_reference(parser, &expr->to) && parser_want(parser, ")", "\")\"");
}

bool parse_plain(struct parser *parser, enum expr_what what, struct expr **to)
{
	*to = parse_expr(parser, what, parser->now.at);
	return parser_next(parser);
}

bool parse_option(struct parser *parser, struct expr **to)
{
	*to = parse_expr(parser, EXPR_SCHEDULE, parser->now.at);
	return parser_next(parser) &&
		parser_want(parser, "schedule", "\"schedule\" after \"option\"");
}

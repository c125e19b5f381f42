/* Reads the statements of a definition file. */
#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "forms/engine/parser.h"

#define NO_FORM UINT32_MAX
#define EVER    9999

/* ---- tokens ---- */

bool parser_next(struct parser *parser)
{
	if (lexer_next(&parser->lexer, &parser->now, parser->why))
		return true;
	return fail_file(parser->why, parser->law->file[parser->lexer.place.file]);
}

bool parser_at(const struct parser *parser, const char *word)
{
	return (parser->now.kind == TOKEN_WORD || parser->now.kind == TOKEN_SIGN) &&
		span_is(parser->now.text, word);
}

bool parser_take(struct parser *parser, const char *word, bool *was)
{
	*was = parser_at(parser, word);
	return !*was || parser_next(parser);
}

bool parser_wrong(struct parser *parser, const char *wanted)
{
	char found[TOKEN_NAME];

	return law_fail(parser->law, parser->now.at, parser->why, "%s, wanted %s",
		token_name(&parser->now, found), wanted);
}

bool parser_want(struct parser *parser, const char *word, const char *wanted)
{
	return parser_at(parser, word) ? parser_next(parser)
				       : parser_wrong(parser, wanted);
}

bool parser_text(struct parser *parser, const char *wanted, const char **to)
{
	if (parser->now.kind != TOKEN_STRING)
		return parser_wrong(parser, wanted);
	*to = pool_text(&parser->law->pool, parser->now.text.at, parser->now.text.length);
	return parser_next(parser);
}

bool parser_name(struct parser *parser, const char *wanted, uint32_t *name)
{
	const struct token *const now = &parser->now;

	if (now->kind != TOKEN_WORD)
		return parser_wrong(parser, wanted);
	if (word_is_reserved(now->text))
		return law_fail(parser->law, now->at, parser->why,
			"\"%.*s\" is a word of the language, wanted another name",
			(int)now->text.length, now->text.at);
	*name = names_add(parser->law->names, now->text.at, now->text.length);
	return parser_next(parser);
}

/* ---- parts of statements ---- */

/* Any of `from 2020`, `until 2024`, `in 2021`, together. */
static bool years(struct parser *parser, struct years *to)
{
	static const char *const words[] = { "from", "until", "in" };

	*to = (struct years){ 0, EVER };
	for (size_t i = 0; i < COUNT(words);) {
		if (!parser_at(parser, words[i])) {
			i++;
			continue;
		}
		if (!parser_next(parser))
			return false;
		const struct token now = parser->now;

		if (now.kind != TOKEN_NUMBER || now.by != 1 || now.number < 1900 ||
			now.number > 2199)
			return parser_wrong(parser, "a year");
		if (i != 1 && now.number > to->first)
			to->first = (int)now.number;
		if (i != 0 && now.number < to->last)
			to->last = (int)now.number;
		if (to->first > to->last)
			return parser_wrong(parser, "years that include at least one");
		if (!parser_next(parser))
			return false;
		i = 0;
	}
	return true;
}

static bool in_form(struct parser *parser, const char *statement)
{
	if (parser->form != NO_FORM)
		return true;
	return law_fail(parser->law, parser->now.at, parser->why,
		"a %s before any form, wanted a \"form\" statement first", statement);
}

/* "law" and its like, each at most once. */
bool parser_clause(struct parser *parser, const char *word, const char **to, bool *was)
{
	*was = parser_at(parser, word);
	if (!*was)
		return true;
	if (*to != NULL)
		return parser_wrong(parser, "each clause once");
	char wanted[64];

	snprintf(wanted, sizeof wanted, "a text after \"%s\"", word);
	return parser_next(parser) && parser_text(parser, wanted, to);
}

bool parser_per_book(struct parser *parser, bool *is)
{
	if (!parser_take(parser, "per", is))
		return false;
	return !*is || parser_want(parser, "book", "\"book\" after \"per\"");
}

/* Makes a name known to all forms; fails if it already is. */
bool parser_declare(struct parser *parser, uint32_t name, struct place at,
	enum symbol_kind kind, uint32_t index)
{
	static const char *const kinds[] = { "", "input", "parameter", "function" };
	struct law *const law = parser->law;
	struct symbol *const symbol = law_symbol(law, name);
	struct place first = at;

	switch (symbol->kind) {
	case SYMBOL_NONE:
		symbol->kind = kind;
		symbol->index = index;
		return true;
	case SYMBOL_INPUT:
		first = law->input_at[symbol->index];
		break;
	case SYMBOL_PARAMETER:
		first = law->parameter[symbol->index].at;
		break;
	case SYMBOL_FUNCTION:
		first = law->function[symbol->index].at;
		break;
	}
	return law_fail(law, at, parser->why,
		"\"%s\" is already the %s of %s:%u, wanted another name",
		law_word(law, name), kinds[symbol->kind], law->file[first.file],
		first.row);
}

/* ---- statements; each begins after its first word ---- */

static bool form(struct parser *parser, struct place at)
{
	struct law *const law = parser->law;
	struct form_definition new = { .at = at };
	bool is_per_book;

	if (!parser_name(parser, "the id of the form", &new.id) ||
		!parser_text(parser, "the name of the form, as a text", &new.name) ||
		!parser_text(parser, "the title of the form, as a text", &new.title) ||
		!parser_per_book(parser, &is_per_book))
		return false;
	new.per_book = is_per_book;
	struct symbol *const symbol = law_symbol(law, new.id);

	if (symbol->form != 0) {
		const struct place first = law->form[symbol->form - 1].at;

		return law_fail(law, at, parser->why,
			"form \"%s\" already begins at %s:%u, wanted one form of that id",
			law_word(law, new.id), law->file[first.file], first.row);
	}
	GROW(law->form, law->forms, law->forms_room);
	law->form[law->forms++] = new;
	symbol->form = law->forms;
	parser->form = law->forms - 1;
	parser->part = NULL;
	return true;
}

static bool draft(struct parser *parser, struct place at)
{
	struct draft new;

	(void)at;
	if (!in_form(parser, "draft") || !years(parser, &new.years) ||
		!parser_text(parser, "why it is a draft, as a text", &new.text))
		return false;
	struct form_definition *const to = &parser->law->form[parser->form];

	GROW(to->draft, to->drafts, to->drafts_room);
	to->draft[to->drafts++] = new;
	return true;
}

static bool part(struct parser *parser, struct place at)
{
	(void)at;
	return in_form(parser, "part") &&
		parser_text(parser, "the heading, as a text", &parser->part);
}

static bool printed_clause(
	struct parser *parser, struct printed *printed, uint32_t *count, bool *was)
{
	if (!parser_take(parser, "printed", was) || !*was)
		return !*was;
	if (*count == PARSER_LIST_LIMIT)
		return parser_wrong(parser, "at most 64 printed numbers");
	struct printed *const new = &printed[(*count)++];

	return parser_text(parser, "the number on the form, as a text", &new->text) &&
		years(parser, &new->years);
}

static bool line_clauses(struct parser *parser, struct line_definition *line)
{
	struct printed printed[PARSER_LIST_LIMIT];
	bool was = true;

	while (was) {
		if (!parser_clause(parser, "law", &line->law, &was))
			return false;
		if (!was && !parser_clause(parser, "note", &line->note, &was))
			return false;
		if (!was && parser_at(parser, "exact") && line->exact)
			return parser_wrong(parser, "each clause once");
		if (!was) {
			if (!parser_take(parser, "exact", &was))
				return false;
			line->exact = line->exact || was;
		}
		if (!was && parser_at(parser, "printed") &&
			!printed_clause(parser, printed, &line->printed_count, &was))
			return false;
	}
	line->printed = pool_copy(
		&parser->law->pool, printed, line->printed_count * sizeof *printed);
	return true;
}

/* Links a line to the others of its name; no two of a form may meet in a year. */
static bool add_line(struct parser *parser, struct line_definition new)
{
	struct law *const law = parser->law;
	struct symbol *const symbol = law_symbol(law, new.id);

	for (uint32_t other = symbol->definition; other != 0;
		other = law->line[other - 1].other) {
		const struct line_definition *const old = &law->line[other - 1];

		if (old->form != new.form || old->years.first > new.years.last ||
			new.years.first > old->years.last)
			continue;
		const int year = old->years.first > new.years.first ? old->years.first
								    : new.years.first;
		return law_fail(law, new.at, parser->why,
			"line %s.%s is already defined at %s:%u for %d, wanted years "
			"apart "
			"(from, until, in)",
			law_word(law, law->form[new.form].id), law_word(law, new.id),
			law->file[old->at.file], old->at.row,
			year > LAW_FIRST_YEAR ? year : LAW_FIRST_YEAR);
	}
	new.other = symbol->definition;
	GROW(law->line, law->lines, law->lines_room);
	law->line[law->lines++] = new;
	symbol->definition = law->lines;
	return true;
}

static bool line_or_value(struct parser *parser, struct place at, bool is_value)
{
	struct line_definition new = {
		.at = at, .form = parser->form, .part = parser->part, .is_value = is_value
	};
	const struct token id = parser->now;
	struct expr *when = NULL, *formula;
	bool has_when;

	if (!in_form(parser, is_value ? "value" : "line"))
		return false;
	if (!is_value &&
		(id.kind == TOKEN_ID || (id.kind == TOKEN_NUMBER && id.by == 1))) {
		new.id = names_add(parser->law->names, id.text.at, id.text.length);
		if (!parser_next(parser))
			return false;
	} else if (!parser_name(parser,
			   is_value ? "the name of the value" : "the id of the line",
			   &new.id)) {
		return false;
	}
	if (!years(parser, &new.years) ||
		!parser_text(parser, "the label, as a text", &new.label) ||
		!parser_take(parser, "when", &has_when) ||
		(has_when && !parse_formula(parser, &when)) ||
		!parser_want(parser, "=", "\"=\" and a formula") ||
		!parse_formula(parser, &formula) || !line_clauses(parser, &new))
		return false;
	new.when = when;
	new.formula = formula;
	return add_line(parser, new);
}

static bool line(struct parser *parser, struct place at)
{
	return line_or_value(parser, at, false);
}

static bool value(struct parser *parser, struct place at)
{
	return line_or_value(parser, at, true);
}

static bool parameter(struct parser *parser, struct place at)
{
	struct law *const law = parser->law;
	struct parameter_definition new = { .at = at };
	bool was;

	if (!parser_name(parser, "the name of the parameter", &new.name) ||
		!parser_text(parser, "what it is, as a text", &new.what) ||
		!parser_take(parser, "rate", &new.is_rate) ||
		(!new.is_rate && !parser_take(parser, "amount", &was)) ||
		!parser_take(parser, "by", &new.by_status) ||
		(new.by_status &&
			!parser_want(parser, "status", "\"status\" after \"by\"")) ||
		!parse_table(parser, &new) ||
		!parser_declare(parser, new.name, at, SYMBOL_PARAMETER, law->parameters))
		return false;
	GROW(law->parameter, law->parameters, law->parameters_room);
	law->parameter[law->parameters++] = new;
	return true;
}

static bool function_arguments(
	struct parser *parser, struct function_definition *function)
{
	uint32_t name[PARSER_LIST_LIMIT];
	bool more = true;

	if (!parser_want(parser, "(", "\"(\" and the arguments"))
		return false;
	while (more) {
		if (function->arguments == PARSER_LIST_LIMIT)
			return parser_wrong(parser, "at most 64 arguments");
		uint32_t *const new = &name[function->arguments];
		const struct token now = parser->now;

		if (!parser_name(parser, "the name of an argument", new))
			return false;
		for (uint32_t i = 0; i < function->arguments; i++)
			if (name[i] == *new)
				return law_fail(parser->law, now.at, parser->why,
					"a second argument \"%s\", wanted each name once",
					law_word(parser->law, *new));
		function->arguments++;
		if (!parser_take(parser, ",", &more))
			return false;
	}
	function->argument =
		pool_copy(&parser->law->pool, name, function->arguments * sizeof *name);
	return parser_want(parser, ")", "\",\" or \")\" after an argument");
}

static bool function(struct parser *parser, struct place at)
{
	struct law *const law = parser->law;
	struct function_definition new = { .at = at };
	struct expr *body;

	if (!parser_name(parser, "the name of the function", &new.name) ||
		!function_arguments(parser, &new) ||
		!parser_text(parser, "what it does, as a text", &new.what) ||
		!parser_want(parser, "=", "\"=\" and a formula") ||
		!parse_formula(parser, &body) ||
		!parser_declare(parser, new.name, at, SYMBOL_FUNCTION, law->functions))
		return false;
	new.body = body;
	GROW(law->function, law->functions, law->functions_room);
	law->function[law->functions++] = new;
	return true;
}

static bool refusal(struct parser *parser, struct place at)
{
	struct law *const law = parser->law;
	struct refusal_definition new = { .at = at, .form = parser->form };
	struct expr *when;
	uint32_t id;

	if (!parser_name(parser, "the id of the refusal", &id) ||
		!years(parser, &new.years) ||
		!parser_text(parser, "the situation, as a text", &new.what) ||
		!parser_want(parser, "when", "\"when\" and a condition") ||
		!parse_formula(parser, &when) ||
		!parser_want(parser, "hint", "\"hint\" and what to do") ||
		!parser_text(parser, "what to do, as a text", &new.hint))
		return false;
	new.id = law_word(law, id);
	new.when = when;
	GROW(law->refusal, law->refusals, law->refusals_room);
	law->refusal[law->refusals++] = new;
	GROW(law->limit, law->limits, law->limits_room);
	law->limit[law->limits++] =
		(struct limit){ new.id, new.what, new.hint, LIMIT_REFUSED };
	return true;
}

/* What a limit does to the tax; a refusal has a statement of its own. */
static bool limit_effect(struct parser *parser, enum limit_effect *effect)
{
	for (*effect = LIMIT_ENTER; *effect < LIMIT_EFFECTS; ++*effect)
		if (parser_at(parser, limit_effect_name(*effect)))
			return parser_next(parser);
	return parser_wrong(
		parser, "\"enter\", \"overstates\", \"either\" or \"outside\"");
}

static bool limit(struct parser *parser, struct place at)
{
	struct law *const law = parser->law;
	struct limit new = { .hint = NULL };
	uint32_t id;

	(void)at;
	if (!parser_name(parser, "the id of the limit", &id) ||
		!parser_text(parser, "the situation, as a text", &new.what) ||
		!limit_effect(parser, &new.effect) ||
		(parser_at(parser, "hint") &&
			(!parser_next(parser) ||
				!parser_text(
					parser, "what to do, as a text", &new.hint))))
		return false;
	new.id = law_word(law, id);
	GROW(law->limit, law->limits, law->limits_room);
	law->limit[law->limits++] = new;
	return true;
}

static const struct {
	const char *word;
	bool (*read)(struct parser *, struct place);
	const char *after;
} statements[] = {
	{ "form", form, "\"per book\" or the next statement in the first column" },
	{ "draft", draft, "the next statement in the first column" },
	{ "part", part, "the next statement in the first column" },
	{ "line", line,
		"an operator, a clause (law, note, printed, exact) or the next "
		"statement in the first column" },
	{ "value", value,
		"an operator, a clause (law, note, printed, exact) or the next "
		"statement in the first column" },
	{ "input", parse_input,
		"a kind, a clause (law, note, hint) or the next statement in the "
		"first column" },
	{ "parameter", parameter, "a row of the table or the next statement" },
	{ "function", function, "an operator or the next statement in the first column" },
	{ "refuse", refusal, "the next statement in the first column" },
	{ "limit", limit, "\"hint\" or the next statement in the first column" },
};

static bool statement(struct parser *parser)
{
	const char *words[COUNT(statements)];
	const struct token first = parser->now;
	char word[NAME_LIMIT + 1] = "";

	for (size_t i = 0; i < COUNT(statements); i++) {
		words[i] = statements[i].word;
		if (!parser_at(parser, statements[i].word))
			continue;
		if (!parser_next(parser) || !statements[i].read(parser, first.at))
			return false;
		if (parser->now.kind == TOKEN_BEGIN || parser->now.kind == TOKEN_END)
			return true;
		return parser_wrong(parser, statements[i].after);
	}
	parser_wrong(parser,
		"a statement in the first column: form, draft, part, line, value, "
		"input, parameter, function, refuse or limit");
	if (first.kind != TOKEN_WORD)
		return false;
	memcpy(word, first.text.at, first.text.length);
	const char *const near = nearest_word(word, words, COUNT(words));

	return near == NULL ? false
			    : fail_hint(parser->why, "did you mean \"%s\"?", near);
}

bool parse_file(
	struct law *law, uint32_t file, const char *text, size_t length, struct fail *why)
{
	struct parser parser = { .law = law, .why = why, .form = NO_FORM };

	lexer_start(&parser.lexer, file, text, length);
	if (!parser_next(&parser))
		return false;
	while (parser.now.kind != TOKEN_END) {
		if (parser.now.kind != TOKEN_BEGIN)
			return parser_wrong(
				&parser, "a statement that begins in the first column");
		parser.depth = 0;
		if (!parser_next(&parser) || !statement(&parser))
			return false;
	}
	return true;
}

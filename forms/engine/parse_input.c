/* Reads an input: its kind, its words, and its copies in other books. */
#include <stdio.h>
#include <string.h>

#include "forms/engine/parser.h"

/* Words of an input, up to a clause or the end; the list ends in NULL. */
static bool input_words(struct parser *parser, struct input *input, const char *first)
{
	const char *word[PARSER_LIST_LIMIT + 2];
	uint32_t count = 0;

	if (first != NULL)
		word[count++] = first;
	while (parser->now.kind == TOKEN_WORD && !parser_at(parser, "default") &&
		!parser_at(parser, "law") && !parser_at(parser, "note") &&
		!parser_at(parser, "hint")) {
		if (count > PARSER_LIST_LIMIT - 2)
			return parser_wrong(parser, "at most 31 words");
		const struct span text = parser->now.text;
		const uint32_t name = names_add(parser->law->names, text.at, text.length);

		word[count++] = law_word(parser->law, name);
		for (uint32_t i = 0; i + 1 < count; i++)
			if (strcmp(word[i], word[count - 1]) == 0)
				return parser_wrong(parser, "each word once");
		if (count > 31)
			return parser_wrong(parser, "at most 31 words");
		if (!parser_next(parser))
			return false;
	}
	if (count < 2)
		return parser_wrong(parser,
			first != NULL ? "the word that may stand for the amount"
				      : "two or more words");
	word[count] = NULL;
	input->choice = pool_copy(&parser->law->pool, word, (count + 1) * sizeof *word);
	return true;
}

static bool default_word(struct parser *parser, struct input *input)
{
	if (!parser_want(parser, "default", "\"default\" and one of the words"))
		return false;
	for (int i = 0; input->choice[i] != NULL; i++)
		if (parser_at(parser, input->choice[i])) {
			input->default_choice = i;
			return parser_next(parser);
		}
	return parser_wrong(parser, "one of the words of the input");
}

/* "not negative", and then the kind is an amount. */
static bool input_not_negative(struct parser *parser, struct input *input)
{
	if (!parser_take(parser, "not", &input->not_negative))
		return false;
	if (!input->not_negative)
		return true;
	if (!parser_want(parser, "negative", "\"negative\" after \"not\""))
		return false;
	return (!parser_at(parser, "one_of") && !parser_at(parser, "count") &&
		       !parser_at(parser, "yes_no")) ||
		parser_wrong(parser, "an amount after \"not negative\"");
}

static bool input_kind(struct parser *parser, struct input *input)
{
	bool was;

	if (!parser_take(parser, "one_of", &was))
		return false;
	if (was) {
		input->kind = INPUT_ONE_OF;
		return input_words(parser, input, NULL) && default_word(parser, input);
	}
	if (!parser_take(parser, "count", &was))
		return false;
	if (was) {
		input->kind = INPUT_COUNT;
		return true;
	}
	if (!parser_take(parser, "yes_no", &was))
		return false;
	if (was) {
		input->kind = INPUT_YES_NO;
		return true;
	}
	if (!parser_take(parser, "amount", &was) ||
		(was && !parser_take(parser, "or", &was)))
		return false;
	return !was || input_words(parser, input, "");
}

static bool add_input(
	struct parser *parser, struct place at, uint32_t name, struct input new)
{
	struct law *const law = parser->law;

	if (!parser_declare(parser, name, at, SYMBOL_INPUT, law->inputs))
		return false;
	new.name = law_word(law, name);
	GROW(law->input_at, law->inputs, law->inputs_at_room);
	GROW(law->input, law->inputs, law->inputs_room);
	law->input_at[law->inputs] = at;
	law->input[law->inputs++] = new;
	return true;
}

bool parse_input(struct parser *parser, struct place at)
{
	struct law *const law = parser->law;
	struct input new = { .kind = INPUT_AMOUNT };
	uint32_t name;
	bool was = true, many;

	if (!parser_name(parser, "the name of the input", &name) ||
		!parser_text(parser, "what it is, as a text", &new.what) ||
		!parser_per_book(parser, &many) || !input_not_negative(parser, &new) ||
		!input_kind(parser, &new))
		return false;
	while (was) {
		if (!parser_clause(parser, "law", &new.law, &was) ||
			(!was && !parser_clause(parser, "note", &new.note, &was)) ||
			(!was && !parser_clause(parser, "hint", &new.hint, &was)))
			return false;
	}
	if (!add_input(parser, at, name, new))
		return false;
	for (int i = 1; i < BOOKS && many; i++) {
		char copy[2 * NAME_LIMIT];
		const int length = snprintf(copy, sizeof copy, "%s_%s",
			book_name((enum book)i), law_word(law, name));

		new.book = (enum book)i;
		new.what = pool_printf(
			&law->pool, "%s, for the %s book", new.what, book_name(new.book));
		if (!add_input(
			    parser, at, names_add(law->names, copy, (size_t)length), new))
			return false;
	}
	return true;
}

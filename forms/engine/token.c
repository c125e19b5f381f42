/* Cuts the text of a definition file into tokens with their places. */
#include "forms/engine/token.h"

#include <stdio.h>
#include <string.h>

void lexer_start(struct lexer *lexer, uint32_t file, const char *text, size_t length)
{
	*lexer = (struct lexer){
		.at = text,
		.end = text + length,
		.place = { file, 1, 1 },
	};
	if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		lexer->at += 3;
}

static bool fail_here(
	struct place place, struct fail *why, const char *found, const char *wanted)
{
	return fail_at(why, FAIL_BAD_INPUT, place.row, place.column, "%s, wanted %s",
		found, wanted);
}

static char peek(const struct lexer *lexer, size_t ahead)
{
	return (size_t)(lexer->end - lexer->at) > ahead ? lexer->at[ahead] : '\0';
}

/* Past one character of however many bytes, which are known to be whole. */
static void step(struct lexer *lexer)
{
	if (*lexer->at == '\n') {
		lexer->place.row++;
		lexer->place.column = 1;
		lexer->begun = false;
		lexer->at++;
		return;
	}
	lexer->at++;
	while (lexer->at < lexer->end && ((unsigned char)*lexer->at & 0xc0) == 0x80)
		lexer->at++;
	lexer->place.column++;
}

static void skip_blanks(struct lexer *lexer)
{
	while (lexer->at < lexer->end) {
		const char c = *lexer->at;

		if (c == '#')
			while (lexer->at < lexer->end && *lexer->at != '\n')
				step(lexer);
		else if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			step(lexer);
		else
			return;
	}
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static int64_t common_divisor(int64_t a, int64_t b)
{
	while (b != 0) {
		const int64_t rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* Digits with an optional point: number / by. False if there are too many digits. */
static bool decimal(struct span text, int64_t *number, int64_t *by)
{
	int digits = 0;
	bool after = false;

	*number = 0;
	*by = 1;
	for (size_t i = 0; i < text.length; i++) {
		if (text.at[i] == '.') {
			after = true;
			continue;
		}
		if (++digits > NUMBER_DIGITS)
			return false;
		*number = *number * 10 + (text.at[i] - '0');
		if (after)
			*by *= 10;
	}
	return true;
}

static void finish(struct lexer *lexer, struct token *token, size_t bytes)
{
	token->text = (struct span){ lexer->at, bytes };
	lexer->at += bytes;
	lexer->place.column += (uint32_t)bytes;
}

static bool short_enough(const struct token *token, struct fail *why)
{
	if (token->text.length <= NAME_LIMIT)
		return true;
	return fail_here(
		token->at, why, "a name that is too long", "at most 64 characters");
}

/* 3000  2.50  26%  2/37  and the id 2k. */
static bool number(struct lexer *lexer, struct token *token, struct fail *why)
{
	size_t length = 0;

	while (is_digit(peek(lexer, length)))
		length++;
	if (is_letter(peek(lexer, length))) {
		while (is_letter(peek(lexer, length)) || is_digit(peek(lexer, length)))
			length++;
		token->kind = TOKEN_ID;
		finish(lexer, token, length);
		return short_enough(token, why);
	}
	size_t whole = length;
	if (peek(lexer, length) == '.' && is_digit(peek(lexer, length + 1)))
		for (length++; is_digit(peek(lexer, length));)
			length++;
	bool fits =
		decimal((struct span){ lexer->at, length }, &token->number, &token->by);
	token->kind = TOKEN_NUMBER;
	if (peek(lexer, length) == '%') {
		token->kind = TOKEN_RATE;
		token->by *= 100;
		length++;
	} else if (length == whole && peek(lexer, length) == '/' &&
		is_digit(peek(lexer, length + 1))) {
		const char *const below = lexer->at + ++length;

		for (whole = length; is_digit(peek(lexer, length));)
			length++;
		int64_t one;
		token->kind = TOKEN_RATE;
		fits = decimal((struct span){ below, length - whole }, &token->by,
			       &one) &&
			fits;
	}
	finish(lexer, token, length);
	if (!fits)
		return fail_here(token->at, why,
			"a number with more digits than can be kept",
			"at most 15 digits");
	if (token->by == 0)
		return fail_here(token->at, why, "a rate with 0 below the line",
			"a fraction such as 2/37");
	if (token->kind == TOKEN_RATE) {
		const int64_t divisor = common_divisor(token->by, token->number);

		token->number /= divisor;
		token->by /= divisor;
	}
	return true;
}

static bool string(struct lexer *lexer, struct token *token, struct fail *why)
{
	step(lexer);
	const char *const from = lexer->at;

	while (lexer->at < lexer->end && *lexer->at != '"' && *lexer->at != '\n')
		step(lexer);
	token->kind = TOKEN_STRING;
	token->text = (struct span){ from, (size_t)(lexer->at - from) };
	if (peek(lexer, 0) != '"')
		return fail_here(token->at, why, "a text that does not end in its line",
			"a closing \"");
	step(lexer);
	return true;
}

static bool sign(struct lexer *lexer, struct token *token, struct fail *why)
{
	static const char *const signs[] = { "<=", ">=", "<>", "..", "(", ")", ",", "+",
		"-", "*", "/", "=", "<", ">", ".", "@", ":" };
	const size_t left = (size_t)(lexer->end - lexer->at);

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		const size_t length = strlen(signs[i]);

		if (length > left || memcmp(lexer->at, signs[i], length) != 0)
			continue;
		token->kind = TOKEN_SIGN;
		finish(lexer, token, length);
		return true;
	}
	const struct lexer from = *lexer;
	char found[32];
	const unsigned char byte = (unsigned char)*lexer->at;

	step(lexer);
	if (byte < 0x20 || byte == 0x7f)
		snprintf(found, sizeof found, "the character 0x%02x", byte);
	else
		snprintf(found, sizeof found, "\"%.*s\"", (int)(lexer->at - from.at),
			from.at);
	return fail_here(from.place, why, found, "a word, a number, a text or a sign");
}

bool lexer_next(struct lexer *lexer, struct token *token, struct fail *why)
{
	const char *const before = lexer->at;
	const struct place ended = lexer->place;

	skip_blanks(lexer);
	*token = (struct token){ .at = lexer->place, .text = { lexer->at, 0 } };
	token->touches = lexer->at == before;
	if (lexer->at == lexer->end) {
		token->kind = TOKEN_END;
		token->at = ended;
		return true;
	}
	if (lexer->place.column == 1 && !lexer->begun) {
		lexer->begun = true;
		token->kind = TOKEN_BEGIN;
		token->at = ended;
		return true;
	}
	const char c = *lexer->at;

	if (is_digit(c))
		return number(lexer, token, why);
	if (c == '"')
		return string(lexer, token, why);
	if (!is_letter(c))
		return sign(lexer, token, why);
	size_t length = 1;

	while (is_letter(peek(lexer, length)) || is_digit(peek(lexer, length)))
		length++;
	token->kind = TOKEN_WORD;
	finish(lexer, token, length);
	return short_enough(token, why);
}

const char *token_name(const struct token *token, char *to)
{
	const char *const words = CUT_SPAN(token->text, 60);

	switch (token->kind) {
	case TOKEN_BEGIN:
		return "the end of the statement";
	case TOKEN_END:
		return "the end of the file";
	case TOKEN_STRING:
		snprintf(to, TOKEN_NAME, "the text \"%s\"", words);
		return to;
	case TOKEN_WORD:
	case TOKEN_ID:
	case TOKEN_NUMBER:
	case TOKEN_RATE:
	case TOKEN_SIGN:
		snprintf(to, TOKEN_NAME, "\"%s\"", words);
		return to;
	}
	return "";
}

/*
 * token.h: the words, numbers and signs of a definition file, one at a time.
 *
 * A statement begins in the first column: a TOKEN_BEGIN comes before its first word, a TOKEN_END
 * after the last statement of the file; their place is the end of what came before. Comments and
 * blanks are skipped.
 */
#ifndef DUALBASIS_FORMS_ENGINE_TOKEN_H
#define DUALBASIS_FORMS_ENGINE_TOKEN_H

#include "ledger/base/fail.h"
#include "ledger/base/text.h"

struct place {
	uint32_t file, row, column; /* file is an index; row and column from 1 */
};

enum token_kind {
	TOKEN_BEGIN,
	TOKEN_END,
	TOKEN_WORD,   /* agi; also L2a, which is `line` */
	TOKEN_ID,     /* 2k: begins with a digit, holds a letter */
	TOKEN_NUMBER, /* 3000, 2.50 */
	TOKEN_RATE,   /* 26%, 0.9%, 2/37 */
	TOKEN_STRING, /* "..." */
	TOKEN_SIGN,   /* one of ( ) , + - * / = < > <= >= <> . .. @ : */
};

struct token {
	enum token_kind kind;
	struct place at;
	struct span text;   /* as written; of a string without its quotes */
	bool touches;       /* no blank before it */
	int64_t number, by; /* of NUMBER (by a power of ten) and RATE (lowest terms) */
};

struct lexer {
	const char *at, *end;
	struct place place; /* of `at` */
	bool begun;         /* TOKEN_BEGIN was given for this first column */
};

/* Names and ids are at most this long, numbers at most NUMBER_DIGITS digits. */
#define NAME_LIMIT    64
#define NUMBER_DIGITS 15

void lexer_start(struct lexer *, uint32_t file, const char *, size_t length);
/* The next token; fails on a stray character, an open string, bytes that are not UTF-8. */
bool lexer_next(struct lexer *, struct token *, struct fail *) MUST_USE;

/* How an error message names a token: "\"law\"", "the end of the statement". */
#define TOKEN_NAME 96
const char *token_name(const struct token *, char *to);

#endif

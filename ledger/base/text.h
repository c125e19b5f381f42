/*
 * text.h: growing text, spans of text, names.
 *
 * struct text: `at` is never NULL, always ends in a NUL that `length` does not count.
 * struct span: bytes that somebody else owns; may hold NULs, has no terminator.
 * struct names: every distinct string once, known by a small number; 0 is "no name".
 */
#ifndef DUALBASIS_BASE_TEXT_H
#define DUALBASIS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ledger/base/fail.h"

struct text {
	char *at;
	size_t length, room;
};
#define TEXT_EMPTY                                                                       \
	{                                                                                \
		(char *)"", 0, 0                                                         \
	}
void text_release(struct text *);
void text_clear(struct text *);
void text_add(struct text *, const char *);
void text_add_bytes(struct text *, const char *, size_t);
void text_addf(struct text *, const char *format, ...) PRINTF_LIKE(2, 3);

struct span {
	const char *at;
	size_t length;
};
struct span span_of(const char *);
bool span_is(struct span, const char *);      /* equal, byte by byte */
bool span_is_fold(struct span, const char *); /* equal but for ASCII case */
struct span span_trim(struct span);           /* blanks and tabs off both ends */

/*
 * The bytes of the character that begins there, 1 to 4; 0 if none does: at a NUL, at the end, at
 * what is overlong, a surrogate, above U+10FFFF or cut short.
 */
size_t utf8_length(const char *, size_t left);
/* The bytes of a character, at most four, no NUL; returns how many. */
size_t utf8_put(uint32_t point, char *to);
/* True if the bytes are well-formed UTF-8 without NULs. */
bool utf8_valid(const char *, size_t);
/* Take out of a text what is no whole character, as where it was cut to fit. */
void utf8_whole(char *);

/*
 * The beginning of a text, `most` bytes at most and no character cut in two, in `to`, which has room
 * for one more and may be the text itself. CUT brings the room, which lasts as long as the block
 * that it stands in.
 */
const char *text_cut(const char *, size_t most, char *to);
const char *span_cut(struct span, size_t most, char *to);
#define CUT(text, most)      text_cut(text, most, (char[(most) + 1]){ 0 })
#define CUT_SPAN(span, most) span_cut(span, most, (char[(most) + 1]){ 0 })

/* Edit distance, for "did you mean"; and the nearest of `count` words, or NULL if none is near. */
size_t edit_distance(const char *, const char *);
const char *nearest_word(const char *word, const char *const *words, size_t count);

struct names;
struct names *names_new(void);
void names_free(struct names *);
uint32_t names_add(struct names *, const char *, size_t); /* the number, new or known */
uint32_t names_find(const struct names *, const char *);  /* 0 if unknown */
const char *names_text(const struct names *, uint32_t);   /* "" for 0; owned by names */
size_t names_count(const struct names *);

#endif

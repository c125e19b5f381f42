/* case_words.h: a line of a case, cut into words. */
#ifndef DUALBASIS_TESTS_CASE_WORDS_H
#define DUALBASIS_TESTS_CASE_WORDS_H

#include <criterion/criterion.h>
#include <ctype.h>
#include <string.h>

#define WORDS 48

struct line {
	const char *file;
	int number;
	char *word[WORDS];
	size_t words;
};

/* Blanks part words; "quotes" keep them, also behind an equals sign. */
static inline void split_words(char *text, struct line *line)
{
	line->words = 0;
	for (char *at = text; *at != '\0';) {
		while (isspace((unsigned char)*at))
			at++;
		if (*at == '\0' || *at == '#')
			break;
		cr_assert(line->words < WORDS, "%s:%d: too many words", line->file,
			line->number);
		char *to = at;
		bool quoted = false;

		line->word[line->words++] = to;
		for (; *at != '\0' && (quoted || !isspace((unsigned char)*at)); at++)
			if (*at == '"')
				quoted = !quoted;
			else
				*to++ = *at;
		const bool last = *at == '\0';

		*to = '\0';
		if (!last)
			at++;
	}
}

static inline bool key_value(char *word, char **value)
{
	char *const equals = strchr(word, '=');

	if (equals == NULL)
		return false;
	*equals = '\0';
	*value = equals + 1;
	return true;
}

#endif

/* What a message may hold, whatever it quotes. */
#include <criterion/criterion.h>
#include <string.h>

#include "ledger/base/fail.h"
#include "ledger/base/pool.h"
#include "ledger/base/text.h"

static const struct {
	const char *name, *quoted, *message;
} cases[] = {
	{ "plain", "a \"b\"", "a \"b\"" },
	{ "beyond ASCII", "Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
		"Caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80" },
	{ "no UTF-8", "a\xff\xe9z", "a??z" },
	{ "half a character", "a\xe2\x82", "a??" },
	{ "line ends and tabs", "a\r\nb\tc", "a  b c" },
	{ "an escape sequence", "\033[2Ja\x7f", "?[2Ja?" },
	{ "a control character of two bytes",
		"a\xc2\x9b"
		"2J",
		"a?2J" },
	{ "the direction of writing turned",
		"a\xe2\x80\xae"
		"b\xe2\x81\xa6",
		"a?b?" },
	{ "a line separator",
		"a\xe2\x80\xa8"
		"b",
		"a?b" },
};

Test(fail, what_is_quoted_stays_in_its_line)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct fail why;

		fail_set(&why, FAIL_BAD_INPUT, "%s", cases[i].quoted);
		cr_expect_str_eq(why.message, cases[i].message, "%s", cases[i].name);
		fail_hint(&why, "%s", cases[i].quoted);
		cr_expect_str_eq(why.hint, cases[i].message, "%s", cases[i].name);
		fail_set(&why, FAIL_BAD_INPUT, "x");
		fail_in(&why, "%s", cases[i].quoted);
		cr_expect(strncmp(why.message, cases[i].message,
				  strlen(cases[i].message)) == 0,
			"%s: %s", cases[i].name, why.message);
	}
}

Test(fail, a_character_cut_in_two_is_none)
{
	struct fail why;

	fail_set(&why, FAIL_BAD_INPUT, "\"%.2s\" is no day", "a\xc3\xa9");
	cr_expect_str_eq(why.message, "\"a?\" is no day");
}

Test(fail, the_end_of_the_room_cuts_no_character)
{
	char long_text[2000];
	struct fail why;

	for (size_t shift = 0; shift < 3; shift++) {
		memset(long_text, 'a', sizeof long_text);
		for (size_t i = shift; i + 4 < sizeof long_text; i += 3)
			memcpy(long_text + i, "\xe2\x82\xac", 3);
		long_text[sizeof long_text - 1] = '\0';
		fail_set(&why, FAIL_BAD_INPUT, "%s", long_text);
		cr_expect(utf8_valid(why.message, strlen(why.message)));
		fail_hint(&why, "%s", long_text);
		cr_expect(utf8_valid(why.hint, strlen(why.hint)));
		fail_in(&why, "%s", long_text);
		cr_expect(utf8_valid(why.message, strlen(why.message)));
	}
}

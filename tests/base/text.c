/* Growing text, spans, UTF-8, near words, names, pools, failures. */
#include "ledger/base/text.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "ledger/base/pool.h"

Test(text, grows_and_always_ends_in_a_nul)
{
	struct text text = TEXT_EMPTY;

	cr_assert(text.at[0] == '\0');
	for (int i = 0; i < 1000; i++)
		text_addf(&text, "%d,", i);
	cr_expect(eq(sz, text.length, strlen(text.at)));
	cr_expect(strncmp(text.at, "0,1,2,", 6) == 0);
	cr_expect(strcmp(text.at + text.length - 4, "999,") == 0);
	text_clear(&text);
	cr_expect(strcmp(text.at, "") == 0);
	text_release(&text);
	cr_expect(text.at[0] == '\0');
}

Test(text, spans)
{
	cr_expect(span_is(span_of("abc"), "abc"));
	cr_expect(not(span_is(span_of("abc"), "ab")));
	cr_expect(span_is_fold(span_of("Date Sold"), "dATE sOLD"));
	cr_expect(not(span_is_fold(span_of("Date Sold"), "Date Solt")));
	cr_expect(span_is(span_trim(span_of(" \t a b\t ")), "a b"));
	cr_expect(eq(sz, span_trim(span_of(" \t ")).length, 0));
}

static const struct {
	const char *bytes;
	bool valid;
} utf8[] = {
	{ "plain", true }, { "caf\xc3\xa9", true }, { "\xe2\x82\xac", true },
	{ "\xf0\x9f\x98\x80", true }, { "caf\xe9", false }, /* Windows-1252 */
	{ "\xc0\x80", false },                              /* overlong NUL */
	{ "\xe0\x80\xaf", false },                          /* overlong slash */
	{ "\xed\xa0\x80", false },                          /* surrogate */
	{ "\xf4\x90\x80\x80", false },                      /* beyond the last point */
	{ "\xe2\x82", false },                              /* cut off */
	{ "\x80", false },                                  /* continuation alone */
};

Test(text, utf8_is_told_from_what_is_not)
{
	for (size_t i = 0; i < COUNT(utf8); i++)
		cr_expect(eq(int, utf8_valid(utf8[i].bytes, strlen(utf8[i].bytes)),
				  utf8[i].valid),
			"%zu", i);
	cr_expect(not(utf8_valid("a\0b", 3)));
}

/* What begins with each, alone and before other text, and what is left when it is cut anywhere. */
static const struct {
	const char *name, *bytes;
	size_t length;
} characters[] = {
	{ "a letter", "a", 1 },
	{ "delete", "\x7f", 1 },
	{ "the first of two bytes", "\xc2\x80", 2 },
	{ "the last of two bytes", "\xdf\xbf", 2 },
	{ "the first of three bytes", "\xe0\xa0\x80", 3 },
	{ "before the surrogates", "\xed\x9f\xbf", 3 },
	{ "after the surrogates", "\xee\x80\x80", 3 },
	{ "the last of three bytes", "\xef\xbf\xbf", 3 },
	{ "the first of four bytes", "\xf0\x90\x80\x80", 4 },
	{ "U+10FFFF, the last", "\xf4\x8f\xbf\xbf", 4 },
	{ "nothing", "", 0 },
	{ "overlong in two bytes, a NUL", "\xc0\x80", 0 },
	{ "overlong in two bytes, U+7F", "\xc1\xbf", 0 },
	{ "overlong in three bytes", "\xe0\x9f\xbf", 0 },
	{ "overlong in four bytes", "\xf0\x8f\xbf\xbf", 0 },
	{ "the first surrogate", "\xed\xa0\x80", 0 },
	{ "the last surrogate", "\xed\xbf\xbf", 0 },
	{ "U+110000", "\xf4\x90\x80\x80", 0 },
	{ "a lead beyond four bytes", "\xf5\x80\x80\x80", 0 },
	{ "a lead of five bytes", "\xf8\x88\x80\x80", 0 },
	{ "a byte that never stands", "\xff", 0 },
	{ "a continuation alone", "\x80", 0 },
	{ "a second byte that is none", "\xc3(", 0 },
	{ "a third byte that is none", "\xe2\x82(", 0 },
	{ "a fourth byte that is none", "\xf0\x9f\x98(", 0 },
};

Test(text, the_length_of_a_character)
{
	for (size_t i = 0; i < COUNT(characters); i++) {
		const char *const bytes = characters[i].bytes;
		const size_t size = strlen(bytes), length = characters[i].length;
		char longer[8] = "";

		memcpy(longer, bytes, size);
		longer[size] = 'z';
		cr_expect(eq(sz, utf8_length(bytes, size), length), "%s",
			characters[i].name);
		if (size > 0)
			cr_expect(eq(sz, utf8_length(longer, size + 1), length), "%s",
				characters[i].name);
		for (size_t cut = 0; cut < length; cut++)
			cr_expect(eq(sz, utf8_length(bytes, cut), 0), "%s, cut at %zu",
				characters[i].name, cut);
	}
	cr_expect(eq(sz, utf8_length("\0a", 2), 0));
}

/* Every sequence of up to three bytes and many of four: what has a length is well-formed, and back. */
Test(text, lengths_agree_with_the_points_they_stand_for)
{
	size_t found = 0;

	for (uint32_t point = 1; point <= 0x1fffff; point++) {
		const size_t size = point < 0x80 ? 1
			: point < 0x800          ? 2
			: point < 0x10000        ? 3
						 : 4;
		static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
		char bytes[4];
		uint32_t rest = point;

		for (size_t i = size - 1; i > 0; i--) {
			bytes[i] = (char)(0x80 | (rest & 0x3f));
			rest >>= 6;
		}
		bytes[0] = (char)(lead[size] | rest);
		const bool good = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);

		if (utf8_length(bytes, size) != (good ? size : 0))
			cr_expect(false, "U+%04x", (unsigned)point);
		found += utf8_length(bytes, size) > 0;
	}
	cr_expect(eq(sz, found, 0x10ffff - 0x800));
}

Test(text, what_is_no_whole_character_is_taken_out)
{
	static const struct {
		const char *text, *left;
	} cases[] = {
		{ "", "" },
		{ "caf\xc3\xa9", "caf\xc3\xa9" },
		{ "caf\xc3", "caf" },
		{ "\xff"
		  "a\xe2\x82"
		  "b\xed\xa0\x80"
		  "c",
			"abc" },
		{ "\xf0\x9f\x98", "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		char text[32];

		snprintf(text, sizeof text, "%s", cases[i].text);
		utf8_whole(text);
		cr_expect(zero(strcmp(text, cases[i].left)), "%zu", i);
	}
}

Test(text, a_cut_leaves_characters_whole)
{
	/* One, two, three and four bytes. */
	static const char text[] = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
	static const size_t kept[] = { 0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10 };

	for (size_t most = 0; most < COUNT(kept); most++) {
		char to[16], itself[sizeof text];

		text_cut(text, most, to);
		cr_expect(eq(sz, strlen(to), kept[most]), "%zu", most);
		cr_expect(zero(strncmp(to, text, kept[most])), "%zu", most);
		memcpy(itself, text, sizeof text);
		cr_expect(text_cut(itself, most, itself) == itself);
		cr_expect(zero(strcmp(itself, to)), "%zu", most);
	}
	cr_expect(zero(strcmp(CUT("abc", 2), "ab")));
	cr_expect(zero(strcmp(
		CUT_SPAN(span_trim(span_of(" \xc3\xa9\xc3\xa9 ")), 3), "\xc3\xa9")));
	/* What was no text before stays what it is: never more is taken off than a character. */
	cr_expect(eq(sz, strlen(CUT("\x80\x80\x80\x80\x80", 4)), 4));
	cr_expect(zero(strcmp(CUT("ab\xff\xff", 3), "ab")));
}

Test(text, near_words)
{
	static const char *const words[] = { "wages", "salt_paid", "status" };

	cr_expect(eq(sz, edit_distance("kitten", "sitting"), 3));
	cr_expect(eq(sz, edit_distance("", "abc"), 3));
	cr_expect(eq(sz, edit_distance("WAGES", "wages"), 0));
	cr_expect(nearest_word("wagse", words, COUNT(words)) == words[0]);
	cr_expect(nearest_word("statsu", words, COUNT(words)) == words[2]);
	cr_expect(nearest_word("qqqqqq", words, COUNT(words)) == NULL);
}

Test(text, names_are_kept_once)
{
	struct names *const names = names_new();
	char word[16];

	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 5000; i++) {
			const int length = snprintf(word, sizeof word, "name%d", i);

			cr_assert(eq(u32, names_add(names, word, (size_t)length),
				(uint32_t)i + 1));
		}
	cr_expect(eq(sz, names_count(names), 5000));
	cr_expect(strcmp(names_text(names, 4321), "name4320") == 0);
	cr_expect(eq(u32, names_find(names, "name17"), 18));
	cr_expect(eq(u32, names_find(names, "unknown"), 0));
	cr_expect(eq(u32, names_add(names, "", 0), 0));
	cr_expect(strcmp(names_text(names, 0), "") == 0);
	names_free(names);
}

Test(pool, pieces_are_zeroed_aligned_and_apart)
{
	struct pool pool = { 0 };
	unsigned char *last = NULL;

	for (size_t bytes = 1; bytes < 5000; bytes += 7) {
		unsigned char *const at = pool_alloc(&pool, bytes);

		cr_assert(eq(sz, (size_t)at % sizeof(void *), 0));
		for (size_t i = 0; i < bytes; i++)
			cr_assert(at[i] == 0);
		memset(at, 0xff, bytes);
		cr_assert(at != last);
		last = at;
	}
	cr_expect(strcmp(pool_printf(&pool, "%s %d", "row", 7), "row 7") == 0);
	cr_expect(strcmp(pool_text(&pool, "abcdef", 3), "abc") == 0);
	pool_release(&pool);
	cr_expect(pool.newest == NULL);
}

Test(fail, keeps_place_hint_and_context)
{
	struct fail why = { 0 };

	cr_expect(not(
		fail_at(&why, FAIL_BAD_INPUT, 17, 3, "\"%s\" is not a day", "6/31/24")));
	fail_in(&why, "column \"%s\"", "Date sold");
	fail_hint(&why, "write it as MM/DD/YYYY");
	fail_file(&why, "trades.csv");
	cr_expect(strcmp(why.message, "column \"Date sold\": \"6/31/24\" is not a day") ==
		0);
	cr_expect(strcmp(why.hint, "write it as MM/DD/YYYY") == 0);
	cr_expect(strcmp(why.file, "trades.csv") == 0);
	cr_expect(why.row == 17 && why.column == 3);
	cr_expect(eq(int, fail_exit_code(FAIL_LOCKED), 5));
	cr_expect(strcmp(fail_word(FAIL_LOCKED), "locked") == 0);
	cr_expect(strcmp(fail_word(FAIL_MISSING_FACTS), "missing_facts") == 0);
}

Test(fail, long_context_is_cut_not_overrun)
{
	struct fail why = { 0 };
	char big[2000];

	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	fail_set(&why, FAIL_SYSTEM, "%s", big);
	for (int i = 0; i < 10; i++)
		fail_in(&why, "%s", big);
	cr_expect(lt(sz, strlen(why.message), sizeof why.message));
}

Test(fail, is_cut_at_whole_characters)
{
	/* Two bytes each: with and without a letter before them, one of the cuts is in the middle. */
	for (size_t before = 0; before < 2; before++) {
		struct fail why = { 0 };
		char big[2000] = "x";

		for (size_t at = before; at + 2 < sizeof big; at += 2)
			memcpy(big + at, "\xc3\xa9", 3);
		fail_set(&why, FAIL_SYSTEM, "%s", big);
		fail_hint(&why, "%s", big);
		cr_expect(ge(sz, strlen(why.message), sizeof why.message - 2));
		cr_expect(ge(sz, strlen(why.hint), sizeof why.hint - 2));
		cr_expect(zero(strncmp(why.message, big, strlen(why.message))));
		cr_expect(zero(strncmp(why.hint, big, strlen(why.hint))));
		fail_in(&why, "%s", big);
		cr_expect(utf8_valid(why.message, strlen(why.message)));
		cr_expect(strchr(why.message, '?') == NULL);
	}
}

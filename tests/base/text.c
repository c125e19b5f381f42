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

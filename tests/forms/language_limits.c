/* Definitions that are no text, or would exhaust memory, the stack or the day: each is refused. */
#include "tests/forms/little.h"

Test(language_limits, a_file_that_is_not_text_names_the_row)
{
	static const char text[] = "form f \"F\" \"F\"\n# \xff\n";
	struct fail why;

	cr_assert(refused(text, sizeof text - 1, &why));
	cr_expect(why.row == 2);
	cr_expect_str_eq(why.message,
		"bytes that are not UTF-8 text, wanted a file saved as UTF-8");
}

/* What would exhaust the stack or the day is refused. */
Test(language_limits, depth_and_size_are_limited)
{
	struct text text = TEXT_EMPTY;
	struct fail why;

	text_add(&text, "form f \"F\" \"F\"\nline 1 \"a\" = ");
	for (int i = 0; i < 100000; i++)
		text_add(&text, "(");
	cr_expect(refused(text.at, text.length, &why));
	cr_expect_str_eq(why.message,
		"formulas nested more than 100 deep, wanted values that hold the parts");

	text_clear(&text);
	text_add(&text, "form f \"F\" \"F\"\nline 1 \"a\" = 1");
	for (int i = 0; i < 200; i++)
		text_add(&text, " + 1");
	cr_expect(refused(text.at, text.length, &why));
	cr_expect_str_eq(why.message,
		"a row of more than 100 operators, wanted parentheses or values that "
		"hold its "
		"parts");

	text_clear(&text);
	text_add(&text, "form f \"F\" \"F\"\n");
	for (int i = 1; i < 20000; i++)
		text_addf(&text, "line %d \"a\" = L%d\n", i, i + 1);
	text_add(&text, "line 20000 \"a\" = 1\n");
	cr_expect(refused(text.at, text.length, &why));
	cr_expect_str_eq(why.message,
		"lines and formulas nested more than 5000 deep, wanted fewer");

	text_clear(&text);
	text_add(&text, "input x \"x\"\nfunction f0(a) \"f\" = a\n");
	for (int i = 1; i < 40; i++)
		text_addf(&text, "function f%d(a) \"f\" = f%d(a + 1) + f%d(a + 2)\n", i,
			i - 1, i - 1);
	text_add(&text, "form f \"F\" \"F\"\nline 1 \"a\" = f39(x)\n");
	cr_expect(refused(text.at, text.length, &why));
	cr_expect(strstr(why.message, "wanted") != NULL, "%s", why.message);

	text_clear(&text);
	text_add(&text, "input x \"x\"\nform f \"F\" \"F\"\nline 1 \"a\" = x");
	for (int i = 0; i < 8; i++)
		text_add(&text, " * 99999999999999%");
	cr_expect(refused(text.at, text.length, &why));
	cr_expect_str_eq(why.message,
		"a result that may be too large to be kept exactly, wanted smaller "
		"factors");
	text_release(&text);
}

Test(language_limits, names_are_at_most_64_characters)
{
	char text[200];
	struct fail why;

	snprintf(text, sizeof text, "form %070d \"F\" \"F\"\n", 0);
	memset(text + 5, 'a', 70);
	cr_assert(refused(text, strlen(text), &why));
	cr_expect_str_eq(
		why.message, "a name that is too long, wanted at most 64 characters");
}

/* Definitions that are wrong, each with its message, row, column and hint, word for word. */
#include "tests/forms/little.h"

static const struct {
	const char *name, *text;
	long row, column;
	const char *message, *hint;
} errors[] = {
	{ "stray character",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1 ; 2\n",
		2, 16, "\";\", wanted a word, a number, a text or a sign", "" },
	{ "open text",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a = 1\n",
		2, 8, "a text that does not end in its line, wanted a closing \"", "" },
	{ "unknown statement", "lines 1 \"a\" = 1\n", 1, 1,
		"\"lines\", wanted a statement in the first column: form, draft, part, "
		"line, value, input, parameter, function, refuse or limit",
		"did you mean \"line\"?" },
	{ "a number in the first column", "12\n", 1, 1,
		"\"12\", wanted a statement in the first column: form, draft, part, "
		"line, value, input, parameter, function, refuse or limit",
		"" },
	{ "line before a form", "line 1 \"a\" = 1\n", 1, 6,
		"a line before any form, wanted a \"form\" statement first", "" },
	{ "no formula",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\"\n"
		"line 2 \"b\" = 1\n",
		2, 11, "the end of the statement, wanted \"=\" and a formula", "" },
	{ "end of the file",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = max(1,",
		2, 20, "the end of the file, wanted a name, a number or \"(\"", "" },
	{ "two words",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1 2\n",
		2, 16,
		"\"2\", wanted an operator, a clause (law, note, printed, exact) or the "
		"next statement in the first column",
		"" },
	{ "unknown name",
		"form f \"Form F\" \"A form\"\n"
		"line agi \"a\" = 1\n"
		"line 1 \"b\" = agy + 1\n",
		3, 14,
		"unknown name \"agy\", wanted a line of this form, an input, a parameter "
		"or a function",
		"did you mean \"agi\"?" },
	{ "a line of another form",
		"form f \"Form F\" \"A form\"\n"
		"line agi \"a\" = 1\n"
		"form g \"G\" \"G\"\n"
		"line 1 \"b\" = agi\n",
		4, 14,
		"unknown name \"agi\", wanted a line of this form, an input, a parameter "
		"or a function",
		"did you mean \"f.agi\"?" },
	{ "unknown line",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1\n"
		"line 2a \"b\" = L2b\n",
		3, 15, "form f has no line \"2b\" in 2018, wanted one that it has",
		"did you mean \"2a\"?" },
	{ "line of other years",
		"form f \"Form F\" \"A form\"\n"
		"line 1 from 2025 \"a\" = 1\n"
		"line 2 \"b\" = L1\n",
		3, 14, "form f has no line \"1\" in 2018, wanted one that it has",
		"it is defined at x.form:2 for other years" },
	{ "unknown form",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = g6251.4\n"
		"form f6251 \"F\" \"F\"\n"
		"line 4 \"x\" = 1\n",
		2, 14, "no form \"g6251\" is defined, wanted the id of a form",
		"did you mean \"f6251\"?" },
	{ "book of a form without copies",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1\n"
		"line 2 \"b\" = f@amt.1\n",
		3, 14, "form f has no copy a book, wanted \"f\" without \"@amt\"", "" },
	{ "cycle",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = L3\n"
		"line 2 \"b\" = L1\n"
		"line 3 \"c\" = L2\n",
		3, 14, "a line that needs itself: f.1 -> f.3 -> f.2 -> f.1, wanted none",
		"" },
	{ "self",
		"form f \"Form F\" \"A form\"\n"
		"input wages \"w\"\n"
		"line wages \"a\" = wages\n",
		3, 18, "a line that needs itself: f.wages -> f.wages, wanted none",
		"the input of the same name is written input.wages" },
	{ "cycle over books",
		"form d \"D\" \"D\" per book\n"
		"line 1 \"a\" = by book (regular: d@amt.1, amt: d@regular.1)\n",
		2, 46, "a line that needs itself: d.1 -> d@amt.1 -> d.1, wanted none",
		"" },
	{ "amount times amount",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 3000\n"
		"line 2 \"b\" = 2 * L1\n",
		3, 16,
		"an amount times an amount, wanted a rate (26%, 2/37) or a count on one "
		"side",
		"" },
	{ "amount below the line",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 3000\n"
		"line 2 \"b\" = 5 / L1\n",
		3, 18, "a figure below the line, wanted a number or a parameter", "" },
	{ "amount plus rate",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 3000 + 26%\n",
		2, 14, "an amount added to a rate, wanted both of one kind", "" },
	{ "comparing",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if 3000 > 26% then 1 else 0\n",
		2, 17, "an amount compared with a rate, wanted both of one kind", "" },
	{ "division by zero",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 3000 / 0\n",
		2, 21, "a division by zero, wanted another number", "" },
	{ "if of a figure",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if 3000 then 1 else 0\n",
		2, 17, "an amount, wanted a condition such as a comparison", "" },
	{ "a condition as a figure",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = status is mfs\n",
		2, 14,
		"a condition as the formula of a line, wanted an amount, a rate or a "
		"count",
		"" },
	{ "sum of a condition",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1 + (2 > 1)\n",
		2, 21, "a condition, wanted an amount, a rate or a count", "" },
	{ "rate without exact",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 26%\n",
		2, 1, "f.1 is a rate without \"exact\", wanted it marked", "" },
	{ "exact amount",
		"form f \"Form F\" \"A form\"\n"
		"input x \"x\"\n"
		"line 1 \"a\" = x exact\n",
		3, 1,
		"f.1 is an amount marked exact, wanted exact on rates and counts only",
		"" },
	{ "defined twice",
		"form f \"Form F\" \"A form\"\n"
		"line 1 until 2024 \"a\" = 1\n"
		"line 1 from 2024 \"b\" = 2\n",
		3, 1,
		"line f.1 is already defined at x.form:2 for 2024, wanted years apart "
		"(from, until, in)",
		"" },
	{ "a form twice",
		"form f \"Form F\" \"A form\"\n"
		"form f \"Form F\" \"A form\"\n",
		2, 1, "form \"f\" already begins at x.form:1, wanted one form of that id",
		"" },
	{ "an input twice",
		"input x \"x\"\n"
		"input x \"y\"\n",
		2, 1, "\"x\" is already the input of x.form:1, wanted another name", "" },
	{ "an input copy twice",
		"input amt_x \"x\"\n"
		"input x \"y\" per book\n",
		2, 1, "\"amt_x\" is already the input of x.form:1, wanted another name",
		"" },
	{ "a name of the language", "input status \"x\"\n", 1, 7,
		"\"status\" is a word of the language, wanted another name", "" },
	{ "prior without else",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = f@prior.1\n",
		2, 14,
		"last year's line without what holds when there is none, wanted "
		"\"f@prior.1 else ...\" or \"when has_prior\"",
		"" },
	{ "last year before it is known",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" when f@prior.1 < 0 and has_prior = 1\n",
		2, 17,
		"last year's line without what holds when there is none, wanted "
		"\"f@prior.1 else ...\" or \"when has_prior\"",
		"" },
	{ "prior in the else",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = f@prior.1 else f@prior.2\n"
		"line 2 \"b\" = 2\n",
		2, 29,
		"last year's line without what holds when there is none, wanted "
		"\"f@prior.2 else ...\" or \"when has_prior\"",
		"" },
	{ "prior line unknown",
		"form f \"Form F\" \"A form\"\n"
		"line 1 from 2025 \"a\" = f@prior.2 else 0\n"
		"line 2 from 2025 \"b\" = 1\n",
		2, 24, "form f has no line \"2\" in 2024, wanted one that it has",
		"it is defined at x.form:3 for other years" },
	{ "prior of status misspelt",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if status@last is mfs then 1 else 0\n",
		2, 24, "\"last\", wanted a book or \"prior\" after \"@\"", "" },
	{ "unknown status",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if status is married then 1 else 0\n",
		2, 27, "\"married\", wanted one of single, mfj, mfs, hoh, qss", "" },
	{ "unknown word",
		"form f \"Form F\" \"A form\"\n"
		"input d \"d\" one_of auto standard default auto\n"
		"line 1 \"a\" = if d is standart then 1 else 0\n",
		3, 17, "\"standart\" is not a word of \"d\", wanted one of its words",
		"did you mean \"standard\"?" },
	{ "words of an input without",
		"form f \"Form F\" \"A form\"\n"
		"input d \"d\"\n"
		"line 1 \"a\" = if d is standard then 1 else 0\n",
		3, 17,
		"\"d\" has no words, wanted an input with words (one_of, or amount or a "
		"word)",
		"" },
	{ "yes of an amount",
		"form f \"Form F\" \"A form\"\n"
		"input d \"d\"\n"
		"line 1 \"a\" = if yes(d) then 1 else 0\n",
		3, 21, "\"d\" is not a yes_no input, wanted one", "" },
	{ "a yes_no in arithmetic",
		"form f \"Form F\" \"A form\"\n"
		"input d \"d\" yes_no\n"
		"line 1 \"a\" = d + 1\n",
		3, 14, "\"d\" is yes or no, wanted \"yes(d)\"", "" },
	{ "a word in arithmetic",
		"form f \"Form F\" \"A form\"\n"
		"input d \"d\" one_of a b default a\n"
		"line 1 \"a\" = d + 1\n",
		3, 14, "\"d\" is a word, wanted a condition such as \"d is a\"", "" },
	{ "default missing", "input d \"d\" one_of a b\n", 1, 23,
		"the end of the file, wanted \"default\" and one of the words", "" },
	{ "one word", "input d \"d\" one_of a default a\n", 1, 22,
		"\"default\", wanted two or more words", "" },
	{ "unknown ledger figure",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = ledger.iso_spred\n",
		2, 14, "the ledger has no figure \"iso_spred\", wanted one that it has",
		"did you mean \"iso_spread\"?" },
	{ "unknown input",
		"form f \"Form F\" \"A form\"\n"
		"input wages \"w\"\n"
		"line 1 \"a\" = input.wagse\n",
		3, 14, "\"wagse\" is not an input, wanted the name of one",
		"did you mean \"wages\"?" },
	{ "given of a line",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1\n"
		"line 2 \"b\" = if given(L1) then 1 else 0\n",
		3, 23, "\"L1\" is not an input, wanted the name of one", "" },
	{ "a function without arguments",
		"form f \"Form F\" \"A form\"\n"
		"function g(x) \"g\" = x\n"
		"line 1 \"a\" = g\n",
		3, 14, "the function \"g\" without arguments, wanted \"g(...)\"", "" },
	{ "arguments",
		"form f \"Form F\" \"A form\"\n"
		"function g(x, y) \"g\" = x + y\n"
		"line 1 \"a\" = g(1)\n",
		3, 14, "1 argument of g, wanted 2", "" },
	{ "unknown function",
		"form f \"Form F\" \"A form\"\n"
		"function tax_on(x) \"g\" = x\n"
		"line 1 \"a\" = tax_in(1)\n",
		3, 14, "\"tax_in\" is not a function, wanted the name of one",
		"did you mean \"tax_on\"?" },
	{ "a function calls itself",
		"form f \"Form F\" \"A form\"\n"
		"function g(x) \"g\" = h(x)\n"
		"function h(x) \"h\" = g(x)\n"
		"line 1 \"a\" = g(1)\n",
		3, 21, "the function \"g\" calls itself, wanted one that ends", "" },
	{ "a line in a function",
		"form f \"Form F\" \"A form\"\n"
		"function g(x) \"g\" = x + L1\n"
		"line 1 \"a\" = g(1)\n",
		2, 25,
		"\"L1\" outside a form, wanted the form before the line, as in f1040.agi",
		"" },
	{ "by book outside",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = by book (regular: 1, amt: 2)\n",
		2, 14,
		"\"by book\" in a form without copies, wanted a form that is \"per "
		"book\"",
		"" },
	{ "by book wrong",
		"form d \"D\" \"D\" per book\n"
		"line 1 \"a\" = by book (amt: 1, regular: 2)\n",
		2, 23, "\"amt\", wanted \"regular:\"", "" },
	{ "range backwards",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1\n"
		"line 2 \"a\" = 1\n"
		"line 3 \"b\" = sum(L2 .. L1)\n",
		4, 14, "a range from 2 to 1, wanted the earlier line first", "" },
	{ "range of words",
		"form f \"Form F\" \"A form\"\n"
		"line a \"a\" = 1\n"
		"line b \"a\" = 1\n"
		"line 3 \"b\" = sum(a .. b)\n",
		4, 14, "a range from \"a\" to \"b\", wanted lines with numbers", "" },
	{ "range over itself",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1\n"
		"line 2 \"b\" = sum(L1 .. L3)\n"
		"line 3 \"a\" = 1\n",
		3, 14, "a line that needs itself: f.2 -> f.2, wanted none", "" },
	{ "round by a line",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1\n"
		"line 2 \"b\" = round(L1, L1)\n",
		3, 24, "a step that is not a number above zero, wanted one such as 50",
		"" },
	{ "one argument of max",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = max(1)\n",
		2, 14, "1 argument of max, wanted two or more arguments of max", "" },
	{ "three decimals",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1.505\n",
		2, 14,
		"the amount \"1.505\", wanted at most two decimals (rates end in %)",
		"" },
	{ "too many digits",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1234567890123456\n",
		2, 14,
		"a number with more digits than can be kept, wanted at most 15 digits",
		"" },
	{ "rate over zero",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 3000 * 1/0\n",
		2, 21, "a rate with 0 below the line, wanted a fraction such as 2/37",
		"" },
	{ "too exact",
		"form f \"Form F\" \"A form\"\n"
		"input x \"x\"\n"
		"line 1 \"a\" = x * 0.00000000001% * 0.00000000001%\n",
		3, 33,
		"fractions whose common denominator is beyond 1000000000000000, wanted "
		"rates with fewer digits",
		"" },
	{ "no table", "parameter p \"p\" rate\n", 1, 21,
		"the end of the file, wanted a table: a row that begins with \"year\"",
		"" },
	{ "no source",
		"parameter p \"p\" rate\n"
		"    year\n"
		"    2018 26% \"s\"\n",
		3, 5, "\"2018\", wanted \"source\" as the last word of the header", "" },
	{ "a status missing",
		"parameter p \"p\" by status\n"
		"    year single mfj mfs hoh source\n",
		2, 35,
		"the end of the file, wanted each of single, mfj, mfs, hoh, qss once",
		"" },
	{ "a column twice",
		"parameter p \"p\" by status\n"
		"    year single single mfs hoh qss source\n",
		2, 17, "\"single\", wanted each of single, mfj, mfs, hoh, qss once", "" },
	{ "columns without by status",
		"parameter p \"p\"\n"
		"    year single mfj mfs hoh qss source\n",
		2, 10, "\"single\", wanted \"source\" after \"year\"", "" },
	{ "a cell missing",
		"parameter p \"p\" by status\n"
		"    year single mfj mfs hoh qss source\n"
		"    2018 1 2 3 4\n"
		"    2019 1 2 3 4 5 \"s\"\n",
		3, 5, "the row of 2018 ends early, wanted five cells", "" },
	{ "a cell of another kind",
		"parameter p \"p\" rate\n"
		"    year source\n"
		"    2018 26 \"s\"\n",
		3, 10, "\"26\", wanted a rate such as 26% or 2/37", "" },
	{ "row without a source",
		"parameter p \"p\" rate\n"
		"    year source\n"
		"    2018 26%\n",
		3, 13, "the end of the file, wanted the source of the row, as a text",
		"" },
	{ "rows out of order",
		"parameter p \"p\" rate\n"
		"    year source\n"
		"    2019 26% \"s\"\n"
		"    2018 26% \"s\"\n",
		4, 5, "a row for 2018 after one for 2019, wanted later years below", "" },
	{ "rows that overlap",
		"parameter p \"p\" rate\n"
		"    year source\n"
		"    2018-2020 26% \"s\"\n"
		"    2020 26% \"s\"\n",
		4, 5, "a row for 2020 after one for 2020, wanted later years below", "" },
	{ "years backwards",
		"parameter p \"p\" rate\n"
		"    year source\n"
		"    2020-2018 26% \"s\"\n",
		3, 10, "the years 2020-2018, wanted the earlier year first", "" },
	{ "years that never are",
		"form f \"Form F\" \"A form\"\n"
		"line 1 from 2025 until 2024 \"a\" = 1\n",
		2, 24, "\"2024\", wanted years that include at least one", "" },
	{ "not a year",
		"form f \"Form F\" \"A form\"\n"
		"line 1 from 25 \"a\" = 1\n",
		2, 13, "\"25\", wanted a year", "" },
	{ "a clause twice",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = 1 law \"x\" law \"y\"\n",
		2, 24, "\"law\", wanted each clause once", "" },
	{ "a refusal without a hint", "refuse r \"a situation\" when status is mfs\n", 1,
		42, "the end of the file, wanted \"hint\" and what to do", "" },
	{ "a refusal that is no condition",
		"refuse r \"a situation\" when 1 + 1 hint \"h\"\n", 1, 31,
		"an amount, wanted a condition such as a comparison", "" },
	{ "a limit", "limit l \"a situation\" understates\n", 1, 23,
		"\"understates\", wanted \"enter\", \"overstates\", \"either\" or "
		"\"outside\"",
		"" },
	{ "not and something else", "input i \"i\" not positive\n", 1, 17,
		"\"positive\", wanted \"negative\" after \"not\"", "" },
	{ "a count is never negative", "input i \"i\" not negative count\n", 1, 26,
		"\"count\", wanted an amount after \"not negative\"", "" },
	{ "a draft outside", "draft \"x\"\n", 1, 7,
		"a draft before any form, wanted a \"form\" statement first", "" },
	{ "filled of last year",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if filled(f@prior.1) then 1 else 0\n",
		2, 24, "a line of last year, wanted one of this year", "" },
	{ "a parameter of a book",
		"form f \"Form F\" \"A form\"\n"
		"parameter p \"p\" rate\n"
		"    year source\n"
		"    2018- 26% \"s\"\n"
		"line 1 \"a\" = p@amt exact\n",
		5, 14, "a parameter of a book, wanted \"p\" or \"p@prior\"", "" },
	{ "ledger of last year",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = ledger@prior.iso_spread\n",
		2, 14, "a ledger figure of last year, wanted a line of last year", "" },
	{ "no else",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if status is mfs then 1\n",
		2, 37, "the end of the file, wanted \"else\" and what holds otherwise",
		"" },
	{ "double minus",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = - - 1\n",
		2, 16, "\"-\", wanted a name, a number or \"(\" after \"-\"", "" },
	{ "a row of comparisons",
		"form f \"Form F\" \"A form\"\n"
		"line 1 \"a\" = if 1 < 2 < 3 then 1 else 0\n",
		2, 23, "\"<\", wanted \"then\" after the condition", "" },
	{ "line id missing",
		"form f \"Form F\" \"A form\"\n"
		"line \"a\" = 1\n",
		2, 6, "the text \"a\", wanted the id of the line", "" },
	{ "value with a number",
		"form f \"Form F\" \"A form\"\n"
		"value 3 \"a\" = 1\n",
		2, 7, "\"3\", wanted the name of the value", "" },
};

Test(language, every_mistake_has_its_message_and_its_place)
{
	for (size_t i = 0; i < COUNT(errors); i++) {
		struct fail why;

		cr_expect(refused(errors[i].text, strlen(errors[i].text), &why),
			"%s: was accepted", errors[i].name);
		cr_expect(why.kind == FAIL_BAD_INPUT, "%s", errors[i].name);
		cr_expect_str_eq(why.file, "x.form", "%s", errors[i].name);
		cr_expect_str_eq(why.message, errors[i].message, "%s", errors[i].name);
		cr_expect_str_eq(why.hint, errors[i].hint, "%s", errors[i].name);
		cr_expect(why.row == errors[i].row && why.column == errors[i].column,
			"%s: at %ld:%ld", errors[i].name, why.row, why.column);
	}
}

/* Everything that the language has, once. */
Test(language, a_right_definition_is_accepted)
{
	static const char text[] =
		"# A remark.\n"
		"form f \"Form F\" \"A form\" per book\n"
		"draft in 2026 \"a draft\"\n"
		"part \"Part I\"\n"
		"line 1 \"a\" = input.x + ledger.d_gain + ledger@amt.d_gain law \"L\" "
		"note \"N\"\n"
		"    printed \"1z\" from 2020  printed \"1\" until 2019\n"
		"line 2a \"b\" when has_prior and f@prior.1 < 0 = f@prior.1\n"
		"line 3 from 2018 \"c\" = sum(L1 .. L2a) + sum(L1, 2.50) + abs(- L1)\n"
		"value v \"v\" = if boxes > 1 and not (yes(y) or given(x)) then g(L1) / "
		"2 else p * L1\n"
		"value n \"n\" = if status in (mfs, mfj) then 1 else boxes exact\n"
		"value w \"w\" = if status@prior is mfs then round(L1, 1) else floor(L1, "
		"50)\n"
		"value z \"z\" = (f@amt@prior.1 else 0) + (if has_prior then f@prior.1 "
		"else 1)\n"
		"value r \"r\" = if year >= 2020 and filled(L2a) then p@prior else 2/37 "
		"exact\n"
		"value s \"s\" = if option schedule or c is all or k is a then max(L1, "
		"1) else min(1, 2)\n"
		"input x \"x\" per book not negative hint \"h\"\n"
		"input y \"y\" yes_no law \"L\"\n"
		"input c \"c\" not negative amount or all\n"
		"input k \"k\" one_of a b default b note \"n\"\n"
		"input boxes \"boxes\" count\n"
		"function g(a) \"g\" = by book (regular: a, amt: - a)\n"
		"parameter p \"p\" rate\n"
		"    year       source\n"
		"    2010-2017  26%  \"IRC 55\"\n"
		"    2018-      28%  \"IRC 55\"  draft\n"
		"parameter q \"q\" amount by status\n"
		"    year  hoh mfs mfj single qss  source\n"
		"    2018- 1 2 3.50 4 5  \"IRC 55\"\n"
		"refuse r \"too much\" when x > 1000 hint \"less\"\n"
		"limit l \"a situation\" overstates hint \"h\"\n";
	struct fail why;

	if (refused(text, strlen(text), &why))
		cr_fatal("%ld:%ld: %s", why.row, why.column, why.message);
}

/* The program's own definitions, every year. */
Test(language, the_built_in_definitions_are_right)
{
	struct law *const law = case_law();

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		struct line_ref line;
		struct fail why;

		cr_expect(law_line_find(law, year, "6251.11", &line, &why),
			"%d: %s:%ld:%ld: %s", year, why.file, why.row, why.column,
			why.message);
	}
	law_free(law);
}

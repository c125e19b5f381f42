/*
 * Spreadsheet formulas: every line of drawn returns, recalculated from the leaves alone by a small
 * spreadsheet in binary floating point, gives the engine's number.
 */
#include <math.h>

#include "tests/forms/little.h"

/* ---- a small spreadsheet ---- */

struct cell {
	const char *name, *formula; /* formula NULL: number or word */
	const char *word;
	double number;
	int state; /* 0 not calculated, 1 under way, 2 done */
};

struct workbook {
	struct names *names;
	struct cell *cell; /* by number of names */
	size_t room;
	const char *at;
	const char *word; /* of the last operand, if it is a text */
	int wrong;
};

static struct cell *cell_of(struct workbook *book, const char *name, size_t length)
{
	const uint32_t number = names_add(book->names, name, length);

	if (number >= book->room) {
		const size_t room = (size_t)number * 2 + 64;

		book->cell = must_grow(book->cell, room, sizeof *book->cell);
		memset(book->cell + book->room, 0,
			(room - book->room) * sizeof *book->cell);
		book->room = room;
	}
	return &book->cell[number];
}

static double comparison(struct workbook *book);

static bool sign(struct workbook *book, const char *text)
{
	if (strncmp(book->at, text, strlen(text)) != 0)
		return false;
	book->at += strlen(text);
	return true;
}

static double calculate(struct workbook *book, struct cell *cell)
{
	if (cell->state == 1 || cell->name == NULL) {
		book->wrong++;
		return 0;
	}
	if (cell->state == 0 && cell->formula != NULL) {
		const char *const at = book->at;
		const size_t index = (size_t)(cell - book->cell);

		cell->state = 1;
		book->at = cell->formula;
		const double value = comparison(book);

		book->wrong += *book->at != '\0';
		book->at = at;
		cell = &book->cell[index];
		cell->number = value;
	}
	cell->state = 2;
	return cell->number;
}

/* Spreadsheets round what is printed with 15 digits. */
static double round_half_away(double x, double decimals)
{
	const long double scaled = (long double)x * powl(10, decimals);

	return (double)(roundl(scaled + copysignl(fabsl(scaled) * 1e-15L, scaled)) /
		powl(10, decimals));
}

static double function(struct workbook *book, const char *name, size_t length)
{
	double argument[64];
	size_t count = 0;

	do {
		argument[count++ % 64] = comparison(book);
	} while (sign(book, ","));
	book->wrong += count > 64 || !sign(book, ")");
	double value = argument[0];
	const struct span span = { name, length };

	for (size_t i = 1; i < count; i++) {
		if (span_is(span, "MAX"))
			value = fmax(value, argument[i]);
		else if (span_is(span, "MIN"))
			value = fmin(value, argument[i]);
		else if (span_is(span, "SUM"))
			value += argument[i];
		else if (span_is(span, "AND"))
			value = value != 0 && argument[i] != 0;
		else if (span_is(span, "OR"))
			value = value != 0 || argument[i] != 0;
		else if (span_is(span, "IF") && count == 3)
			return argument[argument[0] != 0 ? 1 : 2];
		else if (span_is(span, "ROUND") && count == 2)
			return round_half_away(argument[0], argument[1]);
		else
			book->wrong++;
	}
	if (span_is(span, "NOT"))
		return value == 0;
	if (span_is(span, "INT"))
		return floor(value);
	if (span_is(span, "ABS"))
		return fabs(value);
	return value;
}

static double atom(struct workbook *book)
{
	if (sign(book, "-"))
		return -atom(book);
	if (sign(book, "(")) {
		const double value = comparison(book);

		book->wrong += !sign(book, ")");
		return value;
	}
	if (sign(book, "\"")) {
		const size_t length = strcspn(book->at, "\"");

		book->word =
			names_text(book->names, names_add(book->names, book->at, length));
		book->at += length + 1;
		return 0;
	}
	if (*book->at >= '0' && *book->at <= '9') {
		char *end;
		const double value = strtod(book->at, &end);

		book->at = end;
		return value;
	}
	const char *const name = book->at;
	const size_t length = strspn(
		name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789");

	book->at += length;
	if (length == 0) {
		book->wrong++;
		return 0;
	}
	if (sign(book, "("))
		return function(book, name, length);
	const double value = calculate(book, cell_of(book, name, length));

	book->word = cell_of(book, name, length)->word;
	return value;
}

static double product(struct workbook *book)
{
	double value = atom(book);

	for (;;)
		if (sign(book, "*"))
			value *= atom(book);
		else if (sign(book, "/"))
			value /= atom(book);
		else
			return value;
}

static double total(struct workbook *book)
{
	double value = product(book);

	for (;;)
		if (sign(book, "+"))
			value += product(book);
		else if (sign(book, "-"))
			value -= product(book);
		else
			return value;
}

static double comparison(struct workbook *book)
{
	static const char *const signs[] = { "<=", ">=", "<>", "<", ">", "=" };
	const double left = total(book);
	const char *const word = book->word;

	book->word = NULL;
	for (size_t i = 0; i < COUNT(signs); i++) {
		if (!sign(book, signs[i]))
			continue;
		const double right = total(book);

		/* A text is compared only for being the same; a number is never a text. */
		if (book->word != NULL) {
			const char *const other = book->word;

			book->word = NULL;
			return word != NULL && strcmp(word, other) == 0;
		}
		return i == 0    ? left <= right
			: i == 1 ? left >= right
			: i == 2 ? left != right
			: i == 3 ? left < right
			: i == 4 ? left > right
				 : left == right;
	}
	return left;
}

/* ---- returns as workbooks ---- */

static void fill_leaves(struct workbook *book, struct tax_case *tax)
{
	struct leaf *leaf;
	size_t count;

	return_leaves(tax->result, &leaf, &count, &tax->pool);
	for (size_t i = 0; i < count; i++) {
		struct cell *const cell =
			cell_of(book, leaf[i].cell_name, strlen(leaf[i].cell_name));

		cr_expect(cell->name == NULL, "%s is there twice", leaf[i].cell_name);
		cr_expect(leaf[i].label != NULL && leaf[i].by > 0);
		cell->name = leaf[i].cell_name;
		cell->number = (double)leaf[i].number / (double)leaf[i].by;
		cell->word = leaf[i].word;
	}
}

static size_t fill_lines(struct workbook *book, struct tax_case *tax, size_t *longest)
{
	const char *const *forms = law_forms(tax->law, tax->input.year, &tax->pool);
	size_t lines = 0;
	struct fail why;

	for (; *forms != NULL; forms++) {
		const struct line_ref *line;
		size_t count;

		cr_assert(law_form_lines(
			tax->law, tax->input.year, *forms, &line, &count, &why));
		for (size_t i = 0; i < count; i++) {
			const char *const name =
				return_cell_name(tax->result, line[i], &tax->pool);
			struct cell *const cell = cell_of(book, name, strlen(name));

			cr_expect(cell->name == NULL, "%s is there twice", name);
			cell->name = name;
			cell->formula = return_formula(tax->result, line[i], &tax->pool);
			cell->number =
				(double)return_line(tax->result, line[i]).amount.cents /
				100;
			if (cell->formula != NULL && strlen(cell->formula) > *longest)
				*longest = strlen(cell->formula);
			lines++;
		}
	}
	return lines;
}

static void check_lines(struct workbook *book, struct tax_case *tax, size_t lines)
{
	for (uint32_t i = 0; i < lines; i++) {
		const struct line_ref line = { i };
		const struct line_words words =
			law_line_words(tax->law, tax->input.year, line);
		const char *const name = return_cell_name(tax->result, line, &tax->pool);
		int64_t number, by;

		return_line_fraction(tax->result, line, &number, &by);
		const double want =
			words.exact ? (double)number / (double)by : (double)number / 100;
		const double got = calculate(book, cell_of(book, name, strlen(name)));

		cr_expect(fabs(got - want) < 1e-6, "%d: %s is %.2f, not %.2f: %s",
			tax->input.year, name, got, want,
			return_formula(tax->result, line, &tax->pool));
	}
	cr_expect(book->wrong == 0, "%d formulas that are wrong", book->wrong);
}

static void check_case(struct tax_case *tax, size_t *longest)
{
	struct workbook book = { .names = names_new() };

	fill_leaves(&book, tax);
	check_lines(&book, tax, fill_lines(&book, tax, longest));
	free(book.cell);
	names_free(book.names);
}

Test(formulas, a_workbook_of_every_year_gives_the_same_numbers, .timeout = 300)
{
	struct law *const law = case_law();
	uint64_t state = 6251;
	size_t longest = 0;

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
		for (int done = 0; done < 20;) {
			struct tax_case *before, *tax;
			const bool cents = draw_below(&state, 2);

			if (draw_pair(law, year, cents, &state, &before, &tax)) {
				check_case(tax, &longest);
				done++;
			}
			end_pair(before, tax);
		}
	/* What spreadsheet programs take. */
	cr_expect(longest < 8192, "a formula of %zu characters", longest);
	law_free(law);
}

static const struct {
	const char *formula, *dollars, *cents;
} texts[] = {
	{ "L2 + x", "ROUND(f_2+input_x,0)", "ROUND(f_2+input_x,2)" },
	{ "26% * (L2 - 2.50)", "ROUND(ROUND(13/50*(f_2-2.50),7),0)",
		"ROUND(ROUND(13/50*(f_2-2.50),7),2)" },
	{ "p * L2", "ROUND(ROUND(p_p*f_2,7),0)", "ROUND(ROUND(p_p*f_2,7),2)" },
	{ "max(0, L2 - p * x)", "ROUND(ROUND(MAX(0,f_2-p_p*input_x),7),0)", NULL },
	{ "if status is mfs then 1 else L2", "ROUND(f_2,0)", NULL },
	{ "if x > 1 and not has_prior then 1 else L2", "ROUND(IF(input_x>1,1,f_2),0)",
		NULL },
	{ "if k in (a, b) then 1 else 2",
		"ROUND(IF(OR(input_k=\"a\",input_k=\"b\"),1,2),0)", NULL },
	{ "if given(x) or yes(y) then 1 else 2",
		"ROUND(IF(OR(given_x=1,input_y=1),1,2),0)", NULL },
	{ "if filled(L3) then L3 else ledger@amt.d_gain",
		"ROUND(IF(ROUND(f_2+input_x,7)>5,f_3,ledger_amt_d_gain),0)", NULL },
	{ "floor(x, 50) + round(x, 1)",
		"ROUND(INT(ROUND(input_x/50,7))*50+ROUND(ROUND(input_x,7),0),0)", NULL },
	{ "sum(L2 .. L3) - - x", "ROUND(SUM(f_2,f_3)--input_x,0)", NULL },
	{ "f@prior.2 else x", "ROUND(input_x,0)", NULL },
};

Test(formulas, formulas_read_as_a_person_would_write_them)
{
	for (size_t i = 0; i < COUNT(texts); i++)
		for (int cents = 0; cents < 2; cents++) {
			char text[800];

			snprintf(text, sizeof text,
				"form f \"F\" \"F\"\n"
				"input x \"x\"\ninput y \"y\" yes_no\n"
				"input k \"k\" one_of a b c default a\n"
				"parameter p \"p\" rate\n    year source\n    2018- 26%% "
				"\"s\"\n"
				"line 1 \"a\" = %s\nline 2 \"b\" = x\n"
				"line 3 \"c\" when L2 + x > 5 = x\n",
				texts[i].formula);
			struct law *const law = law_of(text);
			struct tax_case *const tax = case_begin(law, 2024, "single");
			const char *const want =
				cents ? texts[i].cents : texts[i].dollars;

			tax->input.cents = cents;
			compute(tax, NULL);
			if (want != NULL)
				cr_expect_str_eq(
					return_formula(tax->result,
						(struct line_ref){ 0 }, &tax->pool),
					want);
			case_end(tax);
			law_free(law);
		}
}

Test(formulas, an_entered_line_has_no_formula_and_a_blank_one_is_zero)
{
	struct law *const law = law_of("form f \"F\" \"F\" per book\ninput x \"x\"\n"
				       "line 1 \"a\" = x\n"
				       "line 2k \"b\" when x > 5 = L1\n"
				       "line 3 \"c\" when status is mfs = L1\n");
	struct tax_case *const tax = case_begin(law, 2024, "single");

	tax->input.cents = false;
	enter(tax, "f@amt.1", 100);
	compute(tax, NULL);
	const struct line_ref *line;
	size_t count;
	struct fail why;

	cr_assert(law_form_lines(law, 2024, "f@amt", &line, &count, &why) && count == 3);
	cr_expect(return_formula(tax->result, line[0], &tax->pool) == NULL);
	cr_expect_str_eq(return_cell_name(tax->result, line[1], &tax->pool), "f_amt_2k");
	cr_expect_str_eq(return_formula(tax->result, line[1], &tax->pool),
		"IF(input_x>5,ROUND(f_amt_1,0),0)");
	cr_expect_str_eq(return_formula(tax->result, line[2], &tax->pool), "0");
	case_end(tax);
	law_free(law);
}

/* Spreadsheets look a name up even in a branch that they do not take. */
Test(formulas, a_parameter_that_is_not_known_has_a_cell)
{
	struct law *const law =
		law_of("form f \"F\" \"F\"\ninput x \"x\"\n"
		       "parameter p \"p\"\n    year source\n    2018 5 \"s\"\n"
		       "line 1 \"a\" = if x > 5 then p else x\n");
	struct tax_case *const tax = case_begin(law, 2024, "single");
	struct leaf *leaf;
	size_t count;

	compute(tax, NULL);
	return_leaves(tax->result, &leaf, &count, &tax->pool);
	cr_assert(eq(sz, count, 2));
	cr_expect_str_eq(leaf[0].cell_name, "input_x");
	cr_expect_str_eq(leaf[1].cell_name, "p_p");
	cr_expect_str_eq(leaf[1].label, "not known for this year");
	case_end(tax);
	law_free(law);
}

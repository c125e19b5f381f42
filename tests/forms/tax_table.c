/*
 * The Tax Tables and Tax Computation Worksheets of the Instructions for Form 1040, read from the
 * official text where it lies beside the source (it is not ours to copy): every cell at both ends
 * and in the middle of its step, every row of the worksheets, against the program. What needs no
 * text is tested always.
 */
#include <ctype.h>
#include <unistd.h>

#include "tests/forms/case.h"

#define OFFICIAL "../shared/irs/i1040gi--"
#define COLUMNS  4
#define STEPS    2062 /* 3 up to 25 dollars, 119 up to 3,000, 1,940 up to 100,000 */
#define ROWS     16   /* of a block of the table, at most */

/* The columns of the table in its order; a surviving spouse uses the joint one. */
static const struct {
	const char *status;
	int column;
} users[] = { { "single", 0 }, { "mfj", 1 }, { "mfs", 2 }, { "hoh", 3 }, { "qss", 1 } };

/* Numbers that stand below each other with no empty row between: a column of a block. */
struct group {
	int64_t at[ROWS];
	size_t count;
};

struct reading {
	const struct law *law;
	int year;
	struct group group[2 + COLUMNS]; /* the last ones read, the newest last */
	bool seen[100000];
	size_t steps, wrong;
};

/* The tax on a taxable income that is entered by hand. */
static int64_t tax_of(const struct law *law, int year, const char *status, int64_t cents)
{
	struct tax_case *const tax = case_begin(law, year, status);
	char amount[MONEY_TEXT];

	case_line(tax, "f1040.taxable_income",
		money_plain((struct money){ cents }, amount));
	case_evaluate(tax, NULL);
	const int64_t is = case_cents(tax, "f1040.tax");

	case_end(tax);
	return is;
}

static void expect_tax(struct reading *reading, size_t user, int64_t income, int64_t want)
{
	const char *const status = users[user].status;
	const int64_t is = tax_of(reading->law, reading->year, status, income);

	if (is == want || ++reading->wrong > 5)
		return;
	cr_expect(false, "%d %s, income of %lld cents: tax %lld, printed %lld",
		reading->year, status, (long long)income, (long long)is, (long long)want);
}

/* A row: the tax of a column holds from the first cent of the step to its last. */
static void check_step(struct reading *reading, int64_t from, int64_t to, size_t row)
{
	cr_assert(from >= 0 && from < to && to <= 100000);
	cr_expect(reading->seen[from] == false, "%d: %lld is there twice", reading->year,
		(long long)from);
	reading->seen[from] = true;
	reading->steps++;
	for (size_t user = 0; user < COUNT(users); user++) {
		const int64_t want = reading->group[2 + users[user].column].at[row] * 100;

		expect_tax(reading, user, from * 100, want);
		expect_tax(reading, user, (from + to) * 50, want);
		expect_tax(reading, user, to * 100 - 1, want);
	}
}

static bool columns_have(const struct reading *reading, size_t rows)
{
	bool all = rows > 0;

	for (int i = 0; i < COLUMNS; i++)
		all = all && reading->group[2 + i].count == rows;
	return all;
}

/* The usual block: "at least", "but less than", and four columns of taxes. */
static bool is_block(const struct reading *reading)
{
	const struct group *const from = &reading->group[0],
				  *const to = &reading->group[1];
	bool is = columns_have(reading, from->count) && to->count == from->count;

	for (size_t i = 0; is && i < from->count; i++)
		is = from->at[i] < to->at[i] && (i == 0 || from->at[i] == to->at[i - 1]);
	return is;
}

/* The lowest block, whose "at least" (0, 5, 15, 25, 50) stands apart from it in the text. */
static bool is_lowest(const struct reading *reading)
{
	static const int64_t edge[] = { 5, 15, 25, 50, 75 };
	const struct group *const to = &reading->group[1];

	return columns_have(reading, COUNT(edge)) && to->count == COUNT(edge) &&
		memcmp(to->at, edge, sizeof edge) == 0;
}

/* The last block has both edges of a step in one row of the text: "99,950 100,000". */
static bool is_paired(const struct reading *reading)
{
	const struct group *const edge = &reading->group[1];
	bool is = edge->count % 2 == 0 && columns_have(reading, edge->count / 2);

	for (size_t i = 0; is && i < edge->count; i++)
		is = i == 0 ||
			(i % 2 == 0 ? edge->at[i] == edge->at[i - 1]
				    : edge->at[i] > edge->at[i - 1]);
	return is;
}

static void check_block(struct reading *reading)
{
	const int64_t *const from = reading->group[0].at,
			     *const to = reading->group[1].at;
	const size_t rows = reading->group[2].count;

	if (is_block(reading))
		for (size_t i = 0; i < rows; i++)
			check_step(reading, from[i], to[i], i);
	else if (is_lowest(reading))
		for (size_t i = 0; i < rows; i++)
			check_step(reading, i == 0 ? 0 : to[i - 1], to[i], i);
	else if (is_paired(reading))
		for (size_t i = 0; i < rows; i++)
			check_step(reading, to[2 * i], to[2 * i + 1], i);
}

/* "1,000" or "99,950 100,000": adds the row's numbers; false if it holds anything else. */
static bool add_numbers(const char *row, struct group *group)
{
	const char *at = row;

	if (!isdigit((unsigned char)*at) || strspn(row, "0123456789, \n") != strlen(row))
		return false;
	while (isdigit((unsigned char)*at) && group->count < ROWS) {
		int64_t number = 0;

		for (; isdigit((unsigned char)*at) || *at == ','; at++)
			if (*at != ',')
				number = 10 * number + *at - '0';
		group->at[group->count++] = number;
		at += strspn(at, " \n");
	}
	return true;
}

static void end_group(struct reading *reading, struct group *group)
{
	const size_t last = COUNT(reading->group) - 1;

	/* The heading of a block of 1,000 dollars runs into its first column. */
	if (group->count > 1 && group->at[0] == group->at[1]) {
		group->count--;
		memmove(group->at, group->at + 1, group->count * sizeof *group->at);
	}
	/* A number alone is a heading or the number of a page. */
	if (group->count > 1) {
		memmove(reading->group, reading->group + 1,
			last * sizeof *reading->group);
		reading->group[last] = *group;
		check_block(reading);
	}
	*group = (struct group){ .count = 0 };
}

static FILE *open_instructions(int year)
{
	char path[64];

	snprintf(path, sizeof path, OFFICIAL "%d.txt", year);
	return fopen(path, "r");
}

static void read_table(const struct law *law, int year, FILE *file)
{
	struct reading *const reading = must_alloc(sizeof *reading);
	struct group group = { .count = 0 };
	char *row = NULL;
	size_t room = 0;
	bool inside = false;

	*reading = (struct reading){ .law = law, .year = year };
	while (getline(&row, &room, file) >= 0) {
		if (strcmp(row, "Sample Table\n") == 0)
			inside = true;
		if (inside && strstr(row, "Tax Computation Worksheet") == row + 5)
			break;
		if (inside && !add_numbers(row, &group))
			end_group(reading, &group);
	}
	cr_expect(reading->steps == STEPS, "%d: %zu steps were read of %d", year,
		reading->steps, STEPS);
	cr_expect(reading->wrong == 0, "%d: %zu wrong", year, reading->wrong);
	free(row);
	free(reading);
}

Test(tax_table, has_the_printed_tax_in_every_cell)
{
	struct law *const law = case_law();
	int tables = 0;

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		FILE *const file = open_instructions(year);

		if (file == NULL)
			continue;
		read_table(law, year, file);
		fclose(file);
		tables++;
	}
	law_free(law);
	if (tables == 0)
		cr_skip_test("the official text is not here");
}

/* "Over $197,300 but not over $250,525 $": its amounts; the second is 0 in the highest row. */
static bool row_of_worksheet(const char *row, int64_t edge[2])
{
	int read = 0;

	if (strncmp(row, "Over $", 6) != 0 && strncmp(row, "At least $100,000", 17) != 0)
		return false;
	edge[0] = edge[1] = 0;
	for (const char *at = row; (at = strchr(at, '$')) != NULL && read < 2;) {
		at++;
		for (; isdigit((unsigned char)*at) || *at == ','; at++)
			if (*at != ',')
				edge[read] = 10 * edge[read] + *at - '0';
		read += edge[read] > 0;
	}
	return true;
}

/* "x 22% (0.22)" with the sign for times. */
static bool percent_of_worksheet(const char *row, int *percent)
{
	const char *const digits = row + strcspn(row, "0123456789");

	return strstr(row, "% (0.") != NULL && sscanf(digits, "%d%%", percent) == 1;
}

/* "$ 30,452.75" in cents. */
static bool subtraction_of_worksheet(const char *row, int64_t *cents)
{
	int64_t digits = 0;

	if (strncmp(row, "$ ", 2) != 0 || strchr(row, '.') == NULL)
		return false;
	for (const char *at = row + 2; *at != '\0' && *at != '\n'; at++)
		if (isdigit((unsigned char)*at))
			digits = 10 * digits + *at - '0';
	*cents = digits;
	return true;
}

/* (a) times (b), less (d), at the ends of a row and just inside it. */
static void check_row(struct reading *reading, int column, const int64_t edge[2],
	int percent, int64_t subtract)
{
	const int64_t low = edge[0] * 100 + (edge[0] == 100000 ? 0 : 1);
	const int64_t high = edge[1] > 0 ? edge[1] * 100 : INT64_C(1000000000000);
	const int64_t income[] = { low, low + 49, (low + high) / 2, high };

	for (size_t user = 0; user < COUNT(users); user++)
		for (size_t i = 0; i < COUNT(income); i++)
			if (users[user].column == column)
				expect_tax(reading, user, income[i],
					(income[i] * percent + 50) / 100 - subtract);
	reading->steps++;
}

static void read_worksheet(const struct law *law, int year, FILE *file)
{
	struct reading *const reading = must_alloc(sizeof *reading);
	char *row = NULL, heading[64];
	size_t room = 0;
	int64_t edge[2] = { 0, 0 }, subtract;
	int percent = 0, column = -1;
	bool inside = false;

	*reading = (struct reading){ .law = law, .year = year };
	snprintf(heading, sizeof heading, "%d Tax Computation Worksheet", year);
	while (getline(&row, &room, file) >= 0) {
		inside = inside || strncmp(row, heading, strlen(heading)) == 0;
		if (!inside || column >= COLUMNS)
			continue;
		/* "Section A-Use if your filing status is Single." */
		if (strncmp(row, "Section ", 8) == 0 && strstr(row, "filing status"))
			column = row[8] - 'A';
		else if (row_of_worksheet(row, edge) ||
			percent_of_worksheet(row, &percent))
			continue;
		else if (edge[0] > 0 && subtraction_of_worksheet(row, &subtract)) {
			check_row(reading, column, edge, percent, subtract);
			edge[0] = 0;
		}
	}
	cr_expect(reading->steps == COLUMNS * 5, "%d: %zu rows were read", year,
		reading->steps);
	cr_expect(reading->wrong == 0, "%d: %zu wrong", year, reading->wrong);
	free(row);
	free(reading);
}

Test(tax_table, the_worksheets_from_100000_on_have_the_printed_tax)
{
	struct law *const law = case_law();
	int read = 0;

	for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++) {
		FILE *const file = open_instructions(year);

		if (file == NULL)
			continue;
		read_worksheet(law, year, file);
		fclose(file);
		read++;
	}
	law_free(law);
	if (read == 0)
		cr_skip_test("the official text is not here");
}

/*
 * Incomes beside the edges of the steps, with cents and in whole dollars. "If your taxable income
 * is less than $100,000, you must use the Tax Table": 99,999.99 is; in whole dollars it is
 * 100,000 and the Tax Computation Worksheet's.
 */
Test(tax_table, edges)
{
	static const struct {
		int64_t income;
		bool dollars;
		int64_t tax; /* single, 2025, in cents */
	} cases[] = {
		{ 0, false, 0 },
		{ 499, false, 0 },
		{ 499, true, 100 }, /* rounded to 5 dollars: the step from 5 to 15 */
		{ 500, false, 100 },
		{ 1499, false, 100 },
		{ 1500, false, 200 },
		{ 2499, false, 200 },
		{ 2500, false, 400 }, /* 25 to 50: 3.75 */
		{ 4999, false, 400 },
		{ 299999, false, 29900 },
		{ 299999, true, 30300 },
		{ 300000, false, 30300 },
		{ 9999999, false, 1690900 },
		{ 9999999, true, 1691400 }, /* 22% of 100,000 less 5,086 */
		{ 10000000, false, 1691400 },
		{ 10000001, false, 1691400 },
	};
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct tax_case *const tax = case_begin(law, 2025, "single");

		tax->input.cents = !cases[i].dollars;
		case_line(tax, "f1040.standard", "0");
		case_give_cents(tax, "taxable_interest", cases[i].income);
		case_evaluate(tax, NULL);
		cr_expect(eq(i64, case_cents(tax, "f1040.tax"), cases[i].tax),
			"income of %lld cents%s", (long long)cases[i].income,
			cases[i].dollars ? ", whole dollars" : "");
		case_end(tax);
	}
	law_free(law);
}

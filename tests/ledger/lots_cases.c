/* Reads tests/ledger/cases: a case for each rule, its history, the state before and after. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdio.h>

#include "ledger/record.h"
#include "tests/ledger/case_says.h"

#define CASES "tests/ledger/cases"

/* ---- facts --------------------------------------------------------------------------- */

#define OPTION(name, type, field)                                                        \
	{                                                                                \
		name, type, false, offsetof(struct fact, field), 0, NULL, ""             \
	}
#define KNOWN(name, type, field)                                                         \
	{                                                                                \
		name, type, false, offsetof(struct fact, field),                         \
			offsetof(struct fact, field##_known), NULL, ""                   \
	}
#define WORD(name, field, words)                                                         \
	{                                                                                \
		name, RECORD_WORD, false, offsetof(struct fact, field), 0, &(words), ""  \
	}

/* A 1099-B row comes from a file; here it is typed. */
static const struct record_option of_reported[] = {
	OPTION("symbol", RECORD_TEXT, symbol),
	OPTION("alias", RECORD_TEXT, name),
	OPTION("date", RECORD_DAY, day),
	OPTION("acquired", RECORD_DAY, other_day),
	OPTION("shares", RECORD_SHARES, shares),
	KNOWN("proceeds", RECORD_MONEY, proceeds),
	KNOWN("basis", RECORD_MONEY, basis),
	OPTION("wash", RECORD_MONEY, wash),
	OPTION("discount", RECORD_MONEY, discount),
	OPTION("income", RECORD_MONEY, income),
	OPTION("plan", RECORD_TEXT, plan),
	WORD("option", option, option_words),
	WORD("term", term, term_words),
	WORD("covered", covered, covered_words),
	WORD("gross", gross, covered_words),
	OPTION("account", RECORD_TEXT, account),
	OPTION("box", RECORD_TEXT, text),
};
static const struct record_kind reported_kind = { "reported", FACT_REPORTED_SALE, "",
	of_reported, COUNT(of_reported) };

#define TODAY "2027-01-01"

/* False, with why, when the fact cannot be by itself. */
static bool add_line(struct household *home, struct line *line, struct fail *why)
{
	const struct record_kind *kind = &reported_kind;
	struct record_value values[WORDS];
	struct fact facts[RECORD_FACTS_MOST];
	size_t count = 0, made;

	if (strcmp(line->word[1], "figures") == 0)
		return figures_add(home, line, why);
	if (strcmp(line->word[1], "return") == 0) {
		printed_as(line);
		return true;
	}
	if (strcmp(line->word[1], "reported") != 0)
		cr_assert(record_kind_find(line->word[1], &kind, why), "%s:%d: %s",
			line->file, line->number, why->message);
	for (size_t i = 2; i < line->words; i++) {
		char *value;

		cr_assert(key_value(line->word[i], &value), "%s:%d: %s", line->file,
			line->number, line->word[i]);
		values[count++] = (struct record_value){ line->word[i], value };
	}
	if (!record_from_values(
		    kind, values, count, on(TODAY), home->facts.names, facts, &made, why))
		return false;
	for (size_t i = 0; i < made; i++) {
		if (facts[i].kind == FACT_REPORTED_SALE) {
			facts[i].box = names_text(home->facts.names, facts[i].text)[0];
			facts[i].text = 0;
			facts[i].alias = facts[i].name;
			facts[i].name = 0;
		}
		add_fact(home, facts[i]);
	}
	return true;
}

/* ---- statements ---------------------------------------------------------------------- */

static int failures;

static void complain(const struct stating *s, const char *what, const char *want)
{
	failures++;
	fprintf(stderr, "%s:%d: %s is %s, not %s\n", s->line->file, s->line->number, what,
		s->got, want);
}

/* "amt.gain=5" or "gain=5", of whatever `say` speaks. */
#define CHECK_KEYS(s, from, say, thing)                                                  \
	for (size_t i = (from); i < (s)->line->words; i++) {                             \
		char copy[256], *value;                                                  \
                                                                                         \
		snprintf(copy, sizeof copy, "%s", (s)->line->word[i]);                   \
		cr_assert(key_value(copy, &value), "%s:%d: %s", (s)->line->file,         \
			(s)->line->number, (s)->line->word[i]);                          \
		const bool amt = strncmp(copy, "amt.", 4) == 0;                          \
                                                                                         \
		if (amt)                                                                 \
			(s)->book = BOOK_AMT;                                            \
		cr_assert(say((s), (thing), copy + (amt ? 4 : 0)), "%s:%d: what is %s?", \
			(s)->line->file, (s)->line->number, copy);                       \
		if (!is((s)->got, value))                                                \
			complain((s), (s)->line->word[i], value);                        \
		if (amt)                                                                 \
			(s)->book = BOOK_REGULAR;                                        \
	}

static const struct lot *lot_named(const struct stating *s, const char *name)
{
	for (size_t i = 0; i < s->lots->lot_count; i++) {
		const struct lot *const lot = &s->lots->lot[i];
		char id[16];

		snprintf(id, sizeof id, "L%u", lot->number);
		if (is(name, id) ||
			(lot->label != 0 &&
				is(name, names_text(s->home->facts.names, lot->label))))
			return lot;
	}
	return NULL;
}

static bool noticed(const struct stating *s, const char *name)
{
	bool exists = false;

	for (int i = 0; i < NOTICE_KINDS; i++)
		exists |= is(name, notice_name((enum notice_kind)i));
	cr_assert(exists, "%s:%d: no notice is called %s", s->line->file, s->line->number,
		name);
	for (size_t i = 0; i < s->lots->notice_count; i++)
		if (is(name, notice_name(s->lots->notice[i].kind)))
			return true;
	return false;
}

static void check_row(struct stating *s)
{
	struct f8949_row *rows;
	size_t count;
	enum book book;
	const size_t number = (size_t)atoi(s->line->word[4]);

	cr_assert(book_find(s->line->word[3], &book));
	f8949_rows(s->lots, atoi(s->line->word[2]), book, &rows, &count, &s->home->pool);
	cr_assert(number >= 1 && number <= count, "%s:%d: there are %zu rows",
		s->line->file, s->line->number, count);
	CHECK_KEYS(s, 5, say_of_row, &rows[number - 1])
}

static void check_year(struct stating *s)
{
	struct year_figures figures;

	year_figures(s->lots, atoi(s->line->word[2]), &figures, &s->home->pool);
	cr_assert(book_find(s->line->word[3], &s->book));
	CHECK_KEYS(s, 4, say_of_year, &figures)
}

static void check_form(struct stating *s)
{
	const struct chain chain = forms_of(s->home, s->lots, s->line);

	CHECK_KEYS(s, 3, say_of_form, form_year(&chain, s->line))
}

static void check_credit(struct stating *s)
{
	const struct chain chain = forms_of(s->home, s->lots, s->line);

	CHECK_KEYS(s, 3, say_of_credit, credit_of(s->home, &chain, s->line))
}

static void check_count(struct stating *s, size_t count)
{
	snprintf(s->got, sizeof s->got, "%zu", count);
	if (!is(s->got, s->line->word[2]))
		complain(s, s->line->word[1], s->line->word[2]);
}

static void check(struct stating *s)
{
	const char *const what = s->line->word[1];

	s->book = BOOK_REGULAR;
	if (is(what, "lots")) {
		check_count(s, s->lots->lot_count);
	} else if (is(what, "sales")) {
		check_count(s, s->lots->disposition_count);
	} else if (is(what, "lot")) {
		const struct lot *const lot = lot_named(s, s->line->word[2]);

		cr_assert(lot != NULL, "%s:%d: no lot is %s", s->line->file,
			s->line->number, s->line->word[2]);
		CHECK_KEYS(s, 3, say_of_lot, lot)
	} else if (is(what, "sold")) {
		const size_t number = (size_t)atoi(s->line->word[2]);

		cr_assert(number >= 1 && number <= s->lots->disposition_count,
			"%s:%d: %zu are sold", s->line->file, s->line->number,
			s->lots->disposition_count);
		CHECK_KEYS(s, 3, say_of_sold, &s->lots->disposition[number - 1])
	} else if (is(what, "row")) {
		check_row(s);
	} else if (is(what, "year")) {
		check_year(s);
	} else if (is(what, "form")) {
		check_form(s);
	} else if (is(what, "credit")) {
		check_credit(s);
	} else if (is(what, "notice")) {
		strcpy(s->got, "missing");
		if (!noticed(s, s->line->word[2]))
			complain(s, s->line->word[2], "given");
	} else if (is(what, "silent")) {
		strcpy(s->got, "given");
		if (noticed(s, s->line->word[2]))
			complain(s, s->line->word[2], "missing");
	} else {
		cr_assert(false, "%s:%d: what is %s?", s->line->file, s->line->number,
			what);
	}
}

/* ---- cases --------------------------------------------------------------------------- */

#define LINES 80

struct test_case {
	char name[160];
	char text[LINES][400];
	int number[LINES];
	size_t lines;
};

/* Add the facts of the lines that begin with a word. */
static bool add_lines(const struct test_case *test, const char *file, const char *first,
	struct household *home, struct fail *why)
{
	for (size_t i = 0; i < test->lines; i++) {
		struct line line = { .file = file, .number = test->number[i] };
		char text[400];

		strcpy(text, test->text[i]);
		split_words(text, &line);
		if (is(line.word[0], first) && !add_line(home, &line, why))
			return false;
	}
	return true;
}

/* Check what the lines that begin with a word state. */
static void run_lines(const struct test_case *test, const char *file, const char *first,
	struct household *home, const struct lots *lots)
{
	for (size_t i = 0; i < test->lines; i++) {
		struct line line = { .file = file, .number = test->number[i] };
		char text[400];

		strcpy(text, test->text[i]);
		split_words(text, &line);
		if (!is(line.word[0], first))
			continue;
		cr_assert(line.words >= 2, "%s:%d: too short", file, line.number);
		struct stating stating = { .home = home, .lots = lots, .line = &line };

		check(&stating);
	}
}

static const char *refused(const struct test_case *test)
{
	for (size_t i = 0; i < test->lines; i++)
		if (strncmp(test->text[i], "refused ", 8) == 0)
			return test->text[i] + 8;
	return NULL;
}

/* The same facts in other orders say the same. */
static void check_orders(
	const struct test_case *test, const char *file, struct household *home)
{
	for (uint64_t seed = 1; seed <= 3; seed++) {
		struct lots lots = { 0 };
		struct fail why = { 0 };

		household_shuffle(home, seed);
		cr_assert(lots_replay(&home->facts, &lots, &home->pool, &why),
			"%s: %s: in another order: %s", file, test->name, why.message);
		run_lines(test, file, "after", home, &lots);
	}
}

static void run_case(const struct test_case *test, const char *file)
{
	struct household home = household();
	struct lots lots = { 0 };
	struct fail why = { 0 };
	const char *const message = refused(test);
	struct chain chain;

	forms_begin();
	cr_assert(add_lines(test, file, "given", &home, &why), "%s: %s: %s", file,
		test->name, why.message);
	cr_assert(lots_replay(&home.facts, &lots, &home.pool, &why), "%s: %s: %s", file,
		test->name, why.message);
	run_lines(test, file, "before", &home, &lots);
	const bool done = add_lines(test, file, "event", &home, &why) &&
		lots_replay(&home.facts, &lots, &home.pool, &why) &&
		forms_compute(&home, &lots, &chain, &why);

	if (message != NULL) {
		if (done || !is(why.message, message)) {
			failures++;
			fprintf(stderr, "%s: %s: %s\n", file, test->name,
				done ? "is not refused" : why.message);
		}
	} else if (!done) {
		failures++;
		fprintf(stderr, "%s: %s: %s\n", file, test->name, why.message);
	} else {
		run_lines(test, file, "after", &home, &lots);
		check_orders(test, file, &home);
	}
	household_release(&home);
}

static int run_file(const char *path)
{
	static struct test_case test;
	char text[400];
	int number = 0, cases = 0;
	FILE *const file = fopen(path, "r");

	cr_assert(file != NULL, "%s", path);
	test.lines = 0;
	for (;;) {
		const bool more = fgets(text, sizeof text, file) != NULL;
		char *at = text;

		number++;
		while (more && isspace((unsigned char)*at))
			at++;
		if (more && (*at == '\0' || *at == '#'))
			continue;
		if (!more || strncmp(at, "case ", 5) == 0) {
			if (cases > 0)
				run_case(&test, path);
			if (!more)
				break;
			cases++;
			test.lines = 0;
			snprintf(test.name, sizeof test.name, "%.*s",
				(int)strcspn(at + 5, "\n"), at + 5);
			continue;
		}
		cr_assert(cases > 0 && test.lines < LINES, "%s:%d", path, number);
		at[strcspn(at, "\n")] = '\0';
		strcpy(test.text[test.lines], at);
		test.number[test.lines++] = number;
	}
	fclose(file);
	return cases;
}

Test(lots_cases, each_rule_has_its_case)
{
	DIR *const folder = opendir(CASES);
	int cases = 0;

	cr_assert(folder != NULL);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		char path[512];
		const size_t length = strlen(entry->d_name);

		if (length < 6 || !is(entry->d_name + length - 5, ".case"))
			continue;
		snprintf(path, sizeof path, CASES "/%s", entry->d_name);
		cases += run_file(path);
	}
	closedir(folder);
	cr_assert(cases >= 1, "no cases were found");
	cr_expect(failures == 0, "%d statements do not hold", failures);
	law_free(law_of_cases);
}

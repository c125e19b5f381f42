/* What people record by hand becomes facts, or a sentence that helps. */
#include "ledger/record.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>
#include <string.h>

#include "ledger/base/pool.h"

static struct day on(const char *text)
{
	struct day day;
	struct fail why = { 0 };

	cr_assert(day_parse_iso(text, strlen(text), &day, &why));
	return day;
}

static const struct record_kind *kind_of(const char *name)
{
	const struct record_kind *kind;
	struct fail why = { 0 };

	cr_assert(record_kind_find(name, &kind, &why), "%s", why.message);
	return kind;
}

/* "date=2024-06-03 shares=10": the values of one fact. */
static bool record(const char *kind, char *words, struct fact *facts, size_t *made,
	struct names *names, struct fail *why)
{
	struct record_value values[32];
	size_t count = 0;

	for (char *word = strtok(words, ";"); word != NULL; word = strtok(NULL, ";")) {
		char *const equals = strchr(word, '=');

		*equals = '\0';
		values[count++] = (struct record_value){ word, equals + 1 };
	}
	return record_from_values(
		kind_of(kind), values, count, on("2026-01-01"), names, facts, made, why);
}

Test(record, an_exercise_has_all_that_form_3921_says)
{
	char words[] = "symbol=ACME;grant-date=2019-01-02;date=2022-03-01;shares=100.5;"
		       "strike=1.25;fmv=31;lot=A;account=Fidelity;kind=iso;owner=";
	struct names *const names = names_new();
	struct fact facts[RECORD_FACTS_MOST];
	size_t made;
	struct fail why = { 0 };

	cr_assert(
		record("exercise", words, facts, &made, names, &why), "%s", why.message);
	cr_assert(eq(sz, made, 1));
	cr_expect(facts[0].kind == FACT_EXERCISE);
	cr_expect(eq(i32, facts[0].day.number, on("2022-03-01").number));
	cr_expect(eq(i32, facts[0].other_day.number, on("2019-01-02").number));
	cr_expect(eq(i64, facts[0].shares.e8, 10050000000));
	cr_expect(eq(i64, facts[0].price.e8, 125000000));
	cr_expect(eq(i64, facts[0].fmv.e8, 3100000000));
	cr_expect(facts[0].option == OPTION_ISO);
	cr_expect(strcmp(names_text(names, facts[0].lot), "A") == 0);
	cr_expect(strcmp(names_text(names, facts[0].account), "Fidelity") == 0);
	cr_expect(eq(u32, facts[0].owner, 0));
	names_free(names);
}

Test(record, a_security_makes_one_fact_an_alias)
{
	char words[] = "symbol=ACME;alias=ACME ROBOTICS INC;alias=Acme Robotics;"
		       "cusip=004498101";
	struct names *const names = names_new();
	struct fact facts[RECORD_FACTS_MOST];
	size_t made;
	struct fail why = { 0 };

	cr_assert(
		record("security", words, facts, &made, names, &why), "%s", why.message);
	cr_assert(eq(sz, made, 3));
	cr_expect(strcmp(names_text(names, facts[0].alias), "ACME ROBOTICS INC") == 0);
	cr_expect(strcmp(names_text(names, facts[2].alias), "004498101") == 0);
	cr_expect(strcmp(names_text(names, facts[2].symbol), "ACME") == 0);
	names_free(names);
}

/* The line's words, its kind of failure, the place of the bad value, and the message. */
static const struct {
	const char *kind, *words;
	enum fail_kind fail;
	long column;
	const char *message;
} refused[] = {
	{ "sale", "symbol=ACME;date=2024-6-3;shares=1;price=1", FAIL_USAGE, 2,
		"date: \"2024-6-3\" is not a day (want YYYY-MM-DD)" },
	{ "sale", "symbol=ACME;date=2024-06-03;share=1;price=1", FAIL_USAGE, 3,
		"sale has no \"share\"" },
	{ "sale", "symbol=ACME;shares=1;price=1", FAIL_USAGE, 0, "sale needs date" },
	{ "sale", "symbol=A;symbol=B;date=2024-06-03;shares=1;price=1", FAIL_USAGE, 2,
		"symbol is given twice" },
	{ "sale", "symbol=ACME;date=2024-06-03;shares=1", FAIL_BAD_INPUT, 0,
		"the sale says neither its proceeds nor a price above zero" },
	{ "sale", "symbol=ACME;date=2024-06-03;shares=0;price=1", FAIL_BAD_INPUT, 0,
		"shares must be more than zero, 0 is given" },
	{ "sale", "symbol=ACME;date=2026-01-02;shares=1;price=1", FAIL_BAD_INPUT, 2,
		"date 2026-01-02 is in the future (today is 2026-01-01)" },
	{ "exercise",
		"symbol=ACME;grant-date=2023-01-02;date=2022-03-01;shares=1;strike=1;"
		"fmv=2",
		FAIL_BAD_INPUT, 0,
		"the exercise of 2022-03-01 is before the grant of 2023-01-02" },
	{ "exercise", "symbol=ACME;date=2022-03-01;shares=1;strike=1;fmv=2",
		FAIL_BAD_INPUT, 0,
		"the exercise says neither its grant nor the day of the grant" },
	{ "exercise",
		"symbol=ACME;grant-date=2020-01-02;date=2022-03-01;shares=1;strike=1;"
		"fmv=0",
		FAIL_BAD_INPUT, 0,
		"the fair market value must be more than zero, 0.00 is given" },
	{ "grant", "id=G;symbol=ACME;date=2022-03-01;shares=1;strike=1;kind=rsu",
		FAIL_USAGE, 6, "kind: \"rsu\" is none of iso, nso" },
};

Test(record, what_cannot_be_is_refused)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct names *const names = names_new();
		struct fact facts[RECORD_FACTS_MOST];
		size_t made;
		struct fail why = { 0 };
		char words[256];

		strcpy(words, refused[i].words);
		cr_expect(not(record(refused[i].kind, words, facts, &made, names, &why)),
			"%s", refused[i].words);
		cr_expect(eq(int, (int)why.kind, (int)refused[i].fail), "%s",
			refused[i].words);
		cr_expect(
			eq(long, why.column, refused[i].column), "%s", refused[i].words);
		cr_expect(strcmp(why.message, refused[i].message) == 0, "%s: got %s",
			refused[i].words, why.message);
		names_free(names);
	}
}

Test(record, an_unknown_kind_names_the_nearest)
{
	const struct record_kind *kind;
	struct fail why = { 0 };

	cr_assert(not(record_kind_find("exercize", &kind, &why)));
	cr_expect(why.kind == FAIL_USAGE);
	cr_expect(strstr(why.hint, "did you mean exercise?") != NULL, "%s", why.hint);
}

Test(record, columns_may_have_underscores)
{
	cr_expect(record_option_find(kind_of("exercise"), "grant_date") != NULL);
	cr_expect(record_option_find(kind_of("exercise"), "grantdate") == NULL);
}

Test(record, the_template_of_every_kind_reads_back)
{
	size_t count;
	const struct record_kind *const kinds = record_kinds(&count);

	for (size_t i = 0; i < count; i++) {
		struct text text = TEXT_EMPTY;
		char expected[64];

		record_template(&kinds[i], &text);
		cr_expect(strncmp(text.at, "record,", 7) == 0);
		snprintf(expected, sizeof expected, "\n%s,", kinds[i].name);
		cr_expect(strstr(text.at, expected) != NULL, "%s", text.at);
		text_release(&text);
	}
}

/*
 * Households over several years against tests/vectors/scenarios: lots replayed from facts, the
 * chain of returns, every line that the scenario names, to the cent.
 *
 * A scenario is text: "tax table" or "tax schedule"; "year 2024 NAME=VALUE ..."; "exercise LOT
 * GRANTED DAY SHARES STRIKE FMV"; "sale LOT DAY SHARES PRICE"; "want 2024 LINE AMOUNT".
 */
#include <dirent.h>

#include "forms/chain.h"
#include "tests/forms/case.h"

#define FOLDER "tests/vectors/scenarios/"
#define WORDS  32

struct want {
	int year;
	const char *line;
	int64_t cents;
};

struct scenario {
	const char *name;
	struct facts facts;
	size_t fact_room;
	struct want *want;
	size_t wants, want_room;
	bool schedule;
	struct pool pool;
};

static struct fact *add(struct scenario *scenario, enum fact_kind kind)
{
	GROW(scenario->facts.at, scenario->facts.count, scenario->fact_room);
	struct fact *const fact = &scenario->facts.at[scenario->facts.count++];

	*fact = FACT_EMPTY;
	fact->kind = kind;
	fact->id = (int64_t)scenario->facts.count;
	return fact;
}

static uint32_t name(struct scenario *scenario, const char *words)
{
	return names_add(scenario->facts.names, words, strlen(words));
}

static struct day day(const char *words)
{
	struct day day;
	struct fail why;

	cr_assert(day_parse_iso(words, strlen(words), &day, &why), "%s", words);
	return day;
}

static struct shares shares(const char *words)
{
	struct shares shares;
	struct fail why;

	cr_assert(shares_parse(words, &shares, &why), "%s", words);
	return shares;
}

static struct price price(const char *words)
{
	struct price price;
	struct fail why;

	cr_assert(price_parse(words, &price, &why), "%s", words);
	return price;
}

static void exercise(struct scenario *scenario, char **word)
{
	struct fact *const fact = add(scenario, FACT_EXERCISE);

	fact->symbol = name(scenario, "ACME");
	fact->option = OPTION_ISO;
	fact->lot = name(scenario, word[1]);
	fact->other_day = day(word[2]);
	fact->day = day(word[3]);
	fact->shares = shares(word[4]);
	fact->price = price(word[5]);
	fact->fmv = price(word[6]);
}

static void sale(struct scenario *scenario, char **word)
{
	struct fact *const fact = add(scenario, FACT_SALE);

	fact->symbol = name(scenario, "ACME");
	fact->lot = name(scenario, word[1]);
	fact->day = day(word[2]);
	fact->shares = shares(word[3]);
	fact->price = price(word[4]);
}

static void year(
	struct scenario *scenario, const struct law *law, char **word, size_t words)
{
	for (size_t i = 2; i < words; i++) {
		struct fact *const fact = add(scenario, FACT_FIGURE);
		const int64_t id = fact->id;
		struct fail why;

		if (!figure_from_words(law, atoi(word[1]), word[i], scenario->facts.names,
			    fact, &why))
			cr_fatal("%s: %s: %s", scenario->name, word[i], why.message);
		fact->id = id;
	}
}

static void want(struct scenario *scenario, char **word)
{
	GROW(scenario->want, scenario->wants, scenario->want_room);
	scenario->want[scenario->wants++] = (struct want){ .year = atoi(word[1]),
		.line = pool_text(&scenario->pool, word[2], strlen(word[2])),
		.cents = case_money(word[3]).cents };
}

static void read_line(struct scenario *scenario, const struct law *law, char *line)
{
	char *word[WORDS], *next = NULL;
	size_t words = 0;

	for (char *at = strtok_r(line, " \n", &next); at != NULL;
		at = strtok_r(NULL, " \n", &next)) {
		cr_assert(words < WORDS);
		word[words++] = at;
	}
	if (words == 0 || *word[0] == '#')
		return;
	if (strcmp(word[0], "tax") == 0 && words == 2)
		scenario->schedule = strcmp(word[1], "schedule") == 0;
	else if (strcmp(word[0], "year") == 0 && words > 2)
		year(scenario, law, word, words);
	else if (strcmp(word[0], "exercise") == 0 && words == 7)
		exercise(scenario, word);
	else if (strcmp(word[0], "sale") == 0 && words == 5)
		sale(scenario, word);
	else if (strcmp(word[0], "want") == 0 && words == 4)
		want(scenario, word);
	else
		cr_fatal("%s: %s", scenario->name, word[0]);
}

static void scenario_read(
	struct scenario *scenario, const struct law *law, const char *file)
{
	char path[512], *line = NULL;
	size_t length = 0;

	*scenario = (struct scenario){ .name = file };
	scenario->facts.names = names_new();
	snprintf(path, sizeof path, FOLDER "%s", file);
	FILE *const in = fopen(path, "r");

	cr_assert(in != NULL, "%s cannot be opened", path);
	while (getline(&line, &length, in) >= 0)
		read_line(scenario, law, line);
	free(line);
	fclose(in);
}

static void scenario_end(struct scenario *scenario)
{
	names_free(scenario->facts.names);
	free(scenario->facts.at);
	free(scenario->want);
	pool_release(&scenario->pool);
}

static void check(const struct law *law, const char *file)
{
	struct scenario scenario;
	struct lots lots;
	struct chain chain;
	struct fail why;

	scenario_read(&scenario, law, file);
	if (!lots_replay(&scenario.facts, &lots, &scenario.pool, &why))
		cr_fatal("%s: %s", file, why.message);
	const struct chain_options options = { .cents = true,
		.schedule = scenario.schedule };

	if (!chain_compute(
		    law, &scenario.facts, &lots, options, &chain, &scenario.pool, &why))
		cr_fatal("%s: %s", file, why.message);
	cr_expect(scenario.wants > 100, "%s: %zu lines wanted", file, scenario.wants);
	for (size_t i = 0; i < scenario.wants; i++) {
		const struct want *const wanted = &scenario.want[i];
		const struct tax_return *found;
		struct value value;

		if (!chain_year(&chain, wanted->year, &found, &why) ||
			!return_find(found, wanted->line, &value, &why))
			cr_fatal("%s: %d %s: %s", file, wanted->year, wanted->line,
				why.message);
		cr_expect(eq(i64, value.amount.cents, wanted->cents), "%s %d %s", file,
			wanted->year, wanted->line);
	}
	scenario_end(&scenario);
}

Test(scenarios, agree_in_every_line)
{
	struct law *const law = case_law();
	struct dirent **file;
	const int files = scandir(FOLDER, &file, NULL, alphasort);
	int checked = 0;

	cr_assert(files > 0, "no " FOLDER);
	for (int i = 0; i < files; i++) {
		if (strstr(file[i]->d_name, ".txt") != NULL) {
			check(law, file[i]->d_name);
			checked++;
		}
		free(file[i]);
	}
	free(file);
	cr_expect(checked == 27, "%d scenarios", checked);
	law_free(law);
}

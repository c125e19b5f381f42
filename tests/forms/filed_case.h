/*
 * filed_case.h: households with filed returns as text, for tests of the audit.
 *
 * Files tests/forms/audit/NAME.case hold stories and households, each a line and the lines under
 * it up to a blank one; "#" begins a remark:
 *     story NAME               lines that households share: "like NAME"
 *     household WORDS
 *     record KIND option=value ...     a fact by hand
 *     fact YEAR name=value ...         figures of a year's return
 *     right YEAR ...                   filed as it should be: every line worth asking for
 *     wrong YEAR line=value ...        filed with these lines wrong, and all that follows from them
 *                                      (line+=value: by so much)
 *     filed YEAR word=value ...        words about what was filed, after the above
 *     today DATE
 *     find YEAR CODE TAX CREDIT        a finding to expect, with its effects in dollars; all are
 *                                      listed, and no other may be found
 *     near CODE                        it is a near miss of this mistake
 */
#ifndef DUALBASIS_TESTS_FILED_CASE_H
#define DUALBASIS_TESTS_FILED_CASE_H

#include <glob.h>

#include "forms/amend.h"
#include "forms/audit/detect.h"
#include "ledger/record.h"
#include "tests/forms/case.h"

struct household {
	const char *name;
	const struct law *law;
	struct facts facts;
	size_t room;
	struct lots lots;
	struct chain chain;
	struct pool pool;
	struct audit_of of;
	struct audit audit;
	/* Of a return filed wrong: the right facts with wrong lines, and the years to file. */
	struct facts wrong;
	size_t wrong_room;
	int wrong_year[20];
	size_t wrong_years;
	bool replayed;
};

#define WORDS_MOST 60

static inline void fact_add(struct household *house, struct fact fact)
{
	GROW(house->facts.at, house->facts.count, house->room);
	fact.id = (int64_t)house->facts.count + 1;
	fact.batch = 1;
	house->facts.at[house->facts.count++] = fact;
}

/* Words of a line, in the pool. */
static inline size_t words_of(
	struct household *house, const char *line, char *word[WORDS_MOST])
{
	char *const copy = pool_text(&house->pool, line, strlen(line));
	size_t count = 0;
	char *rest = NULL;

	for (char *at = strtok_r(copy, " \t", &rest); at != NULL;
		at = strtok_r(NULL, " \t", &rest)) {
		cr_assert(count < WORDS_MOST, "%s: %s", house->name, line);
		word[count++] = at;
	}
	return count;
}

static inline void record_line(struct household *house, char **word, size_t count)
{
	const struct record_kind *kind;
	struct record_value value[WORDS_MOST];
	struct fact facts[RECORD_FACTS_MOST];
	size_t made;
	struct fail why;

	if (!record_kind_find(word[1], &kind, &why))
		cr_fatal("%s: %s", house->name, why.message);
	for (size_t i = 2; i < count; i++) {
		char *const equals = strchr(word[i], '=');

		cr_assert(equals != NULL, "%s: %s", house->name, word[i]);
		*equals = '\0';
		value[i - 2] = (struct record_value){ word[i], equals + 1 };
	}
	if (!record_from_values(kind, value, count - 2, DAY_NONE, house->facts.names,
		    facts, &made, &why))
		cr_fatal("%s: record %s: %s", house->name, word[1], why.message);
	for (size_t i = 0; i < made; i++)
		fact_add(house, facts[i]);
}

static inline void chain_of(
	struct household *house, const struct facts *facts, struct chain *chain)
{
	const struct chain_options options = { 0 };
	struct fail why;

	if (!chain_compute(
		    house->law, facts, &house->lots, options, chain, &house->pool, &why))
		cr_fatal("%s: %s", house->name, why.message);
}

static inline void replay(struct household *house)
{
	struct fail why;

	if (house->replayed)
		return;
	house->replayed = true;
	/* Lots point into the facts that they were made from. */
	struct facts *const kept = pool_copy(&house->pool, &house->facts, sizeof *kept);

	kept->at = pool_copy(&house->pool, kept->at, kept->count * sizeof *kept->at);
	if (!lots_replay(kept, &house->lots, &house->pool, &why))
		cr_fatal("%s: %s", house->name, why.message);
	chain_of(house, &house->facts, &house->chain);
}

static inline struct fact line_fact(struct household *house, enum fact_kind kind,
	int year, const char *id, struct money amount)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = kind;
	fact.year = year;
	fact.name = names_add(house->facts.names, id, strlen(id));
	fact.amount = amount;
	fact.amount_known = true;
	return fact;
}

/* Enters every line worth asking for, as a chain has it. */
static inline void file_lines(
	struct household *house, const struct chain *chain, int year)
{
	const struct tax_return *its;
	struct fail why;

	cr_assert(chain_year(chain, year, &its, &why), "%s: %d", house->name, year);
	for (const char *const *id = filed_wanted(house->law, year, &house->pool);
		*id != NULL; id++) {
		struct value value;

		if (return_find(its, *id, &value, &why) && value.filled)
			fact_add(house,
				line_fact(house, FACT_FILED, year, *id, value.amount));
	}
}

/* One wrong line, as a figure to compute with. */
static inline void wrong_line(struct household *house, int year, char *word)
{
	char *const equals = strchr(word, '=');
	struct money amount;
	struct fail why;

	cr_assert(equals != NULL, "%s: %s", house->name, word);
	const bool more = equals[-1] == '+';

	equals[more ? -1 : 0] = '\0';
	if (!money_parse(equals + 1, &amount, &why))
		cr_fatal("%s: %s", house->name, why.message);
	if (more)
		amount = money_plus(amount,
			line_of(house->chain.year[year - house->chain.first], word));
	GROW(house->wrong.at, house->wrong.count, house->wrong_room);
	house->wrong.at[house->wrong.count++] =
		line_fact(house, FACT_FIGURE, year, word, amount);
}

static inline void wrong_year(struct household *house, char **word, size_t count)
{
	const int year = atoi(word[1]);

	if (house->wrong.count == 0)
		for (size_t i = 0; i < house->facts.count; i++) {
			GROW(house->wrong.at, house->wrong.count, house->wrong_room);
			house->wrong.at[house->wrong.count++] = house->facts.at[i];
		}
	house->wrong.names = house->facts.names;
	house->wrong_year[house->wrong_years++] = year;
	for (size_t i = 2; i < count; i++)
		wrong_line(house, year, word[i]);
}

static inline void wrong_file(struct household *house)
{
	struct chain chain;

	if (house->wrong_years == 0)
		return;
	chain_of(house, &house->wrong, &chain);
	for (size_t i = 0; i < house->wrong_years; i++)
		file_lines(house, &chain, house->wrong_year[i]);
	house->wrong_years = 0;
}

typedef bool word_reader(const struct law *, int year, const char *words, struct names *,
	struct fact *, struct fail *);

static inline void words_add(
	struct household *house, char **word, size_t count, word_reader *reader)
{
	for (size_t i = 2; i < count; i++) {
		struct fact fact;
		struct fail why;

		if (!reader(house->law, atoi(word[1]), word[i], house->facts.names, &fact,
			    &why))
			cr_fatal("%s: %s", house->name, why.message);
		fact_add(house, fact);
	}
}

/* What is expected is for whoever runs the household. */
static inline bool is_expectation(const char *line)
{
	return strncmp(line, "find ", 5) == 0 || strncmp(line, "near ", 5) == 0;
}

static inline void household_line(struct household *house, const char *line)
{
	char *word[WORDS_MOST];
	struct fail why;

	if (is_expectation(line))
		return;
	const size_t count = words_of(house, line, word);

	if (strcmp(word[0], "record") == 0) {
		record_line(house, word, count);
		return;
	}
	if (strcmp(word[0], "fact") == 0) {
		words_add(house, word, count, figure_from_words);
		return;
	}
	replay(house);
	if (strcmp(word[0], "wrong") == 0) {
		wrong_year(house, word, count);
	} else if (strcmp(word[0], "right") == 0) {
		for (size_t i = 1; i < count; i++)
			file_lines(house, &house->chain, atoi(word[i]));
	} else if (strcmp(word[0], "filed") == 0) {
		/* A line filed by name takes the place of one filed with the rest. */
		wrong_file(house);
		words_add(house, word, count, filed_from_words);
	} else if (strcmp(word[0], "today") == 0) {
		cr_assert(
			day_parse_iso(word[1], strlen(word[1]), &house->of.today, &why));
	} else {
		cr_fatal("%s: \"%s\"", house->name, line);
	}
}

/* Reads a household's lines, all but what is expected. */
static inline struct household *household_begin(
	const struct law *law, const char *name, const char *const *lines)
{
	struct household *const house = must_alloc(sizeof *house);

	house->law = law;
	house->name = name;
	house->facts.names = names_new();
	cr_assert(day_from_civil(2026, 11, 24, &house->of.today));
	for (; *lines != NULL; lines++)
		household_line(house, *lines);
	return house;
}

static inline bool household_audit(struct household *house, struct fail *why)
{
	wrong_file(house);
	house->of.law = house->law;
	house->of.facts = &house->facts;
	house->of.lots = &house->lots;
	house->of.chain = &house->chain;
	return audit_run(&house->of, &house->audit, &house->pool, why);
}

static inline struct household *household(
	const struct law *law, const char *name, const char *const *lines)
{
	struct household *const house = household_begin(law, name, lines);
	struct fail why;

	if (!household_audit(house, &why))
		cr_fatal("%s: %s", name, why.message);
	return house;
}

static inline void household_free(struct household *house)
{
	names_free(house->facts.names);
	free(house->facts.at);
	free(house->wrong.at);
	pool_release(&house->pool);
	free(house);
}

static inline void findings_show(const struct household *house)
{
	char tax[MONEY_TEXT], credit[MONEY_TEXT];

	for (size_t i = 0; i < house->audit.findings; i++) {
		const struct finding *const it = &house->audit.finding[i];

		fprintf(stderr, "%s: find %d %s %s %s (%s)\n", house->name, it->year,
			it->code, money_plain(it->tax_effect, tax),
			money_plain(it->credit_effect, credit), it->text);
	}
}

/* ---- files of cases ------------------------------------------------------------------ */

#define CASE_LINES_MOST 60

struct filed_case {
	const char *name;
	bool story;
	const char *line[CASE_LINES_MOST]; /* NULL-terminated */
	size_t lines;
};

struct filed_cases {
	struct filed_case *at;
	size_t count, room;
	struct pool pool;
};

static inline void case_line_add(struct filed_case *it, const char *line)
{
	cr_assert(it->lines + 1 < CASE_LINES_MOST, "%s", it->name);
	it->line[it->lines++] = line;
}

static inline void case_like(
	struct filed_cases *cases, struct filed_case *it, const char *name)
{
	for (size_t i = 0; i < cases->count; i++)
		if (cases->at[i].story && strcmp(cases->at[i].name, name) == 0) {
			for (size_t l = 0; l < cases->at[i].lines; l++)
				case_line_add(it, cases->at[i].line[l]);
			return;
		}
	cr_fatal("%s: no story \"%s\"", it->name, name);
}

static inline void case_file_line(
	struct filed_cases *cases, const char *file, const char *line, bool *inside)
{
	static const char story[] = "story ", house[] = "household ";
	const bool is_story = strncmp(line, story, sizeof story - 1) == 0;

	if (*line == '#')
		return;
	if (*line == '\0') {
		*inside = false;
		return;
	}
	if (!*inside) {
		cr_assert(is_story || strncmp(line, house, sizeof house - 1) == 0,
			"%s: %s", file, line);
		GROW(cases->at, cases->count, cases->room);
		cases->at[cases->count++] = (struct filed_case){
			.name = line + (is_story ? sizeof story : sizeof house) - 1,
			.story = is_story,
		};
		*inside = true;
		return;
	}
	struct filed_case *const it = &cases->at[cases->count - 1];

	if (strncmp(line, "like ", 5) == 0)
		case_like(cases, it, line + 5);
	else
		case_line_add(it, line);
}

static inline void case_file_read(struct filed_cases *cases, const char *path)
{
	FILE *const file = fopen(path, "r");
	char line[1000];
	bool inside = false;

	cr_assert(file != NULL, "%s", path);
	while (fgets(line, sizeof line, file) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		const char *const from = line + strspn(line, " \t");

		case_file_line(cases, path, pool_text(&cases->pool, from, strlen(from)),
			&inside);
	}
	fclose(file);
}

/* All files of a pattern; stories are known from where they stand on. */
static inline struct filed_cases filed_cases_read(const char *pattern)
{
	struct filed_cases cases = { 0 };
	glob_t found;

	cr_assert(glob(pattern, 0, NULL, &found) == 0, "%s", pattern);
	for (size_t i = 0; i < found.gl_pathc; i++)
		case_file_read(&cases, found.gl_pathv[i]);
	globfree(&found);
	return cases;
}

static inline void filed_cases_free(struct filed_cases *cases)
{
	free(cases->at);
	pool_release(&cases->pool);
}

#endif

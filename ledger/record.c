/* One parser for everything that is recorded by hand, over the table of record_table.c. */
#include "ledger/record.h"

#include <assert.h>
#include <string.h>

#include "ledger/base/pool.h"

#define OPTIONS_MOST 32

static bool same_name(const char *option, const char *given)
{
	for (; *option != '\0' && *given != '\0'; option++, given++)
		if (*option != *given && !(*option == '-' && *given == '_'))
			return false;
	return *option == *given;
}

bool record_kind_find(const char *name, const struct record_kind **kind, struct fail *why)
{
	size_t count;
	const struct record_kind *const kinds = record_kinds(&count);
	const char *words[64];

	assert(count <= COUNT(words));
	for (size_t i = 0; i < count; i++) {
		words[i] = kinds[i].name;
		if (same_name(kinds[i].name, name)) {
			*kind = &kinds[i];
			return true;
		}
	}
	const char *const nearest = nearest_word(name, words, count);

	fail_set(
		why, FAIL_USAGE, "\"%s\" is nothing that can be recorded", CUT(name, 60));
	if (nearest != NULL)
		return fail_hint(why, "did you mean %s?", nearest);
	return fail_hint(why, "\"help record\" lists what can be");
}

const struct record_option *record_option_find(
	const struct record_kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->options; i++)
		if (same_name(kind->option[i].name, name))
			return &kind->option[i];
	return NULL;
}

static bool unknown_option(
	const struct record_kind *kind, const char *name, struct fail *why)
{
	const char *words[OPTIONS_MOST];

	assert(kind->options <= OPTIONS_MOST);
	for (size_t i = 0; i < kind->options; i++)
		words[i] = kind->option[i].name;
	const char *const nearest = nearest_word(name, words, kind->options);

	fail_set(why, FAIL_USAGE, "%s has no \"%s\"", kind->name, CUT(name, 60));
	if (nearest != NULL)
		return fail_hint(why, "did you mean %s?", nearest);
	return false;
}

static bool read_word(const struct record_option *option, const char *value, int *code,
	struct fail *why)
{
	if (words_find(option->words, value, code) && *code != 0)
		return true;
	fail_set(why, FAIL_BAD_INPUT, "\"%s\" is none of", CUT(value, 60));
	const size_t room = sizeof why->message;

	for (size_t i = 1; i < option->words->count; i++) {
		strncat(why->message, i == 1 ? " " : ", ",
			room - strlen(why->message) - 1);
		strncat(why->message, option->words->word[i],
			room - strlen(why->message) - 1);
	}
	return false;
}

static bool read_flag(const char *value, bool *to, struct fail *why)
{
	*to = strcmp(value, "yes") == 0;
	if (*to || strcmp(value, "no") == 0)
		return true;
	return fail_set(
		why, FAIL_BAD_INPUT, "\"%s\" is neither yes nor no", CUT(value, 60));
}

#define NAME_MOST 200

/* Names stand in tables and on paper, one beside the other. */
static bool read_name(
	const char *value, struct names *names, uint32_t *to, struct fail *why)
{
	const struct span name = span_trim(span_of(value));

	if (!utf8_valid(value, strlen(value)))
		return fail_set(why, FAIL_BAD_INPUT, "the text is not UTF-8");
	for (size_t i = 0; i < name.length; i++)
		if ((unsigned char)name.at[i] < ' ' || name.at[i] == 0x7f)
			return fail_set(why, FAIL_BAD_INPUT,
				"there is a control character in it (byte %zu)", i + 1);
	if (name.length == 0)
		return fail_set(why, FAIL_BAD_INPUT, "there are only blanks in it");
	if (name.length > NAME_MOST)
		return fail_set(why, FAIL_BAD_INPUT,
			"it is %zu bytes long (%d are the most)", name.length, NAME_MOST);
	*to = names_add(names, name.at, name.length);
	return true;
}

/* Every enum of a fact has the size of a byte. */
static_assert(sizeof(enum option_kind) == 1 && sizeof(enum term) == 1 &&
		sizeof(enum covered) == 1,
	"enums are bytes");

static bool read_value(const struct record_option *option, const char *value,
	struct names *names, struct fact *fact, struct fail *why)
{
	void *const to = (char *)fact + option->at;
	bool good = false;
	int code = 0;

	switch (option->type) {
	case RECORD_TEXT:
		good = read_name(value, names, to, why);
		break;
	case RECORD_DAY:
		good = day_parse_iso(value, strlen(value), to, why);
		break;
	case RECORD_SHARES:
		good = shares_parse(value, to, why);
		break;
	case RECORD_PRICE:
		good = price_parse(value, to, why);
		break;
	case RECORD_MONEY:
		good = money_parse(value, to, why);
		break;
	case RECORD_WORD:
		good = read_word(option, value, &code, why);
		if (good)
			*(unsigned char *)to = (unsigned char)code;
		break;
	case RECORD_CHOICE:
		good = read_word(option, value, &code, why);
		if (good)
			*(uint32_t *)to = names_add(names, value, strlen(value));
		break;
	case RECORD_FLAG:
		good = read_flag(value, to, why);
		break;
	}
	if (good && option->known != 0)
		*(bool *)((char *)fact + option->known) = true;
	if (good)
		return true;
	/* What cannot even be read is no word of this command; what cannot be true is no fact. */
	why->kind = FAIL_USAGE;
	return fail_in(why, "%s", option->name);
}

static bool given(const struct record_value *value)
{
	return value->value != NULL && value->value[0] != '\0';
}

/* An alias may be given several times, and as a CUSIP: each makes a fact of its own. */
static bool repeatable(const struct record_option *option)
{
	return option->at == offsetof(struct fact, alias);
}

static bool read_values(const struct record_kind *kind, const struct record_value *values,
	size_t count, struct names *names, struct fact facts[RECORD_FACTS_MOST],
	size_t *made, struct fail *why)
{
	const struct record_option *seen[OPTIONS_MOST];
	size_t seen_count = 0;
	uint32_t alias[RECORD_FACTS_MOST];
	size_t aliases = 0;
	struct fact *const fact = &facts[0];

	*fact = FACT_EMPTY;
	fact->kind = kind->kind;
	for (size_t i = 0; i < count; i++) {
		const struct record_option *const option =
			record_option_find(kind, values[i].name);
		bool good = true;

		if (option == NULL)
			good = unknown_option(kind, values[i].name, why);
		else if (!given(&values[i]))
			continue;
		else if (!repeatable(option))
			for (size_t k = 0; good && k < seen_count; k++)
				if (seen[k] == option)
					good = fail_set(why, FAIL_USAGE,
						"%s is given twice", option->name);
		good = good && read_value(option, values[i].value, names, fact, why);
		if (good && repeatable(option) && aliases == COUNT(alias))
			good = fail_set(why, FAIL_USAGE, "more than %d aliases at once",
				RECORD_FACTS_MOST);
		if (!good) {
			why->column = (long)i + 1;
			return false;
		}
		if (repeatable(option))
			alias[aliases++] = fact->alias;
		else
			seen[seen_count++] = option;
	}
	for (size_t i = 1; i < aliases; i++) {
		facts[i] = *fact;
		facts[i].alias = alias[i];
	}
	if (aliases > 0)
		facts[0].alias = alias[0];
	*made = aliases > 0 ? aliases : 1;
	for (size_t i = 0; i < kind->options; i++) {
		bool have = !kind->option[i].required;

		for (size_t k = 0; !have && k < seen_count; k++)
			have = seen[k] == &kind->option[i];
		if (!have) {
			fail_set(why, FAIL_USAGE, "%s needs %s", kind->name,
				kind->option[i].name);
			return fail_hint(why, "%s: %s", kind->option[i].name,
				kind->option[i].help);
		}
	}
	return true;
}

static bool happened(const struct fact *fact, struct day today, struct fail *why)
{
	char day[DAY_TEXT], now[DAY_TEXT];

	if (!day_known(today) || !day_known(fact->day) ||
		fact->day.number <= today.number)
		return true;
	return fail_set(why, FAIL_BAD_INPUT, "date %s is in the future (today is %s)",
		day_iso(fact->day, day), day_iso(today, now));
}

bool record_from_values(const struct record_kind *kind, const struct record_value *values,
	size_t count, struct day today, struct names *names,
	struct fact facts[RECORD_FACTS_MOST], size_t *made, struct fail *why)
{
	if (!read_values(kind, values, count, names, facts, made, why))
		return false;
	if (happened(&facts[0], today, why))
		return fact_check(&facts[0], why);
	for (size_t i = 0; i < count; i++)
		if (same_name("date", values[i].name) && given(&values[i]))
			why->column = (long)i + 1;
	return false;
}

/* What a kind's example needs beside the options it must have, and names that read well. */
static const struct {
	const char *kind, *option, *example; /* kind NULL: of every kind that needs it */
} examples[] = {
	{ NULL, "symbol", "ACME" },
	{ NULL, "id", "G1" },
	{ NULL, "grant", "G1" },
	{ NULL, "lot", "A" },
	{ NULL, "account", "Schwab" },
	{ NULL, "grant-date", "2023-01-03" },
	{ NULL, "per", "50" },
	{ "transfer", "to", "Fidelity" },
	{ NULL, "to", "NEWCO" },
	{ "exercise", "grant-date", "2023-01-03" },
	{ "vest", "lot", "A" },
	{ "forfeiture", "lot", "A" },
	{ "purchase", "price", "12.34" },
	{ "gift-received", "basis", "1234.00" },
	{ "gift-received", "acquired", "2020-06-03" },
	{ "sale", "price", "12.34" },
	{ "cash-in-lieu", "price", "12.34" },
	{ "merger", "to", "NEWCO" },
	{ "merger", "shares", "100" },
	{ "merger", "per", "50" },
	{ "spin-off", "keeps", "0.8" },
	{ "security", "alias", "ACME ROBOTICS INC" },
};

static const char *example(
	const struct record_kind *kind, const struct record_option *option)
{
	for (size_t i = 0; i < COUNT(examples); i++)
		if (strcmp(examples[i].option, option->name) == 0 &&
			(examples[i].kind != NULL
					? strcmp(examples[i].kind, kind->name) == 0
					: option->required))
			return examples[i].example;
	if (!option->required)
		return "";
	switch (option->type) {
	case RECORD_TEXT:
		return "";
	case RECORD_DAY:
		return "2024-06-03";
	case RECORD_SHARES:
		return "100";
	case RECORD_PRICE:
		return "12.34";
	case RECORD_MONEY:
		return "1234.00";
	case RECORD_WORD:
	case RECORD_CHOICE:
		return option->words->word[1];
	case RECORD_FLAG:
		return "yes";
	}
	return "";
}

static bool column_of(const char *const *columns, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(columns[i], name) == 0)
			return true;
	return false;
}

void record_template(const struct record_kind *kind, struct text *text)
{
	size_t count = 1, columns = 0;
	const struct record_kind *const from = kind != NULL ? kind : record_kinds(&count);
	const char *column[128];

	text_add(text, "record");
	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < from[k].options; i++) {
			const char *const name = from[k].option[i].name;

			if (column_of(column, columns, name))
				continue;
			assert(columns < COUNT(column));
			column[columns++] = name;
			text_addf(text, ",%s", name);
		}
	text_add(text, "\n");
	for (size_t k = 0; k < count; k++) {
		text_add(text, from[k].name);
		for (size_t i = 0; i < columns; i++) {
			const struct record_option *const option =
				record_option_find(&from[k], column[i]);

			text_addf(text, ",%s",
				option != NULL ? example(&from[k], option) : "");
		}
		text_add(text, "\n");
	}
}

/* What a broker's description, symbol or CUSIP means, and when nobody has said so. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/record.h"
#include "ledger/import/value.h"

/* A symbol of which there are options, whose shares must not be taken for others. */
struct optioned {
	const char *symbol, *plain;
	struct day *exercised;
	size_t count, room;
};

struct securities {
	struct pool pool;
	struct names *texts;  /* plain texts: aliases and symbols */
	const char **meaning; /* by number of text: the symbol, or NULL */
	size_t room;
	struct optioned *optioned;
	size_t count, optioned_room;
};

static uint32_t number_of(struct securities *all, const char *text)
{
	char plain[NAME_LIMIT];

	name_plain(text, plain);
	const uint32_t number = names_add(all->texts, plain, strlen(plain));

	while (number >= all->room) {
		const size_t room = all->room > 0 ? all->room * 2 : 256;

		all->meaning = must_grow(all->meaning, room, sizeof *all->meaning);
		for (size_t i = all->room; i < room; i++)
			all->meaning[i] = NULL;
		all->room = room;
	}
	return number;
}

static const char *kept(struct securities *all, const char *text)
{
	return pool_text(&all->pool, text, strlen(text));
}

static void means(struct securities *all, const char *text, const char *symbol)
{
	const uint32_t number = number_of(all, text);

	if (number != 0 && all->meaning[number] == NULL)
		all->meaning[number] = kept(all, symbol);
}

static struct optioned *optioned_of(struct securities *all, const char *symbol)
{
	for (size_t i = 0; i < all->count; i++)
		if (strcmp(all->optioned[i].symbol, symbol) == 0)
			return &all->optioned[i];
	char plain[NAME_LIMIT];

	GROW(all->optioned, all->count, all->optioned_room);
	all->optioned[all->count] = (struct optioned){ .symbol = kept(all, symbol),
		.plain = kept(all, name_plain(symbol, plain)) };
	return &all->optioned[all->count++];
}

static bool learn(void *context, const struct fact *fact, const struct names *names,
	struct fail *why)
{
	struct securities *const all = context;
	const char *const symbol = names_text(names, fact->symbol);

	(void)why;
	if (*symbol == '\0')
		return true;
	if (fact->kind == FACT_SECURITY) {
		means(all, symbol, symbol);
		means(all, names_text(names, fact->alias), symbol);
	}
	if (fact->kind == FACT_GRANT || fact->kind == FACT_EXERCISE) {
		struct optioned *const optioned = optioned_of(all, symbol);

		means(all, symbol, symbol);
		if (fact->kind == FACT_EXERCISE) {
			GROW(optioned->exercised, optioned->count, optioned->room);
			optioned->exercised[optioned->count++] = fact->day;
		}
	}
	return true;
}

bool securities_open(
	struct store *store, struct securities **securities, struct fail *why)
{
	static const enum fact_kind kinds[] = { FACT_SECURITY, FACT_GRANT,
		FACT_EXERCISE };
	struct securities *const all = must_alloc(sizeof *all);

	all->texts = names_new();
	for (size_t i = 0; store != NULL && i < COUNT(kinds); i++)
		if (!store_each(store, kinds[i], learn, all, why)) {
			securities_free(all);
			return false;
		}
	*securities = all;
	return true;
}

void securities_free(struct securities *all)
{
	for (size_t i = 0; i < all->count; i++)
		free(all->optioned[i].exercised);
	free(all->optioned);
	free(all->meaning);
	names_free(all->texts);
	pool_release(&all->pool);
	free(all);
}

const char *securities_symbol(const struct securities *all, const char *text)
{
	char plain[NAME_LIMIT];
	const uint32_t number = names_find(all->texts, name_plain(text, plain));

	return number == 0 ? NULL : all->meaning[number];
}

const char *securities_told(const struct securities *securities, const struct fact *fact,
	const struct names *names)
{
	const char *const alias = names_text(names, fact->alias);

	if (fact->symbol != 0)
		return names_text(names, fact->symbol);
	const char *const known =
		*alias != '\0' ? securities_symbol(securities, alias) : NULL;

	return known != NULL ? known : "";
}

const char *row_words(const struct row *row)
{
	static const char *const units[] = { "shares of ", "shares ", "shs ", "sh. ",
		"sh of ", "sh " };
	const char *const text = row->description;
	const size_t length = text == NULL ? 0 : strspn(text, "0123456789.,");
	char number[64];
	int128 leading, quantity;

	if (length == 0 || length >= sizeof number || text[length] != ' ' ||
		row->quantity == NULL)
		return text;
	size_t used = 0;

	for (size_t i = 0; i < length; i++)
		if (text[i] != ',')
			number[used++] = text[i];
	number[used] = '\0';
	if (!value_e8(number, &leading) || !value_e8(row->quantity, &quantity) ||
		leading != quantity)
		return text;
	const char *words = text + length + 1;

	for (size_t i = 0; i < COUNT(units); i++)
		if (value_starts(words, units[i])) {
			words += strlen(units[i]);
			break;
		}
	return *words != '\0' ? words : text;
}

/* One of the words is the symbol, or begins with it when it has three letters or more. */
static bool has_word(const char *description, const char *symbol)
{
	const size_t length = strlen(symbol);

	for (const char *word = description; word != NULL;) {
		word += strspn(word, " (");
		if (strncmp(word, symbol, length) == 0 &&
			(length >= 3 || strchr(" ).,", word[length]) != NULL ||
				word[length] == '\0'))
			return true;
		word = strchr(word, ' ');
	}
	return false;
}

/* The symbol's letters stand in this order in the description, the first ones together. */
static bool has_letters(const char *description, const char *symbol)
{
	if (strlen(symbol) < 3 || *description != *symbol)
		return false;
	for (; *description != '\0' && *symbol != '\0'; description++)
		symbol += *description == *symbol;
	return *symbol == '\0';
}

static bool exercised_on(const struct optioned *optioned, struct day day)
{
	for (size_t i = 0; day_known(day) && i < optioned->count; i++)
		if (optioned->exercised[i].number == day.number)
			return true;
	return false;
}

/* "ACME 240517C00020000": the day, call or put, and the price of an option contract end it. */
static bool is_contract(const char *symbol)
{
	const size_t length = symbol == NULL ? 0 : strlen(symbol);

	if (length <= 15)
		return false;
	const char *const end = symbol + length - 15;

	return strspn(end, "0123456789") == 6 && strchr("CP", end[6]) != NULL &&
		strspn(end + 7, "0123456789") == 8;
}

static bool could_mean(
	const struct optioned *optioned, const char *plain, const struct row *row)
{
	/* A contract on the shares is not the shares. */
	if (names_contract(plain) || is_contract(row->symbol))
		return false;
	if (has_word(plain, optioned->plain) || has_letters(plain, optioned->plain))
		return true;
	return row->symbol == NULL && exercised_on(optioned, row->acquired);
}

static bool ask(const struct row *row, const struct optioned *optioned, struct fail *why)
{
	const char *const what = row->description != NULL ? row_words(row) : row->symbol;
	const char *const alias =
		row->symbol != NULL && *row->symbol != '\0' ? row->symbol : what;

	fail_at(why, FAIL_MISSING_FACTS, row->line, 0,
		"\"%s\" could mean %s, of which there are options; say whether it "
		"does",
		CUT(what, 80), CUT(optioned->symbol, 40));
	return fail_hint(why,
		"dualbasis record security --symbol %s --alias \"%s\" (or another "
		"--symbol if it is another security)",
		CUT(optioned->symbol, 40), CUT(alias, 80));
}

bool securities_resolve(struct securities *all, const struct row *row,
	const char **symbol, struct fail *why)
{
	const char *const names[] = { row->cusip, row->symbol, row_words(row) };
	const char *const what = row->description != NULL ? row_words(row)
		: row->symbol != NULL                     ? row->symbol
							  : row->cusip;

	*symbol = row->symbol;
	if (names_count(all->texts) == 0)
		return true;
	for (size_t i = 0; i < COUNT(names); i++) {
		const char *const known =
			names[i] != NULL ? securities_symbol(all, names[i]) : NULL;

		if (known != NULL) {
			*symbol = known;
			return true;
		}
	}
	if (all->count == 0 || what == NULL)
		return true;
	char plain[NAME_LIMIT];

	name_plain(what, plain);
	for (size_t i = 0; i < all->count; i++)
		if (could_mean(&all->optioned[i], plain, row))
			return ask(row, &all->optioned[i], why);
	return true;
}

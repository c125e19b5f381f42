/* Finds out who the people of a household are. */
#include "forms/owners.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/base/pool.h"

/* A name, and where it stands. */
struct person {
	uint32_t name;
	const char *words;
	struct day first; /* of the facts that bear it; DAY_NONE when none has a day */
	bool owns;        /* shares, accounts, options; not only figures */
	bool given;       /* shares were given to it */
};

struct people {
	struct person at[OWNERS_MOST];
	int count;
	bool unnamed_shares, unnamed_figures;
};

static bool is_figure(const struct fact *fact)
{
	return fact->kind == FACT_FIGURE || fact->kind == FACT_FILED;
}

/* Shares come by it, and nothing tells whose they are. */
static bool is_unnamed(const struct fact *fact, const bool *owned_account)
{
	switch (fact->kind) {
	case FACT_GRANT:
	case FACT_EXERCISE:
	case FACT_RSU:
	case FACT_RESTRICTED:
	case FACT_ESPP:
	case FACT_PURCHASE:
	case FACT_GIFT_RECEIVED:
	case FACT_INHERITANCE:
	case FACT_REPORTED_SALE:
		return fact->owner == 0 && !owned_account[fact->account];
	case FACT_NONE:
	case FACT_SECURITY:
	case FACT_SALE:
	case FACT_FIGURE:
	case FACT_FILED:
	case FACT_VEST:
	case FACT_FORFEITURE:
	case FACT_GIFT:
	case FACT_TO_SPOUSE:
	case FACT_DEATH:
	case FACT_WORTHLESS:
	case FACT_CASH_IN_LIEU:
	case FACT_TRANSFER:
	case FACT_SPLIT:
	case FACT_MERGER:
	case FACT_SPIN_OFF:
	case FACT_SYMBOL_CHANGE:
	case FACT_ORDER:
	case FACT_SWAP:
	case FACT_LEFT:
	case FACT_EXERCISABLE:
	case FACT_ACCOUNT:
	case FACT_WAIVER:
	case FACT_KINDS:
		return false;
	}
	return false;
}

static struct person *person_of(
	struct people *people, const struct facts *facts, uint32_t name, struct fail *why)
{
	for (int i = 0; i < people->count; i++)
		if (people->at[i].name == name)
			return &people->at[i];
	if (people->count == OWNERS_MOST) {
		fail_set(why, FAIL_BAD_INPUT,
			"the facts name more than %d owners, %s among them", OWNERS_MOST,
			CUT(names_text(facts->names, name), 60));
		return NULL;
	}
	struct person *const person = &people->at[people->count++];

	*person = (struct person){
		.name = name, .words = names_text(facts->names, name), .first = DAY_NONE
	};
	return person;
}

static void seen_on(struct person *person, struct day day)
{
	if (day_known(day) &&
		(!day_known(person->first) || day.number < person->first.number))
		person->first = day;
}

static bool look_at(struct people *people, const struct facts *facts,
	const struct fact *fact, struct fail *why)
{
	const bool gives = fact->kind == FACT_TO_SPOUSE || fact->kind == FACT_DEATH;

	if (fact->owner != 0) {
		struct person *const person = person_of(people, facts, fact->owner, why);

		if (person == NULL)
			return false;
		if (!is_figure(fact)) {
			person->owns = true;
			seen_on(person, fact->day);
		}
	} else if (fact->kind == FACT_FIGURE) {
		people->unnamed_figures = true;
	}
	if (gives && fact->target != 0) {
		struct person *const person = person_of(people, facts, fact->target, why);

		if (person == NULL)
			return false;
		person->given = true;
		seen_on(person, fact->day);
	}
	return true;
}

static int compare_people(const void *left, const void *right)
{
	const struct person *const a = left;
	const struct person *const b = right;

	if (day_known(a->first) != day_known(b->first))
		return day_known(a->first) ? -1 : 1;
	if (day_known(a->first) && a->first.number != b->first.number)
		return a->first.number < b->first.number ? -1 : 1;
	return strcmp(a->words, b->words);
}

/* Is the only name somebody else's than that of the one without a name? */
static bool is_another(const struct people *people)
{
	if (people->at[0].owns)
		return false;
	return people->unnamed_shares || people->at[0].given || people->unnamed_figures;
}

bool owners_find(const struct facts *facts, struct owners *owners, struct fail *why)
{
	struct people people = { .count = 0 };
	uint32_t most = 0;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].account > most)
			most = facts->at[i].account;
	bool *const owned_account = must_alloc((most + 1) * sizeof *owned_account);
	bool good = true;

	for (size_t i = 0; i < facts->count; i++)
		if (facts->at[i].kind == FACT_ACCOUNT && facts->at[i].owner != 0)
			owned_account[facts->at[i].account] = true;
	for (size_t i = 0; good && i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		good = look_at(&people, facts, fact, why);
		people.unnamed_shares |= is_unnamed(fact, owned_account);
	}
	free(owned_account);
	if (!good)
		return false;
	if (people.count > 1)
		qsort(people.at, (size_t)people.count, sizeof people.at[0],
			compare_people);
	*owners = (struct owners){ .count = 0 };
	if (people.count == 0 || (people.count == 1 && is_another(&people)))
		owners->name[owners->count++] = 0;
	for (int i = 0; i < people.count; i++)
		owners->name[owners->count++] = people.at[i].name;
	return true;
}

int owners_index(const struct owners *owners, uint32_t name)
{
	for (int i = 0; i < owners->count; i++)
		if (owners->name[i] == name)
			return i;
	return -1;
}

const char *owner_words(const struct facts *facts, uint32_t name)
{
	return name == 0 ? "you" : names_text(facts->names, name);
}

bool owner_by_name(const struct facts *facts, const struct owners *owners,
	const char *words, uint32_t *name, struct fail *why)
{
	const char *known[OWNERS_MOST];
	size_t count = 0;

	*name = owners->name[0];
	if (words == NULL || *words == '\0')
		return true;
	for (int i = 0; i < owners->count; i++) {
		if (owners->name[i] == 0)
			continue;
		known[count++] = names_text(facts->names, owners->name[i]);
		if (strcmp(known[count - 1], words) != 0)
			continue;
		*name = owners->name[i];
		return true;
	}
	struct text all = TEXT_EMPTY;

	for (size_t i = 0; i < count; i++)
		text_addf(&all, "%s%s", i > 0 ? ", " : "", known[i]);
	fail_set(why, FAIL_USAGE, "nothing in the ledger belongs to \"%s\"",
		CUT(words, 60));
	if (count > 0)
		fail_hint(why, "its owners are %s", all.at);
	else
		fail_hint(why,
			"no fact names an owner: dualbasis record KIND --owner NAME");
	text_release(&all);
	return false;
}

/* Puts figures in place of the ledger's, in memory alone. */
#include "cli/as_if.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "forms/figure.h"
#include "forms/figure_file.h"

static bool open_store(
	struct home *home, const struct call *call, bool figures, struct fail *why)
{
	const bool none = access(call->ledger, F_OK) != 0 && errno == ENOENT;

	if (none && figures && !call_has(call, "ledger"))
		return store_open_empty(&home->store, why);
	if (store_open(call->ledger, STORE_READ, &home->store, why))
		return true;
	if (none && !figures)
		fail_hint(why,
			"make one with dualbasis init, or say what the year is like: "
			"status=single wages=150000");
	return false;
}

/* The figures before it that it takes the place of; whoever's, where nobody is named. */
static void take_out(struct facts *facts, const struct fact *fact)
{
	size_t kept = 0;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const it = &facts->at[i];

		if (it->kind != FACT_FIGURE || it->year != fact->year ||
			it->name != fact->name ||
			(fact->owner != 0 && it->owner != 0 && it->owner != fact->owner))
			facts->at[kept++] = *it;
	}
	facts->count = kept;
}

static bool put_in(struct home *home, struct fact *fact, size_t at, const char *words,
	int year, struct fail *why)
{
	struct facts *const facts = &home->facts;

	if (!figure_from_words(home->law, year, words, facts->names, &fact[at], why))
		return false;
	for (size_t i = 0; i < at; i++)
		if (fact[i].name == fact[at].name)
			return fail_set(why, FAIL_USAGE, "%s is given twice",
				names_text(facts->names, fact[at].name));
	return true;
}

static bool put_all_in(struct home *home, const struct call *call, int year, size_t first,
	struct fail *why)
{
	struct facts *const facts = &home->facts;
	const char *const owner = call_value(call, "owner");
	const size_t count = call->operands - first;
	struct fact *const fact = pool_alloc(call->pool, (count + 1) * sizeof *fact);

	for (size_t i = 0; i < count; i++) {
		const char *const said = call->operand[first + i];
		const char *const words = figure_words(span_of(said), call->pool);

		if (!put_in(home, fact, i, words ? words : said, year, why))
			return false;
		if (owner)
			fact[i].owner = names_add(facts->names, owner, strlen(owner));
	}
	facts->at = must_grow(facts->at, facts->count + count + 1, sizeof *facts->at);
	for (size_t i = 0; i < count; i++) {
		take_out(facts, &fact[i]);
		facts->at[facts->count++] = fact[i];
	}
	return true;
}

bool home_open_as_if(struct home *home, const struct call *call, int year, size_t first,
	struct fail *why)
{
	memset(home, 0, sizeof *home);
	if (open_store(home, call, call->operands > first, why)) {
		if (home_load(home, call, HOME_FACTS, why) &&
			law_builtin(&home->law, why) &&
			put_all_in(home, call, year, first, why)) {
			if (home_compute(home, call, HOME_CHAIN, why))
				return true;
			home_name_document(home->store, call->pool, why);
		}
	} else {
		home->store = NULL;
	}
	home_close(home);
	return false;
}

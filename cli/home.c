/* Opens the ledger and computes from it as far as a command needs. */
#include "cli/home.h"

#include <string.h>

#include "ledger/lots_view.h"

static bool open_store(struct home *home, const struct call *call,
	enum store_access access, struct fail *why)
{
	if (store_open(call->ledger, access, &home->store, why))
		return true;
	home->store = NULL;
	return false;
}

static bool compute(struct home *home, const struct call *call, enum home_depth depth,
	struct fail *why)
{
	struct chain_options options = { .cents = call_has(call, "cents"),
		.schedule = call_has(call, "schedule") };
	struct owners owners;

	if (depth >= HOME_LOTS && call_has(call, "owner") &&
		(!owners_find(&home->facts, &owners, why) ||
			!owner_by_name(&home->facts, &owners, call_value(call, "owner"),
				&options.owner, why)))
		return false;
	if (depth >= HOME_LAW && home->law == NULL && !law_builtin(&home->law, why))
		return false;
	if (depth >= HOME_LOTS &&
		!lots_replay(&home->facts, &home->lots, call->pool, why))
		return false;
	if (depth >= HOME_CHAIN &&
		!chain_compute(home->law, &home->facts, &home->lots, options,
			&home->chain, call->pool, why))
		return false;
	return true;
}

/* Lots of one owner alone, where one is asked for. */
static void show_owner(struct home *home, const struct call *call)
{
	const char *const owner = call_value(call, "owner");
	struct owners owners;
	struct fail none;

	/* Of one person all is theirs, named or not. */
	if (owner == NULL || !owners_find(&home->facts, &owners, &none) ||
		owners.count == 1)
		return;
	const uint32_t name = names_find(home->facts.names, owner);
	struct lots *const shown = pool_alloc(call->pool, sizeof *shown);

	lots_of_owners(&home->lots, &name, 1, shown, call->pool);
	home->household.lots = shown;
}

static bool load(struct home *home, const struct call *call, enum home_depth depth,
	struct fail *why)
{
	struct household *const household = &home->household;

	if (depth < HOME_FACTS)
		return true;
	if (!store_facts(home->store, &home->facts, why))
		return false;
	struct document *documents = NULL;

	if (!store_documents(
		    home->store, &documents, &household->documents, call->pool, why))
		return false;
	household->document = documents;
	return home_compute(home, call, depth, why);
}

bool home_compute(struct home *home, const struct call *call, enum home_depth depth,
	struct fail *why)
{
	struct household *const household = &home->household;

	if (!compute(home, call, depth, why))
		return false;
	household->facts = &home->facts;
	household->law = home->law;
	household->lots = depth >= HOME_LOTS ? &home->lots : NULL;
	if (depth == HOME_LOTS)
		show_owner(home, call);
	household->chain = depth >= HOME_CHAIN ? &home->chain : NULL;
	household->client = call_value(call, "client");
	home->today = day_today();
	household->today = &home->today;
	return true;
}

bool home_name_document(struct store *store, struct pool *pool, struct fail *why)
{
	struct document *document = NULL;
	struct fail ignored = { 0 };
	size_t count = 0;

	if (why->document == 0 || why->file[0] != '\0' ||
		!store_documents(store, &document, &count, pool, &ignored))
		return false;
	const struct document *const its = document_in(document, count, why->document);

	return its != NULL ? fail_file(why, its->name) : false;
}

bool home_load(struct home *home, const struct call *call, enum home_depth depth,
	struct fail *why)
{
	return load(home, call, depth, why) ||
		home_name_document(home->store, call->pool, why);
}

bool home_open(struct home *home, const struct call *call, enum store_access access,
	enum home_depth depth, struct fail *why)
{
	memset(home, 0, sizeof *home);
	if (open_store(home, call, access, why) && home_load(home, call, depth, why))
		return true;
	home_close(home);
	return false;
}

/* A fact that happens on a day counts from that day on; others (figures, names) always do. */
static bool happened_by(const struct fact *fact, struct day on)
{
	return !day_known(fact->day) || fact->day.number <= on.number;
}

bool home_open_on(
	struct home *home, const struct call *call, struct day on, struct fail *why)
{
	if (!home_open(home, call, STORE_READ, HOME_FACTS, why))
		return false;
	size_t kept = 0;

	for (size_t i = 0; i < home->facts.count; i++)
		if (happened_by(&home->facts.at[i], on))
			home->facts.at[kept++] = home->facts.at[i];
	home->facts.count = kept;
	if (!compute(home, call, HOME_LOTS, why)) {
		home_name_document(home->store, call->pool, why);
		home_close(home);
		return false;
	}
	home->household.law = home->law;
	home->household.lots = &home->lots;
	show_owner(home, call);
	return true;
}

void home_close(struct home *home)
{
	if (home->law)
		law_free(home->law);
	if (home->facts.names)
		facts_release(&home->facts);
	if (home->store)
		store_close(home->store);
	memset(home, 0, sizeof *home);
}

bool home_year(const struct home *home, const struct call *call, int *year,
	const char **rest, struct fail *why)
{
	*year = 0;
	*rest = NULL;
	for (size_t i = 0; i < call->operands; i++) {
		const char *const word = call->operand[i];

		if (*year == 0 && year_like(word)) {
			if (!year_parse(word, year, why))
				return false;
		} else if (!*rest) {
			*rest = word;
		} else {
			return fail_set(why, FAIL_USAGE,
				"\"%s\" is not a year (want 2025)", CUT(word, 80));
		}
	}
	if (*year == 0)
		*year = home->chain.last;
	if (*year == 0) {
		fail_set(why, FAIL_MISSING_FACTS, "no year has a filing status yet");
		return fail_hint(why, "dualbasis fact 2025 status=mfj wages=AMOUNT");
	}
	return true;
}

bool home_computes(struct home *home, int year, struct fail *why)
{
	const struct tax_return *figures;

	if (year < LAW_FIRST_YEAR || year > LAW_LAST_YEAR)
		return fail_set(why, FAIL_NOT_MODELLED,
			"there are forms for %d to %d only, not for %d", LAW_FIRST_YEAR,
			LAW_LAST_YEAR, year);
	if (!chain_year(&home->chain, year, &figures, why))
		return false;
	home->household.lots = chain_lots(&home->chain, year);
	return true;
}

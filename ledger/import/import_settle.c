/* Settles what becomes of a row beside the standing facts: append, echo, or supersede. */
#include <string.h>

#include "ledger/import/import_inside.h"

bool import_append(struct import *import, struct fail *why)
{
	if (import->options->dry_run)
		return true;
	import->made.fact.source.document = import->report->document;
	return store_append(import->store, &import->made.fact, import->made.names, why);
}

bool import_echo(struct import *import, int64_t known, struct fail *why)
{
	if (import->options->dry_run)
		return true;
	import->made.fact.source.document = import->report->document;
	return store_echo(
		import->store, &import->made.fact, import->made.names, known, why);
}

/* Tell each field that differs from the standing fact (`only` that one, or NULL). */
static bool tell_differences(struct import *import, const struct entry *entry,
	const char *only, bool ours_stands, struct fail *why)
{
	struct made *const made = &import->made;
	struct facts facts;

	if (!store_fact(import->store, entry->fact, &facts, why))
		return false;
	if (facts.count > 0)
		differences_add(&import->differences,
			&(struct two_facts){ .ours = &made->fact,
				.theirs = &facts.at[0],
				.our_names = made->names,
				.their_names = facts.names,
				.document = standing_document(
					import->standing, facts.at[0].source.document),
				.ours_stands = ours_stands },
			only, import->pool);
	facts_release(&facts);
	return true;
}

/* What a kind of fact is called by its owner. */
static const char *kind_words(enum fact_kind kind)
{
	return kind == FACT_REPORTED_SALE ? "sale"
		: kind == FACT_RSU        ? "vest"
		: kind == FACT_ESPP       ? "purchase"
					  : fact_kind_name(kind);
}

static bool ask_to_replace(struct import *import, const struct row *row,
	const struct entry *entry, struct fail *why)
{
	const size_t from = import->differences.count;
	struct text words = TEXT_EMPTY;

	/* Those beyond the most are counted and not told. */
	if (import->report->faults < IMPORT_FAULTS &&
		!tell_differences(import, entry, NULL, false, why))
		return false;
	differences_words(&import->differences, from, &words);
	import->differences.count = from;
	fail_at(why, FAIL_BAD_INPUT, row->line, 0,
		"the ledger has this %s with other amounts: %s",
		kind_words(import->made.fact.kind), words.length > 0 ? words.at : "");
	text_release(&words);
	return fail_hint(why,
		"--replace REASON if this file corrects it, --account NAME if it is "
		"another's");
}

/*
 * What only the earlier fact knew of the plan goes on in the new one: the wages are what the new
 * one's basis lacks of all that the shares have cost.
 */
static void inherit(struct import *import, const struct entry *entry)
{
	struct made *const made = &import->made;

	if (made->fact.plan != 0 || entry->plan == 0)
		return;
	const char *const plan = standing_text(import->standing, entry->plan);

	made->fact.plan = names_add(made->names, plan, strlen(plan));
	made->fact.income = money_max((struct money){ 0 },
		money_less(money_plus(entry->basis, entry->income), made->fact.basis));
}

bool import_supersede(
	struct import *import, struct entry *entry, const char *reason, struct fail *why)
{
	entry->taken = entry->gone = true;
	return import->options->dry_run ||
		store_void(import->store, entry->fact, reason, why);
}

static const char takes_place[] = "the tax form takes its place";

/* Of two statements that agree one keeps all that either says ("Collapsed" and "Expanded"). */
static bool settle_fuller(struct import *import, struct entry *entry,
	enum import_fate *fate, struct fail *why)
{
	import->tally.fuller++;
	if (!made_fill(&import->made, entry, import->standing)) {
		*fate = IMPORT_SAME;
		return import_echo(import, entry->fact, why);
	}
	*fate = IMPORT_CHANGED;
	return import_supersede(
		       import, entry, "a fuller statement takes its place", why) &&
		import_append(import, why);
}

/* Two statements' words of one sale, whose day's totals agree: it is rounded otherwise, no more. */
static bool only_rounded(struct import *import, const struct entry *entry)
{
	struct parting parting;

	return import->incoming.supplement && entry->supplement &&
		entry_agrees(entry, &import->made.fact) &&
		standing_parted(import->standing, &import->made, &parting) == PARTED_SAME;
}

/* A fact of the same event with other amounts: which of the two stands? */
static bool settle(struct import *import, const struct row *row, struct entry *entry,
	enum import_fate *fate, struct fail *why)
{
	const struct row_file *const file = &import->report->read;
	const int64_t off = entry->proceeds.cents - import->made.fact.proceeds.cents;

	if (file->supplement && !entry->supplement) {
		/* The tax form stands; the statement bears it out, or does not. */
		*fate = IMPORT_SAME;
		if (off > 2 || off < -2) {
			import->tally.differing++;
			if (!tell_differences(import, entry, "proceeds", false, why))
				return false;
		}
		return import_echo(import, entry->fact, why);
	}
	if (only_rounded(import, entry))
		return settle_fuller(import, entry, fate, why);
	*fate = IMPORT_CHANGED;
	if (!file->supplement && entry->supplement) {
		inherit(import, entry);
		return import_supersede(import, entry, takes_place, why) &&
			import_append(import, why);
	}
	if (!file->corrected && import->options->replace == NULL)
		return ask_to_replace(import, row, entry, why);
	const char *const reason = import->options->replace != NULL
		? import->options->replace
		: "corrected by the broker";

	if (!tell_differences(import, entry, NULL, true, why))
		return false;
	inherit(import, entry);
	return import_supersede(import, entry, reason, why) && import_append(import, why);
}

/*
 * A tax form's sale where a statement told the same day's in other parts: all of them give
 * way, and what they knew of the plan goes on if their shares are the form's.
 */
static bool settle_event(struct import *import, struct entry *first,
	enum import_fate *fate, struct fail *why)
{
	struct entry sum = *first;

	*fate = IMPORT_CHANGED;
	if (!import_supersede(import, first, takes_place, why))
		return false;
	for (struct entry *entry;
		(entry = standing_event(import->standing, &import->made)) != NULL;) {
		sum.shares.e8 += entry->shares.e8;
		sum.basis = money_plus(sum.basis, entry->basis);
		sum.income = money_plus(sum.income, entry->income);
		if (entry->plan != sum.plan)
			sum.plan = 0;
		if (!import_supersede(import, entry, takes_place, why))
			return false;
	}
	if (sum.shares.e8 == import->made.fact.shares.e8)
		inherit(import, &sum);
	return import_append(import, why);
}

/* The same sale under another name: a tax form's word stands before a statement's. */
static bool settle_renamed(struct import *import, struct entry *entry,
	enum import_fate *fate, struct fail *why)
{
	import->tally.renamed++;
	if (import->incoming.supplement || !entry->supplement) {
		*fate = IMPORT_SAME;
		return import_echo(import, entry->fact, why);
	}
	*fate = IMPORT_CHANGED;
	inherit(import, entry);
	return import_supersede(import, entry, takes_place, why) &&
		import_append(import, why);
}

bool import_settle(struct import *import, const struct row *row, enum import_fate *fate,
	struct fail *why)
{
	struct standing *const standing = import->standing;
	struct made *const made = &import->made;
	const struct entry *form;
	struct entry *entry = standing_alike(standing, made);
	bool settled = false;

	if (entry != NULL)
		return settle_fuller(import, entry, fate, why);
	entry = standing_near(standing, made);
	if (entry != NULL)
		return settle(import, row, entry, fate, why);
	form = import->incoming.supplement ? standing_has_event(standing, made) : NULL;
	if (form == NULL && import->incoming.supplement)
		form = standing_has_sums(standing, made);
	if (form != NULL) {
		import->tally.supported++;
		*fate = IMPORT_SAME;
		return import_echo(import, form->fact, why);
	}
	entry = import->incoming.supplement ? NULL : standing_event(standing, made);
	if (entry != NULL)
		return settle_event(import, entry, fate, why);
	entry = standing_renamed(standing, made);
	if (entry != NULL)
		return settle_renamed(import, entry, fate, why);
	if (!import_settle_parted(import, row, fate, &settled, why))
		return false;
	return settled || import_append(import, why);
}

bool import_void_left(struct import *import, struct fail *why)
{
	const struct row_file *const file = &import->report->read;
	struct entry *entry;
	size_t from = 0;

	if (!file->corrected || file->tax_year == 0)
		return true;
	while ((entry = standing_left(import->standing, import->accounts, file->tax_year,
			&from)) != NULL) {
		import->tally.superseded++;
		if (!import_supersede(import, entry, "not in the corrected form", why))
			return false;
	}
	return true;
}

bool import_void_told(struct import *import, struct fail *why)
{
	struct entry *entry;
	size_t from = 0;

	while ((entry = standing_told(import->standing, &from)) != NULL) {
		import->tally.given_way++;
		if (!import_supersede(import, entry, takes_place, why))
			return false;
	}
	return true;
}

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

/* "proceeds 612.25, here 622.25", of the first amount that both say and that differs. */
static const char *first_difference(
	const struct import *import, const struct entry *entry)
{
	const struct fact *const fact = &import->made.fact;
	const struct {
		const char *what;
		struct money there, here;
		bool known;
	} amounts[] = {
		{ "proceeds", entry->proceeds, fact->proceeds, true },
		{ "basis", entry->basis, fact->basis,
			entry->basis_known && fact->basis_known },
		{ "wash sale loss", entry->wash, fact->wash, true },
		{ "income", entry->income, fact->income, true },
	};

	for (size_t i = 0; fact->kind == FACT_REPORTED_SALE && i < COUNT(amounts); i++) {
		char there[MONEY_TEXT], here[MONEY_TEXT];

		if (amounts[i].known && amounts[i].there.cents != amounts[i].here.cents)
			return pool_printf(import->pool, ": %s %s, here %s",
				amounts[i].what, money_plain(amounts[i].there, there),
				money_plain(amounts[i].here, here));
	}
	return "";
}

static bool ask_to_replace(const struct import *import, const struct row *row,
	const struct entry *entry, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, row->line, 0,
		"the ledger has this %s with other amounts%s",
		row->kind == ROW_SALE ? "sale" : "exercise",
		first_difference(import, entry));
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

static bool supersede(struct import *import, const struct entry *entry,
	const char *reason, struct fail *why)
{
	return import->options->dry_run ||
		store_void(import->store, entry->fact, reason, why);
}

static const char takes_place[] = "the tax form takes its place";

/* A fact of the same event with other amounts: which of the two stands? */
static bool settle(struct import *import, const struct row *row,
	const struct entry *entry, enum import_fate *fate, struct fail *why)
{
	const struct row_file *const file = &import->report->read;
	const int64_t off = entry->proceeds.cents - import->made.fact.proceeds.cents;

	if (file->supplement && !entry->supplement) {
		/* The tax form stands; the statement bears it out, or does not. */
		import->tally.differing += off > 2 || off < -2;
		*fate = IMPORT_SAME;
		return import_echo(import, entry->fact, why);
	}
	*fate = IMPORT_CHANGED;
	if (!file->supplement && entry->supplement) {
		inherit(import, entry);
		return supersede(import, entry, takes_place, why) &&
			import_append(import, why);
	}
	if (!file->corrected && import->options->replace == NULL)
		return ask_to_replace(import, row, entry, why);
	const char *const reason = import->options->replace != NULL
		? import->options->replace
		: "corrected by the broker";

	inherit(import, entry);
	return supersede(import, entry, reason, why) && import_append(import, why);
}

/*
 * A tax form's sale where a statement told the same day's in other parts: all of them give
 * way, and what they knew of the plan goes on if their shares are the form's.
 */
static bool settle_event(struct import *import, const struct entry *first,
	enum import_fate *fate, struct fail *why)
{
	struct entry sum = *first;

	*fate = IMPORT_CHANGED;
	if (!supersede(import, first, takes_place, why))
		return false;
	for (const struct entry *entry;
		(entry = standing_event(import->standing, &import->made)) != NULL;) {
		sum.shares.e8 += entry->shares.e8;
		sum.basis = money_plus(sum.basis, entry->basis);
		sum.income = money_plus(sum.income, entry->income);
		if (entry->plan != sum.plan)
			sum.plan = 0;
		if (!supersede(import, entry, takes_place, why))
			return false;
	}
	if (sum.shares.e8 == import->made.fact.shares.e8)
		inherit(import, &sum);
	return import_append(import, why);
}

/* The same sale under another name: a tax form's word stands before a statement's. */
static bool settle_renamed(struct import *import, const struct entry *entry,
	enum import_fate *fate, struct fail *why)
{
	import->tally.renamed++;
	if (import->incoming.supplement || !entry->supplement) {
		*fate = IMPORT_SAME;
		return import_echo(import, entry->fact, why);
	}
	*fate = IMPORT_CHANGED;
	inherit(import, entry);
	return supersede(import, entry, takes_place, why) && import_append(import, why);
}

bool import_settle(struct import *import, const struct row *row, enum import_fate *fate,
	struct fail *why)
{
	struct standing *const standing = import->standing;
	struct made *const made = &import->made;
	const struct entry *entry = standing_alike(standing, made);

	if (entry != NULL) {
		/* "Collapsed" and "Expanded": one keeps all that either says. */
		import->tally.fuller++;
		if (!made_fill(made, entry, standing)) {
			*fate = IMPORT_SAME;
			return import_echo(import, entry->fact, why);
		}
		*fate = IMPORT_CHANGED;
		return supersede(import, entry, "a fuller statement takes its place",
			       why) &&
			import_append(import, why);
	}
	entry = standing_near(standing, made);
	if (entry != NULL)
		return settle(import, row, entry, fate, why);
	entry = import->incoming.supplement ? standing_has_event(standing, made) : NULL;
	if (entry == NULL && import->incoming.supplement)
		entry = standing_has_sums(standing, made);
	if (entry != NULL) {
		import->tally.supported++;
		*fate = IMPORT_SAME;
		return import_echo(import, entry->fact, why);
	}
	entry = import->incoming.supplement ? NULL : standing_event(standing, made);
	if (entry != NULL)
		return settle_event(import, entry, fate, why);
	entry = standing_renamed(standing, made);
	if (entry != NULL)
		return settle_renamed(import, entry, fate, why);
	return import_append(import, why);
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
		if (!supersede(import, entry, "not in the corrected form", why))
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
		if (!supersede(import, entry, takes_place, why))
			return false;
	}
	return true;
}

/* Turns words into figures of a year and appends those that are new. */
#include "cli/enter.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "cli/place.h"
#include "forms/figure.h"
#include "forms/figure_file.h"
#include "ledger/import/import.h"

/* Those of the command line have no row. */
struct entries {
	struct figure_entry *at;
	size_t count, room;
};

/* What becomes of an entry. */
struct entered_fact {
	struct fact fact;
	const struct fact *standing; /* the one it replaces or repeats, or NULL */
	bool same;
};

struct entering {
	struct call *call;
	struct home home;
	struct entries entries;
	struct entered_fact *made;
	const char *file; /* of --from, or NULL */
	size_t fresh;     /* facts to write */
	uint32_t owner;   /* of --owner, or 0 */
	const char *
		new_owner; /* those that there were, if --owner names nobody of them; or NULL */
};

static void add_entry(struct entries *entries, struct figure_entry entry)
{
	GROW(entries->at, entries->count, entries->room);
	entries->at[entries->count++] = entry;
}

static bool gather(struct entering *work, size_t first, int year, enum fact_kind kind,
	struct fail *why)
{
	const struct call *const call = work->call;
	struct figure_entries read;

	work->file = call_value(call, "from");
	for (size_t i = first; i < call->operands; i++) {
		const char *const words =
			figure_words(span_of(call->operand[i]), call->pool);

		add_entry(&work->entries,
			(struct figure_entry){ words ? words : call->operand[i], 0, 0 });
	}
	if (!work->file)
		return true;
	if (!figure_file_read(year, kind, work->file, &read, call->pool, why))
		return false;
	for (size_t i = 0; i < read.count; i++)
		add_entry(&work->entries, read.at[i]);
	return true;
}

/* Puts the place of an entry of a file into a failure. */
static bool at_entry(
	const struct entering *work, const struct figure_entry *entry, struct fail *why)
{
	if (entry->row == 0)
		return false;
	why->kind = FAIL_BAD_INPUT;
	why->row = entry->row;
	why->column = entry->column;
	return fail_file(why, work->file);
}

/* The same figure twice in one command: the second would silently win. */
static bool only_once(const struct entering *work, size_t index, struct fail *why)
{
	const struct fact *const fact = &work->made[index].fact;
	const struct facts before = { .names = work->home.facts.names };

	for (size_t i = 0; i < index; i++) {
		struct facts one = before;

		one.at = &work->made[i].fact;
		one.count = 1;
		if (figure_standing(&one, fact)) {
			fail_set(why, FAIL_USAGE, "%s is given twice",
				names_text(before.names, fact->name));
			return at_entry(work, &work->entries.at[index], why);
		}
	}
	return true;
}

/* Who is meant; a name that nothing bears yet is said, for it may be mistyped. */
static bool find_owner(struct entering *work, struct fail *why)
{
	const char *const owner = call_value(work->call, "owner");
	struct facts *const facts = &work->home.facts;
	struct owners owners;
	struct text known = TEXT_EMPTY;

	if (owner == NULL)
		return true;
	if (*owner == '\0')
		return fail_set(why, FAIL_USAGE, "--owner wants a name");
	if (!owners_find(facts, &owners, why))
		return false;
	work->owner = names_add(facts->names, owner, strlen(owner));
	for (int i = 0; i < owners.count; i++)
		if (owners.name[i] != 0)
			text_addf(&known, "%s%s", known.length > 0 ? ", " : "",
				names_text(facts->names, owners.name[i]));
	if (owners_index(&owners, work->owner) < 0 && known.length > 0)
		work->new_owner = pool_text(work->call->pool, known.at, known.length);
	text_release(&known);
	return true;
}

/* A joint return is both spouses'; a death is one's. */
static bool may_be_owned(
	const struct entering *work, const struct fact *fact, struct fail *why)
{
	const struct names *const names = work->home.facts.names;
	const char *const name = names_text(names, fact->name);

	if (fact->owner != 0 && strcmp(name, "status") == 0 &&
		strcmp(names_text(names, fact->text), "mfj") == 0) {
		fail_set(why, FAIL_USAGE, "a joint return is no one spouse's");
		return fail_hint(why, "leave --owner away: dualbasis fact %d status=mfj",
			fact->year);
	}
	if (fact->owner == 0 && strcmp(name, "died") == 0) {
		fail_set(why, FAIL_USAGE, "who died?");
		return fail_hint(
			why, "dualbasis fact %d --owner NAME died=yes", fact->year);
	}
	return true;
}

static bool make_facts(
	struct entering *work, int year, figure_reader *reader, struct fail *why)
{
	struct facts *const facts = &work->home.facts;
	const bool replace = call_has(work->call, "replace");

	if (!find_owner(work, why))
		return false;
	work->made = pool_alloc(
		work->call->pool, (work->entries.count + 1) * sizeof *work->made);
	for (size_t i = 0; i < work->entries.count; i++) {
		const struct figure_entry *const entry = &work->entries.at[i];
		struct entered_fact *const made = &work->made[i];

		if (!reader(work->home.law, year, entry->words, facts->names, &made->fact,
			    why))
			return at_entry(work, entry, why);
		made->fact.owner = work->owner;
		if (!may_be_owned(work, &made->fact, why))
			return at_entry(work, entry, why);
		if (!only_once(work, i, why))
			return false;
		made->standing = figure_standing(facts, &made->fact);
		made->same = made->standing && figure_same(made->standing, &made->fact);
		if (!replace && !figure_may_stand(facts, &made->fact, why)) {
			if (why->hint[0] == '\0')
				fail_hint(why,
					"--replace REASON puts the new one in its place; "
					"both stay in the log");
			return at_entry(work, entry, why);
		}
		made->fact.source.row = entry->row;
		work->fresh += !made->same;
	}
	return true;
}

/* The file's own document, kept once. */
static bool keep_document(struct entering *work, int64_t *id, struct fail *why)
{
	struct store *const store = work->home.store;
	struct document document;
	char sha256[65];
	bool found = false;

	if (!import_hash(work->file, sha256, why) ||
		!store_document_find(
			store, sha256, &document, work->call->pool, &found, why))
		return false;
	if (!found &&
		!store_document_add(store, path_name(work->file), "figures", work->file,
			&document, work->call->pool, why))
		return false;
	*id = document.id;
	return true;
}

static bool append(struct entering *work, struct fail *why)
{
	struct store *const store = work->home.store;
	const char *const reason = call_value(work->call, "replace");
	int64_t document = 0;

	if (work->file && !keep_document(work, &document, why))
		return false;
	for (size_t i = 0; i < work->entries.count; i++) {
		struct entered_fact *const made = &work->made[i];

		if (made->same)
			continue;
		if (made->standing && !store_void(store, made->standing->id, reason, why))
			return false;
		if (made->fact.source.row > 0)
			made->fact.source.document = document;
		if (!store_append(store, &made->fact, work->home.facts.names, why))
			return false;
	}
	return true;
}

/* What stands is read within the batch: of two writers the second sees what the first wrote. */
static bool write_batch(
	struct entering *work, int year, figure_reader *reader, struct fail *why)
{
	if (!batch_open(&work->home, work->call, HOME_LAW, why))
		return false;
	const bool good = make_facts(work, year, reader, why);

	if (good && work->fresh > 0 && append(work, why))
		return batch_commit(&work->home, work->call, why);
	batch_rollback(&work->home);
	return good && work->fresh == 0;
}

const char *figure_shown(
	const struct facts *facts, const struct fact *fact, struct pool *pool)
{
	char amount[MONEY_TEXT];

	if (fact->amount_known)
		return pool_printf(pool, "%s", money_grouped(fact->amount, amount));
	return names_text(facts->names, fact->text);
}

static const char *fate_of(const struct entered_fact *made)
{
	return made->same ? "same" : made->standing ? "replaced" : "new";
}

/* What stands of the year's figures when all is entered. */
static const char *const *remarks(
	const struct entering *work, int year, const struct figures_verb *verb)
{
	static const char *const none[] = { NULL };
	const struct facts *const before = &work->home.facts;
	struct facts after = *before;

	if (verb->remarks == NULL)
		return none;
	after.at = pool_alloc(work->call->pool,
		(before->count + work->entries.count + 1) * sizeof *after.at);
	after.count = 0;
	for (size_t i = 0; i < before->count; i++) {
		bool replaced = false;

		for (size_t k = 0; k < work->entries.count; k++)
			replaced = replaced || work->made[k].standing == &before->at[i];
		if (!replaced)
			after.at[after.count++] = before->at[i];
	}
	for (size_t i = 0; i < work->entries.count; i++)
		after.at[after.count++] = work->made[i].fact;
	return verb->remarks(&after, year, work->call->pool);
}

static void answer_text(const struct entering *work, int year, const char *const *remark)
{
	const struct facts *const facts = &work->home.facts;
	struct pool *const pool = work->call->pool;

	for (size_t i = 0; i < work->entries.count; i++) {
		const struct entered_fact *const made = &work->made[i];
		const char *const before = made->standing && !made->same
			? figure_shown(facts, made->standing, pool)
			: NULL;

		printf("  %d %-28s %16s%s%s%s%s%s\n", year,
			names_text(facts->names, made->fact.name),
			figure_shown(facts, &made->fact, pool),
			made->same ? "  (stands already)" : "",
			before ? "  in place of " : "", before ? before : "",
			work->owner != 0 ? "  of " : "",
			names_text(facts->names, work->owner));
	}
	for (; *remark != NULL; remark++)
		printf("! %s\n", *remark);
	if (work->new_owner != NULL)
		printf("! %s is new: what there was belongs to %s\n",
			call_value(work->call, "owner"), work->new_owner);
	if (call_has(work->call, "dry-run"))
		printf("nothing was written\n");
}

static void answer_json(const struct entering *work, int year, const char *const *remark)
{
	const struct facts *const facts = &work->home.facts;
	struct answer answer;

	answer_open(&answer);
	json_count(&answer.json, "year", year);
	if (work->owner != 0)
		json_text(&answer.json, "owner", names_text(facts->names, work->owner));
	json_bool(&answer.json, "dry_run", call_has(work->call, "dry-run"));
	json_array(&answer.json, "figures");
	for (size_t i = 0; i < work->entries.count; i++) {
		const struct fact *const fact = &work->made[i].fact;

		json_object(&answer.json, NULL);
		json_text(&answer.json, "name", names_text(facts->names, fact->name));
		if (fact->amount_known)
			json_money(&answer.json, "value", fact->amount);
		else
			json_text(&answer.json, "value",
				names_text(facts->names, fact->text));
		json_text(&answer.json, "fate", fate_of(&work->made[i]));
		json_close(&answer.json);
	}
	json_close(&answer.json);
	json_array(&answer.json, "warnings");
	for (; *remark != NULL; remark++)
		json_text(&answer.json, NULL, *remark);
	json_close(&answer.json);
	answer_close(&answer);
}

bool enter_figures(struct call *call, size_t first, int year,
	const struct figures_verb *verb, struct fail *why)
{
	struct entering work = { .call = call };
	const bool done = gather(&work, first, year, verb->kind, why) &&
		write_batch(&work, year, verb->reader, why);

	if (done && call->json)
		answer_json(&work, year, remarks(&work, year, verb));
	else if (done)
		answer_text(&work, year, remarks(&work, year, verb));
	free(work.entries.at);
	home_close(&work.home);
	return done;
}

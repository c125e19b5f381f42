/* Turns words into figures of a year and appends those that are new. */
#include "cli/enter.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "cli/place.h"
#include "forms/figure.h"
#include "ledger/import/import.h"

#define FILE_BYTES_MOST 1000000

/* One "name=value", and where it stands. */
struct entry {
	const char *words;
	long row, column; /* of the file; 0 on the command line */
};

struct entries {
	struct entry *at;
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
};

/* "$1,234.50" is an amount too: thousands are grouped by three, or it stays as it is. */
static const char *plain_amount(const char *value, struct pool *pool)
{
	struct text plain = TEXT_EMPTY;
	const char *at = value;

	if (*at == '-' || *at == '+')
		text_add_bytes(&plain, at++, 1);
	if (*at == '$')
		at++;
	size_t digits = strspn(at, "0123456789");
	bool good = digits >= 1;

	if (good && at[digits] == ',')
		good = digits <= 3;
	text_add_bytes(&plain, at, digits);
	for (at += digits; good && *at == ','; at += 4) {
		good = strspn(at + 1, "0123456789") == 3;
		if (good)
			text_add_bytes(&plain, at + 1, 3);
	}
	if (good)
		text_add(&plain, at);
	const char *const shown = good ? pool_text(pool, plain.at, plain.length) : value;

	text_release(&plain);
	return shown;
}

/* "wages = 1,000" as "wages=1000"; NULL when the value is blank. */
static const char *tidy_words(struct span line, struct pool *pool)
{
	const char *const equals = memchr(line.at, '=', line.length);

	if (!equals)
		return pool_text(pool, line.at, line.length);
	const struct span name =
		span_trim((struct span){ line.at, (size_t)(equals - line.at) });
	const struct span value = span_trim((struct span){
		equals + 1, line.length - (size_t)(equals + 1 - line.at) });

	if (value.length == 0)
		return NULL;
	return pool_printf(pool, "%.*s=%s", (int)name.length, name.at,
		plain_amount(pool_text(pool, value.at, value.length), pool));
}

static void add_entry(struct entries *entries, struct entry entry)
{
	GROW(entries->at, entries->count, entries->room);
	entries->at[entries->count++] = entry;
}

static bool read_line(struct entering *work, struct span line, long row, struct fail *why)
{
	const char *const start = line.at;
	const char *const comment = memchr(line.at, '#', line.length);

	if (comment)
		line.length = (size_t)(comment - line.at);
	while (line.length > 0 && line.at[line.length - 1] == '\r')
		line.length--;
	line = span_trim(line);
	if (line.length == 0)
		return true;
	const long column = line.at - start + 1;

	if (!memchr(line.at, '=', line.length)) {
		fail_at(why, FAIL_BAD_INPUT, row, column,
			"\"%.*s\" is not a figure (want name = value)",
			(int)(line.length < 60 ? line.length : 60), line.at);
		return fail_file(why, work->file);
	}
	const char *const words = tidy_words(line, work->call->pool);

	if (words)
		add_entry(&work->entries, (struct entry){ words, row, column });
	return true;
}

static bool read_text(struct entering *work, struct span text, struct fail *why)
{
	/* A byte order mark is what some editors leave at the beginning. */
	if (text.length >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		text = (struct span){ text.at + 3, text.length - 3 };
	for (long row = 1; text.length > 0; row++) {
		const char *const end = memchr(text.at, '\n', text.length);
		const size_t length = end ? (size_t)(end - text.at) : text.length;

		if (!utf8_valid(text.at, length)) {
			fail_at(why, FAIL_BAD_INPUT, row, 1, "this line is no text");
			return fail_file(why, work->file);
		}
		if (!read_line(work, (struct span){ text.at, length }, row, why))
			return false;
		text.at += length + (end ? 1 : 0);
		text.length -= length + (end ? 1 : 0);
	}
	return true;
}

static bool read_file(struct entering *work, struct fail *why)
{
	FILE *const file = fopen(work->file, "rb");

	if (!file) {
		fail_set(
			why, FAIL_SYSTEM, "the file cannot be read: %s", strerror(errno));
		return fail_file(why, work->file);
	}
	char *const bytes = pool_alloc(work->call->pool, FILE_BYTES_MOST + 1);
	const size_t length = fread(bytes, 1, FILE_BYTES_MOST + 1, file);
	const bool broken = ferror(file) != 0;

	fclose(file);
	if (broken)
		fail_set(why, FAIL_SYSTEM, "the file cannot be read to its end");
	else if (length > FILE_BYTES_MOST)
		fail_set(why, FAIL_BAD_INPUT,
			"the file is too long for a list of figures");
	else
		return read_text(work, (struct span){ bytes, length }, why);
	return fail_file(why, work->file);
}

static bool gather(struct entering *work, size_t first, struct fail *why)
{
	const struct call *const call = work->call;

	work->file = call_value(call, "from");
	for (size_t i = first; i < call->operands; i++) {
		const char *const words =
			tidy_words(span_of(call->operand[i]), call->pool);

		add_entry(&work->entries,
			(struct entry){ words ? words : call->operand[i], 0, 0 });
	}
	return !work->file || read_file(work, why);
}

/* Puts the place of an entry of a file into a failure. */
static bool at_entry(
	const struct entering *work, const struct entry *entry, struct fail *why)
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

static bool make_facts(
	struct entering *work, int year, figure_reader *reader, struct fail *why)
{
	struct facts *const facts = &work->home.facts;
	const bool replace = call_has(work->call, "replace");

	work->made = pool_alloc(
		work->call->pool, (work->entries.count + 1) * sizeof *work->made);
	for (size_t i = 0; i < work->entries.count; i++) {
		const struct entry *const entry = &work->entries.at[i];
		struct entered_fact *const made = &work->made[i];

		if (!reader(work->home.law, year, entry->words, facts->names, &made->fact,
			    why))
			return at_entry(work, entry, why);
		if (!only_once(work, i, why))
			return false;
		made->standing = figure_standing(facts, &made->fact);
		made->same = made->standing && figure_same(made->standing, &made->fact);
		if (!replace && !figure_may_stand(facts, &made->fact, why)) {
			if (why->hint[0] == '\0')
				fail_hint(why,
					"--replace REASON puts the new one in its "
					"place; both stay in the log");
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

static bool try_out(
	struct entering *work, int year, figure_reader *reader, struct fail *why)
{
	return home_open(&work->home, work->call, STORE_READ, HOME_LAW, why) &&
		make_facts(work, year, reader, why);
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

static void answer_text(const struct entering *work, int year)
{
	const struct facts *const facts = &work->home.facts;
	struct pool *const pool = work->call->pool;

	for (size_t i = 0; i < work->entries.count; i++) {
		const struct entered_fact *const made = &work->made[i];
		const char *const before = made->standing && !made->same
			? figure_shown(facts, made->standing, pool)
			: NULL;

		printf("  %d %-28s %16s%s%s%s\n", year,
			names_text(facts->names, made->fact.name),
			figure_shown(facts, &made->fact, pool),
			made->same ? "  (stands already)" : "",
			before ? "  in place of " : "", before ? before : "");
	}
	if (call_has(work->call, "dry-run"))
		printf("nothing was written\n");
}

static void answer_json(const struct entering *work, int year)
{
	const struct facts *const facts = &work->home.facts;
	struct answer answer;

	answer_open(&answer);
	json_count(&answer.json, "year", year);
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
	answer_close(&answer);
}

bool enter_figures(struct call *call, size_t first, int year, figure_reader *reader,
	struct fail *why)
{
	struct entering work = { .call = call };
	const bool done = gather(&work, first, why) &&
		(call_has(call, "dry-run") ? try_out(&work, year, reader, why)
					   : write_batch(&work, year, reader, why));

	if (done && call->json)
		answer_json(&work, year);
	else if (done)
		answer_text(&work, year);
	free(work.entries.at);
	home_close(&work.home);
	return done;
}

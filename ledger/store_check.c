/* Proves of a ledger file all that the file itself can prove. */
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/store_inside.h"

/* Adds to `broken` what is wrong; false only if the file cannot be read. */
typedef bool inspect(struct store *, struct text *broken, struct fail *);

/* Rows of one column that are not `fine` (NULL: all) are what is wrong. */
static bool list_rows(struct store *store, const char *query, const char *fine,
	struct text *broken, struct fail *why)
{
	struct sql_statement *list;
	bool row = true, done;

	if (!sql_prepare(store->sql, query, &list, why))
		return false;
	while ((done = sql_step(list, &row, why)) && row) {
		const char *const text = sql_text(list, 0, NULL);

		if (fine != NULL && strcmp(text, fine) == 0)
			continue;
		if (broken->length < 400)
			text_addf(broken, "%s%s", broken->length > 0 ? "; " : "", text);
	}
	sql_finish(list);
	return done;
}

static bool file_is_sound(struct store *store, struct text *broken, struct fail *why)
{
	return list_rows(store, "PRAGMA integrity_check(10)", "ok", broken, why);
}

static bool references_lead_to_rows(
	struct store *store, struct text *broken, struct fail *why)
{
	return list_rows(store,
		"SELECT \"table\" || ' row ' || ifnull(rowid, '?') || ' refers to no ' ||"
		" parent FROM pragma_foreign_key_check LIMIT 10",
		NULL, broken, why);
}

static const char schema_text[] =
	"SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_schema ORDER BY 1";

/* Both sorted by name: the first difference tells. */
static bool compare_schemas(
	struct sql *ours, struct sql *fresh, struct text *broken, struct fail *why)
{
	struct sql_statement *a = NULL, *b = NULL;
	bool in_a = true, in_b = true;
	bool done = sql_prepare(ours, schema_text, &a, why) &&
		sql_prepare(fresh, schema_text, &b, why);

	while (done && in_a && in_b && broken->length == 0) {
		done = sql_step(a, &in_a, why) && sql_step(b, &in_b, why);
		if (!done || (!in_a && !in_b))
			break;
		const char *const name_a = in_a ? sql_text(a, 0, NULL) : "\x7f";
		const char *const name_b = in_b ? sql_text(b, 0, NULL) : "\x7f";
		const int order = strcmp(name_a, name_b);

		if (order != 0)
			text_addf(broken, "%s %s", order < 0 ? name_a : name_b,
				order < 0 ? "is not ours" : "is missing");
		else if (strcmp(sql_text(a, 1, NULL), sql_text(b, 1, NULL)) != 0)
			text_addf(broken, "%s was changed", name_a);
	}
	sql_finish(a);
	sql_finish(b);
	return done;
}

static bool schema_is_ours(struct store *store, struct text *broken, struct fail *why)
{
	struct sql *fresh = NULL;
	const bool done = sql_open(NULL, false, &fresh, why) && store_make(fresh, why) &&
		compare_schemas(store->sql, fresh, broken, why);

	sql_close(fresh);
	return done;
}

static bool hash_chunk(
	void *context, const void *bytes, size_t length, struct fail *unused)
{
	(void)unused;
	SHA256Update(context, bytes, length);
	return true;
}

/* Length is summed by the query; chunks are numbered from 0 without a gap. */
static const char documents_text[] =
	"SELECT document.id, name, sha256,"
	" document.bytes <> ifnull(sum(length(chunk.bytes)), 0) OR"
	" count(number) <> ifnull(max(number) + 1, 0)"
	" FROM document LEFT JOIN chunk ON chunk.document = document.id"
	" WHERE document.id > 0 GROUP BY document.id";

static bool documents_are_whole(
	struct store *store, struct text *broken, struct fail *why)
{
	struct sql_statement *list;
	bool row = true, done;

	if (!sql_prepare(store->sql, documents_text, &list, why))
		return false;
	while ((done = sql_step(list, &row, why)) && row) {
		const int64_t id = sql_integer(list, 0);
		SHA2_CTX context;
		char hash[SHA256_DIGEST_STRING_LENGTH];

		SHA256Init(&context);
		done = store_document_read(store, id, hash_chunk, &context, why);
		if (!done)
			break;
		SHA256End(&context, hash);
		if (sql_integer(list, 3) != 0 ||
			strcmp(hash, sql_text(list, 2, NULL)) != 0)
			text_addf(broken, "%sdocument %lld (%s) has other bytes",
				broken->length > 0 ? "; " : "", (long long)id,
				sql_text(list, 1, NULL));
	}
	sql_finish(list);
	return done;
}

static bool facts_can_be_read(struct store *store, struct text *broken, struct fail *why)
{
	struct fail wrong = { 0 };

	if (store_read_every_fact(store, &wrong))
		return true;
	if (wrong.kind != FAIL_BAD_INPUT) {
		*why = wrong;
		return false;
	}
	text_add(broken, wrong.message);
	return true;
}

/* The others are queries that answer what is wrong. */
static const struct {
	const char *name;
	inspect *look;
	const char *query;
} invariants[] = {
	{ "the file is a sound database", file_is_sound, NULL },
	{ "tables, triggers and views are those of this version", schema_is_ours, NULL },
	{ "every reference leads to a row", references_lead_to_rows, NULL },
	{ "documents have their bytes and SHA-256", documents_are_whole, NULL },
	{ "every fact can be read", facts_can_be_read, NULL },
	{ "batches are numbered without a gap", NULL,
		"SELECT 'there are ' || count(*) || ' up to batch ' || max(id) FROM batch"
		" HAVING count(*) <> max(id) + 1 OR min(id) <> 0" },
	{ "facts are numbered without a gap", NULL,
		"SELECT 'there are ' || count(*) || ' up to fact ' || max(id) FROM fact"
		" HAVING count(*) <> ifnull(max(id), 0)" },
	{ "facts are numbered in the order of their batches", NULL,
		"SELECT 'fact ' || id || ' is older than the one before it' FROM"
		" (SELECT id, batch, lag(batch, 1, 1) OVER (ORDER BY id) AS before FROM "
		"fact)"
		" WHERE batch < before LIMIT 10" },
	{ "a void comes after its fact", NULL,
		"SELECT 'the void of fact ' || fact FROM void JOIN fact ON fact.id = "
		"void.fact"
		" WHERE void.batch < fact.batch LIMIT 10" },
	{ "no fact is voided twice", NULL,
		"SELECT 'fact ' || fact FROM void WHERE batch NOT IN"
		" (SELECT batch FROM undone) GROUP BY fact HAVING count(*) > 1 LIMIT "
		"10" },
	{ "an echo is of the first fact of its kind to say so", NULL,
		"SELECT 'the echo ' || echo.fact FROM echo"
		" JOIN fact AS own ON own.id = echo.fact"
		" JOIN fact AS earlier ON earlier.id = echo.first"
		" WHERE own.kind <> earlier.kind"
		" OR echo.first IN (SELECT fact FROM echo) LIMIT 10" },
	{ "no batch is undone twice", NULL,
		"SELECT 'batch ' || undoes FROM undo WHERE batch NOT IN"
		" (SELECT batch FROM undone) GROUP BY undoes HAVING count(*) > 1 LIMIT "
		"10" },
	{ "no document stands twice", NULL,
		"SELECT 'document ' || max(id) FROM document WHERE batch NOT IN"
		" (SELECT batch FROM undone) GROUP BY sha256 HAVING count(*) > 1 LIMIT "
		"10" },
};

/* A file that is damaged where a question leads is a finding; a disk that fails is a failure. */
static bool look(struct store *store, size_t i, struct text *broken, struct fail *why)
{
	struct fail wrong = { 0 };
	const bool done = invariants[i].look != NULL
		? invariants[i].look(store, broken, &wrong)
		: list_rows(store, invariants[i].query, NULL, broken, &wrong);

	if (!done && wrong.kind == FAIL_BAD_INPUT)
		text_add(broken, wrong.message);
	if (!done && wrong.kind != FAIL_BAD_INPUT) {
		*why = wrong;
		return fail_file(why, store->path);
	}
	return true;
}

static bool look_at_all(struct store *store, struct store_finding *findings,
	struct pool *pool, struct fail *why)
{
	struct text broken = TEXT_EMPTY;
	bool done = true;

	for (size_t i = 0; done && i < COUNT(invariants); i++) {
		text_clear(&broken);
		done = look(store, i, &broken, why);
		findings[i].invariant = invariants[i].name;
		if (broken.length > 0)
			findings[i].broken = pool_text(pool, broken.at, broken.length);
	}
	text_release(&broken);
	return done;
}

bool store_check_all(struct store *store, struct store_finding **findings, size_t *count,
	struct pool *pool, struct fail *why)
{
	/* One state of the file for all questions. */
	const bool own = !sql_in_transaction(store->sql);

	*count = COUNT(invariants);
	*findings = pool_alloc(pool, COUNT(invariants) * sizeof **findings);
	if (own && !sql_run(store->sql, "BEGIN", why))
		return fail_file(why, store->path);
	const bool done = look_at_all(store, *findings, pool, why);

	if (own)
		sql_rollback(store->sql);
	return done;
}

bool store_check(struct store *store, struct fail *why)
{
	struct pool pool = { 0 };
	struct store_finding *findings;
	size_t count;
	bool done = store_check_all(store, &findings, &count, &pool, why);

	for (size_t i = 0; done && i < count; i++) {
		if (findings[i].broken == NULL)
			continue;
		fail_set(why, FAIL_BAD_INPUT,
			"the ledger is damaged: not true that %s: %s",
			findings[i].invariant, findings[i].broken);
		fail_hint(why, "restore a backup (dualbasis restore)");
		done = fail_file(why, store->path);
	}
	pool_release(&pool);
	return done;
}

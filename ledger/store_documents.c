/* Keeps imported files whole: their bytes in chunks, their name and their SHA-256. */
#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/store_inside.h"

#define DOCUMENT_COLUMNS "id, name, format, sha256, bytes, batch"

static void read_document(
	struct sql_statement *from, struct document *document, struct pool *pool)
{
	size_t length;
	const char *text;

	*document = (struct document){ 0 };
	document->id = sql_integer(from, 0);
	text = sql_text(from, 1, &length);
	document->name = pool_text(pool, text, length);
	text = sql_text(from, 2, &length);
	document->format = pool_text(pool, text, length);
	snprintf(
		document->sha256, sizeof document->sha256, "%s", sql_text(from, 3, NULL));
	document->bytes = sql_integer(from, 4);
	document->batch = sql_integer(from, 5);
}

bool store_document_find(struct store *store, const char *sha256,
	struct document *document, struct pool *pool, bool *found, struct fail *why)
{
	struct sql_statement *find;

	if (!sql_prepare(store->sql,
		    "SELECT " DOCUMENT_COLUMNS " FROM document WHERE sha256 = ?1"
		    " AND batch NOT IN (SELECT batch FROM undone) ORDER BY id LIMIT 1",
		    &find, why))
		return fail_file(why, store->path);
	sql_bind_text(find, 1, sha256, strlen(sha256));
	const bool done = sql_step(find, found, why);

	if (done && *found)
		read_document(find, document, pool);
	sql_finish(find);
	return done || fail_file(why, store->path);
}

/* Append the file's bytes chunk by chunk, adding up length and hash. */
static bool add_chunks(
	struct store *store, FILE *file, struct document *document, struct fail *why)
{
	struct sql_statement *insert;
	SHA2_CTX hash;

	if (!sql_prepare(store->sql,
		    "INSERT INTO chunk (document, number, bytes) VALUES (?1, ?2, ?3)",
		    &insert, why))
		return fail_file(why, store->path);
	char *const chunk = must_alloc(STORE_CHUNK_BYTES);
	bool done = true;
	size_t length;

	SHA256Init(&hash);
	for (int64_t number = 0;
		done && (length = fread(chunk, 1, STORE_CHUNK_BYTES, file)) > 0;
		number++) {
		SHA256Update(&hash, (const uint8_t *)chunk, length);
		document->bytes += (int64_t)length;
		sql_bind_integer(insert, 1, document->id);
		sql_bind_integer(insert, 2, number);
		sql_bind_blob(insert, 3, chunk, length);
		done = sql_execute(insert, why) || fail_file(why, store->path);
	}
	SHA256End(&hash, document->sha256);
	free(chunk);
	sql_finish(insert);
	return done;
}

static bool add_row(
	struct store *store, const struct document *document, struct fail *why)
{
	struct sql_statement *insert;

	if (!sql_prepare(store->sql,
		    "INSERT INTO document (" DOCUMENT_COLUMNS
		    ") VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
		    &insert, why))
		return false;
	sql_bind_integer(insert, 1, document->id);
	sql_bind_text(insert, 2, document->name, strlen(document->name));
	sql_bind_text(insert, 3, document->format, strlen(document->format));
	sql_bind_text(insert, 4, document->sha256, strlen(document->sha256));
	sql_bind_integer(insert, 5, document->bytes);
	sql_bind_integer(insert, 6, document->batch);
	const bool done = sql_execute(insert, why);

	sql_finish(insert);
	return done;
}

bool store_document_add(struct store *store, const char *name, const char *format,
	const char *path, struct document *document, struct pool *pool, struct fail *why)
{
	FILE *const file = fopen(path, "rb");

	if (file == NULL) {
		fail_set(why, FAIL_SYSTEM, "the file cannot be opened (%s)",
			strerror(errno));
		return fail_file(why, path);
	}
	*document = (struct document){
		.name = pool_text(pool, name, strlen(name)),
		.format = pool_text(pool, format, strlen(format)),
		.batch = store->batch,
	};
	bool done = (store_write(store, why) &&
			    sql_ask(store->sql, "SELECT max(id) + 1 FROM document",
				    &document->id, why)) ||
		fail_file(why, store->path);

	done = done && add_chunks(store, file, document, why);
	if (done && ferror(file)) {
		fail_set(why, FAIL_SYSTEM, "the file cannot be read (%s)",
			strerror(errno));
		done = fail_file(why, path);
	}
	fclose(file);
	return done && (add_row(store, document, why) || fail_file(why, store->path));
}

bool store_documents(struct store *store, struct document **documents, size_t *count,
	struct pool *pool, struct fail *why)
{
	struct sql_statement *list;
	struct document *found = NULL;
	size_t used = 0, room = 0;
	bool row, done;

	if (!sql_prepare(store->sql,
		    "SELECT " DOCUMENT_COLUMNS " FROM document WHERE id > 0"
		    " AND batch NOT IN (SELECT batch FROM undone) ORDER BY id",
		    &list, why))
		return fail_file(why, store->path);
	while ((done = sql_step(list, &row, why)) && row) {
		GROW(found, used, room);
		read_document(list, &found[used++], pool);
	}
	sql_finish(list);
	*documents = pool_copy(pool, found, used * sizeof *found);
	*count = used;
	free(found);
	return done || fail_file(why, store->path);
}

const struct document *document_in(
	const struct document *documents, size_t count, int64_t id)
{
	for (size_t i = 0; i < count; i++)
		if (documents[i].id == id)
			return &documents[i];
	return NULL;
}

bool store_document_read(struct store *store, int64_t document, store_chunk *take,
	void *context, struct fail *why)
{
	struct sql_statement *read;
	bool row = true, done = true;

	if (!sql_prepare(store->sql,
		    "SELECT bytes FROM chunk WHERE document = ?1 ORDER BY number", &read,
		    why))
		return fail_file(why, store->path);
	sql_bind_integer(read, 1, document);
	while (done && row) {
		done = sql_step(read, &row, why) || fail_file(why, store->path);
		if (done && row) {
			size_t length;
			const void *const bytes = sql_blob(read, 0, &length);

			done = take(context, bytes, length, why);
		}
	}
	sql_finish(read);
	return done;
}

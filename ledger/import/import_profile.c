/* Keeps a profile with the files that it read, and finds it again by their header. */
#include <sha2.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"

/*
 * A kept profile is a document of the ledger whose format names the header that it was used
 * for: this word, then the hash of the header. Undone with its import, it is forgotten.
 */
#define KEPT      "profile for header "
#define KEPT_SIZE (sizeof KEPT + 64)

/*
 * What divides the columns, and their names as formats compare them; blank ones at the end do
 * not count.
 */
static void kept_name(
	const struct preview *preview, const struct record *header, char name[KEPT_SIZE])
{
	const uint8_t delimiter = preview->workbook ? 0 : (uint8_t)preview->delimiter;
	size_t count = header->count;
	char plain[NAME_LIMIT];
	SHA2_CTX hash;

	while (count > 0 && value_blank(header->cell[count - 1].text))
		count--;
	SHA256Init(&hash);
	SHA256Update(&hash, &delimiter, 1);
	for (size_t i = 0; i < count; i++) {
		name_plain(header->cell[i].text, plain);
		SHA256Update(&hash, (const uint8_t *)plain, strlen(plain) + 1);
	}
	memcpy(name, KEPT, sizeof KEPT - 1);
	SHA256End(&hash, name + sizeof KEPT - 1);
}

static bool is_kept(const struct document *document)
{
	return strncmp(document->format, KEPT, sizeof KEPT - 1) == 0;
}

/* The profile that was kept last for one of the first records, or NULL. */
static const struct document *find(
	const struct document *document, size_t count, const struct preview *preview)
{
	const struct document *found = NULL;
	char name[KEPT_SIZE];

	for (size_t i = 0; i < preview->count; i++) {
		kept_name(preview, &preview->record[i], name);
		for (size_t d = 0; d < count; d++)
			if (strcmp(document[d].format, name) == 0 &&
				(found == NULL || found->id < document[d].id))
				found = &document[d];
	}
	return found;
}

static bool add_chunk(void *context, const void *bytes, size_t length, struct fail *why)
{
	(void)why;
	text_add_bytes(context, bytes, length);
	return true;
}

static bool read_kept(struct store *store, const struct document *document,
	struct profile **profile, struct pool *pool, struct fail *why)
{
	struct text text = TEXT_EMPTY;
	const bool done =
		store_document_read(store, document->id, add_chunk, &text, why) &&
		profile_read_text(
			document->name, text.at, text.length, profile, pool, why);

	text_release(&text);
	return done;
}

bool profile_find(struct store *store, const char *path, struct profile **profile,
	const char **name, struct pool *pool, struct fail *why)
{
	struct document *document;
	struct preview preview;
	size_t count, kept = 0;

	*profile = NULL;
	if (store == NULL)
		return true;
	if (!store_documents(store, &document, &count, pool, why))
		return false;
	for (size_t i = 0; i < count; i++)
		kept += is_kept(&document[i]);
	if (kept == 0)
		return true;
	if (!preview_open(&preview, path, pool, why))
		return fail_file(why, path);
	const struct document *const found = find(document, count, &preview);

	if (found == NULL)
		return true;
	*name = found->name;
	return read_kept(store, found, profile, pool, why);
}

bool profile_keep(struct store *store, const char *profile, const char *hash,
	const struct format *format, const char *path, bool *kept, struct pool *pool,
	struct fail *why)
{
	const char *const slash = strrchr(profile, '/');
	struct document *document, added;
	struct preview preview;
	char name[KEPT_SIZE];
	size_t count;

	*kept = false;
	if (!store_documents(store, &document, &count, pool, why))
		return false;
	if (!preview_open(&preview, path, pool, why))
		return fail_file(why, path);
	const struct record *const header = preview_find(&preview, format->table->header);

	if (header == NULL)
		return true;
	*kept = true;
	kept_name(&preview, header, name);
	for (size_t i = count; i-- > 0;)
		if (strcmp(document[i].format, name) == 0) {
			if (strcmp(document[i].sha256, hash) == 0)
				return true;
			break;
		}
	if (!store_document_add(store, slash != NULL ? slash + 1 : profile, name, profile,
		    &added, pool, why))
		return false;
	if (strcmp(added.sha256, hash) == 0)
		return true;
	fail_set(why, FAIL_SYSTEM, "the file changed while it was read");
	return fail_file(why, profile);
}

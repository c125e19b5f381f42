/* Where facts come from: documents with their hashes, and what was entered by hand. */
#include "export/sections.h"

const char *source_words(
	const struct household *household, const struct fact *fact, struct pool *pool)
{
	const struct document *const document =
		household_document(household, fact->source.document);

	if (fact->source.document == 0)
		return "entered by hand";
	if (document == NULL)
		return pool_printf(pool, "document %lld, row %lld",
			(long long)fact->source.document, (long long)fact->source.row);
	if (fact->source.row == 0)
		return document->name;
	return pool_printf(
		pool, "%s, row %lld", document->name, (long long)fact->source.row);
}

static int64_t facts_of(const struct facts *facts, int64_t document)
{
	int64_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += facts->at[i].source.document == document;
	return count;
}

static void add_documents(struct packet *packet, struct section *section)
{
	static const struct column column[] = {
		{ .title = "Document", .width = 44 },
		{ .title = "Format", .width = 20 },
		{ .title = "Bytes", .align = ALIGN_RIGHT },
		{ .title = "Facts", .align = ALIGN_RIGHT },
		{ .title = "SHA-256", .width = 66 },
	};
	const struct household *const household = packet->household;
	struct table *const table =
		section_table(section, packet->pool, "Documents", column, COUNT(column));

	table->none = "nothing was imported";
	for (size_t i = 0; i < household->documents; i++) {
		const struct document *const document = &household->document[i];
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_text(document->name);
		cell[1] = cell_text(document->format);
		cell[2] = cell_count(document->bytes);
		cell[3] = cell_count(facts_of(household->facts, document->id));
		cell[4] = cell_text(document->sha256);
	}
}

static void add_entered(struct packet *packet, struct section *section)
{
	static const struct column column[] = {
		{ .title = "Fact", .align = ALIGN_RIGHT },
		{ .title = "What was entered by hand", .width = 90 },
	};
	const struct facts *const facts = packet->household->facts;
	struct table *const table = section_table(
		section, packet->pool, "Entered by hand", column, COUNT(column));
	struct text words = TEXT_EMPTY;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->source.document != 0)
			continue;
		text_clear(&words);
		fact_words(fact, facts->names, &words);
		struct cell *const cell = table_row(table, packet->pool);

		cell[0] = cell_count(fact->id);
		cell[1] = cell_text(pool_text(packet->pool, words.at, words.length));
	}
	text_release(&words);
}

void section_sources(struct packet *packet)
{
	struct section *const section =
		report_section(packet->report, "Sources", "Sources");

	section->landscape = true;
	section_note(section, packet->pool,
		"Imported files are kept whole in the ledger; the hash proves that a "
		"file at "
		"hand is the same.");
	add_documents(packet, section);
	add_entered(packet, section);
}

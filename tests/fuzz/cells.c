/*
 * Text files into records of cells. The first byte says the delimiter. What was read is written
 * again with every cell in quotes, and has to read the same.
 */
#include "ledger/import/record.h"
#include "tests/fuzz/support/harness.h"

static struct text written = TEXT_EMPTY;

static void write_cell(const struct cell *cell)
{
	text_add_bytes(&written, "\"", 1);
	for (size_t i = 0; i < cell->length; i++)
		text_add_bytes(&written, cell->text[i] == '"' ? "\"\"" : cell->text + i,
			cell->text[i] == '"' ? 2 : 1);
	text_add_bytes(&written, "\"", 1);
}

/* A shield in a shield loses one at each reading. */
static bool shielded(const struct cell *cell)
{
	return cell->length >= 3 && cell->text[0] == '=' && cell->text[1] == '"' &&
		cell->text[cell->length - 1] == '"';
}

static bool write_record(const struct record *record, char delimiter)
{
	long line = record->line;

	assert(record->line >= 1);
	for (size_t i = 0; i < record->count; i++) {
		const struct cell *const cell = &record->cell[i];

		assert(strlen(cell->text) == cell->length);
		assert(utf8_valid(cell->text, cell->length));
		assert(cell->line >= line);
		line = cell->line;
		if (shielded(cell))
			return false;
		if (i > 0)
			text_add_bytes(&written, &delimiter, 1);
		write_cell(cell);
	}
	text_add_bytes(&written, "\n", 1);
	return true;
}

static void same_record(const struct record *a, const struct record *b)
{
	assert(a->count == b->count);
	for (size_t i = 0; i < a->count; i++)
		assert(a->cell[i].length == b->cell[i].length &&
			strcmp(a->cell[i].text, b->cell[i].text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char delimiters[] = { ',', '\t', ';' };
	struct records *records;
	struct record record, kept[64];
	struct fail why = { 0 };
	struct pool pool = { 0 };
	size_t count = 0, read = 0;
	bool end = false, good = true;

	if (length < 1)
		return 0;
	const char delimiter = delimiters[*bytes % sizeof delimiters];

	memory_file_set(bytes + 1, length - 1, 0);
	if (!records_open_text(MEMORY_FILE, delimiter, &records, &why)) {
		fail_holds(&why);
		return 0;
	}
	text_clear(&written);
	while (good && !end && count < COUNT(kept)) {
		if (!records->next(records, &record, &end, &why)) {
			fail_holds(&why);
			assert(why.row >= 1);
			break;
		}
		if (end)
			break;
		kept[count] = record_copy(&record, &pool);
		good = write_record(&kept[count], delimiter);
		count++;
	}
	records->close(records);
	memory_file_set(written.at, written.length, 0);
	end = false;
	if (good && records_open_text(MEMORY_FILE, delimiter, &records, &why)) {
		while (records->next(records, &record, &end, &why) && !end)
			same_record(&kept[read++], &record);
		assert(end && read == count);
		records->close(records);
	}
	pool_release(&pool);
	return 0;
}

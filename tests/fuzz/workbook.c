/*
 * Workbooks: an archive as it is, when it begins like one, or the parts of one, divided by NULs
 * (the first byte then says what it is read as: 0 its records, else one of the formats).
 */
#include "ledger/import/workbook.h"
#include "tests/fuzz/support/harness.h"

static void read_records(void)
{
	struct records *records;
	struct record record;
	struct fail why = { 0 };
	bool end = false;

	if (!records_open_workbook(MEMORY_FILE, &records, &why)) {
		fail_holds(&why);
		return;
	}
	while (!end) {
		if (!records->next(records, &record, &end, &why)) {
			fail_holds(&why);
			break;
		}
		for (size_t i = 0; !end && i < record.count; i++)
			assert(record.sheet != NULL &&
				strlen(record.cell[i].text) == record.cell[i].length &&
				utf8_valid(record.cell[i].text, record.cell[i].length));
	}
	records->close(records);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char *const formats[] = { NULL, "etrade-gl",
		"etrade-benefit-history", "carta", "gainskeeper", "olt" };

	if (length > 4 && memcmp(bytes, "PK\x03\x04", 4) == 0) {
		memory_file_set(bytes, length, 0);
		read_records();
		return 0;
	}
	if (length < 1)
		return 0;
	memory_archive_set(bytes + 1, length - 1);
	const char *const format = formats[*bytes % COUNT(formats)];

	if (format == NULL)
		read_records();
	else
		rows_hold(format);
	return 0;
}

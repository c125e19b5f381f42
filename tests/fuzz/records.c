/* The CSV of records, as `import --dry-run` reads it into an empty ledger. */
#include "ledger/import/import.h"
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct import_options options = { .format = "records", .dry_run = true };
	struct import_report report;
	struct pool pool = { 0 };
	struct fail why = { 0 };

	memory_file_set(bytes, length, 0);
	if (import_file(NULL, MEMORY_FILE, &options, &report, &pool, &why)) {
		assert(report.count[IMPORT_CHANGED] == 0);
		for (const char *const *note = report.notes; *note != NULL; note++)
			assert(utf8_valid(*note, strlen(*note)));
	} else {
		fail_holds(&why);
	}
	pool_release(&pool);
	return 0;
}

/*
 * Files of figures, entered or as filed: text, CSV and JSON (a PDF is for pdf.c). The first byte
 * chooses the year, which of both, and whether the file is called a CSV. What is taken is "name=value" in words.
 */
#include "forms/figure.h"
#include "forms/figure_file.h"
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct law *law;
	struct figure_entries entries = { 0 };
	struct fail why = { 0 };
	struct pool pool = { 0 };
	struct fact fact;

	if (law == NULL && !law_builtin(&law, &why))
		abort();
	if (length < 6 || memcmp(bytes + 1, "%PDF-", 5) == 0)
		return 0;
	const enum fact_kind kind = *bytes & 16 ? FACT_FILED : FACT_FIGURE;
	const int year = LAW_FIRST_YEAR + *bytes % 16;

	memory_file_set(bytes + 1, length - 1, 0);
	const char *const path = *bytes & 32 ? MEMORY_CSV : MEMORY_FILE;

	if (figure_file_read(year, kind, path, &entries, &pool, &why)) {
		struct names *const names = names_new();

		for (size_t i = 0; i < entries.count; i++) {
			const struct figure_entry *const its = &entries.at[i];

			assert(its->row >= 1 && its->column >= 0);
			assert(utf8_valid(its->words, strlen(its->words)));
			assert(strchr(its->words, '=') != NULL);
			if (!(kind == FACT_FILED ? filed_from_words : figure_from_words)(
				    law, year, its->words, names, &fact, &why))
				fail_holds(&why);
		}
		names_free(names);
	} else {
		fail_holds(&why);
	}
	pool_release(&pool);
	return 0;
}

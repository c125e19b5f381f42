/*
 * The fields of a fillable PDF, and the figures that are taken from them. The first byte says
 * whether its table of offsets may be wrong.
 */
#include "forms/figure_file.h"
#include "forms/file/reading.h"
#include "tests/fuzz/support/harness.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	struct pdf_form form;
	struct figure_entries entries = { 0 };
	struct fail why = { 0 };
	struct pool pool = { 0 };

	if (length < 1)
		return 0;
	if (*bytes & 1)
		memory_pdf_set(bytes + 1, length - 1);
	else
		memory_file_set(bytes + 1, length - 1, 0);
	if (pdf_form_read(MEMORY_FILE, &form, &pool, &why)) {
		assert(form.title != NULL);
		for (size_t i = 0; i < form.fields; i++)
			assert(form.field[i].name != NULL && form.field[i].value != NULL);
	} else {
		fail_holds(&why);
	}
	why = (struct fail){ 0 };
	if (!figure_file_read(2024, FACT_FILED, MEMORY_FILE, &entries, &pool, &why))
		fail_holds(&why);
	for (size_t i = 0; i < entries.count; i++)
		assert(utf8_valid(entries.at[i].words, strlen(entries.at[i].words)));
	pool_release(&pool);
	return 0;
}

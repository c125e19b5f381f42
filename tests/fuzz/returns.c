/*
 * The CSV of returns that `compute` reads. The first byte says how few bytes come at a time;
 * neither that nor anything else may make a row with a figure beyond its limits.
 */
#include "forms/compute_read.h"
#include "forms/return.h"
#include "tests/fuzz/support/harness.h"

static void chunk_holds(
	const struct compute_reader *reader, const struct compute_chunk *chunk)
{
	assert(chunk->rows <= COMPUTE_ROWS);
	for (size_t row = 0; row < chunk->rows; row++) {
		assert(chunk->line[row] > (row > 0 ? chunk->line[row - 1] : 0));
		assert(chunk->year[row] >= 1000 && chunk->year[row] <= 9999);
		assert(chunk->status[row] < STATUSES);
		assert(chunk->id[row] <= chunk->id[row + 1] &&
			chunk->id[row + 1] <= chunk->ids.length);
		for (size_t i = 0; i < reader->inputs; i++) {
			const struct compute_figures *const its = &chunk->figures[i];

			assert(its->number[row] <= MONEY_LIMIT_CENTS &&
				its->number[row] >= -MONEY_LIMIT_CENTS);
			assert(its->given[row] <= 1);
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static struct law *law;
	static struct compute_chunk *chunk;
	struct compute_reader reader;
	struct fail why = { 0 };

	if (law == NULL) {
		if (!law_builtin(&law, &why))
			abort();
		chunk = must_alloc(sizeof *chunk);
		chunk->ids = (struct text)TEXT_EMPTY;
		chunk->figures = must_alloc(law_inputs(law) * sizeof *chunk->figures);
	}
	if (length < 1)
		return 0;
	memory_file_set(bytes + 1, length - 1, *bytes);
	bool good =
		compute_reader_open(&reader, law, MEMORY_DESCRIPTOR, "fuzz.csv", &why);

	if (good)
		do {
			good = compute_read(&reader, chunk, &why);
			chunk_holds(&reader, chunk);
		} while (good && chunk->rows > 0);
	if (!good)
		fail_holds(&why);
	compute_reader_close(&reader);
	return 0;
}

/*
 * Feeds definitions to the form language. Bytes that are accepted are also used: a return is
 * evaluated, each of its lines explained, verified and written as a spreadsheet formula.
 */
#include <stdlib.h>
#include <string.h>

#include "forms/return.h"

#define LINES_USED 40

static void use(const struct law *law, int year, uint64_t seed)
{
	struct pool pool = { 0 };
	struct fail why;
	struct tax_return *result;
	struct entered *const entered =
		pool_alloc(&pool, (law_inputs(law) + 1) * sizeof *entered);
	const struct return_input input = { .year = year,
		.status = (enum filing_status)(seed % STATUSES),
		.cents = seed & 8,
		.entered = entered };

	for (size_t i = 0; i < law_inputs(law); i++) {
		seed = seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
		entered[i].given = seed >> 63;
		if (law_input(law, i)->kind == INPUT_AMOUNT)
			entered[i].amount.cents = (int64_t)(seed >> 20);
		else if (law_input(law, i)->kind != INPUT_ONE_OF)
			entered[i].amount.cents = seed >> 62 & 1;
	}
	if (return_evaluate(law, &input, NULL, &result, &pool, &why)) {
		const char *const *forms = law_forms(law, year, &pool);
		int used = 0;

		for (; *forms != NULL; forms++) {
			const struct line_ref *line;
			size_t count;

			if (!law_form_lines(law, year, *forms, &line, &count, &why))
				abort();
			for (size_t i = 0; i < count && used < LINES_USED; i++, used++) {
				if (!why_verify(return_explain(result, line[i], used & 1,
							6, &pool),
					    &why))
					abort();
				return_formula(result, line[i], &pool);
			}
		}
		return_assumptions(result, &pool);
	}
	pool_release(&pool);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	const struct law_file file = { "fuzz.form", (const char *)bytes, length };
	struct law *law;
	struct fail why = { 0 };

	if (law_parse(&file, 1, &law, &why)) {
		use(law, LAW_FIRST_YEAR, length);
		use(law, LAW_LAST_YEAR, length * 31 + 8);
		law_free(law);
	} else if (why.kind != FAIL_BAD_INPUT || why.message[0] == '\0' || why.row == 0) {
		abort();
	}
	return 0;
}

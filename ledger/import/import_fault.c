/* Keeps what is wrong with rows of a file, alike faults together, so that all are told at once. */
#include <string.h>

#include "ledger/import/import_inside.h"

void import_fault(struct import_report *report, const struct fail *why, struct pool *pool)
{
	struct import_fault *fault = report->fault;

	report->count[IMPORT_ERROR]++;
	for (size_t i = 0; i < report->faults; i++)
		if (fault[i].why.column == why->column &&
			strcmp(fault[i].why.message, why->message) == 0) {
			if (fault[i].rows < FAULT_ROWS)
				fault[i].row[fault[i].rows] = why->row;
			fault[i].rows++;
			return;
		}
	if (report->faults == IMPORT_FAULTS)
		return;
	if (fault == NULL)
		fault = report->fault = pool_alloc(pool, IMPORT_FAULTS * sizeof *fault);
	fault[report->faults++] =
		(struct import_fault){ .why = *why, .row = { why->row }, .rows = 1 };
}

bool import_faultless(
	const struct import_report *report, const char *path, struct fail *why)
{
	if (report->faults == 0)
		return true;
	*why = report->fault[0].why;
	return fail_file(why, path);
}

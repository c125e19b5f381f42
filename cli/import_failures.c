/* Tells what is wrong with files, and what would become of each. */
#include <string.h>

#include "cli/call.h"
#include "cli/import_report.h"

void import_report_line(struct text *text, const char *path,
	const struct import_report *report, const struct fail *why)
{
	size_t some = 0;

	text_add(text, "  ");
	add_name(text, path);
	text_add(text, ": ");
	if (report->read.format != NULL)
		text_addf(text, "%s: ", report->read.format);
	for (enum import_fate fate = 0; fate < IMPORT_FATES && !report->known; fate++)
		if (report->count[fate] > 0)
			text_addf(text, "%s%zu %s", some++ ? ", " : "",
				report->count[fate], import_fate_name(fate));
	if (why != NULL && report->count[IMPORT_ERROR] == 0)
		text_addf(text, "%srefused", some > 0 ? "; " : "");
	else if (report->known)
		text_add(text, "in the ledger already");
	else if (some == 0)
		text_add(text, "no rows");
	text_add(text, "\n");
}

/* "(also rows 7, 9 and 12 more)" */
static void add_rows(struct fail *why, const struct import_fault *fault)
{
	const size_t kept = fault->rows < FAULT_ROWS ? fault->rows : FAULT_ROWS;
	struct fail told = *why;
	struct text text = TEXT_EMPTY;

	for (size_t i = 1; i < kept; i++)
		text_addf(&text, "%s%ld", i > 1 ? ", " : "", fault->row[i]);
	if (kept < fault->rows)
		text_addf(&text, " and %zu more", fault->rows - kept);
	if (fault->rows > 1) {
		fail_at(why, told.kind, told.row, told.column, "%s (also %s %s)",
			CUT(told.message, 400), fault->rows == 2 ? "row" : "rows",
			text.at);
		fail_hint(why, "%s", told.hint);
	}
	text_release(&text);
}

void import_report_failures(struct call *call, const char *path,
	const struct import_report *report, const struct fail *why)
{
	struct failures *const failures = &call->failures;
	struct pool *const pool = call->pool;
	size_t told = 0;

	for (size_t i = 0; i < report->faults; i++) {
		struct fail fault = report->fault[i].why;

		add_rows(&fault, &report->fault[i]);
		fail_file(&fault, path);
		failures_add(failures, &fault, report->fault[i].rows, pool);
		told += report->fault[i].rows;
	}
	if (report->count[IMPORT_ERROR] > told) {
		const size_t rest = report->count[IMPORT_ERROR] - told;
		struct fail more;

		fail_set(&more, FAIL_BAD_INPUT, "%zu more %s cannot be taken", rest,
			rest == 1 ? "row" : "rows");
		fail_file(&more, path);
		failures_add(failures, &more, rest, pool);
	}
	/* Where the reading broke off, beside what was wrong before. */
	if (report->faults == 0 ||
		strcmp(report->fault[0].why.message, why->message) != 0)
		failures_add(failures, why, 1, pool);
}

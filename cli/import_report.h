/* import_report.h: what `import` tells of a file, as text or JSON. */
#ifndef DUALBASIS_CLI_IMPORT_REPORT_H
#define DUALBASIS_CLI_IMPORT_REPORT_H

#include "export/json.h"
#include "ledger/import/import.h"

/* What a dry run shows of one file; zeroed at first but for where it is told. */
struct preview {
	struct json *json; /* NULL: text */
	struct text *text;
	size_t shown, more; /* rows told as text, and those that are left out */
};

/* Sinks of import_file(), each with a preview as its context; neither fails. */
bool preview_row(void *preview, const struct row *, enum import_fate, struct fail *);
bool preview_fact(void *preview, const struct fact *, const struct names *,
	enum import_fate, struct fail *);

/* A file's report: members of the open object, or lines that are appended. */
void import_report_json(struct json *, const struct import_report *);
void import_report_text(struct text *, const struct import_report *);

/* A line on what would become of a file; `why` it fails, or NULL. */
void import_report_line(struct text *, const char *path, const struct import_report *,
	const struct fail *why);
struct call;
/* Keep with the call all that is wrong with a file, so that it can be mended at once. */
void import_report_failures(struct call *, const char *path, const struct import_report *,
	const struct fail *);

#endif

/*
 * Records as a CSV of our own: "record,date,symbol,...", one row a record, its columns the options
 * of `record`. Its rows are facts already: import_records.c makes them, not the readers of rows.
 */
#include "ledger/import/formats.h"
#include "ledger/import/import_inside.h"

static bool detect(const struct preview *preview)
{
	return records_header(preview->record, preview->count);
}

/* Who reads rows of brokers gets none from here. */
static bool read(struct reading *reading, const char *path, struct fail *why)
{
	(void)reading;
	(void)path;
	fail_set(why, FAIL_USAGE, "the file holds records, not rows of a broker");
	return fail_hint(why, "dualbasis import reads it");
}

const struct format format_records = {
	.name = RECORDS_FORMAT,
	.what = "records, one a row (dualbasis import --template records)",
	.detect = detect,
	.read = read,
};

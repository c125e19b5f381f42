/*
 * Schwab Equity Awards Center as CSV. Today's files are flat: a row of the transaction, then
 * rows of details whose first cells are blank, under one header. Older ones are nested: each
 * group of details brings a header of its own, which begins with a blank cell.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/import/formats/schwab_eac.h"

#define HEADER_CELLS 64

static const char *const flat[] = { "action", "feesandcommissions",
	"disbursementelection", NULL };
static const char *const nested[] = { "action", "fees & commissions",
	"disbursement election", NULL };

struct eac_file {
	bool is_nested, have_header, have_event;
	char name[HEADER_CELLS][64]; /* of the details' columns in force */
	size_t names;
	struct eac_event event;
	struct eac_detail
		*detail; /* EAC_DETAILS of them: a sale's fees are all its lots' */
	size_t details;
};

static bool detect(const struct preview *preview)
{
	return preview_find(preview, flat) != NULL ||
		preview_find(preview, nested) != NULL;
}

/* An event's rows can be made once it is known that no more details follow. */
static bool end_event(struct reading *reading, struct eac_file *file, struct fail *why)
{
	if (!file->have_event)
		return true;
	file->have_event = false;
	return eac_emit(reading, &file->event, file->detail, file->details, why);
}

static bool begin_event(struct reading *reading, struct eac_file *file,
	const struct record *record, struct fail *why)
{
	struct eac_event *const event = &file->event;
	const struct {
		char *to;
		size_t room;
		enum eac_column column;
	} places[] = {
		{ event->date, sizeof event->date, EAC_DATE },
		{ event->action, sizeof event->action, EAC_ACTION },
		{ event->symbol, sizeof event->symbol, EAC_SYMBOL },
		{ event->description, sizeof event->description, EAC_DESCRIPTION },
		{ event->quantity, sizeof event->quantity, EAC_QUANTITY },
		{ event->fees, sizeof event->fees, EAC_FEES },
		{ event->amount, sizeof event->amount, EAC_AMOUNT },
	};

	if (!end_event(reading, file, why))
		return false;
	file->have_event = true;
	file->details = 0;
	if (file->is_nested)
		file->names = 0;
	event->line = record->line;
	event->columns = true;
	for (size_t i = 0; i < COUNT(event->at); i++)
		event->at[i] = record->line;
	for (size_t i = 0; i < COUNT(places); i++)
		if (!eac_set(places[i].to, places[i].room,
			    record_text(record, (size_t)places[i].column - 1),
			    record->line, (long)places[i].column, why))
			return false;
	return true;
}

static bool take_names(
	struct eac_file *file, const struct record *record, struct fail *why)
{
	size_t count = record->count;

	/* A spreadsheet makes all records as long as the longest. */
	while (count > 0 && value_blank(record_text(record, count - 1)))
		count--;
	if (count > HEADER_CELLS)
		return fail_at(why, FAIL_BAD_INPUT, record->line, HEADER_CELLS,
			"the header has more than %d columns", HEADER_CELLS);
	file->names = count;
	for (size_t i = 0; i < count; i++)
		if (!eac_set(file->name[i], sizeof file->name[i], record_text(record, i),
			    record->line, (long)i + 1, why))
			return false;
	return true;
}

/* Nested files: a record of names, not of values: no cell has a digit. */
static bool is_names(const struct record *record)
{
	bool any = false;

	for (size_t i = 0; i < record->count; i++) {
		any = any || !value_blank(record->cell[i].text);
		if (strpbrk(record->cell[i].text, "0123456789") != NULL)
			return false;
	}
	return any;
}

static bool is_summary(const struct eac_file *file)
{
	for (size_t i = 0; i < file->names; i++)
		if (value_is(file->name[i], "exercise cost"))
			return true;
	return false;
}

static bool take_detail(struct reading *reading, struct eac_file *file,
	const struct record *record, struct fail *why)
{
	if (is_summary(file)) {
		reading->file->skipped++;
		return true;
	}
	if (file->details == EAC_DETAILS)
		return fail_at(why, FAIL_BAD_INPUT, record->line, 1,
			"a transaction has more than %d details", EAC_DETAILS);
	struct eac_detail *const detail = &file->detail[file->details++];

	eac_clear(detail, record->line);
	for (size_t i = 0; i < record->count; i++) {
		if (i >= file->names) {
			if (value_blank(record->cell[i].text))
				continue;
			fail_at(why, FAIL_BAD_INPUT, record->line, (long)i + 1,
				"\"%s\" stands beyond the header's %zu columns",
				CUT(record->cell[i].text, 60), file->names);
			return fail_hint(why,
				"look for a delimiter too many, or for a column that the "
				"header lacks");
		}
		/* In flat files the event's own columns come first. */
		if (!file->is_nested && i < 8)
			continue;
		if (!eac_add(detail, file->name[i], record->cell[i].text,
			    record->cell[i].line, (long)i + 1, why))
			return false;
	}
	return true;
}

static bool take_record(struct reading *reading, struct eac_file *file,
	const struct record *record, struct fail *why)
{
	if (record_blank(record))
		return true;
	if (record_has(record, flat) || record_has(record, nested)) {
		file->is_nested = record_has(record, nested);
		file->have_header = true;
		return take_names(file, record, why);
	}
	if (!file->have_header) {
		reading->file->skipped++;
		return true;
	}
	if (!value_blank(record_text(record, 0))) {
		if (!value_starts(record_text(record, 0), "0") &&
			strpbrk(record_text(record, 0), "0123456789") == NULL) {
			reading->file->skipped++;
			return true;
		}
		return begin_event(reading, file, record, why);
	}
	if (!file->have_event) {
		fail_at(why, FAIL_BAD_INPUT, record->line, 1,
			"a detail stands before its transaction");
		return fail_hint(why, "download the file again");
	}
	if (file->is_nested && is_names(record))
		return take_names(file, record, why);
	return take_detail(reading, file, record, why);
}

static bool read_csv(struct reading *reading, const char *path, struct fail *why)
{
	struct records *records;
	bool done, end = false;

	if (!records_open_text(path, ',', &records, why))
		return false;
	struct eac_file *const file = must_alloc(sizeof *file);

	file->detail = must_alloc(EAC_DETAILS * sizeof *file->detail);
	do {
		struct record record;

		done = records->next(records, &record, &end, why) &&
			(end || take_record(reading, file, &record, why));
	} while (done && !end);
	done = done && end_event(reading, file, why);
	eac_end(reading);
	if (done && !file->have_header)
		done = fail_at(why, FAIL_BAD_INPUT, 1, 0,
			"no header of the Equity Awards Center was found");
	free(file->detail);
	free(file);
	records->close(records);
	return done;
}

const struct format format_schwab_eac_csv = {
	.name = "schwab-eac",
	.what = "Schwab Equity Awards Center: transactions as CSV or JSON",
	.supplement = true,
	.detect = detect,
	.table = &eac_table,
	.read = read_csv,
};

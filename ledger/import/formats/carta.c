/*
 * Carta, one workbook an exercise: labels in column A, values in column C. It says neither
 * whether the option was an ISO nor when it was granted: the certificate does.
 */
#include <string.h>

#include "ledger/import/formats.h"
#include "ledger/import/workbook.h"

enum value { GRANT, EXERCISED, SHARES, PRICE, VALUE, VALUES };

static const struct column columns[VALUES + 1] = {
	[GRANT] = EXTRA("grant", TEXT, "exercise"),
	[EXERCISED] = COLUMN("Grant exercised on", ACQUIRED),
	[SHARES] = COLUMN("Shares exercised", QUANTITY),
	[PRICE] = COLUMN("Exercise price", STRIKE),
	[VALUE] = COLUMN("Fair market value on exercise date", FMV),
	[VALUES] = COLUMNS_END,
};

static const struct table table = { .column = columns, .kind = ROW_OPTION_EXERCISE };

static const char title[] = "Exercise details for ";
static const char exercised[] = "Grant exercised on ";

static bool detect(const struct preview *preview)
{
	return preview->workbook && preview->count > 0 &&
		value_starts(record_text(&preview->record[0], 0), title);
}

/* "ES-17 (Pat Sample)": the name of the exercise, without the person. */
static void take_title(struct reading *reading, const char *text)
{
	const char *const from = text + strlen(title);

	draft_plan(&reading->draft, "exercise",
		scratch_text(&reading->scratch, from, strcspn(from, " (")));
}

static bool take(struct reading *reading, enum value value, const char *text, long line,
	bool number, struct fail *why)
{
	const size_t length = strlen(text);
	struct cell *const cell = pool_alloc(&reading->pool, sizeof *cell);

	*cell = (struct cell){ .text = pool_text(&reading->pool, text, length),
		.length = length,
		.line = line,
		.number = number };
	return draft_take(reading, &columns[value], cell, value == EXERCISED ? 1 : 3,
		columns[value].name, why);
}

/* "Grant exercised on 03/14/2025 - Cash exercise" */
static bool take_day(
	struct reading *reading, const char *text, long line, struct fail *why)
{
	const char *const from = text + strlen(exercised);
	const char *const dash = strstr(from, " - ");
	const size_t length = dash != NULL ? (size_t)(dash - from) : strlen(from);

	if (dash != NULL)
		draft_plan(&reading->draft, "method",
			scratch_text(&reading->scratch, dash + 3, strlen(dash + 3)));
	return take(reading, EXERCISED, scratch_text(&reading->scratch, from, length),
		line, false, why);
}

static bool take_record(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const label = record_text(record, 0);
	const bool number = record->count > 2 && record->cell[2].number;

	if (value_starts(label, title))
		take_title(reading, label);
	if (value_starts(label, exercised))
		return take_day(reading, label, record->line, why);
	for (size_t i = SHARES; i < VALUES; i++)
		if (value_is(label, columns[i].name))
			return take(reading, (enum value)i, record_text(record, 2),
				record->line, number, why);
	return true;
}

/* All that the sheet is there to tell; a label that is misspelled leaves a value out. */
static bool whole(const struct reading *reading, struct fail *why)
{
	const struct draft *const draft = &reading->draft;
	const struct {
		bool missing;
		const char *what;
	} wants[] = {
		{ draft->acquired == NULL,
			"the day of the exercise (want "
			"\"Grant exercised on ...\")" },
		{ draft->row.quantity == NULL,
			"how many shares (want \"Shares exercised\")" },
		{ draft->row.strike == NULL, "the price (want \"Exercise price\")" },
		{ draft->row.fmv == NULL,
			"the value of a share (want \"Fair market "
			"value on exercise date\")" },
	};

	for (size_t i = 0; i < COUNT(wants); i++)
		if (wants[i].missing) {
			fail_at(why, FAIL_BAD_INPUT, 1, 1, "the sheet does not say %s",
				wants[i].what);
			return fail_hint(
				why, "download it again, or record the exercise");
		}
	return true;
}

static bool read_sheet(struct reading *reading, const char *path, struct fail *why)
{
	struct records *records;
	bool end = false, done;

	if (!records_open_workbook(path, &records, why))
		return false;
	draft_begin(reading, ROW_OPTION_EXERCISE, 1);
	do {
		struct record record;

		done = records->next(records, &record, &end, why) &&
			(end || take_record(reading, &record, why) ||
				record_in_sheet(&record, why));
	} while (done && !end);
	records->close(records);
	return done && whole(reading, why) && draft_emit(reading, why);
}

const struct format format_carta = {
	.name = "carta",
	.what = "Carta: an option exercise as a workbook",
	.supplement = true,
	.detect = detect,
	.table = &table,
	.read = read_sheet,
};

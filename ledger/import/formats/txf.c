/*
 * TXF, versions 037 to 042: records of lines, each with a letter for its field, ended by "^".
 * Of the fields that repeat, order tells the meaning: acquired before sold, cost before sales,
 * then the disallowed loss. The code of a record is its box of Form 8949.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/import/formats.h"

#define VALUE_LIMIT 256

/* Sale codes; the letters of their names are those of the 8949 of 2011. */
static const struct code {
	int number;
	char box; /* 0: the term is not told */
	enum term term;
	enum covered covered;
	bool wash; /* box and term follow from the days */
} codes[] = {
	{ 321, 'A', TERM_SHORT, COVERED_YES, false },
	{ 711, 'B', TERM_SHORT, COVERED_NO, false },
	{ 712, 'C', TERM_SHORT, COVERED_UNKNOWN, false },
	{ 323, 'D', TERM_LONG, COVERED_YES, false },
	{ 713, 'E', TERM_LONG, COVERED_NO, false },
	{ 714, 'F', TERM_LONG, COVERED_UNKNOWN, false },
	{ 673, 0, TERM_UNKNOWN, COVERED_YES, false },
	{ 715, 0, TERM_UNKNOWN, COVERED_NO, false },
	{ 716, 0, TERM_UNKNOWN, COVERED_UNKNOWN, false },
	{ 682, 0, TERM_UNKNOWN, COVERED_YES, true },
	{ 718, 0, TERM_UNKNOWN, COVERED_NO, true },
};

enum value { SECURITY, ACQUIRED, SOLD, COST, SALES, WASH, VALUES };

static const struct column columns[VALUES + 1] = {
	[SECURITY] = COLUMN("P, security", SHARES_DESCRIPTION),
	[ACQUIRED] = COLUMN("D, acquired", ACQUIRED),
	[SOLD] = COLUMN("D, sold", SOLD),
	[COST] = COLUMN("$, cost", BASIS),
	[SALES] = COLUMN("$, sales", PROCEEDS),
	[WASH] = COLUMN("$, disallowed", WASH),
	[VALUES] = COLUMNS_END,
};

static const struct table table = { .column = columns, .kind = ROW_SALE };

/* One record on its way. */
struct entry {
	long line;
	int code; /* 0: none yet */
	size_t days, amounts;
	bool summary; /* TS, of several details */
	bool have[VALUES];
	char text[VALUES][VALUE_LIMIT];
	struct cell cell[VALUES];
};

static bool detect(const struct preview *preview)
{
	const char *const first =
		preview->count > 0 ? record_text(&preview->record[0], 0) : "";

	return first[0] == 'V' && strspn(first + 1, "0123456789") == 3 &&
		value_blank(first + 4);
}

static bool keep(struct entry *entry, enum value value, const char *text, long line,
	struct fail *why)
{
	if (strlen(text) >= VALUE_LIMIT)
		return fail_at(why, FAIL_BAD_INPUT, line, 0,
			"the line is longer than %d bytes", VALUE_LIMIT);
	strcpy(entry->text[value], text);
	entry->have[value] = true;
	entry->cell[value] = (struct cell){
		.text = entry->text[value], .length = strlen(text), .line = line
	};
	return true;
}

static bool take_line(struct entry *entry, const char *text, long line, struct fail *why)
{
	switch (text[0]) {
	case 'N':
		if (strspn(text + 1, "0123456789") != strlen(text + 1) ||
			strlen(text + 1) > 4)
			return fail_at(why, FAIL_BAD_INPUT, line, 0,
				"\"%s\" is not a reference number", CUT(text, 20));
		entry->code = (int)strtol(text + 1, NULL, 10);
		return true;
	case 'T':
		entry->summary = text[1] == 'S';
		return true;
	case 'P':
		return keep(entry, SECURITY, text + 1, line, why);
	case 'D':
		if (entry->days >= 2)
			return true;
		return keep(
			entry, entry->days++ == 0 ? ACQUIRED : SOLD, text + 1, line, why);
	case '$':
		if (entry->amounts >= 3)
			return true;
		return keep(entry, (enum value)((size_t)COST + entry->amounts++),
			text + 1, line, why);
	default:
		return true; /* C, L, X: of no use here */
	}
}

static const struct code *code_of(int number)
{
	for (size_t i = 0; i < COUNT(codes); i++)
		if (codes[i].number == number)
			return &codes[i];
	return NULL;
}

/* A wash sale's code has lost the term: the days tell it, if they are both there. */
static void by_days(struct row *row)
{
	if (!day_known(row->acquired) || !day_known(row->sold))
		return;
	row->term = row->sold.number >= day_held_longer_than(row->acquired, 1).number
		? TERM_LONG
		: TERM_SHORT;
}

static bool add_sale(struct reading *reading, const struct entry *entry,
	const struct code *code, struct fail *why)
{
	struct draft *const draft = draft_begin(reading, ROW_SALE, entry->line);
	struct row *const row = &draft->row;

	if (entry->days < 2 || entry->amounts < 2)
		return fail_at(why, FAIL_BAD_INPUT, entry->line, 0,
			"the sale has %zu days and %zu amounts (want 2 of each, blank "
			"ones too)",
			entry->days, entry->amounts);
	for (size_t i = 0; i < VALUES; i++)
		if (entry->have[i] &&
			!draft_take(reading, &columns[i], &entry->cell[i], 0,
				columns[i].name, why))
			return false;
	row->term_given = true;
	row->term = code->term;
	row->covered = code->covered;
	row->box = code->box;
	if (row->wash_disallowed == NULL)
		row->wash_disallowed = "0.00";
	if (!draft_days(reading, why))
		return false;
	if (code->wash)
		by_days(row);
	else if (code->term == TERM_UNKNOWN)
		draft_flag(draft, "the code does not tell the term");
	return draft_emit(reading, why);
}

static bool emit(struct reading *reading, const struct entry *entry,
	const struct code *code, struct fail *why)
{
	return add_sale(reading, entry, code, why) || reading_pass(reading, why);
}

/* Amounts besides sales. A summary (TS) repeats its details (TD): it stands for them. */
static const struct {
	int code;
	enum income kind;
} incomes[] = {
	{ 286, INCOME_DIVIDENDS },
	{ 683, INCOME_QUALIFIED },
	{ 488, INCOME_DISTRIBUTIONS },
	{ 644, INCOME_GAIN_28 },
	{ 645, INCOME_GAIN_1250 },
	{ 287, INCOME_INTEREST },
	{ 489, INCOME_INT_EXEMPT },
};

static bool take_income(
	struct reading *reading, const struct entry *entry, bool *known, struct fail *why)
{
	struct incomes *sums = reading->own;
	struct money *const file = reading->file->income.of;

	if (sums == NULL)
		reading->own = sums = pool_alloc(&reading->pool, sizeof *sums);
	*known = false;
	for (size_t i = 0; i < COUNT(incomes); i++) {
		const enum income kind = incomes[i].kind;
		const struct money before = file[kind];

		if (incomes[i].code != entry->code)
			continue;
		*known = true;
		if (!reading_income(reading, kind, entry->text[COST], entry->line, why))
			return false;
		if (!entry->summary)
			continue;
		sums->of[kind] =
			money_plus(sums->of[kind], money_less(file[kind], before));
		file[kind] = before;
	}
	return true;
}

static void end_incomes(struct reading *reading)
{
	const struct incomes *const sums = reading->own;

	for (enum income kind = 0; sums != NULL && kind < INCOME_KINDS; kind++)
		if (sums->of[kind].cents != 0)
			reading->file->income.of[kind] = sums->of[kind];
}

static bool end_entry(struct reading *reading, struct entry *entry, struct fail *why)
{
	const struct code *const code = code_of(entry->code);
	bool done = true;

	if (code != NULL) {
		done = emit(reading, entry, code, why);
	} else if (entry->code != 0) {
		bool known;

		done = take_income(reading, entry, &known, why);
		reading->file->skipped++;
		if (!known)
			reading_note(reading,
				"amounts of TXF code %d are neither sales, dividends nor "
				"interest",
				entry->code);
	}
	*entry = (struct entry){ .line = 0 };
	return done;
}

/* What we wrote ourselves came out of a ledger: it would count twice. */
static bool refuse_own(const char *text, long line, struct fail *why)
{
	if (!value_starts(text + 1, "dualbasis"))
		return true;
	fail_at(why, FAIL_BAD_INPUT, line, 0, "the file was written by this program");
	return fail_hint(why, "its sales are in the ledger that it came from");
}

static bool read_lines(struct reading *reading, struct records *lines,
	struct entry *entry, struct fail *why)
{
	struct record record;
	bool end = false, header = true;

	for (;;) {
		if (!lines->next(lines, &record, &end, why))
			return false;
		const char *const text = end ? "^" : record_text(&record, 0);

		if (header) {
			if (text[0] == 'A' && !refuse_own(text, record.line, why))
				return false;
			header = text[0] != '^';
		} else if (text[0] == '^') {
			if (!end_entry(reading, entry, why))
				return false;
		} else {
			if (entry->line == 0)
				entry->line = record.line;
			if (!take_line(entry, text, record.line, why))
				return false;
		}
		if (end)
			return true;
	}
}

static bool read_txf(struct reading *reading, const char *path, struct fail *why)
{
	struct records *lines;

	/* TXF has no tabs, so that a line is one cell. */
	if (!records_open_text(path, '\t', &lines, why))
		return false;
	struct entry *const entry = must_alloc(sizeof *entry);
	const bool done = read_lines(reading, lines, entry, why);

	end_incomes(reading);
	free(entry);
	lines->close(lines);
	return done;
}

const struct format format_txf = {
	.name = "txf",
	.what = "TXF, as tax programs exchange sales",
	.detect = detect,
	.table = &table,
	.read = read_txf,
};

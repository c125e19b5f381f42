/*
 * TXF, versions 037 to 042: records of lines, each with a letter for its field, ended by "^".
 * Of the fields that repeat, order tells the meaning: acquired before sold, cost before sales,
 * then the disallowed loss. The code of a record is its box of Form 8949. A summary (TS) stands for
 * the details (TD) of its code and copy: where both are there, it is compared with them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/formats.h"

#define VALUE_LIMIT 256
#define COPIES_MOST 255
#define OTHERS_MOST 8

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
	long copy;
	bool detail; /* TD; a summary else */
	bool have[VALUES];
	char text[VALUES][VALUE_LIMIT];
	struct cell cell[VALUES];
};

/* What a code and copy have in details and in summaries. */
struct pair_of_sums {
	const struct code *code;
	long copy;
	bool details;
	long summary; /* the line of the last one; 0: none */
	struct totals detail_sum, summary_sum;
};

struct own {
	struct pair_of_sums *pair;
	size_t pairs, room;
	struct incomes summaries;
	int other[OTHERS_MOST]; /* codes that are of no use here */
	size_t others;
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
				"\"%s\" is not a reference number (want N321 or another)",
				CUT(text, 20));
		entry->code = (int)strtol(text + 1, NULL, 10);
		return true;
	case 'T':
		entry->detail = text[1] == 'D';
		return true;
	case 'C':
		entry->copy = strtol(text + 1, NULL, 10);
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
		return true; /* L, X: of no use here */
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
	if (row->basis != NULL && *row->basis == '-')
		return fail_at(why, FAIL_BAD_INPUT, entry->cell[COST].line, 0,
			"the cost %s is negative (TXF has the cost of a sale as a "
			"positive amount)",
			CUT(row->basis, 40));
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

static struct pair_of_sums *pair_of(
	struct own *own, const struct entry *entry, const struct code *code)
{
	const long copy = entry->copy > 0 && entry->copy <= COPIES_MOST ? entry->copy : 1;

	for (size_t i = 0; i < own->pairs; i++)
		if (own->pair[i].code == code && own->pair[i].copy == copy)
			return &own->pair[i];
	GROW(own->pair, own->pairs, own->room);
	own->pair[own->pairs] = (struct pair_of_sums){ .code = code, .copy = copy };
	return &own->pair[own->pairs++];
}

/* The sum of one amount; a blank one adds nothing. */
static bool add_amount(struct reading *reading, const struct entry *entry,
	enum value value, int128 *sum, struct fail *why)
{
	const char *plain;
	int128 e8;

	if (value_blank(entry->text[value]))
		return true;
	if (!value_decimal(entry->text[value], false, &reading->scratch, &plain, why)) {
		why->row = entry->cell[value].line;
		return false;
	}
	if (value_e8(plain, &e8) && e8 < MONEY_LIMIT_CENTS * (int128)1000000)
		*sum += e8;
	return true;
}

static bool take_sale(struct reading *reading, const struct entry *entry,
	const struct code *code, struct fail *why)
{
	struct pair_of_sums *const pair = pair_of(reading->own, entry, code);
	struct totals *const sum = &pair->summary_sum;

	if (entry->detail || !pair->details) {
		if (!add_sale(reading, entry, code, why))
			return reading_pass(reading, why);
		const struct totals totals = totals_of(&reading->draft.row);

		totals_add(&pair->detail_sum, &totals);
		return true;
	}
	reading->file->skipped++;
	pair->summary = entry->line;
	return add_amount(reading, entry, COST, &sum->basis, why) &&
		add_amount(reading, entry, SALES, &sum->proceeds, why) &&
		add_amount(reading, entry, WASH, &sum->wash, why);
}

static void check_summaries(struct reading *reading)
{
	struct own *const own = reading->own;

	for (size_t i = 0; i < own->pairs; i++) {
		const struct pair_of_sums *const pair = &own->pair[i];
		const struct totals *const told = &pair->summary_sum;
		const struct totals *const sum = &pair->detail_sum;
		const struct {
			const char *what;
			int128 told, sum;
		} checks[] = { { "cost", told->basis, sum->basis },
			{ "sales", told->proceeds, sum->proceeds },
			{ "disallowed", told->wash, sum->wash } };

		for (size_t c = 0; pair->summary != 0 && c < COUNT(checks); c++) {
			char words[60], printed[48];

			snprintf(words, sizeof words, "summary of code %d: %s",
				pair->code->number, checks[c].what);
			reading_check(reading, pair->summary, words,
				value_e8_text(checks[c].told, printed), checks[c].sum, 0);
		}
	}
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
	struct own *const own = reading->own;
	struct incomes *const sums = &own->summaries;
	struct money *const file = reading->file->income.of;

	*known = false;
	for (size_t i = 0; i < COUNT(incomes); i++) {
		const enum income kind = incomes[i].kind;
		const struct money before = file[kind];

		if (incomes[i].code != entry->code)
			continue;
		*known = true;
		if (!reading_income(reading, kind, entry->text[COST],
			    entry->cell[COST].line, 0, why))
			return false;
		if (entry->detail)
			continue;
		sums->of[kind] =
			money_plus(sums->of[kind], money_less(file[kind], before));
		file[kind] = before;
	}
	return true;
}

static void end_incomes(struct reading *reading)
{
	const struct incomes *const sums = &((struct own *)reading->own)->summaries;

	for (enum income kind = 0; kind < INCOME_KINDS; kind++)
		if (sums->of[kind].cents != 0)
			reading->file->income.of[kind] = sums->of[kind];
}

/* Codes that a return uses elsewhere. */
static const struct {
	int code;
	const char *what;
} elsewhere[] = {
	{ 460, " (wages)" },
	{ 461, " (federal tax withheld)" },
	{ 553, " (Form 1099-MISC)" },
};

static void keep_other(struct own *own, int code)
{
	for (size_t i = 0; i < own->others; i++)
		if (own->other[i] == code)
			return;
	if (own->others < OTHERS_MOST)
		own->other[own->others++] = code;
}

static void tell_others(struct reading *reading)
{
	const struct own *const own = reading->own;
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < own->others; i++) {
		const char *what = "";

		for (size_t e = 0; e < COUNT(elsewhere); e++)
			if (elsewhere[e].code == own->other[i])
				what = elsewhere[e].what;
		text_addf(&text, "%s%d%s", i > 0 ? ", " : "", own->other[i], what);
	}
	if (own->others > 0)
		reading_note(reading, "amounts of TXF code%s %s are not used",
			own->others > 1 ? "s" : "", text.at);
	text_release(&text);
}

/* The first pass: which codes and copies have details. */
static bool note_entry(struct reading *reading, struct entry *entry, struct fail *why)
{
	const struct code *const code = code_of(entry->code);

	(void)why;
	if (code != NULL && entry->detail)
		pair_of(reading->own, entry, code)->details = true;
	*entry = (struct entry){ .line = 0 };
	return true;
}

static bool end_entry(struct reading *reading, struct entry *entry, struct fail *why)
{
	const struct code *const code = code_of(entry->code);
	bool done = true;

	if (code != NULL) {
		done = take_sale(reading, entry, code, why);
	} else if (entry->code != 0) {
		bool known;

		done = take_income(reading, entry, &known, why);
		reading->file->skipped++;
		if (!known)
			keep_other(reading->own, entry->code);
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

/* Every record ends with "^". */
static bool cut(const struct entry *entry, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, entry->line, 0,
		"the file ends in the middle of this record (want \"^\" at its end)");
	return fail_hint(why, "the file may be cut short: download it again");
}

typedef bool entry_use(struct reading *, struct entry *, struct fail *);

static bool read_lines(struct reading *reading, struct records *lines,
	struct entry *entry, entry_use *use, struct fail *why)
{
	struct record record;
	bool end = false, header = true;

	for (;;) {
		if (!lines->next(lines, &record, &end, why))
			return false;
		if (end && entry->line != 0)
			return cut(entry, why);
		const char *const text = end ? "^" : record_text(&record, 0);

		if (header) {
			if (text[0] == 'A' && !refuse_own(text, record.line, why))
				return false;
			header = text[0] != '^';
		} else if (text[0] == '^') {
			if (!use(reading, entry, why))
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

static bool pass(
	struct reading *reading, const char *path, entry_use *use, struct fail *why)
{
	struct records *lines;

	/* TXF has no tabs, so that a line is one cell. */
	if (!records_open_text(path, '\t', &lines, why))
		return false;
	struct entry *const entry = must_alloc(sizeof *entry);
	const bool done = read_lines(reading, lines, entry, use, why);

	free(entry);
	lines->close(lines);
	return done;
}

static bool read_txf(struct reading *reading, const char *path, struct fail *why)
{
	struct own *const own = pool_alloc(&reading->pool, sizeof *own);

	reading->own = own;
	const bool done = pass(reading, path, note_entry, why) &&
		pass(reading, path, end_entry, why);

	if (done) {
		check_summaries(reading);
		end_incomes(reading);
		tell_others(reading);
	}
	free(own->pair);
	return done;
}

const struct format format_txf = {
	.name = "txf",
	.what = "TXF, as tax programs exchange sales",
	.detect = detect,
	.table = &table,
	.read = read_txf,
};

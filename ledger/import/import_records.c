/*
 * A file of records, our own CSV ("record,date,symbol,..."): each row is what `record` would take,
 * and becomes its facts directly. The rules of other files hold: what stands already is passed
 * over, what differs from it asks for a reason.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/sort.h"
#include "ledger/base/text.h"
#include "ledger/fact_words.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/record.h"
#include "ledger/record.h"

#define COLUMNS_MOST 128

/* A fact made from the file, or one that stands. */
struct said {
	struct fact fact;
	enum import_fate fate;
	size_t stands; /* index + 1 of the standing fact that it is or replaces */
};

struct known {
	uint64_t key;
	size_t fact; /* of the standing facts */
};

struct record_file {
	const struct import_options *options;
	const char *path;
	const char *column[COLUMNS_MOST]; /* names of options; NULL: a blank heading */
	size_t columns, kind_column;
	struct facts standing; /* its names hold the texts of the file's facts too */
	struct known *known;
	bool *taken;
	struct said *said;
	size_t count, room;
	struct document *document; /* those that stand */
	size_t documents;
	struct differences differences;
};

/* ---- the header --------------------------------------------------------------------- */

static bool refuse_column(
	const struct record *record, size_t at, const char *name, struct fail *why)
{
	const char *words[COLUMNS_MOST];
	size_t count, known = 0;
	const struct record_kind *const kinds = record_kinds(&count);

	for (size_t k = 0; k < count; k++)
		for (size_t i = 0; i < kinds[k].options && known < COUNT(words); i++)
			words[known++] = kinds[k].option[i].name;
	const char *const near = nearest_word(name, words, known);

	fail_at(why, FAIL_BAD_INPUT, record->line, (long)at + 1,
		"no record has a column \"%s\"", CUT(name, 60));
	if (near != NULL)
		return fail_hint(why, "did you mean %s?", near);
	return fail_hint(why, "dualbasis import --template records has them all");
}

static bool read_header(
	struct record_file *file, const struct record *record, struct fail *why)
{
	char name[NAME_LIMIT];

	if (!records_is_header(record)) {
		fail_at(why, FAIL_BAD_INPUT, record->line, 0,
			"the file does not begin with the columns of records");
		return fail_hint(why, "dualbasis import --template records has them all");
	}
	if (record->count > COLUMNS_MOST)
		return fail_at(why, FAIL_BAD_INPUT, record->line, 0,
			"%zu columns are too many (want %d at most)", record->count,
			COLUMNS_MOST);
	file->columns = record->count;
	for (size_t i = 0; i < record->count; i++) {
		records_column_name(record->cell[i].text, name);
		if (strcmp(name, "record") == 0)
			file->kind_column = i;
		else if (*name != '\0')
			file->column[i] = records_known_column(name);
		if (*name != '\0' && strcmp(name, "record") != 0 &&
			file->column[i] == NULL)
			return refuse_column(record, i, name, why);
		for (size_t k = 0; k < i; k++)
			if (file->column[i] != NULL && file->column[i] == file->column[k])
				return fail_at(why, FAIL_BAD_INPUT, record->line,
					(long)i + 1, "there are two columns \"%s\"",
					CUT(name, 60));
	}
	return true;
}

/* ---- a row -------------------------------------------------------------------------- */

/* What one row gives, and the cell that each value came from. */
struct given {
	struct record_value value[COLUMNS_MOST + 2];
	size_t cell[COLUMNS_MOST + 2]; /* from 1; 0: from the command line */
	size_t count;
};

static void give(struct given *given, const char *name, const char *value, size_t cell)
{
	given->value[given->count] = (struct record_value){ name, value };
	given->cell[given->count++] = cell;
}

static bool needs(const struct record_kind *kind, const char *name)
{
	const struct record_option *const option = record_option_find(kind, name);

	return option != NULL && option->required;
}

/* --symbol and --account take the place of the file's own, as with other files. */
static const char *instead(const struct import_options *options,
	const struct record_kind *kind, const char *name)
{
	if (strcmp(name, "symbol") == 0 && needs(kind, name))
		return options->symbol;
	if (strcmp(name, "account") == 0 && kind->kind != FACT_ACCOUNT &&
		kind->kind != FACT_ORDER && record_option_find(kind, name) != NULL)
		return options->account;
	return NULL;
}

/* A workbook's day is a number; anything else is for the record's own reader to judge. */
static const char *cell_words(
	const struct record_option *option, const struct cell *cell, struct pool *pool)
{
	const struct span text = span_trim(span_of(cell->text));
	char words[DAY_TEXT];
	struct fail none;
	struct day day;

	if (option != NULL && option->type == RECORD_DAY && cell->number &&
		value_day(cell->text, DAY_MONTH_FIRST, 2079, true, &day, &none) &&
		day_known(day))
		return pool_text(pool, words, strlen(day_iso(day, words)));
	return pool_text(pool, text.at, text.length);
}

static void gather(const struct record_file *file, const struct record_kind *kind,
	const struct record *record, struct given *given, struct pool *pool)
{
	static const char *const overrides[] = { "symbol", "account" };

	given->count = 0;
	for (size_t i = 0; i < file->columns && i < record->count; i++) {
		const struct span text = span_trim(span_of(record->cell[i].text));

		if (file->column[i] != NULL && text.length > 0 &&
			instead(file->options, kind, file->column[i]) == NULL)
			give(given, file->column[i],
				cell_words(record_option_find(kind, file->column[i]),
					&record->cell[i], pool),
				i + 1);
	}
	for (size_t i = 0; i < COUNT(overrides); i++) {
		const char *const value = instead(file->options, kind, overrides[i]);

		if (value != NULL)
			give(given, overrides[i], value, 0);
	}
}

/* The cell under the first option that a kind needs and the row leaves blank; 0: no column. */
static size_t blank_cell(const struct record_file *file, const struct record_kind *kind,
	const struct given *given)
{
	for (size_t i = 0; i < kind->options; i++) {
		const char *const name = kind->option[i].name;
		bool have = !kind->option[i].required;

		for (size_t k = 0; k < given->count && !have; k++)
			have = record_option_find(kind, given->value[k].name) ==
				&kind->option[i];
		for (size_t k = 0; k < file->columns && !have; k++)
			if (file->column[k] != NULL && strcmp(file->column[k], name) == 0)
				return k + 1;
		if (!have)
			return 0;
	}
	return 0;
}

static const char write_a_point[] = "numbers have a decimal point and nothing between "
				    "thousands: 1234.50, not 1.234,50 or "
				    "1,234.50";

/* "12,34", "1.234,50", "1,234.50": a number, but for how it is written. */
static bool has_comma_number(const char *text)
{
	const struct span cell = span_trim(span_of(text));
	bool comma = false, digit = false;

	for (size_t i = 0; i < cell.length; i++) {
		comma |= cell.at[i] == ',';
		digit |= cell.at[i] >= '0' && cell.at[i] <= '9';
		if (strchr("0123456789,.-+$", cell.at[i]) == NULL)
			return false;
	}
	return comma && digit;
}

/* Typed, a wrong option is wrong usage; in a file it is bad input, at its cell. */
static bool at_cell(const struct record_file *file, const struct record_kind *kind,
	const struct record *record, const struct given *given, struct fail *why)
{
	const long place = why->column;
	size_t cell = 0;

	if (place > 0)
		cell = given->cell[place - 1];
	else if (why->kind == FAIL_USAGE)
		cell = blank_cell(file, kind, given);
	why->kind = FAIL_BAD_INPUT;
	why->row = record->line;
	why->column = (long)cell;
	if (cell > 0 && has_comma_number(record_text(record, cell - 1)))
		fail_hint(why, "%s", write_a_point);
	else if (why->hint[0] == '\0')
		fail_hint(why,
			"`dualbasis help record` tells what each kind of record takes");
	if (place > 0 || cell > 0)
		return false;
	return fail_in(why, "%s", kind->name);
}

static bool read_row(
	struct record_file *file, const struct record *record, struct fail *why)
{
	const struct day today = file->options->today;
	const struct span word =
		span_trim(span_of(record_text(record, file->kind_column)));
	const struct record_kind *kind;
	struct fact fact[RECORD_FACTS_MOST];
	struct pool pool = { 0 };
	struct given given;
	size_t made = 0;

	for (size_t i = file->columns; i < record->count; i++)
		if (span_trim(span_of(record->cell[i].text)).length > 0) {
			fail_at(why, FAIL_BAD_INPUT, record->line, (long)i + 1,
				"\"%s\" stands beyond the last column",
				CUT(record->cell[i].text, 60));
			return fail_hint(why,
				"a number has a decimal point (1234.50); a text with a "
				"comma in it stands in quotes");
		}
	const char *const name = pool_text(&pool, word.at, word.length);
	bool done = record_kind_find(name, &kind, why);

	if (!done) {
		why->kind = FAIL_BAD_INPUT;
		why->row = record->line;
		why->column = (long)file->kind_column + 1;
	} else {
		gather(file, kind, record, &given, &pool);
		done = record_from_values(kind, given.value, given.count,
			today.number != 0 ? today : DAY_NONE, file->standing.names, fact,
			&made, why);
		if (!done)
			at_cell(file, kind, record, &given, why);
	}
	for (size_t i = 0; done && i < made; i++) {
		fact[i].source.row = record->line;
		GROW(file->said, file->count, file->room);
		file->said[file->count++] = (struct said){ .fact = fact[i] };
	}
	pool_release(&pool);
	return done;
}

/* Each row is a record of its own: one that cannot be taken is told, and the next is read. */
static bool read_rows(struct record_file *file, struct records *records,
	struct import_report *report, struct pool *pool, struct fail *why)
{
	bool header = false;

	for (;;) {
		struct record record;
		bool end = false;

		if (!records->next(records, &record, &end, why))
			return false;
		if (end)
			return true;
		if (record_blank(&record))
			continue;
		if (!header && !read_header(file, &record, why))
			return false;
		if (header && !read_row(file, &record, why)) {
			import_fault(report, why, pool);
			*why = (struct fail){ 0 };
		}
		header = true;
	}
}

/* ---- what stands already ------------------------------------------------------------ */

/* What two reports of one event agree on. */
static uint64_t key_of(const struct fact *fact)
{
	const uint64_t parts[] = { (uint64_t)fact->kind, (uint64_t)fact->day.number,
		fact->symbol, (uint64_t)fact->shares.e8 };
	uint64_t key = 0;

	for (size_t i = 0; i < COUNT(parts); i++) {
		key = (key ^ parts[i]) * UINT64_C(0x9e3779b97f4a7c15);
		key ^= key >> 29;
	}
	return key;
}

static int by_key(const void *left, const void *right)
{
	const struct known *const a = left;
	const struct known *const b = right;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return a->fact < b->fact ? -1 : a->fact > b->fact;
}

static void sort_standing(struct record_file *file)
{
	const struct facts *const facts = &file->standing;

	file->known = must_alloc((facts->count + 1) * sizeof *file->known);
	file->taken = must_alloc(facts->count + 1);
	for (size_t i = 0; i < facts->count; i++)
		file->known[i] = (struct known){ key_of(&facts->at[i]), i };
	if (facts->count > 0)
		qsort(file->known, facts->count, sizeof *file->known, by_key);
}

/* Names that only one of two reports gives do not speak against it. */
static void forgive(struct fact *a, struct fact *b)
{
	uint32_t *const names[][2] = { { &a->account, &b->account },
		{ &a->owner, &b->owner }, { &a->lot, &b->lot }, { &a->grant, &b->grant },
		{ &a->alias, &b->alias }, { &a->plan, &b->plan } };

	for (size_t i = 0; i < COUNT(names); i++)
		if (*names[i][0] == 0 || *names[i][1] == 0)
			*names[i][0] = *names[i][1] = 0;
	if (a->option == OPTION_UNKNOWN || b->option == OPTION_UNKNOWN)
		a->option = b->option = OPTION_UNKNOWN;
	if (a->elected == COVERED_UNKNOWN || b->elected == COVERED_UNKNOWN)
		a->elected = b->elected = COVERED_UNKNOWN;
}

static bool says_the_same(const struct fact *left, const struct fact *right)
{
	struct fact a = *left, b = *right;

	/* Orders, aliases and the like are told apart by their names alone. */
	if (a.shares.e8 != 0)
		forgive(&a, &b);
	return fact_same(&a, &b);
}

/* The same event with other amounts: same kind, security, day, shares, and no name against it. */
static bool same_event(const struct fact *left, const struct fact *right)
{
	struct fact a = *left, b = *right;

	if (a.kind != b.kind || a.symbol != b.symbol || a.day.number != b.day.number ||
		a.shares.e8 != b.shares.e8 || a.shares.e8 == 0)
		return false;
	forgive(&a, &b);
	return a.account == b.account && a.owner == b.owner && a.lot == b.lot &&
		a.grant == b.grant &&
		(!day_known(a.other_day) || !day_known(b.other_day) ||
			a.other_day.number == b.other_day.number);
}

/* The first untaken standing fact that `is` the one said, taken: its index + 1, or 0. */
static size_t take_standing(struct record_file *file, const struct fact *fact,
	bool is(const struct fact *, const struct fact *))
{
	const struct facts *const facts = &file->standing;
	const struct known wanted = { key_of(fact), 0 };

	for (size_t i = sort_first(
		     file->known, facts->count, sizeof *file->known, &wanted, by_key);
		i < facts->count && file->known[i].key == wanted.key; i++) {
		const size_t at = file->known[i].fact;

		if (!file->taken[at] && is(&facts->at[at], fact)) {
			file->taken[at] = true;
			return at + 1;
		}
	}
	return 0;
}

static void tell_differences(
	struct record_file *file, const struct said *said, struct pool *pool)
{
	const struct fact *const theirs = &file->standing.at[said->stands - 1];

	differences_add(&file->differences,
		&(struct two_facts){ .ours = &said->fact,
			.theirs = theirs,
			.our_names = file->standing.names,
			.their_names = file->standing.names,
			.document = document_in(
				file->document, file->documents, theirs->source.document),
			.ours_stands = true },
		NULL, pool);
}

static void ask_to_replace(struct record_file *file, const struct said *said,
	struct pool *pool, struct fail *why)
{
	const struct fact *const stands = &file->standing.at[said->stands - 1];
	const size_t from = file->differences.count;
	struct text words = TEXT_EMPTY, differ = TEXT_EMPTY;

	fact_words(stands, file->standing.names, &words);
	tell_differences(file, said, pool);
	differences_words(&file->differences, from, &differ);
	file->differences.count = from;
	fail_at(why, FAIL_BAD_INPUT, said->fact.source.row, 0,
		"the ledger has this %s with other amounts: %s", CUT(words.at, 120),
		differ.at);
	text_release(&words);
	text_release(&differ);
	fail_hint(why,
		"--replace REASON if this file corrects it, --account NAME if it is "
		"another's");
}

/* Rows that say what stands are found first, so that the others are held against the rest. */
static void compare(
	struct record_file *file, struct import_report *report, struct pool *pool)
{
	for (size_t i = 0; i < file->count; i++) {
		struct said *const said = &file->said[i];

		said->stands = take_standing(file, &said->fact, says_the_same);
		said->fate = said->stands > 0 ? IMPORT_SAME : IMPORT_NEW;
	}
	for (size_t i = 0; i < file->count; i++) {
		struct said *const said = &file->said[i];

		if (said->fate == IMPORT_SAME)
			continue;
		said->stands = take_standing(file, &said->fact, same_event);
		if (said->stands == 0)
			continue;
		said->fate = IMPORT_CHANGED;
		if (file->options->replace == NULL) {
			struct fail why = { 0 };

			ask_to_replace(file, said, pool, &why);
			import_fault(report, &why, pool);
			said->fate = IMPORT_ERROR;
		} else {
			tell_differences(file, said, pool);
		}
	}
}

/* ---- the whole ---------------------------------------------------------------------- */

bool import_records_read(struct store *store, const char *path,
	const struct import_options *options, struct import_report *report,
	struct pool *pool, struct record_file **to, struct fail *why)
{
	struct record_file *const file = must_alloc(sizeof *file);
	struct records *records = NULL;

	*to = file;
	file->options = options;
	file->path = path;
	if (store == NULL)
		file->standing.names = names_new();
	else if (!store_facts(store, &file->standing, why) ||
		!store_documents(store, &file->document, &file->documents, pool, why))
		return false;
	if (!rows_open(path, &records, why))
		return false;
	const bool done = read_rows(file, records, report, pool, why);

	records->close(records);
	if (!done)
		return fail_file(why, path);
	sort_standing(file);
	compare(file, report, pool);
	if (report->faults == 0)
		return true;
	/* What is written is counted there; here, what would have been. */
	for (size_t i = 0; i < file->count; i++)
		if (file->said[i].fate != IMPORT_ERROR)
			report->count[file->said[i].fate]++;
	return import_faultless(report, path, why);
}

bool import_records_write(struct record_file *file, struct store *store,
	struct import_report *report, struct pool *pool, struct fail *why)
{
	const struct import_options *const options = file->options;
	const struct facts *const standing = &file->standing;

	differences_report(&file->differences, report, pool);
	for (size_t i = 0; i < file->count; i++) {
		struct said *const said = &file->said[i];

		report->record[said->fact.kind]++;
		report->count[said->fate]++;
		report->read.rows++;
		said->fact.source.document = report->document;
		if (options->fact_sink != NULL &&
			!options->fact_sink(options->sink_context, &said->fact,
				standing->names, said->fate, why))
			return false;
		if (options->dry_run)
			continue;
		if (said->fate == IMPORT_SAME) {
			if (!store_echo(store, &said->fact, standing->names,
				    standing->at[said->stands - 1].id, why))
				return false;
			continue;
		}
		if (said->fate == IMPORT_CHANGED &&
			!store_void(store, standing->at[said->stands - 1].id,
				options->replace, why))
			return false;
		if (!store_append(store, &said->fact, standing->names, why))
			return false;
	}
	return true;
}

void import_records_free(struct record_file *file)
{
	free(file->known);
	free(file->taken);
	free(file->said);
	free(file->differences.at);
	facts_release(&file->standing);
	free(file);
}

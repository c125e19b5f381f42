/*
 * Fidelity, consolidated 1099 as CSV: every record begins with a tag; a tag's header and its
 * rows differ only in what stands in the cells. Sections and accounts are totalled.
 */
#include <stdio.h>
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_CORRECTION };

static const char *const header[] = { "1099-b-1a*", "1099-b-1d*", "1099-b-1e*", NULL };

static const struct column columns[] = {
	COLUMN("account", ACCOUNT),
	MARKED("correction date", MARK_CORRECTION),
	COLUMN("1099-b-1a*", DESCRIPTION_CUSIP),
	COLUMN("symbol cusip", SYMBOL_CUSIP),
	COLUMN("quantity", QUANTITY),
	COLUMN("1099-b-1b*", ACQUIRED),
	COLUMN("1099-b-1c*", SOLD),
	COLUMN("1099-b-1d*", PROCEEDS),
	COLUMN("1099-b-1e*", BASIS),
	COLUMN("1099-b-1f*", DISCOUNT),
	COLUMN("1099-b-1g*", WASH),
	COLUMN("1099-b-4*", WITHHELD),
	COLUMN("1099-b-federal*", WITHHELD),
	COLUMN("federal income tax*", WITHHELD),
	COLUMN("term", TERM),
	COLUMN("covered/uncovered", COVERED),
	COLUMNS_END,
};

enum { SHORT_TERM, LONG_TERM, TERMS };
enum { COVERED, NONCOVERED, COVERAGES };

/* What the totals of one account are compared with. */
struct account {
	const char *name;
	struct totals all, section[TERMS][COVERAGES];
	const char *printed[4]; /* proceeds, basis, discount, wash of its summary */
	long line;
	struct account *next;
};

static const char *const printed_names[] = { "1099-b-total proceeds",
	"1099-b-total cost basis", "1099-b-total market discount",
	"1099-b-total wash sales" };

/* "1099-DIV-1A Total Ordinary Dividends": columns of the summary that have no row. */
#define SUMMARY_COLUMNS 128

struct own {
	struct account *accounts;
	long column[COUNT(printed_names)]; /* of the summary's header */
	enum income income[SUMMARY_COLUMNS];
	const char *unread[SUMMARY_COLUMNS]; /* a box that has no use here, or NULL */
	long aggregate;                      /* column of the contracts' header, or -1 */
};

static struct own *own(struct reading *reading)
{
	if (reading->own == NULL)
		reading->own = pool_alloc(&reading->pool, sizeof(struct own));
	return reading->own;
}

static struct account *account_of(struct reading *reading, const char *name)
{
	struct account *account = own(reading)->accounts;

	while (account != NULL && strcmp(account->name, name) != 0)
		account = account->next;
	if (account == NULL) {
		account = pool_alloc(&reading->pool, sizeof *account);
		account->name = pool_text(&reading->pool, name, strlen(name));
		account->next = own(reading)->accounts;
		own(reading)->accounts = account;
	}
	return account;
}

static bool detect(const struct preview *preview)
{
	for (size_t i = 0; i < preview->count; i++)
		if (value_is(record_text(&preview->record[i], 0), "1099-b-detail") ||
			value_is(record_text(&preview->record[i], 0), "1099 summary"))
			return true;
	return false;
}

static enum income income_of_title(const char *title)
{
	static const char *const forms[] = { "1099-DIV", "1099-INT", "1099-MISC" };

	for (size_t i = 0; i < COUNT(forms); i++) {
		const size_t length = strlen(forms[i]);
		char box[8] = "";

		if (!value_starts(title, forms[i]))
			continue;
		title += strspn(title, " ") + length;
		title += *title == '-';
		const size_t letters = strcspn(title, " ");

		memcpy(box, title, letters < sizeof box ? letters : 0);
		return income_of_box(forms[i], box);
	}
	return INCOME_KINDS;
}

/* A box of dividends, interest or other income that is not read, unless it says 0. */
static void tell_unread(
	struct reading *reading, const char *title, const char *text, long line)
{
	const char *plain;
	struct fail ignored;

	if (!value_blank(text) &&
		value_decimal(text, false, &reading->scratch, &plain, &ignored) &&
		strpbrk(plain, "123456789") != NULL)
		reading_note(reading, "line %ld: \"%s\" of %s is not read", line,
			CUT(title, 80), CUT(plain, 20));
}

static bool take_incomes(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const struct own *const titles = own(reading);

	for (size_t i = 0; i < record->count && i < SUMMARY_COLUMNS; i++) {
		const char *const text = record_text(record, i);

		if (titles->unread[i] != NULL)
			tell_unread(reading, titles->unread[i], text, record->line);
		else if (titles->income[i] != INCOME_KINDS &&
			!reading_income(reading, titles->income[i], text, record->line,
				(long)i + 1, why))
			return false;
	}
	return true;
}

static bool take_summary(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const bool is_names = value_is(record_text(record, 1), "account");

	if (is_names) {
		for (size_t i = 0; i < COUNT(printed_names); i++)
			own(reading)->column[i] = record_find(record, printed_names[i]);
		for (size_t i = 0; i < SUMMARY_COLUMNS; i++) {
			const char *const title = record_text(record, i);

			own(reading)->income[i] = income_of_title(title);
			own(reading)->unread[i] =
				own(reading)->income[i] == INCOME_KINDS &&
					value_starts(title, "1099-") &&
					!value_starts(title, "1099-b")
				? pool_text(&reading->pool, title, strlen(title))
				: NULL;
		}
		return true;
	}
	struct account *const account = account_of(reading, record_text(record, 1));

	account->line = record->line;
	for (size_t i = 0; i < COUNT(printed_names); i++) {
		const long column = own(reading)->column[i];
		const char *const text =
			column > 0 ? record_text(record, (size_t)column) : "";

		account->printed[i] = pool_text(&reading->pool, text, strlen(text));
	}
	return take_incomes(reading, record, why);
}

/* Contracts marked to market have a tag of their own; box 11 is their year's gain. */
static bool take_contract(
	struct reading *reading, const struct record *record, struct fail *why)
{
	struct own *const titles = own(reading);

	if (value_is(record_text(record, 1), "account")) {
		titles->aggregate = -1;
		for (size_t i = 0; i < record->count; i++)
			if (value_starts(record_text(record, i), "1099-b-11") ||
				value_starts(record_text(record, i), "aggregate"))
				titles->aggregate = (long)i;
		return true;
	}
	if (titles->aggregate > 0)
		return reading_income(reading, INCOME_CONTRACTS,
			record_text(record, (size_t)titles->aggregate), record->line,
			titles->aggregate + 1, why);
	reading_note(reading,
		"line %ld: contracts of section 1256 whose gain is not found; it "
		"belongs on Form 6781",
		record->line);
	return true;
}

static void check_section(struct reading *reading, const struct record *record)
{
	const char *const term = reading_under(reading, record, TAKE_TERM);
	const char *const covered = reading_under(reading, record, TAKE_COVERED);
	char what[64];

	if (value_blank(term) || value_blank(covered))
		return;
	const struct account *const account = account_of(reading, record_text(record, 1));

	snprintf(what, sizeof what, "section %s, %s", CUT(term, 20), CUT(covered, 20));
	reading_check_record(reading, record, what,
		&account->section[value_starts(term, "s") ? SHORT_TERM : LONG_TERM]
				 [value_starts(covered, "cov") ? COVERED : NONCOVERED],
		0);
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	const char *const tag = record_text(record, 0);

	if (value_is(tag, "1099-b-detail"))
		return RECORD_ROW;
	if (value_is(tag, "1099 summary") && !take_summary(reading, record, why))
		return RECORD_FAILED;
	if (value_starts(tag, "1099-1256") && !take_contract(reading, record, why))
		return RECORD_FAILED;
	if (value_is(tag, "1099-b-total-by-section") && reading->have_header)
		check_section(reading, record);
	return RECORD_SKIP;
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const struct row *const row = &draft->row;
	struct account *const account =
		account_of(reading, row->account != NULL ? row->account : "");

	(void)use;
	(void)why;
	if (!value_blank(draft->mark[MARK_CORRECTION]))
		reading->file->corrected = true;
	const struct totals totals = totals_of(row);

	totals_add(&account->all, &totals);
	if (row->term != TERM_UNKNOWN && row->covered != COVERED_UNKNOWN)
		totals_add(&account->section[row->term == TERM_SHORT ? SHORT_TERM
								     : LONG_TERM]
					    [row->covered == COVERED_YES ? COVERED
									 : NONCOVERED],
			&totals);
	return true;
}

static bool end(struct reading *reading, struct fail *why)
{
	(void)why;
	for (const struct account *account = own(reading)->accounts; account != NULL;
		account = account->next) {
		static const char *const names[] = { "summary: proceeds",
			"summary: basis", "summary: market discount",
			"summary: wash sale loss" };
		const int128 sums[] = { account->all.proceeds, account->all.basis,
			account->all.discount, account->all.wash };

		for (size_t i = 0; i < COUNT(names); i++)
			if (account->printed[i] != NULL)
				reading_check(reading, account->line, names[i],
					account->printed[i], sums[i], 0);
	}
	return true;
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_SALE,
	.look = look,
	.finish = finish,
	.end = end,
};

const struct format format_fidelity_1099 = {
	.name = "fidelity-1099",
	.what = "Fidelity: consolidated 1099 as CSV",
	.detect = detect,
	.table = &table,
};

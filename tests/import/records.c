/* Our own CSV: each row is what `record` would take, under the rules of other files. */
#include <xlsxwriter.h>

#include "ledger/record.h"
#include "tests/import/home.h"

#define HOUSEHOLD SAMPLES "records/household.csv"

static size_t count_kind(struct home *home, enum fact_kind kind)
{
	struct facts facts;
	size_t count = 0;

	cr_assert(store_facts(home->store, &facts, &home->why), "%s", home->why.message);
	for (size_t i = 0; i < facts.count; i++)
		count += facts.at[i].kind == kind;
	facts_release(&facts);
	return count;
}

Test(records, a_row_becomes_the_facts_that_record_would_make)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(import_one(&home, HOUSEHOLD, NULL, &report), "%s", home.why.message);
	cr_expect(strcmp(report.read.format, "records") == 0);
	/* The security has an alias and a CUSIP: two facts of one row. */
	cr_expect(report.count[IMPORT_NEW] == 9 && report.read.rows == 9);
	cr_expect(report.record[FACT_SECURITY] == 2 && report.record[FACT_SALE] == 2);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 9);
	const struct fact *const exercise = &facts.at[3];

	cr_expect(exercise->kind == FACT_EXERCISE && exercise->source.row == 4);
	cr_expect(exercise->source.document == report.document);
	cr_expect(exercise->shares.e8 == INT64_C(50000000000) &&
		exercise->fmv.e8 == INT64_C(3100000000));
	cr_expect(strcmp(names_text(facts.names, exercise->grant), "G1") == 0);
	facts_release(&facts);
	home_end(&home);
}

Test(records, a_longer_copy_adds_only_its_new_rows)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_assert(import_one(&home, HOUSEHOLD, NULL, &report), "%s", home.why.message);
	cr_assert(import_one(&home, HOUSEHOLD, NULL, &report), "%s", home.why.message);
	cr_expect(report.known);
	/* A third equal sale is a third sale; what does not name the lot does not deny it. */
	home_write(&home,
		"Record,Date,Symbol,Shares,Price\n"
		"sale,2023-06-01,ACME,100,40\nsale,2023-06-01,ACME,100,40\n"
		"sale,2023-06-01,ACME,100,40\n");
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == 2 && report.count[IMPORT_NEW] == 1);
	cr_expect(count_kind(&home, FACT_SALE) == 3);
	home_end(&home);
}

Test(records, the_form_3921_of_a_recorded_exercise_is_known)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_assert(import_one(&home, FORM, NULL, &report), "%s", home.why.message);
	const size_t before = count_kind(&home, FACT_EXERCISE);
	struct facts facts;
	struct text rows = TEXT_EMPTY;

	cr_assert(store_facts(home.store, &facts, &home.why));
	text_add(&rows, "record,date,symbol,grant-date,shares,strike,fmv\n");
	for (size_t i = 0; i < facts.count; i++) {
		const struct fact *const fact = &facts.at[i];
		char day[DAY_TEXT], granted[DAY_TEXT], shares[MONEY_TEXT],
			strike[MONEY_TEXT], fmv[MONEY_TEXT];

		text_addf(&rows, "exercise,%s,%s,%s,%s,%s,%s\n", day_iso(fact->day, day),
			names_text(facts.names, fact->symbol),
			day_iso(fact->other_day, granted),
			shares_plain(fact->shares, shares),
			price_plain(fact->price, strike), price_plain(fact->fmv, fmv));
	}
	home_write(&home, rows.at);
	cr_assert(before > 0 && before == facts.count);
	text_release(&rows);
	facts_release(&facts);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == before && report.count[IMPORT_NEW] == 0);
	home_end(&home);
}

/* What a spreadsheet of another country writes, and what it is told. */
static const struct {
	const char *text, *message, *hint;
} abroad[] = {
	{ "record;date;symbol;shares;price\npurchase;2023-06-01;ACME;100;12,34\n",
		"price: \"12,34\" is not a number", "a decimal point" },
	{ "record,date,symbol,shares,price\npurchase,2023-06-01,ACME,\"1.000,5\",12\n",
		"shares: \"1.000,5\" is not a number", "nothing between thousands" },
	{ "record,date,symbol,shares,price\npurchase,2023-06-01,ACME,\"1,000\",12\n",
		"shares: \"1,000\" is not a number", "nothing between thousands" },
	{ "record,date,symbol,shares,price\npurchase,2023-06-01,ACME,100,12,34\n",
		"\"34\" stands beyond the last column", "a decimal point (1234.50)" },
	{ "record|date|symbol|shares|price\npurchase|2023-06-01|ACME|100|12.34\n",
		"this is no format that is known",
		"parted by commas, semicolons or tabs" },
	{ "record;date\ngrant;2023-06-01\n", "this is no format that is known",
		"three at least" },
	{ "sep=;\nrecord;date;symbol;shares;price\npurchase;2023-06-01;ACME;100;12.34\n",
		"this is no format that is known",
		"a file of records begins with its columns" },
};

Test(records, commas_and_semicolons_of_other_countries_are_told_what_is_wanted)
{
	for (size_t i = 0; i < COUNT(abroad); i++) {
		struct home home;
		struct import_report report;

		home_make(&home);
		home_write(&home, abroad[i].text);
		cr_expect(!import_one(&home, home.file, NULL, &report), "case %zu", i);
		cr_expect(strstr(home.why.message, abroad[i].message) != NULL &&
				strstr(home.why.hint, abroad[i].hint) != NULL,
			"case %zu: %s; %s", i, home.why.message, home.why.hint);
		home_end(&home);
	}
}

/* Semicolons alone are no fault: the numbers in between are what they are. */
Test(records, semicolons_with_decimal_points_are_read)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home,
		"record;date;symbol;shares;price\npurchase;2023-06-01;ACME;100;12.34\n",
		&report);
	cr_expect(report.count[IMPORT_NEW] == 1);
	home_end(&home);
}

Test(records, other_amounts_ask_for_a_reason)
{
	static const char changed[] = "record,date,symbol,shares,price\n"
				      "sale,2023-06-01,ACME,100,41.00\n";
	const struct import_options replace = { .replace = "the price was wrong" };
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_assert(import_one(&home, HOUSEHOLD, NULL, &report), "%s", home.why.message);
	home_write(&home, changed);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.kind == FAIL_BAD_INPUT && home.why.row == 2, "%s",
		home.why.message);
	cr_expect(count_kind(&home, FACT_SALE) == 2);
	cr_assert(
		import_one(&home, home.file, &replace, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_CHANGED] == 1);
	cr_expect(count_kind(&home, FACT_SALE) == 2);
	home_end(&home);
}

/* Each template, and that of all kinds, is read as it stands, blank or with its examples. */
Test(records, the_template_can_be_read_as_it_is)
{
	const struct import_options look = { .dry_run = true };
	struct home home;
	struct import_report report;
	size_t kinds;
	const struct record_kind *const kind = record_kinds(&kinds);

	home_make(&home);
	for (size_t i = 0; i <= kinds; i++) {
		struct text text = TEXT_EMPTY;

		cr_assert(import_template(i < kinds ? kind[i].name : "records", &text));
		home_write(&home, text.at);
		text_release(&text);
		cr_expect(import_one(&home, home.file, &look, &report), "%s: %ld: %s",
			i < kinds ? kind[i].name : "all", home.why.row, home.why.message);
		cr_expect(report.count[IMPORT_NEW] == (i < kinds ? 1 : kinds));
	}
	cr_expect(standing_count(&home) == 0);
	home_end(&home);
}

Test(records, account_and_symbol_take_the_place_of_the_files)
{
	const struct import_options options = { .account = "Fidelity", .symbol = "BETA" };
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	home_write(&home,
		"record,date,symbol,shares,price,account\n"
		"purchase,2023-06-01,,100,41.00,Schwab\n");
	cr_assert(
		import_one(&home, home.file, &options, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 1);
	cr_expect(strcmp(names_text(facts.names, facts.at[0].account), "Fidelity") == 0);
	cr_expect(strcmp(names_text(facts.names, facts.at[0].symbol), "BETA") == 0);
	facts_release(&facts);
	home_end(&home);
}

/* A bad cell is told by its row and column. */
static const struct {
	const char *name, *text;
	long row, column;
	const char *says;
} bad[] = {
	{ "no such kind", "record,date\nsail,2023-06-01\n", 2, 1, "\"sail\"" },
	{ "no such column", "record,date,prise\n", 1, 3, "\"prise\"" },
	{ "a column twice", "record,date,Date\n", 1, 3, "two columns" },
	{ "no day", "record,symbol,date\nworthless,ACME,2023-06-31\n", 2, 3,
		"2023-06-31" },
	{ "blank", "record,symbol,date\nworthless,,2023-06-30\n", 2, 2, "needs symbol" },
	{ "no column for it", "record,symbol\nworthless,ACME\n", 2, 0, "needs date" },
	{ "another kind's", "record,symbol,date,price\nworthless,ACME,2023-06-30,1\n", 2,
		4, "no \"price\"" },
	{ "a cell too many", "record,symbol,date\nworthless,ACME,2023-06-30,1\n", 2, 4,
		"beyond" },
	{ "later than today", "record,symbol,date\n\nworthless,ACME,2024-06-30\n", 3, 3,
		"future" },
	{ "cannot be", "record,symbol,date,shares,per\nsplit,ACME,2023-06-30,2,0\n", 2, 0,
		"more than zero" },
};

Test(records, a_bad_cell_is_told_by_its_place)
{
	const struct import_options options = { .today = { 19700 } }; /* 2023-12-09 */
	struct home home;
	struct import_report report;

	home_make(&home);
	for (size_t i = 0; i < COUNT(bad); i++) {
		home.why = (struct fail){ 0 };
		home_write(&home, bad[i].text);
		cr_expect(!import_one(&home, home.file, &options, &report), "%s",
			bad[i].name);
		cr_expect(home.why.kind == FAIL_BAD_INPUT && home.why.row == bad[i].row &&
				home.why.column == bad[i].column &&
				strstr(home.why.message, bad[i].says) != NULL,
			"%s: %s:%ld:%ld: %s", bad[i].name, home.why.file, home.why.row,
			home.why.column, home.why.message);
	}
	cr_expect(standing_count(&home) == 0);
	home_end(&home);
}

/* The household's file with another delimiter or another beginning. */
static void write_divided(struct home *home, const char *begins, char delimiter)
{
	char text[4096];
	FILE *const from = fopen(HOUSEHOLD, "rb");
	FILE *const to = fopen(home->file, "wb");

	cr_assert(from != NULL && to != NULL);
	const size_t length = fread(text, 1, sizeof text, from);

	cr_assert(length > 0 && length < sizeof text);
	for (size_t i = 0; i < length; i++)
		if (text[i] == ',')
			text[i] = delimiter;
	fputs(begins, to);
	cr_assert(fwrite(text, 1, length, to) == length);
	cr_assert(fclose(from) == 0 && fclose(to) == 0);
}

static const struct {
	const char *name, *begins;
	char delimiter;
} divisions[] = {
	{ "semicolons", "", ';' },
	{ "tabs", "", '\t' },
	{ "a byte order mark", "\xef\xbb\xbf", ',' },
	{ "a byte order mark and semicolons", "\xef\xbb\xbf", ';' },
	{ "a byte order mark, tabs and a blank line", "\xef\xbb\xbf\n", '\t' },
};

Test(records, the_delimiter_and_the_byte_order_mark_do_not_matter)
{
	for (size_t i = 0; i < sizeof divisions / sizeof *divisions; i++) {
		struct import_report report;
		struct home home;

		home_make(&home);
		cr_assert(import_one(&home, HOUSEHOLD, NULL, &report));
		write_divided(&home, divisions[i].begins, divisions[i].delimiter);
		cr_assert(import_one(&home, home.file, NULL, &report), "%s: %s",
			divisions[i].name, home.why.message);
		cr_expect(report.count[IMPORT_SAME] == 9 && report.count[IMPORT_NEW] == 0,
			"%s", divisions[i].name);
		home_end(&home);
	}
}

/* Days and amounts as a spreadsheet keeps them: numbers, of which some look like days. */
static void write_workbook(const char *path, bool bad_day)
{
	static const char *const header[] = { "Record", "Date", "Symbol", "Shares",
		"Strike", "FMV", "Grant date", "ID", "Lot", "Price" };
	lxw_workbook *const book = workbook_new(path);
	lxw_worksheet *const sheet = workbook_add_worksheet(book, NULL);
	lxw_format *const day = workbook_add_format(book);

	format_set_num_format(day, "m/d/yyyy");
	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		worksheet_write_string(sheet, 0, (lxw_col_t)i, header[i], NULL);
	worksheet_write_string(sheet, 1, 0, "exercise", NULL);
	worksheet_write_number(sheet, 1, 1, 44621, day); /* 2022-03-01 */
	worksheet_write_string(sheet, 1, 2, "ACME", NULL);
	worksheet_write_number(sheet, 1, 3, 500, NULL);
	worksheet_write_number(sheet, 1, 4, 1.1, NULL);
	worksheet_write_number(sheet, 1, 5, 31.149999999999999, NULL);
	worksheet_write_number(sheet, 1, 6, 43467, day); /* 2019-01-02 */
	worksheet_write_string(sheet, 1, 8, "A", NULL);
	worksheet_write_string(sheet, 2, 0, "sale", NULL);
	worksheet_write_string(sheet, 2, 1, bad_day ? "6/1/2023" : "2023-06-01", NULL);
	worksheet_write_string(sheet, 2, 2, "ACME", NULL);
	worksheet_write_number(sheet, 2, 3, 100.5, NULL);
	worksheet_write_number(sheet, 2, 9, 40.05, NULL);
	cr_assert(workbook_close(book) == LXW_NO_ERROR);
}

Test(records, a_workbook_has_days_and_amounts_as_numbers)
{
	struct import_report report;
	struct facts facts;
	struct home home;

	home_make(&home);
	write_workbook(home.file, false);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2 && report.count[IMPORT_NEW] == 2);
	const struct fact *const exercise = &facts.at[0], *const sale = &facts.at[1];
	char text[DAY_TEXT];

	cr_expect(strcmp(day_iso(exercise->day, text), "2022-03-01") == 0, "%s", text);
	cr_expect(strcmp(day_iso(exercise->other_day, text), "2019-01-02") == 0, "%s",
		text);
	cr_expect(exercise->price.e8 == 110000000 && exercise->fmv.e8 == 3115000000);
	cr_expect(exercise->source.row == 2 && sale->source.row == 3);
	cr_expect(strcmp(day_iso(sale->day, text), "2023-06-01") == 0, "%s", text);
	cr_expect(sale->shares.e8 == 10050000000);
	facts_release(&facts);
	write_workbook(home.file, true);
	cr_assert(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.row == 3 && home.why.column == 2);
	cr_expect(strcmp(home.why.message,
			  "date: \"6/1/2023\" is not a day (want YYYY-MM-DD)") == 0,
		"%s", home.why.message);
	home_end(&home);
}

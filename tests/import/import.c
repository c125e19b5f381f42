/* Files become facts: once, in one batch, and never on a guess. */
#include "tests/import/home.h"

Test(import, rows_become_facts_with_their_source)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(import_one(&home, SCHWAB, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_NEW] == 12 && report.kind[ROW_SALE] == 12);
	cr_expect(report.proceeds.cents == 3641835 && report.basis.cents == 2778518 &&
		report.wash.cents == 14535);
	cr_expect(report.basis_unknown == 1);
	cr_expect(strcmp(report.file, "XXXX-X482.CSV") == 0);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 12);
	const struct fact *const fact = &facts.at[1];

	cr_expect(fact->kind == FACT_REPORTED_SALE && fact->symbol == 0);
	cr_expect(strcmp(names_text(facts.names, fact->alias),
			  "BLUE HERON ENERGY CORP CLASS A") == 0);
	cr_expect(strcmp(names_text(facts.names, fact->account), "XXXX-X482") == 0);
	cr_expect(fact->shares.e8 == 1550000000 && fact->proceeds.cents == 61225 &&
		fact->basis.cents == 70031 && fact->wash.cents == 8806);
	cr_expect(fact->proceeds_known && fact->basis_known && fact->box == 'A' &&
		fact->term == TERM_SHORT && fact->covered == COVERED_YES);
	cr_expect(fact->source.document == report.document && fact->source.row == 34);
	cr_expect(fact->gross == COVERED_YES, "box 6");
	cr_expect(!facts.at[6].basis_known && facts.at[6].box == 'B');
	facts_release(&facts);
	home_end(&home);
}

Test(import, the_same_file_twice_does_nothing)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_assert(import_one(&home, SCHWAB, NULL, &report));
	cr_expect(!report.known);
	cr_assert(import_one(&home, SCHWAB, NULL, &report), "%s", home.why.message);
	cr_expect(report.known);
	cr_expect(strcmp(report.read.format, "schwab-1099") == 0);
	cr_expect(standing_count(&home) == 12);
	home_end(&home);
}

#define HEAD                                                                             \
	"\"Account\",\"A1\"\n\"Tax Year\",\"2025\"\n\"Form 1099 B\",\"\"\n"              \
	"1a,1b,1c,1d,1e,1f,1g,2,,4,5\n"
#define ROW_1                                                                            \
	"10.00 ACME INC,01/02/2024,03/04/2025,100.00,90.00,0,0,Long Term,D,0,Covered\n"
#define ROW_2                                                                            \
	"5.00 ACME INC,01/02/2024,03/04/2025,50.00,45.00,0,0,Long Term,D,0,Covered\n"
#define ROW_1B                                                                           \
	"10.00 ACME INC,01/02/2024,03/04/2025,100.00,95.00,0,0,Long Term,D,0,Covered\n"

Test(import, equal_rows_of_one_file_are_real)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home, HEAD ROW_1 ROW_1);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_NEW] == 2);
	home_end(&home);
}

Test(import, overlapping_files_add_only_what_is_new)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home, HEAD ROW_1);
	cr_assert(import_one(&home, home.file, NULL, &report));
	home_write(&home, HEAD ROW_1 ROW_1 ROW_2);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == 1);
	cr_expect(report.count[IMPORT_NEW] == 2);
	cr_expect(standing_count(&home) == 3);
	home_end(&home);
}

Test(import, another_account_is_another_sale)
{
	struct home home;
	struct import_report report;
	const struct import_options options = { .account = "B2" };

	home_make(&home);
	home_write(&home, HEAD ROW_1);
	cr_assert(import_one(&home, home.file, NULL, &report));
	home_write(&home, HEAD ROW_1 "\n");
	cr_assert(import_one(&home, home.file, &options, &report));
	cr_expect(report.count[IMPORT_NEW] == 1);
	cr_expect(standing_count(&home) == 2);
	home_end(&home);
}

Test(import, a_changed_row_is_refused_and_nothing_written)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home, HEAD ROW_1);
	cr_assert(import_one(&home, home.file, NULL, &report));
	home_write(&home, HEAD ROW_2 ROW_1B);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.kind == FAIL_BAD_INPUT && home.why.row == 6);
	cr_expect(strstr(home.why.message, "other amounts") != NULL, "%s",
		home.why.message);
	cr_expect(strstr(home.why.hint, "--replace") != NULL);
	cr_expect(standing_count(&home) == 1);
	home_end(&home);
}

Test(import, a_changed_row_supersedes_with_a_reason_and_both_are_kept)
{
	struct home home;
	struct import_report report;
	struct facts facts;
	const struct import_options options = { .replace = "corrected by mail" };

	home_make(&home);
	home_write(&home, HEAD ROW_1 ROW_2);
	cr_assert(import_one(&home, home.file, NULL, &report));
	home_write(&home, HEAD ROW_1B ROW_2);
	cr_assert(
		import_one(&home, home.file, &options, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_CHANGED] == 1 && report.count[IMPORT_SAME] == 1);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2);
	cr_expect(facts.at[1].basis.cents == 9500);
	facts_release(&facts);
	cr_assert(store_batch_facts(home.store, 1, &facts, &home.why));
	cr_expect(facts.count == 2, "the first form's facts are kept");
	facts_release(&facts);
	home_end(&home);
}

#define CORRECTED                                                                        \
	"\"Account\",\"A1\"\n\"Tax Year\",\"2025\"\n\"Form 1099 B\",\"\"\n"              \
	"\"Corrected\",\"Yes\"\n1a,1b,1c,1d,1e,1f,1g,2,,4,5\n"

/* Both what changed and what is gone. */
Test(import, a_corrected_form_takes_the_place_of_the_first)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	home_write(&home, HEAD ROW_1 ROW_2);
	cr_assert(import_one(&home, home.file, NULL, &report));
	home_write(&home, CORRECTED ROW_1B);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.read.corrected);
	cr_expect(report.count[IMPORT_CHANGED] == 1);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 1);
	cr_expect(facts.at[0].basis.cents == 9500);
	facts_release(&facts);
	home_end(&home);
}

/* ---- totals -------------------------------------------------------------------------- */

static void change_total(struct home *home)
{
	FILE *const from =
		fopen(SAMPLES "fidelity-1099/2025_1099_Individual-2345.csv", "rb");
	FILE *const to = fopen(home->file, "wb");
	static char bytes[20000];

	cr_assert(from != NULL && to != NULL);
	const size_t length = fread(bytes, 1, sizeof bytes - 1, from);
	char *const total = strstr(bytes, "0000000000015054.05");

	cr_assert(total != NULL);
	total[18] = '6';
	cr_assert(fwrite(bytes, 1, length, to) == length);
	fclose(from);
	fclose(to);
}

Test(import, a_printed_total_that_differs_is_refused)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	change_total(&home);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.kind == FAIL_BAD_INPUT && home.why.row == 28, "%ld",
		home.why.row);
	cr_expect(
		strcmp(home.why.message,
			"section LONG TERM, COVERED: basis: the file says 15054.06, its "
			"rows add up to 15054.05, a difference of 0.01") == 0,
		"%s", home.why.message);
	cr_expect(strcmp(home.why.file, home.file) == 0);
	cr_expect(standing_count(&home) == 0);
	home_end(&home);
}

Test(import, a_difference_is_waived_with_a_reason)
{
	struct home home;
	struct import_report report;
	const struct import_options options = { .waive = "the broker rounds" };

	home_make(&home);
	change_total(&home);
	cr_assert(
		import_one(&home, home.file, &options, &report), "%s", home.why.message);
	cr_expect(strstr(report.difference, "15054.06") != NULL &&
		strstr(report.difference, "the broker rounds") != NULL);
	cr_expect(report.count[IMPORT_NEW] == 11);
	home_end(&home);
}

/* ---- exercises ----------------------------------------------------------------------- */

Test(import, a_form_3921_becomes_an_exercise)
{
	struct home home;
	struct import_report report;
	struct facts facts;
	char day[DAY_TEXT];

	home_make(&home);
	cr_assert(import_one(&home, FORM, NULL, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2);
	const struct fact *const fact = &facts.at[0];

	cr_expect(fact->kind == FACT_EXERCISE && fact->option == OPTION_ISO);
	cr_expect(strcmp(names_text(facts.names, fact->symbol), "ACRB") == 0);
	cr_expect(strcmp(names_text(facts.names, fact->lot), "A") == 0);
	cr_expect(strcmp(day_iso(fact->day, day), "2022-03-01") == 0);
	cr_expect(strcmp(day_iso(fact->other_day, day), "2019-01-02") == 0);
	cr_expect(fact->shares.e8 == INT64_C(1000000000000));
	cr_expect(fact->price.e8 == 100000000 && fact->fmv.e8 == INT64_C(3100000000));
	cr_expect(strcmp(names_text(facts.names, facts.at[1].account), "Z99912345") == 0);
	facts_release(&facts);
	home_end(&home);
}

Test(import, an_exercise_entered_by_hand_is_the_same)
{
	struct home home;
	struct import_report report;
	struct fact fact = FACT_EMPTY;

	home_make(&home);
	fact.kind = FACT_EXERCISE;
	fact.option = OPTION_ISO;
	fact.shares.e8 = INT64_C(1000000000000);
	fact.price.e8 = 100000000;
	fact.fmv.e8 = INT64_C(3100000000);
	cr_assert(day_from_civil(2022, 3, 1, &fact.day));
	cr_assert(day_from_civil(2019, 1, 2, &fact.other_day));
	home_fact(&home, fact, "ACRB", "");
	cr_assert(import_one(&home, FORM, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == 1 && report.count[IMPORT_NEW] == 1);
	home_end(&home);
}

Test(import, a_blank_box_of_form_3921_is_refused_with_its_place)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home,
		"Symbol,Box 1,Box 2,Box 3,Box 4,Box 5\n"
		"ACME,2019-01-02,2022-03-01,1.00,,100\n");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(strcmp(home.why.message, "box 4 is blank") == 0 && home.why.row == 2,
		"%s", home.why.message);
	home_end(&home);
}

Test(import, the_template_of_form_3921_can_be_imported)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	struct text text = TEXT_EMPTY;

	cr_expect(!import_template("form9999", &text) && text.length == 0);
	cr_assert(import_template("form3921", &text));
	cr_expect(strcmp(import_templates()[0], "form3921") == 0);
	home_write(&home, text.at);
	text_release(&text);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_NEW] == 1);
	home_end(&home);
}

Test(import, the_template_of_form_3922_becomes_a_purchase)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	struct text text = TEXT_EMPTY;

	cr_assert(import_template("form3922", &text));
	home_write(&home, text.at);
	text_release(&text);
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 1 && facts.at[0].kind == FACT_ESPP);
	cr_expect(facts.at[0].grant_price.e8 == INT64_C(2125000000) &&
		facts.at[0].shares.e8 == INT64_C(12000000000));
	facts_release(&facts);
	home_end(&home);
}

/* ---- securities ---------------------------------------------------------------------- */

static void record_options(struct home *home, const char *symbol)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_GRANT;
	fact.option = OPTION_ISO;
	fact.shares.e8 = INT64_C(1000000000000);
	fact.price.e8 = 100000000;
	cr_assert(day_from_civil(2019, 1, 2, &fact.day));
	home_fact(home, fact, symbol, "");
}

Test(import, a_description_that_could_mean_optioned_shares_is_asked_about)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	record_options(&home, "ACRB");
	cr_expect(!import_one(&home, SCHWAB, NULL, &report));
	cr_expect(home.why.kind == FAIL_MISSING_FACTS && home.why.row == 33);
	cr_expect(strstr(home.why.hint,
			  "dualbasis record security --symbol ACRB "
			  "--alias \"ACME ROBOTICS INC\"") == home.why.hint,
		"%s", home.why.hint);
	cr_expect(standing_count(&home) == 1);
	home_end(&home);
}

Test(import, a_recorded_alias_answers)
{
	struct home home;
	struct import_report report;
	struct fact fact = FACT_EMPTY;
	struct facts facts;
	size_t ours = 0;

	home_make(&home);
	record_options(&home, "ACRB");
	fact.kind = FACT_SECURITY;
	home_fact(&home, fact, "ACRB", "Acme  Robotics Inc");
	cr_assert(import_one(&home, SCHWAB, NULL, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	for (size_t i = 0; i < facts.count; i++)
		ours += facts.at[i].kind == FACT_REPORTED_SALE &&
			strcmp(names_text(facts.names, facts.at[i].symbol), "ACRB") == 0;
	cr_expect(ours == 2, "%zu", ours);
	facts_release(&facts);
	home_end(&home);
}

Test(import, other_descriptions_are_left_alone)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	record_options(&home, "ZQX");
	cr_assert(import_one(&home, SCHWAB, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_NEW] == 12);
	home_end(&home);
}

/* ---- dry run and failures ------------------------------------------------------------ */

static bool count_rows(
	void *context, const struct row *row, enum import_fate fate, struct fail *why)
{
	(void)row;
	(void)fate;
	(void)why;
	(*(size_t *)context)++;
	return true;
}

Test(import, a_dry_run_shows_rows_and_writes_nothing)
{
	struct home home;
	struct import_report report;
	size_t rows = 0;
	const struct import_options options = {
		.dry_run = true, .sink = count_rows, .sink_context = &rows
	};

	home_make(&home);
	cr_assert(
		import_file(home.store, SCHWAB, &options, &report, &home.pool, &home.why),
		"%s", home.why.message);
	cr_expect(rows == 12 && report.count[IMPORT_NEW] == 12);
	cr_expect(standing_count(&home) == 0);
	rows = 0;
	cr_assert(import_file(NULL, SCHWAB, &options, &report, &home.pool, &home.why));
	cr_expect(rows == 12, "a dry run needs no ledger");
	cr_expect(strlen(report.sha256) == 64);
	home_end(&home);
}

Test(import, an_error_late_in_the_file_leaves_nothing)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home,
		HEAD ROW_1 "5.00 ACME INC,01/02/2024,03/04/2025,5O.00,45.00,0,0,Long "
			   "Term,D,0,Covered\n");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.row == 6 && home.why.column == 4);
	cr_expect(
		strcmp(home.why.message,
			"column \"1d\": \"5O.00\" is not an amount (want 1,234.56)") == 0,
		"%s", home.why.message);
	cr_expect(strcmp(home.why.file, home.file) == 0);
	cr_expect(standing_count(&home) == 0);
	home_end(&home);
}

Test(import, a_file_of_no_known_format_is_refused)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home, "a,b,c\n1,2,3\n");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.kind == FAIL_BAD_INPUT);
	home_write(&home, "");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(strcmp(home.why.message, "the file is empty") == 0);
	cr_expect(!import_one(&home, "/nonexistent.csv", NULL, &report));
	cr_expect(home.why.kind == FAIL_SYSTEM);
	cr_expect(!import_one(&home, home.folder, NULL, &report));
	home_end(&home);
}

Test(import, a_plans_statement_says_what_was_sold)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(import_one(&home, SAMPLES "etrade-gl/G&L_Expanded.csv", NULL, &report),
		"%s", home.why.message);
	cr_expect(report.read.supplement);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 11);
	cr_expect(strcmp(names_text(facts.names, facts.at[0].plan), "rsu") == 0);
	cr_expect(!facts.at[0].basis_known && facts.at[0].income.cents == 78720);
	cr_expect(strcmp(names_text(facts.names, facts.at[6].plan), "option") == 0 &&
		facts.at[6].option == OPTION_ISO);
	facts_release(&facts);
	home_end(&home);
}

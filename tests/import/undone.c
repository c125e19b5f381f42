/* What files say stands as long as one of them is not undone, and counts once. */
#include "tests/import/home.h"

#define HEAD                                                                             \
	"ACCOUNT_ID,TAX_YEAR,SYMBOL,SEC_DESCR,QUANTITY,1099_ACQ_DATE,1099_DISP_DATE,"    \
	"1099_COST,1099_PROCEEDS,1099_DISALLOWED_LOSS,TERM,COVERED_IND,8949_BOX\n"
#define ROW(shares, sold, proceeds)                                                      \
	"5XX482,2025,DLSW,DELTA LOOM INC," shares ",2024-01-02," sold ",10.00," proceeds \
	",0,L,N,E\n"
#define MARCH ROW("40", "2025-03-04", "4000.00")
#define APRIL ROW("12", "2025-04-07", "1200.00")
#define MAY   ROW("3", "2025-05-05", "300.00")

/* Batches are numbered by the order of the calls, from 1. */
static void take(struct home *home, const char *text, size_t added, size_t same)
{
	struct import_report report;

	home_write(home, text);
	cr_assert(import_one(home, home->file, NULL, &report), "%s", home->why.message);
	cr_expect(report.count[IMPORT_NEW] == added, "%zu new", report.count[IMPORT_NEW]);
	cr_expect(
		report.count[IMPORT_SAME] == same, "%zu same", report.count[IMPORT_SAME]);
}

static void expect_standing(
	struct home *home, const char *name, size_t count, int64_t proceeds)
{
	struct facts facts;
	int64_t cents = 0;

	cr_assert(store_facts(home->store, &facts, &home->why));
	for (size_t i = 0; i < facts.count; i++)
		cents += facts.at[i].proceeds.cents;
	cr_expect(facts.count == count && cents == proceeds, "%s: %zu facts of %lld",
		name, facts.count, (long long)cents);
	facts_release(&facts);
	cr_expect(
		store_check(home->store, &home->why), "%s: %s", name, home->why.message);
}

static void expect_elsewhere(struct home *home, int64_t batch, int64_t count)
{
	int64_t found;

	cr_assert(store_told_elsewhere(home->store, batch, &found, &home->why));
	cr_expect(found == count, "batch %lld: %lld", (long long)batch, (long long)found);
}

Test(undone, rows_that_another_file_says_too_stand_when_the_first_is_undone)
{
	struct home home;

	home_make(&home);
	take(&home, HEAD MARCH APRIL, 2, 0);
	take(&home, HEAD APRIL MAY, 1, 1);
	expect_standing(&home, "both", 3, 550000);
	cr_assert(home_undo(&home, 1), "%s", home.why.message);
	expect_elsewhere(&home, 1, 1);
	expect_standing(&home, "the second", 2, 150000);
	cr_assert(home_undo(&home, 3), "%s", home.why.message);
	expect_standing(&home, "both again", 3, 550000);
	cr_assert(home_undo(&home, 2), "%s", home.why.message);
	expect_elsewhere(&home, 2, 0);
	expect_standing(&home, "the first", 2, 520000);
	cr_assert(home_undo(&home, 1), "%s", home.why.message);
	expect_standing(&home, "none", 0, 0);
	home_end(&home);
}

Test(undone, of_three_files_any_one_keeps_the_row)
{
	for (int64_t kept = 1; kept <= 3; kept++) {
		struct home home;

		home_make(&home);
		take(&home, HEAD MARCH, 1, 0);
		take(&home, HEAD MARCH "\n", 0, 1);
		take(&home, HEAD MARCH "\n\n", 0, 1);
		for (int64_t batch = 1; batch <= 3; batch++)
			if (batch != kept)
				cr_assert(
					home_undo(&home, batch), "%s", home.why.message);
		expect_standing(&home, "one of three", 1, 400000);
		home_end(&home);
	}
}

/* The row of the second file has taken over; a third is known from it. */
Test(undone, what_took_over_is_what_later_files_meet)
{
	struct home home;

	home_make(&home);
	take(&home, HEAD MARCH, 1, 0);
	take(&home, HEAD MARCH "\n", 0, 1);
	cr_assert(home_undo(&home, 1));
	take(&home, HEAD MARCH "\n\n", 0, 1);
	expect_standing(&home, "the second", 1, 400000);
	cr_assert(home_undo(&home, 2));
	expect_standing(&home, "the third", 1, 400000);
	/* The first again: all three say one thing. */
	cr_assert(home_undo(&home, 3), "%s", home.why.message);
	expect_standing(&home, "the first", 1, 400000);
	home_end(&home);
}

Test(undone, equal_rows_of_one_file_stay_two_and_are_echoed_as_two)
{
	struct home home;

	home_make(&home);
	take(&home, HEAD MARCH MARCH, 2, 0);
	take(&home, HEAD MARCH MARCH "\n", 0, 2);
	cr_assert(home_undo(&home, 1));
	expect_standing(&home, "two", 2, 800000);
	home_end(&home);
}

/* A voided row is voided whoever says it; the void undone, it stands again. */
Test(undone, a_replacement_undone_brings_back_what_it_replaced)
{
	static const struct import_options replace = { .replace = "the broker's word" };
	struct home home;
	struct import_report report;

	home_make(&home);
	take(&home, HEAD MARCH, 1, 0);
	take(&home, HEAD MARCH "\n", 0, 1);
	home_write(&home, HEAD ROW("40", "2025-03-04", "4100.00"));
	cr_assert(import_one(&home, home.file, &replace, &report));
	cr_expect(report.count[IMPORT_CHANGED] == 1);
	expect_standing(&home, "replaced", 1, 410000);
	cr_expect(!home_undo(&home, 1));
	cr_expect(
		strstr(home.why.hint, "undo batch 3 first") != NULL, "%s", home.why.hint);
	cr_assert(home_undo(&home, 2), "%s", home.why.message);
	expect_standing(&home, "the echo undone", 1, 410000);
	cr_assert(home_undo(&home, 3), "%s", home.why.message);
	expect_standing(&home, "the replacement undone", 1, 400000);
	home_end(&home);
}

/* A statement knows it in other amounts: undone the form, the statement's own word counts. */
Test(undone, a_statement_stands_with_its_own_amounts_when_the_form_is_undone)
{
	struct home home;

	home_make(&home);
	take(&home, HEAD MARCH, 1, 0);
	take(&home,
		"Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,"
		"Ordinary Income Recognized,Adjusted Cost Basis,Date Sold,Total Proceeds,"
		"Capital Gains Status\n"
		"Sell,DLSW,RS,40,01/02/2024,0.00,3000.00,3000.00,03/04/2025,3990.00,"
		"Long\n",
		0, 1);
	expect_standing(&home, "the form's", 1, 400000);
	cr_assert(home_undo(&home, 1));
	expect_standing(&home, "the statement's", 1, 399000);
	home_end(&home);
}

Test(undone, a_file_imported_again_after_its_undo_is_new)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	take(&home, HEAD MARCH APRIL, 2, 0);
	cr_assert(import_one(&home, home.file, NULL, &report));
	cr_expect(report.known);
	cr_assert(home_undo(&home, 1));
	take(&home, HEAD MARCH APRIL, 2, 0);
	expect_standing(&home, "again", 2, 520000);
	/* Both at once would count twice. */
	cr_expect(!home_undo(&home, 2));
	expect_standing(&home, "still", 2, 520000);
	home_end(&home);
}

Test(undone, a_copy_under_another_name_is_known)
{
	struct home home;
	struct import_report report;
	char copy[80];

	home_make(&home);
	take(&home, HEAD MARCH, 1, 0);
	snprintf(copy, sizeof copy, "%s/copy (1).csv", home.folder);
	cr_assert(rename(home.file, copy) == 0);
	cr_assert(import_one(&home, copy, NULL, &report));
	cr_expect(report.known && report.count[IMPORT_NEW] == 0);
	unlink(copy);
	home_end(&home);
}

/* Undone, then said by another file as new: the undo cannot simply be taken back. */
Test(undone, an_undo_is_not_taken_back_over_another_file_that_says_the_same)
{
	struct home home;

	home_make(&home);
	take(&home, HEAD MARCH APRIL, 2, 0);
	cr_assert(home_undo(&home, 1));
	take(&home, HEAD APRIL MAY, 2, 0);
	cr_expect(!home_undo(&home, 2));
	cr_expect(strstr(home.why.message, "batch 3 says the same again") != NULL, "%s",
		home.why.message);
	cr_assert(home_undo(&home, 3));
	cr_assert(home_undo(&home, 2), "%s", home.why.message);
	expect_standing(&home, "the first", 2, 520000);
	home_end(&home);
}

/* Nothing of a locked year changes when a file says it once more. */
Test(undone, a_locked_year_may_be_told_again)
{
	struct home home;

	home_make(&home);
	take(&home, HEAD MARCH, 1, 0);
	cr_assert(store_begin(home.store, "lock", &home.why));
	cr_assert(store_lock(home.store, 2025, "0", &home.why));
	cr_assert(store_commit(home.store, &home.why));
	take(&home, HEAD MARCH "\n", 0, 1);
	cr_assert(home_undo(&home, 3), "%s", home.why.message);
	cr_expect(!home_undo(&home, 1) && home.why.kind == FAIL_LOCKED);
	home_end(&home);
}

Test(undone, records_are_echoed_too)
{
	struct home home;
	const char *const text =
		"record,date,symbol,shares,price\nsale,2025-03-04,DLSW,40,100\n";
	char again[160];

	home_make(&home);
	snprintf(again, sizeof again, "%s\n", text);
	take(&home, text, 1, 0);
	take(&home, again, 0, 1);
	cr_assert(home_undo(&home, 1));
	cr_expect(standing_count(&home) == 1);
	home_end(&home);
}

#define FORM_HEAD(corrected)                                                             \
	"\"Account\",\"A1\"\n\"Tax Year\",\"2025\"\n\"Form 1099 B\",\"\"\n" corrected    \
	"1a,1b,1c,1d,1e,1f,1g,2,,4,5\n"
#define FORM_ROW(shares, basis)                                                          \
	"\"" shares " ACME ROBOTICS\",01/15/24,06/02/25,150.00," basis                   \
	",0.00,0.00,Long-Term,,0.00,Noncovered\n"

/* What the correction changed and what it left out stand as the first form had them. */
Test(undone, a_correction_undone_lets_the_first_form_stand)
{
	struct home home;
	struct facts facts;
	struct import_report report;

	home_make(&home);
	take(&home,
		FORM_HEAD("") FORM_ROW("10", "90.00") FORM_ROW("11", "91.00")
			FORM_ROW("12", "92.00"),
		3, 0);
	home_write(&home,
		FORM_HEAD("\"Corrected\",\"Yes\"\n") FORM_ROW("10", "90.00")
			FORM_ROW("11", "95.00"));
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == 1 && report.count[IMPORT_CHANGED] == 1);
	expect_standing(&home, "the correction", 2, 30000);
	cr_expect(!home_undo(&home, 1), "the correction builds on it");
	cr_assert(home_undo(&home, 2), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 3);
	for (size_t i = 0; i < 3; i++)
		cr_expect(facts.at[i].basis.cents == 9000 + (int64_t)i * 100);
	facts_release(&facts);
	home_end(&home);
}

/* One sale, two files: each counts once, and the tax form's word stands. */
#include "tests/import/home.h"

#define STATEMENT                                                                        \
	"Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,Ordinary " \
	"Income "                                                                        \
	"Recognized,Adjusted Cost Basis,Date Sold,Total Proceeds,Capital Gains Status\n"
#define SOLD_40                                                                          \
	"Sell,DLSW,RS,40,01/02/2024,0.00,3000.00,3000.00,03/04/2025,4000.00,Long\n"
#define SOLD_12                                                                          \
	"Sell,DLSW,RS,12,02/05/2024,0.00,1000.00,1000.00,03/04/2025,1200.00,Long\n"

/* apex-8949 names the symbol, so that no alias is needed. */
#define FORM_HEAD                                                                        \
	"ACCOUNT_ID,TAX_YEAR,SYMBOL,SEC_DESCR,QUANTITY,1099_ACQ_DATE,1099_DISP_DATE,"    \
	"1099_COST,1099_PROCEEDS,1099_DISALLOWED_LOSS,TERM,COVERED_IND,8949_BOX\n"
#define FORM_40                                                                          \
	"5XX482,2025,DLSW,DELTA LOOM SOFTWARE "                                          \
	"INC,40,2024-01-02,2025-03-04,0.00,4000.00,0,L,N,E\n"
#define FORM_12                                                                          \
	"5XX482,2025,DLSW,DELTA LOOM SOFTWARE "                                          \
	"INC,12,2024-02-05,2025-03-04,0.00,1200.00,0,L,N,E\n"
#define FORM_52                                                                          \
	"5XX482,2025,DLSW,DELTA LOOM SOFTWARE INC,52,,2025-03-04,0.00,5200.00,0,L,N,E\n"

static int64_t standing_proceeds(struct home *home)
{
	struct facts facts;
	int64_t cents = 0;

	cr_assert(store_facts(home->store, &facts, &home->why));
	for (size_t i = 0; i < facts.count; i++)
		cents += facts.at[i].proceeds.cents;
	facts_release(&facts);
	return cents;
}

Test(overlap, a_statement_after_the_tax_form_adds_nothing)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, FORM_HEAD FORM_40 FORM_12, &report);
	import_text(&home, STATEMENT SOLD_40 SOLD_12, &report);
	cr_expect(report.count[IMPORT_SAME] == 2 && report.count[IMPORT_NEW] == 0);
	cr_expect(standing_proceeds(&home) == 520000);
	home_end(&home);
}

Test(overlap, a_tax_form_after_the_statement_takes_its_place_and_keeps_what_only_it_knew)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	import_text(&home, STATEMENT SOLD_40 SOLD_12, &report);
	cr_expect(report.count[IMPORT_NEW] == 2);
	import_text(&home, FORM_HEAD FORM_40 FORM_12, &report);
	cr_expect(report.count[IMPORT_CHANGED] == 2, "%zu new", report.count[IMPORT_NEW]);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2);
	cr_expect(facts.at[0].box == 'E' && facts.at[0].income.cents == 300000);
	cr_expect(strcmp(names_text(facts.names, facts.at[0].plan), "rsu") == 0);
	cr_expect(facts.at[1].income.cents == 100000);
	facts_release(&facts);
	home_end(&home);
}

Test(overlap, a_tax_form_in_other_parts_takes_the_place_of_all_of_them)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	import_text(&home, STATEMENT SOLD_40 SOLD_12, &report);
	import_text(&home, FORM_HEAD FORM_52, &report);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 1, "%zu", facts.count);
	cr_expect(facts.at[0].proceeds.cents == 520000 &&
		facts.at[0].income.cents == 400000);
	facts_release(&facts);
	home_end(&home);
}

Test(overlap, a_statement_in_other_parts_adds_nothing)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, FORM_HEAD FORM_52, &report);
	import_text(&home, STATEMENT SOLD_40 SOLD_12, &report);
	cr_expect(report.count[IMPORT_SAME] == 2);
	cr_expect(noted(&report, "2 sales are told by a tax form in other parts"));
	cr_expect(standing_proceeds(&home) == 520000);
	home_end(&home);
}

/* The history's one sale of 52 against the form's two lots. */
Test(overlap, a_history_meets_the_tax_form)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, FORM_HEAD FORM_40 FORM_12, &report);
	import_text(&home,
		"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\","
		"\"Fees & "
		"Comm\",\"Amount\"\n"
		"\"03/04/2025\",\"Sell\",\"DLSW\",\"DELTA "
		"LOOM\",\"52\",\"$100.00\",\"\",\"$5,200.00\"\n",
		&report);
	cr_expect(report.count[IMPORT_SAME] == 1 && report.count[IMPORT_NEW] == 0);
	cr_expect(standing_proceeds(&home) == 520000);
	home_end(&home);
}

#define TXF_40                                                                           \
	"V042\nASome Tool\nD01/05/2026\n^\nTD\nN713\nC1\nL1\nP40 sh. DELTA LOOM "        \
	"SOFTWR\n"                                                                       \
	"D01/02/2024\nD03/04/2025\n$0.00\n$4000.00\n$\n^\n"

Test(overlap, a_tax_form_in_another_format_is_known_by_its_amounts)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, FORM_HEAD FORM_40, &report);
	import_text(&home, TXF_40, &report);
	cr_expect(report.count[IMPORT_SAME] == 1 && report.count[IMPORT_NEW] == 0);
	cr_expect(noted(&report, "1 sale is known under another name"));
	cr_expect(standing_proceeds(&home) == 400000);
	home_end(&home);
}

/* One sale, two statements of other breadth, in either order: all that either says, once. */
static const struct {
	const char *first, *second;
	size_t changed; /* what the second knows and the first did not */
	bool wash;      /* either knows it */
} breadths[] = {
	{ "G&L_Collapsed.xlsx", "G&L_Expanded.xlsx", 11, true },
	{ "G&L_Collapsed.xlsx", "G&L_Expanded.csv", 11, true },
	{ "G&L_Expanded.xlsx", "G&L_Collapsed.xlsx", 0, true },
	{ "G&L_Expanded.csv", "G&L_Collapsed.xlsx", 0, true },
	{ "G&L_Expanded.csv", "G&L_Expanded.xlsx", 0, true },
	{ "old_G&L_Collapsed.xlsx", "old_G&L_Expanded.xlsx", 11, false },
	{ "old_G&L_Collapsed.xlsx", "G&L_Expanded.csv", 11, true },
	{ "old_G&L_Expanded.xlsx", "G&L_Collapsed.xlsx", 1, true },
	{ "G&L_Collapsed.xlsx", "old_G&L_Expanded.xlsx", 11, true },
};

Test(overlap, collapsed_and_expanded_tell_the_same_sales)
{
	for (size_t i = 0; i < COUNT(breadths); i++) {
		struct home home;
		struct import_report report;
		struct facts facts;
		char path[256];
		int64_t wash = 0;
		size_t covered = 0;

		home_make(&home);
		snprintf(path, sizeof path, SAMPLES "etrade-gl/%s", breadths[i].first);
		cr_assert(import_one(&home, path, NULL, &report), "%s", home.why.message);
		cr_expect(report.count[IMPORT_NEW] == 11);
		snprintf(path, sizeof path, SAMPLES "etrade-gl/%s", breadths[i].second);
		cr_assert(import_one(&home, path, NULL, &report), "%s after %s: %s",
			breadths[i].second, breadths[i].first, home.why.message);
		cr_expect(report.count[IMPORT_NEW] == 0 &&
				report.count[IMPORT_CHANGED] == breadths[i].changed &&
				report.count[IMPORT_SAME] == 11 - breadths[i].changed,
			"%s after %s: %zu changed", breadths[i].second, breadths[i].first,
			report.count[IMPORT_CHANGED]);
		cr_expect(standing_proceeds(&home) == 3487207);
		cr_assert(store_facts(home.store, &facts, &home.why));
		for (size_t k = 0; k < facts.count; k++) {
			wash += facts.at[k].wash.cents;
			covered += facts.at[k].covered != COVERED_UNKNOWN;
		}
		cr_expect(wash == (breadths[i].wash ? 6150 : 0));
		cr_expect(covered == 11, "%s, %s: %zu", breadths[i].first,
			breadths[i].second, covered);
		facts_release(&facts);
		home_end(&home);
	}
}

Test(overlap, statements_that_disagree_are_refused)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, STATEMENT SOLD_40, &report);
	home_write(&home,
		STATEMENT "Sell,DLSW,RS,40,01/02/2024,5.00,3000.00,3005.00,03/04/"
			  "2025,4000.00,Long\n");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(strcmp(home.why.message,
			  "the ledger has this sale with other amounts: basis 5.00 here, "
			  "0.00 in broker.csv:2") == 0,
		"%s", home.why.message);
	home_end(&home);
}

/* Within one format a second sale of the same amounts is another sale. */
Test(overlap, equal_amounts_of_another_security_are_another_sale)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, FORM_HEAD FORM_40, &report);
	import_text(&home,
		FORM_HEAD "5XX482,2025,ACRB,ACME ROBOTICS "
			  "INC,40,2024-01-02,2025-03-04,0.00,4000.00,0,L,N,E\n",
		&report);
	cr_expect(report.count[IMPORT_NEW] == 1);
	cr_expect(standing_proceeds(&home) == 800000);
	home_end(&home);
}

/* ---- one broker's files together ---------------------------------------------------------- */

#define RGL SAMPLES "schwab-rgl/Individual_GainLoss_Realized_Details_20260109-081422.csv"
#define HISTORY                                                                          \
	SAMPLES "schwab-history/Individual_XXX482_Transactions_20260105-091422.csv"
#define ACTIVITY  SAMPLES "robinhood-activity/activity.csv"
#define ROBINHOOD SAMPLES "robinhood-1099/3f0c2c9e-1111-4222-8333-444455556666.csv"
#define HELD      SAMPLES "merrill/ExportData.csv"
#define LOTS      SAMPLES "merrill/Realized_AllAccounts_012026.csv"

/*
 * The form and the lots call a security by other words, take a written option's days the other way
 * round, and part a day's sales in other ways; the history knows no lots. All is told once.
 */
static const struct {
	const char *file[3];
	size_t sales;
	int64_t proceeds;
} together[] = {
	{ { SCHWAB, RGL }, 12, 3641835 },
	{ { RGL, SCHWAB }, 12, 3641835 },
	{ { HISTORY, RGL, SCHWAB }, 12, 3641835 },
	{ { RGL, HISTORY, SCHWAB }, 12, 3641835 },
	{ { SCHWAB, HISTORY, RGL }, 12, 3641835 },
	{ { HISTORY, SCHWAB, RGL }, 12, 3641835 },
	{ { ACTIVITY, ROBINHOOD }, 11, 2675847 },
	{ { ROBINHOOD, ACTIVITY }, 11, 2675847 },
	{ { HELD, LOTS }, 11, 3402146 },
	{ { LOTS, HELD }, 11, 3402146 },
};

Test(overlap, files_of_one_broker_tell_a_sale_once)
{
	for (size_t i = 0; i < COUNT(together); i++) {
		struct home home;
		struct import_report report;
		struct facts facts;

		home_make(&home);
		for (size_t k = 0; k < 3 && together[i].file[k] != NULL; k++)
			cr_assert(import_one(&home, together[i].file[k], NULL, &report),
				"%s", home.why.message);
		cr_assert(store_facts(home.store, &facts, &home.why));
		cr_expect(facts.count == together[i].sales, "case %zu: %zu sales", i,
			facts.count);
		cr_expect(standing_proceeds(&home) == together[i].proceeds,
			"case %zu: %lld", i, (long long)standing_proceeds(&home));
		facts_release(&facts);
		home_end(&home);
	}
}

/* What the lots know goes on where the history, which knows none, came first. */
Test(overlap, a_history_leaves_the_basis_to_the_lots)
{
	struct home home;
	struct import_report report;
	struct facts facts;
	int64_t basis = 0;

	home_make(&home);
	cr_assert(import_one(&home, HELD, NULL, &report), "%s", home.why.message);
	cr_assert(import_one(&home, LOTS, NULL, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	for (size_t i = 0; i < facts.count; i++)
		basis += facts.at[i].basis.cents;
	cr_expect(basis == 2343846, "%lld", (long long)basis);
	facts_release(&facts);
	home_end(&home);
}

#define NO_SHARES                                                                        \
	"Description,DtAcq,DtSold,Proceeds,Cost,Type,Code,Covered\n"                     \
	"DELTA LOOM,01/02/2024,03/04/2025,4000.00,100.00,2,,N\n"
#define FORM_40_COST                                                                     \
	"5XX482,2025,DLSW,DELTA LOOM SOFTWARE "                                          \
	"INC,40,2024-01-02,2025-03-04,100.00,4000.00,0,L,N,E\n"

Test(overlap, a_file_without_shares_is_known_by_its_days_and_amounts)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, FORM_HEAD FORM_40_COST, &report);
	import_text(&home, NO_SHARES, &report);
	cr_expect(report.count[IMPORT_SAME] == 1 && report.count[IMPORT_NEW] == 0);
	cr_expect(standing_proceeds(&home) == 400000);
	home_end(&home);
}

/* More was sold by the statement than the form tells: another account's, and it stays. */
Test(overlap, a_form_that_tells_less_does_not_void_a_statement)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, STATEMENT SOLD_40, &report);
	import_text(&home,
		STATEMENT "Sell,DLSW,RS,90,02/05/2024,0.00,1000.00,1000.00,03/04/2025,"
			  "9000.00,Long\n",
		&report);
	import_text(&home, FORM_HEAD FORM_40, &report);
	cr_expect(report.count[IMPORT_CHANGED] == 1);
	cr_expect(standing_proceeds(&home) == 1300000, "%lld",
		(long long)standing_proceeds(&home));
	home_end(&home);
}

static const struct {
	const char *first, *second;
	bool same;
} accounts[] = {
	{ "XXXX-X482", "...482", true },
	{ "XXXX-X482", "Individual ...482", true },
	{ "XXXX-X482", "XXXX-X483", false },
	{ "Z99912345", "...2345", true },
	{ "100001482", "555482", false },
	{ "A1", "B1", false },
};

Test(overlap, masked_accounts_are_compared_by_the_digits_they_show)
{
	for (size_t i = 0; i < COUNT(accounts); i++) {
		struct home home;
		struct import_report report;
		const struct import_options first = { .account = accounts[i].first };
		const struct import_options second = { .account = accounts[i].second };

		home_make(&home);
		home_write(&home, FORM_HEAD FORM_40);
		cr_assert(import_one(&home, home.file, &first, &report));
		home_write(&home, FORM_HEAD FORM_40 "\n");
		cr_assert(import_one(&home, home.file, &second, &report));
		cr_expect((report.count[IMPORT_SAME] == 1) == accounts[i].same,
			"%s and %s", accounts[i].first, accounts[i].second);
		home_end(&home);
	}
}

/* ---- digital assets ---------------------------------------------------------------------- */

Test(overlap, digital_assets_have_boxes_of_their_own_from_2025_on)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	import_text(&home,
		"Currency Name,Purchase Date,Cost Basis,Date Sold,Proceeds\n"
		"BTC,04/05/2021,212.40,05/15/2025,431.77\n"
		"BTC,04/11/2025,300.00,05/15/2025,427.50\n"
		"BTC,01/15/2023,300.00,01/15/2024,427.50\n"
		"BTC,01/15/2023,300.00,01/16/2024,427.50\n",
		&report);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 4);
	cr_expect(facts.at[0].box == 'L' && facts.at[1].box == 'I');
	/* Held one year is not longer than one year. */
	cr_expect(facts.at[2].box == 'C' && facts.at[3].box == 'F');
	facts_release(&facts);
	home_end(&home);
}

/* ---- waivers ----------------------------------------------------------------------------- */

Test(overlap, a_waiver_is_a_fact)
{
	struct home home;
	struct import_report report;
	struct facts facts;
	const struct import_options options = { .waive = "a row was left out" };

	home_make(&home);
	home_write(&home,
		"Security,Trans type,Qty,Open date,Adj cost,Close date,Adj proceeds,Adj "
		"gain($),Adj gain(%),Term\n"
		"Acme "
		"(ACRB),Sell.FIFO,40.,3/11/2022,100.00,6/20/"
		"2022,150.00,50.00,50,Short-term\n"
		"Total:,,,,100.00,,151.00,50.00,,\n");
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.row == 3, "%s", home.why.message);
	cr_assert(
		import_one(&home, home.file, &options, &report), "%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	const struct fact *const waiver = find(&facts, FACT_WAIVER, 0);

	cr_assert(waiver != NULL);
	cr_expect(waiver->year == 2022 && waiver->source.row == 3);
	cr_expect(
		strcmp(names_text(facts.names, waiver->text), "a row was left out") == 0);
	cr_expect(strcmp(names_text(facts.names, waiver->name),
			  "total: proceeds: the file says 151.00, its rows add up to "
			  "150.00, a "
			  "difference of 1.00") == 0);
	facts_release(&facts);
	home_end(&home);
}

/* What statements of plans and realized lots do, one test a trap. */
#include "tests/import/expect.h"

/* ---- totals and titles ------------------------------------------------------------------ */

#define GENERIC                                                                          \
	"Description of Property,Date Acquired,Date Sold,Proceeds,Cost or Other Basis,"  \
	"Gain or (Loss)\n"

Test(traps, a_security_whose_name_begins_with_total_is_no_total)
{
	struct collected all;

	read_well(&all,
		GENERIC "TOTALENERGIES SE,01/02/2024,03/04/2025,100.00,90.00,10.00\n"
			"APPLE INC,01/02/2024,03/04/2025,10.00,9.00,1.00\n"
			"Total,,,110.00,99.00,11.00\n");
	cr_expect(all.count == 2 && all.file.skipped == 1 && all.file.totals == 2 &&
		all.file.difference[0] == '\0');
	expect_text(all.row[0].description, "TOTALENERGIES SE");
	collect_release(&all);
}

Test(traps, the_word_for_a_total_may_stand_in_any_cell)
{
	static const char *const rows[] = { ",,Total,11.00,9.00,2.00\n",
		",Grand total:,,11.00,9.00,2.00\n", "Totals:,,,11.00,9.00,2.00\n" };

	for (size_t i = 0; i < COUNT(rows); i++) {
		struct collected all;
		char text[512];

		snprintf(text, sizeof text,
			GENERIC "APPLE INC,01/02/2024,03/04/2025,10.00,9.00,1.00\n%s",
			rows[i]);
		read_well(&all, text);
		cr_expect(all.count == 1 && all.file.difference_line == 3, "%s", rows[i]);
		collect_release(&all);
	}
}

#define SCHWAB_BOXES                                                                     \
	"\"Account\",\"XXXX-X482\"\n\"Tax Year\",\"2025\"\n\"Form 1099 B\",\"\"\n"       \
	"\"1a\",\"1b\",\"1c\",\"1d\",\"1e\",\"1f\",\"1g\",\"2\",\"\",\"3\",\"4\","       \
	"\"5\",\"6\",\"\"\n"                                                             \
	"\"40.00 ACME INC\",\"03/11/2025\",\"06/20/2025\",\"80.00\",\"60.00\","          \
	"\"$0.00\",\"$0.00\",\"Short Term\",\"A\",\"\",\"0.00\",\"Covered\",\"Gross "    \
	"proceeds\",\"\"\n"

Test(traps, totals_of_a_composite_are_compared_and_are_no_rows)
{
	struct collected all;

	read_well(&all,
		SCHWAB_BOXES
		"\"Total\",\"\",\"\",\"80.00\",\"60.00\",\"\",\"\",\"\",\"\"\n");
	cr_expect(
		all.count == 1 && all.file.totals == 2 && all.file.difference[0] == '\0');
	collect_release(&all);
	read_well(&all,
		SCHWAB_BOXES
		"\"Total\",\"\",\"\",\"81.00\",\"60.00\",\"\",\"\",\"\",\"\"\n");
	cr_expect(all.file.difference_line == 6, "%s", all.file.difference);
	collect_release(&all);
}

/* A spreadsheet makes all rows as long as the longest one, headings too. */
Test(traps, headings_may_be_filled_up_with_blank_cells)
{
	static const char *const texts[] = {
		"Account,XXXX-X482,,,,,,,,,,,\nTax Year,2025,,,,,,,,,,,\n"
		"Form 1099DIV,,,,,,,,,,,,\n1a,Ordinary,,12.50,,,,,,,,,\n"
		"Form 1099 B,,,,,,,,,,,,\nCorrected,Yes,,,,,,,,,,,\n"
		"1a,1b,1c,1d,1e,1f,1g,2,,3,4,5,6\n"
		"40.00 ACME INC,3/11/2025,6/20/2025,80,60,$0.00,$0.00,Short Term,A,,0,"
		"Covered,Gross proceeds\n",
		"\"Transaction Details for Equity Awards Center account\",,,,,,,,,,,,,,\n"
		"Date,Action,Symbol,Description,Quantity,Fees & Commissions,"
		"Disbursement Election,Amount,,,,,,,\n"
		"6/20/2025,Sale,XYZ,Share Sale,40,$0.00,,$80.00,,,,,,,\n"
		",Type,Shares,Sale Price,Vest Date,Gross Proceeds,,,,,,,,,\n"
		",RS,40,$2.00,3/11/2025,$80.00,,,,,,,,,\n",
	};

	for (size_t i = 0; i < COUNT(texts); i++) {
		struct collected all;

		read_well(&all, texts[i]);
		cr_assert(all.count == 1, "%s", texts[i]);
		expect_text(all.row[0].quantity, i == 0 ? "40.00" : "40");
		expect_day(all.row[0].acquired, "2025-03-11");
		expect_day(all.row[0].sold, "2025-06-20");
		if (i == 0) {
			expect_text(all.row[0].account, "XXXX-X482");
			cr_expect(all.file.corrected && all.file.tax_year == 2025);
			cr_expect(all.file.income.of[INCOME_DIVIDENDS].cents == 1250);
		}
		collect_release(&all);
	}
}

#define WEB                                                                              \
	"Symbol\tDescription\tQuantity\tClosed Date\tProceeds\tCost Basis (CB)\t"        \
	"Gain/Loss ($)\tShort Term Gain/Loss\tLong Term Gain/Loss\tDisallowed Loss\n"    \
	"XYZ\tXYZ CORP\t100\t08/04/2025\t$8,500.00\t$10,000.00\t($1,500.00)\t"           \
	"($1,500.00)\t--\t$0.00\n"

Test(traps, commas_in_a_title_do_not_make_it_a_header)
{
	struct collected all;

	read_well(&all,
		"Realized Gain/Loss for Individual, Joint, and more as of "
		"2026/01/03\n" WEB);
	cr_assert(all.count == 1);
	expect_text(all.row[0].symbol, "XYZ");
	expect_text(all.row[0].proceeds, "8500.00");
	cr_expect(all.row[0].term == TERM_SHORT);
	collect_release(&all);
}

/* ---- accounts for retirement ------------------------------------------------------------ */

#define LOTS                                                                             \
	"\"Symbol\",\"Name\",\"Closed Date\",\"Opened Date\",\"Quantity\",\"Proceeds\"," \
	"\"Cost Basis (CB)\",\"Term\",\"Disallowed Loss\",\"Transaction Closed Date\"\n" \
	"\"XYZ\",\"XYZ CORP\",\"08/04/2025\",\"01/02/2024\",\"100\",\"$1,500.00\","      \
	"\"$1,600.00\",\"Long Term\",\"\",\"08/04/2025\"\n"

/* Words of a banner that stand for such an account, and words that only look so. */
static const struct {
	const char *banner;
	size_t rows;
} banners[] = {
	{ "\"Schwab IRA GainLoss Realized Details\"\n", 0 },
	{ "\"Realized Gain/Loss for Rollover_IRA as of 2026/01/03\"\n", 0 },
	{ "\"Roth Contributory IRA ...222\"\n", 0 },
	{ "\"Individual 401(k) ...222\"\n", 0 },
	{ "\"Individual ...401\"\n", 1 },
	{ "\"Rothman Trust ...119\"\n", 1 },
	{ "\"Joint Tenant ...1403\"\n", 1 },
};

Test(traps, an_account_is_for_retirement_by_whole_words)
{
	for (size_t i = 0; i < COUNT(banners); i++) {
		struct collected all;
		char text[1024];

		snprintf(text, sizeof text, "%s" LOTS, banners[i].banner);
		read_well(&all, text);
		cr_expect(all.count == banners[i].rows, "%s", banners[i].banner);
		cr_expect((strstr(all.file.note, "left out") != NULL) ==
			(banners[i].rows == 0));
		collect_release(&all);
	}
}

Test(traps, the_name_of_a_file_may_say_that_it_is_of_an_ira)
{
	char folder[] = "/tmp/dualbasis-test-XXXXXX";
	char path[128];
	struct collected all;

	cr_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/Rollover_IRA_GainLoss_Realized_Details_2026.csv",
		folder);
	FILE *const file = fopen(path, "wb");

	cr_assert(file != NULL &&
		fputs("\"Realized Gain/Loss - Lot Details for ...615 as of Wed Sep "
		      "16\"\n" LOTS,
			file) >= 0 &&
		fclose(file) == 0);
	collect_file(&all, path, NULL);
	cr_expect(all.done && all.count == 0 &&
		strstr(all.file.note, "retirement") != NULL);
	collect_release(&all);
	unlink(path);
	rmdir(folder);
}

Test(traps, a_total_is_of_the_account_above_it)
{
	struct collected all;

	read_well(&all,
		"\"Realized Gain/Loss - Lot Details for All_Accounts as of Wed\"\n"
		"\"Individual ...119\"\n" LOTS
		"\"Total\",\"\",\"\",\"\",\"\",\"$1,500.00\",\"$1,600.00\"\n"
		"\"Joint Tenant ...333\"\n" LOTS
		"\"Total\",\"\",\"\",\"\",\"\",\"$1,500.00\",\"$1,600.00\"\n"
		"\"Total\",\"\",\"\",\"\",\"\",\"$3,000.00\",\"$3,200.00\"\n");
	cr_expect(
		all.count == 2 && all.file.totals == 6 && all.file.difference[0] == '\0',
		"%s", all.file.difference);
	collect_release(&all);
}

/* ---- Equity Awards Center --------------------------------------------------------------- */

#define SALE_HEAD                                                                        \
	"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\","                   \
	"\"FeesAndCommissions\",\"DisbursementElection\",\"Amount\",\"Type\","           \
	"\"Shares\",\"SalePrice\",\"GrantId\",\"VestDate\",\"VestFairMarketValue\","     \
	"\"GrossProceeds\",\"TotalCostBasis\",\"HoldingPeriod\"\n"

Test(traps, gross_proceeds_left_blank_are_shares_times_price)
{
	struct collected all;

	read_well(&all,
		SALE_HEAD
		"\"04/20/2026\",\"Sale\",\"XYZ\",\"Share Sale\",\"100\",\"$0.48\",\"\","
		"\"$19,999.52\"\n"
		"\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"RS\",\"50\",\"$200.0000\","
		"\"100001\",\"12/13/2023\",\"$48.088\",\"\",\"$2,404.40\",\"LONG TERM\"\n"
		"\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"RS\",\"0.1255\",\"$33.3333\","
		"\"100001\",\"12/13/2023\",\"$48.088\",\"\",\"\",\"LONG TERM\"\n");
	cr_assert(all.count == 2);
	expect_text(all.row[0].proceeds, "10000.00");
	expect_text(all.row[0].basis, "2404.40");
	expect_text(all.row[1].proceeds, "4.18");
	collect_release(&all);
}

/* Each action, and the kind that it becomes. */
static const struct {
	const char *action, *description;
	enum row_kind kind;
} actions[] = {
	{ "Sale", "Share Sale", ROW_SALE },
	{ "Quick Sale", "Share Sale", ROW_SALE },
	{ "Forced Quick Sale", "Share Sale", ROW_SALE },
	{ "Forced Quick Sell", "Share Sale", ROW_SALE },
	{ "Forced Sell", "Share Sale", ROW_SALE },
	{ "Lapse", "Restricted Stock Lapse", ROW_RSU_VEST },
	{ "Deposit", "RS", ROW_TRANSFER },
	{ "Deposit", "ESPP", ROW_ESPP_PURCHASE },
	{ "Deposit", "Div Reinv", ROW_TRANSFER },
	{ "Exercise and Sell", "", ROW_OPTION_EXERCISE },
	{ "Exercise and Hold", "", ROW_OPTION_EXERCISE },
	{ "Sell to Cover", "", ROW_OPTION_EXERCISE },
	{ "Dividend", "Credit", ROW_DIVIDEND },
	{ "Dividend Reinvested", "", ROW_DIVIDEND },
	{ "Tax Withholding", "Debit", ROW_TAX_WITHHOLDING },
	{ "Tax Reversal", "Credit", ROW_TAX_REVERSAL },
	{ "Wire Transfer", "Cash Disbursement", ROW_TRANSFER },
	{ "Journal", "", ROW_TRANSFER },
	{ "Forced Disbursement", "", ROW_TRANSFER },
	{ "Adjustment", "", ROW_TRANSFER },
	{ "Gift", "", ROW_TRANSFER },
};

Test(traps, each_action_of_the_awards_center_has_its_kind)
{
	for (size_t i = 0; i < COUNT(actions); i++) {
		struct collected all;
		char text[512];

		snprintf(text, sizeof text,
			"\"Transaction Details for Equity Awards Center account\"\n"
			"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\","
			"\"Fees & Commissions\",\"Disbursement Election\",\"Amount\"\n"
			"\"05/06/2025\",\"%s\",\"XYZ\",\"%s\",\"5\",\"\",\"\",\"$9.00\"\n"
			"\"\",\"Purchase Date\",\"Purchase Price\",\n"
			"\"\",\"05/05/2025\",\"$68.00\",\n",
			actions[i].action, actions[i].description);
		read_well(&all, text);
		cr_expect(all.count == 1 && all.row[0].kind == actions[i].kind, "%s, %s",
			actions[i].action, actions[i].description);
		if (actions[i].kind == ROW_ESPP_PURCHASE) {
			expect_day(all.row[0].acquired, "2025-05-05");
			cr_expect(!day_known(all.row[0].sold));
		}
		collect_release(&all);
	}
}

/* Newer files wrap each detail, older ones do not and write names in lower camel case. */
static const char *const awards[] = {
	"{\"FromDate\":\"01/01/2025\",\"Transactions\":[{\"Date\":\"05/01/2025\","
	"\"Action\":\"Sale\",\"Symbol\":\"XYZ\",\"Quantity\":\"14\",\"Amount\":null,"
	"\"TransactionDetails\":[{\"Details\":{\"Type\":\"RS\",\"Shares\":\"12.5\","
	"\"SalePrice\":\"$100.00\",\"VestDate\":\"02/15/2023\",\"GrossProceeds\":null}},"
	"{\"Details\":{\"Type\":\"RS\",\"Shares\":\"2\",\"SalePrice\":\"$100.00\","
	"\"VestDate\":\"02/15/2024\",\"GrossProceeds\":\"$200.00\"}}]}]}",
	"{\"totalTransactionCount\":1,\"transactions\":[{\"typeName\":\"X\","
	"\"eventDate\":\"05/01/2025\",\"action\":\"Sale\",\"symbol\":\"XYZ\","
	"\"quantity\":\"14\",\"quantitySortValue\":14,\"totalCommissionsAndFees\":null,"
	"\"transactionDetails\":[{\"type\":\"RS\",\"shares\":\"12.5\","
	"\"salePrice\":\"$100.00\",\"vestDate\":\"02/15/2023\"},"
	"{\"type\":\"RS\",\"shares\":\"2\",\"salePrice\":\"$100.00\","
	"\"vestDate\":\"02/15/2024\",\"grossProceeds\":\"$200.00\"}]}]}",
};

Test(traps, details_in_json_are_read_wrapped_and_bare)
{
	for (size_t i = 0; i < COUNT(awards); i++) {
		struct collected all;

		read_well(&all, awards[i]);
		cr_assert(all.count == 2);
		expect_text(all.row[0].quantity, "12.5");
		expect_text(all.row[0].proceeds, "1250.00");
		expect_day(all.row[0].acquired, "2023-02-15");
		expect_day(all.row[0].sold, "2025-05-01");
		expect_text(all.row[1].quantity, "2");
		expect_text(all.row[1].proceeds, "200.00");
		expect_day(all.row[1].acquired, "2024-02-15");
		collect_release(&all);
	}
}

#define VEST_HEAD                                                                        \
	"Date,Action,Symbol,Description,Quantity,FeesAndCommissions,"                    \
	"DisbursementElection,Amount,AwardDate,AwardId,VestDate,VestFairMarketValue,"    \
	"FairMarketValuePrice,NetSharesDeposited\n"
#define DEPOSIT                                                                          \
	"11/18/2025,Deposit,XYZ,RS,19,,,,,,,,,\n"                                        \
	",,,,,,,,08/15/2023,R40212,11/17/2025,$118.92,,\n"
#define LAPSE                                                                            \
	"11/17/2025,Lapse,XYZ,Restricted Stock Lapse,30,,,,,,,,,\n"                      \
	",,,,,,,,08/15/2023,R40212,,,$118.92,19\n"

Test(traps, a_deposit_without_its_lapse_is_told)
{
	struct collected all;

	read_well(&all, VEST_HEAD DEPOSIT);
	cr_expect(strstr(all.file.note, "without their lapse: 1") != NULL, "%s",
		all.file.note);
	collect_release(&all);
	read_well(&all, VEST_HEAD DEPOSIT LAPSE);
	cr_expect(all.count == 2 && all.file.note[0] == '\0', "%s", all.file.note);
	collect_release(&all);
}

/* Prices are printed rounded, so that the amount of many shares strays from their product. */
Test(traps, an_amount_may_stray_by_what_its_price_was_rounded)
{
	static const struct {
		const char *price, *amount;
		bool good;
	} sales[] = {
		{ "$100.12", "$50,062.31", true }, /* 100.12462 a share */
		{ "$100.12", "$50,064.00", false },
		{ "$100.1246", "$50,062.31", true },
		{ "$100.1246", "$50,064.00", false },
	};

	for (size_t i = 0; i < COUNT(sales); i++) {
		struct collected all;
		char text[640];

		snprintf(text, sizeof text,
			SALE_HEAD
			"\"04/20/2026\",\"Sale\",\"XYZ\",\"Share Sale\",\"500\","
			"\"\",\"\",\"%s\"\n"
			"\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"RS\",\"500\","
			"\"%s\",\"1\",\"12/13/2023\",\"$48.088\",\"\",\"\",\"\"\n",
			sales[i].amount, sales[i].price);
		read_well(&all, text);
		cr_expect((all.file.difference[0] == '\0') == sales[i].good, "%s: %s",
			sales[i].amount, all.file.difference);
		collect_release(&all);
	}
}

/* ---- other plans ------------------------------------------------------------------------ */

/* The name twice: of cash, then of shares. 0 of both: the quantity is what was left already. */
Test(traps, net_shares_stand_in_the_second_column_of_the_name)
{
	struct collected all;

	read_well(&all,
		"Date,Order Number,Plan,Type,Order Status,Price,Quantity,"
		"Net Share Proceeds,Net Share Proceeds,Tax Payment Method\n"
		"25-Jan-2025,N/A,GSU Class C,Released Shares,Completed,$280.494582,"
		"11.269,$0.00,0.000,N/A\n"
		"25-Feb-2025,ORDER3C,GSU Class C,Release,Complete,$102.25,400.000,$0.00,"
		"212.0,Fractional Shares\n"
		"25-Feb-2025,ORDER4C,GSU Class C,Release,Cancelled,$102.25,400.000,$0.00,"
		"212.0,Fractional Shares\n");
	cr_assert(all.count == 2);
	expect_text(all.row[0].quantity, "11.269");
	expect_text(extra(&all.row[0], "net_shares"), "");
	expect_text(extra(&all.row[1], "net_shares"), "212.0");
	collect_release(&all);
}

#define STOCK_HEAD                                                                       \
	"Record Type,Symbol,Grant Date,Settlement Type,Vested Qty.,Grant Number,Date,"   \
	"Event Type,Vest Period,Vest Date,Vested Qty.,Released Qty,Taxable Gain\n"       \
	"Grant,XYZ,15-MAR-2024,Stock,45,G77,,,,,,,\n"
#define VESTED(period, day, shares)                                                      \
	"Vest Schedule,,,,,G77,,," period "," day "," shares "," shares ",\n"
#define WITHHELD(period, gain) "Tax Withholding,,,,,G77,,," period ",,,," gain "\n"

Test(traps, a_withholding_is_joined_to_its_vest_wherever_it_stands)
{
	struct collected all;

	read_well(&all,
		STOCK_HEAD VESTED("1", "03/15/2025", "25") VESTED("2", "06/15/2025", "20")
			VESTED("3", "09/15/2027", "0") WITHHELD("2", "2000") WITHHELD("1",
				"2500.5") WITHHELD("1", "9999") "Totals,,,,45,,,,,,,,\n");
	cr_assert(all.count == 2);
	expect_text(all.row[0].fmv, "100.02");
	expect_text(all.row[0].quantity, "25");
	expect_day(all.row[0].acquired, "2025-03-15");
	expect_text(all.row[1].fmv, "100.00");
	expect_day(all.row[1].acquired, "2025-06-15");
	collect_release(&all);
}

#define GAINS_HEAD                                                                       \
	"Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,"          \
	"Ordinary Income Recognized Per Share,Date Sold,Total Proceeds,Grant Date FMV,"  \
	"Purchase Date Fair Mkt. Value,Vest Date FMV,Exercise Date FMV\n"

/* "15at1900" is the day of that number in a spreadsheet, which some readers show as a day. */
Test(traps, a_value_shown_as_a_day_of_1900_is_made_of_the_income)
{
	static const char *const values[] = { "28at1900,0at1900,28at1900,0at1900",
		"1900-01-28,1900-01-00,1900-01-28,1/0/1900",
		"01/28/1900,--,01/28/1900,--" };

	for (size_t i = 0; i < COUNT(values); i++) {
		struct collected all;
		char text[512];

		snprintf(text, sizeof text,
			GAINS_HEAD "Sell,XYZ,RS,10,05/01/2023,$0.00,$28.05,06/02/2023,"
				   "$500.00,%s\n",
			values[i]);
		read_well(&all, text);
		expect_text(extra(&all.row[0], "vest_fmv"), "28.05");
		expect_text(extra(&all.row[0], "grant_fmv"), "");
		expect_text(extra(&all.row[0], "purchase_fmv"), "");
		expect_text(extra(&all.row[0], "exercise_fmv"), "");
		collect_release(&all);
	}
	struct collected all;

	read_badly(&all,
		GAINS_HEAD "Sell,XYZ,RS,10,05/01/2023,$0.00,$28.05,06/02/2023,$500.00,"
			   "x/1900,,,\n",
		2, 10,
		"column \"Grant Date FMV\": \"x/1900\" is not an amount (want 1,234.56)");
}

/* ---- tax forms -------------------------------------------------------------------------- */

/* Only the place of the tax withheld is known for certain, and its words. */
Test(traps, tax_withheld_is_known_by_its_words)
{
	static const char *const names[] = { "1099-B-4 Federal Income Tax Withheld",
		"Federal Income Tax Withheld", "1099-B-Federal Income Tax Withheld" };

	for (size_t i = 0; i < COUNT(names); i++) {
		struct collected all;
		char text[512];

		snprintf(text, sizeof text,
			"1099-B-Detail   ,Account,1099-B-1a Description,Quantity,"
			"1099-B-1b Date Acquired,1099-B-1c Date Sold,1099-B-1d Proceeds,"
			"1099-B-1e Cost,%s,Term,Covered/Uncovered\n"
			"1099-B-Detail   ,Z1,ACME INC,1,03/11/98,06/20/25,100.00,70.00,"
			"3.00,LONG TERM,COVERED\n",
			names[i]);
		read_well(&all, text);
		expect_text(all.row[0].federal_withheld, "3.00");
		collect_release(&all);
	}
}

Test(traps, a_section_that_is_not_read_is_told)
{
	struct collected all;

	read_well(&all,
		"1099-DIV,ACCOUNT NUMBER,TAX YEAR,ORDINARY DIV\n"
		"1099-DIV,000000000,2024,12.50\n"
		"1099-MISC,ACCOUNT NUMBER,TAX YEAR,OTHER INCOME\n"
		"1099-MISC,000000000,2024,25.00\n");
	cr_expect(all.file.tax_year == 2024 &&
		all.file.income.of[INCOME_DIVIDENDS].cents == 1250);
	cr_expect(strstr(all.file.note, "line 4: the section 1099-MISC is not read") !=
			NULL,
		"%s", all.file.note);
	collect_release(&all);
}

Test(traps, boxes_that_are_not_read_are_told)
{
	struct collected all;

	read_well(&all,
		"1099 Summary   ,Account,1099-DIV-1A Total Ordinary Dividends,"
		"1099-DIV-2E Section 897 Ordinary Dividends,1099-MISC-3 Other Income\n"
		"1099 Summary   ,Z1,12.50,0000000000.00,0000000025.00\n");
	cr_expect(all.file.income.of[INCOME_DIVIDENDS].cents == 1250);
	cr_expect(strstr(all.file.note, "\"1099-MISC-3 Other Income\" of 25.00") != NULL,
		"%s", all.file.note);
	collect_release(&all);
	read_well(&all,
		SCHWAB_BOXES
		"\"Form 1099MISC\",\"\"\n\"Box\",\"Description\",\"Amount\",\"Total\"\n"
		"\"3\",\"Other income\",\"\",\"25.00\"\n");
	cr_expect(strstr(all.file.note, "line 8: a section of another form") != NULL,
		"%s", all.file.note);
	collect_release(&all);
}

/* ---- transactions ----------------------------------------------------------------------- */

Test(traps, a_short_position_is_not_sold_when_it_is_opened)
{
	struct collected all;

	read_well(&all,
		"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\","
		"\"Fees & Comm\",\"Amount\"\n"
		"\"02/05/2025\",\"Sell Short\",\"ABC\",\"ABC INC\",\"5\",\"$10.00\",\"\","
		"\"$50.00\"\n"
		"\"Transactions Total\",\"\",\"\",\"\",\"\",\"\",\"\",\"$50.00\"\n");
	cr_expect(all.count == 0);
	collect_release(&all);
}

Test(traps, an_unknown_kind_of_transaction_is_told)
{
	struct collected all;

	read_well(&all,
		"Transaction date,Transaction type,Investment name,Shares,Amount\n"
		"Feb-28-2025,SHARES FORFEITED,XYZ INC,41,\"-$3,408.33\"\n");
	cr_expect(all.count == 0 &&
			strstr(all.file.note, "\"SHARES FORFEITED\" is not known") !=
				NULL,
		"%s", all.file.note);
	collect_release(&all);
}

/* ---- what a file could be mistaken for --------------------------------------------------- */

#define ANY18 ",1,1,1,1,1,1,1,1,1,1,1,1,1,1,1\n"

static const struct {
	const char *name, *text, *format;
} mistaken[] = {
	{ "a title of Schwab's above another table",
		"Realized Gain/Loss Report of 2025\n" GENERIC
		"A,03/04/2024,03/04/2025,10,5,5\n",
		"generic-8949" },
	{ "a heading of Schwab's above another table",
		"Form 1099-B,,,,,\n" GENERIC "A,03/04/2024,03/04/2025,10,5,5\n",
		"generic-8949" },
	{ "a symbol that is a plan's word, in eighteen columns",
		"Account,Name,Symbol" ANY18 "Z1,Reliance,RS" ANY18, NULL },
	{ "transactions of another make in JSON",
		"{\"transactions\":[{\"date\":\"2025-01-02\",\"amount\":5}]}", NULL },
	{ "history, not awards",
		"Date,Action,Symbol,Description,Quantity,Price,Fees & Comm,Amount\n"
		"01/02/2025,Buy,A,A INC,1,$5,,-$5\n",
		"schwab-history" },
};

Test(traps, a_likeness_is_not_enough_for_a_format)
{
	for (size_t i = 0; i < COUNT(mistaken); i++) {
		struct collected all;

		collect_text(&all, mistaken[i].text, NULL);
		cr_expect(all.done == (mistaken[i].format != NULL), "%s: %s",
			mistaken[i].name, all.why.message);
		if (all.done)
			expect_text(all.file.format, mistaken[i].format);
		else
			cr_expect(strstr(all.why.message, "no format that is known") !=
						NULL ||
					strstr(all.why.message, "has no \"Action\"") !=
						NULL,
				"%s: %s", mistaken[i].name, all.why.message);
		collect_release(&all);
	}
}

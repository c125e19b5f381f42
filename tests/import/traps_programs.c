/* What files of tax programs, crypto tools and traders do, one test a trap. */
#include "tests/import/expect.h"

#define SAMPLES "tests/import/samples/"

/* ---- adjustments ------------------------------------------------------------------------------- */

#define FORM_8949                                                                        \
	"Description of Property,Date Acquired,Date Sold,Proceeds,Cost,Code,Adjustment," \
	"Gain or (Loss)\n"

Test(traps, columns_f_and_g_of_form_8949_are_a_wash_sale_under_w_alone)
{
	struct collected all;

	read_well(&all,
		FORM_8949
		"3 sh ACME,01/02/2025,06/05/2025,100.00,150.00,W,30.00,-20.00\n"
		"3 sh ACME,01/02/2025,06/06/2025,100.00,150.00,BW,(12.50),-37.50\n"
		"3 sh ACME,01/02/2025,06/07/2025,100.00,150.00,B,-5.00,-55.00\n"
		"3 sh ACME,01/02/2025,06/08/2025,100.00,150.00,,,-50.00\n");
	expect_text(all.row[0].wash_disallowed, "30.00");
	expect_text(all.row[1].wash_disallowed, "12.50");
	expect_text(all.row[2].wash_disallowed, "0.00");
	expect_text(all.row[3].wash_disallowed, "0.00");
	cr_expect(flagged(&all.row[2], "other than a wash sale"));
	cr_expect(*all.row[3].flags == NULL);
	/* What is not used is told. */
	expect_text(all.file.note,
		"line 4: an adjustment of -5.00 under code \"B\" is not used: only W is");
	collect_release(&all);
}

Test(traps, an_adjustment_without_a_code_is_told)
{
	struct collected all;

	read_well(&all,
		"\"2 ACME\",01/30/2018,03/13/2018,216.70,226.72,,10.02,0,Short-term\n");
	expect_text(all.row[0].wash_disallowed, "0.00");
	cr_expect(strstr(all.file.note, "an adjustment of 10.02") != NULL, "%s",
		all.file.note);
	collect_release(&all);
}

Test(traps, a_w_may_have_a_column_of_its_own)
{
	struct collected all;

	read_well(&all,
		"Description,Date Acquired,Date Sold,Sales Proceeds,Cost or Other "
		"Basis,Wash "
		"Sale,Adjustment Code,Adjustment Amount\n"
		"ACME,01/05/2024,05/06/2024,100,120,W,,20\n"
		"ACME,01/05/2024,05/07/2024,100,120,No,,\n"
		"ACME,01/05/2024,05/08/2024,100,120,W,,\n");
	expect_text(all.row[0].wash_disallowed, "20");
	expect_text(all.row[1].wash_disallowed, "0.00");
	cr_expect(*all.row[1].flags == NULL);
	cr_expect(flagged(&all.row[2], "whose amount is not shown"));
	collect_release(&all);
}

Test(traps, a_blank_day_of_acquisition_does_not_hide_a_file_without_a_header)
{
	struct collected all;

	read_well(&all,
		"\"2.5 ACME TR\",\"\",03/13/2018,216.7,226.72,,0,-10.02,Long-term\n");
	cr_expect(strcmp(all.file.format, "wealthfront") == 0);
	cr_expect(!day_known(all.row[0].acquired) && !all.row[0].various);
	expect_text(all.row[0].quantity, "2.5");
	collect_release(&all);
}

/* ---- boxes, terms, coverage -------------------------------------------------------------------- */

Test(traps, coverage_and_terms_come_as_letters_words_and_digits)
{
	struct collected all;

	read_well(&all,
		"Description,DtAcq,DtSold,Proceeds,Cost,Type,Code,Covered\n"
		"ACME,01/05/2024,05/06/2024,100.00,120.00,1,,1\n"
		"ACME,01/05/2020,05/06/2024,100.00,120.00,2,,0\n"
		"ACME,Various,05/06/2024,100.00,120.00,Long,,Y\n"
		"ACME,,05/06/2024,100.00,1.00,S,,N\n"
		"ACME,,05/06/2024,100.00,1.00,9,,\n");
	cr_expect(all.row[0].box == 'A' && all.row[1].box == 'E' &&
		all.row[2].box == 'D' && all.row[3].box == 'B');
	cr_expect(all.row[4].box == 0 && all.row[4].term == TERM_UNKNOWN &&
		all.row[4].covered == COVERED_UNKNOWN);
	collect_release(&all);
}

Test(traps, a_box_may_be_called_one)
{
	struct collected all;

	collect_file(&all, SAMPLES "gainskeeper/report_without_open_dates.xlsx", NULL);
	cr_assert(all.done, "%s", all.why.message);
	cr_expect(all.row[0].box == 'A' && all.row[2].box == 'D');
	/* The asterisk and what stands before it are no part of the name. */
	expect_text(all.row[1].description, ".SPX 06/17/2022 4000 C");
	collect_release(&all);
}

Test(traps, apex_says_c_and_n_and_has_contracts_among_the_sales)
{
	struct collected all;

	collect_file(&all, SAMPLES "apex-8949/2022-1099-gain-loss.csv", NULL);
	cr_assert(all.done && all.count == 6, "%s", all.why.message);
	cr_expect(all.row[0].covered == COVERED_YES && all.row[1].covered == COVERED_NO);
	expect_text(all.row[0].wash_disallowed, "14.25");
	cr_expect(all.row[0].box == 'A' && all.row[1].various);
	/* A short position is no row of odd days. */
	cr_expect(!flagged(&all.row[2], "acquired after sold"));
	/* With an aggregate it is a contract, whatever its other columns say. */
	cr_expect(all.row[3].kind == ROW_1256 && all.row[4].kind == ROW_1256);
	cr_expect(all.file.income.of[INCOME_CONTRACTS].cents == 50000);
	collect_release(&all);
}

Test(traps, tastytrade_has_other_names_and_an_option_is_not_its_underlying)
{
	struct collected all;

	collect_file(&all, SAMPLES "tastytrade/tastytrade_8949_2023.csv", NULL);
	cr_assert(all.done && all.count == 2, "%s", all.why.message);
	expect_text(all.row[0].symbol, NULL);
	expect_text(all.row[1].symbol, "QUAX");
	expect_text(all.row[1].wash_disallowed, "20.00");
	cr_expect(all.row[0].box == 'A' && *all.row[0].flags == NULL);
	collect_release(&all);
	read_badly(&all,
		"security_description,underlying_symbol,quantity,cost,proceeds,term,8949_"
		"box\n"
		"ACME INC,ACME,10,120.00,100.00,L,D\n",
		1, 0,
		"the header has no column for the day of sale (want \"closing_date\")");
}

Test(traps, a_basis_below_zero_is_flagged)
{
	struct collected all;

	read_well(&all,
		"Description of Property,Date Acquired,Date Sold,Proceeds,Cost,Gain or "
		"(Loss)\n"
		"1 ACME,01/02/2020,06/05/2025,100.00,(5.00),105.00\n");
	cr_expect(flagged(&all.row[0], "less than zero"));
	collect_release(&all);
}

/* ---- accounts for retirement ------------------------------------------------------------------- */

#define MERRILL                                                                          \
	"Security,Security Description,Account Nickname,Account Registration,Account #," \
	"Acquisition Date,Liquidation Date,Quantity,Acquisition Price ($),Acquisition "  \
	"Cost ($),Liquidation Price ($),Liquidation Amount ($),Gain/Loss "               \
	"($),Short/Long\n"
#define MERRILL_ROW(nickname, kind)                                                      \
	"7A,ACME INC," nickname "," kind                                                 \
	",1AB,1/5/2024,12/6/2024,10,1,10.00,2,20.00,10.00,(Short Term)\n"

Test(traps, sales_in_accounts_for_retirement_are_left_out_wherever_it_stands)
{
	struct collected all;

	read_well(&all,
		MERRILL MERRILL_ROW("--", "CMA-Edge") MERRILL_ROW("--", "IRA-Edge")
			MERRILL_ROW("My Roth IRA", "IRRA-Edge")
				MERRILL_ROW("Rothman Trust", "CMA-Edge"));
	cr_expect(all.count == 2 && all.file.skipped == 2);
	cr_expect(strstr(all.file.note, "for retirement are left out") != NULL, "%s",
		all.file.note);
	collect_release(&all);
	read_well(&all,
		"Account Name,Account Number,Description,Acquired Date,Sale "
		"Date,Quantity,Unit "
		"Cost Basis,Unit Sale Price,Market Cost/Proceeds USD,Cost Basis USD,Long "
		"Term "
		"Realized Gain Loss USD,Short Term Realized Gain Loss USD\n"
		"TRADITIONAL "
		"IRA,...1,ACME,01/05/2020,05/06/2024,10,1,9,90.00,10.00,80.00,\n"
		"BROKERAGE,...2,ACME,01/05/2020,05/06/2024,10,1,9,90.00,10.00,80.00,\n");
	cr_assert(all.count == 1);
	expect_text(all.row[0].account, "...2");
	collect_release(&all);
}

/* ---- Flex -------------------------------------------------------------------------------------- */

Test(traps, the_cost_of_a_short_lot_is_what_its_opening_brought)
{
	struct collected all;

	collect_file(&all, SAMPLES "ibkr/flex_shorts_and_futures_2024.xml", NULL);
	cr_assert(all.done && all.count == 5, "%s", all.why.message);
	/* The long lot before it: the cost and the loss. */
	expect_text(all.row[0].proceeds, "60.25");
	expect_text(all.row[0].wash_disallowed, "20.25");
	expect_text(all.row[1].proceeds, "80.5");
	expect_text(all.row[1].basis, "60.25");
	collect_release(&all);
}

Test(traps, futures_are_no_sales_of_stock)
{
	struct collected all;

	collect_file(&all, SAMPLES "ibkr/flex_shorts_and_futures_2024.xml", NULL);
	cr_assert(all.done && all.sales == 4, "%s", all.why.message);
	cr_expect(all.row[3].kind == ROW_1256);
	cr_expect(strstr(all.file.note, "section 1256") != NULL, "%s", all.file.note);
	/* Lots do not show what year's end marks to market: no gain is made up. */
	cr_expect(all.file.income.of[INCOME_CONTRACTS].cents == 0);
	collect_release(&all);
}

#define FLEX     "<FlexQueryResponse><FlexStatements><FlexStatement accountId=\"U1\"><Trades>"
#define FLEX_END "</Trades></FlexStatement></FlexStatements></FlexQueryResponse>"

Test(traps, currencies_are_no_sales)
{
	struct collected all;

	read_well(&all,
		FLEX "<Lot currency=\"USD\" assetCategory=\"CASH\" symbol=\"EUR.USD\" "
		     "tradeDate=\"20240501\" quantity=\"10\" cost=\"11\" "
		     "fifoPnlRealized=\"1\" levelOfDetail=\"CLOSED_LOT\"/>" FLEX_END);
	cr_expect(all.count == 0 && strstr(all.file.note, "section 988") != NULL, "%s",
		all.file.note);
	collect_release(&all);
}

Test(traps, trades_without_their_lots_are_too_little)
{
	struct collected all;

	read_badly(&all,
		FLEX "<Trade symbol=\"ACME\" tradeDate=\"20240501\" quantity=\"-10\" "
		     "levelOfDetail=\"EXECUTION\"/>" FLEX_END,
		0, 0, "the file has trades and no closed lots");
}

/* ---- TXF --------------------------------------------------------------------------------------- */

#define TXF_SALE(type, copy, cost, sales)                                                \
	type "\nN321\nC" copy "\nL1\nP10 ACME\nD01/02/2024\nD12/15/2024\n$" cost         \
	     "\n$" sales "\n^\n"
#define TXF_TOP "V042\nASome Tool\n^\n"

Test(traps, a_summary_and_its_details_are_not_both_counted)
{
	struct collected all;

	read_well(&all,
		TXF_TOP TXF_SALE("TS", "1", "30.00", "26.00") TXF_SALE("TD", "1", "10.00",
			"12.00") TXF_SALE("TD", "1", "20.00", "14.00"));
	cr_assert(all.count == 2);
	expect_text(all.row[0].proceeds, "12.00");
	cr_expect(all.file.totals > 0 && all.file.difference[0] == '\0', "%s",
		all.file.difference);
	collect_release(&all);

	/* It is compared, and told where it differs. */
	read_well(&all,
		TXF_TOP TXF_SALE("TD", "1", "10.00", "12.00")
			TXF_SALE("TS", "1", "10.00", "12.01"));
	cr_expect(all.count == 1 &&
			strstr(all.file.difference, "summary of code 321: sales") != NULL,
		"%s", all.file.difference);
	collect_release(&all);

	/* Alone it stands for its sales, and so does one of another copy. */
	read_well(&all,
		TXF_TOP TXF_SALE("TS", "1", "30.00", "26.00")
			TXF_SALE("TD", "2", "10.00", "12.00"));
	cr_expect(all.count == 2 && all.file.difference[0] == '\0');
	collect_release(&all);
}

Test(traps, a_negative_cost_is_not_guessed_at)
{
	struct collected all;

	read_badly(&all, TXF_TOP TXF_SALE("TD", "1", "-1500.00", "1300.00"), 11, 0,
		"the cost -1500.00 is negative (TXF has the cost of a sale as a positive "
		"amount)");
}

Test(traps, txf_codes_that_are_of_no_use_are_all_told)
{
	struct collected all;

	read_well(&all,
		TXF_TOP
		"TS\nN460\n$5\n^\nTS\nN461\n$6\n^\nTS\nN553\n$7\n^\nTS\nN460\n$5\n^\n");
	expect_text(all.file.note,
		"amounts of TXF codes 460 (wages), 461 (federal tax withheld), 553 (Form "
		"1099-MISC) are not used");
	cr_expect(all.count == 0 && all.file.skipped == 4);
	collect_release(&all);
}

static const struct txf_code {
	int code;
	char box;
	enum term term;
	enum covered covered;
} txf_codes[] = {
	{ 321, 'A', TERM_SHORT, COVERED_YES },
	{ 711, 'B', TERM_SHORT, COVERED_NO },
	{ 712, 'C', TERM_SHORT, COVERED_UNKNOWN },
	{ 323, 'D', TERM_LONG, COVERED_YES },
	{ 713, 'E', TERM_LONG, COVERED_NO },
	{ 714, 'F', TERM_LONG, COVERED_UNKNOWN },
	{ 673, 0, TERM_UNKNOWN, COVERED_YES },
	{ 715, 0, TERM_UNKNOWN, COVERED_NO },
	{ 716, 0, TERM_UNKNOWN, COVERED_UNKNOWN },
	/* Of a wash sale the days tell: these are held for less than a year. */
	{ 682, 'A', TERM_SHORT, COVERED_YES },
	{ 718, 'B', TERM_SHORT, COVERED_NO },
};

Test(traps, every_txf_sale_code_is_its_box)
{
	for (size_t i = 0; i < COUNT(txf_codes); i++) {
		const struct txf_code *const code = &txf_codes[i];
		struct collected all;
		char text[200];

		snprintf(text, sizeof text,
			TXF_TOP
			"TD\nN%d\nPACME\nD01/02/2024\nD12/15/2024\n$15\n$13\n$2\n^\n",
			code->code);
		read_well(&all, text);
		cr_assert(all.count == 1);
		cr_expect(all.row[0].box == code->box && all.row[0].term == code->term &&
				all.row[0].covered == code->covered,
			"code %d", code->code);
		expect_text(all.row[0].wash_disallowed, "2");
		collect_release(&all);
	}
}

/* ---- OFX and FDX ------------------------------------------------------------------------------- */

#define OFX(sale)                                                                        \
	"<OFX><TAX1099RS><TAX1099B_V100><TAXYEAR>2024<PROCDET_V100><DTSALE>"             \
	"20240507" sale "</PROCDET_V100></TAX1099B_V100></TAX1099RS></OFX>"

Test(traps, old_ofx_files_have_a_code_and_an_amount)
{
	struct collected all;

	read_well(&all,
		OFX("<SECNAME>ACME<SALESPR>20<COSTBASIS>30<WASHSALE>Y<SALECODE>W"
		    "<ADJUSTMENTAMT>7.00<COLLECTIBLE>Y<MULTIPLETRAN>Y"));
	expect_text(all.row[0].wash_disallowed, "7.00");
	cr_expect(!flagged(&all.row[0], "not shown"));
	cr_expect(flagged(&all.row[0], "28%") && flagged(&all.row[0], "several"));
	collect_release(&all);
	/* The new element is the word that counts. */
	read_well(&all,
		OFX("<SECNAME>ACME<SALESPR>20<COSTBASIS>30<WASHSALELOSSDISALLOWED>6.00"
		    "<SALECODE>W<ADJUSTMENTAMT>7.00"));
	expect_text(all.row[0].wash_disallowed, "6.00");
	collect_release(&all);
}

Test(traps, forms_that_are_not_read_are_told)
{
	struct collected all;

	read_well(&all,
		"<OFX><TAX1099RS><TAX1099MISC_V100><RENTS>5</TAX1099MISC_V100></"
		"TAX1099RS>"
		"</OFX>");
	cr_expect(strstr(all.file.note, "tax1099misc_v100 is not read") != NULL, "%s",
		all.file.note);
	collect_release(&all);
	read_well(&all, "{\"tax1099B\":{\"taxYear\":2024},\"tax1099Oid\":{\"x\":5}}");
	cr_expect(strstr(all.file.note, "tax1099Oid is not read") != NULL, "%s",
		all.file.note);
	collect_release(&all);
}

Test(traps, the_w_of_several_adjustments_is_found_wherever_it_stands)
{
	struct collected all;

	read_well(&all,
		"{\"tax1099B\":{\"securityDetails\":[{\"securityName\":\"ACME\","
		"\"dateOfSale\":"
		"\"2025-05-06\",\"salesPrice\":1000,\"costBasis\":1020.10,"
		"\"adjustmentCodes\":["
		"{\"amount\":20.00,\"code\":\"W\"},{\"code\":\"D\",\"amount\":4.00}],"
		"\"stateAndLocal\":[{\"amount\":9,\"code\":\"W\"}]}]}}");
	expect_text(all.row[0].wash_disallowed, "20.00");
	cr_expect(flagged(&all.row[0], "other than a wash sale"));
	collect_release(&all);
}

Test(traps, a_1099_da_says_whether_the_basis_was_reported)
{
	struct collected all;

	collect_file(&all, SAMPLES "fdx/tax1099Da.json", NULL);
	cr_assert(all.done && all.count == 8, "%s", all.why.message);
	cr_expect(!all.row[2].digital && all.row[3].digital);
	cr_expect(all.row[3].box == 'G' && all.row[3].covered == COVERED_YES);
	/* Y is a term that is not known: no box, and a question. */
	cr_expect(all.row[4].box == 0 && all.row[4].covered == COVERED_NO &&
		flagged(&all.row[4], "box Y"));
	/* Zero is no basis where none was reported. */
	cr_expect(all.row[5].box == 'H');
	expect_text(all.row[5].basis, NULL);
	cr_expect(all.row[6].box == 'J' && all.row[7].box == 'K');
	collect_release(&all);
	/* The list of sales under a name that ends in Details. */
	read_well(&all,
		"{\"tax1099Da\":{\"digitalAssetDetails\":[{\"digitalAssetName\":\"ETH\","
		"\"units\":"
		"\"2\",\"dateOfSale\":\"2025-05-06\",\"proceeds\":12.5}]}}");
	cr_expect(all.count == 1 && all.row[0].digital);
	collect_release(&all);
}

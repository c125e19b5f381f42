/* What exports of lots, orders and tools for wash sales do, one test a trap. */
#include "tests/import/expect.h"

Test(traps, shielded_gains_of_2023_have_no_term_but_a_column_for_it)
{
	struct collected all;

	collect_file(
		&all, "tests/import/samples/robinhood-gains/gain_loss_2023.csv", NULL);
	cr_assert(all.done && all.count == 3, "%s", all.why.message);
	expect_text(all.row[0].symbol, "ACRB");
	expect_text(all.row[0].quantity, "40.000000");
	expect_day(all.row[0].acquired, "2023-03-11");
	cr_expect(all.row[0].term == TERM_SHORT && all.row[1].term == TERM_LONG &&
		all.row[2].term == TERM_SHORT);
	collect_release(&all);
}

Test(traps, wash_adjustment_of_the_cost_in_2024_is_no_loss_disallowed)
{
	struct collected all;

	collect_file(
		&all, "tests/import/samples/robinhood-gains/gain_loss_2024.csv", NULL);
	cr_assert(all.done && all.count == 2, "%s", all.why.message);
	expect_text(all.row[0].basis, "3993.16");
	expect_text(all.row[0].wash_disallowed, NULL);
	expect_text(extra(&all.row[0], "wash_adjustment"), "88.06");
	cr_expect(all.file.totals > 0 && all.file.difference[0] == '\0');
	collect_release(&all);
}

Test(traps, what_an_order_left_unfilled_was_not_traded)
{
	struct collected all;

	collect_file(
		&all, "tests/import/samples/robinhood-crypto/crypto_activity.csv", NULL);
	cr_assert(all.done && all.count == 2, "%s", all.why.message);
	/* 600 of 1000 were bought before the order was cancelled; the rejected sale is none. */
	expect_text(all.row[1].description, "DOGE");
	expect_text(all.row[1].basis, "102.00");
	cr_expect(strstr(all.file.note, "1 other transactions are not used") != NULL,
		"%s", all.file.note);
	collect_release(&all);
}

Test(traps, wires_of_cash_are_no_second_sale)
{
	struct collected all;

	collect_file(&all,
		"tests/import/samples/morgan-stanley/Withdrawal Wire Report.csv", NULL);
	cr_assert(all.done && all.count == 2, "%s", all.why.message);
	cr_expect(all.row[0].kind == ROW_TRANSFER && all.row[1].kind == ROW_TRANSFER);
	expect_text(all.row[0].proceeds, NULL);
	expect_text(extra(&all.row[0], "amount"), "4219.95");
	collect_release(&all);
}

Test(traps, lots_still_held_are_told_and_are_no_sales)
{
	struct collected all;

	collect_file(&all, "tests/import/samples/washems/lots_2025.csv", NULL);
	cr_assert(all.done && all.count == 2, "%s", all.why.message);
	expect_day(all.row[1].sold, "2025-02-03");
	expect_text(all.row[1].account, "X482");
	expect_text(all.file.note,
		"lots still held are not used (1): record purchase enters them");
	collect_release(&all);
	/* The template's titles may be there, or not. */
	read_well(&all,
		"Security,Account,Lot,Acquired,Sold,Shares,Price,Sale "
		"Price,Cost,Proceeds,Gain\n"
		"Acme,X1,L1,03/11/2025,06/20/2025,40,10,11,400.00,440.00,40.00\n");
	cr_expect(all.count == 1 && strcmp(all.file.format, "washems") == 0);
	collect_release(&all);
}

Test(traps, words_above_a_header_are_no_lots)
{
	struct collected all;

	read_well(&all,
		"Lots of 2025,as sold\n"
		"Cnt,Sym,Desc,BuyDate,Basis,SellDate,Proceeds,AdjCode,Adj\n"
		"23,GOOG,RS 16012,12/26/2014,12161.71,,,,\n"
		"21,GOOG,123ABC,4/25/2014,11028.36,5/13/2014,11251.54,,\n");
	cr_assert(all.count == 1);
	expect_text(all.file.note,
		"lots still held are not used (1): record purchase enters them");
	collect_release(&all);
}

/* Of two layouts in one file, the history first: its sales are there too. */
Test(traps, a_history_above_realized_gains_is_not_lost)
{
	struct collected all;

	read_well(&all,
		"Trade Date,Account #,Description 1,Description 2,Symbol/CUSIP "
		"#,Quantity,"
		"Amount ($)\n"
		"03/11/2025,X1,Purchase,ACME ROBOTICS INC,ACRB,40,-3905.10\n"
		"06/20/2025,X1,Sale,ACME ROBOTICS INC,ACRB,-40,4112.80\n"
		"Security Description,Account #,Acquisition Date,Liquidation "
		"Date,Quantity,"
		"Acquisition Cost ($),Liquidation Amount ($),Short/Long\n"
		"BLUE HERON,X1,1/6/2025,2/3/2025,15.5,700.31,612.25,(Short Term)\n");
	cr_assert(all.count == 2);
	expect_text(all.row[0].description, "BLUE HERON");
	expect_text(all.row[1].symbol, "ACRB");
	expect_text(all.row[1].basis, "3905.10");
	expect_day(all.row[1].acquired, "2025-03-11");
	collect_release(&all);
}

Test(traps, an_adjustment_without_w_is_no_wash_sale)
{
	struct collected all;

	read_well(&all,
		"Cnt,Sym,Desc,BuyDate,Basis,SellDate,Proceeds,AdjCode,Adj,FormPosition\n"
		"42,GOOG,123ABC,2/25/2014,25421.76,5/13/2014,22503.08,W,-2918.68,Line 4\n"
		"23,GOOG,RS 16012,12/26/2014,12161.71,,,,,Buy C\n"
		"21,GOOG,123ABC,4/25/2014,11028.36,5/13/2014,11251.54,B,5,Line 5\n");
	cr_assert(all.count == 2);
	expect_text(all.row[0].wash_disallowed, "2918.68");
	expect_text(all.row[1].wash_disallowed, "0.00");
	collect_release(&all);
}

#define NESTED                                                                           \
	"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Fees & "          \
	"Commissions\",\"Disbursement Election\",\"Amount\"\n"                           \
	"\"05/15/2023\",\"Lapse\",\"DLSW\",\"Restricted Stock "                          \
	"Lapse\",\"30\",\"\",\"\",\"\"\n"                                                \
	"\"\",\"Award Date\",\"Award ID\",\"Fair Market Value\",\"Sale "                 \
	"Price\",\"Shares Sold/Withheld for Taxes\",\"Net Shares Deposited\",\"Total "   \
	"Taxes\",\n"

Test(traps, shares_for_the_tax_were_sold_if_a_price_stands_beside_them)
{
	struct collected all;

	read_well(&all,
		NESTED
		"\"\",\"02/15/2022\",\"R38877\",\"$77.15\",\"$76.90\",\"11\",\"19\","
		"\"$848.65\",\n");
	cr_assert(all.count == 1);
	expect_text(extra(&all.row[0], "sale_price"), "76.90");
	expect_text(all.file.note,
		"line 4: 11 shares were sold for the tax: import the 1099-B of that "
		"sale, or record it");
	collect_release(&all);
	read_well(&all,
		NESTED "\"\",\"02/15/2022\",\"R38877\",\"$77.15\",\"\",\"11\",\"19\","
		       "\"$848.65\",\n");
	cr_assert(all.count == 1);
	expect_text(all.file.note, "");
	collect_release(&all);
}

Test(traps, an_old_export_that_is_a_web_page_is_refused_with_advice)
{
	struct collected all;

	collect_text(&all, "<html><table><tr><td>Open</td></tr></table></html>", NULL);
	cr_expect(!all.done);
	expect_text(all.why.message, "the file is a web page, whatever its name says");
	collect_release(&all);
}

Test(traps, contracts_have_a_tag_of_their_own_at_fidelity)
{
	struct collected all;

	read_well(&all,
		"1099 Summary,Account,1099-DIV-1A Total Ordinary Dividends\r"
		"1099 Summary,Z1,0000000000000100.00\r"
		"1099-1256 Options Contracts ,Account,1099-B-8 Profit,1099-B-11 "
		"Aggregate "
		"profit\r"
		"1099-1256 Options Contracts "
		",Z1,0000000000000010.00,-0000000000000250.00\r");
	cr_expect(all.file.income.of[INCOME_CONTRACTS].cents == -25000);
	collect_release(&all);
	read_well(&all,
		"1099 Summary,Account,1099-DIV-1A Total Ordinary Dividends\r"
		"1099 Summary,Z1,0000000000000100.00\r"
		"1099-1256 Options Contracts ,Z1,0000000000000010.00\r");
	cr_expect(strstr(all.file.note, "belongs on Form 6781") != NULL);
	collect_release(&all);
}

/* An option that ends on the year's last day is booked in the next year. */
Test(traps, robinhood_options_expire_on_their_day)
{
	struct collected all;

	read_well(&all,
		"Activity Date,Process Date,Settle Date,Instrument,Description,Trans "
		"Code,"
		"Quantity,Price,Amount\n"
		"1/3/2022,1/3/2022,1/3/2022,ACRB,ACRB 12/31/2021 Call "
		"$110.00,OEXP,2S,,\n"
		"8/2/2021,8/2/2021,8/3/2021,ACRB,ACRB 12/31/2021 Call "
		"$110.00,BTO,2,$1.70,($341.32)\n");
	cr_assert(all.count == 1, "%zu", all.count);
	expect_day(all.row[0].sold, "2021-12-31");
	expect_text(all.row[0].basis, "341.32");
	collect_release(&all);
}

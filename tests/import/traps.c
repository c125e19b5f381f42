/* What brokers do to files, one test a trap. */
#include <criterion/criterion.h>

#include "tests/import/expect.h"

#define SCHWAB                                                                           \
	"\"Account\",\"XXXX-X482\"\n\"Tax Year\",\"2025\"\n\"Form 1099 B\",\"\"\n"       \
	"1a,1b,1c,1d,1e,1f,1g,2,,3,4,5,6,7\n"

#define FIDELITY_NAMES                                                                   \
	"1099-B-Detail,Account,1099-B-1a Description ,Symbol CUSIP,Quantity,1099-B-1b "  \
	"Acquired,"                                                                      \
	"1099-B-1c Sold,1099-B-1d Proceeds,1099-B-1e Cost,1099-B-1g-Wash,Term,"          \
	"Covered/Uncovered"

/* ---- bytes -------------------------------------------------------------------------------- */

Test(traps, bare_carriage_returns_end_records)
{
	struct collected all;

	read_well(&all,
		FIDELITY_NAMES
		"\r1099-B-Detail   ,Z1,ACME INC ACME 00A1B2105,ACME "
		"00A1B2105,40.000,03/11/25,06/20/25,100.00,90.00,0.00,SHORT TERM,COVERED"
		"\r1099-B-Detail   ,Z1,ACME INC ACME 00A1B2105,ACME "
		"00A1B2105,10.000,03/11/25,06/20/25,10.00,9.00,0.00,SHORT "
		"TERM,COVERED\r");
	cr_expect(all.count == 2 && all.row[1].line == 3);
	collect_release(&all);
}

Test(traps, a_byte_order_mark_is_no_part_of_the_first_name)
{
	struct collected all;

	read_well(&all,
		"\xef\xbb\xbfSymbol,Quantity,Date Acquired,Cost,Date Sold,Proceeds\n"
		"ACRB,40,03/11/2025,1.00,06/20/2025,2.00\n");
	expect_text(all.row[0].symbol, "ACRB");
	collect_release(&all);
}

Test(traps, windows_1252_becomes_utf8)
{
	struct collected all;

	read_well(&all,
		SCHWAB "\"10.00 SOCI\xc9T\xc9 G\xc9N\xc9RALE \x96 ADR\","
		       "01/02/2024,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n");
	expect_text(all.row[0].description,
		"SOCI\xc3\x89T\xc3\x89 G\xc3\x89N\xc3\x89RALE \xe2\x80\x93 ADR");
	collect_release(&all);
}

Test(traps, shields_against_spreadsheets_are_taken_off)
{
	struct collected all;

	read_well(&all,
		"Symbol,Quantity,Date Acquired,Cost,Date Sold,Proceeds\n"
		"=\"ACRB\",=\"0012\",=\"03/11/2025\",=\"1,000.00\",\"=\"\"06/20/"
		"2025\"\"\",2.00\n");
	expect_text(all.row[0].symbol, "ACRB");
	expect_text(all.row[0].quantity, "12");
	expect_text(all.row[0].basis, "1000.00");
	expect_day(all.row[0].sold, "2025-06-20");
	collect_release(&all);
}

Test(traps, html_in_a_header_is_dropped_with_its_commas)
{
	struct collected all;

	read_well(&all,
		"Date acquired,Quantity,<span style=\"color: rgb(0,0,51);\">Date sold or "
		"transferred</span>,Proceeds,Cost basis,Gain/loss,Term\n"
		"MAY/15/2023,10.0000,JAN/28/2025,4400.00,3000.00,1400.00,LONG\n"
		",\nThe values are displayed in USD\n");
	cr_expect(all.count == 1);
	expect_day(all.row[0].sold, "2025-01-28");
	expect_text(all.row[0].proceeds, "4400.00");
	collect_release(&all);
}

Test(traps, runs_of_blanks_and_tabs_become_one)
{
	struct collected all;

	read_well(&all,
		SCHWAB "\"50.00 ALPHABET INC   \t    CLASS            CLASS A\","
		       "01/02/2024,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n");
	expect_text(all.row[0].description, "ALPHABET INC CLASS CLASS A");
	collect_release(&all);
}

/* ---- numbers ------------------------------------------------------------------------------- */

Test(traps, a_leading_number_is_a_quantity_only_with_a_point)
{
	struct collected all;

	read_well(&all,
		SCHWAB
		"3M CO,01/02/2024,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n"
		"3M CO CASH IN LIEU,,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n"
		"\"1,250.50 3M CO\",01/02/2024,03/04/2025,1.00,2.00,0,0,Long "
		"Term,D,,0,Covered,,\n");
	expect_text(all.row[0].quantity, NULL);
	expect_text(all.row[0].description, "3M CO");
	expect_text(all.row[2].quantity, "1250.50");
	expect_text(all.row[2].description, "3M CO");
	collect_release(&all);
}

Test(traps, exponents_are_read_exactly)
{
	struct collected all;

	read_well(&all,
		"Volume,Symbol,Date Acquired,Date Sold,Proceeds,Cost "
		"Basis,Gain,Currency\n"
		"3E-9,BTC,4/5/2021,5/15/2025,1.5E2,2e0,0,USD \n");
	expect_text(all.row[0].quantity, "0.000000003");
	expect_text(all.row[0].proceeds, "150");
	collect_release(&all);
}

#define GAINS                                                                            \
	"Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,Ordinary " \
	"Income "                                                                        \
	"Recognized,Adjusted Cost Basis,Date Sold,Total Proceeds,Capital Gains Status\n"

Test(traps, six_decimals_are_kept)
{
	struct collected all;

	read_well(&all,
		GAINS "Sell,DLSW,RS,0.731,01/02/2024,0.000000,79.715550,79.715550,"
		      "03/04/2025,81.872000,Long\n");
	expect_text(all.row[0].proceeds, "81.872000");
	expect_text(extra(&all.row[0], "adjusted_basis"), "79.715550");
	collect_release(&all);
}

Test(traps, eighteen_decimals_are_kept)
{
	struct collected all;

	read_well(&all,
		"Volume,Symbol,Date Acquired,Date Sold,Proceeds,Cost "
		"Basis,Gain,Currency\n"
		"1.250000000000000001,ETH,1/9/2023,8/20/2025,1,2,0,USD\n");
	expect_text(all.row[0].quantity, "1.250000000000000001");
	collect_release(&all);
}

Test(traps, padding_zeros_and_trailing_blanks_are_no_part_of_an_amount)
{
	struct collected all;

	read_well(&all,
		FIDELITY_NAMES
		"\n1099-B-Detail,Z1,ACME,,5.,03/11/25,06/20/25,0000000000008180.00,"
		"\"1,379.23 \",-000000000000065.44,SHORT TERM,COVERED\n");
	expect_text(all.row[0].proceeds, "8180.00");
	expect_text(all.row[0].basis, "1379.23");
	expect_text(all.row[0].quantity, "5");
	expect_text(all.row[0].wash_disallowed, "65.44");
	collect_release(&all);
}

Test(traps, a_negative_disallowed_loss_is_a_disallowed_loss)
{
	struct collected all;

	read_well(&all,
		SCHWAB "10.00 ACME,01/02/2024,03/04/2025,50.00,100.00,0,\"-$50.00\",Long "
		       "Term,D,,0,Covered,,\n");
	expect_text(all.row[0].wash_disallowed, "50.00");
	cr_expect(!flagged(&all.row[0], "more than the loss"));
	collect_release(&all);
}

Test(traps, a_disallowed_loss_beyond_the_loss_is_flagged_and_kept)
{
	struct collected all;

	read_well(&all,
		SCHWAB "10.00 ACME,01/02/2024,03/04/2025,50.00,100.00,0,$50.01,Long "
		       "Term,D,,0,Covered,,\n");
	expect_text(all.row[0].wash_disallowed, "50.01");
	cr_expect(flagged(&all.row[0], "more than the loss"));
	collect_release(&all);
}

/* Box 6 says whether selling costs are still in the proceeds; a blank one says nothing. */
Test(traps, box_6_says_gross_or_net_proceeds)
{
	static const struct {
		const char *cell;
		enum covered want;
	} cells[] = {
		{ "Gross proceeds", COVERED_YES },
		{ "Net proceeds", COVERED_NO },
		{ "N", COVERED_NO },
		{ "", COVERED_UNKNOWN },
	};
	for (size_t i = 0; i < COUNT(cells); i++) {
		struct collected all;
		char text[400];

		snprintf(text, sizeof text,
			SCHWAB "10.00 ACME,01/02/2024,03/04/2025,50.00,100.00,0,0,Long "
			       "Term,D,,0,Covered,%s,\n",
			cells[i].cell);
		read_well(&all, text);
		cr_expect(all.row[0].gross == cells[i].want, "%s", cells[i].cell);
		collect_release(&all);
	}
}

/* ---- days ---------------------------------------------------------------------------------- */

Test(traps, two_digit_years_turn_on_the_tax_year)
{
	struct collected all;

	read_well(&all,
		FIDELITY_NAMES
		"\n1099-B-Detail,Z1,ACME,,5,02/11/98,06/20/25,1.00,2.00,0,LONG "
		"TERM,COVERED\n"
		"1099-B-Detail,Z1,ACME,,5,02/11/25,06/20/25,1.00,2.00,0,SHORT "
		"TERM,COVERED\n");
	expect_day(all.row[0].acquired, "1998-02-11");
	expect_day(all.row[1].acquired, "2025-02-11");
	collect_release(&all);
}

Test(traps, various_is_not_blank)
{
	struct collected all;

	read_well(&all,
		SCHWAB
		"10.00 ACME,Various,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n"
		"10.00 ACME,VARIOUS,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n"
		"10.00 ACME,,03/04/2025,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n");
	cr_expect(all.row[0].various && all.row[1].various && !all.row[2].various);
	for (size_t i = 0; i < all.count; i++)
		cr_expect(!day_known(all.row[i].acquired));
	collect_release(&all);
}

Test(traps, days_that_stand_for_nothing_are_blank)
{
	struct collected all;

	read_well(&all,
		GAINS "Sell,DLSW,RS,8,12/31/1969,0,1,1,03/04/2025,1.00,Long\n"
		      "Sell,DLSW,RS,8,01/01/1970,0,1,1,03/04/2025,1.00,Long\n"
		      "Sell,DLSW,RS,8,01/01/0001,0,1,1,03/04/2025,1.00,Long\n");
	for (size_t i = 0; i < all.count; i++)
		cr_expect(!day_known(all.row[i].acquired) && !all.row[i].various);
	collect_release(&all);
}

Test(traps, as_of_gives_the_day_of_the_event)
{
	struct collected all;

	read_well(&all,
		"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\","
		"\"Fees & Comm\",\"Amount\"\n"
		"\"02/07/2024 as of "
		"02/05/2024\",\"Sell\",\"ACRB\",\"ACME\",\"5\",\"\",\"\",\"1.00\"\n");
	expect_day(all.row[0].sold, "2024-02-05");
	collect_release(&all);
}

Test(traps, a_closing_date_can_be_the_settlement)
{
	struct collected all;

	read_well(&all,
		"Symbol,Name,Closed Date,Opened Date,Quantity,Proceeds,Cost Basis (CB),"
		"Term,Disallowed Loss,Transaction Closed Date\n"
		"CPMN,CINDER,05/16/2025,10/02/2024,200,$1.00,$2.00,Short "
		"Term,,05/15/2025\n"
		"CPMN,CINDER,05/16/2025,10/02/2024,200,$1.00,$2.00,Short Term,,\n");
	expect_day(all.row[0].sold, "2025-05-15");
	expect_day(all.row[1].sold, "2025-05-16");
	collect_release(&all);
}

/* ---- basis, term, box ----------------------------------------------------------------------- */

Test(traps, zero_is_no_basis_on_a_noncovered_row_and_is_one_on_a_covered_row)
{
	struct collected all;

	read_well(&all,
		SCHWAB "10.00 ACME,01/02/2025,03/04/2025,1.00,0.00,0,0,Short "
		       "Term,B,,0,Noncovered,,\n"
		       "10.00 ACME,01/02/2025,03/04/2025,1.00,0.00,0,0,Short "
		       "Term,A,,0,Covered,,\n");
	expect_text(all.row[0].basis, NULL);
	cr_expect(flagged(&all.row[0], "basis not known"));
	expect_text(all.row[1].basis, "0.00");
	collect_release(&all);
}

Test(traps, a_short_sale_may_be_acquired_after_it_was_sold)
{
	struct collected all;

	read_well(&all,
		SCHWAB "\"1.00 PUT ACME INC $45 EXP "
		       "10/17/25\",10/17/2025,09/02/2025,118.34,0.00,0,0,Short "
		       "Term,A,,0,Covered,,\n"
		       "1.00 ACME,10/17/2025,09/02/2025,118.34,0.00,0,0,Short "
		       "Term,A,,0,Covered,,\n");
	cr_expect(all.count == 2);
	cr_expect(!flagged(&all.row[0], "acquired after sold"));
	cr_expect(flagged(&all.row[1], "acquired after sold"));
	collect_release(&all);
}

Test(traps, box_x_is_an_unknown_term)
{
	struct collected all;

	read_well(&all, SCHWAB "10.00 ACME,,03/04/2025,1.00,,0,0,,X,,0,Noncovered,,\n");
	cr_expect(all.row[0].box == 0 && all.row[0].term == TERM_UNKNOWN &&
		all.row[0].term_given);
	cr_expect(flagged(&all.row[0], "does not know the term"));
	collect_release(&all);
}

Test(traps, the_box_is_derived_from_term_and_covered_and_from_nothing_less)
{
	struct collected all;

	read_well(&all,
		FIDELITY_NAMES
		"\n1099-B-Detail,Z1,ACME,,5,,06/20/25,1.00,2.00,0,SHORT TERM,COVERED\n"
		"1099-B-Detail,Z1,ACME,,5,,06/20/25,1.00,2.00,0,SHORT TERM,UNCOVERED\n"
		"1099-B-Detail,Z1,ACME,,5,,06/20/25,1.00,2.00,0,LONG TERM,COVERED\n"
		"1099-B-Detail,Z1,ACME,,5,,06/20/25,1.00,2.00,0,LONG TERM,NONCOVERED\n"
		"1099-B-Detail,Z1,ACME,,5,,06/20/25,1.00,2.00,0,LONG TERM,\n"
		"1099-B-Detail,Z1,ACME,,5,,06/20/25,1.00,2.00,0,,COVERED\n");
	const char want[] = { 'A', 'B', 'D', 'E', 0, 0 };

	cr_assert(all.count == 6);
	for (size_t i = 0; i < 6; i++)
		cr_expect(all.row[i].box == want[i], "%zu: %c", i, all.row[i].box);
	collect_release(&all);
}

Test(traps, a_term_that_differs_from_the_days_is_kept_and_flagged)
{
	struct collected all;

	read_well(&all,
		SCHWAB "10.00 ACME,01/02/2025,03/04/2025,1.00,2.00,0,0,Long "
		       "Term,D,,0,Covered,,\n"
		       "10.00 ACME,03/04/2024,03/04/2025,1.00,2.00,0,0,Short "
		       "Term,A,,0,Covered,,\n"
		       "10.00 ACME,03/04/2024,03/05/2025,1.00,2.00,0,0,Long "
		       "Term,D,,0,Covered,,\n");
	cr_expect(all.row[0].term == TERM_LONG &&
		flagged(&all.row[0], "differs from its dates"));
	/* One year to the day is short; the day after is long. */
	cr_expect(!flagged(&all.row[1], "differs") && !flagged(&all.row[2], "differs"));
	collect_release(&all);
}

Test(traps, the_filled_gain_column_tells_the_term)
{
	struct collected all;

	read_well(&all,
		"Symbol(CUSIP),Security description,Date acquired,Date "
		"sold,Quantity,Cost "
		"basis,Proceeds,Short-term gain/loss,Long-term gain/loss,\n"
		"A(00A1B2105),A,2025-03-11,2025-06-20,1,$1.00,$2.00,$1.00, --,\n"
		"A(00A1B2105),A,2019-03-11,2025-06-20,1,$1.00,$2.00, --,$1.00,\n"
		"P(7719020MK),PUT,2025-10-17,2025-09-02,1,$0.00,$1.00, --,$1.00,\n"
		"F(30F1R9104),F, --,2025-08-12,30, --,$903.60, --, --,\n");
	cr_expect(all.row[0].term == TERM_SHORT && all.row[1].term == TERM_LONG);
	/* A written option was seen in the long column: closed ones are short. */
	cr_expect(all.row[2].term == TERM_SHORT);
	cr_expect(!all.row[3].term_given);
	expect_text(all.row[3].basis, NULL);
	expect_text(all.row[0].cusip, "00A1B2105");
	collect_release(&all);
}

/* ---- records --------------------------------------------------------------------------------- */

Test(traps, repeated_headers_are_no_rows)
{
	struct collected all;
	static const char header[] =
		"Symbol,Name,Closed Date,Opened Date,Quantity,Proceeds,Cost "
		"Basis (CB),Term,Disallowed Loss\n";
	char text[2000];

	snprintf(text, sizeof text,
		"\"Realized Gain/Loss - Lot Details for All Accounts as of Fri Jan 09\"\n"
		"Individual ...119\n%sA,A,05/16/2025,10/02/2024,2,$1.00,$2.00,Short "
		"Term,\n"
		"Joint ...120\n%sB,B,05/16/2025,10/02/2024,2,$1.00,$2.00,Short Term,\n",
		header, header);
	read_well(&all, text);
	cr_assert(all.count == 2);
	expect_text(all.row[0].account, "Individual ...119");
	expect_text(all.row[1].account, "Joint ...120");
	collect_release(&all);
}

Test(traps, accounts_for_retirement_are_left_out)
{
	struct collected all;
	static const char header[] =
		"Symbol,Name,Closed Date,Opened Date,Quantity,Proceeds,Cost "
		"Basis (CB),Term,Disallowed Loss\n";
	char text[2000];

	snprintf(text, sizeof text,
		"\"Realized Gain/Loss - Lot Details for All Accounts as of Fri Jan 09\"\n"
		"Rollover IRA ...119\n%sA,A,05/16/2025,10/02/2024,2,$1.00,$2.00,Short "
		"Term,\n"
		"Joint ...120\n%sB,B,05/16/2025,10/02/2024,2,$1.00,$2.00,Short Term,\n",
		header, header);
	read_well(&all, text);
	cr_expect(all.count == 1);
	expect_text(all.row[0].symbol, "B");
	cr_expect(strstr(all.file.note, "retirement") != NULL);
	collect_release(&all);
}

Test(traps, a_row_may_end_early_and_a_row_with_too_much_is_refused)
{
	struct collected all;

	read_well(&all,
		"Symbol,Quantity,Date Acquired,Cost,Date Sold,Proceeds,Gain\n"
		"ACRB,40,03/11/2025,1.00,06/20/2025,2.00\n"
		"ACRB,40,03/11/2025,1.00,06/20/2025,2.00,1.00,,,\n");
	cr_expect(all.count == 2);
	collect_release(&all);
	read_badly(&all,
		"Symbol,Quantity,Date Acquired,Cost,Date Sold,Proceeds,Gain\n"
		"ACRB,40,03/11/2025,1.00,06/20/2025,2.00,1.00,,7.00\n",
		2, 9, "\"7.00\" stands beyond the header's 7 columns");
}

/* Cost stands before proceeds here, and behind them there: names decide, never places. */
Test(traps, cost_and_proceeds_change_places_between_files)
{
	struct collected all;

	read_well(&all,
		"Symbol(CUSIP),Security Description,Quantity,Date Acquired,Date "
		"Sold,Proceeds,Cost Basis,Short Term Gain/Loss,Long Term Gain/Loss\n"
		"A(1),A,1,01/02/2022,02/03/2022,\"$2.00 \",\"$1.00 \",\"$1.00 \",-\n");
	expect_text(all.row[0].proceeds, "2.00");
	expect_text(all.row[0].basis, "1.00");
	collect_release(&all);
	read_well(&all,
		"Currency Name,Purchase Date,Date Sold,Proceeds,Cost Basis\n"
		"BTC,04/05/2021,05/15/2025,2.00,1.00\n");
	expect_text(all.row[0].proceeds, "2.00");
	collect_release(&all);
}

Test(traps, totals_are_checked_and_are_no_rows)
{
	struct collected all;
	static const char rows[] =
		"Security,Trans type,Qty,Open date,Adj cost,Close date,Adj proceeds,Adj "
		"gain($),Adj gain(%),Term\n"
		"Acme "
		"(ACRB),Sell.FIFO,40.,3/11/2022,100.00,6/20/"
		"2022,150.00,50.00,50,Short-term\n";
	char text[1000];

	snprintf(text, sizeof text, "%sTotal:,,,,100.00,,150.00,50.00,,\n", rows);
	read_well(&all, text);
	cr_expect(
		all.count == 1 && all.file.totals == 2 && all.file.difference[0] == '\0');
	collect_release(&all);
	snprintf(text, sizeof text, "%sTotal:,,,,100.01,,150.00,50.00,,\n", rows);
	read_well(&all, text);
	expect_text(all.file.difference,
		"total: basis: the file says 100.01, its rows add up to "
		"100.00, a difference of 0.01");
	cr_expect(all.file.difference_line == 3);
	collect_release(&all);
}

/* ---- E*TRADE --------------------------------------------------------------------------------- */

#define EXPANDED                                                                         \
	"Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,Ordinary " \
	"Income "                                                                        \
	"Recognized,Ordinary Income Recognized Per Share,Adjusted Cost Basis,Date "      \
	"Sold,Total "                                                                    \
	"Proceeds,Capital Gains Status,Vest Date FMV,Exercise Date FMV\n"

Test(traps, a_value_printed_as_a_day_is_not_a_value)
{
	struct collected all;

	read_well(&all,
		EXPANDED "Sell,DLSW,RS,8,02/15/2024,$0.00,$787.20,$98.40,$787.20,"
			 "03/04/2025,$944.64,Long,98at1900,0at1900\n"
			 "Sell,DLSW,SO,8,02/15/2024,$8.00,$787.20,$98.40,$787.20,"
			 "03/04/2025,$944.64,Long,0at1900,75at1900\n");
	expect_text(extra(&all.row[0], "vest_fmv"), "98.40");
	expect_text(all.row[1].fmv, NULL);
	collect_release(&all);
}

Test(traps, a_translated_header_is_read_by_place)
{
	struct collected all;

	read_well(&all,
		"Typ rekordu,Symbol,Rodzaj programu,Liczba,Data nabycia,Koszt "
		"nabycia,Koszt na "
		"akcj\xc4\x99,Doch\xc3\xb3"
		"d,Doch\xc3\xb3"
		"d na akcj\xc4\x99,Koszt skorygowany,Na "
		"akcj\xc4\x99,Data sprzeda\xc5\xbcy,Przych\xc3\xb3"
		"d,Na akcj\xc4\x99,Zysk,Zysk skorygowany,,Okres\n"
		"Podsumowanie,DLSW,Multiple,8,,,,,,,,,944.64,,,,,\n"
		"Sprzedaj,DLSW,RS,8,02/15/2024,0,0,787.2,98.4,787.2,98.4,03/04/"
		"2025,944.64,"
		"118.08,944.64,157.44,19.68,Long\n");
	cr_expect(all.count == 1);
	expect_text(all.row[0].proceeds, "944.64");
	expect_text(extra(&all.row[0], "adjusted_basis"), "787.2");
	cr_expect(all.row[0].term == TERM_LONG && all.file.totals == 1);
	cr_expect(strstr(all.file.note, "not in English") != NULL);
	collect_release(&all);
}

Test(traps, an_unknown_record_is_refused)
{
	struct collected all;

	read_badly(&all, GAINS "Buy,DLSW,RS,8,01/02/2024,0,1,1,03/04/2025,1.00,Long\n", 2,
		1, "column \"Record Type\": \"Buy\" is unknown (want Sell or Summary)");
}

/* ---- where the place of an error is told ------------------------------------------------------ */

Test(traps, an_error_tells_row_column_and_what_was_wanted)
{
	struct collected all;

	read_badly(&all,
		SCHWAB
		"10.00 ACME,01/02/2024,6/31/25,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n",
		5, 3, "column \"1c\": \"6/31/25\" is not a day (want MM/DD/YYYY)");
	read_badly(&all,
		SCHWAB
		"\"10.00 ACME\",\"01/02/2024\",\"03/04/2025\",\"1,2x\",2.00,0,0,Long "
		"Term,D,,0,Covered,,\n",
		5, 4, "column \"1d\": \"1,2x\" is not an amount (want 1,234.56)");
	read_badly(&all,
		SCHWAB "10.00 ACME,01/02/2024,,1.00,2.00,0,0,Long Term,D,,0,Covered,,\n",
		5, 3, "the row does not say the day of sale");
}

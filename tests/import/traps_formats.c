/* What files that are no tables do - TXF, OFX, JSON -, one test a trap. */
#include <criterion/criterion.h>

#include "tests/import/expect.h"

/* ---- TXF and OFX ------------------------------------------------------------------------------- */

Test(traps, txf_fields_keep_their_order_when_blank)
{
	struct collected all;

	read_well(&all,
		"V042\nASome Tool\nD 1/5/2026\n^\nTD\nN711\nP30 shares FRRT\nD\n"
		"D08/12/2025\n$\n$903.60\n$\n^\nTD\n^\n");
	cr_assert(all.count == 1);
	expect_text(all.row[0].basis, NULL);
	expect_text(all.row[0].proceeds, "903.60");
	expect_day(all.row[0].sold, "2025-08-12");
	collect_release(&all);
	read_badly(&all, "V042\nASome Tool\n^\nTD\nN711\nPFRRT\nD08/12/2025\n$1\n$2\n^\n",
		4, 0,
		"the sale has 1 days and 2 amounts (want 2 of each, blank ones too)");
}

Test(traps, a_txf_file_of_our_own_would_count_twice)
{
	struct collected all;

	read_badly(&all, "V042\nAdualbasis 0.1.0\nD01/05/2026\n^\n", 2, 0,
		"the file was written by this program");
}

#define OFX_HEAD "<OFX><TAX1099RS><TAX1099B_V100><TAXYEAR>2025"
#define OFX_END  "<RECACCT>482</TAX1099B_V100></TAX1099RS></OFX>"

Test(traps, an_account_behind_its_sales_is_theirs)
{
	struct collected all;

	read_well(&all,
		OFX_HEAD "<EXTDBINFO_V100><PROCDET_V100><FORM8949CODE>A<DTAQD>20250311<"
			 "DTSALE>20250620"
			 "<SECNAME>ACME<COSTBASIS>1,5<SALESPR>2.00</PROCDET_V100></"
			 "EXTDBINFO_V100>" OFX_END);
	expect_text(all.row[0].account, "482");
	/* A comma is the point in OFX. */
	expect_text(all.row[0].basis, "1.5");
	collect_release(&all);
}

Test(traps, a_void_form_is_left_out)
{
	struct collected all;

	read_well(&all,
		OFX_HEAD "<VOID>Y<PROCDET_V100><DTSALE>20250620<SECNAME>ACME<SALESPR>2."
			 "00</PROCDET_V100>" OFX_END);
	cr_expect(all.count == 0 && strstr(all.file.note, "void") != NULL);
	collect_release(&all);
}

Test(traps, a_reply_that_is_an_error_is_no_form)
{
	struct collected all;

	read_badly(&all,
		"<OFX><TAX1099TRNRS><STATUS><CODE>15500<SEVERITY>ERROR</STATUS></OFX>", 1,
		0, "the broker answered with error 15500 instead of a form");
}

Test(traps, ofx_transactions_are_no_tax_form)
{
	struct collected all;

	read_badly(&all, "<OFX><INVSTMTMSGSRSV1></INVSTMTMSGSRSV1></OFX>", 0, 0,
		"the file has transactions and no tax form");
}

Test(traps, a_summary_alone_is_too_little)
{
	struct collected all;

	read_badly(&all,
		OFX_HEAD
		"<PROCSUM_V100><FORM8949CODE>A<SUMSALESPR>2.00</PROCSUM_V100>" OFX_END,
		1, 0, "box A has only a summary, without its sales");
}

/* ---- JSON ---------------------------------------------------------------------------------------- */

Test(traps, json_numbers_keep_their_digits)
{
	struct collected all;

	read_well(&all,
		"{\"tax1099B\":{\"taxYear\":2025,\"securityDetails\":[{\"securityName\":"
		"\"A\",\"dateOfSale\":\"2025-06-20\",\"salesPrice\":90071992547.40993,"
		"\"units\":1.000000000000000001}]}}");
	expect_text(all.row[0].proceeds, "90071992547.40993");
	expect_text(all.row[0].quantity, "1.000000000000000001");
	collect_release(&all);
}

Test(traps, one_adjustment_told_twice_is_one)
{
	struct collected all;

	read_well(&all,
		"{\"tax1099B\":{\"securityDetails\":[{\"securityName\":\"A\","
		"\"dateOfSale\":"
		"\"2025-06-20\",\"salesPrice\":1,\"costBasis\":2,"
		"\"washSaleLossDisallowed\":1,"
		"\"adjustmentCodes\":[{\"code\":\"W\",\"amount\":1}]},"
		"{\"securityName\":\"A\",\"dateOfSale\":\"2025-06-20\",\"salesPrice\":1,"
		"\"costBasis\":2,\"adjustmentCodes\":[{\"code\":\"W\",\"amount\":0.5}]}]}"
		"}");
	expect_text(all.row[0].wash_disallowed, "1");
	expect_text(all.row[1].wash_disallowed, "0.5");
	collect_release(&all);
}

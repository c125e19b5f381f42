/* Files for tax programs: TXF and CSV of Form 8949, whole and with nothing lost in silence. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>

#include "export/tax_files.h"
#include "tests/export/run.h"
#include "tests/export/years.h"

/* 2025 with a row for each box, a wash sale, a wrong basis, hostile descriptions. */
static void make_years(struct years *years)
{
	struct fail why = { 0 };

	years_begin(years);
	years_figure(years, 2025, "status=single");
	years_reported(years, "=1+1", "2025-01-02", "2025-06-03", 1000000000, 123456,
		100000, 'A');
	years->facts.at[years->facts.count - 1].wash.cents = 0;
	years_reported(years,
		"CAF\xc3\x89 \"A, B\" INCORPORATED IN THE STATE OF DELAWARE", NULL,
		"2025-06-04", 50000000, 5000, 10050, 'B');
	years->facts.at[years->facts.count - 1].wash.cents = 2050;
	years_reported(
		years, "LITHIUM", "2019-02-28", "2025-07-01", 100000000, 0, 100, 'F');
	years_exercise(years, "ACME", "2019-01-02", "2024-11-01", 100, 1000, 5000);
	years_reported(years, "ACME", "2024-11-01", "2025-03-01", 10000000000, 600000,
		100000, 'A');
	years->facts.at[years->facts.count - 1].symbol = years_name(years, "ACME");
	cr_assert(years_compute(years, (struct chain_options){ 0 }, &why), "%s",
		why.message);
}

static void write_and_read(
	const struct years *years, const char *ending, struct text *bytes)
{
	char folder[32], path[64];
	struct fail why = { 0 };

	snprintf(path, sizeof path, "%s/packet%s", make_folder(folder), ending);
	cr_assert(packet_write(&years->household, 2025, path, &why), "%s", why.message);
	read_file(path, bytes);
	remove_folder(folder);
}

Test(txf, rows_are_records_of_their_boxes)
{
	struct years years;
	struct text bytes = TEXT_EMPTY;

	make_years(&years);
	write_and_read(&years, ".txf", &bytes);
	cr_expect_str_eq(bytes.at,
		"V042\r\nAdualbasis " DUALBASIS_VERSION "\r\nD 01/01/2026\r\n^\r\n"
		"TD\r\nN321\r\nC1\r\nL1\r\nP100 sh. "
		"ACME\r\nD11/01/2024\r\nD03/01/2025\r\n"
		"$1000.00\r\n$6000.00\r\n$\r\n^\r\n"
		"TD\r\nN321\r\nC1\r\nL1\r\nP10 sh. =1+1\r\nD01/02/2025\r\nD06/03/2025\r\n"
		"$1000.00\r\n$1234.56\r\n$\r\n^\r\n"
		"TD\r\nN711\r\nC1\r\nL1\r\nP0.5 sh. CAF? \"A, B\" INCORPORATED IN THE\r\n"
		"D\r\nD06/04/2025\r\n$100.50\r\n$50.00\r\n$20.50\r\n^\r\n"
		"TD\r\nN714\r\nC1\r\nL1\r\nP1 sh. "
		"LITHIUM\r\nD02/28/2019\r\nD07/01/2025\r\n"
		"$1.00\r\n$0.00\r\n$\r\n^\r\n");
	text_release(&bytes);
	years_end(&years);
}

Test(txf, what_it_cannot_carry_is_said)
{
	struct years years;
	struct text notes = TEXT_EMPTY;

	make_years(&years);
	packet_notes(&years.household, 2025, "packet.txf", &notes);
	cr_expect(
		strstr(notes.at, "1 of 4 rows need one by hand") != NULL, "%s", notes.at);
	text_clear(&notes);
	packet_notes(&years.household, 2025, "packet.pdf", &notes);
	cr_expect_str_eq(notes.at, "");
	text_release(&notes);
	years_end(&years);
}

Test(txf, digital_assets_are_refused)
{
	struct years years;
	struct fail why = { 0 };

	years_begin(&years);
	years_figure(&years, 2025, "status=single");
	years_reported(
		&years, "ETH", "2025-01-02", "2025-06-03", 125000000, 5000, 1000, 'H');
	cr_assert(years_compute(&years, (struct chain_options){ 0 }, &why), "%s",
		why.message);
	cr_expect(not(packet_write(&years.household, 2025, "/tmp/never.txf", &why)));
	cr_expect(eq(int, why.kind, FAIL_NOT_MODELLED));
	cr_expect_str_eq(
		why.message, "TXF has no code for digital assets: 1.25 sh. ETH, box H");
	years_end(&years);
}

Test(csv, rows_have_both_books_and_are_never_formulas)
{
	struct years years;
	struct text bytes = TEXT_EMPTY;

	make_years(&years);
	write_and_read(&years, ".csv", &bytes);
	cr_expect_str_eq(bytes.at,
		"Description,Date Acquired,Date Sold,Sales Proceeds,Cost or Other Basis,"
		"Wash Sale,Adjustment Code,Adjustment Amount,Reporting "
		"Category,Long/Short,"
		"Gain or Loss,AMT Basis,AMT Adjustment,AMT Gain or "
		"Loss,Lot,Account,Source\n"
		"100 sh. ACME,11/01/2024,03/01/2025,6000.00,1000.00,,B,-4000.00,A,Short,"
		"1000.00,5000.00,0.00,1000.00,L5,\"'=SUM(A1)\","
		"\"1099-B 2025 <&\"\" caf\xc3\xa9>.csv, row 6\"\n"
		"10 sh. =1+1,01/02/2025,06/03/2025,1234.56,1000.00,,,0.00,A,Short,234.56,"
		"1000.00,0.00,234.56,L2,\"'=SUM(A1)\","
		"\"1099-B 2025 <&\"\" caf\xc3\xa9>.csv, row 2\"\n"
		"\"0.5 sh. CAF\xc3\x89 \"\"A, B\"\" INCORPORATED IN THE STATE OF "
		"DELAWARE\","
		"VARIOUS,06/04/"
		"2025,50.00,100.50,W,W,20.50,B,Short,-30.00,100.50,20.50,-30.00,"
		"L3,\"'=SUM(A1)\",\"1099-B 2025 <&\"\" caf\xc3\xa9>.csv, row 3\"\n"
		"1 sh. "
		"LITHIUM,02/28/2019,07/01/2025,0.00,1.00,,,0.00,F,Long,-1.00,1.00,0.00,"
		"-1.00,L4,\"'=SUM(A1)\",\"1099-B 2025 <&\"\" caf\xc3\xa9>.csv, row "
		"4\"\n");
	text_release(&bytes);
	years_end(&years);
}

Test(csv, words_that_spreadsheets_would_calculate_are_words)
{
	static const struct {
		const char *words, *field;
	} cases[] = {
		{ "plain", "plain;" },
		{ "", ";" },
		{ "a,b", "\"a,b\";" },
		{ "a \"b\"", "\"a \"\"b\"\"\";" },
		{ "=1+1", "\"'=1+1\";" },
		{ "+1", "\"'+1\";" },
		{ "-cmd", "\"'-cmd\";" },
		{ "@SUM(1)", "\"'@SUM(1)\";" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text out = TEXT_EMPTY;

		csv_text(&out, cases[i].words, ';');
		cr_expect_str_eq(out.at, cases[i].field);
		text_release(&out);
	}
}

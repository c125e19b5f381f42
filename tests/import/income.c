/* What composite forms say besides sales is told box by box, with the figure that it is a part of. */
#include <criterion/criterion.h>

#include "tests/import/collect.h"

#define SCHWAB_TOP "\"Account\",\"XXXX-X1\"\n\"Tax Year\",\"2025\"\n\n"
#define SCHWAB_BOX "\"Box\",\"Description\",\"Amount\",\"Total\",\"Details\",\"\"\n"
#define SCHWAB_SALES                                                                     \
	"\"Form 1099 B\",\"\"\n"                                                         \
	"\"1a\",\"1b\",\"1c\",\"1d\",\"1e\",\"1f\",\"1g\",\"2\",\"\",\"3\",\"4\","       \
	"\"5\",\"6\",\"7\",\"8\",\"9\",\"10\",\"11\",\"12\",\"\"\n"
#define SCHWAB_CONTRACT                                                                  \
	"\"2.00 MICRO INDEX "                                                            \
	"FUTURE\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\","     \
	"\"1,000.00\",\"200.00\",\"300.01\",\"1,100.01\",\"\",\"\"\n"
#define FIDELITY                                                                         \
	"1099 Summary,Account,1099-DIV-1A Total Ordinary Dividends,1099-DIV-12 Exempt "  \
	"Interest Dividends,1099-DIV-13 Specified Private Activity Bond Interest "       \
	"Dividends,1099-DIV-8 Foreign Country or U.S. Possession,1099-INT-8 Tax-Exempt " \
	"Interest,1099-MISC-8 Substitute Payments In Lieu of Dividends and Interest\r"   \
	"1099 Summary,Z1,0000000000000100.00,0000000000000050.00,0000000000000030.00,-," \
	"0000000000000000.00,0000000000000004.00\r"                                      \
	"1099 Summary,Z2,0000000000000011.00,0000000000000000.00,0000000000000000.00,-," \
	"0000000000000020.00,0000000000000000.00\r"
#define ROBINHOOD                                                                        \
	"1099-DIV,ACCOUNT NUMBER,TAX YEAR,ORDINARY DIV,EXEMPTINTDIV,SPECIFIEDPABINTDIV," \
	"STATECODE\n"                                                                    \
	"1099-DIV,1,2025,10.00,5.00,2.00,\n"                                             \
	"1099-INT,ACCOUNT NUMBER,TAX YEAR,INT INCOME,INT USBONDS,SPECIFIEDPABINT\n"      \
	"1099-INT,1,2025,7.00,3.00,1.25\n"                                               \
	"1099-B,ACCOUNT NUMBER,TAX YEAR,DATE ACQUIRED,SALE DATE,DESCRIPTION,SHARES,"     \
	"COST BASIS,SALES PRICE,TERM,FORM8949CODE,PROFIT,UNRELPROFITPREV,UNRELPROFIT,"   \
	"AGGPROFIT\n"                                                                    \
	"1099-B,1,2025,,,INDEX OPTION,2,,,,,-90.00,0,0,-90.00\n"
#define OFX(form, body)                                                                  \
	"<?xml version=\"1.0\"?><OFX><TAX1099MSGSRSV1><TAX1099TRNRS><TAX1099RS><" form   \
	">" body "</" form "></TAX1099RS></TAX1099TRNRS></TAX1099MSGSRSV1></OFX>"
#define TXF_HEAD "V042\nASome Tool\nD01/05/2026\n^\n"

static const struct {
	const char *name, *text, *format;
	enum income kind;
	int64_t cents;
	const char *figures;
} cases[] = {
	{ "Schwab: the total",
		SCHWAB_TOP "\"Form 1099DIV\",\"\"\n" SCHWAB_BOX
			   "\"13\",\"Specified private activity bond "
			   "interest\",\"\",\"44.10\",\"\",\"\"\n",
		"schwab-1099", INCOME_DIV_ACTIVITY, 4410,
		"private_activity_interest=44.10" },
	{ "Schwab: the amount where there is no total",
		SCHWAB_TOP "\"Form 1099INT\",\"\"\n\"Corrected\",\"No\"\n" SCHWAB_BOX
			   "\"9\",\"Specified private activity bond "
			   "interest\",\"1,044.10\",\"\",\"\",\"\"\n",
		"schwab-1099", INCOME_INT_ACTIVITY, 104410,
		"private_activity_interest=1044.10" },
	{ "Schwab: a contract marked to market goes to Form 6781",
		SCHWAB_TOP SCHWAB_SALES SCHWAB_CONTRACT SCHWAB_CONTRACT, "schwab-1099",
		INCOME_CONTRACTS, 220002,
		"other_short_term_gain=880.01 other_long_term_gain=1320.01" },
	{ "Fidelity: all accounts of the file", FIDELITY, "fidelity-1099",
		INCOME_DIVIDENDS, 11100,
		"ordinary_dividends=111.00 private_activity_interest=30.00 "
		"other_income=4.00" },
	{ "Robinhood: boxes of two forms make one figure", ROBINHOOD, "robinhood-1099",
		INCOME_INT_ACTIVITY, 125,
		"ordinary_dividends=10.00 private_activity_interest=3.25 "
		"taxable_interest=10.00 other_short_term_gain=-36.00 "
		"other_long_term_gain=-54.00" },
	{ "OFX: dividends",
		OFX("TAX1099DIV_V100",
			"<TAXYEAR>2025</TAXYEAR><SPECIFIEDPABINTDIV>12.00</"
			"SPECIFIEDPABINTDIV>"),
		"ofx", INCOME_DIV_ACTIVITY, 1200, "private_activity_interest=12.00" },
	{ "OFX: a form declared void",
		OFX("TAX1099INT_V100", "<VOID>Y</VOID><INTINCOME>12.00</INTINCOME>"),
		"ofx", INCOME_INTEREST, 0, "" },
	{ "OFX: contracts",
		OFX("TAX1099B_V100",
			"<TAXYEAR>2025</TAXYEAR><AGGPROFIT>100.00</"
			"AGGPROFIT>"),
		"ofx", INCOME_CONTRACTS, 10000,
		"other_short_term_gain=40.00 other_long_term_gain=60.00" },
	{ "FDX: dividends alone",
		"{\"tax1099Div\":{\"taxYear\":2025,\"ordinaryDividends\":9.5,"
		"\"stateAndLocal\":[{\"federalTaxWithheld\":7}],"
		"\"specifiedPabInterestDividend\":1}}",
		"fdx", INCOME_DIVIDENDS, 950,
		"ordinary_dividends=9.50 private_activity_interest=1.00" },
	{ "FDX: interest and contracts",
		"{\"forms\":[{\"tax1099Int\":{\"interestIncome\":5,"
		"\"usBondInterest\":\"6\"}},{\"tax1099B\":{\"taxYear\":2025,"
		"\"aggregateProfitOnContracts\":-10}}]}",
		"fdx", INCOME_INT_TREASURY, 600,
		"taxable_interest=11.00 other_short_term_gain=-4.00 "
		"other_long_term_gain=-6.00" },
	{ "TXF: a summary stands for its details",
		TXF_HEAD "TS\nN286\nC1\nL1\n$1284.17\n^\nTD\nN286\nC1\nL1\n$902.55\n^\n",
		"txf", INCOME_DIVIDENDS, 128417, "ordinary_dividends=1284.17" },
	{ "TXF: details without a summary",
		TXF_HEAD "TD\nN287\nC1\nL1\n$10.00\n^\nTD\nN287\nC1\nL2\n$2.50\n^\n",
		"txf", INCOME_INTEREST, 1250, "taxable_interest=12.50" },
};

Test(income, is_told_with_the_figure_it_belongs_to)
{
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct collected all;
		struct text figures = TEXT_EMPTY;

		collect_text(&all, cases[i].text, NULL);
		cr_expect(all.done, "%s: %ld: %s", cases[i].name, all.why.row,
			all.why.message);
		if (all.done) {
			cr_expect(strcmp(all.file.format, cases[i].format) == 0, "%s: %s",
				cases[i].name, all.file.format);
			cr_expect(
				all.file.income.of[cases[i].kind].cents == cases[i].cents,
				"%s: %lld cents", cases[i].name,
				(long long)all.file.income.of[cases[i].kind].cents);
			incomes_figures(&all.file.income, &figures);
			cr_expect(strcmp(figures.length > 0 ? figures.at : "",
					  cases[i].figures) == 0,
				"%s: %s", cases[i].name, figures.at);
		}
		text_release(&figures);
		collect_release(&all);
	}
}

Test(income, that_is_no_amount_is_refused_where_it_stands)
{
	struct collected all;

	collect_text(&all,
		SCHWAB_TOP "\"Form 1099DIV\",\"\"\n" SCHWAB_BOX
			   "\"1a\",\"Total ordinary dividends\",\"\",\"12x\",\"\",\"\"\n",
		NULL);
	cr_expect(!all.done && all.why.row == 6);
	cr_expect(strstr(all.why.message, "Form 1099-DIV, box 1a") != NULL, "%s",
		all.why.message);
	collect_release(&all);
}

/* The report has them among its sales, and so do the rows; their gain belongs elsewhere. */
Test(income, of_contracts_marked_60_40_is_told)
{
	struct collected all;
	struct text figures = TEXT_EMPTY;

	collect_file(&all,
		"tests/import/samples/gainskeeper/report_without_open_dates.xlsx", NULL);
	cr_assert(all.done && all.sales == 3, "%s", all.why.message);
	cr_expect(!all.row[0].contract && all.row[1].contract && !all.row[2].contract);
	cr_expect(strstr(all.file.note, "belong on Form 6781") != NULL, "%s",
		all.file.note);
	cr_expect(all.file.income.of[INCOME_CONTRACTS].cents == 25000);
	incomes_figures(&all.file.income, &figures);
	cr_expect(
		strcmp(figures.at,
			"other_short_term_gain=100.00 other_long_term_gain=150.00") == 0,
		"%s", figures.at);
	text_release(&figures);
	collect_release(&all);
}

/* Every box is found by its name, and says where it belongs. */
Test(income, boxes_have_a_place)
{
	for (enum income kind = 0; kind < INCOME_KINDS; kind++) {
		cr_expect(income_of_box(income_form(kind), income_box(kind)) == kind);
		cr_expect(income_purpose(kind) != NULL && *income_what(kind) != '\0');
	}
	cr_expect(income_of_box("1099-DIV", "99") == INCOME_KINDS);
	cr_expect(income_of_box("1099-DIV", " 1A ") == INCOME_DIVIDENDS);
}

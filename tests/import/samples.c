/* Every sample file: its format, its rows, and its totals. */
#include <criterion/criterion.h>

#include "tests/import/collect.h"

#define FOLDER "tests/import/samples/"

/* Totals of sales; NULL: the file has no such figures, or they are not given. */
static const struct sample {
	const char *file, *format;
	size_t rows, sales;
	const char *proceeds, *basis, *wash;
} samples[] = {
	{ "schwab-1099/XXXX-X482.CSV", "schwab-1099", 12, 12, "36418.35", "27785.18",
		"145.35" },
	{ "fidelity-1099/2025_1099_Individual-2345.csv", "fidelity-1099", 11, 11,
		"37749.05", "26360.82", "117.06" },
	{ "etrade-gl/G&L_Expanded.csv", "etrade-gl", 11, 11, "34872.07", "9229.49",
		"61.50" },
	{ "robinhood-1099/3f0c2c9e-1111-4222-8333-444455556666.csv", "robinhood-1099", 11,
		11, "26758.47", "16509.24", "88.06" },
	{ "schwab-rgl/Individual_GainLoss_Realized_Details_20260109-081422.csv",
		"schwab-rgl", 11, 11, "30502.25", "22895.18", "145.35" },
	{ "schwab-rgl/web_summary.csv", "schwab-rgl", 10, 10, "58897.51", "51958.46",
		"145.35" },
	{ "fidelity-closed/Closed_Positions_2022.csv", "fidelity-closed", 10, 10,
		"32787.62", "21178.46", NULL },
	{ "fidelity-closed/Individual_Portfolio_Closed_Lots_Jan-05-2026.csv",
		"fidelity-closed", 9, 9, "30143.89", "18436.22", NULL },
	{ "apex-8949/5XX00001_2025_8949.csv", "apex-8949", 11, 11, "34021.46", "23438.46",
		"145.35" },
	{ "tastytrade/tastytrade_1099B_2025.csv", "tastytrade", 11, 11, "34021.46",
		"23438.46", "145.35" },
	{ "ibkr/worksheet_8949_2011.csv", "ibkr", 11, 11, "34021.46", "23438.46",
		"145.35" },
	{ "merrill/Realized_AllAccounts_012026.csv", "merrill", 11, 11, "34021.46",
		"23438.46", NULL },
	{ "chase/realized_2025.csv", "chase", 11, 11, "34021.46", "23438.46", NULL },
	{ "betterment/betterment_1099b_2025.csv", "betterment", 13, 13, "9476.54",
		"6767.21", "8.80" },
	{ "betterment/betterment_1099b_2018_noaccount.csv", "betterment", 13, 13,
		"9476.54", "6767.21", "8.80" },
	{ "wealthfront/wealthfront_8949.csv", "wealthfront", 13, 13, "9476.54", "6767.21",
		"8.80" },
	{ "td-ameritrade/tdameritrade_gainloss_2022.csv", "td-ameritrade", 11, 11,
		"34021.46", "23438.46", NULL },
	{ "coinbase/Coinbase-2025-CB-GAINLOSSCSV.csv", "coinbase", 13, 13, "9613.94",
		"5368.56", NULL },
	{ "turbotax-crypto/turbotax_gainloss.csv", "turbotax-crypto", 11, 11, "9612.62",
		"4567.44", NULL },
	{ "bitcoin-tax/bitcoinTax.csv", "bitcoin-tax", 11, 11, "9612.62", "4567.44",
		NULL },
	{ "cashapp-taxes/ckt.csv", "cashapp-taxes", 11, 11, "34021.46", "23438.46",
		NULL },
	{ "etrade-community/etrade_1099b.csv", "etrade-community", 11, 11, "34021.46",
		"23438.46", "145.35" },
	{ "taxact/taxact_import.csv", "taxact", 11, 11, "34021.46", "23438.46",
		"145.35" },
	{ "txfexpress/generic.csv", "txfexpress", 11, 11, "34021.46", "23438.46", NULL },
	{ "vanguard/realized_gains_2025.csv", "vanguard", 11, 11, "34021.46", "23438.46",
		NULL },
	{ "generic-8949/form8949.csv", "generic-8949", 11, 11, "34021.46", "23438.46",
		NULL },
	/* The manifest gives 23,438.46 as the basis, but the file has sales and no cost. */
	{ "merrill/ExportData.csv", "merrill", 11, 11, "34021.46", "0.00", NULL },
	{ "vanguard/transactions.csv", "vanguard", 11, 11, "34021.46", "23438.46", NULL },
	{ "schwab-history/Individual_XXX482_Transactions_20260105-091422.csv",
		"schwab-history", 6, 4, "24779.39", "341.32", NULL },
	{ "robinhood-activity/activity.csv", "robinhood-activity", 4, 3, "15154.61",
		"341.32", NULL },
	{ "netbenefits/View closed lots.csv", "netbenefits", 10, 10, "24015.76",
		"18574.07", NULL },
	{ "netbenefits/View open lots.csv", "netbenefits", 10, 0, NULL, NULL, NULL },
	{ "netbenefits/stock-sales.tsv", "netbenefits", 10, 10, "24015.76", "18574.07",
		NULL },
	{ "netbenefits/Transaction history.csv", "netbenefits", 10, 3, "11983.36", NULL,
		NULL },
	{ "morgan-stanley/Releases Report.csv", "morgan-stanley", 9, 0, NULL, NULL,
		NULL },
	{ "morgan-stanley/Releases Net Shares Report.csv", "morgan-stanley", 10, 0, NULL,
		NULL, NULL },
	{ "morgan-stanley/Withdrawals Report.csv", "morgan-stanley", 5, 4, "8793.82",
		NULL, NULL },
	{ "equateplus/consumption.csv", "equateplus", 10, 0, NULL, NULL, NULL },
	{ "schwab-eac/EquityAwardsCenter_Transactions_20260105091422.csv", "schwab-eac",
		9, 3, "17550.00", "13111.50", "0.00" },
	{ "schwab-eac/EquityAwardsCenter_Transactions_20260105091422.json", "schwab-eac",
		5, 1, "2551.75", "0.00", "0.00" },
	{ "schwab-eac/EquityAwardsCenter_Transactions_20260105091733.csv", "schwab-eac",
		4, 0, "0.00", "0.00", "0.00" },
	{ "schwab-eac/EquityAwardsCenter_Transactions_legacy_20231205.csv", "schwab-eac",
		7, 1, "3412.00", "0.00", "0.00" },
	{ "txf/sample_v042.txf", "txf", 12, 12, "39333.86", "25086.66", "145.35" },
	{ "txf/quirks.txf", "txf", 10, 10, "21869.75", "13426.22", "98.06" },
	{ "ofx/tax1099_v2.xml", "ofx", 11, 11, "34021.46", "22588.46", "145.35" },
	{ "ofx/tax1099_v1_sgml.ofx", "ofx", 6, 6, "26471.82", "16993.86", "88.06" },
	{ "fdx/tax1099B.json", "fdx", 11, 11, "34021.46", "23438.46", "145.35" },
	{ "etrade-gl/G&L_Expanded.xlsx", "etrade-gl", 11, 11, "34872.0718", "9229.48525",
		"61.50" },
	{ "etrade-gl/G&L_Collapsed.xlsx", "etrade-gl", 11, 11, "34872.0718", "9229.48525",
		"61.50" },
	{ "etrade-gl/old_G&L_Expanded.xlsx", "etrade-gl", 11, 11, "34872.0718",
		"9229.48525", NULL },
	{ "etrade-gl/old_G&L_Collapsed.xlsx", "etrade-gl", 11, 11, "34872.0718",
		"9229.48525", NULL },
	{ "etrade-benefit-history/BenefitHistory.xlsx", "etrade-benefit-history", 9, 0,
		NULL, NULL, NULL },
	{ "carta/exercise_ES-17.xlsx", "carta", 1, 0, NULL, NULL, NULL },
	{ "carta/exercise_ES-22.xlsx", "carta", 1, 0, NULL, NULL, NULL },
	{ "gainskeeper/report_for_8949.xlsx", "gainskeeper", 11, 11, "34021.46",
		"23438.46", "145.35" },
	{ "olt/olt_import.xlsx", "olt", 11, 11, "34021.46", "23438.46", "145.35" },
	{ "ibkr/flex_closed_lots_2025.xml", "ibkr", 11, 11, "34021.46", "23438.46",
		"145.35" },
	{ "robinhood-gains/gain_loss_2023.csv", "robinhood-gains", 3, 3, "10135.05",
		"7521.26", NULL },
	{ "robinhood-gains/gain_loss_2024.csv", "robinhood-gains", 2, 2, "9522.80",
		"6909.01", NULL },
	{ "robinhood-crypto/crypto_activity.csv", "robinhood-crypto", 2, 2, "661.00",
		"526.80", NULL },
	{ "washems/lots_2025.csv", "washems", 2, 2, "4725.05", "4605.41", NULL },
	{ "wash-sale-calculator/lots_out.csv", "wash-sale-calculator", 2, 2, "1700.50",
		"1800.00", "250.00" },
	{ "morgan-stanley/Withdrawal Wire Report.csv", "morgan-stanley", 2, 0, NULL, NULL,
		NULL },
	{ "gainskeeper/report_without_open_dates.xlsx", "gainskeeper", 3, 3, "750.50",
		"500.25", "50.00" },
	{ "tastytrade/tastytrade_8949_2023.csv", "tastytrade", 2, 2, "155.10", "120.00",
		"20.00" },
	{ "apex-8949/2022-1099-gain-loss.csv", "apex-8949", 6, 4, "2144.61", "1062.36",
		"14.25" },
	{ "ibkr/flex_shorts_and_futures_2024.xml", "ibkr", 5, 4, "170.75", "290.75",
		"20.25" },
	{ "txf/summaries.txf", "txf", 2, 2, "2600.00", "3000.00", "400.00" },
	{ "fdx/tax1099Da.json", "fdx", 8, 8, "1262.50", "1110.10", "25.00" },
	{ "form3921/acme.csv", "form3921", 2, 0, NULL, NULL, NULL },
};

static void expect_total(const char *file, const char *what, int128 sum, const char *want)
{
	char text[48];

	if (want != NULL)
		cr_expect(strcmp(value_e8_text(sum, text), want) == 0,
			"%s: %s adds up to %s, want %s", file, what, text, want);
}

Test(samples, have_their_format_rows_and_totals)
{
	for (size_t i = 0; i < COUNT(samples); i++) {
		const struct sample *const sample = &samples[i];
		struct collected all;
		char path[256];

		snprintf(path, sizeof path, FOLDER "%s", sample->file);
		collect_file(&all, path, NULL);
		cr_expect(all.done, "%s:%ld:%ld: %s", sample->file, all.why.row,
			all.why.column, all.why.message);
		if (all.done) {
			cr_expect(strcmp(all.file.format, sample->format) == 0,
				"%s is taken for %s", sample->file, all.file.format);
			cr_expect(all.count == sample->rows && all.file.rows == all.count,
				"%s: %zu rows, want %zu", sample->file, all.count,
				sample->rows);
			cr_expect(all.sales == sample->sales, "%s: %zu sales, want %zu",
				sample->file, all.sales, sample->sales);
			cr_expect(all.file.difference[0] == '\0', "%s: %s", sample->file,
				all.file.difference);
			expect_total(
				sample->file, "proceeds", all.proceeds, sample->proceeds);
			expect_total(sample->file, "basis", all.basis, sample->basis);
			expect_total(sample->file, "wash", all.wash, sample->wash);
		}
		collect_release(&all);
	}
}

/* Whatever is detected is also what reading by name gives. */
Test(samples, read_the_same_when_the_format_is_named)
{
	for (size_t i = 0; i < COUNT(samples); i++) {
		struct collected all;
		char path[256];

		snprintf(path, sizeof path, FOLDER "%s", samples[i].file);
		collect_file(&all, path, samples[i].format);
		cr_expect(all.done && all.count == samples[i].rows, "%s: %s",
			samples[i].file, all.why.message);
		collect_release(&all);
	}
}

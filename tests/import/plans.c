/* What statements of a plan bring: vests, purchases, exercises, and what shares sold had cost. */
#include "tests/import/home.h"

/* apex-8949 names the symbol, so that no alias is needed. */
#define FORM_HEAD                                                                        \
	"ACCOUNT_ID,TAX_YEAR,SYMBOL,SEC_DESCR,QUANTITY,1099_ACQ_DATE,1099_DISP_DATE,"    \
	"1099_COST,1099_PROCEEDS,1099_DISALLOWED_LOSS,TERM,COVERED_IND,8949_BOX\n"

Test(plans, vests_and_purchases_become_facts_once)
{
	struct home home;
	struct import_report report;
	struct facts facts;
	char day[DAY_TEXT];

	home_make(&home);
	cr_assert(import_one(&home,
			  SAMPLES
			  "schwab-eac/EquityAwardsCenter_Transactions_20260105091422.csv",
			  NULL, &report),
		"%s", home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	const struct fact *const vest = find(&facts, FACT_RSU, 0);
	const struct fact *const espp = find(&facts, FACT_ESPP, 0);

	cr_assert(vest != NULL && espp != NULL);
	cr_expect(strcmp(day_iso(vest->day, day), "2025-08-15") == 0);
	cr_expect(vest->shares.e8 == INT64_C(9000000000) && vest->kept_known &&
		vest->kept.e8 == INT64_C(5800000000) &&
		vest->fmv.e8 == INT64_C(10905000000));
	cr_expect(strcmp(day_iso(espp->day, day), "2025-02-28") == 0);
	cr_expect(strcmp(day_iso(espp->other_day, day), "2024-09-03") == 0);
	cr_expect(espp->price.e8 == INT64_C(8313000000) &&
		espp->grant_fmv.e8 == INT64_C(9780000000) &&
		espp->fmv.e8 == INT64_C(10411000000));
	facts_release(&facts);

	/* The other download tells the vest of August too. */
	cr_assert(import_one(&home,
			  SAMPLES
			  "schwab-eac/EquityAwardsCenter_Transactions_20260105091733.csv",
			  NULL, &report),
		"%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == 1 && report.count[IMPORT_NEW] == 3);
	home_end(&home);
}

#define AWARDS_HEAD                                                                      \
	"Date,Action,Symbol,Description,Quantity,FeesAndCommissions,"                    \
	"DisbursementElection,Amount,Type,Shares,SalePrice,PurchaseDate,PurchasePrice,"  \
	"PurchaseFairMarketValue,DispositionType,VestDate,VestFairMarketValue,"          \
	"GrossProceeds,TotalCostBasis\n"                                                 \
	"11/18/2025,Sale,DLSW,Share Sale,50,,,5500.00,,,,,,,,,,,\n"

/* Prices a share stand for sums: the vest's value is wages, an early sale's discount too. */
static const struct {
	const char *name, *detail;
	int64_t basis, income;
} awards[] = {
	{ "vest without a basis",
		",,,,,,,,RS,50,$110.00,,,,,08/15/2024,$98.40,$5500.00,\n", -1, 492000 },
	{ "vest whose value is the basis",
		",,,,,,,,RS,50,$110.00,,,,,08/15/2024,$98.40,$5500.00,$4920.00\n", 492000,
		0 },
	{ "purchase sold too early",
		",,,,,,,,ESPP,50,$110.00,08/30/2024,$80.00,$97.00,Disqualified,,,,\n",
		400000, 85000 },
	{ "purchase sold in time",
		",,,,,,,,ESPP,50,$110.00,08/30/2022,$80.00,$97.00,Qualified,,,,\n",
		400000, 0 },
};

Test(plans, a_plans_sale_brings_what_its_shares_cost)
{
	for (size_t i = 0; i < COUNT(awards); i++) {
		struct home home;
		struct import_report report;
		struct facts facts;
		char text[1024];

		home_make(&home);
		snprintf(text, sizeof text, AWARDS_HEAD "%s", awards[i].detail);
		import_text(&home, text, &report);
		cr_assert(store_facts(home.store, &facts, &home.why));
		cr_assert(facts.count == 1);
		cr_expect(facts.at[0].basis_known == (awards[i].basis >= 0), "%s",
			awards[i].name);
		cr_expect(facts.at[0].basis.cents ==
				(awards[i].basis >= 0 ? awards[i].basis : 0),
			"%s", awards[i].name);
		cr_expect(facts.at[0].income.cents == awards[i].income, "%s: %lld",
			awards[i].name, (long long)facts.at[0].income.cents);
		facts_release(&facts);
		home_end(&home);
	}
}

/* The form's basis of 0.00 is not known to it; the statement's was the value at the vest. */
Test(plans, wages_are_what_the_forms_basis_lacks)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	import_text(&home,
		AWARDS_HEAD
		",,,,,,,,RS,50,$110.00,,,,,08/15/2024,$98.40,$5500.00,$4920.00\n",
		&report);
	import_text(&home,
		FORM_HEAD "5XX482,2025,DLSW,DELTA LOOM SOFTWARE "
			  "INC,50,2024-08-15,2025-11-18,1000.00,5500.00,0,L,Y,D\n",
		&report);
	cr_expect(report.count[IMPORT_CHANGED] == 1);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 1);
	cr_expect(
		facts.at[0].basis.cents == 100000 && facts.at[0].income.cents == 392000);
	cr_expect(strcmp(names_text(facts.names, facts.at[0].plan), "rsu") == 0);
	facts_release(&facts);
	home_end(&home);
}

/* All of a vest was delivered, since the 1099-B has the sale of what paid the tax. */
Test(plans, shares_sold_for_the_tax_are_in_the_vest_and_on_the_1099_b)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	import_text(&home,
		"Date,Action,Symbol,Description,Quantity,FeesAndCommissions,"
		"DisbursementElection,Amount,AwardDate,AwardId,FairMarketValuePrice,"
		"SalePrice,SharesSoldWithheldForTaxes,NetSharesDeposited,Taxes\n"
		"05/15/2023,Lapse,DLSW,Restricted Stock Lapse,30,,,,,,,,,,\n"
		",,,,,,,,02/15/2022,R38877,$77.15,$76.90,11,19,$848.65\n",
		&report);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 1 && facts.at[0].kind == FACT_RSU);
	cr_expect(facts.at[0].kept_known && facts.at[0].kept.e8 == INT64_C(3000000000));
	facts_release(&facts);
	home_end(&home);
}

Test(plans, an_exercise_without_its_value_is_told_and_not_used)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_assert(
		import_one(&home,
			SAMPLES
			"schwab-eac/EquityAwardsCenter_Transactions_20260105091422.json",
			NULL, &report),
		"%s", home.why.message);
	cr_expect(noted(&report,
		"option_exercise of 500 DLSW on 2025-09-10 is not used: the file "
		"does not say the fair market value (Form 3921, box 4)"));
	home_end(&home);
}

Test(plans, what_is_told_of_an_unused_row_is_cut_at_whole_characters)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	/* The fortieth byte of the symbol is the first of a character of two. */
	import_text(&home,
		"{\"Transactions\":[{\"Date\":\"09/10/2025\",\"Action\":\"Exercise and "
		"Hold\","
		"\"Symbol\":\"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\xc3\xa9n\","
		"\"Quantity\":\"500\",\"TransactionDetails\":"
		"[{\"Details\":{\"AwardDate\":\"01/02/"
		"2020\",\"AwardType\":\"ISO\",\"AwardPrice\":"
		"\"1.00\",\"SharesExercised\":\"500\"}}]}]}",
		&report);
	cr_expect(noted(&report,
		"option_exercise of 500 xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx on "
		"2025-09-10 is not used: the file does not say"));
	home_end(&home);
}

Test(plans, a_file_without_a_security_wants_its_symbol)
{
	struct home home;
	struct import_report report;
	const struct import_options options = { .symbol = "DLSW" };
	struct facts facts;

	home_make(&home);
	cr_expect(!import_one(
		&home, SAMPLES "netbenefits/View closed lots.csv", NULL, &report));
	cr_expect(home.why.kind == FAIL_MISSING_FACTS && home.why.row == 2);
	cr_assert(import_one(
		&home, SAMPLES "netbenefits/View closed lots.csv", &options, &report));
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_expect(facts.count == 10 &&
		strcmp(names_text(facts.names, facts.at[0].symbol), "DLSW") == 0);
	facts_release(&facts);
	/* A look beside what stands reads the file twice, and counts once. */
	const struct import_options look = { .dry_run = true };

	cr_assert(
		import_one(&home, SAMPLES "netbenefits/stock-sales.tsv", &look, &report));
	cr_expect(noted(&report, "10 sales do not say which security"));
	home_end(&home);
}

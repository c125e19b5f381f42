/* Fees beside a sale of an equity plan: each lot bears its part, and the proceeds are less it. */
#include "tests/import/home.h"

#define EAC "schwab-eac/EquityAwardsCenter_Transactions_"
#define HEAD                                                                             \
	"Date,Action,Symbol,Description,Quantity,FeesAndCommissions,"                    \
	"DisbursementElection,Amount,Type,Shares,SalePrice,VestDate,GrossProceeds,"      \
	"TotalCostBasis\n"

/* What became of a sale's lots, in cents. */
#define LOTS 4
struct lots_told {
	int64_t proceeds[LOTS], fees[LOTS];
};

static void expect_lots(struct home *home, const char *name, const struct lots_told *want)
{
	struct facts facts;
	size_t lots = 0;

	cr_assert(store_facts(home->store, &facts, &home->why));
	for (size_t i = 0; i < facts.count; i++) {
		const struct fact *const fact = &facts.at[i];

		if (fact->kind != FACT_REPORTED_SALE)
			continue;
		cr_assert(lots < LOTS);
		cr_expect(fact->proceeds.cents == want->proceeds[lots],
			"%s, lot %zu: proceeds %lld", name, lots,
			(long long)fact->proceeds.cents);
		cr_expect(fact->fee.cents == want->fees[lots], "%s, lot %zu: fee %lld",
			name, lots, (long long)fact->fee.cents);
		/* What is left is net: nothing of the fee is taken off again. */
		cr_expect(fact->gross ==
				(want->fees[lots] != 0 ? COVERED_NO : COVERED_UNKNOWN),
			"%s, lot %zu", name, lots);
		lots++;
	}
	cr_expect(lots == LOTS || want->proceeds[lots] == 0, "%s: %zu lots", name, lots);
	facts_release(&facts);
}

static const struct {
	const char *name, *text;
	struct lots_told want;
} sales[] = {
	{ "fees over three lots, to the cent",
		HEAD "11/18/2025,Sale,DLSW,Share Sale,30,$0.10,,\"$2,999.90\",,,,,,\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n",
		{ { 99997, 99996, 99997 }, { 3, 4, 3 } } },
	{ "a lot without gross proceeds: shares times price",
		HEAD "11/18/2025,Sale,DLSW,Share Sale,12,$0.48,,\"$1,199.52\",,,,,,\n"
		     ",,,,,,,,RS,3.5,$100.00,08/15/2024,,$300.00\n"
		     ",,,,,,,,RS,8.5,$100.00,08/15/2024,,$800.00\n",
		{ { 34986, 84966 }, { 14, 34 } } },
	{ "fees of nothing",
		HEAD "11/18/2025,Sale,DLSW,Share Sale,10,$0.00,,\"$1,000.00\",,,,,,\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n",
		{ { 100000 }, { 0 } } },
	{ "fees with a sign of their own",
		HEAD "11/18/2025,Sale,DLSW,Share Sale,10,-$0.48,,$999.52,,,,,,\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n",
		{ { 99952 }, { 48 } } },
	{ "no lots: what was left, and the fees, are the gross proceeds",
		HEAD "11/18/2025,Sale,DLSW,Share Sale,10,$0.48,,$999.52,,,,,,\n",
		{ { 99952 }, { 48 } } },
	{ "JSON",
		"{\"Transactions\":[{\"Date\":\"11/18/"
		"2025\",\"Action\":\"Sale\",\"Symbol\":"
		"\"DLSW\",\"Quantity\":\"3\",\"FeesAndCommissions\":\"$0.05\",\"Amount\":"
		"\"$299.95\",\"TransactionDetails\":["
		"{\"Details\":{\"Type\":\"RS\",\"Shares\":\"1\",\"SalePrice\":\"$100."
		"00\"}},"
		"{\"Details\":{\"Type\":\"RS\",\"Shares\":\"2\",\"SalePrice\":\"$100."
		"00\"}}]}]}",
		{ { 9998, 19997 }, { 2, 3 } } },
};

Test(fees, are_divided_over_the_lots_and_taken_off_their_proceeds)
{
	for (size_t i = 0; i < COUNT(sales); i++) {
		struct home home;
		struct import_report report;

		home_make(&home);
		home_write(&home, sales[i].text);
		cr_assert(import_one(&home, home.file, NULL, &report), "%s: %s",
			sales[i].name, home.why.message);
		expect_lots(&home, sales[i].name, &sales[i].want);
		home_end(&home);
	}
}

static const struct {
	const char *name, *file;
	struct lots_told want;
} files[] = {
	/* 0.37 over 100, 30 and 20 shares. */
	{ "flat", EAC "20260105091422.csv",
		{ { 1169975, 350993, 233995 }, { 25, 7, 5 } } },
	{ "nested", EAC "legacy_20231205.csv", { { 341190 }, { 10 } } },
};

Test(fees, of_the_samples)
{
	for (size_t i = 0; i < COUNT(files); i++) {
		struct home home;
		struct import_report report;
		char path[200];

		home_make(&home);
		snprintf(path, sizeof path, SAMPLES "%s", files[i].file);
		cr_assert(import_one(&home, path, NULL, &report), "%s", home.why.message);
		expect_lots(&home, files[i].name, &files[i].want);
		cr_expect(noted(&report, "are taken off the proceeds of"), "%s",
			files[i].name);
		home_end(&home);
	}
}

/* The amount of a sale is a total of its lots: a cent off, and the file is refused or waived. */
Test(fees, and_amount_must_meet_the_lots)
{
	static const char text[] =
		HEAD "11/18/2025,Sale,DLSW,Share Sale,10,$0.48,,$999.51,,,,,,\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n";
	const struct import_options waived = { .waive = "a cent is theirs" };
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home, text);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.kind == FAIL_BAD_INPUT && home.why.row == 2);
	cr_expect_str_eq(home.why.message,
		"amount of the sale after fees: the file says 999.51, its rows add up to "
		"999.52, a difference of -0.01");
	cr_expect(standing_count(&home) == 0);
	cr_expect(import_one(&home, home.file, &waived, &report), "%s", home.why.message);
	cr_expect(strstr(report.difference, "a cent is theirs") != NULL);
	home_end(&home);
}

Test(fees, that_are_no_amount_are_refused_in_their_column)
{
	static const char text[] =
		HEAD "11/18/2025,Sale,DLSW,Share Sale,10,$0.4.8,,$999.52,,,,,,\n"
		     ",,,,,,,,RS,10,$100.00,08/15/2024,\"$1,000.00\",$900.00\n";
	struct home home;
	struct import_report report;

	home_make(&home);
	home_write(&home, text);
	cr_expect(!import_one(&home, home.file, NULL, &report));
	cr_expect(home.why.row == 2 && home.why.column == 6, "%ld:%ld", home.why.row,
		home.why.column);
	cr_expect_str_eq(home.why.message,
		"column \"FeesAndCommissions\": \"$0.4.8\" is not an amount (want "
		"1,234.56)");
	home_end(&home);
}

/* Beside an exercise that is sold at once there is no sale of this file to bear them. */
Test(fees, beside_what_is_no_sale_are_told)
{
	static const char text[] =
		"Date,Action,Symbol,Description,Quantity,FeesAndCommissions,"
		"DisbursementElection,Amount,AwardId,SharesExercised,AwardPrice,"
		"SalePrice,"
		"AwardType,AwardDate\n"
		"11/18/2025,Exercise and Sell,DLSW,Same-Day "
		"Sale,10,$0.48,,$899.52,,,,,,\n"
		",,,,,,,,G1,10,$10.00,$100.00,ISO,08/15/2020\n";
	struct home home;
	struct import_report report;

	home_make(&home);
	import_text(&home, text, &report);
	cr_expect(
		noted(&report, "fees of 0.48 beside what is no sale here are not used"));
	home_end(&home);
}

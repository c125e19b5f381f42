/* Statements that part one day's sales in other ways: the sale counts once, or somebody is asked. */
#include "tests/import/home.h"

#define HISTORY                                                                          \
	"\"Date\",\"Action\",\"Symbol\",\"Description\",\"Quantity\",\"Price\",\"Fees "  \
	"& "                                                                             \
	"Comm\",\"Amount\"\n"
#define H(shares, amount)                                                                \
	"\"03/04/2025\",\"Sell\",\"DLSW\",\"DELTA LOOM\",\"" shares                      \
	"\",\"$100.00\",\"\",\"$" amount "\"\n"

#define GAINS                                                                            \
	"Record Type,Symbol,Plan Type,Quantity,Date Acquired,Acquisition Cost,Ordinary " \
	"Income Recognized,Adjusted Cost Basis,Date Sold,Total Proceeds,Capital Gains "  \
	"Status\n"
#define G_ON(day, shares, acquired, basis, proceeds)                                     \
	"Sell,DLSW,ES," shares "," acquired "," basis ",0.00," basis "," day             \
	"," proceeds ",Long\n"
#define G(shares, acquired, basis, proceeds)                                             \
	G_ON("03/04/2025", shares, acquired, basis, proceeds)
#define G_60 G("60", "01/02/2024", "3000.00", "6000.00")
#define G_40 G("40", "02/05/2024", "2400.00", "4000.00")

struct told_file {
	const char *text, *account;
};

struct sums {
	size_t sales;
	int64_t shares, proceeds, basis, waivers;
};

static struct sums sums_of(struct home *home)
{
	struct facts facts;
	struct sums sums = { 0 };

	cr_assert(store_facts(home->store, &facts, &home->why));
	for (size_t i = 0; i < facts.count; i++) {
		const struct fact *const fact = &facts.at[i];

		sums.waivers += fact->kind == FACT_WAIVER;
		sums.sales += fact->kind == FACT_REPORTED_SALE;
		sums.shares += fact->shares.e8 / 100000000;
		sums.proceeds += fact->proceeds.cents;
		sums.basis += fact->basis.cents;
	}
	facts_release(&facts);
	cr_expect(store_check(home->store, &home->why), "%s", home->why.message);
	return sums;
}

static bool take(struct home *home, const struct told_file *file,
	const struct import_options *options, struct import_report *report)
{
	struct import_options all =
		options != NULL ? *options : (struct import_options){ 0 };

	if (file->account != NULL)
		all.account = file->account;
	home_write(home, file->text);
	return import_one(home, home->file, &all, report);
}

/* ---- the totals agree ------------------------------------------------------------------ */

static const struct {
	const char *name;
	struct told_file first, second;
	size_t sales; /* that stand, of all the shares once */
	int64_t shares, proceeds, basis;
	size_t changed, same, added; /* rows of the second */
	const char *note;
} agreeing[] = {
	{ "lots after a history", { HISTORY H("100", "10,000.00"), NULL },
		{ GAINS G_60 G_40, NULL }, 2, 100, 1000000, 540000, 2, 0, 0,
		"100 DLSW sold on 2025-03-04 for 10000.00: told in 2 rows here, in 1 row "
		"of "
		"broker.csv; counted once, as this file has it" },
	{ "a history after lots", { GAINS G_60 G_40, NULL },
		{ HISTORY H("100", "10,000.00"), NULL }, 2, 100, 1000000, 540000, 0, 1, 0,
		"told in 1 row here, in 2 rows of broker.csv; counted once, as that file "
		"has it" },
	{ "fills in finer parts do not drive out the basis",
		{ GAINS G("100", "01/02/2024", "5400.00", "10000.00"), NULL },
		{ HISTORY H("70", "7,000.00") H("30", "3,000.00"), NULL }, 1, 100,
		1000000, 540000, 0, 2, 0, "told in 2 rows here, in 1 row of broker.csv" },
	{ "fills give way to the lot that has the basis",
		{ HISTORY H("70", "7,000.00") H("30", "3,000.00"), NULL },
		{ GAINS G("100", "01/02/2024", "5400.00", "10000.00"), NULL }, 1, 100,
		1000000, 540000, 1, 0, 0, "counted once, as this file has it" },
	{ "two exports of lots",
		{ GAINS G("100", "01/02/2024", "5400.00", "10000.00"), NULL },
		{ GAINS G_60 G_40, NULL }, 2, 100, 1000000, 540000, 2, 0, 0,
		"counted once, as this file has it" },
	{ "and the coarser after", { GAINS G_60 G_40, NULL },
		{ GAINS G("100", "01/02/2024", "5400.00", "10000.00"), NULL }, 2, 100,
		1000000, 540000, 0, 1, 0, "counted once, as that file has it" },
	{ "equally fine, other parts: the first stands",
		{ HISTORY H("60", "6,000.00") H("40", "4,000.00"), NULL },
		{ HISTORY H("70", "7,000.00") H("30", "3,000.00"), NULL }, 2, 100,
		1000000, 0, 0, 2, 0, "counted once, as that file has it" },
	{ "one part is equal, the other is parted",
		{ HISTORY H("60", "6,000.00") H("40", "4,000.00"), NULL },
		{ HISTORY H("60", "6,000.00") H("25", "2,500.00") H("15", "1,500.00"),
			NULL },
		3, 100, 1000000, 0, 2, 1, 0, "counted once, as this file has it" },
	{ "two cents a row are rounding", { HISTORY H("100", "10,000.00"), NULL },
		{ GAINS G("60", "01/02/2024", "3000.00", "6000.02")
				G("40", "02/05/2024", "2400.00", "4000.02"),
			NULL },
		2, 100, 1000004, 540000, 2, 0, 0, "counted once, as this file has it" },
	{ "rounding where the parts are the same",
		{ HISTORY H("60", "6,000.01") H("40", "3,999.99"), NULL },
		{ GAINS G_60 G_40, NULL }, 2, 100, 1000000, 540000, 2, 0, 0,
		"2 sales are known from another statement" },
	{ "an account that is not named", { HISTORY H("100", "10,000.00"), "XXXX-X482" },
		{ GAINS G_60 G_40, NULL }, 2, 100, 1000000, 540000, 2, 0, 0,
		"counted once" },
	{ "a longer export of the same day", { HISTORY H("60", "6,000.00"), NULL },
		{ GAINS G_60 G_40, NULL }, 2, 100, 1000000, 540000, 1, 0, 1,
		"1 sale is known from another statement" },
};

Test(parted, equal_totals_are_one_sale)
{
	for (size_t i = 0; i < COUNT(agreeing); i++) {
		const char *const name = agreeing[i].name;
		struct home home;
		struct import_report report;

		home_make(&home);
		cr_assert(take(&home, &agreeing[i].first, NULL, &report), "%s: %s", name,
			home.why.message);
		cr_assert(take(&home, &agreeing[i].second, NULL, &report), "%s: %s", name,
			home.why.message);
		const struct sums sums = sums_of(&home);

		cr_expect(sums.sales == agreeing[i].sales &&
				sums.shares == agreeing[i].shares &&
				sums.proceeds == agreeing[i].proceeds &&
				sums.basis == agreeing[i].basis,
			"%s: %zu sales of %lld for %lld, basis %lld", name, sums.sales,
			(long long)sums.shares, (long long)sums.proceeds,
			(long long)sums.basis);
		cr_expect(report.count[IMPORT_CHANGED] == agreeing[i].changed &&
				report.count[IMPORT_SAME] == agreeing[i].same &&
				report.count[IMPORT_NEW] == agreeing[i].added,
			"%s: %zu changed, %zu same, %zu new", name,
			report.count[IMPORT_CHANGED], report.count[IMPORT_SAME],
			report.count[IMPORT_NEW]);
		cr_expect(noted(&report, agreeing[i].note), "%s: %s", name,
			report.notes[1] != NULL ? report.notes[1] : "no note");
		home_end(&home);
	}
}

/* Once more, in other bytes, either file changes nothing: it stays as it was settled. */
Test(parted, what_was_settled_once_stays_settled)
{
	for (size_t i = 0; i < COUNT(agreeing); i++) {
		struct home home;
		struct import_report report;
		char again[1200];

		home_make(&home);
		cr_assert(take(&home, &agreeing[i].first, NULL, &report));
		cr_assert(take(&home, &agreeing[i].second, NULL, &report));
		const struct sums before = sums_of(&home);

		for (int side = 0; side < 2; side++) {
			struct told_file file =
				side == 0 ? agreeing[i].first : agreeing[i].second;

			snprintf(again, sizeof again, "%s\n", file.text);
			file.text = again;
			cr_assert(take(&home, &file, NULL, &report), "%s: %s",
				agreeing[i].name, home.why.message);
			const struct sums after = sums_of(&home);

			cr_expect(report.count[IMPORT_NEW] == 0 &&
					after.sales == before.sales &&
					after.shares == before.shares &&
					after.basis == before.basis,
				"%s, side %d: %zu sales, %zu new", agreeing[i].name, side,
				after.sales, report.count[IMPORT_NEW]);
		}
		home_end(&home);
	}
}

/* The other file's telling stands whole, in all its rows, when the one that stood is undone. */
Test(parted, undone_the_one_the_other_stands_whole)
{
	struct home home;
	struct import_report report;
	const struct told_file lots = { GAINS G_60 G_40, NULL };
	const struct told_file whole = {
		GAINS G("100", "01/02/2024", "5400.00", "10000.00"), NULL
	};
	const struct told_file fills = { HISTORY H("70", "7,000.00") H("30", "3,000.00"),
		NULL };
	const struct {
		const struct told_file *first, *second;
		int64_t undo;
		size_t left;
	} cases[] = {
		{ &lots, &whole, 1, 1 },
		{ &whole, &lots, 2, 1 },
		{ &whole, &fills, 1, 2 },
		{ &fills, &whole, 2, 2 },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		home_make(&home);
		cr_assert(take(&home, cases[i].first, NULL, &report));
		cr_assert(take(&home, cases[i].second, NULL, &report), "%s",
			home.why.message);
		cr_assert(home_undo(&home, cases[i].undo), "case %zu: %s", i,
			home.why.message);
		const struct sums sums = sums_of(&home);

		cr_expect(sums.sales == cases[i].left && sums.shares == 100 &&
				sums.proceeds == 1000000,
			"case %zu: %zu sales of %lld", i, sums.sales,
			(long long)sums.shares);
		cr_assert(home_undo(&home, 3), "case %zu: %s", i, home.why.message);
		cr_expect(sums_of(&home).shares == 100, "case %zu, back again", i);
		home_end(&home);
	}
}

/* A third statement meets what two others tell together. */
Test(parted, one_file_tells_what_two_others_tell_together)
{
	struct home home;
	struct import_report report;
	const struct told_file files[] = {
		{ GAINS G("60", "01/02/2024", "3000.00", "6000.00"), NULL },
		{ GAINS G("45", "02/05/2024", "2400.00", "4500.00"), NULL },
		{ HISTORY H("105", "10,500.00"), NULL },
	};

	home_make(&home);
	for (size_t i = 0; i < COUNT(files); i++)
		cr_assert(take(&home, &files[i], NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_SAME] == 1, "%zu new", report.count[IMPORT_NEW]);
	const struct sums sums = sums_of(&home);

	cr_expect(sums.shares == 105 && sums.proceeds == 1050000 && sums.basis == 540000);
	home_end(&home);
}

/* ---- the totals do not agree -------------------------------------------------------------- */

static const struct {
	const char *name;
	struct told_file first, second;
	const char *message;
	int64_t replaced, waived; /* shares that stand in the end; waived 0: cannot be */
} differing[] = {
	{ "other proceeds", { HISTORY H("100", "9,990.00"), NULL },
		{ GAINS G_60 G_40, NULL },
		"the ledger may have this sale with other totals: 100 DLSW sold on "
		"2025-03-04 "
		"for 10000.00 here (2 rows), 100 for 9990.00 in broker.csv (1 row)",
		100, 200 },
	{ "five cents in two rows", { HISTORY H("100", "10,000.05"), NULL },
		{ GAINS G_60 G_40, NULL }, "100 for 10000.05 in broker.csv (1 row)", 100,
		200 },
	{ "fewer shares in a statement of another kind",
		{ HISTORY H("100", "10,000.00"), NULL },
		{ GAINS G_60 G("25", "02/05/2024", "1500.00", "2500.00"), NULL },
		"85 DLSW sold on 2025-03-04 for 8500.00 here (2 rows), 100 for 10000.00",
		85, 185 },
	{ "more shares for the same money",
		{ GAINS G("100", "01/02/2024", "5400.00", "10000.00"), NULL },
		{ GAINS G("60", "01/02/2024", "3000.00", "6000.00")
				G("41", "02/05/2024", "2400.00", "4000.00"),
			NULL },
		"101 DLSW sold on 2025-03-04 for 10000.00 here (2 rows), 100 for "
		"10000.00",
		101, 201 },
	{ "another basis", { GAINS G("100", "01/02/2024", "5500.00", "10000.00"), NULL },
		{ GAINS G_60 G_40, NULL },
		"the ledger has this sale in other parts and with another basis: 100 "
		"DLSW sold "
		"on 2025-03-04, basis 5400.00 here, 5500.00 in broker.csv",
		100, 0 },
};

Test(parted, other_totals_are_asked_about)
{
	static const struct import_options replace = { .replace = "the lots are right" };
	static const struct import_options waive = { .waive = "two orders" };

	for (size_t i = 0; i < COUNT(differing); i++) {
		const char *const name = differing[i].name;

		for (int way = 0; way < 2; way++) {
			const int64_t shares =
				way == 0 ? differing[i].replaced : differing[i].waived;
			struct home home;
			struct import_report report;

			home_make(&home);
			cr_assert(take(&home, &differing[i].first, NULL, &report));
			cr_expect(!take(&home, &differing[i].second, NULL, &report), "%s",
				name);
			cr_expect(home.why.kind == FAIL_BAD_INPUT && home.why.row == 2 &&
					strstr(home.why.message, differing[i].message) !=
						NULL,
				"%s: row %ld: %s", name, home.why.row, home.why.message);
			cr_expect(strstr(home.why.hint, "--replace REASON") != NULL &&
					strstr(home.why.hint, "--account NAME") != NULL,
				"%s: %s", name, home.why.hint);
			const bool done = take(&home, &differing[i].second,
				way == 0 ? &replace : &waive, &report);

			cr_expect(
				done == (shares != 0), "%s: %s", name, home.why.message);
			const struct sums sums = sums_of(&home);

			cr_expect(shares == 0 || sums.shares == shares, "%s: %lld", name,
				(long long)sums.shares);
			cr_expect(sums.waivers == (way == 1 && shares != 0), "%s: %lld",
				name, (long long)sums.waivers);
			home_end(&home);
		}
	}
}

/* The reason is kept with both totals, for the packet. */
Test(parted, a_waiver_of_other_totals_is_a_fact)
{
	static const struct import_options waive = { .waive = "two orders" };
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(take(&home, &differing[0].first, NULL, &report));
	cr_assert(take(&home, &differing[0].second, &waive, &report));
	cr_expect(noted(&report, "both count (waived: two orders)"));
	cr_assert(store_facts(home.store, &facts, &home.why));
	const struct fact *const waiver = find(&facts, FACT_WAIVER, 0);

	cr_assert(waiver != NULL);
	cr_expect(waiver->year == 2025 && waiver->source.row == 2 &&
		waiver->source.document == report.document);
	cr_expect(strcmp(names_text(facts.names, waiver->text), "two orders") == 0);
	cr_expect(
		strcmp(names_text(facts.names, waiver->name),
			"100 DLSW sold on 2025-03-04 for 10000.00 here (2 rows), 100 for "
			"9990.00 in broker.csv (1 row)") == 0,
		"%s", names_text(facts.names, waiver->name));
	facts_release(&facts);
	home_end(&home);
}

/* Two exports of one kind that agree in nothing tell other sales, but never in silence. */
Test(parted, other_sales_of_the_day_count_with_a_word)
{
	struct home home;
	struct import_report report;
	const struct told_file first = { GAINS G_60, NULL };
	const struct told_file second = { GAINS G_40, NULL };

	home_make(&home);
	cr_assert(take(&home, &first, NULL, &report));
	cr_assert(take(&home, &second, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_NEW] == 1);
	cr_expect(noted(&report,
		"40 DLSW sold on 2025-03-04 for 4000.00 here (1 row), 60 for 6000.00 in "
		"broker.csv (1 row): counted as other sales; if they are not, take this "
		"import back"));
	cr_expect(sums_of(&home).shares == 100);
	home_end(&home);
}

/* What says that they are two sales. */
static const struct {
	const char *name;
	struct told_file first, second;
} apart[] = {
	{ "another account", { HISTORY H("100", "10,000.00"), "XXXX-X482" },
		{ GAINS G_60 G_40, "XXXX-X731" } },
	{ "another day", { HISTORY H("100", "10,000.00"), NULL },
		{ GAINS G_ON("03/05/2025", "60", "01/02/2024", "3000.00", "6000.00") G_ON(
			  "03/05/2025", "40", "02/05/2024", "2400.00", "4000.00"),
			NULL } },
};

Test(parted, another_account_or_day_is_another_sale)
{
	for (size_t i = 0; i < COUNT(apart); i++) {
		struct home home;
		struct import_report report;

		home_make(&home);
		cr_assert(take(&home, &apart[i].first, NULL, &report));
		cr_assert(take(&home, &apart[i].second, NULL, &report), "%s: %s",
			apart[i].name, home.why.message);
		cr_expect(report.count[IMPORT_NEW] == 2, "%s", apart[i].name);
		cr_expect(sums_of(&home).shares == 200, "%s", apart[i].name);
		home_end(&home);
	}
}

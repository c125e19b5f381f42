/* Formats of the user's own. */
#include "ledger/import/profile.h"
#include "tests/import/home.h"

static void save(const char *path, const char *text)
{
	FILE *const file = fopen(path, "wb");

	cr_assert(file != NULL && fputs(text, file) >= 0 && fclose(file) == 0);
}

#define BANK                                                                             \
	"Sales of the year;;;;;;\n"                                                      \
	"What;Type;Sold On;Bought On;Pieces;Total;Paid\n"                                \
	"ACME INC;Sale;20.06.2025;11.03.2024;40;1.234,50;-1.000,00\n"                    \
	"ACME INC;Dividend;21.06.2025;;;5,00;\n"                                         \
	"BETA INC;Sale;03/07/2025;Various;2;10,00;-9,00\n"

#define PROFILE                                                                          \
	"# sales of Example Bank\n"                                                      \
	"name example-bank\n"                                                            \
	"delimiter semicolon\n"                                                          \
	"dates day-first\ndecimals comma\n"                                              \
	"column What description\ncolumn \"Sold On\" sold # the trade\n"                 \
	"column \"Bought On\" acquired\ncolumn Pieces quantity\ncolumn Total proceeds\n" \
	"column Paid basis\ncolumn Type ignore\n"                                        \
	"flip basis\nconstant account Z123\nconstant box C\nonly Type Sale\n"

static bool import_with(struct home *home, const char *profile, const char *text,
	struct import_report *report)
{
	char path[80];
	const struct import_options options = { .profile = path };

	snprintf(path, sizeof path, "%s/my.profile", home->folder);
	save(path, profile);
	home_write(home, text);
	const bool done = import_one(home, home->file, &options, report);

	unlink(path);
	return done;
}

Test(profile, a_file_is_read_as_its_user_says)
{
	struct home home;
	struct import_report report;
	struct facts facts;
	char day[DAY_TEXT];

	home_make(&home);
	cr_assert(import_with(&home, PROFILE, BANK, &report), "%s:%ld: %s", home.why.file,
		home.why.row, home.why.message);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2);
	const struct fact *const fact = &facts.at[0];

	cr_expect(fact->proceeds.cents == 123450 && fact->basis.cents == 100000);
	cr_expect(strcmp(day_iso(fact->day, day), "2025-06-20") == 0);
	cr_expect(strcmp(day_iso(fact->other_day, day), "2024-03-11") == 0);
	cr_expect(fact->box == 'C');
	cr_expect(strcmp(names_text(facts.names, fact->account), "Z123") == 0);
	cr_expect(strcmp(names_text(facts.names, fact->alias), "ACME INC") == 0);
	/* 3 July, not 7 March. */
	cr_expect(strcmp(day_iso(facts.at[1].day, day), "2025-07-03") == 0);
	cr_expect(strcmp(report.read.format, "example-bank") == 0);
	facts_release(&facts);
	home_end(&home);
}

static const struct {
	const char *text;
	long row;
	const char *message;
} refused[] = {
	{ "colum A sold\n", 1, "there is no such keyword: \"colum\"" },
	{ "name x\ncolumn A sould\n", 2, "there is no such field: \"sould\"" },
	{ "column A\n", 1, "\"column\" wants 2 words after it, not 1" },
	{ "column \"A sold\n", 1, "a quote is never closed: \"A sold\"" },
	{ "delimiter pipe\n", 1,
		"no delimiter (want comma, tab or semicolon): \"pipe\"" },
	{ "dates american\n", 1,
		"\"american\" is not known (want month-first or day-first)" },
	{ "flip term\n", 1,
		"no sign to flip (want proceeds, basis or quantity): \"term\"" },
	{ "constant proceeds 5\n", 1, "no constant can stand for: \"proceeds\"" },
	{ "column A sold\n", 0, "the profile names no column for proceeds" },
	{ "column A proceeds\n", 0, "the profile names no column for the day sold" },
	{ "a b c d e\n", 1, "too many words: \"e\"" },
};

Test(profile, a_wrong_profile_is_refused_with_its_line)
{
	struct home home;

	home_make(&home);
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct profile *profile;
		struct fail why = { 0 };

		home_write(&home, refused[i].text);
		cr_expect(!profile_read(home.file, &profile, &home.pool, &why));
		cr_expect(strcmp(why.message, refused[i].message) == 0, "%s, want %s",
			why.message, refused[i].message);
		cr_expect(why.row == refused[i].row && strcmp(why.file, home.file) == 0);
	}
	home_end(&home);
}

/* Lines that end in CR, a byte order mark: what stood behind the first line was not read. */
Test(profile, any_line_ends_and_a_byte_order_mark)
{
	static const char *const same[] = {
		"name x\rcolumn A sold\rcolumn B proceeds",
		"name x\r\ncolumn A sold\r\ncolumn B proceeds\r\n",
		"\xef\xbb\xbfname x\ncolumn A sold\n\ncolumn B proceeds\n",
	};
	struct home home;

	home_make(&home);
	for (size_t i = 0; i < COUNT(same); i++) {
		struct profile *profile;

		home_write(&home, same[i]);
		cr_expect(profile_read(home.file, &profile, &home.pool, &home.why),
			"%zu: %s", i, home.why.message);
	}
	home_end(&home);
}

/* What follows a NUL was passed over in silence. */
Test(profile, a_nul_is_refused_where_it_stands)
{
	static const char text[] =
		"name x\ncolumn A sold\0 not read\ncolumn B proceeds\n";
	struct home home;
	struct profile *profile;

	home_make(&home);
	FILE *const file = fopen(home.file, "wb");

	cr_assert(file != NULL && fwrite(text, 1, sizeof text - 1, file) > 0 &&
		fclose(file) == 0);
	cr_expect(!profile_read(home.file, &profile, &home.pool, &home.why));
	cr_expect(strcmp(home.why.message, "the line is not UTF-8") == 0, "%s",
		home.why.message);
	cr_expect(home.why.row == 2);
	home_end(&home);
}

Test(profile, columns_that_the_file_lacks_are_told)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_expect(!import_with(&home,
		"name x\ncolumn \"Date\" sold\ncolumn \"Amount\" proceeds\n", BANK,
		&report));
	cr_expect(strcmp(home.why.message, "no header of the format x was found") == 0,
		"%s", home.why.message);
	home_end(&home);
}

/* What is suggested is a profile, and reads the file it was made from. */
Test(profile, a_suggestion_is_a_profile)
{
	struct home home;
	struct import_report report;
	struct text text = TEXT_EMPTY;
	static const char file[] =
		"Statement of sales\n"
		"Description,Date Acquired,Date Sold,Quantity,Proceeds,Cost Basis,Foo\n"
		"ACME INC,01/02/2024,03/04/2025,10,100.00,90.00,x\n";

	home_make(&home);
	home_write(&home, file);
	cr_assert(profile_suggest(home.file, &text, &home.why), "%s", home.why.message);
	cr_expect(
		strstr(text.at, "\ncolumn \"date sold\" sold\n") != NULL, "%s", text.at);
	cr_expect(strstr(text.at, "\ncolumn \"cost basis\" basis\n") != NULL);
	cr_expect(strstr(text.at, "\ncolumn \"foo\" ignore\n") != NULL);
	cr_assert(import_with(&home, text.at, file, &report), "%s:%ld: %s", home.why.file,
		home.why.row, home.why.message);
	cr_expect(report.count[IMPORT_NEW] == 1 && report.proceeds.cents == 10000);
	text_release(&text);
	home_end(&home);
}

/* Titles, a decimal comma, days first: the file's own rows tell. */
Test(profile, a_suggestion_says_how_the_file_writes_days_and_amounts)
{
	struct home home;
	struct text text = TEXT_EMPTY;
	static const struct {
		const char *rows;
		bool day_first, comma;
	} files[] = {
		{ "Depot;4711\n\nPapier;Stueck;Kauf;Verkauf;Erloes;Kosten\n"
		  "ACME INC;10,5;02.01.2024;04.03.2025;1.100,50;-900,25\n",
			true, true },
		{ "Paper,Pieces,Bought,Out,Income,Paid\n"
		  "ACME INC,10.5,13/01/2024,04/03/2025,100.50,\"1,900\"\n",
			true, false },
		{ "Paper,Pieces,Bought,Out,Income,Paid\n"
		  "ACME INC,10,01/13/2024,04/03/2025,\"1,100.50\",900\n",
			false, false },
	};

	home_make(&home);
	for (size_t i = 0; i < COUNT(files); i++) {
		home_write(&home, files[i].rows);
		text_clear(&text);
		cr_assert(profile_suggest(home.file, &text, &home.why), "%s",
			home.why.message);
		cr_expect((strstr(text.at, "\ndates day-first\n") != NULL) ==
				files[i].day_first,
			"%s", text.at);
		cr_expect(
			(strstr(text.at, "\ndecimals comma\n") != NULL) == files[i].comma,
			"%s", text.at);
		cr_expect(strstr(text.at, "\n# for example: ACME INC\n") != NULL, "%s",
			text.at);
	}
	text_release(&text);
	home_end(&home);
}

Test(profile, a_statement_gives_way_to_a_tax_form)
{
	struct home home;
	struct import_report report;

	home_make(&home);
	cr_assert(import_with(&home,
		"name bank\ntax-form no\ncolumn Symbol symbol\ncolumn Sold sold\n"
		"column Proceeds proceeds\ncolumn Shares quantity\n",
		"Symbol,Sold,Proceeds,Shares\nDLSW,03/04/2025,4000.00,40\n", &report));
	cr_expect(report.read.supplement);
	home_write(&home,
		"ACCOUNT_ID,TAX_YEAR,SYMBOL,SEC_DESCR,QUANTITY,1099_ACQ_DATE,1099_DISP_"
		"DATE,1099_"
		"COST,1099_PROCEEDS,1099_DISALLOWED_LOSS,TERM,COVERED_IND,8949_BOX\n"
		"5XX482,2025,DLSW,DELTA,40,2024-01-02,2025-03-04,0.00,4000.00,0,L,N,E\n");
	cr_assert(import_one(&home, home.file, NULL, &report), "%s", home.why.message);
	cr_expect(report.count[IMPORT_CHANGED] == 1);
	home_end(&home);
}

/* A file whose amounts have another sign is not taken as it stands: its gains would be doubled. */
Test(profile, a_sign_of_the_file_has_to_be_said)
{
	static const char head[] = "name b\ncolumn Sold sold\ncolumn Got proceeds\n"
				   "column Cost basis\nconstant symbol ACME\n";
	struct home home;
	struct import_report report;
	struct facts facts;
	char profile[300];

	home_make(&home);
	cr_expect(!import_with(
		&home, head, "Sold,Got,Cost\n06/20/2025,100.00,-60.00\n", &report));
	cr_expect(home.why.row == 2);
	cr_expect(strcmp(home.why.message, "the basis of -60.00 is less than zero") == 0,
		"%s", home.why.message);
	cr_expect(strstr(home.why.hint, "flip basis") != NULL, "%s", home.why.hint);
	snprintf(profile, sizeof profile, "%sflip basis\n", head);
	cr_assert(import_with(
		&home, profile, "Sold,Got,Cost\n06/20/2025,100.00,-60.00\n", &report));
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_expect(facts.count == 1 && facts.at[0].basis.cents == 6000);
	facts_release(&facts);
	home_end(&home);
}

/* Crypto through a profile: the box follows from the days, as where a format is known. */
Test(profile, digital_assets_have_their_own_boxes)
{
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(import_with(&home,
		"name chain\ndigital yes\ncolumn product symbol\ncolumn \"created at\" "
		"sold\n"
		"column bought acquired\ncolumn total proceeds\nonly side SELL\n",
		"product,side,created at,bought,total\n"
		"BTC-USD,BUY,2023-02-05T14:22:11.123Z,,-10005\n"
		"BTC-USD,SELL,2025-03-05T14:22:11.123Z,2023-02-05T14:22:11.123Z,9995\n"
		"BTC-USD,SELL,2025-03-06T14:22:11.123Z,2025-02-05T14:22:11.123Z,9995\n",
		&report));
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_assert(facts.count == 2);
	cr_expect(facts.at[0].box == 'L' && facts.at[1].box == 'I');
	facts_release(&facts);
	home_end(&home);
}

/* Totals are written as the rows are: with their signs, and with their decimal commas. */
Test(profile, totals_are_compared_in_the_manner_of_the_file)
{
	static const char profile[] =
		"name t\ndelimiter semicolon\ndecimals comma\ncolumn Account account\n"
		"column Sold sold\ncolumn What shares-description\ncolumn Got proceeds\n"
		"column Cost basis\nflip basis\n";
	struct home home;
	struct import_report report;
	struct facts facts;

	home_make(&home);
	cr_assert(import_with(&home, profile,
			  "Account;Sold;What;Got;Cost\n"
			  "A;06/20/2025;1.012,5 sh ACME;1.100,50;-60,25\n"
			  "Total;;;1.100,50;-60,25\n",
			  &report),
		"%s", home.why.message);
	cr_expect(report.read.totals == 2);
	cr_assert(store_facts(home.store, &facts, &home.why));
	cr_expect(facts.count == 1 && facts.at[0].shares.e8 == 101250000000);
	facts_release(&facts);
	cr_expect(!import_with(&home, profile,
		"Account;Sold;What;Got;Cost\nA;06/21/2025;1 ACME;1.100,50;-60,25\n"
		"Total;;;1.200,50;-60,25\n",
		&report));
	cr_expect(strstr(home.why.message, "the file says 1200.50") != NULL, "%s",
		home.why.message);
	home_end(&home);
}

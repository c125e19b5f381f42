/* The workbook: its parts, names and bytes. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "export/sheets.h"
#include "tests/export/run.h"
#include "tests/export/sample.h"

static void write_xlsx(const char *path, int rows)
{
	struct pool pool = { 0 };
	struct report report;
	struct fail why = { 0 };

	sample_report(&report, &pool, rows);
	cr_assert(report_xlsx(&report, path, &why), "%s", why.message);
	pool_release(&pool);
}

Test(xlsx, parts_are_well_formed_and_no_text_is_a_formula)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text out = TEXT_EMPTY;

	need_program("unzip");
	need_program("xmllint");
	write_xlsx(pool_printf(&pool, "%s/x.xlsx", make_folder(folder)), 3);
	cr_expect(
		run(&out,
			"cd '%s' && unzip -q x.xlsx -d parts && find parts -name '*.xml' "
			"-exec xmllint --noout {} + 2>&1",
			folder) == 0,
		"%s", out.at);
	text_clear(&out);
	cr_assert(run(&out, "cat '%s'/parts/xl/worksheets/*.xml", folder) == 0);
	cr_expect(strstr(out.at, "<f>1+1</f>") == NULL);
	cr_expect(strstr(out.at, "SUM(A1)") == NULL);
	cr_expect(strstr(out.at, "<f>ROUND(E6-F6+H6,2)</f><v>10000</v>") != NULL);
	cr_expect(strstr(out.at, "<f>ROUND(SUM(I6:I11),2)</f>") != NULL);
	text_clear(&out);
	cr_assert(run(&out, "cat '%s/parts/xl/sharedStrings.xml'", folder) == 0);
	cr_expect(strstr(out.at, "<t>=1+1</t>") != NULL);
	text_clear(&out);
	cr_assert(run(&out, "cat '%s/parts/xl/workbook.xml'", folder) == 0);
	cr_expect(strstr(out.at,
			  "<definedName name=\"f6251_2k\">'6251'!$C$8</definedName>") !=
		NULL);
	cr_expect(strstr(out.at,
			  "<definedName name=\"f8949_amt_gain\">'8949 amt'!$I$6:$I$11"
			  "</definedName>") != NULL);
	text_release(&out);
	remove_folder(folder);
	pool_release(&pool);
}

Test(xlsx, equal_reports_give_equal_bytes_for_their_owner_only)
{
	char folder[32];
	struct pool pool = { 0 };
	struct text one = TEXT_EMPTY, other = TEXT_EMPTY;
	const char *const path = pool_printf(&pool, "%s/x.xlsx", make_folder(folder));
	struct stat status;

	write_xlsx(path, 20);
	read_file(path, &one);
	sleep(1); /* a clock that was read would show */
	write_xlsx(path, 20);
	read_file(path, &other);
	cr_expect(one.length > 5000);
	cr_expect(
		one.length == other.length && memcmp(one.at, other.at, one.length) == 0);
	cr_expect(stat(path, &status) == 0 && (status.st_mode & 0777) == 0600);
	text_release(&one);
	text_release(&other);
	remove_folder(folder);
	pool_release(&pool);
}

Test(xlsx, a_file_that_cannot_be_written_leaves_nothing)
{
	char folder[32];
	struct pool pool = { 0 };
	struct report report;
	struct fail why = { 0 };
	struct text out = TEXT_EMPTY;

	make_folder(folder);
	sample_report(&report, &pool, 1);
	cr_expect(not(
		report_xlsx(&report, pool_printf(&pool, "%s/no/x.xlsx", folder), &why)));
	cr_expect(eq(int, why.kind, FAIL_SYSTEM));
	cr_expect(run(&out, "ls '%s'", folder) == 0);
	cr_expect_str_eq(out.at, "");
	text_release(&out);
	remove_folder(folder);
	pool_release(&pool);
}

Test(xlsx, sheet_names_obey_the_rules)
{
	struct pool pool = { 0 };

	cr_expect_str_eq(sheets_name_for("8949 amt", &pool), "8949 amt");
	cr_expect_str_eq(sheets_name_for("a/b:c[d]*?'\\", &pool), "a-b-c-d-----");
	cr_expect_str_eq(sheets_name_for("", &pool), "Sheet");
	cr_expect(eq(sz,
		strlen(sheets_name_for("123456789012345678901234567890123456", &pool)),
		31));
	pool_release(&pool);
}

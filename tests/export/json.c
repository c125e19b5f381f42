/* JSON: what is written reads back as what was meant, whatever the bytes. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "export/json.h"
#include "export/utf8.h"

static void expect_value(const char *value, const char *wanted)
{
	struct text out = TEXT_EMPTY;
	struct json json = json_into(&out);

	json_text(&json, NULL, value);
	cr_expect_str_eq(out.at, wanted);
	text_release(&out);
}

Test(json, texts_are_escaped)
{
	expect_value("plain", "\"plain\"");
	expect_value("", "\"\"");
	expect_value(NULL, "null");
	expect_value("a \"quoted\" \\ path", "\"a \\\"quoted\\\" \\\\ path\"");
	expect_value("line\nbreak\ttab", "\"line\\nbreak\\ttab\"");
	expect_value("bell\a escape\x1b[31m", "\"bell\\u0007 escape\\u001b[31m\"");
	expect_value("caf\xc3\xa9 \xf0\x9f\x98\x80", "\"caf\xc3\xa9 \xf0\x9f\x98\x80\"");
}

Test(json, bytes_that_are_no_utf8_become_replacement_characters)
{
	expect_value("a\xff\xfe z", "\"a\xef\xbf\xbd\xef\xbf\xbd z\"");
	expect_value("cut \xe2\x82", "\"cut \xef\xbf\xbd\xef\xbf\xbd\"");
	expect_value("long slash \xc0\xaf", "\"long slash \xef\xbf\xbd\xef\xbf\xbd\"");
	expect_value("surrogate \xed\xa0\x80",
		"\"surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

Test(json, an_object_in_full)
{
	struct text out = TEXT_EMPTY;
	struct json json = json_into(&out);
	struct day day;

	cr_assert(day_from_civil(2024, 2, 29, &day));
	json_object(&json, NULL);
	json_bool(&json, "ok", true);
	json_object(&json, "data");
	json_array(&json, "rows");
	json_object(&json, NULL);
	json_money(&json, "gain", (struct money){ -123456 });
	json_shares(&json, "shares", (struct shares){ INT64_C(12550000000) });
	json_price(&json, "price", (struct price){ INT64_C(6100000000) });
	json_day(&json, "sold", day);
	json_day(&json, "acquired", DAY_NONE);
	json_count(&json, "count", -7);
	json_null(&json, "value");
	json_close(&json);
	json_close(&json);
	json_array(&json, "none");
	json_close(&json);
	json_close(&json);
	json_close(&json);
	json_done(&json);
	cr_expect_str_eq(out.at,
		"{\n"
		"  \"ok\": true,\n"
		"  \"data\": {\n"
		"    \"rows\": [\n"
		"      {\n"
		"        \"gain\": \"-1234.56\",\n"
		"        \"shares\": \"125.5\",\n"
		"        \"price\": \"61.00\",\n"
		"        \"sold\": \"2024-02-29\",\n"
		"        \"acquired\": null,\n"
		"        \"count\": -7,\n"
		"        \"value\": null\n"
		"      }\n"
		"    ],\n"
		"    \"none\": []\n"
		"  }\n"
		"}\n");
	text_release(&out);
}

Test(utf8, what_is_written_reads_back)
{
	for (uint32_t point = 1; point <= 0x10ffff; point++) {
		if (point >= 0xd800 && point <= 0xdfff)
			continue;
		char bytes[5] = "";
		const size_t length = utf8_put(point, bytes);
		const char *at = bytes;

		cr_assert(eq(u32, utf8_next(&at), point));
		cr_assert(at == bytes + length);
	}
}

Test(utf8, clean_text_is_one_safe_line)
{
	struct pool pool = { 0 };

	cr_expect_str_eq(utf8_clean(&pool, "  two\r\n lines \x1b[31m"), "two lines [31m");
	cr_expect_str_eq(utf8_clean(&pool, "\xff"), "\xef\xbf\xbd");
	cr_expect_str_eq(
		utf8_clean(&pool, "right \xe2\x80\xae to left"), "right to left");
	pool_release(&pool);
}

Test(utf8, width_is_counted_in_columns)
{
	cr_expect(eq(sz, utf8_width("ACME"), 4));
	cr_expect(eq(sz, utf8_width("caf\xc3\xa9"), 4));
	cr_expect(eq(sz, utf8_width("cafe\xcc\x81"), 4));
	cr_expect(eq(sz, utf8_width("\xe6\x97\xa5\xe6\x9c\xac"), 4));
}

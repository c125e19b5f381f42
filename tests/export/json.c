/* JSON: what is written reads back as what was meant, whatever the bytes. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdio.h>

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
	expect_value("cut \xf0\x9f\x98 off",
		"\"cut \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd off\"");
	expect_value("beyond \xf4\x90\x80\x80 all",
		"\"beyond \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd all\"");
	expect_value("long slash \xc0\xaf", "\"long slash \xef\xbf\xbd\xef\xbf\xbd\"");
	expect_value("surrogate \xed\xa0\x80",
		"\"surrogate \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"");
}

Test(json, characters_that_are_not_shown_are_escaped)
{
	expect_value("delete \x7f", "\"delete \\u007f\"");
	expect_value("next line \xc2\x85", "\"next line \\u0085\"");
	expect_value("line \xe2\x80\xa8 paragraph \xe2\x80\xa9",
		"\"line \\u2028 paragraph \\u2029\"");
	expect_value("to the left \xe2\x80\xae", "\"to the left \\u202e\"");
	expect_value("mark \xef\xbb\xbf", "\"mark \\ufeff\"");
	expect_value("tag \xf3\xa0\x80\x81", "\"tag \\udb40\\udc01\"");
	/* A NUL ends a text; no text holds one. */
	expect_value("a\0b", "\"a\"");
	for (char c = 1; c < 0x20; c++) {
		char wanted[] = "\"\\u0000\"";
		const char value[] = { c, '\0' };

		if (c == '\n' || c == '\t')
			continue;
		snprintf(wanted, sizeof wanted, "\"\\u%04x\"", (unsigned)c);
		expect_value(value, wanted);
	}
}

/* Keys and values of any bytes: UTF-8 on one line between two quotes, and no more of them. */
Test(json, is_well_formed_whatever_it_is_given)
{
	uint32_t state = 20251125;
	size_t bad = 0;

	for (int round = 0; round < 20000; round++) {
		struct text out = TEXT_EMPTY;
		struct json json = json_into(&out);
		char value[24];
		size_t quotes = 0;

		for (size_t i = 0; i < sizeof value - 1; i++) {
			state = state * 1664525 + 1013904223;
			/* Half of the bytes are leads and continuations, which make characters. */
			value[i] = (char)(state >> 24 | (state >> 16 & 0x80));
		}
		value[sizeof value - 1] = '\0';
		json_object(&json, NULL);
		json_text(&json, value, value);
		json_close(&json);
		bool good = utf8_valid(out.at, out.length);

		for (size_t i = 0; i < out.length; i++) {
			const unsigned char byte = (unsigned char)out.at[i];

			good = good && (byte >= 0x20 || byte == '\n') && byte != 0x7f;
			if (byte == '\\')
				i++;
			else
				quotes += byte == '"';
		}
		bad += !good || quotes != 4;
		text_release(&out);
	}
	cr_expect(eq(sz, bad, 0));
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

Test(utf8, a_cell_is_cut_and_filled_in_columns)
{
	static const struct {
		const char *words;
		int columns;
		const char *cell;
	} cases[] = {
		{ "ACME", 6, "ACME  " },
		{ "ACME ROBOTICS", 6, "ACME R" },
		{ "caf\xc3\xa9s", 4, "caf\xc3\xa9" },
		{ "caf\xc3\xa9", 6, "caf\xc3\xa9  " },
		{ "cafe\xcc\x81s", 4, "cafe\xcc\x81" },
		/* A wide character that does not fit leaves a blank. */
		{ "\xe6\x97\xa5\xe6\x9c\xac", 3, "\xe6\x97\xa5 " },
		{ "", 2, "  " },
		{ "a", 0, "" },
	};

	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text text = TEXT_EMPTY;

		text_add_cell(&text, cases[i].words, cases[i].columns);
		cr_expect_str_eq(text.at, cases[i].cell);
		text_release(&text);
	}
}

Test(utf8, width_is_counted_in_columns)
{
	cr_expect(eq(sz, utf8_width("ACME"), 4));
	cr_expect(eq(sz, utf8_width("caf\xc3\xa9"), 4));
	cr_expect(eq(sz, utf8_width("cafe\xcc\x81"), 4));
	cr_expect(eq(sz, utf8_width("\xe6\x97\xa5\xe6\x9c\xac"), 4));
}

/* Windows-1252 to UTF-8. */
#include "ledger/import/charset.h"

/* Windows-1252 from 0x80 to 0x9f; 0 has no meaning there. */
static const unsigned short wide_of[32] = { 0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026,
	0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018,
	0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a,
	0x0153, 0, 0x017e, 0x0178 };

bool charset_from_1252(
	const char *bytes, size_t length, struct text *to, struct fail *why)
{
	for (size_t i = 0; i < length; i++) {
		const unsigned char byte = (unsigned char)bytes[i];
		const unsigned point =
			byte < 0x80 || byte >= 0xa0 ? byte : wide_of[byte - 0x80];
		char utf8[4];

		if (point == 0) {
			fail_set(why, FAIL_BAD_INPUT,
				"byte 0x%02x is neither UTF-8 nor Windows-1252", byte);
			return fail_hint(why, "save the file as UTF-8 and import that");
		}
		text_add_bytes(to, utf8, utf8_put(point, utf8));
	}
	return true;
}

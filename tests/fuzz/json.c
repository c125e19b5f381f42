/* JSON: FDX tax forms and Schwab's Equity Awards Center, and the reader beneath them. */
#include "ledger/import/json_reader.h"
#include "tests/fuzz/support/harness.h"

/* Every event up to the end or a refusal; what was opened is closed, in its order. */
static void read_events(void)
{
	struct json_reader *in;
	enum json_event event = JSON_NULL;
	struct fail why = { 0 };
	size_t depth = 0;
	long line = 1;
	bool good;

	if (!json_reader_open(MEMORY_FILE, &in, &why)) {
		fail_holds(&why);
		return;
	}
	while ((good = json_reader_next(in, &event, &why)) && event != JSON_OVER) {
		if (event == JSON_OBJECT || event == JSON_ARRAY)
			depth++;
		if (event == JSON_OBJECT_END || event == JSON_ARRAY_END)
			depth--;
		assert(json_reader_depth(in) == depth && depth <= JSON_DEPTH);
		assert(json_reader_line(in) >= line);
		line = json_reader_line(in);
		const char *const name = json_reader_name(in);
		const char *const text = json_reader_text(in);

		assert(utf8_valid(name, strlen(name)));
		assert(event != JSON_STRING || utf8_valid(text, strlen(text)));
		assert(event != JSON_NUMBER ||
			strspn(text, "+-.0123456789eE") == strlen(text));
	}
	assert(!good || depth == 0);
	if (!good)
		fail_holds(&why);
	json_reader_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	if (length < 1)
		return 0;
	memory_file_set(bytes + 1, length - 1, 0);
	switch (*bytes % 4) {
	case 0:
		read_events();
		break;
	case 1:
		rows_hold("schwab-eac");
		break;
	default:
		rows_hold("fdx");
	}
	return 0;
}

/* Reads figures from JSON: an object of them, or a list of objects that name line and amount. */
#include <string.h>

#include "forms/file/reading.h"
#include "ledger/import/json_reader.h"

static bool is_one_of(const char *name, const char *a, const char *b)
{
	return strcmp(name, a) == 0 || strcmp(name, b) == 0;
}

static bool misplaced(const struct json_reader *json, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, json_reader_line(json), 0,
		"this is neither a figure nor a list of them");
	return fail_hint(why,
		"write {\"f6251.2k\": \"-40000\"} or [{\"line\": \"f6251.2k\", "
		"\"amount\": \"-40000\"}]");
}

/* A value's words; false for what is no word. Null is a blank. */
static bool words_of(
	const struct json_reader *json, enum json_event event, const char **words)
{
	switch (event) {
	case JSON_STRING:
	case JSON_NUMBER:
		*words = json_reader_text(json);
		return true;
	case JSON_TRUE:
		*words = "yes";
		return true;
	case JSON_FALSE:
		*words = "no";
		return true;
	case JSON_NULL:
		*words = "";
		return true;
	case JSON_OBJECT:
	case JSON_OBJECT_END:
	case JSON_ARRAY:
	case JSON_ARRAY_END:
	case JSON_OVER:
		break;
	}
	return false;
}

static void add(struct reading *reading, const struct json_reader *json, const char *name,
	const char *words)
{
	reading_add(reading, span_of(name), span_of(words), json_reader_line(json), 0);
}

/* {"not_filed": ["f6251", "f8801"]}: the name once for each. */
static bool list_read(struct reading *reading, struct json_reader *json, const char *name,
	struct fail *why)
{
	enum json_event event;

	for (;;) {
		const char *words;

		if (!json_reader_next(json, &event, why))
			return false;
		if (event == JSON_ARRAY_END)
			return true;
		if (!words_of(json, event, &words))
			return misplaced(json, why);
		add(reading, json, name, words);
	}
}

static bool object_read(
	struct reading *reading, struct json_reader *json, struct fail *why)
{
	enum json_event event;

	for (;;) {
		const char *words;

		if (!json_reader_next(json, &event, why))
			return false;
		if (event == JSON_OBJECT_END)
			return true;
		const char *const name = json_reader_name(json);

		if (event == JSON_ARRAY) {
			if (!list_read(reading, json,
				    pool_text(reading->pool, name, strlen(name)), why))
				return false;
			continue;
		}
		if (!words_of(json, event, &words))
			return misplaced(json, why);
		add(reading, json, name, words);
	}
}

/* One {"line": ..., "amount": ...}; what else it says is passed over. */
static bool item_read(struct reading *reading, struct json_reader *json, struct fail *why)
{
	const long row = json_reader_line(json);
	const char *name = NULL, *value = "";
	enum json_event event;

	for (;;) {
		const char *words;

		if (!json_reader_next(json, &event, why))
			return false;
		if (event == JSON_OBJECT_END)
			break;
		if (!words_of(json, event, &words)) {
			if (!json_reader_skip(json, why))
				return false;
			continue;
		}
		const char *const kept = pool_text(reading->pool, words, strlen(words));

		if (is_one_of(json_reader_name(json), "line", "name"))
			name = kept;
		else if (is_one_of(json_reader_name(json), "amount", "value"))
			value = kept;
	}
	if (name == NULL)
		return fail_at(
			why, FAIL_BAD_INPUT, row, 0, "this figure does not say its line");
	reading_add(reading, span_of(name), span_of(value), row, 0);
	return true;
}

static bool items_read(
	struct reading *reading, struct json_reader *json, struct fail *why)
{
	enum json_event event;

	for (;;) {
		if (!json_reader_next(json, &event, why))
			return false;
		if (event == JSON_ARRAY_END)
			return true;
		if (event != JSON_OBJECT)
			return misplaced(json, why);
		if (!item_read(reading, json, why))
			return false;
	}
}

static bool all_read(struct reading *reading, struct json_reader *json, struct fail *why)
{
	enum json_event event;

	if (!json_reader_next(json, &event, why))
		return false;
	if (!(event == JSON_OBJECT                ? object_read(reading, json, why)
			    : event == JSON_ARRAY ? items_read(reading, json, why)
						  : misplaced(json, why)))
		return false;
	/* Nothing may follow. */
	return json_reader_next(json, &event, why);
}

bool figure_json_read(struct reading *reading, struct fail *why)
{
	struct json_reader *json;

	if (!json_reader_open(reading->path, &json, why))
		return false;
	const bool done = all_read(reading, json, why);

	json_reader_close(json);
	return done;
}

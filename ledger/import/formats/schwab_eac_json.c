/*
 * Schwab Equity Awards Center as JSON: transactions with details. Details can stand before
 * what they belong to, so that a transaction's are kept until it ends.
 */
#include <stdlib.h>
#include <string.h>

#include "ledger/import/formats/schwab_eac.h"
#include "ledger/import/json_reader.h"

struct eac_json {
	struct eac_event event;
	struct eac_detail *detail; /* EAC_DETAILS of them */
	size_t details;
};

static bool detect(const struct preview *preview)
{
	return *preview->text == '{' && strstr(preview->text, "\"transactions\"") != NULL;
}

/* The event's own value of a name, or NULL. */
static char *place_of(struct eac_event *event, const char *name, long line, size_t *room)
{
	const struct {
		const char *name, *older;
		char *at;
		size_t room;
		enum eac_column column;
	} places[] = {
		{ "date", "eventdate", event->date, sizeof event->date, EAC_DATE },
		{ "action", "", event->action, sizeof event->action, EAC_ACTION },
		{ "symbol", "", event->symbol, sizeof event->symbol, EAC_SYMBOL },
		{ "description", "", event->description, sizeof event->description,
			EAC_DESCRIPTION },
		{ "quantity", "", event->quantity, sizeof event->quantity, EAC_QUANTITY },
		{ "feesandcommissions", "totalcommissionsandfees", event->fees,
			sizeof event->fees, EAC_FEES },
		{ "amount", "", event->amount, sizeof event->amount, EAC_AMOUNT },
	};

	for (size_t i = 0; i < COUNT(places); i++)
		if (value_is(name, places[i].name) ||
			(*places[i].older != '\0' && value_is(name, places[i].older))) {
			*room = places[i].room;
			event->at[places[i].column] = line;
			return places[i].at;
		}
	return NULL;
}

static bool read_details(struct json_reader *in, struct eac_json *file, struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	enum json_event event;

	if (file->details == EAC_DETAILS)
		return fail_at(why, FAIL_BAD_INPUT, json_reader_line(in), 0,
			"a transaction has more than %d details", EAC_DETAILS);
	struct eac_detail *const detail = &file->detail[file->details++];

	eac_clear(detail, json_reader_line(in));
	while (json_reader_depth(in) >= depth) {
		if (!json_reader_next(in, &event, why))
			return false;
		if ((event == JSON_STRING || event == JSON_NUMBER) &&
			!eac_add(detail, json_reader_name(in), json_reader_text(in),
				json_reader_line(in), 0, why))
			return false;
	}
	return true;
}

/* All details of a transaction; each is an object, or in newer files an object's "Details". */
static bool read_all_details(
	struct json_reader *in, struct eac_json *file, struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	enum json_event event;

	while (json_reader_depth(in) >= depth) {
		if (!json_reader_next(in, &event, why))
			return false;
		if (event == JSON_OBJECT && !read_details(in, file, why))
			return false;
	}
	return true;
}

static bool read_transaction(struct reading *reading, struct json_reader *in,
	struct eac_json *file, struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	enum json_event event;
	size_t room;

	memset(&file->event, 0, sizeof file->event);
	file->event.line = json_reader_line(in);
	file->details = 0;
	while (json_reader_depth(in) >= depth) {
		if (!json_reader_next(in, &event, why))
			return false;
		char *const place = json_reader_depth(in) == depth
			? place_of(&file->event, json_reader_name(in),
				  json_reader_line(in), &room)
			: NULL;

		if (place != NULL && (event == JSON_STRING || event == JSON_NUMBER)) {
			if (!eac_set(place, room, json_reader_text(in),
				    json_reader_line(in), 0, why))
				return false;
		} else if (event == JSON_ARRAY &&
			value_is(json_reader_name(in), "transactiondetails")) {
			if (!read_all_details(in, file, why))
				return false;
		} else if (event == JSON_OBJECT &&
			value_is(json_reader_name(in), "optionexercisesummary")) {
			if (!json_reader_skip(in, why))
				return false;
		}
	}
	/* Others have transactions in JSON too, but not their kinds under this name. */
	if (*file->event.action == '\0')
		return fail_at(why, FAIL_BAD_INPUT, file->event.line, 0,
			"a transaction has no \"Action\" (want JSON of the Equity Awards "
			"Center)");
	return eac_emit(reading, &file->event, file->detail, file->details, why);
}

static bool read_json(struct reading *reading, const char *path, struct fail *why)
{
	struct eac_json file = { .details = 0 };
	struct json_reader *in;
	enum json_event event;
	bool done, inside = false;

	if (!json_reader_open(path, &in, why))
		return false;
	file.detail = must_alloc(EAC_DETAILS * sizeof *file.detail);
	while ((done = json_reader_next(in, &event, why)) && event != JSON_OVER) {
		if (event == JSON_ARRAY && value_is(json_reader_name(in), "transactions"))
			inside = true;
		else if (event == JSON_ARRAY_END)
			inside = false;
		else if (event == JSON_OBJECT && inside &&
			!read_transaction(reading, in, &file, why)) {
			done = false;
			break;
		}
	}
	eac_end(reading);
	free(file.detail);
	json_reader_close(in);
	return done;
}

const struct format format_schwab_eac_json = {
	.name = "schwab-eac",
	.what = "Schwab Equity Awards Center: transactions as JSON",
	.supplement = true,
	.detect = detect,
	.table = &eac_table,
	.read = read_json,
};

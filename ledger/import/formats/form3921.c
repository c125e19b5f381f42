/*
 * Form 3921 as a CSV of our own: one row a form, its boxes as columns. Boxes are matched by
 * number, so that the words after it may be anybody's.
 */
#include <string.h>

#include "ledger/import/formats.h"

enum { MARK_OTHER };

const char form3921_template[] =
	"Symbol,Corporation,Box 1 Date option granted,Box 2 Date option exercised,"
	"Box 3 Exercise price per share,Box 4 Fair market value per share on exercise "
	"date,"
	"Box 5 Number of shares transferred,Box 6 Other corporation,Account,Grant,Lot\n"
	"ACME,Acme Robotics Inc,2019-01-02,2022-03-01,1.00,31.00,10000,,,,\n";

static const char *const header[] = { "box 1*", "box 2*", "box 3*", "box 4*", "box 5*",
	NULL };

static const struct column columns[] = {
	COLUMN("symbol", SYMBOL),
	COLUMN("corporation", DESCRIPTION),
	COLUMN("box 1*", GRANTED),
	COLUMN("box 2*", ACQUIRED),
	COLUMN("box 3*", STRIKE),
	COLUMN("box 4*", FMV),
	COLUMN("box 5*", QUANTITY),
	EXTRA("box 6*", TEXT, "other_corporation"),
	COLUMN("account*", ACCOUNT),
	EXTRA("grant", TEXT, "grant"),
	EXTRA("lot", TEXT, "lot"),
	EXTRA("owner", TEXT, "owner"),
	COLUMNS_END,
};

bool form_filled(const struct reading *reading, const struct form_box *boxes,
	size_t count, const char *form, struct fail *why)
{
	for (size_t i = 0; i < count; i++)
		if (boxes[i].blank) {
			long column = 0;

			for (size_t at = 0; at < reading->mapped && column == 0; at++)
				if (value_starts(reading->header[at], boxes[i].name))
					column = (long)at + 1;
			fail_at(why, FAIL_BAD_INPUT, reading->draft.row.line, column,
				"%s is blank", boxes[i].name);
			return fail_hint(why, "copy it from the Form %s", form);
		}
	return true;
}

/* Every box but 6 must be filled in. */
static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;
	const struct form_box boxes[] = {
		{ "Symbol", row->symbol == NULL },
		{ "box 1", draft->granted == NULL || value_blank(draft->granted->text) },
		{ "box 2",
			draft->acquired == NULL || value_blank(draft->acquired->text) },
		{ "box 3", row->strike == NULL },
		{ "box 4", row->fmv == NULL },
		{ "box 5", row->quantity == NULL },
	};

	(void)use;
	/* Form 3921 reports exercises of incentive stock options and nothing else. */
	row->option = OPTION_ISO;
	return form_filled(reading, boxes, COUNT(boxes), "3921", why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_OPTION_EXERCISE,
	.finish = finish,
};

const struct format format_form3921 = {
	.name = "form3921",
	.what = "Form 3921, one row a form (dualbasis import --template form3921)",
	.table = &table,
};

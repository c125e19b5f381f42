/*
 * Form 3922 as a CSV of our own: one row a form, its boxes as columns, as for Form 3921.
 */
#include "ledger/import/formats.h"

const char form3922_template[] =
	"Symbol,Corporation,Box 1 Date option granted,Box 2 Date option exercised,"
	"Box 3 Fair market value per share on grant date,"
	"Box 4 Fair market value per share on exercise date,Box 5 Exercise price paid "
	"per share,"
	"Box 6 Number of shares transferred,Box 7 Date legal title transferred,"
	"Box 8 Exercise price per share as if exercised on the grant date,Account,Lot\n"
	"ACME,Acme Robotics "
	"Inc,2024-03-01,2024-08-30,25.00,31.00,21.25,120,2024-08-30,21.25,,\n";

static const char *const header[] = { "box 1*", "box 2*", "box 3*", "box 4*", "box 5*",
	"box 6*", "box 8*", NULL };

static const struct column columns[] = {
	COLUMN("symbol", SYMBOL),
	COLUMN("corporation", DESCRIPTION),
	COLUMN("box 1*", GRANTED),
	COLUMN("box 2*", ACQUIRED),
	EXTRA("box 3*", MONEY, "grant_fmv"),
	EXTRA("box 4*", MONEY, "purchase_fmv"),
	EXTRA("box 5*", MONEY, "purchase_price"),
	COLUMN("box 6*", QUANTITY),
	EXTRA("box 7*", DAY, "title_date"),
	EXTRA("box 8*", MONEY, "grant_price"),
	COLUMN("account*", ACCOUNT),
	EXTRA("lot", TEXT, "lot"),
	EXTRA("owner", TEXT, "owner"),
	COLUMNS_END,
};

/* Boxes 7 and 8 may be blank: title passes at once, and the price was known at the grant. */
static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const struct form_box boxes[] = {
		{ "Symbol", draft->row.symbol == NULL },
		{ "box 1", draft->granted == NULL || value_blank(draft->granted->text) },
		{ "box 2",
			draft->acquired == NULL || value_blank(draft->acquired->text) },
		{ "box 3", draft_extra(draft, "grant_fmv") == NULL },
		{ "box 4", draft_extra(draft, "purchase_fmv") == NULL },
		{ "box 5", draft_extra(draft, "purchase_price") == NULL },
		{ "box 6", draft->row.quantity == NULL },
	};

	(void)use;
	return form_filled(reading, boxes, COUNT(boxes), "3922", why);
}

static const struct table table = {
	.column = columns,
	.header = header,
	.kind = ROW_ESPP_PURCHASE,
	.finish = finish,
};

const struct format format_form3922 = {
	.name = "form3922",
	.what = "Form 3922, one row a form (dualbasis import --template form3922)",
	.table = &table,
};

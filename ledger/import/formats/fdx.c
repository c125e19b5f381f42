/*
 * FDX tax JSON: tax1099B (and tax1099Da, digital assets from 2025 on), one object a sale.
 * The account can stand behind the sales, so that the file is read twice.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/formats.h"
#include "ledger/import/json_reader.h"

#define PAIR_LIMIT  64
#define PAIRS_BYTES JSON_TEXT
#define FORM_LIMIT  1000

enum {
	MARK_CORRECTED,
	MARK_WASH,
	MARK_OTHER_CODE,
	MARK_COLLECTIBLE,
	MARK_QOF,
	MARK_REPORTED,
	MARK_DIGITAL
};

static const struct column columns[] = {
	COLUMN("checkboxonform8949", BOX),
	COLUMN("securityname", DESCRIPTION),
	COLUMN("digitalassetname", DESCRIPTION),
	EXTRA("digitalassetcode", TEXT, "digital_asset"),
	COLUMN("cusip", CUSIP),
	COLUMN("numberofshares", QUANTITY),
	COLUMN("units", QUANTITY),
	COLUMN("saledescription", SALE_WORDS),
	COLUMN("dateacquired", ACQUIRED),
	COLUMN("variousdatesacquired", VARIOUS),
	COLUMN("dateofsale", SOLD),
	COLUMN("salesprice", PROCEEDS),
	COLUMN("proceeds", PROCEEDS),
	COLUMN("accruedmarketdiscount", DISCOUNT),
	COLUMN("costbasis", BASIS),
	MARKED("correctedcostbasis", MARK_CORRECTED),
	COLUMN("washsalelossdisallowed", WASH),
	COLUMN("longorshort", TERM),
	COLUMN("ordinary", ORDINARY),
	COLUMN("federaltaxwithheld", WITHHELD),
	COLUMN("noncoveredsecurity", NONCOVERED),
	COLUMN("grossornet", GROSS),
	COLUMN("lossnotallowed", NO_LOSS),
	MARKED("adjustment w", MARK_WASH), /* of adjustmentCodes */
	MARKED("adjustment other", MARK_OTHER_CODE),
	MARKED("collectible", MARK_COLLECTIBLE),
	MARKED("qof", MARK_QOF),
	MARKED("basisreported", MARK_REPORTED),
	MARKED("digital asset", MARK_DIGITAL), /* a sale of a Form 1099-DA */
	EXTRA("expiredoption", TEXT, "expired_option"),
	EXTRA("investmentsaletype", TEXT, "sale_type"),
	COLUMNS_END,
};

static bool yes(const char *text)
{
	return value_starts(text, "t") || value_starts(text, "y");
}

/* A Form 1099-DA says whether the basis was reported; its box Y is an unknown term. */
static void digital(struct draft *draft)
{
	struct row *const row = &draft->row;
	const char *const reported = draft->mark[MARK_REPORTED];

	row->digital = true;
	if (row->covered == COVERED_UNKNOWN && row->box == 0 && reported != NULL)
		row->covered = yes(reported) ? COVERED_YES : COVERED_NO;
	if (draft->box_text != NULL && value_is(draft->box_text, "y"))
		draft_flag(draft, "the broker does not know the term: box Y");
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	(void)use;
	/* W and washSaleLossDisallowed repeat one amount: the latter is used if it is there. */
	if (draft->row.wash_disallowed == NULL &&
		!draft_wash(reading, "W", MARK_WASH, why))
		return false;
	if (draft->mark[MARK_OTHER_CODE] != NULL)
		draft_flag(draft, "an adjustment other than a wash sale");
	if (yes(draft->mark[MARK_COLLECTIBLE]))
		draft_flag(draft, "a collectible, taxed at up to 28%");
	if (yes(draft->mark[MARK_QOF]))
		draft_flag(draft, "of a qualified opportunity fund");
	if (draft->mark[MARK_DIGITAL] != NULL)
		digital(draft);
	if (draft->mark[MARK_CORRECTED] != NULL)
		draft_flag(draft, "the broker also gives a corrected basis");
	return true;
}

static const struct table table = {
	.column = columns,
	.covered_by_box = true,
	.kind = ROW_SALE,
	.finish = finish,
};

static bool detect(const struct preview *preview)
{
	static const char *const names[] = { "tax1099b", "tax1099da", "tax1099div",
		"tax1099int" };

	if (*preview->text != '{' && *preview->text != '[')
		return false;
	for (size_t i = 0; i < COUNT(names); i++)
		if (strstr(preview->text, names[i]) != NULL)
			return true;
	return false;
}

struct own {
	const char *account[FORM_LIMIT];
	size_t forms, at, incomes;
	bool digital; /* the form being read is a Form 1099-DA */
	struct pair pair[PAIR_LIMIT];
	char name[PAIR_LIMIT][NAME_LIMIT];
	char bytes[PAIRS_BYTES];
	size_t count, used;
};

static bool add_pair(
	struct own *own, const char *name, const char *text, long line, struct fail *why)
{
	const size_t length = strlen(text);

	if (own->count == PAIR_LIMIT || own->used + length + 1 > PAIRS_BYTES)
		return fail_at(why, FAIL_BAD_INPUT, line, 0,
			"a sale has more than %d values", PAIR_LIMIT);
	struct pair *const pair = &own->pair[own->count];

	memcpy(own->bytes + own->used, text, length + 1);
	pair->name = name_plain(name, own->name[own->count++]);
	pair->cell = (struct cell){
		.text = own->bytes + own->used, .length = length, .line = line
	};
	own->used += length + 1;
	return true;
}

/* The text of a plain value; NULL for null and for what opens. */
static const char *plain_value(const struct json_reader *in, enum json_event event)
{
	switch (event) {
	case JSON_STRING:
	case JSON_NUMBER:
		return json_reader_text(in);
	case JSON_TRUE:
		return "true";
	case JSON_FALSE:
		return "false";
	case JSON_OBJECT:
	case JSON_OBJECT_END:
	case JSON_ARRAY:
	case JSON_ARRAY_END:
	case JSON_NULL:
	case JSON_OVER:
		break;
	}
	return NULL;
}

/* One of adjustmentCodes, from behind its brace: a code and its amount, in either order. */
static bool read_adjustment(struct json_reader *in, struct own *own, struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	const long line = json_reader_line(in);
	char code[16] = "", amount[64] = "";
	enum json_event event;

	while (json_reader_depth(in) >= depth) {
		if (!json_reader_next(in, &event, why))
			return false;
		const char *const text = plain_value(in, event);

		if (text == NULL || json_reader_depth(in) != depth)
			continue;
		if (value_is(json_reader_name(in), "code"))
			snprintf(code, sizeof code, "%s", text);
		if (value_is(json_reader_name(in), "amount"))
			snprintf(amount, sizeof amount, "%s", text);
	}
	return *code == '\0' ||
		add_pair(own, value_is(code, "w") ? "adjustment w" : "adjustment other",
			amount, line, why);
}

/* The adjustments of a sale; what else is nested in it (states) is of no use. */
static bool read_nested(
	struct json_reader *in, struct own *own, enum json_event event, struct fail *why)
{
	if (event != JSON_ARRAY || !value_is(json_reader_name(in), "adjustmentCodes"))
		return json_reader_skip(in, why);
	const size_t depth = json_reader_depth(in);

	while (json_reader_depth(in) >= depth) {
		if (!json_reader_next(in, &event, why) ||
			(event == JSON_OBJECT && !read_adjustment(in, own, why)))
			return false;
	}
	return true;
}

/* One sale, from behind its brace to its end. */
static bool read_sale(struct reading *reading, struct json_reader *in, struct own *own,
	struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	const long line = json_reader_line(in);
	enum json_event event;

	own->count = own->used = 0;
	if (own->digital && !add_pair(own, "digital asset", "true", line, why))
		return false;
	while (json_reader_depth(in) >= depth) {
		if (!json_reader_next(in, &event, why))
			return false;
		if (event == JSON_ARRAY || event == JSON_OBJECT) {
			if (!read_nested(in, own, event, why))
				return false;
			continue;
		}
		const char *const text = plain_value(in, event);

		if (text != NULL &&
			!add_pair(own, json_reader_name(in), text, json_reader_line(in),
				why))
			return false;
	}
	return table_add_row(reading, own->pair, own->count, line, why);
}

static bool is_form(const char *name)
{
	return value_is(name, "tax1099B") || value_is(name, "tax1099Da");
}

/* The list of a form's sales; that of the younger form has gone by more than one name. */
static bool has_sales(const struct own *own, const char *name)
{
	static const char details[] = "details";
	const size_t length = strlen(name);

	if (value_is(name, "securityDetails"))
		return true;
	return own->digital && length >= sizeof details - 1 &&
		value_is(name + length - (sizeof details - 1), details);
}

/* What a form says of itself; its sales are read in the second pass only. */
static bool read_form(struct reading *reading, struct json_reader *in, struct own *own,
	bool sales, struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	enum json_event event;

	if (own->at == FORM_LIMIT)
		return fail_at(why, FAIL_BAD_INPUT, json_reader_line(in), 0,
			"the file has more than %d forms", FORM_LIMIT);
	const size_t form = own->at++;

	if (sales)
		reading->account = own->account[form];
	while (json_reader_next(in, &event, why)) {
		if (json_reader_depth(in) < depth)
			return true;
		const char *const text = plain_value(in, event);
		const bool direct = json_reader_depth(in) == depth;

		if (direct && text != NULL &&
			value_is(json_reader_name(in), "accountNumber"))
			own->account[form] =
				pool_text(&reading->pool, text, strlen(text));
		if (direct && text != NULL && value_is(json_reader_name(in), "taxYear"))
			reading_take_year(reading, text);
		if (direct && text != NULL && sales &&
			value_is(json_reader_name(in), "aggregateProfitOnContracts") &&
			!reading_income(reading, INCOME_CONTRACTS, text,
				json_reader_line(in), 0, why))
			return false;
		if (direct && event == JSON_TRUE &&
			value_is(json_reader_name(in), "corrected"))
			reading->file->corrected = true;
		if (event == JSON_ARRAY && sales &&
			has_sales(own, json_reader_name(in))) {
			do {
				if (!json_reader_next(in, &event, why))
					return false;
				if (event == JSON_OBJECT &&
					!read_sale(reading, in, own, why))
					return false;
			} while (json_reader_depth(in) > depth);
		} else if (event == JSON_ARRAY || event == JSON_OBJECT) {
			if (!json_reader_skip(in, why))
				return false;
		}
	}
	return false;
}

static const struct income_name div_names[] = {
	{ "ordinarydividends", INCOME_DIVIDENDS },
	{ "qualifieddividends", INCOME_QUALIFIED },
	{ "totalcapitalgain", INCOME_DISTRIBUTIONS },
	{ "unrecaptured1250gain", INCOME_GAIN_1250 },
	{ "section1202gain", INCOME_GAIN_1202 },
	{ "collectiblesgain", INCOME_GAIN_28 },
	{ "nontaxabledistribution", INCOME_NONDIVIDEND },
	{ "federaltaxwithheld", INCOME_DIV_WITHHELD },
	{ "section199adividends", INCOME_DIV_199A },
	{ "investmentexpenses", INCOME_DIV_EXPENSES },
	{ "foreigntaxpaid", INCOME_DIV_FOREIGN },
	{ "cashliquidation", INCOME_DIV_CASH },
	{ "noncashliquidation", INCOME_DIV_NONCASH },
	{ "taxexemptinterestdividend", INCOME_DIV_EXEMPT },
	{ "specifiedpabinterestdividend", INCOME_DIV_ACTIVITY },
	{ NULL, INCOME_KINDS },
};
static const struct income_name int_names[] = {
	{ "interestincome", INCOME_INTEREST },
	{ "earlywithdrawalpenalty", INCOME_INT_PENALTY },
	{ "usbondinterest", INCOME_INT_TREASURY },
	{ "federaltaxwithheld", INCOME_INT_WITHHELD },
	{ "investmentexpenses", INCOME_INT_EXPENSES },
	{ "foreigntaxpaid", INCOME_INT_FOREIGN },
	{ "taxexemptinterest", INCOME_INT_EXEMPT },
	{ "specifiedpabinterest", INCOME_INT_ACTIVITY },
	{ "marketdiscount", INCOME_INT_DISCOUNT },
	{ "bondpremium", INCOME_INT_PREMIUM },
	{ "usbondpremium", INCOME_INT_US_PREMIUM },
	{ "taxexemptbondpremium", INCOME_INT_EXEMPT_PREMIUM },
	{ NULL, INCOME_KINDS },
};

/* Dividends or interest: an object that begins behind its brace; what is nested is of states. */
static bool read_income(struct reading *reading, struct json_reader *in,
	const struct income_name *names, struct fail *why)
{
	const size_t depth = json_reader_depth(in);
	enum json_event event;

	while (json_reader_next(in, &event, why)) {
		if (json_reader_depth(in) < depth)
			return true;
		const char *const text = plain_value(in, event);

		if (event == JSON_ARRAY || event == JSON_OBJECT) {
			if (!json_reader_skip(in, why))
				return false;
			continue;
		}
		if (text == NULL)
			continue;
		if (value_is(json_reader_name(in), "taxYear"))
			reading_take_year(reading, text);
		const enum income kind = income_of_name(names, json_reader_name(in));

		if (kind != INCOME_KINDS &&
			!reading_income(
				reading, kind, text, json_reader_line(in), 0, why))
			return false;
	}
	return false;
}

static const struct income_name *income_names(const char *form)
{
	return value_is(form, "tax1099Div")    ? div_names
		: value_is(form, "tax1099Int") ? int_names
					       : NULL;
}

/* An object behind its brace: a form that is read, one that is not, or what holds forms. */
static bool read_object(struct reading *reading, struct json_reader *in, struct own *own,
	bool sales, struct fail *why)
{
	const char *const name = json_reader_name(in);
	const struct income_name *const names = income_names(name);

	own->digital = value_is(name, "tax1099Da");
	if (is_form(name))
		return read_form(reading, in, own, sales, why);
	own->incomes += names != NULL;
	if (names != NULL)
		return !sales || read_income(reading, in, names, why);
	if (sales && value_starts(name, "tax1") && strlen(name) <= 12)
		reading_note(reading, "form %s is not read: of its amounts none are used",
			CUT(name, 20));
	return true;
}

static bool read_forms(struct reading *reading, const char *path, struct own *own,
	bool sales, struct fail *why)
{
	struct json_reader *in;
	enum json_event event;
	bool done = json_reader_open(path, &in, why);

	if (!done)
		return false;
	own->at = 0;
	while ((done = json_reader_next(in, &event, why)) && event != JSON_OVER) {
		if (event == JSON_OBJECT && !read_object(reading, in, own, sales, why)) {
			done = false;
			break;
		}
	}
	json_reader_close(in);
	return done;
}

static bool read_fdx(struct reading *reading, const char *path, struct fail *why)
{
	struct own *const own = must_alloc(sizeof *own);
	bool done = read_forms(reading, path, own, false, why);

	if (done && own->at == 0 && own->incomes == 0)
		done = fail_set(why, FAIL_BAD_INPUT, "the file has no tax1099B");
	done = done && read_forms(reading, path, own, true, why);
	free(own);
	return done;
}

const struct format format_fdx = {
	.name = "fdx",
	.what = "FDX tax JSON (tax1099B, tax1099Da)",
	.detect = detect,
	.table = &table,
	.read = read_fdx,
};

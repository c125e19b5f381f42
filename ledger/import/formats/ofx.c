/*
 * OFX tax forms (TAX1099B_V100), as XML (version 2) and as SGML (version 1), whose leaves have
 * no end tags: a tag followed by text that is not blank is a leaf in both. Elements are taken
 * by name, since brokers do not keep their order. The file is read twice: what a form says of
 * itself (void, corrected, account) can stand behind its sales.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/formats.h"
#include "ledger/import/tags.h"

#define PAIR_LIMIT  64
#define FORM_LIMIT  10000
#define SUM_LIMIT   64
#define PAIRS_BYTES 32768

enum {
	MARK_WASH,
	MARK_NO_BASIS,
	MARK_NO_FORM,
	MARK_COLLECTIBLE,
	MARK_SEVERAL,
	MARK_OLD_CODE,
	MARK_OLD_AMOUNT
};

static const struct column columns[] = {
	COLUMN("form8949code", BOX),
	COLUMN("dtaqd", ACQUIRED),
	COLUMN("dtvar", VARIOUS),
	COLUMN("dtsale", SOLD),
	COLUMN("secname", DESCRIPTION),
	COLUMN("saledescription", SALE_WORDS),
	COLUMN("cusipnum", CUSIP),
	COLUMN("numshrs", QUANTITY),
	COLUMN("costbasis", BASIS),
	COLUMN("salespr", PROCEEDS),
	COLUMN("accruedmktdiscount", DISCOUNT),
	COLUMN("longshort", TERM),
	COLUMN("ordinary", ORDINARY),
	MARKED("washsale", MARK_WASH),
	COLUMN("washsalelossdisallowed", WASH),
	COLUMN("fedtaxwh", WITHHELD),
	COLUMN("noncoveredsecurity", NONCOVERED),
	COLUMN("lossnotallowed", NO_LOSS),
	MARKED("basisnotshown", MARK_NO_BASIS),
	MARKED("form1099bnotreceived", MARK_NO_FORM),
	MARKED("collectible", MARK_COLLECTIBLE),
	MARKED("multipletran", MARK_SEVERAL),
	/* of old files */
	MARKED("salecode", MARK_OLD_CODE),
	MARKED("adjustmentamt", MARK_OLD_AMOUNT),
	EXTRA("expiredoption", TEXT, "expired_option"),
	EXTRA("investmentsaletype", TEXT, "sale_type"),
	COLUMNS_END,
};

static bool yes(const char *text)
{
	return value_starts(text, "y");
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	struct row *const row = &draft->row;

	(void)use;
	if (row->wash_disallowed == NULL &&
		!draft_wash(reading, draft->mark[MARK_OLD_CODE], MARK_OLD_AMOUNT, why))
		return false;
	if (yes(draft->mark[MARK_WASH]) &&
		strpbrk(row->wash_disallowed, "123456789") == NULL)
		draft_flag(draft, "a wash sale whose amount is not shown");
	if (yes(draft->mark[MARK_COLLECTIBLE]))
		draft_flag(draft, "a collectible, taxed at up to 28%");
	if (yes(draft->mark[MARK_SEVERAL]))
		draft_flag(draft, "several transactions in one row");
	if (yes(draft->mark[MARK_NO_BASIS]) && row->basis != NULL) {
		if (strpbrk(row->basis, "123456789") == NULL)
			row->basis = NULL;
		else
			draft_flag(draft, "the basis was not reported to the IRS");
	}
	if (yes(draft->mark[MARK_NO_FORM]) && row->box == 0 && row->term != TERM_UNKNOWN)
		row->box = row->term == TERM_SHORT ? 'C' : 'F';
	return true;
}

static const struct table table = {
	.column = columns,
	.covered_by_box = true,
	.kind = ROW_SALE,
	.finish = finish,
};

/* ---- forms ------------------------------------------------------------------------------ */

/* What a TAX1099B says of itself. */
struct form {
	const char *account;
	bool is_void, corrected;
	char year[8];
};

struct sum {
	char code;
	const char *cost, *sales, *adjustment;
	long line;
};

struct own {
	struct form *form;
	size_t forms, room;
	bool tax_form, transactions;
	struct sum sum[SUM_LIMIT];
	size_t sums;
	struct totals by_box[12];
	size_t rows_before;
};

struct object {
	struct pair pair[PAIR_LIMIT];
	char name[PAIR_LIMIT][TAG_LIMIT];
	size_t count, used;
	long line;
	char bytes[PAIRS_BYTES];
};

static struct form *form_of(struct reading *reading, struct own *own, struct fail *why)
{
	if (own->forms == FORM_LIMIT) {
		fail_set(why, FAIL_BAD_INPUT, "the file has more than %d forms",
			FORM_LIMIT);
		return NULL;
	}
	if (own->forms == own->room) {
		const size_t room = own->room > 0 ? own->room * 2 : 8;
		struct form *const more = pool_alloc(&reading->pool, room * sizeof *more);

		if (own->forms > 0)
			memcpy(more, own->form, own->forms * sizeof *more);
		own->form = more;
		own->room = room;
	}
	return &own->form[own->forms++];
}

static bool learn_leaf(struct reading *reading, struct form *form, const struct tag *tag,
	struct fail *why)
{
	(void)why;
	if (form == NULL)
		return true;
	if (strcmp(tag->name, "recacct") == 0)
		form->account = pool_text(&reading->pool, tag->text, tag->length);
	if (strcmp(tag->name, "void") == 0)
		form->is_void = yes(tag->text);
	if (strcmp(tag->name, "corrected") == 0)
		form->corrected = yes(tag->text);
	if (strcmp(tag->name, "taxyear") == 0 && tag->length < sizeof form->year)
		strcpy(form->year, tag->text);
	return true;
}

static bool learn(
	struct reading *reading, struct tags *in, struct own *own, struct fail *why)
{
	struct form *form = NULL;
	bool over = false, in_status = false;

	while (tags_next(in, &over, why)) {
		const struct tag *const tag = &in->tag;

		if (over)
			return true;
		if (strcmp(tag->name, "tax1099b_v100") == 0) {
			form = NULL;
			if (!tag->end && (form = form_of(reading, own, why)) == NULL)
				return false;
			own->tax_form = true;
		}
		if (strncmp(tag->name, "tax1099", 7) == 0)
			own->tax_form = true;
		if (strncmp(tag->name, "invstmtmsgs", 11) == 0 ||
			strncmp(tag->name, "bankmsgs", 8) == 0)
			own->transactions = true;
		if (strcmp(tag->name, "status") == 0)
			in_status = !tag->end;
		if (in_status && !tag->end && strcmp(tag->name, "code") == 0 &&
			strcmp(tag->text, "0") != 0) {
			fail_at(why, FAIL_BAD_INPUT, tag->line, 0,
				"the broker answered with error %s instead of a form",
				CUT(tag->text, 20));
			return fail_hint(why, "download the form again");
		}
		if (!tag->end && !learn_leaf(reading, form, tag, why))
			return false;
	}
	return false;
}

static bool add_pair(struct object *object, const struct tag *tag, struct fail *why)
{
	if (object->count == PAIR_LIMIT ||
		object->used + tag->length + 1 > sizeof object->bytes)
		return fail_at(why, FAIL_BAD_INPUT, tag->line, 0,
			"a sale has more than %d values", PAIR_LIMIT);
	char *const text = object->bytes + object->used;
	struct pair *const pair = &object->pair[object->count];

	memcpy(text, tag->text, tag->length + 1);
	object->used += tag->length + 1;
	/* OFX allows a comma for the point, and has no thousands separators. */
	if (strspn(text, "0123456789,-+") == tag->length && strchr(text, ',') != NULL)
		*strchr(text, ',') = '.';
	strcpy(object->name[object->count], tag->name);
	pair->name = object->name[object->count++];
	pair->cell =
		(struct cell){ .text = text, .length = tag->length, .line = tag->line };
	return true;
}

static const char *value_of(const struct object *object, const char *name)
{
	for (size_t i = 0; i < object->count; i++)
		if (strcmp(object->pair[i].name, name) == 0)
			return object->pair[i].cell.text;
	return "";
}

static const char *kept(struct reading *reading, const char *text)
{
	return pool_text(&reading->pool, text, strlen(text));
}

static bool end_object(struct reading *reading, struct own *own,
	const struct object *object, bool is_sum, struct fail *why)
{
	if (!is_sum) {
		if (!table_add_row(
			    reading, object->pair, object->count, object->line, why))
			return false;
		const struct row *const row = &reading->draft.row;

		const struct totals totals = totals_of(row);

		if (row->box != 0)
			totals_add(&own->by_box[row->box - 'A'], &totals);
		return true;
	}
	reading->file->skipped++;
	if (own->sums < SUM_LIMIT)
		own->sum[own->sums++] = (struct sum){
			.code = (char)(*value_of(object, "form8949code") & ~0x20),
			.cost = kept(reading, value_of(object, "sumcostbasis")),
			.sales = kept(reading, value_of(object, "sumsalespr")),
			.adjustment = kept(reading, value_of(object, "sumadjamt")),
			.line = object->line,
		};
	return true;
}

/* Summaries are checks where the sales are there too; alone they are too little. */
static bool check_sums(struct reading *reading, const struct own *own, struct fail *why)
{
	for (size_t i = 0; i < own->sums; i++) {
		const struct sum *const sum = &own->sum[i];

		if (sum->code < 'A' || sum->code > 'L')
			continue;
		const struct totals *const rows = &own->by_box[sum->code - 'A'];

		if (rows->rows == 0) {
			fail_at(why, FAIL_BAD_INPUT, sum->line, 0,
				"box %c has only a summary, without its sales",
				sum->code);
			return fail_hint(
				why, "ask the broker for the form with its details");
		}
		char what[32];

		snprintf(what, sizeof what, "summary of box %c", sum->code);
		reading_check(reading, sum->line, what, sum->sales, rows->proceeds, 0);
		reading_check(reading, sum->line, what, sum->cost, rows->basis, 0);
		reading_check(reading, sum->line, what, sum->adjustment, rows->wash, 0);
	}
	return true;
}

static void begin_form(struct reading *reading, const struct form *form)
{
	reading->account = form->account;
	reading_take_year(reading, form->year);
	if (form->corrected)
		reading->file->corrected = true;
	if (form->is_void)
		reading_note(reading, "a form that the broker declared void is left out");
}

static const struct income_name div_names[] = {
	{ "orddiv", INCOME_DIVIDENDS },
	{ "qualifieddiv", INCOME_QUALIFIED },
	{ "totcapgain", INCOME_DISTRIBUTIONS },
	{ "unrecsec1250", INCOME_GAIN_1250 },
	{ "sec1202", INCOME_GAIN_1202 },
	{ "p28gain", INCOME_GAIN_28 },
	{ "nontaxdist", INCOME_NONDIVIDEND },
	{ "fedtaxwh", INCOME_DIV_WITHHELD },
	{ "sec199a", INCOME_DIV_199A },
	{ "investexp", INCOME_DIV_EXPENSES },
	{ "fortaxpd", INCOME_DIV_FOREIGN },
	{ "cashliq", INCOME_DIV_CASH },
	{ "noncashliq", INCOME_DIV_NONCASH },
	{ "exemptintdiv", INCOME_DIV_EXEMPT },
	{ "specifiedpabintdiv", INCOME_DIV_ACTIVITY },
	{ NULL, INCOME_KINDS },
};
static const struct income_name int_names[] = {
	{ "intincome", INCOME_INTEREST },
	{ "erlwithpen", INCOME_INT_PENALTY },
	{ "intusbndtrs", INCOME_INT_TREASURY },
	{ "fedtaxwh", INCOME_INT_WITHHELD },
	{ "investexp", INCOME_INT_EXPENSES },
	{ "fortaxpd", INCOME_INT_FOREIGN },
	{ "taxexemptint", INCOME_INT_EXEMPT },
	{ "specifiedpabint", INCOME_INT_ACTIVITY },
	{ "marketdiscount", INCOME_INT_DISCOUNT },
	{ "bondpremium", INCOME_INT_PREMIUM },
	{ "bondpremusobligations", INCOME_INT_US_PREMIUM },
	{ "tebondpremium", INCOME_INT_EXEMPT_PREMIUM },
	{ NULL, INCOME_KINDS },
};
/* Of the form itself; a sale has no such tags. */
static const struct income_name contract_names[] = {
	{ "aggprofit", INCOME_CONTRACTS },
	{ NULL, INCOME_KINDS },
};

/* The form that a tag opens or ends, as the names of its amounts. */
static bool is_form(const struct tag *tag, const struct income_name **names)
{
	static const struct {
		const char *tag;
		const struct income_name *names;
	} forms[] = {
		{ "tax1099div_v100", div_names },
		{ "tax1099int_v100", int_names },
		{ "tax1099b_v100", contract_names },
	};

	for (size_t i = 0; i < COUNT(forms); i++)
		if (strcmp(tag->name, forms[i].tag) == 0) {
			*names = tag->end ? NULL : forms[i].names;
			return true;
		}
	return false;
}

/* Forms that are kept in the file and not read: rents, original issue discount, pensions, ... */
static void tell_form(struct reading *reading, const struct tag *tag)
{
	static const char *const frames[] = { "tax1099msgsrsv1", "tax1099trnrs",
		"tax1099rs" };

	if (tag->end || strncmp(tag->name, "tax1099", 7) != 0)
		return;
	for (size_t i = 0; i < COUNT(frames); i++)
		if (strcmp(tag->name, frames[i]) == 0)
			return;
	reading_note(reading, "form %s is not read: of its amounts none are used",
		CUT(tag->name, 20));
}

/* A leaf of a form that may be an amount; all of a form declared void are left out. */
static bool take_income(struct reading *reading, const struct tag *tag,
	const struct income_name **names, struct fail *why)
{
	if (*names == NULL || tag->end || tag->length == 0)
		return true;
	if (strcmp(tag->name, "void") == 0 && yes(tag->text)) {
		*names = NULL;
		reading_note(reading, "a form that the broker declared void is left out");
		return true;
	}
	const enum income kind = income_of_name(*names, tag->name);

	return kind == INCOME_KINDS ||
		reading_income(reading, kind, tag->text, tag->line, 0, why);
}

/* Version 1 has no ends of leaves, but of all else. */
static bool cut(long line, struct fail *why)
{
	fail_at(why, FAIL_BAD_INPUT, line, 0, "the file ends before </OFX>");
	return fail_hint(why, "the file may be cut short: download it again");
}

static bool read_forms(struct reading *reading, struct tags *in, struct own *own,
	struct object *object, struct fail *why)
{
	size_t at = 0;
	bool over = false, ended = false, open = false, is_sum = false;
	const struct form *form = NULL;
	const struct income_name *names = NULL;

	while (tags_next(in, &over, why)) {
		const struct tag *const tag = &in->tag;
		const bool detail = strcmp(tag->name, "procdet_v100") == 0;
		const bool sum = strcmp(tag->name, "procsum_v100") == 0;

		if (over)
			return ended ? check_sums(reading, own, why)
				     : cut(tag->line, why);
		ended = ended || (strcmp(tag->name, "ofx") == 0 && tag->end);
		if (strcmp(tag->name, "tax1099b_v100") == 0 && !tag->end &&
			at < own->forms) {
			form = &own->form[at++];
			begin_form(reading, form);
		}
		if (!is_form(tag, &names)) {
			tell_form(reading, tag);
			if (!take_income(reading, tag, &names, why))
				return false;
		}
		if ((detail || sum) && !tag->end) {
			object->count = object->used = 0;
			object->line = tag->line;
			open = form != NULL && !form->is_void;
			is_sum = sum;
		} else if (detail || sum) {
			if (open && !end_object(reading, own, object, is_sum, why))
				return false;
			open = false;
		} else if (open && !tag->end && tag->length > 0 &&
			!add_pair(object, tag, why)) {
			return false;
		}
	}
	return false;
}

static bool read_ofx(struct reading *reading, const char *path, struct fail *why)
{
	struct own *const own = pool_alloc(&reading->pool, sizeof *own);
	struct tags *in;

	if (!tags_open(&in, path, why))
		return false;
	bool done = learn(reading, in, own, why);

	tags_close(in);
	if (!done)
		return false;
	if (!own->tax_form) {
		fail_set(why, FAIL_BAD_INPUT, "the file has %s and no tax form",
			own->transactions ? "transactions" : "neither transactions");
		return fail_hint(why, "ask the broker for the 1099-B as OFX, or as CSV");
	}
	if (!tags_open(&in, path, why))
		return false;
	struct object *const object = must_alloc(sizeof *object);

	done = read_forms(reading, in, own, object, why);
	free(object);
	tags_close(in);
	return done;
}

/* "<OFX" or "OFXHEADER" near the beginning, in any case. */
static bool detect(const struct preview *preview)
{
	return strstr(preview->text, "<ofx>") != NULL ||
		strstr(preview->text, "ofxheader") != NULL;
}

const struct format format_ofx = {
	.name = "ofx",
	.what = "OFX (QFX) tax forms, as XML or SGML",
	.detect = detect,
	.table = &table,
	.read = read_ofx,
};

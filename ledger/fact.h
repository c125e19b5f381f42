/*
 * fact.h: what happened, or was reported, entered once with its source.
 *
 * One flat record serves every kind; a kind uses the fields its comment names and
 * leaves the others zero (days: DAY_NONE). Texts are numbers in the `struct names`
 * that came with the facts. Facts are appended and voided, never changed.
 */
#ifndef DUALBASIS_LEDGER_FACT_H
#define DUALBASIS_LEDGER_FACT_H

#include <stddef.h>
#include <stdint.h>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/text.h"
#include "ledger/book.h"

enum fact_kind {
	FACT_NONE,
	FACT_SECURITY, /* symbol; alias = description or CUSIP that means the same security */
	FACT_GRANT,    /* grant (id), option, symbol, day, shares, price = strike */
	FACT_EXERCISE, /* symbol, day, other_day = grant date, shares, price = strike, fmv,
	                     * option, lot, grant, account, owner */
	FACT_SALE, /* symbol, day, shares, price or proceeds, lot, grant, account, owner */
	FACT_REPORTED_SALE, /* a 1099-B row: symbol (0 if unknown), alias = description, day = sold,
	                     * other_day = acquired or DAY_NONE, shares, proceeds, basis (basis_known),
	                     * wash, discount, withheld, term, box, covered, account */
	FACT_FIGURE, /* a figure of a year's return: year, name, text or amount */
	FACT_FILED, /* a line as filed: year, name = line id or date name, text or amount */
	FACT_KINDS
};

enum option_kind { OPTION_UNKNOWN, OPTION_ISO, OPTION_NSO };
enum term { TERM_UNKNOWN, TERM_SHORT, TERM_LONG };
enum covered { COVERED_UNKNOWN, COVERED_YES, COVERED_NO };

/* Where a fact came from: a document's row (from 1), or typed by hand (document 0). */
struct source {
	int64_t document;
	int64_t row;
};

struct fact {
	int64_t id; /* given by the store; rising in the order of entry */
	int64_t batch;
	struct source source;
	enum fact_kind kind;
	struct day day; /* of the event; trade date of a sale */
	struct day
		other_day; /* grant date of an exercise; acquisition date as reported */
	int32_t year;      /* of a figure or a filed line */
	uint32_t symbol, account, owner, lot, grant, alias, name, text;
	struct shares shares;
	struct price price; /* strike, or sale price per share */
	struct price fmv;   /* fair market value per share on `day` */
	struct money proceeds, basis, wash, discount, withheld, amount;
	bool proceeds_known; /* total proceeds were given, not only a price */
	bool basis_known;    /* a reported 0.00 is a basis; a blank is not */
	bool amount_known;   /* the figure is money (or a number), not a word */
	bool assumed;        /* made from another fact (a grant from an exercise) */
	enum option_kind option;
	enum term term;
	enum covered covered;
	char box; /* 'A' to 'L' as reported, or 0 */
};

/* The standing facts, by id; `names` holds their texts. */
struct facts {
	struct fact *at;
	size_t count;
	struct names *names;
};

const char *fact_kind_name(enum fact_kind); /* "exercise", "reported_sale", ... */

#endif

/*
 * fact.h: what happened, or was reported, entered once with its source.
 *
 * One flat record serves every kind; a kind uses the fields its comment names and
 * leaves the others zero (days: DAY_NONE; start from FACT_EMPTY). Texts are numbers in
 * the `struct names` that came with the facts. Facts are appended and voided, never changed.
 *
 * A new field is one line in FACT_DETAIL_FIELDS, and in schema/ one column of `detail` and one
 * of the view `readable`. A new kind or code goes to the end of its enum, to its words in fact.c, and to `word` in schema/:
 * the ledger file keeps the number.
 */
#ifndef DUALBASIS_LEDGER_FACT_H
#define DUALBASIS_LEDGER_FACT_H

#include <stddef.h>
#include <stdint.h>

#include "ledger/base/day.h"
#include "ledger/base/money.h"
#include "ledger/base/text.h"
#include "ledger/book.h"

/* After each kind, the fields it uses; [..] those that may be missing. */
enum __attribute__((packed)) fact_kind {
	FACT_NONE,
	FACT_SECURITY, /* symbol; alias = description or CUSIP that means the same security */
	FACT_GRANT, /* grant (id), [option], symbol, day, shares, price = strike; [fmv on that
	             * day], [large = a 10 % owner], [target = id of the grant that it supersedes],
	             * [owner] */
	FACT_EXERCISE, /* symbol, day, other_day = grant date or grant, shares, price = strike, fmv;
	                * [option], [lot], [account], [owner]; [unvested = of the shares, with
	                * elected = 83(b)], [nso_shares = of the shares, no ISO], [basis = paid for
	                * the option, or its value in an estate] */
	FACT_SALE, /* symbol, day, shares, price or proceeds; [fee], [gross], [lot = identified],
	            * [other_day = when it was], [grant], [account], [owner], [related = to a related
	            * party] */
	FACT_REPORTED_SALE, /* a 1099-B row: symbol (0 if unknown), alias = description, day = sold,
	                     * other_day = acquired or DAY_NONE, shares, proceeds, basis (basis_known),
	                     * wash, discount, withheld, term, box, covered, gross, account; plan and
	                     * income where a plan's statement says what was sold */
	FACT_FIGURE, /* a figure of a year's return: year, name, text or amount */
	FACT_FILED, /* a line as filed: year, name = line id or date name, text or amount */
	FACT_VEST, /* unvested shares bought or awarded before: symbol, day, shares, fmv; lot, or
	             * other_day = day of the exercise or award */
	FACT_FORFEITURE, /* unvested shares given back: symbol, day, shares; [proceeds = got back]; lot,
	                  * or other_day = day of the exercise or award */
	FACT_RSU, /* units vest: symbol, day, shares (all), fmv; [kept = shares delivered, after
	              * those withheld for tax], [lot], [grant], [account], [owner] */
	FACT_RESTRICTED, /* shares awarded unvested: symbol, day, shares, fmv, elected = 83(b);
	                  * [price = paid a share], [lot], [account], [owner] */
	FACT_ESPP, /* Form 3922: symbol, other_day = grant (box 1), day (box 2), grant_fmv (3), fmv
	            * (4), price (5), shares (6), [grant_price (8)]; [lot], [account], [owner] */
	FACT_PURCHASE, /* symbol, day, shares, price or basis = cost in total; [lot], [account],
	                * [owner] */
	FACT_GIFT_RECEIVED, /* symbol, day, shares, basis = the donor's, other_day = when the donor
	                     * acquired; [fmv on that day], [amt_basis = the donor's], [lot],
	                     * [account], [owner] */
	FACT_INHERITANCE, /* symbol, day = of death, shares, fmv on it (or the alternate one); [lot],
	                   * [account], [owner] */
	FACT_GIFT, /* given away: symbol, day, shares; [charity], [fmv], [lot], [account], [owner] */
	FACT_TO_SPOUSE, /* to a spouse, or on divorce: symbol, day, shares; [target = owner, else out of the
	                 * household], [lot], [account], [owner] */
	FACT_DEATH, /* symbol, day, owner, fmv; [target = who inherits] */
	FACT_WORTHLESS, /* symbol, day (the loss is on the last day of its year); [account], [owner] */
	FACT_CASH_IN_LIEU, /* of a fraction of a share: as a sale */
	FACT_TRANSFER, /* between brokers: symbol, day, target = account; [shares, else all], [account],
	                * [lot], [owner] */
	FACT_SPLIT, /* symbol, day, shares for `per` old ones */
	FACT_MERGER, /* symbol, day; [target = new symbol, shares for `per` old ones, fmv of a new one],
	                * [price = cash for an old one], [taxable] */
	FACT_SPIN_OFF, /* symbol, day, target = new symbol, shares for `per` old ones, fraction = of the
	                * basis that stays with the old ones; or fmv, taxable */
	FACT_SYMBOL_CHANGE, /* symbol, day, target = new symbol */
	FACT_ORDER, /* standing instruction on lots: day, text = an order; [account], [symbol] */
	FACT_SWAP, /* old shares that pay an exercise: symbol, day, shares, lot = of the exercise;
	             * [name = of the lot given], [account] */
	FACT_LEFT, /* employment ended: day; [symbol], [owner], [text = why: disabled, died] */
	FACT_EXERCISABLE, /* grant, day = first exercisable, shares */
	FACT_ACCOUNT,     /* account, text = ira or taxable; [owner] */
	FACT_WAIVER, /* a broker's printed total that differs from its rows, accepted: year, name = the
	              * difference in words, text = why */
	FACT_KINDS
};

enum __attribute__((packed)) option_kind { OPTION_UNKNOWN, OPTION_ISO, OPTION_NSO };
enum __attribute__((packed)) term { TERM_UNKNOWN, TERM_SHORT, TERM_LONG };
enum __attribute__((packed)) covered { COVERED_UNKNOWN, COVERED_YES, COVERED_NO };

/* Where a fact came from: a document's row (from 1), or typed by hand (document 0). */
struct source {
	int64_t document;
	int64_t row;
};

/*
 * X(type, name, "what it is"). The type tells the C type (FACT_TYPE_) and the column's name
 * in the ledger file: money is NAME_cents, shares and price are NAME_e8, the others NAME.
 */
/* clang-format off */
#define FACT_OWN_FIELDS(X)                                                                 \
	X(day, day, "of the event; trade date of a sale")                                  \
	X(day, other_day, "grant date of an exercise; acquisition date as reported")       \
	X(year, year, "of a figure or a filed line")                                       \
	X(text, symbol, "the security")                                                    \
	X(text, account, "where it is held; none: any account")                            \
	X(text, owner, "which spouse; none: the household")                                \
	X(text, alias, "a broker's description, or a CUSIP")                               \
	X(text, name, "of a figure or a filed line")                                       \
	X(text, text, "a figure that is a word")                                           \
	X(shares, shares, "how many")                                                      \
	X(money, proceeds, "of a sale, in total")                                          \
	X(money, basis, "as reported")                                                     \
	X(money, wash, "wash sale loss disallowed, as reported")                           \
	X(money, discount, "accrued market discount, as reported")                         \
	X(money, withheld, "federal income tax withheld, as reported")                     \
	X(money, amount, "of a figure or a filed line")                                    \
	X(flag, proceeds_known, "total proceeds were given, not only a price")             \
	X(flag, basis_known, "a reported 0.00 is a basis; a blank is not")                 \
	X(flag, amount_known, "the figure is money (or a number), not a word")             \
	X(term, term, "as reported")                                                       \
	X(covered, covered, "was the basis reported to the IRS?")                          \
	X(covered, gross, "does box 6 of the 1099-B say gross proceeds?")                  \
	X(letter, box, "of Form 8949, 'A' to 'L' as reported, or 0")

/* The rest is what plans, options, gifts and corporate actions say besides. */
#define FACT_DETAIL_FIELDS(X)                                                              \
	X(text, lot, "the user's own name of a lot")                                       \
	X(text, grant, "the user's own name of a grant")                                   \
	X(text, plan, "rsu, espp or option: shares of a plan, as its statement says")      \
	X(text, target, "the new symbol, account or owner; the grant superseded")                                \
	X(shares, per, "old shares for which `shares` new ones come")                      \
	X(shares, unvested, "of the shares, not vested yet")                               \
	X(shares, nso_shares, "of the shares exercised, not under an ISO")                 \
	X(shares, kept, "of the units vested, shares delivered")                           \
	X(price, price, "strike, or sale price per share")                                 \
	X(price, fmv, "fair market value per share on `day`")                              \
	X(price, grant_fmv, "fair market value per share on the grant date")               \
	X(price, grant_price, "price per share as if exercised on the grant date")         \
	X(price, fraction, "of the basis that stays with the old shares")                  \
	X(money, income, "wages taxed for a plan's shares and not in the reported basis")  \
	X(money, amt_basis, "the donor's basis for the AMT")                               \
	X(money, fee, "what selling cost: commission and fees")                            \
	X(option, option, "kind of the option")                                            \
	X(flag, assumed, "made from another fact (a grant from an exercise)")              \
	X(flag, amt_basis_known, "the donor's AMT basis was given")                        \
	X(flag, kept_known, "the shares delivered were given")                             \
	X(flag, related, "sold to a related party")                                        \
	X(flag, charity, "given to a charity")                                             \
	X(flag, large, "the holder owns more than 10 % of the employer")                   \
	X(flag, taxable, "gain and loss are recognized in full")                           \
	X(covered, elected, "was an 83(b) election made?")
/* clang-format on */
#define FACT_FIELDS(X) FACT_OWN_FIELDS(X) FACT_DETAIL_FIELDS(X)

#define FACT_TYPE_day     struct day
#define FACT_TYPE_year    int32_t
#define FACT_TYPE_number  int64_t
#define FACT_TYPE_text    uint32_t
#define FACT_TYPE_shares  struct shares
#define FACT_TYPE_price   struct price
#define FACT_TYPE_money   struct money
#define FACT_TYPE_flag    bool
#define FACT_TYPE_option  enum option_kind
#define FACT_TYPE_term    enum term
#define FACT_TYPE_covered enum covered
#define FACT_TYPE_letter  char

struct fact {
	int64_t id; /* given by the store; rising in the order of entry */
	int64_t batch;
	struct source source;
	enum fact_kind kind;
#define X(type, name, what) FACT_TYPE_##type name;
	FACT_FIELDS(X)
#undef X
};

/* A fact that says nothing yet: `const struct fact`, all zero but for days, DAY_NONE. */
extern const struct fact FACT_EMPTY;

/* The standing facts, by id; `names` holds their texts. */
struct facts {
	struct fact *at;
	size_t count;
	struct names *names;
};

/* Words of an enum: "iso" for OPTION_ISO; word[0] is "" (or "none" for a kind). */
struct words {
	const char *const *word;
	size_t count;
};
extern const struct words fact_kind_words, option_words, term_words, covered_words;

const char *fact_kind_name(enum fact_kind); /* "exercise", "reported_sale", ... */
const char *option_name(enum option_kind);  /* "", "iso", "nso" */
const char *term_name(enum term);           /* "", "short", "long" */
const char *covered_name(enum covered);     /* "", "yes", "no" */

/* The code of a word, exact; false if there is none. */
bool words_find(const struct words *, const char *word, int *code);

/* Do they say the very same, wherever they came from? Both have their texts in one `names`. */
bool fact_same(const struct fact *, const struct fact *);

/* The year of its day and the year it names: the years that it touches; 0 for none. */
int fact_year(const struct fact *);

#endif

/* The kinds that can be recorded, and their options. */
#include <stddef.h>

#include "ledger/base/pool.h"
#include "ledger/record.h"

#define AT(field) offsetof(struct fact, field)

#define NEED(name, type, field, help)                                                    \
	{                                                                                \
		name, type, true, AT(field), 0, NULL, help                               \
	}
#define MAY(name, type, field, help)                                                     \
	{                                                                                \
		name, type, false, AT(field), 0, NULL, help                              \
	}
#define MAY_KNOWN(name, type, field, help)                                               \
	{                                                                                \
		name, type, false, AT(field), AT(field##_known), NULL, help              \
	}
#define MAY_WORD(name, field, words, help)                                               \
	{                                                                                \
		name, RECORD_WORD, false, AT(field), 0, &(words), help                   \
	}
#define CHOICE(name, need, field, words, help)                                           \
	{                                                                                \
		name, RECORD_CHOICE, need, AT(field), 0, &(words), help                  \
	}

#define SYMBOL  NEED("symbol", RECORD_TEXT, symbol, "the security")
#define ACCOUNT MAY("account", RECORD_TEXT, account, "where it is held")
#define OWNER   MAY("owner", RECORD_TEXT, owner, "which spouse")
#define NEW_LOT MAY("lot", RECORD_TEXT, lot, "your own name of these shares")
#define LOT_TAKEN                                                                        \
	MAY("lot", RECORD_TEXT, lot,                                                     \
		"which lot, as \"lots\" calls it; else by the order that stands")
#define DAY(help)     NEED("date", RECORD_DAY, day, help)
#define SHARES(help)  NEED("shares", RECORD_SHARES, shares, help)
#define FMV(help)     NEED("fmv", RECORD_PRICE, fmv, help)
#define ELECTED(help) MAY_WORD("elected", elected, covered_words, help)

static const char *const order_list[] = { "", "fifo", "lifo", "highest-cost",
	"lowest-cost", "highest-amt-gap", "lowest-amt-gap" };
static const struct words order_words = { order_list, COUNT(order_list) };

static const char *const reason_list[] = { "", "disabled", "died" };
static const struct words reason_words = { reason_list, COUNT(reason_list) };

static const char *const account_list[] = { "", "taxable", "ira" };
static const struct words account_words = { account_list, COUNT(account_list) };

static const struct record_option of_grant[] = {
	NEED("id", RECORD_TEXT, grant, "your own name of the grant"),
	SYMBOL,
	DAY("day of the grant"),
	SHARES("shares under option"),
	NEED("strike", RECORD_PRICE, price, "price to pay a share"),
	MAY_WORD("kind", option, option_words, "iso or nso (iso if not given)"),
	MAY("fmv", RECORD_PRICE, fmv,
		"fair market value a share that day, for the $100,000 limit"),
	MAY("large-holder", RECORD_FLAG, large,
		"yes: the holder owns more than 10 % of the employer"),
	MAY("supersedes", RECORD_TEXT, target,
		"id of the grant that it takes the place of: repriced, extended or made "
		"better"),
	OWNER,
};

static const struct record_option of_exercisable[] = {
	NEED("grant", RECORD_TEXT, grant, "the grant's id"),
	DAY("day on which they are first exercisable"),
	SHARES("shares first exercisable then"),
};

static const struct record_option of_exercise[] = {
	SYMBOL,
	MAY("grant-date", RECORD_DAY, other_day, "day of the grant (Form 3921 box 1)"),
	DAY("day of the exercise (box 2)"),
	NEED("strike", RECORD_PRICE, price, "price paid a share (box 3)"),
	FMV("fair market value a share that day (box 4)"),
	SHARES("shares bought (box 5)"),
	MAY_WORD("kind", option, option_words, "iso or nso (the grant's if not given)"),
	MAY("grant", RECORD_TEXT, grant, "the grant's id"),
	NEW_LOT,
	MAY("unvested", RECORD_SHARES, unvested, "of the shares, not vested yet"),
	ELECTED("yes or no: was an 83(b) election made for the unvested?"),
	MAY("nso-shares", RECORD_SHARES, nso_shares,
		"of the shares, those over the $100,000 limit"),
	MAY_KNOWN("option-basis", RECORD_MONEY, basis,
		"paid for the option itself, or its value in an estate, in total"),
	ACCOUNT,
	OWNER,
};

static const struct record_option of_swap[] = {
	SYMBOL,
	DAY("day of the exercise"),
	NEED("lot", RECORD_TEXT, lot, "the lot that the exercise made"),
	SHARES("old shares given"),
	MAY("from-lot", RECORD_TEXT, name, "the lot that they came from"),
	ACCOUNT,
	OWNER,
};

static const struct record_option of_vest[] = {
	SYMBOL,
	DAY("day of the vest"),
	SHARES("shares that vest"),
	FMV("fair market value a share that day"),
	MAY("lot", RECORD_TEXT, lot, "the lot that they are of"),
	MAY("from-date", RECORD_DAY, other_day, "day of the exercise or award"),
};

static const struct record_option of_forfeiture[] = {
	SYMBOL,
	DAY("day on which they went back"),
	SHARES("unvested shares given back"),
	MAY_KNOWN("proceeds", RECORD_MONEY, proceeds, "got back for them in total"),
	MAY("lot", RECORD_TEXT, lot, "the lot that they are of"),
	MAY("from-date", RECORD_DAY, other_day, "day of the exercise or award"),
};

static const struct record_option of_rsu[] = {
	SYMBOL,
	DAY("day of the vest"),
	SHARES("units vested, all of them"),
	FMV("fair market value a share that day"),
	MAY_KNOWN("kept", RECORD_SHARES, kept, "shares delivered, if some were withheld"),
	MAY("grant", RECORD_TEXT, grant, "the award's id"),
	NEW_LOT,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_restricted[] = {
	SYMBOL,
	DAY("day of the award"),
	SHARES("shares awarded"),
	FMV("fair market value a share that day"),
	MAY("price", RECORD_PRICE, price, "paid a share, if anything"),
	ELECTED("yes or no: was an 83(b) election made?"),
	NEW_LOT,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_espp[] = {
	SYMBOL,
	NEED("grant-date", RECORD_DAY, other_day, "grant date (Form 3922 box 1)"),
	DAY("day of the purchase (box 2)"),
	NEED("grant-fmv", RECORD_PRICE, grant_fmv,
		"value a share on the grant date (box 3)"),
	FMV("value a share on the day of the purchase (box 4)"),
	NEED("price", RECORD_PRICE, price, "paid a share (box 5)"),
	SHARES("shares bought (box 6)"),
	MAY("grant-price", RECORD_PRICE, grant_price,
		"price a share as if exercised on the grant date (box 8)"),
	NEW_LOT,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_purchase[] = {
	SYMBOL,
	DAY("trade date"),
	SHARES("shares bought"),
	MAY("price", RECORD_PRICE, price, "paid a share"),
	MAY_KNOWN("cost", RECORD_MONEY, basis, "paid in total, with fees"),
	NEW_LOT,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_gift_received[] = {
	SYMBOL,
	DAY("day of the gift"),
	SHARES("shares received"),
	MAY_KNOWN("basis", RECORD_MONEY, basis, "the donor's basis in total"),
	MAY("acquired", RECORD_DAY, other_day, "when the donor acquired them"),
	MAY("fmv", RECORD_PRICE, fmv, "fair market value a share on the day of the gift"),
	MAY_KNOWN("amt-basis", RECORD_MONEY, amt_basis, "the donor's AMT basis in total"),
	NEW_LOT,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_inheritance[] = {
	SYMBOL,
	DAY("day of death"),
	SHARES("shares inherited"),
	FMV("value a share on that day, or on the alternate one"),
	NEW_LOT,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_sale[] = {
	SYMBOL,
	DAY("trade date"),
	SHARES("shares sold"),
	MAY("price", RECORD_PRICE, price, "price got a share"),
	MAY_KNOWN("proceeds", RECORD_MONEY, proceeds, "got in total, after fees"),
	MAY("fee", RECORD_MONEY, fee, "what selling cost: commission and fees"),
	MAY_WORD("gross", gross, covered_words,
		"yes or no: box 6 of the 1099-B says gross proceeds, without the fee"),
	MAY("lot", RECORD_TEXT, lot,
		"the lot that was identified to the broker, as \"lots\" calls it"),
	MAY("identified", RECORD_DAY, other_day, "when it was identified"),
	MAY("grant", RECORD_TEXT, grant, "only shares of this grant"),
	MAY("related", RECORD_FLAG, related, "yes: sold to a related party"),
	ACCOUNT,
	OWNER,
};

static const struct record_option of_cash_in_lieu[] = {
	SYMBOL,
	DAY("day of the cash"),
	SHARES("fraction of a share"),
	MAY("price", RECORD_PRICE, price, "price a share"),
	MAY_KNOWN("proceeds", RECORD_MONEY, proceeds, "got in total"),
	LOT_TAKEN,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_gift[] = {
	SYMBOL,
	DAY("day of the gift"),
	SHARES("shares given away"),
	MAY("charity", RECORD_FLAG, charity, "yes: to a charity"),
	MAY("fmv", RECORD_PRICE, fmv, "fair market value a share that day"),
	LOT_TAKEN,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_to_spouse[] = {
	SYMBOL,
	DAY("day of the transfer"),
	SHARES("shares transferred"),
	MAY("to", RECORD_TEXT, target, "the spouse's name; none: out of the household"),
	LOT_TAKEN,
	ACCOUNT,
	OWNER,
};

static const struct record_option of_death[] = {
	SYMBOL,
	DAY("day of death"),
	FMV("fair market value a share that day"),
	MAY("owner", RECORD_TEXT, owner, "who died; none: all shares of the security"),
	MAY("to", RECORD_TEXT, target, "who inherits"),
};

static const struct record_option of_worthless[] = {
	SYMBOL,
	DAY("a day of the year in which it became worthless"),
	ACCOUNT,
	OWNER,
};

static const struct record_option of_transfer[] = {
	SYMBOL,
	DAY("day of the transfer"),
	NEED("to", RECORD_TEXT, target, "the new account"),
	MAY("shares", RECORD_SHARES, shares, "how many; all if not given"),
	LOT_TAKEN,
	MAY("account", RECORD_TEXT, account, "the old account"),
	OWNER,
};

static const struct record_option of_split[] = {
	SYMBOL,
	DAY("first day of the new shares"),
	SHARES("new shares"),
	NEED("per", RECORD_SHARES, per, "for so many old ones"),
};

static const struct record_option of_merger[] = {
	SYMBOL,
	DAY("first day of the new shares, or day of the buyout"),
	MAY("to", RECORD_TEXT, target, "the new security"),
	MAY("shares", RECORD_SHARES, shares, "new shares"),
	MAY("per", RECORD_SHARES, per, "for so many old ones"),
	MAY("fmv", RECORD_PRICE, fmv,
		"fair market value of a new share, where cash is paid"),
	MAY("cash", RECORD_PRICE, price, "cash for an old share"),
	MAY("taxable", RECORD_FLAG, taxable,
		"yes: no reorganization, all gain is recognized"),
};

static const struct record_option of_spin_off[] = {
	SYMBOL,
	DAY("first day of the new shares"),
	NEED("to", RECORD_TEXT, target, "the new security"),
	SHARES("new shares"),
	NEED("per", RECORD_SHARES, per, "for so many old ones"),
	MAY("keeps", RECORD_PRICE, fraction,
		"fraction of the basis that stays with the old shares (Form 8937): 0.8"),
	MAY("taxable", RECORD_FLAG, taxable, "yes: a dividend at fmv"),
	MAY("fmv", RECORD_PRICE, fmv, "fair market value of a new share, if taxable"),
};

static const struct record_option of_symbol_change[] = {
	SYMBOL,
	DAY("first day of the new symbol"),
	NEED("to", RECORD_TEXT, target, "the new symbol"),
};

static const struct record_option of_order[] = {
	DAY("from which day on it stands"),
	CHOICE("order", true, text, order_words,
		"fifo, lifo, highest-cost, lowest-cost, highest-amt-gap or "
		"lowest-amt-gap"),
	MAY("symbol", RECORD_TEXT, symbol, "only for this security"),
	MAY("account", RECORD_TEXT, account, "only for this account"),
};

static const struct record_option of_left[] = {
	DAY("last day of employment"),
	MAY("symbol", RECORD_TEXT, symbol, "the employer's security; none: any"),
	CHOICE("reason", false, text, reason_words,
		"disabled or died, which extend the time"),
	OWNER,
};

static const struct record_option of_account[] = {
	NEED("account", RECORD_TEXT, account, "the account's name"),
	CHOICE("kind", true, text, account_words, "taxable or ira"),
	OWNER,
};

static const struct record_option of_security[] = {
	SYMBOL,
	MAY("alias", RECORD_TEXT, alias, "a broker's description of it; may be repeated"),
	MAY("cusip", RECORD_TEXT, alias, "its CUSIP"),
};

#define KIND(name, kind, options, help)                                                  \
	{                                                                                \
		name, kind, help, options, COUNT(options)                                \
	}

static const struct record_kind table[] = {
	KIND("grant", FACT_GRANT, of_grant, "an option grant"),
	KIND("exercisable", FACT_EXERCISABLE, of_exercisable,
		"shares of a grant that become exercisable, for the $100,000 limit"),
	KIND("exercise", FACT_EXERCISE, of_exercise,
		"shares bought by exercising an option"),
	KIND("swap", FACT_SWAP, of_swap, "old shares that pay for an exercise"),
	KIND("vest", FACT_VEST, of_vest, "shares exercised early or awarded vest"),
	KIND("forfeiture", FACT_FORFEITURE, of_forfeiture, "unvested shares go back"),
	KIND("rsu", FACT_RSU, of_rsu, "restricted stock units vest"),
	KIND("restricted", FACT_RESTRICTED, of_restricted, "shares awarded unvested"),
	KIND("espp", FACT_ESPP, of_espp, "a purchase in an ESPP (Form 3922)"),
	KIND("purchase", FACT_PURCHASE, of_purchase, "shares bought on the market"),
	KIND("gift-received", FACT_GIFT_RECEIVED, of_gift_received,
		"shares received as a gift"),
	KIND("inheritance", FACT_INHERITANCE, of_inheritance, "shares inherited"),
	KIND("sale", FACT_SALE, of_sale, "shares sold"),
	KIND("cash-in-lieu", FACT_CASH_IN_LIEU, of_cash_in_lieu,
		"cash for a fraction of a share"),
	KIND("gift", FACT_GIFT, of_gift, "shares given away"),
	KIND("to-spouse", FACT_TO_SPOUSE, of_to_spouse,
		"shares to a spouse, or to one on divorce"),
	KIND("death", FACT_DEATH, of_death, "shares of somebody who died"),
	KIND("worthless", FACT_WORTHLESS, of_worthless, "shares that became worthless"),
	KIND("transfer", FACT_TRANSFER, of_transfer, "shares moved between brokers"),
	KIND("split", FACT_SPLIT, of_split, "a split, or a reverse split"),
	KIND("merger", FACT_MERGER, of_merger, "a merger or a buyout"),
	KIND("spin-off", FACT_SPIN_OFF, of_spin_off, "shares of a company spun off"),
	KIND("symbol-change", FACT_SYMBOL_CHANGE, of_symbol_change, "a new symbol"),
	KIND("order", FACT_ORDER, of_order,
		"a standing instruction on which lots to sell"),
	KIND("left", FACT_LEFT, of_left, "employment ended"),
	KIND("account", FACT_ACCOUNT, of_account, "what kind of account it is"),
	KIND("security", FACT_SECURITY, of_security,
		"a security, and other names that brokers give it"),
};

const struct record_kind *record_kinds(size_t *count)
{
	*count = COUNT(table);
	return table;
}

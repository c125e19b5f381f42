/*
 * notice.h: what a replay of the facts found worth saying: questions, warnings, assumptions.
 *
 * A notice is typed, so that todo, check and the packet can sort and count it; its sentence is
 * made on demand.
 */
#ifndef DUALBASIS_LEDGER_NOTICE_H
#define DUALBASIS_LEDGER_NOTICE_H

#include "ledger/base/text.h"
#include "ledger/fact.h"

enum notice_weight {
	NOTICE_REMARK,  /* said so that nothing is hidden */
	NOTICE_ASSUMED, /* a default was taken: listed on the packet */
	NOTICE_WARNING, /* probably an error */
	NOTICE_QUESTION /* only the user can answer; the figure may be wrong until then */
};

/* X(NAME, weight, "rule", "what it means") */
/* clang-format off */
#define NOTICES(X) \
	X(grant_assumed, ASSUMED, "R-001", \
		"the grant is not recorded and was made from the exercise") \
	X(over_limit, REMARK, "R-005", \
		"a part of the grant is over the $100,000 limit and no ISO") \
	X(iso_over_limit, WARNING, "R-005", \
		"more shares were exercised as ISO than the $100,000 limit leaves") \
	X(exercised_late, WARNING, "R-002", \
		"exercised too long after employment ended: no ISO, the spread is wages") \
	X(exercised_by_estate, WARNING, "R-067", \
		"exercised after death, so no holding period; the option's value in the estate " \
		"adds to the regular basis: record the exercise again with option-basis") \
	X(large_holder, WARNING, "R-003", \
		"a holder of more than 10 % needs a strike of 110 % of the value") \
	X(discounted, WARNING, "R-001", \
		"the strike is below the value on the grant date: probably no ISO") \
	X(option_too_old, WARNING, "R-001", \
		"exercised after the longest term of an ISO") \
	X(supersedes_fewer, REMARK, "R-004", \
		"fewer shares than the superseded grant had left: the rest counts as lapsed") \
	X(strike_differs, WARNING, "R-008", \
		"the strike is not the grant's: correct one of them, or record the change of " \
		"the grant as a grant that supersedes it") \
	X(successor_bought, WARNING, "R-080", \
		"a loss within 30 days of an acquisition of the company that it merged with: the " \
		"two may be substantially identical (Pub. 550); the loss was allowed; where one " \
		"is only the other in a new form, record a symbol-change instead of the merger") \
	X(election_unknown, QUESTION, "R-045", \
		"shares were bought unvested: was an 83(b) election made? Taken as no") \
	X(not_vested, QUESTION, "R-044", \
		"shares are still unvested in the ledger: when did they vest, and at what value?") \
	X(value_of_swap, REMARK, "R-066", \
		"old shares paid for the exercise: they keep basis and holding period") \
	X(sales_differ, QUESTION, "R-125", \
		"the broker's proceeds differ from the recorded sale's; the broker's were taken") \
	X(not_joined, QUESTION, "R-125", \
		"a recorded and a reported sale of one day differ in shares and count as two") \
	X(date_not_found, WARNING, "R-060", \
		"no lot has the broker's date acquired; the next lot in order was taken") \
	X(identified_late, WARNING, "R-060", \
		"the lot was identified after settlement; the next lot in order was taken") \
	X(lot_unknown, QUESTION, "R-110", \
		"no lot of the plan is known for its day: day, cost and wages are the row's own; " \
		"record or import that vest, purchase or exercise to put it in their place") \
	X(basis_missing, QUESTION, "R-122", \
		"the broker reports no basis and no lot is known; it counts as zero") \
	X(term_missing, QUESTION, "R-123", \
		"neither term nor date acquired is known; it counts as short-term") \
	X(term_differs, WARNING, "R-123", \
		"the broker's term differs from the lot's; the lot's was taken (code T)") \
	X(covered_unknown, ASSUMED, "R-122", \
		"whether the basis was reported to the IRS is not known; taken as not reported") \
	X(day_too_early, WARNING, "R-031", \
		"sold on the last day before the sale would have qualified") \
	X(box6_assumed, ASSUMED, "R-128", \
		"whether box 6 says gross or net proceeds is not known; judged by the price") \
	X(wash_differs, WARNING, "R-088", \
		"the broker's wash sale loss differs from that of all accounts together") \
	X(wash_next_year, REMARK, "R-089", \
		"acquired in the next year, it took a loss of the year before") \
	X(wash_amt_only, REMARK, "R-084", \
		"a wash sale for the AMT only") \
	X(wash_unlimits, WARNING, "R-083", \
		"a purchase within 30 days took away the limit on compensation") \
	X(wash_lost, WARNING, "R-080", \
		"a purchase in a retirement account took the loss for good") \
	X(related_loss, WARNING, "R-037", \
		"a loss on a sale to a related party is not allowed") \
	X(price_assumed, ASSUMED, "R-112", \
		"the price as if exercised on the grant date was worked out from the discount") \
	X(gift_disqualifies, WARNING, "R-037", \
		"a gift before the shares qualify: the whole spread is compensation") \
	X(gift_value_missing, QUESTION, "R-112",                                           \
		"ESPP shares were given away: at what value? It counts as the price paid") \
	X(donee_amt_basis, REMARK, "R-069", \
		"whether the recipient takes over the AMT basis is unsettled") \
	X(amt_basis_assumed, ASSUMED, "R-069", \
		"the donor's AMT basis is not known; taken as the regular one") \
	X(worthless_1244, REMARK, "R-058", \
		"a loss of small business stock may be ordinary (s. 1244)") \
	X(merger_row, REMARK, "R-064", \
		"a broker's row of the cash was joined with the merger") \
	X(spin_off_income, QUESTION, "R-065", \
		"a taxable spin-off is a dividend: enter it in ordinary_dividends") \
	X(spun_value, QUESTION, "R-065",                                                   \
		"shares spun off vested: their value was taken from the fraction of the basis") \
	X(credit_of_decedent, REMARK, "R-078", \
		"minimum tax credit and loss carryovers of the decedent end with this year")
/* clang-format on */

enum notice_kind {
#define X(name, weight, rule, what) NOTICE_##name,
	NOTICES(X)
#undef X
		NOTICE_KINDS
};

#define NOTICE_NOWHERE UINT32_MAX

struct notice {
	enum notice_kind kind;
	const struct fact *fact;    /* that it is about */
	uint32_t lot;               /* index, or NOTICE_NOWHERE */
	uint32_t disposition;       /* index, or NOTICE_NOWHERE */
	struct price found, wanted; /* of strike_differs: the exercise's, the grant's */
};

const char *notice_name(enum notice_kind); /* "grant_assumed" */
enum notice_weight notice_weight(enum notice_kind);
const char *notice_weight_name(
	enum notice_weight); /* "remark", "assumed", "warning", "question" */
const char *notice_rule(enum notice_kind); /* "R-060" */
const char *notice_what(enum notice_kind);

/* What it means, with the numbers that it is about. */
void notice_sentence(const struct notice *, struct text *);

struct lots;
/* "sale of 100 ACME on 2024-06-03 (lot A): no lot has ..." */
void notice_text(const struct lots *, const struct notice *, struct text *);

#endif

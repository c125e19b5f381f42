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
#define NOTICES(X)                                                                         \
	X(grant_assumed, ASSUMED, "R-001",                                                 \
		"the grant is not recorded and was made from the exercise")                \
	X(sales_differ, QUESTION, "R-125",                                                 \
		"the broker's proceeds differ from the recorded sale's; the broker's were taken") \
	X(not_joined, QUESTION, "R-125",                                                   \
		"a recorded and a reported sale of one day differ in shares and count as two")    \
	X(date_not_found, WARNING, "R-060",                                                \
		"no lot has the broker's date acquired; the next lot in order was taken")  \
	X(several_lots, REMARK, "R-060",                                                   \
		"several lots could have been sold; the earliest was taken")               \
	X(basis_missing, QUESTION, "R-122",                                                \
		"the broker reports no basis and no lot is known; it counts as zero")      \
	X(term_missing, QUESTION, "R-123",                                                 \
		"neither term nor date acquired is known; it counts as short-term")        \
	X(term_differs, WARNING, "R-123",                                                  \
		"the broker's term differs from the lot's; the lot's was taken (code T)")  \
	X(covered_unknown, ASSUMED, "R-122",                                               \
		"whether the basis was reported to the IRS is not known; taken as not reported") \
	X(day_too_early, WARNING, "R-031",                                                 \
		"sold on the last day before the sale would have qualified")
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
	const struct fact *fact; /* that it is about */
	uint32_t lot;            /* index, or NOTICE_NOWHERE */
	uint32_t disposition;    /* index, or NOTICE_NOWHERE */
};

const char *notice_name(enum notice_kind); /* "grant_assumed" */
enum notice_weight notice_weight(enum notice_kind);
const char *notice_weight_name(
	enum notice_weight); /* "remark", "assumed", "warning", "question" */
const char *notice_rule(enum notice_kind); /* "R-060" */
const char *notice_what(enum notice_kind);

struct lots;
/* "sale of 100 ACME on 2024-06-03 (lot A): no lot has ..." */
void notice_text(const struct lots *, const struct notice *, struct text *);

#endif

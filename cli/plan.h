/*
 * plan.h: one run of `plan`: a year as its facts have it, and the grants that are meant.
 */
#ifndef DUALBASIS_CLI_PLAN_H
#define DUALBASIS_CLI_PLAN_H

#include "cli/as_if.h"
#include "forms/plan/plan.h"

struct planning {
	const struct call *call;
	struct home home;
	int year;
	const struct tax_return *its;
	struct price price; /* of --price, if it was given */
	struct plan_grant *grant;
	size_t grants;
};

/*
 * The year of the first operand, with the figures of the others, computed; the call's ledger stays
 * open until home_close(). On failure nothing stays open.
 */
bool plan_open(struct planning *, const struct call *, struct fail *) MUST_USE;
/* The grants chosen by --grant and --symbol, or described by --strike and --shares. */
bool plan_find_grants(struct planning *, struct fail *) MUST_USE;

/* The user's name of a recorded grant, "" if it has none. */
const char *plan_grant_id(const struct planning *, const struct plan_grant *);
/* What to do where no grant is open. Returns false. */
bool plan_hint_grant(struct fail *);

/* A value that cannot be read is wrong usage of the option it stands after. Returns false. */
bool plan_bad_option(const char *option, struct fail *);
bool plan_price_option(
	const struct call *, const char *option, struct price *, struct fail *) MUST_USE;
bool plan_shares_option(const struct call *, struct shares *, struct fail *) MUST_USE;

/* The kinds of plan. */
bool plan_run_room(struct call *, struct fail *) MUST_USE;
bool plan_run_exercise(struct call *, struct fail *) MUST_USE;

#endif

/*
 * plan.h: what a plan is told as: the room before the AMT, and what exercises come to.
 */
#ifndef DUALBASIS_EXPORT_PLAN_H
#define DUALBASIS_EXPORT_PLAN_H

#include "export/json.h"
#include "export/packet.h"
#include "forms/plan/plan.h"

/* The room of a year, and the shares that fit into it. */
struct room_answer {
	const struct household *household;
	const struct tax_return *its;
	struct plan_room room;
	bool priced;
	struct price price;
	int margin; /* hundredths of a percent */
	struct plan_grant *grant;
	size_t grants;
	bool fitted; /* there are a price and grants: `fit` holds */
	struct plan_shares fit;
	const char *no_shares; /* why no number of shares can be told, or NULL */
	struct plan_row row[PLAN_ROWS];
	size_t rows;
};
void report_room(struct report *, const struct room_answer *);

/*
 * "year", "status", "room", "form_room", "shares", "shares_reason", "binding", "spread_counted",
 * "amt_already", "price", "margin", "usable", "grants": [{"grant","symbol","strike","spread","left",
 * "exercisable","shares","alone","binding"}], "exercises": [{"size","shares","spread","amt",
 * "credit_used","credit_left","total_tax"}], "figures": [{"name","value"}], "assumed": [...],
 * "draft".
 */
void data_room(struct json *, const struct room_answer *, struct pool *);

/* One exercise, and the same at other prices. */
#define EXERCISE_PRICES 5
struct exercise_answer {
	const struct household *household;
	const struct tax_return *its;
	const struct plan_grant *grant;
	struct shares shares;
	struct price price;
	struct day day; /* of the exercise; DAY_NONE if none is given */
	struct plan_exercise exercise;
	struct exercise_at {
		int percent; /* the price more than the one given */
		struct price price;
		struct plan_exercise exercise;
	} at[EXERCISE_PRICES];
};
void report_exercise(struct report *, const struct exercise_answer *);

/*
 * "year", "status", "grant", "symbol", "shares", "strike", "price", "spread", "cost", "lines":
 * [{"line","label","without","with"}], "amt", "total_tax", "credit", "credit_reason",
 * "same_year_sale_until", "days_left", "prices": [{"percent","price","spread","amt","total_tax"}],
 * "figures", "assumed", "draft"; "amt" and "total_tax" are what the exercise adds.
 */
void data_exercise(struct json *, const struct exercise_answer *, struct pool *);

#endif

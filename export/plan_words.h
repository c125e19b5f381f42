/*
 * plan_words.h: what the text and the JSON of a plan both say. Internal to export/.
 */
#ifndef DUALBASIS_EXPORT_PLAN_WORDS_H
#define DUALBASIS_EXPORT_PLAN_WORDS_H

#include "export/plan.h"

/* What bounds the shares, or the room where there are none. */
enum plan_bound room_bound(const struct room_answer *);
/* "5%", "2.5%" */
const char *room_margin(int margin, struct pool *);
/* The user's name of a grant, "as described" of one that is in no ledger; its security or NULL. */
const char *room_grant(const struct household *, const struct plan_grant *);
const char *room_symbol(const struct household *, const struct plan_grant *);
/* Why Form 6251 of the year is not final, or NULL. */
const char *room_draft(const struct tax_return *);
/* A figure as it is written: "150000.00", or "150,000" if grouped, "yes", "itemized". */
const char *figure_words_of(
	const struct input *, struct entered, bool grouped, struct pool *);

/* A table without the columns in which nothing stands. */
#define PLAN_COLUMNS 9
void plan_table(struct section *, struct pool *, const char *title, const struct column *,
	size_t columns, struct cell (*)[PLAN_COLUMNS], size_t rows);
/* A row of two cells: what, and how much. */
void plan_amount(
	struct table *, struct pool *, const char *what, struct money, enum tone);
/* "1,094": whole shares are counted like dollars. */
const char *plan_whole(struct shares, char to[MONEY_TEXT]);
/* That the year's form is a draft; which figures were counted. */
void plan_note_draft(struct report *, struct section *, const struct tax_return *);
void plan_note_figures(struct section *, const struct tax_return *, struct pool *);
/* "figures" and "assumed" */
void plan_data_figures(struct json *, const struct tax_return *, struct pool *);

#endif

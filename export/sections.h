/*
 * sections.h: the sections that reports and packets are made of, each written once.
 *
 * Sections of lines have formulas over defined names; what those names are is told by the tables
 * of the other sections: "f8949_regular_gain" is a column, "input_wages" a cell.
 */
#ifndef DUALBASIS_EXPORT_SECTIONS_H
#define DUALBASIS_EXPORT_SECTIONS_H

#include "export/packet.h"
#include "ledger/fact_words.h"

/* What the lots held on a day come to. */
struct register_sums {
	struct shares shares;
	struct money basis[BOOKS];
};

/* What a packet of one year is made from. */
struct packet {
	struct report *report;
	const struct household *household;
	int year;
	const struct tax_return *now;
	const struct tax_return *before; /* last year's, or NULL */
	enum filing_status status;
	bool cents;                   /* lines keep their cents */
	struct pool *pool;            /* the report's */
	struct lots at_start, at_end; /* as they stood when the year began and ended */
	struct register_sums opening, closing;
	size_t assumed;    /* figures that were not given */
	size_t asked_open; /* questions of the year without an answer that settles them */
	size_t provisional; /* rows that a purchase in January can still change */
};

/* section_form.c */
/* "6251" or "f6251" to the id in the definitions; in the pool. */
bool form_find(const struct law *, int year, const char *said, const char **id,
	struct pool *, struct fail *) MUST_USE;
/* "schedule_d@amt": "Schedule D amt", its sheet's name. */
const char *form_sheet(const char *form, struct pool *);
/* "Schedule D (Form 1040), refigured for the AMT" */
const char *form_title(const struct law *, const char *form, struct pool *);
/* Lines of one form, and why it is a draft, if it is. */
bool section_form(struct packet *, const char *form, struct fail *) MUST_USE;
/* The value of a line as a cell, without name or formula; `cents` keeps cents that are zero. */
struct cell cell_of_line(
	const struct tax_return *, struct line_ref, bool exact, bool cents);

/* section_lots.c */
/* "L7", leading to its row in the register if there is more to say of it than the sale does. */
struct cell cell_of_lot(const struct household *, const struct lot *, struct pool *);
const char *lot_kind_word(enum lot_kind); /* "ISO", "purchase" */
void section_lots(struct report *, const struct household *, bool all);
void section_exercises(struct packet *);

/* section_register.c */
/* Replays the facts up to both ends of the year. */
bool packet_replay(struct packet *, struct fail *) MUST_USE;
void section_register(struct packet *);

/* section_sales.c */
void section_8949(struct report *, const struct household *, int year, enum book);
void section_dispositions(struct report *, const struct household *, int year);

/* section_wash.c */
/* Wash sales beside the broker's, and the rows that are not final; how many these are. */
size_t section_wash(struct report *, const struct household *, int year);
struct day household_today(const struct household *); /* DAY_NONE where it is not given */

/* section_credit.c */
bool section_credit(struct report *, const struct household *, struct fail *) MUST_USE;

/* section_by_hand.c */
void section_by_hand(struct packet *);

/* section_cover.c */
void section_assumptions(struct packet *);
/* Fills the cover when it is known how many ties failed and how much was assumed. */
void section_cover(struct packet *, struct section *cover, int failed_ties);

/* section_questions.c */
void section_questions(struct packet *);

/* section_leaves.c: inputs, ledger figures, last year's lines, parameters. */
void section_leaves(struct packet *);

/* section_sources.c */
void section_sources(struct packet *);
/* "fidelity.csv, row 12", "entered by hand"; in the pool. */
const char *source_words(const struct household *, const struct fact *, struct pool *);

/*
 * audit.c: where something is known as filed, the audit of all years, Form 1040-X for those that
 * change, and on the cover what comes of it.
 */
bool section_filed(struct packet *, struct section *cover, struct fail *) MUST_USE;

/* section_ties.c: returns how many ties fail. */
int section_ties(struct packet *);

#endif

/*
 * schwab_eac.h: what the CSV and the JSON of Schwab's Equity Awards Center share.
 */
#ifndef DUALBASIS_IMPORT_FORMATS_SCHWAB_EAC_H
#define DUALBASIS_IMPORT_FORMATS_SCHWAB_EAC_H

#include "ledger/import/formats.h"

#define EAC_PAIRS 48
#define EAC_BYTES 16384

#ifdef DUALBASIS_LITTLE_ROOM /* see tests/fuzz */
#define EAC_DETAILS 4
#else
#define EAC_DETAILS 256
#endif

/* The columns of a transaction's own values in CSV. */
enum eac_column {
	EAC_DATE = 1,
	EAC_ACTION,
	EAC_SYMBOL,
	EAC_DESCRIPTION,
	EAC_QUANTITY,
	EAC_FEES,
	EAC_AMOUNT = 8
};

/* A transaction; texts are "" when not given. */
struct eac_event {
	char date[64], action[64], symbol[64], description[128], quantity[64], fees[64],
		amount[64];
	long line;
	long at[EAC_AMOUNT + 1]; /* the line of each value */
	bool columns;            /* its values stand in those columns */
};

/* One of its details, as named values. */
struct eac_detail {
	struct pair pair[EAC_PAIRS];
	char name[EAC_PAIRS][64];
	char bytes[EAC_BYTES];
	size_t count, used;
	long line;
};

extern const struct table eac_table;

void eac_clear(struct eac_detail *, long line);
/*
 * Add a value; names are compared without case, blanks and signs. A blank one is not added.
 * `column` is 0 where there are none.
 */
bool eac_add(struct eac_detail *, const char *name, const char *value, long line,
	long column, struct fail *) MUST_USE;
bool eac_set(char *to, size_t room, const char *value, long line, long column,
	struct fail *) MUST_USE;

/*
 * Make the rows of an event: one for each of its details, or one for itself if it has none (the
 * first detail's room is then used). What selling cost is divided over the lots by their shares,
 * and adds up to the cent; the amount of a sale must be its lots' proceeds less that.
 */
bool eac_emit(struct reading *, const struct eac_event *, struct eac_detail *detail,
	size_t details, struct fail *) MUST_USE;

/* At the end of the file: tell of deposits whose vest (its lapse) the file does not have. */
void eac_end(struct reading *);

#endif

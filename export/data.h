/*
 * data.h: the shapes that scripts rely on, as JSON: what `--json` puts under `data`.
 *
 * Each writes the members of an object that the caller has opened, so that a verb may add its
 * own: json_object(j, "data"); data_lots(j, h); json_close(j).
 */
#ifndef DUALBASIS_EXPORT_DATA_H
#define DUALBASIS_EXPORT_DATA_H

#include "export/json.h"
#include "export/packet.h"

/* "form", "year", "name", "title", "lines": [{"line","label","value","status"}] */
bool data_form(struct json *, const struct household *, int year, const char *form,
	struct pool *, struct fail *) MUST_USE;

/*
 * "lots": [{"id","symbol","account","kind","acquired","shares","basis":{"regular","amt"},
 * "qualifies_on","source"}]: lots with shares still held, or `all` that ever were.
 */
void data_lots(struct json *, const struct household *, bool all, struct pool *);

/*
 * "rows": [{"book","box","description","acquired","sold","proceeds","basis","codes",
 * "adjustment","gain","term","lot","replacement","why_this_lot","choices","provisional_until",
 * "loss_at_stake"}], every book's rows of the year; "choices": how many lots could have been
 * taken, this one among them; "provisional_until" is null where a row is final. Then "wash_sales":
 * [{"lot","sold","shares","broker","regular","amt","replacement","replacement_acquired","why"}]
 * and "provisional": [{"lot","sold","shares","until","passed","regular","amt"}].
 */
void data_sales(struct json *, const struct household *, int year, struct pool *);
/* "lines": the totals of the regular rows, box by box: {"line":"A.2d","label","value","status"}. */
void data_f8949_totals(struct json *, const struct household *, int year, struct pool *);

/* "years": [{"year","generated","line18_adjustment","used","balance","amt_basis_outstanding"}] */
bool data_credit(
	struct json *, const struct household *, struct pool *, struct fail *) MUST_USE;

/* Everything above for one year, and its documents: what `packet -o X.json` holds. */
bool data_packet(struct json *, const struct household *, int year, struct pool *,
	struct fail *) MUST_USE;

#endif

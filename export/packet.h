/*
 * packet.h: what people take away: a form, the lots, the sales, the credit log, the packet.
 *
 * Each report is made of sections, each section is written once, and every renderer of report.h
 * shows it. The caller has called report_init(); texts live in the report's pool.
 */
#ifndef DUALBASIS_EXPORT_PACKET_H
#define DUALBASIS_EXPORT_PACKET_H

#include "export/report.h"
#include "forms/chain.h"
#include "ledger/store.h"

/* All that reports are made from. Nothing here is owned; `chain` may be NULL for lots and sales. */
struct household {
	const struct law *law;
	const struct chain *chain;
	const struct lots *lots;
	const struct facts *facts;
	const struct document *document;
	size_t documents;
	const char *client; /* whose packet it is, for the cover; NULL or "" if unnamed */
	/* The day that claims for refund are counted from; NULL: filed returns are left out. */
	const struct day *today;
};

/* The document of an id, or the name of its file; NULL when the facts were typed by hand. */
const struct document *household_document(const struct household *, int64_t id);
const char *household_document_name(const struct household *, int64_t id);

/*
 * One form as its lines are printed. `form` as the user says it: "6251", "f6251",
 * "schedule_d@amt". An unknown form fails with the nearest names.
 */
bool report_form(struct report *, const struct household *, int year, const char *form,
	struct fail *) MUST_USE;

/* The lot register: shares and both bases of every lot still open, or of `all` that ever were. */
void report_lots(struct report *, const struct household *, bool all);

/* The rows of Form 8949 of a year, one section a book; and the dispositions behind them. */
void report_sales(struct report *, const struct household *, int year);

/* The credit log over the years of the chain. */
bool report_credit(struct report *, const struct household *, struct fail *) MUST_USE;

/* Everything for one year. */
bool report_packet(
	struct report *, const struct household *, int year, struct fail *) MUST_USE;

/*
 * The packet of a year into a file, whole or not at all; the kind goes by the ending: .pdf .xlsx
 * .txf .csv .json. An ending that is none of these is a usage failure that lists them.
 */
bool packet_write(
	const struct household *, int year, const char *path, struct fail *) MUST_USE;

/*
 * What to know of a file that packet_write() made, a sentence a line: what its format cannot
 * carry. Nothing for formats that carry all.
 */
void packet_notes(
	const struct household *, int year, const char *path, struct text *notes);

#endif

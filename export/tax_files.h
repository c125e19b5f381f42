/*
 * tax_files.h: the rows of the regular Form 8949 for other people's tax programs.
 *
 * No such file can carry a minimum tax: Form 6251, Form 8801 and the AMT basis are entered by
 * hand from the packet. Amounts are to the cent.
 */
#ifndef DUALBASIS_EXPORT_TAX_FILES_H
#define DUALBASIS_EXPORT_TAX_FILES_H

#include "export/packet.h"

/*
 * TXF version 042, one detail record of format 5 a row. It has no codes for digital assets
 * (boxes G to L): such rows are refused. Of the adjustments it knows only wash sales; the rows
 * that have others are in packet_notes().
 */
bool txf_write(
	const struct household *, int year, const char *path, struct fail *) MUST_USE;

/* CSV with the column names that TaxAct asks for, then the AMT's figures, lot and source. */
bool csv_write(
	const struct household *, int year, const char *path, struct fail *) MUST_USE;

/* One CSV field with what follows it, quoted where needed; never taken for a formula. */
void csv_text(struct text *, const char *words, char after);

/* True if a row has an adjustment that TXF cannot say. */
bool txf_leaves_out(const struct f8949_row *);

#endif

/* Writes the rows of Form 8949 as CSV. */
#include <string.h>

#include "export/cell.h"
#include "export/file.h"
#include "export/sections.h"
#include "export/tax_files.h"
#include "export/utf8.h"

void csv_text(struct text *out, const char *words, char after)
{
	/* Spreadsheets calculate what begins like this; an apostrophe makes it words. */
	const bool formula = *words != '\0' && strchr("=+-@", *words) != NULL;
	const bool quotes = formula || strpbrk(words, ",\"\r\n") != NULL;

	if (quotes)
		text_add(out, "\"");
	if (formula)
		text_add(out, "'");
	for (const char *at = words; *at != '\0'; at++)
		text_add_bytes(out, *at == '"' ? "\"\"" : at, *at == '"' ? 2 : 1);
	if (quotes)
		text_add(out, "\"");
	text_add_bytes(out, &after, 1);
}

static void add_day(struct text *out, struct day day, struct pool *pool)
{
	struct cell cell = { .kind = CELL_DAY, .day = day, .text = "VARIOUS" };

	csv_text(out, cell_words(&cell, DIALECT_PRINT, pool), ',');
}

static void add_money(struct text *out, struct money money)
{
	char plain[MONEY_TEXT];

	text_addf(out, "%s,", money_plain(money, plain));
}

static void add_row(struct text *out, const struct household *household,
	const struct f8949_row *row, struct pool *pool)
{
	const struct disposition *const from = row->disposition;
	const struct lot *const lot = &household->lots->lot[from->lot];
	const struct fact *const fact =
		from->reported != NULL ? from->reported : from->sale;
	const bool wash = from->disallowed[BOOK_REGULAR].cents != 0;

	csv_text(out, utf8_clean(pool, row->description), ',');
	add_day(out, row->acquired, pool);
	add_day(out, row->sold, pool);
	add_money(out, row->proceeds);
	add_money(out, row->basis);
	csv_text(out, wash ? "W" : "", ',');
	csv_text(out, row->codes, ',');
	add_money(out, row->adjustment);
	csv_text(out, pool_text(pool, &row->box, 1), ',');
	csv_text(out, row->term == TERM_LONG ? "Long" : "Short", ',');
	add_money(out, row->gain);
	/* The AMT's own basis, whatever the broker has told the IRS of the regular one. */
	add_money(out, from->basis[BOOK_AMT]);
	add_money(out,
		money_less(disposition_gain(from, BOOK_AMT),
			money_less(from->proceeds, from->basis[BOOK_AMT])));
	add_money(out, disposition_gain(from, BOOK_AMT));
	csv_text(out, utf8_clean(pool, lot_id(household->lots, lot, pool)), ',');
	csv_text(out,
		fact->account == 0
			? ""
			: utf8_clean(pool,
				  names_text(household->facts->names, fact->account)),
		',');
	csv_text(out, source_words(household, fact, pool), '\n');
}

bool csv_write(
	const struct household *household, int year, const char *path, struct fail *why)
{
	struct text out = TEXT_EMPTY;
	struct pool pool = { 0 };
	struct f8949_row *row;
	size_t rows;

	text_add(&out,
		"Description,Date Acquired,Date Sold,Sales Proceeds,Cost or Other Basis,"
		"Wash Sale,Adjustment Code,Adjustment Amount,Reporting "
		"Category,Long/Short,"
		"Gain or Loss,AMT Basis,AMT Adjustment,AMT Gain or "
		"Loss,Lot,Account,Source\n");
	f8949_rows(household->lots, year, BOOK_REGULAR, &row, &rows, &pool);
	for (size_t i = 0; i < rows; i++)
		add_row(&out, household, &row[i], &pool);
	const bool done = file_replace(path, out.at, out.length, why);

	text_release(&out);
	pool_release(&pool);
	return done;
}

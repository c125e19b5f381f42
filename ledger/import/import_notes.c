/* What is worth saying of an import: rows not used, differences, what was known. */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/value.h"

#define NOTES_MOST (2 * LACKS_MOST + ROW_KINDS + 18)

/* An exercise, a vest or a purchase that says too little: told, so that it can be recorded. */
void notes_lack(
	struct tally *tally, const struct row *row, const char *lacks, struct pool *pool)
{
	const bool sale = row->kind == ROW_SALE;
	const struct day when = sale ? row->sold : row->acquired;
	char day[DAY_TEXT] = "?";

	if (day_known(when))
		day_iso(when, day);
	if (tally->lacks < LACKS_MOST)
		tally->lack[tally->lacks] = pool_printf(pool,
			"line %ld, %s of %s %s on %s is not used: the file does "
			"not say "
			"%s",
			row->line, row_kind_name(row->kind),
			CUT(row->quantity != NULL ? row->quantity : "?", 40),
			CUT(row->symbol != NULL ? row->symbol
					: sale && row->description != NULL
					? row->description
					: "shares",
				40),
			day, lacks);
	tally->lacks++;
}

void notes_parted(struct tally *tally, const char *note)
{
	if (tally->parteds < LACKS_MOST)
		tally->parted[tally->parteds] = note;
	tally->parteds++;
}

void notes_unused(struct tally *tally, const struct row *row)
{
	const char *const plain = row_extra(row, "amount");
	int128 amount;

	if (plain != NULL && value_e8(plain, &amount) &&
		amount < MONEY_LIMIT_CENTS * (int128)1000000 &&
		amount > -MONEY_LIMIT_CENTS * (int128)1000000)
		tally->unused[row->kind] += amount;
}

bool notes_fees(
	struct tally *tally, const struct row *row, struct money taken, struct fail *why)
{
	const char *const plain = row_extra(row, "fees");
	struct money fees;

	if (row->kind == ROW_SALE) {
		tally->netted += taken.cents != 0;
		tally->fees = money_plus(tally->fees, taken);
		return true;
	}
	if (plain == NULL)
		return true;
	if (!value_money(plain, &fees, why)) {
		why->row = row->line;
		return fail_in(why, "fees");
	}
	tally->other_fees = money_plus(tally->other_fees, fees);
	return true;
}

/* Of sales they are in the facts; what else they are beside is no sale here. */
static size_t fee_notes(const struct tally *tally, const char **notes, struct pool *pool)
{
	char text[MONEY_TEXT];
	size_t count = 0;

	if (tally->netted > 0)
		notes[count++] = pool_printf(pool,
			"fees of %s are taken off the proceeds of %zu %s",
			money_plain(tally->fees, text), tally->netted,
			tally->netted == 1 ? "sale" : "sales");
	if (tally->other_fees.cents != 0)
		notes[count++] = pool_printf(pool,
			"fees of %s beside what is no sale here are not used: record "
			"sale "
			"--fee has those of a sale that only a tax form tells",
			money_plain(tally->other_fees, text));
	return count;
}

/* Rows that make no fact are told with their sum, and where the year's figure is found. */
static const char *unused_note(const struct tally *tally,
	const struct import_report *report, enum row_kind kind, struct pool *pool)
{
	static const char *const where[ROW_KINDS] = {
		[ROW_DIVIDEND] = "Form 1099-DIV has the year's",
		[ROW_TAX_WITHHOLDING] = "the tax form has the year's",
		[ROW_TAX_REVERSAL] = "the tax form has the year's",
		[ROW_TRANSFER] = "record transfer if shares moved between accounts",
	};
	const size_t count = report->kind[kind];
	char amount[48];

	if (count == 0 || where[kind] == NULL)
		return NULL;
	return pool_printf(pool, "%zu of kind %s, %s in total, not used: %s", count,
		row_kind_name(kind), value_e8_text(tally->unused[kind], amount),
		where[kind]);
}

static const char *counted(
	struct pool *pool, size_t count, const char *one, const char *many)
{
	return pool_printf(pool, "%zu %s", count, count == 1 ? one : many);
}

void notes_write(
	const struct tally *tally, struct import_report *report, struct pool *pool)
{
	const struct {
		size_t count;
		const char *one, *many;
	} counts[] = {
		{ tally->nameless,
			"sale does not say which security was sold: --symbol SYMBOL",
			"sales do not say which security was sold: --symbol SYMBOL" },
		{ tally->rounded, "quantity has more than 8 decimals and was rounded",
			"quantities have more than 8 decimals and were rounded" },
		{ tally->differing,
			"sale differs from the tax form's proceeds; the form's are kept",
			"sales differ from the tax form's proceeds; the form's are "
			"kept" },
		{ tally->supported,
			"sale is told by a tax form in other parts; the form's is kept",
			"sales are told by a tax form in other parts; the form's are "
			"kept" },
		{ tally->renamed,
			"sale is known under another name from another file (same day, "
			"shares "
			"and proceeds)",
			"sales are known under other names from another file (same day, "
			"shares and proceeds)" },
		{ tally->fuller,
			"sale is known from another statement; what either says of it is "
			"kept",
			"sales are known from another statement; what either says of "
			"them "
			"is kept" },
		{ tally->superseded,
			"sale of the earlier form is not in the corrected one and was "
			"voided",
			"sales of the earlier form are not in the corrected one and were "
			"voided" },
		{ tally->given_way,
			"sale of a statement is told by this tax form and was voided",
			"sales of statements are told by this tax form and were "
			"voided" },
		{ tally->lacks > LACKS_MOST ? tally->lacks - LACKS_MOST : 0,
			"more row is not used for what it does not say",
			"more rows are not used for what they do not say" },
		{ tally->parteds > LACKS_MOST ? tally->parteds - LACKS_MOST : 0,
			"more day's sales are told otherwise by another statement",
			"more days' sales are told otherwise by another statement" },
	};
	const char **const notes = pool_alloc(pool, (NOTES_MOST + 1) * sizeof *notes);
	size_t count = 0;

	if (tally->profile != NULL)
		notes[count++] = tally->profile;
	if (report->read.corrected)
		notes[count++] = "the file is a corrected form";
	if (report->read.supplement)
		notes[count++] = "this is no tax form: compare it with the 1099-B";
	for (enum row_kind kind = 0; kind < ROW_KINDS; kind++)
		if ((notes[count] = unused_note(tally, report, kind, pool)) != NULL)
			count++;
	for (size_t i = 0; i < tally->lacks && i < LACKS_MOST; i++)
		notes[count++] = tally->lack[i];
	count += fee_notes(tally, notes + count, pool);
	for (size_t i = 0; i < tally->parteds && i < LACKS_MOST; i++)
		notes[count++] = tally->parted[i];
	for (size_t i = 0; i < COUNT(counts); i++)
		if (counts[i].count > 0)
			notes[count++] = counted(
				pool, counts[i].count, counts[i].one, counts[i].many);
	if (report->read.note[0] != '\0')
		notes[count++] =
			pool_text(pool, report->read.note, strlen(report->read.note));
	report->notes = notes;
}

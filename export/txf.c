/* Writes TXF, version 042. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "export/cell.h"
#include "export/file.h"
#include "export/tax_files.h"
#include "export/utf8.h"

#define LONGEST_NAME 40 /* characters that every reader keeps */

/* Reference numbers of boxes A to F; for G to L there are none. */
static const int codes[] = { 321, 711, 712, 323, 713, 714 };

/* ASCII on one line: what is beyond it becomes "?". */
static void add_name(struct text *out, const char *description, struct pool *pool)
{
	const char *at = utf8_clean(pool, description);
	int length = 0;

	for (uint32_t point = utf8_next(&at); point != 0 && length < LONGEST_NAME;
		point = utf8_next(&at), length++)
		text_add_point(out, point < 0x80 ? point : '?');
	while (out->length > 0 && out->at[out->length - 1] == ' ')
		out->at[--out->length] = '\0';
}

static void add_day(struct text *out, struct day day)
{
	int year, month, mday;

	text_add(out, "D");
	if (day_known(day)) {
		day_to_civil(day, &year, &month, &mday);
		text_addf(out, "%02d/%02d/%04d", month, mday, year);
	}
	text_add(out, "\r\n");
}

static void add_money(struct text *out, struct money money)
{
	char plain[MONEY_TEXT];

	text_addf(out, "$%s\r\n", money_plain(money, plain));
}

bool txf_leaves_out(const struct f8949_row *row)
{
	const struct money wash = row->disposition->disallowed[row->book];

	return row->adjustment.cents != wash.cents;
}

static void add_record(struct text *out, const struct f8949_row *row, struct pool *pool)
{
	const struct money wash = row->disposition->disallowed[row->book];

	text_addf(out, "TD\r\nN%d\r\nC1\r\nL1\r\nP", codes[row->box - 'A']);
	add_name(out, row->description, pool);
	text_add(out, "\r\n");
	add_day(out, row->acquired);
	add_day(out, row->sold);
	add_money(out, row->basis);
	add_money(out, row->proceeds);
	if (wash.cents != 0)
		add_money(out, wash);
	else
		text_add(out, "$\r\n");
	text_add(out, "^\r\n");
}

/* The day of writing would make equal files differ; the first one after the year does not. */
static void add_header(struct text *out, int year)
{
	const char *const epoch = getenv("SOURCE_DATE_EPOCH");
	const time_t at = epoch == NULL ? 0 : (time_t)strtoll(epoch, NULL, 10);
	struct tm utc;

	text_add(out, "V042\r\nAdualbasis " DUALBASIS_VERSION "\r\n");
	if (at > 0 && gmtime_r(&at, &utc) != NULL)
		text_addf(out, "D %02d/%02d/%04d\r\n", utc.tm_mon + 1, utc.tm_mday,
			utc.tm_year + 1900);
	else
		text_addf(out, "D 01/01/%04d\r\n", year + 1);
	text_add(out, "^\r\n");
}

static bool add_rows(struct text *out, const struct household *household, int year,
	struct pool *pool, struct fail *why)
{
	struct f8949_row *row;
	size_t count;

	f8949_rows(household->lots, year, BOOK_REGULAR, &row, &count, pool);
	for (size_t i = 0; i < count; i++) {
		if (row[i].box > 'F') {
			fail_set(why, FAIL_NOT_MODELLED,
				"TXF has no code for digital assets: %s, box %c",
				row[i].description, row[i].box);
			return fail_hint(why, "write the packet as .csv instead");
		}
		add_record(out, &row[i], pool);
	}
	return true;
}

bool txf_write(
	const struct household *household, int year, const char *path, struct fail *why)
{
	struct text out = TEXT_EMPTY;
	struct pool pool = { 0 };

	add_header(&out, year);
	const bool done = add_rows(&out, household, year, &pool, why) &&
		file_replace(path, out.at, out.length, why);

	text_release(&out);
	pool_release(&pool);
	return done;
}

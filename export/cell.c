/* Writes a cell in words. */
#include "export/cell.h"

#include <string.h>

#include "export/utf8.h"

/* "-1234567.5" with commas: "-1,234,567.5". */
static const char *grouped(const char *plain, struct pool *pool)
{
	const char *const sign = plain[0] == '-' ? "-" : "";
	const char *const digits = plain + strlen(sign);
	const size_t whole = strcspn(digits, ".");
	char *const text = pool_alloc(pool, strlen(plain) + whole / 3 + 2);
	char *to = text + strlen(sign);

	memcpy(text, sign, strlen(sign));
	for (size_t i = 0; i < whole; i++) {
		if (i > 0 && (whole - i) % 3 == 0)
			*to++ = ',';
		*to++ = digits[i];
	}
	strcpy(to, digits + whole);
	return text;
}

static const char *in_dialect(const char *plain, enum dialect dialect, struct pool *pool)
{
	if (dialect == DIALECT_DATA)
		return pool_text(pool, plain, strlen(plain));
	const char *const text = grouped(plain, pool);

	if (dialect == DIALECT_PRINT && text[0] == '-')
		return pool_printf(pool, "(%s)", text + 1);
	return text;
}

static const char *day_words(
	const struct cell *cell, enum dialect dialect, struct pool *pool)
{
	char text[DAY_TEXT];
	int year, month, mday;

	if (!day_known(cell->day))
		return cell->text != NULL ? utf8_clean(pool, cell->text) : "";
	if (dialect != DIALECT_PRINT)
		return pool_printf(pool, "%s", day_iso(cell->day, text));
	day_to_civil(cell->day, &year, &month, &mday);
	return pool_printf(pool, "%02d/%02d/%04d", month, mday, year);
}

const char *rate_words(int64_t number, int64_t by, struct pool *pool)
{
	/* Percent with up to six decimals, if that is exact. */
	const int128 scaled = (int128)number * 100 * 1000000;

	if (by == 0 || scaled % by != 0)
		return pool_printf(pool, "%lld/%lld", (long long)number, (long long)by);
	const struct shares percent = { (int64_t)(scaled / by) * 100 };
	char text[MONEY_TEXT];

	return pool_printf(pool, "%s%%", shares_plain(percent, text));
}

const char *cell_words(const struct cell *cell, enum dialect dialect, struct pool *pool)
{
	char text[MONEY_TEXT];

	if (cell->blank)
		return "";
	switch (cell->kind) {
	case CELL_EMPTY:
		return "";
	case CELL_TEXT:
		return utf8_clean(pool, cell->text);
	case CELL_MONEY:
		money_plain(cell->money, text);
		if (cell->whole && dialect != DIALECT_DATA)
			*strchr(text, '.') = '\0';
		return in_dialect(text, dialect, pool);
	case CELL_SHARES:
		return in_dialect(shares_plain(cell->shares, text), dialect, pool);
	case CELL_PRICE:
		return in_dialect(price_plain(cell->price, text), dialect, pool);
	case CELL_DAY:
		return day_words(cell, dialect, pool);
	case CELL_RATE:
		return rate_words(cell->rate_num, cell->rate_den, pool);
	case CELL_COUNT:
		return in_dialect(
			pool_printf(pool, "%lld", (long long)cell->count), dialect, pool);
	}
	return "";
}

bool cell_is_number(const struct cell *cell)
{
	return cell->kind == CELL_MONEY || cell->kind == CELL_SHARES ||
		cell->kind == CELL_PRICE || cell->kind == CELL_RATE ||
		cell->kind == CELL_COUNT;
}

/* Reads a user's own description of a file, and files through it. */
#include "ledger/import/import_inside.h"

#include <stdlib.h>
#include <string.h>

#include "ledger/import/bytes.h"
#include "ledger/import/formats.h"

#define COLUMNS_MOST   256
#define RULES_MOST     64
#define CONSTANTS_MOST 8
#define LINE_LIMIT     2000
#define WORDS_MOST     4

/* Fields by the words that people use; the first of a take is the one that is suggested. */
static const struct field {
	const char *word;
	enum take take;
	bool constant; /* one value may stand for all rows */
	bool flips;    /* its sign may be the other way round */
} fields[] = {
	{ "ignore", TAKE_NOTHING, false, false },
	{ "account", TAKE_ACCOUNT, true, false },
	{ "description", TAKE_DESCRIPTION, true, false },
	{ "shares-description", TAKE_SHARES_DESCRIPTION, false, false },
	{ "name-symbol", TAKE_NAME_SYMBOL, false, false },
	{ "symbol", TAKE_SYMBOL, true, false },
	{ "cusip", TAKE_CUSIP, false, false },
	{ "symbol-cusip", TAKE_SYMBOL_CUSIP, false, false },
	{ "quantity", TAKE_QUANTITY, false, true },
	{ "acquired", TAKE_ACQUIRED, false, false },
	{ "sold", TAKE_SOLD, false, false },
	{ "proceeds", TAKE_PROCEEDS, false, true },
	{ "basis", TAKE_BASIS, false, true },
	{ "wash", TAKE_WASH, false, false },
	{ "discount", TAKE_DISCOUNT, false, false },
	{ "withheld", TAKE_WITHHELD, false, false },
	{ "term", TAKE_TERM, true, false },
	{ "short-gain", TAKE_SHORT_GAIN, false, false },
	{ "long-gain", TAKE_LONG_GAIN, false, false },
	{ "year", TAKE_YEAR, false, false },
	{ "covered", TAKE_COVERED, true, false },
	{ "noncovered", TAKE_NONCOVERED, false, false },
	{ "gross", TAKE_GROSS, true, false },
	{ "box", TAKE_BOX, true, false },
};

/* Rows to leave out, or the only ones to take. */
struct rule {
	const char *column, *starts;
	bool only;
};

struct constant {
	enum take take;
	const char *value;
};

struct profile {
	struct format format; /* first: a format's hooks find the profile by it */
	struct table table;
	struct column column[COLUMNS_MOST + 1];
	const char *header[COLUMNS_MOST + 1]; /* names that are read */
	size_t columns, headers;
	struct rule rule[RULES_MOST];
	size_t rules;
	struct constant constant[CONSTANTS_MOST];
	size_t constants;
	bool flip[TAKE_MARK + 1];
};

static const struct profile *profile_of(const struct reading *reading)
{
	return (const struct profile *)reading->format;
}

/* ---- reading through a profile --------------------------------------------------------------- */

static const char *under(
	const struct reading *reading, const struct record *record, const char *name)
{
	char plain[NAME_LIMIT];

	for (size_t i = 0; i < reading->mapped; i++)
		if (strcmp(name_plain(reading->header[i], plain), name) == 0)
			return record_text(record, i);
	return "";
}

static bool wanted(const struct profile *profile, const struct reading *reading,
	const struct record *record)
{
	bool has_only = false, fits_only = false;

	for (size_t i = 0; i < profile->rules; i++) {
		const struct rule *const rule = &profile->rule[i];
		const bool fits =
			value_starts(under(reading, record, rule->column), rule->starts);

		if (fits && !rule->only)
			return false;
		has_only = has_only || rule->only;
		fits_only = fits_only || (rule->only && fits);
	}
	return !has_only || fits_only;
}

static bool has_letter(const char *text)
{
	for (; *text != '\0'; text++)
		if ((*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'))
			return true;
	return false;
}

/* Most often a total: the rule that leaves it out is told, as far as the row has words. */
static enum verdict no_day(
	const struct reading *reading, const struct record *record, struct fail *why)
{
	size_t i = 0;

	while (i < reading->mapped && !has_letter(record_text(record, i)))
		i++;
	fail_at(why, FAIL_BAD_INPUT, record->line, 0,
		"the row does not say the day of sale");
	if (i < reading->mapped)
		fail_hint(why,
			"if it is no sale (a total), the profile can leave such rows "
			"out: skip \"%s\" \"%s\"",
			CUT(reading->header[i], 60), CUT(record_text(record, i), 60));
	else
		fail_hint(why,
			"if it is no sale (a total), the profile can leave such rows "
			"out: skip \"COLUMN\" WORD");
	return RECORD_FAILED;
}

/* The file's totals have the file's signs. */
static void flip_sums(struct reading *reading)
{
	const bool *const flip = profile_of(reading)->flip;

	if (flip[TAKE_PROCEEDS])
		reading->sum.proceeds = -reading->sum.proceeds;
	if (flip[TAKE_BASIS])
		reading->sum.basis = -reading->sum.basis;
}

static enum verdict look(
	struct reading *reading, const struct record *record, struct fail *why)
{
	flip_sums(reading);
	const enum verdict verdict = look_plainly(reading, record, why);

	flip_sums(reading);

	if (verdict != RECORD_ROW)
		return verdict;
	if (!wanted(profile_of(reading), reading, record))
		return RECORD_SKIP;
	return value_blank(reading_under(reading, record, TAKE_SOLD))
		? no_day(reading, record, why)
		: RECORD_ROW;
}

static void flip(struct reading *reading, const char **plain)
{
	if (*plain == NULL || strpbrk(*plain, "123456789") == NULL)
		return;
	if (**plain == '-') {
		++*plain;
		return;
	}
	char *const text = scratch_take(&reading->scratch, strlen(*plain) + 2);

	text[0] = '-';
	strcpy(text + 1, *plain);
	*plain = text;
}

/* An amount of the other sign would turn a gain into a loss: the profile must say what it means. */
static bool is_positive(
	const char *plain, const char *what, const struct row *row, struct fail *why)
{
	if (plain == NULL || *plain != '-')
		return true;
	fail_at(why, FAIL_BAD_INPUT, row->line, 0, "the %s of %s is less than zero", what,
		CUT(plain, 40));
	return fail_hint(why,
		"if the file writes them so, the profile can turn the sign of all round: "
		"flip %s",
		what);
}

static bool finish(
	struct reading *reading, struct draft *draft, bool *use, struct fail *why)
{
	const struct profile *const profile = profile_of(reading);
	struct row *const row = &draft->row;
	const struct {
		enum take take;
		const char **plain;
	} signs[] = { { TAKE_PROCEEDS, &row->proceeds }, { TAKE_BASIS, &row->basis },
		{ TAKE_QUANTITY, &row->quantity } };

	(void)use;
	for (size_t i = 0; i < COUNT(signs); i++)
		if (profile->flip[signs[i].take])
			flip(reading, signs[i].plain);
	if (!is_positive(row->proceeds, "proceeds", row, why) ||
		!is_positive(row->basis, "basis", row, why))
		return false;
	for (size_t i = 0; i < profile->constants; i++) {
		const struct constant *const constant = &profile->constant[i];
		const struct column column = { .name = "constant",
			.take = constant->take };
		const struct cell cell = { .text = constant->value,
			.length = strlen(constant->value),
			.line = row->line };

		if (!draft_take(reading, &column, &cell, 0, "constant", why))
			return false;
	}
	return true;
}

/* ---- the text of a profile ------------------------------------------------------------------- */

static bool refuse(struct fail *why, long line, const char *what, const char *word)
{
	return fail_at(why, FAIL_BAD_INPUT, line, 0, "%s: \"%s\"", what, CUT(word, 60));
}

static const struct field *field_of(const char *word, long line, struct fail *why)
{
	const char *words[COUNT(fields)];

	for (size_t i = 0; i < COUNT(fields); i++) {
		if (strcmp(fields[i].word, word) == 0)
			return &fields[i];
		words[i] = fields[i].word;
	}
	const char *const near = nearest_word(word, words, COUNT(words));

	refuse(why, line, "there is no such field", word);
	if (near != NULL)
		fail_hint(why, "did you mean %s", near);
	return NULL;
}

/* "dates day-first": a word of two. */
static bool choice(const char *word, const char *no, const char *yes, long line, bool *to,
	struct fail *why)
{
	*to = strcmp(word, yes) == 0;
	if (*to || strcmp(word, no) == 0)
		return true;
	return fail_at(why, FAIL_BAD_INPUT, line, 0,
		"\"%s\" is not known (want %s or %s)", CUT(word, 40), no, yes);
}

static const char *kept_name(const char *word, struct pool *pool)
{
	char plain[NAME_LIMIT];

	name_plain(word, plain);
	return pool_text(pool, plain, strlen(plain));
}

static bool take_column(struct profile *profile, char **word, long line,
	struct pool *pool, struct fail *why)
{
	const struct field *const field = field_of(word[2], line, why);

	if (field == NULL || field->take == TAKE_NOTHING)
		return field != NULL;
	if (profile->columns == COLUMNS_MOST)
		return fail_at(why, FAIL_BAD_INPUT, line, 0, "more than %d columns",
			COLUMNS_MOST);
	const char *const name = kept_name(word[1], pool);

	profile->column[profile->columns++] =
		(struct column){ .name = name, .take = field->take };
	profile->header[profile->headers++] = name;
	return true;
}

/* only COLUMN WORD, skip COLUMN WORD */
static bool take_rule(struct profile *profile, char **word, long line, struct pool *pool,
	struct fail *why)
{
	if (profile->rules == RULES_MOST)
		return fail_at(
			why, FAIL_BAD_INPUT, line, 0, "more than %d rules", RULES_MOST);
	profile->rule[profile->rules++] =
		(struct rule){ .column = kept_name(word[1], pool),
			.starts = pool_text(pool, word[2], strlen(word[2])),
			.only = strcmp(word[0], "only") == 0 };
	return true;
}

static bool take_constant(struct profile *profile, char **word, long line,
	struct pool *pool, struct fail *why)
{
	if (profile->constants == CONSTANTS_MOST)
		return fail_at(why, FAIL_BAD_INPUT, line, 0, "more than %d constants",
			CONSTANTS_MOST);
	const struct field *const field = field_of(word[1], line, why);

	if (field == NULL)
		return false;
	if (!field->constant)
		return refuse(why, line, "no constant can stand for", word[1]);
	profile->constant[profile->constants++] = (struct constant){ field->take,
		pool_text(pool, word[2], strlen(word[2])) };
	return true;
}

static bool take_flip(struct profile *profile, char **word, long line, struct pool *pool,
	struct fail *why)
{
	const struct field *const field = field_of(word[1], line, why);

	(void)pool;
	if (field == NULL)
		return false;
	if (!field->flips)
		return refuse(why, line,
			"no sign to flip (want proceeds, basis or quantity)", word[1]);
	profile->flip[field->take] = true;
	return true;
}

static bool take_delimiter(struct profile *profile, char **word, long line,
	struct pool *pool, struct fail *why)
{
	static const struct {
		const char *word;
		char byte;
	} delimiters[] = { { "comma", ',' }, { "tab", '\t' }, { "semicolon", ';' } };

	(void)pool;
	for (size_t i = 0; i < COUNT(delimiters); i++)
		if (strcmp(delimiters[i].word, word[1]) == 0) {
			profile->format.delimiter = delimiters[i].byte;
			return true;
		}
	return refuse(why, line, "no delimiter (want comma, tab or semicolon)", word[1]);
}

static bool take_name(struct profile *profile, char **word, long line, struct pool *pool,
	struct fail *why)
{
	(void)line;
	(void)why;
	profile->format.name = pool_text(pool, word[1], strlen(word[1]));
	return true;
}

static bool take_form(struct profile *profile, char **word, long line, struct pool *pool,
	struct fail *why)
{
	bool form = false;

	(void)pool;
	if (!choice(word[1], "no", "yes", line, &form, why))
		return false;
	profile->format.supplement = !form;
	return true;
}

static bool take_digital(struct profile *profile, char **word, long line,
	struct pool *pool, struct fail *why)
{
	(void)pool;
	return choice(word[1], "no", "yes", line, &profile->format.digital, why);
}

static bool take_days(struct profile *profile, char **word, long line, struct pool *pool,
	struct fail *why)
{
	bool day_first = false;

	(void)pool;
	if (!choice(word[1], "month-first", "day-first", line, &day_first, why))
		return false;
	profile->table.days = day_first ? DAY_DAY_FIRST : DAY_MONTH_FIRST;
	return true;
}

static bool take_decimals(struct profile *profile, char **word, long line,
	struct pool *pool, struct fail *why)
{
	(void)pool;
	return choice(
		word[1], "point", "comma", line, &profile->table.decimal_comma, why);
}

static const struct {
	const char *keyword;
	size_t words;
	bool (*take)(
		struct profile *, char **word, long line, struct pool *, struct fail *);
} keywords[] = {
	{ "name", 2, take_name },
	{ "tax-form", 2, take_form },
	{ "digital", 2, take_digital },
	{ "delimiter", 2, take_delimiter },
	{ "dates", 2, take_days },
	{ "decimals", 2, take_decimals },
	{ "column", 3, take_column },
	{ "constant", 3, take_constant },
	{ "flip", 2, take_flip },
	{ "only", 3, take_rule },
	{ "skip", 3, take_rule },
};

static bool take_words(struct profile *profile, char **word, size_t count, long line,
	struct pool *pool, struct fail *why)
{
	const char *known[COUNT(keywords)];

	for (size_t i = 0; i < COUNT(keywords); i++) {
		known[i] = keywords[i].keyword;
		if (strcmp(known[i], word[0]) != 0)
			continue;
		if (count == keywords[i].words)
			return keywords[i].take(profile, word, line, pool, why);
		return fail_at(why, FAIL_BAD_INPUT, line, 0,
			"\"%s\" wants %zu words after it, not %zu", word[0],
			keywords[i].words - 1, count - 1);
	}
	const char *const near = nearest_word(word[0], known, COUNT(known));

	refuse(why, line, "there is no such keyword", word[0]);
	return near != NULL ? fail_hint(why, "did you mean %s", near) : false;
}

/* The words of a line; quoted ones may hold blanks. */
static bool split(
	char *line, char *word[WORDS_MOST], size_t *count, long number, struct fail *why)
{
	*count = 0;
	for (char *at = line;;) {
		at += strspn(at, " \t");
		if (*at == '\0' || *at == '#')
			return true;
		if (*count == WORDS_MOST)
			return refuse(why, number, "too many words", at);
		const bool quoted = *at == '"';

		at += quoted;
		word[(*count)++] = at;
		at += strcspn(at, quoted ? "\"" : " \t");
		if (quoted && *at != '"')
			return refuse(
				why, number, "a quote is never closed", word[*count - 1]);
		if (*at != '\0')
			*at++ = '\0';
	}
}

static bool has(const struct profile *profile, enum take take)
{
	for (size_t i = 0; i < profile->columns; i++)
		if (profile->column[i].take == take)
			return true;
	return false;
}

/* Lines end in LF, CR or both. */
static bool end_of_line(
	struct bytes *in, unsigned char byte, bool *ended, struct fail *why)
{
	*ended = byte == '\n' || byte == '\r';
	if (byte != '\r')
		return true;
	if (!bytes_more(in, why))
		return false;
	in->at += in->at < in->end && in->chunk[in->at] == '\n';
	return true;
}

/* The next line without its end; *over when there is none. */
static bool next_line(struct bytes *in, char line[LINE_LIMIT], long number, bool *over,
	struct fail *why)
{
	size_t used = 0;
	bool ended = false;

	while (!ended) {
		if (!bytes_more(in, why))
			return false;
		*over = in->at == in->end && used == 0;
		if (in->at == in->end)
			break;
		const unsigned char byte = in->chunk[in->at++];

		if (!end_of_line(in, byte, &ended, why))
			return false;
		if (ended)
			break;
		if (used + 1 == LINE_LIMIT)
			return fail_at(why, FAIL_BAD_INPUT, number, 0,
				"the line is longer than %d bytes", LINE_LIMIT - 1);
		line[used++] = (char)byte;
	}
	line[used] = '\0';
	return utf8_valid(line, used) ||
		fail_at(why, FAIL_BAD_INPUT, number, 0, "the line is not UTF-8");
}

static bool read_lines(
	struct bytes *in, struct profile *profile, struct pool *pool, struct fail *why)
{
	char line[LINE_LIMIT];
	char *word[WORDS_MOST];
	size_t count;
	bool over = false;

	for (long number = 1; !over; number++)
		if (!next_line(in, line, number, &over, why) ||
			!split(line, word, &count, number, why) ||
			(count > 0 &&
				!take_words(profile, word, count, number, pool, why)))
			return false;
	if (!has(profile, TAKE_SOLD) || !has(profile, TAKE_PROCEEDS)) {
		fail_set(why, FAIL_BAD_INPUT, "the profile names no column for %s",
			has(profile, TAKE_SOLD) ? "proceeds" : "the day sold");
		return fail_hint(why, "column \"NAME\" %s",
			has(profile, TAKE_SOLD) ? "proceeds" : "sold");
	}
	return true;
}

static bool read_profile(struct bytes *bytes, const char *name, struct profile **read,
	struct pool *pool, struct fail *why)
{
	struct profile *const profile = pool_alloc(pool, sizeof *profile);

	profile->format = (struct format){ .name = "profile",
		.what = "a profile of your own",
		.table = &profile->table };
	profile->table = (struct table){ .column = profile->column,
		.header = profile->header,
		.kind = ROW_SALE,
		.symbol_names = true,
		.look = look,
		.finish = finish };
	const bool done = read_lines(bytes, profile, pool, why);

	bytes_close(bytes);
	if (!done)
		return fail_file(why, name);
	*read = profile;
	return true;
}

bool profile_read(
	const char *path, struct profile **read, struct pool *pool, struct fail *why)
{
	struct bytes bytes;

	if (!bytes_open(&bytes, path, why))
		return fail_file(why, path);
	return read_profile(&bytes, path, read, pool, why);
}

bool profile_read_text(const char *name, const void *text, size_t length,
	struct profile **read, struct pool *pool, struct fail *why)
{
	struct bytes bytes;

	bytes_of(&bytes, text, length);
	return read_profile(&bytes, name, read, pool, why);
}

const struct format *profile_format(const struct profile *profile)
{
	return &profile->format;
}

const char *profile_word(enum take take)
{
	for (size_t i = 0; i < COUNT(fields); i++)
		if (fields[i].take == take)
			return fields[i].word;
	return NULL;
}

void profile_words(struct text *text)
{
	for (size_t i = 0; i < COUNT(fields); i++)
		text_addf(text, " %s", fields[i].word);
}

/* Tells in which fields a file and the ledger differ, with both values and where they come from. */
#include <stdio.h>
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/fact_words.h"
#include "ledger/import/import_inside.h"

#define VALUE_TEXT 96

/* ---- values as texts ------------------------------------------------------------------ */

static void day_value(const struct names *names, struct day day, char *to)
{
	(void)names;
	if (day_known(day))
		day_iso(day, to);
	else
		strcpy(to, "none");
}

static void year_value(const struct names *names, int32_t year, char *to)
{
	(void)names;
	snprintf(to, VALUE_TEXT, "%d", (int)year);
}

static void text_value(const struct names *names, uint32_t text, char *to)
{
	snprintf(to, VALUE_TEXT, "\"%s\"", CUT(names_text(names, text), 80));
}

static void shares_value(const struct names *names, struct shares shares, char *to)
{
	(void)names;
	shares_plain(shares, to);
}

static void price_value(const struct names *names, struct price price, char *to)
{
	(void)names;
	price_plain(price, to);
}

static void money_value(const struct names *names, struct money money, char *to)
{
	(void)names;
	money_plain(money, to);
}

static void flag_value(const struct names *names, bool flag, char *to)
{
	(void)names;
	strcpy(to, flag ? "yes" : "no");
}

static void option_value(const struct names *names, enum option_kind option, char *to)
{
	(void)names;
	snprintf(to, VALUE_TEXT, "%s", option_name(option));
}

static void term_value(const struct names *names, enum term term, char *to)
{
	(void)names;
	snprintf(to, VALUE_TEXT, "%s", term_name(term));
}

static void covered_value(const struct names *names, enum covered covered, char *to)
{
	(void)names;
	snprintf(to, VALUE_TEXT, "%s", covered_name(covered));
}

static void letter_value(const struct names *names, char letter, char *to)
{
	(void)names;
	to[0] = letter;
	to[1] = '\0';
}

/* ---- fields ----------------------------------------------------------------------------- */

/* What people call a field, where it is not its own name; "" if it is never told. */
static const char *field_words(const struct fact *fact, const char *name)
{
	static const struct {
		const char *name;
		enum fact_kind kind; /* FACT_NONE: any other */
		const char *words;
	} table[] = {
		{ "other_day", FACT_REPORTED_SALE, "day acquired" },
		{ "other_day", FACT_EXERCISE, "day of the grant" },
		{ "other_day", FACT_ESPP, "day of the grant" },
		{ "other_day", FACT_NONE, "day acquired" },
		{ "symbol", FACT_REPORTED_SALE, "" },
		{ "alias", FACT_REPORTED_SALE, "" },
		{ "alias", FACT_NONE, "description" },
		{ "wash", FACT_NONE, "wash sale loss disallowed" },
		{ "discount", FACT_NONE, "market discount" },
		{ "withheld", FACT_NONE, "tax withheld" },
		{ "gross", FACT_NONE, "gross proceeds" },
		{ "per", FACT_NONE, "old shares" },
		{ "price", FACT_EXERCISE, "strike" },
		{ "price", FACT_GRANT, "strike" },
		{ "fmv", FACT_NONE, "fair market value" },
		{ "grant_fmv", FACT_NONE, "fair market value on the day of the grant" },
		{ "grant_price", FACT_NONE, "price on the day of the grant" },
		{ "nso_shares", FACT_NONE, "shares not under an ISO" },
		{ "kept", FACT_NONE, "shares delivered" },
		{ "income", FACT_NONE, "wages not in the basis" },
		{ "amt_basis", FACT_NONE, "AMT basis" },
		{ "elected", FACT_NONE, "83(b) election" },
		{ "proceeds_known", FACT_NONE, "" },
		{ "basis_known", FACT_NONE, "" },
		{ "amount_known", FACT_NONE, "" },
		{ "amt_basis_known", FACT_NONE, "" },
		{ "kept_known", FACT_NONE, "" },
		{ "assumed", FACT_NONE, "" },
	};

	for (size_t i = 0; i < COUNT(table); i++)
		if (strcmp(table[i].name, name) == 0 &&
			(table[i].kind == FACT_NONE || table[i].kind == fact->kind))
			return table[i].words;
	return name;
}

/* A zero that nobody gave. */
static bool not_given(const struct fact *fact, const char *name)
{
	const struct {
		const char *name;
		bool given;
	} amounts[] = {
		{ "proceeds", fact->proceeds_known || fact->proceeds.cents != 0 },
		{ "basis", fact->basis_known || fact->basis.cents != 0 },
		{ "kept", fact->kept_known || fact->kept.e8 != 0 },
		{ "amt_basis", fact->amt_basis_known || fact->amt_basis.cents != 0 },
		{ "price", fact->price.e8 != 0 },
		{ "fmv", fact->fmv.e8 != 0 },
	};

	for (size_t i = 0; i < COUNT(amounts); i++)
		if (strcmp(amounts[i].name, name) == 0)
			return !amounts[i].given;
	return false;
}

/* A name or a word that only one of two reports gives does not speak against the other. */
static bool forgiven(const char *ours, const char *theirs)
{
	const bool quoted = *ours == '"' || *theirs == '"';
	const char *const nothing = quoted ? "\"\"" : "";

	return strcmp(ours, nothing) == 0 || strcmp(theirs, nothing) == 0;
}

static void add(struct differences *to, const struct two_facts *two, const char *name,
	const char *ours, const char *theirs, struct pool *pool)
{
	const struct document *const document = two->document;
	struct text words = TEXT_EMPTY;

	if (to->count == IMPORT_DIFFERENCES_MOST) {
		to->more++;
		return;
	}
	fact_words(two->theirs, two->their_names, &words);
	GROW(to->at, to->count, to->room);
	to->at[to->count++] = (struct import_difference){
		.line = (long)two->ours->source.row,
		.fact = pool_text(pool, words.at, words.length),
		.field = field_words(two->ours, name),
		.file = pool_text(pool, ours, strlen(ours)),
		.ledger = pool_text(pool, theirs, strlen(theirs)),
		.source = document != NULL
			? pool_text(pool, document->name, strlen(document->name))
			: NULL,
		.source_row = two->theirs->source.row,
		.file_stands = two->ours_stands,
	};
	text_release(&words);
}

static void compare(struct differences *to, const struct two_facts *two, const char *name,
	char *ours, char *theirs, struct pool *pool)
{
	if (not_given(two->ours, name))
		strcpy(ours, "none");
	if (not_given(two->theirs, name))
		strcpy(theirs, "none");
	if (strcmp(ours, theirs) != 0 && !forgiven(ours, theirs) &&
		*field_words(two->ours, name) != '\0')
		add(to, two, name, ours, theirs, pool);
}

void differences_add(struct differences *to, const struct two_facts *two,
	const char *only, struct pool *pool)
{
	char ours[VALUE_TEXT], theirs[VALUE_TEXT];

#define COMPARE(type, name, what)                                                        \
	if (only == NULL || strcmp(only, #name) == 0) {                                  \
		type##_value(two->our_names, two->ours->name, ours);                     \
		type##_value(two->their_names, two->theirs->name, theirs);               \
		compare(to, two, #name, ours, theirs, pool);                             \
	}
	FACT_FIELDS(COMPARE)
#undef COMPARE
}

void import_difference_words(
	const struct import_difference *one, const char *source, struct text *text)
{
	text_addf(text, "%s %s here, %s ", one->field, one->file, one->ledger);
	if (source != NULL)
		text_addf(text, "in %s:%lld", source, (long long)one->source_row);
	else
		text_add(text, "as entered by hand");
}

void differences_words(const struct differences *all, size_t from, struct text *text)
{
	for (size_t i = from; i < all->count; i++) {
		const char *const source = all->at[i].source;

		text_add(text, i > from ? "; " : "");
		import_difference_words(
			&all->at[i], source != NULL ? CUT(source, 80) : NULL, text);
	}
}

void differences_report(
	struct differences *all, struct import_report *report, struct pool *pool)
{
	report->difference_count = all->count;
	report->differences_more = all->more;
	report->differences = pool_copy(pool, all->at, all->count * sizeof *all->at);
}

/* Reads facts from the ledger file: all at once, or one after the other. */
#include <stdlib.h>
#include <string.h>

#include "ledger/store_columns.h"
#include "ledger/store_inside.h"

/* Reading: a value that no ledger of ours holds stops the row, with the column's name. */
struct reading {
	struct sql_statement *from;
	struct names *names;
	bool strict; /* also look whether texts are UTF-8 */
	const char *wrong;
	int column;
	struct sql_statement *details; /* all of them, in the order of their facts */
	int64_t detail_of;             /* the fact of the row it is at, or INT64_MAX */
};

static int64_t get(struct reading *from)
{
	return sql_integer(from->from, from->column++);
}

static int64_t get_between(
	struct reading *from, int64_t least, int64_t most, const char *name)
{
	const int64_t value = get(from);

	if (value >= least && value <= most)
		return value;
	from->wrong = name;
	return least;
}

static struct day get_day(struct reading *from, const char *name)
{
	/* 1900-01-01 to 2199-12-31 */
	enum { FIRST = -25567, LAST = 84005 };
	const int64_t value = get(from);

	if (value == DAY_NONE.number)
		return DAY_NONE;
	if (value < FIRST || value > LAST)
		from->wrong = name;
	return (struct day){ value < FIRST || value > LAST ? 0 : (int32_t)value };
}

static uint32_t get_text(struct reading *from, const char *name)
{
	size_t length;
	const char *const text = sql_text(from->from, from->column++, &length);

	if (from->strict && !utf8_valid(text, length))
		from->wrong = name;
	return names_add(from->names, text, length);
}

static char get_letter(struct reading *from, const char *name)
{
	size_t length;
	const char *const text = sql_text(from->from, from->column++, &length);

	if (length > 1)
		from->wrong = name;
	return *text;
}

static int get_code(struct reading *from, const struct words *words, const char *name)
{
	return (int)get_between(from, 0, (int64_t)words->count - 1, name);
}

#define GET_day(name)    get_day(from, name)
#define GET_year(name)   (int32_t) get_between(from, 0, 9999, name)
#define GET_number(name) get(from)
#define GET_text(name)   get_text(from, name)
#define GET_shares(name)                                                                 \
	(struct shares)                                                                  \
	{                                                                                \
		get(from)                                                                \
	}
#define GET_price(name)                                                                  \
	(struct price)                                                                   \
	{                                                                                \
		get(from)                                                                \
	}
#define GET_money(name)                                                                  \
	(struct money)                                                                   \
	{                                                                                \
		get(from)                                                                \
	}
#define GET_flag(name)    get_between(from, 0, 1, name) == 1
#define GET_option(name)  (enum option_kind) get_code(from, &option_words, name)
#define GET_term(name)    (enum term) get_code(from, &term_words, name)
#define GET_covered(name) (enum covered) get_code(from, &covered_words, name)
#define GET_letter(name)  get_letter(from, name)

static const char details_text[] =
	"SELECT " DETAIL_COLUMNS " FROM detail WHERE fact >= ?1 ORDER BY fact";

#define GET(type, name, what) fact->name = GET_##type(#name);

static void read_own(struct reading *from, struct fact *fact)
{
	from->column = 0;
	fact->id = get(from);
	fact->batch = get(from);
	fact->source.document = get(from);
	fact->source.row = get(from);
	fact->kind = (enum fact_kind)get_between(from, 1, FACT_KINDS - 1, "kind");
	FACT_OWN_FIELDS(GET)
}

/* To the first detail that is not of a fact before this one. */
static bool advance_details(struct reading *from, int64_t fact, struct fail *why)
{
	bool row;

	while (from->detail_of < fact) {
		if (!sql_step(from->details, &row, why))
			return false;
		from->detail_of = row ? sql_integer(from->details, 0) : INT64_MAX;
	}
	return true;
}

static void read_detail(struct reading *from, struct fact *fact)
{
	struct sql_statement *const own = from->from;

	from->from = from->details;
	from->column = 1;
	FACT_DETAIL_FIELDS(GET)
	from->from = own;
}

static bool read_fact(struct reading *from, struct fact *fact, struct fail *why)
{
	*fact = FACT_EMPTY;
	read_own(from, fact);
	if (!advance_details(from, fact->id, why))
		return false;
	if (from->detail_of == fact->id)
		read_detail(from, fact);
	if (from->wrong == NULL)
		return true;
	fail_set(why, FAIL_BAD_INPUT,
		"the ledger is damaged: fact %lld has a value for \"%s\" that cannot be",
		(long long)fact->id, from->wrong);
	return fail_hint(why, "restore a backup (dualbasis restore)");
}

/* Facts from this number on. */
static bool start_reading(struct store *store, const char *text, int64_t first,
	struct reading *from, struct fail *why)
{
	if (!sql_prepare(store->sql, text, &from->from, why))
		return fail_file(why, store->path);
	if (!sql_prepare(store->sql, details_text, &from->details, why)) {
		sql_finish(from->from);
		return fail_file(why, store->path);
	}
	sql_bind_integer(from->details, 1, first);
	return true;
}

static void end_reading(struct reading *from)
{
	sql_finish(from->details);
	sql_finish(from->from);
}

static const char standing_text[] = "SELECT " FACT_COLUMNS " FROM standing ORDER BY id";
static const char standing_kind_text[] =
	"SELECT " FACT_COLUMNS " FROM standing WHERE kind = ?1 ORDER BY id";
static const char batch_text[] =
	"SELECT " FACT_COLUMNS " FROM fact WHERE batch = ?1 ORDER BY id";
static const char one_text[] = "SELECT " FACT_COLUMNS " FROM fact WHERE id = ?1";

/* The next row, if there is one. */
static bool next_fact(struct store *store, struct reading *from, bool *row,
	struct fact *fact, struct fail *why)
{
	return (sql_step(from->from, row, why) &&
		       (!*row || read_fact(from, fact, why))) ||
		fail_file(why, store->path);
}

static bool collect(struct store *store, const char *text, int64_t which,
	struct facts *facts, struct fail *why)
{
	struct reading from = { 0 };
	size_t room = 0;
	bool row = true, done = true;

	*facts = (struct facts){ 0 };
	if (!start_reading(store, text, text == one_text ? which : 0, &from, why))
		return false;
	from.names = facts->names = names_new();
	if (text != standing_text)
		sql_bind_integer(from.from, 1, which);
	while (done && row) {
		GROW(facts->at, facts->count, room);
		done = next_fact(store, &from, &row, &facts->at[facts->count], why);
		facts->count += done && row;
	}
	end_reading(&from);
	if (!done)
		facts_release(facts);
	return done;
}

bool store_facts(struct store *store, struct facts *facts, struct fail *why)
{
	return collect(store, standing_text, 0, facts, why);
}

bool store_batch_facts(
	struct store *store, int64_t batch, struct facts *facts, struct fail *why)
{
	return collect(store, batch_text, batch, facts, why);
}

bool store_fact(struct store *store, int64_t fact, struct facts *facts, struct fail *why)
{
	return collect(store, one_text, fact, facts, why);
}

void facts_release(struct facts *facts)
{
	free(facts->at);
	names_free(facts->names);
	*facts = (struct facts){ 0 };
}

/* Rows of a query of FACT_COLUMNS, one at a time. */
static bool stream(struct store *store, const char *text, bool strict,
	enum fact_kind kind, store_visit *visit, void *context, struct fail *why)
{
	/* Texts of so many distinct names are kept at a time. */
	enum { NAMES = 4096 };
	struct reading from = { .strict = strict };
	struct fact fact;
	bool row = true, done = true;

	if (!start_reading(store, text, 0, &from, why))
		return false;
	if (kind != FACT_NONE)
		sql_bind_integer(from.from, 1, (int64_t)kind);
	from.names = names_new();
	while (done && row) {
		if (names_count(from.names) > NAMES) {
			names_free(from.names);
			from.names = names_new();
		}
		done = next_fact(store, &from, &row, &fact, why) &&
			(!row || visit == NULL || visit(context, &fact, from.names, why));
	}
	end_reading(&from);
	names_free(from.names);
	return done;
}

bool store_each(struct store *store, enum fact_kind kind, store_visit *visit,
	void *context, struct fail *why)
{
	const char *const text = kind == FACT_NONE ? standing_text : standing_kind_text;

	return stream(store, text, false, kind, visit, context, why);
}

bool store_kinds(struct store *store, bool there[FACT_KINDS], struct fail *why)
{
	struct sql_statement *kinds;
	bool row, done;

	memset(there, 0, FACT_KINDS * sizeof *there);
	if (!sql_prepare(store->sql, "SELECT DISTINCT kind FROM fact", &kinds, why))
		return fail_file(why, store->path);
	while ((done = sql_step(kinds, &row, why)) && row) {
		const int64_t kind = sql_integer(kinds, 0);

		if (kind >= 0 && kind < FACT_KINDS)
			there[kind] = true;
	}
	sql_finish(kinds);
	return done || fail_file(why, store->path);
}

bool store_read_every_fact(struct store *store, struct fail *why)
{
	return stream(store, "SELECT " FACT_COLUMNS " FROM fact ORDER BY id", true,
		FACT_NONE, NULL, NULL, why);
}

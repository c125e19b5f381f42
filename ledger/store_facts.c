/* Writes facts into the ledger file, voids them, and reads them back. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "ledger/store_inside.h"

/* Columns of the table `fact`, in the order of struct fact. */
#define COLUMN_day(name)               #name
#define COLUMN_year(name)              #name
#define COLUMN_number(name)            #name
#define COLUMN_text(name)              #name
#define COLUMN_shares(name)            #name "_e8"
#define COLUMN_price(name)             #name "_e8"
#define COLUMN_money(name)             #name "_cents"
#define COLUMN_flag(name)              #name
#define COLUMN_option(name)            #name
#define COLUMN_term(name)              #name
#define COLUMN_covered(name)           #name
#define COLUMN_letter(name)            #name
#define COMMA_COLUMN(type, name, what) ", " COLUMN_##type(name)
#define COLUMNS                        "id, batch, document, row, kind" FACT_FIELDS(COMMA_COLUMN)

#define PLACE(type, name, what) ", ?"
static const char append_text[] =
	"INSERT INTO fact (" COLUMNS ") VALUES (?, ?, ?, ?, ?" FACT_FIELDS(PLACE) ")";

#define ONE(type, name, what) +1
enum { OWN_COLUMNS = 5, ALL_COLUMNS = OWN_COLUMNS FACT_FIELDS(ONE) };

/* What each place is bound to: most values of a file's rows repeat, and need no new binding. */
struct appended {
	int64_t integer[ALL_COLUMNS + 1];
	bool bound[ALL_COLUMNS + 1];
};

struct append {
	struct sql_statement *insert;
	struct appended *last;
	const struct names *names;
	int place;
};

static void put(struct append *to, int64_t value)
{
	const int place = ++to->place;

	if (to->last->bound[place] && to->last->integer[place] == value)
		return;
	to->last->integer[place] = value;
	to->last->bound[place] = true;
	sql_bind_integer(to->insert, place, value);
}

static void put_bytes(struct append *to, const char *text, size_t length)
{
	const int place = ++to->place;
	struct appended *const last = to->last;

	/* Only emptiness is remembered: other texts may have moved since. */
	if (last->bound[place] && length == 0 && last->integer[place] == 0)
		return;
	last->integer[place] = (int64_t)length;
	last->bound[place] = true;
	sql_bind_text(to->insert, place, length == 0 ? "" : text, length);
}

static void put_text(struct append *to, uint32_t number)
{
	const char *const text = number == 0 ? "" : names_text(to->names, number);

	put_bytes(to, text, strlen(text));
}

#define PUT_day(field)     put(&to, field.number)
#define PUT_year(field)    put(&to, field)
#define PUT_number(field)  put(&to, field)
#define PUT_text(field)    put_text(&to, field)
#define PUT_shares(field)  put(&to, field.e8)
#define PUT_price(field)   put(&to, field.e8)
#define PUT_money(field)   put(&to, field.cents)
#define PUT_flag(field)    put(&to, field)
#define PUT_option(field)  put(&to, (int64_t)field)
#define PUT_term(field)    put(&to, (int64_t)field)
#define PUT_covered(field) put(&to, (int64_t)field)
#define PUT_letter(field)  put_bytes(&to, &field, field != 0)

bool store_append(struct store *store, struct fact *fact, const struct names *names,
	struct fail *why)
{
	struct append to = { .names = names };

	assert(fact->kind > FACT_NONE && fact->kind < FACT_KINDS);
	if (!store_not_locked(
		    store, fact->day, fact->year, fact_kind_name(fact->kind), why))
		return false;
	if (!store_write(store, why) ||
		!store_often(store, OFTEN_APPEND, append_text, &to.insert, why))
		return fail_file(why, store->path);
	if (store->last == NULL)
		store->last = must_alloc(sizeof *store->last);
	to.last = store->last;
	fact->id = store->next_fact;
	fact->batch = store->batch;
	put(&to, fact->id);
	put(&to, fact->batch);
	put(&to, fact->source.document);
	put(&to, fact->source.row);
	put(&to, (int64_t)fact->kind);
#define X(type, name, what) PUT_##type(fact->name);
	FACT_FIELDS(X)
#undef X
	assert(to.place == ALL_COLUMNS);
	if (!sql_execute(to.insert, why))
		return fail_file(why, store->path);
	store->next_fact++;
	return true;
}

/* The fact if it stands: its day and year. */
static const char stands_text[] =
	"SELECT day, year FROM fact WHERE id = ?1"
	" AND batch NOT IN (SELECT batch FROM undone)"
	" AND NOT EXISTS (SELECT 1 FROM void WHERE void.fact = fact.id"
	" AND void.batch NOT IN (SELECT batch FROM undone))";

static bool find_standing(struct store *store, int64_t id, bool *stands, struct day *day,
	int *year, struct fail *why)
{
	struct sql_statement *find;

	if (!store_often(store, OFTEN_STANDS, stands_text, &find, why))
		return false;
	sql_bind_integer(find, 1, id);
	if (!sql_step(find, stands, why))
		return false;
	if (*stands) {
		day->number = (int32_t)sql_integer(find, 0);
		*year = (int)sql_integer(find, 1);
		sql_reset(find);
	}
	return true;
}

bool store_void(struct store *store, int64_t fact, const char *reason, struct fail *why)
{
	struct sql_statement *insert;
	struct day day;
	int year;
	bool stands;

	if (*reason == '\0')
		return fail_set(why, FAIL_USAGE, "voiding a fact wants a reason");
	if (!find_standing(store, fact, &stands, &day, &year, why))
		return fail_file(why, store->path);
	if (!stands)
		return fail_set(why, FAIL_USAGE, "there is no standing fact %lld",
			(long long)fact);
	if (!store_not_locked(store, day, year, "voided fact", why))
		return false;
	if (!store_write(store, why) ||
		!store_often(store, OFTEN_VOID,
			"INSERT INTO void (fact, batch, reason) VALUES (?1, ?2, ?3)",
			&insert, why))
		return fail_file(why, store->path);
	sql_bind_integer(insert, 1, fact);
	sql_bind_integer(insert, 2, store->batch);
	sql_bind_text(insert, 3, reason, strlen(reason));
	return sql_execute(insert, why) || fail_file(why, store->path);
}

/* Reading: a value that no ledger of ours holds stops the row, with the column's name. */
struct reading {
	struct sql_statement *from;
	struct names *names;
	bool strict; /* also look whether texts are UTF-8 */
	const char *wrong;
	int column;
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

static bool read_fact(struct reading *from, struct fact *fact, struct fail *why)
{
	from->column = 0;
	fact->id = get(from);
	fact->batch = get(from);
	fact->source.document = get(from);
	fact->source.row = get(from);
	fact->kind = (enum fact_kind)get_between(from, 1, FACT_KINDS - 1, "kind");
#define X(type, field, what) fact->field = GET_##type(#field);
	FACT_FIELDS(X)
#undef X
	if (from->wrong == NULL)
		return true;
	fail_set(why, FAIL_BAD_INPUT,
		"the ledger is damaged: fact %lld has a value for \"%s\" that cannot be",
		(long long)fact->id, from->wrong);
	return fail_hint(why, "restore a backup (dualbasis restore)");
}

static const char standing_text[] = "SELECT " COLUMNS " FROM standing ORDER BY id";
static const char standing_kind_text[] =
	"SELECT " COLUMNS " FROM standing WHERE kind = ?1 ORDER BY id";
static const char batch_text[] =
	"SELECT " COLUMNS " FROM fact WHERE batch = ?1 ORDER BY id";

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
	if (!sql_prepare(store->sql, text, &from.from, why))
		return fail_file(why, store->path);
	from.names = facts->names = names_new();
	if (text != standing_text)
		sql_bind_integer(from.from, 1, which);
	while (done && row) {
		GROW(facts->at, facts->count, room);
		done = next_fact(store, &from, &row, &facts->at[facts->count], why);
		facts->count += done && row;
	}
	sql_finish(from.from);
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

void facts_release(struct facts *facts)
{
	free(facts->at);
	names_free(facts->names);
	*facts = (struct facts){ 0 };
}

/* Rows of a query of COLUMNS, one at a time. */
static bool stream(struct store *store, const char *text, bool strict,
	enum fact_kind kind, store_visit *visit, void *context, struct fail *why)
{
	/* Texts of so many distinct names are kept at a time. */
	enum { NAMES = 4096 };
	struct reading from = { .strict = strict };
	struct fact fact;
	bool row = true, done = true;

	if (!sql_prepare(store->sql, text, &from.from, why))
		return fail_file(why, store->path);
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
	sql_finish(from.from);
	names_free(from.names);
	return done;
}

bool store_each(struct store *store, enum fact_kind kind, store_visit *visit,
	void *context, struct fail *why)
{
	const char *const text = kind == FACT_NONE ? standing_text : standing_kind_text;

	return stream(store, text, false, kind, visit, context, why);
}

bool store_read_every_fact(struct store *store, struct fail *why)
{
	return stream(store, "SELECT " COLUMNS " FROM fact ORDER BY id", true, FACT_NONE,
		NULL, NULL, why);
}

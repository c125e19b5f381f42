/* Writes facts into the ledger file, and voids them. */
#include <assert.h>
#include <string.h>

#include "ledger/store_columns.h"
#include "ledger/store_inside.h"

#define PLACE(type, name, what) ", ?"
static const char append_text[] = "INSERT INTO fact (" FACT_COLUMNS
				  ") VALUES (?, ?, ?, ?, ?" FACT_OWN_FIELDS(PLACE) ")";
static const char detail_text[] =
	"INSERT INTO detail (" DETAIL_COLUMNS ") VALUES (?" FACT_DETAIL_FIELDS(PLACE) ")";

#define ONE(type, name, what) +1
enum { FACT_PLACES = 5 FACT_OWN_FIELDS(ONE), DETAIL_PLACES = 1 FACT_DETAIL_FIELDS(ONE) };
enum { MOST_PLACES = (FACT_PLACES > DETAIL_PLACES ? FACT_PLACES : DETAIL_PLACES) + 1 };

/* What each place is bound to: most values of a file's rows repeat, and need no new binding. */
struct appended {
	struct bound {
		int64_t integer[MOST_PLACES + 1];
		bool is[MOST_PLACES + 1];
	} fact, detail;
};

struct append {
	struct sql_statement *insert;
	struct bound *last;
	const struct names *names;
	int place;
};

static void put(struct append *to, int64_t value)
{
	const int place = ++to->place;

	if (to->last->is[place] && to->last->integer[place] == value)
		return;
	to->last->integer[place] = value;
	to->last->is[place] = true;
	sql_bind_integer(to->insert, place, value);
}

static void put_bytes(struct append *to, const char *text, size_t length)
{
	const int place = ++to->place;
	struct bound *const last = to->last;

	/* Only emptiness is remembered: other texts may have moved since. */
	if (last->is[place] && length == 0 && last->integer[place] == 0)
		return;
	last->integer[place] = (int64_t)length;
	last->is[place] = true;
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

#define PUT(type, name, what) PUT_##type(fact->name);

static bool append_own(struct store *store, const struct fact *fact,
	const struct names *names, struct fail *why)
{
	struct append to = { .names = names, .last = &store->last->fact };

	if (!store_often(store, OFTEN_APPEND, append_text, &to.insert, why))
		return false;
	put(&to, fact->id);
	put(&to, fact->batch);
	put(&to, fact->source.document);
	put(&to, fact->source.row);
	put(&to, (int64_t)fact->kind);
	FACT_OWN_FIELDS(PUT)
	assert(to.place == FACT_PLACES);
	return sql_execute(to.insert, why);
}

#define SAYS_day(field)           day_known(field)
#define SAYS_year(field)          field != 0
#define SAYS_number(field)        field != 0
#define SAYS_text(field)          field != 0
#define SAYS_shares(field)        field.e8 != 0
#define SAYS_price(field)         field.e8 != 0
#define SAYS_money(field)         field.cents != 0
#define SAYS_flag(field)          field
#define SAYS_option(field)        field != OPTION_UNKNOWN
#define SAYS_term(field)          field != TERM_UNKNOWN
#define SAYS_covered(field)       field != COVERED_UNKNOWN
#define SAYS_letter(field)        field != 0
#define OR_SAYS(type, name, what) || SAYS_##type(fact->name)

static bool append_detail(struct store *store, const struct fact *fact,
	const struct names *names, struct fail *why)
{
	struct append to = { .names = names, .last = &store->last->detail };
	const bool says = false FACT_DETAIL_FIELDS(OR_SAYS);

	if (!says)
		return true;
	if (!store_often(store, OFTEN_DETAIL, detail_text, &to.insert, why))
		return false;
	put(&to, fact->id);
	FACT_DETAIL_FIELDS(PUT)
	assert(to.place == DETAIL_PLACES);
	return sql_execute(to.insert, why);
}

static bool append(struct store *store, struct fact *fact, const struct names *names,
	struct fail *why)
{
	assert(fact->kind > FACT_NONE && fact->kind < FACT_KINDS);
	if (!store_write(store, why))
		return fail_file(why, store->path);
	if (store->last == NULL)
		store->last = must_alloc(sizeof *store->last);
	fact->id = store->next_fact;
	fact->batch = store->batch;
	if (!append_own(store, fact, names, why) ||
		!append_detail(store, fact, names, why))
		return fail_file(why, store->path);
	store->next_fact++;
	return true;
}

bool store_append(struct store *store, struct fact *fact, const struct names *names,
	struct fail *why)
{
	return store_not_locked(
		       store, fact->day, fact->year, fact_kind_name(fact->kind), why) &&
		append(store, fact, names, why);
}

static const char echo_text[] =
	"INSERT INTO echo (fact, first)"
	" VALUES (?1, ifnull((SELECT first FROM echo WHERE fact = ?2), ?2))";

/* A locked year is no hindrance: the figures stay what they are. */
bool store_echo(struct store *store, struct fact *fact, const struct names *names,
	int64_t known, struct fail *why)
{
	struct sql_statement *insert;

	assert(known > 0);
	if (!append(store, fact, names, why))
		return false;
	if (!store_often(store, OFTEN_ECHO, echo_text, &insert, why))
		return fail_file(why, store->path);
	sql_bind_integer(insert, 1, fact->id);
	sql_bind_integer(insert, 2, known);
	return sql_execute(insert, why) || fail_file(why, store->path);
}

bool store_next_fact(struct store *store, int64_t *number, struct fail *why)
{
	return sql_ask(store->sql, "SELECT ifnull(max(id), 0) + 1 FROM fact", number,
		       why) ||
		fail_file(why, store->path);
}

/* The fact if it stands: its day and year. */
static const char stands_text[] =
	"SELECT day, year FROM fact WHERE id = ?1"
	" AND batch NOT IN (SELECT batch FROM undone)"
	" AND NOT EXISTS (SELECT 1 FROM void WHERE void.fact IN"
	"  (SELECT fact.id UNION SELECT first FROM echo WHERE echo.fact = fact.id"
	"   UNION SELECT b.fact FROM echo AS b WHERE b.first ="
	"    ifnull((SELECT first FROM echo AS a WHERE a.fact = fact.id), fact.id))"
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

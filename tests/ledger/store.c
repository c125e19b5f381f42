/* The ledger file: made, opened, written in batches, read back, refused. */
#include <sys/stat.h>

#include "ledger/store_inside.h"
#include "tests/ledger/store_fixture.h"

TestSuite(store, .init = make_folder, .fini = remove_folder);

/* A fact with every field set, so that each column is seen to keep its own. */
static struct fact full_fact(struct names *names)
{
	struct fact fact = FACT_EMPTY;

	fact.kind = FACT_REPORTED_SALE;
	int64_t n = 100;
	char word[16];

#define SET_day(field)    fact.field.number = (int32_t)n
#define SET_year(field)   fact.field = (int32_t)n + 1900
#define SET_number(field) fact.field = n
#define SET_text(field)                                                                  \
	snprintf(word, sizeof word, "word %d", (int)n), fact.field = name(names, word)
#define SET_shares(field)    fact.field.e8 = n * -1000000007
#define SET_price(field)     fact.field.e8 = n * 1000000009
#define SET_money(field)     fact.field.cents = n * -100000000003
#define SET_flag(field)      fact.field = true
#define SET_option(field)    fact.field = OPTION_NSO
#define SET_term(field)      fact.field = TERM_LONG
#define SET_covered(field)   fact.field = COVERED_NO
#define SET_letter(field)    fact.field = 'L'
#define X(type, field, what) SET_##type(field), n++;
	FACT_FIELDS(X)
#undef X
	return fact;
}

static void expect_equal(const struct fact *a, const struct names *a_names,
	const struct fact *b, const struct names *b_names)
{
#define SAME_day(f)          a->f.number == b->f.number
#define SAME_year(f)         a->f == b->f
#define SAME_number(f)       a->f == b->f
#define SAME_text(f)         strcmp(names_text(a_names, a->f), names_text(b_names, b->f)) == 0
#define SAME_shares(f)       a->f.e8 == b->f.e8
#define SAME_price(f)        a->f.e8 == b->f.e8
#define SAME_money(f)        a->f.cents == b->f.cents
#define SAME_flag(f)         a->f == b->f
#define SAME_option(f)       a->f == b->f
#define SAME_term(f)         a->f == b->f
#define SAME_covered(f)      a->f == b->f
#define SAME_letter(f)       a->f == b->f
#define X(type, field, what) cr_expect(SAME_##type(field), "%s", #field);
	FACT_FIELDS(X)
#undef X
	cr_expect(eq(int, a->kind, b->kind));
	cr_expect(eq(i64, a->source.document, b->source.document));
	cr_expect(eq(i64, a->source.row, b->source.row));
	cr_expect(eq(i64, a->id, b->id));
	cr_expect(eq(i64, a->batch, b->batch));
}

Test(store, a_new_ledger_is_private_and_empty)
{
	struct store *const store = make_and_open();
	struct facts facts;
	struct stat file;

	cr_expect(stat(path, &file) == 0 && (file.st_mode & 0777) == 0600);
	cr_assert(store_facts(store, &facts, &why));
	cr_expect(eq(sz, facts.count, 0));
	facts_release(&facts);
	store_close(store);
}

Test(store, every_field_comes_back)
{
	struct store *const store = make_and_open();
	struct names *const names = names_new();
	struct fact full = full_fact(names), empty = FACT_EMPTY, again = full;
	struct facts facts;

	empty.kind = FACT_SECURITY;
	cr_assert(store_begin(store, "test", &why));
	cr_assert(store_append(store, &full, names, &why), "%s", why.message);
	cr_assert(store_append(store, &empty, NULL, &why), "%s", why.message);
	cr_assert(store_append(store, &again, names, &why), "%s", why.message);
	cr_assert(store_commit(store, &why), "%s", why.message);
	cr_expect(eq(i64, full.id, 1));
	cr_expect(eq(i64, again.id, 3));
	cr_assert(store_facts(store, &facts, &why), "%s", why.message);
	cr_assert(eq(sz, facts.count, 3));
	expect_equal(&full, names, &facts.at[0], facts.names);
	expect_equal(&empty, names, &facts.at[1], facts.names);
	expect_equal(&again, names, &facts.at[2], facts.names);
	facts_release(&facts);
	names_free(names);
	store_close(store);
}

Test(store, a_batch_is_all_or_nothing)
{
	struct store *const store = make_and_open();
	struct names *const names = names_new();
	struct batch *batches;
	size_t count;

	cr_assert(store_begin(store, "one", &why));
	append_sale(store, names, "ACME");
	store_rollback(store);
	cr_expect(eq(sz, count_standing(store), 0));
	cr_assert(store_begin(store, "two", &why));
	append_sale(store, names, "ACME");
	append_sale(store, names, "ACME");
	cr_assert(store_commit(store, &why));
	cr_expect(eq(sz, count_standing(store), 2));
	cr_assert(store_batches(store, &batches, &count, &pool, &why), "%s", why.message);
	cr_assert(eq(sz, count, 1));
	cr_expect(eq(i64, batches[0].id, 1));
	cr_expect(eq(i64, batches[0].facts, 2));
	cr_expect(strcmp(batches[0].command, "two") == 0);
	names_free(names);
	store_close(store);
}

Test(store, a_voided_fact_stands_no_more_and_stays)
{
	struct store *const store = make_and_open();
	struct names *const names = names_new();
	struct facts all;

	cr_assert(store_begin(store, "one", &why));
	const int64_t first = append_sale(store, names, "ACME");
	append_sale(store, names, "ACME");
	cr_assert(store_commit(store, &why));
	cr_assert(store_begin(store, "two", &why));
	cr_assert(store_void(store, first, "typed twice", &why), "%s", why.message);
	cr_expect(not(store_void(store, first, "again", &why)));
	cr_expect(eq(int, why.kind, FAIL_USAGE));
	cr_expect(not(store_void(store, 99, "unknown", &why)));
	cr_expect(not(store_void(store, 2, "", &why)));
	cr_assert(store_commit(store, &why));
	cr_expect(eq(sz, count_standing(store), 1));
	cr_assert(store_batch_facts(store, 1, &all, &why));
	cr_expect(eq(sz, all.count, 2));
	facts_release(&all);
	names_free(names);
	store_close(store);
}

static void write_pattern(const char *to, size_t bytes)
{
	struct text text = TEXT_EMPTY;

	for (size_t i = 0; i < bytes; i++)
		text_add_bytes(&text, &(char){ (char)(i * 7 % 251) }, 1);
	write_file(to, text.at, bytes);
	text_release(&text);
}

static bool add_up(void *context, const void *bytes, size_t length, struct fail *unused)
{
	const unsigned char *const at = bytes;
	size_t *const total = context;

	(void)unused;
	for (size_t i = 0; i < length; i++)
		cr_assert(at[i] == (*total + i) * 7 % 251);
	*total += length;
	return true;
}

Test(store, documents_are_kept_whole)
{
	/* An empty file, one of a chunk, one of a chunk and a byte. */
	static const size_t sizes[] = { 0, 1048576, 1048577 };
	struct store *const store = make_and_open();
	struct document added, found, *listed;
	char file[128];
	size_t count;
	bool there;

	snprintf(file, sizeof file, "%s/1099.csv", folder);
	for (size_t i = 0; i < COUNT(sizes); i++) {
		size_t total = 0;

		write_pattern(file, sizes[i]);
		cr_assert(store_begin(store, "import", &why));
		cr_assert(store_document_add(store, "1099.csv", "fidelity-1099", file,
				  &added, &pool, &why),
			"%s", why.message);
		cr_assert(store_commit(store, &why), "%s", why.message);
		cr_expect(eq(i64, added.bytes, (int64_t)sizes[i]));
		cr_assert(store_document_find(
			store, added.sha256, &found, &pool, &there, &why));
		cr_assert(there);
		cr_expect(eq(i64, found.id, added.id));
		cr_expect(strcmp(found.name, "1099.csv") == 0);
		cr_expect(strcmp(found.format, "fidelity-1099") == 0);
		cr_assert(store_document_read(store, added.id, add_up, &total, &why));
		cr_expect(eq(sz, total, sizes[i]));
	}
	cr_assert(store_documents(store, &listed, &count, &pool, &why));
	cr_expect(eq(sz, count, COUNT(sizes)));
	/* SHA-256 of no bytes, FIPS 180-4. */
	cr_expect(strcmp(listed[0].sha256,
			  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934"
			  "ca495991b7852b855") == 0);
	cr_assert(store_document_find(
		store, "00000000000000000000000000000000", &found, &pool, &there, &why));
	cr_expect(not(there));
	store_close(store);
}

static bool count_fact(void *context, const struct fact *fact, const struct names *names,
	struct fail *unused)
{
	size_t *const count = context;

	(void)unused;
	++*count;
	cr_assert(fact->kind == FACT_SALE);
	char want[32];

	snprintf(want, sizeof want, "S%zu", *count);
	cr_assert(strcmp(names_text(names, fact->symbol), want) == 0);
	return true;
}

Test(store, facts_can_be_streamed_with_many_distinct_texts)
{
	struct store *const store = make_and_open();
	struct names *const names = names_new();
	size_t count = 0;
	char symbol[32];

	cr_assert(store_begin(store, "many", &why));
	for (int i = 1; i <= 10000; i++) {
		snprintf(symbol, sizeof symbol, "S%d", i);
		append_sale(store, names, symbol);
	}
	cr_assert(store_commit(store, &why));
	cr_assert(store_each(store, FACT_SALE, count_fact, &count, &why));
	cr_expect(eq(sz, count, 10000));
	count = 0;
	cr_assert(store_each(store, FACT_GRANT, count_fact, &count, &why));
	cr_expect(eq(sz, count, 0));
	names_free(names);
	store_close(store);
}

Test(store, the_words_of_codes_are_in_the_file)
{
	static const struct {
		const char *field;
		const struct words *words;
	} lists[] = {
		{ "kind", &fact_kind_words },
		{ "option", &option_words },
		{ "term", &term_words },
		{ "covered", &covered_words },
	};
	struct store *const store = make_and_open();
	struct sql_statement *find;
	int64_t count, sum = 0;
	bool row;

	cr_assert(sql_prepare(store->sql,
		"SELECT word FROM word WHERE field = ? AND code = ?", &find, &why));
	for (size_t i = 0; i < COUNT(lists); i++)
		for (size_t code = 0; code < lists[i].words->count; code++, sum++) {
			sql_bind_text(find, 1, lists[i].field, strlen(lists[i].field));
			sql_bind_integer(find, 2, (int64_t)code);
			cr_assert(sql_step(find, &row, &why) && row, "%s %zu",
				lists[i].field, code);
			cr_expect(strcmp(sql_text(find, 0, NULL),
					  lists[i].words->word[code]) == 0,
				"%s %zu", lists[i].field, code);
			sql_reset(find);
		}
	sql_finish(find);
	cr_assert(sql_ask(store->sql, "SELECT count(*) FROM word", &count, &why));
	cr_expect(eq(i64, count, sum));
	store_close(store);
}

Test(store, a_stranger_reads_every_field_in_plain_text)
{
	static const char *const fields[] = {
#define X(type, field, what) #field,
		FACT_FIELDS(X)
#undef X
	};
	struct store *const store = make_and_open();
	struct names *const names = names_new();
	struct fact fact = FACT_EMPTY;
	struct sql_statement *read;
	bool row;

	fact.kind = FACT_REPORTED_SALE;
	cr_assert(day_from_civil(2024, 2, 29, &fact.day));
	fact.symbol = name(names, "ACME");
	fact.shares.e8 = 150000000;
	fact.price.e8 = -5;
	fact.proceeds.cents = -50;
	fact.basis.cents = 123456;
	fact.term = TERM_LONG;
	fact.box = 'D';
	cr_assert(store_begin(store, "test", &why));
	cr_assert(store_append(store, &fact, names, &why));
	cr_assert(store_commit(store, &why));
	for (size_t i = 0; i < COUNT(fields); i++) {
		int64_t unused;

		cr_expect(
			sql_ask(store->sql,
				pool_printf(&pool,
					"SELECT count(fact.\"%s\") FROM readable AS fact",
					fields[i]),
				&unused, &why),
			"%s: %s", fields[i], why.message);
	}
	cr_assert(sql_prepare(store->sql,
		"SELECT kind || '|' || state || '|' || document || '|' || day || '|' || "
		"other_day"
		" || '|' || symbol || '|' || shares || '|' || price || '|' || proceeds "
		"|| '|' ||"
		" basis || '|' || term || '|' || box FROM readable",
		&read, &why));
	cr_assert(sql_step(read, &row, &why) && row);
	SAME_TEXT(sql_text(read, 0, NULL),
		"reported_sale|stands|typed by "
		"hand|2024-02-29||ACME|1.5|-0.00000005|-0.50|"
		"1234.56|long|D");
	sql_finish(read);
	names_free(names);
	store_close(store);
}

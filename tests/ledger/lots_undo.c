/*
 * Undo restores every derived figure: histories of every kind of fact go through a ledger file, a
 * batch adds to them and voids some of them, and is undone; what lots tell then is what they told.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <unistd.h>

#include "ledger/store.h"
#include "tests/ledger/digest.h"
#include "tests/ledger/random_history.h"

static char folder[64], path[128];
static struct fail why;

static void make_folder(void)
{
	snprintf(folder, sizeof folder, "/tmp/dualbasis-undo-XXXXXX");
	cr_assert(mkdtemp(folder) != NULL);
	snprintf(path, sizeof path, "%s/a.ledger", folder);
}

static void remove_folder(void)
{
	unlink(path);
	cr_expect(rmdir(folder) == 0);
}

TestSuite(lots_undo, .init = make_folder, .fini = remove_folder);

/* Of what stands in the ledger; 0 where the replay refuses it. */
static uint64_t digest_of_store(struct store *store)
{
	struct facts facts;
	struct lots lots;
	struct fail refused = { 0 };
	struct pool pool = { NULL };
	uint64_t digest = 0;

	cr_assert(store_facts(store, &facts, &why), "%s", why.message);
	if (lots_replay(&facts, &lots, &pool, &refused))
		digest = digest_of(&lots);
	pool_release(&pool);
	facts_release(&facts);
	return digest;
}

static void append(struct store *store, struct history *history, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		struct fact fact = history->home.facts.at[i];

		cr_assert(store_append(store, &fact, history->home.facts.names, &why),
			"%s", why.message);
	}
}

static void undo(struct store *store, int64_t batch)
{
	cr_assert(store_begin(store, "undo", &why));
	cr_assert(store_undo(store, batch, "a mistake", &why), "%s", why.message);
	cr_assert(store_commit(store, &why), "%s", why.message);
}

/* Batch 1 is half of a history; batch 2 the other half, and voids some of batch 1. */
static void go_and_come_back(uint64_t seed, bool voids)
{
	struct history *const history = history_of(seed, true);
	const size_t half = history->home.facts.count;
	const struct lots before = replay(&history->home);
	const uint64_t digest = digest_of(&before);
	struct store *store;

	happen(history, 20);
	cr_assert(store_create(path, &why), "%s", why.message);
	cr_assert(store_open(path, STORE_WRITE, &store, &why), "%s", why.message);
	cr_assert(store_begin(store, "one", &why));
	append(store, history, 0, half);
	cr_assert(store_commit(store, &why), "%s", why.message);
	cr_assert(eq(u64, digest_of_store(store), digest), "history %lu", seed);
	cr_assert(store_begin(store, "two", &why));
	append(store, history, half, history->home.facts.count);
	for (int i = 0; voids && i < 2; i++)
		cr_assert(store_void(store, 1 + i * (int64_t)half / 2, "wrong", &why),
			"%s", why.message);
	cr_assert(store_commit(store, &why), "%s", why.message);
	const uint64_t after = digest_of_store(store);

	cr_assert(after != digest, "history %lu", seed);
	cr_assert(voids || after != 0, "history %lu", seed);
	undo(store, 2);
	cr_assert(eq(u64, digest_of_store(store), digest), "history %lu", seed);
	undo(store, 3);
	cr_assert(eq(u64, digest_of_store(store), after), "history %lu", seed);
	cr_assert(store_check(store, &why), "%s", why.message);
	store_close(store);
	cr_assert(unlink(path) == 0);
	history_release(history);
}

Test(lots_undo, undo_restores_every_derived_figure)
{
	for (uint64_t seed = 4000000; seed < 4000024; seed++)
		go_and_come_back(seed, seed % 2 == 1);
}

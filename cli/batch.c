/* Guards a batch: replays the lots, and holds locked years to their figures. */
#include "cli/batch.h"

#include <assert.h>
#include <string.h>

#include "ledger/base/hash.h"

/* The lines of one return as they would be filed, in whole dollars. */
static bool return_text(const struct law *law, int year, const struct tax_return *its,
	const char *owner, struct text *text, struct pool *pool, struct fail *why)
{
	for (const char *const *form = law_forms(law, year, pool); *form; form++) {
		const struct line_ref *line = NULL;
		size_t count = 0;

		if (!law_form_lines(law, year, *form, &line, &count, why))
			return false;
		for (size_t i = 0; i < count; i++) {
			const struct value value = return_line(its, line[i]);
			char amount[MONEY_TEXT];

			text_addf(text, "%s%s.%s=%s\n", owner, *form,
				law_line_words(law, year, line[i]).line,
				value.filled ? money_plain(value.amount, amount) : "");
		}
	}
	return true;
}

/* The separate return of another owner than the chain's, if there is one. */
static bool other_text(const struct home *home, int year, uint32_t owner,
	struct text *text, struct pool *pool, struct fail *why)
{
	struct chain_options options = home->chain.options;
	const struct tax_return *its;
	struct chain chain;
	struct fail none;

	options.owner = owner;
	options.until = year;
	if (!chain_compute(
		    home->law, &home->facts, &home->lots, options, &chain, pool, why))
		return false;
	if (!chain_year(&chain, year, &its, &none) || chain_joint(&chain, year))
		return true;
	return return_text(home->law, year, its,
		pool_printf(pool, "%s ", owner_words(&home->facts, owner)), text, pool,
		why);
}

bool year_figures_text(const struct home *home, int year, struct text *text,
	struct pool *pool, struct fail *why)
{
	const struct owners *const owners = &home->chain.owners;
	const struct tax_return *its;

	if (!chain_year(&home->chain, year, &its, why) ||
		!return_text(home->law, year, its, "", text, pool, why))
		return false;
	for (int i = 0; i < owners->count; i++)
		if (owners->name[i] != home->chain.owner &&
			!other_text(home, year, owners->name[i], text, pool, why))
			return false;
	return true;
}

bool year_hash(const struct home *home, int year, char sha256[65], struct pool *pool,
	struct fail *why)
{
	struct text text = TEXT_EMPTY;
	const bool done = year_figures_text(home, year, &text, pool, why);

	if (done)
		hash_bytes(text.at, text.length, sha256);
	text_release(&text);
	return done;
}

/* What brokers and returns say needs nothing else to stand. */
static bool stands_alone(enum fact_kind kind)
{
	return kind == FACT_NONE || kind == FACT_SECURITY || kind == FACT_REPORTED_SALE ||
		kind == FACT_FIGURE || kind == FACT_FILED || kind == FACT_WAIVER;
}

/*
 * Rows of brokers bring their own lots; only where shares came or went by other facts can a sale
 * want what is not there. A million rows of a plain account need no replay.
 */
static bool needs_replay(struct store *store)
{
	bool there[FACT_KINDS];
	struct fail why = { 0 };

	if (!store_kinds(store, there, &why))
		return true;
	for (enum fact_kind kind = FACT_NONE; kind < FACT_KINDS; kind++)
		if (there[kind] && !stands_alone(kind))
			return true;
	return false;
}

/* Facts, lots and returns of what stands now, the open batch included. */
static bool look(struct home *now, const struct home *home, bool returns,
	struct pool *pool, struct fail *why)
{
	memset(now, 0, sizeof *now);
	return store_facts(home->store, &now->facts, why) &&
		lots_replay(&now->facts, &now->lots, pool, why) &&
		(!returns ||
			(law_builtin(&now->law, why) &&
				chain_compute(now->law, &now->facts, &now->lots,
					(struct chain_options){ 0 }, &now->chain, pool,
					why)));
}

/* The figures of every locked year; NULL for one that cannot be computed. */
static const char **locked_figures(const struct home *now, const struct year_lock *lock,
	size_t count, struct pool *pool)
{
	const char **const figures = pool_alloc(pool, count * sizeof *figures);

	for (size_t i = 0; i < count; i++) {
		struct text text = TEXT_EMPTY;
		struct fail why = { 0 };

		if (year_figures_text(now, lock[i].year, &text, pool, &why))
			figures[i] = pool_text(pool, text.at, text.length);
		text_release(&text);
	}
	return figures;
}

static bool see_locked(struct home *home, const struct call *call, struct fail *why)
{
	if (!store_locks(home->store, &home->lock, &home->locks, call->pool, why))
		return false;
	if (home->locks == 0)
		return true;
	struct home now;
	const bool seen = look(&now, home, true, call->pool, why);

	if (seen)
		home->locked_figures =
			locked_figures(&now, home->lock, home->locks, call->pool);
	home_close(&now);
	return seen;
}

enum store_access batch_access(const struct call *call)
{
	return call_has(call, "dry-run") ? STORE_TRY : STORE_WRITE;
}

bool batch_begin(struct home *home, const struct call *call, struct fail *why)
{
	if (!store_begin(home->store, call->words, why))
		return false;
	if (see_locked(home, call, why))
		return true;
	batch_rollback(home);
	return false;
}

bool batch_open(struct home *home, const struct call *call, enum home_depth depth,
	struct fail *why)
{
	if (!home_open(home, call, batch_access(call), HOME_STORE, why))
		return false;
	if (batch_begin(home, call, why)) {
		if (home_load(home, call, depth, why))
			return true;
		batch_rollback(home);
	}
	home_close(home);
	return false;
}

/* The first line that differs: "f6251.2k". */
static const char *first_change(const char *before, const char *after, struct pool *pool)
{
	size_t same = 0, line = 0;

	for (; before[same] != '\0' && before[same] == after[same]; same++)
		if (before[same] == '\n')
			line = same + 1;
	return pool_text(pool, after + line, strcspn(after + line, "=\n"));
}

static bool hold_locks(const struct home *home, const struct home *now, struct pool *pool,
	struct fail *why)
{
	const char **const after = locked_figures(now, home->lock, home->locks, pool);

	for (size_t i = 0; i < home->locks; i++) {
		const char *const before = home->locked_figures[i];
		const int year = home->lock[i].year;

		if (before == after[i] ||
			(before && after[i] && strcmp(before, after[i]) == 0))
			continue;
		fail_set(why, FAIL_LOCKED, "%d is locked, and this would change it%s%s",
			year, before && after[i] ? ": " : "",
			before && after[i] ? first_change(before, after[i], pool) : "");
		return fail_hint(
			why, "if it must change: dualbasis unlock %d --reason WHY", year);
	}
	return true;
}

static bool may_stand(struct home *home, const struct call *call, struct fail *why)
{
	if (home->locks == 0 && !needs_replay(home->store))
		return true;
	struct home now;
	const bool good = look(&now, home, home->locks > 0, call->pool, why) &&
		(home->locks == 0 || hold_locks(home, &now, call->pool, why));

	home_close(&now);
	return good || home_name_document(home->store, call->pool, why);
}

bool batch_commit(struct home *home, const struct call *call, struct fail *why)
{
	if (may_stand(home, call, why) && store_commit(home->store, why))
		return true;
	batch_rollback(home);
	return false;
}

void batch_rollback(struct home *home)
{
	store_rollback(home->store);
}

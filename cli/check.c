/* `check`: proves what can be proved about a ledger. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "forms/figure.h"
#include "ledger/record.h"

#define DEEP 1000

struct checking {
	struct call *call;
	struct home home;
	struct answer answer;
	size_t found;
	bool damaged;
};

static void say(struct checking *work, const char *name, bool good, const char *format,
	...) PRINTF_LIKE(4, 5);

static void say(
	struct checking *work, const char *name, bool good, const char *format, ...)
{
	char words[512];
	va_list values;

	va_start(values, format);
	vsnprintf(words, sizeof words, format, values);
	va_end(values);
	work->found += !good;
	if (!work->call->json) {
		printf("  %-8s %-11s %s\n", good ? "ok" : "FOUND", name, words);
		return;
	}
	json_object(&work->answer.json, NULL);
	json_text(&work->answer.json, "name", name);
	json_bool(&work->answer.json, "ok", good);
	json_text(&work->answer.json, "text", words);
	json_close(&work->answer.json);
}

static const char *s(size_t count)
{
	return count == 1 ? "" : "s";
}

/* Each fact can be true by itself, and a figure has one value. */
static void check_facts(struct checking *work)
{
	const struct facts *const facts = &work->home.facts;
	size_t bad = 0;

	for (size_t i = 0; i < facts->count; i++) {
		struct fail why;

		if (fact_check(&facts->at[i], &why))
			continue;
		bad++;
		say(work, "facts", false, "fact %lld: %s", (long long)facts->at[i].id,
			why.message);
	}
	struct fail why;

	if (!figures_agree(facts, &why)) {
		bad++;
		say(work, "facts", false, "%s", why.message);
	}
	if (bad == 0)
		say(work, "facts", true, "%zu fact%s, %zu document%s", facts->count,
			s(facts->count), work->home.household.documents,
			s(work->home.household.documents));
}

/* What was acquired is held or was sold: no share is lost or made. */
static void check_shares(struct checking *work)
{
	const struct lots *const lots = &work->home.lots;
	int64_t *const sold = must_alloc((lots->lot_count + 1) * sizeof *sold);
	size_t bad = 0;

	for (size_t i = 0; i < lots->disposition_count; i++)
		sold[lots->disposition[i].lot] += lots->disposition[i].shares.e8;
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->open.e8 + sold[i] + lot->resized.e8 == lot->shares.e8)
			continue;
		bad++;
		say(work, "lots", false,
			"lot %s: shares held and sold are not those acquired",
			lot_id(lots, lot, work->call->pool));
	}
	free(sold);
	if (bad == 0)
		say(work, "lots", true, "%zu lot%s, %zu sale%s of them; no share is lost",
			lots->lot_count, s(lots->lot_count), lots->disposition_count,
			s(lots->disposition_count));
}

static bool same_sale(const struct disposition *a, const struct disposition *b)
{
	bool same = a->lot == b->lot && a->sold.number == b->sold.number &&
		a->shares.e8 == b->shares.e8 && a->proceeds.cents == b->proceeds.cents &&
		a->compensation.cents == b->compensation.cents;

	for (enum book book = 0; book < BOOKS; book++)
		same = same && a->basis[book].cents == b->basis[book].cents &&
			disposition_gain(a, book).cents ==
				disposition_gain(b, book).cents;
	return same;
}

/* Replayed from the last fact to the first, the lots come out the same. */
static bool check_order(struct checking *work, struct fail *why)
{
	const struct facts *const facts = &work->home.facts;
	const struct lots *const lots = &work->home.lots;
	struct facts turned = *facts;
	struct lots again;
	bool same = true;

	turned.at = pool_alloc(work->call->pool, (facts->count + 1) * sizeof *turned.at);
	for (size_t i = 0; i < facts->count; i++)
		turned.at[i] = facts->at[facts->count - 1 - i];
	if (!lots_replay(&turned, &again, work->call->pool, why))
		return false;
	same = again.lot_count == lots->lot_count &&
		again.disposition_count == lots->disposition_count;
	for (size_t i = 0; same && i < lots->disposition_count; i++)
		same = same_sale(&lots->disposition[i], &again.disposition[i]);
	say(work, "order", same,
		same ? "the order of entry changes nothing"
		     : "the order of entry changes what was sold");
	return true;
}

/* Every line of every form is what its formula gives from its parts. */
static void check_lines_of(struct checking *work, int year, size_t *lines)
{
	struct law *const law = work->home.law;
	struct pool *const pool = work->call->pool;
	const struct tax_return *const figures =
		work->home.chain.year[year - work->home.chain.first];

	for (const char *const *form = law_forms(law, year, pool); *form; form++) {
		const struct line_ref *line = NULL;
		size_t count = 0;
		struct fail why;

		if (!law_form_lines(law, year, *form, &line, &count, &why)) {
			say(work, "lines", false, "%d %s: %s", year, *form, why.message);
			continue;
		}
		for (size_t i = 0; i < count; i++) {
			/* One step a line: what stands below is a line of its own. */
			const struct why *const tree =
				return_explain(figures, line[i], true, 1, pool);

			(*lines)++;
			if (!why_verify(tree, &why))
				say(work, "lines", false, "%d %s: %s", year, tree->name,
					why.message);
		}
	}
}

/* What two spouses have is what the household has, and goes over from return to return. */
static void check_owners(struct checking *work)
{
	const struct chain *const chain = &work->home.chain;
	struct fail why;

	if (chain->owners.count < 2)
		return;
	if (chain_owners_agree(chain, &why))
		say(work, "owners", true,
			"%d owners: their lots, credit and losses add up to the "
			"household's",
			chain->owners.count);
	else
		say(work, "owners", false, "%s", why.message);
}

/* Promise 5 of the credit: what comes in is used or carried, over the whole chain. */
static bool check_credit(struct checking *work, struct fail *why)
{
	struct credit_year *year = NULL;
	size_t count = 0;
	bool good = true;

	if (!chain_credit(&work->home.chain, &year, &count, work->call->pool, why))
		return false;
	for (size_t i = 1; i < count; i++) {
		const int64_t in = year[i].brought ? year[i].carried_in.cents
						   : year[i - 1].balance.cents;
		const int64_t held = in + year[i].generated.cents +
			year[i].line18_adjustment.cents - year[i].used.cents;

		if (held == year[i].balance.cents)
			continue;
		good = false;
		say(work, "credit", false, "%d: the balance is not what is left of it",
			year[i].year);
	}
	if (good)
		say(work, "credit", true,
			"the minimum tax credit adds up over %zu year%s", count,
			s(count));
	return true;
}

static bool check_returns(struct checking *work, struct fail *why)
{
	const struct chain *const chain = &work->home.chain;
	const size_t found = work->found;
	size_t lines = 0;

	if (chain->first == 0) {
		say(work, "returns", true, "no year has a filing status yet");
		return true;
	}
	for (int year = chain->first; year <= chain->last; year++)
		check_lines_of(work, year, &lines);
	if (work->found == found)
		say(work, "lines", true, "%zu lines of %d to %d computed again", lines,
			chain->first, chain->last);
	return check_credit(work, why);
}

/* What the file itself can prove, by name; all of it, not only the first that fails. */
static bool check_file(struct checking *work, struct fail *why)
{
	struct store_finding *finding = NULL;
	size_t count = 0;

	if (!store_check_all(work->home.store, &finding, &count, work->call->pool, why))
		return false;
	for (size_t i = 0; i < count; i++) {
		const bool good = finding[i].broken == NULL;

		work->damaged |= !good;
		/* On the terminal what holds is one line. */
		if (!good || work->call->json)
			say(work, "file", good, "%s%s%s", finding[i].invariant,
				good ? "" : ": ", good ? "" : finding[i].broken);
	}
	if (!work->damaged && !work->call->json)
		say(work, "file", true,
			"all %zu of its invariants hold, documents match "
			"their SHA-256",
			count);
	return true;
}

/* A locked year still has the figures it was locked with. */
static bool check_locks(struct checking *work, struct fail *why)
{
	struct year_lock *lock = NULL;
	size_t count = 0;

	if (!store_locks(work->home.store, &lock, &count, work->call->pool, why))
		return false;
	for (size_t i = 0; i < count; i++) {
		char sha256[65];

		if (!year_hash(&work->home, lock[i].year, sha256, work->call->pool, why))
			return false;
		say(work, "locks", strcmp(sha256, lock[i].hash) == 0, "%d %s",
			lock[i].year,
			strcmp(sha256, lock[i].hash) == 0
				? "has the figures it was locked with"
				: "was locked with other figures (by another version of "
				  "this program?)");
	}
	return true;
}

static bool check_all(struct checking *work, struct fail *why)
{
	if (!check_file(work, why))
		return false;
	/* What follows reads the file: of a damaged one it would tell nothing. */
	if (work->damaged)
		return fail_set(why, FAIL_BAD_INPUT, "the ledger is damaged");
	home_close(&work->home);
	if (!home_open(&work->home, work->call, STORE_READ, HOME_CHAIN, why))
		return false;
	check_facts(work);
	check_shares(work);
	check_owners(work);
	return check_order(work, why) && check_returns(work, why) &&
		check_locks(work, why);
}

static bool run(struct call *call, struct fail *why)
{
	struct checking work = { .call = call };

	if (!call_operands(call, 0, 0, why) ||
		!home_open(&work.home, call, STORE_READ, HOME_STORE, why))
		return false;
	if (call->json) {
		answer_open(&work.answer);
		json_array(&work.answer.json, "checks");
	}
	const bool done = check_all(&work, why);

	if (call->json && done) {
		json_close(&work.answer.json);
		answer_close(&work.answer);
	} else if (call->json) {
		answer_drop(&work.answer);
	}
	call->findings = work.found > 0;
	home_close(&work.home);
	return done;
}

static const char *const examples[] = { "dualbasis check", "dualbasis check --json",
	NULL };
const struct command command_check = {
	.name = "check",
	.summary = "prove that the ledger is whole and its figures add up",
	.operands = "",
	.details =
		"Checks the file and the hashes of its documents, each fact, that no "
		"share is "
		"lost, that what owners have adds up to the household's, "
		"that the order of entry does not matter, every line of every year "
		"against its formula, and that the credit adds up. Exits 1 if something "
		"was "
		"found, 5 if the file is damaged.",
	.examples = examples,
	.run = run,
};

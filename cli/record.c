/* `record`: what happened to shares, entered by hand. */
#include "ledger/record.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/batch.h"
#include "ledger/fact_words.h"

/* What stands after an option of each type. */
static const char *const placeholder[] = {
	[RECORD_TEXT] = "NAME",
	[RECORD_DAY] = "DATE",
	[RECORD_SHARES] = "SHARES",
	[RECORD_PRICE] = "DOLLARS",
	[RECORD_MONEY] = "DOLLARS",
	[RECORD_WORD] = "WORD",
	[RECORD_CHOICE] = "WORD",
	[RECORD_FLAG] = "yes",
};

/* Kinds that take shares of a lot, which can be said by its day as well. */
static bool takes_by_day(const struct record_kind *kind)
{
	static const bool takes[FACT_KINDS] = {
		[FACT_SALE] = true,
		[FACT_CASH_IN_LIEU] = true,
		[FACT_GIFT] = true,
		[FACT_TO_SPOUSE] = true,
		[FACT_TRANSFER] = true,
	};
	return takes[kind->kind];
}

static const struct option_words *options_of(
	const struct record_kind *kind, struct pool *pool)
{
	struct option_words *const options =
		pool_alloc(pool, (kind->options + 4) * sizeof *options);

	size_t count = kind->options;

	for (size_t i = 0; i < kind->options; i++) {
		const struct record_option *const option = &kind->option[i];

		options[i] = (struct option_words){ .name = option->name,
			.value = placeholder[option->type],
			.what = option->help,
			.many = option->type == RECORD_TEXT &&
				kind->kind == FACT_SECURITY,
			.required = option->required };
	}
	if (takes_by_day(kind))
		options[count++] = (struct option_words){ .name = "acquired",
			.value = "DATE",
			.what = "which lot, by the day on which it was acquired" };
	options[count++] = (struct option_words){ .name = "dry-run",
		.what = "show what it would do, and write nothing" };
	options[count] = (struct option_words){ .name = "template",
		.what = "print a file of such records to fill in, for import" };
	return options;
}

/* The kinds and options of ledger/record.h, as topics of this command. */
static const struct topic *topics(struct pool *pool)
{
	size_t count = 0;
	const struct record_kind *const kinds = record_kinds(&count);
	struct topic *const list = pool_alloc(pool, (count + 1) * sizeof *list);

	for (size_t i = 0; i < count; i++)
		list[i] = (struct topic){ .name = kinds[i].name,
			.what = kinds[i].help,
			.options = options_of(&kinds[i], pool) };
	return list;
}

struct recording {
	struct call *call;
	struct home home;
	const struct record_kind *kind;
	struct fact fact[RECORD_FACTS_MOST];
	size_t made;
};

static bool make_facts(struct recording *work, struct fail *why)
{
	const struct call *const call = work->call;
	struct record_value *const values =
		pool_alloc(call->pool, (call->givens + 1) * sizeof *values);
	size_t count = 0;

	for (size_t i = 0; i < call->givens; i++)
		if (record_option_find(work->kind, call->given[i].option->name))
			values[count++] =
				(struct record_value){ call->given[i].option->name,
					call->given[i].value };
	if (record_from_values(work->kind, values, count, day_today(),
		    work->home.facts.names, work->fact, &work->made, why))
		return true;
	why->column = 0; /* a place among options means nothing to a reader */
	if (why->hint[0] == '\0')
		fail_hint(why, "dualbasis help record %s", work->kind->name);
	return false;
}

/* Lots of which a sale could take shares, but for their day. */
static bool could_be(const struct fact *fact, const struct lot *lot)
{
	return lot->symbol == fact->symbol && lot->open.e8 > 0 && !lot->unvested &&
		(fact->account == 0 || lot->account == 0 ||
			lot->account == fact->account) &&
		(fact->owner == 0 || lot->owner == 0 || lot->owner == fact->owner);
}

/* "L12: 600 of 2022-03-01 in One" */
static void add_held(const struct recording *work, const struct lots *lots,
	const struct lot *lot, struct text *text)
{
	char shares[MONEY_TEXT], day[DAY_TEXT];

	text_addf(text, "%s%s: %s of %s", text->length > 0 ? ", " : "",
		lot_id(lots, lot, work->call->pool), shares_plain(lot->open, shares),
		day_iso(lot->acquired, day));
	if (lot->account != 0)
		text_addf(
			text, " in %s", names_text(work->home.facts.names, lot->account));
}

/* --acquired: the one lot of that day, by its id, so that what comes later changes nothing. */
static bool choose_by_day(struct recording *work, struct fail *why)
{
	struct fact *const fact = &work->fact[0];
	const char *const given =
		takes_by_day(work->kind) ? call_value(work->call, "acquired") : NULL;
	struct lots lots;
	struct day acquired;
	char day[DAY_TEXT], on[DAY_TEXT];

	if (given == NULL)
		return true;
	if (fact->lot != 0)
		return fail_set(why, FAIL_USAGE,
			"--lot and --acquired both say which lot: give one of them");
	if (!day_parse_iso(given, strlen(given), &acquired, why)) {
		why->kind = FAIL_USAGE;
		return fail_in(why, "acquired");
	}
	if (!lots_replay_until(
		    &work->home.facts, fact->day, &lots, work->call->pool, why))
		return false;
	struct text fitting = TEXT_EMPTY, others = TEXT_EMPTY;
	const struct lot *found = NULL;
	size_t count = 0;

	for (size_t i = 0; i < lots.lot_count; i++) {
		const struct lot *const lot = &lots.lot[i];

		if (!could_be(fact, lot))
			continue;
		if (lot->acquired.number != acquired.number) {
			add_held(work, &lots, lot, &others);
			continue;
		}
		add_held(work, &lots, lot, &fitting);
		found = lot;
		count++;
	}
	day_iso(acquired, day);
	day_iso(fact->day, on);
	if (count == 1) {
		const char *const id = lot_id(&lots, found, work->call->pool);

		fact->lot = names_add(work->home.facts.names, id, strlen(id));
	} else if (count > 1) {
		fail_set(why, FAIL_BAD_INPUT,
			"acquired: %zu lots of that day are held on %s: %s", count, on,
			CUT(fitting.at, 300));
		fail_hint(why, "say which one: --lot ID");
	} else {
		fail_set(why, FAIL_BAD_INPUT,
			"acquired: no lot of %s is held on %s that could be taken", day,
			on);
		fail_hint(why, "held: %s",
			CUT(others.length > 0 ? others.at : "none", 300));
	}
	text_release(&fitting);
	text_release(&others);
	return count == 1;
}

/* Replay with the new facts among the others: what cannot be true is refused before it is written. */
static bool try_out(struct recording *work, struct fail *why)
{
	struct facts *const facts = &work->home.facts;

	int64_t next;

	if (!store_next_fact(work->home.store, &next, why))
		return false;
	facts->at =
		must_grow(facts->at, facts->count + work->made + 1, sizeof *facts->at);
	for (size_t i = 0; i < work->made; i++) {
		work->fact[i].id = next + (int64_t)i;
		facts->at[facts->count++] = work->fact[i];
	}
	return lots_replay(facts, &work->home.lots, work->call->pool, why);
}

static bool write_batch(struct recording *work, struct fail *why)
{
	struct store *const store = work->home.store;

	for (size_t i = 0; i < work->made; i++)
		if (!store_append(store, &work->fact[i], work->home.facts.names, why))
			return false;
	return batch_commit(&work->home, work->call, why);
}

static bool recorded_before(const struct recording *work)
{
	const struct facts *const facts = &work->home.facts;

	for (size_t i = 0; i + work->made < facts->count; i++)
		if (fact_same(&facts->at[i], &work->fact[0]))
			return true;
	return false;
}

/* The new fact where the replay saw it. */
static const struct fact *replayed(const struct recording *work)
{
	const struct facts *const facts = &work->home.facts;

	return &facts->at[facts->count - work->made];
}

static void say_lot(const struct recording *work, const struct lot *lot)
{
	char paid[MONEY_TEXT], value[MONEY_TEXT], income[MONEY_TEXT], day[DAY_TEXT];

	printf("  lot %s: regular basis %s, AMT basis %s\n",
		lot_id(&work->home.lots, lot, work->call->pool),
		money_grouped(lot->basis[BOOK_REGULAR], paid),
		money_grouped(lot->basis[BOOK_AMT], value));
	if (lot->inclusion.cents > 0)
		printf("  AMT income of %d: %s (Form 6251 line 2i)\n",
			lot->inclusion_year, money_grouped(lot->inclusion, income));
	if (lot->compensation.cents > 0)
		printf("  compensation of %d: %s\n", day_year(lot->acquired),
			money_grouped(lot->compensation, income));
	if (day_known(lot->qualifies_on))
		printf("  a sale qualifies from %s\n", day_iso(lot->qualifies_on, day));
}

static void say_disposition(const struct recording *work, const struct disposition *part)
{
	const struct lot *const lot = &work->home.lots.lot[part->lot];
	static const char *const kinds[] = {
		[DISPOSED_PLAIN] = "",
		[DISPOSED_QUALIFYING] = ", qualifying",
		[DISPOSED_DISQUALIFYING] = ", disqualifying",
	};
	char shares[MONEY_TEXT], regular[MONEY_TEXT], amt[MONEY_TEXT], wages[MONEY_TEXT];

	printf("  %s of lot %s (%s)%s: gain %s, for the AMT %s\n",
		shares_plain(part->shares, shares),
		lot_id(&work->home.lots, lot, work->call->pool), part->why_this_lot,
		kinds[part->kind],
		money_grouped(disposition_gain(part, BOOK_REGULAR), regular),
		money_grouped(disposition_gain(part, BOOK_AMT), amt));
	if (part->compensation.cents != 0)
		printf("  compensation %s\n", money_grouped(part->compensation, wages));
}

static void answer_text(const struct recording *work)
{
	const struct lots *const lots = &work->home.lots;
	const struct fact *const fact = replayed(work);
	const bool dry = call_has(work->call, "dry-run");

	struct text words = TEXT_EMPTY;

	fact_words(fact, work->home.facts.names, &words);
	printf("%s: %s\n", dry ? "would record" : "recorded", words.at);
	for (size_t i = 0; i < lots->lot_count; i++)
		if (lots->lot[i].origin == fact)
			say_lot(work, &lots->lot[i]);
	for (size_t i = 0; i < lots->disposition_count; i++)
		if (lots->disposition[i].sale == fact)
			say_disposition(work, &lots->disposition[i]);
	for (size_t i = 0; i < lots->notice_count; i++) {
		const struct notice *const notice = &lots->notice[i];

		if (notice->fact != fact)
			continue;
		text_clear(&words);
		notice_sentence(notice, &words);
		printf("  %s: %s\n", notice_weight_name(notice_weight(notice->kind)),
			words.at);
	}
	text_release(&words);
	if (recorded_before(work))
		printf("  note: the very same was recorded before; if this is a second "
		       "copy: dualbasis undo\n");
}

static void answer_json(const struct recording *work)
{
	const struct lots *const lots = &work->home.lots;
	const struct fact *const fact = replayed(work);
	struct answer answer;

	answer_open(&answer);
	json_text(&answer.json, "kind", work->kind->name);
	json_bool(&answer.json, "dry_run", call_has(work->call, "dry-run"));
	json_bool(&answer.json, "recorded_before", recorded_before(work));
	json_array(&answer.json, "lots");
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->origin != fact)
			continue;
		json_object(&answer.json, NULL);
		json_text(&answer.json, "id",
			lot_id(&work->home.lots, lot, work->call->pool));
		json_shares(&answer.json, "shares", lot->shares);
		json_object(&answer.json, "basis");
		for (enum book book = 0; book < BOOKS; book++)
			json_money(&answer.json, book_name(book), lot->basis[book]);
		json_close(&answer.json);
		json_money(&answer.json, "amt_income", lot->inclusion);
		json_day(&answer.json, "qualifies_on", lot->qualifies_on);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	json_array(&answer.json, "dispositions");
	for (size_t i = 0; i < lots->disposition_count; i++) {
		const struct disposition *const part = &lots->disposition[i];

		if (part->sale != fact)
			continue;
		json_object(&answer.json, NULL);
		json_text(&answer.json, "lot",
			lot_id(lots, &lots->lot[part->lot], work->call->pool));
		json_shares(&answer.json, "shares", part->shares);
		json_text(&answer.json, "why", part->why_this_lot);
		json_object(&answer.json, "gain");
		for (enum book book = 0; book < BOOKS; book++)
			json_money(&answer.json, book_name(book),
				disposition_gain(part, book));
		json_close(&answer.json);
		json_money(&answer.json, "compensation", part->compensation);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static bool run(struct call *call, struct fail *why)
{
	struct recording work = { .call = call };

	assert(call->topic != NULL);
	if (!call_operands(call, 0, 0, why) ||
		!record_kind_find(call->topic->name, &work.kind, why))
		return false;
	if (call_has(call, "template")) {
		struct text page = TEXT_EMPTY;

		record_template(work.kind, &page);
		print_page(call, &page);
		text_release(&page);
		return true;
	}
	if (!batch_open(&work.home, call, HOME_FACTS, why))
		return false;
	const bool done = make_facts(&work, why) && choose_by_day(&work, why) &&
		try_out(&work, why) && write_batch(&work, why);

	if (done && call->json)
		answer_json(&work);
	else if (done)
		answer_text(&work);
	home_close(&work.home);
	return done;
}

static const char *const examples[] = {
	"dualbasis record grant --id G1 --symbol ACME --date 2019-01-02 --shares 10000 "
	"--strike 1.00",
	"dualbasis record exercise --symbol ACME --grant-date 2019-01-02 --date "
	"2022-03-01 "
	"--shares 10000 --strike 1.00 --fmv 31.00",
	"dualbasis record sale --symbol ACME --date 2024-06-03 --shares 10000 --price "
	"80.00",
	"dualbasis record security --symbol ACME --alias \"ACME ROBOTICS INC\"",
	NULL,
};
const struct command command_record = {
	.name = "record",
	.summary = "enter a grant, an exercise, a sale by hand",
	.operands = "KIND --OPTION VALUE...",
	.topics = topics,
	.details = "Enters what happened, when no file says it. Dates are written "
		   "2024-06-03, "
		   "prices are dollars a share. The answer says what follows: the lot "
		   "and its "
		   "bases, or which lots a sale took and with what gain.\n\n"
		   "What cannot be true is refused: more shares than are held, an "
		   "exercise before "
		   "its grant.",
	.examples = examples,
	.run = run,
};

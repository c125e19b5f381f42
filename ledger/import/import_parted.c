/*
 * Settles what becomes of a statement's row when another statement tells the day's sales in other
 * parts: told once where the totals agree, asked or warned about where they do not.
 */
#include <string.h>

#include "ledger/base/text.h"
#include "ledger/fact_words.h"
#include "ledger/import/import_inside.h"

/* "100 DLSW sold on 2025-03-04" */
static void add_event(
	const struct import *import, const struct telling *sum, struct text *text)
{
	const struct fact *const fact = &import->made.fact;
	char shares[MONEY_TEXT], day[DAY_TEXT];

	if (sum->shares.e8 != 0)
		text_addf(text, "%s ", shares_plain(sum->shares, shares));
	text_addf(text, "%s sold on %s",
		CUT(fact_security_text(fact, import->made.names), 60),
		day_iso(fact->day, day));
}

/* "history.csv" */
static const char *source_of(const struct import *import, const struct parting *parting)
{
	const struct document *const document =
		standing_document(import->standing, parting->first->document);

	return document != NULL ? document->name : "another statement";
}

static const char *rows(size_t count)
{
	return count == 1 ? "row" : "rows";
}

/* What the telling that does not stand knew of wash sales and wages, and the other does not. */
static void add_lost(
	const struct telling *stands, const struct telling *gives, struct text *text)
{
	const struct {
		const char *what;
		struct money stands, gives;
	} amounts[] = {
		{ "a wash sale loss", stands->wash, gives->wash },
		{ "wages", stands->income, gives->income },
	};
	char amount[MONEY_TEXT];

	for (size_t i = 0; i < COUNT(amounts); i++)
		if (amounts[i].stands.cents == 0 && amounts[i].gives.cents != 0)
			text_addf(text,
				"; the other tells %s of %s besides, which is not kept",
				amounts[i].what, money_plain(amounts[i].gives, amount));
}

static void say(struct import *import, const struct text *text)
{
	notes_parted(&import->tally, pool_text(import->pool, text->at, text->length));
}

static void say_same(struct import *import, const struct parting *parting)
{
	const struct telling *const ours = &parting->ours,
				    *const theirs = &parting->theirs;
	struct text text = TEXT_EMPTY;
	char proceeds[MONEY_TEXT];

	if (!standing_say_once(import->standing, &import->made))
		return;
	add_event(import, ours, &text);
	text_addf(&text,
		" for %s: told in %zu %s here, in %zu %s of %s; counted once, as "
		"%s",
		money_plain(ours->proceeds, proceeds), ours->rows, rows(ours->rows),
		theirs->rows, rows(theirs->rows), CUT(source_of(import, parting), 60),
		parting->ours_stand ? "this file has it" : "that file has it");
	if (parting->ours_stand)
		add_lost(ours, theirs, &text);
	else
		add_lost(theirs, ours, &text);
	say(import, &text);
	text_release(&text);
}

/* "100 DLSW sold on 2025-03-04 for 10000.00 here (2 rows), 100 for 9990.00 in h.csv (1 row)" */
static void add_both(
	const struct import *import, const struct parting *parting, struct text *text)
{
	const struct telling *const ours = &parting->ours,
				    *const theirs = &parting->theirs;
	char money[MONEY_TEXT], shares[MONEY_TEXT];

	add_event(import, ours, text);
	text_addf(text, " for %s here (%zu %s), ", money_plain(ours->proceeds, money),
		ours->rows, rows(ours->rows));
	text_addf(text, "%s for %s in %s (%zu %s)", shares_plain(theirs->shares, shares),
		money_plain(theirs->proceeds, money), CUT(source_of(import, parting), 60),
		theirs->rows, rows(theirs->rows));
}

static bool refuse(struct import *import, const struct row *row, enum parted parted,
	const struct parting *parting, struct fail *why)
{
	char ours[MONEY_TEXT], theirs[MONEY_TEXT];
	struct text text = TEXT_EMPTY;

	if (parted == PARTED_BASIS) {
		add_event(import, &parting->ours, &text);
		fail_at(why, FAIL_BAD_INPUT, row->line, 0,
			"the ledger has this sale in other parts and with another "
			"basis: %s, basis %s here, %s in %s",
			text.at, money_plain(parting->ours.basis, ours),
			money_plain(parting->theirs.basis, theirs),
			CUT(source_of(import, parting), 60));
		fail_hint(why,
			"--replace REASON if this file has the right one, --account "
			"NAME if it is another account's sale; else leave the file out");
	} else {
		add_both(import, parting, &text);
		fail_at(why, FAIL_BAD_INPUT, row->line, 0,
			"the ledger may have this sale with other totals: %s", text.at);
		fail_hint(why,
			"--replace REASON if this file has it right, --account NAME if "
			"it is another account's, --waive REASON to count both");
	}
	text_release(&text);
	return false;
}

/* The file's rows stand: all that the other statements tell of the day gives way. */
static bool take_place(struct import *import, const struct parting *parting,
	const char *reason, enum import_fate *fate, struct fail *why)
{
	struct entry *entry;

	*fate = IMPORT_CHANGED;
	while ((entry = standing_peer_open(import->standing, &import->made, parting)) !=
		NULL)
		if (!import_supersede(import, entry, reason, why))
			return false;
	return import_append(import, why);
}

/* Both count: with a reason, which the packet prints. */
static bool count_both(
	struct import *import, const struct parting *parting, struct fail *why)
{
	struct made *const made = &import->made;
	const char *const reason = import->options->waive;
	const struct fact sale = made->fact;
	struct text text = TEXT_EMPTY;

	if (!standing_say_once(import->standing, made))
		return import_append(import, why);
	add_both(import, parting, &text);
	made->fact = FACT_EMPTY;
	made->fact.kind = FACT_WAIVER;
	made->fact.year = day_year(sale.day);
	made->fact.source.row = sale.source.row;
	made->fact.name = names_add(made->names, text.at, text.length);
	made->fact.text = names_add(made->names, reason, strlen(reason));
	text_addf(&text, ": both count (waived: %s)", reason);
	say(import, &text);
	text_release(&text);
	const bool done = import_append(import, why);

	made->fact = sale;
	return done && import_append(import, why);
}

/* Other sales, as it seems: two exports of one kind, and nothing in them is equal. */
static bool warn(struct import *import, const struct parting *parting, struct fail *why)
{
	struct text text = TEXT_EMPTY;

	if (standing_say_once(import->standing, &import->made)) {
		add_both(import, parting, &text);
		text_add(&text,
			": counted as other sales; if they are not, take this import "
			"back (dualbasis undo) and import the file that has it right");
		say(import, &text);
		text_release(&text);
	}
	return import_append(import, why);
}

static bool settle_other(struct import *import, const struct row *row,
	const struct parting *parting, enum import_fate *fate, struct fail *why)
{
	const struct import_options *const options = import->options;

	if (options->replace != NULL)
		return take_place(import, parting, options->replace, fate, why);
	if (options->waive != NULL)
		return count_both(import, parting, why);
	if (parting->first->other_format ||
		tellings_same_shares(&parting->ours, &parting->theirs) ||
		tellings_same_proceeds(&parting->ours, &parting->theirs))
		return refuse(import, row, PARTED_OTHER, parting, why);
	return warn(import, parting, why);
}

static bool settle_same(struct import *import, struct parting *parting,
	enum import_fate *fate, bool *settled, struct fail *why)
{
	struct entry *const theirs =
		standing_peer(import->standing, &import->made, parting);

	if (theirs == NULL && !parting->ours_stand) {
		*settled = false;
		return true;
	}
	say_same(import, parting);
	if (parting->ours_stand)
		return take_place(import, parting,
			"another statement tells it in finer parts", fate, why);
	*fate = IMPORT_SAME;
	return import_echo(import, theirs->fact, why);
}

bool import_settle_parted(struct import *import, const struct row *row,
	enum import_fate *fate, bool *settled, struct fail *why)
{
	const char *const reason = import->options->replace;
	struct parting parting;
	const enum parted parted =
		standing_parted(import->standing, &import->made, &parting);

	*settled = parted != PARTED_NOT;
	switch (parted) {
	case PARTED_NOT:
		break;
	case PARTED_SAME:
		return settle_same(import, &parting, fate, settled, why);
	case PARTED_BASIS:
		return reason != NULL ? take_place(import, &parting, reason, fate, why)
				      : refuse(import, row, parted, &parting, why);
	case PARTED_OTHER:
		return settle_other(import, row, &parting, fate, why);
	}
	return true;
}

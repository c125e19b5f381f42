/* Who files what: statuses of the facts, separate returns and joint ones. */
#include <string.h>

#include "forms/linking.h"

static bool in_fact(const struct linking *link, const struct fact *fact, struct fail *why)
{
	return fail_in(why, "%d: fact %lld (%s)", fact->year, (long long)fact->id,
		names_text(link->facts->names, fact->name));
}

static struct filing *filing_new(
	const struct linking *link, int year, enum filing_status status, bool joint)
{
	struct filing *const filing = pool_alloc(link->pool, sizeof *filing);

	filing->year = year;
	filing->status = status;
	filing->joint = joint;
	return filing;
}

static bool status_twice(const struct linking *link, const struct fact *fact,
	const struct filing *there, enum filing_status status, struct fail *why)
{
	if (there == NULL || there->status == status)
		return true;
	fail_set(why, FAIL_BAD_INPUT,
		"the filing status stands as %s too: with an owner and without",
		status_name(there->status));
	fail_hint(why, "void one of them: dualbasis log, dualbasis undo BATCH");
	return in_fact(link, fact, why);
}

static bool status_take(struct linking *link, const struct fact *fact, struct fail *why)
{
	const int at = fact->year - LAW_FIRST_YEAR;
	const int person =
		fact->owner == 0 ? 0 : owners_index(&link->owners, fact->owner);
	enum filing_status status;

	if (at < 0 || at >= YEARS) {
		fail_set(why, FAIL_NOT_MODELLED, "there are forms for %d to %d only",
			LAW_FIRST_YEAR, LAW_LAST_YEAR);
		return in_fact(link, fact, why);
	}
	if (!status_find(names_text(link->facts->names, fact->text), &status)) {
		fail_set(why, FAIL_BAD_INPUT, "\"%s\" is no filing status",
			CUT(names_text(link->facts->names, fact->text), 60));
		return in_fact(link, fact, why);
	}
	if (status == STATUS_MFJ && fact->owner != 0) {
		fail_set(why, FAIL_BAD_INPUT, "a joint return is no one spouse's");
		fail_hint(why, "enter it without an owner: dualbasis fact %d status=mfj",
			fact->year);
		return in_fact(link, fact, why);
	}
	struct filing **const there =
		status == STATUS_MFJ ? &link->joint[at] : &link->own[at][person];

	if (!status_twice(link, fact, *there, status, why))
		return false;
	if (*there == NULL)
		*there = filing_new(link, fact->year, status, status == STATUS_MFJ);
	if (status != STATUS_MFJ)
		(*there)->members = (members)1 << person;
	return true;
}

static bool is_status(const struct linking *link, const struct fact *fact)
{
	return fact->kind == FACT_FIGURE &&
		strcmp(names_text(link->facts->names, fact->name), "status") == 0;
}

/* A death is known by shares that passed on it, or by `died=yes`. */
static void deaths_find(struct linking *link)
{
	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];
		const bool said = fact->kind == FACT_FIGURE &&
			strcmp(names_text(link->facts->names, fact->name), "died") == 0 &&
			strcmp(names_text(link->facts->names, fact->text), "yes") == 0;
		const int person = owners_index(&link->owners, fact->owner);

		if (person < 0 || (fact->kind != FACT_DEATH && !said))
			continue;
		if (fact->kind == FACT_DEATH && fact->owner == 0)
			continue;
		link->died[person] = said ? fact->year : day_year(fact->day);
	}
}

static bool alive(const struct linking *link, int person, int year)
{
	return link->died[person] == 0 || year <= link->died[person];
}

/* Whoever has no return of his own is on the joint one. */
static bool joint_fill(struct linking *link, int at, struct fail *why)
{
	struct filing *const joint = link->joint[at];
	const struct filing *apart = NULL;

	if (joint == NULL)
		return true;
	for (int i = 0; i < link->owners.count; i++)
		if (link->own[at][i] != NULL)
			apart = link->own[at][i];
		else if (alive(link, i, joint->year))
			joint->members |= (members)1 << i;
	if (apart != NULL && link->owners.count <= 2 &&
		(apart->status == STATUS_MFS || link->owners.count == 1)) {
		fail_set(why, FAIL_BAD_INPUT,
			"%d is filed jointly and as %s: a year is one or the other",
			joint->year, status_name(apart->status));
		return fail_hint(why, "void one of the two: dualbasis log");
	}
	return true;
}

static bool files_dead(const struct linking *link, int person, int year, struct fail *why)
{
	fail_set(why, FAIL_BAD_INPUT, "%d has a filing status of %s, who died in %d",
		year, CUT(owner_words(link->facts, link->owners.name[person]), 60),
		link->died[person]);
	return fail_hint(why,
		"figures without an owner are the main person's: undo that entry "
		"(\"log\" "
		"has its batch), then dualbasis fact %d --owner NAME status=...",
		year);
}

bool filings_find(struct linking *link, struct fail *why)
{
	deaths_find(link);
	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];

		if (!is_status(link, fact) ||
			(link->options.until != 0 && fact->year > link->options.until))
			continue;
		if (!status_take(link, fact, why))
			return false;
	}
	for (int at = 0; at < YEARS; at++)
		if (!joint_fill(link, at, why))
			return false;
	for (int at = 0; at < YEARS; at++)
		for (int i = 0; i < link->owners.count; i++)
			if (link->own[at][i] != NULL &&
				!alive(link, i, LAW_FIRST_YEAR + at))
				return files_dead(link, i, LAW_FIRST_YEAR + at, why);
	return true;
}

struct filing *filing_of(const struct linking *link, int person, int year)
{
	const int at = year - LAW_FIRST_YEAR;

	if (at < 0 || at >= YEARS)
		return NULL;
	if (link->own[at][person] != NULL)
		return link->own[at][person];
	struct filing *const joint = link->joint[at];

	return joint != NULL && (joint->members >> person & 1) ? joint : NULL;
}

bool filing_is_everybodys(const struct linking *link, const struct filing *filing)
{
	if (link->owners.count == 1)
		return true;
	for (int i = 0; i < link->owners.count; i++)
		if (link->own[filing->year - LAW_FIRST_YEAR][i] != NULL)
			return false;
	return filing->joint;
}

const char *members_words(const struct linking *link, members of)
{
	struct text text = TEXT_EMPTY;

	for (int i = 0; i < link->owners.count; i++)
		if (of >> i & 1)
			text_addf(&text, "%s%s", text.length > 0 ? " and " : "",
				owner_words(link->facts, link->owners.name[i]));
	const char *const kept = pool_text(link->pool, text.at, text.length);

	text_release(&text);
	return kept;
}

struct whose whose_facts(const struct linking *link, const struct filing *filing)
{
	(void)link;
	return (struct whose){ filing->members, filing->joint || (filing->members & 1) };
}

/* What people bring into a return from others than its own year before. */
#include <assert.h>
#include <string.h>

#include "forms/linking.h"

static const struct carry_words table[CARRIES] = {
	[CARRY_NEW_CREDIT] = { "f8801.18", NULL, 1, "minimum tax credit of the year" },
	[CARRY_CREDIT] = { "f8801.19", "credit_carryforward", 1,
		"minimum tax credit carried forward" },
	[CARRY_SHORT] = { "schedule_d.6", "short_term_carryover", -1,
		"short-term loss carried over" },
	[CARRY_LONG] = { "schedule_d.14", "long_term_carryover", -1,
		"long-term loss carried over" },
	[CARRY_AMT_SHORT] = { "schedule_d@amt.6", "amt_short_term_carryover", -1,
		"short-term loss carried over for the AMT" },
	[CARRY_AMT_LONG] = { "schedule_d@amt.14", "amt_long_term_carryover", -1,
		"long-term loss carried over for the AMT" },
};

const struct carry_words *carry_words(enum carry carry)
{
	return &table[carry];
}

const char *carry_what(enum carry carry)
{
	return table[carry].what;
}

bool is_opening(const char *figure)
{
	for (enum carry carry = 0; carry < CARRIES; carry++)
		if (table[carry].figure != NULL &&
			strcmp(table[carry].figure, figure) == 0)
			return true;
	return strncmp(figure, "prior_", strlen("prior_")) == 0;
}

/* Figures of a year that lines 1 to 18 of its Form 8801 read besides last year's return. */
static bool is_of_line_18(const char *figure)
{
	return strcmp(figure, "exclusion_foreign_tax_credit") == 0 ||
		strcmp(figure, "credit_operating_loss") == 0 ||
		strcmp(figure, "f8801_line28") == 0;
}

struct money carry_of_return(const struct tax_return *its, enum carry carry)
{
	struct value value;
	struct fail none;
	const bool found = return_find(its, table[carry].line, &value, &none);

	assert(found);
	value.amount.cents *= table[carry].sign;
	return value.filled ? value.amount : (struct money){ 0 };
}

bool carry_opening(const struct linking *link, int year, enum filing_status status,
	struct whose whose, struct money opening[CARRIES], struct fail *why)
{
	struct return_input *const in = input_new(link, year, status, 0);
	const struct reading reading = {
		.whose = whose, .year = year, .only = is_opening
	};
	struct tax_return *its;

	if (!figures_read(link, reading, in, why) ||
		!return_evaluate(link->law, in, NULL, &its, link->pool, why))
		return false;
	for (enum carry carry = 0; carry < CARRIES; carry++)
		opening[carry] = carry_of_return(its, carry);
	return true;
}

/* Next year's return of the same people, in which nothing else happens. */
bool carry_out(const struct linking *link, struct filing *filing, struct fail *why)
{
	if (filing->out != NULL)
		return true;
	if (filing->year >= LAW_LAST_YEAR)
		return fail_set(why, FAIL_NOT_MODELLED,
			"there are no forms after %d that %d could carry to",
			LAW_LAST_YEAR, filing->year);
	struct return_input *const in =
		input_new(link, filing->year + 1, filing->status, 0);
	const struct reading reading = { whose_facts(link, filing), filing->year + 1,
		.only = is_of_line_18 };
	struct tax_return *next;

	if (!figures_read(link, reading, in, why) ||
		!return_evaluate(link->law, in, filing->its, &next, link->pool, why))
		return fail_in(why, "%d", filing->year + 1);
	filing->out = pool_alloc(link->pool, sizeof *filing->out);
	for (enum carry carry = 0; carry < CARRIES; carry++)
		filing->out->total[carry] = carry_of_return(next, carry);
	return true;
}

/* ---- who filed before -------------------------------------------------------------------- */

static bool files_before(const struct linking *link, int person, int year)
{
	for (int before = LAW_FIRST_YEAR; before < year; before++)
		if (filing_of(link, person, before) != NULL)
			return true;
	return false;
}

/* Last year's return of a person, computed; NULL when this is the first. */
static bool came_from(struct linking *link, int person, int year, struct filing **from,
	struct fail *why)
{
	const char *const owner = owner_words(link->facts, link->owners.name[person]);

	*from = filing_of(link, person, year - 1);
	if (*from != NULL)
		return filing_compute(link, *from, why);
	if (!files_before(link, person, year - 1))
		return true;
	fail_set(why, FAIL_MISSING_FACTS,
		"%d has no filing status of %s, but years before and after it have: "
		"credit "
		"and carryovers cannot pass through it",
		year - 1, owner);
	return link->owners.name[person] == 0
		? fail_hint(why, "dualbasis fact %d status=... wages=...", year - 1)
		: fail_hint(why, "dualbasis fact %d --owner %s status=... wages=...",
			  year - 1, owner);
}

/* The user has entered the lines, and says so. */
static bool is_settled(const struct linking *link, const struct filing *filing)
{
	const struct whose whose = whose_facts(link, filing);

	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];
		const int person = owners_index(&link->owners, fact->owner);
		const bool meant = fact->owner == 0
			? whose.unnamed
			: person >= 0 && (whose.of >> person & 1);

		if (fact->kind == FACT_FIGURE && fact->year == filing->year && meant &&
			strcmp(names_text(link->facts->names, fact->name),
				"joint_split_settled") == 0 &&
			strcmp(names_text(link->facts->names, fact->text), "no") != 0)
			return true;
	}
	return false;
}

/* ---- what figures state ------------------------------------------------------------------ */

static bool is_named(
	const struct linking *link, const struct fact *fact, enum carry carry, bool line)
{
	const char *const name = names_text(link->facts->names, fact->name);

	if (line)
		return strcmp(name, table[carry].line) == 0;
	return table[carry].figure != NULL && strcmp(name, table[carry].figure) == 0;
}

const struct fact *carry_stated(const struct linking *link, const struct filing *from,
	int person, enum carry carry)
{
	const int year = from->year + 1;
	const struct filing *const now = filing_of(link, person, year);
	const bool unnamed = person == 0 && (now == NULL || !now->joint);

	for (int line = 1; line >= 0; line--)
		for (size_t i = link->facts->count; i-- > 0;) {
			const struct fact *const fact = &link->facts->at[i];

			if (fact->kind != FACT_FIGURE || fact->year != year ||
				!is_named(link, fact, carry, line))
				continue;
			if (fact->owner == link->owners.name[person] ||
				(fact->owner == 0 && unnamed))
				return fact;
		}
	return NULL;
}

static struct money stated_amount(
	const struct linking *link, const struct fact *fact, enum carry carry)
{
	struct money amount = fact->amount;

	if (is_named(link, fact, carry, true))
		amount.cents *= table[carry].sign;
	return amount;
}

/* What to type for a carry of a person. */
static const char *command_of(
	const struct linking *link, int year, int person, enum carry carry)
{
	const char *const figure =
		table[carry].figure != NULL ? table[carry].figure : table[carry].line;

	if (link->owners.name[person] == 0)
		return pool_printf(
			link->pool, "dualbasis fact %d %s=AMOUNT", year, figure);
	return pool_printf(link->pool, "dualbasis fact %d --owner %s %s=AMOUNT", year,
		owner_words(link->facts, link->owners.name[person]), figure);
}

static bool nothing_tells(const struct linking *link, const struct filing *from,
	int person, enum carry carry, struct fail *why)
{
	const struct carried *const out = from->out;
	struct text parts = TEXT_EMPTY;
	char amount[MONEY_TEXT];

	for (int i = 0; i < link->owners.count; i++)
		if (out->of[carry][i].cents != 0)
			text_addf(&parts, "%s%s %s", parts.length > 0 ? ", " : "",
				owner_words(link->facts, link->owners.name[i]),
				money_grouped(out->of[carry][i], amount));
	fail_set(why, FAIL_MISSING_FACTS,
		"%d: nothing tells whose the %s is, %s of the joint return of %d: %s",
		from->year + 1, table[carry].what,
		money_grouped(out->total[carry], amount), from->year, out->open[carry]);
	fail_hint(why, "state it, with what it rests on: %s%s%s%s",
		command_of(link, from->year + 1, person, carry),
		parts.length > 0 ? " (in proportion to each one's own items: " : "",
		parts.length > 0 ? parts.at : "", parts.length > 0 ? ")" : "");
	text_release(&parts);
	return false;
}

/* Parts that are stated: no more than there is, and all of it when each one's is stated. */
static bool stated_fits(const struct linking *link, const struct filing *from,
	enum carry carry, struct money sum, bool all, struct fail *why)
{
	const struct money total = from->out->total[carry];
	const bool too_much = total.cents < 0 ? sum.cents < total.cents || sum.cents > 0
					      : sum.cents > total.cents || sum.cents < 0;
	char said[MONEY_TEXT], there[MONEY_TEXT];

	(void)link;
	if (!too_much && (!all || sum.cents == total.cents))
		return true;
	fail_set(why, FAIL_BAD_INPUT,
		"%d: the %s stated by owner comes to %s, and the joint return of %d "
		"carries "
		"%s",
		from->year + 1, table[carry].what, money_grouped(sum, said), from->year,
		money_grouped(total, there));
	return fail_hint(why,
		"the owners' parts make up the whole: correct one with --replace REASON");
}

/* A person's part of what a joint return carried, as stated, left over, or told by the lots. */
static bool part_of(const struct linking *link, const struct filing *from, int person,
	enum carry carry, struct money *part, const char **how, struct fail *why)
{
	const struct money total = from->out->total[carry];
	const struct fact *own = NULL;
	struct money sum = { 0 };
	int stated = 0, unstated = 0;

	for (int i = 0; i < link->owners.count; i++) {
		if (!(from->members >> i & 1))
			continue;
		const struct fact *const fact = carry_stated(link, from, i, carry);

		unstated += fact == NULL;
		stated += fact != NULL;
		if (fact != NULL)
			sum = money_plus(sum, stated_amount(link, fact, carry));
		if (i == person)
			own = fact;
	}
	const bool alone = (from->members & (from->members - 1)) == 0;

	if (stated > 0 &&
		!stated_fits(link, from, carry, sum, unstated == 0 && !alone, why))
		return false;
	*part = from->out->of[carry][person];
	*how = from->out->how[carry];
	if (own != NULL) {
		*part = stated_amount(link, own, carry);
		*how = pool_printf(
			link->pool, "as stated (fact %lld)", (long long)own->id);
	} else if (stated > 0 && unstated == 1) {
		*part = money_less(total, sum);
		*how = "what the others' stated parts leave";
	} else if (total.cents != 0 && from->out->open[carry] != NULL) {
		return nothing_tells(link, from, person, carry, why);
	}
	return true;
}

/* ---- coming in --------------------------------------------------------------------------- */

static const char *amount_words(const struct linking *link, struct money amount)
{
	char words[MONEY_TEXT];

	return pool_printf(link->pool, "%s", money_grouped(amount, words));
}

/* "; bea died in 2023, and the rest ends with that return (R-078)" */
static const char *ended(const struct linking *link, const struct filing *from)
{
	for (int i = 0; i < link->owners.count; i++)
		if ((from->members >> i & 1) && link->died[i] != 0 &&
			link->died[i] <= from->year)
			return pool_printf(link->pool,
				"; %s died in %d, and that part ends with the return "
				"(R-078)",
				owner_words(link->facts, link->owners.name[i]),
				link->died[i]);
	return "";
}

/* Out of a joint return: a part of it. */
static bool comes_apart(struct linking *link, struct filing *from, int person,
	struct money part[CARRIES], const char *how[CARRIES], struct fail *why)
{
	if (!carry_share(link, from, why))
		return false;
	for (enum carry carry = 0; carry < CARRIES; carry++) {
		const char *by = NULL;

		if (!part_of(link, from, person, carry, &part[carry], &by, why))
			return false;
		how[carry] = pool_printf(link->pool,
			"%s's part of %s that the joint return of %d carries%s%s%s",
			owner_words(link->facts, link->owners.name[person]),
			amount_words(link, from->out->total[carry]), from->year,
			by != NULL ? ": " : "", by != NULL ? by : "", ended(link, from));
	}
	return true;
}

static bool opening_again(const struct linking *link, const struct filing *filing,
	int person, struct fail *why)
{
	const uint32_t owner = link->owners.name[person];

	for (size_t i = 0; i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];

		if (fact->kind != FACT_FIGURE || fact->year != filing->year ||
			fact->owner != owner ||
			!is_opening(names_text(link->facts->names, fact->name)))
			continue;
		fail_set(why, FAIL_NOT_MODELLED,
			"%d: fact %lld (%s): an opening balance in a year that follows "
			"another one",
			filing->year, (long long)fact->id,
			names_text(link->facts->names, fact->name));
		return fail_hint(why,
			"opening balances belong to an owner's first year; void it, or "
			"correct the year before");
	}
	return true;
}

/* From a return of one's own, or from balances that were entered. */
static bool comes_whole(struct linking *link, const struct filing *filing,
	struct filing *from, int person, struct money part[CARRIES],
	const char *how[CARRIES], struct fail *why)
{
	const char *const owner = owner_words(link->facts, link->owners.name[person]);
	const struct whose whose = { (members)1 << person,
		link->owners.name[person] == 0 };

	if (from == NULL &&
		!carry_opening(link, filing->year, filing->status, whose, part, why))
		return false;
	if (from != NULL &&
		(!opening_again(link, filing, person, why) ||
			!carry_out(link, from, why)))
		return false;
	for (enum carry carry = 0; carry < CARRIES; carry++) {
		if (from != NULL)
			part[carry] = from->out->total[carry];
		how[carry] = from != NULL
			? pool_printf(link->pool, "%s of %s's return of %d",
				  amount_words(link, part[carry]), owner, from->year)
			: pool_printf(link->pool, "%s that %s enters with",
				  amount_words(link, part[carry]), owner);
	}
	return true;
}

static bool comes_in(struct linking *link, struct filing *filing, struct filing *from,
	int person, struct fail *why)
{
	struct carried *const in = filing->in;
	struct money part[CARRIES] = { { 0 } };
	const char *how[CARRIES] = { NULL };
	const bool whole = from == NULL ||
		(!from->joint && (from->members & (from->members - 1)) == 0);

	if (whole ? !comes_whole(link, filing, from, person, part, how, why)
		  : !comes_apart(link, from, person, part, how, why))
		return false;
	for (enum carry carry = 0; carry < CARRIES; carry++) {
		in->of[carry][person] = part[carry];
		in->total[carry] = money_plus(in->total[carry], part[carry]);
		in->how[carry] = in->how[carry] == NULL
			? how[carry]
			: pool_printf(link->pool, "%s; %s", in->how[carry], how[carry]);
	}
	return true;
}

/* Balances of a joint return that nobody's name is on, where people come from several. */
static bool no_unnamed_opening(
	const struct linking *link, const struct filing *filing, struct fail *why)
{
	for (size_t i = 0; filing->joint && i < link->facts->count; i++) {
		const struct fact *const fact = &link->facts->at[i];
		const char *const name = names_text(link->facts->names, fact->name);

		if (fact->kind != FACT_FIGURE || fact->year != filing->year ||
			fact->owner != 0 || !is_opening(name))
			continue;
		if (link->owners.name[0] == 0)
			continue;
		fail_set(why, FAIL_MISSING_FACTS,
			"%d: fact %lld (%s): whose is it? %s did not file together in %d",
			filing->year, (long long)fact->id, name,
			members_words(link, filing->members), filing->year - 1);
		return fail_hint(why,
			"enter it with --owner for who had no return before, or void it");
	}
	return true;
}

bool carry_in(struct linking *link, struct filing *filing,
	const struct tax_return **prior, struct fail *why)
{
	struct filing *from[OWNERS_MOST] = { NULL }, *first = NULL;
	bool same = true, any = false;

	for (int i = 0; i < link->owners.count; i++) {
		if (!(filing->members >> i & 1))
			continue;
		if (!came_from(link, i, filing->year, &from[i], why))
			return false;
		same = same && (!any || from[i] == first);
		first = any ? first : from[i];
		any = true;
	}
	*prior = same && first != NULL ? first->its : NULL;
	const bool plain = same &&
		(first == NULL ||
			(first->members == filing->members &&
				(filing->joint || !first->joint)));

	if (plain || (same && !filing->joint && is_settled(link, filing)))
		return true;
	filing->in = pool_alloc(link->pool, sizeof *filing->in);
	if (!same && !no_unnamed_opening(link, filing, why))
		return false;
	for (int i = 0; i < link->owners.count; i++)
		if ((filing->members >> i & 1) &&
			!comes_in(link, filing, from[i], i, why))
			return false;
	return true;
}

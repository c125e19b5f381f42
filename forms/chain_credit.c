/* The credit log of a chain, and what its returns say by owner. */
#include <assert.h>
#include <string.h>

#include "forms/linking.h"
#include "ledger/lots_view.h"

static const struct filing *filing_at(const struct chain *chain, int year)
{
	const int person = owners_index(&chain->owners, chain->owner);

	return person < 0 ? NULL : filing_of(chain->linking, person, year);
}

bool chain_joint(const struct chain *chain, int year)
{
	const struct filing *const filing = filing_at(chain, year);

	return filing != NULL && filing->joint;
}

const char *chain_whose(const struct chain *chain, int year)
{
	const struct filing *const filing = filing_at(chain, year);

	if (filing == NULL || (chain->owners.count == 1 && chain->owners.name[0] == 0))
		return NULL;
	return members_words(chain->linking, filing->members);
}

/* Are an owner's shares on the year's return? */
static bool is_shown(const struct chain *chain, int year, uint32_t owner)
{
	const struct filing *const filing = filing_at(chain, year);
	const int person = owners_index(&chain->owners, owner);

	return filing == NULL || filing_is_everybodys(chain->linking, filing) ||
		(person >= 0 && (filing->members >> person & 1));
}

enum filing_status chain_status(const struct chain *chain, int year)
{
	const struct filing *const filing = filing_at(chain, year);

	return filing == NULL ? STATUS_SINGLE : filing->status;
}

const struct lots *chain_show(
	const struct chain *chain, int year, const struct lots *lots, struct pool *pool)
{
	const struct filing *const filing = filing_at(chain, year);
	uint32_t owner[OWNERS_MOST];
	size_t count = 0;

	if (lots == NULL || filing == NULL ||
		filing_is_everybodys(chain->linking, filing))
		return lots;
	for (int i = 0; i < chain->owners.count; i++)
		if (filing->members >> i & 1)
			owner[count++] = chain->owners.name[i];
	struct lots *const view = pool_alloc(pool, sizeof *view);

	lots_of_owners(lots, owner, count, view, pool);
	return view;
}

const struct lots *chain_lots(const struct chain *chain, int year)
{
	return chain_show(chain, year, chain->lots, chain->linking->pool);
}

bool chain_brought(
	const struct chain *chain, int year, enum carry carry, struct money *total)
{
	const struct filing *const filing = filing_at(chain, year);

	if (filing == NULL || filing->in == NULL)
		return false;
	*total = filing->in->total[carry];
	return true;
}

bool chain_reads(const struct chain *chain, const struct fact *fact)
{
	const struct filing *const filing = filing_at(chain, fact->year);
	const int person = owners_index(&chain->owners, fact->owner);

	if (filing == NULL)
		return false;
	if (fact->owner == 0)
		return whose_facts(chain->linking, filing).unnamed;
	return person >= 0 && (filing->members >> person & 1);
}

/* Did somebody else file it, alone? */
static bool is_others(const struct chain *chain, const struct fact *fact)
{
	const uint32_t owner = fact->owner != 0 ? fact->owner : chain->owners.name[0];

	return fact->kind == FACT_FILED && owner != chain->owner &&
		!chain_joint(chain, fact->year);
}

const struct facts *chain_facts(const struct chain *chain, struct pool *pool)
{
	const struct facts *const all = chain->linking->facts;

	if (chain->owners.count == 1)
		return all;
	struct facts *const facts = pool_copy(pool, all, sizeof *all);

	facts->at = pool_alloc(pool, (all->count + 1) * sizeof *facts->at);
	facts->count = 0;
	for (size_t i = 0; i < all->count; i++)
		if (!is_others(chain, &all->at[i]))
			facts->at[facts->count++] = all->at[i];
	return facts;
}

bool chain_shares(const struct chain *chain, int year, struct carry_shares *shares,
	struct fail *why)
{
	const int person = owners_index(&chain->owners, chain->owner);
	struct filing *const filing = filing_of(chain->linking, person, year);

	*shares = (struct carry_shares){ .year = year };
	if (filing == NULL)
		return fail_set(why, FAIL_MISSING_FACTS, "%d has no filing status", year);
	if (!carry_share(chain->linking, filing, why))
		return false;
	memcpy(shares->total, filing->out->total, sizeof shares->total);
	memcpy(shares->of, filing->out->of, sizeof shares->of);
	memcpy(shares->open, filing->out->open, sizeof shares->open);
	memcpy(shares->how, filing->out->how, sizeof shares->how);
	return true;
}

/* ---- what must hold between owners --------------------------------------------------------- */

static bool figures_add_up(const struct chain *chain, int year, struct fail *why)
{
	struct linking *const link = chain->linking;
	struct year_figures whole, part;
	struct money sum[BOOKS][LEDGER_FIGURE_COUNT] = { { { 0 } } };

	if (chain->lots == NULL)
		return true;
	year_figures(chain->lots, year, &whole, link->pool);
	for (int i = -1; i < chain->owners.count; i++) {
		const uint32_t owner = i < 0 ? 0 : chain->owners.name[i];

		if (i >= 0 && owner == 0)
			continue;
		year_figures_of_owner(chain->lots, year, owner, &part, link->pool);
		for (int book = 0; book < BOOKS; book++)
			for (int k = 0; k < LEDGER_FIGURE_COUNT; k++)
				sum[book][k] =
					money_plus(sum[book][k], part.value[book][k]);
	}
	for (int book = 0; book < BOOKS; book++)
		for (int k = 0; k < LEDGER_FIGURE_COUNT; k++)
			if (sum[book][k].cents != whole.value[book][k].cents)
				return fail_set(why, FAIL_BAD_INPUT,
					"%d: %s of all owners is not that of the "
					"household",
					year, ledger_figure_name((enum ledger_figure)k));
	return true;
}

/* What comes into next year's returns from one return, of those of its people who file then. */
static bool crosses_over(struct linking *link, struct filing *from, struct fail *why)
{
	members filed = 0;
	struct money arrived[CARRIES] = { { 0 } };

	for (int i = 0; i < link->owners.count; i++) {
		const struct filing *const to = (from->members >> i & 1)
			? filing_of(link, i, from->year + 1)
			: NULL;

		if (to == NULL || to->its == NULL || to->in == NULL)
			continue;
		filed |= (members)1 << i;
		for (enum carry carry = 0; carry < CARRIES; carry++)
			arrived[carry] = money_plus(arrived[carry], to->in->of[carry][i]);
	}
	if (filed == 0)
		return true;
	if (!carry_out(link, from, why))
		return false;
	for (enum carry carry = 0; carry < CARRIES; carry++) {
		const int64_t total = from->out->total[carry].cents;
		const int64_t came = arrived[carry].cents;
		const bool all = filed == from->members &&
			(!from->joint || (filed & (filed - 1)) != 0);

		if (came == total ||
			(!all &&
				(total < 0 ? came >= total : came >= 0 && came <= total)))
			continue;
		return fail_set(why, FAIL_BAD_INPUT,
			"%d: the %s that leaves the return of %s is not what comes into "
			"next year's",
			from->year, carry_what(carry),
			members_words(link, from->members));
	}
	return true;
}

/* Everybody's returns, up to the last year of the chain. */
static bool compute_all(const struct chain *chain, struct fail *why)
{
	struct linking *const link = chain->linking;

	for (int year = LAW_FIRST_YEAR; year <= chain->last; year++)
		for (int i = 0; i < chain->owners.count; i++) {
			struct filing *const filing = filing_of(link, i, year);

			if (filing != NULL && !filing_compute(link, filing, why))
				return false;
		}
	return true;
}

bool chain_owners_agree(const struct chain *chain, struct fail *why)
{
	struct linking *const link = chain->linking;

	if (!compute_all(chain, why))
		return false;

	for (int year = chain->first; chain->first != 0 && year <= chain->last; year++) {
		if (!figures_add_up(chain, year, why))
			return false;
		if (year == chain->last)
			break;
		for (int i = -1; i < chain->owners.count; i++) {
			struct filing *const from = i < 0
				? link->joint[year - LAW_FIRST_YEAR]
				: link->own[year - LAW_FIRST_YEAR][i];

			if (from != NULL && from->its != NULL &&
				!crosses_over(link, from, why))
				return false;
		}
	}
	return true;
}

/* ---- the credit log ------------------------------------------------------------------------ */

static bool happens_by(const struct fact *fact, struct day end)
{
	return !day_known(fact->day) || fact->day.number <= end.number;
}

/*
 * AMT basis less regular basis of the shares still held when the year ends: the facts up to that
 * day are replayed, so that it is what a ledger kept then would have said.
 */
static bool basis_outstanding(
	const struct chain *chain, int year, struct money *outstanding, struct fail *why)
{
	const struct lots *const lots = chain->lots;
	struct pool pool = { 0 };
	struct facts until = { .names = lots->facts->names };
	struct lots then = { 0 };
	struct day end = DAY_NONE;
	const bool exists = day_from_civil(year, 12, 31, &end);

	assert(exists);
	until.at = pool_alloc(&pool, (lots->facts->count + 1) * sizeof *until.at);
	for (size_t i = 0; i < lots->facts->count; i++)
		if (happens_by(&lots->facts->at[i], end))
			until.at[until.count++] = lots->facts->at[i];
	const bool done = lots_replay(&until, &then, &pool, why);

	*outstanding = (struct money){ 0 };
	for (size_t i = 0; done && i < then.lot_count; i++)
		if (is_shown(chain, year, then.lot[i].owner))
			*outstanding = money_plus(*outstanding,
				money_less(then.lot[i].open_basis[BOOK_AMT],
					then.lot[i].open_basis[BOOK_REGULAR]));
	pool_release(&pool);
	return done || fail_in(why, "lots at the end of %d", year);
}

/* A line of Form 8801; blank ones count as 0. */
static bool f8801_line(const struct tax_return *its, const char *id, struct money *amount,
	struct fail *why)
{
	struct value value;

	if (!return_find(its, id, &value, why))
		return false;
	*amount = value.filled ? value.amount : (struct money){ 0 };
	return true;
}

/*
 * A negative line 18 takes from the balance what is there and no more: line 21 below zero ends
 * the form with nothing carried. So opening + generated + adjustment + line 20 = used + balance.
 */
static bool credit_of_year(
	const struct tax_return *its, struct credit_year *credit, struct fail *why)
{
	struct money line18, line19, line20;

	if (!f8801_line(its, "f8801.18", &line18, why) ||
		!f8801_line(its, "f8801.19", &line19, why) ||
		!f8801_line(its, "f8801.20", &line20, why) ||
		!f8801_line(its, "f8801.25", &credit->used, why) ||
		!f8801_line(its, "f8801.26", &credit->balance, why))
		return false;
	const struct money zero = { 0 };
	struct value carried;

	credit->brought = return_find(its, "f8801.19", &carried, why) && carried.brought;
	credit->carried_in = line19;
	credit->generated = money_max(zero, line18);
	credit->line18_adjustment = money_max(
		money_min(zero, line18), money_negate(money_plus(line19, line20)));
	return true;
}

bool chain_credit(const struct chain *chain, struct credit_year **credits, size_t *count,
	struct pool *pool, struct fail *why)
{
	*count = chain->first == 0 ? 0 : (size_t)(chain->last - chain->first + 1);
	*credits = pool_alloc(pool, (*count + 1) * sizeof **credits);
	for (size_t i = 0; i < *count; i++) {
		struct credit_year *const credit = &(*credits)[i];

		credit->year = chain->first + (int)i;
		if (!credit_of_year(chain->year[i], credit, why))
			return false;
		if (chain->lots != NULL &&
			!basis_outstanding(
				chain, credit->year, &credit->amt_basis_outstanding, why))
			return false;
	}
	return true;
}

/* Whose it is what a joint return carries on: who made the AMT, whose losses they were. */
#include <string.h>

#include "forms/linking.h"

/* What one spouse's lots and figures alone would give. */
struct alone {
	int64_t adjustment; /* deferral items: AMTI less what exclusion items alone make it */
	int64_t loss[CARRIES]; /* net loss of the year; negative for a gain */
};

/* ---- arithmetic -------------------------------------------------------------------------- */

/* Split a total by weights, none negative; what rounding leaves goes to a later one. */
static void split_by(const struct linking *link, struct money total,
	const int64_t *weight, int count, struct money *part)
{
	const int64_t unit = link->options.cents || total.cents % 100 != 0 ? 1 : 100;
	const struct money whole = { total.cents / unit };
	int128 all = 0, until = 0;
	struct money given = { 0 };

	for (int i = 0; i < count; i++)
		all += weight[i];
	for (int i = 0; i < count; i++) {
		part[i] = (struct money){ 0 };
		if (all == 0)
			continue;
		until += weight[i];
		const struct money now = { divide_half_away(whole.cents * until, all) };

		part[i].cents = (now.cents - given.cents) * unit;
		given = now;
	}
}

static int many(const int64_t *weight, int count)
{
	int positive = 0;

	for (int i = 0; i < count; i++)
		positive += weight[i] > 0;
	return positive;
}

static int the_only(const int64_t *weight, int count)
{
	for (int i = 0; i < count; i++)
		if (weight[i] > 0)
			return i;
	return -1;
}

static struct money line_of(const struct tax_return *its, const char *id)
{
	struct value value = { 0 };
	struct fail none;

	return return_find(its, id, &value, &none) && value.filled ? value.amount
								   : (struct money){ 0 };
}

/* ---- what came in ------------------------------------------------------------------------ */

/* A return that follows none: balances that were entered, each by its owner. */
static bool opened(struct linking *link, const struct filing *filing, struct carried *in,
	struct fail *why)
{
	struct money part[CARRIES];

	for (int i = 0; i < link->owners.count; i++) {
		if (!(filing->members >> i & 1) || link->owners.name[i] == 0)
			continue;
		const struct whose whose = { .of = (members)1 << i };

		if (!carry_opening(link, filing->year, filing->status, whose, part, why))
			return false;
		for (enum carry carry = 0; carry < CARRIES; carry++)
			in->of[carry][i] = part[carry];
	}
	return true;
}

/* By whom what came into a return is theirs. */
static bool came_in(
	struct linking *link, struct filing *filing, struct carried *in, struct fail *why)
{
	struct filing *before = NULL;

	for (int i = 0; i < link->owners.count && before == NULL; i++)
		if (filing->members >> i & 1)
			before = filing_of(link, i, filing->year - 1);
	if (filing->in != NULL) {
		*in = *filing->in;
	} else if (before == NULL) {
		if (!opened(link, filing, in, why))
			return false;
	} else {
		if (!carry_share(link, before, why))
			return false;
		*in = *before->out;
	}
	for (enum carry carry = 0; carry < CARRIES; carry++) {
		struct money sum = { 0 };

		for (int i = 0; i < link->owners.count; i++)
			sum = money_plus(sum, in->of[carry][i]);
		in->total[carry] = carry_of_return(filing->its, carry);
		if (sum.cents != in->total[carry].cents)
			in->open[carry] = pool_printf(link->pool,
				"what came into %d is not told by owner", filing->year);
		if (in->total[carry].cents == 0)
			in->open[carry] = NULL;
	}
	return true;
}

/* ---- one spouse alone -------------------------------------------------------------------- */

static bool alone_evaluate(const struct linking *link, const struct filing *filing,
	struct whose whose, uint32_t owner, const struct money *loss,
	struct tax_return **its, struct fail *why)
{
	struct return_input *const in =
		input_new(link, filing->year, filing->status, CARRIES);
	const struct reading reading = {
		.whose = whose, .year = filing->year, .no_openings = true
	};

	if (link->lots != NULL) {
		struct year_figures *const figures =
			pool_alloc(link->pool, sizeof *figures);

		year_figures_of_owner(
			link->lots, filing->year, owner, figures, link->pool);
		in->ledger = figures;
	}
	if (!figures_read(link, reading, in, why))
		return false;
	for (enum carry carry = CARRY_SHORT; carry < CARRIES; carry++) {
		struct entered_line line = { .amount = money_negate(loss[carry]),
			.from = "what is this owner's" };

		if (!law_line_find(link->law, filing->year, carry_words(carry)->line,
			    &line.line, why))
			return false;
		line_enter(in, line);
	}
	return return_evaluate(link->law, in, NULL, its, link->pool, why);
}

/*
 * AMTI as it is, less AMTI with exclusion items only, which next year's Form 8801 figures on its
 * line 4: what is left reverses in time and makes credit.
 */
static bool adjustment_of(const struct linking *link, const struct filing *filing,
	const struct tax_return *its, int64_t *adjustment, struct fail *why)
{
	struct return_input *const in =
		input_new(link, filing->year + 1, filing->status, 0);
	struct tax_return *next;

	if (!return_evaluate(link->law, in, its, &next, link->pool, why))
		return false;
	*adjustment = line_of(its, "f6251.4").cents - line_of(next, "f8801.4").cents;
	return true;
}

static bool alone_of(const struct linking *link, const struct filing *filing,
	struct whose whose, uint32_t owner, const struct money *loss, struct alone *alone,
	struct fail *why)
{
	static const char *const net[CARRIES] = {
		[CARRY_SHORT] = "schedule_d.7",
		[CARRY_LONG] = "schedule_d.15",
		[CARRY_AMT_SHORT] = "schedule_d@amt.7",
		[CARRY_AMT_LONG] = "schedule_d@amt.15",
	};
	struct tax_return *its;

	if (!alone_evaluate(link, filing, whose, owner, loss, &its, why) ||
		!adjustment_of(link, filing, its, &alone->adjustment, why))
		return false;
	for (enum carry carry = CARRY_SHORT; carry < CARRIES; carry++)
		alone->loss[carry] = -line_of(its, net[carry]).cents;
	return true;
}

/* ---- dividing ---------------------------------------------------------------------------- */

struct dividing {
	struct linking *link;
	struct filing *filing;
	struct carried in;
	struct alone alone[OWNERS_MOST], unnamed;
	struct carried *out;
};

static const char *named(const struct dividing *it, int person)
{
	return owner_words(it->link->facts, it->link->owners.name[person]);
}

static const char *say_only(const struct dividing *it, int person, const char *what)
{
	return pool_printf(it->link->pool, "%s alone %s in %d", named(it, person), what,
		it->filing->year);
}

/* By weights; told by `how` when one alone has any, else `both` or open. */
static void divide(struct dividing *it, enum carry carry, const int64_t *weight,
	const char *how, const char *open)
{
	const int count = it->link->owners.count;

	split_by(it->link, it->out->total[carry], weight, count, it->out->of[carry]);
	it->out->how[carry] = how;
	it->out->open[carry] = open;
}

static const char *in_open(const struct dividing *it, enum carry carry)
{
	return it->in.total[carry].cents != 0 ? it->in.open[carry] : NULL;
}

static void divide_new_credit(struct dividing *it, const int64_t *credit)
{
	const int count = it->link->owners.count;
	const bool negative = it->out->total[CARRY_NEW_CREDIT].cents < 0;
	int64_t weight[OWNERS_MOST] = { 0 };

	for (int i = 0; i < count; i++)
		weight[i] = negative                  ? credit[i]
			: it->alone[i].adjustment > 0 ? it->alone[i].adjustment
						      : 0;
	/* Where there is no credit it takes nothing from anybody. */
	for (int i = 0; negative && many(credit, count) == 0 && i < count; i++)
		weight[i] = it->filing->members >> i & 1;
	const int owners = many(weight, count), only = the_only(weight, count);
	const char *open = NULL;

	if (!negative && it->unnamed.adjustment > 0)
		open = "items that make AMT stand without an owner";
	else if (owners == 0)
		open = "no owner's items made it";
	else if (owners > 1 && !(negative && many(credit, count) == 0))
		open = negative
			? "both have credit that it takes from"
			: "both have items that make AMT, and the law does not say "
			  "how the credit divides (R-077)";
	divide(it, CARRY_NEW_CREDIT, weight,
		owners != 1 ? NULL
			: negative
			? say_only(it, only, "has credit that it takes from")
			: say_only(it, only, "has items that make AMT and credit"),
		open);
}

/* What is left of the credit: whose it was, where one alone had any or none was used. */
static void divide_credit(struct dividing *it)
{
	const int count = it->link->owners.count;
	int64_t weight[OWNERS_MOST] = { 0 }, all = 0;

	for (int i = 0; i < count; i++) {
		const int64_t part = it->in.of[CARRY_NEW_CREDIT][i].cents +
			it->in.of[CARRY_CREDIT][i].cents;

		weight[i] = part > 0 ? part : 0;
		all += weight[i];
	}
	const int owners = many(weight, count), only = the_only(weight, count);
	const char *open = in_open(it, CARRY_NEW_CREDIT);

	if (open == NULL)
		open = in_open(it, CARRY_CREDIT);
	if (open == NULL && line_of(it->filing->its, "f8801.20").cents != 0)
		open = "a vehicle credit is in it that names no owner";
	if (open == NULL && owners > 1 && all != it->out->total[CARRY_CREDIT].cents)
		open = "both had credit, some was used, and the law does not say whose "
		       "first (R-077)";
	if (open == NULL && owners == 0)
		open = "no owner had credit";
	divide(it, CARRY_CREDIT, weight,
		owners == 1 ? say_only(it, only, "has credit") : "none of it was used",
		open);
}

/* Reg. 1.1212-1(c)(1)(iii): by each one's own net loss of the year. */
static void divide_loss(struct dividing *it, enum carry carry)
{
	const int count = it->link->owners.count;
	int64_t weight[OWNERS_MOST] = { 0 };

	for (int i = 0; i < count; i++)
		weight[i] = it->alone[i].loss[carry] > 0 ? it->alone[i].loss[carry] : 0;
	const int owners = many(weight, count), only = the_only(weight, count);
	const char *open = in_open(it, carry);

	if (open == NULL && it->unnamed.loss[carry] > 0)
		open = "losses stand without an owner";
	if (open == NULL && owners == 0)
		open = "no owner's losses made it";
	if (open == NULL && owners > 1 && it->unnamed.loss[carry] != 0)
		open = "gains stand without an owner, and both have losses";
	divide(it, carry, weight,
		owners == 1
			? say_only(it, only, "has a net loss (Reg. 1.1212-1(c))")
			: pool_printf(it->link->pool,
				  "by each one's own net loss of %d (Reg. 1.1212-1(c))",
				  it->filing->year),
		open);
}

/* A line by hand is nobody's by name; those that carry in are looked at where they come in. */
static bool by_hand(const struct dividing *it)
{
	const struct facts *const facts = it->link->facts;

	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];
		const char *const name = names_text(facts->names, fact->name);
		bool carries = false;

		if (fact->kind != FACT_FIGURE || fact->year != it->filing->year ||
			fact->owner != 0 || strchr(name, '.') == NULL)
			continue;
		for (enum carry carry = 0; carry < CARRIES; carry++)
			carries |= strcmp(name, carry_words(carry)->line) == 0;
		if (!carries && strncmp(name, "f8959.", 6) != 0 &&
			strncmp(name, "f8960.", 6) != 0)
			return true;
	}
	return false;
}

static bool alone_all(struct dividing *it, struct fail *why)
{
	static const struct money nothing[CARRIES];
	const struct whose unnamed = { .unnamed = true };

	for (int i = 0; i < it->link->owners.count; i++) {
		const struct whose whose = { .of = (members)1 << i };
		struct money loss[CARRIES];

		if (!(it->filing->members >> i & 1) || it->link->owners.name[i] == 0)
			continue;
		for (enum carry carry = 0; carry < CARRIES; carry++)
			loss[carry] = it->in.of[carry][i];
		if (!alone_of(it->link, it->filing, whose, it->link->owners.name[i], loss,
			    &it->alone[i], why))
			return false;
	}
	return alone_of(it->link, it->filing, unnamed, 0, nothing, &it->unnamed, why);
}

static void all_open(struct dividing *it, const char *open)
{
	for (enum carry carry = 0; carry < CARRIES; carry++)
		it->out->open[carry] = it->out->total[carry].cents != 0 ? open : NULL;
}

static bool divide_all(struct dividing *it, struct fail *why)
{
	struct fail cannot = { 0 };
	int64_t credit[OWNERS_MOST];

	if (!came_in(it->link, it->filing, &it->in, why))
		return false;
	if (by_hand(it)) {
		all_open(it, "lines of that return are entered by hand");
		return true;
	}
	if (!alone_all(it, &cannot)) {
		all_open(it, pool_printf(it->link->pool, "%s", cannot.message));
		return true;
	}
	divide_credit(it);
	for (int i = 0; i < it->link->owners.count; i++)
		credit[i] = it->out->of[CARRY_CREDIT][i].cents;
	divide_new_credit(it, credit);
	for (enum carry carry = CARRY_SHORT; carry < CARRIES; carry++)
		divide_loss(it, carry);
	for (enum carry carry = 0; carry < CARRIES; carry++)
		if (it->out->total[carry].cents == 0)
			it->out->open[carry] = it->out->how[carry] = NULL;
	return true;
}

bool carry_share(struct linking *link, struct filing *filing, struct fail *why)
{
	struct dividing it = { .link = link, .filing = filing };
	bool anything = false;

	if (filing->shared)
		return true;
	if (!filing_compute(link, filing, why) || !carry_out(link, filing, why))
		return false;
	it.out = filing->out;
	for (enum carry carry = 0; carry < CARRIES; carry++)
		anything |= it.out->total[carry].cents != 0;
	filing->shared = true;
	if (!anything)
		return true;
	if (!filing->joint) {
		const int only = __builtin_ctz(filing->members);

		for (enum carry carry = 0; carry < CARRIES; carry++)
			it.out->of[carry][only] = it.out->total[carry];
		return true;
	}
	return divide_all(&it, why);
}

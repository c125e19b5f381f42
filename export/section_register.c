/* The lot register of a year: every lot from its opening to its closing. */
#include <assert.h>
#include <stdlib.h>

#include "export/sections.h"

static bool happened_by(const struct fact *fact, struct day end)
{
	return !day_known(fact->day) || fact->day.number <= end.number;
}

/* What the ledger would have said at the end of a year: the facts up to then, replayed. */
static bool replay_at_end_of(
	const struct packet *packet, int year, struct lots *lots, struct fail *why)
{
	const struct facts *const facts = packet->household->facts;
	struct facts *const until = pool_alloc(packet->pool, sizeof *until);
	struct day end = DAY_NONE;
	const bool exists = day_from_civil(year, 12, 31, &end);

	assert(exists);
	until->names = facts->names;
	until->at = pool_alloc(packet->pool, facts->count * sizeof *until->at);
	for (size_t i = 0; i < facts->count; i++)
		if (happened_by(&facts->at[i], end))
			until->at[until->count++] = facts->at[i];
	return lots_replay(until, lots, packet->pool, why);
}

static struct register_sums sum_up(const struct lots *lots)
{
	struct register_sums sums = { 0 };

	for (size_t i = 0; i < lots->lot_count; i++) {
		sums.shares.e8 += lots->lot[i].open.e8;
		for (int b = 0; b < BOOKS; b++)
			sums.basis[b] =
				money_plus(sums.basis[b], lots->lot[i].open_basis[b]);
	}
	return sums;
}

bool packet_replay(struct packet *packet, struct fail *why)
{
	if (!replay_at_end_of(packet, packet->year - 1, &packet->at_start, why) ||
		!replay_at_end_of(packet, packet->year, &packet->at_end, why))
		return false;
	packet->at_start = *chain_show(
		packet->household->chain, packet->year, &packet->at_start, packet->pool);
	packet->at_end = *chain_show(
		packet->household->chain, packet->year, &packet->at_end, packet->pool);
	packet->opening = sum_up(&packet->at_start);
	packet->closing = sum_up(&packet->at_end);
	return true;
}

enum {
	LOT,
	SECURITY,
	KIND,
	ACQUIRED,
	QUALIFIES,
	OPENING,
	ADDED,
	GONE,
	CLOSING,
	REGULAR,
	AMT,
	DIFFERENCE,
	SOURCE,
	COLUMNS
};

static const struct column columns[COLUMNS] = {
	[LOT] = { .title = "Lot" },
	[SECURITY] = { .title = "Security", .width = 20 },
	[KIND] = { .title = "Kind", .width = 12 },
	[ACQUIRED] = { .title = "Acquired" },
	[QUALIFIES] = { .title = "Qualifies" },
	[OPENING] = { .title = "Opening", .align = ALIGN_RIGHT, .name = "opening" },
	[ADDED] = { .title = "Acquired", .align = ALIGN_RIGHT, .name = "acquired" },
	[GONE] = { .title = "Disposed", .align = ALIGN_RIGHT, .name = "disposed" },
	[CLOSING] = { .title = "Closing", .align = ALIGN_RIGHT, .name = "closing" },
	[REGULAR] = { .title = "Regular basis", .align = ALIGN_RIGHT, .name = "regular" },
	[AMT] = { .title = "AMT basis", .align = ALIGN_RIGHT, .name = "amt" },
	[DIFFERENCE] = { .title = "AMT over regular",
		.align = ALIGN_RIGHT,
		.name = "difference" },
	[SOURCE] = { .title = "Source", .width = 24 },
};

/*
 * Lots of one kind that one fact made, and that one spin-off took from them: another replay may
 * have split them otherwise, or have numbered them otherwise, and a merger may have renamed them.
 */
struct family {
	const struct lot *first;
	int64_t spun; /* number of the spin-off, or 0 */
	struct shares open;
	struct money basis[BOOKS];
	int64_t gone; /* disposed of in the year */
};

struct families {
	struct family *at; /* by what made them */
	size_t count;
};

static int compare_made(const void *left, const void *right)
{
	const struct family *const a = left, *const b = right;
	const int64_t made = a->first->origin->id, other = b->first->origin->id;

	if (made != other)
		return made < other ? -1 : 1;
	if (a->spun != b->spun)
		return a->spun < b->spun ? -1 : 1;
	return (int)a->first->kind - (int)b->first->kind;
}

static int compare_families(const void *a, const void *b)
{
	const struct lot *const left = ((const struct family *)a)->first;
	const struct lot *const right = ((const struct family *)b)->first;
	const int by = compare_made(a, b);

	return by != 0                         ? by
		: left->number < right->number ? -1
					       : left->number > right->number;
}

static void family_join(struct family *family, const struct family *other)
{
	family->open.e8 += other->open.e8;
	family->gone += other->gone;
	for (int b = 0; b < BOOKS; b++)
		family->basis[b] = money_plus(family->basis[b], other->basis[b]);
}

static struct families families_of(const struct lots *lots, int year, struct pool *pool)
{
	struct families all = { pool_alloc(pool, lots->lot_count * sizeof *all.at), 0 };
	size_t count = 0;

	for (size_t i = 0; i < lots->lot_count; i++)
		all.at[i] = (struct family){ .first = &lots->lot[i],
			.spun = lot_spun_by(lots, &lots->lot[i]),
			.open = lots->lot[i].open,
			.basis = { lots->lot[i].open_basis[BOOK_REGULAR],
				lots->lot[i].open_basis[BOOK_AMT] } };
	for (size_t i = 0; i < lots->disposition_count; i++)
		if (day_year(lots->disposition[i].sold) == year)
			all.at[lots->disposition[i].lot].gone +=
				lots->disposition[i].shares.e8;
	if (lots->lot_count > 0)
		qsort(all.at, lots->lot_count, sizeof *all.at, compare_families);
	for (size_t i = 0; i < lots->lot_count; i++)
		if (count > 0 && compare_made(&all.at[count - 1], &all.at[i]) == 0)
			family_join(&all.at[count - 1], &all.at[i]);
		else
			all.at[count++] = all.at[i];
	all.count = count;
	return all;
}

/* The same family in another replay; nothing, if it is not there. */
static struct family same_family(const struct families *all, const struct family *family)
{
	const struct family *const found = all->count == 0
		? NULL
		: bsearch(family, all->at, all->count, sizeof *all->at, compare_made);

	return found == NULL ? (struct family){ .first = NULL } : *found;
}

static int compare_numbers(const void *a, const void *b)
{
	const uint32_t left = ((const struct family *)a)->first->number;
	const uint32_t right = ((const struct family *)b)->first->number;

	return left < right ? -1 : left > right;
}

/* What the shares were called at the time: mergers and spin-offs rename them. */
static const char *security_words(
	const struct household *household, const struct lot *lot)
{
	const struct names *const names = household->facts->names;

	return lot->symbol != 0 && lot->symbol != lot->origin->symbol &&
			lot->origin->symbol != 0
		? names_text(names, lot->symbol)
		: fact_security_text(lot->origin, names);
}

static void add_family(struct packet *packet, struct table *table,
	const struct family *family, const struct family *start, const struct family *end)
{
	struct pool *const pool = packet->pool;
	const struct household *const household = packet->household;
	const struct lot *const lot = family->first;
	const int64_t opening = start->open.e8, closing = end->open.e8;
	const int64_t gone = family->gone;

	if (opening == 0 && closing == 0 && gone == 0)
		return;
	struct cell *const cell = table_row(table, pool);

	cell[LOT] = cell_text(lot_id(household->lots, lot, pool));
	cell[LOT].tone = TONE_STRONG;
	if (lot->kind != LOT_AS_REPORTED)
		cell[LOT].name = pool_printf(pool, "lot_%u", (unsigned)lot->number);
	cell[SECURITY] = cell_text(security_words(household,
		end->first != NULL             ? end->first
			: start->first != NULL ? start->first
					       : lot));
	cell[KIND] = cell_text(lot_kind_word(lot->kind));
	cell[ACQUIRED] = cell_day(lot->acquired);
	cell[ACQUIRED].text = "various";
	cell[QUALIFIES] = cell_day(lot->qualifies_on);
	cell[OPENING] = cell_shares((struct shares){ opening });
	cell[ADDED] = cell_shares((struct shares){ closing + gone - opening });
	cell[GONE] = cell_shares((struct shares){ gone });
	cell[CLOSING] = cell_shares((struct shares){ closing });
	cell[CLOSING].formula =
		pool_printf(pool, "ROUND({%d}+{%d}-{%d},8)", OPENING, ADDED, GONE);
	for (int b = 0; b < BOOKS; b++)
		cell[REGULAR + b] = cell_money(end->basis[b]);
	cell[DIFFERENCE] = cell_money(money_less(cell[AMT].money, cell[REGULAR].money));
	cell[DIFFERENCE].formula = pool_printf(pool, "ROUND({%d}-{%d},2)", AMT, REGULAR);
	cell[SOURCE] = cell_text(source_words(household, lot->origin, pool));
}

static void add_totals(struct packet *packet, struct table *table)
{
	const struct money difference = money_less(
		packet->closing.basis[BOOK_AMT], packet->closing.basis[BOOK_REGULAR]);
	const struct money sum[] = { packet->closing.basis[BOOK_REGULAR],
		packet->closing.basis[BOOK_AMT], difference };
	struct cell *const cell = table_row_of(table, packet->pool, ROW_TOTAL);

	cell[SECURITY] = cell_text("Total");
	for (int c = 0; c < (int)COUNT(sum); c++) {
		cell[REGULAR + c] = cell_money(sum[c]);
		cell[REGULAR + c].formula =
			pool_printf(packet->pool, "ROUND(SUM({%d:}),2)", REGULAR + c);
	}
}

void section_register(struct packet *packet)
{
	struct pool *const pool = packet->pool;
	struct section *const section = report_section(packet->report, "Lots",
		pool_printf(pool, "Lot register, %d", packet->year));

	section->landscape = true;
	section_note(section, pool,
		"Shares from the opening to the closing of the year; bases are those of "
		"the "
		"closing. A sale before the day in the column \"Qualifies\" is a "
		"disqualifying "
		"disposition.");
	struct table *const table = section_table(section, pool, NULL, columns, COLUMNS);

	table->name = "lots";
	table->none = "no shares were held in this year";
	const struct families all =
		families_of(packet->household->lots, packet->year, pool);
	const struct families start = families_of(&packet->at_start, packet->year, pool);
	const struct families end = families_of(&packet->at_end, packet->year, pool);

	qsort(all.at, all.count, sizeof *all.at, compare_numbers);
	for (size_t i = 0; i < all.count; i++) {
		const struct family at_start = same_family(&start, &all.at[i]);
		const struct family at_end = same_family(&end, &all.at[i]);

		add_family(packet, table, &all.at[i], &at_start, &at_end);
	}
	if (table->rows > 0)
		add_totals(packet, table);
}

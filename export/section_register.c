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

/* The lots of a replay in the order of the facts that made them. */
struct by_origin {
	const struct lot **lot;
	size_t count;
};

static int compare_origins(const void *a, const void *b)
{
	const int64_t left = (*(const struct lot *const *)a)->origin->id;
	const int64_t right = (*(const struct lot *const *)b)->origin->id;

	return left < right ? -1 : left > right;
}

static struct by_origin order_by_origin(const struct lots *lots, struct pool *pool)
{
	const struct lot **const lot = pool_alloc(pool, lots->lot_count * sizeof *lot);

	for (size_t i = 0; i < lots->lot_count; i++)
		lot[i] = &lots->lot[i];
	if (lots->lot_count > 0)
		qsort(lot, lots->lot_count, sizeof *lot, compare_origins);
	return (struct by_origin){ lot, lots->lot_count };
}

/*
 * The lot of another replay that came from the same fact: numbers may differ where lots that are
 * only known from a sale are not there yet.
 */
static const struct lot *same_lot(const struct by_origin *lots, const struct lot *lot)
{
	const struct lot *const *const found = lots->count == 0
		? NULL
		: bsearch(&lot, lots->lot, lots->count, sizeof *lots->lot,
			  compare_origins);

	return found == NULL ? NULL : *found;
}

/* Shares that were disposed of in the year, lot by lot. */
static int64_t *gone_in_year(const struct packet *packet)
{
	const struct lots *const lots = packet->household->lots;
	int64_t *const gone = pool_alloc(packet->pool, lots->lot_count * sizeof *gone);

	for (size_t i = 0; i < lots->disposition_count; i++)
		if (day_year(lots->disposition[i].sold) == packet->year)
			gone[lots->disposition[i].lot] += lots->disposition[i].shares.e8;
	return gone;
}

static void add_lot(struct packet *packet, struct table *table, const struct lot *lot,
	const struct lot *start, const struct lot *end, int64_t gone)
{
	static const char *const kinds[] = {
		[LOT_ISO] = "ISO",
		[LOT_NSO] = "NSO",
		[LOT_AS_REPORTED] = "as reported",
	};
	struct pool *const pool = packet->pool;
	const struct household *const household = packet->household;
	const int64_t opening = start == NULL ? 0 : start->open.e8;
	const int64_t closing = end == NULL ? 0 : end->open.e8;

	if (opening == 0 && closing == 0 && gone == 0)
		return;
	struct cell *const cell = table_row(table, pool);

	cell[LOT] = cell_text(lot_id(lot, household->facts->names, pool));
	cell[LOT].tone = TONE_STRONG;
	if (lot->kind != LOT_AS_REPORTED)
		cell[LOT].name = pool_printf(pool, "lot_%u", (unsigned)lot->number);
	cell[SECURITY] =
		cell_text(fact_security_text(lot->origin, household->facts->names));
	cell[KIND] = cell_text(kinds[lot->kind]);
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
		cell[REGULAR + b] = cell_money(
			end == NULL ? (struct money){ 0 } : end->open_basis[b]);
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
	const struct lots *const lots = packet->household->lots;
	const struct by_origin start = order_by_origin(&packet->at_start, pool);
	const struct by_origin end = order_by_origin(&packet->at_end, pool);
	const int64_t *const gone = gone_in_year(packet);

	for (size_t i = 0; i < lots->lot_count; i++)
		add_lot(packet, table, &lots->lot[i], same_lot(&start, &lots->lot[i]),
			same_lot(&end, &lots->lot[i]), gone[i]);
	if (table->rows > 0)
		add_totals(packet, table);
}

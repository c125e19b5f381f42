/* `clocks`: the days on which something about the shares held changes. */
#include <stdlib.h>
#include <string.h>

#include "cli/home.h"
#include "forms/filed.h"
#include "ledger/f8949.h"
#include "ledger/wash.h"

/*
 * What happens on a day. X(NAME, "word"): the word stays put, for scripts.
 */
/* clang-format off */
#define EVENTS(X)                                                                          \
	X(claim, "claim")                     /* last day to claim a refund: IRC 6511 */   \
	X(same_year, "same_year_sale")        /* last day of one: R-011 */                 \
	X(wash, "wash_window")                /* last day of one: R-089 */                 \
	X(grant, "two_years_from_grant")                                                   \
	X(long_term, "long_term")                                                          \
	X(qualifies, "qualifies")
/* clang-format on */
enum event {
#define X(name, word) EVENT_##name,
	EVENTS(X)
#undef X
};
static const char *const event_word[] = {
#define X(name, word) word,
	EVENTS(X)
#undef X
};

struct clock_day {
	enum event event;
	struct day day;
	const struct lot *lot; /* NULL: of no lot, as a claim is */
	struct shares shares;
	const char *book; /* "regular", "amt", "both"; NULL where no book is meant */
	int year;         /* of a claim, else 0 */
	const char *what;
};

struct clocks {
	struct clock_day *at;
	size_t count, room;
	struct day from;
};

/* A day that is known and not over. */
static bool lies_ahead(const struct clocks *clocks, struct day day)
{
	return day_known(day) && day.number >= clocks->from.number;
}

static void add(struct clocks *clocks, struct clock_day it)
{
	if (!lies_ahead(clocks, it.day))
		return;
	GROW(clocks->at, clocks->count, clocks->room);
	clocks->at[clocks->count++] = it;
}

static int earlier(const void *left, const void *right)
{
	const struct clock_day *const a = left;
	const struct clock_day *const b = right;

	if (a->day.number != b->day.number)
		return a->day.number < b->day.number ? -1 : 1;
	const uint32_t of_a = a->lot ? a->lot->number : 0;
	const uint32_t of_b = b->lot ? b->lot->number : 0;

	if (of_a != of_b)
		return of_a < of_b ? -1 : 1;
	return a->event != b->event ? (a->event < b->event ? -1 : 1) : a->year - b->year;
}

/*
 * The last day on which a sale takes back AMT income: the end of the year of that income, which
 * without an 83(b) is the year of the vest; not from the day on which a sale qualifies.
 */
static struct day same_year_until(const struct lot *lot)
{
	struct day day = DAY_NONE;

	if (lot->inclusion.cents <= 0 ||
		!day_from_civil(lot->inclusion_year, 12, 31, &day))
		return DAY_NONE;
	if (day_known(lot->qualifies_on) && lot->qualifies_on.number <= day.number)
		day = day_plus(lot->qualifies_on, -1);
	/* What vests once a sale qualifies has no such day. */
	return day_known(lot->vested) && lot->vested.number > day.number ? DAY_NONE : day;
}

static void gather_terms(const struct lot *lot, struct clocks *clocks)
{
	const bool alike =
		lot->held_since[BOOK_REGULAR].number == lot->held_since[BOOK_AMT].number;
	struct clock_day it = { EVENT_long_term, DAY_NONE, lot, lot->open,
		.book = alike ? "both" : "regular",
		.what = alike ? "long-term from here"
			      : "long-term for the regular tax from here" };

	if (day_known(lot->held_since[BOOK_REGULAR]))
		it.day = day_held_longer_than(lot->held_since[BOOK_REGULAR], 1);
	add(clocks, it);
	if (alike || !day_known(lot->held_since[BOOK_AMT]))
		return;
	it.day = day_held_longer_than(lot->held_since[BOOK_AMT], 1);
	it.book = "amt";
	it.what = "long-term for the AMT from here";
	add(clocks, it);
}

static void gather(const struct lots *lots, struct clocks *clocks)
{
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->open.e8 == 0)
			continue;
		add(clocks,
			(struct clock_day){ EVENT_same_year, same_year_until(lot), lot,
				lot->open, .book = "amt",
				.what = "last day of a sale that takes back its AMT "
					"income" });
		if (day_known(lot->granted))
			add(clocks,
				(struct clock_day){ EVENT_grant,
					day_held_longer_than(lot->granted, 2), lot,
					lot->open,
					.what = "two years from the grant are over" });
		gather_terms(lot, clocks);
		add(clocks,
			(struct clock_day){ EVENT_qualifies, lot->qualifies_on, lot,
				lot->open, .what = "a sale qualifies from here" });
	}
}

/* A year's return as one owner filed it, 0 for the household. */
static bool is_return(const struct fact *fact, int year, uint32_t owner)
{
	return fact->kind == FACT_FILED && fact->year == year && fact->owner == owner;
}

static bool seen_before(const struct facts *facts, size_t at)
{
	for (size_t i = 0; i < at; i++)
		if (is_return(&facts->at[i], facts->at[at].year, facts->at[at].owner))
			return true;
	return false;
}

static void add_claims(const struct call *call, const struct facts *of, int year,
	const char *whose, struct clocks *clocks)
{
	struct filed_year filed;

	if (!filed_collect(of, year, &filed, call->pool))
		return;
	const bool assumed = !day_known(filed.filing.filed_on);

	/* The due date is the earliest day that can count. */
	if (assumed)
		filed.filing.filed_on = due_day(year);
	const struct claim_window window = claim_window(&filed.filing);
	const bool doubt = window.safe_by.number != window.claim_by.number;
	const char *const as = assumed
		? "; the day of filing is not entered: its due date is taken"
		: "";

	add(clocks,
		(struct clock_day){ EVENT_claim, window.safe_by, .year = year,
			.what = pool_printf(call->pool,
				"last day to claim a refund of %s%d%s (IRC 6511)%s",
				whose, year, doubt ? " that leaves no doubt" : "", as) });
	if (doubt)
		add(clocks,
			(struct clock_day){ EVENT_claim, window.claim_by, .year = year,
				.what = pool_printf(call->pool,
					"last day to claim a refund of %s%d (IRC 6511); "
					"what was withheld may be out of reach by then%s",
					whose, year, as) });
	if (day_known(window.two_years_by) &&
		window.two_years_by.number > window.claim_by.number)
		add(clocks,
			(struct clock_day){ EVENT_claim, window.two_years_by,
				.year = year,
				.what = pool_printf(call->pool,
					"last day to claim back what was paid last of "
					"%s%d's tax: two years (IRC 6511)",
					whose, year) });
}

/* Of every return that is said to be filed: until when a refund can be claimed. */
static void gather_claims(
	const struct call *call, const struct facts *facts, struct clocks *clocks)
{
	struct facts of = *facts;

	of.at = pool_alloc(call->pool, (facts->count + 1) * sizeof *of.at);
	for (size_t i = 0; i < facts->count; i++) {
		const struct fact *const fact = &facts->at[i];

		if (fact->kind != FACT_FILED || seen_before(facts, i))
			continue;
		of.count = 0;
		for (size_t j = i; j < facts->count; j++)
			if (is_return(&facts->at[j], fact->year, fact->owner))
				of.at[of.count++] = facts->at[j];
		add_claims(call, &of, fact->year,
			fact->owner == 0 ? ""
					 : pool_printf(call->pool, "%s's ",
						   names_text(facts->names, fact->owner)),
			clocks);
	}
}

/* Losses of December: until when what is acquired can take them. */
static void gather_windows(
	const struct call *call, const struct home *home, struct clocks *clocks)
{
	const int year = day_year(clocks->from);

	for (int of = year - 1; of <= year; of++) {
		struct wash_window *window;
		size_t count;

		wash_windows(&home->lots, of, clocks->from, &window, &count, call->pool);
		for (size_t i = 0; i < count; i++) {
			char day[DAY_TEXT], stake[MONEY_TEXT];
			const struct money *const at = window[i].at_stake;
			const struct money loss =
				money_max(at[BOOK_REGULAR], at[BOOK_AMT]);

			add(clocks,
				(struct clock_day){ EVENT_wash, window[i].until,
					&home->lots.lot[window[i].disposition->lot],
					window[i].shares,
					.what = pool_printf(call->pool,
						"last day on which an acquisition takes "
						"the loss of %s (%s)",
						day_iso(window[i].disposition->sold, day),
						money_plain(loss, stake)) });
		}
	}
}

static void text_or_null(struct json *json, const char *key, const char *text)
{
	if (text)
		json_text(json, key, text);
	else
		json_null(json, key);
}

/* Of what lot a day is; a claim is of none. */
static void lot_json(struct json *json, const struct call *call, const struct home *home,
	const struct clock_day *clock)
{
	const struct lot *const lot = clock->lot;

	text_or_null(json, "lot", lot ? lot_id(&home->lots, lot, call->pool) : NULL);
	text_or_null(
		json, "symbol", lot ? names_text(home->facts.names, lot->symbol) : NULL);
	if (lot)
		json_shares(json, "shares", clock->shares);
	else
		json_null(json, "shares");
}

static void answer_json(
	const struct call *call, const struct home *home, const struct clocks *clocks)
{
	struct answer answer;

	answer_open(&answer);
	json_array(&answer.json, "clocks");
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_day *const clock = &clocks->at[i];

		json_object(&answer.json, NULL);
		json_day(&answer.json, "day", clock->day);
		json_text(&answer.json, "event", event_word[clock->event]);
		lot_json(&answer.json, call, home, clock);
		text_or_null(&answer.json, "book", clock->book);
		if (clock->year)
			json_count(&answer.json, "year", clock->year);
		else
			json_null(&answer.json, "year");
		json_text(&answer.json, "what", clock->what);
		json_close(&answer.json);
	}
	json_close(&answer.json);
	answer_close(&answer);
}

static void answer_text(
	const struct call *call, const struct home *home, const struct clocks *clocks)
{
	static const struct column columns[] = {
		{ .title = "day" },
		{ .title = "lot" },
		{ .title = "symbol" },
		{ .title = "shares", .align = ALIGN_RIGHT },
		{ .title = "what" },
	};
	struct report report;

	report_init(&report, call->pool, "Clocks");
	struct table *const table =
		section_table(report_section(&report, "Clocks", "Days ahead"), call->pool,
			NULL, columns, COUNT(columns));

	table->none =
		"nothing changes any more for the shares held, and no claim runs out";
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_day *const clock = &clocks->at[i];
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_day(clock->day);
		if (clock->lot) {
			cell[1] = cell_text(lot_id(&home->lots, clock->lot, call->pool));
			cell[2] = cell_text(
				names_text(home->facts.names, clock->lot->symbol));
			cell[3] = cell_shares(clock->shares);
		}
		cell[4] = cell_text(clock->what);
	}
	print_report(call, &report);
}

static bool run(struct call *call, struct fail *why)
{
	const char *const from_words = call_value(call, "from");
	struct clocks clocks = { .from = day_today() };
	struct home home;

	if (!call_operands(call, 0, 0, why))
		return false;
	if (from_words &&
		!day_parse_iso(from_words, strlen(from_words), &clocks.from, why)) {
		why->kind = FAIL_USAGE;
		return fail_in(why, "--from");
	}
	if (!home_open(&home, call, STORE_READ, HOME_LOTS, why))
		return false;
	gather(&home.lots, &clocks);
	gather_windows(call, &home, &clocks);
	gather_claims(call, &home.facts, &clocks);
	if (clocks.count > 0)
		qsort(clocks.at, clocks.count, sizeof *clocks.at, earlier);
	if (call->json)
		answer_json(call, &home, &clocks);
	else
		answer_text(call, &home, &clocks);
	free(clocks.at);
	home_close(&home);
	return true;
}

static const struct option_words options[] = {
	{ .name = "from", .value = "DATE", .what = "from this day on, not from today" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis clocks",
	"dualbasis clocks --from 2023-12-01",
	NULL,
};
const struct command command_clocks = {
	.name = "clocks",
	.summary = "days ahead: holding periods, same-year sales, refund claims",
	.operands = "",
	.options = options,
	.details =
		"Lists the days ahead, the nearest first, on which something changes for "
		"the shares held: the end of the two years from a grant, the first day "
		"of "
		"a long-term gain (of each book where they differ), the first day on "
		"which "
		"a sale qualifies, and the last day of a sale that takes back the AMT "
		"income of an exercise: the end of its year. A loss sold in December is "
		"listed with the last day on which shares acquired can still take it.\n\n"
		"Of every return entered with `filed` it lists the last day to claim a "
		"refund (IRC 6511): three years from filing, two from a payment. Where "
		"what was withheld leaves the claim's reach earlier, that day is listed "
		"too, as the one that leaves no doubt.",
	.examples = examples,
	.run = run,
};

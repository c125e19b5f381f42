/* `clocks`: the days on which something about the shares held changes. */
#include <stdlib.h>
#include <string.h>

#include "cli/home.h"
#include "ledger/f8949.h"
#include "ledger/wash.h"

struct clock_day {
	struct day day;
	const struct lot *lot;
	struct shares shares;
	const char *what;
};

struct clocks {
	struct clock_day *at;
	size_t count, room;
};

static void add(struct clocks *clocks, struct day day, const struct lot *lot,
	const char *what, struct day from)
{
	if (!day_known(day) || day.number < from.number)
		return;
	GROW(clocks->at, clocks->count, clocks->room);
	clocks->at[clocks->count++] = (struct clock_day){ day, lot, lot->open, what };
}

static int earlier(const void *left, const void *right)
{
	const struct clock_day *const a = left;
	const struct clock_day *const b = right;

	if (a->day.number != b->day.number)
		return a->day.number < b->day.number ? -1 : 1;
	return a->lot->number < b->lot->number ? -1 : 1;
}

static struct day last_of_year(int year)
{
	struct day day = DAY_NONE;
	const bool exists = day_from_civil(year, 12, 31, &day);

	return exists ? day : DAY_NONE;
}

static void gather(const struct lots *lots, struct day from, struct clocks *clocks)
{
	for (size_t i = 0; i < lots->lot_count; i++) {
		const struct lot *const lot = &lots->lot[i];

		if (lot->open.e8 == 0)
			continue;
		if (lot->inclusion.cents > 0 &&
			lot->inclusion_year == day_year(lot->acquired))
			add(clocks, last_of_year(lot->inclusion_year), lot,
				"last day of a sale that takes back its AMT income",
				from);
		if (day_known(lot->granted))
			add(clocks, day_held_longer_than(lot->granted, 2), lot,
				"two years from the grant are over", from);
		for (enum book book = 0; book < BOOKS; book++)
			if (book == BOOK_REGULAR ||
				lot->held_since[book].number !=
					lot->held_since[BOOK_REGULAR].number)
				add(clocks,
					day_held_longer_than(lot->held_since[book], 1),
					lot,
					book == BOOK_REGULAR
						? "long-term from here"
						: "long-term for the AMT from here",
					from);
		add(clocks, lot->qualifies_on, lot, "a sale qualifies from here", from);
	}
}

/* Losses of December: until when what is acquired can take them. */
static void gather_windows(const struct call *call, const struct home *home,
	struct day from, struct clocks *clocks)
{
	const int year = day_year(from);

	for (int of = year - 1; of <= year; of++) {
		struct wash_window *window;
		size_t count;

		wash_windows(&home->lots, of, from, &window, &count, call->pool);
		for (size_t i = 0; i < count; i++) {
			char day[DAY_TEXT], stake[MONEY_TEXT];
			const struct money *const at = window[i].at_stake;
			const struct money loss =
				money_max(at[BOOK_REGULAR], at[BOOK_AMT]);

			add(clocks, window[i].until,
				&home->lots.lot[window[i].disposition->lot],
				pool_printf(call->pool,
					"last day on which an acquisition takes the loss "
					"of %s (%s)",
					day_iso(window[i].disposition->sold, day),
					money_plain(loss, stake)),
				from);
			if (clocks->count > 0 && window[i].until.number >= from.number)
				clocks->at[clocks->count - 1].shares = window[i].shares;
		}
	}
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
		json_text(
			&answer.json, "lot", lot_id(&home->lots, clock->lot, call->pool));
		json_text(&answer.json, "symbol",
			names_text(home->facts.names, clock->lot->symbol));
		json_shares(&answer.json, "shares", clock->shares);
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

	table->none = "nothing changes any more for the shares held";
	for (size_t i = 0; i < clocks->count; i++) {
		const struct clock_day *const clock = &clocks->at[i];
		struct cell *const cell = table_row(table, call->pool);

		cell[0] = cell_day(clock->day);
		cell[1] = cell_text(lot_id(&home->lots, clock->lot, call->pool));
		cell[2] = cell_text(names_text(home->facts.names, clock->lot->symbol));
		cell[3] = cell_shares(clock->shares);
		cell[4] = cell_text(clock->what);
	}
	print_report(call, &report);
}

static bool run(struct call *call, struct fail *why)
{
	const char *const from_words = call_value(call, "from");
	struct day from = day_today();
	struct clocks clocks = { 0 };
	struct home home;

	if (!call_operands(call, 0, 0, why))
		return false;
	if (from_words && !day_parse_iso(from_words, strlen(from_words), &from, why)) {
		why->kind = FAIL_USAGE;
		return fail_in(why, "--from");
	}
	if (!home_open(&home, call, STORE_READ, HOME_LOTS, why))
		return false;
	gather(&home.lots, from, &clocks);
	gather_windows(call, &home, from, &clocks);
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
	.summary = "when lots become long-term and their sale qualifies",
	.operands = "",
	.options = options,
	.details = "Lists the days ahead on which something changes for the shares held: "
		   "the end "
		   "of the two years from a grant, the first day of a long-term gain, "
		   "the first "
		   "day on which a sale qualifies, and the last day of a sale in the "
		   "year of the "
		   "exercise. A loss sold in December is listed with the last day on "
		   "which shares acquired can still take it.",
	.examples = examples,
	.run = run,
};

/*
 * random_household.h: invented households over seven years for tests of the audit, by a generator
 * of its own, so that every run tests the same ones.
 */
#ifndef DUALBASIS_TESTS_RANDOM_HOUSEHOLD_H
#define DUALBASIS_TESTS_RANDOM_HOUSEHOLD_H

#include <stdarg.h>

#include "tests/forms/filed_case.h"

#define RANDOM_FIRST 2019
#define RANDOM_LAST  2025
#define RANDOM_LINES 60

struct random_household {
	char text[RANDOM_LINES][240];
	const char *line[RANDOM_LINES + 1]; /* NULL-terminated */
	size_t count;
	uint64_t seed;
};

static inline int chance(struct random_household *it, int below)
{
	it->seed =
		it->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((it->seed >> 33) % (uint64_t)below);
}

static inline void say(struct random_household *it, const char *format, ...)
	PRINTF_LIKE(2, 3);
static inline void say(struct random_household *it, const char *format, ...)
{
	va_list values;

	cr_assert(it->count < RANDOM_LINES);
	va_start(values, format);
	vsnprintf(it->text[it->count], sizeof it->text[0], format, values);
	va_end(values);
	it->line[it->count] = it->text[it->count];
	it->line[++it->count] = NULL;
}

/* Some of the shares of a company's only lot go, or none. */
static inline void random_disposition(
	struct random_household *it, int company, int year, int shares)
{
	const bool given = chance(it, 6) == 0;

	if (chance(it, 3) == 0)
		return;
	say(it, "record %s symbol=S%d date=%d-1%d-02 shares=%d %s=%d",
		given ? "gift" : "sale", company, year, chance(it, 3),
		shares / (1 + chance(it, 2)), given ? "fmv" : "price",
		1 + chance(it, 120));
}

/* Options of one company, vested when they are exercised or some months later. */
static inline void random_options(struct random_household *it, int company)
{
	const int year = RANDOM_FIRST + chance(it, 4);
	const int shares = 100 * (1 + chance(it, 60));
	const int strike = 1 + chance(it, 20), fmv = strike + chance(it, 90);
	const int month = 1 + chance(it, 9);
	const bool unvested = chance(it, 4) == 0;
	char vesting[60] = "";

	if (unvested)
		snprintf(vesting, sizeof vesting, " unvested=%d elected=%s", shares,
			chance(it, 2) == 0 ? "yes" : "no");
	say(it,
		"record exercise symbol=S%d grant-date=2018-0%d-15 date=%d-0%d-20 "
		"shares=%d strike=%d fmv=%d lot=E%d%s",
		company, 1 + chance(it, 9), year, month, shares, strike, fmv, company,
		vesting);
	if (unvested)
		say(it, "record vest symbol=S%d date=%d-%s-15 shares=%d fmv=%d lot=E%d",
			company, year + chance(it, 2), "12", shares,
			strike + chance(it, 90), company);
	random_disposition(
		it, company, year + (unvested ? 2 : 0) + chance(it, 3), shares);
}

/* Stock units and purchases near sales at a loss: some of them are wash sales. */
static inline void random_stock(struct random_household *it)
{
	const int year = RANDOM_FIRST + chance(it, 5);

	say(it, "record purchase symbol=T date=%d-02-01 shares=500 price=%d", year,
		20 + chance(it, 60));
	say(it, "record rsu symbol=T date=%d-12-%d shares=%d fmv=%d", year,
		10 + chance(it, 18), 100 + 100 * chance(it, 4), 20 + chance(it, 60));
	say(it, "record sale symbol=T date=%d-11-%d shares=%d price=%d", year,
		10 + chance(it, 18), 100 + 100 * chance(it, 4), 20 + chance(it, 60));
}

/* The facts of a household of the generator: exercises, sales of all kinds, gains and losses. */
static inline void random_facts(struct random_household *it)
{
	static const char *const statuses[] = { "single", "mfj", "mfs", "hoh", "qss" };
	const char *const status = statuses[chance(it, 5)];
	const int companies = 1 + chance(it, 3);

	it->count = 0;
	it->line[0] = NULL;
	for (int i = 0; i < companies; i++)
		random_options(it, i);
	if (chance(it, 2) == 0)
		random_stock(it);
	for (int year = RANDOM_FIRST; year <= RANDOM_LAST; year++)
		say(it,
			"fact %d status=%s wages=%d long_term_gain=%d short_term_gain=%d "
			"ordinary_dividends=%d qualified_dividends=%d",
			year, status, 1000 * chance(it, 600),
			1000 * (chance(it, 100) - 50), 1000 * (chance(it, 40) - 20), 3000,
			chance(it, 3000));
}

#endif

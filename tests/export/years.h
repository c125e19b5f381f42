/* Invented years of a household, from the first exercise to the last return, for packets. */
#ifndef DUALBASIS_TESTS_EXPORT_YEARS_H
#define DUALBASIS_TESTS_EXPORT_YEARS_H

#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "export/packet.h"
#include "tests/forms/random_returns.h"

struct years {
	struct law *law;
	struct facts facts;
	size_t room;
	struct lots lots;
	struct chain chain;
	struct document document;
	struct household household;
	struct pool pool;
};

static inline void years_begin(struct years *years)
{
	struct fail why = { 0 };

	*years = (struct years){ .facts = { .names = names_new() } };
	cr_assert(law_builtin(&years->law, &why), "%s: %s", why.file, why.message);
	years->document = (struct document){ .id = 1,
		.name = "1099-B 2025 <&\" caf\xc3\xa9>.csv",
		.format = "fidelity-1099",
		.sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b8"
			  "55",
		.bytes = 5004 };
}

static inline void years_end(struct years *years)
{
	free(years->facts.at);
	names_free(years->facts.names);
	law_free(years->law);
	pool_release(&years->pool);
}

static inline struct fact *years_add(struct years *years, enum fact_kind kind)
{
	GROW(years->facts.at, years->facts.count, years->room);
	struct fact *const fact = &years->facts.at[years->facts.count++];

	*fact = FACT_EMPTY;
	fact->kind = kind;
	fact->id = (int64_t)years->facts.count;
	return fact;
}

static inline uint32_t years_name(struct years *years, const char *words)
{
	return names_add(years->facts.names, words, strlen(words));
}

static inline struct day years_day(const char *words)
{
	struct day day;
	struct fail why;

	cr_assert(day_parse_iso(words, strlen(words), &day, &why), "%s", words);
	return day;
}

static inline void years_figure(struct years *years, int year, const char *words)
{
	struct fail why = { 0 };
	struct fact fact;

	cr_assert(figure_from_words(
			  years->law, year, words, years->facts.names, &fact, &why),
		"%d %s: %s", year, words, why.message);
	fact.kind = FACT_FIGURE;
	*years_add(years, FACT_FIGURE) = fact;
	years->facts.at[years->facts.count - 1].id = (int64_t)years->facts.count;
}

static inline void years_exercise(struct years *years, const char *symbol,
	const char *granted, const char *day, int64_t shares, int64_t strike_cents,
	int64_t fmv_cents)
{
	struct fact *const fact = years_add(years, FACT_EXERCISE);

	fact->symbol = years_name(years, symbol);
	fact->day = years_day(day);
	fact->other_day = years_day(granted);
	fact->shares.e8 = shares * 100000000;
	fact->price.e8 = strike_cents * 1000000;
	fact->fmv.e8 = fmv_cents * 1000000;
	fact->option = OPTION_ISO;
}

static inline void years_sale(struct years *years, const char *symbol, const char *day,
	int64_t shares, int64_t price_cents)
{
	struct fact *const fact = years_add(years, FACT_SALE);

	fact->symbol = years_name(years, symbol);
	fact->day = years_day(day);
	fact->shares.e8 = shares * 100000000;
	fact->price.e8 = price_cents * 1000000;
}

/* A row of a 1099-B whose words are as hostile as a broker's can be. */
static inline void years_reported(struct years *years, const char *description,
	const char *acquired, const char *day, int64_t shares_e8, int64_t proceeds,
	int64_t basis, char box)
{
	struct fact *const fact = years_add(years, FACT_REPORTED_SALE);

	fact->source = (struct source){ 1, (int64_t)years->facts.count };
	fact->alias = years_name(years, description);
	fact->account = years_name(years, "=SUM(A1)");
	fact->day = years_day(day);
	fact->other_day = acquired == NULL ? DAY_NONE : years_day(acquired);
	fact->shares.e8 = shares_e8;
	fact->proceeds.cents = proceeds;
	fact->proceeds_known = true;
	fact->basis.cents = basis;
	fact->basis_known = true;
	fact->box = box;
	fact->covered = (box - 'A') % 3 == 0 ? COVERED_YES : COVERED_NO;
}

/* Shares of another employer's plans: wages when bought, vested or sold, in both books. */
static inline void years_of_plans(struct years *years)
{
	years_exercise(years, "BETA", "2019-01-02", "2020-04-01", 300, 100, 4100);
	years->facts.at[years->facts.count - 1].option = OPTION_NSO;
	struct fact *const vest = years_add(years, FACT_RSU);

	vest->symbol = years_name(years, "BETA");
	vest->day = years_day("2021-05-17");
	vest->shares.e8 = 100 * INT64_C(100000000);
	vest->kept.e8 = 62 * INT64_C(100000000);
	vest->kept_known = true;
	vest->fmv.e8 = 52 * INT64_C(100000000);
	for (int i = 0; i < 2; i++) {
		struct fact *const fact = years_add(years, FACT_ESPP);

		fact->symbol = years_name(years, "GAMMA");
		fact->other_day = years_day(i == 0 ? "2021-01-04" : "2023-01-03");
		fact->day = years_day(i == 0 ? "2021-06-30" : "2023-06-30");
		fact->shares.e8 = 100 * INT64_C(100000000);
		fact->grant_fmv.e8 = 10 * INT64_C(100000000);
		fact->fmv.e8 = 15 * INT64_C(100000000);
		fact->price.e8 = fact->grant_price.e8 = INT64_C(850000000);
	}
	years_sale(years, "GAMMA", "2024-02-01", 150, 2000);
	years_sale(years, "BETA", "2022-06-01", 350, 3999);
	years_exercise(years, "DELTA", "2021-01-04", "2022-03-01", 100, 500, 2000);
	struct fact *const gift = years_add(years, FACT_GIFT);

	gift->symbol = years_name(years, "DELTA");
	gift->day = years_day("2022-12-01");
	gift->shares.e8 = 40 * INT64_C(100000000);
	gift->fmv.e8 = 18 * INT64_C(100000000);
	struct fact *const later = years_add(years, FACT_GIFT);

	later->symbol = years_name(years, "DELTA");
	later->day = years_day("2023-02-01");
	later->shares.e8 = 30 * INT64_C(100000000);
	later->fmv.e8 = 18 * INT64_C(100000000);
	years_reported(years, "BOND 4.5% 2031", "2020-03-02", "2022-05-02",
		INT64_C(500000000), 500000, 480000, 'D');
	years->facts.at[years->facts.count - 1].discount.cents = 12345;
}

/* What happens to the shares: AMT, credit, a qualifying and two disqualifying sales, losses. */
static inline void years_of_shares(struct years *years)
{
	years_exercise(years, "ACME", "2017-01-02", "2018-03-01", 2000, 100, 650);
	years_exercise(years, "ACME", "2017-01-02", "2019-06-10", 9000, 100, 4325);
	years_exercise(years, "ACME", "2020-05-04", "2022-02-07", 5000, 800, 6111);
	years_exercise(years, "ACME", "2020-05-04", "2024-02-07", 1000, 800, 9000);
	years_sale(years, "ACME", "2019-12-02", 1999, 3999);
	years_sale(years, "ACME", "2021-01-15", 4001, 5025);
	years_sale(years, "ACME", "2022-11-15", 4500, 2010);
	years_sale(years, "ACME", "2023-01-05", 1200, 1850);
	years_sale(years, "ACME", "2024-12-20", 1500, 8731);
	years_sale(years, "ACME", "2026-03-03", 1000, 1200);
	years_reported(
		years, "=1+1", "2019-02-28", "2020-02-29", 55000000, 123456, 99999, 'A');
	years_reported(years, "+BRACKEN \"WIND\" <POWER>", NULL, "2021-07-01", 1000000000,
		5000, 1000000, 'E');
	years_of_plans(years);
	years_reported(years, "@LITHIUM \xe6\x97\xa5\xe6\x9c\xac", "2023-01-02",
		"2025-07-01", 12345678900, 900000, 850050, 'D');
}

/* What the year before left: for the first year only. */
static inline bool years_opening(const char *input)
{
	return strstr(input, "carryover") != NULL || strncmp(input, "prior_", 6) == 0 ||
		strcmp(input, "credit_carryforward") == 0;
}

/* Figures drawn at random; situations that are refused are left out. */
static inline void years_random(
	struct years *years, int year, const char *status, uint64_t *state)
{
	const struct random_kind kind = { .one_in = 5, .most = INT64_C(100000000) };
	char words[96], amount[MONEY_TEXT];

	snprintf(words, sizeof words, "status=%s", status);
	years_figure(years, year, words);
	for (size_t i = 0; i < law_inputs(years->law); i++) {
		const struct input *const input = law_input(years->law, i);
		int64_t number;
		uint8_t choice, given;

		random_figure(state, input, kind, &number, &choice, &given);
		if (!given || input->kind == INPUT_YES_NO ||
			(year > LAW_FIRST_YEAR && years_opening(input->name)))
			continue;
		if (input->choice != NULL && input->choice[choice][0] != '\0')
			snprintf(words, sizeof words, "%s=%s", input->name,
				input->choice[choice]);
		else if (input->kind == INPUT_COUNT)
			snprintf(words, sizeof words, "%s=%lld", input->name,
				(long long)number);
		else
			snprintf(words, sizeof words, "%s=%s", input->name,
				money_plain((struct money){ number }, amount));
		years_figure(years, year, words);
	}
}

static inline bool years_compute(
	struct years *years, struct chain_options options, struct fail *why)
{
	cr_assert(lots_replay(&years->facts, &years->lots, &years->pool, why), "%s",
		why->message);
	if (!chain_compute(years->law, &years->facts, &years->lots, options,
		    &years->chain, &years->pool, why))
		return false;
	years->household = (struct household){ .law = years->law,
		.chain = &years->chain,
		.lots = &years->lots,
		.facts = &years->facts,
		.document = &years->document,
		.documents = 1,
		.client = "Ada & Ben <Quill>" };
	return true;
}

/* All years 2018 to 2026 of a household with this filing status, from the first good seed on. */
static inline void years_invent(struct years *years, const char *status, uint64_t seed,
	struct chain_options options)
{
	struct fail why = { 0 };

	for (int tries = 0; tries < 200; tries++) {
		uint64_t state = seed + (uint64_t)tries * 1000003;

		years_begin(years);
		years_of_shares(years);
		for (int year = LAW_FIRST_YEAR; year <= LAW_LAST_YEAR; year++)
			years_random(years, year, status, &state);
		if (years_compute(years, options, &why))
			return;
		cr_assert(why.kind == FAIL_NOT_MODELLED, "%s", why.message);
		years_end(years);
	}
	cr_assert(false, "no seed gives a chain that is modelled: %s", why.message);
}

/* Whole dollars by the Tax Table, to the cent, and by the rate schedule, in turn. */
static const struct chain_options year_options[STATUSES] = {
	[STATUS_SINGLE] = { 0 },
	[STATUS_MFJ] = { 0 },
	[STATUS_MFS] = { .cents = true },
	[STATUS_HOH] = { .schedule = true },
	[STATUS_QSS] = { .cents = true, .schedule = true },
};

static inline void invent(struct years *years, enum filing_status status)
{
	years_invent(years, status_name(status), 7000 + (uint64_t)status,
		year_options[status]);
}

static inline void write_packet(
	const struct years *years, int year, const char *folder, const char *ending)
{
	struct fail why = { 0 };
	char path[96];

	snprintf(path, sizeof path, "%s/%d%s", folder, year, ending);
	cr_assert(packet_write(&years->household, year, path, &why), "%s: %s", path,
		why.message);
}

static inline void make_report(
	const struct years *years, int year, struct report *report, struct pool *pool)
{
	struct fail why = { 0 };

	report_init(report, pool, "");
	cr_assert(
		report_packet(report, &years->household, year, &why), "%s", why.message);
}

#endif

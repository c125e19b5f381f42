/*
 * Replaying sales against lots in both books, with wash sales: seconds and memory for 10,000,
 * 100,000 and 1,000,000 sales against a fifth as many lots.
 *
 *     bench_lots [SALES [LOTS_A_SECURITY [rising|flat]]]
 *
 * Without words two tables, each line in a process of its own, so that its memory is its own:
 * prices that rise by five percent a year, which are held to 5 seconds and a gigabyte, and flat
 * ones, where half of all sales lose, losses carry further losses, and pieces are twice as many.
 *
 * Eight years in three accounts; a third of the lots are exercises of ISOs, a third purchases, a
 * third RSUs. Usually a security has a hundred lots, one a month, sold from first in to first
 * out: about every loss finds its replacement. More lots a security put more of them within 30
 * days of each other, and the losses go from lot to lot to lot in ever smaller pieces.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "ledger/f8949.h"

#define LOTS_USUAL    100
#define ACCOUNTS      3
#define SALES_PER_LOT 5
#define FIRST_DAY     16071 /* 2014-01-01 */
#define DAYS          2922

static uint64_t state = 1;

static int64_t any(int64_t below)
{
	state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int64_t)((state >> 33) % (uint64_t)below);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

struct security {
	uint32_t symbol;
	int64_t price;
	int64_t held[ACCOUNTS];
};

struct market {
	struct security *security;
	int64_t securities;
	uint32_t account[ACCOUNTS];
};

static struct fact lot_of(struct security *security, int64_t where)
{
	struct fact fact = FACT_EMPTY;

	fact.shares.e8 = (any(1000) + 500) * 100000000;
	fact.fmv.e8 = fact.price.e8 = security->price;
	switch (any(3)) {
	case 0:
		fact.kind = FACT_EXERCISE;
		fact.option = OPTION_ISO;
		fact.price.e8 = security->price / 4 + 1;
		break;
	case 1:
		fact.kind = FACT_PURCHASE;
		break;
	default:
		fact.kind = FACT_RSU;
		break;
	}
	security->held[where] += fact.shares.e8;
	return fact;
}

static struct fact sale_of(struct security *security, int64_t where)
{
	struct fact fact = FACT_EMPTY;
	const int64_t most = 360 * INT64_C(100000000);
	const int64_t held = security->held[where];

	fact.kind = FACT_SALE;
	fact.shares.e8 = (any((held < most ? held : most) / 100000000) + 1) * 100000000;
	fact.price.e8 = security->price;
	security->held[where] -= fact.shares.e8;
	return fact;
}

static struct market make_market(struct names *names, size_t securities)
{
	struct market market = { must_alloc(securities * sizeof(struct security)),
		(int64_t)securities, { 0 } };
	char name[32];

	for (size_t i = 0; i < securities; i++) {
		snprintf(name, sizeof name, "S%zu", i);
		market.security[i].symbol = names_add(names, name, strlen(name));
		market.security[i].price = 5000000000;
	}
	for (int i = 0; i < ACCOUNTS; i++) {
		snprintf(name, sizeof name, "account %d", i);
		market.account[i] = names_add(names, name, strlen(name));
	}
	return market;
}

/* What is added to a price that goes up or down by a dollar, in cents. */
enum prices { RISING = 4, FLAT = 0 };

static struct facts make_facts(size_t sales, size_t lots_a_security, enum prices prices)
{
	const size_t lots = sales / SALES_PER_LOT, count = sales + lots;
	struct facts facts = { must_alloc(count * sizeof(struct fact)), count,
		names_new() };
	struct market market =
		make_market(facts.names, (lots + lots_a_security - 1) / lots_a_security);

	for (size_t i = 0; i < count; i++) {
		struct security *const security =
			&market.security[any(market.securities)];
		const int64_t where = any(ACCOUNTS);

		/* Never worthless. */
		security->price += (any(201) - 100 + (int)prices) * 1000000;
		if (security->price < 100000000)
			security->price = 100000000;
		const bool lot =
			i % (SALES_PER_LOT + 1) == 0 || security->held[where] < 100000000;
		struct fact fact =
			lot ? lot_of(security, where) : sale_of(security, where);

		fact.id = (int64_t)i + 1;
		fact.symbol = security->symbol;
		fact.account = market.account[where];
		fact.day.number = FIRST_DAY + (int32_t)(i * DAYS / count);
		if (fact.kind == FACT_EXERCISE)
			fact.other_day.number = fact.day.number - 400 - (int32_t)any(800);
		facts.at[i] = fact;
	}
	free(market.security);
	return facts;
}

static void run(size_t sales, size_t lots_a_security, enum prices prices)
{
	struct facts facts = make_facts(sales, lots_a_security, prices);
	struct pool pool = { NULL };
	struct lots lots = { 0 };
	struct fail why = { 0 };
	const double start = seconds();

	if (!lots_replay(&facts, &lots, &pool, &why)) {
		fprintf(stderr, "bench_lots: %s\n", why.message);
		exit(fail_exit_code(why.kind));
	}
	const double took = seconds() - start;
	size_t washed[BOOKS] = { 0 };
	struct rusage use;

	for (size_t i = 0; i < lots.disposition_count; i++)
		for (int b = 0; b < BOOKS; b++)
			washed[b] += lots.disposition[i].disallowed[b].cents > 0;
	getrusage(RUSAGE_SELF, &use);
	printf("%8zu sales %7zu lots: %7.3f s, %5.0f ns a sale, %5ld MB; %zu "
	       "dispositions, "
	       "%zu lots after splits, %zu and %zu wash sales\n",
		sales, facts.count - sales, took, took * 1e9 / (double)sales,
		use.ru_maxrss / 1024, lots.disposition_count, lots.lot_count,
		washed[BOOK_REGULAR], washed[BOOK_AMT]);
	pool_release(&pool);
	free(facts.at);
	names_free(facts.names);
}

/* In a child: memory is told as the most that a process ever had. */
static void run_alone(size_t sales, enum prices prices)
{
	const pid_t child = fork();
	int status = 1;

	if (child == 0) {
		run(sales, LOTS_USUAL, prices);
		exit(0);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
		exit(1);
}

int main(int count, char **words)
{
	static const size_t usual[] = { 10000, 100000, 1000000 };

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (count > 1) {
		run(strtoul(words[1], NULL, 10),
			count > 2 ? strtoul(words[2], NULL, 10) : LOTS_USUAL,
			count > 3 && strcmp(words[3], "flat") == 0 ? FLAT : RISING);
		return 0;
	}
	puts("prices that rise");
	for (size_t i = 0; i < COUNT(usual); i++)
		run_alone(usual[i], RISING);
	puts("flat prices");
	for (size_t i = 0; i < COUNT(usual); i++)
		run_alone(usual[i], FLAT);
	return 0;
}

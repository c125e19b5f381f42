/*
 * How many rows a second `compute` takes from CSV to CSV, on one core.
 *
 *     bench_compute [ROWS [YEARS]]       years: 1 (all rows alike) to 9; also all five statuses
 */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "forms/compute.h"
#include "tests/forms/random_returns.h"

#define PASSES 3

/* The columns that the contract lists first. */
static const char *const columns[] = { "wages", "taxable_interest", "ordinary_dividends",
	"qualified_dividends", "short_term_gain", "long_term_gain", "other_income",
	"adjustments", "state_refund", "salt_paid", "itemized_other", "deduction",
	"iso_spread", "amt_short_term_difference", "amt_long_term_difference",
	"short_term_carryover", "long_term_carryover", "amt_short_term_carryover",
	"amt_long_term_carryover", "private_activity_interest", "qsbs_preference",
	"investment_interest_difference", "other_amt_adjustment",
	"other_nonrefundable_credits", "credit_carryforward" };

static void must(bool done, const struct fail *why)
{
	if (done)
		return;
	fprintf(stderr, "bench_compute: %s\n", why->message);
	exit(fail_exit_code(why->kind));
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void cell_print(FILE *file, const struct input *input, uint64_t *state)
{
	const struct random_kind kind = { 2, INT64_C(100000000) };
	int64_t number;
	uint8_t choice, given;
	char text[MONEY_TEXT];

	random_figure(state, input, kind, &number, &choice, &given);
	fputc(',', file);
	if (!given)
		return;
	if (input->kind == INPUT_ONE_OF)
		fputs(input->choice[choice], file);
	else
		fputs(money_plain((struct money){ number }, text), file);
}

static long rows_print(const struct law *law, FILE *file, size_t rows, int years)
{
	uint64_t state = 1;
	size_t index[COUNT(columns)];
	struct fail why;

	fputs("id,year,status", file);
	for (size_t c = 0; c < COUNT(columns); c++) {
		must(law_input_find(law, columns[c], &index[c], &why), &why);
		fprintf(file, ",%s", columns[c]);
	}
	fputc('\n', file);
	for (size_t row = 0; row < rows; row++) {
		const int year =
			LAW_LAST_YEAR - 1 - (int)random_below(&state, (uint64_t)years);
		const int status =
			years > 1 ? (int)random_below(&state, STATUSES) : STATUS_MFJ;

		fprintf(file, "R%07zu,%d,%s", row,
			year < LAW_FIRST_YEAR ? LAW_LAST_YEAR : year,
			status_name((enum filing_status)status));
		for (size_t c = 0; c < COUNT(columns); c++)
			cell_print(file, law_input(law, index[c]), &state);
		fputc('\n', file);
	}
	fflush(file);
	return ftell(file);
}

int main(int count, char **words)
{
	const size_t rows = count > 1 ? strtoul(words[1], NULL, 10) : 1000000;
	const int years = count > 2 ? atoi(words[2]) : 9;
	const struct compute_options options = { .file = "bench.csv" };
	FILE *const in = tmpfile(), *const out = tmpfile();
	struct law *law;
	struct fail why;
	double best = 0;

	if (in == NULL || out == NULL || years < 1 || years > 9)
		must(false,
			&(struct fail){
				.message = "no temporary file, or years not 1 to 9" });
	must(law_builtin(&law, &why), &why);
	const long bytes = rows_print(law, in, rows, years);

	for (int pass = 0; pass < PASSES; pass++) {
		const double began = seconds();

		lseek(fileno(in), 0, SEEK_SET);
		if (ftruncate(fileno(out), 0) != 0 ||
			lseek(fileno(out), 0, SEEK_SET) != 0)
			must(false, &(struct fail){ .message = "cannot rewind" });
		must(compute(law, fileno(in), fileno(out), &options, &why), &why);
		const double rate = (double)rows / (seconds() - began);

		best = rate > best ? rate : best;
	}
	printf("compute, %zu rows of %d years and %d statuses, %.0f bytes a row in, %.0f "
	       "out\n",
		rows, years, years > 1 ? STATUSES : 1, (double)bytes / (double)rows,
		(double)lseek(fileno(out), 0, SEEK_END) / (double)rows);
	printf("    CSV to CSV  %12.0f rows a second\n", best);
	law_free(law);
	fclose(in);
	fclose(out);
	return 0;
}

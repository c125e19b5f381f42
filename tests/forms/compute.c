/* `compute` from CSV to CSV: what is written, what is refused, and where. */
#include "forms/compute.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/forms/random_returns.h"

static struct law *law;
static FILE *in, *out;

static void load(void)
{
	struct fail why;

	cr_assert(law_builtin(&law, &why), "%s", why.message);
	in = tmpfile();
	out = tmpfile();
	cr_assert(in != NULL && out != NULL);
}

static void drop(void)
{
	fclose(in);
	fclose(out);
	law_free(law);
}

TestSuite(compute, .init = load, .fini = drop);

/* What compute() writes for `text`, in a static room; `why` is empty after success. */
static const char *run(
	const char *text, size_t length, struct compute_options options, struct fail *why)
{
	static char wrote[1 << 20];

	*why = (struct fail){ 0 };
	options.file = "in.csv";
	cr_assert(fflush(in) == 0 && ftruncate(fileno(in), 0) == 0);
	cr_assert(ftruncate(fileno(out), 0) == 0);
	cr_assert(pwrite(fileno(in), text, length, 0) == (ssize_t)length);
	lseek(fileno(in), 0, SEEK_SET);
	lseek(fileno(out), 0, SEEK_SET);
	const bool done = compute(law, fileno(in), fileno(out), &options, why);

	cr_expect(eq(int, done, why->kind == FAIL_NONE));
	const ssize_t bytes = pread(fileno(out), wrote, sizeof wrote - 1, 0);

	cr_assert(ge(i64, bytes, 0));
	wrote[bytes] = '\0';
	return wrote;
}

static const char *said(const char *text, struct compute_options options)
{
	struct fail why;
	const char *const wrote = run(text, strlen(text), options, &why);

	cr_expect(eq(int, why.kind, FAIL_NONE), "%s: %s", text, why.message);
	return wrote;
}

#define AGI "f1040.agi"

static const struct {
	const char *what, *in, *out;
} good[] = {
	{ "columns in any order", "status,wages,year,id\nmfj,100,2024,a\n",
		"id," AGI "\na,100.00\n" },
	{ "without id", "year,status,wages\n2024,single,100\n", AGI "\n100.00\n" },
	{ "blank is not given", "year,status,wages\n2024,single,\n", AGI "\n0.00\n" },
	{ "no rows", "year,status,wages\n", AGI "\n" },
	{ "empty lines, no last line break",
		"\nyear,status,wages\n\n2024,single,1\n\n2024,mfs,2",
		AGI "\n1.00\n2.00\n" },
	{ "carriage returns", "year,status,wages\r\n2024,single,1\r\n", AGI "\n1.00\n" },
	{ "a byte order mark", "\xef\xbb\xbfyear,status,wages\n2024,single,1\n",
		AGI "\n1.00\n" },
	{ "a byte order mark before a quote",
		"\"year\",status,\"wages\"\n2024,\"single\",\"1\"\n", AGI "\n1.00\n" },
	{ "blanks around", " year , status , wages \n 2024 , single , 1 \n",
		AGI "\n1.00\n" },
	{ "plain and signed",
		"year,status,other_income\n2024,single,-1\n2024,single,+7\n",
		AGI "\n-1.00\n7.00\n" },
	{ "quotes, commas and line breaks in ids",
		"id,year,status,wages\n\"a,\"\"b\"\"\nc\",2024,single,1\nd "
		"e,2024,single,2\n",
		"id," AGI "\n\"a,\"\"b\"\"\nc\",1.00\nd e,2.00\n" },
	{ "years and statuses mixed",
		"id,year,status,wages\n1,2024,single,1\n2,2018,mfj,2\n3,2024,single,3\n4,"
		"2026,qss,4\n",
		"id," AGI "\n1,1.00\n2,2.00\n3,3.00\n4,4.00\n" },
};

Test(compute, reads_and_writes_csv)
{
	for (size_t i = 0; i < COUNT(good); i++) {
		const char *const wrote =
			said(good[i].in, (struct compute_options){ .lines = AGI });

		cr_expect(strcmp(wrote, good[i].out) == 0, "%s: %s", good[i].what, wrote);
	}
}

Test(compute, asks_for_the_default_lines)
{
	/* 2024, single: 85,400 taxable; the Tax Table has the tax on 85,425, 13,846.50. */
	cr_expect(strcmp(said("year,status,wages\n2024,single,100000\n",
				 (struct compute_options){ 0 }),
			  COMPUTE_LINES "\n13847.00,100000.00,85700.00,14300.00,3718.00,"
					"13847.00,0.00,0.00\n") == 0);
}

Test(compute, cents_and_schedule)
{
	const char *const text = "year,status,wages\n2024,single,100000.49\n";

	cr_expect(
		strcmp(said(text, (struct compute_options){ .lines = AGI ",f1040.tax" }),
			AGI ",f1040.tax\n100000.00,13847.00\n") == 0);
	cr_expect(strcmp(said(text,
				 (struct compute_options){
					 .lines = AGI ",f1040.tax", .schedule = true }),
			  AGI ",f1040.tax\n100000.00,13841.00\n") == 0);
	cr_expect(strcmp(said(text,
				 (struct compute_options){ .lines = AGI ",f1040.tax",
					 .schedule = true,
					 .cents = true }),
			  AGI ",f1040.tax\n100000.49,13841.11\n") == 0);
}

Test(compute, lines_that_a_year_has_not_and_blank_ones_are_empty)
{
	cr_expect(strcmp(said("year,status,wages\n2024,single,100\n2025,single,100\n",
				 (struct compute_options){
					 .lines = "f6251.1, f6251.1b ,6251.12" }),
			  "f6251.1,f6251.1b,6251.12\n-14500.00,,\n,-15650.00,\n") == 0);
}

/* A line of kind count is a plain number. */
Test(compute, counts_are_no_money)
{
	cr_expect(strcmp(said("year,status,itemized_other\n2024,single,1\n2024,single,"
			      "20000\n",
				 (struct compute_options){ .lines = "f1040.itemizes" }),
			  "f1040.itemizes\n0\n1\n") == 0);
}

static const struct {
	const char *what, *in, *lines;
	enum fail_kind kind;
	long row, column;
	const char *says, *out;
} bad[] = {
	{ "an unknown column", "year,status,wagse\n2024,single,1\n", AGI, FAIL_USAGE, 1,
		3, "wages", "" },
	{ "a column nearly one of ours", "yaer,status\n2024,single\n", AGI, FAIL_USAGE, 1,
		1, "year", "" },
	{ "a column twice", "year,wages,status,wages\n", AGI, FAIL_USAGE, 1, 4, "twice",
		"" },
	{ "no year", "status,wages\nsingle,1\n", AGI, FAIL_USAGE, 1, 0, "year", "" },
	{ "no status", "year,wages\n2024,1\n", AGI, FAIL_USAGE, 1, 0, "status", "" },
	{ "an unknown line", "year,status\n2024,single\n", "f1040.tax,f6251.99",
		FAIL_USAGE, 0, 0, "99", "" },
	{ "an unknown form", "year,status\n2024,single\n", "f9999.1", FAIL_USAGE, 0, 0,
		"9999", "" },
	{ "an empty line name", "year,status\n2024,single\n", AGI ",,", FAIL_USAGE, 0, 0,
		"ID,ID", "" },
	{ "nothing", "", AGI, FAIL_BAD_INPUT, 0, 0, "nothing to read", "" },
	{ "a word for an amount", "year,status,wages\n2024,single,1\n2024,single,many\n",
		AGI, FAIL_BAD_INPUT, 3, 3, "wages", AGI "\n1.00\n" },
	{ "an exponent", "year,status,wages\n2024,single,1e3\n", AGI, FAIL_BAD_INPUT, 2,
		3, "1e3", AGI "\n" },
	{ "half a cent", "year,status,wages\n2024,single,1.005\n", AGI, FAIL_BAD_INPUT, 2,
		3, "decimals", AGI "\n" },
	{ "too much", "year,status,wages\n2024,single,1000000000000.01\n", AGI,
		FAIL_BAD_INPUT, 2, 3, "too large", AGI "\n" },
	{ "more than 64 bits", "year,status,wages\n2024,single,99999999999999999999\n",
		AGI, FAIL_BAD_INPUT, 2, 3, "too large", AGI "\n" },
	{ "no year", "year,status\n,single\n", AGI, FAIL_BAD_INPUT, 2, 1, "year",
		AGI "\n" },
	{ "no status", "year,status\n2024,\n", AGI, FAIL_BAD_INPUT, 2, 2, "single, mfj",
		AGI "\n" },
	{ "an unknown word", "year,status,deduction\n2024,single,big\n", AGI,
		FAIL_BAD_INPUT, 2, 3, "itemized", AGI "\n" },
	{ "a cell too many", "year,status\n2024,single,\n", AGI, FAIL_BAD_INPUT, 2, 0,
		"3 cells", AGI "\n" },
	{ "a cell too few", "year,status,wages\n2024,single\n", AGI, FAIL_BAD_INPUT, 2, 0,
		"2 cells", AGI "\n" },
	{ "an open quote", "id,year,status\n\"a,2024,single\nb,2024,single\n", AGI,
		FAIL_BAD_INPUT, 2, 1, "not closed", "id," AGI "\n" },
	{ "text after a quote", "id,year,status\n\"a\"b,2024,single\n", AGI,
		FAIL_BAD_INPUT, 2, 1, "after the closing quote", "id," AGI "\n" },
	{ "the row after a broken id", "id,year,status\n\"a\nb\",2024,single\nc,2024,x\n",
		AGI, FAIL_BAD_INPUT, 4, 3, "\"x\"", "id," AGI "\n\"a\nb\",0.00\n" },
	{ "a year before the forms",
		"year,status\n2024,single\n2017,single\n2024,single\n", AGI,
		FAIL_NOT_MODELLED, 3, 0, "2018", AGI "\n0.00\n" },
	{ "a situation refused",
		"id,year,status,form_2555\n1,2024,single,\n2,2024,single,yes\n", AGI,
		FAIL_NOT_MODELLED, 3, 0, "Form 2555", "id," AGI "\n1,0.00\n" },
};

Test(compute, failures_say_where_and_leave_what_was_written)
{
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct fail why;
		const char *const wrote = run(bad[i].in, strlen(bad[i].in),
			(struct compute_options){ .lines = bad[i].lines }, &why);

		cr_expect(eq(int, why.kind, bad[i].kind), "%s: %s", bad[i].what,
			why.message);
		cr_expect(
			eq(i64, why.row, bad[i].row), "%s: %s", bad[i].what, why.message);
		cr_expect(eq(i64, why.column, bad[i].column), "%s: %s", bad[i].what,
			why.message);
		cr_expect(
			strstr(why.message, bad[i].says) || strstr(why.hint, bad[i].says),
			"%s: %s (%s)", bad[i].what, why.message, why.hint);
		cr_expect(strcmp(wrote, bad[i].out) == 0, "%s: %s", bad[i].what, wrote);
	}
}

Test(compute, keeps_going_with_a_column_of_errors)
{
	const char *const text =
		"id,year,status,form_2555,wages\n"
		"1,2024,single,yes,1\n2,2024,single,no,2\n3,1999,mfj,,3\n";
	const char *const wrote =
		said(text, (struct compute_options){ .lines = AGI, .keep_going = true });
	char *const copy = strdup(wrote), *next = NULL;
	const char *const head = strtok_r(copy, "\n", &next);
	const char *const first = strtok_r(NULL, "\n", &next);
	const char *const second = strtok_r(NULL, "\n", &next);
	const char *const third = strtok_r(NULL, "\n", &next);

	cr_expect(strcmp(head, "id," AGI ",error") == 0, "%s", head);
	cr_expect(
		strncmp(first, "1,,", 3) == 0 && strstr(first, "Form 2555"), "%s", first);
	cr_expect(strcmp(second, "2,2.00,") == 0, "%s", second);
	cr_expect(strncmp(third, "3,,", 3) == 0 && strstr(third, "2018 to 2026"), "%s",
		third);
	free(copy);
	/* A bad cell is no situation: it stops all the same. */
	struct fail why;

	run("year,status\n2024,x\n", 20, (struct compute_options){ .keep_going = true },
		&why);
	cr_expect(eq(int, why.kind, FAIL_BAD_INPUT));
}

/* ---- against the scalar engine ---- */

#define ROWS 10000
#define LINES                                                                            \
	"f1040.tax,f1040.total_tax,f6251.11,f6251.2k,schedule_d.16,schedule_d@amt.16,"   \
	"f8801.26"
static const char *const lines[] = { "f1040.tax", "f1040.total_tax", "f6251.11",
	"f6251.2k", "schedule_d.16", "schedule_d@amt.16", "f8801.26" };

struct drawn {
	int year;
	enum filing_status status;
	struct entered *entered;
};

/* One row's cells; an input is given in one row of four. */
static void row_draw(struct drawn *row, uint64_t *state, struct pool *pool,
	struct text *csv, size_t number)
{
	static const struct random_kind kind = { 4, INT64_C(1000000000) };
	char text[MONEY_TEXT];

	row->year = LAW_FIRST_YEAR + (int)random_below(state, 9);
	row->status = (enum filing_status)random_below(state, STATUSES);
	row->entered = pool_alloc(pool, law_inputs(law) * sizeof *row->entered);
	text_addf(csv, "%zu,%d,%s", number, row->year, status_name(row->status));
	for (size_t i = 0; i < law_inputs(law); i++) {
		const struct input *const input = law_input(law, i);
		struct entered *const entered = &row->entered[i];
		uint8_t choice, given;

		random_figure(
			state, input, kind, &entered->amount.cents, &choice, &given);
		entered->choice = choice;
		entered->given = given;
		text_add(csv, ",");
		if (!given)
			continue;
		if (input->choice != NULL && input->choice[choice][0] != '\0')
			text_add(csv, input->choice[choice]);
		else if (input->kind == INPUT_AMOUNT)
			text_add(csv, money_plain(entered->amount, text));
		else
			text_addf(csv, "%lld", (long long)entered->amount.cents);
	}
	text_add(csv, "\n");
}

static void row_want(const struct drawn *row, size_t number, struct text *want)
{
	const struct return_input input = {
		.year = row->year, .status = row->status, .entered = row->entered
	};
	struct pool pool = { 0 };
	struct tax_return *its;
	struct fail why;
	const bool done = return_evaluate(law, &input, NULL, &its, &pool, &why);

	text_addf(want, "%zu", number);
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct value value = { 0 };
		char text[MONEY_TEXT];

		if (done && !return_find(its, lines[i], &value, &why))
			cr_fatal("%s", why.message);
		text_addf(
			want, ",%s", value.filled ? money_plain(value.amount, text) : "");
	}
	text_addf(want, ",%s\n", done ? "" : why.message);
	pool_release(&pool);
}

/* Written slowly and in odd pieces by another thread, through a pipe. */
struct feeding {
	int descriptor;
	const struct text *text;
};

static void *feed(void *context)
{
	const struct feeding *const feeding = context;
	size_t piece = 1;

	for (size_t done = 0; done < feeding->text->length; piece = piece * 7 % 4099) {
		const size_t left = feeding->text->length - done;
		const ssize_t wrote = write(feeding->descriptor, feeding->text->at + done,
			piece < left ? piece : left);

		if (wrote < 0)
			break;
		done += (size_t)wrote;
	}
	close(feeding->descriptor);
	return NULL;
}

Test(compute, equals_the_scalar_engine_over_many_rows)
{
	struct text csv = TEXT_EMPTY, want = TEXT_EMPTY;
	struct pool pool = { 0 };
	struct fail why;
	uint64_t state = 3;
	int pipes[2];
	pthread_t feeder;

	text_add(&csv, "id,year,status");
	for (size_t i = 0; i < law_inputs(law); i++)
		text_addf(&csv, ",%s", law_input(law, i)->name);
	text_add(&csv, "\n");
	text_add(&want, "id," LINES ",error\n");
	for (size_t i = 0; i < ROWS; i++) {
		struct drawn row;

		row_draw(&row, &state, &pool, &csv, i);
		row_want(&row, i, &want);
	}
	cr_assert(pipe(pipes) == 0);
	struct feeding feeding = { pipes[1], &csv };

	cr_assert(pthread_create(&feeder, NULL, feed, &feeding) == 0);
	const struct compute_options options = {
		.lines = LINES, .keep_going = true, .file = "pipe"
	};
	const bool done = compute(law, pipes[0], fileno(out), &options, &why);

	cr_assert(done, "%ld: %s", why.row, why.message);
	pthread_join(feeder, NULL);
	close(pipes[0]);
	char *const got = malloc(want.length + 2);
	const ssize_t bytes = pread(fileno(out), got, want.length + 1, 0);

	cr_assert(eq(i64, bytes, (int64_t)want.length));
	cr_expect(memcmp(got, want.at, want.length) == 0);
	free(got);
	text_release(&csv);
	text_release(&want);
	pool_release(&pool);
}

/* What has come is answered before more comes. */
Test(compute, does_not_wait_for_a_full_chunk)
{
	struct fail why;
	int to[2], from[2];
	char answer[64] = "";

	cr_assert(pipe(to) == 0 && pipe(from) == 0);
	const pid_t child = fork();

	cr_assert(ge(int, child, 0));
	if (child == 0) {
		const struct compute_options options = { .lines = AGI, .file = "pipe" };

		close(to[1]);
		_exit(compute(law, to[0], from[1], &options, &why) ? 0 : 1);
	}
	static const char row[] = "year,status,wages\n2024,single,5\n";

	cr_assert(write(to[1], row, sizeof row - 1) == (ssize_t)sizeof row - 1);
	for (size_t got = 0; got < strlen(AGI "\n5.00\n");) {
		struct pollfd wait = { .fd = from[0], .events = POLLIN };

		cr_assert(poll(&wait, 1, 20000) == 1, "no answer in twenty seconds");
		const ssize_t bytes =
			read(from[0], answer + got, sizeof answer - 1 - got);

		cr_assert(gt(i64, bytes, 0));
		got += (size_t)bytes;
	}
	cr_expect(strcmp(answer, AGI "\n5.00\n") == 0, "%s", answer);
	close(to[1]);
	close(to[0]);
	close(from[0]);
	close(from[1]);
}

#ifndef __SANITIZE_ADDRESS__
/* Half a million rows take no more memory than some ten thousand. */
Test(compute, memory_does_not_grow)
{
	const struct compute_options options = { .lines = AGI, .file = "in.csv" };
	struct rusage before, after;
	struct fail why;

	for (int pass = 0; pass < 2; pass++) {
		rewind(in);
		fputs("id,year,status,wages\n", in);
		for (int row = 0; row < (pass == 0 ? 10000 : 500000); row++)
			fprintf(in, "%d,%d,single,%d\n", row, 2018 + row % 9, row);
		fflush(in);
		lseek(fileno(in), 0, SEEK_SET);
		lseek(fileno(out), 0, SEEK_SET);
		cr_assert(compute(law, fileno(in), fileno(out), &options, &why), "%s",
			why.message);
		getrusage(RUSAGE_SELF, pass == 0 ? &before : &after);
	}
	/* In kilobytes; chunks of different rows may take a little more or less. */
	cr_expect(lt(i64, after.ru_maxrss, before.ru_maxrss + 1024));
}
#endif

Test(compute, lists_its_columns)
{
	struct pool pool = { 0 };
	struct compute_column *column;
	size_t count, found = 0;

	compute_columns(law, &column, &count, &pool);
	cr_assert(eq(sz, count, law_inputs(law) + 3));
	cr_expect(strcmp(column[0].name, "id") == 0);
	for (size_t i = 0; i < count; i++) {
		cr_expect(column[i].what != NULL && column[i].what[0] != '\0', "%s",
			column[i].name);
		if (strcmp(column[i].name, "deduction") == 0)
			found += strcmp(column[i].want, "auto or standard or itemized") ==
				0;
		if (strcmp(column[i].name, "wages") == 0)
			found += strcmp(column[i].want, "amount") == 0;
		if (strcmp(column[i].name, "compensation_in_wages") == 0)
			found += strcmp(column[i].want, "amount or all") == 0;
	}
	cr_expect(eq(sz, found, 3));
	pool_release(&pool);
}

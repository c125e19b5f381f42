/* `import`: files that people have become facts. */
#include "ledger/import/profile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/batch.h"
#include "cli/import_report.h"
#include "cli/paths.h"

/* Long files show on a terminal how far they are; others are done before anybody looks. */
#define PROGRESS_ROWS 20000

struct progress {
	size_t rows;
	bool shown;
};

static bool count_row(
	void *context, const struct row *row, enum import_fate fate, struct fail *why)
{
	struct progress *const progress = context;

	(void)row;
	(void)fate;
	(void)why;
	if (++progress->rows % PROGRESS_ROWS != 0)
		return true;
	progress->shown = true;
	fprintf(stderr, "\r%*s\r%zu rows", 32, "", progress->rows);
	return true;
}

/* Where facts stand, the rows are read once before: which of them are known? */
static void count_compared(void *context, size_t rows)
{
	struct progress *const progress = context;

	if (rows % PROGRESS_ROWS != 0)
		return;
	progress->shown = true;
	fprintf(stderr, "\rcomparing: %zu rows", rows);
}

/* Nothing stands before what is said next. */
static void clear_progress(const struct progress *progress)
{
	if (progress->shown)
		fprintf(stderr, "\r%*s\r", 32, "");
}

struct work {
	struct call *call;
	struct home home;
	struct json *json; /* NULL: text */
	struct text text;
	bool dry;
	bool none; /* there is no ledger yet */
	size_t count[IMPORT_FATES];
	size_t files, failed;
	struct text
		summary; /* of each file a line, for the case that one of them fails */
	int last_year;
	bool exercises;
	/* what the files say besides sales, by year, so that one command enters it */
	struct year_income {
		int year;
		size_t files;
		bool corrected; /* one of them is */
		struct incomes incomes;
	} * income;
	size_t incomes, income_room;
};

static void add_income(struct work *work, const struct row_file *read)
{
	size_t at = 0;

	if (!incomes_any(&read->income))
		return;
	while (at < work->incomes && work->income[at].year != read->tax_year)
		at++;
	if (at == work->incomes) {
		GROW(work->income, work->incomes, work->income_room);
		work->income[work->incomes++] =
			(struct year_income){ .year = read->tax_year };
	}
	work->income[at].files++;
	work->income[at].corrected |= read->corrected;
	incomes_add(&work->income[at].incomes, &read->income);
}

static bool take_file(struct work *work, const char *path, struct preview *preview,
	struct import_report *report, struct fail *why)
{
	const bool shows = !work->dry && isatty(STDERR_FILENO);
	struct progress progress = { 0 };
	const struct import_options options = {
		.format = call_value(work->call, "format"),
		.profile = call_value(work->call, "profile"),
		.account = call_value(work->call, "account"),
		.symbol = call_value(work->call, "symbol"),
		.waive = call_value(work->call, "waive"),
		.replace = call_value(work->call, "replace"),
		.look = work->dry,
		.sink = work->dry ? preview_row
			: shows   ? count_row
				  : NULL,
		.compared = shows ? count_compared : NULL,
		.fact_sink = work->dry ? preview_fact : NULL,
		.today = day_today(),
		.sink_context = work->dry ? (void *)preview : (void *)&progress,
	};
	const bool done = import_file(
		work->home.store, path, &options, report, work->call->pool, why);

	clear_progress(&progress);
	if (!done && why->file[0] == '\0')
		fail_file(why, path);
	return done;
}

static void add_counts(struct work *work, const struct import_report *report)
{
	for (enum import_fate fate = 0; fate < IMPORT_FATES; fate++)
		work->count[fate] += report->count[fate];
	if (report->read.tax_year > work->last_year)
		work->last_year = report->read.tax_year;
	add_income(work, &report->read);
	work->exercises |= report->kind[ROW_OPTION_EXERCISE] > 0;
}

static bool import_one(
	struct work *work, const char *path, bool several, struct fail *why)
{
	/* Once a file has failed the others are only looked at: nothing is told of them. */
	struct json *const json = work->failed == 0 ? work->json : NULL;
	struct text rows = TEXT_EMPTY;
	struct preview preview = { .json = json, .text = &rows };
	struct import_report report;

	if (json && several)
		json_object(json, NULL);
	if (json && work->dry)
		json_array(json, "rows");
	const bool done = take_file(work, path, &preview, &report, why);

	work->files++;
	import_report_line(&work->summary, path, &report, done ? NULL : why);
	if (!done) {
		import_report_failures(work->call, path, &report, why);
		work->failed++;
		text_release(&rows);
		return false;
	}
	if (json && work->dry)
		json_close(json);
	if (json)
		import_report_json(json, &report);
	else
		import_report_text(&work->text, &report);
	if (json && several)
		json_close(json);
	text_add(&work->text, rows.length > 0 ? rows.at : "");
	text_release(&rows);
	if (preview.more > 0)
		text_addf(&work->text, "  ... and %zu more (--json shows all)\n",
			preview.more);
	add_counts(work, &report);
	return true;
}

/* A failure of the ledger's own leaves nothing to go on with. */
static bool may_go_on(const struct fail *why, const char *path)
{
	return why->kind != FAIL_LOCKED && strcmp(why->file, path) == 0;
}

/* What comes after the failures: of several files or rows, what there is of all. */
static void sum_up(struct work *work, const struct paths *paths)
{
	struct failures *const failures = &work->call->failures;
	struct text text = TEXT_EMPTY;
	bool folder = paths->count > work->call->operands;

	for (size_t i = 0; i < work->call->operands && !folder; i++)
		folder = work->call->operand[i] != paths->at[i];
	if (paths->count > 1 || failures->count > 1) {
		text_add(&text, "nothing was imported");
		if (paths->count > 1)
			text_addf(&text, ": %zu of %zu files cannot be taken",
				work->failed, paths->count);
		text_addf(&text, "\n%s", work->summary.at);
	}
	if (folder)
		text_add(&text,
			"to leave a file out, name the files to take instead of the "
			"folder\n");
	if (text.length > 0)
		failures->summary = pool_text(work->call->pool, text.at, text.length);
	text_release(&text);
}

/* Every file is looked at, also behind one that fails: all that is to be mended is told. */
static bool import_all(struct work *work, const struct paths *paths, struct fail *why)
{
	for (size_t i = 0; i < paths->count; i++) {
		struct fail failure = { 0 };

		if (import_one(work, paths->at[i], paths->count > 1, &failure))
			continue;
		if (!may_go_on(&failure, paths->at[i]))
			break;
	}
	if (work->failed == 0)
		return true;
	sum_up(work, paths);
	*why = work->call->failures.first->why;
	return false;
}

static void print_counts(const struct work *work)
{
	printf("\nin all, %zu files:", work->files);
	for (enum import_fate fate = 0, some = 0; fate < IMPORT_FATES; fate++)
		if (work->count[fate] > 0 || fate == IMPORT_NEW)
			printf("%s %zu %s", some++ ? "," : "", work->count[fate],
				import_fate_name(fate));
	printf("\n");
}

/* What lies in the folders and is not taken: nobody may think that it was. */
static void print_left(const struct paths *paths)
{
	struct text text = TEXT_EMPTY;

	if (paths->left_count > 0)
		text_add(&text, "\nleft out:\n");
	for (size_t i = 0; i < paths->left_count; i++) {
		text_add(&text, "  ");
		add_name(&text, paths->left[i].path);
		text_addf(&text, " (%s)\n", paths->left[i].why);
	}
	print_shown(stdout, text.at);
	text_release(&text);
}

static void left_json(struct json *json, const struct paths *paths)
{
	json_array(json, "left_out");
	for (size_t i = 0; i < paths->left_count; i++) {
		json_object(json, NULL);
		json_text(json, "path", paths->left[i].path);
		json_text(json, "why", paths->left[i].why);
		json_close(json);
	}
	json_close(json);
}

/* The command that enters what was told as not used. */
static void print_incomes(const struct work *work)
{
	for (size_t i = 0; i < work->incomes; i++) {
		const int year = work->income[i].year;
		struct text figures = TEXT_EMPTY;
		char name[16] = "YEAR";

		if (year != 0)
			snprintf(name, sizeof name, "%d", year);
		incomes_figures(&work->income[i].incomes, &figures);
		/* The sum would hold what was corrected and its correction. */
		if (work->income[i].corrected && work->income[i].files > 1)
			printf("\nof what is not used, enter a corrected form's figures "
			       "in place of the earlier form's:\n  dualbasis fact %s "
			       "FIGURE=AMOUNT...\n",
				name);
		else if (figures.length > 0)
			printf("\nto enter what is not used, if there is no other payer "
			       "(else add theirs):\n  dualbasis fact %s %s\n",
				name, figures.at);
		text_release(&figures);
	}
}

static void say_what_next(const struct work *work)
{
	const size_t written = work->count[IMPORT_NEW] + work->count[IMPORT_CHANGED];

	print_incomes(work);

	if (work->dry) {
		printf("\nnothing was written%s\n",
			work->none ? "; there is no ledger yet: make one with dualbasis "
				     "init"
				   : "");
		return;
	}
	if (written == 0)
		return;
	printf("\nnext:\n");
	print_next(work->call, "dualbasis lots", "the shares you hold, in both books");
	if (work->last_year > 0)
		print_next(work->call,
			pool_printf(
				work->call->pool, "dualbasis sales %d", work->last_year),
			"the year's Form 8949");
	print_next(work->call, "dualbasis todo", "what is missing or in question");
	print_next(work->call,
		pool_printf(work->call->pool, "dualbasis fact %d --template",
			work->last_year > 0 ? work->last_year : 2025),
		"the other figures of the return");
}

/* One batch for all files: either every row of them or none. */
static bool import_batch(struct work *work, const struct paths *paths, struct fail *why)
{
	if (!batch_begin(&work->home, work->call, why))
		return false;
	if (import_all(work, paths, why))
		return batch_commit(&work->home, work->call, why);
	batch_rollback(&work->home);
	return false;
}

/* A dry run needs no ledger: one may look at a file before there is one. */
static bool open_ledger(struct work *work, struct fail *why)
{
	struct stat found;

	work->none = work->dry && stat(work->call->ledger, &found) != 0;
	return work->none ? store_open_empty(&work->home.store, why)
			  : home_open(&work->home, work->call, batch_access(work->call),
				    HOME_STORE, why);
}

static bool answer(struct work *work, const struct paths *paths, struct fail *why)
{
	struct answer answer;

	if (!work->call->json) {
		/* Nothing is said of files that were taken back for another's failure. */
		const bool done = import_batch(work, paths, why);

		if (done) {
			print_shown(stdout, work->text.at);
			if (work->files > 1)
				print_counts(work);
			print_left(paths);
			say_what_next(work);
		}
		return done;
	}
	answer_open(&answer);
	work->json = &answer.json;
	json_bool(&answer.json, "dry_run", work->dry);
	if (paths->count > 1)
		json_array(&answer.json, "files");
	if (!import_batch(work, paths, why)) {
		answer_drop(&answer);
		return false;
	}
	if (paths->count > 1)
		json_close(&answer.json);
	left_json(&answer.json, paths);
	answer_close(&answer);
	return true;
}

static bool template_of(struct call *call, const char *name, struct fail *why)
{
	struct text page = TEXT_EMPTY;
	const bool found = import_template(name, &page);

	if (found)
		print_page(call, &page);
	text_release(&page);
	if (found)
		return true;
	struct text names = TEXT_EMPTY;

	for (const char *const *known = import_templates(); *known; known++)
		text_addf(&names, "%s%s", names.length ? ", " : "", *known);
	fail_set(why, FAIL_USAGE,
		"there is no template \"%s\" (want one of: %s, or a kind of "
		"record)",
		CUT(name, 40), names.at);
	text_release(&names);
	return false;
}

/* A profile to complete, made from a file's own header. */
static bool new_profile(struct call *call, struct fail *why)
{
	struct text page = TEXT_EMPTY;
	const bool done = profile_suggest(call->operand[0], &page, why);

	if (done)
		print_page(call, &page);
	text_release(&page);
	return done;
}

/* Who reads the ledger later must find one. */
static bool reason_given(const struct call *call, const char *option, struct fail *why)
{
	const char *const reason = call_value(call, option);

	return reason == NULL || reason[strspn(reason, " \t\n")] != '\0' ||
		fail_set(why, FAIL_USAGE, "--%s wants a reason", option);
}

static bool run(struct call *call, struct fail *why)
{
	struct work work = {
		.call = call,
		.dry = call_has(call, "dry-run"),
		.text = TEXT_EMPTY,
		.summary = TEXT_EMPTY,
	};
	struct paths paths = { 0 };

	if (call_has(call, "template"))
		return template_of(call, call_value(call, "template"), why);
	if (!call_operands(call, 1, SIZE_MAX, why) || !reason_given(call, "waive", why) ||
		!reason_given(call, "replace", why))
		return false;
	if (call_has(call, "profile") && strcmp(call_value(call, "profile"), "new") == 0)
		return new_profile(call, why);
	const bool done =
		paths_expand(call->operand, call->operands, &paths, call->pool, why) &&
		open_ledger(&work, why) && answer(&work, &paths, why);

	home_close(&work.home);
	text_release(&work.text);
	text_release(&work.summary);
	free(work.income);
	return done;
}

/* The formats, from the importers' own table. */
static void list_formats(struct text *text)
{
	text_add(text, "Formats:\n\n");
	for (const char *const *format = row_formats(); *format; format++)
		text_addf(text, "  %-22s %s\n", *format, row_format_what(*format));
}

static const struct option_words options[] = {
	{ .name = "dry-run",
		.what = "show what would be read, or why it would be refused, and write "
			"nothing" },
	{ .name = "account",
		.value = "NAME",
		.what = "the account, in place of the file's" },
	{ .name = "symbol",
		.value = "SYMBOL",
		.what = "the security of every row, for files that do not say it" },
	{ .name = "format",
		.value = "NAME",
		.what = "read the files as this format instead of looking what they "
			"are" },
	{ .name = "profile",
		.value = "FILE",
		.what = "read the files as this profile of your own says, and keep it "
			"for later ones; \"new\" prints one to complete, made from a "
			"file's header" },
	{ .name = "waive",
		.value = "REASON",
		.what = "take the rows although the file's printed totals differ, or "
			"another statement tells other totals of a day" },
	{ .name = "replace",
		.value = "REASON",
		.what = "let changed rows (a corrected 1099-B) take the place of earlier "
			"ones; what differs is told with both values" },
	{ .name = "template",
		.value = "NAME",
		.what = "print a file to fill in: form3921, form3922, records, or one "
			"kind of "
			"record" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis import Fidelity-1099.csv Schwab-1099.CSV",
	"dualbasis import 1099s/ --dry-run",
	"dualbasis import --template form3921 > form-3921.csv",
	"dualbasis import --profile new Bank.csv > bank.profile",
	"dualbasis import --template records > records.csv",
	NULL,
};
const struct command command_import = {
	.name = "import",
	.summary = "read brokers' files and Forms 3921",
	.operands = "FILE...",
	.options = options,
	.details =
		"Looks what each file is, reads it, compares its rows with the totals "
		"that the "
		"broker printed, and adds what is new. A folder stands for the files "
		"in it. "
		"All files of one command are added together or not at all.\n\n"
		"A file that was imported before changes nothing; of files that "
		"overlap only "
		"the new rows are added. The files are kept in the ledger whole, so "
		"that every "
		"figure can be traced to its row. Statements that part one day's sales "
		"in "
		"other ways (a history's one sale, the lots' two) are told once if their "
		"totals agree; if not, the import is refused until you say which of them "
		"stands.\n\n"
		"Dividends, interest and section 1256 contracts of a composite form are "
		"not entered, since a figure of the return sums all payers: they are "
		"told box by box, with the `fact` command that enters them.\n\n"
		"A file that no format knows is read through a profile of your own: what "
		"each column means, written once. `import --profile new FILE > MINE` "
		"begins "
		"it, `import --profile MINE FILE` reads with it and keeps it in the "
		"ledger. From then on files of the very same header are read through it "
		"without being told; --profile or --format, when given, wins.\n\n"
		"With --dry-run all is done but the writing: what would be refused is "
		"refused with the same message, more shares sold than are held among it. "
		"Where there is no ledger yet, the file is tried on an empty one.\n\n"
		"What no broker's file says can be a file of your own: a row is what "
		"`record` takes, "
		"the column \"record\" says of which kind, the others are its "
		"options; "
		"--template records prints all columns and an example of each kind.",
	.more = list_formats,
	.examples = examples,
	.run = run,
};

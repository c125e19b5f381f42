/* Reads one file into the open batch: what it is, what is new in it, and the facts. */
#include "ledger/import/import.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "ledger/base/text.h"
#include "ledger/import/formats.h"
#include "ledger/import/import_inside.h"
#include "ledger/import/value.h"

#define NAMES_MOST 65536 /* texts of facts kept at once */

static const char *const fate_names[IMPORT_FATES] = {
	[IMPORT_NEW] = "new",
	[IMPORT_SAME] = "same",
	[IMPORT_CHANGED] = "changed",
	[IMPORT_UNUSED] = "unused",
	[IMPORT_ERROR] = "error",
};

const char *import_fate_name(enum import_fate fate)
{
	return fate_names[fate];
}

static bool name_security(struct import *import, const struct row *row,
	const char **symbol, struct fail *why)
{
	if (import->options->symbol != NULL) {
		*symbol = import->options->symbol;
		return true;
	}
	if (row->kind == ROW_SALE && row->description == NULL && row->symbol == NULL &&
		row->cusip == NULL) {
		/* One may look at the rows before one knows. */
		if (import->options->dry_run || import->options->look) {
			import->tally.nameless++;
			*symbol = "?";
			return true;
		}
		fail_at(why, FAIL_MISSING_FACTS, row->line, 0,
			"the file does not say which security was sold");
		return fail_hint(why, "--symbol SYMBOL says it for all rows of the file");
	}
	return securities_resolve(import->securities, row, symbol, why);
}

static bool make(struct import *import, const struct row *row, struct fail *why)
{
	const char *symbol;

	if (names_count(import->made.names) > NAMES_MOST) {
		names_free(import->made.names);
		import->made.names = names_new();
	}
	return name_security(import, row, &symbol, why) &&
		made_from_row(&import->made, row, symbol, import->options->account,
			import->digital, why);
}

/* ---- first pass: rows that say what a standing fact says ----------------------------- */

static bool look(void *context, const struct row *row, struct fail *why)
{
	struct import *const import = context;
	const struct entry *known = NULL;

	GROW(import->same, import->sames, import->same_room);
	import->same[import->sames++] = 0;
	if (import->options->compared != NULL)
		import->options->compared(import->options->sink_context, import->sames);
	if (!make(import, row, why))
		return false;
	if (import->made.fact.kind != FACT_NONE)
		known = standing_same(import->standing, &import->made);
	import->same[import->sames - 1] = known != NULL ? known->fact : 0;
	standing_tell(import->standing, &import->made);
	return true;
}

/* The second pass comes to it again. */
static void look_past(void *context, const struct fail *why)
{
	(void)context;
	(void)why;
}

static int64_t same_as(const struct import *import, size_t at)
{
	return at < import->sames ? import->same[at] : 0;
}

/* ---- second pass: settle (import_settle.c), count ----------------------------------- */

static void count_row(struct import *import, const struct row *row)
{
	struct import_report *const report = import->report;
	const struct fact *const fact = &import->made.fact;

	report->kind[row->kind]++;
	import->tally.rounded += import->made.rounded;
	if (row->kind != ROW_SALE)
		return;
	if (fact->account != 0) {
		const char *const account = names_text(import->made.names, fact->account);

		names_add(import->accounts, account, strlen(account));
	}
	report->basis_unknown += row->basis == NULL;
	report->proceeds = money_plus(report->proceeds, fact->proceeds);
	report->basis = money_plus(report->basis, fact->basis);
	report->wash = money_plus(report->wash, fact->wash);
}

static bool take_row(struct import *import, const struct row *row, struct fail *why)
{
	const struct import_options *const options = import->options;
	enum import_fate fate = IMPORT_NEW;
	const size_t at = import->at++;

	if (!make(import, row, why))
		return false;
	count_row(import, row);
	if (!notes_fees(&import->tally, row, import->made.fact.fee, why))
		return false;
	if (import->made.fact.kind == FACT_NONE) {
		fate = IMPORT_UNUSED;
		notes_unused(&import->tally, row);
		if (import->made.lacks != NULL)
			notes_lack(&import->tally, row, import->made.lacks, import->pool);
	} else if (same_as(import, at) != 0) {
		fate = IMPORT_SAME;
		if (!import_echo(import, same_as(import, at), why))
			return false;
	} else if (!import_settle(import, row, &fate, why)) {
		return false;
	}
	import->report->count[fate]++;
	return options->sink == NULL ||
		options->sink(options->sink_context, row, fate, why);
}

static bool take(void *context, const struct row *row, struct fail *why)
{
	if (take_row(context, row, why))
		return true;
	if (why->row == 0 && why->kind == FAIL_BAD_INPUT)
		why->row = row->line;
	return false;
}

static void keep_fault(void *context, const struct fail *why)
{
	struct import *const import = context;

	import_fault(import->report, why, import->pool);
}

/* ---- the whole ---------------------------------------------------------------------- */

static const char *base_name(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

static bool record_waiver(struct import *import, struct fail *why)
{
	const struct row_file *const file = &import->report->read;
	struct made *const made = &import->made;
	const char *const reason = import->options->waive;

	made->fact = FACT_EMPTY;
	made->fact.kind = FACT_WAIVER;
	made->fact.year = file->tax_year;
	made->fact.source.row = file->difference_line;
	made->fact.name =
		names_add(made->names, file->difference, strlen(file->difference));
	made->fact.text = names_add(made->names, reason, strlen(reason));
	return import_append(import, why);
}

static bool check_totals(struct import *import, struct fail *why)
{
	const struct row_file *const file = &import->report->read;

	if (file->difference[0] == '\0')
		return true;
	if (import->options->waive != NULL) {
		import->report->difference = pool_printf(import->pool, "%s (waived: %s)",
			file->difference, import->options->waive);
		return record_waiver(import, why);
	}
	fail_at(why, FAIL_BAD_INPUT, file->difference_line, 0, "%s", file->difference);
	fail_hint(why, "download the file again; --waive REASON takes it as it is");
	return fail_file(why, import->path);
}

/* Keep the file itself; what was hashed, kept and read must be the same bytes. */
static bool keep_document(struct import *import, struct fail *why)
{
	struct import_report *const report = import->report;
	struct document document;

	if (import->options->dry_run || report->known)
		return true;
	if (!store_document_add(import->store, report->file, import->incoming.format,
		    import->path, &document, import->pool, why))
		return false;
	if (report->sha256[0] != '\0' && strcmp(document.sha256, report->sha256) != 0) {
		fail_set(why, FAIL_SYSTEM, "the file changed while it was read");
		return fail_file(why, import->path);
	}
	memcpy(report->sha256, document.sha256, sizeof report->sha256);
	report->document = document.id;
	return true;
}

/* Size, time and place of the file, so that it is seen to change while it is read. */
static bool look_at(const struct import *import, struct stat *about, struct fail *why)
{
	if (stat(import->path, about) == 0)
		return true;
	fail_set(why, FAIL_SYSTEM, "cannot be opened: %s", strerror(errno));
	return fail_file(why, import->path);
}

static bool unchanged(
	const struct import *import, const struct stat *before, struct fail *why)
{
	struct stat after;

	if (!look_at(import, &after, why))
		return false;
	if (before->st_size == after.st_size && before->st_ino == after.st_ino &&
		before->st_mtim.tv_sec == after.st_mtim.tv_sec &&
		before->st_mtim.tv_nsec == after.st_mtim.tv_nsec)
		return true;
	fail_set(why, FAIL_SYSTEM, "the file changed while it was read");
	fail_hint(why, "import it again when nothing writes to it any more");
	return fail_file(why, import->path);
}

/* A file that is written at this moment is wrong for that, whatever its rows look like. */
static bool read_rows(struct import *import, struct row_file *file, row_sink *sink,
	row_fault_sink *fault, struct fail *why)
{
	struct stat before;
	struct fail changed = { 0 };

	if (!look_at(import, &before, why))
		return false;
	const bool done = import->profile == NULL
		? rows_read_past(import->path, import->incoming.format, file, sink, fault,
			  import, why)
		: rows_read_as(
			  import->path, import->profile, file, sink, fault, import, why);

	if (!unchanged(import, &before, &changed))
		*why = changed;
	return done && changed.kind == FAIL_NONE;
}

static bool keep_profile(struct import *import, struct fail *why)
{
	bool kept;

	if (import->profile_hash[0] == '\0' || import->options->dry_run ||
		import->report->known)
		return true;
	if (!profile_keep(import->store, import->options->profile, import->profile_hash,
		    import->profile, import->path, &kept, import->pool, why))
		return false;
	import->tally.profile = kept
		? "the profile is kept: files of this header need no --profile any more"
		: "the profile is not kept: the header stands too far down in the file";
	return true;
}

static bool read_file(struct import *import, struct fail *why)
{
	struct stat before;

	if (!look_at(import, &before, why))
		return false;
	if (!standing_empty(import->standing)) {
		struct row_file first;

		if (!read_rows(import, &first, look, look_past, why))
			return false;
		import->at = 0;
		import->tally.nameless = 0; /* counted again */
		standing_told_all(import->standing);
	}
	return keep_document(import, why) && keep_profile(import, why) &&
		read_rows(import, &import->report->read, take, keep_fault, why) &&
		unchanged(import, &before, why) &&
		import_faultless(import->report, import->path, why) &&
		check_totals(import, why) && import_void_left(import, why) &&
		import_void_told(import, why);
}

/* Whether a document has as many bytes as the file: no other can be this very file. */
static bool may_be_known(struct import *import, bool *may, struct fail *why)
{
	struct document *document;
	struct stat about;
	size_t count;

	*may = false;
	if (!look_at(import, &about, why) ||
		!store_documents(import->store, &document, &count, import->pool, why))
		return false;
	for (size_t i = 0; i < count; i++)
		*may = *may || document[i].bytes == about.st_size;
	return true;
}

/* A file of a million rows is not hashed twice: keeping it gives its hash too. */
static bool find_known(struct import *import, struct fail *why)
{
	struct import_report *const report = import->report;
	struct document document;
	bool may = true;

	if (import->store != NULL && !may_be_known(import, &may, why))
		return false;
	if (!may && !import->options->dry_run)
		return true;
	if (!import_hash(import->path, report->sha256, why))
		return false;
	if (import->store == NULL)
		return true;
	if (!store_document_find(import->store, report->sha256, &document, import->pool,
		    &report->known, why))
		return false;
	if (report->known) {
		report->document = document.id;
		report->read.format = document.format;
	}
	return true;
}

/* Records are facts already: no row of a broker has to be made into one. */
static bool read_records(struct import *import, struct fail *why)
{
	struct import_report *const report = import->report;
	struct record_file *file = NULL;
	struct stat before;

	report->read.format = RECORDS_FORMAT;
	if (!look_at(import, &before, why))
		return false;
	const bool done = import_records_read(import->store, import->path,
				  import->options, report, import->pool, &file, why) &&
		keep_document(import, why) &&
		import_records_write(file, import->store, report, import->pool, why) &&
		unchanged(import, &before, why);

	import_records_free(file);
	if (done)
		notes_write(&import->tally, report, import->pool);
	return done;
}

static void read_through(struct import *import, const struct profile *profile)
{
	import->profile = profile_format(profile);
	import->incoming.format = pool_printf(import->pool, "%s:%s",
		import->profile->supplement ? "statement" : "profile",
		import->profile->name);
}

/* A profile that the user names now; it is kept with the file that it reads. */
static bool take_profile(struct import *import, struct fail *why)
{
	struct profile *profile;

	if (!import_hash(import->options->profile, import->profile_hash, why) ||
		!profile_read(import->options->profile, &profile, import->pool, why))
		return false;
	read_through(import, profile);
	return true;
}

/*
 * What reads the file: the format or the profile that the user names, the profile that they
 * named for such a file before, or what it is taken for.
 */
static bool find_format(struct import *import, struct fail *why)
{
	const struct import_options *const options = import->options;
	struct profile *kept;
	const char *name;

	if (options->profile != NULL)
		return take_profile(import, why);
	import->incoming.format = options->format;
	if (options->format != NULL)
		return true;
	if (!profile_find(import->store, import->path, &kept, &name, import->pool, why))
		return false;
	if (kept == NULL)
		return rows_detect(import->path, &import->incoming.format, why);
	read_through(import, kept);
	import->tally.profile = pool_printf(import->pool,
		"read through %s, the profile that read a file of this header before",
		name);
	return true;
}

bool import_file(struct store *store, const char *path,
	const struct import_options *options, struct import_report *report,
	struct pool *pool, struct fail *why)
{
	struct import import = {
		.store = store,
		.path = path,
		.options = options,
		.report = report,
		.pool = pool,
	};

	*report = (struct import_report){ .file = base_name(path) };
	if (!find_known(&import, why))
		return false;
	if (report->known && !options->dry_run && !options->look) {
		notes_write(&import.tally, report, pool);
		return true;
	}
	if (!find_format(&import, why))
		return false;
	if (strcmp(import.incoming.format, RECORDS_FORMAT) == 0)
		return read_records(&import, why);
	import.incoming.supplement = row_format_is_supplement(import.incoming.format);
	import.digital = import.profile != NULL
		? import.profile->digital
		: row_format_is_digital(import.incoming.format);
	import.made.names = names_new();
	import.accounts = names_new();
	bool done = securities_open(store, &import.securities, why);

	if (done) {
		done = standing_open(store, import.securities, &import.incoming,
			&import.standing, why);
		if (done) {
			done = read_file(&import, why);
			standing_free(import.standing);
		}
		securities_free(import.securities);
	}
	if (done) {
		differences_report(&import.differences, report, pool);
		notes_write(&import.tally, report, pool);
	}
	free(import.differences.at);
	names_free(import.made.names);
	names_free(import.accounts);
	free(import.same);
	return done;
}

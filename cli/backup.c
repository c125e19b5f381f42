/* `backup` and `restore`: whole copies of the ledger. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/home.h"
#include "cli/place.h"

static bool run_backup(struct call *call, struct fail *why)
{
	struct home home;

	if (!call_operands(call, 1, 1, why) ||
		!home_open(&home, call, STORE_READ, HOME_STORE, why))
		return false;
	const bool done = store_backup(home.store, call->operand[0], why);

	home_close(&home);
	if (!done)
		return false;
	if (!call->json) {
		printf("wrote %s\n", call->operand[0]);
		return true;
	}
	struct answer answer;

	answer_open(&answer);
	json_text(&answer.json, "file", call->operand[0]);
	answer_close(&answer);
	return true;
}

/* Is it a ledger, and whole? */
static bool look_at_backup(const char *path, struct fail *why)
{
	struct store *store = NULL;

	if (!store_open(path, STORE_READ, &store, why))
		return false;
	const bool whole = store_check(store, why);

	store_close(store);
	return whole;
}

static bool run_restore(struct call *call, struct fail *why)
{
	const bool dry = call_has(call, "dry-run");
	const char *kept = NULL;

	if (!call_operands(call, 1, 1, why))
		return false;
	if (access(call->operand[0], F_OK) != 0) {
		fail_set(why, FAIL_SYSTEM, "the backup cannot be read: %s",
			strerror(errno));
		return fail_file(why, call->operand[0]);
	}
	const bool done = dry ? look_at_backup(call->operand[0], why)
			      : place_folders(call->ledger, why) &&
			store_restore(call->operand[0], call->ledger,
				call_has(call, "replace"), &kept, call->pool, why);

	if (!done)
		return false;
	if (!call->json) {
		printf("%s %s from %s\n", dry ? "would restore" : "restored",
			call->ledger, call->operand[0]);
		if (kept)
			printf("the ledger that was there is kept as %s\n", kept);
		return true;
	}
	struct answer answer;

	answer_open(&answer);
	json_text(&answer.json, "ledger", call->ledger);
	json_text(&answer.json, "kept", kept);
	json_bool(&answer.json, "dry_run", dry);
	answer_close(&answer);
	return true;
}

static const char *const backup_examples[] = {
	"dualbasis backup ledger-2026-01-31.dualbasis",
	NULL,
};
const struct command command_backup = {
	.name = "backup",
	.summary = "write a whole copy of the ledger",
	.operands = "FILE",
	.details = "Writes a compact copy that only you may read. A file that exists is "
		   "left "
		   "alone.",
	.examples = backup_examples,
	.run = run_backup,
};

static const struct option_words restore_options[] = {
	{ .name = "replace",
		.what = "though there is a ledger, which is kept beside it" },
	{ .name = "dry-run",
		.what = "see whether the backup is whole, and write nothing" },
	{ 0 },
};
static const char *const restore_examples[] = {
	"dualbasis restore ledger-2026-01-31.dualbasis",
	"dualbasis restore ledger-2026-01-31.dualbasis --replace",
	NULL,
};
const struct command command_restore = {
	.name = "restore",
	.summary = "bring a backup back",
	.operands = "FILE",
	.options = restore_options,
	.details = "Checks a backup and makes it the ledger. Where there is a ledger "
		   "already this "
		   "is refused, unless --replace is given; the old one is then kept "
		   "beside it "
		   "under another name.",
	.examples = restore_examples,
	.run = run_restore,
};

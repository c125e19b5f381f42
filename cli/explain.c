/* `explain`: why a line has its value, down to the row of the broker's file. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/evidence.h"
#include "export/wrap.h"

#define DEPTH_MOST 1000
#define AMOUNT_AT  92 /* the column in which amounts end */
#define WRAP_AT    100
#define WRAP_LEAST 40
#define SHORT_HASH 12

/* Lines of the tree, each once. */
struct told {
	const struct why **at;
	size_t count, room;
};

struct telling {
	const struct call *call;
	const struct household *household;
	struct told told; /* for JSON */
	struct text prefix;
	bool unicode;
	/* Documents that were named, for the list at the end. */
	const struct document **document;
	size_t documents, documents_room;
};

static bool same_line(const struct why *a, const struct why *b)
{
	return a == b ||
		(a->kind == b->kind && a->year == b->year && a->book == b->book &&
			strcmp(a->name, b->name) == 0);
}

static size_t told_find(const struct told *told, const struct why *why)
{
	size_t i = 0;

	while (i < told->count && !same_line(told->at[i], why))
		i++;
	return i;
}

static size_t told_add(struct told *told, const struct why *why)
{
	GROW(told->at, told->count, told->room);
	told->at[told->count] = why;
	return told->count++;
}

/* Whole dollars without cents, as on a form. */
static const char *amount_words(struct money amount, struct pool *pool)
{
	char text[MONEY_TEXT];
	const size_t length = strlen(money_grouped(amount, text));

	return pool_printf(
		pool, "%.*s", (int)(amount.cents % 100 == 0 ? length - 3 : length), text);
}

/* As printed, without cents that are zero. */
static const char *value_words(const struct why *why, struct pool *pool)
{
	const size_t length = strlen(why->text);

	if (length == 0)
		return "blank";
	if (length > 3 && strcmp(why->text + length - 3, ".00") == 0)
		return pool_text(pool, why->text, length - 3);
	return why->text;
}

static void note_document(struct telling *telling, const struct document *document)
{
	for (size_t i = 0; i < telling->documents; i++)
		if (telling->document[i] == document)
			return;
	GROW(telling->document, telling->documents, telling->documents_room);
	telling->document[telling->documents++] = document;
}

static void say_origin(struct telling *telling, const struct origin *origin)
{
	if (!origin->document) {
		printf("%s    %s: typed\n", telling->prefix.at, origin->what);
		return;
	}
	note_document(telling, origin->document);
	printf("%s    %s: %s row %lld, sha256 %.*s\n", telling->prefix.at, origin->what,
		origin->document->name, (long long)origin->row, SHORT_HASH,
		origin->document->sha256);
}

static int columns_of(const char *text)
{
	return measure_text(terminal_columns, text);
}

/* An amount, so that amounts end in one column where there is room. */
static void say_amount(int used, const char *amount)
{
	const int pad = AMOUNT_AT - used - columns_of(amount);

	printf("%*s%s", pad > 2 ? pad : 2, "", amount);
}

/* A formula, or words, wrapped behind the prefix and a mark. */
static void say_wrapped(
	const struct telling *telling, const char *mark, const char *words)
{
	const int taken = columns_of(telling->prefix.at) + columns_of(mark) + 2;
	const int room = taken + WRAP_LEAST < WRAP_AT ? WRAP_AT - taken : WRAP_LEAST;
	const struct lines lines =
		wrap_text(telling->call->pool, words, terminal_columns, room);

	for (size_t i = 0; i < lines.count; i++)
		printf("%s  %-*s%s\n", telling->prefix.at, columns_of(mark),
			i == 0 ? mark : "", lines.at[i]);
}

static void say_parts(struct telling *telling, const struct why *why)
{
	struct part *part = NULL;
	const size_t count =
		evidence_of(telling->household, why, &part, telling->call->pool);

	for (size_t i = 0; i < count; i++) {
		if (why->kind == WHY_LEDGER) {
			printf("%s  %s", telling->prefix.at, part[i].words);
			if (part[i].has_amount)
				say_amount(columns_of(telling->prefix.at) + 2 +
						columns_of(part[i].words),
					amount_words(
						part[i].amount, telling->call->pool));
			printf("\n");
		}
		if (part[i].note)
			say_wrapped(telling, "  ", part[i].note);
		for (size_t j = 0; j < part[i].origins; j++)
			say_origin(telling, &part[i].origin[j]);
	}
}

static void say_head(
	const struct telling *telling, const struct why *why, const char *branch)
{
	const char *const bold = telling->call->colour ? "\033[1m" : "";
	const char *const plain = telling->call->colour ? "\033[0m" : "";
	const char *const head = pool_printf(
		telling->call->pool, "%s (%d)  %s", why->name, why->year, why->label);

	printf("%s%s%s%s%s", telling->prefix.at, branch, bold, head, plain);
	say_amount(columns_of(telling->prefix.at) + columns_of(branch) + columns_of(head),
		value_words(why, telling->call->pool));
	printf("  %s", value_status_name(why->value.status));
	if (why->value.overridden)
		printf(" (computed: %s)",
			amount_words(why->value.computed, telling->call->pool));
}

static void say_reasons(struct telling *telling, const struct why *why)
{
	if (why->formula)
		say_wrapped(telling, "= ", why->formula);
	/* A formula that is one name has no numbers but the value, which stands above. */
	if (why->numbers && strcmp(why->numbers, why->formula) != 0 &&
		strcmp(why->numbers, why->text) != 0)
		say_wrapped(telling, "= ", why->numbers);
	if (why->branch)
		say_wrapped(telling, "because ", why->branch);
	if (why->law && why->law[0] != '\0')
		say_wrapped(telling, why->kind == WHY_PARAMETER ? "source " : "law ",
			why->law);
	if (why->note)
		say_wrapped(telling, "note ", why->note);
	say_parts(telling, why);
}

static void say(struct telling *telling, const struct why *why, const char *branch,
	const char *below)
{
	const size_t length = telling->prefix.length;

	say_head(telling, why, branch);
	printf("%s\n", why->repeated ? "  (told above)" : why->cut ? "  (--depth)" : "");
	text_add(&telling->prefix, below);
	if (!why->repeated)
		say_reasons(telling, why);
	for (size_t i = 0; i < why->children; i++) {
		const bool last = i + 1 == why->children;

		if (telling->unicode)
			say(telling, why->child[i], last ? "└─ " : "├─ ",
				last ? "   " : "│  ");
		else
			say(telling, why->child[i], last ? "'- " : "|- ",
				last ? "   " : "|  ");
	}
	telling->prefix.length = length;
	if (telling->prefix.room > 0)
		telling->prefix.at[length] = '\0';
}

static void say_documents(const struct telling *telling)
{
	if (telling->documents > 0)
		printf("\nsources:\n");
	for (size_t i = 0; i < telling->documents; i++)
		printf("  %s\n    sha256 %s\n", telling->document[i]->name,
			telling->document[i]->sha256);
}

static void part_json(struct json *json, const struct part *part)
{
	json_object(json, NULL);
	json_text(json, "what", part->words);
	if (part->has_amount)
		json_money(json, "amount", part->amount);
	else
		json_null(json, "amount");
	json_text(json, "note", part->note);
	json_array(json, "sources");
	for (size_t i = 0; i < part->origins; i++) {
		const struct origin *const origin = &part->origin[i];

		json_object(json, NULL);
		json_text(json, "what", origin->what);
		json_text(json, "file", origin->document ? origin->document->name : NULL);
		json_text(json, "sha256",
			origin->document ? origin->document->sha256 : NULL);
		if (origin->document)
			json_count(json, "row", origin->row);
		else
			json_null(json, "row");
		json_close(json);
	}
	json_close(json);
	json_close(json);
}

/* Every line once, by number, with the numbers of those it is made from. */
static void collect(struct told *told, const struct why *why)
{
	if (why->repeated)
		return;
	told_add(told, why);
	for (size_t i = 0; i < why->children; i++)
		collect(told, why->child[i]);
}

/* Amounts in JSON have no commas. */
static const char *plain_words(const char *text, struct pool *pool)
{
	char *const plain = pool_text(pool, text, strlen(text));
	char *to = plain;

	if (strspn(text, "-0123456789,.") != strlen(text))
		return text;
	for (const char *at = text; *at != '\0'; at++)
		if (*at != ',')
			*to++ = *at;
	*to = '\0';
	return plain;
}

static void node_json(struct json *json, const struct telling *telling, size_t index)
{
	static const char *const kinds[] = {
		[WHY_LINE] = "line",
		[WHY_FUNCTION] = "function",
		[WHY_INPUT] = "input",
		[WHY_PARAMETER] = "parameter",
		[WHY_LEDGER] = "ledger",
		[WHY_PRIOR_LINE] = "prior_line",
	};
	const struct why *const why = telling->told.at[index];
	struct pool *const pool = telling->call->pool;
	struct part *part = NULL;
	const size_t parts = evidence_of(telling->household, why, &part, pool);

	json_object(json, NULL);
	json_count(json, "id", (int64_t)index);
	json_text(json, "kind", kinds[why->kind]);
	json_text(json, "name", why->name);
	json_count(json, "year", why->year);
	json_text(json, "book", book_name(why->book));
	json_text(json, "label", why->label);
	json_text(json, "value", why->text[0] ? plain_words(why->text, pool) : NULL);
	json_text(json, "status", value_status_name(why->value.status));
	json_text(json, "formula", why->formula);
	json_text(json, "numbers", why->numbers);
	json_text(json, "because", why->branch);
	json_text(json, "law", why->law);
	json_text(json, "note", why->note);
	json_bool(json, "cut", why->cut);
	json_array(json, "parts");
	for (size_t i = 0; i < parts; i++)
		part_json(json, &part[i]);
	json_close(json);
	json_array(json, "children");
	for (size_t i = 0; i < why->children; i++)
		json_count(json, NULL, (int64_t)told_find(&telling->told, why->child[i]));
	json_close(json);
	json_close(json);
}

static void answer_json(struct telling *telling, const struct why *why, bool verified)
{
	struct answer answer;

	collect(&telling->told, why);
	answer_open(&answer);
	json_text(&answer.json, "line", why->name);
	json_count(&answer.json, "year", why->year);
	if (verified)
		json_bool(&answer.json, "verified", true);
	json_array(&answer.json, "nodes");
	for (size_t i = 0; i < telling->told.count; i++)
		node_json(&answer.json, telling, i);
	json_close(&answer.json);
	answer_close(&answer);
}

static void answer_text(struct telling *telling, const struct why *why, bool verified)
{
	say(telling, why, "", "");
	say_documents(telling);
	if (verified)
		printf("\nverified: every step above was computed again from its "
		       "parts\n");
}

static bool depth_of(const struct call *call, int *depth, struct fail *why)
{
	const char *const words = call_value(call, "depth");
	char *end = NULL;

	*depth = -1;
	if (!words)
		return true;
	const long number = strtol(words, &end, 10);

	if (*words == '\0' || *end != '\0' || number < 1 || number > DEPTH_MOST)
		return fail_set(why, FAIL_USAGE,
			"--depth \"%s\": want a number from 1 to %d", CUT(words, 40),
			DEPTH_MOST);
	*depth = (int)number;
	return true;
}

static bool explain(struct call *call, struct home *home, int year, const char *line,
	int depth, struct fail *why)
{
	const struct tax_return *return_of_year;
	struct line_ref ref;

	if (!home_computes(home, year, why) ||
		!chain_year(&home->chain, year, &return_of_year, why) ||
		!law_line_find(home->law, year, line, &ref, why))
		return false;
	const bool verify = call_has(call, "verify");
	const struct why *const tree = return_explain(return_of_year, ref,
		call_has(call, "all") || verify, verify ? -1 : depth, call->pool);

	if (verify && !why_verify(tree, why))
		return false;
	const struct why *const shown = verify
		? return_explain(
			  return_of_year, ref, call_has(call, "all"), depth, call->pool)
		: tree;
	struct telling telling = { .call = call,
		.household = &home->household,
		.prefix = TEXT_EMPTY,
		.unicode = terminal_speaks_utf8() };

	if (call->json)
		answer_json(&telling, shown, verify);
	else
		answer_text(&telling, shown, verify);
	text_release(&telling.prefix);
	free(telling.told.at);
	free(telling.document);
	return true;
}

static bool run(struct call *call, struct fail *why)
{
	struct home home;
	const char *line = NULL;
	int year = 0, depth = 0;

	if (!call_operands(call, 1, 2, why) || !depth_of(call, &depth, why) ||
		!home_open(&home, call, STORE_READ, HOME_CHAIN, why))
		return false;
	bool done = home_year(&home, call, &year, &line, why);

	if (done && !line) {
		done = fail_set(why, FAIL_USAGE, "which line of %d?", year);
		fail_hint(why, "dualbasis explain %d 6251.2k", year);
	}
	if (done)
		done = explain(call, &home, year, line, depth, why);
	home_close(&home);
	return done;
}

static const struct option_words options[] = {
	{ .name = "all", .what = "also what did not decide the value" },
	{ .name = "depth", .value = "N", .what = "no more than N steps down" },
	{ .name = "verify", .what = "compute every step again from what is below it" },
	OPTION_OWNER,
	{ .name = "cents", .what = "keep cents on every line" },
	{ .name = "schedule", .what = "the rate schedule in place of the Tax Table" },
	{ 0 },
};
static const char *const examples[] = {
	"dualbasis explain 2025 6251.2k",
	"dualbasis explain 2023 6251.11 --depth 2",
	"dualbasis explain 2025 schedule_d@amt.16 --verify",
	NULL,
};
const struct command command_explain = {
	.name = "explain",
	.summary = "why a line has its value, down to the broker's row",
	.operands = "[YEAR] LINE",
	.options = options,
	.details = "Shows the line's formula with names and with numbers, what decided "
		   "it and "
		   "what would change it, the law, and the same for everything it is "
		   "made from, "
		   "down to entered figures, parameters with their source, and the lots, "
		   "files "
		   "and rows behind the ledger's figures.\n\n"
		   "A line is FORM.LINE as printed: 6251.2k, 8801.26, schedule_d@amt.16, "
		   "1040.agi.",
	.examples = examples,
	.run = run,
};

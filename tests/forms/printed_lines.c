/*
 * The printed line numbers of Forms 6251 and 8801 and of Schedule D, taken from the official
 * text where it lies beside the source (it is not ours to copy), against the definitions: none
 * is missing, none is invented, and the dollar amounts of Form 6251 are the parameters.
 */
#include <ctype.h>
#include <unistd.h>

#include "tests/forms/case.h"

#define OFFICIAL "../shared/irs/"
#define IDS      128

enum layout {
	LINES_ALONE, /* a line number stands alone on its row */
	LINES_LAST,  /* it ends its row, as on the printed page */
};

static const struct {
	const char *form, *file, *ending; /* the year stands between */
	int first, last;
	enum layout layout;
} texts[] = {
	{ "f6251", "mef/f6251--", ".mef.txt", 2018, 2024, LINES_ALONE },
	/* The rendering of 2025 still has the line 1 of 2024: the form itself has 1a and 1b. */
	{ "f6251", "f6251--", ".txt", 2025, 2025, LINES_LAST },
	{ "f6251", "f6251--", ".txt", 2024, 2024, LINES_LAST },
	{ "f8801", "mef/f8801--", ".mef.txt", 2018, 2025, LINES_ALONE },
	{ "schedule_d", "mef/f1040sd--", ".mef.txt", 2018, 2025, LINES_ALONE },
};

struct ids {
	char at[IDS][8];
	size_t count;
};

static void ids_add(struct ids *ids, const char *id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (strcmp(ids->at[i], id) == 0)
			return;
	cr_assert(ids->count < IDS);
	snprintf(ids->at[ids->count++], sizeof ids->at[0], "%s", id);
}

static bool ids_have(const struct ids *ids, const char *id)
{
	for (size_t i = 0; i < ids->count; i++)
		if (strcmp(ids->at[i], id) == 0)
			return true;
	return false;
}

/* "16", "2k": up to two digits and perhaps a letter. */
static bool is_line_number(const char *word)
{
	size_t digits = 0;

	while (isdigit((unsigned char)word[digits]))
		digits++;
	if (digits == 0 || digits > 2 || word[0] == '0')
		return false;
	return word[digits] == '\0' ||
		(islower((unsigned char)word[digits]) && word[digits + 1] == '\0');
}

/* The last word of a row, without the blank that a loss goes into: "2b (        )". */
static char *last_word(char *row)
{
	size_t length = strlen(row);

	while (length > 0 && strchr(" \n()", row[length - 1]) != NULL)
		row[--length] = '\0';
	char *const blank = strrchr(row, ' ');

	return blank == NULL ? row : blank + 1;
}

static bool read_ids(const char *path, enum layout layout, struct ids *ids)
{
	FILE *const file = fopen(path, "r");
	char *row = NULL;
	size_t room = 0;

	ids->count = 0;
	if (file == NULL)
		return false;
	while (getline(&row, &room, file) >= 0) {
		if (strstr(row, "Page") != NULL || strstr(row, "Sequence") != NULL)
			continue;
		const char *const word = last_word(row);

		if ((layout == LINES_LAST || word == row) && is_line_number(word))
			ids_add(ids, word);
	}
	free(row);
	fclose(file);
	return true;
}

static void compare(
	const struct law *law, const char *form, int year, const struct ids *ids)
{
	const struct line_ref *line;
	struct fail why;
	size_t count, printed = 0;

	if (!law_form_lines(law, year, form, &line, &count, &why))
		cr_fatal("%s %d: %s", form, year, why.message);
	for (size_t i = 0; i < ids->count; i++) {
		char id[64];
		struct line_ref found;

		snprintf(id, sizeof id, "%s.%s", form, ids->at[i]);
		cr_expect(law_line_find(law, year, id, &found, &why),
			"line %s of %d is printed but not defined", id, year);
	}
	for (size_t i = 0; i < count; i++) {
		const struct line_words words = law_line_words(law, year, line[i]);

		if (words.is_value)
			continue;
		printed++;
		cr_expect(ids_have(ids, words.line),
			"line %s.%s of %d is defined but not printed", form, words.line,
			year);
	}
	cr_expect(printed == ids->count && printed > 20, "%s %d: %zu lines, printed %zu",
		form, year, printed, ids->count);
}

/* A clone does not hold the official text; ctest looks for these words. */
static void official_or_skip(void)
{
	if (access(OFFICIAL, R_OK) != 0) {
		fprintf(stderr, "skipped: the official text is not here\n");
		cr_skip_test("the official text is not here");
	}
}

Test(printed_lines, are_all_defined)
{
	official_or_skip();
	struct law *const law = case_law();

	for (size_t i = 0; i < COUNT(texts); i++)
		for (int year = texts[i].first; year <= texts[i].last; year++) {
			char path[128];
			struct ids ids;

			snprintf(path, sizeof path, OFFICIAL "%s%d%s", texts[i].file,
				year, texts[i].ending);
			if (read_ids(path, texts[i].layout, &ids))
				compare(law, texts[i].form, year, &ids);
			else
				cr_log_warn("no %s: not compared", path);
		}
	law_free(law);
}

/* The whole text of a file, or NULL. The caller frees it. */
static char *read_text(const char *path)
{
	FILE *const file = fopen(path, "r");

	if (file == NULL)
		return NULL;
	char *text = NULL;
	size_t length = 0, room = 0;

	for (int byte; (byte = getc(file)) != EOF;) {
		GROW(text, length, room);
		text[length++] = (char)byte;
	}
	GROW(text, length, room);
	text[length] = '\0';
	fclose(file);
	return text;
}

/* "1,218,700" as forms print it, not as a part of a longer number. */
static bool text_has_amount(const char *text, int64_t dollars)
{
	char amount[MONEY_TEXT];
	const char *at = text;

	money_grouped((struct money){ dollars * 100 }, amount);
	*strchr(amount, '.') = '\0';
	for (; (at = strstr(at, amount)) != NULL; at++) {
		const char after = at[strlen(amount)];

		if ((at == text || !isdigit((unsigned char)at[-1])) &&
			(at == text || at[-1] != ',') && !isdigit((unsigned char)after))
			return true;
	}
	return false;
}

/* The rendering of Form 8801 (2021), line 34, says "$53,6000 if head of household for 2020". */
static bool is_misprint(const char *path, const char *name, const char *value)
{
	return strstr(path, "f8801--2021") != NULL && strcmp(name, "cg_0_max") == 0 &&
		strcmp(value, "53600") == 0;
}

static void amounts_are_printed(const char *file, const char *ending, int last, int later)
{
	static const char *const printed[] = { "amt_exemption", "amt_phaseout_start",
		"amt_26_28_breakpoint", "amt_28_subtraction", "amt_mfs_addback_start",
		"cg_0_max", "cg_15_max" };
	struct table cells = table_read("tests/vectors/parameters.csv");
	size_t found = 0;

	for (int year = LAW_FIRST_YEAR; year <= last; year++) {
		char path[128];

		snprintf(path, sizeof path, OFFICIAL "%s%d%s", file, year, ending);
		char *const text = read_text(path);

		if (text == NULL)
			continue;
		for (size_t row = 1; row < cells.rows; row++) {
			const char *const name = table_cell(&cells, row, "parameter");

			if (atoi(table_cell(&cells, row, "year")) != year - later)
				continue;
			const char *const value = table_cell(&cells, row, "value");

			for (size_t i = 0; i < COUNT(printed); i++) {
				if (strcmp(name, printed[i]) != 0)
					continue;
				cr_expect(text_has_amount(text, atoll(value)) !=
						is_misprint(path, name, value),
					"%s: %s %s", path, name, value);
				found++;
			}
		}
		free(text);
	}
	cr_expect(found >= 2 * 31, "%s: %zu amounts", file, found);
	table_end(&cells);
}

Test(printed_lines, print_the_amounts_of_the_parameters)
{
	official_or_skip();
	/* The rendering of 2025 still has the amounts of 2024, too. */
	amounts_are_printed("mef/f6251--", ".mef.txt", 2024, 0);
	amounts_are_printed("f6251--", ".txt", 2025, 0);
	amounts_are_printed("mef/f8801--", ".mef.txt", 2025, 1);
}

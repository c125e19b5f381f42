/* Puts sections together: reports for the terminal, and the packet of a year. */
#include "export/packet.h"

#include <string.h>

#include "export/data.h"
#include "export/file.h"
#include "export/sections.h"
#include "export/tax_files.h"
#include "ledger/base/text.h"

static void set_title(struct report *report, const char *title)
{
	if (report->title == NULL || *report->title == '\0')
		report->title = title;
}

static bool packet_open(struct packet *packet, struct report *report,
	const struct household *household, int year, struct fail *why)
{
	struct fail none;

	*packet = (struct packet){ .report = report,
		.household = household,
		.year = year,
		.pool = report->pool,
		.status = chain_status(household->chain, year) };
	if (!chain_year(household->chain, year, &packet->now, why))
		return false;
	if (!chain_year(household->chain, year - 1, &packet->before, &none))
		packet->before = NULL;
	return true;
}

bool report_form(struct report *report, const struct household *household, int year,
	const char *said, struct fail *why)
{
	struct packet packet;
	const char *form;

	if (!packet_open(&packet, report, household, year, why) ||
		!form_find(household->law, year, said, &form, report->pool, why) ||
		!section_form(&packet, form, why))
		return false;
	set_title(report, report->first->title);
	return true;
}

void report_lots(struct report *report, const struct household *household, bool all)
{
	section_lots(report, household, all);
	set_title(report, "Lots");
}

void report_sales(struct report *report, const struct household *household, int year)
{
	for (int book = 0; book < BOOKS; book++)
		section_8949(report, household, year, (enum book)book);
	section_dispositions(report, household, year);
	section_wash(report, household, year);
	set_title(report, pool_printf(report->pool, "Sales of %d", year));
}

bool report_credit(
	struct report *report, const struct household *household, struct fail *why)
{
	set_title(report, "Minimum tax credit");
	return section_credit(report, household, why);
}

/* Forms before the schedules of lots, worksheets behind them. */
static bool is_first(const char *form)
{
	static const char *const first[] = { "f6251", "f8801", "schedule_d",
		"schedule_d@amt" };

	for (size_t i = 0; i < COUNT(first); i++)
		if (strcmp(first[i], form) == 0)
			return true;
	return false;
}

/* No line of the form is more than zero or blank. */
static bool says_nothing(const struct section *section)
{
	for (size_t b = 0; b < section->blocks; b++) {
		const struct table *const table = section->block[b].table;

		for (size_t i = 0; table != NULL && i < table->rows * table->columns;
			i++) {
			const struct cell *const cell =
				&table->row[i / table->columns].cell[i % table->columns];

			if (table->row[i / table->columns].kind == ROW_PLAIN &&
				((cell->kind == CELL_MONEY && cell->money.cents != 0) ||
					(cell->kind == CELL_COUNT && cell->count != 0)))
				return false;
		}
	}
	return true;
}

static bool add_forms(struct packet *packet, bool first, struct fail *why)
{
	const char *const *form =
		law_forms(packet->household->law, packet->year, packet->pool);

	for (; *form != NULL; form++) {
		if (is_first(*form) != first)
			continue;
		if (!section_form(packet, *form, why))
			return false;
		/* Worksheets share pages; one that comes to nothing is not printed. */
		packet->report->last->joins = !first && strcmp(*form, "f1040") != 0;
		if (!first && says_nothing(packet->report->last))
			packet->report->last->from = MEDIUM_SHEETS;
	}
	return true;
}

static const char *subtitle_of(const struct packet *packet)
{
	static const char *const statuses[] = {
		[STATUS_SINGLE] = "single",
		[STATUS_MFJ] = "married filing jointly",
		[STATUS_MFS] = "married filing separately",
		[STATUS_HOH] = "head of household",
		[STATUS_QSS] = "qualifying surviving spouse",
	};
	const char *const client = packet->household->client;
	const char *const whose = chain_whose(packet->household->chain, packet->year);
	struct text words = TEXT_EMPTY;

	if (client != NULL && *client != '\0')
		text_addf(&words, "%s, ", client);
	if (whose != NULL && packet->household->chain->owners.count > 1)
		text_addf(&words, "%s, ", whose);
	text_add(&words, statuses[packet->status]);
	const char *const kept = pool_text(packet->pool, words.at, words.length);

	text_release(&words);
	return kept;
}

bool report_packet(struct report *report, const struct household *household, int year,
	struct fail *why)
{
	struct packet packet;

	if (!packet_open(&packet, report, household, year, why) ||
		!packet_replay(&packet, why))
		return false;
	set_title(report, pool_printf(report->pool, "Tax packet %d", year));
	report->subtitle = subtitle_of(&packet);
	struct section *const cover = report_section(report, "Cover", "Cover");

	if (!add_forms(&packet, true, why) || !section_credit(report, household, why))
		return false;
	for (int book = 0; book < BOOKS; book++)
		section_8949(report, household, year, (enum book)book);
	section_by_hand(&packet);
	section_dispositions(report, household, year);
	packet.provisional = section_wash(report, household, year);
	section_exercises(&packet);
	section_register(&packet);
	if (!add_forms(&packet, false, why))
		return false;
	const int failed = section_ties(&packet);

	if (!section_filed(&packet, cover, why))
		return false;
	section_assumptions(&packet);
	section_questions(&packet);
	section_leaves(&packet);
	section_sources(&packet);
	section_cover(&packet, cover, failed);
	report->footer = pool_printf(report->pool,
		"dualbasis " DUALBASIS_VERSION ", forms of %d%s", year,
		report->draft ? ", not final" : "");
	return true;
}

static bool write_json(
	const struct household *household, int year, const char *path, struct fail *why)
{
	struct text out = TEXT_EMPTY;
	struct json json = json_into(&out);
	struct pool pool = { 0 };
	bool done;

	json_object(&json, NULL);
	done = data_packet(&json, household, year, &pool, why);
	if (done) {
		json_close(&json);
		json_done(&json);
		done = file_replace(path, out.at, out.length, why);
	}
	text_release(&out);
	pool_release(&pool);
	return done;
}

typedef bool render(const struct report *, const char *path, struct fail *);

static bool write_report(const struct household *household, int year, const char *path,
	render *renderer, struct fail *why)
{
	struct pool pool = { 0 };
	struct report report;

	report_init(&report, &pool, "");
	const bool done = report_packet(&report, household, year, why) &&
		renderer(&report, path, why);

	pool_release(&pool);
	return done;
}

static bool write_pdf(
	const struct household *household, int year, const char *path, struct fail *why)
{
	return write_report(household, year, path, report_pdf, why);
}

static bool write_xlsx(
	const struct household *household, int year, const char *path, struct fail *why)
{
	return write_report(household, year, path, report_xlsx, why);
}

static const struct {
	const char *ending;
	bool (*write)(
		const struct household *, int year, const char *path, struct fail *);
} kinds[] = {
	{ ".pdf", write_pdf },
	{ ".xlsx", write_xlsx },
	{ ".txf", txf_write },
	{ ".csv", csv_write },
	{ ".json", write_json },
};

bool packet_write(
	const struct household *household, int year, const char *path, struct fail *why)
{
	const char *const ending = strrchr(path, '.');

	for (size_t i = 0; i < COUNT(kinds) && ending != NULL; i++)
		if (span_is_fold(span_of(ending), kinds[i].ending))
			return kinds[i].write(household, year, path, why);
	fail_set(why, FAIL_USAGE, "\"%s\" has none of the endings of a packet",
		CUT(path, 200));
	struct text list = TEXT_EMPTY;

	for (size_t i = 0; i < COUNT(kinds); i++)
		text_addf(&list, "%s%s", i > 0 ? " " : "", kinds[i].ending);
	fail_hint(why, "end the name in one of: %s", list.at);
	text_release(&list);
	return false;
}

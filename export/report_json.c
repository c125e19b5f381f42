/* Gives a report as JSON, cell by cell: for programs that want what people see. */
#include "export/cell.h"
#include "export/json.h"
#include "export/report.h"

static void add_cell(struct json *json, const struct cell *cell, struct pool *pool)
{
	if (cell->blank) {
		json_null(json, NULL);
		return;
	}
	switch (cell->kind) {
	case CELL_EMPTY:
		json_null(json, NULL);
		break;
	case CELL_DAY:
		if (day_known(cell->day) || cell->text == NULL)
			json_day(json, NULL, cell->day);
		else
			json_text(json, NULL, cell->text);
		break;
	case CELL_COUNT:
		json_count(json, NULL, cell->count);
		break;
	case CELL_TEXT:
		json_text(json, NULL, cell->text);
		break;
	case CELL_MONEY:
	case CELL_SHARES:
	case CELL_PRICE:
	case CELL_RATE:
		json_text(json, NULL, cell_words(cell, DIALECT_DATA, pool));
		break;
	}
}

static void add_table(struct json *json, const struct table *table, struct pool *pool)
{
	static const char *const kinds[] = {
		[ROW_PLAIN] = "plain",
		[ROW_HEADING] = "heading",
		[ROW_STEP] = "step",
		[ROW_TOTAL] = "total",
	};

	json_text(json, "title", table->title);
	json_array(json, "columns");
	for (size_t c = 0; c < table->columns; c++)
		json_text(json, NULL, table->column[c].title);
	json_close(json);
	json_array(json, "rows");
	for (size_t r = 0; r < table->rows; r++) {
		const struct table_row *const row = &table->row[r];

		json_object(json, NULL);
		json_text(json, "kind", kinds[row->kind]);
		json_array(json, "cells");
		for (size_t c = 0; c < table->columns; c++)
			add_cell(json, &row->cell[c], pool);
		json_close(json);
		json_close(json);
	}
	json_close(json);
}

static void add_chart(struct json *json, const struct chart *chart)
{
	json_text(json, "title", chart->title);
	json_array(json, "points");
	for (size_t p = 0; p < chart->points; p++)
		json_text(json, NULL, chart->point[p]);
	json_close(json);
	json_array(json, "series");
	for (size_t s = 0; s < chart->count; s++) {
		json_object(json, NULL);
		json_text(json, "name", chart->series[s].name);
		json_array(json, "values");
		for (size_t p = 0; p < chart->points; p++)
			json_money(json, NULL, chart->series[s].value[p]);
		json_close(json);
		json_close(json);
	}
	json_close(json);
}

static void add_block(struct json *json, const struct block *block, struct pool *pool)
{
	static const char *const kinds[] = {
		[BLOCK_HEADING] = "heading",
		[BLOCK_NOTE] = "note",
		[BLOCK_WARNING] = "warning",
		[BLOCK_TABLE] = "table",
		[BLOCK_CHART] = "chart",
		[BLOCK_CONTENTS] = "contents",
	};

	json_object(json, NULL);
	json_text(json, "kind", kinds[block->kind]);
	switch (block->kind) {
	case BLOCK_HEADING:
	case BLOCK_NOTE:
	case BLOCK_WARNING:
		json_text(json, "text", block->text);
		break;
	case BLOCK_TABLE:
		add_table(json, block->table, pool);
		break;
	case BLOCK_CHART:
		add_chart(json, block->chart);
		break;
	case BLOCK_CONTENTS:
		break;
	}
	json_close(json);
}

void report_json(const struct report *report, FILE *file)
{
	struct text out = TEXT_EMPTY;
	struct json json = json_into(&out);
	struct pool pool = { 0 };

	json_object(&json, NULL);
	json_text(&json, "title", report->title);
	json_text(&json, "subtitle", report->subtitle);
	json_bool(&json, "draft", report->draft);
	json_array(&json, "sections");
	for (const struct section *section = report->first; section != NULL;
		section = section->next) {
		json_object(&json, NULL);
		json_text(&json, "id", section->id);
		json_text(&json, "title", section->title);
		json_array(&json, "blocks");
		for (size_t b = 0; b < section->blocks; b++)
			add_block(&json, &section->block[b], &pool);
		json_close(&json);
		json_close(&json);
	}
	json_close(&json);
	json_close(&json);
	json_done(&json);
	fwrite(out.at, 1, out.length, file);
	text_release(&out);
	pool_release(&pool);
}

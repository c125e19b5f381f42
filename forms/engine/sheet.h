/*
 * sheet.h: the defined names of a workbook. Internal to forms/engine/.
 */
#ifndef DUALBASIS_FORMS_ENGINE_SHEET_H
#define DUALBASIS_FORMS_ENGINE_SHEET_H

#include "forms/engine/graph.h"
#include "ledger/base/text.h"

/* The cell of a line: form and line with "_" for what a name cannot hold. */
void sheet_line_cell(struct text *, const struct graph *, uint32_t line);
/* The cell that a leaf or a line is read from. */
void sheet_leaf_cell(struct text *, const struct graph *, const struct graph_node *);

#endif

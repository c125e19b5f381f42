/* Builds reports: typed cells. */
#include "export/report.h"

struct cell cell_text(const char *text)
{
	return (struct cell){ .kind = CELL_TEXT, .text = text };
}

struct cell cell_money(struct money money)
{
	return (struct cell){ .kind = CELL_MONEY, .money = money };
}

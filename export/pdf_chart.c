/* Draws charts: grouped bars or lines over named points, with a scale that reads well. */
#include <math.h>

#include "export/cell.h"
#include "export/press.h"

#define HEIGHT 170.0
#define LEGEND 16.0

static const struct pen label = { FACE_REGULAR, 7.5, PRESS_GREY, false };

/* Floating point is for where the ink goes; the figures stand in tables beside. */
struct scale {
	double low, high, step;
	double left, top, width;
};

static double dollars(struct money money)
{
	return (double)money.cents / 100;
}

static struct scale scale_of(const struct chart *chart)
{
	struct scale scale = { 0 };

	for (size_t s = 0; s < chart->count; s++)
		for (size_t p = 0; p < chart->points; p++) {
			const double value = dollars(chart->series[s].value[p]);

			scale.low = fmin(scale.low, value);
			scale.high = fmax(scale.high, value);
		}
	if (scale.high <= scale.low)
		scale.high = scale.low + 1;
	/* Steps of 1, 2 or 5 times a power of ten, four to eight of them. */
	const double rough = (scale.high - scale.low) / 5;
	const double power = pow(10, floor(log10(rough)));
	const double lead = rough / power;

	scale.step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
	scale.low = floor(scale.low / scale.step) * scale.step;
	scale.high = ceil(scale.high / scale.step) * scale.step;
	return scale;
}

static double height_of(const struct scale *scale, double value)
{
	return scale->top + HEIGHT * (scale->high - value) / (scale->high - scale->low);
}

static void print_scale(struct press *press, const struct scale *scale)
{
	const int steps = (int)lround((scale->high - scale->low) / scale->step);

	for (int i = 0; i <= steps; i++) {
		const double value = scale->low + scale->step * i;
		const double y = height_of(scale, value);
		const struct cell cell = { .kind = CELL_MONEY,
			.money = { llround(value * 100) },
			.whole = scale->step >= 1 };
		const char *const text = cell_words(&cell, DIALECT_PRINT, press->pool);
		const double width =
			canvas_text_width(press->canvas, FACE_REGULAR, label.size, text);

		canvas_line(press->canvas, press->page, scale->left, y,
			scale->left + scale->width, y, 0.4,
			fabs(value) < scale->step / 2 ? 0.2 : 0.85);
		canvas_text(press->canvas, press->page, scale->left - 6 - width, y + 2.5,
			label, text);
	}
}

static double shade_of(const struct chart *chart, size_t series)
{
	return chart->count < 2
		? 0.35
		: 0.2 + 0.55 * (double)series / (double)(chart->count - 1);
}

static void print_bars(
	struct press *press, const struct chart *chart, const struct scale *scale)
{
	const double slot = scale->width / (double)chart->points;
	const double bar = fmin(slot * 0.7 / (double)chart->count, 34);
	const double zero = height_of(scale, 0);

	for (size_t p = 0; p < chart->points; p++)
		for (size_t s = 0; s < chart->count; s++) {
			const double value = dollars(chart->series[s].value[p]);
			const double y = height_of(scale, value);
			const double middle = scale->left + slot * ((double)p + 0.5);
			const double x =
				middle + bar * ((double)s - (double)chart->count / 2);

			canvas_box(press->canvas, press->page, x, fmin(y, zero), bar - 1,
				fabs(y - zero), shade_of(chart, s));
		}
}

static void print_curves(
	struct press *press, const struct chart *chart, const struct scale *scale)
{
	const double slot = scale->width / (double)chart->points;

	for (size_t s = 0; s < chart->count; s++)
		for (size_t p = 1; p < chart->points; p++)
			canvas_line(press->canvas, press->page,
				scale->left + slot * ((double)p - 0.5),
				height_of(scale, dollars(chart->series[s].value[p - 1])),
				scale->left + slot * ((double)p + 0.5),
				height_of(scale, dollars(chart->series[s].value[p])),
				1.8 - 0.5 * (double)s, shade_of(chart, s));
}

static void print_legend(
	struct press *press, const struct chart *chart, double x, double y)
{
	for (size_t s = 0; s < chart->count; s++) {
		const char *const name =
			press_words(press, FACE_REGULAR, chart->series[s].name);

		canvas_box(
			press->canvas, press->page, x, y - 6, 7, 7, shade_of(chart, s));
		canvas_text(press->canvas, press->page, x + 11, y, label, name);
		x += 11 + 16 +
			canvas_text_width(press->canvas, FACE_REGULAR, label.size, name);
	}
}

void press_chart(struct press *press, const struct chart *chart)
{
	static const struct pen title = { FACE_BOLD, 10, PRESS_BLACK, false };
	struct scale scale = scale_of(chart);

	if (chart->points == 0 || chart->count == 0)
		return;
	press_need(press, HEIGHT + LEGEND + 60);
	press_paragraph(press, 0, title, 14, chart->title);
	print_legend(press, chart, PRESS_MARGIN + 62, press->y + 12);
	scale.left = PRESS_MARGIN + 62;
	scale.width = press_width(press) - 62;
	scale.top = press->y + LEGEND + 8;
	print_scale(press, &scale);
	switch (chart->kind) {
	case CHART_BARS:
		print_bars(press, chart, &scale);
		break;
	case CHART_LINES:
		print_curves(press, chart, &scale);
		break;
	}
	for (size_t p = 0; p < chart->points; p++) {
		const char *const name =
			press_words(press, FACE_REGULAR, chart->point[p]);
		const double width =
			canvas_text_width(press->canvas, FACE_REGULAR, label.size, name);

		canvas_text(press->canvas, press->page,
			scale.left +
				scale.width / (double)chart->points * ((double)p + 0.5) -
				width / 2,
			scale.top + HEIGHT + 12, label, name);
	}
	press->y = scale.top + HEIGHT + 26;
}

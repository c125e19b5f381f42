/* Reads the fields of a fillable PDF through qpdf. */
#include <limits.h>
#include <stdint.h>
#include <string.h>

#include <qpdf/qpdf-c.h>

#include "forms/file/reading.h"

#define DEPTH_MOST  20 /* of fields in each other */
#define FIELDS_MOST 5000

struct walking {
	qpdf_data pdf;
	struct pdf_form *form;
	size_t room; /* of fields, which grow outside the pool */
	struct pool *pool;
	bool too_many;
};

static bool damaged(struct fail *why)
{
	fail_set(why, FAIL_BAD_INPUT, "the PDF is damaged or cut off");
	return fail_hint(why, "get the file again, or open it and save a copy");
}

/* A string of the PDF as UTF-8, in the pool; NULL if there is none. */
static const char *text_of(const struct walking *walking, qpdf_oh object, const char *key)
{
	const qpdf_oh value = qpdf_oh_get_key(walking->pdf, object, key);
	const char *kept = NULL;

	if (qpdf_oh_is_string(walking->pdf, value)) {
		const char *const text = qpdf_oh_get_utf8_value(walking->pdf, value);

		kept = pool_text(walking->pool, text, strlen(text));
	}
	qpdf_oh_release(walking->pdf, value);
	return kept;
}

static bool is_text_field(const struct walking *walking, qpdf_oh field, bool inherited)
{
	const qpdf_oh type = qpdf_oh_get_key(walking->pdf, field, "/FT");
	const bool is = qpdf_oh_is_name(walking->pdf, type)
		? strcmp(qpdf_oh_get_name(walking->pdf, type), "/Tx") == 0
		: inherited;

	qpdf_oh_release(walking->pdf, type);
	return is;
}

static void field_add(struct walking *walking, const char *name, const char *value)
{
	struct pdf_form *const form = walking->form;

	if (form->fields == FIELDS_MOST) {
		walking->too_many = true;
		return;
	}
	GROW(form->field, form->fields, walking->room);
	form->field[form->fields++] =
		(struct pdf_field){ name, value == NULL ? "" : value };
}

static void fields_walk(
	struct walking *walking, qpdf_oh list, const char *above, bool text, int depth);

/* Children without names are places where one field is shown, not fields. */
static bool has_fields(const struct walking *walking, qpdf_oh kids)
{
	if (!qpdf_oh_is_array(walking->pdf, kids) ||
		qpdf_oh_get_array_n_items(walking->pdf, kids) == 0)
		return false;
	const qpdf_oh first = qpdf_oh_get_array_item(walking->pdf, kids, 0);
	const bool named = qpdf_oh_is_dictionary(walking->pdf, first) &&
		qpdf_oh_has_key(walking->pdf, first, "/T");

	qpdf_oh_release(walking->pdf, first);
	return named;
}

/* A field with fields in it is a group; its own name comes before theirs. */
static void field_walk(
	struct walking *walking, qpdf_oh field, const char *above, bool text, int depth)
{
	if (!qpdf_oh_is_dictionary(walking->pdf, field))
		return;
	const char *const own = text_of(walking, field, "/T");
	const char *const name = own == NULL ? above
		: *above == '\0'             ? own
				 : pool_printf(walking->pool, "%s.%s", above, own);
	const qpdf_oh kids = qpdf_oh_get_key(walking->pdf, field, "/Kids");
	const bool is_text = is_text_field(walking, field, text);

	if (has_fields(walking, kids))
		fields_walk(walking, kids, name, is_text, depth + 1);
	else if (is_text)
		field_add(walking, name, text_of(walking, field, "/V"));
	qpdf_oh_release(walking->pdf, kids);
}

static void fields_walk(
	struct walking *walking, qpdf_oh list, const char *above, bool text, int depth)
{
	const int count = qpdf_oh_get_array_n_items(walking->pdf, list);

	if (depth > DEPTH_MOST)
		walking->too_many = true;
	for (int i = 0; i < count && !walking->too_many; i++) {
		const qpdf_oh field = qpdf_oh_get_array_item(walking->pdf, list, i);

		field_walk(walking, field, above, text, depth);
		qpdf_oh_release(walking->pdf, field);
	}
}

static bool form_walk(struct walking *walking, struct fail *why)
{
	const qpdf_oh root = qpdf_get_root(walking->pdf);
	const qpdf_oh form = qpdf_oh_get_key_if_dict(walking->pdf, root, "/AcroForm");
	const qpdf_oh fields = qpdf_oh_get_key_if_dict(walking->pdf, form, "/Fields");
	const char *const title = qpdf_get_info_key(walking->pdf, "/Title");

	walking->form->title =
		title == NULL ? "" : pool_text(walking->pool, title, strlen(title));
	if (!qpdf_oh_is_array(walking->pdf, fields)) {
		/* Without a root the document is none, whatever it holds. */
		if (qpdf_has_error(walking->pdf))
			return damaged(why);
		fail_set(why, FAIL_BAD_INPUT, "the PDF has no fields to fill in");
		return fail_hint(why,
			"a printed or scanned return has none: enter its lines by hand");
	}
	fields_walk(walking, fields, "", false, 0);
	if (qpdf_has_error(walking->pdf) || qpdf_more_warnings(walking->pdf))
		return damaged(why);
	return !walking->too_many ||
		fail_set(why, FAIL_BAD_INPUT, "the PDF has too many fields for a form");
}

static bool refuse(qpdf_data pdf, struct fail *why)
{
	const qpdf_error error = qpdf_get_error(pdf);

	switch (qpdf_get_error_code(pdf, error)) {
	case qpdf_e_password:
		fail_set(why, FAIL_BAD_INPUT, "the PDF is encrypted with a password");
		return fail_hint(why,
			"save a copy without one: qpdf --decrypt --password=... IN.pdf "
			"OUT.pdf");
	case qpdf_e_unsupported:
		return fail_set(why, FAIL_BAD_INPUT,
			"the PDF is encrypted in a way that is not known");
	/* A number too large is the system's error to qpdf; the file itself was read before. */
	case qpdf_e_system:
	case qpdf_e_success:
	case qpdf_e_internal:
	case qpdf_e_damaged_pdf:
	case qpdf_e_pages:
	case qpdf_e_object:
	case qpdf_e_json:
	case qpdf_e_linearization:
		break;
	}
	return damaged(why);
}

bool pdf_form_read(
	const char *path, struct pdf_form *form, struct pool *pool, struct fail *why)
{
	struct walking walking = { .pdf = qpdf_init(), .form = form, .pool = pool };
	bool done = false;

	*form = (struct pdf_form){ .title = "" };
	qpdf_silence_errors(walking.pdf);
	qpdf_set_suppress_warnings(walking.pdf, QPDF_TRUE);
	/* What was cut off is refused, not repaired. */
	qpdf_set_attempt_recovery(walking.pdf, QPDF_FALSE);
	if ((qpdf_read(walking.pdf, path, NULL) & (QPDF_ERRORS)) != 0)
		refuse(walking.pdf, why);
	else
		done = form_walk(&walking, why);
	/* An error that nobody takes is printed at the end. */
	if (qpdf_has_error(walking.pdf))
		(void)qpdf_get_error(walking.pdf);
	qpdf_cleanup(&walking.pdf);
	pool_adopt(pool, form->field);
	return done;
}

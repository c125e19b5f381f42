/* Hashes of files, and the empty files that people can fill in. */
#include <sha2.h>
#include <string.h>
#include <unistd.h>

#include "ledger/import/bytes.h"
#include "ledger/import/formats.h"
#include "ledger/import/import_inside.h"
#include "ledger/record.h"

bool import_hash(const char *path, char sha256[65], struct fail *why)
{
	unsigned char chunk[65536];
	size_t length;
	SHA2_CTX hash;
	int file;

	/* A pipe or a device may never end. */
	if (!bytes_plain(path, &file, why))
		return fail_file(why, path);
	SHA256Init(&hash);
	bool done = bytes_some(file, chunk, sizeof chunk, &length, why);

	while (done && length > 0) {
		SHA256Update(&hash, chunk, length);
		done = bytes_some(file, chunk, sizeof chunk, &length, why);
	}
	close(file);
	SHA256End(&hash, sha256);
	return done || fail_file(why, path);
}

static const struct {
	const char *name, *text; /* NULL: all kinds of records */
} templates[] = {
	{ "form3921", form3921_template },
	{ "form3922", form3922_template },
	{ RECORDS_FORMAT, NULL },
};

bool import_template(const char *name, struct text *text)
{
	const struct record_kind *kind;
	struct fail unknown;

	for (size_t i = 0; i < COUNT(templates); i++) {
		if (strcmp(templates[i].name, name) != 0)
			continue;
		if (templates[i].text != NULL)
			text_add(text, templates[i].text);
		else
			record_template(NULL, text);
		return true;
	}
	if (!record_kind_find(name, &kind, &unknown))
		return false;
	record_template(kind, text);
	return true;
}

const char *const *import_templates(void)
{
	static const char *names[COUNT(templates) + 1];

	for (size_t i = 0; i < COUNT(templates); i++)
		names[i] = templates[i].name;
	return names;
}

/* Hashes of files, and the empty files that people can fill in. */
#include <errno.h>
#include <sha2.h>
#include <stdio.h>
#include <string.h>

#include "ledger/import/formats.h"
#include "ledger/import/import.h"

bool import_hash(const char *path, char sha256[65], struct fail *why)
{
	unsigned char chunk[65536];
	FILE *const file = fopen(path, "rb");
	size_t length;
	SHA2_CTX hash;

	if (file == NULL) {
		fail_set(why, FAIL_SYSTEM, "cannot be opened: %s", strerror(errno));
		return fail_file(why, path);
	}
	SHA256Init(&hash);
	while ((length = fread(chunk, 1, sizeof chunk, file)) > 0)
		SHA256Update(&hash, chunk, length);
	const bool done = ferror(file) == 0;

	fclose(file);
	SHA256End(&hash, sha256);
	if (done)
		return true;
	fail_set(why, FAIL_SYSTEM, "cannot be read: %s", strerror(errno));
	return fail_file(why, path);
}

static const struct {
	const char *name, *text;
} templates[] = {
	{ "form3921", form3921_template },
	{ "form3922", form3922_template },
};

const char *import_template(const char *name)
{
	for (size_t i = 0; i < COUNT(templates); i++)
		if (strcmp(templates[i].name, name) == 0)
			return templates[i].text;
	return NULL;
}

const char *const *import_templates(void)
{
	static const char *names[COUNT(templates) + 1];

	for (size_t i = 0; i < COUNT(templates); i++)
		names[i] = templates[i].name;
	return names;
}

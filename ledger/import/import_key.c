/* Makes the keys by which a row finds the standing facts that it may be. */
#include "ledger/base/text.h"
#include "ledger/import/import_inside.h"

/* What a key is made of. */
enum key { KEY_EXACT = 1, KEY_NEAR, KEY_EVENT, KEY_MONEY, KEY_ALIKE };

static uint64_t mix(uint64_t hash, uint64_t value)
{
	hash = (hash ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return hash ^ (hash >> 29);
}

static uint64_t mix_text(uint64_t hash, const char *text)
{
	char plain[NAME_LIMIT];

	for (const char *at = name_plain(text, plain); *at != '\0'; at++)
		hash = (hash ^ (unsigned char)*at) * UINT64_C(1099511628211);
	return mix(hash, 0);
}

static uint64_t mix_amounts(uint64_t hash, const struct fact *fact)
{
	hash = mix(hash, (uint64_t)fact->other_day.number);
	if (fact->kind == FACT_REPORTED_SALE) {
		hash = mix(hash, (uint64_t)fact->proceeds.cents);
		hash = mix(hash,
			fact->basis_known ? (uint64_t)fact->basis.cents : UINT64_MAX);
		hash = mix(hash, (uint64_t)fact->wash.cents);
		return mix(hash, (uint64_t)fact->withheld.cents);
	}
	hash = mix(hash, (uint64_t)fact->price.e8);
	return mix(hash, (uint64_t)fact->fmv.e8);
}

static void name_keys(struct keys *keys, int by, const struct fact *fact, uint64_t day,
	const char *name)
{
	uint64_t near = mix_text(mix(day, KEY_NEAR), name);

	near = mix(near, (uint64_t)fact->shares.e8);
	/* Two exercises of one day are told apart by their grants. */
	if (fact->kind == FACT_EXERCISE)
		near = mix(near, (uint64_t)fact->other_day.number);
	keys->near[by] = near;
	keys->exact[by] = mix_amounts(mix(near, KEY_EXACT), fact);
	keys->alike[by] = mix(mix(near, KEY_ALIKE), (uint64_t)fact->proceeds.cents);
}

/* A day's money; what was sold for nothing is known by what it had cost. */
static uint64_t money_key(const struct fact *fact, struct day day)
{
	const struct money money =
		fact->proceeds.cents != 0 ? fact->proceeds : fact->basis;

	if (money.cents == 0 || !day_known(day))
		return 0;
	const uint64_t key =
		mix(mix((uint64_t)fact->kind, (uint64_t)day.number), KEY_MONEY);

	return mix(mix(key, (uint64_t)money.cents), fact->proceeds.cents != 0);
}

struct keys keys_of(const struct securities *securities, const struct fact *fact,
	const struct names *names)
{
	const char *const symbol = securities_told(securities, fact, names);
	const char *const words = names_text(names, fact->alias);
	const uint64_t day = mix((uint64_t)fact->kind, (uint64_t)fact->day.number);
	struct keys keys = { .exact = { 0 } };

	name_keys(&keys, BY_NAME, fact, day, *symbol != '\0' ? symbol : words);
	if (*symbol != '\0' && *words != '\0')
		name_keys(&keys, BY_WORDS, fact, day, words);
	if (*symbol != '\0')
		keys.event[BY_NAME] = mix_text(mix(day, KEY_EVENT), symbol);
	if (*words != '\0')
		keys.event[BY_WORDS] = mix_text(mix(day, KEY_EVENT), words);
	if (keys.event[BY_WORDS] == keys.event[BY_NAME])
		keys.event[BY_WORDS] = 0;
	keys.money[0] = money_key(fact, fact->day);
	keys.money[1] = money_key(fact, fact->other_day);
	return keys;
}

uint64_t keys_event(const uint64_t event[NAMES], int64_t document)
{
	const uint64_t key = event[BY_NAME] != 0 ? event[BY_NAME] : event[BY_WORDS];

	return key == 0 || document == 0 ? key : mix(key, (uint64_t)document);
}

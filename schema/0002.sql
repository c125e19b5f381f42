-- Selling costs, and what box 6 of the 1099-B says of them; what two files say stands until both
-- are undone.
ALTER TABLE fact ADD COLUMN
	gross INTEGER NOT NULL DEFAULT 0; -- does box 6 of the 1099-B say gross proceeds? Codes as of covered
ALTER TABLE detail ADD COLUMN
	fee_cents INTEGER NOT NULL DEFAULT 0; -- what selling cost: commission and fees

-- A fact that an earlier one says already, told again by another document. It counts when no
-- earlier one of the same `first` does.
CREATE TABLE echo (
	fact INTEGER NOT NULL PRIMARY KEY REFERENCES fact,
	first INTEGER NOT NULL REFERENCES fact, -- the earliest, itself no echo
	CHECK (first > 0 AND first < fact)
) STRICT;
CREATE INDEX echo_of ON echo (first);

CREATE TRIGGER echo_is_not_changed BEFORE UPDATE ON echo
BEGIN SELECT RAISE(ABORT, 'echoes are appended and never changed'); END;
CREATE TRIGGER echo_is_not_deleted BEFORE DELETE ON echo
BEGIN SELECT RAISE(ABORT, 'echoes are appended and never deleted'); END;
CREATE TRIGGER echo_is_not_replaced BEFORE INSERT ON echo
WHEN EXISTS (SELECT 1 FROM echo WHERE fact = NEW.fact)
BEGIN SELECT RAISE(ABORT, 'echoes are appended and never replaced'); END;

-- Views are made anew where they are to know of echoes.
DROP VIEW standing;
DROP VIEW voided;

-- Facts that are voided one by one: with the one named, all that say the same.
CREATE VIEW voided AS
	WITH event AS (
		SELECT ifnull(echo.first, void.fact) AS first
		FROM void LEFT JOIN echo ON echo.fact = void.fact
		WHERE void.batch NOT IN (SELECT batch FROM undone))
	SELECT first AS fact FROM event
	UNION SELECT echo.fact FROM event JOIN echo ON echo.first = event.first;

-- Facts that an earlier one says whose batch stands.
CREATE VIEW echoed AS
	SELECT fact FROM echo WHERE EXISTS (
		SELECT 1 FROM fact AS earlier WHERE earlier.id = echo.first
			AND earlier.batch NOT IN (SELECT batch FROM undone))
	OR EXISTS (
		SELECT 1 FROM echo AS other JOIN fact AS earlier ON earlier.id = other.fact
		WHERE other.first = echo.first AND other.fact < echo.fact
			AND earlier.batch NOT IN (SELECT batch FROM undone));

-- Facts that stand.
CREATE VIEW standing AS
	SELECT * FROM fact
	WHERE batch NOT IN (SELECT batch FROM undone) AND id NOT IN (SELECT fact FROM voided)
		AND id NOT IN (SELECT fact FROM echoed);

DROP VIEW readable;

-- All facts as a person reads them: days as dates, amounts with their decimals.
CREATE VIEW readable AS
	SELECT fact.id, fact.batch,
		(SELECT word FROM word WHERE field = 'kind' AND code = fact.kind) AS kind,
		iif(fact.batch IN (SELECT batch FROM undone), 'undone',
			iif(fact.id IN (SELECT fact FROM voided), 'voided',
				iif(fact.id IN (SELECT fact FROM echoed), 'known', 'stands'))) AS state,
		document.name AS document, fact.row,
		iif(day = -2147483648, '', date(day * 86400, 'unixepoch')) AS day,
		iif(other_day = -2147483648, '', date(other_day * 86400, 'unixepoch')) AS other_day,
		fact.year,
		fact.symbol,
		fact.account,
		fact.owner,
		fact.alias,
		fact.name,
		fact.text,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, shares_e8 < 0),
			abs(shares_e8) / 100000000, abs(shares_e8) % 100000000), '0'), '.') AS shares,
		printf('%s%d.%02d', substr('-', 1, proceeds_cents < 0),
			abs(proceeds_cents) / 100, abs(proceeds_cents) % 100) AS proceeds,
		printf('%s%d.%02d', substr('-', 1, basis_cents < 0),
			abs(basis_cents) / 100, abs(basis_cents) % 100) AS basis,
		printf('%s%d.%02d', substr('-', 1, wash_cents < 0),
			abs(wash_cents) / 100, abs(wash_cents) % 100) AS wash,
		printf('%s%d.%02d', substr('-', 1, discount_cents < 0),
			abs(discount_cents) / 100, abs(discount_cents) % 100) AS discount,
		printf('%s%d.%02d', substr('-', 1, withheld_cents < 0),
			abs(withheld_cents) / 100, abs(withheld_cents) % 100) AS withheld,
		printf('%s%d.%02d', substr('-', 1, amount_cents < 0),
			abs(amount_cents) / 100, abs(amount_cents) % 100) AS amount,
		fact.proceeds_known,
		fact.basis_known,
		fact.amount_known,
		(SELECT word FROM word WHERE field = 'term' AND code = fact.term) AS term,
		(SELECT word FROM word WHERE field = 'covered' AND code = fact.covered) AS covered,
		(SELECT word FROM word WHERE field = 'covered' AND code = fact.gross) AS gross,
		fact.box,
		detail.lot,
		detail.grant,
		detail.plan,
		detail.target,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, per_e8 < 0),
			abs(per_e8) / 100000000, abs(per_e8) % 100000000), '0'), '.') AS per,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, unvested_e8 < 0),
			abs(unvested_e8) / 100000000, abs(unvested_e8) % 100000000), '0'), '.') AS unvested,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, nso_shares_e8 < 0),
			abs(nso_shares_e8) / 100000000, abs(nso_shares_e8) % 100000000), '0'), '.') AS nso_shares,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, kept_e8 < 0),
			abs(kept_e8) / 100000000, abs(kept_e8) % 100000000), '0'), '.') AS kept,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, price_e8 < 0),
			abs(price_e8) / 100000000, abs(price_e8) % 100000000), '0'), '.') AS price,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, fmv_e8 < 0),
			abs(fmv_e8) / 100000000, abs(fmv_e8) % 100000000), '0'), '.') AS fmv,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, grant_fmv_e8 < 0),
			abs(grant_fmv_e8) / 100000000, abs(grant_fmv_e8) % 100000000), '0'), '.') AS grant_fmv,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, grant_price_e8 < 0),
			abs(grant_price_e8) / 100000000, abs(grant_price_e8) % 100000000), '0'), '.') AS grant_price,
		rtrim(rtrim(printf('%s%d.%08d', substr('-', 1, fraction_e8 < 0),
			abs(fraction_e8) / 100000000, abs(fraction_e8) % 100000000), '0'), '.') AS fraction,
		printf('%s%d.%02d', substr('-', 1, income_cents < 0),
			abs(income_cents) / 100, abs(income_cents) % 100) AS income,
		printf('%s%d.%02d', substr('-', 1, amt_basis_cents < 0),
			abs(amt_basis_cents) / 100, abs(amt_basis_cents) % 100) AS amt_basis,
		printf('%s%d.%02d', substr('-', 1, fee_cents < 0),
			abs(fee_cents) / 100, abs(fee_cents) % 100) AS fee,
		(SELECT word FROM word WHERE field = 'option' AND code = detail.option) AS option,
		detail.assumed,
		detail.amt_basis_known,
		detail.kept_known,
		detail.related,
		detail.charity,
		detail.large,
		detail.taxable,
		(SELECT word FROM word WHERE field = 'covered' AND code = detail.elected) AS elected
	FROM fact JOIN document ON document.id = fact.document
	LEFT JOIN detail ON detail.fact = fact.id;

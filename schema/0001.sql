-- The ledger: what happened, entered once, never changed.
--
-- Money is whole cents (_cents); shares are 1e-8 of a share, prices 1e-8 of a dollar (_e8);
-- days are counted from 1970-01-01, and -2147483648 is no day. Nothing is NULL: an empty
-- text, a zero and no day say "not given"; *_known tells a given zero from none.
--
-- Rows are appended. Three triggers a table refuse to change, delete or replace one. What
-- was wrong is voided by a later row; a batch that was wrong is undone by a later batch.

-- One command that wrote. Batch 0 made the ledger.
CREATE TABLE batch (
	id INTEGER NOT NULL PRIMARY KEY,
	at INTEGER NOT NULL, -- seconds since 1970-01-01 00:00 UTC
	command TEXT NOT NULL -- as it was typed
) STRICT;

-- A batch that undoes another. The undo of an undo brings the first batch back.
CREATE TABLE undo (
	batch INTEGER NOT NULL PRIMARY KEY REFERENCES batch,
	undoes INTEGER NOT NULL REFERENCES batch,
	reason TEXT NOT NULL CHECK (reason <> ''),
	CHECK (undoes > 0 AND undoes < batch)
) STRICT;

-- A file that was imported, kept whole. Document 0 is the keyboard.
CREATE TABLE document (
	id INTEGER NOT NULL PRIMARY KEY,
	batch INTEGER NOT NULL REFERENCES batch,
	name TEXT NOT NULL, -- of the file, without folders
	format TEXT NOT NULL, -- 'fidelity-1099'
	sha256 TEXT NOT NULL CHECK (length(sha256) = 64 OR id = 0),
	bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;

-- Its bytes, 1 MB a row.
CREATE TABLE chunk (
	document INTEGER NOT NULL REFERENCES document DEFERRABLE INITIALLY DEFERRED,
	number INTEGER NOT NULL CHECK (number >= 0),
	bytes BLOB NOT NULL CHECK (length(bytes) BETWEEN 1 AND 1048576),
	PRIMARY KEY (document, number)
) STRICT;

-- What happened or was reported. document and row say where it was read.
CREATE TABLE fact (
	id INTEGER NOT NULL PRIMARY KEY,
	batch INTEGER NOT NULL REFERENCES batch,
	document INTEGER NOT NULL REFERENCES document,
	row INTEGER NOT NULL, -- of the document, from 1
	kind INTEGER NOT NULL, -- codes: see word
	day INTEGER NOT NULL, -- of the event; trade date of a sale
	other_day INTEGER NOT NULL, -- grant date of an exercise; acquisition date as reported
	year INTEGER NOT NULL, -- of a figure or a filed line
	symbol TEXT NOT NULL, -- the security
	account TEXT NOT NULL, -- where it is held; none: any account
	owner TEXT NOT NULL, -- which spouse; none: the household
	alias TEXT NOT NULL, -- a broker's description, or a CUSIP
	name TEXT NOT NULL, -- of a figure or a filed line
	text TEXT NOT NULL, -- a figure that is a word
	shares_e8 INTEGER NOT NULL, -- how many
	proceeds_cents INTEGER NOT NULL, -- of a sale, in total
	basis_cents INTEGER NOT NULL, -- as reported
	wash_cents INTEGER NOT NULL, -- wash sale loss disallowed, as reported
	discount_cents INTEGER NOT NULL, -- accrued market discount, as reported
	withheld_cents INTEGER NOT NULL, -- federal income tax withheld, as reported
	amount_cents INTEGER NOT NULL, -- of a figure or a filed line
	proceeds_known INTEGER NOT NULL, -- total proceeds were given, not only a price
	basis_known INTEGER NOT NULL, -- a reported 0.00 is a basis; a blank is not
	amount_known INTEGER NOT NULL, -- the figure is money (or a number), not a word
	term INTEGER NOT NULL, -- as reported
	covered INTEGER NOT NULL, -- was the basis reported to the IRS?
	box TEXT NOT NULL -- of Form 8949, 'A' to 'L' as reported, or 0
) STRICT;

-- What a fact says besides, if it does: of plans, options, gifts and corporate actions.
CREATE TABLE detail (
	fact INTEGER NOT NULL PRIMARY KEY REFERENCES fact,
	lot TEXT NOT NULL, -- the user's own name of a lot
	grant TEXT NOT NULL, -- the user's own name of a grant
	plan TEXT NOT NULL, -- rsu, espp or option: shares of a plan, as its statement says
	target TEXT NOT NULL, -- the new symbol, account or owner
	per_e8 INTEGER NOT NULL, -- old shares for which shares new ones come
	unvested_e8 INTEGER NOT NULL, -- of the shares, not vested yet
	nso_shares_e8 INTEGER NOT NULL, -- of the shares exercised, not under an ISO
	kept_e8 INTEGER NOT NULL, -- of the units vested, shares delivered
	price_e8 INTEGER NOT NULL, -- strike, or sale price per share
	fmv_e8 INTEGER NOT NULL, -- fair market value per share on day
	grant_fmv_e8 INTEGER NOT NULL, -- fair market value per share on the grant date
	grant_price_e8 INTEGER NOT NULL, -- price per share as if exercised on the grant date
	fraction_e8 INTEGER NOT NULL, -- of the basis that stays with the old shares
	income_cents INTEGER NOT NULL, -- wages taxed for a plan's shares and not in the reported basis
	amt_basis_cents INTEGER NOT NULL, -- the donor's basis for the AMT
	option INTEGER NOT NULL, -- kind of the option
	assumed INTEGER NOT NULL, -- made from another fact (a grant from an exercise)
	amt_basis_known INTEGER NOT NULL, -- the donor's AMT basis was given
	kept_known INTEGER NOT NULL, -- the shares delivered were given
	related INTEGER NOT NULL, -- sold to a related party
	charity INTEGER NOT NULL, -- given to a charity
	large INTEGER NOT NULL, -- the holder owns more than 10 % of the employer
	taxable INTEGER NOT NULL, -- gain and loss are recognized in full
	elected INTEGER NOT NULL -- was an 83(b) election made? Codes as of covered
) STRICT;

-- A fact that no longer stands.
CREATE TABLE void (
	fact INTEGER NOT NULL REFERENCES fact,
	batch INTEGER NOT NULL REFERENCES batch,
	reason TEXT NOT NULL CHECK (reason <> ''),
	PRIMARY KEY (fact, batch)
) STRICT, WITHOUT ROWID;

-- A year that was closed (or opened again): the last standing row of a year holds.
CREATE TABLE year_lock (
	id INTEGER NOT NULL PRIMARY KEY,
	batch INTEGER NOT NULL REFERENCES batch,
	year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
	locked INTEGER NOT NULL CHECK (locked IN (0, 1)),
	hash TEXT NOT NULL, -- of the year's lines, parameters and facts
	reason TEXT NOT NULL
) STRICT;

-- What the codes mean.
CREATE TABLE word (
	field TEXT NOT NULL, -- the column of fact
	code INTEGER NOT NULL,
	word TEXT NOT NULL,
	PRIMARY KEY (field, code)
) STRICT, WITHOUT ROWID;

INSERT INTO word (field, code, word) VALUES
	('kind', 0, 'none'),
	('kind', 1, 'security'),
	('kind', 2, 'grant'),
	('kind', 3, 'exercise'),
	('kind', 4, 'sale'),
	('kind', 5, 'reported_sale'),
	('kind', 6, 'figure'),
	('kind', 7, 'filed'),
	('kind', 8, 'vest'),
	('kind', 9, 'forfeiture'),
	('kind', 10, 'rsu'),
	('kind', 11, 'restricted'),
	('kind', 12, 'espp'),
	('kind', 13, 'purchase'),
	('kind', 14, 'gift_received'),
	('kind', 15, 'inheritance'),
	('kind', 16, 'gift'),
	('kind', 17, 'to_spouse'),
	('kind', 18, 'death'),
	('kind', 19, 'worthless'),
	('kind', 20, 'cash_in_lieu'),
	('kind', 21, 'transfer'),
	('kind', 22, 'split'),
	('kind', 23, 'merger'),
	('kind', 24, 'spin_off'),
	('kind', 25, 'symbol_change'),
	('kind', 26, 'order'),
	('kind', 27, 'swap'),
	('kind', 28, 'left'),
	('kind', 29, 'exercisable'),
	('kind', 30, 'account'),
	('kind', 31, 'waiver'),
	('option', 0, ''),
	('option', 1, 'iso'),
	('option', 2, 'nso'),
	('term', 0, ''),
	('term', 1, 'short'),
	('term', 2, 'long'),
	('covered', 0, ''),
	('covered', 1, 'yes'),
	('covered', 2, 'no');

INSERT INTO batch (id, at, command)
	VALUES (0, CAST(strftime('%s', 'now') AS INTEGER), 'create the ledger');
INSERT INTO document (id, batch, name, format, sha256, bytes)
	VALUES (0, 0, 'typed by hand', '', '', 0);

CREATE TRIGGER batch_is_not_changed BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'batches are appended and never changed'); END;
CREATE TRIGGER batch_is_not_deleted BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'batches are appended and never deleted'); END;
CREATE TRIGGER batch_is_not_replaced BEFORE INSERT ON batch
WHEN EXISTS (SELECT 1 FROM batch WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'batches are appended and never replaced'); END;

CREATE TRIGGER undo_is_not_changed BEFORE UPDATE ON undo
BEGIN SELECT RAISE(ABORT, 'undos are appended and never changed'); END;
CREATE TRIGGER undo_is_not_deleted BEFORE DELETE ON undo
BEGIN SELECT RAISE(ABORT, 'undos are appended and never deleted'); END;
CREATE TRIGGER undo_is_not_replaced BEFORE INSERT ON undo
WHEN EXISTS (SELECT 1 FROM undo WHERE batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'undos are appended and never replaced'); END;

CREATE TRIGGER document_is_not_changed BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'documents are appended and never changed'); END;
CREATE TRIGGER document_is_not_deleted BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'documents are appended and never deleted'); END;
CREATE TRIGGER document_is_not_replaced BEFORE INSERT ON document
WHEN EXISTS (SELECT 1 FROM document WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'documents are appended and never replaced'); END;

CREATE TRIGGER chunk_is_not_changed BEFORE UPDATE ON chunk
BEGIN SELECT RAISE(ABORT, 'the bytes of documents are appended and never changed'); END;
CREATE TRIGGER chunk_is_not_deleted BEFORE DELETE ON chunk
BEGIN SELECT RAISE(ABORT, 'the bytes of documents are appended and never deleted'); END;
CREATE TRIGGER chunk_is_not_replaced BEFORE INSERT ON chunk
WHEN EXISTS (SELECT 1 FROM chunk WHERE document = NEW.document AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'the bytes of documents are appended and never replaced'); END;

CREATE TRIGGER fact_is_not_changed BEFORE UPDATE ON fact
BEGIN SELECT RAISE(ABORT, 'facts are appended and never changed'); END;
CREATE TRIGGER fact_is_not_deleted BEFORE DELETE ON fact
BEGIN SELECT RAISE(ABORT, 'facts are appended and never deleted'); END;
CREATE TRIGGER fact_is_not_replaced BEFORE INSERT ON fact
WHEN EXISTS (SELECT 1 FROM fact WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'facts are appended and never replaced'); END;

CREATE TRIGGER detail_is_not_changed BEFORE UPDATE ON detail
BEGIN SELECT RAISE(ABORT, 'details are appended and never changed'); END;
CREATE TRIGGER detail_is_not_deleted BEFORE DELETE ON detail
BEGIN SELECT RAISE(ABORT, 'details are appended and never deleted'); END;
CREATE TRIGGER detail_is_not_replaced BEFORE INSERT ON detail
WHEN EXISTS (SELECT 1 FROM detail WHERE fact = NEW.fact)
BEGIN SELECT RAISE(ABORT, 'details are appended and never replaced'); END;

CREATE TRIGGER void_is_not_changed BEFORE UPDATE ON void
BEGIN SELECT RAISE(ABORT, 'voids are appended and never changed'); END;
CREATE TRIGGER void_is_not_deleted BEFORE DELETE ON void
BEGIN SELECT RAISE(ABORT, 'voids are appended and never deleted'); END;
CREATE TRIGGER void_is_not_replaced BEFORE INSERT ON void
WHEN EXISTS (SELECT 1 FROM void WHERE fact = NEW.fact AND batch = NEW.batch)
BEGIN SELECT RAISE(ABORT, 'voids are appended and never replaced'); END;

CREATE TRIGGER year_lock_is_not_changed BEFORE UPDATE ON year_lock
BEGIN SELECT RAISE(ABORT, 'locks are appended and never changed'); END;
CREATE TRIGGER year_lock_is_not_deleted BEFORE DELETE ON year_lock
BEGIN SELECT RAISE(ABORT, 'locks are appended and never deleted'); END;
CREATE TRIGGER year_lock_is_not_replaced BEFORE INSERT ON year_lock
WHEN EXISTS (SELECT 1 FROM year_lock WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'locks are appended and never replaced'); END;

CREATE TRIGGER word_is_not_changed BEFORE UPDATE ON word
BEGIN SELECT RAISE(ABORT, 'words are appended and never changed'); END;
CREATE TRIGGER word_is_not_deleted BEFORE DELETE ON word
BEGIN SELECT RAISE(ABORT, 'words are appended and never deleted'); END;
CREATE TRIGGER word_is_not_replaced BEFORE INSERT ON word
WHEN EXISTS (SELECT 1 FROM word WHERE field = NEW.field AND code = NEW.code)
BEGIN SELECT RAISE(ABORT, 'words are appended and never replaced'); END;

-- Batches that are undone: their facts, documents, voids and locks do not stand.
CREATE VIEW undone AS
	SELECT undoes AS batch FROM undo
	WHERE NOT EXISTS (SELECT 1 FROM undo AS redo WHERE redo.undoes = undo.batch);

-- Facts that are voided one by one.
CREATE VIEW voided AS
	SELECT fact FROM void WHERE batch NOT IN (SELECT batch FROM undone);

-- Facts that stand.
CREATE VIEW standing AS
	SELECT * FROM fact
	WHERE batch NOT IN (SELECT batch FROM undone) AND id NOT IN (SELECT fact FROM voided);

-- All facts as a person reads them: days as dates, amounts with their decimals.
CREATE VIEW readable AS
	SELECT fact.id, fact.batch,
		(SELECT word FROM word WHERE field = 'kind' AND code = fact.kind) AS kind,
		iif(fact.batch IN (SELECT batch FROM undone), 'undone',
			iif(fact.id IN (SELECT fact FROM voided), 'voided', 'stands')) AS state,
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

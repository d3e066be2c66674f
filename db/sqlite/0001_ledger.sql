-- The ledger, as db/mysql/0001_ledger.sql, where every column is explained.
-- Times are text in RFC 3339, UTC, to the millisecond: they sort as they read.
-- A unitPrice is in ten-thousandths of the currency unit: SQLite has no exact decimals.

CREATE TABLE schema_migrations (
  version INTEGER NOT NULL PRIMARY KEY,
  appliedAt TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE inventory (
  record INTEGER PRIMARY KEY AUTOINCREMENT,
  productID INTEGER NOT NULL CHECK (productID BETWEEN 1 AND 4294967295),
  availableQuantity INTEGER NOT NULL CHECK (availableQuantity BETWEEN 0 AND 4294967295),
  reason TEXT NOT NULL DEFAULT 'count',
  quantity INTEGER NULL,
  unitPrice INTEGER NULL,
  recordedAt TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  batch INTEGER NULL
) STRICT;

CREATE INDEX product_record ON inventory (productID, record);

CREATE TRIGGER inventory_is_never_updated BEFORE UPDATE ON inventory
BEGIN
  SELECT RAISE(ABORT, 'inventory is append-only');
END;

CREATE TRIGGER inventory_is_never_deleted BEFORE DELETE ON inventory
BEGIN
  SELECT RAISE(ABORT, 'inventory is append-only');
END;

CREATE TABLE ledger_head (
  id INTEGER NOT NULL PRIMARY KEY,
  turn INTEGER NOT NULL
) STRICT;

INSERT INTO ledger_head (id, turn) VALUES (1, 0);

CREATE TABLE sales_daily (
  day TEXT NOT NULL,
  productID INTEGER NOT NULL,
  unitsSold INTEGER NOT NULL,
  PRIMARY KEY (day, productID)
) STRICT, WITHOUT ROWID;

CREATE TABLE products (
  productID INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL
) STRICT;

INSERT INTO schema_migrations (version) VALUES (1);

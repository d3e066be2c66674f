-- The ledger, as db/mysql/0001_ledger.sql, where every column is explained.
-- Times are text in RFC 3339, UTC, to the millisecond: they sort as they read.
-- A unitPrice, a price and a revenue are in ten-thousandths of the currency unit: SQLite has no exact decimals.

CREATE TABLE schema_migrations (
  version INTEGER NOT NULL PRIMARY KEY,
  appliedAt TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
) STRICT;

CREATE TABLE inventory (
  record INTEGER PRIMARY KEY AUTOINCREMENT,
  productID INTEGER NOT NULL CHECK (productID BETWEEN 1 AND 4294967295),
  availableQuantity INTEGER NOT NULL CHECK (availableQuantity BETWEEN 0 AND 4294967295),
  reason TEXT NOT NULL DEFAULT 'count',
  quantityChange INTEGER NULL,
  quantity INTEGER NULL,
  unitPrice INTEGER NULL,
  saleRecord INTEGER NULL,
  reference TEXT NULL,
  note TEXT NULL,
  recordedAt TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  batch INTEGER NULL
) STRICT;

CREATE INDEX product_record ON inventory (productID, record);
CREATE INDEX recorded_at ON inventory (recordedAt);
CREATE INDEX sale_record ON inventory (saleRecord) WHERE saleRecord IS NOT NULL;

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
  unitsPriced INTEGER NOT NULL,
  revenue INTEGER NOT NULL,
  PRIMARY KEY (day, productID)
) STRICT, WITHOUT ROWID;

CREATE TABLE requests (
  requestKey TEXT NOT NULL PRIMARY KEY,
  fingerprint TEXT NULL,
  answer TEXT NULL,
  recordedAt TEXT NOT NULL,
  batch INTEGER NOT NULL
) STRICT;

CREATE TABLE products (
  revision INTEGER PRIMARY KEY AUTOINCREMENT,
  productID INTEGER NOT NULL CHECK (productID BETWEEN 1 AND 4294967295),
  name TEXT NOT NULL,
  sku TEXT NULL,
  barcode TEXT NULL,
  image TEXT NULL,
  price INTEGER NULL,
  reorderPoint INTEGER NULL,
  reorderQuantity INTEGER NULL,
  retired INTEGER NOT NULL DEFAULT 0 CHECK (retired IN (0, 1)),
  revisedAt TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
  batch INTEGER NULL
) STRICT;

CREATE INDEX product_revision ON products (productID, revision);

CREATE TRIGGER requests_is_never_updated BEFORE UPDATE ON requests
BEGIN
  SELECT RAISE(ABORT, 'requests is append-only');
END;

CREATE TRIGGER requests_is_never_deleted BEFORE DELETE ON requests
BEGIN
  SELECT RAISE(ABORT, 'requests is append-only');
END;

CREATE TRIGGER products_is_never_updated BEFORE UPDATE ON products
BEGIN
  SELECT RAISE(ABORT, 'products is append-only');
END;

CREATE TRIGGER products_is_never_deleted BEFORE DELETE ON products
BEGIN
  SELECT RAISE(ABORT, 'products is append-only');
END;

CREATE TABLE verifications (
  verification INTEGER PRIMARY KEY AUTOINCREMENT,
  verifiedAt TEXT NOT NULL,
  records INTEGER NOT NULL,
  drift INTEGER NOT NULL
) STRICT;

CREATE TRIGGER verifications_is_never_updated BEFORE UPDATE ON verifications
BEGIN
  SELECT RAISE(ABORT, 'verifications is append-only');
END;

CREATE TRIGGER verifications_is_never_deleted BEFORE DELETE ON verifications
BEGIN
  SELECT RAISE(ABORT, 'verifications is append-only');
END;

INSERT INTO schema_migrations (version) VALUES (1);

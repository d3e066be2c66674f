-- As db/mysql/0008_locations.sql, where every column is explained.

ALTER TABLE inventory ADD COLUMN locationID INTEGER NOT NULL DEFAULT 1 CHECK (locationID BETWEEN 1 AND 4294967295);
ALTER TABLE inventory ADD COLUMN onHandQuantity INTEGER NULL CHECK (onHandQuantity BETWEEN 0 AND 4294967295);
ALTER TABLE inventory ADD COLUMN onHandChange INTEGER NULL;
ALTER TABLE inventory ADD COLUMN heldQuantity INTEGER NOT NULL DEFAULT 0 CHECK (heldQuantity BETWEEN 0 AND 4294967295);
ALTER TABLE inventory ADD COLUMN document TEXT NULL;
ALTER TABLE inventory ADD COLUMN expiresAt TEXT NULL;
ALTER TABLE inventory ADD COLUMN unitCost INTEGER NULL;
CREATE INDEX cell_record ON inventory (productID, locationID, record);

CREATE TABLE locations (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  locationID INTEGER NOT NULL CHECK (locationID BETWEEN 1 AND 4294967295),
  name TEXT NOT NULL,
  sellable INTEGER NOT NULL,
  address TEXT NULL,
  retired INTEGER NOT NULL DEFAULT 0,
  recordedAt TEXT NOT NULL,
  actor TEXT NULL,
  batch INTEGER NULL
) STRICT;

CREATE INDEX location_entry ON locations (locationID, entry);

CREATE TRIGGER locations_is_never_updated BEFORE UPDATE ON locations
BEGIN
  SELECT RAISE(ABORT, 'locations is append-only');
END;

CREATE TRIGGER locations_is_never_deleted BEFORE DELETE ON locations
BEGIN
  SELECT RAISE(ABORT, 'locations is append-only');
END;

CREATE TRIGGER locations_is_never_replaced BEFORE INSERT ON locations
WHEN NEW.entry >= 0 AND EXISTS (SELECT 1 FROM locations WHERE entry = NEW.entry)
BEGIN
  SELECT RAISE(ABORT, 'locations is append-only');
END;

CREATE TRIGGER locations_skips_few_numbers BEFORE INSERT ON locations
WHEN NEW.entry > (SELECT COALESCE(MAX(entry), 0) FROM locations) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'locations is append-only: the entry is too far beyond the last');
END;

CREATE TRIGGER locations_is_numbered_from_1 AFTER INSERT ON locations
WHEN NEW.entry < 1
BEGIN
  SELECT RAISE(ABORT, 'locations is append-only: the entry is below 1');
END;

ALTER TABLE ledger_head RENAME COLUMN turn TO turnNumber;

INSERT INTO schema_migrations (version) VALUES (8);

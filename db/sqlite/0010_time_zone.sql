-- As db/mysql/0010_time_zone.sql, where every column is explained.

CREATE TABLE ledger_zone (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  timeZone TEXT NOT NULL,
  recordedAt TEXT NOT NULL,
  batch INTEGER NULL
) STRICT;

CREATE TRIGGER ledger_zone_is_never_updated BEFORE UPDATE ON ledger_zone
BEGIN
  SELECT RAISE(ABORT, 'ledger_zone is append-only');
END;

CREATE TRIGGER ledger_zone_is_never_deleted BEFORE DELETE ON ledger_zone
BEGIN
  SELECT RAISE(ABORT, 'ledger_zone is append-only');
END;

CREATE TRIGGER ledger_zone_is_never_replaced BEFORE INSERT ON ledger_zone
WHEN NEW.entry >= 0 AND EXISTS (SELECT 1 FROM ledger_zone WHERE entry = NEW.entry)
BEGIN
  SELECT RAISE(ABORT, 'ledger_zone is append-only');
END;

CREATE TRIGGER ledger_zone_skips_few_numbers BEFORE INSERT ON ledger_zone
WHEN NEW.entry > (SELECT COALESCE(MAX(entry), 0) FROM ledger_zone) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'ledger_zone is append-only: the entry is too far beyond the last');
END;

CREATE TRIGGER ledger_zone_is_numbered_from_1 AFTER INSERT ON ledger_zone
WHEN NEW.entry < 1
BEGIN
  SELECT RAISE(ABORT, 'ledger_zone is append-only: the entry is below 1');
END;

INSERT INTO schema_migrations (version) VALUES (10);

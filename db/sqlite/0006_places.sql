-- As db/mysql/0006_places.sql.

CREATE TABLE places (
  placeChange INTEGER PRIMARY KEY AUTOINCREMENT,
  placeID INTEGER NOT NULL,
  name TEXT NOT NULL,
  recordedAt TEXT NOT NULL,
  batch INTEGER NULL
) STRICT;

CREATE INDEX place_change ON places (placeID, placeChange);

CREATE TRIGGER places_is_never_updated BEFORE UPDATE ON places
BEGIN
  SELECT RAISE(ABORT, 'places is append-only');
END;

CREATE TRIGGER places_is_never_deleted BEFORE DELETE ON places
BEGIN
  SELECT RAISE(ABORT, 'places is append-only');
END;

CREATE TRIGGER places_is_never_replaced BEFORE INSERT ON places
WHEN NEW.placeChange >= 0 AND EXISTS (SELECT 1 FROM places WHERE placeChange = NEW.placeChange)
BEGIN
  SELECT RAISE(ABORT, 'places is append-only');
END;

CREATE TRIGGER places_skips_few_numbers BEFORE INSERT ON places
WHEN NEW.placeChange > (SELECT COALESCE(MAX(placeChange), 0) FROM places) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'places is append-only: the change is too far beyond the last');
END;

CREATE TRIGGER places_is_numbered_from_1 AFTER INSERT ON places
WHEN NEW.placeChange < 1
BEGIN
  SELECT RAISE(ABORT, 'places is append-only: the change is below 1');
END;

INSERT INTO schema_migrations (version) VALUES (6);

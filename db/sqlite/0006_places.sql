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

INSERT INTO schema_migrations (version) VALUES (6);

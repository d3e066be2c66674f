-- As db/mysql/0007_access.sql, where every column is explained.

CREATE TABLE access_journal (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  subjectID INTEGER NOT NULL,
  kind TEXT NOT NULL,
  event TEXT NOT NULL,
  state TEXT NOT NULL,
  name TEXT NOT NULL,
  personID INTEGER NULL,
  secretHash TEXT NULL,
  role TEXT NULL,
  scopes TEXT NULL,
  locations TEXT NULL,
  rateLimit INTEGER NULL,
  credential TEXT NULL,
  expiresAt TEXT NULL,
  madeAt TEXT NOT NULL,
  usedAt TEXT NULL,
  refusedAt TEXT NULL,
  refusedFor TEXT NULL,
  actor TEXT NULL,
  recordedAt TEXT NOT NULL,
  batch INTEGER NULL
) STRICT;

CREATE INDEX subject_entry ON access_journal (subjectID, entry);

CREATE TRIGGER access_journal_is_never_updated BEFORE UPDATE ON access_journal
BEGIN
  SELECT RAISE(ABORT, 'access_journal is append-only');
END;

CREATE TRIGGER access_journal_is_never_deleted BEFORE DELETE ON access_journal
BEGIN
  SELECT RAISE(ABORT, 'access_journal is append-only');
END;

CREATE TRIGGER access_journal_is_never_replaced BEFORE INSERT ON access_journal
WHEN NEW.entry >= 0 AND EXISTS (SELECT 1 FROM access_journal WHERE entry = NEW.entry)
BEGIN
  SELECT RAISE(ABORT, 'access_journal is append-only');
END;

CREATE TRIGGER access_journal_skips_few_numbers BEFORE INSERT ON access_journal
WHEN NEW.entry > (SELECT COALESCE(MAX(entry), 0) FROM access_journal) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'access_journal is append-only: the entry is too far beyond the last');
END;

CREATE TRIGGER access_journal_is_numbered_from_1 AFTER INSERT ON access_journal
WHEN NEW.entry < 1
BEGIN
  SELECT RAISE(ABORT, 'access_journal is append-only: the entry is below 1');
END;

INSERT INTO schema_migrations (version) VALUES (7);

-- As db/mysql/0009_documents.sql, where every column is explained.

CREATE TABLE documents (
  entry INTEGER PRIMARY KEY AUTOINCREMENT,
  documentID INTEGER NOT NULL,
  document TEXT NOT NULL,
  step INTEGER NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL,
  lines TEXT NOT NULL,
  fromLocation INTEGER NULL,
  toLocation INTEGER NULL,
  expectedAt TEXT NULL,
  expiresAt TEXT NULL,
  reference TEXT NULL,
  note TEXT NULL,
  firstRecord INTEGER NOT NULL,
  records INTEGER NOT NULL,
  recordedAt TEXT NOT NULL,
  actor TEXT NULL,
  batch INTEGER NULL
) STRICT;

CREATE UNIQUE INDEX document_step ON documents (document, step);
CREATE INDEX document_entry ON documents (documentID, entry, state);
CREATE INDEX kind_entry ON documents (kind, entry);

CREATE TRIGGER documents_is_never_updated BEFORE UPDATE ON documents
BEGIN
  SELECT RAISE(ABORT, 'documents is append-only');
END;

CREATE TRIGGER documents_is_never_deleted BEFORE DELETE ON documents
BEGIN
  SELECT RAISE(ABORT, 'documents is append-only');
END;

CREATE TRIGGER documents_is_never_replaced BEFORE INSERT ON documents
WHEN EXISTS (
  SELECT 1 FROM documents WHERE entry = NEW.entry OR (document = NEW.document AND step = NEW.step)
)
BEGIN
  SELECT RAISE(ABORT, 'documents is append-only');
END;

CREATE TRIGGER documents_skips_few_numbers BEFORE INSERT ON documents
WHEN NEW.entry > (SELECT COALESCE(MAX(entry), 0) FROM documents) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'documents is append-only: the entry is too far beyond the last');
END;

CREATE TRIGGER documents_is_numbered_from_1 AFTER INSERT ON documents
WHEN NEW.entry < 1
BEGIN
  SELECT RAISE(ABORT, 'documents is append-only: the entry is below 1');
END;

ALTER TABLE ledger_head RENAME COLUMN turnNumber TO turnsTaken;

INSERT INTO schema_migrations (version) VALUES (9);

-- Holds and transfers: one row for each step in the life of a document. The latest row of each is valid.

CREATE TABLE IF NOT EXISTS documents (
  entry BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Position in the history of documents: 1, 2, 3, … in commit order',
  documentID BIGINT UNSIGNED NOT NULL COMMENT 'The entry of its first step',
  document VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Its name in inventory.document: hold:…, transfer:…',
  step INT UNSIGNED NOT NULL COMMENT '1, 2, 3, … within the document',
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'hold or transfer',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open, sold, released, expired or closed',
  `lines` TEXT NOT NULL COMMENT 'JSON: products, and what has become of their units',
  fromLocation INT UNSIGNED NULL,
  toLocation INT UNSIGNED NULL,
  expectedAt DATETIME(3) NULL COMMENT 'UTC: when a transfer should have arrived',
  expiresAt DATETIME(3) NULL COMMENT 'UTC: when a hold ends by itself',
  reference VARCHAR(100) NULL,
  note VARCHAR(500) NULL,
  firstRecord BIGINT UNSIGNED NOT NULL COMMENT 'The first of the records that were appended with it',
  records INT UNSIGNED NOT NULL COMMENT 'How many these are, one after the other',
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  actor VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Who asked for it: open, key:…, person:…, service',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it',
  UNIQUE KEY document_step (document, step),
  KEY document_entry (documentID, entry, state),
  KEY kind_entry (kind, entry)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: holds and transfers, step by step';

-- A service of an earlier version knows nothing of holds, and of the days of the shop. As in 0008_locations.sql, its turn fails from
-- here on, and it says that the schema is newer than itself.
SET @head = (
  SELECT IF(COUNT(*) = 1,
    'ALTER TABLE ledger_head
       CHANGE turnNumber turnsTaken BIGINT UNSIGNED NOT NULL COMMENT ''How often a writer has taken its turn''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'ledger_head' AND column_name = 'turnNumber'
);
PREPARE head FROM @head;
EXECUTE head;
DEALLOCATE PREPARE head;

INSERT IGNORE INTO schema_migrations (version) VALUES (9);

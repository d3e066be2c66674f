-- Where stock is, what is held of it, and what a record belongs to. MySQL has no ADD COLUMN IF NOT EXISTS, so each table is
-- asked first. Rows from before are about location 1, where nothing was held: on hand was what was available.

SET @inventory = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE inventory
       ADD COLUMN locationID INT UNSIGNED NOT NULL DEFAULT 1,
       ADD COLUMN onHandQuantity INT UNSIGNED NULL COMMENT ''Units of the product at the location after this record, held ones too; NULL in rows from before and by hand'',
       ADD COLUMN onHandChange BIGINT NULL COMMENT ''onHandQuantity less that of the record before of product and location, 0 where it had none; NULL as onHandQuantity'',
       ADD COLUMN heldQuantity INT UNSIGNED NOT NULL DEFAULT 0 COMMENT ''Those of them that holds set aside'',
       ADD COLUMN document VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT ''What it belongs to: move:…, transfer:…, hold:…'',
       ADD COLUMN expiresAt DATETIME(3) NULL COMMENT ''UTC: when the hold of this record ends by itself'',
       ADD COLUMN unitCost DECIMAL(13, 4) NULL COMMENT ''What one unit of a receipt cost, if it is known''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'inventory' AND column_name = 'locationID'
);
PREPARE inventory FROM @inventory;
EXECUTE inventory;
DEALLOCATE PREPARE inventory;

-- By itself: a new column costs nothing where the engine adds it to the table's description alone (ALGORITHM=INSTANT,
-- https://dev.mysql.com/doc/refman/8.4/en/innodb-online-ddl-operations.html), and an index is built beside it.
SET @cells = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE inventory
       ADD KEY cell_record (productID, locationID, record)',
    'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'inventory' AND index_name = 'cell_record'
);
PREPARE cells FROM @cells;
EXECUTE cells;
DEALLOCATE PREPARE cells;

CREATE TABLE IF NOT EXISTS locations (
  entry BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Position in the history of locations: 1, 2, 3, … in commit order',
  locationID INT UNSIGNED NOT NULL,
  name VARCHAR(200) NOT NULL,
  sellable BOOLEAN NOT NULL COMMENT 'Whether what is there is available; for good',
  address VARCHAR(500) NULL,
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  actor VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Who asked for it: open, key:…, person:…',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it',
  KEY location_entry (locationID, entry)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: the places where stock is, the latest entry of each. Location 1 is there without one';

-- A service of an earlier version would write what it knows nothing about as 0. It takes its turn by the old name of this
-- column, so from here on it fails, looks at the schema, and says that it is newer than itself.
SET @head = (
  SELECT IF(COUNT(*) = 1,
    'ALTER TABLE ledger_head
       CHANGE turn turnNumber BIGINT UNSIGNED NOT NULL COMMENT ''How often a writer has taken its turn''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'ledger_head' AND column_name = 'turn'
);
PREPARE head FROM @head;
EXECUTE head;
DEALLOCATE PREPARE head;

INSERT IGNORE INTO schema_migrations (version) VALUES (8);

-- The ledger. Each statement can be run again without harm, since MySQL commits
-- every CREATE by itself: a start that died half-way is finished by the next one.
-- Rules for these files: db/README.md.

CREATE TABLE IF NOT EXISTS schema_migrations (
  version INT UNSIGNED NOT NULL PRIMARY KEY,
  appliedAt DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Which of db/mysql/*.sql this database has seen';

CREATE TABLE IF NOT EXISTS inventory (
  record BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Position in the ledger: 1, 2, 3, … in commit order',
  productID INT UNSIGNED NOT NULL,
  availableQuantity INT UNSIGNED NOT NULL COMMENT 'Units left after this record',
  reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'count' COMMENT 'count, sale, receipt, return, adjustment or waste',
  quantityChange BIGINT NULL COMMENT 'availableQuantity less that of the product''s record before, 0 where it had none; NULL where inserted by hand',
  quantity INT NULL COMMENT 'Units sold; negative where a return takes back a sale; NULL where nothing was sold',
  unitPrice DECIMAL(13, 4) NULL COMMENT 'Price of one unit, where the sale named it',
  saleRecord BIGINT UNSIGNED NULL COMMENT 'The sale that a return takes back, where it names it',
  reference VARCHAR(100) NULL COMMENT 'What this belongs to elsewhere, such as an order number',
  note VARCHAR(500) NULL,
  recordedAt DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT 'UTC; never earlier than the record before it',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it; NULL where inserted by hand',
  KEY product_record (productID, record),
  KEY recorded_at (recordedAt),
  KEY sale_record (saleRecord)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: every change of stock. Nothing here is ever updated or deleted';

CREATE TABLE IF NOT EXISTS ledger_head (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  turn BIGINT UNSIGNED NOT NULL COMMENT 'How often a writer has taken its turn'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'One row: whoever updates it first in a transaction may append to inventory';

INSERT IGNORE INTO ledger_head (id, turn) VALUES (1, 0);

CREATE TABLE IF NOT EXISTS sales_daily (
  day DATE NOT NULL COMMENT 'UTC',
  productID INT UNSIGNED NOT NULL,
  unitsSold BIGINT NOT NULL COMMENT 'Less what returns took back on this day',
  unitsPriced BIGINT NOT NULL COMMENT 'Those of them whose price is known',
  revenue DECIMAL(30, 4) NOT NULL COMMENT 'What those were sold for',
  PRIMARY KEY (day, productID)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'The sales of inventory, summed in the transaction that appends them';

CREATE TABLE IF NOT EXISTS requests (
  requestKey VARBINARY(255) NOT NULL PRIMARY KEY COMMENT 'The Idempotency-Key, byte by byte',
  fingerprint BINARY(32) NULL COMMENT 'SHA-256 of the request; NULL where it was cancelled before it ran',
  answer LONGTEXT NULL COMMENT 'JSON: what was recorded and what was refused; NULL where it was cancelled',
  recordedAt DATETIME(3) NOT NULL,
  batch BIGINT UNSIGNED NOT NULL COMMENT 'Random mark of the transaction that appended it'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: what became of each request that named a key';

CREATE TABLE IF NOT EXISTS products (
  revision BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Position in the catalogue''s history: 1, 2, 3, … in commit order',
  productID INT UNSIGNED NOT NULL,
  name VARCHAR(200) NOT NULL,
  sku VARCHAR(64) NULL COMMENT 'Unique among products that are not retired',
  barcode VARCHAR(64) NULL COMMENT 'Unique among products that are not retired',
  image VARCHAR(2000) NULL COMMENT 'URL',
  price DECIMAL(13, 4) NULL COMMENT 'What one unit sells for',
  reorderPoint INT UNSIGNED NULL COMMENT 'Low at this many available, or fewer',
  reorderQuantity INT UNSIGNED NULL COMMENT 'How many to order then',
  retired BOOLEAN NOT NULL DEFAULT FALSE,
  revisedAt DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT 'UTC',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it; NULL where inserted by hand',
  KEY product_revision (productID, revision)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: what a product is called and sold for, the latest revision of each. The ledger knows it by its number';

CREATE TABLE IF NOT EXISTS verifications (
  verification BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  verifiedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  records BIGINT UNSIGNED NOT NULL COMMENT 'How many records the ledger had',
  drift BIGINT UNSIGNED NOT NULL COMMENT 'Lines in which the quick answers differed from the plain ones'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: what the command verify found';

INSERT IGNORE INTO schema_migrations (version) VALUES (1);

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
  reason VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT 'count' COMMENT 'count or sale',
  quantity INT UNSIGNED NULL COMMENT 'Units sold, where the reason is sale',
  unitPrice DECIMAL(13, 4) NULL COMMENT 'Price of one unit, where the sale named it',
  recordedAt DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) COMMENT 'UTC; never earlier than the record before it',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it; NULL where inserted by hand',
  KEY product_record (productID, record)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: every change of stock. Nothing here is ever updated or deleted';

CREATE TABLE IF NOT EXISTS ledger_head (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,
  turn BIGINT UNSIGNED NOT NULL COMMENT 'How often a writer has taken its turn'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'One row: whoever updates it first in a transaction may append to inventory';

INSERT IGNORE INTO ledger_head (id, turn) VALUES (1, 0);

CREATE TABLE IF NOT EXISTS sales_daily (
  day DATE NOT NULL COMMENT 'UTC',
  productID INT UNSIGNED NOT NULL,
  unitsSold BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (day, productID)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'The sales of inventory, summed in the transaction that appends them';

CREATE TABLE IF NOT EXISTS products (
  productID INT UNSIGNED NOT NULL PRIMARY KEY,
  name VARCHAR(190) NOT NULL
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'What people call a product; the ledger knows it by its number';

INSERT IGNORE INTO schema_migrations (version) VALUES (1);

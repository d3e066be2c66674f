-- The time zone whose days the ledger counts. A ledger from before gets UTC with its first turn.

CREATE TABLE IF NOT EXISTS ledger_zone (
  entry BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Always 1',
  timeZone VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'Name in the IANA database, such as Europe/Berlin',
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: the time zone whose days are the days of sales_daily. It is chosen when the ledger is made, in one row';

-- Only comments change, so no row is touched.
ALTER TABLE sales_daily
  MODIFY COLUMN day DATE NOT NULL COMMENT 'In the time zone of ledger_zone',
  MODIFY COLUMN unitsSold BIGINT NOT NULL COMMENT 'Less what returns took back on this day, and less the sales of this day that were cancelled';

INSERT IGNORE INTO schema_migrations (version) VALUES (10);

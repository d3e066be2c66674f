-- Who delivered it. MySQL has no ADD COLUMN IF NOT EXISTS.

SET @supplier = (
  SELECT IF(COUNT(*) = 0, 'ALTER TABLE inventory ADD COLUMN supplier VARCHAR(200) NULL', 'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'inventory' AND column_name = 'supplier'
);
PREPARE supplier FROM @supplier;
EXECUTE supplier;
DEALLOCATE PREPARE supplier;

INSERT IGNORE INTO schema_migrations (version) VALUES (6);

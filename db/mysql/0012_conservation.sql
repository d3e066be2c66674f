-- What the command verify found of units that are not accounted for.

SET @verifications = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE verifications
       ADD COLUMN conservation BIGINT UNSIGNED NULL COMMENT ''Units that came in, less those that went out, less those that are there; NULL in rows from before''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'verifications' AND column_name = 'conservation'
);
PREPARE verifications FROM @verifications;
EXECUTE verifications;
DEALLOCATE PREPARE verifications;

INSERT IGNORE INTO schema_migrations (version) VALUES (12);

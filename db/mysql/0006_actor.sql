-- Who did it, and when it happened. MySQL has no ADD COLUMN IF NOT EXISTS, so each table is asked first.
-- NULL in rows from before, and in rows that were inserted by hand.

SET @inventory = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE inventory
       ADD COLUMN actor VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT ''Who asked for it: open, key:…, person:…'',
       ADD COLUMN occurredAt DATETIME(3) NULL COMMENT ''When it happened, UTC, if the client said so; never later than recordedAt'',
       ADD KEY actor_record (actor, record)',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'inventory' AND column_name = 'actor'
);
PREPARE inventory FROM @inventory;
EXECUTE inventory;
DEALLOCATE PREPARE inventory;

SET @products = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE products
       ADD COLUMN actor VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT ''Who asked for it: open, key:…, person:…''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'products' AND column_name = 'actor'
);
PREPARE products FROM @products;
EXECUTE products;
DEALLOCATE PREPARE products;

-- So far actor held what the client said. It is called handledBy from now on.
SET @alerts = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE alerts
       CHANGE actor handledBy VARCHAR(200) NULL COMMENT ''Who handles it, as the client said'',
       ADD COLUMN actor VARCHAR(250) NULL COMMENT ''Who asked for it: monitor, open, key:…, person:…, mail:…''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'alerts' AND column_name = 'handledBy'
);
PREPARE alerts FROM @alerts;
EXECUTE alerts;
DEALLOCATE PREPARE alerts;

INSERT IGNORE INTO schema_migrations (version) VALUES (6);

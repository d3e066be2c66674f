-- Reorder points by location, and alerts about a product at a location or about a transfer. MySQL has no ADD COLUMN IF NOT
-- EXISTS, so each table is asked first. Rows from before have no such reorder points, and are about the whole product.

SET @products = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE products
       ADD COLUMN reorderPoints MEDIUMTEXT NULL COMMENT ''Reorder points by location, as JSON: [{"locationID":2,"reorderPoint":5,"reorderQuantity":24}]''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'products' AND column_name = 'reorderPoints'
);
PREPARE products FROM @products;
EXECUTE products;
DEALLOCATE PREPARE products;

SET @alerts = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE alerts
       ADD COLUMN locationID INT UNSIGNED NOT NULL DEFAULT 0 COMMENT ''Where the product is short; 0 if the product as a whole is'',
       ADD COLUMN transferID BIGINT UNSIGNED NOT NULL DEFAULT 0 COMMENT ''The transfer that is overdue; its productID, availableQuantity and threshold are 0''',
    'DO 0')
  FROM information_schema.columns
  WHERE table_schema = DATABASE() AND table_name = 'alerts' AND column_name = 'locationID'
);
PREPARE alerts FROM @alerts;
EXECUTE alerts;
DEALLOCATE PREPARE alerts;

-- By itself: a new column costs nothing where the engine adds it to the table's description alone.
SET @subjects = (
  SELECT IF(COUNT(*) = 0,
    'ALTER TABLE alerts
       ADD KEY subject_event (productID, locationID, transferID, event)',
    'DO 0')
  FROM information_schema.statistics
  WHERE table_schema = DATABASE() AND table_name = 'alerts' AND index_name = 'subject_event'
);
PREPARE subjects FROM @subjects;
EXECUTE subjects;
DEALLOCATE PREPARE subjects;

INSERT IGNORE INTO schema_migrations (version) VALUES (11);

-- As db/mysql/0011_reorder_points.sql, where every column is explained.

ALTER TABLE products ADD COLUMN reorderPoints TEXT NULL;

ALTER TABLE alerts ADD COLUMN locationID INTEGER NOT NULL DEFAULT 0 CHECK (locationID BETWEEN 0 AND 4294967295);
ALTER TABLE alerts ADD COLUMN transferID INTEGER NOT NULL DEFAULT 0 CHECK (transferID >= 0);
CREATE INDEX subject_event ON alerts (productID, locationID, transferID, event);

INSERT INTO schema_migrations (version) VALUES (11);

-- As db/mysql/0006_supplier.sql.

ALTER TABLE inventory ADD COLUMN supplier TEXT NULL;

INSERT INTO schema_migrations (version) VALUES (6);

-- As db/mysql/0012_conservation.sql, where the column is explained.

ALTER TABLE verifications ADD COLUMN conservation INTEGER NULL;

INSERT INTO schema_migrations (version) VALUES (12);

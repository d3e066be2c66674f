-- For SQLite, where whoever may INSERT could replace a row. Here REPLACE needs the right to DELETE, and ON DUPLICATE KEY
-- UPDATE that to UPDATE: the service's account has neither.

INSERT IGNORE INTO schema_migrations (version) VALUES (4);

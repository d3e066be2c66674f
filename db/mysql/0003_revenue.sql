-- For SQLite, whose integers were too narrow for revenues. Here a DECIMAL(30, 4) holds 10^14 of the largest sales.

INSERT IGNORE INTO schema_migrations (version) VALUES (3);

-- For SQLite, where rows could have numbers below 1 and near the largest. Here the columns are UNSIGNED, and triggers are not
-- to be used.

INSERT IGNORE INTO schema_migrations (version) VALUES (5);

-- As db/mysql/0006_actor.sql, where every column is explained.

ALTER TABLE inventory ADD COLUMN actor TEXT NULL;
ALTER TABLE inventory ADD COLUMN occurredAt TEXT NULL;
CREATE INDEX actor_record ON inventory (actor, record) WHERE actor IS NOT NULL;

ALTER TABLE products ADD COLUMN actor TEXT NULL;

ALTER TABLE alerts RENAME COLUMN actor TO handledBy;
ALTER TABLE alerts ADD COLUMN actor TEXT NULL;

INSERT INTO schema_migrations (version) VALUES (6);

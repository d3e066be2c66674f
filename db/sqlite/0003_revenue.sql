-- The revenue of a product and day is revenueCarry * 2^61 + revenue, since an INTEGER is full after about a thousand of
-- the largest sales. The carry stays 0 up to there.

ALTER TABLE sales_daily ADD COLUMN revenueCarry INTEGER NOT NULL DEFAULT 0;

INSERT INTO schema_migrations (version) VALUES (3);

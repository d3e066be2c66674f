-- INSERT OR REPLACE deletes the row that it replaces without asking the triggers on DELETE
-- (https://www.sqlite.org/lang_conflict.html), and ON CONFLICT DO UPDATE begins as an INSERT: what is there already
-- is guarded against both. In a trigger BEFORE INSERT a number that SQLite is still to draw is -1.
-- Against DROP TABLE, DROP TRIGGER and PRAGMA writable_schema no trigger helps: the rights of the file do.

CREATE TRIGGER inventory_is_never_replaced BEFORE INSERT ON inventory
WHEN NEW.record >= 0 AND EXISTS (SELECT 1 FROM inventory WHERE record = NEW.record)
BEGIN
  SELECT RAISE(ABORT, 'inventory is append-only');
END;

CREATE TRIGGER products_is_never_replaced BEFORE INSERT ON products
WHEN NEW.revision >= 0 AND EXISTS (SELECT 1 FROM products WHERE revision = NEW.revision)
BEGIN
  SELECT RAISE(ABORT, 'products is append-only');
END;

CREATE TRIGGER verifications_is_never_replaced BEFORE INSERT ON verifications
WHEN NEW.verification >= 0 AND EXISTS (SELECT 1 FROM verifications WHERE verification = NEW.verification)
BEGIN
  SELECT RAISE(ABORT, 'verifications is append-only');
END;

CREATE TRIGGER alerts_is_never_replaced BEFORE INSERT ON alerts
WHEN NEW.event >= 0 AND EXISTS (SELECT 1 FROM alerts WHERE event = NEW.event)
BEGIN
  SELECT RAISE(ABORT, 'alerts is append-only');
END;

CREATE TRIGGER alert_checkpoints_is_never_replaced BEFORE INSERT ON alert_checkpoints
WHEN NEW.checkpoint >= 0 AND EXISTS (SELECT 1 FROM alert_checkpoints WHERE checkpoint = NEW.checkpoint)
BEGIN
  SELECT RAISE(ABORT, 'alert_checkpoints is append-only');
END;

-- It has a number beside its key, by which a row can be replaced too.
CREATE TRIGGER requests_is_never_replaced BEFORE INSERT ON requests
WHEN EXISTS (SELECT 1 FROM requests WHERE requestKey = NEW.requestKey)
  OR (NEW.rowid >= 0 AND EXISTS (SELECT 1 FROM requests WHERE rowid = NEW.rowid))
BEGIN
  SELECT RAISE(ABORT, 'requests is append-only');
END;

CREATE TRIGGER alert_deliveries_is_never_replaced BEFORE INSERT ON alert_deliveries
WHEN EXISTS (
  SELECT 1 FROM alert_deliveries WHERE event = NEW.event AND line = NEW.line AND step = NEW.step
)
BEGIN
  SELECT RAISE(ABORT, 'alert_deliveries is append-only');
END;

INSERT INTO schema_migrations (version) VALUES (4);

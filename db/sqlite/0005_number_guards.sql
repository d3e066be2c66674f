-- A number that an administrator gives a row: below 1 the guards of 0004 did not see it, and after one near the largest no
-- row could follow. So a number is at most a million beyond the last. In a trigger BEFORE INSERT a number that SQLite is
-- still to draw is -1, so what is below 1 is looked for afterwards.

CREATE TRIGGER inventory_skips_few_numbers BEFORE INSERT ON inventory
WHEN NEW.record > (SELECT COALESCE(MAX(record), 0) FROM inventory) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'inventory is append-only: the record is too far beyond the last');
END;

CREATE TRIGGER inventory_is_numbered_from_1 AFTER INSERT ON inventory
WHEN NEW.record < 1
BEGIN
  SELECT RAISE(ABORT, 'inventory is append-only: the record is below 1');
END;

CREATE TRIGGER products_skips_few_numbers BEFORE INSERT ON products
WHEN NEW.revision > (SELECT COALESCE(MAX(revision), 0) FROM products) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'products is append-only: the revision is too far beyond the last');
END;

CREATE TRIGGER products_is_numbered_from_1 AFTER INSERT ON products
WHEN NEW.revision < 1
BEGIN
  SELECT RAISE(ABORT, 'products is append-only: the revision is below 1');
END;

CREATE TRIGGER verifications_skips_few_numbers BEFORE INSERT ON verifications
WHEN NEW.verification > (SELECT COALESCE(MAX(verification), 0) FROM verifications) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'verifications is append-only: the verification is too far beyond the last');
END;

CREATE TRIGGER verifications_is_numbered_from_1 AFTER INSERT ON verifications
WHEN NEW.verification < 1
BEGIN
  SELECT RAISE(ABORT, 'verifications is append-only: the verification is below 1');
END;

CREATE TRIGGER alerts_skips_few_numbers BEFORE INSERT ON alerts
WHEN NEW.event > (SELECT COALESCE(MAX(event), 0) FROM alerts) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'alerts is append-only: the event is too far beyond the last');
END;

CREATE TRIGGER alerts_is_numbered_from_1 AFTER INSERT ON alerts
WHEN NEW.event < 1
BEGIN
  SELECT RAISE(ABORT, 'alerts is append-only: the event is below 1');
END;

CREATE TRIGGER alert_checkpoints_skips_few_numbers BEFORE INSERT ON alert_checkpoints
WHEN NEW.checkpoint > (SELECT COALESCE(MAX(checkpoint), 0) FROM alert_checkpoints) + 1000000
BEGIN
  SELECT RAISE(ABORT, 'alert_checkpoints is append-only: the checkpoint is too far beyond the last');
END;

CREATE TRIGGER alert_checkpoints_is_numbered_from_1 AFTER INSERT ON alert_checkpoints
WHEN NEW.checkpoint < 1
BEGIN
  SELECT RAISE(ABORT, 'alert_checkpoints is append-only: the checkpoint is below 1');
END;

-- The number beside its key. SQLite draws one beyond the last, and any that is free after the largest.
CREATE TRIGGER requests_is_numbered_from_1 AFTER INSERT ON requests
WHEN NEW.rowid < 1
BEGIN
  SELECT RAISE(ABORT, 'requests is append-only: the rowid is below 1');
END;

INSERT INTO schema_migrations (version) VALUES (5);

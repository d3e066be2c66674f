-- Alerts, as db/mysql/0002_alerts.sql, where every column is explained.

CREATE TABLE alerts (
  event INTEGER PRIMARY KEY AUTOINCREMENT,
  alertID INTEGER NOT NULL,
  productID INTEGER NOT NULL,
  status TEXT NOT NULL,
  kind TEXT NOT NULL,
  record INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  availableQuantity INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  daysOfCover REAL NULL,
  snoozedUntil TEXT NULL,
  due TEXT NULL,
  actor TEXT NULL,
  note TEXT NULL,
  openedAt TEXT NOT NULL,
  recordedAt TEXT NOT NULL,
  batch INTEGER NULL
) STRICT;

CREATE INDEX product_event ON alerts (productID, event);
CREATE INDEX alert_event ON alerts (alertID, event);
CREATE INDEX status_event ON alerts (status, event);

CREATE TABLE alert_deliveries (
  event INTEGER NOT NULL,
  alertID INTEGER NOT NULL,
  line INTEGER NOT NULL,
  step INTEGER NOT NULL,
  status TEXT NOT NULL,
  channel TEXT NOT NULL,
  target TEXT NOT NULL,
  tries INTEGER NOT NULL,
  messageID TEXT NULL,
  claim TEXT NULL,
  notBefore TEXT NULL,
  error TEXT NULL,
  recordedAt TEXT NOT NULL,
  PRIMARY KEY (event, line, step)
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_alert ON alert_deliveries (alertID, event);
CREATE INDEX delivery_status ON alert_deliveries (status, event);

CREATE TABLE alert_checkpoints (
  checkpoint INTEGER PRIMARY KEY AUTOINCREMENT,
  record INTEGER NOT NULL,
  recordedAt TEXT NOT NULL
) STRICT;

CREATE TRIGGER alerts_is_never_updated BEFORE UPDATE ON alerts
BEGIN
  SELECT RAISE(ABORT, 'alerts is append-only');
END;

CREATE TRIGGER alerts_is_never_deleted BEFORE DELETE ON alerts
BEGIN
  SELECT RAISE(ABORT, 'alerts is append-only');
END;

CREATE TRIGGER alert_deliveries_is_never_updated BEFORE UPDATE ON alert_deliveries
BEGIN
  SELECT RAISE(ABORT, 'alert_deliveries is append-only');
END;

CREATE TRIGGER alert_deliveries_is_never_deleted BEFORE DELETE ON alert_deliveries
BEGIN
  SELECT RAISE(ABORT, 'alert_deliveries is append-only');
END;

CREATE TRIGGER alert_checkpoints_is_never_updated BEFORE UPDATE ON alert_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'alert_checkpoints is append-only');
END;

CREATE TRIGGER alert_checkpoints_is_never_deleted BEFORE DELETE ON alert_checkpoints
BEGIN
  SELECT RAISE(ABORT, 'alert_checkpoints is append-only');
END;

INSERT INTO schema_migrations (version) VALUES (2);

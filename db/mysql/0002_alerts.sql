-- What the monitor finds short, what is done about it, and who is told. Rules for these files: db/README.md.

CREATE TABLE IF NOT EXISTS alerts (
  event BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Position in the history of all alerts: 1, 2, 3, … in commit order',
  alertID BIGINT UNSIGNED NOT NULL COMMENT 'The event that opened the alert: one shortage of one product',
  productID INT UNSIGNED NOT NULL,
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'open, acknowledged, snoozed, ordered or resolved',
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'cover, low or out: the loudest that this shortage has been',
  record BIGINT UNSIGNED NOT NULL COMMENT 'The record of inventory as of which it was found so',
  revision BIGINT UNSIGNED NOT NULL COMMENT 'The revision of products as of which it was',
  availableQuantity INT UNSIGNED NOT NULL COMMENT 'Units available then',
  threshold INT UNSIGNED NOT NULL COMMENT 'Low at this many available, or fewer',
  daysOfCover DOUBLE NULL COMMENT 'How long those units last; NULL where nothing sells',
  snoozedUntil DATETIME(3) NULL COMMENT 'UTC',
  due CHAR(10) CHARACTER SET ascii NULL COMMENT 'Ordered, and due on this day, such as 2026-11-24, UTC',
  actor VARCHAR(200) NULL COMMENT 'Who did it; NULL for the monitor',
  note VARCHAR(500) NULL,
  openedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it',
  KEY product_event (productID, event),
  KEY alert_event (alertID, event),
  KEY status_event (status, event)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: every event in the life of an alert, the latest of each product is what holds';

CREATE TABLE IF NOT EXISTS alert_deliveries (
  event BIGINT UNSIGNED NOT NULL COMMENT 'The event that is told',
  alertID BIGINT UNSIGNED NOT NULL COMMENT 'The alert of that event',
  line INT UNSIGNED NOT NULL COMMENT 'Which of those told of it',
  step INT UNSIGNED NOT NULL COMMENT '1, 2, 3, …: the latest is what holds, and nobody can take a step twice',
  status VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'pending, sending, failed, delivered or dead',
  channel VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'mail or webhook',
  target VARCHAR(500) NOT NULL COMMENT 'A mail address, or a URL',
  tries INT UNSIGNED NOT NULL,
  messageID VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'The message that tells it, the same in every try',
  claim VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Random mark of the try',
  notBefore DATETIME(3) NULL COMMENT 'UTC. Pending, failed: no try before this; sending: given up then',
  error VARCHAR(500) NULL COMMENT 'Why the last try failed',
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  PRIMARY KEY (event, line, step),
  KEY alert_event (alertID, event),
  KEY status_event (status, event)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: every step of telling somebody of an alert';

CREATE TABLE IF NOT EXISTS alert_checkpoints (
  checkpoint BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  record BIGINT UNSIGNED NOT NULL COMMENT 'The monitor has seen to all records of inventory up to this one',
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC'
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: how far the monitor has come';

INSERT IGNORE INTO schema_migrations (version) VALUES (2);

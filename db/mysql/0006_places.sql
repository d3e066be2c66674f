-- What places are called.

CREATE TABLE IF NOT EXISTS places (
  placeChange BIGINT UNSIGNED NOT NULL PRIMARY KEY COMMENT 'Position in the history of all places',
  placeID INT UNSIGNED NOT NULL,
  name VARCHAR(200) NOT NULL,
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it',
  KEY place_change (placeID, placeChange)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: the latest of each place is what holds';

INSERT IGNORE INTO schema_migrations (version) VALUES (6);

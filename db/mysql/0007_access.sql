-- Who may do what. Rules for these files: db/README.md.

CREATE TABLE IF NOT EXISTS access_journal (
  entry BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY COMMENT 'Position in the journal: 1, 2, 3, … in commit order',
  subjectID BIGINT UNSIGNED NOT NULL COMMENT 'The entry that made what this is about',
  kind VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'person, key, invitation, session or passkey',
  event VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'made, changed, used, refused or ended',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'active or ended',
  name VARCHAR(200) NOT NULL COMMENT 'till-7, ann; of a session, the device',
  personID BIGINT UNSIGNED NULL COMMENT 'Whose invitation, session or passkey it is',
  secretHash BINARY(32) NULL COMMENT 'SHA-256 of the secret, which is kept nowhere',
  role VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'What a person may do: owner, manager, clerk or viewer',
  scopes VARCHAR(1000) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'What a key may do, with a space between',
  locations VARCHAR(2000) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'The locations that it is bound to; NULL for all',
  rateLimit INT UNSIGNED NULL COMMENT 'Requests a minute',
  credential TEXT NULL COMMENT 'The public key of a passkey, as JSON',
  expiresAt DATETIME(3) NULL COMMENT 'UTC',
  madeAt DATETIME(3) NOT NULL COMMENT 'UTC: when its subject was made',
  usedAt DATETIME(3) NULL COMMENT 'UTC: when a key or a session was last used, to the day',
  refusedAt DATETIME(3) NULL COMMENT 'UTC: when its holder was last refused something, to the hour',
  refusedFor VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'ended, expired, or the scope that was missing',
  actor VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'Who asked for it',
  recordedAt DATETIME(3) NOT NULL COMMENT 'UTC',
  batch BIGINT UNSIGNED NULL COMMENT 'Random mark of the transaction that appended it',
  KEY subject_entry (subjectID, entry)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COMMENT = 'Append-only: the latest of each subject is what holds';

INSERT IGNORE INTO schema_migrations (version) VALUES (7);

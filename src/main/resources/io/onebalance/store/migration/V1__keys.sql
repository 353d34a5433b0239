-- The first fourteen columns of "keys" are those of the seed projects, with their meanings: times in
-- seconds since 1970, success_rate in per mille. "key" holds the encrypted key.
CREATE TABLE keys (
  id                    TEXT    NOT NULL PRIMARY KEY,
  key                   TEXT    NOT NULL,
  provider              TEXT    NOT NULL,
  model_coolings        TEXT,
  total_cooling_seconds INTEGER NOT NULL DEFAULT 0,
  status                TEXT    NOT NULL DEFAULT 'active',
  remark                TEXT,
  created_at            INTEGER NOT NULL DEFAULT (unixepoch()),
  updated_at            INTEGER NOT NULL DEFAULT (unixepoch()),
  latency_ms            INTEGER NOT NULL DEFAULT 0,
  success_rate          INTEGER NOT NULL DEFAULT 1000,
  consecutive_failures  INTEGER NOT NULL DEFAULT 0,
  last_checked_at       INTEGER NOT NULL DEFAULT 0,
  last_succeeded_at     INTEGER NOT NULL DEFAULT 0,
  key_hash              BLOB,
  key_tail              TEXT,
  account               TEXT,
  weight                INTEGER NOT NULL DEFAULT 1,
  reason                TEXT,
  since                 INTEGER NOT NULL DEFAULT 0,
  cooling_until         INTEGER NOT NULL DEFAULT 0,
  set_aside             INTEGER NOT NULL DEFAULT 0
);

-- The hash comes first, so that a key can be looked up without its provider.
CREATE UNIQUE INDEX keys_once ON keys (key_hash, provider);

-- Holds all that lists filter, count and sort by, so that they never read the wide rows; one such
-- index costs a write less than seven narrow ones.
CREATE INDEX keys_listed ON keys (
  provider, status, created_at, cooling_until, set_aside, updated_at, total_cooling_seconds, latency_ms,
  success_rate, remark, key_tail, id
);

-- The data key that encrypts all keys, itself encrypted by the master key.
CREATE TABLE vault (
  id      INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  wrapped TEXT    NOT NULL
);

-- Who changed what; each row holds the hash of the one before. AUTOINCREMENT remembers the highest
-- number ever given, so that a missing last row is noticed too.
CREATE TABLE audit (
  seq    INTEGER PRIMARY KEY AUTOINCREMENT,
  at     INTEGER NOT NULL,
  actor  TEXT    NOT NULL,
  action TEXT    NOT NULL,
  target TEXT    NOT NULL,
  detail TEXT    NOT NULL,
  hash   TEXT    NOT NULL
);

CREATE TRIGGER audit_keeps_its_rows BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

CREATE TRIGGER audit_keeps_its_words BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit log only grows'); END;

-- Which key made a file, a batch, a cached content or a stored response. The row number tells the age.
CREATE TABLE resources (
  provider TEXT NOT NULL,
  resource TEXT NOT NULL,
  key_id   TEXT NOT NULL,
  UNIQUE (provider, resource)
);

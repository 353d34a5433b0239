-- Gateway keys that were issued over the API, by an HMAC: the key itself is shown once and kept
-- nowhere. Times in seconds since 1970. "former_hash" is the key before the last rotation, good until
-- "former_until"; "expires_at" is the last second, empty for ever.
CREATE TABLE gateway_keys (
  id           TEXT    NOT NULL PRIMARY KEY,
  name         TEXT    NOT NULL UNIQUE,
  key_hash     BLOB    NOT NULL UNIQUE,
  key_tail     TEXT    NOT NULL,
  former_hash  BLOB,
  former_until INTEGER NOT NULL DEFAULT 0,
  groups       TEXT    NOT NULL,
  limits       TEXT    NOT NULL,
  enabled      INTEGER NOT NULL DEFAULT 1,
  expires_at   INTEGER,
  created_at   INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL
);

-- Keys that were revoked or disabled, and from when. The same stands in a file beside the database,
-- so that an old copy of this database does not revive them: of two words about one key the one with
-- the higher "seq" is the later one.
CREATE TABLE gateway_key_ends (
  key_hash   BLOB    NOT NULL PRIMARY KEY,
  seq        INTEGER NOT NULL,
  word       TEXT    NOT NULL,
  from_time  INTEGER NOT NULL
);

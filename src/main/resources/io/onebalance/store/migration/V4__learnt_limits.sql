-- What was learnt of the limits of keys: a JSON list for each key, {model, of, limit, told, used} each.
-- "at" is when that was known, in seconds since 1970. A key that is gone has its row until the next start.
CREATE TABLE learnt_limits (
  key_id TEXT    NOT NULL PRIMARY KEY,
  limits TEXT    NOT NULL,
  at     INTEGER NOT NULL
);

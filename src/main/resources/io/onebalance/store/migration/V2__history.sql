-- Requests that are counted together: one row for each combination that ever occurred. `outcome` is 2xx, 4xx …,
-- cut or left.
CREATE TABLE series (
  id          INTEGER NOT NULL PRIMARY KEY,
  gateway_key TEXT    NOT NULL,
  provider    TEXT    NOT NULL,
  model       TEXT    NOT NULL,
  outcome     TEXT    NOT NULL,
  UNIQUE (gateway_key, provider, model, outcome)
);

-- The keys that were asked, also after they were deleted.
CREATE TABLE asked_keys (
  id       INTEGER NOT NULL PRIMARY KEY,
  provider TEXT    NOT NULL,
  key_id   TEXT    NOT NULL,
  UNIQUE (provider, key_id)
);

-- The request log. `id` is when the request ended, in milliseconds times 2^20, made unique: newest first and by
-- time is by id. `asked_model` is NULL where it is the one that was served; `attempts` is JSON, and NULL where
-- there was one, which served: `after_ms` and `took_ms` then tell of it. `cost` is in nano-dollars, NULL where
-- unknown. kind, route, how and tokens_from are the places of the words in the ledger's enumerations, from 0.
CREATE TABLE requests (
  id             INTEGER NOT NULL PRIMARY KEY,
  series         INTEGER NOT NULL,
  asked_key      INTEGER NOT NULL,
  request_id     TEXT    NOT NULL,
  at_ms          INTEGER NOT NULL,
  kind           INTEGER NOT NULL,
  asked_model    TEXT,
  stream         INTEGER NOT NULL,
  route          INTEGER NOT NULL,
  status         INTEGER NOT NULL,
  how            INTEGER NOT NULL,
  first_byte_ms  INTEGER NOT NULL,
  total_ms       INTEGER NOT NULL,
  input          INTEGER NOT NULL,
  cached         INTEGER NOT NULL,
  cache_written  INTEGER NOT NULL,
  output         INTEGER NOT NULL,
  reasoning      INTEGER NOT NULL,
  tokens_from    INTEGER NOT NULL,
  cost           INTEGER,
  attempted      INTEGER NOT NULL,
  after_ms       INTEGER NOT NULL,
  took_ms        INTEGER NOT NULL,
  attempts       TEXT,
  dropped        TEXT
);

-- SQLite adds the id to each: what is found comes in order of time.
CREATE INDEX requests_of_series ON requests (series);
CREATE INDEX requests_of_key ON requests (series, asked_key);
CREATE INDEX requests_named ON requests (request_id);

-- Sums over so many seconds (`span`: 60, 3600, 86400) from `start` on, in seconds since 1970.
CREATE TABLE usage (
  span                 INTEGER NOT NULL,
  start                INTEGER NOT NULL,
  series               INTEGER NOT NULL,
  requests             INTEGER NOT NULL,
  errors               INTEGER NOT NULL,
  attempts             INTEGER NOT NULL,
  input_tokens         INTEGER NOT NULL,
  output_tokens        INTEGER NOT NULL,
  cached_tokens        INTEGER NOT NULL,
  cache_written_tokens INTEGER NOT NULL,
  reasoning_tokens     INTEGER NOT NULL,
  cost_nanos           INTEGER NOT NULL,
  unpriced             INTEGER NOT NULL,
  estimated            INTEGER NOT NULL,
  total_ms             INTEGER NOT NULL,
  first_bytes          INTEGER NOT NULL,
  first_byte_ms        INTEGER NOT NULL,
  PRIMARY KEY (span, start, series)
) WITHOUT ROWID;

-- The same by key, for hours and days.
CREATE TABLE key_usage (
  span                 INTEGER NOT NULL,
  start                INTEGER NOT NULL,
  asked_key            INTEGER NOT NULL,
  requests             INTEGER NOT NULL,
  errors               INTEGER NOT NULL,
  attempts             INTEGER NOT NULL,
  input_tokens         INTEGER NOT NULL,
  output_tokens        INTEGER NOT NULL,
  cached_tokens        INTEGER NOT NULL,
  cache_written_tokens INTEGER NOT NULL,
  reasoning_tokens     INTEGER NOT NULL,
  cost_nanos           INTEGER NOT NULL,
  unpriced             INTEGER NOT NULL,
  estimated            INTEGER NOT NULL,
  total_ms             INTEGER NOT NULL,
  first_bytes          INTEGER NOT NULL,
  first_byte_ms        INTEGER NOT NULL,
  PRIMARY KEY (span, start, asked_key)
) WITHOUT ROWID;

-- How far the ledger's journal is counted here, and the id of the newest request that was.
CREATE TABLE ledger_mark (
  id       INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL,
  newest   INTEGER NOT NULL
);

INSERT INTO ledger_mark (id, position, newest) VALUES (1, 0, 0);

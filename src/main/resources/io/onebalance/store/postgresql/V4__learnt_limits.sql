-- As SQLite's script of this version.
CREATE TABLE learnt_limits (
  key_id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  limits TEXT COLLATE "C" NOT NULL,
  at     BIGINT NOT NULL
);

-- The store: what was ingested, coded and set aside. Ids are hashed from natural keys, so that
-- ingesting twice changes nothing but last_seen. `content` is a hash of what the source gave,
-- `coder` names the code and codebook a row was coded with, `piece` the file or part of one it
-- came from: a piece that is known need not be read again.

CREATE TABLE IF NOT EXISTS meta (key VARCHAR NOT NULL, value VARCHAR NOT NULL);

CREATE TABLE IF NOT EXISTS documents (
  id VARCHAR NOT NULL, source VARCHAR NOT NULL, url VARCHAR NOT NULL, title VARCHAR NOT NULL,
  text VARCHAR NOT NULL, language VARCHAR NOT NULL, published DATE NOT NULL,
  event_date DATE NOT NULL, event_date_basis VARCHAR NOT NULL, sender VARCHAR NOT NULL,
  counterparts VARCHAR[] NOT NULL, kind VARCHAR NOT NULL, length INTEGER NOT NULL,
  content VARCHAR NOT NULL, first_seen TIMESTAMP NOT NULL, last_seen TIMESTAMP NOT NULL,
  coder VARCHAR DEFAULT '', piece VARCHAR DEFAULT ''
);

CREATE TABLE IF NOT EXISTS passages (
  document_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, start_at INTEGER NOT NULL,
  end_at INTEGER NOT NULL, speaker VARCHAR NOT NULL, state VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS matches (
  document_id VARCHAR NOT NULL, ordinal INTEGER NOT NULL, code VARCHAR NOT NULL,
  start_at INTEGER NOT NULL, end_at INTEGER NOT NULL, speaker VARCHAR NOT NULL,
  holder VARCHAR NOT NULL, negated BOOLEAN NOT NULL, targets VARCHAR[] NOT NULL
);

CREATE TABLE IF NOT EXISTS records (
  id VARCHAR NOT NULL, source VARCHAR NOT NULL, kind VARCHAR NOT NULL, sender VARCHAR NOT NULL,
  target VARCHAR NOT NULL, item VARCHAR NOT NULL, start_date DATE NOT NULL,
  end_date DATE NOT NULL, value DOUBLE NOT NULL, unit VARCHAR NOT NULL, vintage VARCHAR NOT NULL,
  url VARCHAR NOT NULL, note VARCHAR NOT NULL, first_seen TIMESTAMP NOT NULL,
  last_seen TIMESTAMP NOT NULL, piece VARCHAR DEFAULT ''
);

CREATE TABLE IF NOT EXISTS reports (
  id VARCHAR NOT NULL, source VARCHAR NOT NULL, url VARCHAR NOT NULL, outlet VARCHAR NOT NULL,
  outlet_state VARCHAR NOT NULL, published TIMESTAMP NOT NULL, title VARCHAR NOT NULL,
  lead VARCHAR NOT NULL, language VARCHAR NOT NULL, states VARCHAR[] NOT NULL,
  warming VARCHAR[] NOT NULL, cooling VARCHAR[] NOT NULL, first_seen TIMESTAMP NOT NULL,
  last_seen TIMESTAMP NOT NULL, content VARCHAR DEFAULT '', coder VARCHAR DEFAULT '',
  piece VARCHAR DEFAULT '', until TIMESTAMP, title_tone TINYINT, lead_tone TINYINT,
  acts VARCHAR[] DEFAULT []
);

CREATE TABLE IF NOT EXISTS set_aside (
  id VARCHAR NOT NULL, source VARCHAR NOT NULL, locator VARCHAR NOT NULL, reason VARCHAR NOT NULL,
  first_seen TIMESTAMP NOT NULL, last_seen TIMESTAMP NOT NULL, piece VARCHAR DEFAULT ''
);

-- What each piece came to when it was read: how many items, and what was set aside and why.
CREATE TABLE IF NOT EXISTS pieces (
  digest VARCHAR NOT NULL, source VARCHAR NOT NULL, items INTEGER NOT NULL,
  reasons VARCHAR NOT NULL
);

CREATE TABLE IF NOT EXISTS runs (
  source VARCHAR NOT NULL, origin VARCHAR NOT NULL, started TIMESTAMP NOT NULL,
  finished TIMESTAMP, files INTEGER NOT NULL, added INTEGER NOT NULL, seen INTEGER NOT NULL,
  revised INTEGER NOT NULL, set_aside INTEGER NOT NULL, codebook VARCHAR NOT NULL,
  recoded INTEGER DEFAULT 0
);

-- The second reading: figures by text and target, made by `talleyrand reading --build`.
CREATE TABLE IF NOT EXISTS readings (
  document_id VARCHAR NOT NULL, target VARCHAR NOT NULL, language VARCHAR NOT NULL,
  score DOUBLE NOT NULL, sentences INTEGER NOT NULL, words INTEGER NOT NULL
);

-- Columns that stores made earlier lack.
ALTER TABLE documents ADD COLUMN IF NOT EXISTS coder VARCHAR DEFAULT '';
ALTER TABLE documents ADD COLUMN IF NOT EXISTS piece VARCHAR DEFAULT '';
ALTER TABLE records ADD COLUMN IF NOT EXISTS piece VARCHAR DEFAULT '';
ALTER TABLE reports ADD COLUMN IF NOT EXISTS content VARCHAR DEFAULT '';
ALTER TABLE reports ADD COLUMN IF NOT EXISTS coder VARCHAR DEFAULT '';
ALTER TABLE reports ADD COLUMN IF NOT EXISTS piece VARCHAR DEFAULT '';
ALTER TABLE reports ADD COLUMN IF NOT EXISTS acts VARCHAR[] DEFAULT [];
ALTER TABLE reports ADD COLUMN IF NOT EXISTS until TIMESTAMP;
ALTER TABLE reports ADD COLUMN IF NOT EXISTS title_tone TINYINT;
ALTER TABLE reports ADD COLUMN IF NOT EXISTS lead_tone TINYINT;
ALTER TABLE set_aside ADD COLUMN IF NOT EXISTS piece VARCHAR DEFAULT '';
ALTER TABLE runs ADD COLUMN IF NOT EXISTS recoded INTEGER DEFAULT 0;

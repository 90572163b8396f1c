-- The frontier of a crawl: visits, the waves they are taken in, and what
-- came back. New tables only.
CREATE TABLE visits (
    run        BIGINT NOT NULL,
    visit_key  BIGINT NOT NULL, -- the bits of Visit.Key
    look       BIGINT NOT NULL CHECK (look IN (0, 1)),
    url        TEXT   NOT NULL,
    form       TEXT   NOT NULL,
    role       TEXT   NOT NULL,
    rank       BIGINT NOT NULL,
    depth      BIGINT NOT NULL,
    via        TEXT   NOT NULL,
    column_url TEXT   NOT NULL,
    wave       BIGINT,          -- NULL = in no wave yet
    place      BIGINT,          -- order within the wave
    state      BIGINT NOT NULL CHECK (state IN (0, 1, 2)), -- 0 queued, 1 done, 2 skipped
    reason     TEXT   NOT NULL CHECK (state = 2 OR reason = ''),
    PRIMARY KEY (run, visit_key, look)
) STRICT;

-- What is still to be fetched of the wave in hand: small, and whole numbers only.
CREATE INDEX visits_open ON visits (run, wave, place) WHERE state = 0 AND wave IS NOT NULL;

CREATE TABLE waves (
    run    BIGINT NOT NULL,
    wave   BIGINT NOT NULL,
    visits BIGINT NOT NULL,
    PRIMARY KEY (run, wave)
) STRICT;

CREATE TABLE records (
    run       BIGINT NOT NULL,
    visit_key BIGINT NOT NULL,
    look      BIGINT NOT NULL,
    link_keys BYTEA  NOT NULL, -- 8 bytes each, big-endian, sorted
    body      BYTEA  NOT NULL, -- see record.go
    PRIMARY KEY (run, visit_key, look)
) STRICT;

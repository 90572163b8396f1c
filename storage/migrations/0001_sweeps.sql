-- Sweeps, their targets, and the numbers the program hands out.
-- New tables only: nothing happens to existing rows, no lock is held.
CREATE TABLE counters (
    name  TEXT   NOT NULL PRIMARY KEY,
    value BIGINT NOT NULL
) STRICT;

INSERT INTO counters (name, value) VALUES ('sweep', 0), ('run', 0);

CREATE TABLE sweeps (
    id       BIGINT NOT NULL PRIMARY KEY,
    kind     TEXT   NOT NULL,
    scope    TEXT   NOT NULL,
    rulebook TEXT   NOT NULL,
    as_of    BIGINT NOT NULL, -- unix ms, as every time in this schema; 0 = not known
    started  BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    state    TEXT   NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    options  TEXT   NOT NULL
) STRICT;

-- A run is one target of one sweep. Big tables name it by its number.
CREATE TABLE runs (
    run    BIGINT NOT NULL PRIMARY KEY,
    sweep  BIGINT NOT NULL REFERENCES sweeps (id),
    target TEXT   NOT NULL CHECK (target <> ''),
    kind   TEXT   NOT NULL CHECK (kind IN ('site', 'account')),
    code   TEXT   NOT NULL,
    name   TEXT   NOT NULL,
    url    TEXT   NOT NULL,
    state  TEXT   NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'cancelled', 'failed')),
    note   TEXT   NOT NULL,
    wave   BIGINT NOT NULL,
    began  BIGINT NOT NULL,
    ended  BIGINT NOT NULL,
    UNIQUE (sweep, target)
) STRICT;

CREATE INDEX runs_by_target ON runs (target, sweep);

-- Standing orders, what came of each due time, hours of sites, when a site is
-- to be looked at next, and when each part was last seen at work. New tables only.
CREATE TABLE schedules (
    name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    body TEXT NOT NULL -- JSON of the whole order
) STRICT;

CREATE TABLE schedule_runs (
    schedule TEXT   NOT NULL,
    due_ms   BIGINT NOT NULL,
    state    TEXT   NOT NULL CHECK (state IN ('running', 'done', 'failed', 'skipped', 'cancelled')),
    sweep    BIGINT NOT NULL, -- 0 when it makes none
    missed   BIGINT NOT NULL CHECK (missed >= 0),
    cursor   TEXT   NOT NULL, -- how far a run without a sweep has come
    note     TEXT   NOT NULL,
    started  BIGINT NOT NULL,
    ended    BIGINT NOT NULL,
    PRIMARY KEY (schedule, due_ms)
) STRICT;

CREATE INDEX schedule_runs_open ON schedule_runs (state) WHERE state = 'running';

CREATE TABLE site_hours (
    scope TEXT NOT NULL PRIMARY KEY, -- '' = every site
    body  TEXT NOT NULL -- JSON
) STRICT;

CREATE TABLE site_looks (
    target  TEXT   NOT NULL PRIMARY KEY,
    last_ms BIGINT NOT NULL,
    next_ms BIGINT NOT NULL,
    place   TEXT   NOT NULL, -- the column whose look it is
    why     TEXT   NOT NULL
) STRICT;

CREATE TABLE beats (
    name  TEXT   NOT NULL PRIMARY KEY,
    at_ms BIGINT NOT NULL
) STRICT;

-- Leases: which worker works on a target of a sweep, until when, and how
-- often it was claimed. Existing rows are free and were never claimed, so a
-- sweep in flight goes on under the first claim. The priority of a sweep is 0.
-- On PostgreSQL a column with a constant default rewrites no row.
ALTER TABLE runs ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN lease_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE runs ADD COLUMN fence BIGINT NOT NULL DEFAULT 0;
ALTER TABLE sweeps ADD COLUMN priority BIGINT NOT NULL DEFAULT 0;

-- What is still to be done, small however many sweeps are kept.
CREATE INDEX runs_open ON runs (sweep, run) WHERE state IN ('waiting', 'running');

-- The evidence store that belongs to this database: one row, once it is known.
CREATE TABLE evidence_store (
    one BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    id  TEXT   NOT NULL CHECK (id <> '')
) STRICT;

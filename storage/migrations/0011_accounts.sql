-- The register of accounts (政务新媒体). New table only.
CREATE TABLE accounts (
    id     TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    media  TEXT NOT NULL CHECK (media <> ''),
    name   TEXT NOT NULL,
    host   TEXT NOT NULL,
    level  TEXT NOT NULL,
    region TEXT NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('', 'running', 'closing', 'closed')),
    body   TEXT NOT NULL -- JSON of the whole row
) STRICT;

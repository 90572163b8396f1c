-- The register: sites, their columns, and the units behind them. New tables only.
CREATE TABLE sites (
    id             TEXT NOT NULL PRIMARY KEY CHECK (id <> ''),
    code           TEXT NOT NULL,
    name           TEXT NOT NULL,
    url            TEXT NOT NULL,
    domains        TEXT NOT NULL, -- JSON list, as tags and scopes
    kind           TEXT NOT NULL CHECK (kind IN ('', 'portal', 'department')),
    level          TEXT NOT NULL,
    region         TEXT NOT NULL,
    host           TEXT NOT NULL,
    supervisor     TEXT NOT NULL,
    operator       TEXT NOT NULL,
    platform       TEXT NOT NULL,
    tags           TEXT NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('', 'running', 'suspended', 'closed', 'moved')),
    public_service BIGINT CHECK (public_service IN (0, 1)), -- NULL = the register does not say
    scopes         TEXT NOT NULL
) STRICT;

CREATE TABLE site_tags (
    site TEXT NOT NULL REFERENCES sites (id),
    tag  TEXT NOT NULL,
    PRIMARY KEY (site, tag)
) STRICT;

CREATE TABLE site_columns (
    site         TEXT   NOT NULL,
    url_digest   BYTEA  NOT NULL, -- SHA-256 of url: an address may be longer than a key may be
    url          TEXT   NOT NULL,
    name         TEXT   NOT NULL,
    path         TEXT   NOT NULL, -- JSON list
    level        BIGINT NOT NULL,
    class        TEXT   NOT NULL,
    class_reason TEXT   NOT NULL,
    confidence   DOUBLE PRECISION NOT NULL CHECK (confidence >= 0 AND confidence <= 1),
    class_by     TEXT   NOT NULL,
    source       TEXT   NOT NULL,
    exempt_until TEXT   NOT NULL,
    exempt_why   TEXT   NOT NULL,
    cycle_days   BIGINT NOT NULL,
    first_seen   BIGINT NOT NULL,
    had_content  BIGINT NOT NULL CHECK (had_content IN (0, 1)),
    PRIMARY KEY (site, url_digest)
) STRICT;

CREATE TABLE orgs (
    id     TEXT NOT NULL PRIMARY KEY, -- the code, or "name:" and the name where there is none
    code   TEXT NOT NULL,
    name   TEXT NOT NULL,
    level  TEXT NOT NULL,
    region TEXT NOT NULL,
    parent TEXT NOT NULL,
    phone  TEXT NOT NULL,
    email  TEXT NOT NULL
) STRICT;

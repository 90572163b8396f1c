-- Who may log in, sessions, tokens, failed logins, and the audit log with its
-- head. New tables only.
CREATE TABLE users (
    name     TEXT   NOT NULL PRIMARY KEY CHECK (name <> ''),
    role     TEXT   NOT NULL CHECK (role IN ('bureau', 'inspector', 'owner', 'auditor')),
    units    TEXT   NOT NULL, -- JSON list
    disabled BIGINT NOT NULL CHECK (disabled IN (0, 1)),
    created  BIGINT NOT NULL,
    password TEXT   NOT NULL CHECK (password <> ''), -- argon2id
    epoch    BIGINT NOT NULL
) STRICT;

CREATE TABLE access_tokens (
    id       TEXT   NOT NULL PRIMARY KEY,
    owner    TEXT   NOT NULL REFERENCES users (name),
    name     TEXT   NOT NULL,
    scope    TEXT   NOT NULL CHECK (scope IN ('read', 'run')),
    created  BIGINT NOT NULL,
    expires  BIGINT NOT NULL,
    revoked  BIGINT NOT NULL, -- 0 = it is not
    hash     TEXT   NOT NULL UNIQUE -- SHA-256 of the token
) STRICT;

CREATE TABLE web_sessions (
    token     TEXT   NOT NULL PRIMARY KEY, -- SHA-256 of the cookie
    data      BYTEA  NOT NULL,
    expiry_ms BIGINT NOT NULL
) STRICT;

CREATE INDEX web_sessions_expiry ON web_sessions (expiry_ms);

CREATE TABLE login_failures (
    key      TEXT   NOT NULL PRIMARY KEY, -- name:… or address:…
    failures BIGINT NOT NULL,
    last_ms  BIGINT NOT NULL,
    until_ms BIGINT NOT NULL -- nothing is tried before
) STRICT;

CREATE TABLE audit_log (
    seq     BIGINT NOT NULL PRIMARY KEY,
    at_ms   BIGINT NOT NULL,
    made_by TEXT   NOT NULL,
    via     TEXT   NOT NULL,
    event   TEXT   NOT NULL CHECK (event <> ''),
    subject TEXT   NOT NULL,
    detail  TEXT   NOT NULL,
    prev    TEXT   NOT NULL,
    digest  TEXT   NOT NULL
) STRICT;

CREATE TABLE audit_head (
    id     BIGINT NOT NULL PRIMARY KEY CHECK (id = 1),
    lines  BIGINT NOT NULL,
    digest TEXT   NOT NULL
) STRICT;

INSERT INTO audit_head (id, lines, digest) VALUES (1, 0, '');

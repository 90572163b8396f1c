-- What accounts published, and how each look at a source went. New tables only.
CREATE TABLE account_posts (
    account TEXT   NOT NULL,
    digest  BYTEA  NOT NULL, -- SHA-256 of the address, without one of title and day
    at      BIGINT NOT NULL,
    body    TEXT   NOT NULL, -- JSON
    PRIMARY KEY (account, digest)
) STRICT;

CREATE INDEX account_posts_by_time ON account_posts (account, at);

CREATE TABLE account_readings (
    account TEXT   NOT NULL,
    source  TEXT   NOT NULL,
    read_at BIGINT NOT NULL,
    health  TEXT   NOT NULL CHECK (health IN ('working', 'blocked', 'empty', 'malformed', 'gone', 'renamed', 'closed', 'down')),
    body    TEXT   NOT NULL, -- JSON
    PRIMARY KEY (account, source, read_at)
) STRICT;

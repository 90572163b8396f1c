-- The index of evidence: which bytes were seen where and when. New table only.
CREATE TABLE captures (
    digest     BYTEA  NOT NULL,
    sweep      BIGINT NOT NULL,
    target     TEXT   NOT NULL,
    url_digest BYTEA  NOT NULL,
    url        TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    at_ms      BIGINT NOT NULL,
    media_type TEXT   NOT NULL,
    charset    TEXT   NOT NULL,
    header     BYTEA  NOT NULL,
    length     BIGINT NOT NULL,
    PRIMARY KEY (digest, sweep, target, url_digest)
) STRICT;

CREATE INDEX captures_by_run ON captures (sweep, target, digest);

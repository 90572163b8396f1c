-- Work plans 工作要点 with all their versions. New tables only.
CREATE TABLE plans (
    no      BIGINT NOT NULL PRIMARY KEY, -- its id is "P" and this number
    version BIGINT NOT NULL CHECK (version > 0)
) STRICT;

CREATE TABLE plan_versions (
    plan    BIGINT NOT NULL REFERENCES plans (no),
    version BIGINT NOT NULL CHECK (version > 0),
    body    BYTEA  NOT NULL, -- zstd of JSON
    PRIMARY KEY (plan, version)
) STRICT;

-- What looks at sites over IPv4 and IPv6 showed. New table only; the visits
-- of a look stand in probes as well.
CREATE TABLE ipv6_reports (
    target  TEXT   NOT NULL CHECK (target <> ''),
    vantage TEXT   NOT NULL, -- '' where there is only one
    at_ms   BIGINT NOT NULL,
    proven  BIGINT NOT NULL CHECK (proven IN (0, 1)), -- our own IPv6 held
    proof   TEXT   NOT NULL, -- captures of the visits, as JSON
    report  BYTEA  NOT NULL, -- the whole report as JSON, zstd
    PRIMARY KEY (target, at_ms, vantage)
) STRICT;

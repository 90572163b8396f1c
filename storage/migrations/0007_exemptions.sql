-- Standing exemptions 豁免. New table only.
INSERT INTO counters (name, value) VALUES ('exemption', 0), ('notice', 0), ('plan', 0);

CREATE TABLE exemptions (
    no         BIGINT NOT NULL PRIMARY KEY, -- its id is "E" and this number
    scope      TEXT   NOT NULL CHECK (scope IN ('column', 'site', 'unit')),
    target     TEXT   NOT NULL CHECK ((target <> '') = (scope <> 'unit')),
    column_url TEXT   NOT NULL CHECK ((column_url <> '') = (scope = 'column')),
    unit       TEXT   NOT NULL CHECK ((unit <> '') = (scope = 'unit')),
    indicator  TEXT   NOT NULL CHECK (indicator <> ''),
    reason     TEXT   NOT NULL CHECK (reason <> ''),
    given_by   TEXT   NOT NULL CHECK (given_by <> ''),
    at_ms      BIGINT NOT NULL,
    until_day  TEXT   NOT NULL CHECK (until_day <> ''),
    revoked_by TEXT   NOT NULL,
    revoked_at BIGINT NOT NULL CHECK ((revoked_at = 0) = (revoked_by = ''))
) STRICT;

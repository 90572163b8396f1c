-- Series of timed visits, and the maintenance sites announced. New tables only.
CREATE TABLE probes (
    target   TEXT   NOT NULL CHECK (target <> ''),
    series   TEXT   NOT NULL,
    vantage  TEXT   NOT NULL, -- '' where there is only one
    at_ms    BIGINT NOT NULL,
    slot     BIGINT NOT NULL, -- of the day's plan; -1 outside a plan
    result   TEXT   NOT NULL CHECK (result IN ('opened', 'failed', 'doubtful', 'unmeasured')),
    total_us BIGINT NOT NULL,
    visit    TEXT   NOT NULL, -- the whole visit as JSON
    PRIMARY KEY (target, at_ms, series, vantage)
) STRICT;

CREATE TABLE maintenance (
    target    TEXT   NOT NULL CHECK (target <> ''),
    from_ms   BIGINT NOT NULL,
    to_ms     BIGINT NOT NULL CHECK (to_ms > from_ms),
    announced BIGINT NOT NULL,
    source    TEXT   NOT NULL CHECK (source <> ''),
    PRIMARY KEY (target, from_ms, to_ms)
) STRICT;

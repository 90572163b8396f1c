-- What the control targets of a sweep showed. New table only.
CREATE TABLE sweep_controls (
    sweep BIGINT NOT NULL REFERENCES sweeps (id),
    place BIGINT NOT NULL,
    url   TEXT   NOT NULL,
    ok    BIGINT NOT NULL CHECK (ok IN (0, 1)),
    why   TEXT   NOT NULL CHECK (ok = 0 OR why = ''),
    PRIMARY KEY (sweep, place)
) STRICT;

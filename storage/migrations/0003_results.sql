-- What was judged. New tables only.
CREATE TABLE inspections (
    run       BIGINT NOT NULL PRIMARY KEY REFERENCES runs (run),
    grade     TEXT   NOT NULL CHECK (grade IN ('qualified', 'unqualified', 'undecided')),
    site      TEXT   NOT NULL, -- JSON, as the following
    verdict   TEXT   NOT NULL,
    coverage  TEXT   NOT NULL,
    uncovered TEXT   NOT NULL,
    book      TEXT   NOT NULL
) STRICT;

CREATE TABLE dossiers (
    run  BIGINT NOT NULL PRIMARY KEY REFERENCES runs (run),
    body BYTEA  NOT NULL -- zstd of JSON
) STRICT;

CREATE TABLE outcomes (
    run       BIGINT NOT NULL REFERENCES runs (run),
    place     BIGINT NOT NULL,
    indicator TEXT   NOT NULL,
    book_id   TEXT   NOT NULL,
    status    TEXT   NOT NULL CHECK (status IN
              ('passed', 'found', 'not-applicable', 'not-in-force', 'not-measured', 'broken')),
    body      TEXT   NOT NULL,
    PRIMARY KEY (run, place)
) STRICT;

CREATE TABLE column_verdicts (
    run     BIGINT NOT NULL REFERENCES runs (run),
    place   BIGINT NOT NULL,
    verdict TEXT   NOT NULL CHECK (verdict IN ('fresh', 'stale', 'blank', 'unread', 'no-cycle', 'exempt')),
    body    TEXT   NOT NULL,
    PRIMARY KEY (run, place)
) STRICT;

-- A finding is the same finding over all sweeps; a sighting is how one run saw it.
CREATE TABLE findings (
    target      TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL CHECK (fingerprint <> ''),
    id          TEXT   NOT NULL,
    indicator   TEXT   NOT NULL,
    status      TEXT   NOT NULL CHECK (status IN ('proposed', 'confirmed', 'rejected', 'exempted',
                'noticed', 'answered', 'disputed', 'fixed', 'reopened')),
    first_seen  BIGINT NOT NULL,
    last_seen   BIGINT NOT NULL,
    until_day   TEXT   NOT NULL CHECK (until_day = '' OR status = 'exempted'), -- last day of an exemption
    CHECK (first_seen <= last_seen),
    PRIMARY KEY (target, fingerprint)
) STRICT;

CREATE INDEX findings_by_id ON findings (id);

CREATE TABLE sightings (
    run         BIGINT NOT NULL REFERENCES runs (run),
    place       BIGINT NOT NULL,
    target      TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    indicator   TEXT   NOT NULL,
    class       TEXT   NOT NULL CHECK (class IN ('veto', 'deduction', 'bonus', 'norm')),
    locator     TEXT   NOT NULL,
    scores      BIGINT NOT NULL,
    unproven    BIGINT NOT NULL CHECK (unproven IN (0, 1)),
    body        TEXT   NOT NULL,
    PRIMARY KEY (run, place),
    UNIQUE (run, fingerprint),
    FOREIGN KEY (target, fingerprint) REFERENCES findings (target, fingerprint)
) STRICT;

CREATE INDEX sightings_by_finding ON sightings (target, fingerprint, run);

CREATE TABLE decisions (
    target      TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    decided_at  BIGINT NOT NULL,
    status      TEXT   NOT NULL,
    before      TEXT   NOT NULL, -- the status it replaced
    reason      TEXT   NOT NULL CHECK (status <> 'exempted' OR reason <> ''),
    decided_by  TEXT   NOT NULL,
    until_day   TEXT   NOT NULL,
    PRIMARY KEY (target, fingerprint, decided_at, status),
    FOREIGN KEY (target, fingerprint) REFERENCES findings (target, fingerprint)
) STRICT;

-- The history of a finding: one table of lines that are only ever added.
-- Decisions of before become its first lines, numbered in order of time; a
-- decision that took effect more than once keeps every line. Locks findings
-- for as long as copying the decisions takes: seconds for a hundred thousand.
CREATE TABLE transitions (
    target      TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    seq         BIGINT NOT NULL CHECK (seq > 0),
    at_ms       BIGINT NOT NULL,
    event       TEXT   NOT NULL CHECK (event IN ('endorse', 'confirm', 'reject', 'exempt', 'expire', 'reopen',
                'undo', 'notify', 'release', 'reply', 'object', 'uphold', 'overturn', 'gone', 'return', 'pass', 'fail')),
    from_status TEXT   NOT NULL CHECK (from_status IN ('proposed', 'confirmed', 'rejected', 'exempted',
                'noticed', 'answered', 'disputed', 'fixed', 'reopened')),
    to_status   TEXT   NOT NULL CHECK (to_status IN ('proposed', 'confirmed', 'rejected', 'exempted',
                'noticed', 'answered', 'disputed', 'fixed', 'reopened')),
    moved_by    TEXT   NOT NULL, -- '' = the machine
    reason      TEXT   NOT NULL CHECK (event <> 'exempt' OR reason <> '' OR exemption <> ''),
    until_day   TEXT   NOT NULL CHECK (until_day = '' OR to_status = 'exempted'),
    sweep       BIGINT NOT NULL, -- the inspection it rests on; 0 = none
    notice      TEXT   NOT NULL,
    exemption   TEXT   NOT NULL,
    undoes      BIGINT NOT NULL CHECK (undoes >= 0 AND undoes < seq),
    proof       TEXT   NOT NULL, -- JSON list
    PRIMARY KEY (target, fingerprint, seq),
    FOREIGN KEY (target, fingerprint) REFERENCES findings (target, fingerprint)
) STRICT;

CREATE INDEX transitions_by_time ON transitions (at_ms);

INSERT INTO transitions (target, fingerprint, seq, at_ms, event, from_status, to_status, moved_by, reason, until_day,
                         sweep, notice, exemption, undoes, proof)
SELECT target, fingerprint, row_number() OVER (PARTITION BY target, fingerprint ORDER BY decided_at, status), decided_at,
       CASE status WHEN 'confirmed' THEN 'confirm' WHEN 'rejected' THEN 'reject' WHEN 'exempted' THEN 'exempt'
                   WHEN 'reopened' THEN 'reopen' ELSE 'expire' END,
       before, status, decided_by, reason, CASE status WHEN 'exempted' THEN until_day ELSE '' END, 0, '', '', 0, '[]'
FROM decisions;

DROP TABLE decisions;

-- Where a finding stands, so that a move can be compared and set in one statement.
ALTER TABLE findings ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;           -- of the last transition; 0 = none
ALTER TABLE findings ADD COLUMN moved BIGINT NOT NULL DEFAULT 0;         -- when that was
ALTER TABLE findings ADD COLUMN exemption TEXT NOT NULL DEFAULT '';      -- the standing exemption that applies
ALTER TABLE findings ADD COLUMN endorsed TEXT NOT NULL DEFAULT '';       -- the first of the two persons of a veto

UPDATE findings
SET seq = (SELECT count(*) FROM transitions t WHERE t.target = findings.target AND t.fingerprint = findings.fingerprint),
    moved = (SELECT coalesce(max(at_ms), 0) FROM transitions t
             WHERE t.target = findings.target AND t.fingerprint = findings.fingerprint);

-- Notices and the papers that follow them, their lives, and the numbers given
-- out. New tables only.
CREATE TABLE notices (
    no       BIGINT NOT NULL PRIMARY KEY, -- its id is "N" and this number
    kind     TEXT   NOT NULL CHECK (kind IN ('notice', 'reminder', 'urge', 'supervision', 'amendment', 'withdrawal')),
    state    TEXT   NOT NULL CHECK (state IN ('draft', 'issued', 'received', 'answered', 'retested', 'disputed',
             'decided', 'overdue', 'escalated', 'closed', 'withdrawn')),
    bureau   TEXT   NOT NULL,
    year     BIGINT NOT NULL CHECK (serial = 0 OR year > 0),
    serial   BIGINT NOT NULL CHECK (serial > 0 OR state IN ('draft', 'withdrawn')),
    number   TEXT   NOT NULL CHECK ((number <> '') = (serial > 0)),
    target   TEXT   NOT NULL,
    sweep    BIGINT NOT NULL,
    deadline TEXT   NOT NULL,
    parent   BIGINT REFERENCES notices (no), -- the notice this paper follows
    printed  TEXT   NOT NULL, -- JSON of all the paper prints and the form it is printed with
    digest   BYTEA  NOT NULL, -- SHA-256 of printed: looked at on every read, never changed once issued
    documents TEXT  NOT NULL  -- JSON list of the printed forms in the evidence store
) STRICT;

CREATE UNIQUE INDEX notices_by_number ON notices (number) WHERE serial > 0;
CREATE UNIQUE INDEX notices_by_serial ON notices (bureau, year, kind, serial) WHERE serial > 0;
CREATE INDEX notices_by_target ON notices (target, no);
CREATE INDEX notices_by_parent ON notices (parent) WHERE parent IS NOT NULL;

-- The life of a notice; lines are only ever added.
CREATE TABLE notice_steps (
    notice     BIGINT NOT NULL REFERENCES notices (no),
    seq        BIGINT NOT NULL CHECK (seq > 0),
    at_ms      BIGINT NOT NULL,
    event      TEXT   NOT NULL CHECK (event <> ''),
    from_state TEXT   NOT NULL CHECK (from_state IN ('draft', 'issued', 'received', 'answered', 'retested', 'disputed',
               'decided', 'overdue', 'escalated', 'closed', 'withdrawn')),
    to_state   TEXT   NOT NULL CHECK (to_state IN ('draft', 'issued', 'received', 'answered', 'retested', 'disputed',
               'decided', 'overdue', 'escalated', 'closed', 'withdrawn')),
    step_by    TEXT   NOT NULL, -- '' = the machine
    reason     TEXT   NOT NULL,
    items      TEXT   NOT NULL, -- JSON list of numbers
    sweep      BIGINT NOT NULL,
    paper      TEXT   NOT NULL,
    PRIMARY KEY (notice, seq)
) STRICT;

-- Which findings a notice names, and where each stands.
CREATE TABLE notice_items (
    notice      BIGINT NOT NULL REFERENCES notices (no),
    place       BIGINT NOT NULL, -- order on the paper
    target      TEXT   NOT NULL,
    fingerprint TEXT   NOT NULL,
    status      TEXT   NOT NULL CHECK (status IN ('proposed', 'confirmed', 'rejected', 'exempted',
                'noticed', 'answered', 'disputed', 'fixed', 'reopened')),
    answer      TEXT   NOT NULL, -- JSON of the last one; '' = none
    retest      TEXT   NOT NULL, -- JSON of the last one; '' = none
    PRIMARY KEY (notice, place)
) STRICT;

CREATE INDEX notice_items_by_finding ON notice_items (target, fingerprint, notice);

-- Every answer and re-test there ever was; lines are only ever added.
CREATE TABLE notice_replies (
    notice BIGINT NOT NULL REFERENCES notices (no),
    seq    BIGINT NOT NULL CHECK (seq > 0),
    item   BIGINT NOT NULL, -- number of the item on the paper
    answer TEXT   NOT NULL,
    retest TEXT   NOT NULL CHECK ((answer = '') <> (retest = '')),
    PRIMARY KEY (notice, seq)
) STRICT;

-- The last number given out in each series.
CREATE TABLE serials (
    bureau TEXT   NOT NULL,
    year   BIGINT NOT NULL,
    kind   TEXT   NOT NULL,
    last   BIGINT NOT NULL CHECK (last > 0),
    PRIMARY KEY (bureau, year, kind)
) STRICT;

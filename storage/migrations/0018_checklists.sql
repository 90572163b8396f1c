-- What persons answered about accounts, and whose texts may be reprinted. New tables only.
CREATE TABLE checklist_answers (
    target   TEXT NOT NULL CHECK (target <> ''),
    question TEXT NOT NULL CHECK (question <> ''),
    on_day   TEXT NOT NULL,
    body     TEXT NOT NULL, -- JSON
    PRIMARY KEY (target, question, on_day)
) STRICT;

CREATE TABLE reprint_sources (
    name TEXT NOT NULL PRIMARY KEY CHECK (name <> ''),
    body TEXT NOT NULL -- JSON
) STRICT;

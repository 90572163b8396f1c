-- What is kept about alarms: one row for all machines, one for each machine
-- as it last told. New table only.
CREATE TABLE alarm_books (
    name TEXT NOT NULL PRIMARY KEY, -- '' for all machines
    body TEXT NOT NULL              -- JSON
) STRICT;

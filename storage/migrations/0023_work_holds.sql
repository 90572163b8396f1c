-- Work that one process at a time does whole, as a sweep over accounts. New
-- table only.
CREATE TABLE work_holds (
    name       TEXT   NOT NULL PRIMARY KEY,
    owner      TEXT   NOT NULL, -- '' when it was given back
    held_until BIGINT NOT NULL, -- unix ms by the clock of the database
    fence      BIGINT NOT NULL  -- one more whenever it was taken from somebody
) STRICT;

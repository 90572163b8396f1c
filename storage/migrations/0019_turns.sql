-- When the servers of a host or a platform may be asked next, over all
-- processes. New table only.
CREATE TABLE host_turns (
    name    TEXT   NOT NULL PRIMARY KEY,
    next_us BIGINT NOT NULL -- unix microseconds by the clock of the database
) STRICT;

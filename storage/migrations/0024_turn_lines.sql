-- Where the line of those ends that wait for their turn at a host. New column
-- only.
ALTER TABLE host_turns ADD COLUMN line_us BIGINT NOT NULL DEFAULT 0; -- unix microseconds by the clock of the database

-- The visits of a day over all targets: a watch reads them once a day. New
-- index only.
CREATE INDEX probes_by_time ON probes (at_ms);

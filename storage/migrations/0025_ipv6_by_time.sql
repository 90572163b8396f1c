-- Whose IPv6 was measured in the last hours or days, over all targets. New
-- index only.
CREATE INDEX ipv6_reports_by_time ON ipv6_reports (at_ms);

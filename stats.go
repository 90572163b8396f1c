package govsweep

// Stats is what an inspection cost (contract: inspect --stats).
type Stats struct {
	Pages       int     `json:"pages"`
	Bytes       int64   `json:"bytes"`
	Requests    int     `json:"requests"`
	NotModified int     `json:"not_modified"`
	Rendered    int     `json:"rendered"`
	WallS       float64 `json:"wall_s"`
	CPUS        float64 `json:"cpu_s"`
	PeakRSSMB   float64 `json:"peak_rss_mb"`
}

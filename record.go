package govsweep

import "time"

// A Record is what is kept of one page after it was read: how the visit
// ended and the facts, without the body. The dossier is folded from records
// alone, so a stored run can be judged again.
type Record struct {
	Visit     Visit
	FinalURL  string
	Hops      []Hop
	FetchedAt time.Time
	Took      time.Duration
	Status    int
	Failure   Failure
	Cause     string
	Truncated bool
	Tries     []Try
	MediaType string     // of the Content-Type, lower case, without parameters
	Length    int64      // bytes of the body after content decoding
	Digest    Digest     // of the captured body; zero when nothing was captured
	Facts     *PageFacts // nil when the body is no page (attachment, image, failure)
	// LinkKeys are the keys (see Visit.Key) of every address the page points
	// at, sorted; Facts.Links is not kept.
	LinkKeys []uint64
}

// Batch is what a crawl hands to storage in one transaction: everything
// learned since the last one. Writing a batch twice is harmless.
type Batch struct {
	Visits  []Visit  // discovered, or discovered again with a better rank
	Records []Record // finished visits
}

// VisitCounts counts the visits of a run by state.
type VisitCounts struct {
	Queued  int // known, not yet taken into a wave or not yet finished
	Done    int
	Skipped int
}

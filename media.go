package govsweep

import "time"

// SourceKind says how posts of an account are learned.
type SourceKind string

// The kinds of source.
const (
	FeedSource   SourceKind = "feed"   // RSS, Atom or JSON feed at an address of its own
	RSSHubSource SourceKind = "rsshub" // a route of an RSSHub-style service
	ExportSource SourceKind = "export" // a file the platform's back office exports
	ManualSource SourceKind = "manual" // a log a person keeps who looked
	PageSource   SourceKind = "page"   // saved pages of single posts: they prove what was published, never that nothing was
	// ProfileSource is an account's public page 主页, which only a browser can
	// read: it is registered, and not read by this version.
	ProfileSource SourceKind = "profile"
)

// MediaSource is one way to an account's posts.
type MediaSource struct {
	Kind SourceKind `json:"kind"`
	// Address is a feed's address; of a route its path, "" for the platform's
	// usual one; of a file or log its name.
	Address string `json:"address,omitempty"`
}

// Key names a source within its account.
func (s MediaSource) Key() string { return string(s.Kind) + ":" + s.Address }

// SourceHealth is how a source answered. Only SourceWorking may ever be
// ground for saying that an account was silent.
type SourceHealth string

// The healths.
const (
	SourceWorking   SourceHealth = "working"
	SourceBlocked   SourceHealth = "blocked"   // refused, a challenge, too many requests, robots.txt
	SourceEmpty     SourceHealth = "empty"     // answered well, with no item: never silence
	SourceMalformed SourceHealth = "malformed" // what came could not be read whole
	SourceGone      SourceHealth = "gone"      // 404, 410
	SourceRenamed   SourceHealth = "renamed"   // speaks of an account of another name
	SourceClosed    SourceHealth = "closed"    // the platform says the account is closed or moved
	SourceDown      SourceHealth = "down"      // no answer, or a server error
)

// Post is one item an account published.
type Post struct {
	Title   string    `json:"title"`
	URL     string    `json:"url,omitempty"`
	At      time.Time `json:"at"`                 // Asia/Shanghai; of a day alone its beginning
	DayOnly bool      `json:"day_only,omitempty"` // the source gives no time of day
	Source  string    `json:"source,omitempty"`   // Key of the source
	// Original says whether it is 原创; nil when the source does not say.
	Original *bool  `json:"original,omitempty"`
	From     string `json:"from,omitempty"` // 来源 of a reprint
	// Sketch is that of its text; the text is not kept.
	Sketch TextSketch `json:"sketch,omitzero"`
}

// Reading is what one look at one source of one account showed.
type Reading struct {
	Source MediaSource  `json:"source"`
	At     time.Time    `json:"at"`
	Health SourceHealth `json:"health"`
	Why    string       `json:"why,omitempty"`  // one Chinese sentence, for every health but working
	Name   string       `json:"name,omitempty"` // what the source calls the account
	Items  int          `json:"items"`
	// Undated counts items whose date is missing, unreadable or in the
	// future: with one of them a source proves no silence.
	Undated int       `json:"undated,omitempty"`
	Newest  time.Time `json:"newest,omitzero"`
	// From and Through bound the days the reading is complete for: within them,
	// what it does not list was not published. A zero Through proves no silence.
	From    time.Time `json:"from,omitzero"`
	Through time.Time `json:"through,omitzero"`
	// Alive is the last proof of life: when this source last answered with items.
	Alive time.Time `json:"alive,omitzero"`
	// ETag and Modified make the next look conditional.
	ETag     string `json:"etag,omitempty"`
	Modified string `json:"modified,omitempty"`
	Digest   string `json:"digest,omitempty"` // of the answer as it came
	URL      string `json:"url,omitempty"`    // that was asked; "" for a file
}

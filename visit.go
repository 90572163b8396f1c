package govsweep

import "time"

// Role says why an address is visited; it decides the order of a crawl.
type Role string

// The roles, in the order in which a crawl takes them.
const (
	HomeRole       Role = "home"
	ColumnRole     Role = "column"      // a column's first list page
	ListRole       Role = "list"        // a further list page
	ListCallRole   Role = "list-call"   // the data address behind a script-built list
	SecondLookRole Role = "second-look" // a repeat of a visit whose result needs two looks
	ArticleRole    Role = "article"
	DoubtfulRole   Role = "doubtful" // a page of the site that a script may make without end
	AttachmentRole Role = "attachment"
	ImageRole      Role = "image"
	ProbeRole      Role = "probe"          // an address of another host: is it there?
	SoftProbeRole  Role = "soft-404-probe" // a random path, asked once a site
	SitemapRole    Role = "sitemap"
)

// Rank gives the place of a role in a crawl: columns before depth, pages
// before attachments, other hosts last. Lower goes first.
func (r Role) Rank() int {
	switch r {
	case HomeRole:
		return 0
	case SoftProbeRole, SitemapRole:
		return 1
	case ColumnRole, ListCallRole:
		return 2
	case ListRole:
		return 3
	case ArticleRole:
		return 5
	case DoubtfulRole:
		return 6
	case AttachmentRole:
		return 7
	case ImageRole:
		return 8
	case ProbeRole:
		return 9
	}
	return 10 // second looks come when everything was seen once
}

// Run names one inspection of one target within a sweep. What is written
// with a Fence is refused unless it is that of the last lease of the run; 0 is
// who works alone and asks nobody.
type Run struct {
	Sweep  int64
	Target TargetID
	Fence  int64
}

// Visit is one address of one run, from its discovery on. URL and Form
// together are its identity within the run, digested in Key.
type Visit struct {
	Key    uint64 // identity within the run; see address.Key
	URL    string // canonical
	Form   string // url-encoded body of a list call sent by POST; "" for GET
	Role   Role
	Depth  int    // links from the home page
	Via    string // the page it was found on; "" for seeds
	Column string // canonical address of the column it belongs to; "" unknown
	Wave   int    // the round of the crawl in which it is taken
	Look   int    // 0 first look, 1 second
}

// Failure says why no usable response arrived. It is "" when one did.
type Failure string

// The failures a request can end with.
const (
	FailDNS       Failure = "dns"       // the name does not resolve
	FailRefused   Failure = "refused"   // connection refused or reset
	FailTimeout   Failure = "timeout"   // not open at 15 seconds, the law's line
	FailTLS       Failure = "tls"       // handshake failed, also with older settings
	FailGuard     Failure = "guard"     // the address may not be dialled
	FailLoop      Failure = "loop"      // redirect loop or chain too long
	FailScope     Failure = "scope"     // redirected out of what may be fetched
	FailRobots    Failure = "robots"    // robots.txt forbids it and the policy is to obey
	FailProtocol  Failure = "protocol"  // not HTTP, broken headers, a reset stream
	FailRatio     Failure = "ratio"     // decompression ratio over the cap
	FailParser    Failure = "parser"    // our reading of the page crashed
	FailCancelled Failure = "cancelled" // we stopped
)

// Unseen says whether the failure is ours or our policy's, so that nothing
// may be held against the site.
func (f Failure) Unseen() bool {
	switch f {
	case FailGuard, FailRobots, FailCancelled, FailScope, FailRatio, FailParser:
		return true
	}
	return false
}

// Hop is one redirect.
type Hop struct {
	URL    string `json:"url"`
	Status int    `json:"status"`
}

// Try is one attempt to get an answer.
type Try struct {
	At      time.Time `json:"at"`
	Status  int       `json:"status,omitempty"`
	Failure Failure   `json:"failure,omitempty"`
	Note    string    `json:"note,omitempty"` // e.g. "TLS 1.0", "plain HTTP"
}

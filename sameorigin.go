package govsweep

import "time"

// Published is one item of either side of a comparison of site and account
// 数据同源: an article of the site or a post of the account.
type Published struct {
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
	// At is when it was published; the zero time when nobody says.
	At      time.Time  `json:"at,omitzero"`
	DayOnly bool       `json:"day_only,omitempty"` // the time of day is not known
	Place   string     `json:"place,omitempty"`    // address of the column; key of the source
	Sketch  TextSketch `json:"sketch,omitzero"`
	Also    []string   `json:"also,omitempty"` // further addresses of the same item
}

// PairGround says what a pair of article and post rests on.
type PairGround string

// The grounds, the strongest first.
const (
	ByAddress   PairGround = "address"    // both are the same page
	ByTitle     PairGround = "title"      // the titles are the same
	ByText      PairGround = "text"       // the texts are nearly the same
	ByNearTitle PairGround = "near-title" // one title holds the other
)

// PairOrder says which side published first, by days.
type PairOrder string

// The orders.
const (
	SameDay      PairOrder = "same-day"
	SiteFirst    PairOrder = "site-first"
	AccountFirst PairOrder = "account-first"
	OrderUnknown PairOrder = "unknown" // a date is not known
)

// OriginPair is an article and a post that are one piece of information.
type OriginPair struct {
	Article Published  `json:"article"`
	Post    Published  `json:"post"`
	Ground  PairGround `json:"ground"`
	// Similarity is that of the titles, 0 to 1.
	Similarity float64 `json:"similarity"`
	// Distance is that of the texts (see TextSketch.Distance); -1 when a text
	// is not known.
	Distance int       `json:"distance"`
	Order    PairOrder `json:"order"`
	Days     int       `json:"days"` // from article to post, negative when the account was first
}

// OriginCount counts one month, or the whole of a comparison. An item is
// counted where its own day lies.
type OriginCount struct {
	Month        string `json:"month,omitempty"` // 2026-03; "" for the whole
	Articles     int    `json:"articles"`        // of the site, all
	Posts        int    `json:"posts"`           // of the account, all
	Paired       int    `json:"paired"`          // articles that are on the account too
	PairedPosts  int    `json:"paired_posts"`    // posts that are on the site too
	SameDay      int    `json:"same_day"`
	SiteFirst    int    `json:"site_first"`
	AccountFirst int    `json:"account_first"`
	ArticlesOnly int    `json:"articles_only"` // certainly not on the account
	PostsOnly    int    `json:"posts_only"`    // certainly not on the site
	ArticlesOpen int    `json:"articles_open"` // not found on the account, which was not read whole
	PostsOpen    int    `json:"posts_open"`    // not found on the site, which was not read whole
	Undated      int    `json:"undated"`       // articles without a date and without a post; in the whole only
}

// OpenItem is an item that was not found on the other side, where nobody may
// say that it is not there.
type OpenItem struct {
	Published
	Why string `json:"why"` // one Chinese sentence
}

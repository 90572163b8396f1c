// Package crawler fetches politely, keeps what came back and has no opinion.
//
// Every request ends as a Page, also the failed ones; never faster than the
// site's limit; never an address the guard forbids. No colly type leaves the
// room.
package crawler

import (
	"context"

	"github.com/govsweep/govsweep"
)

// A Fetcher turns one visit into one page. Any answer a server gives, and any
// failure to get one, is a page; err means the crawl itself cannot go on
// (the context ended). Fetchers are safe for many goroutines.
type Fetcher interface {
	Fetch(ctx context.Context, v govsweep.Visit) (*govsweep.Page, error)
}

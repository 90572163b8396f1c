package crawler

import (
	"context"

	"github.com/govsweep/govsweep/address"
)

// Turns gives turns at hosts beyond the limits of this process: where several
// processes, or several sites on the same servers, share one limit.
type Turns interface {
	// Turn waits until host may be asked once more. An error ends the crawl:
	// without the promise nothing is asked.
	Turn(ctx context.Context, host string) error
}

// shared waits for the turn that all processes share.
func (f *polite) shared(ctx context.Context, url string) error {
	if f.opts.Turns == nil {
		return nil
	}
	return f.opts.Turns.Turn(ctx, address.Host(url))
}

package crawler

import (
	"context"
	"time"

	"github.com/govsweep/govsweep/address"
)

// Turns gives turns at hosts beyond the limits of this process: where several
// processes, or several sites on the same servers, share one limit.
type Turns interface {
	// Turn waits until host may be asked once more; nobody else then has a
	// turn there for gap. An error ends the crawl: without the promise nothing
	// is asked.
	Turn(ctx context.Context, host string, gap time.Duration) error
}

// TakeTurn waits for the turn of a request to url that all processes share.
// Every request takes one right before it is sent, those of a crawl by
// themselves. Without Turns, and without a limit, there is nothing to wait for.
func (o Options) TakeTurn(ctx context.Context, url string) error {
	return o.turn(ctx, url, time.Duration(float64(time.Second)/or(max(o.Rate, 0), 2)))
}

func (o Options) turn(ctx context.Context, url string, gap time.Duration) error {
	if o.Turns == nil || o.Rate < 0 {
		return nil
	}
	return o.Turns.Turn(ctx, address.Host(url), gap)
}

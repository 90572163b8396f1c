package sweep

import (
	"context"
	"fmt"
	"time"

	"github.com/govsweep/govsweep"
)

// Batches are handed to storage when they are this large or this old: large
// enough to be cheap, young enough that a kill costs few fetches.
const (
	batchRecords = 200
	batchVisits  = 4000
	batchAge     = 400 * time.Millisecond
)

// flusher makes captures durable before the records that cite them.
type flusher interface{ Flush() error }

// committer collects what the workers of a run found and writes it in
// batches. One goroutine owns the set of seen addresses, so that an address
// is handed to storage once.
type committer struct {
	store Frontier
	run   govsweep.Run
	spool flusher // nil without evidence
	seen  *seen
	roles roles
	doubt *doubt
	tally *tally
	looks *looks
	focus *focus // of a re-test; nil follows every lead
	in    chan finished
	err   chan error  // the end of the goroutine; one value
	fail  func(error) // told at once when writing fails, so that nothing is fetched in vain
	batch govsweep.Batch
	fresh int         // addresses discovered since the last count
	done  func(n int) // told of every record written
}

// finished is one visit with what it leads to.
type finished struct {
	record govsweep.Record
	column string // the column the page's list belongs to
	leads  []lead
}

// start begins to take records; stop ends it. Between them put may be called
// from many goroutines.
func (c *committer) start(ctx context.Context, fail func(error)) {
	c.fail = fail
	c.in = make(chan finished, 64)
	c.err = make(chan error, 1)
	go func() { c.err <- c.loop(ctx) }()
}

// put hands over one finished visit. It waits while storage is slow: that is
// what keeps memory flat.
func (c *committer) put(f finished) { c.in <- f }

// stop waits until everything put is written.
func (c *committer) stop() error {
	close(c.in)
	return <-c.err
}

func (c *committer) loop(ctx context.Context) error {
	tick := time.NewTicker(batchAge)
	defer tick.Stop()
	var failed error
	for {
		select {
		case f, ok := <-c.in:
			if !ok {
				if failed == nil {
					failed = c.flush(ctx)
				}
				return failed
			}
			c.take(f)
			if len(c.batch.Records) < batchRecords && len(c.batch.Visits) < batchVisits {
				continue
			}
		case <-tick.C:
		}
		if failed != nil {
			c.batch = govsweep.Batch{} // keep draining so that no worker hangs
		} else if failed = c.flush(ctx); failed != nil {
			c.fail(failed)
		}
	}
}

func (c *committer) take(f finished) {
	c.batch.Records = append(c.batch.Records, f.record)
	c.doubt.note(&f.record)
	c.tally.add(&f.record)
	c.looks.note(&f.record)
	for _, l := range c.focus.pick(&f) {
		if rank, known := c.seen.rank(l.key); known && settled(rank, l.as) {
			continue
		}
		if v, follow := c.roles.visit(&f.record.Visit, f.column, l); follow {
			c.discover(v)
		}
	}
}

// discover queues an address unless it is known as well or better.
func (c *committer) discover(v govsweep.Visit) {
	fresh, better := c.seen.add(v.Key, v.Role.Rank(), spelling(v))
	if fresh {
		c.fresh++
	}
	if fresh || better {
		c.batch.Visits = append(c.batch.Visits, v)
	}
}

func (c *committer) flush(ctx context.Context) error {
	if len(c.batch.Records) == 0 && len(c.batch.Visits) == 0 {
		return nil
	}
	if c.spool != nil {
		if err := c.spool.Flush(); err != nil {
			return fmt.Errorf("flush captures: %w", err)
		}
	}
	// What was fetched is kept also when the user stops the run.
	write, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
	defer cancel()
	if err := c.store.Commit(write, c.run, c.batch); err != nil {
		return fmt.Errorf("commit pages: %w", err)
	}
	if c.done != nil {
		c.done(len(c.batch.Records))
	}
	c.batch.Records, c.batch.Visits = c.batch.Records[:0], c.batch.Visits[:0]
	return nil
}

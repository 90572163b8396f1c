package sweep

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/media"
)

// An errand is one source of one account to be read.
type errand struct {
	target  *govsweep.SweepTarget // nil outside a sweep
	account *govsweep.Account
	source  govsweep.MediaSource
}

// readAll reads the sources of every account that was not read in this sweep.
func (r *accountRun) readAll(ctx context.Context) error {
	var errands []errand
	left := map[govsweep.TargetID]int{}
	for i := range r.targets {
		t := &r.targets[i]
		if a := r.of[t.Target.ID]; a != nil && open(t) && t.Wave < read {
			for _, s := range a.Sources {
				errands = append(errands, errand{t, a, s})
			}
			left[t.Target.ID] = len(a.Sources)
		}
	}
	var mu sync.Mutex
	return r.runErrands(ctx, r.reader(), errands, func(e errand, _ *govsweep.Reading) error {
		mu.Lock()
		left[e.account.ID]--
		last := left[e.account.ID] == 0
		mu.Unlock()
		if !last {
			return nil
		}
		e.target.State, e.target.Wave, e.target.Note = govsweep.SweepRunning, read, ""
		if e.target.Began.IsZero() {
			e.target.Began = r.Now()
		}
		if err := r.Store.SaveSweepTarget(ctx, e.target); err != nil {
			return fmt.Errorf("keep that %s was read: %w", e.account.ID, err)
		}
		if r.Progress != nil {
			r.Progress(e.account.Target(), len(e.account.Sources))
		}
		return nil
	})
}

// reader gives the Reader of the run: what answers it gets goes into spools.
func (r *accountRun) reader() *media.Reader {
	m := *r.Reader
	m.Parsing = make(chan struct{}, runtime.GOMAXPROCS(0))
	if r.Evidence != nil {
		m.Capture, m.Again = r.capture, r.again
	}
	return &m
}

// Look reads every source of the accounts now, outside any sweep, keeps what
// it showed and tells each, never two at the same time.
func (in *Accounts) Look(ctx context.Context, accounts []govsweep.Account, tell func(*govsweep.Account, *govsweep.Reading)) error {
	var errands []errand
	for i := range accounts {
		for _, s := range accounts[i].Sources {
			errands = append(errands, errand{nil, &accounts[i], s})
		}
	}
	m := *in.Reader
	m.Parsing = make(chan struct{}, runtime.GOMAXPROCS(0))
	var mu sync.Mutex
	return in.runErrands(ctx, &m, errands, func(e errand, rd *govsweep.Reading) error {
		mu.Lock()
		defer mu.Unlock()
		tell(e.account, rd)
		return nil
	})
}

// runErrands runs errands host by host: many hosts beside each other, so that
// a slow one holds up nobody else, and no more answers at a time than memory
// has room for. Each host's own limits are the crawler's.
func (in *Accounts) runErrands(ctx context.Context, m *media.Reader, errands []errand, done func(errand, *govsweep.Reading) error) error {
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	var order []string
	byHost := map[string][]errand{}
	for _, e := range errands {
		h := m.Host(e.account, e.source)
		if byHost[h] == nil {
			order = append(order, h)
		}
		byHost[h] = append(byHost[h], e)
	}
	room := make(chan struct{}, max(or(in.AtOnce, 32), 1))
	var group sync.WaitGroup
	for _, h := range order {
		next := make(chan errand, len(byHost[h]))
		for _, e := range byHost[h] {
			next <- e
		}
		close(next)
		for range min(max(or(in.PerHost, 2), 1), len(byHost[h])) {
			group.Go(func() {
				for e := range next {
					select {
					case room <- struct{}{}:
					case <-ctx.Done():
						return
					}
					rd, err := in.readOne(ctx, m, e)
					<-room
					if err == nil {
						err = done(e, rd)
					}
					if err != nil {
						stop(err)
						return
					}
				}
			})
		}
	}
	group.Wait()
	return context.Cause(ctx)
}

// readOne reads one source and keeps what it showed.
func (in *Accounts) readOne(ctx context.Context, m *media.Reader, e errand) (rd *govsweep.Reading, err error) {
	before, err := in.Store.LastReading(ctx, e.account.ID, e.source)
	if err != nil {
		return nil, fmt.Errorf("last reading of %s: %w", e.account.ID, err)
	}
	got, posts, err := readSafely(ctx, m, e, before)
	if err != nil {
		return nil, errors.Join(err, ctx.Err())
	}
	if ctx.Err() != nil {
		return nil, ctx.Err() // a look that was cut short says nothing of its source
	}
	if err := in.Store.SaveReading(ctx, e.account.ID, &got, posts); err != nil {
		return nil, fmt.Errorf("keep a reading of %s: %w", e.account.ID, err)
	}
	return &got, nil
}

// readSafely turns a crash of a parser into a source that could not be read:
// one poisonous feed must not end a sweep.
func readSafely(ctx context.Context, m *media.Reader, e errand, before *govsweep.Reading) (rd govsweep.Reading, posts []govsweep.Post, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			rd = govsweep.Reading{Source: e.source, At: m.Now(), Health: govsweep.SourceMalformed, Why: "来源内容异常，程序无法解析。"}
			if before != nil {
				rd.Alive = before.Alive
			}
			posts, err = nil, nil
		}
	}()
	return m.Read(ctx, e.account, e.source, before)
}

// freshEnough is how new the newest item of a reading must be for the next
// look to ask only for what is new: no finding of silence can rest on it.
const freshEnough = 3 * 24 * time.Hour

// again lets a source be asked for what is new alone when its last answer is
// kept, or no proof will be asked of it: of a closed account a fresh item is
// the fault itself.
func (r *accountRun) again(a *govsweep.Account, before *govsweep.Reading) bool {
	if d, err := govsweep.ParseDigest(before.Digest); err == nil && r.Evidence.Has(d) {
		return true
	}
	return !r.prove && a.State != govsweep.AccountClosed && before.Newest.After(r.sweep.AsOf.Add(-freshEnough))
}

func or(n, fallback int) int {
	if n == 0 {
		return fallback
	}
	return n
}

package sweep

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/facts"
	"github.com/govsweep/govsweep/rules"
)

// AccountStore is what a sweep over accounts 政务新媒体 keeps.
type AccountStore interface {
	Book
	// AllAccounts gives the whole register, in order of id.
	AllAccounts(ctx context.Context) ([]govsweep.Account, error)
	// SaveReading keeps one look at one source with the posts it showed, in one transaction.
	SaveReading(ctx context.Context, account govsweep.TargetID, rd *govsweep.Reading, posts []govsweep.Post) error
	// LastReading gives the newest look at one source; nil when there is none.
	LastReading(ctx context.Context, account govsweep.TargetID, s govsweep.MediaSource) (*govsweep.Reading, error)
	// Readings gives the looks from since on, the oldest first.
	Readings(ctx context.Context, account govsweep.TargetID, since time.Time) ([]govsweep.Reading, error)
	// Posts gives the posts from since on, the oldest first.
	Posts(ctx context.Context, account govsweep.TargetID, since time.Time) ([]govsweep.Post, error)
	SaveCaptures(ctx context.Context, captures []govsweep.Capture) error
	// Checks gives what persons answered about an account up to a day.
	Checks(ctx context.Context, target govsweep.TargetID, until string) ([]govsweep.CheckAnswer, error)
	// ReprintSources gives the list 稿源名单; none when there is no list.
	ReprintSources(ctx context.Context) ([]govsweep.ReprintSource, error)
}

// Accounts sweeps accounts: their sources are read, hosts beside each other
// and each within its limits, then what all sources say is judged. Its fields
// are set once and then only read.
type Accounts struct {
	Store      AccountStore
	Reader     *media.Reader   // nil: no source is asked, what is known is judged
	Evidence   *evidence.Store // nil: answers are not kept, and no finding cites one
	Rules      *rules.Rulebook
	Indicators []*rules.Indicator
	AtOnce     int // answers that are read at the same time over all hosts; 0 = 32
	PerHost    int // of them from one host; 0 = 2
	// Fence is that of the tenure the sweep is worked on under: what is read
	// goes into files of its own, which a process that has lost the sweep and
	// does not know cannot spoil. Store refuses what it writes.
	Fence int64
	Now   func() time.Time
	// Sync compares an account with the site of its unit; nil: nothing is
	// compared. It is asked from many goroutines.
	Sync func(ctx context.Context, a *govsweep.Account, readings []govsweep.Reading, posts []govsweep.Post) (*facts.AccountSync, error)
	// Progress is told of every source read, from many goroutines; may be nil.
	Progress func(t govsweep.Target, sources int)
}

// read is the wave of a target whose sources have all been read in its sweep.
const read = 1

// Run takes every account of a sweep that is not finished to its verdict and
// tells each as it ends, never two at the same time. Killed at any moment it
// may be run again: accounts whose sources were all read are not asked again,
// accounts that were judged stay as they are. A sweep that a person has
// cancelled is a Conflict; one that another process has taken over too, with
// ErrLeaseLost. err means that the sweep itself could not go on.
func (in *Accounts) Run(ctx context.Context, s *govsweep.Sweep, tell func(Result)) error {
	if err := in.Store.ReopenSweep(ctx, s.ID); err != nil {
		return fmt.Errorf("begin sweep %d: %w", s.ID, err)
	}
	targets, err := in.Store.SweepTargets(ctx, s.ID)
	if err != nil {
		return fmt.Errorf("targets of sweep %d: %w", s.ID, err)
	}
	all, err := in.Store.AllAccounts(ctx)
	if err != nil {
		return fmt.Errorf("accounts of sweep %d: %w", s.ID, err)
	}
	r := &accountRun{Accounts: in, sweep: s, targets: targets, all: all, of: map[govsweep.TargetID]*govsweep.Account{}, tell: tell}
	for i := range all {
		r.of[all[i].ID] = &all[i]
	}
	if err := errors.Join(r.run(ctx), ctx.Err()); err != nil {
		return err
	}
	_, err = in.Store.EndSweep(ctx, s.ID, in.Now()) // one that was cancelled meanwhile stays so
	if err = errors.Join(err, r.dropAll()); err != nil {
		return fmt.Errorf("end sweep %d: %w", s.ID, err)
	}
	now, err := in.Store.Sweep(ctx, s.ID)
	if err != nil {
		return fmt.Errorf("end sweep %d: %w", s.ID, err)
	}
	s.State, s.Ended = now.State, now.Ended
	return nil
}

// accountRun is one run of one sweep.
type accountRun struct {
	*Accounts
	sweep   *govsweep.Sweep
	targets []govsweep.SweepTarget
	all     []govsweep.Account // the register
	of      map[govsweep.TargetID]*govsweep.Account
	prove   bool       // whatever is read must be held: a re-test rests on it
	mu      sync.Mutex // guards tell
	tell    func(Result)
}

func (r *accountRun) run(ctx context.Context) error {
	if r.Reader != nil {
		if err := r.readAll(ctx); err != nil {
			return err
		}
	}
	if gone, err := r.cancelled(ctx); gone || err != nil {
		return err
	}
	return r.judgeAll(ctx)
}

// cancelled says whether a person has cancelled the sweep meanwhile.
func (r *accountRun) cancelled(ctx context.Context) (bool, error) {
	now, err := r.Store.Sweep(ctx, r.sweep.ID)
	if err != nil {
		return false, fmt.Errorf("state of sweep %d: %w", r.sweep.ID, err)
	}
	return now.State == govsweep.SweepCancelled, nil
}

// open says whether a target is still to be judged; one that failed is tried again.
func open(t *govsweep.SweepTarget) bool {
	return t.State != govsweep.SweepDone && t.State != govsweep.SweepCancelled
}

// end tells how a target ended.
func (r *accountRun) end(res Result) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.tell(res)
}

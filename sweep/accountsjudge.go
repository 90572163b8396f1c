package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/facts"
)

// judgeAll judges every account that was not judged yet, several at the same
// time: one dossier for each is in memory.
func (r *accountRun) judgeAll(ctx context.Context) error {
	exemptions, err := r.Store.Exemptions(ctx)
	if err != nil {
		return fmt.Errorf("exemptions: %w", err)
	}
	relations, err := r.relations(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	work := make(chan *govsweep.SweepTarget)
	var group sync.WaitGroup
	for range max(runtime.GOMAXPROCS(0), 2) {
		group.Go(func() {
			for t := range work {
				if err := r.one(ctx, t, relations, exemptions); err != nil {
					stop(err)
				}
			}
		})
	}
	err = r.hand(ctx, work)
	close(work)
	group.Wait()
	return errors.Join(err, context.Cause(ctx))
}

// hand hands out the targets and stops when a person cancels the sweep.
func (r *accountRun) hand(ctx context.Context, work chan<- *govsweep.SweepTarget) error {
	for i := range r.targets {
		t := &r.targets[i]
		if !open(t) {
			continue
		}
		if i%64 == 0 {
			if gone, err := r.cancelled(ctx); gone || err != nil {
				return err // Run asks for the state again and tells it
			}
		}
		select {
		case work <- t:
		case <-ctx.Done():
			return nil // the cause is reported by judgeAll
		}
	}
	return nil
}

// relations gathers what accounts prove of the services behind their
// sources. Only looks of the last days can: those of the whole register count.
func (r *accountRun) relations(ctx context.Context) (*facts.Relations, error) {
	out := facts.NewRelations(r.all)
	list, err := r.Store.ReprintSources(ctx)
	if err != nil {
		return nil, fmt.Errorf("reprint sources: %w", err)
	}
	out.ReprintSources(list)
	for i := range r.all {
		readings, err := r.Store.Readings(ctx, r.all[i].ID, facts.FreshSince(r.sweep.AsOf))
		if err != nil {
			return nil, fmt.Errorf("readings of %s: %w", r.all[i].ID, err)
		}
		out.See(&r.all[i], readings, r.sweep.AsOf)
	}
	return out, nil
}

// one judges one account and records a failure of ours against it. Its error
// is one of storage or of the disk: the sweep cannot go on.
func (r *accountRun) one(ctx context.Context, t *govsweep.SweepTarget, relations *facts.Relations, exemptions []govsweep.Exemption) error {
	if ctx.Err() != nil {
		return nil
	}
	res, err := r.judgeSafely(ctx, t, relations, exemptions)
	if ctx.Err() != nil && err != nil {
		return nil // stopped: the account is judged on resume
	}
	if errors.Is(err, govsweep.ErrDisk) && !errors.Is(err, errStopped) {
		return r.stopped(err)
	}
	if errors.Is(err, errStopped) || errors.Is(err, govsweep.ErrLeaseLost) || unavailable(err) {
		return err
	}
	if err != nil {
		t.State, t.Note, t.Ended = govsweep.SweepFailed, noteOf(err), r.Now()
		if err := r.Store.SaveSweepTarget(ctx, t); err != nil {
			return fmt.Errorf("record the failure of %s: %w", t.Target.ID, err)
		}
	}
	r.end(Result{Target: *t, Inspection: res, Err: err})
	return nil
}

func (r *accountRun) judgeSafely(ctx context.Context, t *govsweep.SweepTarget, relations *facts.Relations, exemptions []govsweep.Exemption) (res *govsweep.Inspection, err error) {
	defer func() {
		if crash := recover(); crash != nil {
			err = &govsweep.Error{Kind: govsweep.Internal, Say: "检查该账号时程序出错，未能完成", Err: fmt.Errorf("crash: %v", crash)}
		}
	}()
	a := r.of[t.Target.ID]
	if a == nil {
		return nil, &govsweep.Error{Kind: govsweep.NotFound, Say: fmt.Sprintf("账号“%s”已不在名录中", t.Target.Name)}
	}
	d, err := r.fold(ctx, a)
	if err != nil {
		return nil, err
	}
	relations.Relate(d)
	d.Coverage.Sweep = r.sweep.ID
	if res, err = r.settle(ctx, d, exemptions); err != nil {
		return nil, err
	}
	t.State = govsweep.SweepDone
	if err := r.drop(a); err != nil {
		return res, r.stopped(err)
	}
	return res, nil
}

// fold gathers what the sources said within a year. Older posts are read only
// where they are asked for: the newest of an account long silent, and those
// behind the day of closing.
func (r *accountRun) fold(ctx context.Context, a *govsweep.Account) (*facts.Dossier, error) {
	since := r.sweep.AsOf.AddDate(-1, 0, -1)
	readings, err := r.Store.Readings(ctx, a.ID, since)
	if err != nil {
		return nil, fmt.Errorf("readings of %s: %w", a.ID, err)
	}
	from := since
	if closed, err := govsweep.ParseDate(a.Closed); err == nil && closed.Before(from) {
		from = closed
	}
	posts, err := r.Store.Posts(ctx, a.ID, from)
	if err == nil && (len(posts) == 0 || posts[0].At.After(r.sweep.AsOf)) {
		posts, err = r.Store.Posts(ctx, a.ID, time.Time{})
	}
	if err != nil {
		return nil, fmt.Errorf("posts of %s: %w", a.ID, err)
	}
	answers, err := r.Store.Checks(ctx, a.ID, govsweep.DateOf(r.sweep.AsOf))
	if err != nil {
		return nil, fmt.Errorf("answers about %s: %w", a.ID, err)
	}
	d := facts.FoldAccount(*a, r.sweep.AsOf, readings, posts)
	d.AddChecks(answers)
	if r.Sync != nil {
		if d.Account.Sync, err = r.Sync(ctx, a, readings, posts); err != nil {
			return nil, fmt.Errorf("compare %s with its site: %w", a.ID, err)
		}
	}
	return d, nil
}

// settle judges, keeps the answers and writes the result with what it moves.
// When a person moved a finding meanwhile, all of it is done again.
func (r *accountRun) settle(ctx context.Context, d *facts.Dossier, exemptions []govsweep.Exemption) (*govsweep.Inspection, error) {
	raw, err := json.Marshal(d)
	if err != nil {
		return nil, fmt.Errorf("write the dossier of %s: %w", d.Site.ID, err)
	}
	answers := proof(d)
	for try := 1; ; try++ {
		standings, err := r.Store.Standings(ctx, d.Site.ID)
		if err != nil {
			return nil, fmt.Errorf("findings of %s: %w", d.Site.ID, err)
		}
		// The places of an account are its sources; whether they were read is
		// what its indicators say themselves.
		res, moves := JudgeKnowing(d, r.Rules, r.Indicators, r.sweep, Known{At: r.sweep.Started.Truncate(time.Millisecond), Standings: standings,
			Exemptions: exemptions, Read: func(string) bool { return true }, Proof: func(string) []govsweep.Evidence { return answers }})
		if err := r.keep(ctx, d, res, moves); err != nil {
			return nil, err
		}
		res.Ended = r.Now()
		err = r.Store.SaveInspection(ctx, res, raw, moves)
		switch {
		case err == nil:
			return res, nil
		case govsweep.KindOf(err) != govsweep.Conflict || errors.Is(err, govsweep.ErrLeaseLost) || try == mostTries:
			return nil, fmt.Errorf("keep the result of %s: %w", d.Site.ID, err)
		}
	}
}

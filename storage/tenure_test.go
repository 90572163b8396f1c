package storage_test

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/storage"
)

func take(t testing.TB, db *storage.DB, name, owner string, now time.Time) *storage.Tenure {
	t.Helper()
	got, err := db.Take(t.Context(), name, owner, now, ttl)
	must(t, err)
	return got
}

func TestWorkIsDoneByOneProcessAndTakenOverWhenItsTenureHasRunOut(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		first := take(t, db, "账号检查", "甲", noon)
		if first == nil || first.Fence != 1 || !first.Until.Equal(noon.Add(ttl)) {
			t.Fatalf("taken: %+v", first)
		}
		if other := take(t, db, "别的工作", "乙", noon); other == nil || other.Fence != 1 {
			t.Errorf("other work: %+v", other)
		}
		must(t, db.Prolong(ctx, first, noon.Add(ttl/2)))
		if l := take(t, db, "账号检查", "乙", noon.Add(ttl)); l != nil {
			t.Errorf("taken though it was extended: %+v", l)
		}
		if at, err := db.TenureOf(ctx, "账号检查", noon.Add(ttl)); err != nil || at == nil || at.Owner != "甲" {
			t.Errorf("at work: %+v, %v", at, err)
		}
		second := take(t, db, "账号检查", "乙", first.Until)
		if second == nil || second.Fence != 2 {
			t.Fatalf("taken over: %+v", second)
		}
		if err := db.Prolong(ctx, first, noon); !errors.Is(err, govsweep.ErrLeaseLost) || govsweep.KindOf(err) != govsweep.Conflict {
			t.Errorf("the stale one prolongs: %v", err)
		}
		must(t, db.GiveBack(ctx, *first))
		must(t, db.Expire(ctx, *first))
		if l := take(t, db, "账号检查", "丙", noon.Add(ttl+ttl/2)); l != nil {
			t.Errorf("the stale one gave back what another has: %+v", l)
		}
		must(t, db.GiveBack(ctx, *second))
		if at, err := db.TenureOf(ctx, "账号检查", noon); err != nil || at != nil {
			t.Errorf("at work after it was given back: %+v, %v", at, err)
		}
		third := take(t, db, "账号检查", "丙", noon)
		if third == nil || third.Fence != 2 {
			t.Fatalf("after it was given back: %+v", third)
		}
		must(t, db.Expire(ctx, *third)) // it was killed
		if l := take(t, db, "账号检查", "丁", noon); l == nil || l.Fence != 3 {
			t.Errorf("after the owner died: %+v", l)
		}
	})
}

func TestWorkIsTakenByOneOfManyAtTheSameTime(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		var all sync.WaitGroup
		got := make([]*storage.Tenure, 8)
		for i := range got {
			mine := open(t, dsn) // each as another process would
			all.Go(func() {
				var err error
				if got[i], err = mine.Take(context.Background(), "账号检查", string(rune('a'+i)), time.Time{}, ttl); err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		n := 0
		for _, l := range got {
			if l != nil {
				n++
			}
		}
		if n != 1 {
			t.Errorf("taken by %d", n)
		}
	})
}

// Whatever is written under a tenure is refused once the work was taken over;
// what was written before stands.
func TestNothingIsWrittenUnderATenureThatWasTakenOver(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		a := govsweep.Account{ID: "weixin-1", Media: govsweep.WeChat, Number: "1", Name: "某某发布", State: govsweep.AccountRunning}
		must(t, db.SaveAccounts(ctx, []govsweep.Account{a}))
		s := &govsweep.Sweep{Kind: govsweep.AccountSweep, AsOf: noon, Started: noon, State: govsweep.SweepRunning}
		must(t, db.CreateSweep(ctx, s, []govsweep.Target{a.Target()}))
		site := a.Site()
		writes := map[string]func(db *storage.DB) error{
			"a reading": func(db *storage.DB) error {
				return db.SaveReading(ctx, a.ID, &govsweep.Reading{At: noon, Health: govsweep.SourceWorking, URL: "https://a.gov.cn/"}, []govsweep.Post{{Title: "甲", At: noon}})
			},
			"captures": func(db *storage.DB) error {
				return db.SaveCaptures(ctx, []govsweep.Capture{{URL: "https://a.gov.cn/", Kind: govsweep.ResponseCapture, At: noon, Sweep: s.ID, Target: a.ID}})
			},
			"how far a target is": func(db *storage.DB) error {
				return db.SaveSweepTarget(ctx, &govsweep.SweepTarget{Sweep: s.ID, Target: a.Target(), State: govsweep.SweepFailed, Note: "旧"})
			},
			"outcomes and findings": func(db *storage.DB) error {
				in := &govsweep.Inspection{Sweep: *s, Site: site, Verdict: govsweep.Verdict{Grade: govsweep.Undecided},
					Outcomes: []govsweep.Outcome{{Indicator: "account.silent", Status: govsweep.Passed}}}
				return db.SaveInspection(ctx, in, []byte("{}"), nil)
			},
			"visits of a series": func(db *storage.DB) error {
				return db.SaveProbes(ctx, []govsweep.ProbeVisit{{Target: site.ID, Series: govsweep.Availability, At: noon, Result: govsweep.ProbeOpened}})
			},
			"a report of IPv6":               func(db *storage.DB) error { return db.SaveIPv6(ctx, &govsweep.IPv6Report{Target: site.ID, At: noon}) },
			"that failed targets wait again": func(db *storage.DB) error { return db.ReopenSweep(ctx, s.ID) },
			"the end of the sweep":           func(db *storage.DB) error { _, err := db.EndSweep(ctx, s.ID, noon); return err },
		}
		stale := take(t, db, "sweep", "甲", noon)
		late := open(t, dsn).Under(*stale)
		must(t, writes["a reading"](late))
		ours := take(t, db, "sweep", "乙", stale.Until)
		for what, write := range writes {
			if err := write(late); !errors.Is(err, govsweep.ErrLeaseLost) || govsweep.KindOf(err) != govsweep.Conflict {
				t.Errorf("%s of the stale one: %v", what, err)
			}
		}
		if got, err := db.SweepTargets(ctx, s.ID); err != nil || got[0].State != govsweep.SweepWaiting {
			t.Errorf("the target: %+v, %v", got, err)
		}
		if all, err := late.Readings(ctx, a.ID, time.Time{}); err != nil || len(all) != 1 {
			t.Errorf("the stale one reads %d readings, %v", len(all), err)
		}
		fenced := db.Under(*ours)
		for what, write := range writes {
			if what != "how far a target is" { // it would fail the target
				if err := write(fenced); err != nil {
					t.Errorf("%s of who has the work: %v", what, err)
				}
			}
		}
		must(t, db.GiveBack(ctx, *ours))
		if err := writes["a reading"](fenced); !errors.Is(err, govsweep.ErrLeaseLost) {
			t.Errorf("written after it was given back: %v", err)
		}
	})
}

// A write under way keeps the work from being taken over until it has ended:
// there is no moment between the look at the fence and the write.
func TestWorkIsNotTakenOverInTheMiddleOfAWrite(t *testing.T) {
	onBoth(t, func(t *testing.T, dsn string) {
		db, ctx := open(t, dsn), t.Context()
		stale := take(t, db, "sweep", "甲", noon)
		inside, goOn, written := make(chan struct{}), make(chan struct{}), make(chan error, 1)
		go func() {
			written <- db.Under(*stale).InTransaction(ctx, func() { close(inside); <-goOn })
		}()
		<-inside
		taken := make(chan *storage.Tenure, 1)
		other := open(t, dsn)
		go func() {
			l, err := other.Take(context.Background(), "sweep", "乙", stale.Until, ttl)
			if err != nil {
				t.Error(err)
			}
			taken <- l
		}()
		select {
		case l := <-taken:
			t.Errorf("taken over in the middle of a write: %+v", l)
			close(goOn)
		case <-time.After(100 * time.Millisecond): // it waits
			close(goOn)
			if l := <-taken; l == nil || l.Fence != 2 {
				t.Errorf("afterwards: %+v", l)
			}
		}
		if err := <-written; err != nil {
			t.Error(err)
		}
	})
}

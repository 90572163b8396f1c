package sweep_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/crawler/media"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// press serves the feeds of made-up accounts from several hosts and counts
// who was asked for what. Of every host the first account is a control
// account; of the others each fourth is silent and each seventh is refused.
type press struct {
	hosts    []*httptest.Server
	accounts []govsweep.Account
	answers  atomic.Int64
	after    func(n int64) // told of every answer; may be nil
	mu       sync.Mutex
	asked    map[string]int
}

func newPress(t testing.TB, hosts, accounts int) *press {
	t.Helper()
	p := &press{asked: map[string]int{}}
	for range hosts {
		srv := httptest.NewServer(http.HandlerFunc(p.serve))
		t.Cleanup(srv.Close)
		p.hosts = append(p.hosts, srv)
	}
	for i := range accounts {
		n := fmt.Sprint(i)
		p.accounts = append(p.accounts, govsweep.Account{
			ID: govsweep.AccountKey(govsweep.WeChat, n, ""), Media: govsweep.WeChat, Number: n, Name: "某某发布" + n, Host: "某某局" + n, Certified: "某某局" + n,
			Filing: govsweep.Filed, URL: "https://mp.example/" + n, Control: i < hosts,
			Sources: []govsweep.MediaSource{{Kind: govsweep.FeedSource, Address: p.hosts[i%hosts].URL + "/feed/" + n}},
		})
	}
	return p
}

func (p *press) serve(w http.ResponseWriter, r *http.Request) {
	defer func() {
		n := p.answers.Add(1)
		p.mu.Lock()
		after := p.after
		p.mu.Unlock()
		if after != nil {
			after(n)
		}
	}()
	var i int
	if _, err := fmt.Sscanf(r.URL.Path, "/feed/%d", &i); err != nil {
		http.NotFound(w, r)
		return
	}
	p.mu.Lock()
	p.asked[r.URL.Path]++
	p.mu.Unlock()
	if i >= len(p.hosts) && i%7 == 3 {
		http.Error(w, "", http.StatusForbidden)
		return
	}
	first := 1
	if i >= len(p.hosts) && i%4 == 1 {
		first = 20
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<rss version="2.0"><channel><title>某某发布%d</title>`, i)
	for day := first; day < 60; day += 4 {
		fmt.Fprintf(&b, "<item><title>第%d天的信息</title><link>https://mp.example/%d/%d</link><pubDate>%s</pubDate></item>", day, i, day, asOf.AddDate(0, 0, -day).Format(time.RFC1123Z))
	}
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprint(w, b.String()+"</channel></rss>")
}

// tell has every further answer told.
func (p *press) tell(after func(n int64)) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.after = after
}

// count says how often a feed was asked for.
func (p *press) count(path string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked[path]
}

// silent counts the accounts that are proven silent.
func (p *press) silent() (n int) {
	for i := range p.accounts {
		if i >= len(p.hosts) && i%4 == 1 && i%7 != 3 {
			n++
		}
	}
	return n
}

// newsroom makes the sweep over the accounts of a press.
func (w *world) newsroom(p *press) *sweep.Accounts {
	w.t.Helper()
	must(w.t, w.db.SaveAccounts(w.ctx, p.accounts))
	return &sweep.Accounts{Store: w.db, Reader: &media.Reader{Fetch: w.in.Stack, Now: func() time.Time { return asOf }}, Evidence: w.in.Evidence,
		Rules: w.in.Rules, Indicators: w.in.Indicators, Now: time.Now}
}

func (w *world) accountSweep(p *press) *govsweep.Sweep {
	w.t.Helper()
	s := &govsweep.Sweep{Kind: govsweep.AccountSweep, Rulebook: w.in.Rules.ID, AsOf: asOf, Started: time.Now(), State: govsweep.SweepRunning}
	var targets []govsweep.Target
	for i := range p.accounts {
		targets = append(targets, p.accounts[i].Target())
	}
	must(w.t, w.db.CreateSweep(w.ctx, s, targets))
	return s
}

func newsWorld(t testing.TB) *world {
	return newWorld(t, sqlite(t), crawler.Options{Clock: func() time.Time { return asOf }})
}

func count(t testing.TB, into map[govsweep.Grade]int) func(sweep.Result) {
	return func(r sweep.Result) {
		must(t, r.Err)
		into[r.Inspection.Verdict.Grade]++
	}
}

func TestAccountsOfManyHostsAreJudgedAndTheAnswersKept(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 5, 60), newsWorld(t)
	in, s, grades := w.newsroom(p), w.accountSweep(p), map[govsweep.Grade]int{}
	must(t, in.Run(w.ctx, s, count(t, grades)))
	if grades[govsweep.Unqualified] != p.silent() || grades[govsweep.Unqualified] < 5 {
		t.Errorf("%v, want %d unqualified", grades, p.silent())
	}
	found := w.findings(s)
	if len(found) != p.silent() {
		t.Fatalf("%d findings, want %d", len(found), p.silent())
	}
	for _, f := range found {
		if len(f.Evidence) != 1 {
			t.Fatalf("%s cites %v", f.Target.ID, f.Evidence)
		}
		d, err := govsweep.ParseDigest(f.Evidence[0].Digest)
		must(t, err)
		body, err := w.in.Evidence.Get(d)
		must(t, err)
		c, err := w.db.Capture(w.ctx, d)
		must(t, err)
		if !strings.Contains(string(body), f.Target.Name) || c.URL != f.Evidence[0].URL || c.MediaType != "application/rss+xml" || c.Length != int64(len(body)) {
			t.Errorf("%s: capture %+v", f.Target.ID, c)
		}
	}
	w.noSpools()
	if after, err := w.db.Sweep(w.ctx, s.ID); err != nil || after.State != govsweep.SweepDone || after.Ended.IsZero() {
		t.Errorf("%+v %v", after, err)
	}
}

// noSpools says that nothing of a run was left behind.
func (w *world) noSpools() {
	w.t.Helper()
	left, err := filepath.Glob(filepath.Join(w.kept, "spool", "*"))
	must(w.t, err)
	if len(left) > 0 {
		w.t.Errorf("%d spools are left", len(left))
	}
}

func TestTheSameAccountsTwiceMoveNothing(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 3, 40), newsWorld(t)
	in, grades := w.newsroom(p), map[govsweep.Grade]int{}
	one := w.accountSweep(p)
	must(t, in.Run(w.ctx, one, count(t, grades)))
	two := w.accountSweep(p)
	must(t, in.Run(w.ctx, two, count(t, grades)))
	first, second := w.findings(one), w.findings(two)
	if d := cmp.Diff(first, second); d != "" || len(first) == 0 {
		t.Errorf("%d findings (-first +second):\n%s", len(first), d)
	}
	moves, err := w.db.TransitionsBetween(w.ctx, storage.TransitionFilter{})
	must(t, err)
	if len(moves) > 0 {
		t.Errorf("%d transitions, want none: %+v", len(moves), moves[0])
	}
}

// accountCut stops the process at the nth write, as a kill would.
type accountCut struct {
	*storage.DB
	mu   sync.Mutex
	left int
	stop context.CancelFunc
}

func (c *accountCut) at(call func() error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.left--; c.left == 0 {
		c.stop()
	}
	if c.left <= 0 {
		return context.Canceled
	}
	return call()
}

func (c *accountCut) SaveReading(ctx context.Context, a govsweep.TargetID, rd *govsweep.Reading, posts []govsweep.Post) error {
	return c.at(func() error { return c.DB.SaveReading(ctx, a, rd, posts) })
}

func (c *accountCut) SaveSweepTarget(ctx context.Context, t *govsweep.SweepTarget) error {
	return c.at(func() error { return c.DB.SaveSweepTarget(ctx, t) })
}

func (c *accountCut) SaveCaptures(ctx context.Context, captures []govsweep.Capture) error {
	return c.at(func() error { return c.DB.SaveCaptures(ctx, captures) })
}

func (c *accountCut) SaveInspection(ctx context.Context, in *govsweep.Inspection, dossier []byte, moves []govsweep.Transition) error {
	return c.at(func() error { return c.DB.SaveInspection(ctx, in, dossier, moves) })
}

// TestAKilledAccountSweepGoesOnAndEndsTheSame stops a sweep at each write in
// turn, at answers between them, and goes on each time.
func TestAKilledAccountSweepGoesOnAndEndsTheSame(t *testing.T) {
	t.Parallel()
	p := newPress(t, 3, 20)
	calm := newsWorld(t)
	undisturbed := calm.accountSweep(p)
	must(t, calm.newsroom(p).Run(calm.ctx, undisturbed, count(t, map[govsweep.Grade]int{})))
	want := calm.findings(undisturbed)

	w := newsWorld(t)
	in := w.newsroom(p)
	s := w.accountSweep(p)
	kills, told, read := 0, map[govsweep.TargetID]int{}, map[string]int{}
	for ; kills < 100; kills++ {
		ctx, stop := context.WithCancel(w.ctx)
		in.Store = &accountCut{DB: w.db, left: 3 + kills%6, stop: stop}
		if kills%3 == 2 {
			n := p.answers.Load()
			p.tell(func(now int64) {
				if now == n+2 {
					stop()
				}
			})
		}
		again, err := w.db.Sweep(w.ctx, s.ID)
		must(t, err)
		err = in.Run(ctx, again, func(r sweep.Result) {
			if r.Err == nil {
				told[r.Target.Target.ID]++
			}
		})
		stop()
		if err == nil {
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		if now, err := w.db.Sweep(w.ctx, s.ID); err != nil || now.State != govsweep.SweepRunning {
			t.Fatalf("after a kill: %+v %v", now, err)
		}
		targets, err := w.db.SweepTargets(w.ctx, s.ID)
		must(t, err)
		for i, target := range targets {
			path := "/feed/" + p.accounts[i].Number
			if _, known := read[path]; !known && target.Wave > 0 {
				read[path] = p.count(path)
			}
		}
	}
	if kills < 10 || kills == 100 {
		t.Fatalf("%d kills: the test kills at the wrong moments", kills)
	}
	if d := cmp.Diff(want, w.findings(s), cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".FirstSeen" || p.Last().String() == ".URL" }, cmp.Ignore())); d != "" {
		t.Errorf("findings differ after %d kills (-calm +killed):\n%s", kills, d)
	}
	for id, n := range told {
		if n != 1 {
			t.Errorf("%s was judged %d times", id, n)
		}
	}
	for path, n := range read {
		if again := p.count(path); again != n {
			t.Errorf("%s was asked again after it was read: %d times, then %d", path, n, again)
		}
	}
	w.noSpools()
	t.Logf("%d kills: %d findings, the same as without", kills, len(want))
}

// Two accounts of one unit: a sweep over the second alone shows it there, and
// a later sweep over both adds that of the first and moves nothing.
func TestASweepThatLeavesOutTheFirstAccountOfAUnitShowsItAtTheSecond(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 1, 2), newsWorld(t)
	p.accounts[1].Host = p.accounts[0].Host
	in := w.newsroom(p)
	found := func(accounts []govsweep.Account) (at []govsweep.TargetID) {
		var mu sync.Mutex
		must(t, in.Run(w.ctx, w.accountSweep(&press{hosts: p.hosts, accounts: accounts}), func(r sweep.Result) {
			mu.Lock()
			defer mu.Unlock()
			for _, o := range r.Inspection.Outcomes {
				if o.Indicator == "account-duplicate" && o.Status == govsweep.Found {
					at = append(at, r.Target.Target.ID)
				}
			}
		}))
		return at
	}
	second := p.accounts[1].ID
	if at := found(p.accounts[1:]); len(at) != 1 || at[0] != second {
		t.Errorf("found at %v, want at the second", at)
	}
	if at := found(p.accounts); len(at) != 2 {
		t.Errorf("found at %v, want at both", at)
	}
	standings, err := w.db.Standings(w.ctx, second)
	must(t, err)
	standings = slices.DeleteFunc(standings, func(s govsweep.Standing) bool { return s.Indicator != "account-duplicate" })
	if len(standings) != 1 || standings[0].Status != govsweep.Proposed {
		t.Errorf("the finding of the second: %+v", standings)
	}
}

func TestASlowHostHoldsUpNobodyElse(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 4, 48), newsWorld(t)
	free := make(chan struct{})
	slow := p.hosts[0].Config.Handler
	p.hosts[0].Config.Handler = http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		<-free
		slow.ServeHTTP(rw, r)
	})
	p.tell(func(n int64) {
		if n == 36+3 { // feeds and robots.txt of the three other hosts
			close(free)
		}
	})
	grades := map[govsweep.Grade]int{}
	in := w.newsroom(p)
	in.AtOnce = 6
	must(t, in.Run(w.ctx, w.accountSweep(p), count(t, grades)))
	if n := grades[govsweep.Qualified] + grades[govsweep.Unqualified] + grades[govsweep.Undecided]; n != 48 {
		t.Errorf("%d accounts judged", n)
	}
}

func TestACancelledAccountSweepEndsCancelled(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 2, 20), newsWorld(t)
	s := w.accountSweep(p)
	var once sync.Once
	p.tell(func(int64) {
		once.Do(func() {
			must(t, w.db.SaveSweep(w.ctx, &govsweep.Sweep{ID: s.ID, State: govsweep.SweepCancelled, Started: s.Started, Ended: time.Now()}))
		})
	})
	must(t, w.newsroom(p).Run(w.ctx, s, func(r sweep.Result) { t.Errorf("%s was judged", r.Target.Target.ID) }))
	if s.State != govsweep.SweepCancelled {
		t.Errorf("state %s", s.State)
	}
	w.noSpools()
}

func TestAnAccountSweepCancelledSinceItWasReadStaysCancelled(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 1, 2), newsWorld(t)
	s := w.accountSweep(p)
	gone := *s
	gone.State = govsweep.SweepCancelled
	must(t, w.db.SaveSweep(w.ctx, &gone))
	if err := w.newsroom(p).Run(w.ctx, s, func(r sweep.Result) { t.Errorf("%s was judged", r.Target.Target.ID) }); govsweep.KindOf(err) != govsweep.Conflict {
		t.Error(err)
	}
	if now, err := w.db.Sweep(w.ctx, s.ID); err != nil || now.State != govsweep.SweepCancelled {
		t.Errorf("%+v %v", now, err)
	}
}

func TestAnAnswerNobodyKeptIsNotCited(t *testing.T) {
	t.Parallel()
	p, w := newPress(t, 2, 12), newsWorld(t)
	in := w.newsroom(p)
	in.Evidence = nil
	s := w.accountSweep(p)
	must(t, in.Run(w.ctx, s, count(t, map[govsweep.Grade]int{})))
	found := w.findings(s)
	if len(found) == 0 || slices.ContainsFunc(found, func(f govsweep.Finding) bool { return len(f.Evidence) > 0 }) {
		t.Errorf("%+v", found)
	}
	if _, err := os.Stat(filepath.Join(w.kept, "spool")); err != nil {
		t.Fatal(err)
	}
}

func TestADiskThatCannotBeReadStopsTheSweepAndTakesNoProofAway(t *testing.T) {
	w, p := newsWorld(t), newPress(t, 1, 8)
	in, s := w.newsroom(p), w.accountSweep(p)
	must(t, in.Run(w.ctx, s, func(sweep.Result) {}))
	before, err := w.db.Findings(w.ctx, storage.FindingFilter{Sweep: s.ID})
	must(t, err)
	if len(before) == 0 || len(before[0].Evidence) == 0 {
		t.Fatal("nothing was found that could lose its proof")
	}
	name := strings.TrimPrefix(before[0].Evidence[0].Digest, "sha256:")
	body := filepath.Join(w.kept, "body", name[:2], name[2:]+".zst")
	kept, err := os.ReadFile(body)
	must(t, err)
	must(t, os.Remove(body))
	must(t, os.Mkdir(body, 0o700)) // whoever reads it is told of an error of the disk

	in.Reader = nil // what is known is judged again
	s = w.accountSweep(p)
	err = in.Run(w.ctx, s, func(sweep.Result) {})
	if e, ok := errors.AsType[*govsweep.Error](err); !ok || !strings.Contains(e.Say, "已停止，尚未判定的账号保持原状") || !strings.Contains(e.Say, "sweep resume") {
		t.Fatal("the sweep goes on without the proof of its findings:", err)
	}
	targets, err := w.db.SweepTargets(w.ctx, s.ID)
	must(t, err)
	for _, one := range targets {
		if one.State == govsweep.SweepFailed {
			t.Errorf("the disk is held against %s: %s", one.Target.Name, one.Note)
		}
	}
	must(t, os.Remove(body))
	must(t, os.WriteFile(body, kept, 0o600))
	must(t, in.Run(w.ctx, s, func(sweep.Result) {}))
	after, err := w.db.Findings(w.ctx, storage.FindingFilter{Sweep: s.ID})
	must(t, err)
	cites := func(all []govsweep.Finding) (out []string) {
		for _, f := range all {
			out = append(out, f.Fingerprint+fmt.Sprint(f.Evidence))
		}
		slices.Sort(out)
		return out
	}
	if diff := cmp.Diff(cites(before), cites(after)); diff != "" || s.State != govsweep.SweepDone {
		t.Errorf("after the disk came back (%s): %s", s.State, diff)
	}
}

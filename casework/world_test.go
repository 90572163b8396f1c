package casework_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/casework"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/rectify"
	"github.com/govsweep/govsweep/reports"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/workday"
)

// monday is when everything in these tests begins.
var monday = time.Date(2026, 3, 2, 9, 0, 0, 0, govsweep.Shanghai)

// world is a desk over a real database, with a clock of its own.
type world struct {
	*casework.Desk
	t   *testing.T
	db  *storage.DB
	now time.Time
}

func newWorld(t *testing.T) *world {
	t.Helper()
	db, err := storage.Open(t.Context(), litetest.DSN(t), storage.Options{})
	must(t, err)
	t.Cleanup(func() { db.Close() })
	w := &world{t: t, db: db, now: monday}
	w.Desk = w.over(db)
	return w
}

// over is a desk over another view of the same database.
func (w *world) over(s casework.Store) *casework.Desk {
	return &casework.Desk{Store: s, Calendar: workday.Default(), Now: func() time.Time { return w.now }}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// site gives the n-th site of the world.
func site(n int) govsweep.Site {
	code := fmt.Sprintf("990000000%d", n)
	return govsweep.Site{ID: govsweep.TargetID(code), Code: code, Name: fmt.Sprintf("第%d个网站", n), URL: fmt.Sprintf("https://s%d.example/", n), Host: fmt.Sprintf("第%d个单位", n)}
}

// fault is a finding of the n-th site; the first of a site is a veto.
func fault(n, i int) govsweep.Finding {
	s := site(n)
	url := fmt.Sprintf("%sc%d/", s.URL, i)
	f := govsweep.Finding{ID: fmt.Sprintf("F%010d%02d", n, i), Fingerprint: fmt.Sprintf("f%d-%d", n, i), Target: s.Target(), Indicator: "column-stale", BookID: "XG-12",
		Class: govsweep.Norm, Status: govsweep.Proposed, Column: &govsweep.ColumnRef{Name: "通知公告", Path: []string{"首页"}, URL: url}, URL: url, Pages: []string{url},
		Summary: fmt.Sprintf("第%d个栏目超过6个月未更新。", i), Clause: "第一条", Remedy: "请及时发布信息。", FirstSeen: monday, LastSeen: monday,
		Evidence: []govsweep.Evidence{{Digest: govsweep.DigestOf([]byte(url)).String(), Kind: "page", URL: url}}}
	if i == 1 {
		f.Indicator, f.BookID, f.Class, f.Column = "home-stale-veto", "SV-03", govsweep.Veto, nil
	}
	return f
}

// inspected keeps an inspection of the n-th site with two findings.
func (w *world) inspected(n int) []govsweep.Finding {
	w.t.Helper()
	ctx, s := w.t.Context(), site(n)
	must(w.t, w.db.SaveSites(ctx, []govsweep.Site{s}))
	sweep := &govsweep.Sweep{Kind: "sweep", Rulebook: "gov-2019-19", AsOf: monday, Started: monday, State: govsweep.SweepRunning}
	must(w.t, w.db.CreateSweep(ctx, sweep, []govsweep.Target{s.Target()}))
	found := []govsweep.Finding{fault(n, 1), fault(n, 2)}
	for i := range found {
		found[i].Sweep = sweep.ID
	}
	in := &govsweep.Inspection{Sweep: *sweep, Site: s, Findings: found, Verdict: govsweep.Verdict{Target: s.Target(), Rulebook: "gov-2019-19", Grade: govsweep.Unqualified}}
	must(w.t, w.db.SaveInspection(ctx, in, []byte("{}"), nil))
	return found
}

// confirmed has both findings of a site confirmed, the veto by two persons.
func (w *world) confirmed(found []govsweep.Finding) {
	w.t.Helper()
	for _, by := range []string{"张三", "李四"} {
		_, err := w.Decide(w.t.Context(), []string{found[0].ID}, rectify.Decision{Event: govsweep.Confirm, By: by, At: w.now})
		must(w.t, err)
	}
	_, err := w.Decide(w.t.Context(), []string{found[1].ID}, rectify.Decision{Event: govsweep.Confirm, By: "张三", At: w.now})
	must(w.t, err)
}

// issued is a notice about the n-th site.
func (w *world) issued(n int) *govsweep.Notice {
	w.t.Helper()
	ctx, found := w.t.Context(), w.inspected(n)
	w.confirmed(found)
	f, err := reports.LoadForm("general")
	must(w.t, err)
	c := reports.Case{Site: site(n), Sweep: govsweep.Sweep{ID: found[0].Sweep, AsOf: monday}, Book: govsweep.BookTitle{ID: "gov-2019-19", Citation: "国办秘函〔2019〕19号"},
		By: "张三", At: w.now}
	for _, x := range found {
		kept, err := w.db.Finding(ctx, x.ID)
		must(w.t, err)
		c.Findings = append(c.Findings, *kept)
	}
	draft, err := w.Draft(ctx, c, f, rectify.GateResult{})
	must(w.t, err)
	out, err := w.Issue(ctx, draft.ID, "王五", w.now)
	must(w.t, err)
	return out
}

// sees is a look that sees the same of everything it is asked about.
func (w *world) sees(result govsweep.RetestWord) casework.Looker {
	return func(_ context.Context, _ govsweep.TargetID, about []govsweep.Standing) (int64, map[string]govsweep.Retest, error) {
		out := map[string]govsweep.Retest{}
		for _, s := range about {
			out[s.Fingerprint] = govsweep.Retest{At: w.now, Sweep: 99, Result: result, Why: "复查所见。", Proof: fault(1, 1).Evidence}
		}
		return 99, out, nil
	}
}

var errKilled = errors.New("killed")

// dying is a store whose process dies before a write of the kind named.
type dying struct {
	*storage.DB
	before string
}

func (d *dying) dies(op string) error {
	if d.before == op {
		return errKilled
	}
	return nil
}

func (d *dying) DraftNotice(ctx context.Context, n *govsweep.Notice) error {
	return errors.Join(d.dies("draft"), d.DB.DraftNotice(ctx, n))
}

func (d *dying) IssueNotice(ctx context.Context, n *govsweep.Notice, number func(int) string, moves []govsweep.Transition) error {
	if err := d.dies("issue"); err != nil {
		return err
	}
	return d.DB.IssueNotice(ctx, n, number, moves)
}

func (d *dying) SaveNotice(ctx context.Context, n *govsweep.Notice, steps int, moves []govsweep.Transition) error {
	if err := d.dies("step"); err != nil {
		return err
	}
	return d.DB.SaveNotice(ctx, n, steps, moves)
}

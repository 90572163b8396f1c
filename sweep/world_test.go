package sweep_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/address"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/internal/litetest"
	"github.com/govsweep/govsweep/internal/pgtest"
	"github.com/govsweep/govsweep/rules"
	"github.com/govsweep/govsweep/rules/book"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

var server pgtest.Server

func TestMain(m *testing.M) {
	code := m.Run()
	server.Close()
	os.Exit(code)
}

var asOf = time.Date(2026, 11, 20, 23, 59, 59, 0, govsweep.Shanghai)

// world is what one inspection needs: a database, an evidence store and a
// crawler that may dial loopback.
type world struct {
	t   testing.TB
	ctx context.Context
	db  *storage.DB
	in  *sweep.Inspector

	kept string // folder of the evidence store
}

func newWorld(t testing.TB, dsn string, o crawler.Options) *world {
	t.Helper()
	w := &world{t: t, ctx: context.Background()}
	var err error
	w.db, err = storage.Open(w.ctx, dsn, storage.Options{})
	must(t, err)
	t.Cleanup(func() { w.db.Close() })
	o.AllowNet = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")}
	if o.Rate == 0 {
		o.Rate = -1
	}
	stack, err := crawler.New(o)
	must(t, err)
	t.Cleanup(stack.Close)
	w.kept = t.TempDir()
	kept, err := evidence.Open(w.kept)
	must(t, err)
	national, err := rules.LoadBook("", book.Indicators)
	must(t, err)
	w.in = &sweep.Inspector{Store: w.db, Stack: stack, Evidence: kept, Rules: national, Indicators: book.Indicators, Now: time.Now}
	return w
}

func sqlite(t testing.TB) string { return litetest.DSN(t) }

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// portal registers a portal at home.
func (w *world) portal(home string) govsweep.Site {
	w.t.Helper()
	s := govsweep.Site{ID: govsweep.SiteKey("", address.Host(home)), Name: "某某市人民政府", URL: home, Kind: govsweep.Portal}
	must(w.t, w.db.SaveSites(w.ctx, []govsweep.Site{s}))
	return s
}

// run sweeps sites and gives every result by target.
func (w *world) run(sites ...govsweep.Site) (*govsweep.Sweep, map[govsweep.TargetID]sweep.Result) {
	w.t.Helper()
	s := &govsweep.Sweep{Kind: "sweep", Rulebook: w.in.Rules.ID, AsOf: asOf, Started: time.Now(), State: govsweep.SweepRunning}
	var targets []govsweep.Target
	for i := range sites {
		targets = append(targets, sites[i].Target())
	}
	must(w.t, w.db.CreateSweep(w.ctx, s, targets))
	results := map[govsweep.TargetID]sweep.Result{}
	must(w.t, w.in.Run(w.ctx, s, 4, func(r sweep.Result) { results[r.Target.Target.ID] = r }))
	return s, results
}

// inspect sweeps one portal; an error of the inspection is one of the test.
func (w *world) inspect(home string) *govsweep.Inspection {
	w.t.Helper()
	site := w.portal(home)
	_, results := w.run(site)
	must(w.t, results[site.ID].Err)
	return results[site.ID].Inspection
}

// records gives every record of a run.
func (w *world) records(in *govsweep.Inspection) []govsweep.Record {
	w.t.Helper()
	var out []govsweep.Record
	err := w.db.EachRecord(w.ctx, govsweep.Run{Sweep: in.Sweep.ID, Target: in.Site.ID}, func(r *govsweep.Record) error {
		out = append(out, *r)
		return nil
	})
	must(w.t, err)
	return out
}

// counted serves h until the test ends and counts the requests by address.
func counted(t testing.TB, h http.Handler) (home string, asked func() map[string]int) {
	t.Helper()
	var mu sync.Mutex
	n := map[string]int{}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		n[r.URL.RequestURI()]++
		mu.Unlock()
		h.ServeHTTP(w, r)
	}))
	t.Cleanup(srv.Close)
	return srv.URL + "/", func() map[string]int {
		mu.Lock()
		defer mu.Unlock()
		out := map[string]int{}
		for k, v := range n {
			out[k] = v
		}
		return out
	}
}

package sweep_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/govsweep/govsweep"
	"github.com/govsweep/govsweep/crawler"
	"github.com/govsweep/govsweep/evidence"
	"github.com/govsweep/govsweep/internal/fulldisk"
	"github.com/govsweep/govsweep/storage"
	"github.com/govsweep/govsweep/sweep"
)

// drip serves h and sends one byte a second, without end, for every address
// with "slow" in it: no server may hold a worker.
func drip(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.Contains(r.URL.Path, "slow") {
			h.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html")
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			if _, err := w.Write([]byte(" ")); err != nil {
				return
			}
			http.NewResponseController(w).Flush()
			select {
			case <-tick.C:
			case <-r.Context().Done():
				return
			}
		}
	})
}

// TestASlowServerFreesTheWorker inspects a site of which two addresses never
// end, with one worker.
func TestASlowServerFreesTheWorker(t *testing.T) {
	t.Parallel()
	const limit = time.Second
	h := drip(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		writePage(w, "某某市人民政府", `<a href="/slow1.html">一</a><a href="/slow2.html">二</a><a href="/t20261101_12345.html">三</a>`)
	}))
	home, asked := counted(t, h)
	w := newWorld(t, sqlite(t), crawler.Options{Timeout: limit})
	w.in.Limits = sweep.Limits{Parallel: 1}
	began := time.Now()
	in := w.inspect(home)
	longest, slow := time.Duration(0), 0
	for _, r := range w.records(in) {
		longest = max(longest, r.Took)
		if strings.Contains(r.Visit.URL, "slow") && r.Visit.Look == 0 {
			slow++
			if r.Failure != govsweep.FailTimeout {
				t.Errorf("%s ended as %q", r.Visit.URL, r.Failure)
			}
		}
	}
	if slow != 2 || asked()["/t20261101_12345.html"] == 0 {
		t.Errorf("%d slow pages recorded, requests %v", slow, asked())
	}
	if longest > 3*limit {
		t.Errorf("a worker was held for %v", longest)
	}
	t.Logf("R9: limit %v, the longest visit took %.1f s, the whole inspection %.1f s with one worker", limit, longest.Seconds(), time.Since(began).Seconds())
}

// TestABrokenSiteNeverStopsASweep sweeps sites that fail in many ways beside
// sound ones.
func TestABrokenSiteNeverStopsASweep(t *testing.T) {
	t.Parallel()
	sound, _ := labelledSite(func(w http.ResponseWriter, r *http.Request, _ int) { http.NotFound(w, r) })
	broken := map[string]http.HandlerFunc{
		"cut": func(w http.ResponseWriter, r *http.Request) { panic(http.ErrAbortHandler) },
		"error": func(w http.ResponseWriter, r *http.Request) {
			http.Error(w, "服务器错误", http.StatusInternalServerError)
		},
		"empty": func(w http.ResponseWriter, r *http.Request) {},
		"loop":  func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) },
		"binary": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Type", "image/png")
			w.Write([]byte(strings.Repeat("\x00\xff\xfe", 5000)))
		},
		"bad gzip": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write([]byte("no gzip at all"))
		},
		"short": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Length", "9999")
			w.Write([]byte("<html>"))
		},
		"silent": func(w http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	}
	w := newWorld(t, sqlite(t), crawler.Options{Timeout: time.Second})
	register := func(h http.Handler, id string) govsweep.Site {
		home, _ := counted(t, h)
		return govsweep.Site{ID: govsweep.TargetID("host:" + id), Name: id, URL: home, Kind: govsweep.Portal}
	}
	var sites []govsweep.Site
	for name, h := range broken {
		sites = append(sites, register(h, name))
	}
	sites = append(sites, govsweep.Site{ID: "host:refused", Name: "refused", URL: "http://" + closedPort(t) + "/", Kind: govsweep.Portal},
		govsweep.Site{ID: "host:unknown", Name: "unknown", URL: "http://nosuch.invalid/", Kind: govsweep.Portal},
		govsweep.Site{ID: "host:guarded", Name: "guarded", URL: "http://10.255.255.1/", Kind: govsweep.Portal},
		register(sound, "sound 1"), register(sound, "sound 2"))
	must(t, w.db.SaveSites(w.ctx, sites))
	s, results := w.run(sites...)
	if s.State != govsweep.SweepDone || len(results) != len(sites) {
		t.Fatalf("sweep %s, %d of %d results", s.State, len(results), len(sites))
	}
	for id, r := range results {
		if r.Err != nil {
			t.Errorf("%s: %v", id, r.Err)
			continue
		}
		isSound := strings.HasPrefix(string(id), "host:sound")
		if c := r.Inspection.Coverage; isSound && c.Pages.Read < 90 || !isSound && (c.Complete || r.Inspection.Verdict.Grade == govsweep.Qualified) {
			t.Errorf("%s: %+v, %s", id, c, r.Inspection.Verdict.Grade)
		}
	}
	t.Logf("%d broken sites and 2 sound ones: the sweep ended, the sound ones were read whole", len(sites)-2)
}

// closedPort gives an address nobody listens at.
func closedPort(t testing.TB) string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	defer ln.Close()
	return ln.Addr().String()
}

// TestAFullDiskLosesNothing fills the disk under the database, and under the
// evidence, and goes on when there is space again.
func TestAFullDiskLosesNothing(t *testing.T) {
	f := startFarm(t, 2)
	calm := farmWorld(t, f, sqlite(t), sweep.Limits{Parallel: 4})
	s, _ := calm.run(f.Sites()...)
	want := calm.findings(s)
	ignore := cmp.FilterPath(func(p cmp.Path) bool { return p.Last().String() == ".FirstSeen" }, cmp.Ignore())
	for _, what := range []string{"database", "evidence"} {
		t.Run(what, func(t *testing.T) {
			disk, dsn := fulldisk.Dir(t, "48m"), sqlite(t)
			if what == "database" {
				dsn = "sqlite:" + disk + "/govsweep.db"
			}
			w := farmWorld(t, f, dsn, sweep.Limits{Parallel: 4})
			if what == "evidence" {
				kept, err := evidence.Open(disk)
				must(t, err)
				w.in.Evidence = kept
			}
			s := &govsweep.Sweep{Kind: "sweep", Rulebook: w.in.Rules.ID, AsOf: asOf, Started: time.Now(), State: govsweep.SweepRunning}
			var targets []govsweep.Target
			for _, site := range f.Sites() {
				targets = append(targets, site.Target())
			}
			must(t, w.db.CreateSweep(w.ctx, s, targets))
			free := fill(t, disk, 256<<10)
			said := fails(t, w, s)
			if !strings.Contains(said, "磁盘") {
				t.Errorf("no clear word of the full disk: %s", said)
			}
			free()
			w.db.Close()
			db, err := storage.Open(w.ctx, dsn, storage.Options{})
			must(t, err)
			t.Cleanup(func() { db.Close() })
			w.db, w.in.Store = db, db
			must(t, w.in.Run(w.ctx, s, 4, func(r sweep.Result) {
				if r.Err != nil {
					t.Errorf("%s: %v", r.Target.Target.ID, r.Err)
				}
			}))
			got := w.findings(s)
			if d := cmp.Diff(want, got, ignore); d != "" {
				t.Errorf("findings differ (-calm +full):\n%.3000s", d)
			}
			rep, err := w.in.Evidence.Verify(context.Background())
			must(t, err)
			if len(rep.Faults) > 0 || rep.Read == 0 {
				t.Errorf("%d captures, faults %v", rep.Read, rep.Faults)
			}
			t.Logf("R10: full disk under the %s: said %.120q; after a resume %d findings, the same as without", what, said, len(got))
		})
	}
}

// fails runs a sweep that cannot be kept and gives what was said of it: it is
// paused, and no target is failed for it.
func fails(t *testing.T, w *world, s *govsweep.Sweep) string {
	t.Helper()
	var said []string
	err := w.in.Run(w.ctx, s, 1, func(r sweep.Result) {
		if r.Err != nil {
			said = append(said, r.Err.Error())
		}
	})
	if !errors.Is(err, govsweep.ErrDisk) || govsweep.KindOf(err) != govsweep.Internal || len(said) > 0 {
		t.Fatalf("the full disk does not pause the sweep: %v; failures of targets: %v", err, said)
	}
	targets, err2 := w.db.SweepTargets(w.ctx, s.ID)
	must(t, err2)
	for _, target := range targets {
		if target.State == govsweep.SweepFailed {
			t.Errorf("%s is said to have failed: %s", target.Target.ID, target.Note)
		}
	}
	return err.Error()
}
